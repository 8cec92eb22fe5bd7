// What a small transformer learns to continue: sequences as pure functions of random numbers.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "attention/sequences.h"
#include "descent/random.h"
#include "descent/result.h"

namespace descent {

// Each sequence has length + 1 symbols; the model reads all but the last and at each tells the
// next.
//   copy, reverse, sort  n = length/2 random symbols, a separator (the vocabulary's last), and the
//                        symbols again: as they were, backwards, or in order. What follows the
//                        separator counts.
//   repeat               a pattern of distinct tokens, as long as half the sequence, over and over
//   induction            the same with a period drawn anew for each sequence from [length/4,
//                        length/2]: where it repeats a token, what followed that token before
//                        follows again. What a repeated token is followed by counts.
//   text                 windows of a text, character by character. Every place counts.
enum class TaskKind { kCopy, kReverse, kSort, kRepeat, kInduction, kText };
inline constexpr std::initializer_list<const char*> kTasks = {"copy",   "reverse",   "sort",
                                                              "repeat", "induction", "text"};

struct SequenceTask {
  TaskKind kind = TaskKind::kInduction;
  int length = 32;
  int vocabulary = 16;
  // Of a text: its characters in order of their code points, each as UTF-8, and the text as places
  // in that list. The last tenth, if longer than a window, is held out.
  std::vector<std::string> alphabet;
  std::vector<int> text;
  int held = 0;  // characters at the end that are held out
};

inline constexpr int kMostCharacters = 128;  // that a text may have different ones of

// Errors name what does not fit: too short, too few tokens for a pattern of distinct ones.
Result<SequenceTask> makeTask(TaskKind kind, int length, int vocabulary);
// The vocabulary is the text's characters. Errors: not longer than a window, not UTF-8 (overlong
// forms, surrogates and what lies above U+10FFFF are none), more than kMostCharacters different
// ones.
Result<SequenceTask> textTask(std::string_view text, int length);

// A token as it is written: a letter (a … z, A … Z, then numbers), "|" for the separator, or a
// character of the text.
std::string tokenName(const SequenceTask& task, int token);

// Of a single character of UTF-8, and that character again.
int codePoint(std::string_view character);
std::string utf8(int codePoint);

struct Batch {
  Tokens tokens;
  std::vector<int> targets;  // count · length: the token that follows
  std::vector<char> counts;  // of each whether it counts
  std::vector<int> periods;  // of each sequence that repeats; 0 for others

  int counted() const;

  std::vector<int> symbols;  // working memory
};

// `count` sequences, which nothing but the random numbers decides. Memory is kept. fromHeld draws
// windows of a text from what is held out.
void draw(const SequenceTask& task, int count, Random& random, Batch& batch, bool fromHeld = false);

}  // namespace descent
