#include "descent/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "support/catch.h"

using namespace descent;

// O'Neill's pcg32-demo, first round: https://www.pcg-random.org
TEST_CASE("PCG32 gives the published numbers for seed 42 and stream 54", "[random]") {
  Random random(42, 54);
  for (const std::uint32_t expected :
       {0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu}) {
    CHECK(random.next() == expected);
  }
  CHECK(Random(42).next() == 0xa15c02b7u);
}

TEST_CASE("Equal seeds give equal numbers, other seeds and streams give others", "[random]") {
  Random a(7), b(7), c(8), d(7, 1);
  const double first = a.normal();
  CHECK(first == b.normal());
  CHECK(first != c.normal());
  CHECK(first != d.normal());
  Random copy = a;  // between the two normals of a pair
  CHECK(copy.normal() == a.normal());
  CHECK(copy.normal() == a.normal());
}

TEST_CASE("Uniform numbers lie in [0, 1) and have its moments", "[random]") {
  Random random(3);
  constexpr int n = 200000;
  double sum = 0, squares = 0, low = 1, high = 0;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    sum += u;
    squares += u * u;
    low = std::min(low, u);
    high = std::max(high, u);
  }
  CHECK(low >= 0);
  CHECK(high < 1);
  CHECK(low < 1e-4);
  CHECK(high > 1 - 1e-4);
  // Five standard errors: sqrt(1/12n) and sqrt(4/45n).
  CHECK(sum / n == Approx(0.5).margin(5 * std::sqrt(1.0 / 12 / n)));
  CHECK(squares / n == Approx(1.0 / 3).margin(5 * std::sqrt(4.0 / 45 / n)));
}

TEST_CASE("Uniform numbers use all 53 bits", "[random]") {
  Random random(4);
  bool odd = false;
  for (int i = 0; i < 100; ++i) odd |= std::fmod(random.uniform() * 0x1p53, 2) == 1;
  CHECK(odd);
  for (int i = 0; i < 1000; ++i) {
    const double u = random.uniform(-3, -2);
    CHECK((u >= -3 && u < -2));
  }
}

TEST_CASE("Normal numbers have the moments of a standard normal", "[random]") {
  Random random(5);
  constexpr int n = 200000;
  std::array<double, 4> moments = {};
  double lagged = 0, previous = 0;
  int beyondTwo = 0;
  for (int i = 0; i < n; ++i) {
    const double z = random.normal();
    for (std::size_t k = 0; k < 4; ++k) moments[k] += std::pow(z, k + 1) / n;
    beyondTwo += std::abs(z) > 2;
    lagged += z * previous / n;
    previous = z;
  }
  // Five standard errors: var z = 1, var z² = 2, var z³ = 15, var z⁴ = 96.
  const double unit = 5 / std::sqrt(n);
  CHECK(moments[0] == Approx(0).margin(unit));
  CHECK(moments[1] == Approx(1).margin(unit * std::sqrt(2.0)));
  CHECK(moments[2] == Approx(0).margin(unit * std::sqrt(15.0)));
  CHECK(moments[3] == Approx(3).margin(unit * std::sqrt(96.0)));
  CHECK(lagged == Approx(0).margin(unit));
  CHECK(beyondTwo / double{n} == Approx(0.0455).margin(unit * std::sqrt(0.0455)));
}

TEST_CASE("A whole number below n is as likely as any other", "[random]") {
  for (const std::uint32_t n : {1u, 2u, 3u, 7u, 10u}) {
    Random random(6);
    constexpr int draws = 70000;
    std::vector<int> counts(n);
    for (int i = 0; i < draws; ++i) ++counts.at(random.below(n));
    const double expected = draws / double(n);
    for (const int count : counts) {
      CHECK(count == Approx(expected).margin(5 * std::sqrt(expected)));
    }
  }
}

TEST_CASE("A bound that does not divide the generator's range is not biased", "[random]") {
  // With modulo alone, two thirds would fall below 2³¹.
  const std::uint32_t n = 0xC0000000u;
  Random random(7);
  int lower = 0;
  constexpr int draws = 30000;
  for (int i = 0; i < draws; ++i) {
    const std::uint32_t r = random.below(n);
    REQUIRE(r < n);
    lower += r < 0x40000000u;
  }
  CHECK(lower / double{draws} == Approx(1.0 / 3).margin(0.015));
}

TEST_CASE("A shuffle is a permutation, and every order is as likely", "[random]") {
  Random random(8);
  std::vector<int> items(100);
  std::iota(items.begin(), items.end(), 0);
  random.shuffle(items);
  CHECK_FALSE(std::is_sorted(items.begin(), items.end()));
  std::sort(items.begin(), items.end());
  for (int i = 0; i < 100; ++i) CHECK(items[static_cast<std::size_t>(i)] == i);

  std::array<int, 6> orders = {};
  constexpr int shuffles = 12000;
  for (int i = 0; i < shuffles; ++i) {
    std::vector<int> three = {0, 1, 2};
    random.shuffle(three);
    ++orders.at(static_cast<std::size_t>(three[0] * 2 + (three[1] > three[2])));
  }
  for (const int count : orders) CHECK(count == Approx(2000).margin(5 * std::sqrt(2000.0)));

  std::vector<int> none;
  random.shuffle(none);
  CHECK(none.empty());
}

TEST_CASE("A normal vector holds the numbers that single draws would", "[random]") {
  Random a(9), b(9);
  const Vector x = a.normalVector(5);
  REQUIRE(x.size() == 5);
  for (const double entry : x) CHECK(entry == b.normal());
  CHECK(a.normalVector(0).size() == 0);
}
