// SPDX-License-Identifier: MIT
// Columns that tell the outcome too well to be true: each alone, by its numbers, its levels, or where it is missing.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/explore/column_auc.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A column that ranks sessions by their outcome on its own.
struct telling_column {
  enum class by : unsigned char { numbers, levels, gaps };
  std::string name;
  by what = by::numbers;  ///< what of it tells: its numbers, its levels, or in which sessions it is missing
  double auc = 1;         ///< in [1/2, 1]: of the ranking, or of its reverse where that is larger
  footfall::stage stage = footfall::stage::unknown;
};

namespace detail {

/// The level's share of positives as a score: the best that its levels can rank the sessions they were counted in.
inline std::vector<double> rates_of_levels(const column& source, const labels& y) {
  std::vector<double> positives(source.levels().size() + 1), all(source.levels().size() + 1);
  const auto place = [&](std::int32_t code) {
    return static_cast<std::size_t>(code + 1);
  };  // missing is one of its own
  index row = 0;
  for (const auto code : source.codes()) {
    all[place(code)] += 1;
    positives[place(code)] += y[row++] ? 1 : 0;
  }
  std::vector<double> score;
  for (const auto code : source.codes()) score.push_back(positives[place(code)] / all[place(code)]);
  return score;
}

}  // namespace detail

/// The columns whose AUC alone, in either direction, is at least `from`, the most telling first, equal ones in the order of the
/// table. In behaviour, where a good model of many columns reaches .8, one column of .95 has usually seen the outcome. Levels are judged on
/// the sessions that they were counted in: a column of as many levels as sessions always tells everything. Throws bad_option for a limit outside
/// (1/2, 1], wrong_shape, not_finite, one_class. Cost: one sort of each column.
inline std::vector<telling_column> telling_columns(const table& sessions, const labels& y, double from = 0.95) {
  const std::string_view who = "telling_columns";
  require(from > 0.5 && from <= 1, error_code::bad_option, who, "from must be in (1/2, 1], got ", from);
  require(y.size() == sessions.rows(), error_code::wrong_shape, who, "there must be one label for each of ",
          sessions.rows(), " rows, got ", y.size());
  require(y.positives() > 0 && y.negatives() > 0, error_code::one_class, who, "both labels must be there, got ",
          y.positives(), " positive and ", y.negatives(), " negative sessions");
  std::vector<telling_column> found;
  for (const column& each : sessions.columns()) {
    const auto tell = [&](telling_column::by what, double auc) {
      const double either = std::max(auc, 1 - auc);
      if (either >= from) found.push_back({each.name(), what, either, each.stage()});
    };
    if (!each.is_numeric()) {
      tell(telling_column::by::levels, roc_auc(ranking(detail::rates_of_levels(each, y), y)).value);
      continue;
    }
    std::vector<double> gap;
    row_set present;
    for (const double number : each.numbers()) {
      if (!std::isnan(number)) present.push_back(static_cast<index>(gap.size()));
      gap.push_back(std::isnan(number) ? 1 : 0);
    }
    const labels rest = y.rows(present);
    if (rest.positives() > 0 && rest.negatives() > 0) {
      tell(telling_column::by::numbers, auc_of_column(sessions, each.name(), y).auc);
    }
    if (rest.size() < y.size()) tell(telling_column::by::gaps, roc_auc(ranking(gap, y)).value);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.auc > b.auc; });
  return found;
}

FOOTFALL_END_NAMESPACE
