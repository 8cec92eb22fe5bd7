#include "verify.h"

#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "descent/finished.h"

namespace descent::cli {
namespace {

// A preset's finished run, judged.
struct Outcome {
  const Entry<Lab>* lab = nullptr;
  const Preset* preset = nullptr;
  std::vector<std::string> faults = {};                   // what does not hold, in words
  int shown = 0;                                          // conditions that hold
  int holds = 0, broken = 0, baselines = 0, pending = 0;  // readings by their verdicts
  double seconds = 0;

  std::string name() const { return lab->id + "/" + preset->id; }
};

void judge(const Session& session, Outcome& outcome) {
  const auto subjects = session.lab().subjects();
  for (const Reading& reading : session.readings()) {
    switch (reading.verdict()) {
      case Verdict::kHolds:
        ++outcome.holds;
        break;
      case Verdict::kBaseline:
        ++outcome.baselines;
        break;
      case Verdict::kPending:
        ++outcome.pending;
        break;
      case Verdict::kBroken:
        ++outcome.broken;
        outcome.faults.push_back(
            (reading.subject < 0
                 ? ""
                 : subjects[static_cast<std::size_t>(reading.subject)].label + ", ") +
            reading.quantity + ": " + print(reading.predicted) + " predicted, " +
            print(reading.measured) + " measured: " + reading.judged());
    }
  }
  const auto missed = unmet(*outcome.preset, session);
  outcome.shown = static_cast<int>(outcome.preset->shows.size() - missed.size());
  for (const std::string& text : missed) outcome.faults.push_back("does not show: " + text);
  if (outcome.preset->shows.empty()) outcome.faults.push_back("says nothing that could be checked");
}

void run(Outcome& outcome) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto spec = Spec::parse(outcome.preset->spec);
  auto session = spec ? Session::open(*spec) : Result<std::unique_ptr<Session>>(spec.error());
  if (!session) {
    outcome.faults.push_back(session.error().message);
  } else if (const auto ran = (*session)->advance((*session)->lab().total()); !ran) {
    outcome.faults.push_back(ran.error().message);
  } else {
    judge(**session, outcome);
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
}

Result<std::vector<Outcome>> chosen(const VerifyOptions& options) {
  std::vector<Outcome> all;
  std::vector<std::string> known;
  const Entry<Lab>* only = nullptr;
  if (!options.lab.empty()) {
    const auto lab = catalogue().find<Lab>(options.lab);
    if (!lab) return lab.error();
    only = *lab;
  }
  for (const Entry<Lab>& lab : catalogue().entries<Lab>()) {
    if (only && only != &lab) continue;
    for (const Preset& preset : lab.presets) {
      known.push_back(preset.id);
      if (options.preset.empty() || options.preset == preset.id) all.push_back({&lab, &preset});
    }
  }
  if (!all.empty()) return all;
  return Error{(only ? only->id : "no lab") + " has no preset '" + excerpt(options.preset) +
               "'; known: " + join(known, ", ")};
}

std::string lineOf(const Outcome& o) {
  std::ostringstream line;
  line << (o.faults.empty() ? "holds   " : "BROKEN  ") << std::left << std::setw(34) << o.name()
       << counted(o.shown, "thing") << " shown, " << counted(o.holds, "prediction") << " held";
  if (o.baselines > 0) line << ", " << counted(o.baselines, "baseline");
  if (o.pending > 0) line << ", " << o.pending << " not judged";
  line << "\n";
  for (const std::string& fault : o.faults) line << "        " << fault << "\n";
  return line.str();
}

template <class F>
int sum(const std::vector<Outcome>& outcomes, F&& of) {
  int total = 0;
  for (const Outcome& o : outcomes) total += of(o);
  return total;
}

Json toJson(const Outcome& o) {
  return {{"lab", o.lab->id},         {"preset", o.preset->id}, {"faults", o.faults},
          {"shown", o.shown},         {"holds", o.holds},       {"broken", o.broken},
          {"baselines", o.baselines}, {"pending", o.pending},   {"seconds", o.seconds}};
}

}  // namespace

int verify(const VerifyOptions& options) {
  auto found = chosen(options);
  if (!found) return fail(found.error().message);
  std::vector<Outcome>& outcomes = *found;

  std::atomic<std::size_t> next = 0, done = 0;
  std::mutex terminal;
  const bool isWatched = isatty(STDERR_FILENO) != 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < outcomes.size(); i = next++) {
      run(outcomes[i]);
      const std::size_t finished = ++done;
      if (!isWatched) continue;
      const std::lock_guard lock(terminal);
      std::cerr << "\r\33[K" << finished << " of " << outcomes.size()
                << " presets: " << outcomes[i].name() << (finished == outcomes.size() ? "\n" : "")
                << std::flush;
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 1; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
    workers.emplace_back(work);
  }
  work();
  for (std::thread& worker : workers) worker.join();

  const int broken = sum(outcomes, [](const Outcome& o) { return o.faults.empty() ? 0 : 1; });
  const int status = broken == 0 ? 0 : 1;
  const auto count = [&](auto member) {
    return sum(outcomes, [&](const Outcome& o) { return o.*member; });
  };
  if (options.output.format == Format::kJson) {
    Json json = {{"presets", outcomes.size()}, {"broken", broken}, {"outcomes", Json::array()}};
    for (const Outcome& o : outcomes) json["outcomes"].push_back(toJson(o));
    const int written = options.output.write(json);
    return written != 0 ? written : status;
  }
  std::string text;
  for (const Outcome& o : outcomes) text += lineOf(o);
  text += counted(static_cast<long long>(outcomes.size()), "preset") + ", " +
          std::to_string(broken) + " broken: " + counted(count(&Outcome::shown), "thing") +
          " shown, " + counted(count(&Outcome::holds), "prediction") + " held, " +
          std::to_string(count(&Outcome::broken)) + " broken, " +
          counted(count(&Outcome::baselines), "baseline") + ", " +
          std::to_string(count(&Outcome::pending)) + " not judged\n";
  const int written = options.output.write(text);
  return written != 0 ? written : status;
}

}  // namespace descent::cli
