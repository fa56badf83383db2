// SPDX-License-Identifier: MIT
// Model B as it could run: on what is known some seconds into a session that has not put anything into the cart yet.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>
#include <footfall/report/line_chart.hpp>
#include <footfall/report/page.hpp>

#include "../study.hpp"
#include "data.hpp"
#include "models.hpp"

/// How good the score is at a moment.
struct live_moment {
  double seconds = 0;
  judgement held_out;
};

inline constexpr double live_seconds = 30;  // the moment of the model that is kept
inline constexpr int live_trees = 60;       // the same at each moment, or the curve would show the forests

/// Sessions as they stood at a moment, on the sides of the split on which the whole sessions are. Those that had a cart by then are left
/// out: nothing is left to decide.
struct live_sessions {
  shop_sessions then;
  ff::split sides;
};

inline live_sessions sessions_at(const shop_sessions& data, const ff::split& split, double seconds) {
  const auto rows =
      ff::model_b_live(data.log, data.list, ff::studied_features(), {.when = ff::as_of::seconds(seconds)});
  live_sessions result{{.sessions = with_weekend(rows.features.without({"sessions_before"})), .bought = rows.outcome},
                       {}};
  std::vector<bool> is_test(static_cast<std::size_t>(data.sessions.rows()), false);
  for (const ff::index session : split.test) is_test[static_cast<std::size_t>(session)] = true;
  for (std::size_t row = 0; row < rows.session.size(); ++row) {
    auto& side = is_test[static_cast<std::size_t>(data.row_of[static_cast<std::size_t>(rows.session[row])])]
                     ? result.sides.test
                     : result.sides.train;
    side.push_back(static_cast<ff::index>(row));
  }
  return result;
}

inline model_result live_model(const shop_sessions& data, const ff::split& split, std::uint64_t seed) {
  const auto [then, sides] = sessions_at(data, split, live_seconds);
  return fit_and_judge("Model B live", then, sides, {}, seed, live_trees);
}

/// The moment of the live model among earlier and later ones.
inline std::vector<live_moment> other_moments(const shop_sessions& data, const ff::split& split,
                                              const model_result& live, std::uint64_t seed) {
  std::vector<live_moment> moments;
  for (const double seconds : {10.0, live_seconds, 60.0, 120.0}) {
    if (seconds == live_seconds) {
      moments.push_back({seconds, live.held_out});
      continue;
    }
    const auto at = sessions_at(data, split, seconds);
    const auto both = [&](const ff::row_set& rows) {
      const auto y = at.then.bought.rows(rows);
      return y.positives() >= 2 && y.negatives() >= 2;
    };
    if (!both(at.sides.train) || !both(at.sides.test)) continue;  // by then nearly all buyers have a cart
    moments.push_back({seconds, held_out(at.then, at.sides, {}, seed, live_trees)});
  }
  return moments;
}

inline void describe_live(const model_result& live, const std::vector<live_moment>& moments, ff::page& page,
                          ff::json& report) {
  page.section("Model B in the middle of a visit");
  page.paragraph(
      "Model B as the studied report has it looks at whole sessions: how long one lasted and how many pages it saw is "
      "known when it is over. "
      "A live model sees only what the events up to a moment say. The same recipe, a forest of 60 trees, is fitted and "
      "judged on sessions "
      "as they stood some seconds after their "
      "first event, those that already had a cart left out, with the outcome of the whole session.");
  ff::line line{"ROC-AUC", {}};
  ff::printed_table table("The live model at several moments, test sessions", {{"Seconds into the session"},
                                                                               {"ROC-AUC"},
                                                                               {"Interval"},
                                                                               {"Lift of the top 10 %"},
                                                                               {"Interval"},
                                                                               {"Lift of the top 20 %"}});
  for (const auto& each : moments) {
    const auto& of = each.held_out;
    line.points.push_back({each.seconds, of.roc_auc.value, of.roc_auc.range});
    table.add({ff::fixed(each.seconds, 0), ff::fixed(of.roc_auc.value, 3), ff::fixed(of.roc_auc.range, 3),
               ff::fixed(of.lift_10().value, 2), ff::fixed(of.lift_10().range, 2), ff::fixed(of.lift_20().value, 2)});
    ff::json out = as_json(of);
    out["seconds"] = each.seconds;
    report["live_moments"].push(std::move(out));
  }
  page.add(table);
  page.paragraph(
      "What grows with the seconds is not only knowledge of the visitor: sessions that are over stand still while "
      "those that may yet buy go on, "
      "and those that have bought or filled a cart are gone from the table.");
  page.add(ff::chart(
      {.name = "live",
       .title = "What can be known when",
       .how_to_read =
           "Going right, the session is older and more of it is known; 0.5 is chance, the lines are 95 % intervals.",
       .says = ff::text("After 30 seconds the score reaches ", ff::fixed(live.held_out.roc_auc.value, 3),
                        ", after two minutes ", ff::fixed(moments.back().held_out.roc_auc.value, 3), ".")},
      ff::line_chart{.lines = {line},
                     .x = "Seconds into the session",
                     .y = "ROC-AUC",
                     .x_format = ff::as_number(0),
                     .y_format = ff::as_number(3),
                     .from_zero = false,
                     .marks = true}));
}
