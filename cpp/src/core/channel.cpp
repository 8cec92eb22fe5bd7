#include "descent/channel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "descent/recipe.h"
#include "descent/text.h"

namespace descent {
namespace {

std::string allowed(const ChannelArgument& a) {
  return (a.isWhole ? "a whole number in [" : "in [") + print(a.low) + ", " + print(a.high) + "]";
}

std::string signature(const Channel& channel) {
  std::vector<std::string> names;
  for (const ChannelArgument& a : channel.arguments) names.push_back(a.name);
  return channel.name + (names.empty() ? "" : "(" + join(names, ", ") + ")");
}

}  // namespace

std::string name(ChannelKind kind) {
  constexpr std::array kNames = {"series",  "trace",  "curve", "weights", "path",  "arrow",
                                 "ellipse", "points", "row",   "rows",    "field", "matrix"};
  return kNames[static_cast<std::size_t>(kind)];
}

Channel::Channel(std::string q, ChannelKind k, std::string l, bool isLog, std::string u)
    : name(q),
      kind(k),
      quantity(std::move(q)),
      label(std::move(l)),
      unit(std::move(u)),
      log(isLog) {}

Channel::Channel(int s, const std::string& q, ChannelKind k, std::string l, bool isLog,
                 std::string u)
    : Channel(q, k, std::move(l), isLog, std::move(u)) {
  name += "/" + std::to_string(s);
  subject = s;
}

std::vector<ChannelArgument> gridArguments() {
  constexpr double kFar = 1e9;  // beyond every window, with the margins of its map
  return {{"x0", -kFar, kFar, false}, {"x1", -kFar, kFar, false}, {"y0", -kFar, kFar, false},
          {"y1", -kFar, kFar, false}, {"nx", 2, kMostGridPoints}, {"ny", 1, kMostGridPoints}};
}

Result<Grid> Request::grid(std::size_t i) const {
  const double* a = arguments.data() + i;
  const Grid grid{a[0], a[1], a[2], a[3], whole(i + 4), whole(i + 5)};
  if (grid.x0 < grid.x1 && grid.y0 <= grid.y1 && a[4] * a[5] <= kMostGridPoints) return grid;
  return Error{name + " takes a grid with x0 < x1, y0 ≤ y1 and at most " + print(kMostGridPoints) +
               " points, got " + print(a[0]) + ", " + print(a[1]) + ", " + print(a[2]) + ", " +
               print(a[3]) + ", " + print(a[4]) + ", " + print(a[5])};
}

Result<Request> readRequest(const std::vector<Channel>& channels, const std::string& owner,
                            const std::string& text) {
  Request request{text, {}};
  const auto call = parseRecipe(text);
  if (call && !call->arguments.empty()) request.name = call->name;
  const auto channel = std::find_if(channels.begin(), channels.end(),
                                    [&](const Channel& c) { return c.name == request.name; });
  if (channel == channels.end()) {
    std::vector<std::string> known;
    for (const Channel& c : channels) known.push_back(signature(c));
    return Error{owner + " has no channel '" + excerpt(text) + "'; known: " + join(known, ", ")};
  }
  const std::size_t given = call && request.name != text ? call->arguments.size() : 0;
  if (given != channel->arguments.size()) {
    return Error{owner + ": " + signature(*channel) + " takes " +
                 counted(static_cast<long long>(channel->arguments.size()), "number") + ", got " +
                 excerpt(text)};
  }
  for (std::size_t i = 0; i < given; ++i) {
    const ChannelArgument& wanted = channel->arguments[i];
    const Argument& argument = call->arguments[i];
    const double* number = std::get_if<double>(&argument.value);
    const bool fits = argument.key.empty() && number && *number >= wanted.low &&
                      *number <= wanted.high && (!wanted.isWhole || std::floor(*number) == *number);
    if (!fits) {
      return Error{
          owner + ": " + wanted.name + " of " + signature(*channel) + " must be " +
          allowed(wanted) + ", got " +
          excerpt((argument.key.empty() ? "" : argument.key + "=") + print(argument.value))};
    }
    request.arguments.push_back(*number);
  }
  return request;
}

}  // namespace descent
