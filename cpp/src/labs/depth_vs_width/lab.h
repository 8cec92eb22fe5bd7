// The lab of depth against width: a deep network that was built, the same with jittered weights,
// and networks of as many parameters that are trained to be like it; their state and one step.
#pragma once

#include <memory>
#include <vector>

#include "approximation/sawtooth.h"
#include "descent/catalogue.h"
#include "labs/depth_vs_width/aim.h"
#include "network/training.h"
#include "runs/runs.h"

namespace descent::depth_vs_width {

using namespace runs;

// What a deep network's training begins at: drawn weights, or those of the construction, jittered.
enum class Begin { kDrawn, kJittered };

inline constexpr int kMostLayers = 12;

class DepthVsWidth final : public Cloneable<DepthVsWidth, RunsLab> {
 public:
  Built built = Built::kSawtooth;
  int layers = 5;
  int width = 8;
  double bias = 1;
  double jitter = 0.002;
  int jitterSeed = 1;
  Recipe optimizer = *parseRecipe("adam(lr=0.01)");
  bool shallow = true;
  bool deep = true;
  Begin begin = Begin::kDrawn;
  int batch = 0;
  int steps = 300;
  int seed = 7;

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  // The jitter and the optimizer's knobs may be turned; another optimizer is another run, and so is
  // another jitter where that is where training begins.
  bool turn(const std::string& knob) override;

  int total() const override { return steps; }
  std::string subtitle() const override;
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 protected:
  int stepOf(int update) const override { return (update + kUpdates - 1) / kUpdates; }

 private:
  static constexpr int kUpdates = 10;  // of a step

  // A network that is trained, which checkpoints share.
  struct Network {
    bool isDeep;
    std::shared_ptr<const Training<double>> problem;
  };
  struct Series {
    int error, gap, pieces;
  };

  Plan plan() const { return {built, layers, width, bias, static_cast<std::uint64_t>(seed)}; }
  void lay();
  void addJitter();
  // Where a network begins; drawn weights with the first layer bending at random places of [0, 1].
  Vector firstWeights(const Training<double>& problem, bool isDeep) const;
  void put(Record& record, std::size_t i, int t);
  void putDraw(Record& record, int t);
  void label();
  const Architecture& architectureOf(std::size_t i) const {
    return networks_[i].problem->setup().architecture;
  }
  int most(std::size_t i) const { return static_cast<int>(mostPieces(architectureOf(i))); }
  int shallowUnits() const { return shallowOf(network_->architecture).hidden[0]; }
  // The pieces predicted on average of networks like the one that is drawn; NaN where its layers
  // are not wide.
  double expectedOnAverage() const;
  // What no network with so few pieces as subject i's layer allows goes below; 0 where nothing is
  // known.
  double leastGap(std::size_t i) const;
  double leastError(std::size_t i) const;
  void readBuilt(std::vector<Reading>& all) const;
  void readJitter(std::vector<Reading>& all) const;
  void readDraws(std::vector<Reading>& all, const Record& record, int step) const;
  void readSubject(std::vector<Reading>& all, std::size_t i, const Record& record, int step) const;

  std::shared_ptr<const Construction> network_;
  std::shared_ptr<const Pieces> pieces_;  // its own
  std::shared_ptr<const Aim> aim_;
  std::shared_ptr<const Split> data_;
  std::shared_ptr<const Construction> moved_;  // jittered
  std::shared_ptr<const Pieces> movedPieces_;
  double firstOrder_ = 0;  // of what the jitter changes
  double halfChange_ = 0;  // what half of it changes, and
  double backChange_ = 0;  // what the opposite of that half changes
  std::vector<Network> networks_;
  std::vector<std::shared_ptr<const Pieces>> fits_;
  std::vector<Series> series_;
  int drawn_ = -1, average_ = -1;  // series of pieces of networks drawn at random
};

}  // namespace descent::depth_vs_width
