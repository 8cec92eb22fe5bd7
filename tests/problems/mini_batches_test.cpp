// What the steps of a finite sum see: least squares stands for all.
#include <map>
#include <set>

#include "descent/random.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// At zero a batch of one row has the value ½y², which tells the rows apart.
double rowOf(const Problem& single, int t) {
  return single.at(t).value(Vector::Zero(single.dimension()));
}

std::vector<double> epoch(const Problem& single, int n, int which) {
  std::vector<double> rows;
  for (int t = 1; t <= n; ++t) rows.push_back(rowOf(single, which * n + t));
  return rows;
}

const Vector kPoint = vec({1, -0.5, 2});

}  // namespace

TEST_CASE("In epochs every row is seen exactly once an epoch, in a new order each time",
          "[problems][batches]") {
  const auto single = problem("least-squares(n=20, d=3, batch=1)");
  const auto first = epoch(*single, 20, 0);
  const std::set<double> rows(first.begin(), first.end());
  CHECK(rows.size() == 20);
  std::set<std::vector<double>> orders = {first};
  for (int which = 1; which < 10; ++which) {
    const auto next = epoch(*single, 20, which);
    CHECK(std::set<double>(next.begin(), next.end()) == rows);
    orders.insert(next);
  }
  CHECK(orders.size() == 10);
}

TEST_CASE("The batches of an epoch average to the whole, by value, gradient and Hessian",
          "[problems][batches]") {
  for (const int batch : {1, 4, 5, 10}) {
    INFO("batch " << batch);
    const auto own = problem("least-squares(n=20, d=3, batch=" + std::to_string(batch) + ")");
    const int count = 20 / batch;
    for (const int which : {0, 1, 6}) {
      double value = 0;
      Vector g = Vector::Zero(3);
      Matrix h = Matrix::Zero(3, 3), part;
      for (int i = 1; i <= count; ++i) {
        const int t = which * count + i;
        value += own->at(t).value(kPoint) / count;
        g += stepGradientOf(*own, t, kPoint) / count;
        REQUIRE(own->at(t).hessian(kPoint, part));
        h += part / count;
      }
      CHECK(value == Approx(own->value(kPoint)).epsilon(1e-13));
      CHECK((g - gradientOf(*own, kPoint)).norm() <= 1e-13);
      CHECK((h - hessianOf(*own, kPoint)).norm() <= 1e-13);
    }
    // One step later it is no epoch.
    Vector g = Vector::Zero(3);
    for (int t = 2; t <= count + 1; ++t) g += stepGradientOf(*own, t, kPoint) / count;
    CHECK((g - gradientOf(*own, kPoint)).norm() > 1e-6);
  }
}

TEST_CASE("Where the batch does not divide the rows the last of an epoch is smaller",
          "[problems][batches]") {
  // 20 rows by 8: batches of 8, 8 and 4.
  const auto own = problem("least-squares(n=20, d=3, batch=8)");
  for (const int which : {0, 1, 2}) {
    Vector g = Vector::Zero(3);
    for (int i = 1; i <= 3; ++i) {
      g += (i < 3 ? 8 : 4) * stepGradientOf(*own, 3 * which + i, kPoint) / 20;
    }
    CHECK((g - gradientOf(*own, kPoint)).norm() <= 1e-13);
  }
}

TEST_CASE("A batch of none, of all or of more is the whole, to the bit", "[problems][batches]") {
  for (const std::string id : {"least-squares", "logistic"}) {
    for (const char* sampling : {"epochs", "replacement"}) {
      for (const char* batch : {"0", "20", "21", "2000"}) {
        INFO(id << " " << sampling << " " << batch);
        const auto own =
            problem(id + "(n=20, d=3, batch=" + batch + ", sampling=" + sampling + ")");
        for (const int t : {1, 2, 9}) {
          CHECK(own->at(t).value(kPoint) == own->value(kPoint));
          CHECK(stepGradientOf(*own, t, kPoint) == gradientOf(*own, kPoint));
        }
      }
    }
  }
}

TEST_CASE("With replacement every row comes equally often, and again before the others did",
          "[problems][batches]") {
  constexpr int n = 10, draws = 5000;
  const auto epochs = problem("least-squares(n=10, d=3, batch=1)");
  const auto drawn = problem("least-squares(n=10, d=3, batch=1, sampling=replacement)");
  const auto all = epoch(*epochs, n, 0);
  std::map<double, int> counts;
  for (const double row : all) counts[row] = 0;
  for (int t = 1; t <= draws; ++t) {
    const double row = rowOf(*drawn, t);
    REQUIRE(counts.count(row) == 1);
    ++counts[row];
  }
  // χ² of 9 degrees of freedom passes 27.9 once in a thousand.
  double chi = 0;
  for (const auto& [row, count] : counts) chi += std::pow(count - draws / n, 2) / (draws / n);
  CHECK(chi < 27.9);
  // 10!/10¹⁰ = 0.00036 of the runs of ten are without a repetition.
  int complete = 0;
  for (int which = 0; which < 100; ++which) {
    const auto rows = epoch(*drawn, n, which);
    complete += std::set<double>(rows.begin(), rows.end()).size() == n;
  }
  CHECK(complete <= 1);
}

TEST_CASE("With replacement a batch may hold a row twice", "[problems][batches]") {
  // Two of three rows: a third of the batches hold one row twice.
  const auto drawn = problem("least-squares(n=3, d=3, batch=2, sampling=replacement)");
  const auto epochs = problem("least-squares(n=3, d=3, batch=1)");
  const auto all = epoch(*epochs, 3, 0);
  int twice = 0;
  for (int t = 1; t <= 900; ++t) {
    const double value = rowOf(*drawn, t);
    twice += std::any_of(all.begin(), all.end(), [&](double row) {
      return std::abs(row - value) <= 1e-14 * std::abs(row);
    });
  }
  CHECK(twice == Approx(300).margin(4 * std::sqrt(900 * 2.0 / 9)));
}

TEST_CASE("What a step sees depends on its number and the seed alone", "[problems][batches]") {
  for (const char* sampling : {"epochs", "replacement"}) {
    INFO(sampling);
    const std::string recipe =
        std::string("least-squares(n=20, d=3, batch=4, sampling=") + sampling + ")";
    const auto own = problem(recipe), other = problem(recipe);
    const auto seen = [&](const Problem& p, int t) {
      const Vector g = stepGradientOf(p, t, kPoint);
      return std::vector<double>(g.begin(), g.end());
    };
    std::vector<std::vector<double>> ahead;
    for (int t = 1; t <= 30; ++t) ahead.push_back(seen(*own, t));
    for (int t = 30; t >= 1; --t) {
      CHECK(seen(*own, t) == ahead[static_cast<std::size_t>(t - 1)]);
      CHECK(seen(*other, t) == ahead[static_cast<std::size_t>(t - 1)]);
    }
    // Within a step the point may move and the batch stays: the gradient is affine in it.
    const Vector zero = Vector::Zero(3);
    const Vector a = stepGradientOf(*own, 5, kPoint), b = stepGradientOf(*own, 5, -kPoint);
    CHECK((a + b - 2 * stepGradientOf(*own, 5, zero)).norm() <= 1e-13);
    std::set<std::vector<double>> different(ahead.begin(), ahead.end());
    CHECK(different.size() > 25);
  }
}

TEST_CASE("The data do not depend on how they are seen", "[problems][batches]") {
  const auto whole = problem("least-squares(n=20, d=3)");
  for (const char* knobs : {"batch=1", "batch=7", "batch=7, sampling=replacement"}) {
    const auto own = problem(std::string("least-squares(n=20, d=3, ") + knobs + ")");
    CHECK(own->value(kPoint) == whole->value(kPoint));
  }
}
