// The approximation lab: what one hidden layer can say, by weights that are written down and by
// weights that are learnt.
#include "labs/approximation/approximation.h"

namespace descent {

void register_approximation(Catalogue& catalogue) {
  using namespace approximation;
  Describe<Approximation> lab("approximation", "Approximation");
  lab.sentence(
         "Any continuous function by one hidden layer: its weights written down, and the same "
         "network looking for them.")
      .knob("runners", &Approximation::runnerRecipes, Kind::kOptimizer, 1, 4,
            "Who trains a network of N units on the target, all from the same first weights; ten "
            "updates a step.")
      .as("Optimizers")
      .choice("target", &Approximation::name, approximation::kNames,
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
      .preset("corner", "A corner between the knots",
              "The error of |x − 0.3| depends on where the corner falls: with N = 10 it is a knot, "
              "and nothing is left.",
              "target=corner&knots=8")
      .preset("parabola", "x², the worst case",
              "Its second derivative is the same everywhere, so that every piece errs by exactly "
              "h²/4: the bound is reached.",
              "target=square&knots=4")
      .preset("step", "A steep step",
              "tanh 20(x − ½) bends in one place only. Equal pieces waste most of their knots; a "
              "trained network can move its own.",
              "target=step&knots=12")
      .preset("bumps", "Sigmoid bumps",
              "A step up and a step down make a bump, and enough bumps make anything. Their error "
              "falls with h, that of the hats with h².",
              "bumps=on&knots=24&activation=sigmoid&slope=20")
      .preset("runge", "Polynomials near a pole",
              "Runge's function is smooth on [0, 1], and yet polynomials come close to it slowly: "
              "they see its poles in the complex plane.",
              "target=runge&polynomial=on&degree=10")
      .preset("square", "Units that square",
              "With φ(z) = z² a network of any width is a parabola. 64 units cannot do better than "
              "the best parabola, whoever trains them.",
              "activation=square&knots=64&slope=2&polynomial=on&degree=2&hats=off")
      .preset("better", "Training from the construction",
              "The construction is no minimum of the loss: within twenty steps Adam has moved its "
              "knots, and the mean square is a fifth.",
              "first=construction&knots=8&runners=adam(lr=0.001)")
      .preset("outside", "Outside [0, 1]",
              "Five ways to be right on [0, 1], and no two kinds agree about what comes after it.",
              "target=sine&knots=16&bumps=on&polynomial=on&degree=9&runners=adam(lr=0.01),"
              "momentum(lr=0.02)")
      .preset(
          "drawn", "Drawn by hand",
          "Draw over the curve. These 17 values have corners at sixteenths: where 16 divides N, "
          "hats meet them exactly. Other drawings bend at other places.",
          "target=drawn&knots=24")
      .preset("typed", "Typed", "Any formula in x, or in x and y.",
              "target=typed&formula=exp(-3*x)*sin(20*x)&knots=32")
      .preset("hill", "On the square",
              "Hats on a mesh of triangles take two hidden layers and (N + 1)² units. The network "
              "has one layer of 32, and learns.",
              "target=hill&knots=32&activation=tanh&runners=adam(lr=0.02,schedule=cosine)");
  catalogue.add(lab);
}

}  // namespace descent
