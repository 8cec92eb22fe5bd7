// The attention lab: what softmax, order and masks guarantee, to rounding; what fitted heads look
// at; and that what is shown is what was computed.
#include <cmath>

#include "attention/positions.h"
#include "attention/self_attention.h"
#include "attention/tasks.h"
#include "labs/attention/projections.h"
#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kAttention = "lab=attention&";
const std::string kOrderless = "projections=random&positions=off&causal=off&";

// Rows of a channel of two dimensions.
Matrix matrixOf(const Session& session, const std::string& name) {
  const Array a = channel(session, name);
  REQUIRE(a.shape.size() == 2);
  Matrix m(a.shape[0], a.shape[1]);
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
      m(i, j) = a.data[static_cast<std::size_t>(i * m.cols() + j)];
    }
  }
  return m;
}

double bits(const Vector& weights) {
  double sum = 0;
  for (const double a : weights) sum -= a > 0 ? a * std::log2(a) : 0;
  return sum;
}

std::string refusedSet(const std::string& spec, const std::string& knob, const std::string& value) {
  const auto session = opened(kAttention + spec);
  const auto set = session->set(knob, value);
  REQUIRE_FALSE(set);
  return set.error().message;
}

}  // namespace

TEST_CASE("Every preset of attention opens and runs to its end", "[attention]") {
  checkPresets("attention");
}

TEST_CASE("Rows of the weights sum to one, and masked ones are zero", "[attention]") {
  const auto session = opened(kAttention + "padding=3&heads=8");
  const Matrix a = matrixOf(*session, "weights");
  REQUIRE(a.rows() == 13);
  for (Eigen::Index i = 0; i < 13; ++i) {
    CHECK(std::abs(a.row(i).sum() - 1) < 1e-15 * 8);
    for (Eigen::Index j = 0; j < 13; ++j) {
      if (j > i || j >= 10) CHECK(a(i, j) == 0);
    }
  }
  const Reading sums = readingOf(*session, "row sums");
  CHECK(sums.predicted == 1);
  CHECK(std::abs(sums.residual()) < 1e-15 * 8);
  const Matrix mask = matrixOf(*session, "mask"), scores = matrixOf(*session, "scores");
  for (Eigen::Index i = 0; i < 13; ++i) {
    for (Eigen::Index j = 0; j < 13; ++j) CHECK(std::isnan(scores(i, j)) == (mask(i, j) == 1));
  }
  CHECK(mask(0, 1) == 1);
}

TEST_CASE("Words and roles are told by their characters", "[attention]") {
  const auto textsOf = [](const Session& session, const std::string& name) {
    const auto rows = data(session, name);
    std::vector<std::string> texts;
    for (std::size_t k = 0; k < rows.size(); k += 2) {
      texts.resize(static_cast<std::size_t>(rows[k]) + 1);
      texts.back() += utf8(static_cast<int>(rows[k + 1]));
    }
    return texts;
  };
  const auto session = opened(kAttention + "tokens=das öl 🐈&padding=1&heads=2&head=7");
  CHECK(textsOf(*session, "words") == std::vector<std::string>{"das", "öl", "🐈", "[pad]"});
  CHECK(textsOf(*session, "roles") == std::vector<std::string>{"drawn", "word before"});
  CHECK(data(*session, "shown") == std::vector<double>{1, 8});
}

TEST_CASE("Without positions and mask attention is equivariant to rounding, with them it is not",
          "[attention]") {
  for (const std::string seed : {"1", "2", "3", "4", "5", "6", "7"}) {
    INFO(seed);
    const auto residual = [&](const std::string& spec, const std::string& quantity) {
      return readingOf(*opened(kAttention + spec + "&seed=" + seed), quantity);
    };
    const std::string plain = kOrderless + "heads=4";
    CHECK(residual(plain, "|f(PX)").verdict() == Verdict::kHolds);
    CHECK(residual(plain, "|f(PX)").measured < 1e-14);
    CHECK(residual(plain, "mean output").verdict() == Verdict::kHolds);
    CHECK(residual(plain, "mean output").measured < 1e-14);
    for (const std::string known : {"causal=on&positions=off", "causal=off&positions=on", ""}) {
      const std::string spec = "projections=random&" + known;
      CHECK(residual(spec, "|f(PX)").measured < 1e-14);
      CHECK(residual(spec, "the same").verdict() == Verdict::kPending);
      CHECK(residual(spec, "the same").measured > 0.01);
      CHECK(residual(spec, "mean output").verdict() == Verdict::kPending);
      CHECK(residual(spec, "mean output").measured > 1e-4);
    }
  }
}

TEST_CASE("Padding goes with its tokens, and what pads is not seen", "[attention]") {
  const auto padded = opened(kAttention + kOrderless + "padding=4"),
             bare = opened(kAttention + kOrderless);
  CHECK(readingOf(*padded, "|f(PX)").measured < 1e-14);
  CHECK(readingOf(*padded, "mean output").measured < 1e-14);
  const Matrix a = matrixOf(*padded, "outputs"), b = matrixOf(*bare, "outputs");
  CHECK((a.topRows(10) - b).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("Equal words have equal outputs until their order is known", "[attention]") {
  const auto session = opened(presetOf("attention", "equal"));
  CHECK(readingOf(*session, "equal words").verdict() == Verdict::kHolds);
  CHECK(readingOf(*session, "equal words").measured < 1e-14);
  const Matrix y = matrixOf(*session, "outputs");
  CHECK((y.row(1) - y.row(5)).cwiseAbs().maxCoeff() < 1e-14);
  REQUIRE(session->set("positions", "on"));
  CHECK(readingOf(*session, "equal words").measured > 0.01);
  CHECK(contains(readingOf(*session, "equal words").judged(), "positions tell the order"));
  CHECK_FALSE(hasReading(*opened(kAttention + "tokens=a b c"), "equal words"));
  // An entry of a projection is the same for both, one of a token's own query, key or value is not.
  const auto projection = opened(presetOf("attention", "equal") + "&edits=Wq(1,2)=5");
  CHECK(readingOf(*projection, "equal words").verdict() == Verdict::kHolds);
  CHECK(readingOf(*projection, "equal words").measured < 1e-14);
  for (const std::string edit : {"Q(1,2)=5", "K(1,2)=5", "V(1,2)=5"}) {
    CHECK(contains(
        readingOf(*opened(presetOf("attention", "equal") + "&edits=" + edit), "equal words")
            .judged(),
        "a token's own entry is set by hand"));
  }
  CHECK(readingOf(*opened(presetOf("attention", "equal") + "&edits=Q(1,2)=5"), "equal words")
            .measured > 0.1);
}

TEST_CASE("Without the division by √d the entropy collapses", "[attention]") {
  const auto session = opened(presetOf("attention", "unscaled"));
  const auto mean = [&] {
    const auto h = data(*session, "entropy");
    return Eigen::Map<const Vector>(h.data(), static_cast<Eigen::Index>(h.size())).mean();
  };
  CHECK(mean() < 1);
  REQUIRE(session->set("scaled", "on"));
  CHECK(mean() > 2.4);
  CHECK(data(*session, "entropyMost")[0] == Approx(std::log2(10)).epsilon(1e-15));
}

TEST_CASE("Scores of drawn projections have mean square d, divided 1", "[attention]") {
  for (const auto& [spec, expected] : {std::pair<std::string, double>{"scaled=off", 16},
                                       {"scaled=on", 1},
                                       {"scaled=on&temperature=2", 0.25}}) {
    INFO(spec);
    double sum = 0, squares = 0, deviation = 0;
    constexpr int kSeeds = 40;
    for (int seed = 0; seed < kSeeds; ++seed) {
      const Reading r = readingOf(*opened(kAttention + "projections=random&features=16&" + spec +
                                          "&seed=" + std::to_string(seed)),
                                  "mean score²");
      CHECK(r.predicted == expected);
      sum += r.measured / expected / kSeeds;
      squares += std::pow(r.measured / expected, 2) / kSeeds;
      deviation += r.tolerance / 2 / expected / kSeeds;
    }
    const double error = std::sqrt((squares - sum * sum) / (kSeeds - 1));
    CHECK(error < 0.05);
    CHECK(std::abs(sum - 1) < 3 * error);
    // As large as the drawings scatter, which 40 of them tell to a tenth.
    CHECK(deviation == Approx(error * std::sqrt(kSeeds - 1)).epsilon(0.4));
  }
  CHECK(contains(readingOf(*opened(kAttention), "mean score²").judged(), "projections are fitted"));
}

TEST_CASE("Temperature tends to one choice and to equal weights", "[attention]") {
  const auto cold = opened(kAttention + kOrderless + "temperature=0.01");
  const auto hot = opened(kAttention + kOrderless + "temperature=100");
  for (const double h : data(*cold, "entropy")) CHECK(h < 0.5);
  for (const double h : data(*hot, "entropy")) CHECK(h == Approx(std::log2(10)).epsilon(1e-3));
}

TEST_CASE("Fitted heads look at the linked word, the one before, and equal words", "[attention]") {
  const auto weights = [](const std::string& spec) {
    return matrixOf(*opened(kAttention + spec), "weights");
  };
  const Matrix linked = weights("head=1"), before = weights("head=2"), same = weights("head=3");
  CHECK(linked(7, 1) > 0.6);
  for (Eigen::Index i = 1; i < 10; ++i) CHECK(before(i, i - 1) > 0.4);
  CHECK(same(4, 0) == Approx(same(4, 4)).epsilon(1e-9));
  CHECK(same(4, 0) > 0.3);
  CHECK(weights("head=1&links=it>valley")(7, 5) > 0.5);
  // Without positions both "the"s have one query, and look at the same tokens.
  const Matrix blind = weights("head=2&positions=off&causal=off");
  CHECK((blind.row(0) - blind.row(4)).cwiseAbs().maxCoeff() < 1e-14);
  for (const Eigen::Index i : {1, 5}) {
    CHECK(std::abs(blind(i, 0) - blind(i, 4)) < 1e-14);
  }
}

TEST_CASE("A fit is exact: scores at the targets are the chosen strength", "[attention]") {
  using namespace attention;
  const std::vector<std::string> words = {"a", "b", "c", "d", "b"};
  const Shape shape{8, 6, 2};
  const Matrix x = normalised(embeddings(words, 8, 3) + sinusoidalPositions(8, 5));
  Projections w = drawProjections(shape, 3);
  fitProjections(w, shape, x, words, {{"c", "a"}}, 3);
  const auto all = selfAttention(x, w, {2, true, 1, false, {}});
  CHECK(all.scores[0](2, 0) == Approx(kStrength).epsilon(1e-9));
  for (Eigen::Index i = 1; i < 5; ++i) {
    CHECK(all.scores[1](i, i - 1) == Approx(kStrength).epsilon(1e-9));
  }
}

TEST_CASE("What is shown follows from what is shown", "[attention]") {
  const auto session =
      opened(kAttention + "heads=3&head=2&features=5&width=6&temperature=0.7&seed=9");
  const Matrix x = matrixOf(*session, "tokens"), wq = matrixOf(*session, "Wq"),
               wk = matrixOf(*session, "Wk"), wv = matrixOf(*session, "Wv");
  const Matrix q = matrixOf(*session, "queries"), k = matrixOf(*session, "keys"),
               v = matrixOf(*session, "values"), a = matrixOf(*session, "weights"),
               sums = matrixOf(*session, "sums");
  for (Eigen::Index i = 0; i < 10; ++i) CHECK(x.row(i).norm() == Approx(std::sqrt(6)));
  CHECK(q.isApprox(x * wq.transpose(), 1e-12));
  CHECK(k.isApprox(x * wk.transpose(), 1e-12));
  CHECK(v.isApprox(x * wv.transpose(), 1e-12));
  CHECK(sums.isApprox(a * v, 1e-12));
  const auto h = data(*session, "entropy");
  const auto most = data(*session, "entropyMost");
  for (Eigen::Index i = 0; i < 10; ++i) {
    Vector row(i + 1);
    for (Eigen::Index j = 0; j <= i; ++j) {
      row[j] = std::exp(q.row(i).dot(k.row(j)) / std::sqrt(5.0) / 0.7);
    }
    row /= row.sum();
    CHECK((a.row(i).head(i + 1).transpose() - row).cwiseAbs().maxCoeff() < 1e-12);
    CHECK(h[static_cast<std::size_t>(i)] == Approx(bits(row)).margin(1e-12));
    CHECK(most[static_cast<std::size_t>(i)] == std::log2(static_cast<double>(i + 1)));
  }
  // The output is the sum over the heads of their columns of Wo.
  Matrix y = Matrix::Zero(10, 6);
  for (const std::string head : {"1", "2", "3"}) {
    REQUIRE(session->set("head", head));
    y += matrixOf(*session, "sums") * matrixOf(*session, "Wo").transpose();
  }
  CHECK(y.isApprox(matrixOf(*session, "outputs"), 1e-12));
  CHECK(channel(*session, "heads").shape == std::vector<int>{3, 10, 10});
}

TEST_CASE("An entry set by hand is used, whether of a projection or of a query", "[attention]") {
  const std::string ground = kAttention + "heads=2&features=3&width=4&head=2&projections=random&";
  const auto before = opened(ground), after = opened(ground + "edits=Wq(5,2)=7; V(4,3)=-2");
  CHECK(matrixOf(*after, "Wq")(1, 1) == 7);
  Matrix expected = matrixOf(*before, "Wq");
  expected(1, 1) = 7;
  CHECK(matrixOf(*after, "queries")
            .isApprox(matrixOf(*before, "tokens") * expected.transpose(), 1e-12));
  CHECK(matrixOf(*after, "values")(2, 0) == -2);
  CHECK(matrixOf(*after, "keys") == matrixOf(*before, "keys"));
  // It belongs to its token and goes where that goes.
  const auto orderless = opened(kAttention + kOrderless + "edits=K(2,4)=3; Q(1,1)=5; Wv(1,1)=2");
  CHECK(readingOf(*orderless, "|f(PX)").measured < 1e-13);
  CHECK(contains(readingOf(*orderless, "mean score²").judged(), "entries are set by hand"));
  CHECK(data(*orderless, "edits") == std::vector<double>{5, 1, 3, 3, 4, 0, 0, 5, 2, 0, 0, 2});
}

TEST_CASE("Tabs and ends of lines separate words, too", "[attention]") {
  const auto session = opened(kAttention + kOrderless);
  REQUIRE(session->set("tokens", "\tthe ball\r\nrolled\ton\n"));
  CHECK(session->lab().total() == 3);
  CHECK(matrixOf(*session, "tokens") ==
        matrixOf(*opened(kAttention + kOrderless + "tokens=the ball rolled on"), "tokens"));
}

TEST_CASE("A word has one vector wherever and beside whatever it stands", "[attention]") {
  const auto a = opened(kAttention + kOrderless + "tokens=the ball rolled");
  const auto b = opened(kAttention + kOrderless + "tokens=a ball  or the ball");
  const Matrix x = matrixOf(*a, "tokens"), y = matrixOf(*b, "tokens");
  CHECK(x.row(1) == y.row(1));
  CHECK(x.row(1) == y.row(4));
  CHECK(x.row(0) == y.row(3));
  CHECK(x.row(0) != y.row(0));
}

TEST_CASE("A step is a query, and its sentence says where it looks", "[attention]") {
  const auto session = opened(kAttention);
  CHECK(session->lab().total() == 9);
  REQUIRE(session->seek(7));
  CHECK(contains(session->lab().states().at(0).text, "“it” takes ."));
  CHECK(contains(session->lab().states().at(0).text, " of “ball”"));
  CHECK(readingOf(*session, "entropy").predicted == 3);
  CHECK(readingOf(*session, "entropy").measured ==
        Approx(bits(matrixOf(*session, "weights").row(7))).epsilon(1e-12));
  CHECK(readingOf(*session, "entropy").verdict() == Verdict::kHolds);
  const auto tables = session->tables();
  REQUIRE(tables.size() == 3);
  CHECK(tables[0].title == "Query “it”, head 1");
  CHECK(std::get<double>(tables[0].rows.back().cells[2]) == Approx(1).epsilon(1e-15));
  CHECK(tables[1].rows.size() == 10);
  CHECK(tables[2].rows.size() == 4);
  CHECK(session->lab().subtitle() == "4 heads of 8, causal");
  checkSeeks(kAttention + "padding=2", 11);
  // Past the last token it stays there.
  REQUIRE(session->advance(30));
  CHECK(session->tables()[0].title == "Query “heavy”, head 1");
}

TEST_CASE("Dimensions: the entropy falls with d unless scores are divided", "[attention]") {
  const auto session = opened(kAttention);
  REQUIRE(session->startTask("dimensions"));
  Task& task = *session->task();
  task.advance(5);
  CHECK(task.done() == 5);
  task.advance(1000);
  CHECK(task.done() == task.total());
  const Table table = task.result();
  REQUIRE(table.rows.size() == 18);
  const auto entropy = [&](std::size_t row) { return std::get<double>(table.rows[row].cells[2]); };
  for (std::size_t k = 0; k < 9; ++k) CHECK(entropy(k) > 2.3);
  for (std::size_t k = 10; k < 18; ++k) CHECK(entropy(k) < entropy(k - 1));
  CHECK(entropy(17) < 0.4);
  CHECK(entropy(0) == entropy(9));  // at d = 1 there is nothing to divide by
}

TEST_CASE("Bad knobs of attention are refused", "[attention]") {
  CHECK(refusal(kAttention + "tokens=alone") ==
        "attention.tokens, there must be 2 to 16 words between spaces, got 1");
  CHECK(contains(refusal(kAttention + "tokens=short [pad] text"),
                 "a word must not be [pad], which is what the knob padding adds"));
  CHECK(contains(refusal(kAttention + "tokens=a b c d e f g h i j k l m n o p q"), "got 17"));
  CHECK(contains(refusal(kAttention + "tokens=antidisestablishmentarianism is long"),
                 "a word must have at most 20 characters"));
  CHECK(refusal(kAttention + "padding=7") ==
        "attention.padding must be at most 6 beside 10 words, for a sequence of at most 16 tokens, "
        "got 7");
  CHECK(contains(refusal(kAttention + "heads=9"),
                 "attention.heads must be a whole number in [1, 8]"));
  CHECK(contains(refusal(kAttention + "temperature=0"),
                 "attention.temperature must be in [0.01, 100]"));
  CHECK(contains(refusal(kAttention + "links=it"), "as in it>ball, got 'it'"));
  for (const std::string bad : {"Wq(1,2)", "Wx(1,2)=3", "Wq(0,2)=1", "Wq(1)=1", "Wq(1,2)=x",
                                "Q(1,2)=1e9", "Wq(1,2) 7=1", "=1"}) {
    INFO(bad);
    CHECK(contains(refusal(kAttention + "edits=" + bad), "got '" + bad + "'"));
  }
  CHECK(refusal(kAttention + "edits=Wq(33,1)=1") ==
        "attention.edits has Wq(33,1), but Wq is now 32 × 16");
  CHECK(refusal(kAttention + "edits=Wo(1,33)=1") ==
        "attention.edits has Wo(1,33), but Wo is now 16 × 32");
  CHECK(contains(refusedSet("edits=Q(1,10)=1", "tokens", "two words"), "Q is now 32 × 2"));
}
