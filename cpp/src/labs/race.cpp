// The race: optimizers from one start on one landscape, step by step.
#include "labs/race/race.h"

namespace descent {

void register_race(Catalogue& catalogue) {
  using race::Race;
  catalogue.add(
      Describe<Race>("race", "Race")
          .sentence("Optimizers from one start on one landscape, step by step.")
          .knob("landscape", &Race::landscapeRecipe, Kind::kLandscape, "The surface to descend.")
          .as("Surface")
          .fixed()
          .knob("runners", &Race::runnerRecipes, Kind::kOptimizer, 1, 8, "Who races.")
          .as("Runners")
          .point("start", &Race::startText, {"auto", "random"},
                 "Where all begin: a point, auto (the landscape's own), or random by the seed.")
          .as("Start")
          .fixed()
          .knob("seed", &Race::seed, 0, 999999, "Draws the random start.")
          .as("Seed")
          .fixed()
          .knob("steps", &Race::steps, 1, 20000, "Planned length: the schedules' horizon.")
          .as("Steps", "T")
          .usual(10, 10000, Scale::kLog)
          .fixed()
          .knob("tolerance", &Race::tolerance, 1e-12, 10,
                "Distance to a minimum that counts as arrived.")
          .as("Tolerance")
          .usual(1e-9, 1, Scale::kLog)
          .preset("classics", "SGD, momentum, Adam",
                  "Three ways to use the same slope, each at a rate that suits it.",
                  "landscape=himmelblau&runners=sgd(lr=0.005),momentum(lr=0.004),adam(lr=0.2)")
          .preset("one", "One optimizer and its rate",
                  "Turn the rate while it runs: beyond 2/L the bowl throws it out.",
                  "landscape=bowl&runners=sgd(lr=0.15)&start=-4,2")
          .preset("newton", "Newton against first order",
                  "Newton minimises the dashed quadratic; near the minimum its correct digits "
                  "double every step.",
                  "landscape=himmelblau&runners=newton,momentum(lr=0.004),adam(lr=0.2),"
                  "sgd(lr=0.005)&start=-1,-1")
          .preset("armijo", "Armijo and its rejected trials",
                  "Each cross is a step that did not lower f enough; no rate was tuned.",
                  "landscape=himmelblau&runners=armijo,sgd(lr=0.005)&steps=50")
          .preset("saddle", "A saddle",
                  "From nearly on the ridge: who leaves the saddle first, and by which side.",
                  "landscape=saddle&runners=sgd(lr=0.1),momentum(lr=0.05),adam(lr=0.1),"
                  "newton(damping=off)&start=-3,0.01")
          .preset("plateau", "A plateau",
                  "On the shelf the gradient is tiny: steps of its length crawl, steps of fixed "
                  "length walk.",
                  "landscape=plateau&runners=sgd(lr=0.5),momentum(lr=0.2),adam(lr=0.1),"
                  "muon(lr=0.1)&steps=200")
          .preset("muon", "Muon on a vector",
                  "On a vector Muon is normalised momentum: every step has the same length.",
                  "landscape=bowl(kappa=25)&runners=muon(lr=0.1,orthogonaliser=svd,nesterov=off),"
                  "momentum(lr=0.01,beta=0.95),sgd(lr=0.04)"));
}

}  // namespace descent
