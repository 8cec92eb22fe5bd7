#include "labs/race.h"

using namespace descent;

namespace {

constexpr int kRates = 25;

struct Run {
  int runner;
  std::string label;
  double rate;
  double loss;
  std::string status;
};

std::vector<Run> rowsOf(const Task& task) {
  std::vector<Run> rows;
  for (const auto& [subject, cells] : task.result().rows) {
    REQUIRE(cells.size() == 4);
    rows.push_back({subject, std::get<std::string>(cells[0]), std::get<double>(cells[1]),
                    std::get<double>(cells[2]), std::get<std::string>(cells[3])});
  }
  return rows;
}

// The race of a spec, tuned to the end.
std::unique_ptr<Session> tuned(const std::string& spec) {
  auto session = opened("lab=race&" + spec);
  REQUIRE(session->startTask("tune"));
  session->task()->advance(1000);
  REQUIRE(session->task()->done() == session->task()->total());
  return session;
}

// A runner's recipe in one spelling.
std::string simplified(const std::string& recipe) {
  const auto simple = catalogue().simplify(Kind::kOptimizer, *parseRecipe(recipe));
  REQUIRE(simple);
  return print(*simple);
}

double finalLoss(const std::string& spec, int steps) {
  return data(*raced(spec, steps), "loss/0").back();
}

}  // namespace

TEST_CASE("Tuning tries 25 rates a runner, four a decade, and runs once what has none",
          "[race][tune]") {
  const auto session = tuned("landscape=bowl&runners=sgd(lr=0.1),armijo,lbfgs,adam&steps=5");
  const auto rows = rowsOf(*session->task());
  REQUIRE(rows.size() == 2 * kRates + 2);
  CHECK(session->task()->total() == 52);
  // 10^(k/4) to three digits: 1, 1.78, 3.16, 5.62 times a power of ten.
  const double steps[] = {1, 1.78, 3.16, 5.62};
  for (std::size_t i = 0; i < kRates; ++i) {
    const double rate = steps[i % 4] * std::pow(10, static_cast<double>(i / 4) - 5);
    for (const std::size_t at : {i, i + kRates + 2}) {
      CHECK(rows[at].rate == Approx(rate).epsilon(1e-14));
      CHECK(rows[at].label == (at == i ? "sgd" : "adam"));
      CHECK(rows[at].runner == (at == i ? 0 : 3));
    }
  }
  for (const std::size_t at : {std::size_t{25}, std::size_t{26}}) {
    CHECK(std::isnan(rows[at].rate));
    CHECK(rows[at].label == (at == 25 ? "armijo" : "lbfgs"));
    CHECK(std::isfinite(rows[at].loss));
  }
  const Table table = session->task()->result();
  CHECK(table.columns.size() == 4);
  CHECK(table.columns[2].help == "After 5 steps.");
}

TEST_CASE("A tuned loss is that of the ordinary race at that rate, bit for bit", "[race][tune]") {
  const std::string ground = "landscape=rosenbrock&start=-1,1.5&steps=40&runners=";
  for (const std::string inner :
       {"sgd(lr=", "adam(beta2=0.9, lr=", "momentum(schedule=cosine, lr="}) {
    INFO(inner);
    const auto session = tuned(ground + inner + "0.3)");
    for (const Run& row : rowsOf(*session->task())) {
      const double loss = finalLoss(ground + inner + print(row.rate) + ")", 40);
      INFO("rate " << row.rate);
      CHECK(std::isnan(row.loss) == std::isnan(loss));
      if (!std::isnan(loss)) CHECK(sameBits(row.loss, loss));
    }
  }
  const auto search = tuned(ground + "armijo,lbfgs");
  CHECK(sameBits(rowsOf(*search->task())[0].loss, finalLoss(ground + "armijo", 40)));
  CHECK(sameBits(rowsOf(*search->task())[1].loss, finalLoss(ground + "lbfgs", 40)));
}

TEST_CASE("Tuning sees the race's own data, batches and start", "[race][tune]") {
  const std::string ground =
      "problem=least-squares(n=30,d=4,batch=8)&start=random&seed=3&steps=25&runners=";
  const auto session = tuned(ground + "swa(sgd),lookahead(adam)");
  const auto rows = rowsOf(*session->task());
  REQUIRE(rows.size() == 2 * kRates);
  CHECK(sameBits(rows[16].loss, finalLoss(ground + "swa(sgd(lr=0.1))", 25)));
  CHECK(sameBits(rows[kRates + 16].loss, finalLoss(ground + "lookahead(adam(lr=0.1))", 25)));
  CHECK(rows[16].loss !=
        finalLoss("problem=least-squares(n=30,d=4,batch=8)&start=random&seed=4&steps=25&"
                  "runners=swa(sgd(lr=0.1))",
                  25));
}

TEST_CASE("Tuning runs from the start, however far the race has gone", "[race][tune]") {
  const auto fresh = tuned("landscape=himmelblau&runners=sgd&steps=20");
  const auto late = raced("landscape=himmelblau&runners=sgd&steps=20", 15);
  REQUIRE(late->startTask("tune"));
  late->task()->advance(kRates);
  const auto a = rowsOf(*fresh->task()), b = rowsOf(*late->task());
  for (std::size_t i = 0; i < kRates; ++i) CHECK(sameBits(a[i].loss, b[i].loss));
  CHECK(late->step() == 15);
}

TEST_CASE("What diverges while it is tuned has no loss and says so", "[race][tune]") {
  // On a bowl of κ = 10 SGD shrinks below 0.2; at 0.562 the steep side grows by 4.62 a step and
  // passes 10⁶ windows within 11 steps.
  const auto session = tuned("landscape=bowl(kappa=10)&runners=sgd&steps=50");
  for (const Run& row : rowsOf(*session->task())) {
    INFO("rate " << row.rate);
    CHECK(std::isnan(row.loss) == (row.rate > 0.2));
    CHECK(row.status == (row.rate > 0.2 ? "diverged" : "ran"));
  }
  // On the round bowl 1/L is the first step's own end.
  const auto round = tuned("landscape=bowl(kappa=1)&runners=newton,armijo&steps=5");
  CHECK(rowsOf(*round->task()).back().status == "converged");
}

TEST_CASE("The least final loss wins and is set as runners", "[race][tune]") {
  const std::string spec =
      "landscape=himmelblau&runners=adam(beta2=0.9),armijo,momentum(lr=0.5,beta=0.8)&steps=60";
  const auto session = tuned(spec);
  std::vector<double> least(3, HUGE_VAL), rate(3);
  for (const Run& row : rowsOf(*session->task())) {
    const auto i = static_cast<std::size_t>(row.runner);
    if (!(row.loss < least[i])) continue;
    least[i] = row.loss;
    rate[i] = row.rate;
  }
  const auto settings = session->task()->settings();
  REQUIRE(settings.size() == 1);
  CHECK(settings[0].knob == "runners");
  CHECK(settings[0].value == "adam(lr=" + print(rate[0]) + ", beta2=0.9), armijo, momentum(lr=" +
                                 print(rate[2]) + ", beta=0.8)");
  REQUIRE(session->set(settings[0].knob, settings[0].value));
  REQUIRE(session->advance(60));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(sameBits(data(*session, "loss/" + std::to_string(i)).back(), least[i]));
  }
}

TEST_CASE("Where every rate diverges the runner stays as it is", "[race][tune]") {
  // From 10⁵ the slope of x⁴ is 4·10¹⁵: also the least rate throws it out.
  const auto session = tuned("landscape=custom(f=\"x^4+y^4\")&runners=sgd(lr=0.3)&start=1e5,0");
  for (const Run& row : rowsOf(*session->task())) CHECK(std::isnan(row.loss));
  CHECK(session->task()->settings().at(0).value == "sgd(lr=0.3)");
}

TEST_CASE("The innermost rate is the one that is tuned", "[race][tune]") {
  for (const auto& [given, before, after] :
       {std::tuple{"lookahead(sgd(lr=0.3), k=3)", "lookahead(sgd(lr=", "), k=3)"},
        {"lookahead(k=3)", "lookahead(sgd(lr=", "), k=3)"},
        {"lookahead", "lookahead(sgd(lr=", "))"},
        {"lookahead(k=3, inner=sgd(lr=0.3))", "lookahead(k=3, inner=sgd(lr=", "))"},
        {"swa(clip(adam(beta1=0.8)))", "swa(clip(adam(lr=", ", beta1=0.8)))"}}) {
    INFO(given);
    const std::string ground = "landscape=himmelblau&steps=20&runners=";
    const auto session = tuned(ground + given);
    const auto rows = rowsOf(*session->task());
    REQUIRE(rows.size() == kRates);
    const Run* best = &rows[0];
    for (const Run& row : rows) {
      if (row.loss < best->loss) best = &row;
    }
    const std::string expected = before + print(best->rate) + after;
    CHECK(simplified(session->task()->settings().at(0).value) == simplified(expected));
    CHECK(sameBits(best->loss, finalLoss(ground + expected, 20)));
  }
  // A decorator of what has no rate has none either.
  CHECK(rowsOf(*tuned("runners=lookahead(armijo)&steps=5")->task()).size() == 1);
}

TEST_CASE("Tuning counts its runs, and sets nothing before the last", "[race][tune]") {
  const auto session = opened("lab=race&landscape=bowl&runners=sgd,armijo&steps=5");
  CHECK(session->task() == nullptr);
  REQUIRE(session->startTask("tune"));
  Task& task = *session->task();
  CHECK(task.total() == 26);
  CHECK(task.done() == 0);
  CHECK(task.result().rows.empty());
  CHECK(task.settings().empty());
  task.advance(7);
  CHECK(task.done() == 7);
  CHECK(task.result().rows.size() == 7);
  CHECK(task.settings().empty());
  task.advance(0);
  CHECK(task.done() == 7);
  task.advance(18);
  CHECK(task.done() == 25);
  CHECK(task.settings().empty());
  task.advance(1000);
  CHECK(task.done() == 26);
  CHECK(task.settings().size() == 1);
  const Table before = task.result();
  task.advance(5);
  CHECK(task.done() == 26);
  CHECK(task.result().rows.size() == before.rows.size());
}

TEST_CASE("In parts or in one go, tuning finds the same", "[race][tune]") {
  const auto whole = tuned("runners=adam,sgd&steps=20");
  const auto parts = opened("lab=race&runners=adam,sgd&steps=20");
  REQUIRE(parts->startTask("tune"));
  while (parts->task()->done() < parts->task()->total()) parts->task()->advance(3);
  const auto a = rowsOf(*whole->task()), b = rowsOf(*parts->task());
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(sameBits(a[i].loss, b[i].loss));
  CHECK(whole->task()->settings()[0].value == parts->task()->settings()[0].value);
}

TEST_CASE("Setting a knob or cancelling ends the task, a seek does not", "[race][tune]") {
  const auto session = raced("landscape=bowl&runners=sgd&steps=20", 10);
  const auto start = [&] {
    REQUIRE(session->startTask("tune"));
    session->task()->advance(2);
  };
  start();
  REQUIRE(session->seek(3));
  REQUIRE(session->task() != nullptr);
  CHECK(session->task()->done() == 2);
  REQUIRE(session->set("tolerance", "0.1"));
  CHECK(session->task() == nullptr);
  start();
  REQUIRE(session->set("seed", "3"));
  CHECK(session->task() == nullptr);
  start();
  session->cancelTask();
  CHECK(session->task() == nullptr);
  start();
  start();  // another begins anew
  CHECK(session->task()->done() == 2);
}

TEST_CASE("An unknown task is refused by name, and the one at work goes on", "[race][tune]") {
  const auto session = opened("lab=race&landscape=bowl&runners=sgd&steps=5");
  REQUIRE(session->startTask("tune"));
  session->task()->advance(3);
  const auto refused = session->startTask("fly");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "race has no task 'fly'");
  REQUIRE(session->task() != nullptr);
  CHECK(session->task()->done() == 3);
}

TEST_CASE("The race lists its task", "[race][tune]") {
  const auto tasks = opened("lab=race")->lab().tasks();
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].id == "tune");
  CHECK_FALSE(tasks[0].title.empty());
  CHECK(contains(tasks[0].help, "25 rates"));
}

TEST_CASE("Of rates that end equally well the lowest is set", "[race][tune]") {
  // At the minimum every rate ends where it began.
  const auto session = tuned("landscape=bowl&start=0,0&runners=sgd(lr=0.1)&steps=5");
  for (const Run& run : rowsOf(*session->task())) CHECK(run.loss == 0);
  CHECK(session->task()->settings().at(0).value == "sgd(lr=1e-5)");
}
