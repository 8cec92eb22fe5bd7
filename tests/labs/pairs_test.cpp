// Any optimizer on any landscape and any problem.
#include "core/open.h"

using namespace descent;

namespace {

constexpr int kSteps = 200;

// At its default rate: every run ends somewhere, and one that does not end well says why.
void checkPair(const std::string& ground, const std::string& optimizer) {
  INFO(optimizer << " on " << ground);
  const auto session =
      opened("lab=race&" + ground + "&runners=" + optimizer + "&steps=" + std::to_string(kSteps));
  REQUIRE(session->advance(kSteps));
  const SubjectState state = session->lab().states()[0];
  const auto loss = channel(*session, "loss/0").data;
  REQUIRE(loss.size() == kSteps + 1);
  CHECK((state.status == "running" || state.status == "converged" || state.status == "stopped" ||
         state.status == "diverged"));
  if (state.status == "diverged") {
    CHECK(contains(state.text, "diverged at step " + std::to_string(state.step) + ": "));
  } else {
    CHECK(std::isfinite(loss.back()));
  }
  session->readings();
  session->tables();
}

}  // namespace

TEST_CASE("Any optimizer runs on any landscape for 200 steps", "[race][pairs]") {
  for (const auto& surface : catalogue().entries<Landscape>()) {
    for (const auto& entry : catalogue().entries<Optimizer>()) {
      checkPair("landscape=" + surface.id, entry.id);
    }
  }
}

TEST_CASE("Any optimizer runs on any problem for 200 steps", "[race][pairs]") {
  for (const auto& problem : catalogue().entries<Problem>()) {
    for (const auto& entry : catalogue().entries<Optimizer>()) {
      checkPair("problem=" + problem.id, entry.id);
    }
  }
}
