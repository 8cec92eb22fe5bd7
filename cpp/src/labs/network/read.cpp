// What may be read from the network lab: its pictures, its theory, its tables.
#include <algorithm>
#include <cmath>

#include "labs/network/files.h"
#include "labs/network/network.h"
#include "labs/network/sharpness_task.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent::network {
namespace {

constexpr int kMostFieldPoints = 65536;
constexpr int kChunk = 256;  // examples of a pass, so that what it computes stays in the cache

// The numbers of a call; empty where one is none.
std::vector<double> numbersOf(const Recipe& call) {
  std::vector<double> numbers;
  for (const Argument& argument : call.arguments) {
    const double* number = std::get_if<double>(&argument.value);
    if (!number || !argument.key.empty()) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

bool isIndex(double value, double below) {
  return value >= 0 && value < below && std::floor(value) == value;
}

}  // namespace

std::vector<Channel> Network::channels() const {
  std::vector<Channel> all = {{"network", "row", "network", "Network", "", -1},
                              {"points", "points", "points", "Data", "", -1},
                              {"window", "row", "window", "Window", "", -1}};
  for (const char* name :
       {"surface", "units", "weights", "layers", "seen", "activations", "scores"}) {
    all.push_back({name, "call", name, name, "", -1});
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto add = [&](const char* kind, const char* quantity, const char* label, bool log) {
      all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, label, "",
                     static_cast<int>(i), log});
    };
    add("trace", "loss", "Training loss", true);
    if (holdsBack()) add("trace", "validation", "Validation loss", true);
    if (!isClassification()) continue;
    add("series", "accuracy", "Training accuracy", false);
    if (holdsBack()) add("series", "validationAccuracy", "Validation accuracy", false);
  }
  return all;
}

Result<Array> Network::readCall(const Recipe& call, const Record&, int) const {
  const TrainingSetup& s = training().setup();
  if (call.name == "points") return points();
  if (call.name == "window") return window();
  if (call.name == "network") {
    Array row{{2 + s.architecture.depth()},
              {static_cast<double>(data()->inputs), static_cast<double>(data()->classes)}};
    for (int l = 1; l <= s.architecture.depth(); ++l) row.data.push_back(s.architecture.width(l));
    return row;
  }
  const auto a = numbersOf(call);
  if (call.name == "surface" || call.name == "units") {
    const bool valid = a.size() == 7 && isIndex(a[0], static_cast<double>(runners_.size())) &&
                       a[1] < a[2] && a[3] <= a[4] && isIndex(a[5], kMostFieldPoints + 1.0) &&
                       isIndex(a[6], kMostFieldPoints + 1.0) && a[5] >= 2 && a[6] >= 1 &&
                       a[5] * a[6] <= kMostFieldPoints;
    if (valid) return grid(call, call.name == "units");
    return Error{call.name +
                 " takes (runner, x0, x1, y0, y1, nx, ny) with x0 < x1, y0 ≤ y1 and at most " +
                 print(kMostFieldPoints) + " points, got " + print(call)};
  }
  const bool hasLayer = call.name != "layers" && call.name != "scores";
  const bool valid = a.size() == (hasLayer ? 2 : 1) &&
                     isIndex(a[0], static_cast<double>(runners_.size())) &&
                     (!hasLayer || (a[1] >= 1 && isIndex(a[1], s.architecture.depth() + 1.0)));
  if (!valid) {
    return Error{call.name + " takes (runner" + (hasLayer ? ", layer)" : ")") + " of " +
                 std::to_string(runners_.size()) + " and of layers 1 to " +
                 std::to_string(s.architecture.depth()) + ", got " + print(call)};
  }
  const auto i = static_cast<std::size_t>(a[0]);
  const int l = hasLayer ? static_cast<int>(a[1]) : 0;
  if (call.name == "scores") {
    const auto now = scoresNow(i);
    return Array{
        {4},
        {now.training.loss, now.validation.loss, now.training.accuracy, now.validation.accuracy}};
  }
  if (call.name == "seen") return seen(i, l);
  if (call.name == "activations") return activations(i, l);
  const Vector x = judged(i);
  const auto places = placesOf(s.architecture);
  if (call.name == "weights") {
    const int m = s.architecture.width(l), k = s.architecture.width(l - 1);
    Array weights{{m, k}, {}};
    for (int row = 0; row < m; ++row) {
      for (int col = 0; col < k; ++col) {
        weights.data.push_back(x[places[static_cast<std::size_t>(l - 1)].weight + row + col * m]);
      }
    }
    return weights;
  }
  Array norms{{s.architecture.depth(), 3}, {}};
  const auto now = layerGradients(x);
  for (std::size_t j = 0; j < now.size(); ++j) {
    const int at = static_cast<int>(j);
    const Eigen::Index entries =
        static_cast<Eigen::Index>(s.architecture.width(at + 1)) * s.architecture.width(at);
    norms.data.insert(norms.data.end(),
                      {now[j], gradientsAtStart_[j], x.segment(places[j].weight, entries).norm()});
  }
  return norms;
}

// Rows x, y, class or target, held back.
Array Network::points() const {
  Array all{{0, 4}, {}};
  for (const Examples* part : {&data()->training, &data()->validation}) {
    for (Eigen::Index j = 0; j < part->size(); ++j) {
      const double target =
          part->labels.empty() ? part->targets(0, j) : part->labels[static_cast<std::size_t>(j)];
      const double y = part->inputs.rows() > 1 ? part->inputs(1, j) : target;
      all.data.insert(all.data.end(),
                      {part->inputs(0, j), y, target, part == &data()->validation ? 1.0 : 0.0});
      ++all.shape[0];
    }
  }
  return all;
}

// A square about all points, a tenth wider; where there is one input, a rectangle.
Array Network::window() const {
  const Array all = points();
  double low[2] = {1e300, 1e300}, high[2] = {-1e300, -1e300};
  for (int j = 0; j < all.shape[0]; ++j) {
    for (const int k : {0, 1}) {
      const double value = all.data[static_cast<std::size_t>(4 * j + k)];
      low[k] = std::min(low[k], value);
      high[k] = std::max(high[k], value);
    }
  }
  double half[2], middle[2];
  for (const int k : {0, 1}) {
    half[k] = std::max(0.55 * (high[k] - low[k]), 1e-3);
    middle[k] = (low[k] + high[k]) / 2;
  }
  if (data()->inputs > 1) half[0] = half[1] = std::max(half[0], half[1]);
  return {{4},
          {middle[0] - half[0], middle[0] + half[0], middle[1] - half[1], middle[1] + half[1]}};
}

// The outputs, or what every hidden unit gives, on nx × ny points of the first two inputs.
Array Network::grid(const Recipe& call, bool units) const {
  const auto a = numbersOf(call);
  const auto i = static_cast<std::size_t>(a[0]);
  const int nx = static_cast<int>(a[5]), ny = static_cast<int>(a[6]), n = nx * ny;
  const Architecture& shape = training().setup().architecture;
  const int first = units ? 1 : shape.depth(), last = units ? shape.depth() - 1 : shape.depth();
  int channels = 0;
  for (int l = first; l <= last; ++l) channels += shape.width(l);
  Array field{{channels, ny, nx}, std::vector<double>(static_cast<std::size_t>(channels * n))};

  const Vector x = judged(i);
  const Vector means = data()->training.inputs.rowwise().mean();
  Rows<float> inputs;
  training().normalise(x);
  for (int begin = 0; begin < n; begin += kChunk) {
    const int count = std::min(kChunk, n - begin);
    inputs.resize(shape.inputs, count);
    for (int j = 0; j < count; ++j) {
      const int column = (begin + j) % nx, row = (begin + j) / nx;
      for (int d = 0; d < shape.inputs; ++d) inputs(d, j) = static_cast<float>(means[d]);
      inputs(0, j) = static_cast<float>(a[1] + (a[2] - a[1]) * column / (nx - 1));
      if (shape.inputs > 1) {
        inputs(1, j) = static_cast<float>(ny > 1 ? a[3] + (a[4] - a[3]) * row / (ny - 1) : a[3]);
      }
    }
    inputs.clearPadding();
    const Mlp<float>& mlp = training().forward(x, inputs);
    int channel = 0;
    for (int l = first; l <= last; ++l) {
      const Rows<float>& values = mlp.activations(l);
      for (int unit = 0; unit < values.rows(); ++unit, ++channel) {
        std::copy_n(values.row(unit), count,
                    field.data.begin() + static_cast<std::ptrdiff_t>(channel) * n + begin);
      }
    }
  }
  return field;
}

// The points as they come out of layer l: two units as they are, more by their first two principal
// components.
Array Network::seen(std::size_t i, int l) const {
  const Array all = points();
  const int n = all.shape[0];
  const Training<float>& problem = training();
  const Vector x = judged(i);
  Matrix h(problem.setup().architecture.width(l), n);
  problem.normalise(x);
  Eigen::Index column = 0;
  for (const auto* part : {&problem.training(), &problem.validation()}) {
    if (part->size() == 0) continue;
    const Rows<float>& values = problem.forward(x, part->inputs).activations(l);
    for (int j = 0; j < part->size(); ++j, ++column) {
      for (int unit = 0; unit < values.rows(); ++unit) h(unit, column) = values(unit, j);
    }
  }
  if (h.rows() > 2 && h.allFinite()) {
    h.colwise() -= Vector(h.rowwise().mean());
    const SymmetricEigen eigen = symmetricEigen(timesTranspose(h, h));
    Matrix axes = eigen.vectors.rightCols(2).rowwise().reverse();
    // The sign of an axis is free: the largest part of it is positive, so that it does not flip.
    for (const int k : {0, 1}) {
      Eigen::Index most;
      axes.col(k).cwiseAbs().maxCoeff(&most);
      if (axes(most, k) < 0) axes.col(k) *= -1;
    }
    h = transposeTimes(axes, h);
  }
  Array points{{n, 2}, {}};
  for (int j = 0; j < n; ++j) {
    points.data.insert(points.data.end(), {h(0, j), h.rows() > 1 ? h(1, j) : 0.0});
  }
  return points;
}

Array Network::activations(std::size_t i, int l) const {
  const Rows<float>& values =
      training().evaluate(judged(i), training().training().inputs).activations(l);
  Array all{{values.rows(), values.cols()}, {}};
  for (int unit = 0; unit < values.rows(); ++unit) {
    all.data.insert(all.data.end(), values.row(unit), values.row(unit) + values.cols());
  }
  return all;
}

std::vector<Reading> Network::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  // What chance or less than the whole would give: it has no residual.
  const auto baseline = [&all](int subject, const char* quantity, double value, double measured,
                               std::string assumption) {
    all.push_back({subject, quantity, value, measured, kNaN, std::move(assumption)});
  };
  const TrainingSetup& s = training().setup();
  const Vector first = problem_->start();
  if (isClassification()) {
    const int outputs = s.architecture.outputs;
    const double chance = loss == Loss::kSquared    ? 0.5 * outputs
                          : loss == Loss::kLogistic ? std::log(2.0) * outputs
                          : loss == Loss::kSoftmax  ? std::log(static_cast<double>(outputs))
                                                    : outputs;
    baseline(-1, "loss at the start, by chance", chance, record.at(series_[0].loss, 0),
             "where all outputs are 0; first weights give others");
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const int subject = static_cast<int>(i);
    if (isClassification() && flipped > 0) {
      const auto n = static_cast<double>(data()->training.labels.size());
      baseline(
          subject, "training accuracy, by the rule alone", 1 - std::round(flipped * n) / n,
          scoresNow(i).training.accuracy,
          "where it learns the rule and none of the wrong labels; above that it learns them by "
          "heart");
    }
    if (runners_[i].turned > 0) continue;
    Vector g;
    problem_->at(1).gradient(first, g);
    const Runner& runner = runners_[i];
    const auto said = firstStepOf(*runner.optimizer, runner.recipe, first, g,
                                  runner.optimizer->rate(0, epochs * training().epoch()));
    if (said && step > 0) {
      all.push_back({subject, "first step max|Δθ|", said->length, runner.firstLength,
                     runner.firstLength - said->length,
                     "for the gradient of the first batch" + said->note});
    }
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
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Vector x = judged(i);
    const auto now = scoresNow(i);
    runs.rows.push_back(
        {static_cast<int>(i),
         {runners_[i].label, now.training.loss, now.validation.loss, now.training.accuracy,
          now.validation.accuracy, x.norm(), static_cast<double>(x.size()), states[i].status}});
    const std::string label = runners_[i].label;
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
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    all.push_back({"weights.json", "Weights of " + runners_[i].label + " (JSON)",
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
  for (std::size_t i = 0; i < runners_.size(); ++i) task->add(runners_[i].label, judged(i));
  return task;
}

}  // namespace descent::network
