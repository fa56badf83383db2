// SPDX-License-Identifier: MIT
// A chain of counted transitions, and how many conversions it loses without a channel: solved, not simulated.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/attribution/chain_inverse.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What follows one state of a chain: how often which channel, how often a conversion, how often nothing more.
struct markov_state {
  std::vector<std::int32_t> last_touches;  ///< at most as many as the order, the latest last; none: the start
  std::vector<double> to_channel;          ///< one count a channel
  double to_conversion = 0;
  double to_loss = 0;

  auto parts() const { return std::tie(last_touches, to_channel, to_conversion, to_loss); }
  static markov_state from_parts(std::vector<std::int32_t> last_touches, std::vector<double> to_channel,
                                 double to_conversion, double to_loss) {
    return {std::move(last_touches), std::move(to_channel), to_conversion, to_loss};
  }
};

/// A chain of counted transitions, from `markov::fit` or from counts of your own. A journey goes from the start through
/// states until it converts or is lost. States from which no end can be reached (a closed cycle, a channel that leads
/// nowhere) are `stuck`: whoever comes there never converts.
class markov_chain {
 public:
  static constexpr std::string_view kind = "markov_chain";

  /// From counts; the states may come in any order. Throws bad_parts for a start that is missing, a state that is listed
  /// twice or longer than the order, counts that are negative or not finite, or a transition into a state that is not listed.
  static markov_chain from_parts(std::vector<std::string> channels, int order, std::vector<markov_state> states) {
    markov_chain chain;
    chain.channels_ = std::move(channels);
    chain.order_ = order;
    chain.states_ = std::move(states);
    chain.check();
    return chain;
  }
  auto parts() const { return std::tie(channels_, order_, states_); }
  bool operator==(const markov_chain& other) const { return same_parts(*this, other); }

  const std::vector<std::string>& channels() const noexcept { return channels_; }
  int order() const noexcept { return order_; }
  /// In the order of their touches, the start first.
  const std::vector<markov_state>& states() const noexcept { return states_; }

  /// The states that cannot reach an end, by their touches, e.g. "a > b".
  std::vector<std::string> stuck() const {
    std::vector<std::string> names;
    const auto alive = reaching_an_end();
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (alive[i]) continue;
      std::string name;
      for (const auto touch : states_[i].last_touches) {
        name += (name.empty() ? "" : " > ") + channels_[static_cast<std::size_t>(touch)];
      }
      names.push_back(name.empty() ? "(start)" : name);
    }
    return names;
  }

  /// The probability that a journey converts.
  double conversion_probability() const { return solve().conversion; }

  /// The share of conversions that is lost when a channel's touches end the journey instead, one number in [0, 1] a channel;
  /// all 0 in a chain without conversions. With N the inverse of I - Q over the states, A those that end in the channel and
  /// b the probabilities to convert, it is N_sA N_AA^-1 b_A / b_s: for order 1, the probability h to ever touch the channel
  /// times b, by b_s. One inverse for all channels. Throws limit beyond 3,000 states. Cost: the cube of the states.
  std::vector<double> removal_effects() const { return solve().effects; }

  /// Of the transitions that were counted, in nats.
  double log_likelihood() const {
    double sum = 0;
    const auto add = [&](double count, double total) {
      if (count > 0) sum += count * std::log(count / total);
    };
    for (const auto& state : states_) {
      const double total = total_of(state);
      for (const double count : state.to_channel) add(count, total);
      add(state.to_conversion, total);
      add(state.to_loss, total);
    }
    return sum;
  }
  /// Free probabilities: in each state one less than there are channels and ends that occur; the start has no ends.
  double parameters() const {
    double used = 0;
    for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
      used += std::any_of(states_.begin(), states_.end(), [&](const auto& s) { return s.to_channel[channel] > 0; });
    }
    return used - 1 + static_cast<double>(states_.size() - 1) * (used + 1);
  }
  /// Schwarz' criterion (1978), parameters log(transitions) - 2 log-likelihood: the order with the least is chosen (Katz 1981).
  double bic() const {
    double transitions = 0;
    for (const auto& state : states_) transitions += total_of(state);
    return parameters() * std::log(transitions) - 2 * log_likelihood();
  }

 private:
  struct solution {
    double conversion = 0;
    std::vector<double> effects;
  };

  static double total_of(const markov_state& state) {
    double total = state.to_conversion + state.to_loss;
    for (const double count : state.to_channel) total += count;
    return total;
  }

  void check() {
    const auto require_that = [](bool sound, const char* what) { require(sound, error_code::bad_parts, kind, what); };
    require_that(order_ >= 1, "the order must be at least 1");
    std::sort(states_.begin(), states_.end(),
              [](const auto& a, const auto& b) { return a.last_touches < b.last_touches; });
    require_that(!states_.empty() && states_.front().last_touches.empty(), "there is no start");
    for (const auto& state : states_) {
      require_that(state.last_touches.size() <= static_cast<std::size_t>(order_), "a state is longer than the order");
      require_that(state.to_channel.size() == channels_.size(), "there must be one count for each channel");
      for (const auto touch : state.last_touches) {
        require_that(touch >= 0 && touch < static_cast<std::int64_t>(channels_.size()), "no such channel");
      }
      require_that(std::isfinite(total_of(state)) && state.to_conversion >= 0 && state.to_loss >= 0 &&
                       std::all_of(state.to_channel.begin(), state.to_channel.end(), [](double x) { return x >= 0; }),
                   "counts must be finite and at least 0");
    }
    for (std::size_t i = 1; i < states_.size(); ++i) {
      require_that(states_[i].last_touches != states_[i - 1].last_touches, "a state is listed twice");
    }
    next_.assign(states_.size() * channels_.size(), -1);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
        if (states_[i].to_channel[channel] == 0) continue;
        auto touches = states_[i].last_touches;
        touches.push_back(static_cast<std::int32_t>(channel));
        if (touches.size() > static_cast<std::size_t>(order_)) touches.erase(touches.begin());
        const auto found = std::lower_bound(states_.begin(), states_.end(), touches,
                                            [](const auto& state, const auto& t) { return state.last_touches < t; });
        require_that(found != states_.end() && found->last_touches == touches, "a transition leads to no state");
        next_[i * channels_.size() + channel] = static_cast<index>(found - states_.begin());
      }
    }
  }

  std::vector<bool> reaching_an_end() const {
    std::vector<std::vector<std::size_t>> before(states_.size());
    std::vector<std::size_t> open;
    std::vector<bool> alive(states_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) {
      for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
        const index to = next_[i * channels_.size() + channel];
        if (to >= 0) before[static_cast<std::size_t>(to)].push_back(i);
      }
      if (states_[i].to_conversion + states_[i].to_loss > 0) {
        alive[i] = true;
        open.push_back(i);
      }
    }
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t i : before[at]) {
        if (alive[i]) continue;
        alive[i] = true;
        open.push_back(i);
      }
    }
    return alive;
  }

  solution solve() const {
    solution result{0, std::vector<double>(channels_.size())};
    const auto alive = reaching_an_end();
    if (!alive.front()) return result;
    std::vector<index> place(states_.size(), -1);
    index size = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (alive[i]) place[i] = size++;
    }
    require(size <= 3'000, error_code::limit, kind, "at most 3000 states can be solved, got ", size);

    matrix<double> system(size, size);
    system.setZero();
    std::vector<double> converts(static_cast<std::size_t>(size));
    std::vector<std::vector<index>> ending_in(channels_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (place[i] < 0) continue;
      const double total = total_of(states_[i]);
      system(place[i], place[i]) += 1;
      converts[static_cast<std::size_t>(place[i])] = states_[i].to_conversion / total;
      if (i > 0) ending_in[static_cast<std::size_t>(states_[i].last_touches.back())].push_back(place[i]);
      for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
        const index to = next_[i * channels_.size() + channel];
        if (to >= 0 && place[static_cast<std::size_t>(to)] >= 0) {
          system(place[i], place[static_cast<std::size_t>(to)]) -= states_[i].to_channel[channel] / total;
        }
      }
    }
    const matrix<double> visits = chain_inverse(std::move(system));
    std::vector<double> probability(converts.size());
    for (index to = 0; to < size; ++to) {
      for (index from = 0; from < size; ++from) {
        probability[static_cast<std::size_t>(from)] += visits(from, to) * converts[static_cast<std::size_t>(to)];
      }
    }
    result.conversion = probability.front();
    if (!(result.conversion > 0)) return result;
    for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
      const auto& states = ending_in[channel];
      const auto many = static_cast<index>(states.size());
      if (many == 0) continue;
      // How likely each of them is the first of the channel to be entered.
      matrix<double> among(many, many);
      for (index a = 0; a < many; ++a) {
        for (index b = 0; b < many; ++b) {
          among(a, b) = visits(states[static_cast<std::size_t>(a)], states[static_cast<std::size_t>(b)]);
        }
      }
      among = chain_inverse(std::move(among));
      double through = 0;
      for (index a = 0; a < many; ++a) {
        double first = 0;
        for (index b = 0; b < many; ++b) first += visits(0, states[static_cast<std::size_t>(b)]) * among(b, a);
        through += first * probability[static_cast<std::size_t>(states[static_cast<std::size_t>(a)])];
      }
      result.effects[channel] = std::clamp(through / result.conversion, 0.0, 1.0);
    }
    return result;
  }

  std::vector<std::string> channels_;
  int order_ = 1;
  std::vector<markov_state> states_;
  std::vector<index> next_;  // by state and channel; -1 where it never went. Follows from the states
};

FOOTFALL_END_NAMESPACE
