#include "descent/record.h"

#include "support/catch.h"

using namespace descent;

namespace {

Channel plain(const char* name) { return Channel(name, ChannelKind::kSeries, name); }

}  // namespace

TEST_CASE("A record holds what was put, row by row", "[record]") {
  Record record;
  const int a = record.declare(plain("a")), b = record.declare(plain("b").named({"x", "y"}));
  CHECK(record.rows() == 0);
  CHECK(record.array(a).shape == std::vector<int>{0});
  CHECK(record.array(b).shape == std::vector<int>{0, 2});
  for (int t = 0; t < 3; ++t) {
    record.put(a, t, {10.0 * t});
    record.put(b, t, {1.0 * t, -1.0 * t});
  }
  CHECK(record.rows() == 3);
  CHECK(record.at(a, 2) == 20);
  CHECK(record.at(b, 1, 1) == -1);
  CHECK(record.array(a).data == std::vector<double>{0, 10, 20});
  CHECK(record.array(b).shape == std::vector<int>{3, 2});
  CHECK(record.array(b).data == std::vector<double>{0, 0, 1, -1, 2, -2});
  CHECK(record.find("b") == b);
  CHECK(record.find("c") == -1);
}

TEST_CASE("Writing an earlier row again leaves the later ones", "[record]") {
  Record record;
  const int a = record.declare(plain("a"));
  for (int t = 0; t < 3; ++t) record.put(a, t, {1.0 * t});
  record.put(a, 1, {7});
  CHECK(record.rows() == 3);
  CHECK(record.array(a).data == std::vector<double>{0, 7, 2});
}

TEST_CASE("Truncating forgets later rows and nothing else", "[record]") {
  Record record;
  const int a = record.declare(plain("a")), b = record.declare(plain("b").named({"x", "y", "z"}));
  for (int t = 0; t < 5; ++t) {
    record.put(a, t, {1.0 * t});
    record.put(b, t, {1.0 * t, 2.0 * t, 3.0 * t});
  }
  record.truncate(9);
  CHECK(record.rows() == 5);
  record.truncate(2);
  CHECK(record.rows() == 2);
  CHECK(record.array(b).data == std::vector<double>{0, 0, 0, 1, 2, 3});
  record.put(a, 2, {8});
  record.put(b, 2, {8, 8, 8});
  CHECK(record.array(a).data == std::vector<double>{0, 1, 8});
  record.clear();
  CHECK(record.rows() == 0);
  CHECK(record.find("a") == -1);
}
