// What theory says of the approximation lab's errors, beside what is measured.
#include <algorithm>
#include <cmath>

#include "labs/approximation/approximation.h"

namespace descent::approximation {
namespace {

constexpr double kOutside = 1.25;
constexpr const char* kNoSecond =
    "none: f has a kink or a jump, or bends more between the samples than its derivatives show";

}  // namespace

std::vector<Reading> Approximation::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  if (ground_->isPlanar()) {
    readSquare(all);
  } else {
    readLine(all);
  }
  readNetworks(all, record, step);
  return all;
}

void Approximation::readLine(std::vector<Reading>& all) const {
  const auto add = [&](std::string quantity, double predicted, double measured,
                       std::string assumption) {
    all.push_back({-1, std::move(quantity), predicted, measured, measured - predicted,
                   std::move(assumption)});
  };
  const Sizes& sizes = ground_->sizes;
  const Target& f = ground_->target;
  if (showsHats) {
    const bool isSmooth = std::isfinite(sizes.curved);
    add("hats, sup error at most h²/8 max|f″|", ground_->hatsBound(knots), hatsError_,
        isSmooth ? "f has a second derivative; 20,001 samples of [0, 1]; up to rounding"
                 : kNoSecond);
    if (isSmooth && sizes.curved > 0) {
      add("hats, slope of the error by N", -2, ground_->hats().order,
          "fitted over all N = 64 … 256; once h is small beside what f does");
    }
    add("hats, largest error of a piece", hatsPeak_, hatsError_,
        name == Name::kCorner
            ? "2a(h − a)/h, a the distance of the corner from the knot on its left"
        : std::isnan(hatsPeak_)
            ? "none: f turns too often in a piece for all places where f′ is its slope to be found"
            : "the largest maximum of the pieces, where f′ is a piece's slope");
    add("hats as a network, largest difference", 0, construction_,
        "the weights, three ReLUs to a hat, through the network's own pass");
    add("hats at x = 1.25", f(kOutside), hatsAt(knotValues_, kOutside),
        "nothing is promised outside [0, 1]: the hats are 0 there");
  }
  if (showsBumps) {
    add("bumps, sup error at most", ground_->bumpsBound(knots, steepness), bumpsError_,
        std::isfinite(sizes.steepest)
            ? "h max|f′| (½ + 2 log 2/κ); 20,001 samples; up to rounding"
            : "none: f jumps, or is steeper between the samples than its derivative shows");
    add("bumps at x = 1.25", f(kOutside), bumpsAt(middles_, steepness, kOutside),
        "nothing is promised outside [0, 1]: the last bump goes on");
  }
  if (showsPolynomial) {
    add("polynomial of degree " + std::to_string(degree) + ", sup error at least",
        std::max(0.0, ground_->best(degree).level - roundingOf(sizes)), polynomialError_,
        "no polynomial of this degree comes closer (Remez, de la Vallée-Poussin); this one is by "
        "least squares; up to rounding");
    add("polynomial at x = 1.25", f(kOutside), ground_->polynomial(degree)(kOutside),
        "nothing is promised outside [0, 1]");
  }
}

void Approximation::readSquare(std::vector<Reading>& all) const {
  if (!showsHats) return;
  const auto add = [&](std::string quantity, double predicted, double measured,
                       std::string assumption) {
    all.push_back({-1, std::move(quantity), predicted, measured, measured - predicted,
                   std::move(assumption)});
  };
  const bool isSmooth = std::isfinite(ground_->sizes.curved);
  add("hats, sup error at most h²/4 max‖∇²f‖", ground_->hatsBound(knots), hatsError_,
      isSmooth ? "f has second derivatives; 201 × 201 samples of the square; up to rounding"
               : kNoSecond);
  if (isSmooth && ground_->sizes.curved > 0) {
    add("hats, slope of the error by N", -2, ground_->hats().order,
        "fitted over some N = 8 … 64; N counts the pieces of a side, and there are (N + 1)² "
        "hats");
  }
  if (!std::isnan(construction_)) {
    add("hats as a network, largest difference", 0, construction_,
        "the weights, two hidden layers of 8N + 6 and (N + 1)² ReLUs, through the network's own "
        "pass");
  }
  add("hats at (1.25, 0.5)", ground_->target(kOutside, 0.5),
      squareHatsAt(squareKnots_, kOutside, 0.5), "nothing is promised outside the square");
}

void Approximation::readNetworks(std::vector<Reading>& all, const Record& record, int step) const {
  const bool isPlanar = ground_->isPlanar();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto add = [&](std::string quantity, double predicted, double measured,
                         std::string assumption) {
      all.push_back({static_cast<int>(i), std::move(quantity), predicted, measured,
                     measured - predicted, std::move(assumption)});
    };
    const double error = record.at(series_[i].error, step);
    if (!isPlanar && activation == Activation::kRelu) {
      add("network, sup error", hatsError_, error,
          "weights of N ReLUs that err by the predicted exist; the theorem does not say that "
          "training finds them, nor that there are no better ones");
    }
    if (const auto q = unitDegree(); q && !isPlanar) {
      add("network, sup error at least",
          std::max(0.0, ground_->best(*q).level - roundingOf(ground_->sizes)), error,
          "it is a polynomial of degree " + std::to_string(*q) +
              " at any width, and no such polynomial comes closer; up to rounding");
      add("network, differences of order " + std::to_string(*q + 1), 0, unitDifferences(i),
          "of a polynomial of degree " + std::to_string(*q) +
              " they vanish; at 33 points, over their largest possible size");
    }
    const Matrix outside = isPlanar ? Matrix{{kOutside}, {0.5}} : Matrix{{kOutside}};
    add(isPlanar ? "network at (1.25, 0.5)" : "network at x = 1.25",
        ground_->target(kOutside, isPlanar ? 0.5 : 0), outputs(judged(i), outside)[0],
        "nothing is promised outside, and no example was seen there");
  }
}

}  // namespace descent::approximation
