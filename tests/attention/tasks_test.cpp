#include "attention/tasks.h"

#include <algorithm>
#include <set>

#include "support/catch.h"

using namespace descent;

namespace {

SequenceTask task(TaskKind kind, int length = 32, int vocabulary = 16) {
  const auto made = makeTask(kind, length, vocabulary);
  REQUIRE(made);
  return *made;
}

Batch drawn(const SequenceTask& task, int count, std::uint64_t seed = 1) {
  Random random(seed);
  Batch batch;
  draw(task, count, random, batch);
  return batch;
}

// The whole sequence: what is read and the last token told.
std::vector<int> symbols(const Batch& batch, int sequence) {
  std::vector<int> all;
  const int n = batch.tokens.length;
  for (int t = 0; t < n; ++t) all.push_back(batch.tokens(sequence, t));
  all.push_back(batch.targets[static_cast<std::size_t>(sequence * n + n - 1)]);
  return all;
}

std::string message(const Result<SequenceTask>& result) {
  REQUIRE_FALSE(result);
  return result.error().message;
}

const TaskKind kDrawn[] = {TaskKind::kCopy, TaskKind::kReverse, TaskKind::kSort, TaskKind::kRepeat,
                           TaskKind::kInduction};

}  // namespace

TEST_CASE("Each target is the token that follows", "[tasks]") {
  for (const TaskKind kind : kDrawn) {
    for (const int length : {4, 7, 32}) {
      const Batch batch = drawn(task(kind, length), 5);
      for (int s = 0; s < 5; ++s) {
        const auto all = symbols(batch, s);
        for (int t = 0; t < length; ++t) {
          const int target = batch.targets[static_cast<std::size_t>(s * length + t)];
          CHECK(target == all[static_cast<std::size_t>(t) + 1]);
          CHECK((target >= 0 && target < 16));
        }
      }
    }
  }
}

TEST_CASE("Copy, reverse and sort repeat the symbols after a separator", "[tasks]") {
  for (const TaskKind kind : {TaskKind::kCopy, TaskKind::kReverse, TaskKind::kSort}) {
    for (const int length : {8, 9}) {
      const Batch batch = drawn(task(kind, length), 5);
      CHECK(batch.counted() == 5 * 4);
      for (int s = 0; s < 5; ++s) {
        const auto all = symbols(batch, s);
        std::vector<int> question(all.begin(), all.begin() + 4);
        const std::vector<int> answer(all.begin() + 5, all.begin() + 9);
        CHECK(all[4] == 15);
        CHECK(*std::max_element(question.begin(), question.end()) < 15);
        if (kind == TaskKind::kReverse) std::reverse(question.begin(), question.end());
        if (kind == TaskKind::kSort) std::sort(question.begin(), question.end());
        CHECK(answer == question);
        for (int t = 0; t < length; ++t) {
          CHECK(static_cast<bool>(batch.counts[static_cast<std::size_t>(s * length + t)]) ==
                (t >= 4 && t < 8));
        }
      }
    }
  }
}

TEST_CASE("Induction repeats a pattern of distinct tokens with a period of its own", "[tasks]") {
  const Batch batch = drawn(task(TaskKind::kInduction), 200);
  std::set<int> periods;
  for (int s = 0; s < 200; ++s) {
    const int period = batch.periods[static_cast<std::size_t>(s)];
    periods.insert(period);
    const auto all = symbols(batch, s);
    CHECK(std::set<int>(all.begin(), all.begin() + period).size() ==
          static_cast<std::size_t>(period));
    for (std::size_t i = static_cast<std::size_t>(period); i < all.size(); ++i) {
      CHECK(all[i] == all[i - static_cast<std::size_t>(period)]);
    }
    // What counts can be told: the token that is read stood before.
    for (int t = 0; t < 32; ++t) {
      CHECK(static_cast<bool>(batch.counts[static_cast<std::size_t>(s * 32 + t)]) == (t >= period));
    }
  }
  CHECK(periods == std::set<int>{8, 9, 10, 11, 12, 13, 14, 15, 16});
  const Batch fixed = drawn(task(TaskKind::kRepeat), 20);
  CHECK(std::set<int>(fixed.periods.begin(), fixed.periods.end()) == std::set<int>{16});
}

TEST_CASE("The same random numbers draw the same sequences, others do not", "[tasks]") {
  for (const TaskKind kind : kDrawn) {
    CHECK(drawn(task(kind), 4).tokens.ids == drawn(task(kind), 4).tokens.ids);
    CHECK(drawn(task(kind), 4).tokens.ids != drawn(task(kind), 4, 2).tokens.ids);
  }
}

TEST_CASE("A text becomes windows of its characters", "[tasks]") {
  const auto made = textTask("abc äöü abc äöü", 5);
  REQUIRE(made);
  CHECK(made->alphabet == std::vector<std::string>{" ", "a", "b", "c", "ä", "ö", "ü"});
  CHECK(made->vocabulary == 7);
  CHECK(made->text.size() == 15);
  CHECK(made->held == 0);
  CHECK(tokenName(*made, 4) == "ä");
  const Batch batch = drawn(*made, 50);
  CHECK(batch.counted() == 50 * 5);
  for (int s = 0; s < 50; ++s) {
    const auto all = symbols(batch, s);
    CHECK(std::search(made->text.begin(), made->text.end(), all.begin(), all.end()) !=
          made->text.end());
  }
}

TEST_CASE("The last tenth of a long text is held out", "[tasks]") {
  std::string text(90, 'a');
  text += std::string(10, 'b');
  const auto made = textTask(text, 6);
  REQUIRE(made);
  CHECK(made->held == 10);
  const Batch seen = drawn(*made, 40);
  CHECK(std::set<int>(seen.targets.begin(), seen.targets.end()) == std::set<int>{0});
  Random random(1);
  Batch held;
  draw(*made, 40, random, held, true);
  CHECK(std::set<int>(held.targets.begin(), held.targets.end()) == std::set<int>{1});
}

TEST_CASE("Tokens have names", "[tasks]") {
  const SequenceTask copy = task(TaskKind::kCopy), pattern = task(TaskKind::kInduction, 32, 60);
  CHECK(tokenName(copy, 0) == "a");
  CHECK(tokenName(copy, 15) == "|");
  CHECK(tokenName(pattern, 15) == "p");
  CHECK(tokenName(pattern, 27) == "B");
  CHECK(tokenName(pattern, 59) == "59");
}

TEST_CASE("A character's code point is that character again", "[tasks]") {
  for (const int code :
       {0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}) {
    CHECK(codePoint(utf8(code)) == code);
    CHECK(textTask(utf8(code) + "abcd", 4));
  }
  CHECK(utf8(0xe4) == "ä");
  CHECK(utf8(0x1f600) == "😀");
}

TEST_CASE("Tasks that cannot be are named", "[tasks]") {
  CHECK(message(makeTask(TaskKind::kCopy, 3, 16)) ==
        "a task's length must be at least 4 tokens, got 3");
  CHECK(message(makeTask(TaskKind::kSort, 8, 2)) ==
        "a task's vocabulary must be at least 3 tokens, two and the separator, got 2");
  CHECK(message(makeTask(TaskKind::kInduction, 32, 15)) ==
        "a task's vocabulary must be at least 16 tokens, half its length, for a pattern of "
        "distinct tokens, got 15");
  CHECK(message(textTask("abcd", 4)) ==
        "the text must have more characters than the 4 of a window, got 4");
  for (const auto& [bytes, fault] : {std::pair<std::string, std::string>{"\xff", "no character"},
                                     {"\x80", "no character"},
                                     {"\xe2\x82", "no character"},
                                     {"\xc1\x81", "an overlong form"},
                                     {"\xe0\x9f\xbf", "an overlong form"},
                                     {"\xf0\x8f\xbf\xbf", "an overlong form"},
                                     {"\xed\xa0\x80", "a surrogate"},
                                     {"\xed\xbf\xbf", "a surrogate"},
                                     {"\xf4\x90\x80\x80", "a code point above U+10FFFF"}}) {
    CHECK(message(textTask("abc" + bytes, 4)) ==
          "the text must be UTF-8, got " + fault + " at byte 4");
  }
  std::string many;
  for (int i = 0; i < 129; ++i) {
    many += static_cast<char>(0xc4 + i / 64);
    many += static_cast<char>(0x80 + i % 64);
  }
  CHECK(message(textTask(many, 4)) ==
        "the text must have at most 128 different characters, got 129");
}
