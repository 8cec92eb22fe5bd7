#include "descent/record.h"

#include <algorithm>
#include <cassert>

namespace descent {

int Record::declare(Channel channel) {
  const int width = std::max(1, static_cast<int>(channel.columns.size()));
  series_.push_back({std::move(channel), width, {}});
  return static_cast<int>(series_.size()) - 1;
}

std::vector<Channel> Record::channels() const {
  std::vector<Channel> all;
  for (const Series& s : series_) all.push_back(s.channel);
  return all;
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
  const auto found = std::find_if(series_.begin(), series_.end(),
                                  [&](const Series& s) { return s.channel.name == name; });
  return found == series_.end() ? -1 : static_cast<int>(found - series_.begin());
}

std::vector<int> Record::shape(int series) const {
  const int width = series_[at(series)].width;
  return width == 1 ? std::vector{rows_} : std::vector{rows_, width};
}

}  // namespace descent
