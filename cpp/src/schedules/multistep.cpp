// Steps down at chosen times: the rate falls by a factor at each milestone.
//
//   γ^(number of milestones mᵢ ≤ t)
//
// Krizhevsky, Sutskever & Hinton 2012, https://doi.org/10.1145/3065386, divide by ten three times
// in a run.
// Variant: a milestone is passed at the step that it names, as in the frameworks.
#include <algorithm>
#include <cmath>
#include <vector>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Multistep final : public Cloneable<Multistep, Schedule> {
 public:
  std::string milestones = "30,60,90";
  double gamma = 0.1;

  Result<void> setMilestones(const std::string& text) {
    std::vector<double> steps;
    for (const std::string_view part : split(text, ',')) {
      const auto step = parseNumber(part);
      const bool isWhole = step && std::floor(*step) == *step;
      if (!isWhole || *step < 1 || (!steps.empty() && *step <= steps.back())) {
        return Error{
            "milestones must be whole numbers from 1 on, ascending, such as 30,60,90; got " +
            (text.empty() ? "nothing" : excerpt(text))};
      }
      steps.push_back(*step);
    }
    milestones = text;
    steps_ = std::move(steps);
    return {};
  }

  double factor(double t, double /*total*/) const override {
    const auto passed = std::upper_bound(steps_.begin(), steps_.end(), t) - steps_.begin();
    return std::pow(gamma, static_cast<double>(passed));
  }
  std::string python(double /*total*/) const override {
    std::vector<std::string> passed;
    for (const double step : steps_) passed.push_back("(t >= " + print(step) + ")");
    return print(gamma) + " ** (" + join(passed, " + ") + ")";
  }
  std::string pytorch(double /*total*/) const override {
    std::vector<std::string> steps;
    for (const double step : steps_) steps.push_back(print(step));
    return "MultiStepLR(optimizer, milestones=[" + join(steps, ", ") + "], gamma=" + print(gamma) +
           ")";
  }

 private:
  std::vector<double> steps_ = {30, 60, 90};
};

}  // namespace

void register_multistep(Catalogue& catalogue) {
  catalogue.add(
      Describe<Multistep>("multistep", "Milestones")
          .sentence("Hold the rate, then cut it by a factor at chosen steps.")
          .formula(R"(\gamma^{\#\{i \,:\, m_i \le t\}})")
          .cites("Krizhevsky, Sutskever & Hinton 2012, ImageNet Classification with Deep "
                 "Convolutional Neural Networks",
                 "https://doi.org/10.1145/3065386")
          .variant("A milestone is passed at the step that it names, as in the frameworks.")
          .text("milestones", &Multistep::milestones, &Multistep::setMilestones,
                "Steps of the cuts: ascending whole numbers with commas between.")
          .as("Milestones", "m")
          .knob("gamma", &Multistep::gamma, 0, 1, "Factor of each cut.")
          .as("Cut", "γ"));
}

}  // namespace descent
