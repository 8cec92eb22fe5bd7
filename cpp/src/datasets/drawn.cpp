// Points that somebody put on the plane, each with its class.
#include <algorithm>
#include <cmath>

#include "core/number_table.h"
#include "datasets/drawing.h"

namespace descent {
namespace {

constexpr int kMostDrawnClasses = 6;
constexpr double kFar = 10;

class Drawn final : public Dataset {
 public:
  std::string points =
      "0.8,0,0; 0.5,0.7,0; -0.1,0.9,0; -0.7,0.5,0; -0.8,-0.2,0; -0.4,-0.8,0; 0.2,-0.9,0; "
      "0.7,-0.6,0; 0,0.1,1; 0.2,-0.1,1; -0.2,-0.1,1; 0.1,0.3,1";

  Drawn() { (void)setPoints(points); }

  Result<void> setPoints(const std::string& text) {
    const auto table = readNumbers(text);
    if (!table) return table.error();
    const Matrix& numbers = table->numbers;
    if (numbers.rows() != 3) {
      return Error{"expected x, y and a class in each row, found " +
                   std::to_string(numbers.rows()) + " columns"};
    }
    Examples examples{numbers.topRows(2), {}, {}};
    for (Eigen::Index j = 0; j < numbers.cols(); ++j) {
      for (int i = 0; i < 2; ++i) {
        if (std::abs(numbers(i, j)) > kFar) {
          return table->wrong(j, i, "a number in [" + print(-kFar) + ", " + print(kFar) + "]");
        }
      }
      const double label = numbers(2, j);
      if (label != std::floor(label) || label < 0 || label >= kMostDrawnClasses) {
        return table->wrong(j, 2, "a class in 0 to " + std::to_string(kMostDrawnClasses - 1));
      }
      examples.labels.push_back(static_cast<int>(label));
    }
    points = text;
    note_ = table->note;
    examples_ = std::move(examples);
    return {};
  }

  int size() const override { return static_cast<int>(examples_.size()); }
  // A class that is passed over has no points.
  int classes() const override {
    return std::max(2, 1 + *std::max_element(examples_.labels.begin(), examples_.labels.end()));
  }
  std::string note() const override { return counted(size(), "point") + note_; }
  Examples draw(Random& random, int) const override { return shuffled(random, examples_); }

 private:
  Examples examples_;
  std::string note_;
};

}  // namespace

void register_drawn(Catalogue& catalogue) {
  catalogue.add(Describe<Drawn>("drawn", "Drawn by you")
                    .sentence("Points that you put on the plane, in up to six classes.")
                    .text("points", &Drawn::points, &Drawn::setPoints,
                          "x,y,class; x,y,class; … with x and y in [−10, 10] and classes 0 to 5.")
                    .as("Points")
                    .lines());
}

}  // namespace descent
