#include "descent/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>

#include "support/catch.h"

using namespace descent;

namespace {

// Of the first normal number of each of many draws: the largest |r|·√n over all lags, where r is
// the correlation of draw t with draw t + lag.
template <class Draw>
double largestCorrelation(Draw draw) {
  constexpr int n = 6000, lags = 2000;
  Vector z(n);
  for (int t = 0; t < n; ++t) z[t] = draw(t).normal();
  z.array() -= z.mean();
  double largest = 0;
  for (int lag = 1; lag <= lags; ++lag) {
    largest = std::max(largest, std::abs(z.head(n - lag).dot(z.tail(n - lag))));
  }
  return largest / z.squaredNorm() * std::sqrt(n);
}

// The texts that a statement of the sources hands to Random, by place.
struct Drawing {
  std::string file;
  std::size_t at;
  std::vector<std::string> purposes;
};
std::vector<Drawing> drawings() {
  namespace fs = std::filesystem;
  std::vector<Drawing> all;
  const fs::path sources = fs::path(DESCENT_REFERENCE).parent_path().parent_path() / "cpp/src";
  for (const auto& entry : fs::recursive_directory_iterator(sources)) {
    if (!entry.is_regular_file() || entry.path() == sources / "numerics/random.cpp") continue;
    std::ostringstream read;
    read << std::ifstream(entry.path()).rdbuf();
    const std::string text = read.str();
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    std::size_t end = 0;
    for (std::size_t at = 0; (at = text.find("Random", at)) != std::string::npos; ++at) {
      if (at < end || (at > 0 && isWord(text[at - 1]))) continue;  // in a statement already seen
      std::size_t open = at + 6;
      if (text[open] == ' ') ++open;
      while (isWord(text[open]) || text[open] == '_') ++open;
      if (text[open] != '(' && text[open] != '{') continue;
      end = text.find(';', open);
      Drawing drawing{entry.path().filename().string(), at, {}};
      for (std::size_t quote = text.find('"', open); quote < end;) {
        const std::size_t close = text.find('"', quote + 1);
        drawing.purposes.push_back(text.substr(quote + 1, close - quote - 1));
        quote = text.find('"', close + 1);
      }
      all.push_back(drawing);
    }
  }
  return all;
}

}  // namespace

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

// As tests/reference/pcg.py has them, from the published SplitMix64, FNV-1a and PCG32.
TEST_CASE("Seed, purpose and index are mixed by SplitMix64", "[random]") {
  const auto four = [](Random random) {
    std::array<std::uint32_t, 4> words;
    for (auto& word : words) word = random.next();
    return words;
  };
  using Words = std::array<std::uint32_t, 4>;
  CHECK(four(Random(1, "network start")) == Words{0x47f08f52, 0x333cc9b1, 0xfec3eda2, 0xd92671b7});
  CHECK(four(Random(1, "network start", 1)) ==
        Words{0x52f50461, 0x93f3d4d9, 0x4c77ca45, 0x7942013f});
  CHECK(four(Random(7, "dropout mask", -1)) ==
        Words{0x952dfdbe, 0xe5f32c51, 0xb839f233, 0xcbf182ed});
}

TEST_CASE("Draws of one step say nothing of those of another, at any lag", "[random]") {
  // Of 2,000 lags of independent draws the largest is about 3.6 standard errors; beyond 5 is one in
  // a thousand.
  for (const std::uint64_t seed : {1u, 8u, 42u, 12345u}) {
    INFO(seed);
    CHECK(largestCorrelation([&](int t) { return Random(seed, "a step", t); }) < 5);
  }
  // Which PCG's own streams do not pass.
  CHECK(largestCorrelation([](int t) { return Random(1, std::uint64_t(t) + 1000); }) > 5);
}

TEST_CASE("Nor do draws of one seed, or of one purpose, of those of the next", "[random]") {
  CHECK(largestCorrelation([](int t) { return Random(std::uint64_t(t), "a start"); }) < 5);
  CHECK(largestCorrelation([](int t) { return Random(1, std::to_string(t)); }) < 5);
}

TEST_CASE("Everything that the sources draw has a purpose, each its own", "[random]") {
  const auto all = drawings();
  CHECK(all.size() > 30);
  std::map<std::string, std::string> files;
  for (const auto& [file, at, purposes] : all) {
    INFO(file << ", at " << at);
    CHECK_FALSE(purposes.empty());
    for (const auto& purpose : purposes) {
      INFO(purpose << ", also in " << files[purpose]);
      CHECK(files[purpose].empty());
      files[purpose] = file;
    }
  }
}

TEST_CASE("What is drawn for one purpose or step of a seed is not drawn for another", "[random]") {
  // Two words that follow on one another, as they make up a number: 300,000 of them, of which two
  // would agree by chance once in 400 million tries.
  std::vector<std::uint64_t> numbers;
  for (const std::uint64_t seed : {0u, 1u, 7u}) {
    for (const auto& [file, at, purposes] : drawings()) {
      for (const auto& purpose : purposes) {
        for (const int index : {0, 1, 2, 3, 1000}) {
          Random random(seed, purpose, index);
          std::uint64_t last = random.next();
          for (int i = 0; i < 500; ++i) {
            const std::uint64_t next = random.next();
            numbers.push_back(last << 32 | next);
            last = next;
          }
        }
      }
    }
  }
  CHECK(numbers.size() > 200000);
  std::sort(numbers.begin(), numbers.end());
  CHECK(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end());
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
