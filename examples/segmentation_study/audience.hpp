// SPDX-License-Identifier: MIT
// The sessions that an action is for, as a file for whoever carries it out.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <footfall/data/write_csv.hpp>

#include "advice.hpp"
#include "personas.hpp"

namespace segmentation {

/// Sessions that did not buy and whose persona has a recommendation that was made, each by its row where it was read,
/// from 0. Their propensity is the conversion of their persona; their decile is the tenth of all sessions, best first,
/// in which the middle of the persona lies.
inline ff::table audience_of(const segments& found, const study_data& data,
                             const std::vector<std::optional<advised>>& advice) {
  std::vector<double> decile_of;
  std::int64_t before = 0;
  for (const auto& each : found.personas) {
    const double middle = (static_cast<double>(before) + 0.5 * static_cast<double>(each.profile.sessions)) /
                          static_cast<double>(data.sessions.rows());
    decile_of.push_back(std::min(10.0, std::floor(10 * middle) + 1));
    before += each.profile.sessions;
  }
  std::vector<double> session, propensity, decile;
  std::vector<std::int32_t> segment;
  for (std::size_t row = 0; row < found.assigned.size(); ++row) {
    const auto at = static_cast<std::size_t>(found.assigned[row]);
    if (data.converted[static_cast<ff::index>(row)] || !advice[at] || !advice[at]->outcome.made) continue;
    session.push_back(data.row_of[row]);
    propensity.push_back(std::round(found.personas[at].conversion.value * 1e6) / 1e6);
    decile.push_back(decile_of[at]);
    segment.push_back(found.assigned[row]);
  }
  std::vector<std::string> names, actions;
  for (std::size_t i = 0; i < found.personas.size(); ++i) {
    names.push_back(found.personas[i].name);
    actions.push_back(advice[i] ? advice[i]->outcome.action : ff::text("none for ", found.personas[i].name));
  }
  auto codes = segment;
  return ff::table({ff::column::numeric("session", std::move(session)),
                    ff::column::numeric("propensity", std::move(propensity)),
                    ff::column::numeric("decile", std::move(decile)),
                    ff::column::categorical("segment", std::move(segment), std::move(names)),
                    ff::column::categorical("action", std::move(codes), std::move(actions))});
}

}  // namespace segmentation
