// Numbers as text and back, the same with every C library.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace descent {

// The shortest decimal text that reads back as the same double; "nan", "inf", "-inf" otherwise.
std::string print(double value);

// For sentences: rounded to so many significant digits.
std::string printShort(double value, int digits = 3);

// "1 row", "2 rows"; `things` where an s is not enough.
std::string counted(long long n, std::string_view thing, std::string_view things = "");

// A whole text as a decimal number; empty where it is none. "inf", "nan" and hexadecimal are none.
std::optional<double> parseNumber(std::string_view text);

// Without the blanks at its ends, Unicode's and a byte order mark among them.
std::string_view trim(std::string_view text);
// Bytes of the blank that begins at `at`; 0 where none does.
std::size_t blankAt(std::string_view text, std::size_t at);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "column 3: ", counted in characters, of the byte at `at`.
std::string columnAt(std::string_view text, std::size_t at);

// What a message shows of a text that came from outside: so many characters at most, never part of
// one, with "…" for the rest, and what cannot be seen by its number, as <U+200B>.
std::string excerpt(std::string_view text, std::size_t most = 60);

// The candidate nearest to a mistyped word, "" if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
// "unknown lab 'rase'; did you mean race? known: …", where `what` is "unknown lab".
std::string notAmong(const std::vector<std::string>& known, std::string_view word,
                     const std::string& what);

}  // namespace descent
