#include <algorithm>
#include <cmath>

#include "labs/deep_linear/ground.h"
#include "labs/labs.h"
#include "network/training.h"

using namespace descent;

namespace {

const std::string kDeepLinear = "lab=deep-linear&";

// The largest distance of a trace from the closed form that is drawn for it, by its last strength.
double worst(const Session& session, int mode, int subject) {
  const auto at = std::to_string(mode);
  const auto measured = data(session, "sigma" + at + "/" + std::to_string(subject)),
             predicted = data(session, "sigma" + at + "Predicted");
  double most = 0;
  for (std::size_t t = 0; t < measured.size(); ++t) {
    most = std::max(most, std::abs(measured[t] - predicted[t]));
  }
  return most / predicted.back();
}

}  // namespace

TEST_CASE("Every preset of deep linear networks opens and runs to its end", "[deep-linear][long]") {
  checkPresets("deep-linear");
}

TEST_CASE("The first weights of a deep linear network are not its inputs", "[deep-linear]") {
  // The default network: 16 points and 64 units of 32 dimensions.
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    deep_linear::GroundSetup setup;
    setup.points = 16, setup.inputs = 32, setup.outputs = 4, setup.seed = seed;
    const deep_linear::Ground ground = deep_linear::drawGround(setup);
    TrainingSetup training;
    training.architecture.inputs = 32;
    training.architecture.hidden = {64};
    training.architecture.outputs = 4;
    training.architecture.bias = false;
    training.loss = Loss::kSquared;
    auto split = std::make_shared<Split>();
    split->training = {ground.x, {}, ground.y};
    split->inputs = 32;
    split->classes = 0;
    Training<double> network(training, split);
    network.prepare(seed);
    const Vector x = ground.x.reshaped(), w = network.start().head(64 * 32);
    // Of entries drawn apart the correlation is 1/√512 = 0.044 in the mean square, wherever in W₁
    // one looks.
    for (Eigen::Index at = 0; at + x.size() <= w.size(); ++at) {
      const auto part = w.segment(at, x.size());
      CHECK(std::abs(part.dot(x)) < 5 / std::sqrt(512) * part.norm() * x.norm());
    }
  }
}

TEST_CASE("The target is YXᵀ/n, and as it was drawn where the inputs are alike in all directions",
          "[deep-linear]") {
  for (const auto data : {deep_linear::Inputs::kGaussian, deep_linear::Inputs::kOrthonormal,
                          deep_linear::Inputs::kWhitened}) {
    for (const int points : {6, 9, 20}) {
      INFO(static_cast<int>(data) << ", " << points << " points");
      deep_linear::GroundSetup setup;
      setup.points = points, setup.inputs = 9, setup.outputs = 5, setup.data = data;
      setup.labels = deep_linear::Labels::kSpectrum;
      setup.spectrum = {3, 2, 2, 0.5};  // of equals no order and no basis is found again
      const deep_linear::Ground ground = deep_linear::drawGround(setup);
      const auto& [u, v, values] = ground.target;
      const Matrix found = u * values.asDiagonal() * v.transpose();
      CHECK((found - ground.y * ground.x.transpose() / points).norm() < 1e-12);
      CHECK((u.transpose() * u - Matrix::Identity(4, 4)).norm() < 1e-12);
      CHECK((v.transpose() * v - Matrix::Identity(4, 4)).norm() < 1e-12);
      const double c = deep_linear::varianceOf(setup);
      if (c > 0) CHECK(values == c * Eigen::Vector4d(3, 2, 2, 0.5));
      // M itself, by what it makes of inputs that no step sees, and all of V in the span of X.
      if (c == 0) continue;
      CHECK((found / c * ground.heldX - ground.heldY).norm() < 1e-10);
    }
  }
}

TEST_CASE("Deep linear networks seek back and forth to the same numbers", "[deep-linear]") {
  checkSeeks(kDeepLinear +
                 "points=6&inputs=8&outputs=3&layers=10, 10&steps=30&"
                 "runners=sgd(lr=0.5),momentum(lr=0.1)",
             30);
  checkSeeks(kDeepLinear +
                 "points=9&inputs=4&outputs=4&layers=6&data=whitened&labels=spectrum&"
                 "start=pair&strength=0.1&runners=sgd(lr=0.05),sgd(lr=0.05)&steps=40",
             40);
}

TEST_CASE("Independent inputs are fitted with any labels, at every depth", "[deep-linear][long]") {
  for (const char* layers : {"64, 64", "64, 64, 64"}) {
    for (const int seed : {2, 3}) {
      INFO(layers << ", seed " << seed);
      const auto session = ran(
          kDeepLinear + "layers=" + layers + "&seed=" + std::to_string(seed) + "&steps=600", 600);
      CHECK(readingOf(*session, "loss at rest").predicted == 0);
      CHECK(last(*session, "loss/0") < 1e-10);
      CHECK_FALSE(hasChannel(*session, "floor"));
    }
  }
  // As many as dimensions: orthonormal ones, for a Gaussian square is all but singular.
  const auto square =
      ran(kDeepLinear + "points=32&data=orthonormal&runners=sgd(lr=1.6)&steps=400", 400);
  CHECK(readingOf(*square, "loss at rest").predicted == 0);
  CHECK(last(*square, "loss/0") < 1e-10);
}

TEST_CASE("One point in one dimension is told of in the singular", "[deep-linear]") {
  const auto session = ran("lab=deep-linear&points=1&inputs=1&outputs=1&layers=2&steps=2", 2);
  CHECK(session->lab().subtitle() == "1-2-1 without bends, 1 random label");
  CHECK(contains(readingOf(*session, "loss at rest").assumption, "1 point in 1 dimension"));
}

TEST_CASE("A bottleneck and points to spare leave the loss on its floor", "[deep-linear][long]") {
  for (const char* setting :
       {"layers=24, 24&bottleneck=4", "layers=24&bottleneck=1&runners=sgd(lr=0.3)",
        "layers=none&bottleneck=6&runners=sgd(lr=0.4)", "layers=24, 24&points=40",
        "layers=24, 24&points=40&bottleneck=4",
        "layers=24&points=40&data=whitened&runners=sgd(lr=0.05)"}) {
    // Of seed 1 two singular values are so near that one mode is not at rest by then.
    for (const int seed : {3, 7}) {
      INFO(setting << ", seed " << seed);
      const auto session = ran(
          kDeepLinear + "inputs=20&" + setting + "&seed=" + std::to_string(seed) + "&steps=1500",
          1500);
      const Reading r = readingOf(*session, "loss at rest");
      CHECK(r.predicted > 0.01);
      const double apart = std::abs(last(*session, "loss/0") - r.predicted);
      CHECK(apart <= 0.01 * r.predicted);
      CHECK(std::abs(r.residual()) == apart);
      CHECK(r.verdict() != Verdict::kBroken);  // it may still creep
      CHECK(last(*session, "floor") == r.predicted);
      CHECK(last(*session, "gap/0") == apart);
      const auto loss = data(*session, "loss/0");
      CHECK(*std::min_element(loss.begin(), loss.end()) > r.predicted - 1e-12);
    }
  }
}

TEST_CASE("The floor is where a run rests that nothing draws away from it", "[deep-linear]") {
  const std::string small = kDeepLinear + "points=6&inputs=8&outputs=3&layers=10&steps=2000&";
  for (const char* runner : {"sgd(lr=0.3,weightDecay=0.02)", "l2(sgd(lr=0.3),lambda=0.02)",
                             "adamw(lr=0.01)", "decoupled-decay(sgd(lr=0.3))"}) {
    INFO(runner);
    const auto session = ran(small + "runners=" + runner, 200);
    const Reading r = readingOf(*session, "loss at rest");
    CHECK(r.verdict() == Verdict::kPending);
    CHECK(std::isfinite(r.measured));
    CHECK(contains(r.pending, "weight decay moves the rest"));
  }
  const auto session = ran(small + "runners=sgd(lr=0.3)", 3);
  CHECK(readingOf(*session, "loss at rest").predicted == 0);
  CHECK(contains(readingOf(*session, "loss at rest").pending, "not at rest yet"));
  REQUIRE(session->advance(1997));
  CHECK(std::abs(readingOf(*session, "loss at rest").residual()) < 1e-5);
  CHECK(readingOf(*session, "loss at rest").verdict() == Verdict::kHolds);
}

TEST_CASE("On new points random labels stay at chance or above, a linear map is learnt",
          "[deep-linear]") {
  for (const char* setting : {"seed=1", "seed=2", "points=64", "data=orthonormal"}) {
    INFO(setting);
    const auto session = ran(kDeepLinear + setting + "&steps=300", 300);
    const Reading r = readingOf(*session, "held-out loss");
    // Six standard errors of 400 examples.
    CHECK(std::abs(r.residual()) <= 6 * std::sqrt((2 * r.predicted - 1) / (8 * 400)));
    CHECK(r.predicted > 0.5);
    CHECK(last(*session, "heldOut/0") > 0.5);
    CHECK(last(*session, "chance") == 0.5);
  }
  const auto learnt = finished("deep-linear", "aligned");
  CHECK(last(*learnt, "heldOut/0") < 1e-8);
  CHECK_FALSE(hasReading(*learnt, "held-out loss"));
  CHECK_FALSE(hasChannel(*learnt, "chance"));
}

TEST_CASE("Aligned modes follow the closed form, unaligned ones do not", "[deep-linear]") {
  const auto session = finished("deep-linear", "unaligned");
  REQUIRE(session->lab().subjects().size() == 2);
  for (int k = 0; k < 4; ++k) {
    INFO("mode " << k);
    CHECK(worst(*session, k, 0) < 0.05);
    CHECK(worst(*session, k, 1) > 0.2);
  }
  // What descent differs by is foretold, too.
  const Reading aligned = readingOf(*session, "max |σ − flow|", 0),
                unaligned = readingOf(*session, "max |σ − flow|", 1);
  CHECK(aligned.measured == Approx(aligned.predicted).epsilon(0.05));
  CHECK(unaligned.measured > 10 * aligned.predicted);
  CHECK(std::isnan(unaligned.predicted));
  CHECK(std::isnan(readingOf(*session, "σ₁ of the product", 1).predicted));
  CHECK(contains(unaligned.pending, "vectors are random"));
  CHECK(readingOf(*session, "max |σ − recursion|", 0).verdict() == Verdict::kHolds);
  CHECK(std::abs(readingOf(*session, "max |σ − recursion|", 0).residual()) < 1e-12);
  CHECK_FALSE(hasReading(*session, "max |σ − recursion|", 1));
}

TEST_CASE("The closed form is approached in proportion to the rate", "[deep-linear]") {
  const auto at = [](const char* rate, int steps) {
    const std::string text = std::to_string(steps);
    return worst(*ran(kDeepLinear +
                          "points=64&inputs=16&layers=16&data=whitened&labels=spectrum&"
                          "start=aligned&runners=sgd(lr=" +
                          rate + ")&steps=" + text,
                      steps),
                 0, 0);
  };
  const double coarse = at("0.01", 300), fine = at("0.001", 3000);
  CHECK(coarse / fine == Approx(10).epsilon(0.1));
  CHECK(fine < 0.005);
}

TEST_CASE(
    "The closed form holds for random labels, for few orthonormal points and under a schedule",
    "[deep-linear]") {
  const auto check = [](const std::string& setting, int steps) {
    INFO(setting);
    const auto session =
        ran(kDeepLinear + "layers=16&start=aligned&steps=" + std::to_string(steps) + "&" + setting,
            steps);
    for (int k = 0; k < 3; ++k) CHECK(worst(*session, k, 0) < 0.03);
    CHECK(readingOf(*session, "max |σ − recursion|").measured < 1e-12);
    CHECK(last(*session, "sigma0/0") > 10 * 0.002);
  };
  check("points=64&inputs=16&data=whitened&runners=sgd(lr=0.02)", 1500);
  // c = 1/n: the same curve, n times as slow.
  check("points=12&inputs=20&data=orthonormal&labels=spectrum&runners=sgd(lr=0.05)", 2000);
  check("points=64&inputs=16&data=whitened&labels=spectrum&runners=sgd(lr=0.01,schedule=cosine)",
        2000);
}

TEST_CASE("At other depths the modes keep to their recursion, and no closed form is drawn",
          "[deep-linear]") {
  for (const char* layers : {"none", "16, 16", "16, 16, 16"}) {
    INFO(layers);
    const auto session =
        ran(kDeepLinear + "layers=" + layers +
                "&points=64&inputs=16&data=whitened&labels=spectrum&spectrum=2, 1&start=aligned&"
                "strength=0.1&runners=sgd(lr=0.02)&steps=300",
            300);
    CHECK(readingOf(*session, "max |σ − recursion|").measured < 1e-12);
    CHECK_FALSE(hasChannel(*session, "sigma0Predicted"));
    CHECK(last(*session, "sigma0/0") > 1);
  }
}

TEST_CASE("Nothing is predicted of modes where the conditions do not hold", "[deep-linear]") {
  // Inputs that are not whitened, or another optimizer.
  const std::string start = "layers=16&start=aligned&steps=20&";
  for (const char* setting : {"data=gaussian", "data=whitened&runners=adam(lr=0.01)",
                              "data=whitened&runners=sgd(lr=0.01,weightDecay=0.1)"}) {
    INFO(setting);
    const auto session = ran(kDeepLinear + start + setting, 20);
    CHECK_FALSE(hasChannel(*session, "sigma0Predicted"));
    CHECK_FALSE(hasReading(*session, "σ₁"));
    CHECK_FALSE(hasReading(*session, "max |σ − recursion|"));
  }
}

TEST_CASE("Both balanced starts have equal singular values", "[deep-linear]") {
  const auto session = opened(kDeepLinear +
                              "layers=16, 24&data=orthonormal&start=pair&strength=0.3&"
                              "runners=sgd,sgd");
  for (const char* name : {"sigma0/0", "sigma5/0", "sigma0/1", "sigma5/1"}) {
    CHECK(last(*session, name) == Approx(0.3).epsilon(1e-12));
  }
}

TEST_CASE("Too high a rate diverges and says so", "[deep-linear]") {
  const auto session = ran(kDeepLinear + "runners=sgd(lr=30),sgd(lr=0.8)&steps=60", 60);
  CHECK(session->lab().states()[0].status == "diverged");
  const auto step = static_cast<std::size_t>(session->lab().states()[0].step);
  CHECK(step < 60);
  CHECK(allNaN(data(*session, "loss/0"), step + 1));
  CHECK(allNaN(data(*session, "sigma0/0"), step + 1));
  CHECK(session->lab().states()[1].status == "running");
}

TEST_CASE("What cannot be laid out is refused with what is allowed", "[deep-linear]") {
  CHECK(refusal(kDeepLinear + "labels=spectrum&outputs=2") ==
        "deep-linear.spectrum must have at most 2 values, the least of points, inputs and "
        "outputs, got 4, 2, 1, 0.5");
  CHECK(refusal(kDeepLinear + "spectrum=1, -2") ==
        "deep-linear.spectrum, a singular value must be above 0 and at most 1000, got -2");
  CHECK(refusal(kDeepLinear + "layers=8, 99") ==
        "deep-linear.layers, a hidden layer must have 1 to 64 units, got 99");
}
