// A session from its spec, and back.
#include <algorithm>

#include "core/changes.h"
#include "core/edit.h"
#include "core/steps.h"
#include "descent/session.h"
#include "descent/text.h"

namespace descent {
namespace {

bool isReserved(const std::string& key) {
  return key == "lab" || key == "v" || key == "t" || key == "turned" || key.rfind("view.", 0) == 0;
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
  auto given = session->valuesOf(spec);
  if (!given) return given.error();
  Values& values = *given;
  session->unstarted_ = (*entry)->make();
  for (const auto& [knob, apply] : (*entry)->knobs) {
    const auto applied = apply(*session->unstarted_, knob, values.at(knob.id)->value);
    if (!applied) return applied.error();
  }
  session->base_ = values;
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

// The defaults with what the spec gives besides: knobs first, then what stands within them.
Result<Session::Values> Session::valuesOf(const Spec& spec) const {
  Values values;
  for (const auto& [knob, apply] : entry_->knobs) {
    values[knob.id] =
        std::make_shared<const Given>(Given{knob.defaultValue, plain(knob.defaultValue)});
  }
  for (const bool isWithin : {false, true}) {
    for (const auto& [key, value] : spec.entries()) {
      if (isReserved(key) || (key.find('/') != std::string::npos) != isWithin) continue;
      const auto edited = edit(values, Edit::kSet, key, value);
      if (!edited) return edited.error();
    }
  }
  return values;
}

const Preset* Session::preset() const {
  if (!turned_.empty()) return nullptr;
  for (const Preset& preset : entry_->presets) {
    const auto spec = Spec::parse(preset.spec);
    const auto values = spec ? valuesOf(*spec) : Result<Values>(spec.error());
    const bool isThis = values && std::all_of(base_.begin(), base_.end(), [&](const auto& item) {
                          return values->at(item.first)->value == item.second->value;
                        });
    if (isThis) return &preset;
  }
  return nullptr;
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
    const std::string_view path = trim(part.substr(colon + 1, equals - colon - 1));
    const auto* bound = findKnob(splitPath(path).first);
    if (!bound || !bound->knob.live) {
      return Error{"turned: " + entry_->id + " has no knob '" + excerpt(path) +
                   "' that can change during a run"};
    }
    const std::string& id = bound->knob.id;
    const auto before = trial.values.at(id);
    const auto edited = edit(trial.values, Edit::kSet, path, std::string(part.substr(equals + 1)));
    if (!edited) return edited.error();
    const auto& given = trial.values.at(id);
    const auto applied = bound->apply(*trial.lab, bound->knob, given->value);
    if (!applied) return applied.error();
    if (!trial.lab->turn(id)) {
      return Error{"turned sets " + std::string(path) + " to " + excerpt(given->text) +
                   ", which would start the run anew"};
    }
    turned_.push_back({*step, id, given, changeOf(bound->knob, before->value, given->value)});
  }
  return {};
}

Spec Session::spec() const {
  Spec spec;
  (void)spec.add("lab", entry_->id);
  for (const auto& [knob, apply] : entry_->knobs) {
    const Given& given = *base_.at(knob.id);
    if (!(given.value == knob.defaultValue)) (void)spec.add(knob.id, given.text);
  }
  std::vector<std::string> turned;
  for (const auto& [step, knob, given, change] : turned_) {
    turned.push_back(std::to_string(step) + ":" + knob + "=" + given->text);
  }
  if (!turned.empty()) (void)spec.add("turned", join(turned, ";"));
  if (now_.step > 0) (void)spec.add("t", std::to_string(now_.step));
  return spec;
}

}  // namespace descent
