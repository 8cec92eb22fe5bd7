// How fast the core is. `descent_bench`: time of a step of each optimizer on Rosenbrock's function,
// as a ratio to plain gradient descent within this run, median of interleaved rounds.
// `descent_bench networks`: training steps a second.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <vector>

#include "descent/catalogue.h"
#include "networks.h"

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

void benchOptimizers() {
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

void benchNetworks(int only, double milliseconds, bool json) {
  const char* between = "[";
  for (int size = 0; size < kNetworks; ++size) {
    if (only >= 0 && size != only) continue;
    networkBench(size, milliseconds / 4);
    const double rate = networkBench(size, milliseconds);
    if (json) {
      std::printf(R"(%s{"network": "%s", "stepsPerSecond": %.6g})", between, networkName(size),
                  rate);
    } else {
      std::printf("%-14s %10.6g steps a second\n", networkName(size), rate);
    }
    between = ", ";
  }
  if (json) std::printf("]\n");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"How fast the core is; without a subcommand: time of a step of each optimizer."};
  CLI::App* networks = app.add_subcommand("networks", "training steps a second of networks");
  int size = -1;
  double milliseconds = 500;
  bool json = false;
  networks->add_option("--size", size, "only this one of the networks, from 0")
      ->check(CLI::Range(0, kNetworks - 1));
  networks->add_option("--ms", milliseconds, "milliseconds for each, after a quarter to warm up")
      ->check(CLI::Range(1.0, 1e6));
  networks->add_flag("--json", json, "as JSON");
  CLI11_PARSE(app, argc, argv);
  if (networks->parsed()) {
    benchNetworks(size, milliseconds, json);
  } else {
    benchOptimizers();
  }
}
