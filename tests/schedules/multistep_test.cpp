#include "core/open.h"
#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Every milestone cuts the rate at the step that it names", "[schedules][multistep]") {
  const auto multistep = schedule("multistep(milestones=\"2,3,7\", gamma=0.5)");
  const double expected[] = {1, 1, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125};
  for (int t = 0; t < 10; ++t) CHECK(multistep->factor(t, 10) == expected[t]);
  CHECK(multistep->factor(6.999, 10) == 0.25);
  CHECK(multistep->factor(1e6, 10) == 0.125);
}

TEST_CASE("Milestones count steps, whatever the length of the run", "[schedules][multistep]") {
  const auto multistep = schedule("multistep(milestones=5)");
  for (const double total : {1.0, 10.0, 1000.0}) {
    CHECK(multistep->factor(4, total) == 1);
    CHECK(multistep->factor(5, total) == near(0.1));
  }
}

TEST_CASE("Milestones are at 30, 60 and 90 unless told", "[schedules][multistep]") {
  const auto multistep = schedule("multistep");
  CHECK(multistep->factor(29, 100) == 1);
  CHECK(multistep->factor(30, 100) == near(0.1));
  CHECK(multistep->factor(60, 100) == near(0.01));
  CHECK(multistep->factor(90, 100) == near(0.001));
}

TEST_CASE("Milestones that are none are refused with what is wanted", "[schedules][multistep]") {
  for (const char* text : {"", "30,", "30,,60", "60,30", "30,30", "0,30", "-5", "2.5", "30;60",
                           "thirty", "30,nan", "30,inf"}) {
    const auto refused = catalogue().build<Schedule>({"multistep", {{"milestones", Text{text}}}});
    INFO(text);
    REQUIRE_FALSE(refused);
    INFO(refused.error().message);
    CHECK(contains(refused.error().message, "multistep.milestones"));
    CHECK(contains(refused.error().message, "ascending"));
    CHECK(contains(refused.error().message, *text ? text : "nothing"));
  }
}

TEST_CASE("Spaces between milestones do not matter", "[schedules][multistep]") {
  const auto multistep = schedule("multistep(milestones=\" 2 , 3\", gamma=0.5)");
  CHECK(multistep->factor(1, 10) == 1);
  CHECK(multistep->factor(3, 10) == 0.25);
}

TEST_CASE("Milestones are PyTorch's MultiStepLR", "[schedules][multistep]") {
  const auto multistep = schedule("multistep(milestones=\"2,3\", gamma=0.5)");
  CHECK(multistep->python(10) == "0.5 ** ((t >= 2) + (t >= 3))");
  CHECK(multistep->pytorch(10) == "MultiStepLR(optimizer, milestones=[2, 3], gamma=0.5)");
}
