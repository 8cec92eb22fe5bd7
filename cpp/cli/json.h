// Descriptions as JSON, by their fields.
#pragma once

#include <nlohmann/json.hpp>

#include "descent/describe.h"

namespace descent::cli {

using Json = nlohmann::ordered_json;

inline Json toJson(double value) { return value; }
inline Json toJson(int value) { return value; }
inline Json toJson(bool value) { return value; }
inline Json toJson(const std::string& value) { return value; }
inline Json toJson(const Cell& cell) {
  return std::visit([](const auto& value) { return toJson(value); }, cell);
}
template <class T>
Json toJson(const std::vector<T>& items);
template <class T>
Json toJson(const T& described) {
  Json object = Json::object();
  fields(described, [&object](const char* key, const auto& value) { object[key] = toJson(value); });
  return object;
}
template <class T>
Json toJson(const std::vector<T>& items) {
  Json array = Json::array();
  for (const T& item : items) array.push_back(toJson(item));
  return array;
}

}  // namespace descent::cli
