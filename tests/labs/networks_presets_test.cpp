// What the presets of attention say is what their runs show.
#include <algorithm>

#include "labs/labs.h"

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
