// The numbers that a run leaves behind, a row a step.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "descent/channel.h"

namespace descent {

// An array with a shape, row-major. Where a quantity does not exist it is NaN.
struct Array {
  std::vector<int> shape;
  std::vector<double> data;
};

// Series of equal length. It survives a seek back, so that what is known of the future can still
// be drawn; a replay writes the same rows again.
class Record {
 public:
  // A series that may be read, with a number a row or one for each of its columns; its index for
  // put() and at().
  int declare(Channel channel);
  void clear() { series_.clear(), rows_ = 0; }
  // Those declared, in their order.
  std::vector<Channel> channels() const;
  // Row t may be the next row or one that is there.
  void put(int series, int t, std::initializer_list<double> row);
  double at(int series, int t, int column = 0) const;
  // Forget the rows from `rows` on.
  void truncate(int rows);

  int rows() const { return rows_; }
  // Index of a series, −1 if there is none of this name.
  int find(const std::string& name) const;
  // Shape [rows], or [rows, width] where width > 1.
  Array array(int series) const { return {shape(series), series_[at(series)].data}; }
  std::vector<int> shape(int series) const;
  // Its numbers, row-major: a view that is good until a row is put.
  std::span<const double> numbers(int series) const { return series_[at(series)].data; }

 private:
  struct Series {
    Channel channel;
    int width;
    std::vector<double> data;
  };
  static std::size_t at(int series) { return static_cast<std::size_t>(series); }
  std::vector<Series> series_;
  int rows_ = 0;
};

}  // namespace descent
