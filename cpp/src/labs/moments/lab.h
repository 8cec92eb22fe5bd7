// Moments: Adam opened up on a stream of gradients that is shaped by hand, with its relatives on
// the same stream.
#pragma once

#include "labs/moments/stream.h"
#include "runs/runs.h"

namespace descent::moments {

using namespace runs;

class Moments final : public Cloneable<Moments, RunsLab> {
 public:
  Stream stream = Stream::kNoisy;
  double size = 1;
  double noise = 0.5;
  int period = 10;
  std::string formulaText = "exp(-t/40)*cos(t/6)";
  double beta1 = 0.9;
  double beta2 = 0.999;
  int steps = 100;
  int seed = 7;

  Moments() {
    runnerRecipes = *parseRecipes("adam, adam(biasCorrection=none), rmsprop, adagrad, signsgd");
    (void)setFormula(formulaText);
  }
  Result<void> setFormula(const std::string& text);

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  bool turn(const std::string&) override { return false; }
  int total() const override { return steps; }
  std::string subtitle() const override;

  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  // Indices in the record: of the stream and its moments, and of each method.
  struct Means {
    int g, m, mHat, rootV, rootVHat;
  };
  struct Series {
    int step, position;
  };

  Shape shape() const { return {stream, size, noise, period, formula_, seed}; }
  Result<void> addMethod(const Recipe& recipe);
  double ownBeta(const Recipe& recipe, const char* id, double common) const;
  // How far m and v of Adam are off their rest on signs that flip, as shares of it.
  double unsettledM(const Recipe& recipe, int step) const;
  double unsettledV(const Recipe& recipe, int step) const;
  void addMethodReadings(std::vector<Reading>& all, std::size_t i, const Record& record,
                         int step) const;

  Expression formula_;
  double m_ = 0, v_ = 0;
  double onesM_ = 0, onesV_ = 0;  // the same means of a gradient of 1
  Means means_ = {};
  std::vector<Series> series_;
};

}  // namespace descent::moments
