// A transformer's weights as the text of a file, and back.
#pragma once

#include <string>
#include <string_view>

#include "attention/language.h"

namespace descent::transformer {

// {"shape":{"task":"induction","alphabet":[],"vocabulary":16,…},"order":"column-major","blocks":
// [{"name":"embedding","rows":32,"cols":16,"values":[…]},…]} in the order of layoutOf(), to the
// precision of a float, in which the transformer computes. The alphabet is that of a text, as code
// points. All that the weights mean another function without is in the shape.
std::string weightsJson(const LanguageSetup& setup, const Vector& x);

// The parameters of such a file, whose blocks may stand in any order. Errors name the setting that
// is another one here, the block that is missing, unknown, there twice or of another shape, and the
// first number that is none or none of a float.
Result<Vector> readWeights(std::string_view json, const LanguageSetup& setup);

}  // namespace descent::transformer
