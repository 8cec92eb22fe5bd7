#include "descent/recipe.h"

#include <optional>

#include "descent/tally.h"
#include "descent/text.h"

namespace descent {

bool Recipe::operator==(const Recipe& other) const {
  return name == other.name && arguments == other.arguments;
}

namespace {

// Recursive descent over the grammar in recipe.h.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  template <class T>
  Result<T> whole(Result<T> (Parser::*rule)()) {
    ++tally().parses;
    auto result = (this->*rule)();
    if (result && !atEnd()) return fail("the end");
    return result;
  }

  Result<std::vector<Recipe>> list() {
    std::vector<Recipe> recipes;
    if (atEnd()) return recipes;
    do {
      auto recipe = call();
      if (!recipe) return recipe.error();
      recipes.push_back(std::move(*recipe));
    } while (accept(','));
    return recipes;
  }

  Result<Recipe> call() {
    if (++depth_ > kMaxDepth) return fail("at most 16 levels of nesting");
    Recipe recipe{word(), {}};
    if (recipe.name.empty()) return fail("a name");
    if (accept('(') && !accept(')')) {
      do {
        if (recipe.arguments.size() == kMaxArguments) return fail("at most 64 arguments");
        auto argument = this->argument(recipe);
        if (!argument) return argument.error();
        recipe.arguments.push_back(std::move(*argument));
      } while (accept(','));
      if (!accept(')')) return fail("',' or ')'");
    }
    --depth_;
    return recipe;
  }

  Result<Value> value() {
    skip();
    if (at_ < text_.size() &&
        (isDigit(text_[at_]) || text_[at_] == '-' || text_[at_] == '+' || text_[at_] == '.')) {
      return number();
    }
    if (quoteAt(at_)) return quotedText();
    auto recipe = call();
    if (!recipe) return recipe.error();
    return Value(std::move(*recipe));
  }

 private:
  static constexpr int kMaxDepth = 16;
  static constexpr std::size_t kMaxArguments = 64;

  static bool isDigit(char c) { return c >= '0' && c <= '9'; }
  static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  Result<Argument> argument(const Recipe& owner) {
    skip();
    const std::size_t start = at_;
    const std::string key = word();
    if (key.empty() || !accept('=')) {
      at_ = start;
      auto value = this->value();
      if (!value) return value.error();
      return Argument{"", std::move(*value)};
    }
    for (const Argument& earlier : owner.arguments) {
      if (earlier.key == key) return Error{columnAt(text_, start) + key + " is given twice"};
    }
    auto value = this->value();
    if (!value) return value.error();
    return Argument{key, std::move(*value)};
  }

  Result<Value> number() {
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (isDigit(text_[at_]) || text_[at_] == '.' || text_[at_] == 'e' || text_[at_] == 'E' ||
            ((text_[at_] == '-' || text_[at_] == '+') &&
             (at_ == start || text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E')))) {
      ++at_;
    }
    const auto read = parseNumber(text_.substr(start, at_ - start));
    if (!read) {
      at_ = start;
      return fail("a number");
    }
    return Value(*read);
  }

  // Straight quotes, and the curly ones that letters and slides make of them.
  struct Quote {
    std::string_view text;
    char straight;
  };
  std::optional<Quote> quoteAt(std::size_t at) const {
    static constexpr Quote kQuotes[] = {{"\"", '"'}, {"“", '"'},  {"”", '"'},  {"„", '"'},
                                        {"'", '\''}, {"‘", '\''}, {"’", '\''}, {"‚", '\''}};
    for (const Quote& quote : kQuotes) {
      if (text_.substr(at).starts_with(quote.text)) return quote;
    }
    return {};
  }

  // From a curly quote to the next one of its kind.
  Result<Value> curlyText(const Quote& open) {
    const std::size_t begin = at_ + open.text.size();
    for (std::size_t end = begin; end < text_.size(); ++end) {
      const auto close = quoteAt(end);
      if (!close || close->straight != open.straight) continue;
      at_ = end + close->text.size();
      return Value(Text{std::string(text_.substr(begin, end - begin))});
    }
    return fail("a closing quote");
  }

  // A quote that stands twice is one of the text.
  Result<Value> quotedText() {
    if (const auto open = quoteAt(at_); open->text.size() > 1) return curlyText(*open);
    const char quote = text_[at_];
    std::string text;
    std::size_t from = at_ + 1;
    while (true) {
      const std::size_t end = text_.find(quote, from);
      if (end == std::string_view::npos) return fail("a closing quote");
      text += text_.substr(from, end - from);
      from = end + 1;
      if (from == text_.size() || text_[from] != quote) break;
      text += quote;
      ++from;
    }
    at_ = from;
    return Value(Text{std::move(text)});
  }

  std::string word() {
    skip();
    const std::size_t start = at_;
    if (at_ < text_.size() && isLetter(text_[at_])) {
      while (at_ < text_.size() && (isLetter(text_[at_]) || isDigit(text_[at_]) ||
                                    text_[at_] == '-' || text_[at_] == '_')) {
        ++at_;
      }
    }
    return std::string(text_.substr(start, at_ - start));
  }

  void skip() {
    while (at_ < text_.size() && blankAt(text_, at_) > 0) at_ += blankAt(text_, at_);
  }
  bool atEnd() {
    skip();
    return at_ == text_.size();
  }
  bool accept(char c) {
    if (atEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Error fail(const std::string& expected) {
    const std::string found = atEnd() ? "the end" : "'" + excerpt(text_.substr(at_), 12) + "'";
    return {columnAt(text_, at_) + "expected " + expected + ", found " + found};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Recipe> parseRecipe(std::string_view text) { return Parser(text).whole(&Parser::call); }

Result<std::vector<Recipe>> parseRecipes(std::string_view text) {
  return Parser(text).whole(&Parser::list);
}

Result<std::vector<std::string_view>> splitList(std::string_view text) {
  std::vector<std::string_view> items;
  int depth = 0;
  char quote = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ',' && depth == 0) {
      items.push_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
    } else {
      depth += (c == '(') - (c == ')');
    }
  }
  const std::string_view last = trim(text.substr(begin));
  if (quote != 0) return Error{"'" + excerpt(last) + "' has a quote that does not close"};
  if (depth > 0) return Error{"'" + excerpt(last) + "' has a parenthesis that does not close"};
  items.push_back(last);
  return items;
}

Result<Recipe> recipeOf(const Value& value) {
  if (const Recipe* recipe = std::get_if<Recipe>(&value)) return *recipe;
  return parseRecipe(plain(value));
}

const Argument* argumentOf(const Recipe& recipe, std::string_view knob, bool isFirst) {
  for (const Argument& argument : recipe.arguments) {
    if (argument.key == knob || (isFirst && argument.key.empty())) return &argument;
  }
  return nullptr;
}

std::string print(const Value& value) {
  if (const double* number = std::get_if<double>(&value)) return print(*number);
  if (const Text* text = std::get_if<Text>(&value)) return inQuotes(text->text);
  if (const auto* list = std::get_if<std::vector<Recipe>>(&value)) return print(*list);
  return print(std::get<Recipe>(value));
}

std::string plain(const Value& value) {
  const Text* text = std::get_if<Text>(&value);
  return text ? text->text : print(value);
}

std::string inQuotes(const std::string& text) {
  const char quote = text.find('"') == std::string::npos ? '"' : '\'';
  std::string quoted(1, quote);
  for (const char c : text) quoted.append(c == quote ? 2 : 1, c);
  return quoted + quote;
}

std::string print(const Recipe& recipe) {
  if (recipe.arguments.empty()) return recipe.name;
  std::vector<std::string> arguments;
  for (const auto& [key, value] : recipe.arguments) {
    arguments.push_back(key.empty() ? print(value) : key + "=" + print(value));
  }
  return recipe.name + "(" + join(arguments, ", ") + ")";
}

std::string print(const std::vector<Recipe>& recipes) {
  std::vector<std::string> texts;
  for (const Recipe& recipe : recipes) texts.push_back(print(recipe));
  return join(texts, ", ");
}

}  // namespace descent
