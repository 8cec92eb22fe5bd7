// What the labs beside the race have in common: presets, channels and replays.
#pragma once

#include "descent/finished.h"
#include "labs/race.h"

namespace descent {

inline std::unique_ptr<Session> ran(const std::string& spec, int steps) {
  auto session = opened(spec);
  REQUIRE(session->advance(steps));
  return session;
}

// The spec of one of a lab's presets, and its run to the end.
inline std::string presetOf(const std::string& lab, const std::string& id) {
  for (const Preset& p : (*catalogue().find<Lab>(lab))->presets) {
    if (p.id == id) return p.spec;
  }
  FAIL(lab << " has no preset " << id);
  return "";
}
inline std::unique_ptr<Session> finished(const std::string& lab, const std::string& preset) {
  auto session = opened(presetOf(lab, preset));
  REQUIRE(session->advance(session->lab().total()));
  return session;
}

inline double last(const Session& session, const std::string& name) {
  return data(session, name).back();
}

// Cells of a table's row.
inline double number(const Row& row, std::size_t column) {
  return std::get<double>(row.cells[column]);
}
inline const std::string& text(const Row& row, std::size_t column) {
  return std::get<std::string>(row.cells[column]);
}

// Every number of the session that can be read.
inline std::vector<std::pair<std::string, std::vector<double>>> everything(const Session& session) {
  std::vector<std::pair<std::string, std::vector<double>>> all;
  for (const Channel& c : session.channels()) {
    if (c.arguments.empty()) all.emplace_back(c.name, channel(session, c.name).data);
  }
  for (const Reading& r : session.readings()) {
    all.emplace_back(r.quantity,
                     std::vector<double>{r.predicted, r.measured, static_cast<double>(r.subject)});
  }
  for (const Table& table : session.tables()) {
    for (const auto& row : table.rows) {
      for (const Cell& cell : row.cells) {
        if (const double* number = std::get_if<double>(&cell)) {
          all.emplace_back(table.title, std::vector<double>{*number});
        }
      }
    }
  }
  return all;
}

// Every preset runs to its end: channels have their shapes, tables their columns.
inline void checkPresets(const std::string& lab) {
  const auto entry = catalogue().find<Lab>(lab);
  REQUIRE(entry);
  REQUIRE_FALSE((*entry)->presets.empty());
  for (const Preset& preset : (*entry)->presets) {
    INFO(preset.spec);
    const auto session = opened(preset.spec);
    const int total = session->lab().total();
    for (int go = 0; go < 2; ++go) {
      if (go == 1) REQUIRE(session->advance(total));
      CHECK_FALSE(session->channels().empty());
      for (const Channel& c : session->channels()) {
        INFO(c.name);
        if (!c.arguments.empty()) continue;
        const Array array = channel(*session, c.name);
        std::size_t size = 1;
        for (const int n : array.shape) size *= static_cast<std::size_t>(n);
        CHECK(array.data.size() == size);
        if (!c.columns.empty() && array.shape.size() > 1) {
          CHECK(array.shape.back() == static_cast<int>(c.columns.size()));
        }
        const auto isOverSteps = [](ChannelKind kind) {
          return kind <= ChannelKind::kCurve || kind == ChannelKind::kPath;
        };
        if (!isOverSteps(c.kind)) continue;
        const int rows = c.kind == ChannelKind::kCurve ? total + 1 : session->step() + 1;
        CHECK(array.shape ==
              (c.kind == ChannelKind::kPath ? std::vector<int>{rows, 2} : std::vector<int>{rows}));
        CHECK((c.subject >= -1 && c.subject < static_cast<int>(session->lab().subjects().size())));
        if (c.subject >= 0) CHECK(c.name == c.quantity + "/" + std::to_string(c.subject));
      }
      for (const Table& table : session->tables()) {
        for (const auto& row : table.rows) CHECK(row.cells.size() == table.columns.size());
      }
      for (const Reading& r : session->readings()) {
        CHECK((std::isnan(r.residual()) || r.residual() == r.measured - r.predicted));
        CHECK((r.relation == Relation::kEquals || std::isnan(r.residual())));
        CHECK((r.relation == Relation::kBaseline) == !r.source.empty());
        CHECK((r.pending.empty() || r.verdict() == Verdict::kPending));
        CHECK_FALSE(r.assumption.empty());
      }
      CHECK(session->lab().states().size() == session->lab().subjects().size());
    }
    CHECK(session->isDone());
    CHECK(session->step() == total);
    // It shows what it says, and theory holds.
    CHECK(unmet(preset, *session) == std::vector<std::string>{});
    for (const Reading& r : session->readings()) {
      INFO(r.quantity << " of " << r.subject << ": " << r.judged());
      CHECK(r.verdict() != Verdict::kBroken);
    }
    // The spec that it prints opens the same.
    CHECK(opened(session->spec().print())->spec().find("t") == nullptr);
  }
}

// Sought back and forth, a session shows the same numbers as one that went straight.
inline void checkSeeks(const std::string& spec, int steps) {
  INFO(spec);
  const auto scrubbed = ran(spec, steps);
  for (const int t : {steps / 2, 0, steps, 1, steps / 3, steps - 1}) {
    INFO("step " << t);
    REQUIRE(scrubbed->seek(t));
    const auto straight = ran(spec, t);
    REQUIRE(straight->seek(steps));  // so that both know as many rows
    REQUIRE(straight->seek(t));
    const auto a = everything(*scrubbed), b = everything(*straight);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      INFO(a[i].first);
      CHECK(a[i].first == b[i].first);
      CHECK(sameBits(a[i].second, b[i].second));
    }
  }
}

inline std::vector<std::string> channelNames(const Session& session) {
  std::vector<std::string> names;
  for (const Channel& c : session.channels()) names.push_back(c.name);
  return names;
}
inline bool hasChannel(const Session& session, const std::string& name) {
  const auto names = channelNames(session);
  return std::find(names.begin(), names.end(), name) != names.end();
}

inline bool hasReading(const Session& session, const std::string& quantity, int subject = 0) {
  const auto all = session.readings();
  return std::any_of(all.begin(), all.end(), [&](const Reading& r) {
    return r.subject == subject && r.quantity.rfind(quantity, 0) == 0;
  });
}

}  // namespace descent
