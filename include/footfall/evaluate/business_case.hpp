// SPDX-License-Identifier: MIT
// What an offer to the best-scored sessions would bring and cost, with every input in sight.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/power.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Goes with every business case: what a score cannot say.
inline constexpr std::string_view propensity_is_not_uplift =
    "A score says who is likely to buy, not whom an offer moves: many of the best-scored sessions would buy without "
    "it. Only "
    "a test that withholds the offer from some of them by chance measures its effect.";

/// A number that was not counted but believed: the value, and the limits that it is believed to lie in with 95 %
/// confidence. Without limits it is taken as certain.
struct assumption {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();

  bool certain() const noexcept { return std::isnan(low) && std::isnan(high); }
};

/// What is offered, and what it is worth. Nothing has a default: each must be stated, with 0 where there is no such cost.
struct offer {
  static constexpr double not_stated = std::numeric_limits<double>::quiet_NaN();

  assumption effect{};               ///< relative change of conversions by the offer: 0.12 is 12 % more; above -1
  assumption order_value{};          ///< of one order, in the shop's currency, above 0
  double margin = not_stated;        ///< share of the order value left after the cost of the goods, in (0, 1]
  double discount = not_stated;      ///< share of the order value given away with a redeemed offer, in [0, 1]
  double redeemed = not_stated;      ///< share of the conversions in the audience that redeem it, in [0, 1]; those who
                                     ///< would have bought anyway redeem it too
  double contact_cost = not_stated;  ///< for each session reached, in the shop's currency, at least 0
};

/// An audience that was counted, an offer to it, and the sessions that the result is scaled to.
struct business_case {
  std::int64_t judged = 0;       ///< sessions that the audience was cut from: the base of the scale factor
  std::int64_t reached = 0;      ///< sessions of these that would get the offer
  std::int64_t conversions = 0;  ///< of the sessions reached, counted without an offer
  footfall::offer offer{};
  std::int64_t scaled_to = 0;  ///< sessions that the amounts are scaled to, e.g. those of a month; `judged` for none
  double power = 0.8;          ///< of the test that would prove the effect, in (0, 1)
  int draws = 10'000;          ///< for the intervals; at least 100
  std::uint64_t seed = 0;      ///< of the draws
};

/// An amount and the interval that the uncertain inputs leave it.
struct amount {
  double value = 0;
  interval range;

  bool operator==(const amount&) const = default;
};

/// The lines of a business case. Orders and amounts are those of `scaled_to` sessions; divide by `scale` for the judged
/// ones.
struct business_ledger {
  double scale = 1;  ///< scaled_to / judged
  double reached = 0;
  amount conversions;           ///< in the audience, without the offer
  amount extra_orders;          ///< conversions x effect
  amount extra_revenue;         ///< extra orders x order value
  amount gross_profit;          ///< extra revenue x margin
  amount discounts;             ///< given away: (conversions + extra orders) x redeemed x discount x order value
  amount contacts;              ///< reached x contact cost
  amount net_profit;            ///< gross profit - discounts - contacts
  double chance_of_profit = 0;  ///< share of the draws with a net profit above 0
  double break_even_discount =
      0;                         ///< at which nothing is left; negative if contacts alone cost more; NaN if none redeem
  double break_even_effect = 0;  ///< at which nothing is left; NaN where each order loses money
  std::int64_t sessions_to_prove = 0;  ///< for each arm of a test of the effect; 0 where there is none to prove

  bool operator==(const business_ledger&) const = default;
};

/// One cut-off on the way down a ranking.
struct profit_point {
  double score = 0;  ///< everybody at or above it is reached
  std::int64_t reached = 0;
  std::int64_t conversions = 0;
  double net_profit = 0;

  bool operator==(const profit_point&) const = default;
};

namespace detail {

inline void require_assumption(const assumption& each, double above, std::string_view what) {
  const auto who = "business_case";
  require(!std::isnan(each.value), error_code::bad_option, who, what, " must be stated");
  require(std::isfinite(each.value) && each.value > above, error_code::bad_option, who, what, " must be above ", above,
          ", got ", each.value);
  if (each.certain()) return;
  require(each.low > above && each.low <= each.value && each.value <= each.high && std::isfinite(each.high),
          error_code::bad_option, who, what, " must lie in its limits and these above ", above, ", got ", each.low,
          " to ", each.high, " for ", each.value);
}

inline void require_offer(const offer& terms) {
  const auto require_stated = [](double value, double largest, std::string_view what) {
    const auto who = "business_case";
    require(!std::isnan(value), error_code::bad_option, who, what, " must be stated, 0 for none");
    require(value >= 0 && value <= largest && std::isfinite(value), error_code::bad_option, who, what,
            " must be in [0, ", largest, "], got ", value);
  };
  require_assumption(terms.effect, -1, "the effect");
  require_assumption(terms.order_value, 0, "the order value");
  require_stated(terms.margin, 1, "the margin");
  require(terms.margin > 0, error_code::bad_option, "business_case", "the margin must be above 0, got 0");
  require_stated(terms.discount, 1, "the discount");
  require_stated(terms.redeemed, 1, "the share that redeems");
  require_stated(terms.contact_cost, std::numeric_limits<double>::max(), "the cost of a contact");
}

// What is left of one conversion counted without the offer, in order values.
inline double kept_of_conversion(const offer& terms, double effect) {
  return effect * terms.margin - (1 + effect) * terms.redeemed * terms.discount;
}

// The share of `hits` in `trials` at the place `z` of its uncertainty: 0 is nearly the counted one, and +-1.96 are the ends of
// its Wilson interval (the score interval read as a distribution).
inline double share_at(double hits, double trials, double z) {
  const double share = hits / trials;
  const double spread = z * std::sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
  return std::clamp((share + z * z / (2 * trials) + spread) / (1 + z * z / trials), 0.0, 1.0);
}

// Half a bell on each side, as wide as the limits say.
inline double value_at(const assumption& each, double z) {
  if (each.certain()) return each.value;
  return each.value + z / normal_quantile(0.975) * (z < 0 ? each.value - each.low : each.high - each.value);
}

}  // namespace detail

/// Works the case out. The intervals hold 95 % of `draws` in which the share that converts, the effect and the order value
/// vary together, each within its own uncertainty: the counted share as its Wilson interval says, an assumption as a
/// normal variable with the stated limits, cut in two where these are uneven. They say nothing of an effect that was guessed
/// without limits. Throws bad_option for an input that is not stated or out of range, bad_value unless
/// 0 <= conversions <= reached <= judged, and conversions with the effect <= reached. Cost O(draws).
inline business_ledger work_out(const business_case& given) {
  const auto who = "business_case";
  detail::require_offer(given.offer);
  require(given.judged >= 1, error_code::bad_option, who, "judged sessions must be at least 1, got ", given.judged);
  require(given.reached >= 1 && given.reached <= given.judged, error_code::bad_value, who, "reached must be in [1, ",
          given.judged, "], got ", given.reached);
  require(given.conversions >= 0 && given.conversions <= given.reached, error_code::bad_value, who,
          "conversions must be in [0, ", given.reached, "], got ", given.conversions);
  require(given.scaled_to >= 1, error_code::bad_option, who, "scaled_to must be stated, at least 1, got ",
          given.scaled_to);
  require(given.power > 0 && given.power < 1, error_code::bad_option, who, "power must be in (0, 1), got ",
          given.power);
  require(given.draws >= 100, error_code::bad_option, who, "draws must be at least 100, got ", given.draws);

  const offer& terms = given.offer;
  business_ledger ledger;
  ledger.scale = static_cast<double>(given.scaled_to) / static_cast<double>(given.judged);
  ledger.reached = static_cast<double>(given.reached) * ledger.scale;
  const auto trials = static_cast<double>(given.reached);
  const auto hits = static_cast<double>(given.conversions);
  require(hits * (1 + terms.effect.value) <= trials, error_code::bad_value, who, "an effect of ", terms.effect.value,
          " would need more than all ", given.reached, " sessions reached to convert");

  static constexpr std::array lines = {&business_ledger::conversions,   &business_ledger::extra_orders,
                                       &business_ledger::extra_revenue, &business_ledger::gross_profit,
                                       &business_ledger::discounts,     &business_ledger::contacts,
                                       &business_ledger::net_profit};
  const auto worked_out = [&](double conversions, double effect, double order_value) {
    const double extra = conversions * effect;
    const double revenue = extra * order_value;
    const double gross = revenue * terms.margin;
    const double discounts = (conversions + extra) * terms.redeemed * terms.discount * order_value;
    const double contacts = ledger.reached * terms.contact_cost;
    return std::array<double, lines.size()>{
        conversions, extra, revenue, gross, discounts, contacts, gross - discounts - contacts};
  };

  std::array<std::vector<double>, lines.size()> drawn;
  std::int64_t profitable = 0;
  const random_stream stream(given.seed);
  for (int i = 0; i < given.draws; ++i) {
    auto draw = stream.child(static_cast<std::uint64_t>(i));
    const double share = detail::share_at(hits, trials, draw.normal());
    const double effect = detail::value_at(terms.effect, draw.normal());
    const double order_value = detail::value_at(terms.order_value, draw.normal());
    const auto values = worked_out(share * trials * ledger.scale, effect, order_value);
    for (std::size_t line = 0; line < lines.size(); ++line) drawn[line].push_back(values[line]);
    profitable += values.back() > 0;
  }
  const auto values = worked_out(hits * ledger.scale, terms.effect.value, terms.order_value.value);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    auto& all = drawn[line];
    std::sort(all.begin(), all.end());
    const auto at = [&](double share) {
      return all[static_cast<std::size_t>(std::floor(share * static_cast<double>(all.size() - 1) + 0.5))];
    };
    ledger.*lines[line] = {values[line], {at(0.025), at(0.975), 0.95}};
  }
  ledger.chance_of_profit = static_cast<double>(profitable) / given.draws;

  const double none = std::numeric_limits<double>::quiet_NaN();
  const double effect = terms.effect.value;
  const double turnover = hits * terms.order_value.value;  // of the judged sessions, without the offer
  const double contacts = trials * terms.contact_cost;
  const double redeemed = turnover * (1 + effect) * terms.redeemed;
  ledger.break_even_discount = redeemed > 0 ? (turnover * effect * terms.margin - contacts) / redeemed : none;
  const double given_away = terms.redeemed * terms.discount;
  ledger.break_even_effect = turnover > 0 && terms.margin > given_away
                                 ? (contacts / turnover + given_away) / (terms.margin - given_away)
                                 : none;
  const double share = hits / trials;
  const double moved = share * (1 + effect);
  if (effect != 0 && share > 0 && moved > 0 && share < 1 && moved < 1) {
    ledger.sessions_to_prove = trials_needed(share, moved, {.power = given.power});
  }
  return ledger;
}

/// The net profit of reaching everybody down to each score of a ranking, best first, for the sessions of the ranking. A
/// best cut-off that was looked for on the same sessions flatters itself: choose it on out-of-bag scores, judge it on others.
/// Throws as `work_out` does. Cost O(groups).
inline std::vector<profit_point> profit_curve(std::span<const tied_group> ranking, const offer& terms) {
  detail::require_offer(terms);
  std::vector<profit_point> curve;
  curve.reserve(ranking.size());
  const double kept = detail::kept_of_conversion(terms, terms.effect.value) * terms.order_value.value;
  profit_point at;
  for (const auto& group : ranking) {
    at.score = group.score;
    at.reached += group.sessions;
    at.conversions += group.positives;
    at.net_profit = static_cast<double>(at.conversions) * kept - static_cast<double>(at.reached) * terms.contact_cost;
    curve.push_back(at);
  }
  return curve;
}

/// The point with the largest net profit, the first of equal ones. Throws bad_value for an empty curve. It may be a loss:
/// then the best is to reach nobody.
inline profit_point best_cut_off(std::span<const profit_point> curve) {
  require(!curve.empty(), error_code::bad_value, "best_cut_off", "the curve has no points");
  return *std::max_element(curve.begin(), curve.end(),
                           [](const auto& a, const auto& b) { return a.net_profit < b.net_profit; });
}

FOOTFALL_END_NAMESPACE
