#include "descent/session.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "descent/text.h"

namespace descent {
namespace {

constexpr std::size_t kMaxCheckpoints = 64;

bool isReserved(const std::string& key) {
  return key == "lab" || key == "v" || key == "t" || key == "turned" || key.rfind("view.", 0) == 0;
}

// A whole number of steps from a face, where anything may come.
Result<int> readStep(const char* what, double value) {
  if (!(value >= 0 && value <= Session::kMaxSteps) || std::floor(value) != value) {
    return Error{std::string(what) + " must be a whole number in [0, " + print(Session::kMaxSteps) +
                 "], got " + print(value)};
  }
  return static_cast<int>(value);
}

Result<int> readStep(const char* what, std::string_view text) {
  const auto number = parseNumber(text);
  if (number) return readStep(what, *number);
  return Error{std::string(what) + " must be a whole number in [0, " + print(Session::kMaxSteps) +
               "], got " + (text.empty() ? "nothing" : excerpt(text))};
}

// A label within a sentence: "Rate" becomes "rate".
std::string inSentence(std::string label) {
  if (label.size() > 1 && std::islower(static_cast<unsigned char>(label[1]))) {
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  }
  return label;
}

template <class Base>
std::vector<Knob> knobsNamed(const std::string& id) {
  std::vector<Knob> knobs;
  if (const auto entry = catalogue().find<Base>(id)) {
    for (const auto& bound : (*entry)->knobs) knobs.push_back(bound.knob);
  }
  return knobs;
}

// Of what may be turned, alone or inside another.
std::vector<Knob> knobsNamed(Kind kind, const std::string& id) {
  if (kind == Kind::kOptimizer) return knobsNamed<Optimizer>(id);
  if (kind == Kind::kSchedule) return knobsNamed<Schedule>(id);
  return {};
}

// What a recipe gives the first or another of its knobs.
std::string valueIn(const Recipe& recipe, const Knob& knob, bool isFirst) {
  for (const Argument& a : recipe.arguments) {
    if (a.key == knob.id || (isFirst && a.key.empty())) return plain(a.value);
  }
  return knob.standard;
}

using Changes = std::vector<std::string>;

// The arguments that differ, "rate of sgd 0.05 → 0.15"; inside what is wrapped, "rate of sgd in
// lookahead …".
void compareRecipes(Kind kind, const Recipe& from, const Recipe& to, const std::string& whose,
                    Changes& changes) {
  if (from == to) return;
  const auto knobs = knobsNamed(kind, from.name);
  if (from.name != to.name || knobs.empty()) {
    changes.push_back(print(from) + " → " + print(to));
    return;
  }
  for (std::size_t i = 0; i < knobs.size(); ++i) {
    const Knob& knob = knobs[i];
    const std::string before = valueIn(from, knob, i == 0), after = valueIn(to, knob, i == 0);
    if (before == after) continue;
    const auto inner = parseRecipe(before), next = parseRecipe(after);
    if (knob.type == KnobType::kRecipe && inner && next && inner->name == next->name) {
      compareRecipes(knob.kind, *inner, *next, inner->name + " in " + whose, changes);
    } else {
      changes.push_back(inSentence(knob.label) + " of " + whose + " " + before + " → " + after);
    }
  }
}

// What a turned knob changed, in words; "" where it stands as it stood.
std::string changeOf(const Knob& knob, const std::string& from, const std::string& to) {
  const auto before = parseRecipes(from), after = parseRecipes(to);
  const bool isRecipe = knob.type == KnobType::kRecipe || knob.type == KnobType::kRecipes;
  if (isRecipe && before && after && before->size() == after->size()) {
    Changes changes;
    for (std::size_t i = 0; i < before->size(); ++i) {
      const std::string& name = (*before)[i].name;
      const auto namesakes = std::count_if(before->begin(), before->end(),
                                           [&](const Recipe& r) { return r.name == name; });
      const std::string number = namesakes > 1 ? " (runner " + std::to_string(i + 1) + ")" : "";
      compareRecipes(knob.kind, (*before)[i], (*after)[i], name + number, changes);
    }
    return join(changes, ", ");
  }
  const auto old = parseNumber(from), fresh = parseNumber(to);
  if (from == to || (old && fresh && *old == *fresh)) return "";
  return inSentence(knob.label) + " " + from + " → " + to;
}

}  // namespace

Result<std::unique_ptr<Session>> Session::open(const Spec& spec) {
  const std::string* lab = spec.find("lab");
  if (!lab) return Error{"the spec names no lab: begin it with lab=, as in lab=race"};
  const auto entry = catalogue().find<Lab>(*lab);
  if (!entry) return entry.error();
  if (const std::string* version = spec.find("v"); version && *version != "1") {
    return Error{"v must be 1, the version of specs that this build reads, got " +
                 excerpt(*version)};
  }

  std::unique_ptr<Session> session(new Session(**entry));
  Values values;
  for (const auto& bound : (*entry)->knobs) values[bound.knob.id] = bound.knob.standard;
  for (const auto& [key, value] : spec.entries()) {
    if (isReserved(key)) continue;
    if (!session->findKnob(key)) {
      std::vector<std::string> known;
      for (const auto& bound : (*entry)->knobs) known.push_back(bound.knob.id);
      const std::string near = nearest(key, known);
      return Error{*lab + " has no knob '" + excerpt(key) + "'; " +
                   (near.empty() ? "" : "did you mean " + near + "? ") +
                   "known: " + join(known, ", ")};
    }
    values[key] = value;
  }
  const auto started = session->restart(values);
  if (!started) return started.error();
  if (const std::string* turned = spec.find("turned")) {
    const auto read = session->readTurns(*turned);
    if (!read) return read.error();
  }
  if (const std::string* t = spec.find("t")) {
    const auto target = readStep("t", *t);
    if (!target) return target.error();
    session->target_ = *target;
  }
  return session;
}

const BoundKnob<Lab>* Session::findKnob(const std::string& id) const {
  for (const auto& bound : entry_->knobs) {
    if (bound.knob.id == id) return &bound;
  }
  return nullptr;
}

Result<void> Session::restart(const Values& values) {
  State state;
  state.values = values;
  state.lab = entry_->make();
  for (const auto& [knob, apply] : entry_->knobs) {
    const auto applied = apply(*state.lab, knob, values.at(knob.id));
    if (!applied) return applied.error();
  }
  Record record;
  const auto started = state.lab->start(record);
  if (!started) return started.error();

  base_ = values;
  now_ = std::move(state);
  record_ = std::move(record);
  turned_.clear();
  checkpoints_.assign(1, now_);
  stride_ = 16;
  task_.reset();
  return {};
}

// Every turn is tried on a copy of the lab, so that a bad one is refused here and a replay cannot
// fail.
Result<void> Session::readTurns(const std::string& text) {
  State trial = now_;
  int previous = 0;
  for (const std::string_view part : split(text, ';')) {
    if (trim(part).empty()) continue;
    const auto colon = part.find(':'), equals = part.find('=');
    if (colon == std::string_view::npos || equals == std::string_view::npos || equals < colon) {
      return Error{"turned must be STEP:KNOB=VALUE;…, got " + excerpt(part)};
    }
    const auto step = readStep("the step of turned", part.substr(0, colon));
    if (!step) return step.error();
    if (*step < std::max(previous, 1)) {
      return Error{"the steps of turned must ascend from 1, got " + print(*step)};
    }
    previous = *step;
    const std::string id(trim(part.substr(colon + 1, equals - colon - 1)));
    const std::string value(part.substr(equals + 1));
    const auto* bound = findKnob(id);
    if (!bound || !bound->knob.live) {
      return Error{"turned names '" + excerpt(id) + "', which is no knob of " + entry_->id +
                   " that may be turned while running"};
    }
    const auto applied = bound->apply(*trial.lab, bound->knob, value);
    if (!applied) return applied.error();
    if (!trial.lab->turn(id)) {
      return Error{"turned sets " + id + " to " + excerpt(value) +
                   ", which would start the run anew"};
    }
    turned_.push_back({*step, id, value, changeOf(bound->knob, trial.values.at(id), value)});
    trial.values[id] = value;
  }
  return {};
}

bool Session::isDone() const {
  const auto states = now_.lab->states();
  const bool allStopped = !states.empty() && std::all_of(states.begin(), states.end(), [](auto& s) {
    return s.status != "running";
  });
  return allStopped || now_.step >= now_.lab->total();
}

void Session::stepOnce() {
  ++now_.step;
  now_.lab->advance(now_.step, record_);
  keepCheckpoint();
  applyTurns();
}

// The states at multiples of the stride; when there are too many, every second one goes.
void Session::keepCheckpoint() {
  if (now_.step % stride_ != 0 || now_.step <= checkpoints_.back().step) return;
  checkpoints_.push_back(now_);
  if (checkpoints_.size() <= kMaxCheckpoints) return;
  stride_ *= 2;
  std::erase_if(checkpoints_, [this](const State& s) { return s.step % stride_ != 0; });
}

void Session::applyTurns() {
  while (now_.turns < turned_.size() && turned_[now_.turns].step == now_.step) {
    const Turned& turn = turned_[now_.turns++];
    const auto* bound = findKnob(turn.knob);
    const auto applied = bound->apply(*now_.lab, bound->knob, turn.value);
    assert(applied);  // checked when it was logged
    (void)applied;
    now_.lab->turn(turn.knob);
    now_.values[turn.knob] = turn.value;
  }
}

Result<void> Session::advance(double n) {
  const auto count = readStep("the number of steps", n);
  if (!count) return count.error();
  if (now_.step + *count > kMaxSteps) {
    return Error{"a run has at most " + print(kMaxSteps) + " steps; " + print(now_.step) + " + " +
                 print(*count) + " is more"};
  }
  for (int i = 0; i < *count; ++i) stepOnce();
  return {};
}

Result<bool> Session::seek(double t, int budget) {
  const auto target = readStep("the step to seek", t);
  if (!target) return target.error();
  if (*target < now_.step) {
    const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), *target,
                                        [](int step, const State& s) { return step < s.step; });
    now_ = *std::prev(after);
    applyTurns();
  }
  const auto ahead = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), *target,
                                      [](int step, const State& s) { return step < s.step; });
  if (std::prev(ahead)->step > now_.step) {
    now_ = *std::prev(ahead);
    applyTurns();
  }
  for (int i = 0; i < budget && now_.step < *target; ++i) stepOnce();
  return now_.step == *target;
}

Result<void> Session::set(const std::string& id, const std::string& value) {
  const auto* bound = findKnob(id);
  if (!bound) {
    return Error{entry_->id + " has no knob '" + excerpt(id) + "'"};
  }
  Values values = now_.values;
  values[id] = value;
  if (bound->knob.live && now_.step > 0) {
    Polymorphic<Lab> trial = now_.lab;
    const auto applied = bound->apply(*trial, bound->knob, value);
    if (!applied) return applied.error();
    if (trial->turn(id)) {
      const int step = now_.step;
      std::erase_if(turned_, [&](const Turned& t) {
        return t.step > step || (t.step == step && t.knob == id);
      });
      std::erase_if(checkpoints_, [&](const State& s) { return s.step > step; });
      turned_.push_back({step, id, value, changeOf(bound->knob, latest(id), value)});
      now_.lab = std::move(trial);
      now_.values = std::move(values);
      now_.turns = turned_.size();
      record_.truncate(step + 1);
      task_.reset();
      return {};
    }
  }
  return restart(values);
}

Result<void> Session::reset() {
  if (!turned_.empty()) return restart(Values(now_.values));
  const auto arrived = seek(0);
  if (!arrived) return arrived.error();
  return {};
}

// What the last turn in the log made of a knob.
const std::string& Session::latest(const std::string& knob) const {
  const auto found = std::find_if(turned_.rbegin(), turned_.rend(),
                                  [&](const Turned& t) { return t.knob == knob; });
  return found == turned_.rend() ? base_.at(knob) : found->value;
}

std::vector<Turn> Session::turns() const {
  std::vector<Turn> turns;
  for (const Turned& t : turned_) {
    if (t.change.empty()) continue;
    turns.push_back({t.step, now_.lab->unit() + " " + std::to_string(t.step) + ": " + t.change});
  }
  return turns;
}

std::vector<Channel> Session::channels() const {
  std::vector<Channel> all = record_.channels();
  for (Channel& c : now_.lab->channels()) all.push_back(std::move(c));
  return all;
}

Result<Array> Session::read(const std::string& channel) const {
  const int series = record_.find(channel);
  if (series >= 0) return record_.array(series);
  const std::vector<Channel> all = channels();
  if (const auto call = parseRecipe(channel); call && !call->arguments.empty()) {
    for (const Channel& c : all) {
      if (c.name != call->name || !c.arguments.empty()) continue;  // it is declared
      return now_.lab->readCall(*call, record_, now_.step);
    }
  }
  const auto request = readRequest(all, entry_->id, channel);
  if (!request) return request.error();
  return now_.lab->read(*request, record_, now_.step);
}

std::vector<Knob> Session::knobs() const {
  std::vector<Knob> knobs;
  for (const auto& bound : entry_->knobs) {
    knobs.push_back(bound.knob);
    knobs.back().value = now_.values.at(bound.knob.id);
    knobs.back().note = now_.lab->note(bound.knob.id);
  }
  return knobs;
}

Spec Session::spec() const {
  Spec spec;
  (void)spec.add("lab", entry_->id);
  for (const auto& bound : entry_->knobs) {
    const std::string& value = base_.at(bound.knob.id);
    if (value != bound.knob.standard) (void)spec.add(bound.knob.id, value);
  }
  std::vector<std::string> turned;
  for (const auto& [step, knob, value, change] : turned_) {
    turned.push_back(std::to_string(step) + ":" + knob + "=" + value);
  }
  if (!turned.empty()) (void)spec.add("turned", join(turned, ";"));
  if (now_.step > 0) (void)spec.add("t", std::to_string(now_.step));
  return spec;
}

Result<void> Session::startTask(const std::string& id) {
  auto task = now_.lab->task(id);
  if (!task) return Error{entry_->id + " has no task '" + excerpt(id) + "'"};
  task_ = std::move(task);
  return {};
}

Result<Array> Session::readTask(const std::string& channel) const {
  if (!task_) return Error{"no task is under way whose channel could be read"};
  const auto request = readRequest(task_->channels(), "the task", channel);
  if (!request) return request.error();
  return task_->read(*request);
}

}  // namespace descent
