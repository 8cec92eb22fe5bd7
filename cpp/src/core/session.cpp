#include "descent/session.h"

#include <algorithm>

#include "core/changes.h"
#include "core/edit.h"
#include "core/steps.h"
#include "core/values.h"
#include "descent/text.h"

namespace descent {
namespace {

constexpr std::size_t kMaxCheckpoints = 64;

}  // namespace

const BoundKnob<Lab>* Session::findKnob(std::string_view id) const {
  for (const auto& bound : entry_->knobs) {
    if (bound.knob.id == id) return &bound;
  }
  return nullptr;
}

Result<const BoundKnob<Lab>*> Session::named(std::string_view id) const {
  if (const auto* bound = findKnob(id)) return bound;
  std::vector<const Knob*> knobs;
  for (const auto& bound : entry_->knobs) knobs.push_back(&bound.knob);
  return noKnob(entry_->id, knobs, id);
}

Result<const BoundKnob<Lab>*> Session::edit(Values& values, Edit edit, std::string_view path,
                                            const std::string& text) const {
  const auto [id, rest] = splitPath(path);
  const auto bound = named(id);
  if (!bound) return bound.error();
  const Knob& knob = (*bound)->knob;
  auto value = editedValue(knob, values.at(knob.id)->value, rest, edit, text);
  if (!value) return value.error();
  const bool isWhole = rest.empty() && edit == Edit::kSet;
  std::string written = isWhole ? text : plain(*value);
  values[knob.id] = std::make_shared<const Given>(Given{std::move(*value), std::move(written)});
  return *bound;
}

// What has not changed stands in the unstarted lab already, and is not checked again.
Result<void> Session::restart(const Values& values) {
  Polymorphic<Lab> unstarted = unstarted_;
  for (const auto& [knob, apply] : entry_->knobs) {
    const Value& value = values.at(knob.id)->value;
    if (value == base_.at(knob.id)->value) continue;
    const auto applied = apply(*unstarted, knob, value);
    if (!applied) return applied.error();
  }
  State state;
  state.values = values;
  state.lab = unstarted;
  Record record;
  const auto started = state.lab->start(record);
  if (!started) return started.error();

  base_ = values;
  unstarted_ = std::move(unstarted);
  now_ = std::move(state);
  record_ = std::move(record);
  turned_.clear();
  checkpoints_.assign(1, now_);
  stride_ = 16;
  task_.reset();
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
    const auto applied = bound->apply(*now_.lab, bound->knob, turn.given->value);
    assert(applied);  // checked when it was logged
    (void)applied;
    now_.lab->turn(turn.knob);
    now_.values[turn.knob] = turn.given;
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

Result<void> Session::set(const std::string& path, const std::string& value) {
  return change(Edit::kSet, path, value);
}

Result<void> Session::add(const std::string& path, const std::string& recipes) {
  return change(Edit::kAdd, path, recipes);
}

Result<void> Session::remove(const std::string& path) { return change(Edit::kRemove, path, ""); }

Result<void> Session::wrap(const std::string& path, const std::string& decorator) {
  return change(Edit::kWrap, path, decorator);
}

Result<void> Session::change(Edit edit, const std::string& path, const std::string& text) {
  Values values = now_.values;
  const auto edited = this->edit(values, edit, path, text);
  if (!edited) return edited.error();
  const Knob& knob = (*edited)->knob;
  if (edit == Edit::kSet) {
    for (const Setting& also : now_.lab->alsoSets(knob.id)) {
      const auto set = this->edit(values, Edit::kSet, also.knob, also.value);
      if (!set) return set.error();
    }
  }
  if (!knob.live || now_.step == 0) return restart(values);

  const auto given = values.at(knob.id);
  Polymorphic<Lab> trial = now_.lab;
  const auto applied = (*edited)->apply(*trial, knob, given->value);
  if (!applied) return applied.error();
  if (!trial->turn(knob.id)) return restart(values);
  const int step = now_.step;
  std::erase_if(turned_, [&](const Turned& t) {
    return t.step > step || (t.step == step && t.knob == knob.id);
  });
  std::erase_if(checkpoints_, [&](const State& s) { return s.step > step; });
  turned_.push_back({step, knob.id, given, changeOf(knob, latest(knob.id), given->value)});
  now_.lab = std::move(trial);
  now_.values = std::move(values);
  now_.turns = turned_.size();
  record_.truncate(step + 1);
  task_.reset();
  return {};
}

Result<void> Session::reset() {
  if (!turned_.empty()) return restart(Values(now_.values));
  const auto arrived = seek(0);
  if (!arrived) return arrived.error();
  return {};
}

// What the last turn in the log made of a knob.
const Value& Session::latest(const std::string& knob) const {
  const auto found = std::find_if(turned_.rbegin(), turned_.rend(),
                                  [&](const Turned& t) { return t.knob == knob; });
  return found == turned_.rend() ? base_.at(knob)->value : found->given->value;
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
  const auto request = readRequest(channels(), entry_->id, channel);
  if (!request) return request.error();
  return now_.lab->read(*request, record_, now_.step);
}

std::vector<Knob> Session::knobs() const {
  std::vector<Knob> knobs;
  for (const auto& bound : entry_->knobs) knobs.push_back(standingNow(bound.knob));
  return knobs;
}

Knob Session::standingNow(const Knob& knob) const {
  const Given& given = *now_.values.at(knob.id);
  Knob here = standing(knob, given.value);
  here.value = given.text;
  here.note = now_.lab->note(knob.id);
  return here;
}

Result<Knob> Session::knob(const std::string& path) const {
  const auto [id, rest] = splitPath(path);
  const auto bound = named(id);
  if (!bound) return bound.error();
  const Knob& knob = (*bound)->knob;
  if (rest.empty()) return standingNow(knob);
  return standingAt(knob, now_.values.at(knob.id)->value, rest);
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
