// Every description as named fields, once for all faces: the command line turns them into JSON,
// the binding into JavaScript objects. visit(key, value) is called in this order.
#pragma once

#include <array>

#include "descent/finished.h"
#include "descent/measured.h"
#include "descent/session.h"

namespace descent {

// A value in the forms a face has to know: numbers, flags, text, lists, and what has fields.
template <class F>
void fields(const Knob& k, F&& visit) {
  visit("id", k.id);
  visit("label", k.label);
  visit("symbol", k.symbol);
  visit("help", k.help);
  visit("type", name(k.type));
  visit("low", k.low);
  visit("high", k.high);
  visit("usualLow", k.usualLow);
  visit("usualHigh", k.usualHigh);
  visit("scale", name(k.scale));
  visit("choices", k.choices);
  visit("unit", k.unit);
  visit("kind", name(k.kind));
  visit("default", plain(k.defaultValue));
  visit("value", k.value);
  visit("entry", k.entry);
  visit("knobs", k.knobs);
  visit("note", k.note);
  visit("lines", k.lines);
  visit("live", k.live);
}

template <class F>
void fields(const Style& s, F&& visit) {
  visit("hue", s.hue);
  visit("slot", s.slot);
  visit("ring", s.ring);
  visit("hollow", s.hollow);
}

template <class F>
void fields(const Preset& p, F&& visit) {
  visit("id", p.id);
  visit("title", p.title);
  visit("sentence", p.sentence);
  visit("spec", p.spec);
}

template <class F>
void fields(const Measured& m, F&& visit) {
  visit("gradients", m.gradients);
  visit("values", m.values);
  visit("products", m.products);
  visit("state", m.state);
  visit("usesBlocks", m.usesBlocks);
  visit("ignoresScale", m.ignoresScale);
}

template <class Base>
std::vector<Knob> knobsOf(const Entry<Base>& entry) {
  std::vector<Knob> knobs;
  for (const auto& bound : entry.knobs) {
    knobs.push_back(bound.knob);
    knobs.back().value = plain(bound.knob.defaultValue);
  }
  return knobs;
}

// What a recipe may name.
template <class Base, class F>
void fields(const Entry<Base>& e, F&& visit) {
  constexpr std::array kDecorates = {"", "gradient", "iterate"};
  visit("kind", name(e.kind));
  visit("id", e.id);
  visit("title", e.title);
  visit("sentence", e.sentence);
#ifndef DESCENT_BRIEF
  visit("formula", e.formula);
  visit("citation", e.citation);
  visit("link", e.link);
  visit("variant", e.variant);
  if constexpr (std::is_same_v<Base, Optimizer>) {
    visit("numpy", e.card.numpy);
    visit("metric", e.card.metric);
    visit("uses", e.card.uses);
    visit("limits", e.card.limits);
    visit("measured", measure(e));
  }
#endif
  visit("family", std::string(e.family()));
  visit("style", e.style);
  visit("decorates", std::string(kDecorates[static_cast<std::size_t>(e.decorates)]));
  visit("knobs", knobsOf(e));
}

template <class F>
void fields(const Entry<Lab>& e, F&& visit) {
  visit("id", e.id);
  visit("title", e.title);
  visit("sentence", e.sentence);
  visit("knobs", knobsOf(e));
  visit("presets", e.presets);
}

template <class F>
void fields(const Catalogue& c, F&& visit) {
  forEachKind([&]<class Base>(const KindOf<Base>& kind) { visit(kind.plural, c.entries<Base>()); });
  visit("version", std::string("1"));
}

template <class F>
void fields(const Subject& s, F&& visit) {
  visit("label", s.label);
  visit("recipe", s.recipe);
  visit("style", s.style);
}

template <class F>
void fields(const ChannelArgument& a, F&& visit) {
  visit("name", a.name);
  visit("low", a.low);
  visit("high", a.high);
  visit("isWhole", a.isWhole);
}

template <class F>
void fields(const Channel& c, F&& visit) {
  visit("name", c.name);
  visit("kind", name(c.kind));
  visit("quantity", c.quantity);
  visit("label", c.label);
  visit("unit", c.unit);
  visit("subject", c.subject);
  visit("log", c.log);
  visit("columns", c.columns);
  visit("arguments", c.arguments);
}

template <class F>
void fields(const SubjectState& s, F&& visit) {
  visit("status", s.status);
  visit("step", s.step);
  visit("text", s.text);
}

template <class F>
void fields(const Mark& m, F&& visit) {
  visit("subject", m.subject);
  visit("knob", m.knob);
  visit("value", m.value);
  visit("label", m.label);
  visit("help", m.help);
}

template <class F>
void fields(const Reading& r, F&& visit) {
  visit("subject", r.subject);
  visit("quantity", r.quantity);
  visit("relation", name(r.relation));
  visit("predicted", r.predicted);
  visit("measured", r.measured);
  visit("residual", r.residual());
  visit("tolerance", r.tolerance);
  visit("used", r.used());
  visit("verdict", name(r.verdict()));
  visit("judged", r.judged());
  visit("source", r.source);
  visit("assumption", r.assumption);
  visit("pending", r.pending);
}

template <class F>
void fields(const Column& c, F&& visit) {
  visit("label", c.label);
  visit("help", c.help);
}

template <class F>
void fields(const Row& r, F&& visit) {
  visit("subject", r.subject);
  visit("cells", r.cells);
}

template <class F>
void fields(const Table& t, F&& visit) {
  visit("title", t.title);
  visit("columns", t.columns);
  visit("rows", t.rows);
}

template <class F>
void fields(const Shown& s, F&& visit) {
  visit("text", s.text);
  visit("holds", s.holds);
}

template <class F>
void fields(const Document& d, F&& visit) {
  visit("name", d.name);
  visit("title", d.title);
  visit("text", d.text);
}

template <class F>
void fields(const TaskDescription& t, F&& visit) {
  visit("id", t.id);
  visit("title", t.title);
  visit("help", t.help);
  visit("setsKnobs", t.setsKnobs);
}

// How a task stands.
struct TaskState {
  const Task& task;
};
template <class F>
void fields(const Setting& s, F&& visit) {
  visit("knob", s.knob);
  visit("value", s.value);
}
template <class F>
void fields(const TaskState& s, F&& visit) {
  visit("total", s.task.total());
  visit("done", s.task.done());
  visit("result", s.task.result());
  visit("channels", s.task.channels());
  visit("settings", s.task.settings());
}

template <class F>
void fields(const Turn& t, F&& visit) {
  visit("step", t.step);
  visit("text", t.text);
}

// What an open lab is, which changes when a knob is set.
struct LabDescription {
  const Session& session;
};
template <class F>
void fields(const LabDescription& d, F&& visit) {
  const Session& s = d.session;
  visit("id", s.entry().id);
  visit("title", s.entry().title);
  visit("sentence", s.entry().sentence);
  visit("subtitle", s.lab().subtitle());
  visit("unit", s.lab().unit());
  visit("knobs", s.knobs());
  visit("presets", s.entry().presets);
  visit("subjects", s.lab().subjects());
  visit("channels", s.channels());
  visit("tasks", s.lab().tasks());
}

// Where it stands, which costs nothing else.
struct Position {
  const Session& session;
};
template <class F>
void fields(const Position& p, F&& visit) {
  visit("step", p.session.step());
  visit("known", p.session.known());
  visit("total", p.session.lab().total());
  visit("target", p.session.target());
  visit("status", std::string(p.session.isDone() ? "done" : "running"));
}

// How it stands, which changes with every step.
struct LabState {
  const Session& session;
};
template <class F>
void fields(const LabState& d, F&& visit) {
  fields(Position{d.session}, visit);
  visit("subjects", d.session.lab().states());
  visit("marks", d.session.lab().marks());
}

}  // namespace descent
