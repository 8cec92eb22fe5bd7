// Formulas that people type, with exact derivatives.
//
//   sum     = term { ("+" | "-") term }
//   term    = sign { ("*" | "/") sign }
//   sign    = [ "-" | "+" ] sign | power
//   power   = atom [ "^" sign ]               so -x^2 is -(x^2) and 2^3^2 is 2^9
//   atom    = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
//
// Names are the variables, pi, e, and the functions sin cos tan exp log sqrt abs tanh min max.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "descent/result.h"

namespace descent {

// A number with its first and second derivatives in two variables: a forward dual number of second
// order. Griewank & Walther 2008, Evaluating Derivatives, Section 13.2.
struct Jet {
  double value = 0;
  double x = 0, y = 0;
  double xx = 0, xy = 0, yy = 0;
};

// Where f has a kink (abs, min, max) the derivatives are those of one side, and 0 for abs at 0, and
// for a root at 0 of what does not change there to first order, such as √(x² + y²): a subgradient.
class Expression {
 public:
  // f = 0.
  Expression();

  // Errors name the column, from 1. One or two variables.
  static Result<Expression> parse(std::string_view text,
                                  std::vector<std::string> variables = {"x", "y"});

  double operator()(double x, double y = 0) const;
  Jet jet(double x, double y = 0) const;

 private:
  friend class ExpressionParser;

  // In the order of a stack machine: operands first.
  struct Operation {
    enum class Kind { kConstant, kVariable, kUnary, kBinary };
    Kind kind;
    int which;        // of the variables, or of the functions
    double constant;  // of a constant, or of a constant exponent
  };

  template <class Number>
  Number evaluate(const Number& x, const Number& y) const;

  std::vector<Operation> operations_;
};

}  // namespace descent
