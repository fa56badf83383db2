// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/markov_chain.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::random_paths;

namespace {

void check(const std::vector<double>& found, const std::vector<double>& expected, double within = 1e-12) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - expected[i]) <= within);
}

// The definition: step the chain until nothing is left in it; what enters a state that ends in `removed` is lost.
double converts_without(const ff::markov_chain& chain, std::int32_t removed) {
  std::map<std::vector<std::int32_t>, double> now{{{}, 1.0}};
  std::map<std::vector<std::int32_t>, const ff::markov_state*> state_of;
  for (const auto& state : chain.states()) state_of[state.last_touches] = &state;
  double converted = 0;
  for (int step = 0; step < 2'000; ++step) {
    std::map<std::vector<std::int32_t>, double> next;
    for (const auto& at : now) {
      const auto& state = *state_of.at(at.first);
      double total = state.to_conversion + state.to_loss;
      for (const double each : state.to_channel) total += each;
      if (total == 0) continue;
      converted += at.second * state.to_conversion / total;
      for (std::int32_t channel = 0; channel < static_cast<std::int32_t>(state.to_channel.size()); ++channel) {
        const double share = state.to_channel[static_cast<std::size_t>(channel)] / total;
        if (share == 0 || channel == removed) continue;
        auto touches = at.first;
        touches.push_back(channel);
        if (touches.size() > static_cast<std::size_t>(chain.order())) touches.erase(touches.begin());
        next[touches] += at.second * share;
      }
    }
    now = std::move(next);
  }
  return converted;
}

ff::markov_state state(std::vector<std::int32_t> touches, std::vector<double> to_channel, double conversion,
                       double loss) {
  return {std::move(touches), std::move(to_channel), conversion, loss};
}

}  // namespace

TEST_CASE("removal effects are what is lost when the chain is walked without the channel") {
  for (const int order : {1, 2, 3}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const auto paths = ff::journeys::of_paths(random_paths(40, 4, seed));
      const auto chain = ff::markov{order}.fit(paths);
      const auto effects = chain.removal_effects();
      const double all = converts_without(chain, -1);
      CHECK(std::fabs(chain.conversion_probability() - all) <= 1e-12);
      // A chain of counts flows as its journeys did.
      CHECK(std::fabs(all - static_cast<double>(paths.conversions()) / static_cast<double>(paths.size())) <= 1e-12);
      for (std::int32_t channel = 0; channel < 4; ++channel) {
        INFO("order ", order, " seed ", seed, " channel ", channel);
        const double expected = 1 - converts_without(chain, channel) / all;
        CHECK(std::fabs(effects[static_cast<std::size_t>(channel)] - expected) <= 1e-11);
      }
    }
  }
}

TEST_CASE("states that reach no end are named, and nobody converts from them") {
  // a leads half to the cycle b - c, which has no way out; d leads nowhere and is never reached.
  const auto chain = ff::markov_chain::from_parts(
      {"a", "b", "c", "d"}, 1,
      {state({}, {1, 0, 0, 0}, 0, 0), state({0}, {0, 2, 0, 0}, 1, 1), state({1}, {0, 0, 1, 0}, 0, 0),
       state({2}, {0, 1, 0, 0}, 0, 0), state({3}, {0, 0, 0, 0}, 0, 0)});
  CHECK(chain.stuck() == std::vector<std::string>{"b", "c", "d"});
  CHECK(chain.conversion_probability() == 0.25);
  check(chain.removal_effects(), {1, 0, 0, 0});

  const auto closed = ff::markov_chain::from_parts({"a"}, 1, {state({}, {1}, 0, 0), state({0}, {1}, 0, 0)});
  CHECK(closed.stuck() == std::vector<std::string>{"(start)", "a"});
  CHECK(closed.conversion_probability() == 0);
  check(closed.removal_effects(), {0});
  CHECK(ff::markov{}.fit(ff::journeys::of_paths(random_paths(50, 3, 2))).stuck().empty());
}

TEST_CASE("what is no chain") {
  const auto with = [](int order, std::vector<ff::markov_state> states) {
    return thrown_by([&] { return ff::markov_chain::from_parts({"a", "b"}, order, states); });
  };
  CHECK(with(1, {state({0}, {0, 0}, 1, 0)}) == "bad_parts: markov_chain: there is no start");
  CHECK(with(0, {state({}, {0, 0}, 1, 0)}) == "bad_parts: markov_chain: the order must be at least 1");
  CHECK(with(1, {state({}, {1, 0}, 0, 0)}) == "bad_parts: markov_chain: a transition leads to no state");
  CHECK(with(1, {state({}, {1}, 0, 0)}) == "bad_parts: markov_chain: there must be one count for each channel");
  CHECK(with(1, {state({}, {0, 0}, -1, 0)}) == "bad_parts: markov_chain: counts must be finite and at least 0");
  CHECK(with(1, {state({}, {0, 0}, 1, -1)}) == "bad_parts: markov_chain: counts must be finite and at least 0");
  CHECK(with(1, {state({}, {0, -1}, 1, 0)}) == "bad_parts: markov_chain: counts must be finite and at least 0");
  CHECK(with(1, {state({}, {0, 0}, HUGE_VAL, 0)}) == "bad_parts: markov_chain: counts must be finite and at least 0");
  CHECK(with(1, {state({}, {0, 0}, 1, 0), state({-1}, {0, 0}, 1, 0)}) == "bad_parts: markov_chain: no such channel");
  CHECK(with(1, {state({}, {0, 1}, 1, 0), state({0}, {0, 0}, 1, 0)}) ==
        "bad_parts: markov_chain: a transition leads to no state");
  CHECK(with(1, {state({}, {0, 0}, 1, 0), state({2}, {0, 0}, 1, 0)}) == "bad_parts: markov_chain: no such channel");
  CHECK(with(1, {state({}, {0, 0}, 1, 0), state({1, 0}, {0, 0}, 1, 0)}) ==
        "bad_parts: markov_chain: a state is longer than the order");
  CHECK(with(1, {state({}, {0, 0}, 1, 0), state({}, {0, 0}, 1, 0)}) ==
        "bad_parts: markov_chain: a state is listed twice");
}
