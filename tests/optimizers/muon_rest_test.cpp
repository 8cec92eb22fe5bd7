// Of a network Muon takes the hidden matrices, another optimizer the rest.
#include "network/architecture.h"
#include "support/objectives.h"

using namespace descent;

namespace {

Layout network() {
  Architecture architecture;
  architecture.hidden = {4, 3};
  return layoutOf(architecture);
}

}  // namespace

TEST_CASE("Muon leaves embedding, head and vectors of a network to AdamW", "[muon]") {
  const Layout layout = network();
  Random random(4);
  const Eigen::Index n = parameterCount(layout);
  const Vector g = random.normalVector(n), start = random.normalVector(n);
  const auto mixed = path("muon(lr=0.1, rest=adamw(lr=0.02))", Linear(g), start, 5, layout).back();
  const auto adamw = path("adamw(lr=0.02)", Linear(g), start, 5, layout).back();
  for (const Block& block : layout) {
    INFO(block.name);
    const auto part = [&](const Vector& x) {
      return Vector(x.segment(block.offset, block.size()));
    };
    if (block.role != Role::kHiddenMatrix) {
      CHECK(part(mixed) == part(adamw));
      continue;
    }
    const Layout alone{{"W", Role::kHiddenMatrix, 0, block.rows, block.cols}};
    CHECK(part(mixed) == path("muon(lr=0.1)", Linear(part(g)), part(start), 5, alone).back());
  }
}

TEST_CASE("The rest follows Muon's schedule at a rate of its own", "[muon]") {
  const Layout layout = network();
  Random random(4);
  const Eigen::Index n = parameterCount(layout);
  const Vector g = random.normalVector(n), start = random.normalVector(n);
  const auto mixed =
      path("muon(lr=0.1, schedule=linear, rest=sgd(lr=0.5))", Linear(g), start, 4, layout).back();
  const auto sgd = path("sgd(lr=0.5, schedule=linear)", Linear(g), start, 4, layout).back();
  CHECK((mixed.segment(0, 8) - sgd.segment(0, 8)).norm() < 1e-14);
}

TEST_CASE("Muon leaves the rest only to what takes one gradient a step", "[muon]") {
  for (const char* rest : {"lbfgs", "armijo", "sam(adamw)", "ema(adamw)", "newton"}) {
    INFO(rest);
    const auto muon =
        catalogue().build<Optimizer>(*parseRecipe(std::string("muon(rest=") + rest + ")"));
    REQUIRE_FALSE(muon);
    CHECK(muon.error().message.find("muon.rest must be an optimizer that takes one gradient") == 0);
  }
}

TEST_CASE("Without hidden matrices Muon takes everything", "[muon]") {
  const Vector g = Vector::LinSpaced(6, -1, 2), start = Vector::Ones(6);
  const auto one = path("muon(lr=0.1, rest=sgd(lr=9))", Linear(g), start, 3).back();
  CHECK(one == path("muon(lr=0.1)", Linear(g), start, 3).back());
}
