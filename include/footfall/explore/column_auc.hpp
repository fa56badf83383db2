// SPDX-License-Identifier: MIT
// How well one column alone ranks sessions by their outcome.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/evaluate/ranking.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A column as if it were a score.
struct column_auc {
  std::string name;
  double auc = 0.5;    ///< below one half: sessions with the outcome tend to have smaller numbers
  index sessions = 0;  ///< that have a number
  index missing = 0;   ///< that have none and are left out
};

/// The area under the ROC curve of a column of numbers, ties counted half. Throws unknown_name, wrong_kind, wrong_shape for
/// another number of labels, not_finite for infinity, one_class where the sessions with a number are of one label.
inline column_auc auc_of_column(const table& sessions, std::string_view name, const labels& y) {
  const auto numbers = sessions[name].numbers();
  require(y.size() == sessions.rows(), error_code::wrong_shape, "auc_of_column", "there must be one label for each of ",
          sessions.rows(), " rows, got ", y.size());
  row_set present;
  std::vector<double> score;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (std::isnan(numbers[row])) continue;
    present.push_back(static_cast<index>(row));
    score.push_back(numbers[row]);
  }
  return {std::string(name), roc_auc(ranking(score, y.rows(present))).value, static_cast<index>(present.size()),
          sessions.rows() - static_cast<index>(present.size())};
}

FOOTFALL_END_NAMESPACE
