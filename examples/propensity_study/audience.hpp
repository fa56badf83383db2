// SPDX-License-Identifier: MIT
// The list to act on: every session with its honest scores, its tenth, its segment and what may be done.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>

#include "models.hpp"
#include "segments.hpp"

/// For each score the tenth it lies in, 1 the highest; equal scores in the order of the sessions.
inline std::vector<double> tenths(const ff::scores& score) {
  std::vector<std::size_t> order(score.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return score[i] > score[j]; });
  std::vector<double> result(score.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    result[order[i]] = static_cast<double>(1 + 10 * i / order.size());
  }
  return result;
}

/// Each session scored by trees that did not see it: Model A for what comes after the session, Model B for what could have been
/// done before the cart. The action is the first that is not withheld for its segment.
inline void write_audience(const std::filesystem::path& file, const ff::scores& full_session,
                           const ff::scores& before_the_cart, const segmentation& found) {
  const auto rounded = [](const ff::scores& score) {
    std::vector<double> result;
    for (const double each : score) result.push_back(std::round(each * 1e6) / 1e6);
    return result;
  };
  std::vector<double> session(full_session.size());
  std::vector<std::string> names, actions{"none"};
  std::vector<std::int32_t> action_of_segment;
  for (const auto& each : found.segments) {
    names.push_back(each.name);
    const auto made = std::find_if(each.actions.begin(), each.actions.end(), [](const auto& a) { return a.made; });
    if (made == each.actions.end()) {
      action_of_segment.push_back(0);
      continue;
    }
    action_of_segment.push_back(static_cast<std::int32_t>(actions.size()));
    actions.push_back(made->action);
  }
  std::vector<std::int32_t> action;
  for (std::size_t row = 0; row < session.size(); ++row) {
    session[row] = static_cast<double>(row);
    action.push_back(action_of_segment[static_cast<std::size_t>(found.ids[row])]);
  }
  ff::write_csv(file, ff::table({
                          ff::column::numeric("session", std::move(session)),
                          ff::column::numeric("propensity", rounded(full_session)),
                          ff::column::numeric("propensity_before_cart", rounded(before_the_cart)),
                          ff::column::numeric("decile", tenths(full_session)),
                          ff::column::categorical("segment", found.ids, std::move(names)),
                          ff::column::categorical("action", std::move(action), std::move(actions)),
                      }));
}
