// Time of a step of each optimizer on Rosenbrock's function, as a ratio to plain gradient descent
// within this run: median of interleaved rounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <vector>

#include "descent/catalogue.h"

namespace {

using namespace descent;

constexpr int kRounds = 9;
constexpr int kSteps = 20000;

double nanosecondsPerStep(const std::string& id, const Landscape& landscape) {
  const auto optimizer = catalogue().build<Optimizer>(Recipe{id, {}});
  (*optimizer)->reset(vectorLayout(2));
  const Point start = landscape.starts().front();
  Vector x = start;
  ObjectiveOracle oracle(landscape);
  const auto begin = std::chrono::steady_clock::now();
  for (int t = 0; t < kSteps; ++t) {
    (*optimizer)->step(oracle, x, 1e-4);
    if (!x.allFinite()) x = start;
  }
  const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
  return spent.count() / kSteps;
}

}  // namespace

int main() {
  const auto landscape = catalogue().build<Landscape>(Recipe{"rosenbrock", {}});
  std::map<std::string, std::vector<double>> times;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& entry : catalogue().entries<Optimizer>()) {
      times[entry.id].push_back(nanosecondsPerStep(entry.id, **landscape));
    }
  }
  const auto median = [](std::vector<double> v) {
    std::nth_element(v.begin(), v.begin() + kRounds / 2, v.end());
    return v[kRounds / 2];
  };
  const double unit = median(times.at("sgd"));
  std::printf("%-12s %10s %14s\n", "optimizer", "ns a step", "ratio to sgd");
  for (const auto& [id, all] : times) {
    std::printf("%-12s %10.0f %14.2f\n", id.c_str(), median(all), median(all) / unit);
  }
}
