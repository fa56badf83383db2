// SPDX-License-Identifier: MIT
// Journeys counted as a Markov chain, credit by its removal effects, and how many touches it should remember.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/attribution/markov_chain.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Credit in proportion to removal effects (Anderl, Becker, von Wangenheim and Schumann 2016). A state is the last `order`
/// touches; where one channel is removed, every journey that would touch it is lost.
struct markov {
  int order = 1;

  /// Counts the transitions. Throws bad_option for an order below 1, limit beyond 10^6 states, wrong_shape for counts that do not
  /// fit. Cost: one reading.
  markov_chain fit(const journeys& paths, visitor_counts counts = {}) const {
    require(order >= 1, error_code::bad_option, "markov", "order must be at least 1, got ", order);
    paths.require_counts(counts, "markov");
    const std::size_t channels = paths.channels().size();
    const std::size_t row = channels + 2;  // channels, conversion, loss
    std::map<std::vector<std::int32_t>, std::int64_t> known{{{}, 0}};
    std::vector<const std::vector<std::int32_t>*> touches_of{&known.begin()->first};
    std::vector<std::int64_t> next(channels, -1);
    std::vector<std::int64_t> count(row);
    for (index i = 0; i < paths.size(); ++i) {
      const std::int64_t times = paths.times(i, counts);
      if (times == 0) continue;
      std::size_t state = 0;
      for (const auto touch : paths.touches(i)) {
        count[state * row + static_cast<std::size_t>(touch)] += times;
        auto to = next[state * channels + static_cast<std::size_t>(touch)];
        if (to < 0) {
          auto touches = *touches_of[state];
          touches.push_back(touch);
          if (touches.size() > static_cast<std::size_t>(order)) touches.erase(touches.begin());
          const auto [found, is_new] = known.emplace(std::move(touches), static_cast<std::int64_t>(touches_of.size()));
          to = found->second;
          if (is_new) {
            require(touches_of.size() < 1'000'000, error_code::limit, "markov", "more than 10^6 states");
            touches_of.push_back(&found->first);
            next.resize(next.size() + channels, -1);
            count.resize(count.size() + row);
          }
          next[state * channels + static_cast<std::size_t>(touch)] = to;
        }
        state = static_cast<std::size_t>(to);
      }
      count[state * row + channels + (paths.converted(i) ? 0 : 1)] += times;
    }
    std::vector<markov_state> states;
    for (std::size_t state = 0; state < touches_of.size(); ++state) {
      const auto* const first = count.data() + state * row;
      states.push_back({*touches_of[state], std::vector<double>(first, first + channels),
                        static_cast<double>(first[channels]), static_cast<double>(first[channels + 1])});
    }
    return markov_chain::from_parts(paths.channels(), order, std::move(states));
  }

  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    return detail::in_proportion(paths, counts, fit(paths, counts).removal_effects());
  }
};

/// How well an order describes the journeys, and at what price.
struct markov_order {
  int order = 1;
  double log_likelihood = 0;
  double parameters = 0;
  double bic = 0;
};

struct markov_orders {
  std::vector<markov_order> tried;
  int chosen = 1;  ///< the one with the least `bic`; of equal ones the lowest
};

/// Chains of order 1, 2, ..., `highest` on the same journeys. Throws bad_option for a highest order below 1, wrong_shape
/// without journeys, and as `markov::fit` does.
inline markov_orders choose_markov_order(const journeys& paths, int highest = 3) {
  require(highest >= 1, error_code::bad_option, "choose_markov_order", "highest must be at least 1, got ", highest);
  require(paths.size() > 0, error_code::wrong_shape, "choose_markov_order", "there must be journeys");
  markov_orders result;
  for (int order = 1; order <= highest; ++order) {
    const auto chain = markov{order}.fit(paths);
    result.tried.push_back({order, chain.log_likelihood(), chain.parameters(), chain.bic()});
    if (result.tried.back().bic < result.tried[static_cast<std::size_t>(result.chosen - 1)].bic) result.chosen = order;
  }
  return result;
}

FOOTFALL_END_NAMESPACE
