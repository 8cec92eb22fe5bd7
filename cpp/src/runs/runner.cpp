#include "runs/runner.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "descent/measured.h"

namespace descent::runs {
namespace {

// " along (0.6, -0.8)", of a vector of the plane that has a direction.
std::string directionOf(const Vector& way) {
  if (way.size() != 2 || !way.allFinite() || way.isZero(0)) return "";
  const Vector direction = way.stableNormalized();
  const auto thousandths = [](double value) {
    return printShort(std::round(value * 1000) / 1000 + 0.0);
  };
  return " along (" + thousandths(direction[0]) + ", " + thousandths(direction[1]) + ")";
}

// " at (1, 2)", of a point of the plane.
std::string placeOf(const Vector& x) {
  return x.size() == 2 ? " at (" + printShort(x[0]) + ", " + printShort(x[1]) + ")" : "";
}

constexpr const char* kOverflow = "θ left the finite numbers";

// Why no step leads from x, where f or its gradient is not finite; "" where both are.
std::string whyNoStep(const Objective& f, const Vector& x, bool isStart) {
  Vector g;
  const double value = f.valueAndGradient(x, g);
  if (!std::isfinite(value)) {
    return isStart ? "f is not finite at the start" : "f left the finite numbers";
  }
  if (g.hasNaN()) return "the gradient does not exist" + placeOf(x);
  return g.allFinite() ? "" : "the gradient is not finite" + placeOf(x);
}

// Does f fall along a way from x, however far it is followed, and by no less from doubling to
// doubling, as log does, but not what nears a bound? 200 doublings are 1e60 times as far, and leave
// f room for fourth powers.
bool fallsWithoutEnd(const Problem& problem, const Vector& x, Vector way) {
  constexpr double kAsMuch = 1 - 1e-9;
  constexpr int kFarFromX = 10;  // doublings, from where on x itself is nothing beside the way
  double last = problem.value(x), fall = 0;
  for (int doubled = 0; doubled < 200 && std::isfinite(last); ++doubled, way *= 2) {
    const double value = problem.value(x + way);
    if (!(value < last) || (doubled > kFarFromX && last - value < kAsMuch * fall)) {
      return false;
    }
    fall = last - value;
    last = value;
  }
  return true;
}

}  // namespace

double Runner::update(const Problem& problem, int t, int total) {
  if (status != Status::kRunning) return kNaN;
  const Vector before = x;
  const Objective& objective = problem.at(t);
  if (t == 1) reason = whyNoStep(objective, x, true);
  if (!reason.empty()) {
    status = Status::kDiverged;
    last = t;
    return kNaN;
  }
  ObjectiveOracle oracle(objective, counts);
  const Step taken = optimizer->step(oracle, x, optimizer->rate(t - 1, total));
  counts = oracle.counts();
  last = t;
  status = std::isfinite(taken.value) ? taken.status : Status::kDiverged;
  if (stays(status)) {
    reason = status == Status::kConverged ? "it found no further step to take, |g| = "
                                          : "the line search found no lower point, |g| = ";
    reason += printShort(taken.gradient) + taken.why;
    const auto* landscape = dynamic_cast<const Landscape*>(&problem);
    if (landscape && !landscape->isSmoothAt(x)) reason += ", a subgradient: f has no slope here";
    return taken.value;
  }
  if (status == Status::kDiverged) {
    reason = whyNoStep(objective, before, false);
    if (reason.empty())
      reason = x.allFinite() ? "f is not finite where the step looked" : kOverflow;
  } else if (x == before) {
    sayOverflow();
  }
  return taken.value;
}

// Squares of gradients leave the finite numbers where the steps do not: those are then zero.
void Runner::sayOverflow() {
  for (auto [name, values] : optimizer->memory()) {
    if (values->allFinite()) continue;
    std::replace(name.begin(), name.end(), '-', ' ');
    status = Status::kDiverged;
    reason = "its " + name + " left the finite numbers";
  }
}

void Runner::step(const Problem& problem, int t, int total, double farAway) {
  if (status != Status::kRunning) return;
  const Vector before = x;
  const double rate = optimizer->rate(t - 1, total);
  update(problem, t, total);
  if (status == Status::kRunning) sayOverflow();
  if (t == 1) firstLength = (x - before).lpNorm<Eigen::Infinity>();
  if (stays(status) || (status == Status::kDiverged && reason != kOverflow)) return;
  if (status == Status::kRunning) {
    const double value = problem.value(x);
    const bool isFar = x.lpNorm<Eigen::Infinity>() > farAway;
    const bool isLower = isFar && value < problem.value(before);
    if (!std::isfinite(value)) {
      reason = "f left the finite numbers" + directionOf(x - before);
    } else if (isFar && !isLower && x != before) {
      reason = "|θ| passed " + printShort(farAway) + directionOf(x - before);
    } else if (isLower && fallsWithoutEnd(problem, x, x - before)) {
      // Not every long step that falls: one may return, as Newton's do.
      reason = "f falls without end" + directionOf(x - before);
    } else {
      return;
    }
    status = Status::kDiverged;
  }
  const auto curvature = problem.largestCurvature(before);
  const auto limit = optimizer->predict().stabilityLimit;
  if (limit && curvature && rate * *curvature > limit->value) {
    reason += "; lr " + printShort(rate) + " > " + printShort(limit->value) +
              "/L = " + printShort(limit->value / *curvature);
  }
}

const Optimizer& innermost(const Optimizer& optimizer) {
  const auto* decorator = dynamic_cast<const Decorator*>(&optimizer);
  return decorator ? innermost(*decorator->inner) : optimizer;
}

namespace {

// What takes the whole Hessian takes as many products with it in a step as there are parameters.
bool takesHessian(const Entry<Optimizer>& entry) {
  static std::map<std::string, bool> known;
  const auto found = known.find(entry.id);
  if (found != known.end()) return found->second;
  constexpr double kMany = 20;
  return known[entry.id] = measure(entry).products > kMany;
}

}  // namespace

Result<Runner> makeRunner(const Recipe& recipe, const Problem& problem, const Vector& start) {
  constexpr Eigen::Index kMostForHessian = 300;
  auto optimizer = catalogue().build<Optimizer>(recipe);
  if (!optimizer) return optimizer.error();
  const std::string& within = innermost(**optimizer).id;
  if (problem.dimension() > kMostForHessian &&
      takesHessian(**catalogue().find<Optimizer>(within))) {
    return Error{within + " takes the whole Hessian in every step, which is possible for at most " +
                 std::to_string(kMostForHessian) + " parameters; here are " +
                 std::to_string(problem.dimension())};
  }
  Runner runner;
  runner.recipe = recipe;
  runner.style = (*catalogue().find<Optimizer>(innermost(**optimizer).id))->style;
  runner.style.ring = &innermost(**optimizer) != optimizer->get();
  runner.optimizer = std::move(*optimizer);
  runner.optimizer->reset(problem.layout());
  runner.start = runner.x = start;
  return runner;
}

double farAway(const Problem& problem, const Vector& start) {
  constexpr double kFarAway = 1e6;
  double size = std::max(1.0, start.lpNorm<Eigen::Infinity>());
  if (const auto* landscape = dynamic_cast<const Landscape*>(&problem)) {
    const Window w = landscape->window();
    size = std::max({size, std::abs(w.x0), std::abs(w.x1), std::abs(w.y0), std::abs(w.y1)});
  }
  return kFarAway * size;
}

}  // namespace descent::runs
