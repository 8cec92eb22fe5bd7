#include "labs/race.h"

using namespace descent;

TEST_CASE("Every channel has a row for every step, from the start on", "[race]") {
  const auto session =
      raced("landscape=beale&runners=sgd(lr=0.001),lookahead(adam),armijo&start=1,1.5", 20);
  for (int i = 0; i < 3; ++i) {
    const std::string at = "/" + std::to_string(i);
    const Array path = channel(*session, "path" + at);
    CHECK(path.shape == std::vector<int>{21, 2});
    CHECK(path.data[0] == 1);
    CHECK(path.data[1] == 1.5);
    for (const char* series : {"loss", "distance", "gradient", "step", "evaluations", "time"}) {
      const Array array = channel(*session, series + at);
      CHECK(array.shape == std::vector<int>{21});
      CHECK(array.data.size() == 21);
    }
  }
  CHECK(channel(*session, "window").shape == std::vector<int>{4});
  CHECK(data(*session, "start") == std::vector<double>{1, 1.5});
  CHECK(channel(*session, "minima").shape == std::vector<int>{1, 2});
  CHECK(channel(*opened("lab=race"), "minima").shape == std::vector<int>{4, 2});
}

TEST_CASE("Every channel that is listed can be read, before the first step and after", "[race]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    const auto session = opened("lab=race&landscape=rosenbrock&runners=" + entry.id);
    for (int step = 0; step < 3; ++step) {
      for (const Channel& c : session->channels()) {
        const Array array = channel(*session, c.name == "field" ? "field(0,1,0,1,2,2)" : c.name);
        INFO(entry.id << " " << c.name);
        std::size_t size = 1;
        for (const int n : array.shape) size *= static_cast<std::size_t>(n);
        CHECK(array.data.size() == size);
      }
      REQUIRE(session->advance(1));
    }
  }
}

TEST_CASE("Loss, gradient, distance and step are those of the path", "[race]") {
  const auto session = raced("landscape=himmelblau&runners=momentum(lr=0.004)", 50);
  const auto f = surface("himmelblau");
  const auto path = data(*session, "path/0"), loss = data(*session, "loss/0"),
             gradient = data(*session, "gradient/0"), distance = data(*session, "distance/0"),
             step = data(*session, "step/0");
  CHECK(std::isnan(step[0]));
  for (std::size_t t = 0; t <= 50; ++t) {
    const Point x(path[2 * t], path[2 * t + 1]);
    CHECK(loss[t] == f->f(x[0], x[1]));
    CHECK(gradient[t] == f->gradientAt(x[0], x[1]).norm());
    double nearest = HUGE_VAL;
    for (const Point& m : f->minima()) nearest = std::min(nearest, (x - m).norm());
    CHECK(distance[t] == nearest);
    if (t > 0) {
      CHECK(step[t] == Approx(std::hypot(x[0] - path[2 * t - 2], x[1] - path[2 * t - 1])));
    }
  }
}

TEST_CASE("Lookahead is judged at its slow weights and drawn at its fast ones", "[race]") {
  const auto session = raced("landscape=bowl(kappa=1)&runners=lookahead(sgd(lr=0.5),k=3)", 3);
  const auto path = data(*session, "path/0"), loss = data(*session, "loss/0");
  CHECK(path[2] == -2);
  CHECK(path[4] == -1);
  CHECK(loss[1] == loss[0]);
  CHECK(loss[2] == loss[0]);
  // φ = −4 + ½(−½ + 4)
  CHECK(path[6] == -2.25);
  CHECK(loss[3] == Approx((2.25 * 2.25 + 1.125 * 1.125) / 2));
}

TEST_CASE("Evaluations are counted as each optimizer asks for them", "[race]") {
  const auto session = raced(
      "landscape=rosenbrock&runners=sgd(lr=1e-4),sam(sgd(lr=1e-4)),newton,armijo,"
      "lookahead(sam(sgd(lr=1e-4)))",
      10);
  const auto at = [&](int i) { return data(*session, "evaluations/" + std::to_string(i)); };
  for (std::size_t t = 0; t <= 5; ++t) {
    const auto steps = static_cast<double>(t);
    CHECK(at(0)[t] == steps);
    CHECK(at(1)[t] == 2 * steps);
    CHECK(at(2)[t] == 5 * steps);
    CHECK(at(3)[t] == steps);
    CHECK(at(4)[t] == 2 * steps);
  }
  const Table table = session->tables().at(0);
  REQUIRE(table.rows.size() == 5);
  CHECK(table.columns[3].label == "Values");
  CHECK(std::get<double>(table.rows[0].cells[3]) == 0);
  // One value a step that is accepted, one more for each rejected trial.
  CHECK(std::get<double>(table.rows[3].cells[3]) > 10);
}

TEST_CASE("Armijo's values are its trials, and the rejected ones are drawn", "[race]") {
  // On ½x²: from x with α = 1 the first trial is the minimum, accepted at once.
  const auto once = raced("landscape=bowl(kappa=1)&runners=armijo", 1);
  CHECK(std::get<double>(once->tables()[0].rows[0].cells[3]) == 1);
  CHECK(channel(*once, "probe.rejected/0").shape == std::vector<int>{0, 2});
  // α = 4, 2 are rejected (x → −3x, −x), 1 is accepted.
  const auto thrice = raced("landscape=bowl(kappa=1)&runners=armijo(initial=4)&start=1,2", 1);
  CHECK(std::get<double>(thrice->tables()[0].rows[0].cells[3]) == 3);
  CHECK(channel(*thrice, "probe.rejected/0").data == std::vector<double>{-3, -6, -1, -2});
}

TEST_CASE("The field holds the values of f, row 0 at y0", "[race]") {
  const auto session = opened("lab=race&landscape=beale");
  const auto f = surface("beale");
  const Array field = channel(*session, "field(-1, 2, 0.5, 1.5, 4, 3)");
  CHECK(field.shape == std::vector<int>{3, 4});
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      CHECK(field.data[static_cast<std::size_t>(4 * j + i)] == f->f(-1 + i, 0.5 + 0.5 * j));
    }
  }
  CHECK(channel(*session, "field(0,1,0,1,256,256)").data.size() == 65536);
}

TEST_CASE("A field with bad arguments is refused", "[race]") {
  const auto session = opened("lab=race");
  for (const char* arguments :
       {"", "(1)", "(0,1,0,1,2)", "(0,1,0,1,2,2,2)", "(1,0,0,1,2,2)", "(0,1,1,0,2,2)",
        "(0,1,0,1,1,2)", "(0,1,0,1,2.5,2)", "(0,1,0,1,-5,-5)", "(0,1,0,1,257,256)",
        "(0,1,0,1,1e9,1e9)", "(0,1,0,1,2,2,foo)", "(a,0,1,0,1,2,2)"}) {
    INFO(arguments);
    const auto read = session->read(std::string("field") + arguments);
    REQUIRE_FALSE(read);
    CHECK((contains(read.error().message, "field(x0, x1, y0, y1, nx, ny)") ||
           contains(read.error().message, "field takes a grid with x0 < x1, y0 ≤ y1 and at most")));
  }
}

TEST_CASE("An unknown channel is refused with the known ones", "[race]") {
  const auto session = opened("lab=race&runners=sgd");
  for (const char* name : {"lose/0", "loss/1", "loss/-1", "loss/", "loss", "loss/0x", "/0",
                           "loss/99999999999999999999", "probe./0", "field()"}) {
    INFO(name);
    const auto read = session->read(name);
    REQUIRE_FALSE(read);
    CHECK(contains(read.error().message,
                   std::string("race has no channel '") + name +
                       "'; known: path/0, loss/0, distance/0, gradient/0, step/0, "));
  }
}

TEST_CASE("Arrows start at the runner and carry gradient and momentum", "[race]") {
  const auto session = raced("landscape=bowl(kappa=10)&runners=momentum(lr=0.1,beta=0.5)", 1);
  // From (−4, 2): g = (−4, 20), v = g, θ = (−3.6, 0).
  CHECK(data(*session, "gradientArrow/0") == std::vector<double>{-3.6, 0, -3.6, 0});
  CHECK(data(*session, "probe.momentum/0") == std::vector<double>{-3.6, 0, -4, 20});
  CHECK(channel(*session, "model/0").shape == std::vector<int>{0, 6});
}

TEST_CASE("What an optimizer carries is named in words", "[race]") {
  const auto session = raced("landscape=bowl(kappa=10)&runners=adam", 0);
  for (const Channel& channel : session->channels()) {
    if (channel.name == "probe.first-moment/0") CHECK(channel.label == "first moment");
    CHECK(channel.label.find('-') == std::string::npos);
  }
}

TEST_CASE("The ellipse of Newton's model passes through the point where it was made", "[race]") {
  const auto session = raced("landscape=rosenbrock&runners=newton&start=-1.2,1", 0);
  CHECK(channel(*session, "model/0").data.empty());
  for (std::size_t t = 1; t <= 4; ++t) {
    REQUIRE(session->advance(1));
    const auto m = data(*session, "model/0");
    const auto path = data(*session, "path/0");
    REQUIRE(m.size() == 6);
    const double u = path[2 * t - 2] - m[0], v = path[2 * t - 1] - m[1];
    CHECK(m[2] * u * u + 2 * m[3] * u * v + m[4] * v * v == Approx(m[5]).epsilon(1e-12));
    // A full step leads to the centre.
    CHECK(path[2 * t] == Approx(m[0]));
    CHECK(path[2 * t + 1] == Approx(m[1]));
    const auto h = surface("rosenbrock")->hessianAt(path[2 * t - 2], path[2 * t - 1]);
    CHECK(m[2] == h(0, 0));
    CHECK(m[3] == h(0, 1));
    CHECK(m[4] == h(1, 1));
  }
}
