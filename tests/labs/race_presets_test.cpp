// What the presets of the race say that needs more than one finished run to see.
#include <numeric>

#include "labs/labs.h"

using namespace descent;

namespace {

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

}  // namespace

TEST_CASE("Turned beyond 2/L the bowl throws a run out", "[race]") {
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

TEST_CASE(
    "Newton steps to the minimum of its quadratic and doubles its digits, L-BFGS needs no "
    "curvature for many",
    "[race]") {
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

TEST_CASE("Beyond 2/L of the sharp well a run leaves it, and a fifth beside its floor it is higher",
          "[race]") {
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

TEST_CASE("Of rare keys Muon and Shampoo come to know more than AdamW and SGD, each at its rate",
          "[race]") {
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
          "[race]") {
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
          "[race]") {
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
