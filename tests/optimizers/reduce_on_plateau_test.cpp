#include "support/objectives.h"

using namespace descent;

namespace {

// Gradient 1 everywhere, and the listed losses one after another.
class Losses final : public Oracle {
 public:
  explicit Losses(std::vector<double> losses) : losses_(std::move(losses)) {}
  double value(const Vector&) override { return 0; }
  double gradient(const Vector&, Vector& g) override {
    g = vec({1});
    return losses_.at(static_cast<std::size_t>(counts_.gradients++));
  }
  const Counts& counts() const override { return counts_; }

 private:
  std::vector<double> losses_;
  Counts counts_;
};

// How far each step goes, by SGD at rate 1.
std::vector<double> lengths(Optimizer& optimizer, const std::vector<double>& losses) {
  Losses oracle(losses);
  optimizer.reset(vectorLayout(1));
  std::vector<double> lengths;
  for (std::size_t t = 0; t < losses.size(); ++t) {
    Vector x = vec({0});
    optimizer.step(oracle, x, 1);
    lengths.push_back(-x[0]);
  }
  return lengths;
}

std::vector<double> lengths(const std::string& knobs, const std::vector<double>& losses) {
  return lengths(*optimizer("reduce-on-plateau(sgd, " + knobs + ")"), losses);
}

}  // namespace

TEST_CASE("The rate is cut after more steps without progress than patience bears",
          "[reduce-on-plateau]") {
  // Best 9 at step 2; steps 3, 4, 5 are three without progress, more than two: the cut meets
  // step 6. Three more and step 9 is at a quarter.
  CHECK(lengths("factor=0.5, patience=2", {10, 9, 9, 9, 9, 9, 9, 9, 9, 9}) ==
        std::vector<double>{1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25});
  // Without patience every step that is not better cuts.
  CHECK(lengths("factor=0.5, patience=0", {10, 10, 9, 11, 8}) ==
        std::vector<double>{1, 1, 0.5, 0.5, 0.25});
}

TEST_CASE("Progress on the best loss begins the count anew", "[reduce-on-plateau]") {
  // 9 is better, so 10, 9.5 are the first and second without progress, and 8 is better again.
  CHECK(lengths("factor=0.5, patience=2", {10, 9, 10, 9.5, 8, 8.5, 8.5, 8.5, 8.5}) ==
        std::vector<double>{1, 1, 1, 1, 1, 1, 1, 1, 0.5});
}

TEST_CASE("Progress is a fall by more than the threshold's share of the best",
          "[reduce-on-plateau]") {
  // A quarter of 8 is 2: 6 is not below 6, and 5.9 is.
  CHECK(lengths("factor=0.5, patience=0, threshold=0.25", {8, 6, 5.9, 5.9, 5.9}) ==
        std::vector<double>{1, 1, 0.5, 0.5, 0.25});
  // By 1e-4 unless told: 10 → 9.9995 is none, 9.998 is.
  CHECK(lengths("factor=0.5, patience=0", {10, 9.9995, 9.998, 9.998}) ==
        std::vector<double>{1, 1, 0.5, 0.5});
}

TEST_CASE("A loss that is no number is no progress", "[reduce-on-plateau]") {
  CHECK(lengths("factor=0.5, patience=0", {std::nan(""), INFINITY, 3, 3, 3}) ==
        std::vector<double>{1, 0.5, 0.25, 0.25, 0.125});
}

TEST_CASE("Ten steps are borne, and the cut is to a tenth, unless told", "[reduce-on-plateau]") {
  const auto all = lengths(*optimizer("reduce-on-plateau(sgd)"), std::vector<double>(13, 1.0));
  for (std::size_t t = 0; t < 12; ++t) CHECK(all[t] == 1);
  CHECK(all[12] == Approx(0.1));
}

TEST_CASE("A reset restores the rate and forgets the best loss", "[reduce-on-plateau]") {
  auto reduce = optimizer("reduce-on-plateau(sgd, factor=0.5, patience=0)");
  CHECK(lengths(*reduce, {5, 5, 5}) == std::vector<double>{1, 1, 0.5});
  CHECK(lengths(*reduce, {9, 9, 9}) == std::vector<double>{1, 1, 0.5});
}

TEST_CASE("The cut multiplies the inner schedule", "[reduce-on-plateau]") {
  // Rates ½, 1, 1, 1 by the schedule; f = 0 everywhere, so every step after the first cuts.
  Script oracle(std::vector<Vector>(4, vec({1})));
  checkSteps(
      "reduce-on-plateau(momentum(lr=1, beta=0, schedule=warmup(constant, steps=2)), factor=0.5, "
      "patience=0)",
      oracle, 0, {-0.5, -1.5, -2, -2.25});
}

TEST_CASE("While the loss falls nothing is cut", "[reduce-on-plateau]") {
  const auto f = landscape("bowl");
  CHECK(path("sgd(lr=0.05)", *f, f->start(), 100) ==
        path("reduce-on-plateau(sgd(lr=0.05), patience=0)", *f, f->start(), 100));
}

TEST_CASE("A constant added to the loss moves no cut but by the size of the threshold",
          "[reduce-on-plateau]") {
  // Falls by 1, then rises by 0.3 for three steps: those are no progress whatever the sign. At
  // −100 ± 1 a rise above (1 − ε) best would have been.
  const std::vector<double> shape = {2, 1, 1.3, 1.3, 1.3, 1.3};
  for (const double shift : {0.0, 3.0, -1.0, -1.2, -3.0, -100.0}) {
    std::vector<double> losses;
    for (const double value : shape) losses.push_back(value + shift);
    INFO(shift);
    CHECK(lengths("factor=0.5, patience=2, threshold=0.005", losses) ==
          std::vector<double>{1, 1, 1, 1, 1, 0.5});
  }
  // On a negative loss progress is a fall by the share of its size: −8 to −10 is 2 = ¼·8, no more.
  CHECK(lengths("factor=0.5, patience=0, threshold=0.25", {-8, -10, -10.1, -10.1}) ==
        std::vector<double>{1, 1, 0.5, 0.5});
}

TEST_CASE("Below zero, too, a run that bounces about its minimum has its rate cut",
          "[reduce-on-plateau]") {
  // |x| + c from 0.05 by steps of 0.1: ±0.05 for ever, unless the rate is cut.
  for (const char* c : {"+3", "-3", "-0.01"}) {
    INFO(c);
    const auto f = landscape("custom(f=\"abs(x)" + std::string(c) + "\")");
    const auto points =
        path("reduce-on-plateau(signsgd(lr=0.1), factor=0.5, patience=3)", *f, vec({0.05, 0}), 60);
    CHECK(std::abs(points.back()[0]) < 1e-4);
  }
}
