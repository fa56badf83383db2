// SPDX-License-Identifier: MIT
// Published figures of models held against each other: can they all be true of one score?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/claim.hpp>
#include <footfall/evaluate/figure.hpp>
#include <footfall/evaluate/published_evaluation.hpp>
#include <footfall/evaluate/ranking_limits.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What the audit of an evaluation comes to.
struct audited_evaluation {
  std::vector<implied_counts> counts;  ///< every base that fits; empty where the figures exclude each other
  std::vector<audited_claim> claims;   ///< each figure against what the others leave open

  bool operator==(const audited_evaluation&) const = default;
};

namespace detail {

// Limits that widen as possibilities are added; none while nothing is possible.
struct open_limits {
  std::optional<interval> limits;

  void include(const interval& more) {
    limits = limits ? interval{std::min(limits->low, more.low), std::max(limits->high, more.high), 1} : more;
  }
  audited_claim against(const claim& published, const std::string& why_none) const {
    if (limits) return audit(published, *limits);
    return {published, std::nan(""), {std::nan(""), std::nan(""), 1}, verdict::not_derivable, why_none};
  }
};

struct open_areas {
  open_limits roc_auc, average_precision;

  void include(const ranking_limits& more) {
    roc_auc.include(more.roc_auc);
    average_precision.include(more.average_precision);
  }
};

inline std::vector<ranking_cut> cuts_at(const published_ranking& ranking, std::int64_t sessions,
                                        const std::vector<std::int64_t>& positives) {
  std::vector<ranking_cut> cuts;
  for (std::size_t k = 0; k < positives.size(); ++k) {
    cuts.push_back({sessions_at(ranking.depths[k].depth, sessions), positives[k]});
  }
  return cuts;
}

// Every way to choose one count a depth. False once more than `most` were visited.
template <class Visit>
bool each_choice(const std::vector<count_range>& ranges, std::int64_t& most, const Visit& visit) {
  std::vector<std::int64_t> choice;
  for (const auto& range : ranges) choice.push_back(range.low);
  for (;;) {
    if (most-- <= 0) return false;
    visit(choice);
    std::size_t k = 0;
    for (; k < choice.size() && choice[k] == ranges[k].high; ++k) choice[k] = ranges[k].low;
    if (k == choice.size()) return true;
    ++choice[k];
  }
}

inline void audit_areas(const published_ranking& ranking, std::size_t which, const std::vector<implied_counts>& counts,
                        std::vector<audited_claim>& claims) {
  open_areas distinct, tied, falling;
  // Beyond this many choices the digits say too little; a second of work at most.
  std::int64_t choices = 50'000;
  bool complete = true;
  for (const auto& each : counts) {
    const auto& at = each.at_depth[which];
    std::vector<std::int64_t> fewest, most;
    for (const auto& range : at) fewest.push_back(range.low), most.push_back(range.high);
    // A positive that moves up helps both areas: so the fewest at each depth give the low ends, the most the high ends.
    for (const auto& positives : {fewest, most}) {
      const auto cuts = cuts_at(ranking, each.sessions, positives);
      distinct.include(limits_without_ties(each.sessions, each.positives, cuts));
      tied.include(limits_with_ties(each.sessions, each.positives, cuts));
    }
    // Not so where the rate falls: there, more in one part bends the next.
    complete = complete && each_choice(at, choices, [&](const std::vector<std::int64_t>& positives) {
                 const auto cuts = cuts_at(ranking, each.sessions, positives);
                 if (!rate_can_fall(each.sessions, each.positives, cuts)) return;
                 falling.include(limits_where_rate_falls(each.sessions, each.positives, cuts));
               });
  }
  const std::string none = "no whole numbers make the published rates, lifts and captures true together";
  const std::string rising = counts.empty() ? none : "the published rate rises between two depths";
  if (!complete) falling = {};
  const std::string why_not_falling = complete ? rising : "the published digits leave too many counts to go through";
  const auto add = [&](const figure& published, const char* what, open_limits open_areas::*area) {
    if (!published.given()) return;
    const auto name = text(ranking.name, ranking.name.empty() ? "" : ": ", what);
    claims.push_back((distinct.*area).against(claim_of(name + ", scores all different", published), none));
    claims.push_back((tied.*area).against(claim_of(name + ", ties cut in the worst order", published), none));
    claims.push_back(
        (falling.*area).against(claim_of(name + ", where the rate never rises", published), why_not_falling));
  };
  add(ranking.roc_auc, "ROC-AUC", &open_areas::roc_auc);
  add(ranking.average_precision, "average precision", &open_areas::average_precision);
}

// One published figure left out, and what the others say of it.
template <class FigureIn, class ValueOf>
void audit_figure(const published_evaluation& published, const std::string& name, const FigureIn& figure_in,
                  const ValueOf& value_of, std::vector<audited_claim>& claims) {
  auto others = published;
  const figure left_out = std::exchange(figure_in(others), figure{});
  if (!left_out.given()) return;
  open_limits limits;
  for (const auto& counts : counts_implied(others)) limits.include(value_of(counts));
  claims.push_back(limits.against(claim_of(name, left_out), "the other figures already exclude each other"));
}

inline void audit_depths(const published_evaluation& published, std::size_t which, std::vector<audited_claim>& claims) {
  const auto& ranking = published.rankings[which];
  for (std::size_t k = 0; k < ranking.depths.size(); ++k) {
    const double depth = ranking.depths[k].depth;
    const auto name = [&](const char* what) {
      return text(ranking.name, ranking.name.empty() ? "" : ": ", what, " of the top ", std::round(depth * 1e6) / 1e4,
                  " %");
    };
    const auto figure_in = [&](figure published_depth::*member) {
      return [=](published_evaluation& all) -> figure& { return all.rankings[which].depths[k].*member; };
    };
    // Positives at the depth over whatever the figure divides them by.
    const auto over = [&](const auto& divisor) {
      return [=](const implied_counts& counts) {
        const auto& at = counts.at_depth[which][k];
        const double by = divisor(counts);
        return interval{static_cast<double>(at.low) / by, static_cast<double>(at.high) / by, 1};
      };
    };
    const auto size = [=](const implied_counts& counts) {
      return static_cast<double>(sessions_at(depth, counts.sessions));
    };
    const auto by_chance = [=](const implied_counts& counts) {
      return size(counts) * static_cast<double>(counts.positives) / static_cast<double>(counts.sessions);
    };
    const auto all = [](const implied_counts& counts) { return static_cast<double>(counts.positives); };
    audit_figure(published, name("rate"), figure_in(&published_depth::rate), over(size), claims);
    audit_figure(published, name("lift"), figure_in(&published_depth::lift), over(by_chance), claims);
    audit_figure(published, name("capture"), figure_in(&published_depth::capture), over(all), claims);
  }
}

}  // namespace detail

/// Holds every published figure against the others. A rate, lift or capture, and the base rate: against the whole numbers
/// that the others imply. An area: against the limits that the implied lift table sets to any score, three times: scores
/// all different; ties, cut in the worst order; a rate that never rises along the ranking, as of a sound score. A figure
/// outside of all three cannot belong to the same scores as the table. Throws bad_option or bad_value for figures that
/// make no sense by themselves. Cost O(sessions x depths x figures), and up to a second where few digits leave many counts.
inline audited_evaluation audit(const published_evaluation& published) {
  audited_evaluation result{counts_implied(published), {}};
  detail::audit_figure(
      published, "base rate", [](published_evaluation& all) -> figure& { return all.base_rate; },
      [](const implied_counts& counts) {
        const double base = static_cast<double>(counts.positives) / static_cast<double>(counts.sessions);
        return interval{base, base, 1};
      },
      result.claims);
  for (std::size_t which = 0; which < published.rankings.size(); ++which) {
    detail::audit_depths(published, which, result.claims);
    detail::audit_areas(published.rankings[which], which, result.counts, result.claims);
  }
  return result;
}

FOOTFALL_END_NAMESPACE
