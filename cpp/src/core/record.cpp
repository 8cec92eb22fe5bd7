#include "descent/record.h"

#include <algorithm>
#include <cassert>

namespace descent {

int Record::add(std::string name, int width) {
  series_.push_back({std::move(name), width, {}});
  return static_cast<int>(series_.size()) - 1;
}

void Record::put(int series, int t, std::initializer_list<double> row) {
  Series& s = series_[static_cast<std::size_t>(series)];
  assert(static_cast<int>(row.size()) == s.width);
  const auto at = static_cast<std::size_t>(t) * row.size();
  assert(at <= s.data.size());
  if (at == s.data.size()) s.data.resize(at + row.size());
  std::copy(row.begin(), row.end(), s.data.begin() + static_cast<std::ptrdiff_t>(at));
  rows_ = std::max(rows_, t + 1);
}

double Record::at(int series, int t, int column) const {
  const Series& s = series_[static_cast<std::size_t>(series)];
  return s.data[static_cast<std::size_t>(t * s.width + column)];
}

void Record::truncate(int rows) {
  rows_ = std::min(rows_, rows);
  for (Series& s : series_) s.data.resize(static_cast<std::size_t>(rows_ * s.width));
}

int Record::find(const std::string& name) const {
  const auto found =
      std::find_if(series_.begin(), series_.end(), [&](const Series& s) { return s.name == name; });
  return found == series_.end() ? -1 : static_cast<int>(found - series_.begin());
}

Array Record::array(int series) const {
  const Series& s = series_[static_cast<std::size_t>(series)];
  if (s.width == 1) return {{rows_}, s.data};
  return {{rows_, s.width}, s.data};
}

}  // namespace descent
