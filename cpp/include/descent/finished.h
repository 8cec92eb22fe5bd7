// A run that has come to its end, as the conditions of presets look at it.
#pragma once

#include <string>

#include "descent/session.h"

namespace descent {

class Finished {
 public:
  explicit Finished(const Session& session)
      : session_(session), readings_(session.readings()), states_(session.lab().states()) {}

  // Of a recorded channel: its last number, its first, that of a step, the least and the largest;
  // NaN where there is no such channel or number. Of several columns the first, if none is said.
  double last(const std::string& channel) const { return at(channel, steps()); }
  double first(const std::string& channel) const { return at(channel, 0); }
  double at(const std::string& channel, int step, int column = 0) const;
  double least(const std::string& channel) const;
  double largest(const std::string& channel) const;
  // The first step at which a channel is below a number; −1 if it never is.
  int firstBelow(const std::string& channel, double value) const;

  int steps() const { return session_.step(); }
  // running, converged, stopped, diverged
  const std::string& status(int subject) const;
  bool diverged(int subject) const { return status(subject) == "diverged"; }
  // The last step that a subject took.
  int stopped(int subject) const;

  // The reading of a subject whose quantity begins so; nullptr if there is none.
  const Reading* reading(const std::string& quantity, int subject = -1) const;
  double measured(const std::string& quantity, int subject = -1) const;
  // The number of a table, by its title's beginning, its row and its column's label.
  double cell(const std::string& table, int row, const std::string& column) const;

  const Session& session() const { return session_; }

 private:
  const Session& session_;
  std::vector<Reading> readings_;
  std::vector<SubjectState> states_;
};

// What a preset shows that this run, from its spec to its end, does not: the texts of its
// conditions that fail.
std::vector<std::string> unmet(const Preset& preset, const Session& finished);

// What a finished run of a preset was to show, and whether it does; nothing for any other run.
struct Shown {
  std::string text;
  bool holds;
};
std::vector<Shown> shown(const Session& session);

}  // namespace descent
