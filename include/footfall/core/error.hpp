// SPDX-License-Identifier: MIT
// What goes wrong: one exception type, a code to branch on, and a message that says who, what and the value.
#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

enum class error_code {
  bad_option,     ///< an option of a recipe is out of its range
  wrong_shape,    ///< rows, columns or lengths that do not fit together, or nothing at all
  bad_value,      ///< a value outside what the operation takes (a label of 2, a negative weight)
  missing_value,  ///< NaN or an empty field where a value is needed
  not_finite,     ///< infinity
  one_class,      ///< labels of one class only, where both are needed
  unknown_name,   ///< no column, level or step of that name
  wrong_kind,     ///< a categorical column where numbers are needed, or the other way round
  unseen_level,   ///< a level that was not there when the step was fitted
  bad_text,       ///< text that does not parse
  file,           ///< a file that cannot be opened, read or written
  limit,          ///< more than the implementation can hold
  bad_parts,      ///< parts that do not make a valid fitted value
  cancelled       ///< the progress observer asked to stop
};

/// The one exception that footfall throws itself. `what()` reads `who: what, got value`.
class error : public std::runtime_error {
 public:
  error(error_code code, const std::string& message) : std::runtime_error(message), code_(code) {}
  error_code code() const noexcept { return code_; }

 private:
  error_code code_;
};

namespace detail {

inline void append(std::string& out, std::string_view text) { out += text; }
inline void append(std::string& out, char character) { out += character; }

template <class Number>
  requires std::is_arithmetic_v<Number>
void append(std::string& out, Number value) {
  if constexpr (std::is_same_v<Number, bool>) {
    out += value ? "true" : "false";
  } else {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
  }
}

}  // namespace detail

/// Texts and numbers in a row as one string; numbers in their shortest form that reads back to the same value.
template <class... Parts>
std::string text(const Parts&... parts) {
  std::string out;
  (detail::append(out, parts), ...);
  return out;
}

/// Throws `error{code, "who: parts..."}`. Not inlined: callers stay small.
template <class... Parts>
[[noreturn, gnu::noinline, gnu::cold]] void fail(error_code code, std::string_view who, const Parts&... parts) {
  throw error(code, text(who, ": ", parts...));
}

/// `fail(code, who, parts...)` unless `condition` holds.
template <class... Parts>
void require(bool condition, error_code code, std::string_view who, const Parts&... parts) {
  if (!condition) fail(code, who, parts...);
}

FOOTFALL_END_NAMESPACE
