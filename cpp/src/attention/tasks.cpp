#include "attention/tasks.h"

#include <algorithm>
#include <numeric>

namespace descent {
namespace {

bool repeats(TaskKind kind) { return kind == TaskKind::kRepeat || kind == TaskKind::kInduction; }

// What is wrong with bytes that are formed as a character; "" if nothing is.
std::string faultOf(std::string_view character) {
  constexpr int kLeast[] = {0, 0x80, 0x800, 0x10000};  // of so many bytes
  const int code = codePoint(character);
  if (code < kLeast[character.size() - 1]) return "an overlong form";
  if (code >= 0xd800 && code < 0xe000) return "a surrogate";
  if (code > 0x10ffff) return "a code point above U+10FFFF";
  return "";
}

// Characters of a text, each as UTF-8.
Result<std::vector<std::string>> characters(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80             ? 1
                             : (lead & 0xe0) == 0xc0 ? 2
                             : (lead & 0xf0) == 0xe0 ? 3
                             : (lead & 0xf8) == 0xf0 ? 4
                                                     : 0;
    bool isWhole = size > 0 && i + size <= text.size();
    for (std::size_t k = 1; isWhole && k < size; ++k) {
      isWhole = (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
    }
    const std::string fault = isWhole ? faultOf(text.substr(i, size)) : "no character";
    if (!fault.empty()) {
      return Error{"the text must be UTF-8, got " + fault + " at byte " + std::to_string(i + 1)};
    }
    all.emplace_back(text.substr(i, size));
    i += size;
  }
  return all;
}

// The length + 1 symbols of a sequence are written one by one; the first is only read, the last
// only told.
class Writer {
 public:
  Writer(Batch& batch, int sequence)
      : batch_(batch), first_(static_cast<std::size_t>(sequence * batch.tokens.length)) {}

  void write(int symbol, bool counts) {
    if (at_ > 0) {
      batch_.targets[first_ + at_ - 1] = symbol;
      batch_.counts[first_ + at_ - 1] = counts;
    }
    if (at_ < static_cast<std::size_t>(batch_.tokens.length))
      batch_.tokens.ids[first_ + at_] = symbol;
    ++at_;
  }

 private:
  Batch& batch_;
  std::size_t first_, at_ = 0;
};

void writeAnswer(const SequenceTask& task, Random& random, Writer& out, std::vector<int>& symbols) {
  const int n = task.length / 2, separator = task.vocabulary - 1;
  symbols.resize(static_cast<std::size_t>(n));
  for (int& symbol : symbols) {
    symbol = static_cast<int>(random.below(static_cast<std::uint32_t>(separator)));
    out.write(symbol, false);
  }
  out.write(separator, false);
  if (task.kind == TaskKind::kReverse) std::reverse(symbols.begin(), symbols.end());
  if (task.kind == TaskKind::kSort) std::sort(symbols.begin(), symbols.end());
  for (const int symbol : symbols) out.write(symbol, true);
  if (task.length % 2 != 0) out.write(separator, false);
}

int writeRepeats(const SequenceTask& task, Random& random, Writer& out, std::vector<int>& symbols) {
  const int longest = task.length / 2, shortest = task.length / 4;
  int period = longest;
  if (task.kind == TaskKind::kInduction) {
    const auto periods = static_cast<std::uint32_t>(longest - shortest + 1);
    period = shortest + static_cast<int>(random.below(periods));
  }
  symbols.resize(static_cast<std::size_t>(task.vocabulary));
  std::iota(symbols.begin(), symbols.end(), 0);
  random.shuffle(symbols);
  for (int i = 0; i <= task.length; ++i) {
    out.write(symbols[static_cast<std::size_t>(i % period)], i > period);
  }
  return period;
}

}  // namespace

Result<SequenceTask> makeTask(TaskKind kind, int length, int vocabulary) {
  if (length < 4) {
    return Error{"a task's length must be at least 4 tokens, got " + std::to_string(length)};
  }
  const int least = repeats(kind) ? length / 2 : 3;
  if (vocabulary < least) {
    return Error{"a task's vocabulary must be at least " + std::to_string(least) +
                 (repeats(kind) ? " tokens, half its length, for a pattern of distinct tokens"
                                : " tokens, two and the separator") +
                 ", got " + std::to_string(vocabulary)};
  }
  SequenceTask task;
  task.kind = kind;
  task.length = length;
  task.vocabulary = vocabulary;
  return task;
}

Result<SequenceTask> textTask(std::string_view text, int length) {
  if (length < 4) {
    return Error{"a task's length must be at least 4 tokens, got " + std::to_string(length)};
  }
  const auto all = characters(text);
  if (!all) return all.error();
  if (static_cast<int>(all->size()) <= length) {
    return Error{"the text must have more characters than the " + std::to_string(length) +
                 " of a window, got " + std::to_string(all->size())};
  }
  SequenceTask task;
  task.kind = TaskKind::kText;
  task.length = length;
  task.alphabet = *all;  // the order of UTF-8's bytes is that of the code points
  std::sort(task.alphabet.begin(), task.alphabet.end());
  task.alphabet.erase(std::unique(task.alphabet.begin(), task.alphabet.end()), task.alphabet.end());
  task.vocabulary = static_cast<int>(task.alphabet.size());
  if (task.vocabulary > kMostCharacters) {
    return Error{"the text must have at most " + std::to_string(kMostCharacters) +
                 " different characters, got " + std::to_string(task.vocabulary)};
  }
  for (const std::string& one : *all) {
    const auto found = std::lower_bound(task.alphabet.begin(), task.alphabet.end(), one);
    task.text.push_back(static_cast<int>(found - task.alphabet.begin()));
  }
  const int tenth = static_cast<int>(task.text.size() / 10);
  if (tenth > length) task.held = tenth;
  return task;
}

std::string tokenName(const SequenceTask& task, int token) {
  if (token == kPadding) return "";
  if (task.kind == TaskKind::kText) return task.alphabet[static_cast<std::size_t>(token)];
  if (!repeats(task.kind) && token == task.vocabulary - 1) return "|";
  if (token < 26) return std::string(1, static_cast<char>('a' + token));
  if (token < 52) return std::string(1, static_cast<char>('A' + token - 26));
  return std::to_string(token);
}

int codePoint(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  int code = lead < 0x80 ? lead : lead < 0xe0 ? lead & 0x1f : lead < 0xf0 ? lead & 0x0f : lead & 7;
  for (std::size_t k = 1; k < character.size(); ++k) {
    code = code << 6 | (static_cast<unsigned char>(character[k]) & 0x3f);
  }
  return code;
}

std::string utf8(int code) {
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;  // bytes after the first
  constexpr int kLeads[] = {0, 0xc0, 0xe0, 0xf0};
  std::string text(1, static_cast<char>(kLeads[more] | code >> 6 * more));
  for (int k = more - 1; k >= 0; --k) text += static_cast<char>(0x80 | (code >> 6 * k & 0x3f));
  return text;
}

int Batch::counted() const {
  return static_cast<int>(std::count_if(counts.begin(), counts.end(), [](char c) { return c; }));
}

void draw(const SequenceTask& task, int count, Random& random, Batch& batch, bool fromHeld) {
  const auto size = static_cast<std::size_t>(count * task.length);
  batch.tokens.count = count;
  batch.tokens.length = task.length;
  batch.tokens.ids.resize(size);
  batch.targets.resize(size);
  batch.counts.resize(size);
  batch.periods.assign(static_cast<std::size_t>(count), 0);
  for (int s = 0; s < count; ++s) {
    Writer out(batch, s);
    if (task.kind == TaskKind::kText) {
      const int all = static_cast<int>(task.text.size());
      const int from = fromHeld ? all - task.held : 0, to = fromHeld ? all : all - task.held;
      const auto windows = static_cast<std::uint32_t>(to - from - task.length);
      const int first = from + static_cast<int>(random.below(windows));
      for (int i = 0; i <= task.length; ++i) {
        out.write(task.text[static_cast<std::size_t>(first + i)], true);
      }
    } else if (repeats(task.kind)) {
      batch.periods[static_cast<std::size_t>(s)] = writeRepeats(task, random, out, batch.symbols);
    } else {
      writeAnswer(task, random, out, batch.symbols);
    }
  }
}

}  // namespace descent
