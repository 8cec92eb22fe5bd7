// A lab for tests of the session: a noisy chaotic map, in which any state that a seek forgets
// shows at once. It is in the catalogue only while a ScratchLab lives.
#pragma once

#include <algorithm>

#include "core/open.h"
#include "descent/random.h"

namespace descent {

class Countdown final : public Task {
 public:
  explicit Countdown(int total) : total_(total) {}
  int total() const override { return total_; }
  int done() const override { return done_; }
  void advance(int units) override { done_ = std::min(total_, done_ + units); }
  Table result() const override {
    return {"Counted", {{"Done", ""}}, {{0, {static_cast<double>(done_)}}}};
  }

 private:
  int total_;
  int done_ = 0;
};

// x ← gain·x(1 − x), pushed by noise and kept in [0, 1].
class Scratch final : public Cloneable<Scratch, Lab> {
 public:
  enum class Mode { kOne, kTwo };

  double gain = 3.9;
  double noise = 0.01;
  int seed = 1;
  int steps = 50;
  Mode mode = Mode::kOne;

  inline static long advanced = 0;  // steps taken by all of them

  Result<void> start(Record& record) override {
    if (seed == 13) return Error{"seed 13 brings bad luck"};
    random_ = Random(static_cast<std::uint64_t>(seed));
    x_ = 0.3;
    series_ = record.declare(Channel("x", ChannelKind::kSeries, "x"));
    pair_ = record.declare(Channel("pair", ChannelKind::kPath, "").named({"x", "negative"}));
    put(0, record);
    return {};
  }
  void advance(int t, Record& record) override {
    ++advanced;
    x_ = std::clamp(gain * x_ * (1 - x_) + noise * random_.normal(), 0.0, 1.0);
    put(t, record);
  }
  bool turn(const std::string& knob) override { return knob != "mode"; }
  int total() const override { return steps; }
  std::vector<SubjectState> states() const override {
    return {{x_ == 0 ? "converged" : "running", 0, ""}};
  }
  std::vector<Channel> channels() const override {
    return {Channel("now", ChannelKind::kRow, ""),
            Channel("sum", ChannelKind::kRow, "").takes({{"n", 0, 9}, {"y", -1, 1, false}})};
  }
  Result<Array> read(const Request& request, const Record&, int step) const override {
    if (request.name == "now") return Array{{2}, {x_, static_cast<double>(step)}};
    return Array{{1}, {request.whole(0) + request.arguments[1]}};
  }
  std::vector<TaskDescription> tasks() const override { return {{"count", "Count", ""}}; }
  std::unique_ptr<Task> task(const std::string& id) const override {
    return id == "count" ? std::make_unique<Countdown>(steps) : nullptr;
  }

 private:
  void put(int t, Record& record) const {
    record.put(series_, t, {x_});
    record.put(pair_, t, {gain, noise});
  }

  Random random_{0};
  double x_ = 0;
  int series_ = -1, pair_ = -1;
};

class ScratchLab {
 public:
  ScratchLab() {
    Catalogue own;
    own.add(Describe<Scratch>("scratch", "Scratch")
                .knob("gain", &Scratch::gain, 0, 4, "Of the map.")
                .knob("noise", &Scratch::noise, 0, 1, "Of the push.")
                .choice("mode", &Scratch::mode, {"one", "two"}, "Starts the run anew.")
                .knob("seed", &Scratch::seed, 0, 100, "Of the noise.")
                .fixed()
                .knob("steps", &Scratch::steps, 1, 1000, "Planned.")
                .fixed());
    labs().push_back(**own.find<Lab>("scratch"));
  }
  ~ScratchLab() { labs().pop_back(); }
  ScratchLab(const ScratchLab&) = delete;
  ScratchLab& operator=(const ScratchLab&) = delete;

 private:
  static std::vector<Entry<Lab>>& labs() {
    return const_cast<std::vector<Entry<Lab>>&>(catalogue().entries<Lab>());
  }
};

inline std::unique_ptr<Session> scratch(const std::string& knobs = "") {
  return opened("lab=scratch&" + knobs);
}

inline void advance(Session& session, int n) { REQUIRE(session.advance(n)); }
inline void seek(Session& session, int t) {
  const auto arrived = session.seek(t);
  REQUIRE(arrived);
  REQUIRE(*arrived);
  REQUIRE(session.step() == t);
}
inline void turn(Session& session, const std::string& knob, const std::string& value) {
  const auto set = session.set(knob, value);
  INFO((set ? "" : set.error().message));
  REQUIRE(set);
}
inline std::string turned(const Session& session) {
  const Spec spec = session.spec();
  const std::string* text = spec.find("turned");
  return text ? *text : "";
}
inline std::string valueOf(const Session& session, const std::string& id) {
  for (const Knob& knob : session.knobs()) {
    if (knob.id == id) return knob.value;
  }
  return "no such knob";
}
inline std::vector<double> rows(const Session& session, const std::string& name) {
  return channel(session, name).data;
}

// The lab's own state is that of the last row, not only the record.
inline void checkStands(const Session& session) {
  const auto now = rows(session, "now");
  const auto t = static_cast<std::size_t>(session.step());
  REQUIRE(sameBits(now[0], rows(session, "x").at(t)));
  REQUIRE(now[1] == session.step());
}

}  // namespace descent
