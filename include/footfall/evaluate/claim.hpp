// SPDX-License-Identifier: MIT
// A published figure held against a computed one: what may be said about it, in one of five words.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/figure.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

enum class verdict : unsigned char {
  reproduced,    ///< equal to the published figure in every published digit
  within_noise,  ///< different, and the published figure lies in the interval of the computed one
  bounded,       ///< only limits can be given, and the published figure lies within them
  contradicted,  ///< the published figure lies outside
  not_derivable  ///< the data cannot say
};

constexpr std::string_view name_of(verdict v) noexcept {
  switch (v) {
    case verdict::reproduced: return "reproduced";
    case verdict::within_noise: return "within_noise";
    case verdict::bounded: return "bounded";
    case verdict::contradicted: return "contradicted";
    case verdict::not_derivable: break;
  }
  return "not_derivable";
}

/// A figure as somebody published it.
struct claim {
  std::string name;  ///< e.g. `top-decile lift`
  double published = 0;
  int decimals = 2;  ///< digits behind the point that were published, in [-15, 15]; -3 for a figure in thousands

  footfall::figure figure() const noexcept { return {published, decimals}; }
  bool operator==(const claim&) const = default;
};

/// A claim, what was computed in its place, and the verdict with its reason in a sentence.
struct audited_claim {
  footfall::claim claim;
  double computed = 0;
  interval range;
  footfall::verdict verdict = verdict::not_derivable;
  std::string reason;

  bool operator==(const audited_claim&) const = default;
};

/// What somebody printed, under a name.
inline claim claim_of(std::string name, const figure& published) {
  return {std::move(name), published.value, published.decimals};
}

namespace detail {

inline void require_claim(const claim& published) {
  require(published.decimals >= -15 && published.decimals <= 15, error_code::bad_option, "audit",
          "decimals must be in [-15, 15], got ", published.decimals);
  require(!std::isnan(published.published), error_code::missing_value, "audit", "the published figure is missing");
}

inline void require_rising(const interval& range) {
  require(range.low <= range.high, error_code::bad_value, "audit", "the interval must rise, got ", range.low, " to ",
          range.high);
}

/// So many digits more than were published, without zeros at the end.
inline std::string in_digits_of(const claim& published, double value, int more) {
  char digits[400];
  const int precision = std::max(0, published.decimals + (published.decimals < 0 ? 0 : more));
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, precision).ptr;
  std::string out(digits, end);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out;
}
/// Two more are enough to see that a figure rounds to the published one.
inline std::string in_digits_of(const claim& published, double value) { return in_digits_of(published, value, 2); }

/// A limit in the published digits; one or two more where it would be written like the published figure.
inline std::string limit_beside(const claim& published, double limit) {
  const std::string own = in_digits_of(published, published.published);
  int more = 0;
  while (more < 2 && in_digits_of(published, limit, more) == own) ++more;
  return in_digits_of(published, limit, more);
}

inline std::string as_text(const claim& published, const interval& limits) {
  return text('[', limit_beside(published, limits.low), ", ", limit_beside(published, limits.high), ']');
}

}  // namespace detail

/// Holds a claim against a computed value and the interval it lies in. A value of NaN is not derivable.
/// Throws bad_option for decimals out of range, missing_value for a published NaN, bad_value for an interval that does not
/// rise.
inline audited_claim audit(const claim& published, double computed, const interval& range) {
  detail::require_claim(published);
  const std::string own = detail::in_digits_of(published, published.published);
  audited_claim result{published, computed, range, verdict::not_derivable, "the data cannot say"};
  if (std::isnan(computed)) return result;
  detail::require_rising(range);
  if (published.figure().covers().contains(computed)) {
    result.verdict = verdict::reproduced;
    result.reason = text("computed ", detail::in_digits_of(published, computed), " rounds to the published ", own);
  } else if (range.contains(published.published)) {
    result.verdict = verdict::within_noise;
    result.reason = text("published ", own, " lies in ", detail::as_text(published, range));
  } else {
    result.verdict = verdict::contradicted;
    result.reason = text("published ", own, " lies outside ", detail::as_text(published, range));
  }
  return result;
}

/// Holds a claim against limits that any ranking, or any data, must respect: it is bounded if a value that it stands for
/// lies within them. Throws as above.
inline audited_claim audit(const claim& published, const interval& limits) {
  detail::require_claim(published);
  detail::require_rising(limits);
  const auto covers = published.figure().covers();
  const bool inside = covers.low <= limits.high && limits.low <= covers.high;
  return {published, std::nan(""), limits, inside ? verdict::bounded : verdict::contradicted,
          text("published ", detail::in_digits_of(published, published.published),
               inside ? " lies in " : " lies outside ", detail::as_text(published, limits))};
}

FOOTFALL_END_NAMESPACE
