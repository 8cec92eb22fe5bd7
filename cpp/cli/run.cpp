#include "run.h"

#include <unistd.h>

namespace descent::cli {
namespace {

// Channels of the run by name, in the order asked for.
using Channels = std::vector<std::pair<std::string, Array>>;

std::string toCsv(const Channels& channels) {
  std::ostringstream text;
  std::size_t rows = 0;
  text << "row";
  for (const auto& [name, array] : channels) {
    const int width = array.shape.size() > 1 ? array.shape[1] : 1;
    for (int j = 0; j < width; ++j) {
      text << "," << csvField(name + (width > 1 ? "." + std::to_string(j) : ""));
    }
    rows = std::max(rows, static_cast<std::size_t>(array.shape[0]));
  }
  text << "\n";
  for (std::size_t i = 0; i < rows; ++i) {
    text << i;
    for (const auto& [name, array] : channels) {
      const auto width = static_cast<std::size_t>(array.shape.size() > 1 ? array.shape[1] : 1);
      for (std::size_t j = 0; j < width; ++j) {
        const std::size_t at = i * width + j;
        text << "," << (at < array.data.size() ? csvField(array.data[at]) : "");
      }
    }
    text << "\n";
  }
  return text.str();
}

// A bar on standard error, where somebody watches.
void showProgress(const Task& task) {
  if (!isatty(STDERR_FILENO)) return;
  constexpr int kWidth = 40;
  const int filled = task.done() * kWidth / task.total();
  std::cerr << "\r[" << std::string(static_cast<std::size_t>(filled), '#')
            << std::string(static_cast<std::size_t>(kWidth - filled), ' ') << "] " << task.done()
            << "/" << task.total() << (task.done() == task.total() ? "\n" : "") << std::flush;
}

// Whether a task comes before the run, as what looks for its knobs does, and not after it, as what
// measures where it has come to.
Result<bool> comesFirst(const Session& session, const std::string& id) {
  for (const auto& task : session.lab().tasks()) {
    if (task.id == id) return task.setsKnobs;
  }
  return Error{session.entry().id + " has no task '" + id.substr(0, 60) + "'"};
}

// Do a task to its end and set the knobs that it has found.
Result<Table> perform(Session& session, const std::string& id) {
  const auto started = session.startTask(id);
  if (!started) return started.error();
  Task& task = *session.task();
  while (task.done() < task.total()) {
    task.advance(1);
    showProgress(task);
  }
  Table table = task.result();
  for (const auto& [knob, value] : task.settings()) {
    const auto set = session.set(knob, value);
    if (!set) return set.error();
  }
  return table;
}

// What is asked for besides channels.
struct Wanted {
  bool readings = false, tables = false, documents = false;

  // Whether a name is one of these.
  bool take(const std::string& name) {
    bool* const known = name == "readings"    ? &readings
                        : name == "tables"    ? &tables
                        : name == "documents" ? &documents
                                              : nullptr;
    if (known) *known = true;
    return known != nullptr;
  }
};

Json runJson(const Session& session, const Channels& channels, const Wanted& wanted) {
  Json json = {{"lab", session.entry().id},
               {"spec", session.spec().print()},
               {"step", session.step()},
               {"status", session.isDone() ? "done" : "running"},
               {"subjects", toJson(session.lab().states())},
               {"channels", Json::object()}};
  for (const auto& knob : session.knobs()) {
    if (!knob.note.empty()) json["notes"][knob.id] = knob.note;
  }
  for (const auto& [name, array] : channels) {
    json["channels"][name] = {{"shape", array.shape}, {"data", array.data}};
  }
  if (wanted.readings) json["readings"] = toJson(session.readings());
  if (wanted.tables) json["tables"] = toJson(session.tables());
  if (wanted.documents) json["documents"] = toJson(session.documents());
  return json;
}

std::string readingsCsv(const Session& session) {
  std::ostringstream text;
  text << "subject,quantity,relation,predicted,measured,residual,tolerance,verdict,assumption,"
          "pending\n";
  for (const auto& r : session.readings()) {
    text << r.subject << "," << csvField(r.quantity) << "," << name(r.relation) << ","
         << csvField(r.predicted) << "," << csvField(r.measured) << "," << csvField(r.residual())
         << "," << csvField(r.tolerance) << "," << name(r.verdict()) << ","
         << csvField(r.assumption) << "," << csvField(r.pending) << "\n";
  }
  return text.str();
}

std::string shown(double value, int digits) {
  return std::isnan(value) ? "–" : printShort(value, digits);
}

// Before what theory says.
std::string signOf(Relation relation) {
  if (relation == Relation::kAtMost) return "at most ";
  if (relation == Relation::kAtLeast) return "at least ";
  return "predicted ";
}

std::string toText(const Table& table, const std::string& when = "") {
  std::ostringstream text;
  text << "\n" << table.title << when << "\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& cell = row.cells[i];
      const auto* words = std::get_if<std::string>(&cell);
      text << "  " << table.columns[i].label << ": "
           << (words ? *words : print(std::get<double>(cell)));
    }
    text << "\n";
  }
  return text.str();
}

// The spec as a heading: of a value as long as a file's only the beginning.
std::string headingOf(const Spec& spec) {
  constexpr std::size_t kMost = 2000;
  Spec some;
  for (const auto& [key, value] : spec.entries()) {
    std::size_t end = value.size() > kMost ? 60 : value.size();
    while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xc0) == 0x80) --end;
    (void)some.add(key, value.substr(0, end) + (end < value.size() ? "..." : ""));
  }
  return some.print();
}

// A table for people: how each subject ended, then theory beside measurement.
std::string toText(const Session& session) {
  std::ostringstream text;
  const auto subjects = session.lab().subjects();
  text << headingOf(session.spec()) << "\n";
  for (const auto& knob : session.knobs()) {
    if (!knob.note.empty()) text << knob.id << ": " << knob.note << "\n";
  }
  for (const auto& table : session.tables()) text << toText(table);
  text << "\nTheory beside measurement\n";
  for (const auto& r : session.readings()) {
    const auto subject = static_cast<std::size_t>(r.subject);
    text << "  " << (r.subject < 0 ? "" : subjects[subject].label + ", ") << r.quantity << ": "
         << (r.source.empty() ? signOf(r.relation) : r.source + " ") << shown(r.predicted, 6)
         << ", measured " << shown(r.measured, 6);
    if (r.relation == Relation::kEquals) text << ", residual " << shown(r.residual(), 2);
    text << ": " << r.judged() << " (" << r.assumption << ")\n";
  }
  for (const auto& state : session.lab().states()) {
    if (!state.text.empty()) text << "  " << state.text << "\n";
  }
  return text.str();
}

}  // namespace

int run(const RunOptions& options) {
  Spec spec;
  (void)spec.add("lab", options.lab);
  for (const std::string& setting : options.settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail("'" + excerpt(setting) + "' is not key=value");
    }
    const auto added = spec.add(setting.substr(0, equals), setting.substr(equals + 1));
    if (!added) return fail(added.error().message);
  }
  const auto session = Session::open(spec);
  if (!session) return fail(session.error().message);
  const bool hasTask = !options.task.empty();
  const Result<bool> isFirst = hasTask ? comesFirst(**session, options.task) : Result<bool>(false);
  if (!isFirst) return fail(isFirst.error().message);
  std::optional<Table> found;
  const auto find = [&]() -> Result<void> {
    auto performed = perform(**session, options.task);
    if (!performed) return performed.error();
    found = std::move(*performed);
    return {};
  };
  if (*isFirst) {
    if (const auto done = find(); !done) return fail(done.error().message);
  }
  const int planned = (*session)->target() > 0 ? (*session)->target() : (*session)->lab().total();
  const auto ran = (*session)->advance(options.steps >= 0 ? options.steps : planned);
  if (!ran) return fail(ran.error().message);
  if (hasTask && !*isFirst) {
    if (const auto done = find(); !done) return fail(done.error().message);
  }

  Channels channels;
  Wanted others;
  const auto names = splitList(options.read);
  if (!names) return fail(names.error().message);
  for (const std::string_view part : *names) {
    const std::string name(part);
    if (name.empty() || others.take(name)) continue;
    auto array = (*session)->read(name);
    if (!array) return fail(array.error().message);
    channels.emplace_back(name, std::move(*array));
  }

  const Output& output = options.output;
  if (output.format == Format::kJson) {
    Json json = runJson(**session, channels, others);
    if (found) json["task"] = toJson(*found);
    return output.write(json);
  }
  if (output.format == Format::kText) {
    const std::string at = *isFirst ? ""
                                    : ", done at " + (*session)->lab().unit() + " " +
                                          std::to_string((*session)->step());
    return output.write((found ? toText(*found, at) + "\n" : "") + toText(**session) +
                        (channels.empty() ? "" : "\n" + toCsv(channels)));
  }
  if (others.readings && channels.empty()) return output.write(readingsCsv(**session));
  if (others.readings || others.tables || others.documents || found) {
    return fail("csv holds channels, or readings alone");
  }
  return output.write(toCsv(channels));
}

}  // namespace descent::cli
