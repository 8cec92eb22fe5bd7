#include "descent/finished.h"

#include <algorithm>
#include <cmath>

namespace descent {

double Finished::at(const std::string& channel, int step, int column) const {
  const Record& record = session_.record();
  const int series = record.find(channel);
  return series >= 0 && step >= 0 && step < record.rows() ? record.at(series, step, column) : kNaN;
}

double Finished::least(const std::string& channel) const {
  double least = kNaN;
  for (int t = 0; t <= steps(); ++t) least = std::fmin(least, at(channel, t));
  return least;
}

double Finished::largest(const std::string& channel) const {
  double largest = kNaN;
  for (int t = 0; t <= steps(); ++t) largest = std::fmax(largest, at(channel, t));
  return largest;
}

int Finished::firstBelow(const std::string& channel, double value) const {
  for (int t = 0; t <= steps(); ++t) {
    if (at(channel, t) < value) return t;
  }
  return -1;
}

const std::string& Finished::status(int subject) const {
  return states_.at(static_cast<std::size_t>(subject)).status;
}

int Finished::stopped(int subject) const {
  return states_.at(static_cast<std::size_t>(subject)).step;
}

const Reading* Finished::reading(const std::string& quantity, int subject) const {
  for (const Reading& r : readings_) {
    if (r.subject == subject && r.quantity.rfind(quantity, 0) == 0) return &r;
  }
  return nullptr;
}

double Finished::measured(const std::string& quantity, int subject) const {
  const Reading* found = reading(quantity, subject);
  return found ? found->measured : kNaN;
}

double Finished::cell(const std::string& title, int row, const std::string& label) const {
  for (const Table& table : session_.tables()) {
    if (table.title.rfind(title, 0) != 0 || row >= static_cast<int>(table.rows.size())) continue;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].label != label) continue;
      const double* number =
          std::get_if<double>(&table.rows[static_cast<std::size_t>(row)].cells[i]);
      return number ? *number : kNaN;
    }
  }
  return kNaN;
}

std::vector<std::string> unmet(const Preset& preset, const Session& finished) {
  const Finished run(finished);
  std::vector<std::string> texts;
  for (const Shows& shows : preset.shows) {
    if (!shows.holds(run)) texts.push_back(shows.text);
  }
  return texts;
}

std::vector<Shown> shown(const Session& session) {
  const Preset* preset = session.isDone() ? session.preset() : nullptr;
  std::vector<Shown> all;
  if (!preset || preset->shows.empty()) return all;
  const Finished run(session);
  for (const Shows& shows : preset->shows) all.push_back({shows.text, shows.holds(run)});
  return all;
}

}  // namespace descent
