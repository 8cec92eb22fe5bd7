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
    const Reading shallow = readingOf(*session, "pieces", 0);
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
  const auto one = opened(kDepthVsWidth + "layers=1");
  const auto growth = data(*one, "growth");
  REQUIRE(growth.size() == 24);
  for (std::size_t k = 1; k <= 12; ++k) {
    CHECK(growth[2 * k - 2] == 2.0 * static_cast<double>(k));
    CHECK(growth[2 * k - 1] == std::exp2(k));
  }
  const auto layer = data(*one, "oneLayer");
  REQUIRE(layer.size() == 48);
  for (std::size_t n = 1; n <= 24; ++n) CHECK(layer[2 * n - 1] == layer[2 * n - 2] + 1);
}

TEST_CASE("The square is as far from x² as predicted", "[depth-vs-width]") {
  for (int m = 1; m <= 12; ++m) {
    const auto session = opened(kDepthVsWidth + "built=square&layers=" + std::to_string(m));
    const Reading gap = readingOf(*session, "largest gap from x²", -1);
    CHECK(gap.predicted == std::exp2(-2 * m - 2));
    CHECK(std::abs(gap.residual()) < 1e-6 * gap.predicted);
    CHECK(readingOf(*session, "pieces 2^m", -1).residual() == 0);
    const auto gaps = data(*session, "squareGaps");
    const auto row = static_cast<std::size_t>(3 * (m - 1));
    CHECK(gaps[row] == gap.measured);
    CHECK(gaps[row + 1] == gap.predicted);
    CHECK(gaps[row + 2] == readingOf(*session, "largest gap").predicted);
  }
}

TEST_CASE("No trained layer goes below the bounds", "[depth-vs-width]") {
  for (const char* spec : {"layers=4&optimizer=adam(lr=0.03)", "layers=6&batch=64",
                           "built=square&layers=4&optimizer=adam(lr=0.003)"}) {
    const auto session = opened(kDepthVsWidth + "steps=100&deep=off&" + spec);
    const bool isSquare = hasReading(*session, "pieces 2^m", -1);
    for (int t = 0; t < 100; t += 20) {
      REQUIRE(session->advance(20));
      const auto holds = [&](const std::string& quantity, Relation relation) {
        const Reading r = readingOf(*session, quantity);
        INFO(quantity);
        CHECK(r.relation == relation);
        CHECK(r.verdict() == Verdict::kHolds);
      };
      holds("largest gap", Relation::kAtLeast);
      holds("pieces", Relation::kAtMost);
      if (isSquare) continue;
      CHECK(readingOf(*session, "largest gap").predicted == 0.5);
      holds("extremes missed", Relation::kAtLeast);
      // Of four layers it is no more than nothing.
      const bool isManyTeeth = contains(spec, "layers=6");
      CHECK(hasReading(*session, "mean square") == isManyTeeth);
      if (isManyTeeth) holds("mean square", Relation::kAtLeast);
      CHECK(data(*session, "leastGap/0").back() == 0.5);
    }
  }
}

TEST_CASE("Of a layer that may have all pieces nothing is promised", "[depth-vs-width]") {
  const auto session = opened(presetOf("depth-vs-width", "few"));
  CHECK_FALSE(hasReading(*session, "largest gap", 0));
  CHECK_FALSE(hasChannel(*session, "leastGap/0"));
}

TEST_CASE("A deep network that begins at the jittered weights is off by what they change",
          "[depth-vs-width]") {
  const auto session = opened(presetOf("depth-vs-width", "repair"));
  CHECK(data(*session, "gap/1").front() ==
        Approx(readingOf(*session, "change by the jitter", -1).measured));
}

TEST_CASE("A small jitter changes as much as its derivative says, a large one loses teeth",
          "[depth-vs-width]") {
  const auto session = opened(kDepthVsWidth + "layers=8&jitter=0.000001&batch=64&steps=40");
  REQUIRE(session->advance(10));
  const Reading small = readingOf(*session, "change by the jitter", -1);
  CHECK(std::abs(small.residual()) < 1e-3 * small.predicted);
  const Reading kept = readingOf(*session, "crossings of ½ with jitter", -1);
  CHECK(kept.predicted == 256);
  CHECK(kept.measured == 256);
  const auto before = data(*session, "error/1");
  // It is live: what is trained goes on.
  REQUIRE(session->set("jitter", "0.01"));
  CHECK(session->step() == 10);
  CHECK(data(*session, "error/1") == before);
  CHECK(contains(readingOf(*session, "change by the jitter", -1).judged(), "jitter is not small"));
  // A tooth may be lost where some place moves by ½.
  const Reading lost = readingOf(*session, "crossings of ½ with jitter", -1);
  CHECK(lost.measured < 256);
  CHECK(contains(lost.judged(), "not judged: some place moves by ½"));
  CHECK(readingOf(*session, "pieces with jitter", -1).verdict() == Verdict::kBaseline);
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
          "[depth-vs-width]") {
  for (const char* preset : {"twelve", "repair"}) {
    INFO(preset);
    const Reading r =
        readingOf(*opened(presetOf("depth-vs-width", preset)), "change by the jitter", -1);
    CHECK(r.measured > 0.5);
    CHECK(contains(r.judged(), "not judged: this jitter is not small"));
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
  CHECK(average.verdict() == Verdict::kHolds);
  double squares = 0;
  for (const double n : drawn) squares += (n - mean) * (n - mean);
  const double error = std::sqrt(squares / 400 / 401);
  CHECK(average.tolerance == Approx(2 * error + 0.05 * average.predicted));
  CHECK(drawn.front() == readingOf(*session, "pieces of what is built", -1).measured);
  CHECK(*std::max_element(drawn.begin(), drawn.end()) < 289.0 / 4);
  // The run is of a function that a layer may have, and there is no bound to show.
  CHECK_FALSE(hasReading(*session, "largest gap"));
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
  CHECK(contains(narrow.judged(), "formula is for wide layers"));
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
    const auto fit = data(*session, "fit(" + i + ")");
    CHECK(fit.size() / 2 - 1 == static_cast<std::size_t>(data(*session, "pieces/" + i).back()));
  }
  const auto sawtooth = opened(kDepthVsWidth + "layers=3");
  CHECK(data(*sawtooth, "layer(1)") == std::vector<double>{0, 0, 0.5, 1, 1, 0});
  CHECK(data(*sawtooth, "plan") == std::vector<double>{3, 6});
  CHECK(contains(sawtooth->read("layer(4)").error().message,
                 "layer of layer(layer) must be a whole number in [1, 3], got 4"));
  CHECK_FALSE(sawtooth->read("layer"));
  CHECK_FALSE(sawtooth->read("layer(1.5)"));
  CHECK_FALSE(sawtooth->read("fit(2)"));
  CHECK_FALSE(sawtooth->read("builtGap"));
  // Of one piece of two, from 0 to ½ and from there to 1: chords of x².
  const auto square = opened(kDepthVsWidth + "built=square&layers=1");
  const auto gap = data(*square, "builtGap");
  REQUIRE(gap.size() == 2 * 17);
  CHECK(gap[2 * 4] == 0.25);
  CHECK(gap[2 * 4 + 1] == Approx(1.0 / 16));
  CHECK(gap[2 * 16 + 1] == Approx(0).margin(1e-15));
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
  CHECK_FALSE(data(*session, "fit(0)").empty());
  CHECK(contains(readingOf(*session, "extremes missed").judged(), "it has diverged"));
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
