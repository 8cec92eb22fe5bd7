#include "network/training.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace descent {
namespace {

Examples chosen(const Examples& all, Eigen::Index first, Eigen::Index n) {
  Examples some;
  some.inputs = all.inputs.middleCols(first, n);
  if (all.targets.size() > 0) some.targets = all.targets.middleCols(first, n);
  if (!all.labels.empty()) {
    some.labels.assign(all.labels.begin() + first, all.labels.begin() + first + n);
  }
  return some;
}

// Each row of the inputs by mean and deviation of its entries from `first` on. Scaled by the
// largest of them first: squares of the rest cannot overflow.
void standardise(Matrix& inputs, Eigen::Index first) {
  for (Eigen::Index i = 0; i < inputs.rows(); ++i) {
    auto all = inputs.row(i);
    const auto seen = all.tail(all.size() - first);
    if (seen.maxCoeff() == seen.minCoeff()) {
      all.setZero();
      continue;
    }
    all /= seen.cwiseAbs().maxCoeff();
    all.array() -= seen.mean();
    all /= std::sqrt(seen.squaredNorm() / static_cast<double>(seen.size()));
  }
}

// As many numbers are drawn for any deviation, 0 included: a larger one carries the same examples
// farther.
void addNoise(Random& random, Examples& examples, double deviation) {
  Matrix& noisy = examples.targets.size() > 0 ? examples.targets : examples.inputs;
  for (double& entry : noisy.reshaped()) entry += deviation * random.normal();
}

}  // namespace

Split drawSplit(const Dataset& dataset, int n, double noise, const Holdout& holdout,
                std::uint64_t seed) {
  Random random(seed, "data set");
  Examples all = dataset.draw(random, n);
  const auto held = std::min<Eigen::Index>(
      std::lround(holdout.share * static_cast<double>(all.size())), all.size() - 1);
  if (dataset.isRaw()) standardise(all.inputs, held);
  addNoise(random, all, noise);
  Split split;
  split.validation = chosen(all, 0, held);
  split.training = chosen(all, held, all.size() - held);
  split.cleanLabels = split.training.labels;
  split.inputs = static_cast<int>(all.inputs.rows());
  split.classes = all.labels.empty() ? 0 : dataset.classes();
  if (split.classes > 1) {
    std::vector<int> order(split.cleanLabels.size());
    std::iota(order.begin(), order.end(), 0);
    Random flips(seed, "flipped labels");
    flips.shuffle(order);
    order.resize(
        static_cast<std::size_t>(std::lround(holdout.flipped * static_cast<double>(order.size()))));
    for (const int i : order) {
      int& label = split.training.labels[static_cast<std::size_t>(i)];
      const auto others = static_cast<std::uint32_t>(split.classes - 1);
      label = (label + 1 + static_cast<int>(flips.below(others))) % split.classes;
    }
  }
  return split;
}

int outputsFor(Loss loss, int classes, int targets) {
  if (classes == 0) return targets;
  return loss != Loss::kSoftmax && classes == 2 ? 1 : classes;
}

template <class T>
Portion<T> portionOf(const Examples& examples, Loss loss, int classes) {
  Portion<T> portion;
  const int n = static_cast<int>(examples.size());
  const int d = static_cast<int>(examples.inputs.rows());
  const int targets = static_cast<int>(examples.targets.rows());
  const int outputs = outputsFor(loss, classes, targets);
  portion.labels = examples.labels;
  portion.inputs.resize(d, n);
  portion.targets.resize(outputs, n);
  for (int j = 0; j < n; ++j) {
    for (int i = 0; i < d; ++i) portion.inputs(i, j) = static_cast<T>(examples.inputs(i, j));
    for (int i = 0; i < outputs; ++i) {
      if (classes == 0) {
        portion.targets(i, j) = static_cast<T>(examples.targets(i, j));
        continue;
      }
      const int own = outputs == 1 ? 1 : i;  // the class that this output speaks for
      const bool is = examples.labels[static_cast<std::size_t>(j)] == own;
      portion.targets(i, j) = is ? T(1) : loss == Loss::kSoftmax ? T(0) : T(-1);
    }
  }
  return portion;
}

template <class T>
Training<T>::Training(const TrainingSetup& setup, std::shared_ptr<const Split> data)
    : setup_(setup),
      layout_(layoutOf(setup.architecture)),
      data_(std::move(data)),
      mlp_(setup.architecture) {
  auto parts = std::make_shared<Parts>();
  parts->training = portionOf<T>(data_->training, setup.loss, data_->classes);
  parts->validation = portionOf<T>(data_->validation, setup.loss, data_->classes);
  parts_ = std::move(parts);
}

template <class T>
void Training<T>::prepare(std::uint64_t seed) {
  seed_ = seed;
  shuffled_ = -1;
}

template <class T>
Vector Training<T>::start() const {
  Random random(seed_, "network start");
  return initialParameters(setup_.architecture, setup_.initialisation, random);
}

template <class T>
int Training<T>::epoch() const {
  const int n = training().size();
  return setup_.batch == 0 || setup_.batch >= n ? 1 : (n + setup_.batch - 1) / setup_.batch;
}

template <class T>
const Portion<T>& Training<T>::batchOf(int t) const {
  const Portion<T>& all = training();
  const int n = all.size(), perEpoch = epoch();
  const Portion<T>* seen = &all;
  if (perEpoch > 1) {
    const int now = (t - 1) / perEpoch, first = (t - 1) % perEpoch * setup_.batch;
    if (now != shuffled_) {
      shuffled_ = now;
      order_.resize(static_cast<std::size_t>(n));
      std::iota(order_.begin(), order_.end(), 0);
      Random(seed_, "order of an epoch", now).shuffle(order_);
    }
    const int size = std::min(setup_.batch, n - first);
    const int* order = order_.data() + first;
    const auto gather = [&](const Rows<T>& from, Rows<T>& to) {
      if (to.resize(from.rows(), size)) to.clearPadding();
      for (int i = 0; i < from.rows(); ++i) {
        const T* source = from.row(i);
        T* gathered = to.row(i);
        for (int j = 0; j < size; ++j) gathered[j] = source[order[j]];
      }
    };
    gather(all.inputs, batch_.inputs);
    gather(all.targets, batch_.targets);
    seen = &batch_;
  }
  if (setup_.architecture.dropout > 0) {
    Random random(seed_, "dropout mask", t);
    mlp_.drawMask(random, seen->size());
  }
  return *seen;
}

template <class T>
double Training<T>::penalty(const Vector& x, Vector* g) const {
  if (setup_.l1 == 0 && setup_.l2 == 0) return 0;
  double sum = 0;
  for (const Block& block : layout_) {
    if (block.role == Role::kVector) continue;
    const auto w = x.segment(block.offset, block.size());
    sum += setup_.l1 * w.template lpNorm<1>() + setup_.l2 / 2 * w.squaredNorm();
    if (g) {
      g->segment(block.offset, block.size()) += setup_.l1 * w.cwiseSign() + setup_.l2 * w;
    }
  }
  return sum;
}

template <class T>
double Training<T>::pass(const Vector& x, const Portion<T>& portion, Mode mode, Vector* g) const {
  const T* theta = parameters(x);
  const Rows<T>& f = mlp_.forward(theta, portion.inputs, mode);
  if (!g) return lossOf(setup_.loss, f, portion.targets) + penalty(x, nullptr);
  d_.resize(f.rows(), f.cols());
  const double loss = lossAndSlope(setup_.loss, f, portion.targets, d_);
  fromScalar(x.size(), *g, gradient_,
             [&](T* gradient) { mlp_.backward(theta, portion.inputs, d_, gradient); });
  return loss + penalty(x, g);
}

template <class T>
void Training<T>::product(const Vector& x, const Vector& v, const Portion<T>& portion, Mode mode,
                          Vector& out) const {
  const T *theta = parameters(x), *direction = inScalar(v, direction_);
  const Rows<T>& f = mlp_.forward(theta, portion.inputs, mode);
  d_.resize(f.rows(), f.cols());
  rd_.resize(f.rows(), f.cols());
  lossAndSlope(setup_.loss, f, portion.targets, d_);
  gradient_.resize(static_cast<std::size_t>(x.size()));
  mlp_.backward(theta, portion.inputs, d_, gradient_.data());
  const Rows<T>& along = mlp_.forwardAlong(theta, direction, portion.inputs);
  lossCurvature(setup_.loss, f, portion.targets, along, rd_);
  fromScalar(x.size(), out, product_, [&](T* product) {
    mlp_.backwardAlong(theta, direction, portion.inputs, d_, rd_, product);
  });
  for (const Block& block : layout_) {
    if (block.role == Role::kVector || setup_.l2 == 0) continue;
    out.segment(block.offset, block.size()) += setup_.l2 * v.segment(block.offset, block.size());
  }
}

template <class T>
double Training<T>::value(const Vector& x) const {
  return pass(x, training(), Mode::kPopulation, nullptr);
}

template <class T>
double Training<T>::valueAndGradient(const Vector& x, Vector& g) const {
  return pass(x, training(), Mode::kPopulation, &g);
}

template <class T>
bool Training<T>::hessianVector(const Vector& x, const Vector& v, Vector& out) const {
  product(x, v, training(), Mode::kPopulation, out);
  return true;
}

template <class T>
void Training<T>::normalise(const Vector& x) const {
  if (!setup_.architecture.batchNorm) return;
  mlp_.forward(parameters(x), training().inputs, Mode::kPopulation);
}

template <class T>
const Mlp<T>& Training<T>::forward(const Vector& x, const Rows<T>& inputs) const {
  mlp_.forward(parameters(x), inputs, Mode::kEvaluation);
  return mlp_;
}

template <class T>
Score Training<T>::scoreOf(const Rows<T>& f, const Portion<T>& portion) const {
  const double loss = lossOf(setup_.loss, f, portion.targets);
  if (portion.labels.empty()) return {loss, kNaN};
  int right = 0;
  for (int j = 0; j < portion.size(); ++j) {
    right += predictedClass(f, j) == portion.labels[static_cast<std::size_t>(j)];
  }
  return {loss, static_cast<double>(right) / portion.size()};
}

template <class T>
Score Training<T>::score(const Vector& x, const Portion<T>& portion) const {
  if (portion.size() == 0) return {kNaN, kNaN};
  return scoreOf(evaluate(x, portion.inputs).output(), portion);
}

template <class T>
typename Training<T>::Scores Training<T>::scores(const Vector& x) const {
  // The pass that finds the population's statistics is the training examples' own.
  const T* theta = parameters(x);
  Scores both{scoreOf(mlp_.forward(theta, training().inputs, Mode::kPopulation), training()),
              {kNaN, kNaN}};
  if (validation().size() > 0) {
    both.validation =
        scoreOf(mlp_.forward(theta, validation().inputs, Mode::kEvaluation), validation());
  }
  return both;
}

template <class T>
std::optional<double> Training<T>::heldOut(const Vector& x) const {
  if (validation().size() == 0) return {};
  return score(x, validation()).loss;
}

template <class T>
std::vector<int> Training<T>::confusion(const Vector& x, const Portion<T>& portion) const {
  const int classes = data_->classes;
  std::vector<int> counts(static_cast<std::size_t>(classes * classes));
  if (portion.size() == 0) return counts;
  const Rows<T>& f = evaluate(x, portion.inputs).output();
  for (int j = 0; j < portion.size(); ++j) {
    const int truth = portion.labels[static_cast<std::size_t>(j)];
    ++counts[static_cast<std::size_t>(truth * classes + predictedClass(f, j))];
  }
  return counts;
}

template class Training<float>;
template class Training<double>;
template Portion<float> portionOf(const Examples&, Loss, int);
template Portion<double> portionOf(const Examples&, Loss, int);

}  // namespace descent
