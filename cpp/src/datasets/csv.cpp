// A table that somebody pasted: the last column is learned from the others.
//
// Each of the others is moved and scaled to mean 0 and deviation 1 over the rows that are trained
// on, x ← (x − μ)/σ, as networks want them (LeCun et al. 1998, "Efficient BackProp", Section 4.3).
// Classes are numbered from 0 in the order of their numbers in the table.
#include <algorithm>
#include <cmath>

#include "core/number_table.h"
#include "datasets/drawing.h"

namespace descent {
namespace {

constexpr std::size_t kMostTableClasses = 10;

bool isWhole(double x) { return x == std::floor(x); }

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
    note_ = read->note;
    inputs_ = read->numbers.topRows(last);
    values_ = std::move(values);
    different_ = std::move(different);
    return {};
  }

  int inputs() const override { return static_cast<int>(inputs_.rows()); }
  int classes() const override {
    return isClassification() ? static_cast<int>(different_.size()) : 0;
  }
  int size() const override { return static_cast<int>(inputs_.cols()); }
  bool isRaw() const override { return true; }
  std::string note() const override {
    return counted(size(), "row") + ", " + counted(inputs(), "input") + ", " +
           (isClassification() ? counted(classes(), "class", "classes") : "a number to predict") +
           note_;
  }
  Examples draw(Random& random, int) const override {
    Examples examples{inputs_, {}, {}};
    if (isClassification()) {
      for (const double value : values_.reshaped()) {
        const auto found = std::lower_bound(different_.begin(), different_.end(), value);
        examples.labels.push_back(static_cast<int>(found - different_.begin()));
      }
    } else {
      examples.targets = values_;
    }
    return shuffled(random, examples);
  }

 private:
  bool isClassification() const {
    if (target != Target::kAuto) return target == Target::kClass;
    return different_.size() > 1 && different_.front() >= 0 &&
           different_.back() < kMostTableClasses &&
           std::all_of(different_.begin(), different_.end(), isWhole);
  }

  Matrix inputs_;                  // as they stand in the table
  Matrix values_;                  // 1 × n, the last column
  std::vector<double> different_;  // in rising order
  std::string note_;
};

}  // namespace

void register_csv(Catalogue& catalogue) {
  catalogue.add(
      Describe<Csv>("csv", "Your table")
          .sentence("A table that you paste: the last column is learned from the others.")
          .formula(R"(x \leftarrow (x - \mu)/\sigma)")
          .cites("LeCun et al. 1998, Efficient BackProp, Section 4.3",
                 "https://doi.org/10.1007/3-540-49430-8_2")
          .variant("Every column but the last is standardised by the rows that are trained on; one "
                   "that is constant there becomes 0. Classes are numbered from 0 in rising order.")
          .choice("target", &Csv::target, {"auto", "class", "number"},
                  "What the last column is; auto takes whole numbers 0 to 9, two different ones "
                  "among them, for classes.")
          .as("Last column")
          .text(
              "table", &Csv::table, &Csv::setTable,
              "Rows are lines, or parted by ; on a single one; columns are parted by commas, tabs "
              "or semicolons. Where commas part no columns they are decimal ones. A heading is "
              "passed over. 2 to 20,000 rows, 2 to 64 columns.")
          .as("Table")
          .lines());
}

}  // namespace descent
