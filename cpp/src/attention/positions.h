// Where a token stands, in numbers that are added to its embedding.
#pragma once

#include "descent/vector.h"

namespace descent {

// Of t = 0 … length − 1, as columns (width × length): features 2i and 2i + 1 are the sine and the
// cosine of t/10000^(2i/width). Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
Matrix sinusoidalPositions(int width, int length);

}  // namespace descent
