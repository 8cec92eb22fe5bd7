#include "descent/spec.h"

#include "core/open.h"
#include "descent/random.h"

using namespace descent;

namespace {

std::string specError(const std::string& text) {
  const auto spec = Spec::parse(text);
  INFO(text);
  REQUIRE_FALSE(spec);
  return spec.error().message;
}

}  // namespace

TEST_CASE("Every byte survives being encoded in a spec, as key and as value", "[spec]") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    Spec spec;
    REQUIRE(spec.add("a" + text, text + "b" + text));
    const std::string printed = spec.print();
    INFO(byte << " as " << printed);
    for (const char c : printed) REQUIRE((c > 32 && c < 127));
    const auto back = Spec::parse(printed);
    REQUIRE(back);
    CHECK(back->entries() == spec.entries());
  }
}

TEST_CASE("Random keys and values survive being encoded in a spec", "[spec]") {
  Random random(1);
  const auto word = [&random] {
    std::string text;
    for (auto n = random.below(12); n > 0; --n) text += static_cast<char>(random.below(256));
    return text;
  };
  for (int i = 0; i < 300; ++i) {
    Spec spec;
    for (auto n = random.below(6); n > 0; --n) {
      (void)spec.add(std::to_string(n) + word(), word());
    }
    const auto back = Spec::parse(spec.print());
    REQUIRE(back);
    CHECK(back->entries() == spec.entries());
  }
}

TEST_CASE("A recipe stays readable in a spec", "[spec]") {
  Spec spec;
  REQUIRE(spec.add("runners", "adam(lr=0.01),sgd"));
  CHECK(spec.print() == "runners=adam(lr=0.01),sgd");
  REQUIRE(spec.add("start", "-1.5, 2&#%"));
  CHECK(spec.print() == "runners=adam(lr=0.01),sgd&start=-1.5,%202%26%23%25");
}

TEST_CASE("A leading # or ? and empty pairs are passed over", "[spec]") {
  for (const char* text : {"a=1&b=2", "#a=1&b=2", "?a=1&b=2", "&a=1&&b=2&"}) {
    const auto spec = Spec::parse(text);
    REQUIRE(spec);
    CHECK(spec->print() == "a=1&b=2");
  }
  for (const char* text : {"", "#", "?", "&&&"}) {
    const auto spec = Spec::parse(text);
    REQUIRE(spec);
    CHECK(spec->entries().empty());
  }
  CHECK(Spec::parse("##a=1")->find("#a") != nullptr);
}

TEST_CASE("Only the first = separates a key from its value", "[spec]") {
  const auto spec = Spec::parse("runners=sgd(lr=0.1)&empty=&c=+%2b%2B");
  REQUIRE(spec);
  CHECK(*spec->find("runners") == "sgd(lr=0.1)");
  CHECK(*spec->find("empty") == "");
  CHECK(*spec->find("c") == "+++");
  CHECK(spec->find("none") == nullptr);
}

TEST_CASE("A bad percent escape is named", "[spec]") {
  CHECK(contains(specError("a=%"), "'%'"));
  CHECK(contains(specError("a=%4"), "'%4'"));
  CHECK(contains(specError("a=50%25%zz"), "'%zz'"));
  CHECK(contains(specError("%g0=1"), "'%g0'"));
  CHECK(contains(specError("a=%-1"), "%25"));
}

TEST_CASE("A pair without key or = is named", "[spec]") {
  CHECK(contains(specError("lab"), "'lab'"));
  CHECK(contains(specError("=1"), "'=1'"));
  CHECK(contains(specError("a=1&=&b=2"), "'='"));
}

TEST_CASE("A key given twice is named, however it is encoded", "[spec]") {
  CHECK(specError("a=1&a=1") == "'a' is given twice");
  CHECK(specError("a=1&b=2&%61=3") == "'a' is given twice");
}

TEST_CASE("Huge specs are refused at once, in a short message", "[spec]") {
  std::string many;
  for (int i = 0; i < 200000; ++i) many += "&k" + std::to_string(i) + "=1";
  CHECK(specError(many).size() < 200);
  CHECK(specError(std::string(1000000, 'a')).size() < 200);
  const std::string key(1000000, 'k');
  CHECK(specError(key + "=1&" + key + "=2").size() < 200);
  CHECK(Spec::parse("a=" + std::string(1000000, 'b'))->find("a")->size() == 1000000);
}
