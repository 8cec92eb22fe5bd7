// The approximation lab: what one hidden layer can say, by weights that are written down and by
// weights that are learnt.
#include <algorithm>
#include <cmath>

#include "descent/finished.h"
#include "labs/approximation/lab.h"

namespace descent::approximation {
namespace {

double hatsErrorIn(const Finished& run) { return run.measured("hats, largest error"); }

bool isNear(double value, double expected, double share) {
  return std::abs(value - expected) <= share * std::abs(expected);
}

// The sup error of a method at N, a power of two.
double errorAt(const Finished& run, int n, const char* method) {
  return run.cell("Sup error", static_cast<int>(std::lround(std::log2(n))) - 1, method);
}

// Does the error of a method fall by this factor where N is doubled, from 32 to 256?
bool fallsBy(const Finished& run, const char* method, double factor) {
  for (const int n : {32, 64, 128}) {
    if (!isNear(errorAt(run, 2 * n, method), errorAt(run, n, method) / factor, 0.02)) return false;
  }
  return true;
}

// Are five kinds within 0.2 of the target on [0, 1]?
bool areRightInside(const Finished& run) {
  return std::max({hatsErrorIn(run), run.measured("bumps, sup"), run.measured("polynomial of"),
                   run.last("error/0"), run.last("error/1")}) < 0.2;
}
// And outside any two kinds more than 0.1 apart?
bool partOutside(const Finished& run) {
  double seen[] = {run.measured("hats at"), run.measured("bumps at"), run.measured("polynomial at"),
                   run.measured("network at", 0)};
  std::sort(std::begin(seen), std::end(seen));
  return seen[1] - seen[0] > 0.1 && seen[2] - seen[1] > 0.1 && seen[3] - seen[2] > 0.1;
}

}  // namespace
}  // namespace descent::approximation

namespace descent {

void register_approximation(Catalogue& catalogue) {
  using namespace approximation;
  Describe<Approximation> lab("approximation", "Approximation");
  lab.sentence(
         "Any continuous function by one hidden layer: its weights written down, and the same "
         "network looking for them.")
      .knob("runners", &Approximation::runnerRecipes, Kind::kOptimizer, 1, 4,
            "Optimizers to compare, 1 to 4: each trains a network of N units on the target, from "
            "the same first weights, ten updates a step.")
      .as("Optimizers")
      .choice("target", &Approximation::targetId, approximation::kTargets,
              "What is approximated: sin 2πx, |x − 0.3|, x², tanh 20(x − ½), Runge's function, a "
              "curve drawn by hand, the formula that is typed; on the square a hill or waves.")
      .as("Target", "f")
      .fixed()
      .knob("knots", &Approximation::knots, 1, approximation::kMostKnots,
            "Pieces of [0, 1], h = 1/N; and as many units for the network.")
      .as("N")
      .usual(2, 64, Scale::kLog)
      .fixed()
      .text("formula", &Approximation::formula, &Approximation::setFormula,
            "For the target typed: a formula in x, or in x and y for one on the square.")
      .as("Formula")
      .fixed()
      .flag("hats", &Approximation::showsHats,
            "Show the sum of hats, the piecewise linear function through the knots.")
      .as("Hats")
      .flag("bumps", &Approximation::showsBumps, "Show the sum of sigmoid bumps.")
      .as("Sigmoid bumps")
      .flag("polynomial", &Approximation::showsPolynomial,
            "Show the polynomial of degree p by least squares.")
      .as("Polynomial")
      .knob("degree", &Approximation::degree, 0, approximation::kMostDegree,
            "Degree of the polynomial.")
      .as("Degree", "p")
      .knob("steepness", &Approximation::steepness, 0.5, 1000,
            "How steep the steps of the bumps are, κ over the width of one.")
      .as("Steepness", "κ")
      .usual(1, 100, Scale::kLog)
      .choice("activation", &Approximation::activation, kActivations,
              "What a unit of the trained network does with its sum; square and cube make it a "
              "polynomial.")
      .as("Activation", "φ")
      .fixed()
      .text("drawing", &Approximation::drawing, &Approximation::setDrawing,
            "For the target drawn: 2 to 65 values in [−10, 10] at equally spaced places.")
      .as("Drawing")
      .fixed()
      .choice("first", &Approximation::first, {"strewn", "construction"},
              "First weights: units that bend anywhere, by the seed, or the construction itself, "
              "one ReLU a piece.")
      .as("First weights")
      .fixed()
      .knob("slope", &Approximation::slope, 0.01, 100, "Size of a unit's first input weights.")
      .as("First slope")
      .usual(0.5, 20, Scale::kLog)
      .fixed()
      .knob("seed", &Approximation::seed, 0, 999999, "Draws the first weights.")
      .as("Seed")
      .fixed()
      .knob("steps", &Approximation::steps, 1, 5000, "Length of the run; ten updates a step.")
      .as("Steps", "T")
      .usual(10, 2000, Scale::kLog)
      .fixed()
      .preset("sine", "Sixteen pieces of a sine",
              "Hats through 17 knots are within 0.02 at once. Adam looks for sixteen ReLUs that do "
              "as well.",
              "")
      .shows("hats are within 0.02", [](const Finished& run) { return hatsErrorIn(run) < 0.02; })
      .shows("Adam goes from over 0.5 to within 0.04",
             [](const Finished& run) {
               return run.first("error/0") > 0.5 && run.last("error/0") < 0.04;
             })
      .preset("corner", "A corner between the knots",
              "The error of |x − 0.3| depends on where the corner falls: with N = 10 it is a knot, "
              "and nothing is left.",
              "target=corner&knots=8")
      .shows("with N = 8 the corner lies 0.4 of a piece behind a knot and costs 0.06",
             [](const Finished& run) { return isNear(hatsErrorIn(run), 0.06, 1e-12); })
      .preset("parabola", "x², the worst case",
              "Its second derivative is the same everywhere, so that every piece errs by exactly "
              "h²/4: the bound is reached.",
              "target=square&knots=4")
      .shows("the error is its bound, 1/64",
             [](const Finished& run) {
               return isNear(hatsErrorIn(run), 1.0 / 64, 1e-12) &&
                      isNear(run.reading("hats, sup error")->predicted, 1.0 / 64, 1e-9);
             })
      .preset("step", "A steep step",
              "tanh 20(x − ½) bends in one place only. Equal pieces waste most of their knots; a "
              "trained network can move its own.",
              "target=step&knots=12")
      .shows("the trained network errs by less than a quarter of the hats' error",
             [](const Finished& run) {
               return run.measured("network, sup error", 0) < hatsErrorIn(run) / 4;
             })
      .preset("bumps", "Sigmoid bumps",
              "A step up and a step down make a bump, and enough bumps make anything. Their error "
              "falls with h, that of the hats with h².",
              "bumps=on&knots=24&activation=sigmoid&slope=20")
      .shows(
          "where N is doubled the error of the bumps is halved, that of the hats quartered",
          [](const Finished& run) { return fallsBy(run, "Bumps", 2) && fallsBy(run, "Hats", 4); })
      .preset("runge", "Polynomials near a pole",
              "Runge's function is smooth on [0, 1], and yet polynomials come close to it slowly: "
              "they see its poles in the complex plane.",
              "target=runge&polynomial=on&degree=10")
      .shows("by degree 10 least squares is not within 0.05, and 8 pieces are closer than degree 8",
             [](const Finished& run) {
               return run.measured("polynomial of degree 10") > 0.05 &&
                      errorAt(run, 8, "Polynomial") > errorAt(run, 8, "Hats");
             })
      .shows("a degree more divides the error by 1/5 + √(1 + 1/25), as the poles at ±i/5 say",
             [](const Finished& run) {
               return isNear(errorAt(run, 16, "Polynomial") / errorAt(run, 32, "Polynomial"),
                             std::pow(0.2 + std::sqrt(1.04), 16), 0.05);
             })
      .preset("square", "Units that square",
              "With φ(z) = z² a network of any width is a parabola. 64 units cannot do better than "
              "the best parabola, whoever trains them.",
              "activation=square&knots=64&slope=2&polynomial=on&degree=2&hats=off")
      .shows("the network never comes closer than the best parabola, which errs by over 0.6",
             [](const Finished& run) {
               return run.reading("network, sup error", 0)->predicted > 0.6 &&
                      run.least("error/0") >
                          run.reading("network, sup error", 0)->predicted * (1 - 1e-4);
             })
      .preset("better", "Training from the construction",
              "The construction is no minimum of the loss: within twenty steps Adam has moved its "
              "knots, and the mean square is a fifth.",
              "first=construction&knots=8&runners=adam(lr=0.001)")
      .shows(
          "it begins at the hats' error",
          [](const Finished& run) { return isNear(run.first("error/0"), hatsErrorIn(run), 1e-3); })
      .shows("within twenty steps the mean square is 0.22 of what it was",
             [](const Finished& run) { return run.at("loss/0", 20) < 0.22 * run.first("loss/0"); })
      .shows("at the end the largest error is less than 0.7 of it",
             [](const Finished& run) { return run.last("error/0") < 0.7 * run.first("error/0"); })
      .preset("outside", "Outside [0, 1]",
              "Five ways to be right on [0, 1], and no two kinds agree about what comes after it.",
              "target=sine&knots=16&bumps=on&polynomial=on&degree=9&runners=adam(lr=0.01),"
              "momentum(lr=0.02)")
      .shows("all five are within 0.2 of the target on [0, 1]",
             [](const Finished& run) { return areRightInside(run); })
      .shows("at x = 1.25 any two kinds are more than 0.1 apart",
             [](const Finished& run) { return partOutside(run); })
      .preset(
          "drawn", "Drawn by hand",
          "Draw over the curve. These 17 values have corners at sixteenths: where 16 divides N, "
          "hats meet them exactly. Other drawings bend at other places.",
          "target=drawn&knots=24")
      .shows("24 pieces, which 16 does not divide, err by more than 0.01",
             [](const Finished& run) { return hatsErrorIn(run) > 0.01; })
      .preset("typed", "Typed", "Any formula in x, or in x and y.",
              "target=typed&formula=exp(-3*x)*sin(20*x)&knots=32")
      .shows("the hats use more than nine tenths of their bound",
             [](const Finished& run) {
               return hatsErrorIn(run) > 0.9 * run.reading("hats, sup error")->predicted;
             })
      .preset("hill", "On the square",
              "Hats on a mesh of triangles take two hidden layers and (N + 1)² units. The network "
              "has one layer of 32, and learns.",
              "target=hill&knots=32&activation=tanh&runners=adam(lr=0.02,schedule=cosine)")
      .shows("the network goes from over 0.2 to within 0.03", [](const Finished& run) {
        return run.first("error/0") > 0.2 && run.last("error/0") < 0.03;
      });
  catalogue.add(lab);
}

}  // namespace descent
