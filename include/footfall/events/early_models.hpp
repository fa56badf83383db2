// SPDX-License-Identifier: MIT
// What two models before the cart are trained on: the study's, which looks back on whole sessions, and one for live visitors.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/label.hpp>
#include <footfall/data/table.hpp>
#include <footfall/events/as_of.hpp>
#include <footfall/events/session_table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Rows to train on. Rows of one session belong on one side of a split: split the sessions and take `rows_of` each side, or
/// split by `group()`.
struct training_rows {
  table features;              ///< only columns that are known at the stated stage
  labels outcome;              ///< of the whole session
  std::vector<index> session;  ///< of each row: the number of its session

  /// The rows of these sessions, in their order here.
  row_set rows_of(row_set sessions) const {
    std::sort(sessions.begin(), sessions.end());
    row_set rows;
    for (std::size_t row = 0; row < session.size(); ++row) {
      if (std::binary_search(sessions.begin(), sessions.end(), session[row])) rows.push_back(static_cast<index>(row));
    }
    return rows;
  }
  /// The numbers of the sessions as a column, for `grouped_split` and `grouped_folds`.
  column group() const {
    return column::numeric("session", std::vector<double>(session.begin(), session.end()), stage::context);
  }
};

/// The columns of a table that are known at a stage, in their order. Throws bad_value for a column of unknown stage.
inline std::vector<std::string> columns_until(const table& sessions, stage until) {
  std::vector<std::string> names;
  for (const column& each : sessions.columns()) {
    require(each.stage() != stage::unknown, error_code::bad_value, "columns_until", each.who(), " has no stage");
    if (each.stage() <= until) names.push_back(each.name());
  }
  return names;
}

/// The study's model B: whole sessions without the columns of the cart and later. It still leaks: how long a session lasted and how
/// many pages it saw is known when it is over, and sessions that go on to the checkout are longer for that. Such a model looks
/// better than it will be. Throws unknown_name, and what `label` throws for an outcome that is not 0 and 1.
inline training_rows model_b(const table& sessions, std::string_view outcome = "purchased") {
  training_rows result{sessions.select(columns_until(sessions, stage::browse)), label(sessions, outcome), {}};
  for (index row = 0; row < sessions.rows(); ++row) result.session.push_back(row);
  return result;
}

/// The moments of a live model, and what must not have happened by then.
struct live_moments {
  as_of when = as_of::each("page_view");
  stage until = stage::browse;  ///< the model sees columns known by then
  /// Features that are 0 as long as the visitor can still be won; a row where one is not is left out.
  std::vector<std::string> not_yet = {"add_to_cart", "reached_checkout", "purchased"};
  std::string outcome = "purchased";  ///< of the whole session
};

/// The model that can be asked live: rows as of moments inside sessions that have not put anything into the cart yet, with the
/// outcome of the whole session. Each row holds what a live table shows at that moment. A session gives as many rows as it has such
/// moments, so long ones count for more; give weights if that is not wanted. Throws as `features_of`, unknown_name, wrong_kind,
/// wrong_shape where no row is left.
inline training_rows model_b_live(const event_log& log, const session_list& sessions, const session_features& features,
                                  const live_moments& moments = {}, const run_options& run = {}) {
  const session_rows rows = features_of(log, sessions, features, moments.when, run);
  const table& all = rows.features;
  std::vector<bool> late(rows.session.size(), false);
  for (const auto& name : moments.not_yet) {
    const auto numbers = all[name].numbers();
    for (std::size_t row = 0; row < late.size(); ++row) late[row] = late[row] || numbers[row] != 0;
  }
  const labels outcomes = label(features_of(log, sessions, features, as_of::end(), run).features, moments.outcome);
  row_set kept, session;
  for (std::size_t row = 0; row < late.size(); ++row) {
    if (late[row]) continue;
    kept.push_back(static_cast<index>(row));
    session.push_back(rows.session[row]);
  }
  require(!kept.empty(), error_code::wrong_shape, "model_b_live", "no row is left of ", late.size());
  return {all.select(columns_until(all, moments.until)).rows(kept), outcomes.rows(session), session};
}

/// Sessions cut just before the first of some event. To be cut there says that the event follows, so this is for looking at, not for
/// learning from: it is no table and no step takes it, and every column of what it shows is of the stage outcome, so that a
/// `known_by` refuses it.
class described_rows {
 public:
  described_rows(table shown, std::vector<index> session) : shown_(std::move(shown)), session_(std::move(session)) {}

  const table& for_description() const noexcept { return shown_; }
  const std::vector<index>& session() const noexcept { return session_; }

 private:
  table shown_;
  std::vector<index> session_;
};

/// What the sessions that have such an event were like just before it. A session that begins with it, and one that never has it, gives no
/// row. Throws as `features_of`.
inline described_rows before_first(const event_names& names, const event_log& log, const session_list& sessions,
                                   const session_features& features, const run_options& run = {}) {
  const session_rows rows = detail::rows_before_first(names, log, sessions, features, run);
  std::vector<std::string> columns;
  for (const auto& each : features.list()) columns.push_back(each.name);
  return {rows.features.with_stage(columns, stage::outcome), rows.session};
}

FOOTFALL_END_NAMESPACE
