// f(θ) = 1/n Σ ℓ(aᵢᵀθ, yᵢ) + ½ρ‖θ‖²: a mean over n rows of data, seen whole or by mini-batches.
#pragma once

#include <memory>
#include <numeric>

#include "descent/catalogue.h"
#include "problems/draw.h"

namespace descent {

enum class Sampling { kEpochs, kReplacement };

class FiniteSum : public Problem {
 public:
  int n = 100;
  int d = 10;
  double kappa = 10;
  int batch = 0;
  Sampling sampling = Sampling::kEpochs;
  double ridge = 0;

  void prepare(std::uint64_t seed) final {
    seed_ = seed;
    Random random(seed, "rows and labels of a sum");
    auto data = std::make_shared<Data>();
    const Matrix a = designMatrix(random, n, d, kappa);
    data->rows = a.transpose();
    data->y = labels(random, a);
    data_ = std::move(data);
    solution_ = solve();
  }

  Eigen::Index dimension() const final { return d; }
  Vector start() const final { return Vector::Zero(d); }

  double value(const Vector& x) const final { return meanLoss(x, {}); }
  void gradient(const Vector& x, Vector& g) const final { meanGradient(x, {}, g); }
  bool hessian(const Vector& x, Matrix& h) const final { return meanHessian(x, {}, h), true; }

  const Objective& at(int t) const final { return seen_ = {*this, rows(t)}; }

  // Where the Hessian is singular the solutions are a subspace; this is the nearest one.
  std::optional<Vector> nearestMinimum(const Vector& x) const final {
    if (n >= d || ridge > 0) return solution_;
    Matrix h;
    hessian(solution_, h);
    return Vector(x + times(pseudoInverse(h), times(h, solution_ - x)));
  }
  std::optional<double> largestCurvature(const Vector& x) const final {
    Matrix h;
    hessian(*nearestMinimum(x), h);
    return symmetricEigen(h).values[d - 1];
  }

  // The rows that step t sees; empty for all of them. In epochs every row is seen once before any
  // is seen again (the last batch of an epoch may be smaller); with replacement each is drawn anew.
  std::vector<int> rows(int t) const {
    if (batch == 0 || batch >= n) return {};
    std::vector<int> drawn;
    if (sampling == Sampling::kReplacement) {
      Random random(seed_, "rows of a step", t);
      for (int i = 0; i < batch; ++i) {
        drawn.push_back(static_cast<int>(random.below(static_cast<std::uint32_t>(n))));
      }
      return drawn;
    }
    const int perEpoch = (n + batch - 1) / batch;
    const int epoch = (t - 1) / perEpoch, place = (t - 1) % perEpoch;
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    Random(seed_, "order of rows in an epoch", epoch).shuffle(order);
    const auto first = order.begin() + place * batch;
    return {first, first + std::min(batch, n - place * batch)};
  }

 protected:
  // ℓ, dℓ/dz and d²ℓ/dz² at z = aᵢᵀθ.
  virtual double loss(double z, double y) const = 0;
  virtual double slope(double z, double y) const = 0;
  virtual double curvature(double z, double y) const = 0;
  virtual Vector labels(Random& random, const Matrix& a) const = 0;

 private:
  struct Data {
    Matrix rows;  // d × n: row i of A is column i
    Vector y;     // n
  };

  // f(i) summed over the rows, all where none are named, as a mean.
  template <class F>
  void overRows(const std::vector<int>& some, F f) const {
    if (some.empty()) {
      for (int i = 0; i < n; ++i) f(i, 1.0 / n);
    } else {
      for (const int i : some) f(i, 1.0 / static_cast<double>(some.size()));
    }
  }
  double meanLoss(const Vector& x, const std::vector<int>& some) const {
    double sum = ridge / 2 * x.squaredNorm();
    overRows(some, [&](int i, double share) {
      sum += share * loss(data_->rows.col(i).dot(x), data_->y[i]);
    });
    return sum;
  }
  void meanGradient(const Vector& x, const std::vector<int>& some, Vector& g) const {
    g = ridge * x;
    overRows(some, [&](int i, double share) {
      g += share * slope(data_->rows.col(i).dot(x), data_->y[i]) * data_->rows.col(i);
    });
  }
  void meanHessian(const Vector& x, const std::vector<int>& some, Matrix& h) const {
    h = ridge * Matrix::Identity(d, d);
    overRows(some, [&](int i, double share) {
      const auto a = data_->rows.col(i);
      const double weight = share * curvature(a.dot(x), data_->y[i]);
      for (int j = 0; j < d; ++j) h.col(j) += weight * (a[j] * a);
    });
  }

  // Newton's method from zero, halved until f falls; one step of it where f is quadratic.
  Vector solve() const {
    Vector x = Vector::Zero(d), g;
    Matrix h;
    for (int i = 0; i < 50; ++i) {
      gradient(x, g);
      hessian(x, h);
      Vector step = times(pseudoInverse(h), g);
      while (value(x - step) > value(x) && step.norm() > 1e-15 * (1 + x.norm())) step /= 2;
      x -= step;
      if (step.norm() <= 1e-14 * (1 + x.norm())) break;
    }
    return x;
  }

  // The mean over some rows, which a step sees.
  class Part final : public Objective {
   public:
    Part() = default;
    Part(const FiniteSum& sum, std::vector<int> rows) : sum_(&sum), rows_(std::move(rows)) {}

    Eigen::Index dimension() const override { return sum_->d; }
    double value(const Vector& x) const override { return sum_->meanLoss(x, rows_); }
    void gradient(const Vector& x, Vector& g) const override { sum_->meanGradient(x, rows_, g); }
    bool hessian(const Vector& x, Matrix& h) const override {
      return sum_->meanHessian(x, rows_, h), true;
    }

   private:
    const FiniteSum* sum_ = nullptr;
    std::vector<int> rows_;
  };

  std::uint64_t seed_ = 0;
  std::shared_ptr<const Data> data_;
  Vector solution_;
  mutable Part seen_;
};

// The knobs of the data, for the description of a finite sum.
template <class T>
void describeSum(Describe<T>& description) {
  description.knob("n", &T::n, 1, 2000, "Rows of data.")
      .as("Rows", "n")
      .usual(1, 500)
      .knob("d", &T::d, 1, 50, "Parameters.")
      .as("Parameters", "d")
      .knob("kappa", &T::kappa, 1, 1e6, "Condition number of AᵀA/n.")
      .as("Condition number", "κ")
      .usual(1, 1e4, Scale::kLog)
      .knob("batch", &T::batch, 0, 2000, "Rows that a step sees; 0 for all of them.")
      .as("Batch", "B")
      .usual(0, 100)
      .choice("sampling", &T::sampling, {"epochs", "replacement"},
              "Every row once an epoch in a drawn order, or each row drawn anew.")
      .as("Sampling");
}

}  // namespace descent
