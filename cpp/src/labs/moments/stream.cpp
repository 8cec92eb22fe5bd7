#include "labs/moments/stream.h"

#include "descent/random.h"

namespace descent::moments {

double Shape::at(int t) const {
  const auto normal = [&] {
    return Random(static_cast<std::uint64_t>(seed), "noise of a gradient", t).normal();
  };
  switch (stream) {
    case Stream::kConstant:
      return size;
    case Stream::kNoisy:
      return size + noise * normal();
    case Stream::kSpike:
      return t == period ? 20 * size : size + noise * normal();
    case Stream::kSparse:
      return t % period == 0 ? size : 0;
    case Stream::kFlip:
      return ((t - 1) / period) % 2 == 0 ? size : -size;
    case Stream::kFormula:
      return formula(t);
  }
  return 0;
}

}  // namespace descent::moments
