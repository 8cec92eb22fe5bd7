// The approximation lab: a function on [0, 1] or on the square, written down by hats, bumps and
// polynomials, and learnt by a network of one hidden layer; its state and one step of it.
#pragma once

#include "descent/catalogue.h"
#include "labs/approximation/ground.h"
#include "network/training.h"
#include "runs/runs.h"

namespace descent::approximation {

using namespace runs;

// Where the network begins: kinks strewn over the domain by the seed, or at the weights of the
// construction with one unit to a piece.
enum class First { kStrewn, kConstruction };

class Approximation final : public Cloneable<Approximation, RunsLab> {
 public:
  // A step of the lab, in updates of the weights.
  static constexpr int kUpdates = 10;

  TargetId targetId = TargetId::kSine;
  std::string formula = "sin(2*pi*x) + x^2";
  std::string drawing =
      "0.2, 0.6, 0.9, 0.9, 0.7, 0.2, -0.4, -0.7, -0.8, -0.5, -0.1, 0.1, 0.1, 0.3, 0.6, 0.5, 0.3";
  int knots = 16;
  bool showsHats = true;
  bool showsBumps = false;
  bool showsPolynomial = false;
  double steepness = 10;
  int degree = 8;
  Activation activation = Activation::kRelu;
  First first = First::kStrewn;
  double slope = 4;
  int seed = 7;
  int steps = 300;

  Approximation() { runnerRecipes = *parseRecipes("adam(lr=0.01)"); }

  Result<void> setFormula(const std::string& text);
  Result<void> setDrawing(const std::string& text);

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  bool turn(const std::string& knob) override;
  // Whoever types a formula wants to see it.
  std::vector<Setting> alsoSets(const std::string& knob) const override {
    return knob == "formula" ? std::vector<Setting>{{"target", "typed"}} : std::vector<Setting>{};
  }

  int total() const override { return steps; }
  std::string subtitle() const override;
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 protected:
  int stepOf(int update) const override { return (update + kUpdates - 1) / kUpdates; }

 private:
  struct Series {
    int error, loss;
  };

  Result<Target> chosenTarget() const;
  void layProblem();
  Vector firstParameters() const;
  // The weights that a run is judged by.
  Vector judged(std::size_t i) const { return runs_[i].optimizer->evaluationPoint(runs_[i].x); }
  // What the network gives at inputs (d × n).
  Vector outputs(const Vector& x, const Matrix& inputs) const;
  double runError(const Vector& x) const;
  void put(Record& record, std::size_t i, int t);
  // q where units are polynomials of degree q.
  std::optional<int> unitDegree() const;
  double unitDifferences(std::size_t i) const;

  // Sup errors of the constructions at N, κ and p.
  void measureBumps();
  void measurePolynomial();
  Array functions(const Vector& x) const;
  Array hats(int summed) const;
  // Values at the points of a grid.
  Array field(const Grid& grid, const std::function<Vector(const Matrix&)>& values) const;
  Vector targetAt(const Matrix& inputs) const;
  Table methodsTable(const Record& record, int step) const;
  Table fallTable() const;
  Reading slopeOfHats() const;
  // No polynomial of degree q comes closer than the best.
  Reading boundOfPolynomials(int subject, std::string quantity, int q, double error) const;
  void readLine(std::vector<Reading>& all) const;
  void readSquare(std::vector<Reading>& all) const;
  void readNetworks(std::vector<Reading>& all, const Record& record, int step) const;

  std::shared_ptr<const Ground> ground_;
  std::vector<double> drawn_;
  Vector knotValues_, middles_;  // of one input
  Matrix squareKnots_;
  std::shared_ptr<const Matrix> runInputs_;
  std::shared_ptr<const Training<double>> problem_;
  std::vector<Series> series_;
  double hatsError_ = 0, bumpsError_ = 0, polynomialError_ = 0;
  double hatsPeak_ = 0;      // max over [0, 1] to rounding; NaN where the samples show more
  double construction_ = 0;  // how far the network of its weights is from the construction
};

}  // namespace descent::approximation
