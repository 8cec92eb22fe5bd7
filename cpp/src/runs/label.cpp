#include "runs/label.h"

#include <algorithm>

namespace descent::runs {

std::vector<std::string> labelsOf(const std::vector<Recipe>& recipes,
                                  const std::vector<std::string>& names) {
  // A word says by itself what it is about: "ema", not "form=ema".
  const auto text = [](const Argument& a) {
    const auto* word = std::get_if<Recipe>(&a.value);
    const bool isWord = word && word->name != "on" && word->name != "off";
    return (a.key.empty() || isWord ? "" : a.key + "=") + print(a.value);
  };
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    const auto count = [&](auto has) {
      std::ptrdiff_t n = 0;
      for (std::size_t j = 0; j < recipes.size(); ++j) n += names[j] == names[i] && has(recipes[j]);
      return n;
    };
    const auto namesakes = count([](const Recipe&) { return true; });
    std::string label = names[i];
    for (const Argument& a : recipes[i].arguments) {
      // Arguments that every namesake has in common do not tell them apart.
      const auto sharing = count([&](const Recipe& other) {
        return std::any_of(other.arguments.begin(), other.arguments.end(),
                           [&](const Argument& b) { return text(a) == text(b); });
      });
      if (sharing < namesakes) label += " " + text(a);
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

void label(std::vector<Runner>& runners) {
  std::vector<Recipe> recipes;
  std::vector<std::string> names;
  for (const Runner& runner : runners) {
    recipes.push_back(runner.recipe);
    names.push_back(chain(*runner.optimizer));
  }
  const auto labels = labelsOf(recipes, names);
  for (std::size_t i = 0; i < runners.size(); ++i) {
    const auto here = names.begin() + static_cast<std::ptrdiff_t>(i);
    const auto copies = static_cast<int>(std::count(names.begin(), here, names[i]));
    Style& style = runners[i].style;
    const int slot =
        (*catalogue().find<Optimizer>(innermost(*runners[i].optimizer).id))->style.slot;
    runners[i].label = labels[i];
    style.hollow = copies > 0;
    style.slot = (slot + std::max(0, copies - 1)) % kSlots;
  }
}

}  // namespace descent::runs
