// What the presets of the race say is what their runs show.
#include <algorithm>
#include <numeric>

#include "labs/labs.h"

using namespace descent;

namespace {

double leastOf(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}
double mostOf(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

// One coordinate of a path.
std::vector<double> coordinate(const Session& session, int runner, std::size_t axis) {
  std::vector<double> all;
  const auto path = data(session, "path/" + std::to_string(runner));
  for (std::size_t i = axis; i < path.size(); i += 2) all.push_back(path[i]);
  return all;
}

Point pointAt(const Session& session, int runner, std::size_t t) {
  return {coordinate(session, runner, 0)[t], coordinate(session, runner, 1)[t]};
}

// The steps of a run after the first `from`.
std::vector<double> stepsFrom(const Session& session, int runner, std::ptrdiff_t from) {
  const auto all = data(session, "step/" + std::to_string(runner));
  return {all.begin() + from + 1, all.end()};
}

}  // namespace

TEST_CASE("Three optimizers use one slope, each at a rate that takes it down",
          "[race][race/classics]") {
  const auto session = finished("race", "classics");
  for (const char* loss : {"loss/0", "loss/1", "loss/2"}) {
    const auto f = data(*session, loss);
    CHECK(f.front() == 200);  // (0, −3): 14² + 2²
    CHECK(f.back() < 0.02);
  }
}

TEST_CASE("Turned beyond 2/L the bowl throws a run out", "[race][race/one]") {
  // κ = 10: L = 10 and 2/L = 0.2.
  const auto session = opened(presetOf("race", "one"));
  REQUIRE(session->advance(40));
  CHECK(last(*session, "distance/0") < 0.01);
  REQUIRE(session->set("runners", "sgd(lr=0.21)"));
  REQUIRE(session->advance(20));
  // The gentle side shrinks by 0.79, the steep one grows by 1.1 a step.
  const auto y = coordinate(*session, 0, 1);
  CHECK(std::abs(y[60]) == Approx(std::pow(1.1, 20) * std::abs(y[40])).epsilon(1e-9));
  REQUIRE(session->set("runners", "sgd(lr=0.25)"));
  REQUIRE(session->advance(200));
  CHECK(session->lab().states()[0].status == "diverged");
}

TEST_CASE("Where one direction is a hundred times steeper adaptive rates are there and SGD is not",
          "[race][race/adaptive]") {
  const auto session = finished("race", "adaptive");
  // x shrinks by 1 − 0.015 a step from −4.
  CHECK(last(*session, "distance/0") == Approx(4 * std::pow(0.985, 200)).epsilon(1e-9));
  for (const char* distance : {"distance/1", "distance/2", "distance/3"}) {
    INFO(distance);
    CHECK(leastOf(data(*session, distance)) < 0.001);
  }
}

TEST_CASE(
    "Newton steps to the minimum of its quadratic and doubles its digits, L-BFGS needs no "
    "curvature for many",
    "[race][race/newton]") {
  const auto session = finished("race", "newton");
  const auto newton = data(*session, "loss/0");
  // Newton's steps from (2.5, 2.5) in decimals of sixty digits.
  CHECK(newton[0] == 8.125);
  CHECK(newton[1] == Approx(1.074313).epsilon(1e-6));
  CHECK(newton[2] == Approx(3.600653e-3).epsilon(1e-6));
  CHECK(newton[3] == Approx(9.945480e-8).epsilon(1e-6));
  CHECK(newton[4] == Approx(8.357e-17).epsilon(0.01));
  const auto ground = surface("himmelblau");
  for (const std::size_t t : {std::size_t{0}, std::size_t{1}}) {
    const Point x = pointAt(*session, 0, t), next = pointAt(*session, 0, t + 1);
    const Point step = ground->hessianAt(x[0], x[1]).inverse() * ground->gradientAt(x[0], x[1]);
    CHECK((x - step - next).norm() < 1e-12);
  }
  CHECK(data(*session, "loss/1")[12] < 1e-15);
  for (const char* loss : {"loss/2", "loss/3", "loss/4"}) CHECK(last(*session, loss) > 1e-9);
}

TEST_CASE("Signs move every coordinate alike and never rest, the soft sign does",
          "[race][race/sign]") {
  const auto session = finished("race", "sign");
  // One diagonal of a square of side 0.05, at each step.
  for (const int runner : {0, 1, 3}) {
    INFO(runner);
    for (const double step : stepsFrom(*session, runner, 0)) {
      CHECK(step == Approx(0.05 * std::sqrt(2)).epsilon(1e-12));
    }
  }
  CHECK(mostOf(stepsFrom(*session, 2, 130)) < 0.01);
  CHECK(last(*session, "distance/2") < 0.05);
}

TEST_CASE("Armijo goes down at every step by trials, without a rate", "[race][race/armijo]") {
  const auto session = finished("race", "armijo");
  const auto f = data(*session, "loss/0");
  for (std::size_t t = 1; t < f.size(); ++t) CHECK(f[t] <= f[t - 1]);
  CHECK(f.back() < 1e-20);
  CHECK(f.back() < last(*session, "loss/1"));
  // More values than steps: some trials were rejected.
  CHECK(number(session->tables().at(0).rows[0], 3) > 2 * 28);
}

TEST_CASE("From beside the ridge Adam leaves a saddle first, Newton's pure step goes there",
          "[race][race/saddle]") {
  const auto session = finished("race", "saddle");
  const auto leaves = [&](int runner) {
    const auto y = coordinate(*session, runner, 1);
    return std::find_if(y.begin(), y.end(), [](double v) { return std::abs(v) > 1; }) - y.begin();
  };
  CHECK(leaves(2) < leaves(1));
  CHECK(leaves(1) < leaves(0));
  CHECK(leaves(0) < 100);
  // All by the side on which they began.
  for (const int runner : {0, 1, 2}) CHECK(coordinate(*session, runner, 1).back() > 1);
  CHECK(pointAt(*session, 3, 100).norm() < 1e-12);
}

TEST_CASE("On a shelf SGD crawls, momentum has to gather speed, steps of fixed length walk",
          "[race][race/plateau]") {
  const auto session = finished("race", "plateau");
  const auto gone = [&](int runner, std::size_t t) {
    return (pointAt(*session, runner, t) - pointAt(*session, runner, 0)).norm();
  };
  const double sgd = gone(0, 10), momentum = gone(1, 10), adam = gone(2, 10), muon = gone(3, 10);
  CHECK(sgd < momentum);
  CHECK(momentum < muon / 1.5);
  CHECK(muon < adam);
  CHECK(gone(0, 30) < gone(3, 30) / 2);
  for (const double step : stepsFrom(*session, 3, 0)) {
    CHECK(step == Approx(data(*session, "step/3")[1]).epsilon(1e-3));
  }
}

TEST_CASE("Momentum runs up the cliff and is thrown back nearly to its start, Nesterov's brakes",
          "[race][race/cliff]") {
  const auto session = finished("race", "cliff");
  const auto momentum = coordinate(*session, 1, 0), nesterov = coordinate(*session, 2, 0);
  // It passes the minimum at full speed, and is thrown back within eight steps.
  const auto top = std::max_element(momentum.begin(), momentum.end()) - momentum.begin();
  CHECK(momentum[static_cast<std::size_t>(top)] > 0.6);
  CHECK(top == 10);
  CHECK(momentum[17] < -3.5);
  CHECK(momentum[0] == -4);
  CHECK(leastOf(momentum) == -4);  // and stays on the map
  CHECK(mostOf(nesterov) < 0.1);
  CHECK(leastOf({nesterov.begin() + 9, nesterov.end()}) > -0.5);
  // At step 30 it is the last of the three, however it ran ahead.
  CHECK(data(*session, "loss/1")[9] < data(*session, "loss/0")[9] / 2);
  CHECK(data(*session, "loss/1")[60] > 1000 * data(*session, "loss/0")[60]);
  CHECK(data(*session, "loss/1")[60] > 1000 * data(*session, "loss/2")[60]);
}

TEST_CASE("Beyond 2/L of the sharp well a run leaves it, and a fifth beside its floor it is higher",
          "[race][race/double-well]") {
  const auto session = finished("race", "double-well");
  const auto ground = surface("double-well(difference=0.1)");
  CHECK(ground->f(1.5, 0) - ground->f(-1.5, 0) == Approx(0.1).epsilon(1e-12));
  const double limit = 2 / ground->hessianAt(-1.5, 0)(0, 0);
  CHECK(0.09 < limit);
  CHECK(0.3 > limit);
  CHECK((pointAt(*session, 0, 100) - Point(-1.5, 0)).norm() < 1e-3);
  CHECK((pointAt(*session, 1, 100) - Point(1.5, 0)).norm() < 1e-3);
  for (const double shift : {-0.2, 0.2}) {
    CHECK(ground->f(-1.5 + shift, 0) > 2 * ground->f(1.5 + shift, 0));
  }
}

TEST_CASE("A slope that comes rarely is used by rates of its own, hardly by a common one",
          "[race][race/sparse]") {
  const auto session = finished("race", "sparse");
  for (const int runner : {0, 1}) CHECK(coordinate(*session, runner, 1).back() > 0.5);  // from 2
  for (const int runner : {2, 3}) CHECK(std::abs(coordinate(*session, runner, 1).back()) < 0.001);
}

TEST_CASE("On a vector every step of Muon has the same length", "[race][race/muon]") {
  const auto session = finished("race", "muon");
  for (const double step : stepsFrom(*session, 0, 0)) CHECK(step == Approx(0.1).epsilon(1e-12));
  CHECK(mostOf(stepsFrom(*session, 1, 0)) > 10 * leastOf(stepsFrom(*session, 1, 0)));
}

TEST_CASE("Of rare keys Muon and Shampoo come to know more than AdamW and SGD, each at its rate",
          "[race][race/matrix]") {
  const std::string spec = presetOf("race", "matrix");
  for (const char* seed : {"7", "1", "2"}) {
    INFO("seed " << seed);
    const auto session = ran(spec + "&seed=" + seed, 100);
    const auto ends = [&](const std::string& runner) {
      return last(*session, "distance/" + runner);
    };
    CHECK(ends("3") < ends("1") / 2);
    CHECK(ends("2") < ends("1") / 1.1);
    CHECK(ends("1") < ends("0"));
  }
  // And no other rate of AdamW changes that.
  for (const char* rate : {"0.05", "0.1", "0.4"}) {
    std::string other = spec;
    other.replace(other.find("adamw(lr=0.2"), 12, std::string("adamw(lr=") + rate);
    const auto session = ran(other, 100);
    CHECK(last(*session, "distance/3") < last(*session, "distance/1") / 2);
  }
  CHECK(contains(spec, "view.tab=distance"));
}

TEST_CASE("Batches keep a constant rate at a distance, a schedule takes it ten times nearer",
          "[race][race/mini-batches]") {
  const std::string spec = presetOf("race", "mini-batches");
  CHECK(contains(spec, "view.tab=distance"));
  for (const char* seed : {"7", "1", "2"}) {
    INFO("seed " << seed);
    const auto session = ran(spec + "&seed=" + seed, 400);
    const auto mean = [&](const std::string& runner, int from) {
      const auto all = data(*session, "distance/" + runner);
      return std::accumulate(all.begin() + from, all.begin() + from + 50, 0.0) / 50;
    };
    // It has come to rest: the second hundred is as far as the last.
    CHECK(mean("0", 351) == Approx(mean("0", 200)).epsilon(0.5));
    CHECK(last(*session, "distance/1") < mean("0", 351) / 5);
    for (const char* constant : {"2", "3"}) {
      CHECK(last(*session, "distance/1") < mean(constant, 351) / 3);
    }
  }
}

TEST_CASE("On the typed surface SGD rests in the first dent, momentum and Adam in the lowest",
          "[race][race/custom]") {
  const auto session = finished("race", "custom");
  // Along y = 0 the lowest is where 2 cos 2x + x/2 = 0.
  double low = -1, high = -0.5;
  for (int i = 0; i < 60; ++i) {
    const double x = (low + high) / 2;
    (2 * std::cos(2 * x) + x / 2 < 0 ? low : high) = x;
  }
  CHECK(low == Approx(-0.6977).margin(1e-4));
  for (const int runner : {1, 2})
    CHECK((pointAt(*session, runner, 100) - Point(low, 0)).norm() < 0.02);
  // SGD's is a minimum that is higher by 1.6.
  CHECK(last(*session, "gradient/0") < 1e-3);
  CHECK((pointAt(*session, 0, 100) - pointAt(*session, 0, 0)).norm() < 1);
  CHECK(last(*session, "loss/0") > last(*session, "loss/1") + 1.5);
}
