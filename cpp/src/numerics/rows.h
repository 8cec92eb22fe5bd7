// Matrices whose rows are examples side by side: what a network computes with.
#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace descent {

// Four floats or two doubles that the processor handles at once.
template <class T>
struct LaneOf {
  typedef T type __attribute__((vector_size(16)));
};
template <class T>
using Lane = typename LaneOf<T>::type;
template <class T>
inline constexpr int kLanes = 16 / static_cast<int>(sizeof(T));

// rows × cols, a row being contiguous and padded to whole lanes. What stands in the padding is
// finite as long as the numbers are; where it would count it is zero. Memory is kept when it
// shrinks, so that what has been large enough once is not allocated again.
template <class T>
class Rows {
 public:
  using Flat = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>, Eigen::Aligned16>;
  using ConstFlat = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>, Eigen::Aligned16>;

  // Whether it had another shape.
  bool resize(int rows, int cols) {
    if (rows == rows_ && cols == cols_) return false;
    reshape(rows, cols);
    return true;
  }

  int rows() const { return rows_; }
  int cols() const { return cols_; }
  int stride() const { return stride_; }
  T* row(int i) { return data_.data() + static_cast<std::ptrdiff_t>(i) * stride_; }
  const T* row(int i) const { return data_.data() + static_cast<std::ptrdiff_t>(i) * stride_; }
  T& operator()(int i, int j) { return row(i)[j]; }
  T operator()(int i, int j) const { return row(i)[j]; }

  // All entries, with the padding.
  Flat flat() { return {data_.data(), static_cast<Eigen::Index>(rows_) * stride_}; }
  ConstFlat flat() const { return {data_.data(), static_cast<Eigen::Index>(rows_) * stride_}; }
  // A row without its padding.
  auto values(int i) { return Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(row(i), cols_); }
  auto values(int i) const {
    return Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>(row(i), cols_);
  }

  void clearPadding() {
    for (int i = 0; i < rows_; ++i) {
      for (int j = cols_; j < stride_; ++j) row(i)[j] = 0;
    }
  }

 private:
  void reshape(int rows, int cols) {
    rows_ = rows;
    cols_ = cols;
    stride_ = (cols + kLanes<T> - 1) / kLanes<T> * kLanes<T>;
    // Rows a power of two apart share few places in the cache.
    if (stride_ % (16 * kLanes<T>) == 0) stride_ += kLanes<T>;
    const Eigen::Index size = static_cast<Eigen::Index>(rows) * stride_;
    if (size > data_.size()) data_ = Eigen::Array<T, Eigen::Dynamic, 1>::Zero(size);
  }

  int rows_ = 0, cols_ = 0, stride_ = 0;
  Eigen::Array<T, Eigen::Dynamic, 1> data_;
};

}  // namespace descent
