#include "numerics/wolfe.h"

#include <cmath>
#include <vector>

#include "support/catch.h"

using namespace descent;

namespace {

using Function = std::function<LinePoint(double)>;

struct Search {
  double alpha;
  std::vector<double> trials;
};

Search search(const Function& phi, const Wolfe& wolfe = {}) {
  Search result;
  const auto watched = [&](double alpha) {
    result.trials.push_back(alpha);
    return phi(alpha);
  };
  result.alpha = wolfeSearch(phi(0), watched, wolfe);
  return result;
}

// (α − least)².
Function parabola(double least) {
  return [least](double alpha) {
    return LinePoint{(alpha - least) * (alpha - least), 2 * (alpha - least)};
  };
}

constexpr Wolfe kStrict{1e-4, 0.1, 60};

}  // namespace

TEST_CASE("A line search takes the first trial where it does", "[wolfe]") {
  for (const double least : {1.0, 0.6, 8.0}) {
    // Slopes 2(1 − least) are within 0.9 of 2·least, from just above ½ to 10.
    INFO("least " << least);
    CHECK(search(parabola(least)).alpha == 1);
    CHECK(search(parabola(least)).trials == std::vector<double>{1});
  }
}

TEST_CASE("A line search doubles until it has passed the minimum, then bisects", "[wolfe]") {
  // (α − 3)², |slope| ≤ 0.1·6: at 1 and 2 too steep, at 4 no lower than at 2, at 3 flat.
  const Search s = search(parabola(3), kStrict);
  CHECK(s.trials == std::vector<double>{1, 2, 4, 3});
  CHECK(s.alpha == 3);
}

TEST_CASE("A line search turns back from a lower point where f rises", "[wolfe]") {
  // (α − 1.6)², |slope| ≤ 0.05·3.2 = 0.16. 1: 0.36. 2: 0.16, rising, so the other end is 1.
  // 1.5: 0.01, slope −0.2, so the other end is 2. 1.75: 0.0225, too high. 1.625: slope 0.05.
  const Search s = search(parabola(1.6), {1e-4, 0.05, 60});
  CHECK(s.trials == std::vector<double>{1, 2, 1.5, 1.75, 1.625});
  CHECK(s.alpha == 1.625);
}

TEST_CASE("A line search halves what is too far", "[wolfe]") {
  // (α − 0.1)²: 1, ½ and ¼ are above 0.01, at ⅛ the slope is 0.05 of 0.2.
  CHECK(search(parabola(0.1)).trials == std::vector<double>{1, 0.5, 0.25, 0.125});
}

TEST_CASE("A fall smaller than asked for is none", "[wolfe]") {
  // 4α² − 4α + … : at 1 back at φ(0), at ½ it has fallen by 1 = ½·½·4.
  const Function phi = [](double a) { return LinePoint{4 * a * a - 4 * a, 8 * a - 4}; };
  CHECK(search(phi, {0.5, 0.9, 60}).trials == std::vector<double>{1, 0.5});
  CHECK(search(phi, {0.75, 0.9, 60}).trials == std::vector<double>{1, 0.5, 0.25});
}

TEST_CASE("What is no number is too far", "[wolfe]") {
  for (const double bad : {NAN, INFINITY}) {
    const Function phi = [bad](double a) {
      return a > 0.4 ? LinePoint{bad, bad} : LinePoint{(a - 0.3) * (a - 0.3), 2 * (a - 0.3)};
    };
    CHECK(search(phi).alpha == 0.25);
    // Nor is a number whose slope is none.
    const Function steep = [bad, &phi](double a) { return a > 0.4 ? LinePoint{-1, bad} : phi(a); };
    CHECK(search(steep).alpha == 0.25);
  }
}

TEST_CASE("A line search ends where there is nothing to be found", "[wolfe]") {
  // f rises though its slope says it falls.
  const Search liar = search([](double a) { return LinePoint{a, -1}; });
  CHECK(liar.alpha == 0);
  CHECK(liar.trials.size() == 60);
  // It falls for ever: the last trial, 2⁵⁹, is the lowest.
  const Search endless = search([](double a) { return LinePoint{-a, -1}; });
  CHECK(endless.alpha == std::pow(2, 59));
  CHECK(endless.trials.size() == 60);
  // It falls as steeply up to a cliff at ⅓.
  const Search cliff = search([](double a) { return LinePoint{a > 1 / 3.0 ? 1 : -a, -1}; });
  CHECK(cliff.alpha <= 1 / 3.0);
  CHECK(cliff.alpha == Approx(1 / 3.0).epsilon(1e-14));
}
