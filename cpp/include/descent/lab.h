// Labs: what a face opens. A lab's file says what it computes and what may be read from it; the
// Session around it (session.h) parses the spec, keeps checkpoints, seeks and replays.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "descent/recipe.h"
#include "descent/record.h"
#include "descent/result.h"
#include "descent/style.h"

namespace descent {

// A title, a sentence and the spec that opens it.
struct Preset {
  std::string id;
  std::string title;
  std::string sentence;
  std::string spec;
};

// Something that a lab compares: a runner, a schedule, a pinned run.
struct Subject {
  std::string label;
  std::string recipe;
  Style style;
};

// A named array that can be read. `name` is the quantity, with "/" and the subject's index where
// it belongs to one.
struct Channel {
  std::string name;
  // series, path, arrow, points, ellipse, field, row; trace (a series of the main chart), curve (of
  // the whole run, known before it), weights (of past steps at the step now), call (one that takes
  // arguments)
  std::string kind;
  std::string quantity;
  std::string label;
  std::string unit;
  int subject = -1;
  bool log = false;  // a logarithmic axis is the sensible default
};

// How a subject stands, in a sentence with its numbers.
struct SubjectState {
  std::string status;  // running, converged, stopped, diverged
  int step = 0;        // of the last step it took
  std::string text;
};

// A limit that theory puts on a subject's knob.
struct Mark {
  int subject;
  std::string knob;
  double value;
  std::string label;
  std::string help;
};

// A row of theory beside measurement; NaN where there is no number (yet).
struct Reading {
  int subject;  // −1 where it belongs to none
  std::string quantity;
  double predicted;
  double measured;
  double residual;         // measured − predicted
  std::string assumption;  // under which the prediction holds
};

struct Column {
  std::string label;
  std::string help;
};
using Cell = std::variant<double, std::string>;
struct Row {
  int subject;
  std::vector<Cell> cells;
};
struct Table {
  std::string title;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

// A knob and the value to give it.
struct Setting {
  std::string knob;
  std::string value;
};

// Work longer than a frame (a sweep, a phase map), advanced by so many units at a time.
class Task {
 public:
  virtual ~Task() = default;
  virtual int total() const = 0;
  virtual int done() const = 0;
  // Do up to `units` more; nothing once done() == total().
  virtual void advance(int units) = 0;
  // What it has found so far.
  virtual Table result() const = 0;
  // Once done: the knobs that it would have set, each with its value.
  virtual std::vector<Setting> settings() const { return {}; }
};

struct TaskDescription {
  std::string id;
  std::string title;
  std::string help;
  // It looks for knobs of the run rather than at where the run stands: it comes before the run.
  bool setsKnobs = false;
};

class Lab {
 public:
  virtual ~Lab() = default;
  // A checkpoint. What is recorded stands in the Record, not in the lab.
  virtual std::unique_ptr<Lab> clone() const = 0;

  // Knobs are set: build the state of step 0, declare what is recorded and record row 0.
  virtual Result<void> start(Record& record) = 0;
  // Go from step t − 1 to t and record row t.
  virtual void advance(int t, Record& record) = 0;
  // A live knob has been set after step 0. False if the run cannot go on with it and has to
  // start anew.
  virtual bool turn(const std::string& /*knob*/) { return true; }

  // The planned length of the run in steps: horizon of the schedules, end of the scrubber.
  virtual int total() const = 0;
  // What a step of the lab is called where its length is counted.
  virtual std::string unit() const { return "step"; }
  virtual std::string subtitle() const { return ""; }
  // What was understood of a knob's value, where that is not plain to see.
  virtual std::string note(const std::string& /*knob*/) const { return ""; }
  virtual std::vector<Subject> subjects() const { return {}; }
  virtual std::vector<SubjectState> states() const { return {}; }
  virtual std::vector<Channel> channels() const = 0;
  virtual std::vector<Mark> marks() const { return {}; }

  // A channel that is not in the record. A channel with arguments is written as a call,
  // "field(x0, x1, y0, y1, nx, ny)".
  virtual Result<Array> read(const Recipe& channel, const Record& record, int step) const = 0;
  // What is predicted and measured from the rows up to `step`.
  virtual std::vector<Reading> readings(const Record&, int /*step*/) const { return {}; }
  virtual std::vector<Table> tables(const Record&, int /*step*/) const { return {}; }

  virtual std::vector<TaskDescription> tasks() const { return {}; }
  // A task of this id, from the lab's state now; nullptr if there is none.
  virtual std::unique_ptr<Task> task(const std::string& /*id*/) const { return nullptr; }
};

}  // namespace descent
