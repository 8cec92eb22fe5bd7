// Tokens as vectors, and projections for them: drawn at random, or fitted so that each head does
// one thing that can be said in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attention/self_attention.h"
#include "labs/attention/text.h"

namespace descent::attention {

// Numbers of a token, of a head's queries, keys and values, and how many heads.
struct Shape {
  int width = 16, features = 8, heads = 4;
};

// N(0, I) for each word, the same wherever it stands (width × n).
Matrix embeddings(const std::vector<std::string>& words, int width, std::uint64_t seed);

// Each token scaled to √width, as the norm before a transformer's attention does: then every
// number of a drawn query or key has mean 0 and variance 1 over the draws.
Matrix normalised(Matrix x);

// Entries from N(0, 1/width), those of the output from N(0, 1/(heads · features)).
Projections drawProjections(const Shape& shape, std::uint64_t seed);

// What a fitted head looks for, one after another.
enum class Aim { kLinked, kPrevious, kSame, kNothing };
inline Aim aimOf(std::size_t head) { return static_cast<Aim>(head % 4); }
// Its name, or "drawn" where no token of the sentence has anything to look for.
const char* nameOf(Aim aim, const std::vector<std::string>& words, const std::vector<Link>& links);

// Key and query projections such that in head h token i's scaled score is kStrength at those
// tokens that its aim names, and what codes drawn from N(0, I) give elsewhere: with codes C for the
// keys and Q for the queries, Wk = C X⁺ and Wq = Q X⁺. Exact where the tokens X are linearly
// independent, least squares where not: equal tokens cannot look for different things.
inline constexpr double kStrength = 5;
void fitProjections(Projections& w, const Shape& shape, const Matrix& x,
                    const std::vector<std::string>& words, const std::vector<Link>& links,
                    std::uint64_t seed);

}  // namespace descent::attention
