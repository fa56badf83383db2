// SPDX-License-Identifier: MIT
// What a call throws, as a value that tests can look at.
#pragma once

#include <stdexcept>
#include <string>

#include <footfall/core/error.hpp>

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
