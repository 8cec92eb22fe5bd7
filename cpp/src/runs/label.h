// Labels and styles that tell runners apart.
#pragma once

#include <string>
#include <vector>

#include "runs/runner.h"

namespace descent::runs {

// Dashes and markers of a family; from the last on they come again.
inline constexpr int kSlots = 6;

// Unique labels: the name, plus differing arguments where a name repeats.
std::vector<std::string> labelsOf(const std::vector<Recipe>& recipes,
                                  const std::vector<std::string>& names);

// Give all their labels, and their styles: the second copy of an optimizer is hollow, further ones
// take the next dashes besides.
void label(std::vector<Runner>& runners);

}  // namespace descent::runs
