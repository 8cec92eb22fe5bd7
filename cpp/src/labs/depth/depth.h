// The depth lab: one task, one recipe, and up to four networks that differ in what lies between
// their layers; its state and one update of it.
#pragma once

#include <array>

#include "descent/catalogue.h"
#include "labs/depth/gauge.h"
#include "labs/depth/sweep.h"
#include "runs/network_lab.h"
#include "theory/depth.h"

namespace descent::depth {

using namespace runs;

// What lies between the layers of a network, with its flag in the lab.
struct Variant {
  const char* label;
  Style style;
  bool residual, batchNorm;
};
inline constexpr std::array<Variant, 4> kVariants = {
    {{"plain", {0, 0, false, false}, false, false},
     {"residual", {2, 1, false, false}, true, false},
     {"batch norm", {1, 2, false, false}, false, true},
     {"both", {4, 4, false, false}, true, true}}};

// What a residual branch is multiplied by: 1, or 1/√L with L blocks, so that the stream keeps its
// size whatever the depth (De & Smith 2020, https://arxiv.org/abs/2002.10444).
enum class Branch { kWhole, kRoot };

class Depth final : public Cloneable<Depth, NetworkLab> {
 public:
  bool plain = true;
  bool shortcuts = true;
  bool normalised = true;
  bool both = false;
  int hiddenLayers = 16;
  int width = 16;
  Branch branch = Branch::kRoot;
  Recipe optimizer = *parseRecipe("sgd(lr=0.1)");
  int steps = 200;
  double zoom = 1;

  Depth() {
    size = 100;
    validation = 0;
    activation = Activation::kRelu;
    initialiser = Initialiser::kHe;
    batch = 20;
  }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  // All run one recipe: knobs of the optimizer may be turned, another one is another run.
  bool turn(const std::string& knob) override;

  int total() const override { return steps; }
  std::string subtitle() const override;
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  // A network, which checkpoints share: a pass leaves nothing behind that a result depends on.
  struct Network {
    const Variant* variant;
    std::shared_ptr<const Training<double>> problem;
    std::shared_ptr<Gauge> gauge;
    Profile first;  // at the start
    theory::Stack stack;
    theory::Passage predicted;
    theory::Scatter scatter;  // of what is predicted
    double directions;        // in which the examples differ at the start

    // Do its examples resemble each other so much that they are not what a normalised network's
    // gradient is predicted for?
    bool resemble() const { return variant->batchNorm && directions < theory::kManyDirections; }
  };
  // In the record; −1 where there is no such quantity.
  struct Series {
    int loss, accuracy, validation, gradient, ratio;
  };
  // A number a layer, as it is now, as it was at the start or as theory says that it was.
  struct ByLayer {
    Channel channel;
    Vector values;
  };

  TrainingSetup setupOf(const Variant& variant, int depth, double factor = 1) const;
  theory::Stack stackOf(const TrainingSetup& setup) const;
  // One more network, with its runner and its twin.
  Result<void> add(const Variant& variant);
  Series declare(Record& record, int i) const;
  std::vector<ByLayer> byLayer(int i) const;
  std::vector<Trained> trained() const;
  // A case for each network and value.
  std::vector<Case> cases(const std::vector<double>& values,
                          const std::function<Case(const Variant&, double)>& made) const;
  std::vector<Reading> passing(int i) const;
  void put(Record& record, std::size_t i, int t);
  void watchRounding(std::size_t i, int t);
  // All run one recipe: what tells them apart is the network.
  void label();

  std::vector<Network> networks_;
  // The same from first weights that are off by a rounding each, for the first steps, and the step
  // at which they have parted; 0 while they have not.
  Runs twins_;
  std::vector<int> parted_;
  std::vector<Profile> now_;
  std::vector<Series> series_;
};

}  // namespace descent::depth
