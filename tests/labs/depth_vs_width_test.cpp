// The lab of depth against width: constructions beside their counts, bounds that no training goes
// below, and that what is shown is what was computed.
#include <cmath>

#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kDepthVsWidth = "lab=depth-vs-width&";

}  // namespace

TEST_CASE("The presets of depth against width run", "[depth-vs-width]") {
  checkPresets("depth-vs-width");
}

TEST_CASE("A sought run of depth against width shows the same numbers", "[depth-vs-width]") {
  checkSeeks(kDepthVsWidth + "layers=3&steps=24&optimizer=momentum(lr=0.01)", 24);
  checkSeeks(kDepthVsWidth + "built=square&layers=3&steps=24&start=jittered&batch=32", 24);
  checkSeeks(kDepthVsWidth + "built=random&layers=2&width=5&steps=24", 24);
}

TEST_CASE("The lab counts 2^k pieces for every k, against N + 1", "[depth-vs-width]") {
  for (int k = 1; k <= 12; ++k) {
    const auto session = opened(kDepthVsWidth + "jitter=0&layers=" + std::to_string(k));
    const Reading pieces = readingOf(*session, "pieces 2^k", -1);
    CHECK(pieces.predicted == std::exp2(k));
    CHECK(pieces.residual() == 0);
    CHECK(data(*session, "built").size() == 2 * static_cast<std::size_t>(pieces.measured + 1));
    const Reading shallow = readingOf(*session, "pieces, at most", 0);
    CHECK(shallow.predicted == 2 * k + 1);
    CHECK(shallow.measured <= shallow.predicted);
    // As many parameters.
    const auto tables = session->tables();
    const auto& rows = tables.at(0).rows;
    REQUIRE(rows.size() == 4);
    CHECK(number(rows[0], 3) == 6 * k + 1);
    for (const Row& row : rows) CHECK(number(row, 3) == number(rows[0], 3));
    CHECK(number(rows[0], 6) == 0);
  }
  const auto scaling = data(*opened(kDepthVsWidth + "layers=1"), "scaling");
  REQUIRE(scaling.size() == 60);
  for (std::size_t k = 1; k <= 12; ++k) {
    CHECK(scaling[5 * k - 5] == 2.0 * static_cast<double>(k));
    CHECK(scaling[5 * k - 4] == std::exp2(k));
  }
}

TEST_CASE("The square is as far from x² as predicted", "[depth-vs-width]") {
  for (int m = 1; m <= 12; ++m) {
    const auto session = opened(kDepthVsWidth + "built=square&layers=" + std::to_string(m));
    const Reading gap = readingOf(*session, "largest gap from x²", -1);
    CHECK(gap.predicted == std::exp2(-2 * m - 2));
    CHECK(std::abs(gap.residual()) < 1e-6 * gap.predicted);
    CHECK(readingOf(*session, "pieces 2^m", -1).residual() == 0);
    const auto scaling = data(*session, "scaling");
    const auto row = static_cast<std::size_t>(5 * (m - 1));
    CHECK(scaling[row + 2] == gap.measured);
    CHECK(scaling[row + 3] == gap.predicted);
    CHECK(scaling[row + 4] == readingOf(*session, "largest gap, at least").predicted);
  }
}

TEST_CASE("No trained layer goes below the bounds", "[depth-vs-width]") {
  for (const char* spec : {"layers=4&optimizer=adam(lr=0.03)", "layers=6&batch=64",
                           "built=square&layers=4&optimizer=adam(lr=0.003)"}) {
    const auto session = opened(kDepthVsWidth + "steps=100&deep=off&" + spec);
    const bool isSquare = hasReading(*session, "pieces 2^m", -1);
    for (int t = 0; t < 100; t += 20) {
      REQUIRE(session->advance(20));
      const auto holds = [&](const std::string& quantity, double sign) {
        const Reading r = readingOf(*session, quantity);
        INFO(quantity);
        CHECK(sign * (r.measured - r.predicted) >= 0);
        CHECK(std::isnan(r.residual()));
      };
      holds("largest gap, at least", 1);
      holds("pieces, at most", -1);
      if (isSquare) continue;
      CHECK(readingOf(*session, "largest gap, at least").predicted == 0.5);
      holds("mean square, at least", 1);
      holds("extremes missed, at least", 1);
      CHECK(data(*session, "leastGap/0").back() == 0.5);
    }
  }
}

TEST_CASE("Where width is enough the layer finds the pieces",
          "[depth-vs-width][depth-vs-width/few]") {
  const auto session = finished("depth-vs-width", "few");
  CHECK(readingOf(*session, "largest gap, at least", 0).predicted == 0);
  CHECK(data(*session, "gap/0").back() < 0.02);
  CHECK(data(*session, "gap/1").back() > 0.4);
  CHECK_FALSE(hasChannel(*session, "leastGap/0"));
}

TEST_CASE("From jittered weights the deep network finds its teeth again",
          "[depth-vs-width][depth-vs-width/repair]") {
  const auto session = finished("depth-vs-width", "repair");
  const auto gap = data(*session, "gap/1");
  CHECK(gap.front() > 0.4);
  CHECK(gap.front() == Approx(readingOf(*session, "change by the jitter", -1).measured));
  CHECK(gap.back() < 0.06);
  CHECK(data(*session, "gap/0").back() > 0.5);
}

TEST_CASE("A small jitter changes as much as its derivative says, a large one loses teeth",
          "[depth-vs-width]") {
  const auto session = opened(kDepthVsWidth + "layers=8&jitter=0.000001&batch=64&steps=40");
  REQUIRE(session->advance(10));
  const Reading small = readingOf(*session, "change by the jitter", -1);
  CHECK(std::abs(small.residual()) < 1e-3 * small.predicted);
  const Reading kept = readingOf(*session, "crossings of ½ with jitter, at least", -1);
  CHECK(kept.predicted == 256);
  CHECK(kept.measured == 256);
  const auto before = data(*session, "error/1");
  // It is live: what is trained goes on.
  REQUIRE(session->set("jitter", "0.01"));
  CHECK(session->step() == 10);
  CHECK(data(*session, "error/1") == before);
  CHECK(std::isnan(readingOf(*session, "change by the jitter", -1).predicted));
  CHECK(contains(readingOf(*session, "change by the jitter", -1).assumption, "% off that"));
  // A tooth may be lost where some place moves by ½.
  const Reading lost = readingOf(*session, "crossings of ½ with jitter, at least", -1);
  CHECK(lost.measured < 256);
  CHECK(std::isnan(lost.predicted));
  CHECK(contains(lost.assumption, "nothing is promised"));
  CHECK(std::isnan(readingOf(*session, "pieces with jitter", -1).predicted));
  REQUIRE(session->set("jitterSeed", "2"));
  CHECK(session->step() == 10);
  REQUIRE(session->set("jitter", "0"));
  CHECK(data(*session, "jittered") == data(*session, "built"));
  CHECK_FALSE(hasReading(*session, "change by the jitter", -1));
  // Where training begins at it, another jitter is another run.
  REQUIRE(session->set("start", "jittered"));
  REQUIRE(session->advance(5));
  CHECK(data(*session, "gap/1").back() < 1e-12);
  REQUIRE(session->set("jitter", "0.01"));
  CHECK(session->step() == 0);
}

TEST_CASE("A jitter whose half is straight and which is not itself has no derivative's change",
          "[depth-vs-width][depth-vs-width/twelve][depth-vs-width/repair]") {
  for (const char* preset : {"twelve", "repair"}) {
    INFO(preset);
    const Reading r =
        readingOf(*opened(presetOf("depth-vs-width", preset)), "change by the jitter", -1);
    CHECK(std::isnan(r.predicted));
    CHECK(r.measured > 0.5);
    CHECK(contains(r.assumption, "% off that"));
  }
}

TEST_CASE("Random networks drawn step by step have the pieces predicted", "[depth-vs-width]") {
  const auto session = opened(
      kDepthVsWidth +
      "built=random&layers=2&width=16&bias=0.5&deep=off&steps=400&optimizer=sgd(lr=0.001)&seed=3");
  REQUIRE(session->advance(400));
  const auto drawn = data(*session, "drawn");
  double mean = 0;
  for (const double n : drawn) mean += n / static_cast<double>(drawn.size());
  const Reading average = readingOf(*session, "pieces on average", -1);
  CHECK(average.measured == Approx(mean));
  CHECK(data(*session, "expected").front() == average.predicted);
  CHECK(std::abs(average.residual()) < 0.05 * average.predicted);
  CHECK(drawn.front() == readingOf(*session, "pieces, at most Π", -1).measured);
  CHECK(*std::max_element(drawn.begin(), drawn.end()) < 289.0 / 4);
  // The run is of a function that a layer may have, and there is no bound to show.
  CHECK_FALSE(hasReading(*session, "largest gap, at least"));
}

TEST_CASE("Of narrow and deep random networks no number of pieces is predicted",
          "[depth-vs-width]") {
  const auto average = [](const std::string& shape) {
    return readingOf(*ran(kDepthVsWidth + "built=random&deep=off&steps=20&" + shape, 20),
                     "pieces on average", -1);
  };
  const Reading narrow = average("layers=8&width=4");
  CHECK(std::isnan(narrow.predicted));
  CHECK(narrow.measured < 16);  // where the formula for wide layers says 20.6
  CHECK(contains(narrow.assumption, "nothing is predicted"));
  CHECK(std::isfinite(average("layers=1&width=2").predicted));
  CHECK(std::isfinite(average("layers=4&width=16").predicted));
}

TEST_CASE("What is drawn of a network is its function", "[depth-vs-width]") {
  const auto session = ran(kDepthVsWidth + "built=random&layers=3&width=6&steps=20", 20);
  const auto built = data(*session, "built");
  CHECK(data(*session, "layer(3)") == built);
  CHECK(data(*session, "aim") == built);
  CHECK(data(*session, "layer(1)").size() <= 2 * 7 + 2);
  for (const std::string i : {"0", "1"}) {
    const auto fit = data(*session, "fit/" + i);
    CHECK(fit.size() / 2 - 1 == static_cast<std::size_t>(data(*session, "pieces/" + i).back()));
  }
  const auto sawtooth = opened(kDepthVsWidth + "layers=3");
  CHECK(data(*sawtooth, "layer(1)") == std::vector<double>{0, 0, 0.5, 1, 1, 0});
  CHECK(data(*sawtooth, "plan") == std::vector<double>{0, 3, 6});
  CHECK(sawtooth->read("layer(4)").error().message ==
        "layer takes a layer from 1 to 3, got layer(4)");
  CHECK_FALSE(sawtooth->read("layer"));
  CHECK_FALSE(sawtooth->read("layer(1.5)"));
  CHECK_FALSE(sawtooth->read("fit/2"));
}

TEST_CASE("Networks are named by their shape, and their rate may be turned", "[depth-vs-width]") {
  const auto session = opened(kDepthVsWidth);
  const auto subjects = session->lab().subjects();
  REQUIRE(subjects.size() == 2);
  CHECK(subjects[0].label == "shallow");
  CHECK(subjects[1].label == "deep");
  CHECK(subjects[0].style.hue != subjects[1].style.hue);
  CHECK(session->lab().subtitle() ==
        "5 layers of 10 units in all against one layer of 10; 31 parameters");
  CHECK(opened(kDepthVsWidth + "shallow=off")->lab().subjects().size() == 1);
  REQUIRE(session->advance(3));
  REQUIRE(session->set("optimizer", "adam(lr=0.02)"));
  CHECK(session->step() == 3);
  CHECK(session->lab().subjects()[1].label == "deep");
  REQUIRE(session->set("optimizer", "sgd(lr=0.1)"));
  CHECK(session->step() == 0);
}

TEST_CASE("What diverges leaves no more numbers and keeps its last function", "[depth-vs-width]") {
  const auto session = ran(kDepthVsWidth + "layers=3&steps=60&deep=off&optimizer=sgd(lr=1000)", 60);
  const auto state = session->lab().states().at(0);
  CHECK(state.status == "diverged");
  CHECK(state.step <= 10);
  const auto error = data(*session, "error/0");
  CHECK(std::isfinite(error[0]));
  CHECK(allNaN(error, static_cast<std::size_t>(state.step) + 1));
  CHECK_FALSE(data(*session, "fit/0").empty());
  CHECK(std::isnan(readingOf(*session, "extremes missed, at least").measured));
}

TEST_CASE("Jitters are tried from a millionth to one", "[depth-vs-width]") {
  const auto session = opened(kDepthVsWidth + "layers=6");
  REQUIRE(session->startTask("jitters"));
  Task& task = *session->task();
  CHECK(task.total() == 13 * 20);
  task.advance(30);
  CHECK(task.done() == 30);
  CHECK(task.result().rows.size() == 2);
  task.advance(10000);
  CHECK(task.done() == task.total());
  const Table table = task.result();
  REQUIRE(table.rows.size() == 26);
  for (std::size_t i = 0; i < 26; ++i) {
    CHECK(table.rows[i].cells.size() == table.columns.size());
    CHECK(table.rows[i].subject == static_cast<int>(i / 13));
  }
  CHECK(number(table.rows[0], 1) == 1e-6);
  CHECK(number(table.rows[12], 1) == 1);
  CHECK(number(table.rows[0], 2) == Approx(number(table.rows[13], 2)).epsilon(1e-3));
  // Straight on where it is small: ten times the jitter, ten times the change.
  CHECK(number(table.rows[2], 2) / number(table.rows[0], 2) == Approx(10).epsilon(1e-2));
  // Beyond, to first order is too much.
  CHECK(number(table.rows[12], 2) > 0.5);
  CHECK(number(table.rows[0], 3) >= 64);
  CHECK_FALSE(session->startTask("depths"));
}

TEST_CASE("Bad knobs of depth against width are refused", "[depth-vs-width]") {
  CHECK(contains(refusal(kDepthVsWidth + "layers=13"),
                 "depth-vs-width.layers must be a whole number in [1, 12], got 13"));
  CHECK(contains(refusal(kDepthVsWidth + "built=tent"), "must be one of sawtooth, square, random"));
  CHECK(contains(refusal(kDepthVsWidth + "jitter=-1"), "depth-vs-width.jitter must be in [0, 1]"));
  CHECK(refusal(kDepthVsWidth + "shallow=off&deep=off") ==
        "depth-vs-width needs a network to train: one of shallow and deep must be on");
  CHECK(contains(refusal(kDepthVsWidth + "optimizer=sdg"), "did you mean sgd?"));
}
