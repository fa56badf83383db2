// SPDX-License-Identifier: MIT
// A published table of segments held against its totals: what the segment that was left out must be, and what cannot be.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/claim.hpp>
#include <footfall/evaluate/figure.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What was published of one segment. Figures that were not stay as they are.
struct published_segment {
  std::string name;
  std::int64_t sessions = 0;  ///< 0 where it was not published
  figure rate{};              ///< share of its sessions that convert
  figure step_rate{};  ///< share of its sessions that reach a step which every conversion passes, e.g. the checkout
  figure revenue_per_session{};  ///< in the shop's currency

  bool operator==(const published_segment&) const = default;
};

/// What was published of a segmentation. At most one segment may lack its sessions: it is what the others leave.
struct published_segments {
  std::int64_t sessions = 0;  ///< of all segments together, at least 1
  figure base_rate{};         ///< share of all sessions that convert
  std::vector<published_segment> segments{};

  bool operator==(const published_segments&) const = default;
};

/// What the figures imply of one segment.
struct implied_segment {
  std::string name;
  std::int64_t sessions = 0;
  count_range conversions;
  interval rate{0, 1, 1};                  ///< conversions / sessions
  interval order_value;                    ///< revenue / conversions; NaN where no revenue was published
  std::int64_t conversions_past_step = 0;  ///< conversions that cannot have passed the step, at least

  bool operator==(const implied_segment& other) const noexcept {
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    return name == other.name && sessions == other.sessions && conversions == other.conversions && rate == other.rate &&
           same(order_value.low, other.order_value.low) && same(order_value.high, other.order_value.high) &&
           conversions_past_step == other.conversions_past_step;
  }
};

struct audited_segments {
  count_range conversions;  ///< of all sessions
  std::vector<implied_segment> segments;
  std::vector<audited_claim> claims;

  bool operator==(const audited_segments&) const = default;
};

namespace detail {

inline void require_segments(const published_segments& published) {
  const auto who = "audit";
  const auto require_share = [&](const figure& each, const std::string& what) {
    require(!each.given() || (each.value >= 0 && each.value <= 1), error_code::bad_value, who, what,
            " must be in [0, 1], got ", each.value);
  };
  require(published.sessions >= 1, error_code::bad_option, who, "sessions must be at least 1, got ",
          published.sessions);
  require_share(published.base_rate, "the base rate");
  int without = 0;
  for (const auto& each : published.segments) {
    require(each.sessions >= 0, error_code::bad_value, who, "segment '", each.name,
            "': sessions must be at least 0, got ", each.sessions);
    without += each.sessions == 0;
    require_share(each.rate, text("segment '", each.name, "': the rate"));
    require_share(each.step_rate, text("segment '", each.name, "': the rate of the step"));
    require(!each.revenue_per_session.given() || each.revenue_per_session.value >= 0, error_code::bad_value, who,
            "segment '", each.name, "': revenue must be at least 0, got ", each.revenue_per_session.value);
  }
  require(without <= 1, error_code::bad_option, who, "at most one segment may lack its sessions, got ", without);
}

inline count_range within(const figure& share, std::int64_t sessions) {
  const count_range all{0, sessions};
  return share.given() && sessions > 0 ? all & counts_behind(share, static_cast<double>(sessions)) : all;
}

}  // namespace detail

/// Works out the whole numbers behind a table of segments: sessions of the one that was left out, conversions of each, the
/// value of an order, and conversions that cannot have passed a step that all must pass. Claims: that the segments sum to
/// all sessions and to all conversions, each rate given the others, and for each step that conversions pass it.
/// Throws bad_option or bad_value for figures that make no sense by themselves.
inline audited_segments audit(const published_segments& published) {
  detail::require_segments(published);
  audited_segments result;
  result.conversions = detail::within(published.base_rate, published.sessions);
  std::int64_t left = published.sessions;
  for (const auto& each : published.segments) left -= each.sessions;
  const bool all_given = std::none_of(published.segments.begin(), published.segments.end(),
                                      [](const auto& each) { return each.sessions == 0; });

  for (const auto& each : published.segments) {
    implied_segment implied;
    implied.name = each.name;
    implied.sessions = each.sessions > 0 ? each.sessions : std::max<std::int64_t>(0, left);
    implied.conversions = detail::within(each.rate, implied.sessions);
    result.segments.push_back(implied);
  }
  // Conversions of one segment: all of them less those of the others. Each narrows the next until nothing moves.
  const auto of_the_others = [&](std::size_t which) {
    count_range sum{0, 0};
    for (std::size_t i = 0; i < result.segments.size(); ++i) {
      if (i == which) continue;
      sum.low += result.segments[i].conversions.low;
      sum.high += result.segments[i].conversions.high;
    }
    return sum;
  };
  const std::size_t count = result.segments.size();
  const bool covers_all = left == 0 || !all_given;
  std::vector<count_range> given_the_others(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto others = of_the_others(i);
    given_the_others[i] = count_range{0, result.segments[i].sessions};
    if (covers_all) {
      given_the_others[i] =
          given_the_others[i] & count_range{result.conversions.low - others.high, result.conversions.high - others.low};
    }
  }

  const double none = std::nan("");
  const auto add = [&](audited_claim each) { result.claims.push_back(std::move(each)); };
  if (all_given) {
    const double sum = static_cast<double>(published.sessions - left);
    add(audit(claim{"sessions of all segments", static_cast<double>(published.sessions), 0}, {sum, sum, 1}));
  } else if (left < 0) {
    add({claim{"sessions of all segments", static_cast<double>(published.sessions), 0},
         none,
         {none, none, 1},
         verdict::contradicted,
         text("the published segments alone have ", published.sessions - left)});
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto& each = published.segments[i];
    auto& implied = result.segments[i];
    const auto size = static_cast<double>(implied.sessions);
    if (each.rate.given() && implied.sessions > 0) {
      const auto claimed = claim_of(text(each.name, ": rate, given the others"), each.rate);
      const auto& range = given_the_others[i];
      if (range.empty()) {
        add({claimed, none, {none, none, 1}, verdict::not_derivable, "the other figures already exclude each other"});
      } else {
        add(audit(claimed, {static_cast<double>(range.low) / size, static_cast<double>(range.high) / size, 1}));
      }
    }
    implied.conversions = implied.conversions & given_the_others[i];
    implied.rate = implied.conversions.empty() || implied.sessions == 0
                       ? interval{none, none, 1}
                       : interval{static_cast<double>(implied.conversions.low) / size,
                                  static_cast<double>(implied.conversions.high) / size, 1};
    implied.order_value = {none, none, 1};
    if (each.revenue_per_session.given() && implied.conversions.low > 0 && !implied.conversions.empty()) {
      const auto revenue = each.revenue_per_session.covers();
      implied.order_value = {revenue.low * size / static_cast<double>(implied.conversions.high),
                             revenue.high * size / static_cast<double>(implied.conversions.low), 1};
    }
    if (each.step_rate.given() && implied.sessions > 0) {
      const auto at_step = detail::within(each.step_rate, implied.sessions);
      implied.conversions_past_step = std::max<std::int64_t>(0, implied.conversions.low - at_step.high);
      auto claimed = claim_of(text(each.name, ": share that reaches the step of every conversion"), each.step_rate);
      auto audited = audit(claimed, {implied.conversions.empty() ? 0 : implied.rate.low, 1, 1});
      if (implied.conversions_past_step > 0) {
        audited.reason = text("at most ", at_step.high, " sessions reach it, yet at least ", implied.conversions.low,
                              " convert: ", implied.conversions_past_step, " or more without it");
      }
      add(std::move(audited));
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
