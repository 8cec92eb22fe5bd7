// The depth lab: what theory says of a start beside networks drawn many times, which depths and
// rates learn, and that what is shown is what was computed.
#include <algorithm>
#include <cmath>
#include <map>

#include "labs/depth/gauge.h"
#include "labs/labs.h"
#include "network/training.h"

using namespace descent;

namespace {

const std::string kDepth = "lab=depth&";

int subjectOf(const Session& session, const std::string& label) {
  const auto subjects = session.lab().subjects();
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (subjects[i].label == label) return static_cast<int>(i);
  }
  FAIL("no network " << label);
  return -1;
}

double lastOf(const Session& session, const std::string& quantity, const std::string& label) {
  return data(session, quantity + "/" + std::to_string(subjectOf(session, label))).back();
}

// Mean and standard error of log(measured/predicted) over 30 starts.
struct Spread {
  double mean, error;
};
Spread spreadOf(const std::string& spec, const std::string& quantity) {
  constexpr int kSeeds = 30;
  double sum = 0, squares = 0;
  for (int seed = 0; seed < kSeeds; ++seed) {
    const auto session = opened(kDepth + spec + "&seed=" + std::to_string(seed));
    const Reading r = readingOf(*session, quantity);
    const double log = std::log(r.measured / r.predicted);
    sum += log / kSeeds;
    squares += log * log / kSeeds;
  }
  return {sum, std::sqrt((squares - sum * sum) / (kSeeds - 1))};
}

// A task's rows by network.
std::map<std::string, std::vector<Row>> rowsOf(Session& session) {
  std::map<std::string, std::vector<Row>> rows;
  for (const Row& row : session.task()->result().rows) {
    rows[std::get<std::string>(row.cells[0])].push_back(row);
  }
  return rows;
}

std::unique_ptr<Session> tasked(const std::string& spec, const std::string& task) {
  auto session = opened(kDepth + spec);
  REQUIRE(session->startTask(task));
  session->task()->advance(1000000);
  REQUIRE(session->task()->done() == session->task()->total());
  return session;
}

}  // namespace

TEST_CASE("Every preset of depth opens and runs to its end", "[depth][long]") {
  checkPresets("depth");
}

TEST_CASE(
    "A plain ReLU network's squares change by the predicted factor, less up to 5/(2m) in the log",
    "[depth]") {
  // A layer of m units multiplies one example's square by a variable of mean 1 and variance 5/m,
  // whose log is −5/(2m) on average; the mean over examples varies less.
  for (const std::string start : {"he", "xavier", "lecun"}) {
    for (const std::string quantity : {"signal's square", "gradient's square"}) {
      INFO(start << ", " << quantity);
      const Spread s =
          spreadOf("depth=8&width=48&residual=off&batchNorm=off&initialisation=" + start, quantity);
      CHECK(s.error < 0.03);
      CHECK(s.mean > -5 / 96.0 - 3 * s.error);
      CHECK(s.mean < 3 * s.error);
    }
  }
}

TEST_CASE("Smooth units follow their recursion", "[depth][long]") {
  for (const std::string spec :
       {"activation=tanh&initialisation=xavier&gain=0.7", "activation=tanh&initialisation=lecun",
        "activation=sigmoid&initialisation=xavier", "activation=gelu&initialisation=he"}) {
    for (const std::string quantity : {"signal's square", "gradient's square"}) {
      INFO(spec << ", " << quantity);
      const Spread s = spreadOf("depth=8&width=48&residual=off&batchNorm=off&" + spec, quantity);
      CHECK(std::abs(s.mean) < 3 * s.error + 0.01);
    }
  }
}

TEST_CASE("Residual streams and branches grow as predicted", "[depth][long]") {
  for (const std::string spec : {"branch=root", "branch=whole", "activation=tanh&branch=whole",
                                 "data=random-labels(inputs=48)"}) {
    for (const std::string quantity : {"signal's square", "gradient's square", "branch over"}) {
      INFO(spec << ", " << quantity);
      const Spread s = spreadOf("width=48&depth=8&plain=off&batchNorm=off&" + spec, quantity);
      CHECK(std::abs(s.mean) < 3 * s.error + 0.01);
    }
  }
}

TEST_CASE("Under batch norm the gradient explodes by π/(π − 1), with shortcuts hardly", "[depth]") {
  // Inputs in many directions, so that the units' variances over the batch are alike.
  const std::string ground = "data=random-labels(inputs=64)&size=400&noise=0&width=64&plain=off&";
  const Spread alone = spreadOf(ground + "depth=4&residual=off", "gradient's square");
  CHECK(std::abs(alone.mean) < 3 * alone.error + 0.01);
  const Spread both =
      spreadOf(ground + "depth=8&residual=off&batchNorm=off&both=on", "gradient's square");
  CHECK(std::abs(both.mean) < 3 * both.error + 0.01);
  const Spread branch =
      spreadOf(ground + "depth=8&residual=off&batchNorm=off&both=on", "branch over");
  CHECK(std::abs(branch.mean) < 3 * branch.error + 0.01);
  const auto session = opened(kDepth + ground + "depth=4&residual=off");
  CHECK(readingOf(*session, "gradient's square").predicted == Approx(1.46694).epsilon(1e-5));
}

TEST_CASE("Where examples resemble each other batch norm's back-gain is not predicted", "[depth]") {
  // Points of the plane differ in two directions at first: at any width gradients explode faster
  // than by π/(π − 1) = 1.467, the limit for examples that differ in many.
  double mean = 0;
  for (int seed = 0; seed < 4; ++seed) {
    const auto session = opened(
        kDepth + "width=48&depth=6&plain=off&residual=off&both=on&seed=" + std::to_string(seed));
    for (const char* network : {"batch norm", "both"}) {
      const Reading r = readingOf(*session, "gradient's square", subjectOf(*session, network));
      CHECK(std::isnan(r.predicted));
      CHECK(r.verdict() == Verdict::kPending);
      CHECK(contains(r.pending, "directions and more in every layer"));
      CHECK_FALSE(hasChannel(*session,
                             "backwardPredicted/" + std::to_string(subjectOf(*session, network))));
    }
    mean += readingOf(*session, "gradient's square").measured / 4;
    // What goes forward has no such condition.
    CHECK(std::abs(readingOf(*session, "signal's square").residual()) < 0.1);
  }
  CHECK(mean > 1.6);
  // A dozen directions are few as well: tanh's gradients explode by a twentieth more than the limit
  // for many, 1.178.
  const auto dozen = opened(
      kDepth +
      "data=random-labels(inputs=16)&size=400&noise=0&width=64&depth=4&plain=off&residual=off&"
      "activation=tanh");
  CHECK(std::isnan(readingOf(*dozen, "gradient's square").predicted));
  CHECK(contains(readingOf(*dozen, "gradient's square").pending, "differ in 25 directions"));
  const auto plain = opened(kDepth + "batchNorm=off");
  CHECK(std::isfinite(readingOf(*plain, "gradient's square").predicted));
  CHECK(hasChannel(*plain, "backwardPredicted/0"));
}

TEST_CASE("Layer by layer: what is measured is what the network computes", "[depth]") {
  const auto session = opened(kDepth +
                              "depth=2&width=3&activation=identity&residual=off&batchNorm=off&"
                              "size=20&noise=0.2&seed=4");
  // The same network by explicit products.
  TrainingSetup setup;
  setup.architecture.hidden = {3, 3};
  setup.architecture.activation = Activation::kIdentity;
  setup.initialisation.kind = Initialiser::kHe;
  const auto circles = catalogue().build<Dataset>(*parseRecipe("circles"));
  REQUIRE(circles);
  const auto split = std::make_shared<const Split>(drawSplit(**circles, 20, 0.2, {0, 0}, 4));
  Training<double> training(setup, split);
  training.prepare(4);
  const Vector theta = training.start();
  const Matrix w1 = theta.segment(0, 6).reshaped(3, 2), w2 = theta.segment(9, 9).reshaped(3, 3);
  const Eigen::RowVectorXd w3 = theta.segment(21, 3).transpose();
  const Matrix a1 = w1 * split->training.inputs, a2 = w2 * a1;
  const Eigen::RowVectorXd f = w3 * a2;
  Eigen::RowVectorXd d(20);
  double loss = 0, right = 0;
  for (int j = 0; j < 20; ++j) {
    const double y = split->training.labels[static_cast<std::size_t>(j)] == 1 ? 1 : -1;
    d[j] = -y / (1 + std::exp(y * f[j]));
    loss += std::log1p(std::exp(-y * f[j])) / 20;
    right += (f[j] > 0) == (y > 0);
  }
  const Matrix d2 = w3.transpose() * d, d1 = w2.transpose() * d2;
  const auto rms = [](const Matrix& m) { return std::sqrt(m.squaredNorm() / double(m.size())); };
  const auto norm = [](const Matrix& delta, const Matrix& below) {
    const double w = (delta * below.transpose() / 20).squaredNorm();
    return std::sqrt(w + (delta.rowwise().sum() / 20).squaredNorm());
  };
  const auto check = [&](const char* channel, std::vector<double> expected) {
    INFO(channel);
    const auto values = data(*session, channel);
    REQUIRE(values.size() == expected.size());
    for (std::size_t l = 0; l < values.size(); ++l) {
      CHECK(values[l] == Approx(expected[l]).epsilon(1e-10));
    }
  };
  check("loss/0", {loss});
  check("accuracy/0", {right / 20});
  check("signals/0", {rms(a1), rms(a2)});
  check("backward/0", {rms(d1), rms(d2)});
  const std::vector<double> gradients = {norm(d1, split->training.inputs), norm(d2, a1),
                                         norm(d, a2)};
  check("gradients/0", gradients);
  check("gradientsAtStart/0", gradients);
  check("gradient/0", {std::hypot(gradients[0], gradients[1], gradients[2])});
  check("ratio/0", {gradients[0] / gradients[1]});

  // Of the first layer's covariance over the examples, by its eigenvalues: (Σ v)²/Σ v².
  depth::Gauge gauge(training);
  gauge.measure(training, theta);
  const Matrix centred = a1.colwise() - a1.rowwise().mean();
  const Vector v =
      Eigen::SelfAdjointEigenSolver<Matrix>(centred * centred.transpose()).eigenvalues();
  CHECK(gauge.directions() == Approx(v.sum() * v.sum() / v.squaredNorm()).epsilon(1e-10));
  CHECK(gauge.directions() < 2 + 1e-9);  // three units of points of the plane
}

TEST_CASE("The branch is measured over the shortcut that it is added to", "[depth]") {
  // With zero weights every branch of a sigmoid is ½ of each unit, and what it adds to is 0 in the
  // first block, ½ s in the second, s in the third.
  const auto session = opened(kDepth +
                              "depth=3&activation=sigmoid&initialisation=zeros&plain=off&"
                              "batchNorm=off&branch=root");
  const auto branches = data(*session, "branches/0"),
             predicted = data(*session, "branchesPredicted/0");
  CHECK(std::isinf(branches[0]));
  CHECK(branches[1] == Approx(1).epsilon(1e-12));
  CHECK(branches[2] == Approx(0.5).epsilon(1e-12));
  CHECK(predicted[1] == Approx(1).epsilon(1e-9));
  CHECK(predicted[2] == Approx(0.5).epsilon(1e-9));
  CHECK(data(*session, "signals/0")[2] == Approx(1.5 / std::sqrt(3.0)).epsilon(1e-12));
}

TEST_CASE("Where gradients vanish each layer halves their square", "[depth]") {
  const auto session = opened(presetOf("depth", "vanishing"));
  const auto backward = data(*session, "backward/0");
  CHECK(backward.front() / backward.back() < 1e-4);
  CHECK(readingOf(*session, "gradient's square", 0).predicted == Approx(0.489).epsilon(1e-3));
  CHECK(std::abs(readingOf(*session, "gradient's square", 0).residual()) < 0.1);
}

TEST_CASE("One network in twenty scatters further than its reading allows, and none by far",
          "[depth][long]") {
  for (const std::string spec :
       {"depth=8&width=16", "depth=32&width=16", "depth=8&width=48&branch=whole",
        "depth=32&activation=tanh&initialisation=xavier&gain=0.7&branch=whole",
        "depth=16&activation=sigmoid&initialisation=xavier"}) {
    int judged = 0, broken = 0;
    for (int seed = 0; seed < 20; ++seed) {
      const auto session = opened(kDepth + spec + "&both=on&seed=" + std::to_string(seed));
      for (const Reading& r : session->readings()) {
        if (r.verdict() == Verdict::kPending) continue;
        ++judged;
        broken += r.verdict() == Verdict::kBroken;
        INFO(spec << ", seed " << seed << ", " << r.quantity << " of " << r.subject << ": "
                  << r.predicted << ", " << r.measured << " ± " << r.tolerance);
        CHECK(std::abs(r.residual()) < 2 * r.tolerance);
      }
    }
    INFO(spec << ": " << broken << " of " << judged);
    CHECK(judged > 100);
    CHECK(broken <= judged / 20);
  }
}

TEST_CASE("A network that multiplies rounding says by which step, and no other does", "[depth]") {
  // One that does not stays within 10⁻⁹ of itself when the noise of the data is a part in 10¹³
  // larger; one that does has left by step 25.
  std::map<std::string, int> said;
  for (const std::string preset : {"three", "vanishing", "rates"}) {
    const std::string spec = presetOf("depth", preset);
    const auto session = ran(spec, 25), near = ran(spec + "&noise=0.10000000000001", 25);
    const auto readings = session->readings();
    for (int i = 0; i < static_cast<int>(session->lab().subjects().size()); ++i) {
      INFO(preset << ", network " << i);
      const auto says = std::find_if(readings.begin(), readings.end(), [i](const Reading& r) {
        return r.subject == i && r.quantity == "step by which a rounding has grown to 10⁻¹⁰";
      });
      const std::string loss = "loss/" + std::to_string(i);
      CHECK((says != readings.end()) ==
            (std::abs(last(*session, loss) - last(*near, loss)) > 1e-9));
      if (says == readings.end()) continue;
      ++said[preset];
      CHECK(says->measured >= 2);
      CHECK(says->measured <= 15);
    }
  }
  CHECK(said == std::map<std::string, int>{{"three", 1}, {"vanishing", 1}});
}

TEST_CASE("A ReLU layer halves the square from Xavier's start and keeps it from He's", "[depth]") {
  const auto factor = [](const std::string& preset) {
    return readingOf(*opened(presetOf("depth", preset)), "signal's square").predicted;
  };
  CHECK(factor("xavier") == Approx(0.5).epsilon(1e-9));
  CHECK(factor("he") == Approx(1).epsilon(1e-9));
}

TEST_CASE("Branches at full size double the gradient's square a block and diverge", "[depth]") {
  const auto session = finished("depth", "whole");
  const int residual = subjectOf(*session, "residual");
  const auto state = session->lab().states()[static_cast<std::size_t>(residual)];
  CHECK(state.status == "diverged");
  CHECK(state.step <= 5);
  CHECK(readingOf(*session, "gradient's square", residual).predicted == Approx(2).epsilon(1e-9));
  const auto loss = data(*session, "loss/" + std::to_string(residual));
  CHECK(allNaN(loss, static_cast<std::size_t>(state.step) + 1));
  CHECK(std::isfinite(loss[0]));
}

TEST_CASE("Batch norm bears larger rates", "[depth]") {
  const auto session = tasked("depth=8&residual=off&optimizer=sgd(lr=1)&steps=150", "rates");
  CHECK(contains(presetOf("depth", "rates"), "depth=8&residual=off&optimizer=sgd(lr=1)&steps=150"));
  const auto rows = rowsOf(*session);
  REQUIRE(rows.at("plain").size() == 21);
  REQUIRE(rows.at("batch norm").size() == 21);
  const auto limit = [&](const char* network) { return number(rows.at(network).back(), 6); };
  CHECK(limit("batch norm") > 2 * limit("plain"));
  // And it learns at more of them.
  const auto learnt = [&](const char* network) {
    int n = 0;
    for (const Row& row : rows.at(network)) n += number(row, 2) < 0.5;
    return n;
  };
  CHECK(learnt("batch norm") >= learnt("plain") + 5);
  CHECK(session->task()->settings().empty());
}

TEST_CASE("The limit of the rates is the last before one that is unstable", "[depth]") {
  const auto session = tasked("depth=4&width=6&residual=off&batchNorm=off&steps=30", "rates");
  double limit = NAN;
  bool stable = true;
  int failed = 0;
  const auto rows = rowsOf(*session);
  for (const Row& row : rows.at("plain")) {
    const bool ran = text(row, 3) == "ran";
    stable = stable && ran;
    if (stable) limit = number(row, 1);
    CHECK(std::isnan(number(row, 2)) == !ran);
    CHECK(text(row, 5).empty() == ran);
    CHECK((number(row, 6) == limit || (std::isnan(limit) && std::isnan(number(row, 6)))));
    failed += !ran;
  }
  CHECK(failed > 0);
  CHECK(limit > 0.1);
}

TEST_CASE("A run of a task is the lab's run with that setting", "[depth]") {
  const std::string ground = "width=6&steps=25&both=on&";
  const auto rates = tasked(ground + "depth=4", "rates");
  const auto depths = tasked(ground + "depth=4", "depths");
  const auto gains = tasked(ground + "depth=4&gain=0.5", "gains");
  const auto check = [&](Session& tasks, std::size_t row, const std::string& spec) {
    const auto straight = ran(kDepth + ground + spec, 25);
    for (const auto& [network, rows] : rowsOf(tasks)) {
      INFO(network << ", " << spec);
      CHECK(number(rows[row], 2) == Approx(lastOf(*straight, "loss", network)).epsilon(1e-9));
      CHECK(number(rows[row], 4) == lastOf(*straight, "accuracy", network));
    }
  };
  check(*rates, 8, "depth=4&optimizer=sgd(lr=0.01)");
  check(*depths, 1, "depth=4");
  check(*depths, 2, "depth=8");
  check(*gains, 2, "depth=4&gain=0.25");
  CHECK(rowsOf(*depths).at("plain").size() == 6);
  CHECK(rowsOf(*gains).at("both").size() == 9);
  CHECK(depths->task()->result().columns.size() == 6);
}

TEST_CASE("Deeper plain networks learn less, residual ones hardly", "[depth]") {
  const auto session = tasked("batchNorm=off&steps=100&optimizer=sgd(lr=0.1)", "depths");
  const auto rows = rowsOf(*session);
  CHECK(number(rows.at("plain")[1], 2) < 0.4);   // 4 layers
  CHECK(number(rows.at("plain")[5], 2) > 0.69);  // 64
  CHECK(number(rows.at("residual")[5], 2) < 0.5);
}

TEST_CASE("The slice is the loss after one step of gradient descent", "[depth]") {
  const std::string ground = "depth=4&width=6&steps=20&batch=0&";
  const auto session = tasked(ground, "slice");
  for (const auto& [network, rows] : rowsOf(*session)) {
    REQUIRE(rows.size() == 49);
    for (const std::size_t i : {0u, 16u, 24u, 32u}) {
      const auto one =
          ran(kDepth + ground + "optimizer=sgd(lr=" + print(number(rows[i], 1)) + ")", 1);
      CHECK(number(rows[i], 2) == Approx(lastOf(*one, "loss", network)).epsilon(1e-9));
    }
  }
  const Table table = session->task()->result();
  CHECK(table.columns.size() == 3);
}

TEST_CASE("The surface has every network in the middle of its own plane", "[depth]") {
  const auto session = tasked("depth=3&width=4&steps=20", "surface");
  const Table heights = session->task()->result();
  REQUIRE(heights.rows.size() == 3);
  for (int network = 0; network < 3; ++network) {
    const Row& row = heights.rows[static_cast<std::size_t>(network)];
    INFO(text(row, 0));
    const auto surface = session->readTask("surface(" + std::to_string(network) + ")");
    REQUIRE(surface);
    REQUIRE(surface->shape == std::vector<int>{31, 31});
    const double loss = lastOf(*session, "loss", text(row, 0));
    CHECK(surface->data[15 * 31 + 15] == Approx(loss));
    CHECK(number(row, 1) == Approx(loss));
    auto losses = surface->data;
    std::sort(losses.begin(), losses.end());
    CHECK(number(row, 2) == losses[480]);
    CHECK(number(row, 3) == losses[960]);
  }
}

TEST_CASE("With batch norm the loss stays lower over half of the plane", "[depth][long]") {
  for (const int seed : {0, 1, 2}) {
    INFO("seed " << seed);
    const auto session = opened(kDepth + "residual=off&seed=" + std::to_string(seed));
    REQUIRE(session->advance(200));
    REQUIRE(session->startTask("surface"));
    session->task()->advance(1000);
    const auto rows = rowsOf(*session);
    const auto median = [&](const std::string& label) { return number(rows.at(label)[0], 2); };
    CHECK(median("batch norm") < 0.6 * median("plain"));
  }
}

TEST_CASE("Tasks advance by units and tell how far they are", "[depth]") {
  const auto session = opened(kDepth + "depth=2&width=2&residual=off&steps=10");
  REQUIRE(session->startTask("depths"));
  Task& task = *session->task();
  CHECK(task.total() == 2 * 6 * 3);  // networks, depths, slices of four steps
  task.advance(4);
  CHECK(task.done() == 4);
  CHECK(task.result().rows.size() == 1);
  task.advance(1000);
  CHECK(task.done() == task.total());
  CHECK_FALSE(session->startTask("tune"));
  // What has no rate is not swept over rates.
  const auto armijo = opened(kDepth + "depth=2&optimizer=armijo");
  CHECK_FALSE(armijo->startTask("rates"));
  CHECK(armijo->startTask("gains"));
}

TEST_CASE("Networks are told apart by name and style, and each has its channels", "[depth]") {
  const auto session = opened(kDepth + "both=on&depth=3&validation=0.2");
  const auto subjects = session->lab().subjects();
  REQUIRE(subjects.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(subjects[i].label != subjects[j].label);
      CHECK(subjects[i].style.hue != subjects[j].style.hue);
      CHECK(subjects[i].style.slot != subjects[j].style.slot);
    }
  }
  CHECK(hasChannel(*session, "validation/3"));
  CHECK_FALSE(hasChannel(*session, "branches/0"));
  CHECK(hasChannel(*session, "branches/1"));
  CHECK_FALSE(hasChannel(*session, "branches/2"));
  CHECK(data(*session, "gradients/3").size() == 4);
  CHECK(data(*session, "signals/3").size() == 3);
  const auto regression = opened(kDepth + "data=waves&loss=squared&depth=2");
  CHECK_FALSE(hasChannel(*regression, "accuracy/0"));
  CHECK_FALSE(hasChannel(*regression, "validation/0"));
  CHECK(session->lab().subtitle() == "3 layers of 16 relu, sgd(lr=0.1) on circles");
  const Table table = session->tables().at(0);
  REQUIRE(table.rows.size() == 4);
  CHECK(std::get<double>(table.rows[0].cells[3]) == data(*session, "gradients/0")[0]);
}

TEST_CASE("The rate of all networks may be turned while they train", "[depth]") {
  const std::string ground = kDepth + "depth=3&width=5&steps=40&";
  const auto turned = ran(ground + "optimizer=sgd(lr=0.1)", 10);
  REQUIRE(turned->set("optimizer", "sgd(lr=0)").error().message.size() > 0);
  REQUIRE(turned->set("optimizer", "sgd(lr=0.01)"));
  CHECK(turned->step() == 10);
  REQUIRE(turned->advance(1));
  const auto straight = ran(ground + "optimizer=sgd(lr=0.1)", 11);
  for (const char* loss : {"loss/0", "loss/1", "loss/2"}) {
    CHECK(data(*turned, loss)[10] == data(*straight, loss)[10]);
    CHECK(data(*turned, loss)[11] != data(*straight, loss)[11]);
  }
  CHECK(turned->lab().subjects()[1].label == "residual");
  // Another optimizer is another run.
  REQUIRE(turned->set("optimizer", "adam"));
  CHECK(turned->step() == 0);
  REQUIRE(turned->advance(2));
  REQUIRE(turned->set("depth", "5"));
  CHECK(turned->step() == 0);
}

TEST_CASE("A sought run of depth shows the same numbers", "[depth]") {
  checkSeeks(kDepth + "depth=3&width=5&steps=30&both=on", 30);
  checkSeeks(kDepth + "depth=2&width=4&steps=30&optimizer=lookahead(adam)&validation=0.3", 30);
}

TEST_CASE("Bad knobs of depth are refused", "[depth]") {
  CHECK(contains(refusal(kDepth + "depth=1"),
                 "depth.depth must be a whole number in [2, 64], got 1"));
  CHECK(contains(refusal(kDepth + "depth=65"), "depth.depth must be"));
  CHECK(contains(refusal(kDepth + "width=0"), "depth.width must be"));
  CHECK(contains(refusal(kDepth + "optimizer=sdg"), "did you mean sgd?"));
  CHECK(contains(refusal(kDepth + "branch=half"), "depth.branch must be one of whole, root"));
  CHECK(refusal(kDepth + "plain=off&residual=off&batchNorm=off") ==
        "depth needs a network: one of plain, residual, batchNorm and both must be on");
  CHECK(refusal(kDepth + "data=waves") ==
        "depth.loss must be squared where waves gives numbers to predict, got logistic");
}

TEST_CASE("An infinite gradient is divergence, and a ratio over none is no number", "[depth]") {
  const auto session = ran("lab=depth&depth=3&optimizer=radam(lr=1000)", 40);
  const auto states = session->lab().states();
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::string at = "/" + std::to_string(i);
    INFO(states[i].text);
    const auto gradient = data(*session, "gradient" + at);
    for (std::size_t t = 0; t < gradient.size(); ++t) {
      CHECK((!std::isinf(gradient[t]) || static_cast<int>(t) == states[i].step));
    }
    for (const double ratio : data(*session, "ratio" + at)) CHECK_FALSE(std::isinf(ratio));
    if (states[i].status == "diverged") {
      CHECK(contains(states[i].text, "left the finite numbers"));
      CHECK(allNaN(gradient, static_cast<std::size_t>(states[i].step) + 1));
    }
  }
  CHECK(states[1].status == "diverged");
}

TEST_CASE("Batch norm over one example is refused in the depth lab, too", "[depth]") {
  CHECK(contains(refusal("lab=depth&depth=2&width=3&batch=1"), "depth.batch must be at least 2"));
  opened("lab=depth&depth=2&width=3&batch=1&batchNorm=off");
}
