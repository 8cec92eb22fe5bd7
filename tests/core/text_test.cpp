#include "descent/text.h"

#include <bit>
#include <cmath>
#include <limits>
#include <locale>

#include "core/open.h"
#include "descent/random.h"

using namespace descent;

TEST_CASE("A printed number has as few digits as read back the same", "[text]") {
  CHECK(print(0.0) == "0");
  CHECK(print(-0.0) == "-0");
  CHECK(print(0.1) == "0.1");
  CHECK(print(0.1 + 0.2) == "0.30000000000000004");
  CHECK(print(1.0 / 3) == "0.3333333333333333");
  CHECK(print(-2.5) == "-2.5");
  CHECK(print(1e-4) == "0.0001");
  CHECK(print(1e-5) == "1e-5");
  CHECK(print(1e-8) == "1e-8");
  CHECK(print(1e-320) == "1e-320");
  CHECK(print(5e-324) == "5e-324");
  CHECK(print(1e22) == "1e22");
  CHECK(print(std::numeric_limits<double>::max()) == "1.7976931348623157e308");
}

TEST_CASE("Whole numbers print every digit that they have", "[text]") {
  CHECK(print(1000) == "1000");
  CHECK(print(100000) == "100000");
  CHECK(print(1234567) == "1234567");
  CHECK(print(1e9) == "1000000000");
  CHECK(parseNumber(print(123456789012.0)) == 123456789012.0);
  CHECK(print(9999999999.5) == "9999999999.5");
}

TEST_CASE("What is not finite prints as a word that is no number", "[text]") {
  CHECK(print(std::nan("")) == "nan");
  CHECK(print(HUGE_VAL) == "inf");
  CHECK(print(-HUGE_VAL) == "-inf");
  CHECK_FALSE(parseNumber(print(-HUGE_VAL)));
}

TEST_CASE("Every finite bit pattern survives printing and reading", "[text]") {
  Random random(1);
  int finite = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto bits = (std::uint64_t{random.next()} << 32) | random.next();
    const auto value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) continue;
    ++finite;
    const auto back = parseNumber(print(value));
    if (!back || !sameBits(*back, value)) FAIL(print(value));
  }
  CHECK(finite > 19000);
}

TEST_CASE("Numbers of everyday size survive printing and reading", "[text]") {
  Random random(2);
  for (int i = 0; i < 20000; ++i) {
    const double value = random.normal() * std::pow(10, random.uniform(-6, 12));
    const double rounded = std::stod(printShort(value, 1 + i % 16));
    const std::string text = print(rounded);
    if (!sameBits(*parseNumber(text), rounded)) FAIL(text);
  }
  SUCCEED();
}

TEST_CASE("A decimal comma in the locale of streams changes no number", "[text]") {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    std::string do_grouping() const override { return "\3"; }
    char do_thousands_sep() const override { return '.'; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
  const std::string printed = print(12345.5);
  const auto read = parseNumber("12345.5");
  std::locale::global(before);
  CHECK(printed == "12345.5");
  CHECK(read == 12345.5);
}

TEST_CASE("Decimal numbers are read with spaces around them", "[text]") {
  CHECK(parseNumber("5") == 5.0);
  CHECK(parseNumber(" -1.5e-3\n") == -1.5e-3);
  CHECK(parseNumber(".5") == 0.5);
  CHECK(parseNumber("1.") == 1.0);
  CHECK(parseNumber("1E3") == 1000.0);
  CHECK(parseNumber("1e-999") == 0.0);
}

TEST_CASE("What is no finite decimal number is refused", "[text]") {
  for (const char* text : {"",
                           " ",
                           "inf",
                           "-inf",
                           "nan",
                           "NaN",
                           "0x10",
                           "1e",
                           "1e+",
                           "--1",
                           "+-1",
                           "1-1",
                           "1e999",
                           "-1e999",
                           "1,5",
                           "1 5",
                           "1.2.3",
                           ".",
                           "e5",
                           "-",
                           "1f",
                           "\xC2\xB5",
                           "1\xC2\xA0"
                           "2"}) {
    INFO(text);
    CHECK_FALSE(parseNumber(text));
  }
  CHECK_FALSE(parseNumber(std::string_view("1\0", 2)));
  CHECK_FALSE(parseNumber(std::string(1000000, '9')));
  CHECK_FALSE(parseNumber(std::string(1000000, '-')));
}

TEST_CASE("Numbers in sentences are rounded and carry no idle zeros", "[text]") {
  CHECK(printShort(0.123456) == "0.123");
  CHECK(printShort(2) == "2");
  CHECK(printShort(0.2) == "0.2");
  CHECK(printShort(100) == "100");
  CHECK(printShort(1e-8) == "1e-8");
  CHECK(printShort(1.25e-8) == "1.25e-8");
  CHECK(printShort(2e30) == "2e30");
  CHECK(printShort(9.996) == "10");
  CHECK(printShort(-1.0 / 3, 5) == "-0.33333");
  CHECK(printShort(0) == "0");
  CHECK(printShort(std::nan("")) == "nan");
}

TEST_CASE("The nearest word is found and a far one is not", "[text]") {
  const std::vector<std::string> words = {"sgd", "adam", "adamw", "momentum"};
  CHECK(nearest("adm", words) == "adam");
  CHECK(nearest("adamww", words) == "adamw");
  CHECK(nearest("momemtun", words) == "momentum");
  CHECK(nearest("xyzzy", words) == "");
  CHECK(nearest("adam", {}) == "");
  CHECK(nearest(std::string(1000000, 'a'), words) == "");
}

TEST_CASE("Of one thing it is one, of any other number several", "[text]") {
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(0, "row") == "0 rows");
  CHECK(counted(20000, "row") == "20000 rows");
  CHECK(counted(1, "class", "classes") == "1 class");
  CHECK(counted(2, "class", "classes") == "2 classes");
}

TEST_CASE("Splitting and joining undo each other", "[text]") {
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
  CHECK(join({"a", "", "b", ""}, ",") == "a,,b,");
  CHECK(join({}, ",") == "");
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n") == "");
}

TEST_CASE("What a message quotes is cut between characters and shows what cannot be seen",
          "[text]") {
  CHECK(excerpt("x^2") == "x^2");
  CHECK(excerpt("a b") == "a b");
  CHECK(excerpt("äöü", 3) == "äöü");
  CHECK(excerpt("äöü", 2) == "äö…");
  CHECK(excerpt("a“b”", 2) == "a“…");
  CHECK(excerpt(std::string(61, 'x')) == std::string(60, 'x') + "…");
  CHECK(excerpt("\uFEFF1") == "<U+FEFF>1");
  CHECK(excerpt("1\u200B2\u00A03") == "1<U+200B>2<U+00A0>3");
  CHECK(excerpt("\x1B[31m\x01\n") == "<U+001B>[31m<U+0001><U+000A>");
  CHECK(excerpt("\U000E0041") == "<U+E0041>");
  // Bytes that are no character: a lone continuation, an overlong form, one cut off.
  CHECK(excerpt("\x80") == "<0x80>");
  CHECK(excerpt("\xC0\xAF") == "<0xC0><0xAF>");
  CHECK(excerpt("a\xE2\x80") == "a<0xE2><0x80>");
}

TEST_CASE("Blanks of every alphabet are blanks", "[text]") {
  for (const char* blank : {"\t", "\u00A0", "\u2003", "\u200B", "\u202F", "\u3000", "\uFEFF"}) {
    CHECK(trim(blank + std::string("a") + blank + blank) == "a");
    CHECK(trim(blank) == "");
    CHECK(*parseNumber(blank + std::string("2.5") + blank) == 2.5);
    CHECK(blankAt(blank, 0) == std::string(blank).size());
  }
  CHECK(trim("ä") == "ä");
  CHECK(trim("\x80") == "\x80");
  CHECK(blankAt("a", 0) == 0);
}

TEST_CASE("Columns count characters", "[text]") {
  CHECK(columnAt("abc", 2) == "column 3: ");
  CHECK(columnAt("ä“c", 5) == "column 3: ");
}
