#include "network/architecture.h"

#include <cmath>

namespace descent {
namespace {

// f(layer, name, role, rows, cols, the place to fill) for every block, in order.
template <class F>
void forBlocks(const Architecture& a, std::vector<LayerPlace>& places, F f) {
  for (int l = 1; l <= a.depth(); ++l) {
    LayerPlace& place = places.emplace_back();
    const bool isHead = l == a.depth();
    const int m = a.width(l), k = a.width(l - 1);
    const Role role = isHead ? Role::kHead : l == 1 ? Role::kEmbedding : Role::kHiddenMatrix;
    f(l, "W", role, m, k, place.weight);
    if (a.batchNorm && !isHead) {
      f(l, "gamma", Role::kVector, m, 1, place.scale);
      f(l, "beta", Role::kVector, m, 1, place.shift);
    } else if (a.bias) {
      f(l, "b", Role::kVector, m, 1, place.bias);
    }
    if (a.residual && !isHead && m != k) f(l, "S", Role::kHiddenMatrix, m, k, place.shortcut);
  }
}

}  // namespace

double weightVariance(Initialiser kind, double m, double k) {
  switch (kind) {
    case Initialiser::kZeros:
      return 0;
    case Initialiser::kNormal:
      return 0.01;
    case Initialiser::kLecun:
      return 1 / k;
    case Initialiser::kXavier:
      return 2 / (m + k);
    case Initialiser::kHe:
      return 2 / k;
  }
  return 0;
}

Layout layoutOf(const Architecture& architecture) {
  Layout layout;
  std::vector<LayerPlace> places;
  Eigen::Index offset = 0;
  forBlocks(architecture, places,
            [&](int l, const char* name, Role role, int rows, int cols, Eigen::Index&) {
              layout.push_back({name + std::to_string(l), role, offset, rows, cols});
              offset += layout.back().size();
            });
  return layout;
}

std::vector<LayerPlace> placesOf(const Architecture& architecture) {
  std::vector<LayerPlace> places;
  Eigen::Index offset = 0;
  forBlocks(architecture, places,
            [&](int, const char*, Role, int rows, int cols, Eigen::Index& place) {
              place = offset;
              offset += static_cast<Eigen::Index>(rows) * cols;
            });
  return places;
}

Vector initialParameters(const Architecture& architecture, const Initialisation& how,
                         Random& random) {
  const Layout layout = layoutOf(architecture);
  Vector x = Vector::Zero(parameterCount(layout));
  for (const Block& block : layout) {
    auto entries = x.segment(block.offset, block.size());
    if (block.role != Role::kVector) {
      const double deviation =
          how.gain * std::sqrt(weightVariance(how.kind, static_cast<double>(block.rows),
                                              static_cast<double>(block.cols)));
      for (double& entry : entries) entry = deviation * random.normal();
    } else if (block.name.rfind("gamma", 0) == 0) {
      entries.setOnes();
    } else if (block.name == "b1" && how.firstBias != 0) {
      for (double& entry : entries) entry = how.firstBias * random.normal();
    }
  }
  return x;
}

}  // namespace descent
