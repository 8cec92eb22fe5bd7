// What theory says of the approximation lab's errors, beside what is measured.
#include <algorithm>
#include <cmath>
#include <limits>

#include "labs/approximation/lab.h"

namespace descent::approximation {
namespace {

constexpr double kOutside = 1.25;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

// What samples as dense as these miss of a maximum at which f turns: f″ times the square of half
// their distance, halved; where f has a kink, its slopes over that distance.
double missedBySamples(const Sizes& sizes) {
  constexpr double kStep = 1.0 / (kSamples - 1);
  return std::isfinite(sizes.curved) ? sizes.curved * kStep * kStep / 8 : sizes.steepest * kStep;
}

Reading outside(int subject, std::string quantity, double measured, double target,
                std::string why) {
  return equals(subject, std::move(quantity), kNaN, measured)
      .where("f itself is " + printShort(target) + " there")
      .unless("nothing is promised outside " + std::move(why));
}

const char* whyCurved(const Sizes& sizes) {
  return std::isfinite(sizes.curved) ? ""
                                     : "f has a kink or a jump, or bends more between the samples "
                                       "than its derivatives show";
}

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
  const Sizes& sizes = ground_->sizes;
  const Target& f = ground_->target;
  if (showsHats) {
    all.push_back(atMost(-1, "hats, sup error", ground_->hatsBound(knots), hatsError_)
                      .where("h²/8 max|f″|, f having a second derivative; 20,001 samples of "
                             "[0, 1]; up to rounding")
                      .unless(whyCurved(sizes)));
    if (std::isfinite(sizes.curved) && sizes.curved > 0) all.push_back(slopeOfHats());
    const bool isCorner = targetId == TargetId::kCorner;
    all.push_back(
        equals(-1, "hats, largest error of a piece", hatsPeak_, hatsError_)
            .within(roundingOf(sizes) + (isCorner ? 0 : missedBySamples(sizes)))
            .where(isCorner ? "2a(h − a)/h, a the distance of the corner from the knot on its left"
                            : "the largest maximum of the pieces, where f′ is a piece's slope; "
                              "measured on 20,001 samples")
            .unless(std::isnan(hatsPeak_) ? "f turns too often in a piece for all places where f′ "
                                            "is its slope to be found"
                                          : ""));
    // (N + 1) hats of heights up to max|f|, each a sum of terms as large as N + 1.
    all.push_back(equals(-1, "hats as a network, largest difference", 0, construction_)
                      .within(4 * kEpsilon * (knots + 1) * (knots + 1) * sizes.most)
                      .where("the weights, three ReLUs to a hat, through the network's own pass; "
                             "up to rounding"));
    all.push_back(outside(-1, "hats at x = 1.25", hatsAt(knotValues_, kOutside), f(kOutside),
                          "[0, 1]: the hats are 0 there"));
  }
  if (showsBumps) {
    all.push_back(
        atMost(-1, "bumps, sup error", ground_->bumpsBound(knots, steepness), bumpsError_)
            .where("h max|f′| (½ + 2 log 2/κ); 20,001 samples; up to rounding")
            .unless(std::isfinite(sizes.steepest)
                        ? ""
                        : "f jumps, or is steeper between the samples than its derivative shows"));
    all.push_back(outside(-1, "bumps at x = 1.25", bumpsAt(middles_, steepness, kOutside),
                          f(kOutside), "[0, 1]: the last bump goes on"));
  }
  if (showsPolynomial) {
    all.push_back(
        boundOfPolynomials(-1, "polynomial of degree " + std::to_string(degree) + ", sup error",
                           degree, polynomialError_)
            .where("no polynomial of this degree comes closer (Remez, de la "
                   "Vallée-Poussin); this one is by least squares; up to a ten-thousandth "
                   "that samples may miss"));
    all.push_back(outside(-1, "polynomial at x = 1.25", ground_->polynomial(degree)(kOutside),
                          f(kOutside), "[0, 1]"));
  }
}

void Approximation::readSquare(std::vector<Reading>& all) const {
  if (!showsHats) return;
  const Sizes& sizes = ground_->sizes;
  all.push_back(atMost(-1, "hats, sup error", ground_->hatsBound(knots), hatsError_)
                    .where("h²/4 max‖∇²f‖, f having second derivatives; 201 × 201 samples of the "
                           "square; up to rounding")
                    .unless(whyCurved(sizes)));
  if (std::isfinite(sizes.curved) && sizes.curved > 0) all.push_back(slopeOfHats());
  if (!std::isnan(construction_)) {
    // Of the hats only those of a triangle's corners are not 0, each a sum of 8N + 6 terms.
    all.push_back(equals(-1, "hats as a network, largest difference", 0, construction_)
                      .within(16 * kEpsilon * (8 * knots + 6) * sizes.most)
                      .where("the weights, two hidden layers of 8N + 6 and (N + 1)² ReLUs, through "
                             "the network's own pass; up to rounding"));
  }
  all.push_back(outside(-1, "hats at (1.25, 0.5)", squareHatsAt(squareKnots_, kOutside, 0.5),
                        ground_->target(kOutside, 0.5), "the square"));
}

// −2 where h is small beside what f does: where the error at the coarsest N of the fit is so near
// to what f's second derivatives alone would make it that the difference bends the slope little.
Reading Approximation::slopeOfHats() const {
  constexpr double kBend = 0.08;
  const Ground::Fall& fall = ground_->hats();
  const int n = ground_->coarsest();
  const double share = fall.at(n) / (ground_->hatsLeading() / (n * n));
  const double bend = std::abs(std::log(share)) / std::log(fall.n[fall.n.size() - 1] / n);
  return equals(-1, "hats, slope of the error by N", -2, fall.order)
      .withinShare(0.05)
      .where((ground_->isPlanar() ? "fitted over some N = 8 … 64, pieces of a side"
                                  : "fitted over all N = 64 … 256") +
             std::string(", where h is small beside what f does; to 5 %"))
      .unless(bend <= kBend ? ""
                            : "h is not small beside what f does: at N = " + std::to_string(n) +
                                  " the error is " + printShort(share, 2) +
                                  " of what f's second derivatives alone would give");
}

Reading Approximation::boundOfPolynomials(int subject, std::string quantity, int q,
                                          double error) const {
  const double level = ground_->best(q).level - roundingOf(ground_->sizes);
  return atLeast(subject, std::move(quantity), std::max(0.0, level), error).withinShare(1e-4);
}

void Approximation::readNetworks(std::vector<Reading>& all, const Record& record, int step) const {
  const bool isPlanar = ground_->isPlanar();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const double error = record.at(series_[i].error, step);
    if (!isPlanar && activation == Activation::kRelu) {
      all.push_back(baseline(subject, "network, sup error", "the hats", hatsError_, error)
                        .where("weights of N ReLUs that err by that exist; the theorem does not "
                               "say that training finds them, nor that there are no better ones"));
    }
    if (const auto q = unitDegree(); q && !isPlanar) {
      const std::string degreeText = std::to_string(*q);
      all.push_back(boundOfPolynomials(subject, "network, sup error", *q, error)
                        .where("it is a polynomial of degree " + degreeText +
                               " at any width, and no such polynomial comes closer; up to a "
                               "ten-thousandth that samples may miss"));
      all.push_back(
          equals(subject, "network, differences of order " + std::to_string(*q + 1), 0,
                 unitDifferences(i))
              .within(1e-11)
              .where("of a polynomial of degree " + degreeText +
                     " they vanish up to rounding; at 33 points, over their largest possible "
                     "size"));
    }
    const Matrix place = isPlanar ? Matrix{{kOutside}, {0.5}} : Matrix{{kOutside}};
    all.push_back(outside(subject, isPlanar ? "network at (1.25, 0.5)" : "network at x = 1.25",
                          outputs(judged(i), place)[0],
                          ground_->target(kOutside, isPlanar ? 0.5 : 0),
                          isPlanar ? "the square, and no example was seen there"
                                   : "[0, 1], and no example was seen there"));
  }
}

}  // namespace descent::approximation
