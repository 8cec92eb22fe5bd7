// What the labs run on: a landscape or a problem, and the point where all begin.
#pragma once

#include "descent/random.h"
#include "runs/runs.h"

namespace descent::runs {

class GroundLab : public RunsLab {
 public:
  Recipe landscapeRecipe = *parseRecipe("himmelblau");
  Recipe problemRecipe = *parseRecipe("none");
  std::string startText = "auto";
  int seed = 7;

 protected:
  // Build the problem, draw its data and find the start.
  Result<void> layGround(const std::string& lab) {
    if (isSurface()) {
      auto landscape = catalogue().build<Landscape>(landscapeRecipe);
      if (!landscape) return landscape.error();
      problem_ = std::unique_ptr<Problem>(std::move(*landscape));
    } else {
      auto problem = catalogue().build<Problem>(problemRecipe);
      if (!problem) return problem.error();
      problem_ = std::move(*problem);
    }
    problem_->prepare(static_cast<std::uint64_t>(seed));
    if (startText == "auto") {
      start_ = problem_->start();
    } else if (startText == "random") {
      start_ = randomStart();
    } else if (isSurface()) {
      start_ = **readPoint({}, startText);
    } else {
      return Error{lab + ".start must be auto or random where there is no surface, got " +
                   startText};
    }
    farAway_ = farAway(*problem_, start_);
    return {};
  }

  bool isSurface() const { return problemRecipe.name == "none"; }
  const Landscape& surface() const { return static_cast<const Landscape&>(*problem_); }
  const Recipe& groundRecipe() const { return isSurface() ? landscapeRecipe : problemRecipe; }

  Polymorphic<Problem> problem_;
  Vector start_;
  double farAway_ = 0;

 private:
  Vector randomStart() const {
    Random random(static_cast<std::uint64_t>(seed), "race start");
    if (!isSurface()) return random.normalVector(problem_->dimension());
    const Window w = surface().window();
    const double x = random.uniform(w.x0, w.x1);
    return Point(x, random.uniform(w.y0, w.y1));
  }
};

// The knobs of the ground, for the description of a lab that has one.
template <class T>
void describeGround(Describe<T>& lab) {
  lab.knob("landscape", &T::landscapeRecipe, Kind::kLandscape, "The surface to descend.")
      .as("Surface")
      .fixed()
      .knob("problem", &T::problemRecipe, Kind::kProblem,
            "What to minimise in the place of a surface.")
      .as("Problem")
      .orElse({"none"})
      .fixed();
}
template <class T>
void describeStart(Describe<T>& lab) {
  lab.point("start", &T::startText, {"auto", "random"},
            "Where all begin: a point, auto (the ground's own), or random by the seed.")
      .as("Start")
      .fixed()
      .knob("seed", &T::seed, 0, 999999, "Draws the data and the random start.")
      .as("Seed")
      .fixed();
}

}  // namespace descent::runs
