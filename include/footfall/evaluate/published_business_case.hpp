// SPDX-License-Identifier: MIT
// A published business case held against its own inputs.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/claim.hpp>
#include <footfall/evaluate/figure.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What was published of a business case. Figures that were not stay as they are.
struct published_business_case {
  std::int64_t judged = 0;       ///< sessions that the audience was cut from
  std::int64_t named = 0;        ///< sessions that the text names as its sample; 0 if it names none
  std::int64_t conversions = 0;  ///< counted in the audience
  double effect = std::numeric_limits<double>::quiet_NaN();  ///< relative, as assumed: 0.12 is 12 % more
  figure order_value{};
  figure extra_orders{};
  figure extra_revenue{};      ///< of the judged sessions
  std::int64_t scaled_to = 0;  ///< sessions that the revenue was scaled to; 0 if it was not
  figure scaled_revenue{};
};

/// Works the published inputs out: extra orders = conversions x effect, revenue with and without rounding the orders as
/// published, and the same times scaled_to / judged. Where the scaled revenue does not fit but would for another base,
/// the reason names it. Throws bad_option for inputs that are missing or out of range.
inline std::vector<audited_claim> audit(const published_business_case& published) {
  const auto who = "audit";
  require(published.judged >= 1, error_code::bad_option, who, "judged sessions must be at least 1, got ",
          published.judged);
  require(published.conversions >= 0 && published.conversions <= published.judged, error_code::bad_option, who,
          "conversions must be in [0, ", published.judged, "], got ", published.conversions);
  require(std::isfinite(published.effect), error_code::bad_option, who, "the effect must be stated");
  require(published.named >= 0 && published.scaled_to >= 0, error_code::bad_option, who,
          "sessions must be at least 0, got ", std::min(published.named, published.scaled_to));
  std::vector<audited_claim> claims;

  const double extra = static_cast<double>(published.conversions) * published.effect;
  if (published.extra_orders.given()) {
    claims.push_back(audit(claim_of("Extra orders", published.extra_orders), extra, {extra, extra, 1}));
  }
  if (!published.order_value.given()) return claims;
  const auto value = published.order_value.covers();
  const double rounded = published.extra_orders.given() ? published.extra_orders.value : extra;
  const interval revenue{std::min(extra, rounded) * value.low, std::max(extra, rounded) * value.high, 1};
  if (published.extra_revenue.given()) {
    claims.push_back(audit(claim_of("Extra revenue", published.extra_revenue), revenue));
  }
  if (!published.scaled_revenue.given() || published.scaled_to == 0) return claims;
  const auto factor_from = [&](std::int64_t base) {
    return static_cast<double>(published.scaled_to) / static_cast<double>(base);
  };
  const double factor = factor_from(published.judged);
  auto scaled = audit(claim_of("Extra revenue, scaled", published.scaled_revenue),
                      {revenue.low * factor, revenue.high * factor, 1});
  if (scaled.verdict == verdict::contradicted && published.named > 0) {
    const auto covers = published.scaled_revenue.covers();
    const double other = factor_from(published.named);
    if (covers.low <= revenue.high * other && revenue.low * other <= covers.high) {
      scaled.reason += text(": it fits a factor of ", published.scaled_to, " / ", published.named, " = ", other,
                            ", but the orders are those of ", published.judged, " sessions, a factor of ", factor);
    }
  }
  claims.push_back(std::move(scaled));
  return claims;
}

FOOTFALL_END_NAMESPACE
