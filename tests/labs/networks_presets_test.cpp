// What the presets of attention, depth, networks and sharpness say is what their runs show.
#include <algorithm>

#include "labs/labs.h"
#include "labs/sharpness_case.h"

using namespace descent;

namespace {

// Entry (i, j) of a channel of two dimensions.
double entry(const Session& session, const std::string& name, std::size_t i, std::size_t j) {
  const Array a = channel(session, name);
  return a.data[i * static_cast<std::size_t>(a.shape[1]) + j];
}

}  // namespace

TEST_CASE("In a cold softmax the largest counts", "[attention]") {
  const auto session = opened(presetOf("attention", "temperature"));
  REQUIRE(session->set("temperature", "0.1"));
  const auto cold = data(*session, "weights");
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(*std::max_element(cold.begin() + static_cast<std::ptrdiff_t>(10 * i),
                            cold.begin() + static_cast<std::ptrdiff_t>(10 * i + 10)) > 0.5);
  }
  CHECK(entry(*session, "weights", 7, 1) > 0.999);  // "it" on "ball"
}

TEST_CASE("Without a link the first head is drawn", "[attention]") {
  const auto session = opened(presetOf("attention", "padding"));
  const auto madeFor = [](const Session& of, std::size_t head) {
    return text(of.tables().at(2).rows[head], 1);
  };
  CHECK(madeFor(*session, 0) == "drawn");
  CHECK(madeFor(*session, 1) == "word before");
  CHECK(madeFor(*session, 3) == "drawn");
  CHECK(madeFor(*opened("lab=attention"), 0) == "linked word");
  CHECK(madeFor(*opened("lab=attention&tokens=the cat sleeps"), 0) == "drawn");
}

TEST_CASE("By hand: an entry of a projection that is changed goes through to the weights",
          "[attention]") {
  const auto session = opened(presetOf("attention", "by-hand"));
  const double before = entry(*session, "Wq", 0, 0), query = entry(*session, "queries", 2, 0),
               token = entry(*session, "tokens", 2, 0);
  REQUIRE(session->set("edits", "Wq(1,1)=" + print(before + 1)));
  CHECK(entry(*session, "queries", 2, 0) == Approx(query + token).epsilon(1e-12));
  double scores[3], sum = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    double product = 0;
    for (const std::size_t k : {0, 1}) {
      product += entry(*session, "queries", 2, k) * entry(*session, "keys", j, k);
    }
    sum += scores[j] = std::exp(product / std::sqrt(2));
  }
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(entry(*session, "weights", 2, j) == Approx(scores[j] / sum).epsilon(1e-12));
  }
}

TEST_CASE("Sixteen layers three times over, with what goes forward and what comes back of each",
          "[depth][depth/three]") {
  const auto session = finished("depth", "three");
  REQUIRE(session->lab().subjects().size() == 3);
  for (const std::string network : {"0", "1", "2"}) {
    for (const std::string rows : {"signals/", "backward/"}) {
      CHECK(data(*session, rows + network).size() >= 16);
    }
    CHECK(last(*session, "loss/" + network) < data(*session, "loss/" + network).front());
  }
}

TEST_CASE("No line parts a ring from a disc, two layers of eight units do",
          "[network][network/circles]") {
  const auto session = finished("network", "circles");
  CHECK(last(*session, "accuracy/0") > 0.99);
  CHECK(last(*session, "validationAccuracy/0") > 0.9);
  const auto line = ran("lab=network&layers=none&epochs=200", 200);
  CHECK(last(*line, "accuracy/0") < 0.75);
}

TEST_CASE("Three optimizers begin on two spirals at the same weights, and Adam parts them",
          "[network][network/spirals][long]") {
  const auto session = finished("network", "spirals");
  const double start = data(*session, "loss/0").front();
  CHECK(data(*session, "loss/1").front() == start);
  CHECK(data(*session, "loss/2").front() == start);
  CHECK(last(*session, "accuracy/0") > 0.93);
}

TEST_CASE("Three classes have an output each, of which the largest is mostly the right one",
          "[network][network/classes]") {
  const auto session = finished("network", "classes");
  CHECK(last(*session, "accuracy/0") > 0.95);
  CHECK(data(*session, "loss/0").front() == Approx(std::log(3)).epsilon(0.5));
  CHECK(last(*session, "loss/0") < 0.3);
}

TEST_CASE("A network of one input fits two sines to their noise",
          "[network][network/regression][long]") {
  const auto session = finished("network", "regression");
  // Noise of 0.05 has ½ · 0.05² = 0.00125.
  CHECK(last(*session, "loss/0") < 0.00125);
  CHECK(data(*session, "loss/0").front() > 0.1);
  CHECK(last(*session, "validation/0") < 0.01);
}

TEST_CASE("From all weights zero nothing is learnt but the share of the classes",
          "[network][network/zeros]") {
  const auto session = finished("network", "zeros");
  CHECK(last(*session, "loss/0") > std::log(2) - 0.01);
  CHECK(last(*session, "accuracy/0") < 0.6);
  const Array layers = channel(*session, "layers(0)");
  REQUIRE(layers.shape == std::vector<int>{3, 3});
  // No gradient reaches a hidden layer.
  CHECK(layers.data[2] == 0);
  CHECK(layers.data[5] == 0);
}

TEST_CASE(
    "Around SGD with small batches Lookahead's plane and its way to the fast weights are drawn",
    "[sharpness][sharpness/lookahead][long]") {
  const auto session = finished("sharpness", "lookahead");
  int slow = 0, fast = 0;
  for (const Row& row : resultOf(*session, "surface").rows) {
    slow += text(row, 1) == "slow";
    fast += text(row, 1) == "fast";
  }
  CHECK(slow == 2);
  CHECK(fast == 2);
  const Table way = resultOf(*session, "lookahead");
  REQUIRE(way.rows.size() == 41);
  for (const Row& row : way.rows) {
    if (std::abs(number(row, 1)) < 1e-9) {
      CHECK(number(row, 2) == Approx(last(*session, "loss/0")));  // where it is judged
    }
  }
}
