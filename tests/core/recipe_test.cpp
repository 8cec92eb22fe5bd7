#include "descent/recipe.h"

#include <cmath>

#include "core/open.h"
#include "descent/random.h"

using namespace descent;

namespace {

std::string recipeError(const std::string& text) {
  INFO(text.substr(0, 100));
  const auto recipe = parseRecipe(text);
  REQUIRE_FALSE(recipe);
  CHECK(recipe.error().message.size() < 200);
  return recipe.error().message;
}

// Recipes of every shape that the grammar allows.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Recipe recipe(int depth) {
    Recipe recipe{word(), {}};
    if (depth == 0) return recipe;
    for (auto n = random_.below(5); n > 0; --n) {
      const std::string key = random_.below(3) == 0 ? "" : word() + std::to_string(n);
      recipe.arguments.push_back({key, value(depth - 1)});
    }
    return recipe;
  }

 private:
  Value value(int depth) {
    if (random_.below(2) == 0) return recipe(depth);
    const double magnitude = std::pow(10, random_.uniform(-300, 300));
    return random_.below(4) == 0 ? double(random_.below(1000)) : random_.normal() * magnitude;
  }
  std::string word() {
    constexpr std::string_view kLetters = "abcxyzeEnNiI";
    constexpr std::string_view kOthers = "abzAZ0123456789-_";
    std::string text(1, kLetters[random_.below(kLetters.size())]);
    for (auto n = random_.below(8); n > 0; --n) text += kOthers[random_.below(kOthers.size())];
    return text;
  }

  Random random_;
};

// The same text with spaces wherever they may stand.
std::string spaced(const std::string& text) {
  std::string result = "\t ";
  for (const char c : text) {
    const bool apart = c == '(' || c == ')' || c == ',' || c == '=';
    result += apart ? std::string(" ") + c + "\n" : std::string(1, c);
  }
  return result + " ";
}

}  // namespace

TEST_CASE("Parsing what was printed gives the same recipe", "[recipe]") {
  Generator generator(1);
  for (int i = 0; i < 2000; ++i) {
    const Recipe recipe = generator.recipe(i % 5);
    const std::string text = print(recipe);
    INFO(text);
    const auto back = parseRecipe(text);
    REQUIRE(back);
    REQUIRE(*back == recipe);
    REQUIRE(print(*back) == text);
    const auto loose = parseRecipe(spaced(text));
    REQUIRE(loose);
    REQUIRE(*loose == recipe);
  }
}

TEST_CASE("Parsing a printed list gives the same recipes", "[recipe]") {
  Generator generator(2);
  for (int i = 0; i < 200; ++i) {
    std::vector<Recipe> recipes;
    for (int n = 0; n < i % 6; ++n) recipes.push_back(generator.recipe(3));
    const auto back = parseRecipes(print(recipes));
    REQUIRE(back);
    REQUIRE(*back == recipes);
  }
  CHECK(parseRecipes("")->empty());
  CHECK(parseRecipes(" \n")->empty());
}

TEST_CASE("The examples of the grammar read as they are meant", "[recipe]") {
  const auto recipe = parseRecipe("lookahead(sgd(lr=0.1), k=5, alpha=0.5)");
  REQUIRE(recipe);
  CHECK(recipe->name == "lookahead");
  REQUIRE(recipe->arguments.size() == 3);
  CHECK(recipe->arguments[0].key == "");
  CHECK(std::get<Recipe>(recipe->arguments[0].value).name == "sgd");
  CHECK(recipe->arguments[1].key == "k");
  CHECK(std::get<double>(recipe->arguments[1].value) == 5);
  CHECK(parseRecipe("sgd()")->arguments.empty());
  CHECK(print(*parseRecipe("muon(lr=2e-2,schedule=warmup(cosine,steps=10))")) ==
        "muon(lr=0.02, schedule=warmup(cosine, steps=10))");
  CHECK(print(*parseRecipe("a(-5, +.5, 1e22, p=inf)")) == "a(-5, 0.5, 1e22, p=inf)");
}

TEST_CASE("A bad recipe is refused at the column where it goes wrong", "[recipe]") {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"", "column 1: expected a name, found the end"},
      {"   ", "column 4: expected a name, found the end"},
      {"5", "column 1: expected a name, found '5'"},
      {"-sgd", "column 1: expected a name, found '-sgd'"},
      {"_a", "column 1: expected a name, found '_a'"},
      {"sgd(", "column 5: expected a name, found the end"},
      {"sgd(lr", "column 7: expected ',' or ')', found the end"},
      {"sgd(lr=", "column 8: expected a name, found the end"},
      {"sgd(lr=)", "column 8: expected a name, found ')'"},
      {"sgd(=1)", "column 5: expected a name, found '=1)'"},
      {"sgd(,)", "column 5: expected a name, found ',)'"},
      {"sgd(lr=1,)", "column 10: expected a name, found ')'"},
      {"sgd(lr=1", "column 9: expected ',' or ')', found the end"},
      {"sgd(lr=1))", "column 10: expected the end, found ')'"},
      {"sgd)", "column 4: expected the end, found ')'"},
      {"sgd adam", "column 5: expected the end, found 'adam'"},
      {"sgd, adam", "column 4: expected the end, found ', adam'"},
      {"sgd(lr=1 k=2)", "column 10: expected ',' or ')', found 'k=2)'"},
      {"sgd(lr=1e)", "column 8: expected a number, found '1e)'"},
      {"sgd(lr=--1)", "column 8: expected a number, found '--1)'"},
      {"sgd(lr=1e999)", "column 8: expected a number, found '1e999)'"},
      {"sgd(lr=.)", "column 8: expected a number, found '.)'"},
      {"sgd(lr=1.2.3)", "column 8: expected a number, found '1.2.3)'"},
      {"sgd(lr=0x10)", "column 9: expected ',' or ')', found 'x10)'"},
      {"sgd(lr=1, lr=2)", "column 11: lr is given twice"},
      {"a(b=1, c(d=1, d=2))", "column 15: d is given twice"},
      {"sgd(\"lr\"=1)", "column 9: expected ',' or ')', found '=1)'"},
  };
  for (const auto& [text, message] : bad) {
    INFO(text);
    CHECK(recipeError(text) == message);
  }
  CHECK(parseRecipes("sgd,").error().message == "column 5: expected a name, found the end");
  CHECK(parseRecipes(",sgd").error().message == "column 1: expected a name, found ',sgd'");
  CHECK(parseRecipes("sgd;adam").error().message == "column 4: expected the end, found ';adam'");
}

TEST_CASE("Bytes that are not ASCII are refused and quoted", "[recipe]") {
  CHECK(contains(recipeError("ädam"), "column 1: expected a name, found 'ädam'"));
  CHECK(contains(recipeError("adam(β=1)"), "column 6"));
  CHECK(contains(recipeError("adamé"), "column 5: expected the end"));
  CHECK(contains(recipeError("sgd(lr=１)"), "column 8"));
  for (int byte = 128; byte < 256; ++byte) {
    recipeError(std::string(1, static_cast<char>(byte)));
    recipeError("a(" + std::string(20, static_cast<char>(byte)));
  }
  recipeError(std::string(1, '\0'));
  recipeError(std::string("sgd\0", 4));
}

TEST_CASE("Recipes nest sixteen deep and no deeper", "[recipe]") {
  const auto nested = [](int levels) {
    std::string text;
    for (int i = 1; i < levels; ++i) text += "a(";
    return text + "a" + std::string(static_cast<std::size_t>(levels - 1), ')');
  };
  CHECK(parseRecipe(nested(16)));
  CHECK(contains(recipeError(nested(17)), "column 33: expected at most 16 levels of nesting"));
  // Beside each other they may be many.
  CHECK(parseRecipe("a(" + nested(15) + ", " + nested(15) + ", b=" + nested(15) + ")"));
}

TEST_CASE("A megabyte of anything is refused without delay", "[recipe]") {
  constexpr std::size_t n = 1000000;
  recipeError(std::string(n, '('));
  recipeError(std::string(n, '9'));
  recipeError(std::string(n, ')'));
  recipeError("a" + std::string(n, '('));
  recipeError("a(b=" + std::string(n, '9') + ")");
  recipeError("a(b=0." + std::string(n, '1') + "e)");
  recipeError("a(b=" + std::string(n, '-') + ")");
  recipeError("a(" + std::string(n, ' '));
  std::string deep, wide = "a(";
  for (std::size_t i = 0; i < n / 2; ++i) deep += "a(";
  for (int i = 0; i < 100000; ++i) wide += "k" + std::to_string(i) + "=1,";
  recipeError(deep);
  CHECK(contains(recipeError(wide), "at most 64 arguments"));
  CHECK(parseRecipe(std::string(n, 'a'))->name.size() == n);
}

TEST_CASE("Text keeps every character from print to parse", "[recipe]") {
  const std::vector<std::string> texts = {"",
                                          "1,2,0; 3,4,1",
                                          "x,y\n1,2\r\n3\t4\n",
                                          "\"",
                                          "'",
                                          "\"\"",
                                          "''",
                                          "'\"",
                                          "\"it's\", a(b=\"c\")",
                                          "'\"'\"''\"\"",
                                          "a), b=(c",
                                          "\\ % & # = ä",
                                          std::string("\0", 1)};
  for (const std::string& text : texts) {
    INFO(text);
    const Recipe recipe{"a", {{"", Text{text}}, {"b", Recipe{"c", {{"d", Text{text}}}}}}};
    const auto back = parseRecipe(print(recipe));
    REQUIRE(back);
    CHECK(*back == recipe);
    CHECK(plain(back->arguments[0].value) == text);
    CHECK(parseRecipes(print(std::vector{recipe, recipe}))->size() == 2);
  }
  CHECK(print(Value(Text{"f(x) = 'x'"})) == "\"f(x) = 'x'\"");
  CHECK(print(Value(Text{"\"it's\""})) == "'\"it''s\"'");
  CHECK(plain(parseRecipe("a(\"say \"\"x\"\"\")")->arguments[0].value) == "say \"x\"");
  CHECK(recipeError("a(\"x\"\"y)") == "column 3: expected a closing quote, found '\"x\"\"y)'");
  CHECK(recipeError("a('x\")") == "column 3: expected a closing quote, found ''x\")'");
}

TEST_CASE("Recipes are equal where names, keys and values are", "[recipe]") {
  const auto recipe = [](const char* text) { return *parseRecipe(text); };
  CHECK(recipe("a(b=1)") == recipe("a( b = 1.0 )"));
  CHECK_FALSE(recipe("a(b=1)") == recipe("a(b=2)"));
  CHECK_FALSE(recipe("a(b=1)") == recipe("a(c=1)"));
  CHECK_FALSE(recipe("a(b=1)") == recipe("a(1)"));
  CHECK_FALSE(recipe("a(b=1, c=2)") == recipe("a(c=2, b=1)"));
  CHECK_FALSE(recipe("a(b)") == recipe("a(b(c))"));
}

TEST_CASE("Curly quotes are quotes, and blanks from a page are blanks", "[recipe]") {
  for (const char* text :
       {"custom(f=“x^2+y^2”)", "custom(f=„x^2+y^2“)", "custom(f=”x^2+y^2”)", "custom(f=‘x^2+y^2’)",
        "custom(f=“x^2+y^2\")", "custom(f=\u00A0\"x^2+y^2\"\u2003)"}) {
    INFO(text);
    const auto recipe = parseRecipe(text);
    REQUIRE(recipe);
    CHECK(print(*recipe) == "custom(f=\"x^2+y^2\")");
  }
  // Between straight quotes they are letters.
  CHECK(print(*parseRecipe("a(f=\"“x”\")")) == "a(f=\"“x”\")");
  CHECK(recipeError("a(f=“x)") == "column 5: expected a closing quote, found '“x)'");
  CHECK(recipeError("a(f=“x') b") == "column 5: expected a closing quote, found '“x') b'");
  CHECK(recipeError("“a”") == "column 1: expected a name, found '“a”'");
  CHECK(recipeError("a(é=1)") == "column 3: expected a name, found 'é=1)'");
  CHECK(recipeError("a\u200C") == "column 2: expected the end, found '<U+200C>'");
}

TEST_CASE("Commas within parentheses and quotes part no list", "[recipe]") {
  const auto items = [](const std::string& text) {
    const auto split = splitList(text);
    REQUIRE(split);
    return std::vector<std::string>(split->begin(), split->end());
  };
  using Items = std::vector<std::string>;
  CHECK(items("a, b(1, 2) ,c(\"),\", 'x,y')") == Items{"a", "b(1, 2)", "c(\"),\", 'x,y')"});
  CHECK(items("") == Items{""});
  CHECK(items("a,,b") == Items{"a", "", "b"});
  CHECK(splitList("a,b(1,2").error().message == "'b(1,2' has a parenthesis that does not close");
  CHECK(splitList("a,\"b,c").error().message == "'\"b,c' has a quote that does not close");
}
