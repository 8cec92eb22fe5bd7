#include "optimizers/optimizers.h"

using namespace descent;

namespace {

const Quadratic kCoupled(matrix2(4, 1, 1, 3));
const Quadratic kTurned(matrix2(0, 2, 2, 0));  // 2xy: ±2 along (1, ±1)

}  // namespace

TEST_CASE("The diagonal of the Hessian makes axes alike", "[preconditioned]") {
  const auto points = path("preconditioned(lr=0.5)", Quadratic{2, 1000}, vec({1, -4}), 3);
  CHECK((points[1] - vec({0.5, -2})).norm() < 1e-15);
  CHECK((points[2] - vec({0.25, -1})).norm() < 1e-15);
  CHECK((points[3] - vec({0.125, -0.5})).norm() < 1e-15);
}

TEST_CASE("At full rate the diagonal is Jacobi's iteration", "[preconditioned]") {
  // 4x + y = 0, x + 3y = 0: x ← −y/4, y ← −x/3.
  const auto points = path("preconditioned", kCoupled, vec({5, -7}), 3);
  CHECK((points[1] - vec({7 / 4.0, -5 / 3.0})).norm() < 1e-14);
  CHECK((points[2] - vec({5 / 12.0, -7 / 12.0})).norm() < 1e-14);
  CHECK((points[3] - vec({7 / 48.0, -5 / 36.0})).norm() < 1e-14);
}

TEST_CASE("The full Hessian solves a quadratic at once, or by the rate", "[preconditioned]") {
  const std::string full = "preconditioned(preconditioner=full";
  CHECK(path(full + ")", kCoupled, vec({5, -7}), 1)[1].norm() < 1e-14);
  const auto points = path(full + ", lr=0.5)", kCoupled, vec({5, -7}), 3);
  for (std::size_t t = 0; t < 3; ++t) {
    CHECK((points[t + 1] - std::pow(0.5, t + 1) * vec({5, -7})).norm() < 1e-14);
  }
}

TEST_CASE("A negative curvature counts by its size and is walked away from", "[preconditioned]") {
  // g = (1, −1), P = (1, 1): (0, 2). Then (0, 4), (0, 8).
  for (const char* choice : {"diagonal", "full"}) {
    INFO(choice);
    const auto points =
        path(std::string("preconditioned(preconditioner=") + choice + ")", kSaddle, vec({1, 1}), 3);
    CHECK((points[1] - vec({0, 2})).norm() < 1e-14);
    CHECK((points[2] - vec({0, 4})).norm() < 1e-14);
    CHECK((points[3] - vec({0, 8})).norm() < 1e-14);
  }
}

TEST_CASE("No curvature counts for less than delta", "[preconditioned]") {
  // 2xy at (1, 0): g = (0, 2). The diagonal is 0, so P = δ = ½; the full |H| is 2I.
  const auto diagonal = path("preconditioned(delta=0.5)", kTurned, vec({1, 0}), 1);
  CHECK((diagonal[1] - vec({1, -4})).norm() < 1e-14);
  const auto full = path("preconditioned(delta=0.5, preconditioner=full)", kTurned, vec({1, 0}), 1);
  CHECK((full[1] - vec({1, -1})).norm() < 1e-14);
  // δ = 4 is above both: g/4. A curvature of ¼ under δ = 1: x − x/4; of −¼: x + x/4.
  const auto floor = path("preconditioned(delta=4, preconditioner=full)", kTurned, vec({1, 0}), 1);
  CHECK((floor[1] - vec({1, -0.5})).norm() < 1e-14);
  const auto slow = path("preconditioned(delta=1)", Quadratic{0.25, -0.25, 0}, vec({1, 1, 1}), 1);
  CHECK((slow[1] - vec({0.75, 1.25, 1})).norm() < 1e-14);
  // Only the curvature below δ is changed, where Newton shifts both: 2 and 0.25 under δ = 1.
  const auto apart =
      path("preconditioned(delta=1, preconditioner=full)", Quadratic{2, 0.25}, vec({1, 1}), 1);
  CHECK((apart[1] - vec({0, 0.75})).norm() < 1e-14);
}

TEST_CASE("The full Hessian is Newton's step where it is positive definite", "[preconditioned]") {
  const auto f = landscape("bowl(kappa=40, rotation=30)");
  for (const char* rate : {"0.3", "1"}) {
    CHECK(distance(path(std::string("newton(lr=") + rate + ")", *f, vec({3, -2}), 5),
                   path(std::string("preconditioned(preconditioner=full, lr=") + rate + ")", *f,
                        vec({3, -2}), 5)) < 1e-13);
  }
}

TEST_CASE("The model is the quadratic that the preconditioned step minimised", "[preconditioned]") {
  for (const char* choice : {"diagonal", "full"}) {
    INFO(choice);
    auto o = optimizer(std::string("preconditioned(lr=0.5, preconditioner=") + choice + ")");
    ObjectiveOracle oracle(kCoupled);
    o->reset(vectorLayout(2));
    CHECK_FALSE(o->predict().model);
    Vector x = vec({5, -7}), g;
    kCoupled.gradient(x, g);
    const Vector from = x;
    o->step(oracle, x, o->lr);
    REQUIRE(o->predict().model);
    // The rate goes half of the way to its centre, and its gradient at the start is f's.
    CHECK((from + 2 * (x - from) - o->predict().model->centre).norm() < 1e-14);
    CHECK((o->predict().model->hessian * (from - o->predict().model->centre) - g).norm() < 1e-13);
    CHECK((o->predict().model->hessian(0, 1) == 0) == (std::string(choice) == "diagonal"));
    CHECK(oracle.counts().gradients == 1);
    CHECK(oracle.counts().products == 2);
    o->reset(vectorLayout(2));
    CHECK_FALSE(o->predict().model);
  }
}

TEST_CASE("Only the full Hessian at full rate squares the error", "[preconditioned]") {
  CHECK(optimizer("preconditioned(preconditioner=full)")->predict().convergenceOrder(1, 1) == 2);
  CHECK(optimizer("preconditioned(preconditioner=full)")->predict().convergenceOrder(1, 0.5) == 1);
  CHECK(optimizer("preconditioned(preconditioner=full)")->predict().convergenceOrder(1e-4, 1) == 1);
  CHECK(optimizer("preconditioned")->predict().convergenceOrder(1, 1) == 1);
}

TEST_CASE("A gradient that is no number ends the preconditioned run", "[preconditioned]") {
  for (const char* choice : {"diagonal", "full"}) {
    auto o = optimizer(std::string("preconditioned(preconditioner=") + choice + ")");
    ObjectiveOracle oracle(kSaddle);
    o->reset(vectorLayout(2));
    Vector x = vec({NAN, 1});
    CHECK(o->step(oracle, x, 1).status == Status::kDiverged);
  }
}
