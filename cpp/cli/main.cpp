// The `descent` program: labs without a browser.
#include "output.h"

namespace {

using namespace descent::cli;
using descent::Session;

// ---- labs and catalogue ----

std::string rangeOf(const descent::Knob& knob) {
  if (!knob.choices.empty()) return descent::join(knob.choices, " | ");
  if (knob.type == descent::KnobType::kFlag) return "on | off";
  if (knob.kind != descent::Kind::kNone) return "a " + name(knob.kind);
  return "[" + descent::print(knob.low) + ", " + descent::print(knob.high) + "]";
}

template <class Base>
std::string listText(const std::vector<descent::Entry<Base>>& entries) {
  std::ostringstream text;
  for (const auto& entry : entries) {
    text << entry.id << ": " << entry.sentence << "\n";
    for (const auto& [knob, apply] : entry.knobs) {
      text << "  " << std::left << std::setw(18) << knob.id << std::setw(14) << knob.standard
           << rangeOf(knob) << "  " << knob.help << "\n";
    }
  }
  return text.str();
}

template <class Base>
void listCsv(const char* kind, const std::vector<descent::Entry<Base>>& entries,
             std::ostringstream& text) {
  for (const auto& entry : entries) {
    const auto row = [&](const descent::Knob& knob) {
      text << kind << "," << entry.id << "," << csvField(entry.title) << "," << knob.id << ","
           << csvField(knob.standard) << ","
           << csvField(knob.id.empty() ? std::string() : rangeOf(knob)) << ","
           << csvField(knob.help) << "\n";
    };
    if (entry.knobs.empty()) row({});
    for (const auto& bound : entry.knobs) row(bound.knob);
  }
}

constexpr const char* kCatalogueHeader = "kind,id,title,knob,default,range,help\n";

int showLabs(const Output& output) {
  const auto& labs = descent::catalogue().entries<descent::Lab>();
  if (output.format == Format::kJson) return output.write(toJson(labs));
  if (output.format == Format::kText) return output.write(listText(labs));
  std::ostringstream text;
  text << kCatalogueHeader;
  listCsv("lab", labs, text);
  return output.write(text.str());
}

int showCatalogue(const Output& output) {
  const auto& all = descent::catalogue();
  const auto& optimizers = all.entries<descent::Optimizer>();
  const auto& schedules = all.entries<descent::Schedule>();
  const auto& landscapes = all.entries<descent::Landscape>();
  if (output.format == Format::kJson) return output.write(toJson(all));
  if (output.format == Format::kText) {
    return output.write("Optimizers and decorators\n" + listText(optimizers) + "\nSchedules\n" +
                        listText(schedules) + "\nLandscapes\n" + listText(landscapes));
  }
  std::ostringstream text;
  text << kCatalogueHeader;
  listCsv("optimizer", optimizers, text);
  listCsv("schedule", schedules, text);
  listCsv("landscape", landscapes, text);
  return output.write(text.str());
}

// ---- run ----

struct RunOptions {
  std::string lab;
  std::vector<std::string> settings;
  int steps = -1;
  std::string read;
  Output output;
};

// Channels of the run by name, in the order asked for.
using Channels = std::vector<std::pair<std::string, descent::Array>>;

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

Json runJson(const Session& session, const Channels& channels, bool withReadings, bool withTables) {
  Json json = {{"lab", session.entry().id},
               {"spec", session.spec().print()},
               {"step", session.step()},
               {"status", session.isDone() ? "done" : "running"},
               {"subjects", toJson(session.lab().states())},
               {"channels", Json::object()}};
  for (const auto& [name, array] : channels) {
    json["channels"][name] = {{"shape", array.shape}, {"data", array.data}};
  }
  if (withReadings) json["readings"] = toJson(session.readings());
  if (withTables) json["tables"] = toJson(session.tables());
  return json;
}

std::string readingsCsv(const Session& session) {
  std::ostringstream text;
  text << "subject,quantity,predicted,measured,residual,assumption\n";
  for (const auto& r : session.readings()) {
    text << r.subject << "," << csvField(r.quantity) << "," << csvField(r.predicted) << ","
         << csvField(r.measured) << "," << csvField(r.residual) << "," << csvField(r.assumption)
         << "\n";
  }
  return text.str();
}

std::string shown(double value, int digits) {
  return std::isnan(value) ? "–" : descent::printShort(value, digits);
}

// A table for people: how each subject ended, then theory beside measurement.
std::string toText(const Session& session) {
  std::ostringstream text;
  const auto subjects = session.lab().subjects();
  text << session.spec().print() << "\n";
  for (const auto& table : session.tables()) {
    text << "\n" << table.title << "\n";
    for (const auto& row : table.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto& cell = row.cells[i];
        const auto* words = std::get_if<std::string>(&cell);
        text << "  " << table.columns[i].label << ": "
             << (words ? *words : descent::print(std::get<double>(cell)));
      }
      text << "\n";
    }
  }
  text << "\nTheory beside measurement\n";
  for (const auto& r : session.readings()) {
    text << "  " << subjects[static_cast<std::size_t>(r.subject)].label << ", " << r.quantity
         << ": predicted " << shown(r.predicted, 6) << ", measured " << shown(r.measured, 6)
         << ", residual " << shown(r.residual, 2) << " (" << r.assumption << ")\n";
  }
  for (const auto& state : session.lab().states()) {
    if (!state.text.empty()) text << "  " << state.text << "\n";
  }
  return text.str();
}

int run(const RunOptions& options) {
  descent::Spec spec;
  (void)spec.add("lab", options.lab);
  for (const std::string& setting : options.settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail("'" + setting + "' is not key=value");
    }
    const auto added = spec.add(setting.substr(0, equals), setting.substr(equals + 1));
    if (!added) return fail(added.error().message);
  }
  const auto session = Session::open(spec);
  if (!session) return fail(session.error().message);
  const int planned = (*session)->target() > 0 ? (*session)->target() : (*session)->lab().total();
  const auto ran = (*session)->advance(options.steps >= 0 ? options.steps : planned);
  if (!ran) return fail(ran.error().message);

  Channels channels;
  bool withReadings = false, withTables = false;
  // A comma within parentheses belongs to a channel's arguments.
  int depth = 0;
  std::string name;
  const auto take = [&]() -> std::optional<descent::Error> {
    const std::string wanted(descent::trim(name));
    name.clear();
    if (wanted.empty()) return {};
    withReadings |= wanted == "readings";
    withTables |= wanted == "tables";
    if (wanted == "readings" || wanted == "tables") return {};
    auto array = (*session)->read(wanted);
    if (!array) return array.error();
    channels.emplace_back(wanted, std::move(*array));
    return {};
  };
  for (const char c : options.read + ",") {
    depth += (c == '(') - (c == ')');
    if (c != ',' || depth > 0) {
      name += c;
    } else if (const auto error = take()) {
      return fail(error->message);
    }
  }

  if (depth > 0) return fail("'" + name.substr(0, 60) + "' has a parenthesis that does not close");

  const Output& output = options.output;
  if (output.format == Format::kJson) {
    return output.write(runJson(**session, channels, withReadings, withTables));
  }
  if (output.format == Format::kText) {
    return output.write(toText(**session) + (channels.empty() ? "" : "\n" + toCsv(channels)));
  }
  if (withReadings && channels.empty()) return output.write(readingsCsv(**session));
  if (withReadings || withTables) return fail("csv holds channels, or readings alone");
  return output.write(toCsv(channels));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Descent: the optimization that trains deep networks, from the command line."};
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "help of every command");

  Output labsOutput, catalogueOutput;
  CLI::App* labs = app.add_subcommand("labs", "list the labs with their knobs and presets");
  addOutput(labs, labsOutput, Format::kText);
  CLI::App* list = app.add_subcommand(
      "catalogue", "list optimizers, decorators, schedules and landscapes with their knobs");
  addOutput(list, catalogueOutput, Format::kText);

  RunOptions options;
  CLI::App* runs = app.add_subcommand("run", "run a lab and print what was read from it");
  runs->add_option("LAB", options.lab, "which lab, as listed by `descent labs`")->required();
  runs->add_option("key=value", options.settings, "knobs of the lab, as in the page's address");
  runs->add_option("--steps", options.steps,
                   "steps to take (default: t= of the spec, else the run's planned length)")
      ->check(CLI::Range(0, Session::kMaxSteps));
  runs->add_option("--read", options.read,
                   "channels to print, separated by commas; also `readings` (theory beside "
                   "measurement) and `tables`");
  addOutput(runs, options.output, Format::kText);
  runs->footer(
      "Example:\n"
      "  descent run race landscape=rosenbrock runners=\"adam(lr=0.02),sgd(lr=0.001)\" \\\n"
      "    start=-1.5,2 --steps 200 --read path/0,loss/0,readings --format json");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    if (app.get_subcommands().empty()) {
      return fail(std::string(error.what()) + "; the commands are labs, catalogue and run");
    }
    return fail(error.what());
  }
  if (*labs) return showLabs(labsOutput);
  if (*list) return showCatalogue(catalogueOutput);
  return run(options);
}
