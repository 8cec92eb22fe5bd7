// A table that somebody pasted: the last column is learned from the others.
//
// Each of the others is moved and scaled to mean 0 and deviation 1, x ← (x − μ)/σ, as networks want
// them (LeCun et al. 1998, "Efficient BackProp", Section 4.3); a constant column becomes 0. Classes
// are numbered from 0 in the order of their numbers in the table.
#include <algorithm>
#include <cmath>

#include "datasets/drawing.h"
#include "datasets/number_table.h"

namespace descent {
namespace {

constexpr std::size_t kMostTableClasses = 10;

bool isWhole(double x) { return x == std::floor(x); }

// Scaled by the largest entry first: squares of the rest cannot overflow.
Matrix standardised(Matrix column) {
  if (column.maxCoeff() == column.minCoeff()) return Matrix::Zero(column.rows(), column.cols());
  column /= column.cwiseAbs().maxCoeff();
  column.array() -= column.mean();
  return column / std::sqrt(column.squaredNorm() / static_cast<double>(column.size()));
}

class Csv final : public Dataset {
 public:
  enum class Target { kAuto, kClass, kNumber };

  Target target = Target::kAuto;
  std::string table =
      "x,y,class; -1,-1,0; 0,-1,1; 1,-1,0; -1,0,1; 0,0,0; 1,0,1; -1,1,0; 0,1,1; 1,1,0";

  Csv() { (void)setTable(table); }

  Result<void> setTable(const std::string& text) {
    auto read = readNumbers(text);
    if (!read) return read.error();
    const Eigen::Index last = read->numbers.rows() - 1;
    Matrix values = read->numbers.row(last);
    std::vector<double> different(values.data(), values.data() + values.size());
    std::sort(different.begin(), different.end());
    different.erase(std::unique(different.begin(), different.end()), different.end());
    if (target == Target::kClass) {
      for (Eigen::Index j = 0; j < values.size(); ++j) {
        if (!isWhole(values(j))) return read->wrong(j, last, "a class, which is a whole number");
      }
      if (different.size() < 2 || different.size() > kMostTableClasses) {
        return Error{"expected 2 to " + std::to_string(kMostTableClasses) +
                     " different classes in the last column, found " +
                     std::to_string(different.size())};
      }
    }
    for (Eigen::Index j = 0; j < values.size(); ++j) {
      // Whose square a network in single precision holds.
      if (std::abs(values(j)) > 1e15) return read->wrong(j, last, "a target in [-1e15, 1e15]");
    }
    table = text;
    inputs_.resize(last, read->numbers.cols());
    for (Eigen::Index i = 0; i < last; ++i) {
      inputs_.row(i) = standardised(read->numbers.row(i));
    }
    values_ = std::move(values);
    different_ = std::move(different);
    return {};
  }

  int inputs() const override { return static_cast<int>(inputs_.rows()); }
  int classes() const override {
    return isClassification() ? static_cast<int>(different_.size()) : 0;
  }
  int size() const override { return static_cast<int>(inputs_.cols()); }
  Examples draw(Random& random, int, double noise) const override {
    Examples examples{inputs_, {}, {}};
    if (isClassification()) {
      for (const double value : values_.reshaped()) {
        const auto found = std::lower_bound(different_.begin(), different_.end(), value);
        examples.labels.push_back(static_cast<int>(found - different_.begin()));
      }
    } else {
      examples.targets = values_;
    }
    examples = shuffled(random, examples);
    addNoise(random, examples, noise);
    return examples;
  }

 private:
  bool isClassification() const {
    if (target != Target::kAuto) return target == Target::kClass;
    return different_.size() > 1 && different_.front() >= 0 &&
           different_.back() < kMostTableClasses &&
           std::all_of(different_.begin(), different_.end(), isWhole);
  }

  Matrix inputs_;                  // standardised
  Matrix values_;                  // 1 × n, the last column
  std::vector<double> different_;  // in rising order
};

}  // namespace

void register_csv(Catalogue& catalogue) {
  catalogue.add(
      Describe<Csv>("csv", "Your table")
          .sentence("A table that you paste: the last column is learned from the others.")
          .formula(R"(x \leftarrow (x - \mu)/\sigma)")
          .cites("LeCun et al. 1998, Efficient BackProp, Section 4.3",
                 "https://doi.org/10.1007/3-540-49430-8_2")
          .variant("Every column but the last is standardised; a constant one becomes 0. Classes "
                   "are numbered from 0 in rising order.")
          .choice("target", &Csv::target, {"auto", "class", "number"},
                  "What the last column is; auto takes whole numbers 0 to 9, two different ones "
                  "among them, for classes.")
          .as("Last column")
          .text("table", &Csv::table, &Csv::setTable,
                "Rows are lines or parted by ;, columns by commas or tabs; a heading is passed "
                "over. 2 to 20,000 rows, 2 to 64 columns.")
          .as("Table"));
}

}  // namespace descent
