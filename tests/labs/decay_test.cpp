#include "labs/labs.h"
#include "problems/problems.h"

using namespace descent;

namespace {

const std::string kDecay = "lab=decay&";

}  // namespace

TEST_CASE("Every preset of weight decay opens and runs to its end", "[decay]") {
  checkPresets("decay");
}

TEST_CASE("Inside Adam a weight with large gradients hardly decays, beside it all decay alike",
          "[decay]") {
  const auto session = finished("decay", "adam");
  // Rate 0.01 and λ = 0.01, 2000 times: L2 decays by ηλ/s on gradients of size s = 10 and 0.1,
  // AdamW by ηλ on both.
  const auto check = [&](const char* weight, int subject, double expected) {
    INFO(weight << " of runner " << subject);
    const Reading r = readingOf(*session, weight, subject);
    CHECK(r.predicted == Approx(expected).epsilon(1e-6));  // ε is 1e-8
    // The first steps, before the means have settled, take about η with them.
    CHECK(std::abs(r.residual()) <= 0.02);
    CHECK(r.residual() != 0);
  };
  check("θ₁, large gradients", 0, std::pow(1 - 1e-5, 2000));
  check("θ₂, small gradients", 0, std::pow(1 - 1e-3, 2000));
  check("θ₁, large gradients", 1, std::pow(1 - 1e-4, 2000));
  check("θ₂, small gradients", 1, std::pow(1 - 1e-4, 2000));
  // The two weights of AdamW stay together, those of L2 part.
  CHECK(last(*session, "weight0/1") == Approx(last(*session, "weight1/1")).epsilon(1e-5));
  CHECK(last(*session, "weight0/0") > 5 * last(*session, "weight1/0"));
}

TEST_CASE("A prediction of decay follows the schedule and the run's steps so far", "[decay]") {
  const auto session =
      ran(kDecay +
              "problem=two-scales(large=1,small=0.01)&steps=100&"
              "runners=adamw(lr=0.01,beta2=0.9,weightDecay=1,schedule=linear(end=0))",
          40);
  // Π (1 − 0.01(1 − t/100)) over t < 40.
  double product = 1;
  for (int t = 0; t < 40; ++t) product *= 1 - 0.01 * (1 - t / 100.0);
  for (const char* weight : {"θ₁", "θ₂"}) {
    CHECK(readingOf(*session, weight).predicted == Approx(product).epsilon(1e-12));
    CHECK(std::abs(readingOf(*session, weight).residual()) <= 0.03);
  }
}

TEST_CASE("For SGD the two decays coincide to rounding, for momentum they do not", "[decay]") {
  const auto session = finished("decay", "sgd");
  for (const char* weight : {"weight0/", "weight1/"}) {
    const auto inside = data(*session, std::string(weight) + "0"),
               beside = data(*session, std::string(weight) + "1");
    for (std::size_t t = 0; t < inside.size(); ++t) {
      CHECK(inside[t] == Approx(beside[t]).epsilon(1e-12));
    }
    CHECK(last(*session, std::string(weight) + "3") - last(*session, std::string(weight) + "2") >
          0.5);
  }
  // ηλ = 0.005 a step for SGD; 0.0005 for momentum, inside the gradient times 1/(1 − 0.9).
  const double slow = std::pow(1 - 0.0005, 300), fast = std::pow(1 - 0.005, 300);
  for (const auto& [subject, expected] : {std::pair{0, fast}, {1, fast}, {2, fast}, {3, slow}}) {
    const Reading r = readingOf(*session, "θ₂", subject);
    CHECK(r.predicted == Approx(expected).epsilon(1e-12));
    CHECK(std::abs(r.residual()) <= 0.03 * expected);
  }
}

TEST_CASE("Decay through a mean is predicted only where it is slow beside its memory", "[decay]") {
  const std::string ground = kDecay + "problem=two-scales(large=1,small=0.01)&steps=300&runners=";
  // ηλ/(1−β) = 0.05 a step beside a memory of ten steps; ηλ/(1−β) = 0.1 beside a hundred.
  for (const char* runner :
       {"l2(momentum(lr=0.01),lambda=0.5)", "momentum(lr=0.01,weightDecay=0.5)",
        "l2(momentum(lr=0.01,beta=0.99),lambda=0.1)"}) {
    INFO(runner);
    const auto session = ran(ground + runner, 300);
    for (const char* weight : {"θ₁", "θ₂"}) {
      const Reading r = readingOf(*session, weight);
      CHECK(std::isnan(r.predicted));
      CHECK(std::isfinite(r.measured));
      CHECK((contains(r.pending, "not slow beside it") ||
             contains(r.pending, "gradients alone carry it")));
    }
  }
  // A mean of ten steps takes 0.005 (1 + 0.005 · 9) a step where 0.005 is said: of e⁻⁵ after 1000
  // steps a fifth.
  const std::string slow = "l2(momentum(lr=0.001),lambda=0.5)";
  CHECK(std::isfinite(readingOf(*ran(ground + slow, 300), "θ₂").predicted));
  const Reading late = readingOf(*ran(ground + slow, 1000), "θ₂");
  CHECK(std::isnan(late.predicted));
  CHECK(contains(late.pending, "not slow beside it"));
  // Beside the gradient there is no mean to go through, whatever the rate: 0.95 and 0.9 a step. The
  // first gradients carry the weight by about ηs/(2(1 − β)) = 0.025 and by η = 0.01.
  const auto beside = opened(ground +
                             "decoupled-decay(momentum(lr=0.005),lambda=10),"
                             "adamw(lr=0.01,weightDecay=10)");
  REQUIRE(beside->advance(20));
  for (const auto& [runner, factor] : {std::pair{0, 0.95}, {1, 0.9}}) {
    const Reading r = readingOf(*beside, "θ₁", runner);
    CHECK(r.predicted == Approx(std::pow(factor, 20)).epsilon(1e-9));
    CHECK(std::abs(r.residual()) < 0.1 * r.predicted);
  }
  // 0.9³⁰⁰ is 2e-14: what flips is all that is left.
  REQUIRE(beside->advance(280));
  for (const int runner : {0, 1}) {
    const Reading r = readingOf(*beside, "θ₁", runner);
    CHECK(std::isnan(r.predicted));
    CHECK(std::abs(r.measured) > 1e-5);
    CHECK(contains(r.pending, "gradients alone carry it"));
  }
  // A long memory of the first gradient carries it by 0.5 and more.
  const auto carried = ran(ground + "decoupled-decay(momentum(lr=0.01,beta=0.99),lambda=1)", 300);
  CHECK(std::isnan(readingOf(*carried, "θ₁").predicted));
  CHECK(contains(readingOf(*carried, "θ₁").pending, "gradients alone carry it"));
  CHECK(std::isfinite(readingOf(*carried, "θ₂").predicted));
}

TEST_CASE("What decay leaves is predicted while it is large beside what the gradients do",
          "[decay]") {
  const std::string ground = kDecay + "problem=two-scales&steps=1000&runners=";
  for (const char* runner :
       {"adamw(lr=0.01,weightDecay=5)", "decoupled-decay(adam(lr=0.01),lambda=1)",
        "l2(sgd(lr=0.01,schedule=cosine),lambda=0.5)", "adamw(lr=0.01,weightDecay=0.3)",
        "sgd(lr=0.03)"}) {
    const auto session = opened(ground + runner);
    bool isSaid = false;
    for (int t = 0; t < 1000; t += 25) {
      REQUIRE(session->advance(25));
      for (const char* weight : {"θ₁", "θ₂"}) {
        const Reading r = readingOf(*session, weight);
        INFO(runner << ", " << weight << ", step " << t + 25);
        CHECK(r.verdict() != Verdict::kBroken);
        isSaid = isSaid || std::isfinite(r.predicted);
        CHECK((std::isnan(r.predicted) || std::abs(r.residual()) <= 0.11 * r.predicted));
        CHECK(std::isnan(r.predicted) == !r.pending.empty());
      }
    }
    CHECK(isSaid);
  }
  const auto gone = ran(ground + "adamw(lr=0.01,weightDecay=5)", 1000);
  CHECK(std::isnan(readingOf(*gone, "θ₁").predicted));
  CHECK(std::abs(readingOf(*gone, "θ₁").measured) > 1e-5);
}

TEST_CASE("Decay inside Adam is predicted where its squares have settled and hold little of it",
          "[decay]") {
  const auto why = [](const std::string& runner) {
    const auto session = ran(kDecay + "problem=two-scales&steps=200&runners=" + runner, 200);
    const Reading r = readingOf(*session, "θ₂");
    CHECK(std::isnan(r.predicted));
    return r.pending;
  };
  CHECK(contains(why("adam(lr=0.001,weightDecay=0.01,biasCorrection=none)"), "has to settle"));
  CHECK(contains(why("adam(lr=0.001,weightDecay=0.05)"), "λ|θ| = 0.05 is not small beside"));
  CHECK(contains(why("adam(lr=0.001,beta1=0,beta2=0.5,weightDecay=0.01)"), "not averaged"));
}

TEST_CASE("The ridge solution is compared with a run at rest alone", "[decay]") {
  const std::string ridge = kDecay + "runners=sgd(lr=0.5,weightDecay=0.1)&steps=2000&problem=";
  const auto session = opened(ridge + "least-squares(noise=1)");
  REQUIRE(session->advance(5));
  const Reading early = readingOf(*session, "‖θ‖ at rest");
  CHECK(std::isfinite(early.predicted));
  CHECK(early.verdict() == Verdict::kPending);
  CHECK(contains(early.pending, "not at rest yet"));
  REQUIRE(session->advance(995));
  CHECK(std::abs(readingOf(*session, "‖θ‖ at rest").residual()) < 1e-6);
  const auto batches = ran(ridge + "least-squares(noise=1,batch=4)", 300);
  CHECK(std::isnan(readingOf(*batches, "‖θ‖ at rest").predicted));
  CHECK(contains(readingOf(*batches, "‖θ‖ at rest").pending, "see a part of f"));
}

TEST_CASE("Coupled decay comes to rest at the ridge solution", "[decay]") {
  const auto session = finished("decay", "ridge");
  // (H + λI)⁻¹ b with b = −∇f(0), by Eigen.
  const auto own = problem("least-squares(noise=1)");
  const Vector zero = Vector::Zero(10);
  const Matrix h = hessianOf(*own, zero) + 0.1 * Matrix::Identity(10, 10);
  const Vector solution = h.ldlt().solve(-gradientOf(*own, zero));
  for (int i = 0; i < 3; ++i) {
    const Reading r = readingOf(*session, "‖θ‖ at rest", i);
    CHECK(r.predicted == Approx(solution.norm()).epsilon(1e-10));
    CHECK(std::abs(r.residual()) <= 1e-8);
    CHECK(last(*session, "norm/" + std::to_string(i)) == r.measured);
  }
  CHECK_FALSE(hasReading(*session, "‖θ‖ at rest", 3));
  // AdamW ends elsewhere.
  CHECK(std::abs(last(*session, "norm/3") - solution.norm()) > 0.1);
}

TEST_CASE("On a typed quadratic the ridge solution is known by hand", "[decay]") {
  // f = ½(x − 1)² + 5(y − 1)², λ = 1: θ = (1/2, 10/11).
  const double norm = std::hypot(0.5, 10.0 / 11);
  const std::string ground =
      kDecay + "problem=none&landscape=custom(f=\"(x-1)^2/2+5*(y-1)^2\")&start=-2,2&steps=500&";
  const auto session = ran(ground +
                               "runners=sgd(lr=0.1,weightDecay=1),l2(sgd(lr=0.1),lambda=1),"
                               "decoupled-decay(sgd(lr=0.1),lambda=1),"
                               "momentum(lr=0.02,weightDecay=1),"
                               "decoupled-decay(momentum(lr=0.02),lambda=10)",
                           500);
  for (int i = 0; i < 5; ++i) {
    INFO("runner " << i);
    const Reading r = readingOf(*session, "‖θ‖ at rest", i);
    CHECK(r.predicted == Approx(norm).epsilon(1e-12));
    CHECK(std::abs(r.residual()) <= 1e-9);
  }
  CHECK(last(*session, "weight0/0") == Approx(0.5).epsilon(1e-12));
  CHECK(last(*session, "weight1/0") == Approx(10.0 / 11).epsilon(1e-12));
  // Where f is no quadratic nothing is predicted.
  CHECK_FALSE(hasReading(*ran(kDecay + "problem=none&landscape=himmelblau&"
                                       "runners=sgd(lr=0.001,weightDecay=1)",
                              5),
                         "‖θ‖ at rest"));
  CHECK_FALSE(hasReading(*ran(kDecay + "problem=logistic&runners=sgd(lr=0.1,weightDecay=1)", 5),
                         "‖θ‖ at rest"));
}

TEST_CASE("The loss multiplied: signs and AdamW walk the same path, SGD and L2 in Adam do not",
          "[decay]") {
  const auto session = finished("decay", "rescale");
  const auto apart = [&](int i) { return data(*session, "apart/" + std::to_string(i)); };
  for (const double distance : apart(3)) CHECK((distance == 0 || std::isnan(distance)));
  CHECK(apart(3).back() == 0);
  CHECK(apart(2).back() > 0);
  CHECK(apart(2).back() < 1e-6);  // the guard ε = 1e-8 beside the gradients
  CHECK(apart(0).back() > 0.1);
  CHECK(apart(1).back() > 0.1);
}

TEST_CASE("A loss times a power of two is nothing to Adam without its guard, to the bit",
          "[decay]") {
  const auto session =
      ran(kDecay +
              "problem=least-squares&factor=128&steps=50&runners=adam(lr=0.02,epsilon=0),"
              "adamw(lr=0.02,epsilon=0,weightDecay=0.1),signsgd(lr=0.01),lion(weightDecay=0.1)",
          50);
  for (int i = 0; i < 4; ++i) {
    INFO("runner " << i);
    CHECK(last(*session, "apart/" + std::to_string(i)) == 0);
  }
}

TEST_CASE("A loss times c at the rate η/c is the run of SGD at η", "[decay]") {
  const auto scaled = ran(kDecay + "problem=least-squares&factor=100&runners=sgd(lr=0.005)", 60);
  const auto plain = ran(kDecay + "problem=least-squares&runners=sgd(lr=0.5)", 60);
  for (const char* name : {"weight0/0", "weight1/0", "norm/0", "loss/0"}) {
    const auto a = data(*scaled, name), b = data(*plain, name);
    for (std::size_t t = 0; t < a.size(); ++t) CHECK(a[t] == Approx(b[t]).epsilon(1e-10));
  }
  CHECK(hasChannel(*scaled, "apart/0"));
  CHECK_FALSE(hasChannel(*plain, "apart/0"));
  // The ridge of a loss times c is one of λ/c.
  const auto ridge = ran(kDecay +
                             "problem=least-squares&factor=100&steps=2000&"
                             "runners=sgd(lr=0.005,weightDecay=10)",
                         2000);
  const auto same =
      ran(kDecay + "problem=least-squares&steps=2000&runners=sgd(lr=0.5,weightDecay=0.1)", 2000);
  CHECK(readingOf(*ridge, "‖θ‖ at rest").predicted ==
        Approx(readingOf(*same, "‖θ‖ at rest").predicted).epsilon(1e-12));
  CHECK(std::abs(readingOf(*ridge, "‖θ‖ at rest").residual()) <= 1e-9);
}

TEST_CASE("Overfitting: with decay the loss that is seen is higher, the held-out loss lower",
          "[decay]") {
  const auto session = finished("decay", "overfit");
  CHECK(last(*session, "loss/0") < last(*session, "loss/1"));
  CHECK(last(*session, "heldOut/0") > 5 * last(*session, "heldOut/1"));
  // Without decay it turned and rose; what is told apart in the legend is the penalty.
  const auto heldOut = data(*session, "heldOut/0");
  CHECK(heldOut.back() > 5 * *std::min_element(heldOut.begin(), heldOut.end()));
  CHECK(session->lab().subjects()[0].label == "momentum");
  CHECK(session->lab().subjects()[1].label == "l2/momentum");
  CHECK(contains(presetOf("decay", "overfit"), "view.tab=heldOut"));
  const auto own = problem("polynomial-fit");
  const Vector zero = Vector::Zero(15);
  const Matrix h = hessianOf(*own, zero) + 0.02 * Matrix::Identity(15, 15);
  const Vector solution = h.ldlt().solve(-gradientOf(*own, zero));
  const Reading norm = readingOf(*session, "‖θ‖ at rest", 1),
                seen = readingOf(*session, "held-out loss at rest", 1);
  CHECK(norm.predicted == Approx(solution.norm()).epsilon(1e-10));
  CHECK(std::abs(norm.residual()) <= 1e-10);
  CHECK(seen.predicted == Approx(*own->heldOut(solution)).epsilon(1e-9));
  CHECK(std::abs(seen.residual()) <= 1e-10);
}

TEST_CASE("A run that still creeps along flat directions is not at rest", "[decay]") {
  // f = ½x² + 5·10⁻⁶(y − 1)² from (1, 0): after 300 steps at 0.1 the slope is 10⁻⁵ of the first,
  // and y, which moves by 10⁻⁶(1 − y) a step, is where it was.
  const std::string ground =
      kDecay + "problem=none&landscape=custom(f=\"x^2/2+5*1e-6*(y-1)^2\")&start=1,0&steps=300&";
  const Reading r = readingOf(*ran(ground + "runners=sgd(lr=0.1)", 300), "‖θ‖ at rest");
  CHECK(r.predicted == Approx(1));
  CHECK(contains(r.pending, "not at rest yet"));
  CHECK(contains(r.pending, "flat directions"));
  // So is the fit of a polynomial without a penalty, after all its steps.
  const Reading fit = readingOf(*finished("decay", "overfit"), "‖θ‖ at rest", 0);
  CHECK(contains(fit.pending, "not at rest yet"));
}

TEST_CASE("Decay's channels: weights, their length, losses, and what there is besides", "[decay]") {
  CHECK(channelNames(*opened(kDecay + "runners=sgd")) ==
        std::vector<std::string>{"weight0/0", "weight1/0", "norm/0", "loss/0"});
  CHECK(channelNames(*opened(kDecay + "runners=sgd&problem=polynomial-fit&factor=2")) ==
        std::vector<std::string>{"weight0/0", "weight1/0", "norm/0", "loss/0", "heldOut/0",
                                 "apart/0"});
  const auto toy = opened(kDecay + "runners=sgd&problem=warmup-toy");
  CHECK(channelNames(*toy) == std::vector<std::string>{"weight0/0", "norm/0", "loss/0"});
  for (const Channel& c : opened(kDecay)->channels()) {
    CHECK(c.kind ==
          (c.quantity.rfind("weight", 0) == 0 ? ChannelKind::kTrace : ChannelKind::kSeries));
  }
  const auto session = ran(kDecay + "problem=none&landscape=bowl&runners=sgd(lr=0.1)", 7);
  const auto race = raced("landscape=bowl&runners=sgd(lr=0.1)", 7);
  const auto path = data(*race, "path/0"), x = data(*session, "weight0/0"),
             y = data(*session, "weight1/0"), norm = data(*session, "norm/0");
  for (std::size_t t = 0; t <= 7; ++t) {
    CHECK(x[t] == path[2 * t]);
    CHECK(y[t] == path[2 * t + 1]);
    CHECK(norm[t] == Approx(std::hypot(x[t], y[t])).epsilon(1e-15));
  }
  CHECK(sameBits(data(*session, "loss/0"), data(*race, "loss/0")));
}

TEST_CASE("What has diverged leaves no more numbers, and the table says so", "[decay]") {
  const auto session =
      ran(kDecay + "problem=none&landscape=bowl&runners=sgd(lr=0.25),sgd(lr=0.1)&factor=1", 60);
  CHECK(session->lab().states()[0].step == 37);
  CHECK(std::isfinite(data(*session, "norm/0")[37]));
  CHECK(allNaN(data(*session, "norm/0"), 38));
  CHECK(allNaN(data(*session, "weight0/0"), 38));
  const Table table = session->tables().at(0);
  CHECK(std::get<std::string>(table.rows[0].cells[6]) == "diverged");
  CHECK(std::get<std::string>(table.rows[1].cells[6]) == "running");
  CHECK(std::get<double>(table.rows[1].cells[1]) == last(*session, "norm/1"));
}

TEST_CASE("The grid ends where runs at its rates and decays end, bit for bit", "[decay]") {
  const std::string ground = kDecay + "problem=least-squares(n=20,d=3)&steps=15&runners=";
  const auto session = opened(ground + "adam(beta2=0.9, lr=0.3, weightDecay=2), sgd");
  REQUIRE(session->startTask("grid"));
  Task& task = *session->task();
  CHECK(task.total() == 64);
  task.advance(10);
  CHECK(task.done() == 10);
  CHECK(task.result().rows.size() == 10);
  task.advance(100);
  CHECK(task.done() == 64);
  CHECK(task.settings().empty());
  const Table table = task.result();
  REQUIRE(table.rows.size() == 64);
  for (std::size_t i = 0; i < 64; ++i) {
    const auto& cells = table.rows[i].cells;
    // Half decades: decays from 10⁻³, rates from 10⁻⁴, to three digits.
    const double decay = *parseNumber(printShort(std::pow(10, double(i / 8) / 2 - 3)));
    const double rate = *parseNumber(printShort(std::pow(10, double(i % 8) / 2 - 4)));
    CHECK(table.rows[i].subject == static_cast<int>(i / 8));
    CHECK(std::get<std::string>(cells[0]) == "λ = " + printShort(decay));
    CHECK(std::get<double>(cells[1]) == rate);
    if (i % 5 != 0) continue;
    const auto one =
        ran(ground + "adam(beta2=0.9,lr=" + print(rate) + ",weightDecay=" + print(decay) + ")", 15);
    CHECK(sameBits(std::get<double>(cells[2]), last(*one, "norm/0")));
  }
}

TEST_CASE("The grid sets the decorator's decay and the innermost rate", "[decay]") {
  const std::string ground = kDecay + "problem=least-squares(n=20,d=3)&steps=15&runners=";
  for (const std::string runner :
       {"l2(sgd(lr=0.7),lambda=2)", "l2(lambda=2)", "l2", "l2(inner=sgd(lr=0.7),lambda=2)",
        "l2(lambda=2,inner=sgd(lr=0.7))"}) {
    INFO(runner);
    const auto session = opened(ground + runner);
    REQUIRE(session->startTask("grid"));
    session->task()->advance(64);
    const Table table = session->task()->result();
    // λ = 0.0316 and η = 0.01 at i = 3·8 + 4.
    const auto one = ran(ground + "l2(sgd(lr=0.01),lambda=0.0316)", 15);
    CHECK(sameBits(std::get<double>(table.rows[28].cells[2]), last(*one, "norm/0")));
  }
}

TEST_CASE("A grid's run that diverges has no length", "[decay]") {
  const auto session =
      opened(kDecay + "problem=none&landscape=bowl(kappa=1000)&runners=sgd&steps=100");
  REQUIRE(session->startTask("grid"));
  session->task()->advance(64);
  // η > 2/1000: the rates from 0.00316 on.
  for (const auto& row : session->task()->result().rows) {
    INFO(std::get<double>(row.cells[1]));
    CHECK(std::isnan(std::get<double>(row.cells[2])) == (std::get<double>(row.cells[1]) > 0.002));
  }
  CHECK_FALSE(session->startTask("tune"));
}

TEST_CASE("Decay's subtitle names the ground and the factor", "[decay]") {
  CHECK(opened(kDecay)->lab().subtitle() == "two-scales");
  CHECK(opened(kDecay + "problem=least-squares(n=9)&factor=100")->lab().subtitle() ==
        "least-squares(n=9), loss times 100");
  CHECK(opened(kDecay + "problem=none&landscape=bowl")->lab().subtitle() == "bowl");
}

TEST_CASE("A sought run of decay shows the same numbers", "[decay]") {
  checkSeeks(kDecay + "steps=40", 40);
  checkSeeks(kDecay + "problem=polynomial-fit&factor=3&runners=adamw,l2(momentum),lookahead(adam)",
             40);
}

TEST_CASE("A knob of decay starts it anew", "[decay]") {
  const auto session = ran(kDecay, 10);
  for (const auto& [knob, value] : {std::pair{"factor", "2"},
                                    {"runners", "sgd"},
                                    {"problem", "least-squares"},
                                    {"steps", "20"}}) {
    REQUIRE(session->set(knob, value));
    CHECK(session->step() == 0);
    REQUIRE(session->advance(3));
  }
}

TEST_CASE("Bad knobs of decay are refused", "[decay]") {
  CHECK(contains(refusal(kDecay + "factor=0"), "decay.factor must be in ["));
  CHECK(contains(refusal(kDecay + "runners="), "decay.runners must be 1 to 8 recipes, got 0"));
  CHECK(contains(refusal(kDecay + "problem=two-scale"), "did you mean two-scales?"));
  CHECK(contains(refusal(kDecay + "problem=two-scales(large=0)"), "two-scales.large must be in ["));
  CHECK(refusal(kDecay + "start=1,2") ==
        "decay.start must be auto or random where there is no surface, got 1,2");
}
