// SPDX-License-Identifier: MIT
// The command line of the studies: `--name value` pairs, and the same endings for every program.
#pragma once

#include <charconv>
#include <exception>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// A command line that does not say what the program can do.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class arguments {
 public:
  /// Takes `--name value` for the known names, each at most once. Throws usage_error for anything else.
  arguments(const std::vector<std::string>& words, const std::vector<std::string>& known) {
    for (std::size_t i = 0; i < words.size(); i += 2) {
      const std::string& word = words[i];
      bool is_known = false;
      for (const auto& name : known) is_known = is_known || word == "--" + name;
      if (!is_known) throw usage_error("unknown option '" + word + "'");
      if (i + 1 == words.size()) throw usage_error("option '" + word + "' needs a value");
      if (!values_.emplace(word.substr(2), words[i + 1]).second)
        throw usage_error("option '" + word + "' is there twice");
    }
  }

  std::string text(const std::string& name, const std::string& otherwise) const {
    const auto found = values_.find(name);
    return found == values_.end() ? otherwise : found->second;
  }

  /// A whole number that fits `Integer`. Throws usage_error for anything else.
  template <class Integer>
  Integer whole(const std::string& name, Integer otherwise) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return otherwise;
    const std::string& digits = found->second;
    Integer value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc{} || end != digits.data() + digits.size()) {
      throw usage_error("option '--" + name + "' needs a whole number, got '" + digits + "'");
    }
    return value;
  }

 private:
  std::map<std::string, std::string> values_;
};

/// Runs `program(arguments)` and returns the exit status: 0, 1 when the program failed, 2 when it was not understood.
template <class Program>
int run_program(int count, char** words, const char* usage, const std::vector<std::string>& known, Program program) {
  try {
    const std::vector<std::string> given(words + (count > 0 ? 1 : 0), words + count);
    if (given.size() == 1 && (given[0] == "--help" || given[0] == "-h")) {
      std::cout << usage;
      return 0;
    }
    program(arguments(given, known));
    return 0;
  } catch (const usage_error& wrong) {
    std::cerr << wrong.what() << '\n' << usage;
    return 2;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
