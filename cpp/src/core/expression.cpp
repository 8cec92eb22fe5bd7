#include "core/expression.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

#include "descent/text.h"

namespace descent {
namespace {

using std::abs, std::cos, std::exp, std::log, std::sin, std::sqrt, std::tan, std::tanh;

constexpr std::size_t kMaxLength = 1000;
constexpr int kMaxDepth = 100;

// A factor times a derivative: what does not change leaves nothing, by however much it would count.
double times(double factor, double derivative) { return derivative == 0 ? 0 : factor * derivative; }

// f(a) from f, f′ and f″ at a's value.
Jet chain(const Jet& a, double f, double f1, double f2) {
  return {f,
          times(f1, a.x),
          times(f1, a.y),
          times(f1, a.xx) + times(f2, a.x * a.x),
          times(f1, a.xy) + times(f2, a.x * a.y),
          times(f1, a.yy) + times(f2, a.y * a.y)};
}

Jet operator+(const Jet& a, const Jet& b) {
  return {a.value + b.value, a.x + b.x, a.y + b.y, a.xx + b.xx, a.xy + b.xy, a.yy + b.yy};
}
Jet operator-(const Jet& a) { return {-a.value, -a.x, -a.y, -a.xx, -a.xy, -a.yy}; }
Jet operator-(const Jet& a, const Jet& b) { return a + -b; }
Jet operator*(const Jet& a, const Jet& b) {
  return {a.value * b.value,
          times(b.value, a.x) + times(a.value, b.x),
          times(b.value, a.y) + times(a.value, b.y),
          times(b.value, a.xx) + 2 * a.x * b.x + times(a.value, b.xx),
          times(b.value, a.xy) + a.x * b.y + a.y * b.x + times(a.value, b.xy),
          times(b.value, a.yy) + 2 * a.y * b.y + times(a.value, b.yy)};
}
Jet operator/(const Jet& a, const Jet& b) {
  const double r = 1 / b.value;
  return a * chain(b, r, -r * r, 2 * r * r * r);
}

Jet sin(const Jet& a) { return chain(a, std::sin(a.value), std::cos(a.value), -std::sin(a.value)); }
Jet cos(const Jet& a) {
  return chain(a, std::cos(a.value), -std::sin(a.value), -std::cos(a.value));
}
Jet tan(const Jet& a) {
  const double f = std::tan(a.value), f1 = 1 + f * f;
  return chain(a, f, f1, 2 * f * f1);
}
Jet exp(const Jet& a) {
  const double f = std::exp(a.value);
  return chain(a, f, f, f);
}
Jet log(const Jet& a) {
  const double r = 1 / a.value;
  return chain(a, std::log(a.value), r, -r * r);
}
Jet sqrt(const Jet& a) {
  const double f = std::sqrt(a.value), f1 = 0.5 / f;
  return chain(a, f, f1, -0.5 * f1 / a.value);
}
Jet abs(const Jet& a) {
  return chain(a, std::abs(a.value), a.value > 0 ? 1 : a.value < 0 ? -1 : 0, 0);
}
Jet tanh(const Jet& a) {
  const double f = std::tanh(a.value), f1 = 1 - f * f;
  return chain(a, f, f1, -2 * f * f1);
}

// aᶜ of a constant c; the coefficient that c makes 0 keeps its 0 also where the power is infinite.
double powerOf(double a, double c) { return std::pow(a, c); }
Jet powerOf(const Jet& a, double c) {
  const double c1 = c, c2 = c * (c - 1);
  return chain(a, std::pow(a.value, c), c1 == 0 ? 0 : c1 * std::pow(a.value, c - 1),
               c2 == 0 ? 0 : c2 * std::pow(a.value, c - 2));
}

// aᵇ where b varies, too, for a > 0. At a = 0 it is 0 for all b > 0.
double power(double a, double b) { return exp(b * log(a)); }
Jet power(const Jet& a, const Jet& b) {
  const bool isFlat = a.value == 0 && b.value > 0 && a.x == 0 && a.y == 0;
  return isFlat ? Jet{} : exp(b * log(a));
}

double valueOf(double a) { return a; }
double valueOf(const Jet& a) { return a.value; }

enum Unary { kNegate, kSin, kCos, kTan, kExp, kLog, kSqrt, kAbs, kTanh, kConstantPower };
enum Binary { kAdd, kSubtract, kMultiply, kDivide, kPower, kMin, kMax };

constexpr std::array kUnaryNames = {"", "sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh"};

template <class Number>
Number apply(Unary which, const Number& a, double constant) {
  switch (which) {
    case kNegate:
      return -a;
    case kSin:
      return sin(a);
    case kCos:
      return cos(a);
    case kTan:
      return tan(a);
    case kExp:
      return exp(a);
    case kLog:
      return log(a);
    case kSqrt:
      return sqrt(a);
    case kAbs:
      return abs(a);
    case kTanh:
      return tanh(a);
    case kConstantPower:
      return powerOf(a, constant);
  }
  return a;
}

template <class Number>
Number apply(Binary which, const Number& a, const Number& b) {
  switch (which) {
    case kAdd:
      return a + b;
    case kSubtract:
      return a - b;
    case kMultiply:
      return a * b;
    case kDivide:
      return a / b;
    case kPower:
      return power(a, b);
    case kMin:
      return valueOf(b) < valueOf(a) ? b : a;
    case kMax:
      return valueOf(b) > valueOf(a) ? b : a;
  }
  return a;
}

}  // namespace

// Recursive descent over the grammar in expression.h; every rule leaves its operations behind.
class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, std::vector<std::string> variables)
      : text_(text), variables_(std::move(variables)) {}

  Result<Expression> whole() {
    if (text_.size() > kMaxLength) {
      return Error{"a formula has at most " + std::to_string(kMaxLength) + " characters, got " +
                   std::to_string(text_.size())};
    }
    result_.operations_.clear();
    if (!sum()) return *error_;
    if (!atEnd()) {
      expect("an operator or the end");
      return *error_;
    }
    return result_;
  }

 private:
  using Kind = Expression::Operation::Kind;

  bool sum() { return chainOf("+-", {kAdd, kSubtract}, &ExpressionParser::term); }
  bool term() { return chainOf("*/", {kMultiply, kDivide}, &ExpressionParser::sign); }

  bool chainOf(std::string_view signs, std::array<Binary, 2> operations,
               bool (ExpressionParser::*operand)()) {
    if (!(this->*operand)()) return false;
    while (!atEnd() && signs.find(text_[at_]) != std::string_view::npos) {
      const Binary which = operations[signs.find(text_[at_++])];
      if (!(this->*operand)()) return false;
      push(Kind::kBinary, which);
    }
    return true;
  }

  bool sign() {
    if (++depth_ > kMaxDepth) return expect("at most 100 levels of nesting");
    bool good = false;
    if (accept('-')) {
      good = sign();
      push(Kind::kUnary, kNegate);
    } else {
      good = accept('+') ? sign() : power();
    }
    --depth_;
    return good;
  }

  bool power() {
    if (!atom()) return false;
    if (!accept('^')) return true;
    const std::size_t exponent = result_.operations_.size();
    if (!sign()) return false;
    const bool isConstant =
        std::none_of(result_.operations_.begin() + static_cast<std::ptrdiff_t>(exponent),
                     result_.operations_.end(),
                     [](const auto& operation) { return operation.kind == Kind::kVariable; });
    if (!isConstant) return push(Kind::kBinary, kPower);
    Expression constant;
    constant.operations_.assign(result_.operations_.begin() + static_cast<std::ptrdiff_t>(exponent),
                                result_.operations_.end());
    result_.operations_.resize(exponent);
    return push(Kind::kUnary, kConstantPower, constant(0));
  }

  bool atom() {
    if (atEnd()) return expect("a number, a name or '('");
    const char c = text_[at_];
    if (std::isdigit(static_cast<unsigned char>(c)) || c == '.') return number();
    if (std::isalpha(static_cast<unsigned char>(c))) return named();
    if (accept('(')) return sum() && (accept(')') || expect("')'"));
    return expect("a number, a name or '('");
  }

  bool number() {
    const std::size_t start = at_;
    const auto digits = [this] {
      while (at_ < text_.size() &&
             (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.')) {
        ++at_;
      }
    };
    digits();
    // 2e is two times a name to the eye; 2e3 and 2e-3 are numbers.
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      std::size_t next = at_ + 1;
      if (next < text_.size() && (text_[next] == '-' || text_[next] == '+')) ++next;
      if (next < text_.size() && std::isdigit(static_cast<unsigned char>(text_[next]))) {
        at_ = next;
        digits();
      }
    }
    const auto read = parseNumber(text_.substr(start, at_ - start));
    if (!read) {
      at_ = start;
      return expect("a number");
    }
    return push(Kind::kConstant, 0, *read);
  }

  bool named() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
    const std::string name(text_.substr(start, at_ - start));
    const auto variable = std::find(variables_.begin(), variables_.end(), name);
    if (variable != variables_.end()) {
      return push(Kind::kVariable, static_cast<int>(variable - variables_.begin()));
    }
    if (name == "pi") return push(Kind::kConstant, 0, std::numbers::pi);
    if (name == "e") return push(Kind::kConstant, 0, std::numbers::e);
    if (name == "min" || name == "max") {
      return (accept('(') || expect("'('")) && sum() && (accept(',') || expect("','")) && sum() &&
             (accept(')') || expect("')'")) && push(Kind::kBinary, name == "min" ? kMin : kMax);
    }
    const auto function = std::find(kUnaryNames.begin(), kUnaryNames.end(), name);
    if (function != kUnaryNames.end()) {
      return (accept('(') || expect("'('")) && sum() && (accept(')') || expect("')'")) &&
             push(Kind::kUnary, static_cast<int>(function - kUnaryNames.begin()));
    }
    at_ = start;
    return expect(join(variables_, ", ") +
                  ", pi, e or a function (sin cos tan exp log sqrt abs "
                  "tanh min max)");
  }

  bool push(Kind kind, int which, double constant = 0) {
    result_.operations_.push_back({kind, which, constant});
    return true;
  }
  bool atEnd() {
    while (at_ < text_.size() && blankAt(text_, at_) > 0) at_ += blankAt(text_, at_);
    return at_ == text_.size();
  }
  bool accept(char c) {
    if (atEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // The first failure is the one to report.
  bool expect(const std::string& what) {
    if (error_) return false;
    const std::string found = atEnd() ? "the end" : "'" + excerpt(text_.substr(at_), 12) + "'";
    error_ = Error{columnAt(text_, at_) + "expected " + what + ", found " + found};
    return false;
  }

  std::string_view text_;
  std::vector<std::string> variables_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Expression result_;
  std::optional<Error> error_;
};

Expression::Expression() : operations_{{Operation::Kind::kConstant, 0, 0}} {}

Result<Expression> Expression::parse(std::string_view text, std::vector<std::string> variables) {
  return ExpressionParser(text, std::move(variables)).whole();
}

template <class Number>
Number Expression::evaluate(const Number& x, const Number& y) const {
  std::vector<Number> stack;
  for (const auto& [kind, which, constant] : operations_) {
    switch (kind) {
      case Operation::Kind::kConstant:
        stack.push_back(Number{constant});
        break;
      case Operation::Kind::kVariable:
        stack.push_back(which == 0 ? x : y);
        break;
      case Operation::Kind::kUnary:
        stack.back() = apply(static_cast<Unary>(which), stack.back(), constant);
        break;
      case Operation::Kind::kBinary: {
        const Number b = stack.back();
        stack.pop_back();
        stack.back() = apply(static_cast<Binary>(which), stack.back(), b);
        break;
      }
    }
  }
  return stack.back();
}

double Expression::operator()(double x, double y) const { return evaluate<double>(x, y); }

Jet Expression::jet(double x, double y) const {
  return evaluate<Jet>({x, 1, 0, 0, 0, 0}, {y, 0, 1, 0, 0, 0});
}

}  // namespace descent
