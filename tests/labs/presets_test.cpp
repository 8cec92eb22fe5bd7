// A preset's sentence says what its run shows. The test that holds it, where the preset itself does
// not, has the tag [lab/preset], wherever it stands.
#include <set>

#include "labs/labs.h"

using namespace descent;

namespace {

// The tags of all tests, in either version of Catch2.
std::set<std::string> tagsOfTests() {
  std::set<std::string> all;
  const auto& tests = Catch::getRegistryHub().getTestCaseRegistry();
#if __has_include(<catch2/catch_all.hpp>)
  for (const auto* test : tests.getAllInfos()) {
    for (const auto& tag : test->tags) all.insert(std::string(tag.original));
  }
#else
  for (const auto& test : tests.getAllTests()) all.insert(test.tags.begin(), test.tags.end());
#endif
  return all;
}

}  // namespace

TEST_CASE("Every preset says something of its run that is checked, each in words of its own",
          "[presets]") {
  std::set<std::string> presets;
  for (const auto& lab : catalogue().entries<Lab>()) {
    for (const Preset& preset : lab.presets) {
      INFO(lab.id << "/" << preset.id);
      presets.insert(lab.id + "/" + preset.id);
      std::set<std::string> texts;
      for (const Shows& shows : preset.shows) texts.insert(shows.text);
      CHECK_FALSE(texts.empty());
      CHECK(texts.size() == preset.shows.size());
    }
  }
  CHECK(presets.size() > 100);
  for (const std::string& tag : tagsOfTests()) {
    INFO(tag);
    CHECK((!contains(tag, "/") || presets.count(tag) == 1));
  }
}

TEST_CASE("A preset that opens on a tab names a quantity that its lab shows", "[presets]") {
  int named = 0;
  for (const auto& lab : catalogue().entries<Lab>()) {
    for (const Preset& preset : lab.presets) {
      const auto spec = Spec::parse(preset.spec);
      const std::string* tab = spec->find("view.tab");
      if (!tab) continue;
      INFO(lab.id << "/" << preset.id);
      const auto channels = opened(preset.spec)->channels();
      CHECK(std::any_of(channels.begin(), channels.end(),
                        [&](const Channel& c) { return c.quantity == *tab; }));
      ++named;
    }
  }
  CHECK(named >= 3);
}
