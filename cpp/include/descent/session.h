// An open lab: opened from a spec, stepped, turned, read, sought.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "descent/catalogue.h"
#include "descent/spec.h"

namespace descent {

enum class Edit;

// What was turned during a run: "step 30: rate of sgd 0.05 → 0.15".
struct Turn {
  int step;
  std::string text;
};

// Keys of a spec that are not knobs: `lab` names the lab, `v` the version of the text, `t` the
// step to go to (the face's act), `turned` the log of knobs turned while running, written
// "64:runners=adam(lr=0.3);80:tolerance=0.01"; keys that begin with "view." belong to the page.
//
// A knob is addressed by its id, or by a path through what its value holds: "runners/1" is the
// second runner's recipe, "runners/1/schedule/steps" a knob in it. A spec may have paths for keys;
// they come after the plain ones.
//
// A knob turned during a run acts from that step on, and a seek replays it there; reset() begins a
// run with the values that stand now.
class Session {
 public:
  static constexpr int kMaxSteps = 100000;

  static Result<std::unique_ptr<Session>> open(const Spec& spec);

  const Entry<Lab>& entry() const { return *entry_; }
  const Lab& lab() const { return *now_.lab; }
  const Record& record() const { return record_; }

  int step() const { return now_.step; }
  // The last step that is known; beyond step() after a seek back.
  int known() const { return record_.rows() - 1; }
  // The step that the spec asked for, 0 if it did not.
  int target() const { return target_; }
  bool isDone() const;

  // Take n ≥ 0 steps.
  Result<void> advance(double n);
  // Go towards step t from the nearest checkpoint, taking at most `budget` steps; true on
  // arrival, false if it has to be called again.
  Result<bool> seek(double t, int budget = 20000);
  // Turn a knob. A live one is logged with its step and the run goes on, its known future
  // forgotten; any other starts the run anew, as does a change that the lab cannot take over. On
  // an error nothing has changed, and a column in it counts from the beginning of `value`.
  Result<void> set(const std::string& path, const std::string& value);
  // Recipes for a list, at its end ("runners") or at a place ("runners/0").
  Result<void> add(const std::string& path, const std::string& recipes);
  // Takes a recipe out of a list, or any other knob back to its default.
  Result<void> remove(const std::string& path);
  // Puts a recipe into another, a decorator's.
  Result<void> wrap(const std::string& path, const std::string& decorator);
  // Back to step 0, with the knobs as they stand now: if any was turned on the way the run is
  // another one, in which nothing is turned; if none was, its future stays known.
  Result<void> reset();
  // In the order of the steps; what was turned and turned back changed nothing, and is left out.
  std::vector<Turn> turns() const;

  // All that may be read: what is recorded first.
  std::vector<Channel> channels() const;
  Result<Array> read(const std::string& channel) const;
  std::vector<Reading> readings() const { return now_.lab->readings(record_, now_.step); }
  std::vector<Table> tables() const { return now_.lab->tables(record_, now_.step); }
  std::vector<Document> documents() const { return now_.lab->documents(); }
  // Knobs as they stand now, with those within their recipes; what a list holds is asked by path.
  std::vector<Knob> knobs() const;
  Result<Knob> knob(const std::string& path) const;
  // The preset whose knobs these are, none of them turned on the way; nullptr if there is none.
  const Preset* preset() const;
  // Opens the same lab at the same step with the same history.
  Spec spec() const;

  // One task at a time; starting another cancels the first.
  Result<void> startTask(const std::string& id);
  Task* task() { return task_.get(); }
  // A channel of the task.
  Result<Array> readTask(const std::string& channel) const;
  void cancelTask() { task_.reset(); }

 private:
  // A value, and how it was or would be written: a file may stand in it, so checkpoints share it.
  struct Given {
    Value value;
    std::string text;
  };
  using Values = std::map<std::string, std::shared_ptr<const Given>>;
  struct Turned {
    int step;
    std::string knob;
    std::shared_ptr<const Given> given;
    std::string change;  // in words
  };
  // All that a seek has to bring back.
  struct State {
    int step = 0;
    std::size_t turns = 0;  // applied so far
    Values values;
    Polymorphic<Lab> lab;
  };

  explicit Session(const Entry<Lab>& entry) : entry_(&entry) {}
  const BoundKnob<Lab>* findKnob(std::string_view id) const;
  Result<const BoundKnob<Lab>*> named(std::string_view id) const;
  Knob standingNow(const Knob& knob) const;
  Result<Values> valuesOf(const Spec& spec) const;
  // Edits a value by its path; the knob with which that begins.
  Result<const BoundKnob<Lab>*> edit(Values& values, Edit edit, std::string_view path,
                                     const std::string& text) const;
  Result<void> change(Edit edit, const std::string& path, const std::string& text);
  Result<void> restart(const Values& values);
  Result<void> readTurns(const std::string& text);
  void stepOnce();
  void applyTurns();
  const Value& latest(const std::string& knob) const;
  void keepCheckpoint();

  const Entry<Lab>* entry_;
  Values base_;                 // knobs at step 0
  Polymorphic<Lab> unstarted_;  // the lab with these knobs, before its start
  State now_;
  Record record_;
  std::vector<Turned> turned_;
  std::vector<State> checkpoints_;  // ascending, the first at step 0
  int stride_ = 16;                 // steps between checkpoints; doubles as the run grows
  int target_ = 0;
  std::unique_ptr<Task> task_;
};

}  // namespace descent
