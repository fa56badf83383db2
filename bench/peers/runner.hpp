// SPDX-License-Identifier: MIT
// What the C++ programs here share: the table of operations, the folder of work loads, the clock and the line of JSON.
// The same as peer_common.py does for the Python runners.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace peers {

inline std::string environment(const char* name, const std::string& otherwise) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

inline std::string data_path(const std::string& name) {
  return environment("PEERS_DATA", "out/peers-data") + "/" + name;
}

/// A line of operations.csv.
struct operation {
  std::string name;
  std::string title;
  std::map<std::string, std::string> settings;

  const std::string& text(const std::string& key) const {
    const auto found = settings.find(key);
    if (found == settings.end()) throw std::runtime_error(name + " has no setting " + key);
    return found->second;
  }
  int number(const std::string& key) const { return std::stoi(text(key)); }
};

/// The line of that name. Columns: operation, workloads, settings, then others, and the title as the last one.
inline operation read_operation(const std::string& name) {
  const std::string path = environment("PEERS_OPERATIONS", "bench/peers/operations.csv");
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with(name + ",")) continue;
    operation result{name, line.substr(line.rfind(',') + 1), {}};
    const std::size_t settings = line.find(',', name.size() + 1) + 1;
    std::istringstream words(line.substr(settings, line.find(',', settings) - settings));
    for (std::string word; words >> word;) {
      const std::size_t equals = word.find('=');
      result.settings[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return result;
  }
  throw std::runtime_error("no operation " + name + " in " + path);
}

inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The seconds of each run.
template <class Work>
std::vector<double> timed(int repeats, Work&& work) {
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) {
    const double start = now();
    work();
    seconds.push_back(now() - start);
  }
  return seconds;
}

inline double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

inline double minimum(const std::vector<double>& values) { return *std::min_element(values.begin(), values.end()); }

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

inline double peak_memory_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// One flat object of JSON, written on a line of its own.
class json_line {
 public:
  json_line& add(const std::string& key, double value) { return add_raw(key, number(value)); }
  json_line& add(const std::string& key, const std::string& value) { return add_raw(key, '"' + value + '"'); }
  json_line& add(const std::string& key, const std::vector<double>& values) {
    std::string list;
    for (const double value : values) list += (list.empty() ? "" : ", ") + number(value);
    return add_raw(key, '[' + list + ']');
  }
  json_line& add(const std::string& key, const std::vector<std::pair<std::string, double>>& values) {
    json_line object;
    for (const auto& [name, value] : values) object.add(name, value);
    return add_raw(key, object.text());
  }

  std::string text() const { return '{' + fields_ + '}'; }
  void print() const { std::cout << text() << std::endl; }

 private:
  static std::string number(double value) {
    if (!std::isfinite(value)) return "null";
    std::ostringstream text;
    text.precision(10);
    text << value;
    return text.str();
  }
  json_line& add_raw(const std::string& key, const std::string& value) {
    fields_ += (fields_.empty() ? "\"" : ", \"") + key + "\": " + value;
    return *this;
  }

  std::string fields_;
};

}  // namespace peers
