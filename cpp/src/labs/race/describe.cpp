// The race: optimizers from one start on one landscape, step by step.
#include "labs/race/race.h"

namespace descent {

void register_race(Catalogue& catalogue) {
  using namespace race;
  Describe<Race> lab("race", "Race");
  lab.sentence("Optimizers from one start on one landscape, step by step.");
  describeGround(lab);
  lab.knob("runners", &Race::runnerRecipes, Kind::kOptimizer, 1, 8, "Who races.").as("Runners");
  describeStart(lab);
  lab.knob("steps", &Race::steps, 1, 20000, "Planned length: the schedules' horizon.")
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
      .preset("adaptive", "A rate for every coordinate",
              "One direction is a hundred times steeper: a common rate must suit the steep one, "
              "adaptive ones divide the difference away.",
              "landscape=bowl(kappa=100)&runners=sgd(lr=0.015),adagrad(lr=1),rmsprop(lr=0.05),"
              "adam(lr=0.2)&start=-4,2&steps=200")
      .preset("newton", "Newton and L-BFGS against first order",
              "Newton minimises the dashed quadratic; near the minimum its correct digits double "
              "every step. L-BFGS builds the curvature from gradients alone.",
              "landscape=himmelblau&runners=newton,lbfgs,momentum(lr=0.004),adam(lr=0.2),"
              "sgd(lr=0.005)&start=2.5,2.5&steps=60")
      .preset("sign", "Only the sign",
              "Sign methods move every coordinate alike and cannot come to rest at a constant "
              "rate; the soft sign can.",
              "landscape=bowl(kappa=25)&runners=signsgd(lr=0.05),signum(lr=0.05),"
              "softsign(lr=0.05,smoothing=1),lion(lr=0.05),sgd(lr=0.04)&steps=150")
      .preset("armijo", "Armijo and its rejected trials",
              "Each cross is a step that did not lower f enough; no rate was tuned.",
              "landscape=himmelblau&runners=armijo,sgd(lr=0.005)&steps=50")
      .preset("saddle", "A saddle",
              "From nearly on the ridge: who leaves the saddle first, and by which side.",
              "landscape=saddle&runners=sgd(lr=0.1),momentum(lr=0.05),adam(lr=0.1),"
              "newton(damping=off)&start=-3,0.01")
      .preset("plateau", "A plateau",
              "On the shelf the gradient is tiny: steps of its length crawl and momentum has to "
              "gather speed first; steps of fixed length walk from the start.",
              "landscape=plateau&runners=sgd(lr=0.5),momentum(lr=0.2),adam(lr=0.1),"
              "muon(lr=0.1)&steps=200")
      .preset("cliff", "Momentum and the cliff",
              "A gentle slope, then a wall: momentum runs up at full speed and is thrown back "
              "nearly to its start; Nesterov's looks ahead and brakes.",
              "landscape=cliff&runners=sgd(lr=0.25),momentum(lr=0.25),nesterov(lr=0.25)&"
              "steps=120")
      .preset("double-well", "Sharp or flat",
              "The flat well is higher by 0.1. Beyond 2/L of the sharp one a run cannot stay "
              "there. A fifth of a unit beside its bottom the sharp well is the higher one.",
              "landscape=double-well(difference=0.1)&runners=sgd(lr=0.09),sgd(lr=0.3)&"
              "start=-1.49,0.8")
      .preset("sparse", "A gradient that comes rarely",
              "y has a slope on narrow stripes only: a common rate hardly uses it, a rate of its "
              "own does.",
              "landscape=sparse&runners=sgd(lr=0.05),momentum(lr=0.01),adagrad(lr=0.4),"
              "adam(lr=0.1)&steps=150")
      .preset("muon", "Muon on a vector",
              "On a vector Muon is normalised momentum: every step has the same length.",
              "landscape=bowl(kappa=25)&runners=muon(lr=0.1,orthogonaliser=svd,nesterov=off),"
              "momentum(lr=0.01,beta=0.95),sgd(lr=0.04)")
      .preset(
          "matrix", "On a matrix",
          "No surface to draw: a matrix that answers fourteen keys, most of them rare. AdamW "
          "sees entries; Muon sees directions and reaches the rare keys, too, Shampoo a part of "
          "the way. Each has a rate that suits it. Both multiply rounding: by step 25 the page and "
          "the program agree to eight digits.",
          "problem=associative-memory(width=16,keys=14)&"
          "runners=sgd(lr=3,schedule=linear),adamw(lr=0.2,beta2=0.95,schedule=linear),"
          "shampoo(lr=6,epsilon=0.001,schedule=linear),muon(lr=0.4,schedule=linear)&steps=100&"
          "view.tab=distance")
      .preset("mini-batches", "Mini-batches",
              "Least squares by batches of ten rows: at a constant rate the noise of the "
              "batches keeps a run at a distance, and a schedule takes it nearer.",
              "problem=least-squares(batch=10,noise=1)&runners=sgd(lr=0.3),"
              "sgd(lr=0.3,schedule=cosine),momentum(lr=0.03),adam(lr=0.05)&steps=400&"
              "view.tab=distance")
      .preset("custom", "Your own surface",
              "Type any formula in x and y; slope and curvature are exact. On this one SGD rests "
              "in the first dent, momentum and Adam roll on to the lowest.",
              "landscape=custom(f=\"sin(2*x)*cos(2*y) + (x^2 + y^2)/4\")&runners=sgd(lr=0.05),"
              "momentum(lr=0.05),adam(lr=0.2)&start=-2.5,2");
  catalogue.add(lab);
}

}  // namespace descent