// What may be read from the attention lab.
#include <cmath>

#include "labs/attention/lab.h"

namespace descent::attention {
namespace {

// Row by row; what is masked is no number.
Array arrayOf(const Matrix& m) {
  Array all{{static_cast<int>(m.rows()), static_cast<int>(m.cols())}, {}};
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
      all.data.push_back(std::isfinite(m(i, j)) ? m(i, j) : kNaN);
    }
  }
  return all;
}

// A row a character: which of the texts it belongs to, and its number.
Array textsOf(const std::vector<std::string>& texts) {
  Array rows{{0, 2}, {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const int code : codePointsOf(texts[i])) {
      rows.data.insert(rows.data.end(), {static_cast<double>(i), static_cast<double>(code)});
      ++rows.shape[0];
    }
  }
  return rows;
}

}  // namespace

// Of the head shown, but for `heads`, the weights of all, and `outputs`.
std::vector<Channel> AttentionLab::channels() const {
  std::vector<Channel> all;
  all.push_back({"entropy", ChannelKind::kCurve, "entropy", false, "bits"});
  all.push_back({"entropyMost", ChannelKind::kCurve, "equal weights", false, "bits"});
  const auto rows = [&](const char* name, const char* label, std::vector<std::string> columns) {
    all.push_back(Channel(name, ChannelKind::kRows, label).named(std::move(columns)));
  };
  rows("words", "The tokens' characters", {"text", "codePoint"});
  rows("roles", "What each head was made for, by characters", {"text", "codePoint"});
  rows("edits", "Entries set by hand, of Wq, Wk, Wv, Wo, Q, K, V, from 0",
       {"part", "row", "column", "value"});
  all.push_back(Channel("shown", ChannelKind::kRow, "The head shown, from 0, and its first row")
                    .named({"head", "row"}));
  for (const char* name : {"mask", "tokens", "queries", "keys", "values", "scores", "weights",
                           "heads", "sums", "outputs", "Wq", "Wk", "Wv", "Wo"}) {
    all.push_back({name, ChannelKind::kMatrix, name});
  }
  return all;
}

Result<Array> AttentionLab::read(const Request& request, const Record&, int) const {
  const std::string& name = request.name;
  const int n = static_cast<int>(words_.size());
  if (name == "entropy" || name == "entropyMost") {
    Array all{{n}, {}};
    for (int i = 0; i < n; ++i) {
      all.data.push_back(name == "entropy" ? entropyAt(i) : std::log2(visible(i)));
    }
    return all;
  }
  if (name == "words") return textsOf(words_);
  if (name == "roles") {
    std::vector<std::string> roles;
    for (std::size_t h = 0; h < now_.weights.size(); ++h) roles.push_back(roleOf(h));
    return textsOf(roles);
  }
  if (name == "edits") {
    Array all{{static_cast<int>(edits_.size()), 4}, {}};
    for (const Edit& e : edits_) {
      all.data.insert(all.data.end(), {static_cast<double>(e.part), static_cast<double>(e.row),
                                       static_cast<double>(e.column), e.value});
    }
    return all;
  }
  if (name == "shown") {
    const auto h = static_cast<double>(shown());
    return Array{{2}, {h, h * features}};
  }
  if (name == "mask") {
    Array all{{n, n}, {}};
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) all.data.push_back(j >= visible(i));
    }
    return all;
  }
  if (name == "heads") {
    Array all{{heads, n, n}, {}};
    for (const Matrix& a : now_.weights) {
      const Array one = arrayOf(a);
      all.data.insert(all.data.end(), one.data.begin(), one.data.end());
    }
    return all;
  }
  if (name == "tokens") return arrayOf(x_.transpose());
  if (name == "queries") return arrayOf(ofHead(now_.queries).transpose());
  if (name == "keys") return arrayOf(ofHead(now_.keys).transpose());
  if (name == "values") return arrayOf(ofHead(now_.values).transpose());
  if (name == "scores") return arrayOf(now_.scores[shown()]);
  if (name == "weights") return arrayOf(weights());
  if (name == "sums") return arrayOf(ofHead(now_.heads).transpose());
  if (name == "outputs") return arrayOf(now_.outputs.transpose());
  if (name == "Wq") return arrayOf(ofHead(w_.query));
  if (name == "Wk") return arrayOf(ofHead(w_.key));
  if (name == "Wv") return arrayOf(ofHead(w_.value));
  return arrayOf(w_.output.middleCols(static_cast<Eigen::Index>(shown()) * features, features));
}

}  // namespace descent::attention
