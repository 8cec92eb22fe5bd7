// The commands that only show what there is: labs, catalogue, schedule.
#pragma once

#include "output.h"

namespace descent::cli {

inline std::string rangeOf(const Knob& knob) {
  if (!knob.choices.empty()) return join(knob.choices, " | ");
  if (knob.type == KnobType::kFlag) return "on | off";
  if (knob.kind != Kind::kNone) {
    return (knob.kind == Kind::kOptimizer ? "an " : "a ") + name(knob.kind);
  }
  if (knob.type == KnobType::kText) return "text";
  return "[" + print(knob.low) + ", " + print(knob.high) + "]";
}

template <class Base>
std::string listText(const std::vector<Entry<Base>>& entries) {
  std::ostringstream text;
  for (const auto& entry : entries) {
    text << entry.id << ": " << entry.sentence << "\n";
    for (const auto& [knob, apply] : entry.knobs) {
      text << "  " << std::left << std::setw(18) << knob.id << std::setw(14)
           << plain(knob.defaultValue) << "  " << rangeOf(knob) << "  " << knob.help << "\n";
    }
  }
  return text.str();
}

template <class Base>
void listCsv(const char* kind, const std::vector<Entry<Base>>& entries, std::ostringstream& text) {
  for (const auto& entry : entries) {
    const auto row = [&](const Knob& knob) {
      text << kind << "," << entry.id << "," << csvField(entry.title) << "," << knob.id << ","
           << csvField(plain(knob.defaultValue)) << ","
           << csvField(knob.id.empty() ? std::string() : rangeOf(knob)) << ","
           << csvField(knob.help) << "\n";
    };
    if (entry.knobs.empty()) row({});
    for (const auto& bound : entry.knobs) row(bound.knob);
  }
}

inline constexpr const char* kCatalogueHeader = "kind,id,title,knob,default,range,help\n";

inline int showLabs(const Output& output) {
  const auto& labs = catalogue().entries<Lab>();
  if (output.format == Format::kJson) return output.write(toJson(labs));
  if (output.format == Format::kText) return output.write(listText(labs));
  std::ostringstream text;
  text << kCatalogueHeader;
  listCsv("lab", labs, text);
  return output.write(text.str());
}

inline int showCatalogue(const Output& output) {
  const auto& all = catalogue();
  if (output.format == Format::kJson) return output.write(toJson(all));
  std::ostringstream text;
  if (output.format == Format::kCsv) text << kCatalogueHeader;
  forEachKind([&]<class Base>(const KindOf<Base>& kind) {
    if constexpr (std::is_same_v<Base, Lab>) return;
    const auto& entries = all.entries<Base>();
    if (output.format == Format::kCsv) {
      listCsv(kind.id, entries, text);
    } else {
      text << (text.tellp() > 0 ? "\n" : "") << kind.title << "\n" << listText(entries);
    }
  });
  return output.write(text.str());
}

struct ScheduleOptions {
  std::string recipe;
  int total = 100;
  Output output;
};

// The factors for t = 0 … T; with T itself, which no step uses, the end of the curve is seen.
inline int showSchedule(const ScheduleOptions& options) {
  const auto recipe = parseRecipe(options.recipe);
  if (!recipe) return fail(recipe.error().message);
  const auto schedule = catalogue().build<Schedule>(*recipe);
  if (!schedule) return fail(schedule.error().message);
  std::vector<double> factors;
  for (int t = 0; t <= options.total; ++t) factors.push_back((*schedule)->factor(t, options.total));
  if (options.output.format == Format::kJson) {
    return options.output.write(Json{{"recipe", print(*recipe)},
                                     {"total", options.total},
                                     {"python", (*schedule)->python(options.total)},
                                     {"pytorch", (*schedule)->pytorch(options.total)},
                                     {"factors", factors}});
  }
  std::ostringstream text;
  const bool isCsv = options.output.format == Format::kCsv;
  if (isCsv) {
    text << "t,factor\n";
  } else {
    text << print(*recipe) << "\n" << (*schedule)->pytorch(options.total) << "\n";
  }
  for (int t = 0; t <= options.total; ++t) {
    const double factor = factors[static_cast<std::size_t>(t)];
    text << t << (isCsv ? "," + csvField(factor) : "  " + print(factor)) << "\n";
  }
  return options.output.write(text.str());
}

}  // namespace descent::cli
