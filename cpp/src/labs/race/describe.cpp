// The race: optimizers from one start on one landscape, step by step.
#include <cmath>

#include "descent/finished.h"
#include "labs/race/lab.h"

namespace descent {
namespace {

// A point of a path, and the first step at which it is further than 1 from y = 0.
Point raceAt(const Finished& run, const char* path, int t) {
  return {run.at(path, t, 0), run.at(path, t, 1)};
}
int leavesRidge(const Finished& run, const char* path) {
  int t = 0;
  while (t <= run.steps() && !(std::abs(run.at(path, t, 1)) > 1)) ++t;
  return t;
}
double goneBy(const Finished& run, const char* path, int t) {
  return (raceAt(run, path, t) - raceAt(run, path, 0)).norm();
}
bool allStepsAre(const Finished& run, const char* step, double length, double share) {
  return run.least(step) >= (1 - share) * length && run.largest(step) <= (1 + share) * length;
}
// Of the last fifty steps.
double meanOf(const Finished& run, const char* channel) {
  double sum = 0;
  for (int t = run.steps() - 49; t <= run.steps(); ++t) sum += run.at(channel, t);
  return sum / 50;
}

}  // namespace

void register_race(Catalogue& catalogue) {
  using namespace race;
  Describe<Race> lab("race", "Race");
  lab.sentence("Optimizers from one start on one landscape, step by step.");
  describeGround(lab);
  lab.knob("runners", &Race::runnerRecipes, Kind::kOptimizer, 1, 8,
           "Optimizers to compare, 1 to 8.")
      .as("Runners");
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
      .shows("all three end below f = 0.02",
             [](const Finished& run) {
               return run.last("loss/0") < 0.02 && run.last("loss/1") < 0.02 &&
                      run.last("loss/2") < 0.02;
             })
      .preset("one", "One optimizer and its rate",
              "Turn the rate while it runs: beyond 2/L the bowl throws it out.",
              "landscape=bowl&runners=sgd(lr=0.15)&start=-4,2")
      .shows("below 2/L it arrives within 40 steps",
             [](const Finished& run) {
               return run.session().lab().marks().at(0).value > 0.15 &&
                      run.at("distance/0", 40) < 0.01;
             })
      .preset("adaptive", "A rate for every coordinate",
              "One direction is a hundred times steeper: a common rate must suit the steep one, "
              "adaptive ones divide the difference away.",
              "landscape=bowl(kappa=100)&runners=sgd(lr=0.015),adagrad(lr=1),rmsprop(lr=0.05),"
              "adam(lr=0.2)&start=-4,2&steps=200")
      .shows("the adaptive ones come within 0.001 of the minimum",
             [](const Finished& run) {
               return run.least("distance/1") < 0.001 && run.least("distance/2") < 0.001 &&
                      run.least("distance/3") < 0.001;
             })
      .shows("SGD is still 0.19 away",
             [](const Finished& run) { return run.last("distance/0") > 0.19; })
      .preset("newton", "Newton and L-BFGS against first order",
              "Newton minimises the dashed quadratic; near the minimum its correct digits double "
              "every step. L-BFGS builds the curvature from gradients alone.",
              "landscape=himmelblau&runners=newton,lbfgs,momentum(lr=0.004),adam(lr=0.2),"
              "sgd(lr=0.005)&start=2.5,2.5&steps=60")
      .shows("Newton's loss is squared every step: 1e-2, 1e-6, 1e-15",
             [](const Finished& run) {
               return run.at("loss/0", 2) < 1e-2 && run.at("loss/0", 3) < 1e-6 &&
                      run.at("loss/0", 4) < 1e-15;
             })
      .shows("L-BFGS arrives by step 12, first order is not there at the end",
             [](const Finished& run) {
               return run.at("loss/1", 12) < 1e-15 && run.last("loss/2") > 1e-9 &&
                      run.last("loss/3") > 1e-9 && run.last("loss/4") > 1e-9;
             })
      .preset("sign", "Only the sign",
              "Sign methods move every coordinate alike and cannot come to rest at a constant "
              "rate; the soft sign can.",
              "landscape=bowl(kappa=25)&runners=signsgd(lr=0.05),signum(lr=0.05),"
              "softsign(lr=0.05,smoothing=1),lion(lr=0.05),sgd(lr=0.04)&steps=150")
      .shows("every step of a sign method is a diagonal of 0.05 × 0.05",
             [](const Finished& run) {
               const double diagonal = 0.05 * std::sqrt(2);
               return allStepsAre(run, "step/0", diagonal, 1e-12) &&
                      allStepsAre(run, "step/1", diagonal, 1e-12) &&
                      allStepsAre(run, "step/3", diagonal, 1e-12);
             })
      .shows("the soft sign comes to rest",
             [](const Finished& run) {
               return run.last("step/2") < 0.01 && run.last("distance/2") < 0.05;
             })
      .preset("armijo", "Armijo and its rejected trials",
              "Each cross is a step that did not lower f enough; no rate was tuned.",
              "landscape=himmelblau&runners=armijo,sgd(lr=0.005)&steps=50")
      .shows("Armijo's f falls in every step, to less than 1e-20",
             [](const Finished& run) {
               for (int t = 1; t <= run.steps(); ++t) {
                 if (run.at("loss/0", t) > run.at("loss/0", t - 1)) return false;
               }
               return run.last("loss/0") < 1e-20 && run.last("loss/0") < run.last("loss/1");
             })
      .shows("it rejects trials: more than two values a step",
             [](const Finished& run) { return run.cell("Cost", 0, "Values") > 2 * run.stopped(0); })
      .preset("saddle", "A saddle",
              "From nearly on the ridge: who leaves the saddle first, and by which side.",
              "landscape=saddle&runners=sgd(lr=0.1),momentum(lr=0.05),adam(lr=0.1),"
              "newton(damping=off)&start=-3,0.01")
      .shows("Adam leaves first, then momentum, then SGD",
             [](const Finished& run) {
               return leavesRidge(run, "path/2") < leavesRidge(run, "path/1") &&
                      leavesRidge(run, "path/1") < leavesRidge(run, "path/0") &&
                      leavesRidge(run, "path/0") < run.steps();
             })
      .shows("they leave by the side on which they began; Newton goes to the saddle",
             [](const Finished& run) {
               const int end = run.steps();
               return run.at("path/0", end, 1) > 1 && run.at("path/1", end, 1) > 1 &&
                      run.at("path/2", end, 1) > 1 && raceAt(run, "path/3", end).norm() < 1e-12;
             })
      .preset("plateau", "A plateau",
              "On the shelf the gradient is tiny: steps of its length crawl and momentum has to "
              "gather speed first; steps of fixed length walk from the start.",
              "landscape=plateau&runners=sgd(lr=0.5),momentum(lr=0.2),adam(lr=0.1),"
              "muon(lr=0.1)&steps=200")
      .shows("after ten steps SGD has gone least, then momentum, Muon and Adam",
             [](const Finished& run) {
               return goneBy(run, "path/0", 10) < goneBy(run, "path/1", 10) &&
                      goneBy(run, "path/1", 10) < goneBy(run, "path/3", 10) / 1.5 &&
                      goneBy(run, "path/3", 10) < goneBy(run, "path/2", 10);
             })
      .shows(
          "all steps of Muon have one length",
          [](const Finished& run) { return allStepsAre(run, "step/3", run.at("step/3", 1), 1e-3); })
      .preset("cliff", "Momentum and the cliff",
              "A gentle slope, then a wall: momentum runs up at full speed and is thrown back "
              "nearly to its start; Nesterov's looks ahead and brakes.",
              "landscape=cliff&runners=sgd(lr=0.25),momentum(lr=0.25),nesterov(lr=0.25)&"
              "steps=120")
      .shows("momentum passes the minimum and is thrown back to x < −3.5",
             [](const Finished& run) {
               return run.at("path/1", 10) > 0.6 && run.at("path/1", 17) < -3.5;
             })
      .shows("Nesterov brakes before x = 0.1",
             [](const Finished& run) { return run.largest("path/2") < 0.1; })
      .shows("at step 60 momentum is a thousand times higher than the others",
             [](const Finished& run) {
               return run.at("loss/1", 60) > 1000 * run.at("loss/0", 60) &&
                      run.at("loss/1", 60) > 1000 * run.at("loss/2", 60);
             })
      .preset("double-well", "Sharp or flat",
              "The flat well is higher by 0.1. Beyond 2/L of the sharp one a run cannot stay "
              "there. A fifth of a unit beside its bottom the sharp well is the higher one.",
              "landscape=double-well(difference=0.1)&runners=sgd(lr=0.09),sgd(lr=0.3)&"
              "start=-1.49,0.8")
      .shows("the lower rate ends in the sharp well, the higher one in the flat well",
             [](const Finished& run) {
               const int end = run.steps();
               return (raceAt(run, "path/0", end) - Point(-1.5, 0)).norm() < 1e-3 &&
                      (raceAt(run, "path/1", end) - Point(1.5, 0)).norm() < 1e-3;
             })
      .preset("sparse", "A gradient that comes rarely",
              "y has a slope on narrow stripes only: a common rate hardly uses it, a rate of its "
              "own does.",
              "landscape=sparse&runners=sgd(lr=0.05),momentum(lr=0.01),adagrad(lr=0.4),"
              "adam(lr=0.1)&steps=150")
      .shows("a common rate leaves y above 0.5, rates of its own bring it to 0.001",
             [](const Finished& run) {
               const int end = run.steps();
               return run.at("path/0", end, 1) > 0.5 && run.at("path/1", end, 1) > 0.5 &&
                      std::abs(run.at("path/2", end, 1)) < 0.001 &&
                      std::abs(run.at("path/3", end, 1)) < 0.001;
             })
      .preset("muon", "Muon on a vector",
              "On a vector Muon is normalised momentum: every step has the same length.",
              "landscape=bowl(kappa=25)&runners=muon(lr=0.1,orthogonaliser=svd,nesterov=off),"
              "momentum(lr=0.01,beta=0.95),sgd(lr=0.04)")
      .shows("every step of Muon is 0.1 long",
             [](const Finished& run) { return allStepsAre(run, "step/0", 0.1, 1e-12); })
      .shows("momentum's steps differ by more than ten times",
             [](const Finished& run) { return run.largest("step/1") > 10 * run.least("step/1"); })
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
      .shows("Muon ends at less than half AdamW's distance, Shampoo below it, SGD above",
             [](const Finished& run) {
               const double adamw = run.last("distance/1");
               return run.last("distance/3") < adamw / 2 && run.last("distance/2") < adamw / 1.1 &&
                      adamw < run.last("distance/0");
             })
      .preset("mini-batches", "Mini-batches",
              "Least squares by batches of ten rows: at a constant rate the noise of the "
              "batches keeps a run at a distance, and a schedule takes it nearer.",
              "problem=least-squares(batch=10,noise=1)&runners=sgd(lr=0.3),"
              "sgd(lr=0.3,schedule=cosine),momentum(lr=0.03),adam(lr=0.05)&steps=400&"
              "view.tab=distance")
      .shows("the schedule ends more than five times nearer than the constant rate",
             [](const Finished& run) {
               return run.last("distance/1") < meanOf(run, "distance/0") / 5;
             })
      .shows("and three times nearer than momentum and Adam",
             [](const Finished& run) {
               return run.last("distance/1") < meanOf(run, "distance/2") / 3 &&
                      run.last("distance/1") < meanOf(run, "distance/3") / 3;
             })
      .preset("custom", "Your own surface",
              "Type any formula in x and y; slope and curvature are exact. On this one SGD rests "
              "in the first dent, momentum and Adam roll on to the lowest.",
              "landscape=custom(f=\"sin(2*x)*cos(2*y) + (x^2 + y^2)/4\")&runners=sgd(lr=0.05),"
              "momentum(lr=0.05),adam(lr=0.2)&start=-2.5,2")
      .shows("SGD rests within 1 of its start, 1.5 higher than momentum",
             [](const Finished& run) {
               return run.last("gradient/0") < 1e-3 && goneBy(run, "path/0", run.steps()) < 1 &&
                      run.last("loss/0") > run.last("loss/1") + 1.5;
             })
      .shows("momentum and Adam end at the lowest minimum, (−0.698, 0)", [](const Finished& run) {
        const Point lowest(-0.6977, 0);
        return (raceAt(run, "path/1", run.steps()) - lowest).norm() < 0.02 &&
               (raceAt(run, "path/2", run.steps()) - lowest).norm() < 0.02;
      });
  catalogue.add(lab);
}

}  // namespace descent
