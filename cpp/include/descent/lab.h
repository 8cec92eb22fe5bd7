// Labs: what a face opens. A lab's file says what it computes and what may be read from it; the
// Session around it (session.h) parses the spec, keeps checkpoints, seeks and replays.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "descent/channel.h"
#include "descent/preset.h"
#include "descent/reading.h"
#include "descent/recipe.h"
#include "descent/record.h"
#include "descent/result.h"
#include "descent/style.h"

namespace descent {

// Something that a lab compares: a runner, a schedule, a pinned run.
struct Subject {
  std::string label;
  std::string recipe;
  Style style;
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

// A text to take away.
struct Document {
  std::string name;  // of the file: "weights.json"
  std::string title;
  std::string text;
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
  // What it has found so far, to be read as a table.
  virtual Table result() const = 0;
  // Pictures of it: channels, read as a lab's are.
  virtual std::vector<Channel> channels() const { return {}; }
  virtual Result<Array> read(const Request&) const { return Array{}; }
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

  // What else is set where this knob is: a formula that is typed becomes the target.
  virtual std::vector<Setting> alsoSets(const std::string& /*knob*/) const { return {}; }

  // The planned length of the run in steps: horizon of the schedules, end of the scrubber.
  virtual int total() const = 0;
  // What a step of the lab is called where its length is counted.
  virtual std::string unit() const { return "step"; }
  virtual std::string subtitle() const { return ""; }
  // What was understood of a knob's value, where that is not plain to see.
  virtual std::string note(const std::string& /*knob*/) const { return ""; }
  virtual std::vector<Subject> subjects() const { return {}; }
  virtual std::vector<SubjectState> states() const { return {}; }
  // What may be read besides what is recorded.
  virtual std::vector<Channel> channels() const { return {}; }
  virtual std::vector<Mark> marks() const { return {}; }

  // One of these channels.
  virtual Result<Array> read(const Request&, const Record&, int /*step*/) const { return Array{}; }
  // What is predicted and measured from the rows up to `step`.
  virtual std::vector<Reading> readings(const Record&, int /*step*/) const { return {}; }
  virtual std::vector<Table> tables(const Record&, int /*step*/) const { return {}; }
  virtual std::vector<Document> documents() const { return {}; }

  virtual std::vector<TaskDescription> tasks() const { return {}; }
  // A task of this id, from the lab's state now; nullptr if there is none.
  virtual std::unique_ptr<Task> task(const std::string& /*id*/) const { return nullptr; }
};

}  // namespace descent
