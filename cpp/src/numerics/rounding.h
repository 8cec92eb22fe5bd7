// What rounding leaves of a number that is zero, as a share of the terms that it was made of: the
// sign of what is smaller tells nothing.
#pragma once

namespace descent {

inline constexpr double kRounding = 2e-14;  // about 100 ε

}  // namespace descent
