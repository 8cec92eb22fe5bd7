// A transformer's weights as the text of a file, and back.
#pragma once

#include <string>
#include <string_view>

#include "attention/transformer_setup.h"

namespace descent::transformers {

// {"shape":{"vocabulary":16,…},"order":"column-major","blocks":[{"name":"embedding","rows":32,
// "cols":16,"values":[…]},…]} in the order of layoutOf(), to the precision of a float, in which the
// transformer computes.
std::string weightsJson(const TransformerSetup& setup, const Vector& x);

// The parameters of such a file, whose blocks may stand in any order. Errors name the block that is
// missing, unknown or of another shape, and the first number that is none.
Result<Vector> readWeights(std::string_view json, const TransformerSetup& setup);

}  // namespace descent::transformers
