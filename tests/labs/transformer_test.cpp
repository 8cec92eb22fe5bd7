#include "labs/labs.h"
#include "labs/transformer/lab.h"
#include "labs/transformer/weights.h"

using namespace descent;

namespace {

const std::string kTransformer = "lab=transformer&";
const std::string kSmallModel =
    kTransformer + "length=12&vocabulary=8&heads=2&batch=4&updates=40&seed=3&width=16&";

double lastKnown(const Session& session, const std::string& name) {
  const auto values = data(session, name);
  for (auto value = values.rbegin(); value != values.rend(); ++value) {
    if (!std::isnan(*value)) return *value;
  }
  return std::nan("");
}

std::string fileOf(const Session& session) {
  const auto documents = session.documents();
  REQUIRE(!documents.empty());
  return documents[0].text;
}

std::string openedWith(const std::string& spec, const std::string& weights) {
  auto parsed = Spec::parse(spec);
  REQUIRE(parsed);
  REQUIRE(parsed->add("weights", weights));
  const auto session = Session::open(*parsed);
  return session ? "" : session.error().message;
}

}  // namespace

TEST_CASE("Every preset of the transformer opens and runs to its end", "[transformer][long]") {
  checkPresets("transformer");
}

TEST_CASE("A transformer sought back and forth shows what it showed", "[transformer]") {
  checkSeeks(kSmallModel, 25);
  checkSeeks(kSmallModel + "task=sort&mlp=16&runners=sam(adamw),momentum", 12);
}

TEST_CASE("With a fixed period one block is enough", "[transformer][long]") {
  const auto session =
      ran(kTransformer + "task=repeat&blocks=1&runners=adamw(lr=0.005,beta2=0.99)", 300);
  CHECK(lastKnown(*session, "accuracy/0") > 0.95);
}

TEST_CASE("Exported weights load back to the same function", "[transformer]") {
  const std::string spec = kSmallModel + "mlp=8&norm=layer&runners=adamw(lr=0.01)";
  const auto session = ran(spec, 30);
  const std::string file = fileOf(*session);
  auto loaded = Spec::parse(spec);
  REQUIRE(loaded);
  REQUIRE(loaded->add("weights", file));
  const auto again = Session::open(*loaded);
  REQUIRE(again);
  // The transformer computes in float, and so is the file.
  CHECK(sameBits(channel(**again, "maps(0, 0)").data, channel(*session, "maps(0, 0)").data));
  CHECK(sameBits(channel(**again, "predictions(0, 2)").data,
                 channel(*session, "predictions(0, 2)").data));
  CHECK(fileOf(**again) == file);
  CHECK(lastKnown(**again, "heldOut/0") == lastKnown(*session, "heldOut/0"));
  CHECK_FALSE(hasReading(**again, "loss at the start", -1));
  // And from there it trains; the spec carries them.
  REQUIRE((*again)->advance(5));
  const auto spelled = Spec::parse((*again)->spec().print());
  REQUIRE(spelled);
  CHECK(*spelled->find("weights") == file);
}

TEST_CASE("Weights that do not fit are refused by name", "[transformer]") {
  const auto session = ran(kSmallModel, 1);
  const std::string file = fileOf(*session);
  CHECK(contains(openedWith(kSmallModel, "hello"), "expected '{' at character 1"));
  CHECK(contains(openedWith(kSmallModel, "{}"), "it has no \"blocks\""));
  CHECK(contains(openedWith(kSmallModel, "{\"blocks\":["), "expected '{'"));
  CHECK(contains(openedWith(kSmallModel, file + "x"), "more follows after its end"));
  CHECK(contains(openedWith(kSmallModel, file.substr(0, file.size() / 2)), "expected"));
  CHECK(contains(openedWith(kTransformer + "length=12&vocabulary=8", file),
                 "whose width is 16, but here it is 32"));
  std::string bad = file;
  bad.replace(bad.find("\"values\":[") + 10, 1, "?");
  CHECK(contains(openedWith(kSmallModel, bad), "a finite number at character"));
  std::string few = file;
  few.erase(few.find("\"values\":[") + 10,
            few.find(',', few.find("\"values\":[")) - few.find("\"values\":[") - 9);
  CHECK(contains(openedWith(kSmallModel, few), "block embedding must have 128 values, got 127"));

  const auto with = [&](const std::string& was, const std::string& is) {
    std::string other = file;
    REQUIRE(other.find(was) != std::string::npos);
    return openedWith(kSmallModel, other.replace(other.find(was), was.size(), is));
  };
  CHECK(contains(with("\"rows\":16", "\"rows\":32"),
                 "block embedding must be 16 × 8 for this transformer, got 32 × 8"));
  CHECK(contains(with("\"name\":\"head\"", "\"name\":\"tail\""),
                 "block tail is none of this transformer's"));
  CHECK(contains(with("\"name\":\"positions\"", "\"name\":\"embedding\""),
                 "block embedding is there twice"));
  const auto last = file.rfind(",{\"name\":");
  CHECK(contains(openedWith(kSmallModel, file.substr(0, last) + "]}"),
                 "the weights have no block head"));
  const auto number = file.find("\"values\":[") + 10;
  std::string huge = file;
  huge.replace(number, file.find(',', number) - number, "-1e39");
  CHECK(contains(openedWith(kSmallModel, huge),
                 "block embedding has -1e39, which is beyond a float"));
  CHECK(contains(with("\"shape\"", "\"form\""), "its \"shape\" has no task"));
  CHECK(contains(with(",\"norm\":\"rms\"", ""), "its \"shape\" has no norm"));
}

TEST_CASE("Weights of another transformer are refused by the setting that differs",
          "[transformer]") {
  const std::string plain = kTransformer + "batch=4&updates=2&length=12&width=16&runners=sgd&";
  const std::string file = fileOf(*ran(plain + "vocabulary=8&heads=4&mlp=8", 1));
  CHECK(openedWith(plain + "vocabulary=8&heads=4&mlp=8", file).empty());
  struct Case {
    std::string spec, name, was, is;
  };
  for (const Case& c : {Case{"task=repeat", "task", "induction", "repeat"},
                        {"heads=2", "heads", "4", "2"},
                        {"activation=gelu", "activation", "relu", "gelu"},
                        {"positions=sinusoidal", "positions", "learned", "sinusoidal"},
                        {"positions=none", "positions", "learned", "none"},
                        {"norm=layer", "norm", "rms", "layer"},
                        {"tied=on", "tied", "off", "on"},
                        {"blocks=1", "blocks", "2", "1"},
                        {"mlp=4", "mlp", "8", "4"},
                        {"vocabulary=9", "vocabulary", "8", "9"}}) {
    INFO(c.spec);
    std::string spec = plain + c.spec;
    for (const std::string knob : {"vocabulary=8", "heads=4", "mlp=8"}) {
      if (c.spec.substr(0, c.spec.find('=')) != knob.substr(0, knob.find('='))) spec += "&" + knob;
    }
    CHECK(contains(openedWith(spec, file), "the weights are of a transformer whose " + c.name +
                                               " is " + c.was + ", but here it is " + c.is));
  }
}

TEST_CASE("Weights of a text are refused for a text of other characters", "[transformer]") {
  const std::string plain =
      kTransformer + "task=text&batch=4&updates=2&length=8&width=16&runners=sgd&text=";
  const std::string text = "a \"b\" \\ ä\n😀 a \"b\"";
  auto spec =
      Spec::parse(kTransformer + "task=text&batch=4&updates=2&length=8&width=16&runners=sgd");
  REQUIRE(spec);
  REQUIRE(spec->add("text", text));
  const auto session = Session::open(*spec);
  REQUIRE(session);
  const std::string file = fileOf(**session);
  REQUIRE(spec->add("weights", file));
  CHECK(Session::open(*spec));
  CHECK(contains(openedWith(plain + "abcabcabcabc", file),
                 "whose alphabet is \"\n \"\\abä😀\", but here it is \"abc\""));
}

// The token some distance before the next one is told, the best distance at each place, on many
// sequences.
TEST_CASE("What is predicted of induction is what the place alone can reach", "[transformer]") {
  for (const int length : {8, 17, 32, 96}) {
    INFO(length);
    Batch many;
    Random random(5);
    draw(*makeTask(TaskKind::kInduction, length, 52), 4000, random, many);
    double right = 0;
    for (int t = 0; t < length; ++t) {
      int most = 0;
      for (int key = 0; key <= t; ++key) {
        int here = 0;
        for (int s = 0; s < many.tokens.count; ++s) {
          const auto at = static_cast<std::size_t>(s * length + t);
          here += many.counts[at] && many.tokens(s, key) == many.targets[at];
        }
        most = std::max(most, here);
      }
      right += most;
    }
    const auto session =
        opened(kTransformer + "vocabulary=52&updates=1&width=16&length=" + std::to_string(length));
    const double predicted = readingOf(*session, "accuracy").predicted;
    CHECK(predicted == Approx(right / many.counted()).epsilon(0.03));
    if (length == 32) CHECK(predicted == Approx(40.0 / 180));
  }
}

TEST_CASE("A sorted row is guessed by the place, small symbols first", "[transformer]") {
  for (const auto& [length, vocabulary] : {std::pair{16, 16}, {9, 4}, {32, 27}}) {
    INFO(length << " tokens of " << vocabulary);
    Batch many;
    Random random(5);
    draw(*makeTask(TaskKind::kSort, length, vocabulary), 20000, random, many);
    double right = 0;
    for (int t = 0; t < length; ++t) {
      std::vector<int> told(static_cast<std::size_t>(vocabulary), 0);
      for (int s = 0; s < many.tokens.count; ++s) {
        const auto at = static_cast<std::size_t>(s * length + t);
        if (many.counts[at]) ++told[static_cast<std::size_t>(many.targets[at])];
      }
      right += *std::max_element(told.begin(), told.end());
    }
    const auto session =
        opened(kTransformer + "task=sort&updates=1&width=16&length=" + std::to_string(length) +
               "&vocabulary=" + std::to_string(vocabulary));
    const Reading r = readingOf(*session, "accuracy");
    CHECK(r.predicted == Approx(right / many.counted()).epsilon(0.02));
    CHECK(r.verdict() == Verdict::kBaseline);
  }
  // Four places, two symbols: the first of them is a unless all four are b, in 15 of 16 rows, the
  // second in 11, and the other two mirror them.
  const auto two = opened(kTransformer + "task=sort&updates=1&width=16&length=8&vocabulary=3");
  CHECK(readingOf(*two, "accuracy").predicted == Approx(52 / 64.0).epsilon(1e-14));
}

TEST_CASE("A text too short to hold some back is not said to be held out", "[transformer]") {
  const std::string text = kTransformer + "task=text&updates=1&width=16&runners=sgd&length=";
  const auto labels = [](const Session& session) {
    std::string all;
    for (const Channel& channel : session.channels()) all += channel.label + "\n";
    const auto tables = session.tables();
    for (const auto& column : tables[0].columns) all += column.label + "\n";
    return all;
  };
  CHECK(hasChannel(*opened(text + "16"), "heldOut/0"));
  CHECK(hasChannel(*opened(text + "96"), "windows/0"));
  CHECK(contains(labels(*opened(text + "16")), "Held-out loss"));
  CHECK_FALSE(contains(labels(*opened(text + "16")), "windows of the text"));
  CHECK_FALSE(contains(labels(*opened(text + "96")), "Held-out"));
  CHECK(contains(labels(*opened(text + "96")), "Loss on windows of the text"));
}

TEST_CASE("The guess of a text is the commonest character of what is judged", "[transformer]") {
  // The commonest of the text is a, of its last tenth b.
  std::string text(190, 'a');
  for (int i = 0; i < 20; ++i) text += i % 4 == 0 ? 'c' : 'b';
  const auto session = opened(kTransformer + "task=text&updates=1&width=16&length=8&text=" + text);
  CHECK(readingOf(*session, "accuracy").predicted == Approx(0.75).margin(0.06));
}

TEST_CASE("Rows of every map sum to one and nothing looks ahead", "[transformer]") {
  const auto session = ran(kSmallModel, 10);
  const auto maps = channel(*session, "maps(1, 0)");
  REQUIRE(maps.shape == std::vector<int>{2, 2, 12, 12});
  for (std::size_t row = 0; row < maps.data.size() / 12; ++row) {
    double sum = 0;
    for (std::size_t key = 0; key < 12; ++key) {
      const double weight = maps.data[12 * row + key];
      sum += weight;
      if (key > row % 12) CHECK(weight == 0);
    }
    CHECK(sum == Approx(1).margin(1e-6));
  }
  CHECK_FALSE(sameBits(channel(*session, "maps(1, 2)").data, maps.data));
}

TEST_CASE("Runners begin at the same weights and see the same sequences", "[transformer]") {
  const auto session = ran(kSmallModel + "runners=sgd(lr=0.1),sgd(lr=0.1)", 10);
  CHECK(sameBits(data(*session, "loss/0"), data(*session, "loss/1")));
}

TEST_CASE("The first loss is the logarithm of the vocabulary", "[transformer]") {
  for (const char* task : {"induction", "copy", "sort&mlp=32", "text"}) {
    INFO(task);
    const auto session = ran(kTransformer + "updates=10&task=" + task, 0);
    const Reading r = readingOf(*session, "loss at the start", -1);
    CHECK(r.measured == Approx(r.predicted).margin(0.15));
  }
}

TEST_CASE("A large update is taken in slices and is the same update", "[transformer]") {
  // The batch is too large for one step of the lab.
  const std::string large =
      kTransformer +
      "length=64&vocabulary=40&width=64&mlp=64&batch=32&updates=3&runners=sgd(lr=0.1)";
  const auto session = opened(large);
  const int slices = session->lab().total() / 3;
  CHECK(session->lab().unit() == "slice");
  REQUIRE(slices > 1);
  CHECK(channel(*session, "shape").data[4] == slices);
  REQUIRE(session->advance(slices - 1));
  CHECK(std::isnan(data(*session, "loss/0").back()));
  REQUIRE(session->advance(1));
  const double loss = data(*session, "loss/0").back();

  LanguageSetup setup;
  setup.model.width = 64;
  setup.model.mlp = 64;
  setup.batch = 32;
  setup.task = *makeTask(TaskKind::kInduction, 64, 40);
  Language<float> whole(setup);
  whole.prepare(7);
  CHECK(loss == Approx(whole.at(1).value(whole.start())).epsilon(1e-6));
  // Sought into the middle of an update and on from there, it is that update again.
  REQUIRE(session->advance(slices));
  const auto losses = data(*session, "loss/0");
  REQUIRE(session->seek(slices + slices / 2));
  REQUIRE(session->seek(2 * slices));
  CHECK(sameBits(data(*session, "loss/0"), losses));
}

TEST_CASE("A text of one's own is learnt by character and continued", "[transformer]") {
  const auto session =
      ran(kTransformer +
              "task=text&text=abcabcabcabcabcabcabcabcabcabcabcabc&length=8&width=16&updates=60&"
              "runners=adamw(lr=0.02)",
          60);
  CHECK(lastKnown(*session, "accuracy/0") == 1);
  const auto codes = channel(*session, "sample(0, 6)").data;
  CHECK(std::count(codes.begin(), codes.end(), 'a') == 2);
  CHECK(contains(refusal(kTransformer + "task=text&text=short"),
                 "more characters than the 32 of a window"));
}

TEST_CASE("The transformer lab names what it refuses", "[transformer]") {
  CHECK(contains(refusal(kTransformer + "vocabulary=8"), "vocabulary must be at least 16"));
  CHECK(contains(refusal(kTransformer + "runners=newton"), "newton takes the whole Hessian"));
  const auto session = ran(kSmallModel, 0);
  for (const char* call : {"maps(7, 0)", "maps(0)", "tokens(99)", "heads", "predictions(0, 0.5)"}) {
    INFO(call);
    CHECK_FALSE(session->read(call));
  }
}
