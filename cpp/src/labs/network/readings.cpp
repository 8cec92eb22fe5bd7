// What theory says of the network lab's runs, their tables, and what may be taken away.
#include <cmath>

#include "labs/network/files.h"
#include "labs/network/network.h"
#include "labs/network/sharpness_task.h"
#include "runs/conditions.h"

namespace descent::network {

// What a network costs by chance, all of whose outputs are 0.
double Network::lossByChance() const {
  const int outputs = training().setup().architecture.outputs;
  switch (loss) {
    case Loss::kSquared:
      return 0.5 * outputs;
    case Loss::kLogistic:
      return std::log(2.0) * outputs;
    case Loss::kSoftmax:
      return std::log(static_cast<double>(outputs));
    case Loss::kHinge:
      break;
  }
  return outputs;
}

// What an optimizer says of its first step, which sees the first batch.
std::optional<Reading> Network::firstStep(std::size_t i) const {
  const Runner& runner = runs_[i];
  if (runner.turned > 0 || runner.last == 0) return {};
  const Vector first = problem_->start();
  Vector g;
  problem_->at(1).gradient(first, g);
  const auto said = firstStepOf(*runner.optimizer, runner.recipe, first, g,
                                runner.optimizer->rate(0, epochs * training().epoch()));
  if (!said) return {};
  const bool isStep = std::isfinite(runner.firstLength);
  return equals(static_cast<int>(i), "first step max|Δθ|", said->length, runner.firstLength)
      .within(said->tolerance)
      .where("for the gradient of the first batch" + said->note)
      .unless(isStep || !said->pending.empty() ? said->pending
                                               : "the first step left the finite numbers");
}

std::vector<Reading> Network::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  if (isClassification()) {
    all.push_back(baseline(-1, "loss at the start", "by chance", lossByChance(),
                           record.at(series_[0].loss, 0))
                      .where("all outputs are 0; first weights give others"));
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (isClassification() && flipped > 0) {
      const auto n = static_cast<double>(data()->training.labels.size());
      all.push_back(baseline(static_cast<int>(i), "training accuracy", "the rule alone",
                             1 - std::round(flipped * n) / n, scoresNow(i).training.accuracy)
                        .where("it learns the rule and none of the wrong labels; above that it "
                               "learns them by heart"));
    }
    if (auto reading = firstStep(i); reading && step > 0) all.push_back(std::move(*reading));
  }
  return all;
}

std::vector<Table> Network::tables(const Record&, int) const {
  Table runs{"Runs",
             {{"Optimizer", ""},
              {"Training loss", "Mean over the training examples, without penalties."},
              {"Validation loss", "On the examples held back."},
              {"Training accuracy", "Share of right classes."},
              {"Validation accuracy", ""},
              {"‖θ‖", "Length of the parameter vector."},
              {"Parameters", ""},
              {"Status", ""}},
             {}};
  std::vector<Table> all;
  const auto states = this->states();
  const auto& portion = holdsBack() ? training().validation() : training().training();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Vector x = judged(i);
    const auto now = scoresNow(i);
    runs.rows.push_back(
        {static_cast<int>(i),
         {runs_[i].label, now.training.loss, now.validation.loss, now.training.accuracy,
          now.validation.accuracy, x.norm(), static_cast<double>(x.size()), states[i].status}});
    const std::string label = runs_[i].label;
    if (isClassification()) {
      Table confusion{"Confusion of " + label + (holdsBack() ? ", validation" : ", training"),
                      {{"Class", "What it is."}},
                      {}};
      const auto counts = training().confusion(x, portion);
      for (int row = 0; row < data()->classes; ++row) {
        confusion.columns.push_back({"taken for " + std::to_string(row), "How many."});
        confusion.rows.push_back({static_cast<int>(i), {"class " + std::to_string(row)}});
        for (int col = 0; col < data()->classes; ++col) {
          confusion.rows.back().cells.emplace_back(
              static_cast<double>(counts[static_cast<std::size_t>(row * data()->classes + col)]));
        }
      }
      all.push_back(std::move(confusion));
    }
  }
  all.insert(all.begin(), std::move(runs));
  return all;
}

std::vector<Document> Network::documents() const {
  std::vector<Document> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    all.push_back({"weights.json", "Weights of " + runs_[i].label + " (JSON)",
                   weightsJson(training().setup(), judged(i))});
  }
  all.push_back({"network.py", "PyTorch code", pytorchCode(training().setup())});
  return all;
}

std::vector<TaskDescription> Network::tasks() const {
  return {{"sharpness", "Sharpness",
           "Largest eigenvalue of the Hessian of the training loss at these weights, its trace, "
           "and the rate 2/λ beyond which gradient descent would leave them."}};
}

std::unique_ptr<Task> Network::task(const std::string& id) const {
  if (id != "sharpness") return nullptr;
  auto task = std::make_unique<SharpnessTask>(setup(), data());
  for (std::size_t i = 0; i < runs_.size(); ++i) task->add(runs_[i].label, judged(i));
  return task;
}

}  // namespace descent::network
