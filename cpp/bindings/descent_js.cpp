// The embind table. It does not grow when a lab or an optimizer is added: descriptions cross by
// their fields, numbers as typed arrays. What can be wrong comes back as {error: text}, never as
// an exception, which JavaScript would see as a bare number.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <emscripten/val.h>

#include "descent/describe.h"

namespace {

using descent::Result;
using descent::Session;
using emscripten::val;

val toVal(double value) { return val(value); }
val toVal(int value) { return val(value); }
val toVal(bool value) { return val(value); }
val toVal(const std::string& value) { return val(value); }
val toVal(const descent::Cell& cell) {
  return std::visit([](const auto& value) { return toVal(value); }, cell);
}

template <class T>
val toVal(const std::vector<T>& items);
template <class T>
val toVal(const T& described) {
  val object = val::object();
  fields(described,
         [&object](const char* key, const auto& value) { object.set(key, toVal(value)); });
  return object;
}

template <class T>
val toVal(const std::vector<T>& items) {
  val array = val::array();
  for (const T& item : items) array.call<void>("push", toVal(item));
  return array;
}

val failed(const descent::Error& error) {
  val object = val::object();
  object.set("error", error.message);
  return object;
}

val succeeded(const val& value = val::undefined()) {
  val object = val::object();
  object.set("value", value);
  return object;
}

int liveSessions = 0;

constexpr double kSeekTime = 8;  // milliseconds, after which the rest is left to the next call

// A session as JavaScript holds it.
class Handle {
 public:
  explicit Handle(std::unique_ptr<Session> session) : session_(std::move(session)) {
    ++liveSessions;
  }
  ~Handle() { --liveSessions; }
  Handle(const Handle&) = delete;

  val describe() const { return toVal(descent::LabDescription{*session_}); }
  val state() const { return toVal(descent::LabState{*session_}); }
  std::string spec() const { return session_->spec().print(); }
  val readings() const { return toVal(session_->readings()); }
  val tables() const { return toVal(session_->tables()); }
  val documents() const { return toVal(session_->documents()); }
  val shown() const { return toVal(descent::shown(*session_)); }
  val position() const { return toVal(descent::Position{*session_}); }

  val step(double n) { return answer(session_->advance(n)); }
  // As far as a frame has time for: steps may be microseconds or milliseconds long.
  val seek(double t) {
    const double begin = emscripten_get_now();
    for (int budget = 1;; budget *= 2) {
      const auto arrived = session_->seek(t, budget);
      if (!arrived) return failed(arrived.error());
      if (*arrived || emscripten_get_now() - begin > kSeekTime) return succeeded(val(*arrived));
    }
  }
  val set(const std::string& path, const std::string& value) {
    return answer(session_->set(path, value));
  }
  val add(const std::string& path, const std::string& recipes) {
    return answer(session_->add(path, recipes));
  }
  val remove(const std::string& path) { return answer(session_->remove(path)); }
  val wrap(const std::string& path, const std::string& decorator) {
    return answer(session_->wrap(path, decorator));
  }
  val knob(const std::string& path) const {
    const auto knob = session_->knob(path);
    return knob ? succeeded(toVal(*knob)) : failed(knob.error());
  }
  val reset() { return answer(session_->reset()); }
  val turns() const { return toVal(session_->turns()); }
  val startTask(const std::string& id) { return answer(session_->startTask(id)); }
  // Does up to `units` more of the task and says how it stands; undefined where there is none.
  val advanceTask(int units) {
    descent::Task* task = session_->task();
    if (!task) return val::undefined();
    task->advance(units);
    return toVal(descent::TaskState{*task});
  }
  void cancelTask() { session_->cancelTask(); }

  // The data is a view, of the record's own numbers or of what this handle keeps; good until the
  // next call.
  val read(const std::string& channel) {
    const int series = session_->record().find(channel);
    if (series < 0) return keep(session_->read(channel));
    return view(session_->record().shape(series), session_->record().numbers(series));
  }
  // The same of the task's pictures.
  val readTask(const std::string& channel) { return keep(session_->readTask(channel)); }

 private:
  val keep(Result<descent::Array> array) {
    if (!array) return failed(array.error());
    array_ = std::move(*array);
    return view(array_.shape, array_.data);
  }
  static val view(const std::vector<int>& shape, std::span<const double> data) {
    val numbers = val::object();
    numbers.set("shape", toVal(shape));
    numbers.set("data", val(emscripten::typed_memory_view(data.size(), data.data())));
    return succeeded(numbers);
  }
  static val answer(const Result<void>& result) {
    return result ? succeeded() : failed(result.error());
  }

  std::unique_ptr<Session> session_;
  descent::Array array_;
};

val open(const std::string& text) {
  const auto spec = descent::Spec::parse(text);
  if (!spec) return failed(spec.error());
  auto session = Session::open(*spec);
  if (!session) return failed(session.error());
  return succeeded(val(std::make_shared<Handle>(std::move(*session))));
}

val catalogue() { return toVal(descent::catalogue()); }

int live() { return liveSessions; }

}  // namespace

EMSCRIPTEN_BINDINGS(descent) {
  emscripten::class_<Handle>("Session")
      .smart_ptr<std::shared_ptr<Handle>>("SessionPointer")
      .function("describe", &Handle::describe)
      .function("state", &Handle::state)
      .function("spec", &Handle::spec)
      .function("readings", &Handle::readings)
      .function("tables", &Handle::tables)
      .function("documents", &Handle::documents)
      .function("position", &Handle::position)
      .function("shown", &Handle::shown)
      .function("readTask", &Handle::readTask)
      .function("step", &Handle::step)
      .function("seek", &Handle::seek)
      .function("set", &Handle::set)
      .function("add", &Handle::add)
      .function("remove", &Handle::remove)
      .function("wrap", &Handle::wrap)
      .function("knob", &Handle::knob)
      .function("reset", &Handle::reset)
      .function("turns", &Handle::turns)
      .function("startTask", &Handle::startTask)
      .function("advanceTask", &Handle::advanceTask)
      .function("cancelTask", &Handle::cancelTask)
      .function("read", &Handle::read);
  emscripten::function("open", &open);
  emscripten::function("catalogue", &catalogue);
  emscripten::function("live", &live);
}
