#include "labs/sharpness/curvature.h"

#include <cmath>

#include "labs/race/recipes.h"
#include "optimizers/root.h"
#include "theory/edge_of_stability.h"

namespace descent::sharpness {
namespace {

std::string wordOf(const Recipe& recipe, const std::string& id) {
  const Entry<Optimizer>& entry = **catalogue().find<Optimizer>(recipe.name);
  if (const Argument* given = race::argumentOf(entry, recipe, id)) return plain(given->value);
  for (const auto& bound : entry.knobs) {
    if (bound.knob.id == id) return bound.knob.standard;
  }
  return "";
}

EpsilonPlacement placementOf(const Recipe& recipe) {
  const std::string word = wordOf(recipe, "epsilonPlacement");
  return word == "inside" ? EpsilonPlacement::kInside
         : word == "hat"  ? EpsilonPlacement::kHat
                          : EpsilonPlacement::kOutside;
}

}  // namespace

Product hessianAt(const Net& net, const Vector& x) {
  return [net, x](const Vector& v, Vector& out) { net->hessianVector(x, v, out); };
}

Product scaledHessianAt(const Net& net, const Vector& x, const Vector& scale) {
  return [net, x, scale](const Vector& v, Vector& out) {
    net->hessianVector(x, scale.cwiseProduct(v), out);
    out = out.cwiseProduct(scale).eval();
  };
}

double largest(const Product& h, Vector& warm, Eigen::Index n, Random random) {
  bool isFinite = true;
  const Product guarded = [&](const Vector& v, Vector& out) {
    if (isFinite) h(v, out);
    isFinite = isFinite && out.allFinite();
    if (!isFinite) out = Vector::Zero(n);
  };
  constexpr double kMixed = 0.1;
  const Vector fresh = random.normalVector(n);
  const Vector start = warm.size() == n ? Vector(warm + kMixed * fresh.normalized()) : fresh;
  TopEigen top = topEigenvalue(guarded, start, 1e-3, 100);
  if (!isFinite) return race::kNaN;
  warm = std::move(top.vector);
  return top.value;
}

bool isAdaptive(const Recipe& recipe) {
  return recipe.name == "adam" || recipe.name == "adamw" || recipe.name == "rmsprop";
}

std::optional<double> knobOf(const Recipe& recipe, const std::string& id) {
  return parseNumber(wordOf(recipe, id));
}

std::optional<Vector> inverseRootOf(const race::Runner& runner) {
  const Recipe& recipe = runner.recipe;
  if (!isAdaptive(recipe) || runner.last == 0) return {};
  for (const Memory& memory : runner.optimizer->memory()) {
    if (memory.name != "second-moment") continue;
    const std::string corrects =
        wordOf(recipe, "start") == "first-gradient" ? "none" : wordOf(recipe, "biasCorrection");
    // 1 − βᵗ, where that moment is corrected.
    const auto correction = [&](const char* beta, const char* alone) {
      const bool is = corrects == "both" || corrects == alone;
      return is ? 1 - std::pow(*knobOf(recipe, beta), runner.last) : 1;
    };
    Vector p;
    guardedRoot(*memory.values, *knobOf(recipe, "epsilon"), placementOf(recipe),
                correction("beta2", "second"), p);
    p *= correction("beta1", "first");
    // A weight that never had a gradient does not move.
    return Vector((p.array() > 0).select(p.array().rsqrt(), 0));
  }
  return {};
}

std::optional<double> limitOf(const race::Runner& runner) {
  if (!isAdaptive(runner.recipe)) return runner.optimizer->stabilityLimit();
  // AdamW's decay, ηλ a step, is small beside what makes a step unstable; Adam's bends the loss.
  if (runner.recipe.name == "adam" && *knobOf(runner.recipe, "weightDecay") != 0) return {};
  return theory::adaptiveLimit(knobOf(runner.recipe, "beta1").value_or(0));
}

std::string limitText(const race::Runner& runner) {
  if (isAdaptive(runner.recipe)) return knobOf(runner.recipe, "beta1") ? "2(1+β₁)/(1−β₁)" : "2";
  return runner.recipe.name == "momentum" && wordOf(runner.recipe, "form") != "ema" ? "2(1+β)"
         : runner.recipe.name == "sgd"                                              ? "2"
                                       : printShort(limitOf(runner).value_or(race::kNaN));
}

}  // namespace descent::sharpness
