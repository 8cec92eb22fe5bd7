#include "descent/random.h"

#include <cmath>

namespace descent {
namespace {

// One number of SplitMix64 from the state x; the golden ratio is its step.
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15u;
std::uint64_t mixed(std::uint64_t x) {
  x += kGolden;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t hashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose, std::int64_t index) {
  const std::uint64_t key =
      mixed(mixed(mixed(seed) + hashOf(purpose)) + static_cast<std::uint64_t>(index));
  state_ = mixed(key);
  increment_ = mixed(key + kGolden) | 1;
}

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
