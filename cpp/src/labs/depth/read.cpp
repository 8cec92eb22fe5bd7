// What may be read from the depth lab, and what theory says beside it.
#include <cmath>

#include "labs/depth/depth.h"

namespace descent::depth {
namespace {

Array rowOf(const Vector& values) {
  return {{static_cast<int>(values.size())},
          std::vector<double>(values.data(), values.data() + values.size())};
}

// The factor by which something grows from one layer to the next: its geometric mean over them.
double factorOf(double first, double last, Eigen::Index layers) {
  return std::pow(last / first, 1 / static_cast<double>(layers - 1));
}

}  // namespace

std::string Depth::subtitle() const {
  return counted(hiddenLayers, "layer") + " of " + std::to_string(width) + " " +
         nameOf(activation) + ", " + print(optimizer) + " on " + dataRecipe.name +
         (normalised || both ? batchNormNote() : "");
}

std::vector<Subject> Depth::subjects() const { return subjectsOf(runners_); }

std::vector<Channel> Depth::channels() const {
  std::vector<Channel> all;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const std::string& name = runners_[i].label;
    const auto add = [&](const char* kind, const char* quantity, std::string label, bool log) {
      all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, std::move(label), "",
                     static_cast<int>(i), log});
    };
    add("trace", "loss", name, false);
    if (data()->classes > 0) add("series", "accuracy", "Accuracy", false);
    if (data()->validation.size() > 0) add("series", "validation", "Validation loss", true);
    add("series", "gradient", "Gradient", true);
    add("series", "ratio", "First over last", true);
    add("row", "gradients", name, true);
    add("row", "gradientsAtStart", name + ", start", true);
    add("row", "signals", name, true);
    add("row", "signalsPredicted", name + ", theory", true);
    add("row", "backward", name, true);
    if (!networks_[i].resemble()) add("row", "backwardPredicted", name + ", theory", true);
    if (!networks_[i].variant->residual) continue;
    add("row", "branches", name, true);
    add("row", "branchesPredicted", name + ", theory", true);
  }
  return all;
}

Result<Array> Depth::readCall(const Recipe& channel, const Record&, int) const {
  const auto slash = channel.name.find('/');
  const std::string quantity = channel.name.substr(0, slash);
  const auto index = slash == std::string::npos ? std::optional<double>()
                                                : parseNumber(channel.name.substr(slash + 1));
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    if (!index || *index != static_cast<double>(i)) continue;
    const Profile& now = now_[i];
    const auto& [variant, problem, gauge, first, predicted, directions] = networks_[i];
    if (quantity == "gradients") return rowOf(now.gradients);
    if (quantity == "gradientsAtStart") return rowOf(first.gradients);
    if (quantity == "signals") return rowOf(now.signals);
    if (quantity == "signalsPredicted") return rowOf(predicted.signal.cwiseSqrt());
    if (quantity == "backward") return rowOf(now.backward);
    if (quantity == "backwardPredicted" && !networks_[i].resemble()) {
      return rowOf(predicted.backward.cwiseSqrt() * first.backward[hiddenLayers - 1]);
    }
    if (!variant->residual) continue;
    if (quantity == "branches") return rowOf(now.branches);
    if (quantity == "branchesPredicted") return rowOf(predicted.branch.cwiseSqrt());
  }
  return Error{"depth has no channel " + print(channel)};
}

std::vector<Reading> Depth::readings(const Record&, int) const {
  std::vector<Reading> all;
  const std::string average = "on average over first weights, as the width grows";
  const std::string wide =
      activation == Activation::kRelu
          ? average + "; a single network of width " + std::to_string(width) + " scatters around " +
                printShort(std::exp(-2.5 / static_cast<double>(width))) + " times that"
          : average;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const auto& [variant, problem, gauge, first, predicted, directions] = networks_[i];
    const auto add = [&](std::string quantity, double expected, double measured,
                         std::string assumption) {
      all.push_back({static_cast<int>(i), std::move(quantity), expected, measured,
                     measured - expected, std::move(assumption)});
    };
    const bool isPlain = !variant->residual && !variant->batchNorm;
    const std::string within =
        (isPlain ? wide : average) +
        (variant->batchNorm ? "; normalised values take a normal distribution over the batch" : "");
    const Eigen::Index n = hiddenLayers, last = n - 1;
    add("signal's square a layer", factorOf(predicted.signal[0], predicted.signal[last], n),
        std::pow(factorOf(first.signals[0], first.signals[last], n), 2), "at the start, " + within);
    const std::string many = "examples that differ in " + printShort(theory::kManyDirections) +
                             " directions and more in every layer";
    add("gradient's square a layer back",
        factorOf(predicted.backward[last], predicted.backward[0], n),
        std::pow(factorOf(first.backward[last], first.backward[0], n), 2),
        networks_[i].resemble()
            ? "nothing is predicted: what is known is the limit for " + many + "; here there are " +
                  printShort(directions) +
                  " in some layer, and units that vary little over the batch are magnified"
            : "at the start, " + within + "; ∂L/∂a taken as independent of a" +
                  (variant->batchNorm
                       ? "; for " + many + ", here at least " + printShort(directions)
                       : ""));
    if (variant->residual) {
      add("branch over stream, last block", std::sqrt(predicted.branch[last]), first.branches[last],
          "at the start, " + within);
    }
    if (parted_[i] > 0) {
      add("step by which a rounding has grown to 10⁻¹⁰", kNaN, parted_[i],
          "of the weights: a twin began with each of them off by one rounding. Where a machine "
          "rounds otherwise, and in the program beside the page, the numbers of this network are "
          "others from about here on");
    }
  }
  return all;
}

std::vector<Table> Depth::tables(const Record& record, int step) const {
  Table table{"Networks",
              {{"Network", ""},
               {"Loss", "Mean over the training examples, at this step."},
               {"Accuracy", "On the training examples."},
               {"First layer", "Norm of the gradient of its weights."},
               {"Last layer", "The same of the last hidden layer."},
               {"First/last",
                "Far below 1 the gradient vanishes on its way back, far above 1 it "
                "explodes."},
               {"Parameters", ""},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const Series& s = series_[i];
    const Vector& g = now_[i].gradients;
    table.rows.push_back({static_cast<int>(i),
                          {runners_[i].label, record.at(s.loss, step), record.at(s.accuracy, step),
                           g[0], g[hiddenLayers - 1], record.at(s.ratio, step),
                           static_cast<double>(runners_[i].x.size()), states[i].status}});
  }
  return {table};
}

}  // namespace descent::depth
