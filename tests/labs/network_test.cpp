#include "labs/network/network.h"

#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kNetwork = "lab=network&";
const std::string kSmallNet = kNetwork + "data=moons&size=40&layers=6, 4&batch=8&epochs=30&";

const Table& tableOf(const std::vector<Table>& tables, const std::string& title) {
  for (const Table& table : tables) {
    if (table.title.rfind(title, 0) == 0) return table;
  }
  FAIL("no table " << title);
  return tables.front();
}

}  // namespace

TEST_CASE("Every preset of the network opens and runs to its end", "[network][long]") {
  checkPresets("network");
}

TEST_CASE("A network sought back and forth shows what it showed", "[network]") {
  checkSeeks(kSmallNet + "runners=adam(lr=0.02),momentum", 12);
  checkSeeks(kSmallNet + "batchNorm=on&residual=on&dropout=0.2&runners=muon(lr=0.02)", 9);
}

TEST_CASE("Every optimizer trains every kind of network without leaving the finite numbers",
          "[network]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    for (const char* kind : {"", "batchNorm=on&", "residual=on&", "dropout=0.3&"}) {
      const auto session = ran(kSmallNet + kind + "runners=" + entry.id, 3);
      INFO(entry.id << " " << kind);
      const auto state = session->lab().states()[0];
      // A default rate may be far too large for a network; it is then said.
      CHECK((std::isfinite(last(*session, "loss/0")) || state.status == "diverged"));
      CHECK((state.status != "diverged" || !state.text.empty()));
    }
  }
}

TEST_CASE("Runners begin at the same weights and see the same batches", "[network]") {
  const auto session = ran(kSmallNet + "runners=sgd(lr=0.1),sgd(lr=0.1)", 10);
  CHECK(sameBits(data(*session, "loss/0"), data(*session, "loss/1")));
  CHECK(sameBits(data(*session, "validation/0"), data(*session, "validation/1")));
  const auto other = ran(kSmallNet + "seed=8&runners=sgd(lr=0.1)", 10);
  CHECK_FALSE(sameBits(data(*session, "loss/0"), data(*other, "loss/0")));
}

TEST_CASE("Circles are learnt", "[network]") {
  const auto session = ran(kNetwork, 200);
  CHECK(last(*session, "accuracy/0") > 0.97);
  CHECK(last(*session, "validationAccuracy/0") > 0.9);
  CHECK(last(*session, "loss/0") < 0.1);
}

TEST_CASE("With all weights zero only the head's bias learns", "[network]") {
  const auto session = ran(kNetwork + "initialisation=zeros&batch=0&runners=sgd", 50);
  const auto layers = channel(*session, "layers(0)");
  REQUIRE(layers.shape == std::vector<int>{3, 3});
  CHECK(layers.data[2] == 0);
  CHECK(layers.data[5] == 0);
  const Reading r = readingOf(*session, "loss at the start", -1);
  CHECK(r.measured == Approx(r.predicted).epsilon(1e-6));
  CHECK(r.source == "by chance");
  CHECK(r.verdict() == Verdict::kBaseline);
}

TEST_CASE("Early stopping takes the best weights back and says so", "[network]") {
  const std::string spec = kNetwork +
                           "data=moons&size=40&noise=0.5&validation=0.5&layers=24, 24&epochs=400&"
                           "runners=adam(lr=0.03)&patience=20";
  const auto session = ran(spec, 400);
  const auto state = session->lab().states()[0];
  REQUIRE(state.status == "stopped");
  CHECK(contains(state.text, "stopped in epoch " + std::to_string(state.step) + " (update "));
  CHECK(contains(state.text, "early, since the validation loss was least"));
  CHECK(state.step < 400);
  CHECK(session->isDone());
}

TEST_CASE("What is taken back is what was best, also of optimizers with slow weights",
          "[network]") {
  for (const char* recipe :
       {"adam(lr=0.03)", "lookahead(adam(lr=0.03))", "ema(adam(lr=0.03))", "swa(adam(lr=0.03))"}) {
    INFO(recipe);
    const auto session = ran(kNetwork +
                                 "data=moons&size=80&noise=0.6&validation=0.5&layers=16, 16&"
                                 "epochs=300&patience=15&runners=" +
                                 recipe,
                             300);
    const auto losses = data(*session, "validation/0");
    const auto state = session->lab().states()[0];
    REQUIRE(state.status == "stopped");
    const auto stop = static_cast<std::ptrdiff_t>(state.step);
    const double least = *std::min_element(losses.begin(), losses.begin() + stop + 1);
    CHECK(losses.back() == least);
    CHECK(losses[static_cast<std::size_t>(stop)] > least);
  }
}

TEST_CASE("What would take the whole Hessian of a large network is refused", "[network]") {
  CHECK(contains(refusal(kNetwork + "layers=32, 32&runners=newton"),
                 "newton takes the whole Hessian"));
  CHECK(
      contains(refusal(kNetwork + "layers=32, 32&runners=sam(newton)"), "at most 300 parameters"));
  CHECK(opened(kNetwork + "layers=4&runners=newton"));
  CHECK(opened(kNetwork + "layers=32, 32&runners=newton-cg,lbfgs,sophia,shampoo"));
}

TEST_CASE("Label noise of a share flips exactly that share, and never the validation labels",
          "[network]") {
  const auto plain = ran(kNetwork + "size=200&validation=0.5&noise=0", 0);
  const auto noisy = ran(kNetwork + "size=200&validation=0.5&noise=0&flipped=0.2", 0);
  const auto a = channel(*plain, "points").data, b = channel(*noisy, "points").data;
  REQUIRE(a.size() == b.size());
  int training = 0, validation = 0;
  for (std::size_t i = 0; i < a.size(); i += 4) {
    (a[i + 3] == 0 ? training : validation) += a[i + 2] != b[i + 2];
  }
  CHECK(training == 20);
  CHECK(validation == 0);
}

TEST_CASE("The surface is the network's output, the units what its layers give", "[network]") {
  const auto session = ran(kSmallNet + "runners=adam", 5);
  const auto units = channel(*session, "units(0, -1, 1, -1, 1, 5, 3)");
  const auto surface = channel(*session, "surface(0, -1, 1, -1, 1, 5, 3)");
  REQUIRE(units.shape == std::vector<int>{10, 3, 5});
  REQUIRE(surface.shape == std::vector<int>{1, 3, 5});
  // The head on the last layer's units, W from the channel and b from what is left.
  const auto weights = channel(*session, "weights(0, 3)");
  REQUIRE(weights.shape == std::vector<int>{1, 4});
  double bias = 0;
  for (std::size_t at = 0; at < 15; ++at) {
    double sum = 0;
    for (std::size_t k = 0; k < 4; ++k) sum += weights.data[k] * units.data[(6 + k) * 15 + at];
    if (at == 0) bias = surface.data[at] - sum;
    CHECK(surface.data[at] - sum == Approx(bias).margin(1e-5));
  }
  CHECK(channel(*session, "seen(0, 1)").shape == std::vector<int>{40, 2});
  CHECK(channel(*session, "activations(0, 2)").shape == std::vector<int>{4, 30});
  CHECK(channel(*session, "network").data == std::vector<double>{2, 2});
  CHECK(channel(*session, "widths").data == std::vector<double>{6, 4, 1});
}

TEST_CASE("What a network decides: how far a class is ahead, and its probability", "[network]") {
  const std::string grid = "(0, -1, 1, -1, 1, 5, 3)";
  const auto check = [&](const std::string& loss, const auto& probabilityOf) {
    INFO(loss);
    const auto session = ran(kSmallNet + "loss=" + loss, 5);
    const auto f = channel(*session, "surface" + grid).data;
    const auto decision = channel(*session, "decision" + grid);
    REQUIRE(decision.shape == std::vector<int>{2, 1, 3, 5});
    for (std::size_t at = 0; at < 15; ++at) {
      const double lead = f.size() == 15 ? f[at] : f[15 + at] - f[at];
      CHECK(decision.data[at] == lead);
      CHECK(decision.data[15 + at] == Approx(probabilityOf(lead)).epsilon(1e-14));
    }
  };
  const auto sigmoid = [](double lead) { return 1 / (1 + std::exp(-lead)); };
  const auto clipped = [](double lead) { return std::min(1.0, std::max(0.0, (1 + lead) / 2)); };
  check("logistic", sigmoid);
  check("softmax", sigmoid);
  check("hinge", clipped);
  check("squared", clipped);

  const auto three = ran(kNetwork + "data=gaussians(classes=3)&size=60&loss=softmax&layers=4", 5);
  const auto f = channel(*three, "surface" + grid).data;
  const auto decision = channel(*three, "decision" + grid);
  REQUIRE(decision.shape == std::vector<int>{2, 3, 3, 5});
  for (std::size_t at = 0; at < 15; ++at) {
    const double e[] = {std::exp(f[at]), std::exp(f[15 + at]), std::exp(f[30 + at])};
    for (std::size_t c = 0; c < 3; ++c) {
      const double others = std::max(f[15 * ((c + 1) % 3) + at], f[15 * ((c + 2) % 3) + at]);
      CHECK(decision.data[15 * c + at] == f[15 * c + at] - others);
      CHECK(decision.data[15 * (3 + c) + at] == Approx(e[c] / (e[0] + e[1] + e[2])).epsilon(1e-12));
    }
  }
  CHECK_FALSE(hasChannel(*opened(kNetwork + "data=waves&loss=squared"), "decision"));
}

TEST_CASE("A first step is as long as its optimizer says, or why not is said", "[network]") {
  const auto step = [](const std::string& runner) {
    return readingOf(*ran(kSmallNet + "runners=" + runner, 2), "first step");
  };
  for (const char* runner : {"sgd(lr=0.1)", "adam(lr=0.02)", "signsgd", "momentum(lr=0.05)"}) {
    INFO(runner);
    CHECK(step(runner).verdict() == Verdict::kHolds);
  }
  const Reading guarded = step("adam(lr=0.02, epsilon=0.1)");
  CHECK(guarded.verdict() == Verdict::kPending);
  CHECK(contains(guarded.pending, "ε changes it by"));
}

TEST_CASE("What cannot be read of a network is refused by name", "[network]") {
  const auto session = ran(kSmallNet, 0);
  const std::pair<const char*, const char*> cases[] = {
      {"surface(0)", "surface(runner, x0, x1, y0, y1, nx, ny) takes 7 numbers"},
      {"surface(1, 0, 1, 0, 1, 9, 9)", "runner of surface"},
      {"weights(0, 4)", "layer of weights(runner, layer) must be a whole number in [1, 3], got 4"},
      {"weights(0)", "takes 2 numbers"},
      {"seen(0, 0)", "layer of seen"},
      {"layers(3)", "runner of layers"},
      {"units(0,0,1,0,1,9999,9999)", "units takes a grid"}};
  for (const auto& [call, message] : cases) {
    INFO(call);
    const auto array = session->read(call);
    REQUIRE_FALSE(array);
    CHECK(contains(array.error().message, message));
  }
}

TEST_CASE("A network that cannot be is refused by name, value and range", "[network]") {
  CHECK(contains(refusal(kNetwork + "layers=8, 65"), "1 to 64 units, got 65"));
  CHECK(contains(refusal(kNetwork + "layers=1,1,1,1,1,1,1"), "at most 6 hidden layers, got 7"));
  CHECK(contains(refusal(kNetwork + "layers=8,,8"), "1 to 64 units, got nothing"));
  CHECK(contains(refusal(kNetwork + "data=waves"), "network.loss must be squared"));
  CHECK(contains(refusal(kNetwork + "data=nowhere"), "unknown data set 'nowhere'"));
  CHECK(contains(refusal(kNetwork + "dropout=1"), "network.dropout must be in [0, 0.95], got 1"));
  CHECK(contains(refusal(kNetwork + "patience=5&validation=0"), "network.patience"));
}

TEST_CASE("A run that diverges says in which epoch and update", "[network]") {
  const auto session = ran(kNetwork +
                               "loss=squared&activation=identity&layers=8, 8&batch=0&"
                               "runners=sgd(lr=900)",
                           60);
  const auto state = session->lab().states()[0];
  CHECK(state.status == "diverged");
  CHECK(contains(state.text, "diverged in epoch " + std::to_string(state.step) + " (update "));
  CHECK(allNaN(data(*session, "loss/0"), static_cast<std::size_t>(state.step) + 1));
}

TEST_CASE("The rate may be turned while a network learns", "[network]") {
  const auto session = ran(kSmallNet + "runners=sgd(lr=0.1)", 5);
  REQUIRE(session->set("runners", "sgd(lr=0.5)"));
  CHECK(session->step() == 5);
  REQUIRE(session->advance(5));
  const auto straight = ran(kSmallNet + "runners=sgd(lr=0.1)", 10);
  CHECK(data(*session, "loss/0")[5] == data(*straight, "loss/0")[5]);
  CHECK(data(*session, "loss/0")[6] != data(*straight, "loss/0")[6]);
}

TEST_CASE("The sharpness task gives the top of the Hessian and its trace", "[network]") {
  const auto session = ran(kSmallNet + "runners=adam(lr=0.02)", 20);
  REQUIRE(session->startTask("sharpness"));
  while (session->task()->done() < session->task()->total()) session->task()->advance(7);
  const Table table = session->task()->result();
  REQUIRE(table.rows.size() == 1);
  const double top = std::get<double>(table.rows[0].cells[1]);
  CHECK(top > 0);
  CHECK(std::get<double>(table.rows[0].cells[2]) < 1e-2 * top);
  CHECK(std::get<double>(table.rows[0].cells[3]) == Approx(2 / top));
  CHECK(std::get<double>(table.rows[0].cells[5]) > 0);
}

TEST_CASE("Weights and code can be taken away", "[network]") {
  const auto session = ran(kSmallNet + "residual=on&batchNorm=on&dropout=0.1&activation=gelu", 2);
  const auto documents = session->documents();
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].name == "weights.json");
  const std::string& json = documents[0].text;
  CHECK(contains(json, "\"shape\": [2, 6, 4, 1]"));
  CHECK(contains(json, "\"name\": \"S1\", \"rows\": 6, \"cols\": 2"));
  CHECK(contains(json, "\"gamma2\""));
  CHECK(documents[1].name == "network.py");
  const std::string& code = documents[1].text;
  CHECK(contains(code, "WIDTHS = [2, 6, 4, 1]"));
  CHECK(contains(code, "nn.GELU()"));
  CHECK(contains(code, "nn.Dropout(0.1)"));
}

TEST_CASE("Of a long run ever fewer epochs are scored, and what is told is of the weights now",
          "[network]") {
  const std::string spec = kNetwork + "size=20&layers=2&batch=0&epochs=4001&runners=sgd(lr=0.1)";
  const auto session = ran(spec, 4001);
  const auto loss = data(*session, "loss/0");
  const auto scored = [&](int t) { return !std::isnan(loss[static_cast<std::size_t>(t)]); };
  for (int t = 0; t < 4001; ++t) {
    const int stride = t <= 1000 ? 1 : t < 2000 ? 2 : t < 4000 ? 4 : 8;
    INFO(t);
    REQUIRE(scored(t) == (t % stride == 0));
  }
  CHECK(scored(4001));
  REQUIRE(session->seek(1003));
  CHECK_FALSE(scored(1003));
  const auto now = data(*session, "scores(0)");
  CHECK(now[0] < loss[1002]);
  CHECK(now[0] > loss[1004]);
  CHECK(std::get<double>(tableOf(session->tables(), "Runs").rows[0].cells[1]) == now[0]);
}

TEST_CASE("Dropout with L2 and stopping early end far below the loss of overfitting",
          "[network][long]") {
  const double held = last(*finished("network", "overfitting"), "validation/0");
  CHECK(last(*finished("network", "dropout"), "validation/0") < held / 3);
  CHECK(last(*finished("network", "early-stopping"), "validation/0") < held / 3);
}

TEST_CASE("At the rate of the preset only the normalised network learns", "[network][long]") {
  std::string plain = presetOf("network", "batch-norm");
  plain.replace(plain.find("batchNorm=on"), 12, "batchNorm=off");
  CHECK_FALSE(last(*ran(plain, 300), "accuracy/0") > 0.7);
}

TEST_CASE("No line parts a ring from a disc", "[network]") {
  CHECK(last(*ran(kNetwork + "layers=none&epochs=200", 200), "accuracy/0") < 0.75);
}

TEST_CASE("An update is counted in its epoch", "[network]") {
  // 30 training examples by tens are three updates an epoch. The loss of cubes at this rate leaves
  // the numbers within a few: whichever update it is, its epoch is a third of it, rounded up.
  const auto session = ran(
      "lab=network&size=40&layers=4&activation=cube&loss=squared&data=waves&runners=sgd(lr=2)", 10);
  const auto state = session->lab().states()[0];
  REQUIRE(state.status == "diverged");
  const auto at = state.text.find("(update ");
  REQUIRE(at != std::string::npos);
  const int update = std::stoi(state.text.substr(at + 8));
  CHECK(state.step == (update + 2) / 3);
  CHECK(contains(state.text, "diverged in epoch " + std::to_string(state.step) + " (update "));
  const auto loss = data(*session, "loss/0");
  CHECK(std::isfinite(loss[static_cast<std::size_t>(state.step) - 1]));
  CHECK(allNaN(loss, static_cast<std::size_t>(state.step)));
}

TEST_CASE("Batch norm over one example is refused, and noted where only the last batch has one",
          "[network]") {
  const std::string base = "lab=network&data=circles&batchNorm=on&validation=0&";
  CHECK(contains(refusal(base + "size=21&batch=1"), "network.batch must be at least 2"));
  CHECK(contains(refusal("lab=network&data=circles&batchNorm=on&size=2&validation=0.5&batch=0"),
                 "a batch of 1 of 1"));
  const auto note = [&](const std::string& more) {
    return contains(opened(base + more)->lab().subtitle(), "last batch has 1 example");
  };
  CHECK(note("size=21&batch=10"));  // 10, 10, 1
  CHECK_FALSE(note("size=22&batch=10"));
  CHECK_FALSE(note("size=20&batch=10"));
  CHECK_FALSE(note("size=21&batch=0"));
  opened("lab=network&data=circles&size=21&batch=1");  // without it one example is enough
}
