#include "descent/random.h"

#include <cmath>

namespace descent {

Random::Random(std::uint64_t seed, std::uint64_t stream) : increment_((stream << 1) | 1) {
  next();
  state_ += seed;
  next();
}

std::uint32_t Random::next() {
  const std::uint64_t old = state_;
  state_ = old * 6364136223846793005ULL + increment_;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto rotation = static_cast<std::uint32_t>(old >> 59);
  return (shifted >> rotation) | (shifted << ((32 - rotation) & 31));
}

double Random::uniform() {
  const std::uint64_t high = next() >> 5;  // 27 bits
  const std::uint64_t low = next() >> 6;   // 26 bits
  return static_cast<double>((high << 26) | low) * 0x1p-53;
}

std::uint32_t Random::below(std::uint32_t n) {
  const std::uint32_t threshold = (0u - n) % n;  // 2³² mod n
  std::uint32_t r = next();
  while (r < threshold) r = next();
  return r % n;
}

double Random::normal() {
  if (hasSpare_) {
    hasSpare_ = false;
    return spare_;
  }
  double u, v, s;
  do {
    u = uniform(-1, 1);
    v = uniform(-1, 1);
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const double scale = std::sqrt(-2 * std::log(s) / s);
  spare_ = v * scale;
  hasSpare_ = true;
  return u * scale;
}

Vector Random::normalVector(Eigen::Index n) {
  Vector x(n);
  for (double& entry : x) entry = normal();
  return x;
}

}  // namespace descent
