// What every knob of every optimizer, schedule, landscape and lab keeps.
#include <cmath>
#include <limits>
#include <regex>
#include <set>

#include "contract/entries.h"
#include "core/open.h"

using namespace descent;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// f(entry) for every entry of all kinds.
template <class F>
void each(F f) {
  eachEntry<Optimizer>(f);
  eachEntry<Schedule>(f);
  eachEntry<Landscape>(f);
  eachEntry<Problem>(f);
  eachEntry<Dataset>(f);
  eachEntry<Lab>(f);
}

// f(entry, bound knob) for every knob of all kinds.
template <class F>
void eachKnob(F f) {
  each([&](const auto& entry) {
    for (const auto& bound : entry.knobs) {
      INFO(bound.knob.name);
      f(entry, bound);
    }
  });
}

// What a fresh object answers to a value of a knob.
Result<void> tried(const auto& entry, const auto& bound, const std::string& value) {
  const auto typed = readValue(bound.knob, value);
  if (!typed) return typed.error();
  const auto object = entry.make();
  return bound.apply(*object, bound.knob, *typed);
}

void checkRefused(const auto& entry, const auto& bound, const std::string& value) {
  INFO("value " << value);
  const auto answer = tried(entry, bound, value);
  REQUIRE_FALSE(answer);
  INFO(answer.error().message);
  CHECK(contains(answer.error().message, value));
  if (bound.knob.kind == Kind::kNone) {
    CHECK(contains(answer.error().message, bound.knob.name));
  }
}

void checkAccepted(const auto& entry, const auto& bound, const std::string& value) {
  const auto answer = tried(entry, bound, value);
  INFO("value " << value << (answer ? "" : ": " + answer.error().message));
  CHECK(answer);
}

}  // namespace

TEST_CASE("Knobs are told apart by ids in camel case", "[contract][knobs]") {
  const std::regex camelCase("[a-z][a-zA-Z0-9]*");
  each([&](const auto& entry) {
    std::set<std::string> ids;
    for (const auto& bound : entry.knobs) {
      INFO(bound.knob.id);
      CHECK(ids.insert(bound.knob.id).second);
      CHECK(std::regex_match(bound.knob.id, camelCase));
      CHECK(bound.knob.name == entry.id + "." + bound.knob.id);
    }
  });
}

TEST_CASE("Knobs have a label of their own and a sentence of help", "[contract][knobs]") {
  eachKnob([](const auto&, const auto& bound) {
    CHECK_FALSE(bound.knob.label.empty());
    CHECK(bound.knob.label != bound.knob.id);
    REQUIRE_FALSE(bound.knob.help.empty());
    CHECK(bound.knob.help.back() == '.');
  });
}

TEST_CASE("Knobs accept their defaults", "[contract][knobs]") {
  eachKnob([](const auto& entry, const auto& bound) {
    checkAccepted(entry, bound, plain(bound.knob.defaultValue));
  });
}

TEST_CASE("Sliders span a part of what is allowed and fit their scale", "[contract][knobs]") {
  eachKnob([](const auto&, const auto& bound) {
    const Knob& knob = bound.knob;
    if (!isNumber(knob)) return;
    CHECK(knob.low < knob.high);
    CHECK(knob.low <= knob.usualLow);
    CHECK(knob.usualLow < knob.usualHigh);
    CHECK(knob.usualHigh <= knob.high);
    CHECK(std::isfinite(knob.usualLow));
    CHECK(std::isfinite(knob.usualHigh));
    if (knob.scale == Scale::kLog) CHECK(knob.usualLow > 0);
    if (knob.scale == Scale::kComplement) CHECK(knob.usualHigh < 1);
  });
}

TEST_CASE("Numbers are allowed up to the ends of a range and refused just outside",
          "[contract][knobs]") {
  eachKnob([](const auto& entry, const auto& bound) {
    const Knob& knob = bound.knob;
    if (!isNumber(knob)) return;
    const bool whole = knob.type == KnobType::kInteger;
    for (const auto& [end, outwards] : {std::pair(knob.low, -1), std::pair(knob.high, 1)}) {
      checkAccepted(entry, bound, print(end));
      if (std::isinf(end)) continue;
      const double beyond = whole ? end + outwards : std::nextafter(end, outwards * kInfinity);
      checkRefused(entry, bound, print(beyond));
    }
    if (whole) checkRefused(entry, bound, print(knob.low + 0.5));
    for (const char* text : {"nan", "-inf", "fast", "0x10"}) checkRefused(entry, bound, text);
  });
}

TEST_CASE("Choices and flags accept what they list and nothing else", "[contract][knobs]") {
  eachKnob([](const auto& entry, const auto& bound) {
    const Knob& knob = bound.knob;
    if (knob.type != KnobType::kChoice && knob.type != KnobType::kFlag) return;
    const bool flag = knob.type == KnobType::kFlag;
    const std::vector<std::string> all =
        flag ? std::vector<std::string>{"on", "off"} : knob.choices;
    CHECK(all.size() >= 2);
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
    for (const std::string& choice : all) checkAccepted(entry, bound, choice);
    for (const char* text : {"nonesuch", "0", "1"}) checkRefused(entry, bound, text);
  });
}

TEST_CASE("Points and recipes refuse what is none", "[contract][knobs]") {
  eachKnob([](const auto& entry, const auto& bound) {
    const Knob& knob = bound.knob;
    if (knob.type == KnobType::kPoint) {
      for (const std::string& choice : knob.choices) checkAccepted(entry, bound, choice);
      checkAccepted(entry, bound, "-1.5,2");
      for (const char* text : {"nonesuch", "1", "1,2,3", "1,nan", "0,1000001"}) {
        checkRefused(entry, bound, text);
      }
    }
    if (knob.kind == Kind::kNone) return;
    CHECK((knob.type == KnobType::kRecipe || knob.type == KnobType::kRecipes));
    checkRefused(entry, bound, "nonesuch");
  });
}
