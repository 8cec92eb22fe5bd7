// What theory says of the approximation lab's errors, beside what is measured.
#include <algorithm>
#include <cmath>

#include "labs/approximation/approximation.h"

namespace descent::approximation {
namespace {

constexpr double kOutside = 1.25;

// What has no residual: a bound is not missed where it is kept, and outside nothing is promised.
Reading bound(int subject, std::string quantity, double limit, double measured,
              std::string assumption) {
  return {subject, std::move(quantity), limit, measured, kNaN, std::move(assumption)};
}
Reading outside(int subject, std::string quantity, double measured, double target,
                const std::string& why) {
  return bound(subject, std::move(quantity), kNaN, measured,
               why + "; f itself is " + printShort(target) + " there");
}

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
    all.push_back(
        bound(-1, "hats, sup error at most h²/8 max|f″|", ground_->hatsBound(knots), hatsError_,
              isSmooth ? "f has a second derivative; 20,001 samples of [0, 1]; up to rounding"
                       : kNoSecond));
    if (isSmooth && sizes.curved > 0) {
      // Where h is small beside what f does, the error has come near its bound.
      constexpr int kCoarsest = 64;
      constexpr double kClose = 0.9;
      const Ground::Fall& fall = ground_->hats();
      const double error = fall.error[static_cast<Eigen::Index>(
          std::find(fall.n.begin(), fall.n.end(), kCoarsest) - fall.n.begin())];
      const double share = error / ground_->hatsBound(kCoarsest);
      const bool isFine = share >= kClose;
      add("hats, slope of the error by N", isFine ? -2 : kNaN, fall.order,
          std::string("fitted over all N = 64 … 256; ") +
              (isFine ? "h is small beside what f does"
                      : "nothing is predicted, for h is not small beside what f does: at N = 64 "
                        "the error is " +
                            printShort(share, 2) + " of its bound"));
    }
    add("hats, largest error of a piece", hatsPeak_, hatsError_,
        name == Name::kCorner
            ? "2a(h − a)/h, a the distance of the corner from the knot on its left"
        : std::isnan(hatsPeak_)
            ? "none: f turns too often in a piece for all places where f′ is its slope to be found"
            : "the largest maximum of the pieces, where f′ is a piece's slope");
    add("hats as a network, largest difference", 0, construction_,
        "the weights, three ReLUs to a hat, through the network's own pass");
    all.push_back(outside(-1, "hats at x = 1.25", hatsAt(knotValues_, kOutside), f(kOutside),
                          "nothing is promised outside [0, 1]: the hats are 0 there"));
  }
  if (showsBumps) {
    all.push_back(
        bound(-1, "bumps, sup error at most", ground_->bumpsBound(knots, steepness), bumpsError_,
              std::isfinite(sizes.steepest)
                  ? "h max|f′| (½ + 2 log 2/κ); 20,001 samples; up to rounding"
                  : "none: f jumps, or is steeper between the samples than its derivative shows"));
    all.push_back(outside(-1, "bumps at x = 1.25", bumpsAt(middles_, steepness, kOutside),
                          f(kOutside),
                          "nothing is promised outside [0, 1]: the last bump goes on"));
  }
  if (showsPolynomial) {
    all.push_back(bound(
        -1, "polynomial of degree " + std::to_string(degree) + ", sup error at least",
        std::max(0.0, ground_->best(degree).level - roundingOf(sizes)), polynomialError_,
        "no polynomial of this degree comes closer (Remez, de la Vallée-Poussin); this one is by "
        "least squares; up to rounding"));
    all.push_back(outside(-1, "polynomial at x = 1.25", ground_->polynomial(degree)(kOutside),
                          f(kOutside), "nothing is promised outside [0, 1]"));
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
  all.push_back(
      bound(-1, "hats, sup error at most h²/4 max‖∇²f‖", ground_->hatsBound(knots), hatsError_,
            isSmooth ? "f has second derivatives; 201 × 201 samples of the square; up to rounding"
                     : kNoSecond));
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
  all.push_back(outside(-1, "hats at (1.25, 0.5)", squareHatsAt(squareKnots_, kOutside, 0.5),
                        ground_->target(kOutside, 0.5), "nothing is promised outside the square"));
}

void Approximation::readNetworks(std::vector<Reading>& all, const Record& record, int step) const {
  const bool isPlanar = ground_->isPlanar();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const double error = record.at(series_[i].error, step);
    if (!isPlanar && activation == Activation::kRelu) {
      all.push_back(bound(
          subject, "network, sup error, could be at most", hatsError_, error,
          "weights of N ReLUs that err by that exist; the theorem does not say that training finds "
          "them, nor that there are no better ones"));
    }
    if (const auto q = unitDegree(); q && !isPlanar) {
      all.push_back(
          bound(subject, "network, sup error at least",
                std::max(0.0, ground_->best(*q).level - roundingOf(ground_->sizes)), error,
                "it is a polynomial of degree " + std::to_string(*q) +
                    " at any width, and no such polynomial comes closer; up to rounding"));
      const double differences = unitDifferences(i);
      all.push_back({subject, "network, differences of order " + std::to_string(*q + 1), 0,
                     differences, differences,
                     "of a polynomial of degree " + std::to_string(*q) +
                         " they vanish; at 33 points, over their largest possible size"});
    }
    const Matrix place = isPlanar ? Matrix{{kOutside}, {0.5}} : Matrix{{kOutside}};
    all.push_back(outside(subject, isPlanar ? "network at (1.25, 0.5)" : "network at x = 1.25",
                          outputs(judged(i), place)[0],
                          ground_->target(kOutside, isPlanar ? 0.5 : 0),
                          "nothing is promised outside, and no example was seen there"));
  }
}

}  // namespace descent::approximation
