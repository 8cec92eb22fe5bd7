// What every schedule keeps.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "support/catch.h"

using namespace descent;

TEST_CASE("Every schedule is finite and in [0, 1] to twice the run's length",
          "[contract][schedules]") {
  for (const Entry<Schedule>& entry : catalogue().entries<Schedule>()) {
    const auto schedule = catalogue().build<Schedule>({entry.id, {}});
    REQUIRE(schedule);
    for (const int total : {1, 2, 100}) {
      for (int t = 0; t <= 2 * total; ++t) {
        const double factor = (*schedule)->factor(t, total);
        INFO(entry.id << " at " << t << " of " << total);
        CHECK((factor >= 0 && factor <= 1));
      }
    }
  }
}

TEST_CASE("Every schedule is a pure function of step and total", "[contract][schedules]") {
  for (const Entry<Schedule>& entry : catalogue().entries<Schedule>()) {
    const auto schedule = catalogue().build<Schedule>({entry.id, {}});
    REQUIRE(schedule);
    INFO(entry.id);
    // Read backwards, in another length, and from a clone taken between: the same numbers.
    std::vector<double> forwards, backwards, cloned;
    for (int t = 0; t <= 200; ++t) forwards.push_back((*schedule)->factor(t, 100));
    (*schedule)->factor(3, 7);
    const auto clone = (*schedule)->clone();
    for (int t = 200; t >= 0; --t) backwards.push_back((*schedule)->factor(t, 100));
    std::reverse(backwards.begin(), backwards.end());
    for (int t = 0; t <= 200; ++t) cloned.push_back(clone->factor(t, 100));
    CHECK(forwards == backwards);
    CHECK(forwards == cloned);
  }
}

TEST_CASE("Some step of every schedule moves", "[contract][schedules]") {
  for (const Entry<Schedule>& entry : catalogue().entries<Schedule>()) {
    const auto schedule = catalogue().build<Schedule>({entry.id, {}});
    REQUIRE(schedule);
    INFO(entry.id);
    double largest = 0;
    for (int t = 0; t < 100; ++t) largest = std::max(largest, (*schedule)->factor(t, 100));
    CHECK(largest == Approx(1));
  }
}
