// SPDX-License-Identifier: MIT
// What a call throws: as one text to compare with, code and message together, or as a value to look at.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <footfall/core/error.hpp>

inline std::string name_of(footfall::error_code code) {
  using footfall::error_code;
  switch (code) {
    case error_code::bad_option: return "bad_option";
    case error_code::wrong_shape: return "wrong_shape";
    case error_code::bad_value: return "bad_value";
    case error_code::missing_value: return "missing_value";
    case error_code::not_finite: return "not_finite";
    case error_code::one_class: return "one_class";
    case error_code::unknown_name: return "unknown_name";
    case error_code::wrong_kind: return "wrong_kind";
    case error_code::unseen_level: return "unseen_level";
    case error_code::bad_text: return "bad_text";
    case error_code::file: return "file";
    case error_code::limit: return "limit";
    case error_code::bad_parts: return "bad_parts";
    case error_code::cancelled: return "cancelled";
  }
  return "unknown";
}

/// `CODE: MESSAGE` of the footfall error that `f` throws, empty when it throws nothing. Other exceptions pass.
template <class F>
std::string thrown_by(F&& f) {
  try {
    (void)std::forward<F>(f)();
  } catch (const footfall::error& e) {
    return name_of(e.code()) + ": " + e.what();
  }
  return "";
}

/// The code alone, empty when nothing is thrown.
template <class F>
std::string code_thrown_by(F&& f) {
  const std::string all = thrown_by(std::forward<F>(f));
  return all.substr(0, all.find(':'));
}

namespace footfall_tests {

struct failure {
  footfall::error_code code;
  std::string message;

  bool names(const std::string& text) const { return message.find(text) != std::string::npos; }
};

/// The footfall error that `f()` throws. Anything else, or nothing, ends the test.
template <class F>
failure failure_of(F&& f) {
  try {
    f();
  } catch (const footfall::error& caught) {
    return {caught.code(), caught.what()};
  }
  throw std::logic_error("an error was expected and none was thrown");
}

}  // namespace footfall_tests
