// SPDX-License-Identifier: MIT
// Conditions on columns that say themselves what they ask: `field("pages") >= 1`.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Whether a condition holds in a session; unknown where it asks for a missing value.
enum class truth : unsigned char { no, yes, unknown };

/// A question to every session of a table, with its text. Made of `field`s, numbers, texts, `&&`, `||`, `!` and `implies`.
/// A number or text that is missing makes the answer unknown, unless the rest decides it (`no && unknown` is no).
class condition {
 public:
  using function = std::function<std::vector<truth>(const table&)>;

  condition(std::string text, function answers) : text_(std::move(text)), answers_(std::move(answers)) {}

  /// As it is written, e.g. `bounced == 1 implies pages == 1`: what reports call it.
  const std::string& text() const noexcept { return text_; }
  /// One answer a session. Throws unknown_name, wrong_kind, and unknown_name for a text that is no level of the column.
  std::vector<truth> of(const table& sessions) const { return answers_(sessions); }

 private:
  std::string text_;
  function answers_;
};

/// A column in a condition.
struct field {
  std::string name;
  explicit field(std::string column) : name(std::move(column)) {}
};

namespace detail {

template <class Compare>
condition compare_number(const field& left, std::string_view sign, double right, Compare compare) {
  require(!std::isnan(right), error_code::bad_option, "condition", "field '", left.name,
          "' is compared with NaN, which nothing equals");
  return {text(left.name, " ", sign, " ", right), [name = left.name, right, compare](const table& sessions) {
            std::vector<truth> answers;
            for (const double number : sessions[name].numbers()) {
              answers.push_back(std::isnan(number) ? truth::unknown : compare(number, right) ? truth::yes : truth::no);
            }
            return answers;
          }};
}

template <class Compare>
condition compare_fields(const field& left, std::string_view sign, const field& right, Compare compare) {
  return {text(left.name, " ", sign, " ", right.name),
          [name = left.name, other = right.name, compare](const table& sessions) {
            const auto a = sessions[name].numbers();
            const auto b = sessions[other].numbers();
            std::vector<truth> answers;
            for (std::size_t row = 0; row < a.size(); ++row) {
              answers.push_back(std::isnan(a[row]) || std::isnan(b[row]) ? truth::unknown
                                : compare(a[row], b[row])                ? truth::yes
                                                                         : truth::no);
            }
            return answers;
          }};
}

inline condition compare_level(const field& left, std::string_view sign, std::string_view level, bool equal) {
  return {text(left.name, " ", sign, " '", level, "'"),
          [name = left.name, wanted = std::string(level), equal](const table& sessions) {
            const column& source = sessions[name];
            const auto& levels = source.levels();
            const auto found = std::find(levels.begin(), levels.end(), wanted);
            require(found != levels.end(), error_code::unknown_name, source.who(), "there is no level '", wanted, "'");
            std::vector<truth> answers;
            for (const auto code : source.codes()) {
              answers.push_back(code == column::missing_code                ? truth::unknown
                                : (code == found - levels.begin()) == equal ? truth::yes
                                                                            : truth::no);
            }
            return answers;
          }};
}

template <class Combine>
condition combine(const condition& a, std::string_view word, const condition& b, Combine combine_two) {
  return {text("(", a.text(), ") ", word, " (", b.text(), ")"), [a, b, combine_two](const table& sessions) {
            auto answers = a.of(sessions);
            const auto others = b.of(sessions);
            for (std::size_t row = 0; row < answers.size(); ++row)
              answers[row] = combine_two(answers[row], others[row]);
            return answers;
          }};
}

inline truth either(truth a, truth b) {
  if (a == truth::yes || b == truth::yes) return truth::yes;
  return a == truth::unknown || b == truth::unknown ? truth::unknown : truth::no;
}
inline truth opposite(truth a) { return a == truth::unknown ? a : a == truth::yes ? truth::no : truth::yes; }

}  // namespace detail

inline condition operator<(const field& a, double b) { return detail::compare_number(a, "<", b, std::less<>()); }
inline condition operator<=(const field& a, double b) {
  return detail::compare_number(a, "<=", b, std::less_equal<>());
}
inline condition operator>(const field& a, double b) { return detail::compare_number(a, ">", b, std::greater<>()); }
inline condition operator>=(const field& a, double b) {
  return detail::compare_number(a, ">=", b, std::greater_equal<>());
}
inline condition operator==(const field& a, double b) { return detail::compare_number(a, "==", b, std::equal_to<>()); }
inline condition operator!=(const field& a, double b) {
  return detail::compare_number(a, "!=", b, std::not_equal_to<>());
}

inline condition operator<(const field& a, const field& b) { return detail::compare_fields(a, "<", b, std::less<>()); }
inline condition operator<=(const field& a, const field& b) {
  return detail::compare_fields(a, "<=", b, std::less_equal<>());
}
inline condition operator==(const field& a, const field& b) {
  return detail::compare_fields(a, "==", b, std::equal_to<>());
}

inline condition operator==(const field& a, std::string_view level) {
  return detail::compare_level(a, "==", level, true);
}
inline condition operator!=(const field& a, std::string_view level) {
  return detail::compare_level(a, "!=", level, false);
}

inline condition operator!(const condition& a) {
  return {text("not (", a.text(), ")"), [a](const table& sessions) {
            auto answers = a.of(sessions);
            for (auto& each : answers) each = detail::opposite(each);
            return answers;
          }};
}
inline condition operator||(const condition& a, const condition& b) {
  return detail::combine(a, "or", b, detail::either);
}
inline condition operator&&(const condition& a, const condition& b) {
  return detail::combine(a, "and", b, [](truth x, truth y) {
    return detail::opposite(detail::either(detail::opposite(x), detail::opposite(y)));
  });
}
/// Where `a` holds, `b` holds.
inline condition implies(const condition& a, const condition& b) {
  return detail::combine(a, "implies", b, [](truth x, truth y) { return detail::either(detail::opposite(x), y); });
}

FOOTFALL_END_NAMESPACE
