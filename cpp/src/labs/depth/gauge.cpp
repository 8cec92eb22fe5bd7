#include "labs/depth/gauge.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/products.h"

namespace descent::depth {
namespace {

// Of all entries, without the padding.
double meanSquare(const Rows<double>& rows) {
  double sum = 0;
  for (int i = 0; i < rows.rows(); ++i) sum += rows.values(i).square().sum();
  return sum / (static_cast<double>(rows.rows()) * rows.cols());
}

// ‖s h‖/‖a − s h‖.
double overShortcut(const Rows<double>& a, const Rows<double>& h, double s) {
  double branch = 0, shortcut = 0;
  for (int i = 0; i < a.rows(); ++i) {
    branch += (s * h.values(i)).square().sum();
    shortcut += (a.values(i) - s * h.values(i)).square().sum();
  }
  return std::sqrt(branch / shortcut);
}

}  // namespace

Gauge::Gauge(const Training<double>& problem)
    : mlp_(problem.setup().architecture), places_(placesOf(problem.setup().architecture)) {}

Profile Gauge::measure(const Training<double>& problem, const Vector& x) {
  const Portion<double>& examples = problem.training();
  const Architecture& architecture = problem.setup().architecture;
  const int n = examples.size(), hidden = architecture.depth() - 1;
  const Rows<double>& f = mlp_.forward(x.data(), examples.inputs, Mode::kPopulation);
  d_.resize(f.rows(), n);
  gradient_.resize(x.size());

  Profile profile;
  profile.loss = lossAndSlope(problem.setup().loss, f, examples.targets, d_);
  profile.accuracy = kNaN;
  if (!examples.labels.empty()) {
    int right = 0;
    for (int j = 0; j < n; ++j) {
      right += predictedClass(f, j) == examples.labels[static_cast<std::size_t>(j)];
    }
    profile.accuracy = static_cast<double>(right) / n;
  }
  mlp_.backward(x.data(), examples.inputs, d_, gradient_.data());

  profile.signals.resize(hidden);
  profile.backward.resize(hidden);
  profile.branches.resize(architecture.residual ? hidden : 0);
  profile.gradients.resize(hidden + 1);
  for (int l = 1; l <= hidden + 1; ++l) {
    const auto at = static_cast<std::size_t>(l - 1);
    const Eigen::Index from = places_[at].weight;
    const Eigen::Index to = l <= hidden ? places_[at + 1].weight : x.size();
    profile.gradients[l - 1] = gradient_.segment(from, to - from).norm();
    if (l > hidden) break;
    profile.signals[l - 1] = std::sqrt(meanSquare(mlp_.activations(l)));
    // The loss is a mean, so that an example's own is n times as steep.
    profile.backward[l - 1] = n * std::sqrt(meanSquare(mlp_.backpropagated(l)));
    if (!architecture.residual) continue;
    profile.branches[l - 1] =
        overShortcut(mlp_.activations(l), mlp_.branch(l), architecture.branchScale);
  }
  return profile;
}

double Gauge::directions() const {
  double fewest = std::numeric_limits<double>::infinity();
  for (int l = 1; l < mlp_.architecture().depth() - 1; ++l) {
    const Rows<double>& a = mlp_.activations(l);
    Matrix centred(a.rows(), a.cols());
    for (int i = 0; i < a.rows(); ++i) {
      centred.row(i) = (a.values(i) - a.values(i).mean()).matrix().transpose();
    }
    const Matrix c = timesTranspose(centred, centred);
    fewest = std::min(fewest, c.trace() * c.trace() / c.squaredNorm());
  }
  return fewest;
}

}  // namespace descent::depth
