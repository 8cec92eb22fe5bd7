// The `descent` program: labs without a browser.
#include "run.h"
#include "show.h"
#include "verify.h"

using namespace descent::cli;
using descent::Session;

// 1e2 is a whole number, too.
const CLI::Validator kWhole(
    [](std::string& text) {
      if (const auto number = descent::parseNumber(text)) text = descent::print(*number);
      return std::string();
    },
    "");

int main(int argc, char** argv) {
  CLI::App app{"Descent: the optimization that trains deep networks, from the command line."};
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "help of every command");

  Output labsOutput, catalogueOutput;
  CLI::App* labs = app.add_subcommand("labs", "list the labs with their knobs and presets");
  addOutput(labs, labsOutput, Format::kText);
  CLI::App* list = app.add_subcommand("catalogue",
                                      "list optimizers, decorators, schedules, landscapes, "
                                      "problems and data sets with their knobs");
  addOutput(list, catalogueOutput, Format::kText);

  ScheduleOptions schedule;
  CLI::App* schedules = app.add_subcommand("schedule", "print a schedule's factors for t = 0 to T");
  schedules->add_option("RECIPE", schedule.recipe, "such as warmup(cosine(floor=0.1), steps=10)")
      ->required();
  schedules->add_option("--total", schedule.total, "T, the steps of the run")
      ->transform(kWhole)
      ->check(CLI::Range(1, Session::kMaxSteps))
      ->capture_default_str();
  addOutput(schedules, schedule.output, Format::kText);

  RunOptions options;
  CLI::App* runs = app.add_subcommand("run", "run a lab and print what was read from it");
  runs->add_option("LAB", options.lab, "which lab, as listed by `descent labs`")->required();
  runs->add_option(
      "key=value", options.settings,
      "knobs of the lab, as in the page's address; runners/0/lr=0.1 is one of a runner");
  runs->add_option("--steps", options.steps,
                   "steps to take (default: t= of the spec, else the run's planned length)")
      ->transform(kWhole)
      ->check(CLI::Range(0, Session::kMaxSteps));
  runs->add_option("--read", options.read,
                   "channels to print, separated by commas; also `readings` (theory beside "
                   "measurement), `tables` and `documents` (files to take away)");
  runs->add_option("--task", options.task,
                   "a task to do at the step that the run comes to, such as sharpness; one that "
                   "looks for knobs, such as tune, is done first and the run goes with what it "
                   "found");
  addOutput(runs, options.output, Format::kText);
  runs->footer(
      "Example:\n"
      "  descent run race landscape=rosenbrock runners=\"adam(lr=0.02),sgd(lr=0.001)\" \\\n"
      "    start=-1.5,2 --steps 200 --read path/0,loss/0,readings --format json");

  VerifyOptions check;
  CLI::App* verified = app.add_subcommand(
      "verify", "run presets to their ends and judge what each shows and predicts");
  verified->add_option("LAB", check.lab, "which lab (default: all)");
  verified->add_option("--preset", check.preset, "which of its presets (default: all)");
  addOutput(verified, check.output, Format::kText);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    if (app.get_subcommands().empty()) {
      return fail(std::string(error.what()) +
                  "; the commands are labs, catalogue, schedule, run and verify");
    }
    return fail(error.what());
  }
  if (*labs) return showLabs(labsOutput);
  if (*list) return showCatalogue(catalogueOutput);
  if (*schedules) return showSchedule(schedule);
  if (*verified) return verify(check);
  return run(options);
}
