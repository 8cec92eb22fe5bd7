#include "labs/approximation/lab.h"

#include <cmath>

namespace descent::approximation {
namespace {

constexpr int kExamples = 257;  // equally spaced on [0, 1]
constexpr int kExampleSide = 25;

// n equally spaced points of [0, 1], or side² of the square, as columns.
Matrix pointsOn(int inputs, int n, int side) {
  Matrix points(inputs, inputs == 1 ? n : side * side);
  for (int j = 0; j < points.cols(); ++j) {
    if (inputs == 1) {
      points(0, j) = sampleAt(j, n);
    } else {
      points.col(j) << sampleAt(j % side, side), sampleAt(j / side, side);
    }
  }
  return points;
}

}  // namespace

std::string Approximation::subtitle() const {
  return (targetId == TargetId::kTyped ? formula : titleOf(targetId)) + std::string(", N = ") +
         std::to_string(knots) + ", " + nameOf(activation) + " units";
}

Result<void> Approximation::setFormula(const std::string& text) {
  const auto one = Expression::parse(text, {"x"});
  if (!one) {
    const auto two = Expression::parse(text, {"x", "y"});
    if (!two) return two.error();
  }
  formula = text;
  return {};
}

Result<void> Approximation::setDrawing(const std::string& text) {
  constexpr std::size_t kMost = 65;
  constexpr double kFar = 10;
  std::vector<double> values;
  for (const auto part : split(text, ',')) {
    const auto number = parseNumber(part);
    if (!number || std::abs(*number) > kFar) {
      return Error{"value " + std::to_string(values.size() + 1) + " must be a number in [" +
                   print(-kFar) + ", " + print(kFar) + "], got " +
                   (trim(part).empty() ? "nothing" : excerpt(trim(part)))};
    }
    values.push_back(*number);
  }
  if (values.size() < 2 || values.size() > kMost) {
    return Error{"expected 2 to " + std::to_string(kMost) + " values parted by commas, found " +
                 std::to_string(values.size())};
  }
  drawing = text;
  drawn_ = std::move(values);
  return {};
}

Result<Target> Approximation::chosenTarget() const {
  if (targetId == TargetId::kDrawn) {
    return Target::drawn(
        Eigen::Map<const Vector>(drawn_.data(), static_cast<Eigen::Index>(drawn_.size())));
  }
  auto target = Target::typed(targetId == TargetId::kTyped ? formula : formulaOf(targetId));
  if (!target) return Error{"approximation.formula: " + target.error().message};
  return target;
}

void Approximation::layProblem() {
  const Target& f = ground_->target;
  auto split = std::make_shared<Split>();
  split->inputs = f.inputs();
  split->classes = 0;
  split->training.inputs = pointsOn(f.inputs(), kExamples, kExampleSide);
  split->training.targets.resize(1, split->training.size());
  for (Eigen::Index j = 0; j < split->training.size(); ++j) {
    const auto at = split->training.inputs.col(j);
    split->training.targets(0, j) = f(at[0], f.inputs() == 2 ? at[1] : 0);
  }
  split->validation = {Matrix(f.inputs(), 0), {}, Matrix(1, 0)};
  TrainingSetup setup;
  setup.architecture.inputs = f.inputs();
  setup.architecture.outputs = 1;
  setup.architecture.hidden = {knots};
  setup.architecture.activation = activation;
  setup.loss = Loss::kSquared;
  problem_ = std::make_shared<const Training<double>>(setup, split);
  runInputs_ = std::make_shared<const Matrix>(pointsOn(f.inputs(), kRunSamples, kSide));
}

// Every unit bends somewhere on the domain, with a slope in a random direction.
Vector Approximation::firstParameters() const {
  const Architecture& shape = problem_->setup().architecture;
  if (first == First::kConstruction) return kinkNetwork(knotValues_).parameters;
  const auto places = placesOf(shape);
  Random random(static_cast<std::uint64_t>(seed), "approximation start");
  Vector x = Vector::Zero(problem_->dimension());
  for (int j = 0; j < knots; ++j) {
    Vector way = random.normalVector(shape.inputs);
    way *= slope / way.norm();
    double bias = 0;
    for (int d = 0; d < shape.inputs; ++d) {
      x[places[0].weight + d * knots + j] = way[d];
      bias -= way[d] * random.uniform();
    }
    x[places[0].bias + j] = bias;
    x[places[1].weight + j] = random.normal() / (slope * std::sqrt(knots));
  }
  return x;
}

Result<void> Approximation::start(Record& record) {
  auto target = chosenTarget();
  if (!target) return target.error();
  ground_ = std::make_shared<const Ground>(std::move(*target));
  const Target& f = ground_->target;
  if (first == First::kConstruction && (f.inputs() == 2 || activation != Activation::kRelu)) {
    return Error{std::string("approximation.first must be strewn where ") +
                 (f.inputs() == 2 ? "the target is on the square" : "units are not relu") +
                 ": the construction has one hidden layer of relu units on [0, 1]"};
  }
  if (f.inputs() == 1) {
    knotValues_ = knotsOf(f, knots);
    middles_ = middlesOf(f, knots);
    hatsError_ = sampledHatsError(ground_->samples, knotValues_);
    hatsPeak_ =
        targetId == TargetId::kCorner ? cornerError(kCornerAt, knots) : hatsError(f, knotValues_);
    // A maximum that the pieces' slopes do not show.
    const bool isMissed = hatsError_ > hatsPeak_ * (1 + 1e-9) + roundingOf(ground_->sizes);
    if (isMissed || !std::isfinite(hatsPeak_)) hatsPeak_ = kNaN;
    measureBumps();
    measurePolynomial();
  } else {
    for (int k = 0; k < (knots + 1) * (knots + 1); ++k) {
      const auto fine = f.check(static_cast<double>(k % (knots + 1)) / knots,
                                static_cast<double>(k / (knots + 1)) / knots);
      if (!fine) return Error{"approximation.formula: " + fine.error().message};
    }
    squareKnots_ = squareKnotsOf(f, knots);
    hatsError_ = squareHatsError(f, knots);
  }
  // On the square the second layer has (N + 1)² units of 8N + 6 weights: checked where that is few.
  constexpr int kMostOnSquare = 24;
  construction_ = f.inputs() == 1 || knots <= kMostOnSquare ? networkDifference(f, knots) : kNaN;
  layProblem();
  if (const auto begun = runs_.begin(runnerRecipes, *problem_, firstParameters()); !begun) {
    return begun.error();
  }
  series_.clear();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const auto series = [&](const char* quantity, const char* label) {
      return record.declare({static_cast<int>(i), quantity, ChannelKind::kSeries, label, true});
    };
    series_.push_back({series("error", "Sup error"), series("loss", "Loss")});
    put(record, i, 0);
  }
  return {};
}

void Approximation::measureBumps() {
  bumpsError_ =
      supError(ground_->samples, [this](double x) { return bumpsAt(middles_, steepness, x); });
}

void Approximation::measurePolynomial() {
  polynomialError_ = supError(ground_->samples, ground_->polynomial(degree));
}

void Approximation::advance(int t, Record& record) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    for (int u = 1; u <= kUpdates; ++u) {
      runs_[i].update(*problem_, (t - 1) * kUpdates + u, steps * kUpdates);
    }
    put(record, i, t);
  }
}

bool Approximation::turn(const std::string& knob) {
  if (knob == "steepness" && !ground_->isPlanar()) measureBumps();
  if (knob == "degree" && !ground_->isPlanar()) measurePolynomial();
  return RunsLab::turn(knob);
}

// What has diverged leaves no more numbers.
void Approximation::put(Record& record, std::size_t i, int t) {
  Runner& runner = runs_[i];
  const bool isGone = runner.status == Status::kDiverged && t * kUpdates >= runner.last + kUpdates;
  const Vector x = judged(i);
  const double error = isGone ? kNaN : runError(x);
  const double loss = isGone ? kNaN : problem_->value(x);
  if (!std::isfinite(loss) && runner.status == Status::kRunning) {
    runner.status = Status::kDiverged;
    runner.reason = "the loss left the finite numbers";
  }
  record.put(series_[i].error, t, {error});
  record.put(series_[i].loss, t, {loss});
}

Vector Approximation::outputs(const Vector& x, const Matrix& inputs) const {
  constexpr Eigen::Index kChunk = 256;  // so that what a pass computes stays in the cache
  Vector all(inputs.cols());
  Rows<double> rows;
  for (Eigen::Index begin = 0; begin < inputs.cols(); begin += kChunk) {
    const int count = static_cast<int>(std::min(kChunk, inputs.cols() - begin));
    rows.resize(static_cast<int>(inputs.rows()), count);
    for (int d = 0; d < rows.rows(); ++d) {
      for (int j = 0; j < count; ++j) rows(d, j) = inputs(d, begin + j);
    }
    rows.clearPadding();
    const Rows<double>& f = problem_->forward(x, rows).output();
    for (int j = 0; j < count; ++j) all[begin + j] = f(0, j);
  }
  return all;
}

double Approximation::runError(const Vector& x) const {
  const Vector errors = (outputs(x, *runInputs_) - ground_->runSamples()).cwiseAbs();
  return errors.hasNaN() ? kNaN : errors.maxCoeff();
}

std::optional<int> Approximation::unitDegree() const {
  if (activation == Activation::kIdentity) return 1;
  if (activation == Activation::kSquare) return 2;
  if (activation == Activation::kCube) return 3;
  return {};
}

double Approximation::unitDifferences(std::size_t i) const {
  return differences(outputs(judged(i), pointsOn(1, 33, 0)), *unitDegree() + 1);
}

}  // namespace descent::approximation
