#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "core/open.h"

using namespace descent;
using Json = nlohmann::json;

namespace {

std::string succeeds(const std::vector<std::string>& arguments) {
  const Outcome r = run(arguments);
  INFO(r.err);
  REQUIRE(r.status == 0);
  CHECK(r.err == "");
  CHECK(r.out.back() == '\n');
  return r.out;
}

// Status 2, one line on stderr, nothing on stdout.
std::string fails(const std::vector<std::string>& arguments) {
  const Outcome r = run(arguments);
  INFO(join(arguments, " | "));
  INFO(r.err.substr(0, 2000));
  CHECK(r.status == 2);
  CHECK(r.out == "");
  CHECK(std::count(r.err.begin(), r.err.end(), '\n') == 1);
  CHECK((!r.err.empty() && r.err.back() == '\n'));
  CHECK(r.err.rfind("descent: ", 0) == 0);
  return r.err;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (const auto line : split(text, '\n')) all.emplace_back(line);
  CHECK(all.back().empty());
  all.pop_back();
  return all;
}

// The numbers of a channel; null is NaN.
std::vector<double> numbers(const Json& json, const std::string& channel) {
  std::vector<double> data;
  for (const Json& v : json["channels"][channel]["data"]) {
    data.push_back(v.is_null() ? std::nan("") : v.get<double>());
  }
  return data;
}

}  // namespace

TEST_CASE("Help exits well and mentions every command", "[cli]") {
  for (const char* flag : {"--help", "-h", "--help-all"}) {
    const std::string help = succeeds({flag});
    for (const char* command : {"labs", "catalogue", "schedule", "run"})
      CHECK(contains(help, command));
  }
  CHECK(contains(succeeds({"run", "--help"}), "--read"));
  CHECK(contains(succeeds({"labs", "--help"}), "--format"));
}

TEST_CASE("Labs and catalogue are listed as text, json and csv", "[cli]") {
  CHECK(contains(succeeds({"labs"}), "race: "));
  CHECK(succeeds({"labs"}) == succeeds({"labs", "--format", "text"}));
  const Json labs = Json::parse(succeeds({"labs", "--format", "json"}));
  const auto race =
      std::find_if(labs.begin(), labs.end(), [](const Json& lab) { return lab["id"] == "race"; });
  REQUIRE(race != labs.end());
  CHECK((*race)["presets"].size() >= 7);
  CHECK(lines(succeeds({"labs", "--format", "csv"}))[0] == "kind,id,title,knob,default,range,help");

  const std::string text = succeeds({"catalogue"});
  const Json all = Json::parse(succeeds({"catalogue", "--format", "json"}));
  const std::string csv = succeeds({"catalogue", "--format", "csv"});
  for (const char* kind : {"optimizers", "schedules", "landscapes", "problems"}) {
    CHECK(all[kind].size() > 0);
    for (const Json& entry : all[kind]) {
      const auto id = entry["id"].get<std::string>();
      CHECK(contains(text, "\n" + id + ": "));
      CHECK(contains(csv, "," + id + ","));
    }
  }
  CHECK(all["optimizers"].size() == catalogue().entries<Optimizer>().size());
}

TEST_CASE("A run in json has lab, spec, step, status and channels", "[cli]") {
  const Json json = Json::parse(
      succeeds({"run", "race", "landscape=bowl", "runners=sgd(lr=0.15),adam(lr=0.1)", "start=-4,2",
                "--steps", "20", "--read", "path/0,loss/1,step/1,readings", "--format", "json"}));
  CHECK(json["lab"] == "race");
  CHECK(json["step"] == 20);
  CHECK(json["status"] == "running");
  const std::string spec = json["spec"];
  CHECK(Spec::parse(spec));
  CHECK(json["channels"].size() == 3);
  CHECK(json["channels"]["path/0"]["shape"] == Json({21, 2}));
  CHECK(json["channels"]["step/1"]["data"][0].is_null());
  CHECK(json["readings"][0]["quantity"] == "decay |1−ηλ|");

  const auto session = opened(spec);
  REQUIRE(session->seek(20));
  for (const char* name : {"path/0", "loss/1"}) {
    CHECK(sameBits(numbers(json, name), channel(*session, name).data));
  }
}

TEST_CASE("What has diverged is null in json and empty in csv", "[cli]") {
  const std::vector<std::string> args = {"run",     "race", "landscape=bowl", "runners=sgd(lr=1)",
                                         "--steps", "30",   "--read",         "loss/0",
                                         "--format"};
  auto json = args, csv = args;
  json.push_back("json");
  csv.push_back("csv");
  const Json parsed = Json::parse(succeeds(json));
  CHECK(parsed["status"] == "done");
  CHECK(parsed["channels"]["loss/0"]["data"][30].is_null());
  CHECK(parsed["subjects"][0]["status"] == "diverged");
  CHECK(lines(succeeds(csv)).back() == "30,");
}

TEST_CASE("A run in csv has a row a step and numbers that read back to the bit", "[cli]") {
  const auto rows = lines(succeeds({"run", "race", "runners=momentum(lr=0.004)", "--steps", "25",
                                    "--read", "path/0, loss/0", "--format", "csv"}));
  CHECK(rows[0] == "row,path/0.0,path/0.1,loss/0");
  REQUIRE(rows.size() == 27);
  const auto session = opened("lab=race&runners=momentum(lr=0.004)");
  REQUIRE(session->advance(25));
  const auto path = channel(*session, "path/0").data, loss = channel(*session, "loss/0").data;
  for (std::size_t t = 0; t <= 25; ++t) {
    const auto cells = split(rows[t + 1], ',');
    REQUIRE(cells.size() == 4);
    CHECK(cells[0] == std::to_string(t));
    CHECK(sameBits(*parseNumber(cells[1]), path[2 * t]));
    CHECK(sameBits(*parseNumber(cells[2]), path[2 * t + 1]));
    CHECK(sameBits(*parseNumber(cells[3]), loss[t]));
  }
  CHECK(
      lines(succeeds({"run", "race", "--read", "readings", "--format", "csv"}))[0] ==
      "subject,quantity,relation,predicted,measured,residual,tolerance,verdict,assumption,pending");
}

TEST_CASE("A run as text tells its spec, how all stand, theory, and what is read", "[cli]") {
  const std::string text = succeeds({"run", "race", "landscape=bowl", "runners=sgd(lr=0.25),adam",
                                     "--steps", "50", "--read", "loss/1"});
  CHECK(lines(text)[0] == "lab=race&landscape=bowl&runners=sgd(lr=0.25),adam&t=50");
  CHECK(contains(text, "decay |1−ηλ|: predicted 1.5, measured 1.5"));
  CHECK(contains(text, "diverged at step 37"));
  CHECK(contains(text, "row,loss/1\n0,"));
  CHECK_FALSE(contains(succeeds({"run", "race"}), "row,"));
}

TEST_CASE("A run tells what was understood of a table", "[cli]") {
  const std::vector<std::string> run = {"run", "network", "data=csv(table=\"a;b\n0,5;1\n1,5;0\")",
                                        "--steps", "0"};
  const std::string note =
      "2 rows, 1 input, 2 classes; columns parted by semicolons; decimal commas read; heading "
      "passed over: a, b";
  CHECK(lines(succeeds(run))[1] == "data: " + note);
  auto json = run;
  json.insert(json.end(), {"--format", "json"});
  CHECK(Json::parse(succeeds(json))["notes"] == Json({{"data", note}}));
  CHECK_FALSE(
      Json::parse(succeeds({"run", "race", "--steps", "0", "--format", "json"})).contains("notes"));
}

TEST_CASE("A run takes its planned length, or to the step that the spec names", "[cli]") {
  const auto stepOf = [](std::vector<std::string> more) {
    std::vector<std::string> args = {"run", "race", "--format", "json"};
    args.insert(args.end(), more.begin(), more.end());
    return Json::parse(succeeds(args))["step"].get<int>();
  };
  CHECK(stepOf({}) == 100);
  CHECK(stepOf({"steps=30"}) == 30);
  CHECK(stepOf({"steps=30", "t=12"}) == 12);
  CHECK(stepOf({"steps=30", "t=12", "--steps", "40"}) == 40);
  CHECK(stepOf({"--steps", "0"}) == 0);
}

TEST_CASE("The spec that a run prints reproduces it", "[cli]") {
  const std::vector<std::string> read = {"--read", "path/0,path/1,field(-1,1,-1,1,3,2)", "--format",
                                         "json"};
  std::vector<std::string> first = {
      "run",
      "race",
      "landscape=rosenbrock",
      "runners=adam(lr=0.05), momentum(lr=0.0005)",
      "start=-1, 2",
      "seed=9",
      "steps=80",
      "turned=10:runners=adam(lr=0.2),momentum(lr=0.0005);30:tolerance=0.5"};
  first.insert(first.end(), read.begin(), read.end());
  const std::string out = succeeds(first);
  const auto spec = Spec::parse(Json::parse(out)["spec"].get<std::string>());
  REQUIRE(spec);
  std::vector<std::string> again = {"run", *spec->find("lab")};
  for (const auto& [key, value] : spec->entries()) {
    if (key != "lab") again.push_back(key + "=" + value);
  }
  again.insert(again.end(), read.begin(), read.end());
  CHECK(succeeds(again) == out);
}

TEST_CASE("A knob within a runner is given by its path", "[cli]") {
  const auto specOf = [](const std::vector<std::string>& settings) {
    std::vector<std::string> args = {"run", "race"};
    args.insert(args.end(), settings.begin(), settings.end());
    args.insert(args.end(), {"--steps", "2", "--format", "json"});
    return Json::parse(succeeds(args))["spec"].get<std::string>();
  };
  CHECK(specOf({"runners/0/lr=0.2", "landscape/kappa=25", "landscape=bowl", "runners=sgd"}) ==
        specOf({"landscape=bowl(kappa=25)", "runners=sgd(lr=0.2)"}));
  CHECK(contains(fails({"run", "race", "runners/0/rl=0.1"}), "has no knob 'rl'"));
  CHECK(contains(fails({"run", "race", "runners=sgd", "runners/1/lr=0.1"}), "got '1'"));
}

TEST_CASE("Output goes to a file where one is named", "[cli]") {
  const std::string file = (std::filesystem::temp_directory_path() /
                            ("descent-out-" + std::to_string(getpid()) + ".json"))
                               .string();
  for (const char* option : {"-o", "--output"}) {
    const Outcome r = run({"run", "race", "--format", "json", option, file});
    CHECK(r.status == 0);
    CHECK(r.out == "");
    CHECK(Json::parse(contents(file))["step"] == 100);
    std::filesystem::remove(file);
  }
  CHECK(contains(fails({"labs", "-o", "/no/such/folder/file"}), "cannot write /no/such/folder"));
  CHECK(contains(fails({"run", "race", "-o", "/"}), "cannot write /"));
}

TEST_CASE("Bad input exits with 2, one line on stderr and nothing on stdout", "[cli]") {
  CHECK(contains(fails({}), "subcommand"));
  fails({"fly"});
  fails({"run"});
  fails({"labs", "extra"});
  fails({"run", "race", "--no-such-option"});
  CHECK(contains(fails({"run", "rase"}), "did you mean race?"));
  CHECK(contains(fails({"run", "race", "runner=sgd"}), "did you mean runners?"));
  CHECK(contains(fails({"run", "race", "seed=-1"}), "race.seed must be"));
  CHECK(contains(fails({"run", "race", "runners=sgd(lr=1e9)"}), "sgd.lr must be in"));
  CHECK(contains(fails({"run", "race", "runners=sgd(lr=)"}), "column 8"));
  CHECK(contains(fails({"run", "race", "runners"}), "'runners' is not key=value"));
  CHECK(contains(fails({"run", "race", "seed=1", "seed=2"}), "'seed' is given twice"));
  CHECK(contains(fails({"run", "race", "lab=race"}), "'lab' is given twice"));
  CHECK(contains(fails({"run", "race", "t=x"}), "t must be a whole number"));
  CHECK(contains(fails({"run", "race", "--read", "lose/0"}), "race has no channel 'lose/0'"));
  CHECK(contains(fails({"run", "race", "--read", "loss/0,field(1)"}), "takes 6 numbers"));
  CHECK(contains(fails({"run", "race", "--read", "field(0,1,0,1,2,2"}), "does not close"));
  fails({"run", "race", "--read", "loss/0)"});
  for (const char* format : {"xml", "", "jsonn"}) fails({"run", "race", "--format", format});
  for (const char* steps : {"-1", "abc", "1.5", "1e9", "100001", "", "99999999999999999999"}) {
    fails({"run", "race", "--steps", steps});
  }
  fails({"run", "race", "--read", "readings,loss/0", "--format", "csv"});
}

TEST_CASE("An error is one line whatever it quotes", "[cli]") {
  fails({"run", "ra\nce"});
  fails({"run", "race", "a\nb\n=1"});
  fails({"run", "race", "tolerance=1\n2"});
  fails({"run", "race", "--read", "loss\n/0"});
  fails({"run", "race", "runners=sgd(\n\nfoo"});
  fails({"run", "race", "--format", "x\ny"});
  fails({"labs", "-o", "/no/such\nfolder/file"});
  CHECK(fails({"run", "race", "runners=" + std::string(50000, '(')}).size() < 200);
  CHECK(fails({"run", "race", std::string(50000, 'k') + "=1"}).size() < 300);
}

TEST_CASE("A schedule is printed as its factors for t = 0 … T, with Python's and PyTorch's lines",
          "[cli]") {
  const std::string recipe = "warmup(cosine(floor=0.1), steps=2)";
  const auto built = catalogue().build<Schedule>(*parseRecipe(recipe));
  REQUIRE(built);
  const Json json = Json::parse(succeeds({"schedule", recipe, "--total", "4", "--format", "json"}));
  CHECK(json["recipe"] == recipe);
  CHECK(json["total"] == 4);
  CHECK(json["python"] == (*built)->python(4));
  CHECK(json["pytorch"] == (*built)->pytorch(4));
  // ½, 1, then half a cosine from 1 to 0.1 over the two steps that are left.
  const double expected[] = {0.5, 1, 1, 0.55, 0.1};
  REQUIRE(json["factors"].size() == 5);
  for (std::size_t t = 0; t < 5; ++t) {
    CHECK(json["factors"][t].get<double>() == Approx(expected[t]).epsilon(1e-14));
  }

  const auto csv = lines(succeeds({"schedule", recipe, "--total", "4", "--format", "csv"}));
  REQUIRE(csv.size() == 6);
  CHECK(csv[0] == "t,factor");
  const auto text = lines(succeeds({"schedule", recipe, "--total", "4", "--format", "text"}));
  REQUIRE(text.size() == 7);
  CHECK(text[0] == recipe);
  CHECK(text[1] == (*built)->pytorch(4));
  CHECK(text[2] == "0  0.5");
  CHECK(text[3] == "1  1");
  for (std::size_t t = 0; t <= 4; ++t) {
    const auto cells = split(csv[t + 1], ',');
    REQUIRE(cells.size() == 2);
    CHECK(cells[0] == std::to_string(t));
    CHECK(sameBits(*parseNumber(cells[1]), json["factors"][t].get<double>()));
    CHECK(sameBits(*parseNumber(text[t + 2].substr(3)), json["factors"][t].get<double>()));
  }
  // Text is the standard form, of a hundred steps.
  CHECK(lines(succeeds({"schedule", "cosine"})).size() == 103);
  CHECK(lines(succeeds({"schedule", "cosine"})).back() == "100  0");
  CHECK(contains(succeeds({"schedule", "--help"}), "--total"));
}

TEST_CASE("A bad schedule or a bad total is refused on one line", "[cli]") {
  CHECK(contains(fails({"schedule", "cosin"}), "did you mean cosine?"));
  CHECK(contains(fails({"schedule", "cosine("}), "column 8"));
  CHECK(contains(fails({"schedule", "cosine(floor=2)"}), "cosine.floor must be in [0, 1], got 2"));
  CHECK(contains(fails({"schedule", "cosine, constant"}), "column 7: expected the end"));
  CHECK(contains(fails({"schedule", "sgd"}), "unknown schedule 'sgd'"));
  CHECK(contains(fails({"schedule", ""}), "expected a name"));
  fails({"schedule", "cos\nine"});
  fails({"schedule"});
  fails({"schedule", "cosine", "constant"});
  for (const char* total : {"0", "-1", "1.5", "abc", "100001", "1e9", "", "99999999999999999999"}) {
    fails({"schedule", "cosine", "--total", total});
  }
  fails({"schedule", "cosine", "--format", "xml"});
}

TEST_CASE("A race runs on a problem, and other labs run too", "[cli]") {
  const Json json = Json::parse(
      succeeds({"run", "race", "problem=least-squares(n=20, d=3)", "runners=sgd(lr=0.5)",
                "steps=30", "--read", "loss/0,distance/0", "--format", "json"}));
  CHECK(json["step"] == 30);
  CHECK(json["channels"]["loss/0"]["shape"] == Json({31}));
  const auto session = opened(json["spec"].get<std::string>());
  REQUIRE(session->seek(30));
  CHECK(sameBits(numbers(json, "distance/0"), channel(*session, "distance/0").data));
  CHECK(numbers(json, "distance/0").back() < numbers(json, "distance/0").front());
  // There is no path where there is no plane.
  CHECK(contains(fails({"run", "race", "problem=least-squares", "--read", "path/0"}),
                 "race has no channel 'path/0'"));
  for (const char* lab : {"schedules", "moments", "decay"}) {
    CHECK(Json::parse(succeeds({"run", lab, "--steps", "3", "--format", "json"}))["step"] == 3);
  }
}

TEST_CASE("A task that sets knobs is done before the run, which goes on with what it found",
          "[cli]") {
  const std::vector<std::string> args = {
      "run",      "race",   "landscape=bowl", "runners=sgd(lr=0.5),armijo",
      "steps=20", "--task", "tune",           "--format"};
  auto asJson = args, asText = args, asCsv = args;
  asJson.push_back("json");
  asText.push_back("text");
  asCsv.push_back("csv");
  const Json json = Json::parse(succeeds(asJson));
  REQUIRE(json["task"]["rows"].size() == 26);
  CHECK(json["task"]["columns"].size() == 4);
  double least = HUGE_VAL, rate = 0;
  for (const Json& row : json["task"]["rows"]) {
    const Json& cells = row["cells"];
    REQUIRE(cells.size() == 4);
    if (cells[0] != "sgd") continue;
    // What diverged has no loss.
    CHECK(cells[2].is_null() == (cells[3] == "diverged"));
    if (cells[2].is_null() || cells[2].get<double>() >= least) continue;
    least = cells[2];
    rate = cells[1];
  }
  CHECK(json["task"]["rows"][25]["cells"][0] == "armijo");
  CHECK(json["task"]["rows"][25]["cells"][1].is_null());
  const std::string found = "sgd(lr=" + print(rate) + ")";
  const auto spec = Spec::parse(json["spec"].get<std::string>());
  REQUIRE(spec);
  CHECK(*spec->find("runners") == found + ", armijo");
  CHECK(json["step"] == 20);
  const auto session = opened("lab=race&landscape=bowl&steps=20&runners=" + found);
  REQUIRE(session->advance(20));
  CHECK(sameBits(channel(*session, "loss/0").data.back(), least));

  const std::string text = succeeds(asText);
  CHECK(contains(text, "Final loss by rate"));
  CHECK(contains(text, "runners=" + found));
  CHECK(contains(fails(asCsv), "csv holds channels, or readings alone"));
}

TEST_CASE("A task that measures is done at the step that the run has come to", "[cli]") {
  // Logistic regression from zero: H = 1/n Σ s(1 − s) aaᵀ with a = (x, y, 1) and s the sigmoid of
  // w·a, which is ½ before the first step.
  const auto at = [](int steps) {
    return Json::parse(
        succeeds({"run", "network", "data=moons", "layers=", "initialisation=zeros", "validation=0",
                  "runners=sgd(lr=0.5)", "epochs=20", "--steps", std::to_string(steps), "--task",
                  "sharpness", "--read", "points,documents", "--format", "json"}));
  };
  const auto expected = [](const Json& run) {
    Vector w(3);
    for (const Json& document : run["documents"]) {
      if (document["name"] != "weights.json") continue;
      const Json blocks = Json::parse(document["text"].get<std::string>())["blocks"];
      w << blocks[0]["values"][0], blocks[0]["values"][1], blocks[1]["values"][0];
    }
    const auto points = numbers(run, "points");
    const int columns = run["channels"]["points"]["shape"][1],
              n = run["channels"]["points"]["shape"][0];
    Matrix h = Matrix::Zero(3, 3);
    for (int i = 0; i < n; ++i) {
      const double* point = points.data() + static_cast<std::ptrdiff_t>(i) * columns;
      Vector a(3);
      a << point[0], point[1], 1;
      const double s = 1 / (1 + std::exp(-w.dot(a)));
      h += s * (1 - s) / n * a * a.transpose();
    }
    return Eigen::SelfAdjointEigenSolver<Matrix>(h).eigenvalues()[2];
  };
  const auto measured = [](const Json& run) {
    return run["task"]["rows"][0]["cells"][1].get<double>();
  };
  const Json start = at(0), trained = at(20);
  CHECK(trained["step"] == 20);
  CHECK(measured(start) == Approx(expected(start)).epsilon(1e-6));
  CHECK(measured(trained) == Approx(expected(trained)).epsilon(1e-6));
  CHECK(measured(trained) < 0.8 * measured(start));
  // As the page does it, which stands at a step.
  const Json again = Json::parse(succeeds(
      {"run", "network", "data=moons", "layers=", "initialisation=zeros", "validation=0",
       "runners=sgd(lr=0.5)", "epochs=20", "t=20", "--task", "sharpness", "--format", "json"}));
  CHECK(again["task"] == trained["task"]);
  CHECK(contains(succeeds({"run", "network", "epochs=2", "--task", "sharpness"}),
                 "Sharpness of the training loss, done at epoch 2\n"));
}

TEST_CASE("An unknown task is refused by name", "[cli]") {
  CHECK(contains(fails({"run", "race", "--task", "fly"}), "race has no task 'fly'"));
  CHECK(contains(fails({"run", "decay", "--task", "tune"}), "decay has no task 'tune'"));
  CHECK(Json::parse(succeeds(
            {"run", "decay", "--steps", "1", "--task", "grid", "--format", "json"}))["task"]["rows"]
            .size() == 64);
}

TEST_CASE("A rate without its key and an inner optimizer in quotes are tuned as any", "[cli]") {
  const auto runnersOf = [](const std::string& runners) {
    const Json json = Json::parse(succeeds({"run", "race", "landscape=bowl", "runners=" + runners,
                                            "steps=5", "--task", "tune", "--format", "json"}));
    return *Spec::parse(json["spec"].get<std::string>())->find("runners");
  };
  const std::string best = runnersOf("sgd(lr=0.3)");
  CHECK(runnersOf("sgd(0.3)") == best);
  CHECK(runnersOf("lookahead(\"sgd(lr=0.3)\")") == runnersOf("lookahead(sgd(lr=0.3))"));
  succeeds({"run", "schedules", "optimizer=lookahead(\"sgd(lr=0.1)\")"});
}

TEST_CASE("Steps may be written as any whole number", "[cli]") {
  const Json json = Json::parse(succeeds({"run", "race", "--steps", "1e2", "--format", "json"}));
  CHECK(json["step"] == 100);
  CHECK(contains(fails({"run", "race", "--steps", "1.5"}), "--steps"));
  CHECK(contains(fails({"run", "race", "--steps", "1e9"}), "--steps"));
}

TEST_CASE("No control character of what was typed reaches the terminal", "[cli]") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"run", "race", "landscape=\x1B[31mred"},
                                             {"run", "\x07"},
                                             {"run", "race", "\x01=2"},
                                             {"run", "race", "start=\x1B]0;x\x07"},
                                             {"run", "race", "--read", "loss\x7F"},
                                             {"run", "approximation", "target=\x01"},
                                             {"schedule", "\u200Bcosine\x02"}}) {
    const std::string message = fails(arguments);
    INFO(message);
    CHECK(contains(message, "<U+00"));
    for (const char c : message.substr(0, message.size() - 1)) {
      CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
    }
  }
}

TEST_CASE("Presets are verified with a line each and a count, and what is not there is named",
          "[cli]") {
  const auto said = lines(succeeds({"verify", "race", "--preset", "one"}));
  REQUIRE(said.size() == 2);
  CHECK(said[0].rfind("holds   race/one", 0) == 0);
  CHECK(said[1].rfind("1 preset, 0 broken: ", 0) == 0);
  const auto json = Json::parse(succeeds({"verify", "moments", "--format", "json"}));
  CHECK(json["broken"] == 0);
  CHECK(json["outcomes"].size() == json["presets"]);
  for (const Json& outcome : json["outcomes"]) CHECK(outcome["shown"] > 0);
  CHECK(contains(fails({"verify", "race", "--preset", "nope"}),
                 "race has no preset 'nope'; known: classics, one,"));
  CHECK(contains(fails({"verify", "rase"}), "did you mean race?"));
}
