// What may be read of a lab: named arrays, whose columns and arguments have names.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "descent/result.h"

namespace descent {

// What an array is drawn as; its shape is [rows] or [rows, columns] where nothing else is said.
enum class ChannelKind {
  kSeries,   // a number for each step of the run
  kTrace,    // a series of the main chart
  kCurve,    // a number for each step of the whole run, known before it
  kWeights,  // of past steps, at the step now
  kPath,     // x, y for each step
  kArrow,    // x, y and a vector from there
  kEllipse,  // a level set of a quadratic
  kPoints,   // points of the plane
  kRow,      // a few numbers
  kRows,     // rows of numbers
  kField,    // [..., ny, nx] values on a grid
  kMatrix,   // [..., rows, columns] entries without names
};
std::string name(ChannelKind kind);

// A number that a channel takes: it is then read as a call, "maps(1, 0)".
struct ChannelArgument {
  std::string name;
  double low, high;  // allowed, inclusive
  bool isWhole = true;
};

// `name` is the quantity, with "/" and the subject's index where it belongs to one.
//
//   Channel(i, "loss", ChannelKind::kTrace, "Training loss", true)
//   Channel("maps", ChannelKind::kMatrix, "Attention").takes({{"runner", 0, 1}, {"block", 0, 1}})
//   Channel("points", ChannelKind::kRows, "Data").named({"x", "y", "target", "held"})
struct Channel {
  std::string name;
  ChannelKind kind;
  std::string quantity;
  std::string label;
  std::string unit;
  int subject = -1;
  bool log = false;  // a logarithmic axis is the sensible default
  // Names of the numbers in a row; empty where a row is one number, or its numbers have no names.
  std::vector<std::string> columns;
  std::vector<ChannelArgument> arguments;

  // Of the whole lab, and of one of its subjects: "loss/0".
  Channel(std::string quantity, ChannelKind kind, std::string label, bool log = false,
          std::string unit = "");
  Channel(int subject, const std::string& quantity, ChannelKind kind, std::string label,
          bool log = false, std::string unit = "");

  Channel&& named(std::vector<std::string> names) && {
    return columns = std::move(names), std::move(*this);
  }
  Channel&& takes(std::vector<ChannelArgument> taken) && {
    return arguments = std::move(taken), std::move(*this);
  }
};

// The window and the size of a grid on which a field is asked for: x0 < x1, y0 ≤ y1, nx × ny
// points, each row from x0 to x1, the first at y0.
struct Grid {
  double x0, x1, y0, y1;
  int nx, ny;
};
inline constexpr int kMostGridPoints = 65536;
// Its six arguments: x0, x1, y0, y1, nx, ny.
std::vector<ChannelArgument> gridArguments();

// A channel as it is asked for: its arguments are as many as it takes, each in its range.
struct Request {
  std::string name;
  std::vector<double> arguments;

  // An argument that is whole.
  int whole(std::size_t i) const { return static_cast<int>(arguments[i]); }
  std::size_t index(std::size_t i) const { return static_cast<std::size_t>(arguments[i]); }
  // The grid that begins at argument i; an error where its window or its size is not allowed.
  Result<Grid> grid(std::size_t i) const;
};

// What is asked for by "name" or "name(1, 2.5)", checked against the channel's arguments.
Result<Request> readRequest(const std::vector<Channel>& channels, const std::string& owner,
                            const std::string& text);

}  // namespace descent
