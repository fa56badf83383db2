// SPDX-License-Identifier: MIT
// Splits by time: a model is judged on sessions that are later than all it learned from.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/split.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

inline std::vector<double> sorted_times(std::span<const double> times, std::string_view who) {
  for (std::size_t row = 0; row < times.size(); ++row) {
    require(!std::isnan(times[row]), error_code::missing_value, who, "the time is missing (NaN) in row ", row);
  }
  std::vector<double> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace detail

/// The latest `test_share` of the rows (rounded half up) are tested, and all before them train. Rows of one time stay
/// together: those of the time at the cut are tested, so the test set may be larger than asked for, and every training
/// row is earlier than every test row. Throws bad_option for a share outside (0, 1), missing_value for a row without a time,
/// bad_value when one side would be empty.
inline split time_split(std::span<const double> times, double test_share = 0.25) {
  const auto who = "time_split";
  require(test_share > 0 && test_share < 1, error_code::bad_option, who, "test_share must be in (0, 1), got ",
          test_share);
  const auto sorted = detail::sorted_times(times, who);
  const auto tested = static_cast<std::size_t>(std::floor(test_share * static_cast<double>(sorted.size()) + 0.5));
  split result;
  if (tested > 0) {
    const double cut = sorted[sorted.size() - tested];
    for (std::size_t row = 0; row < times.size(); ++row) {
      (times[row] < cut ? result.train : result.test).push_back(static_cast<index>(row));
    }
  }
  require(!result.train.empty() && !result.test.empty(), error_code::bad_value, who, "both sides need a row, got ",
          result.test.size(), " of ", times.size(), " in the test set");
  return result;
}

/// `folds` splits of growing training sets: time is cut into `folds` + 1 stretches of about equal numbers of rows, and
/// the k-th split learns from the first k stretches and is tested on the next one. Rows of one time are in one stretch, the
/// first row of a stretch deciding. Rows of the first stretch are never tested. Throws bad_option for less than 1 fold,
/// missing_value for a row without a time, bad_value when a stretch would be empty.
inline std::vector<split> time_folds(std::span<const double> times, int folds = 5) {
  const auto who = "time_folds";
  require(folds >= 1, error_code::bad_option, who, "folds must be at least 1, got ", folds);
  const auto sorted = detail::sorted_times(times, who);
  const auto stretches = static_cast<std::size_t>(folds) + 1;
  require(sorted.size() >= stretches, error_code::bad_value, who, "there must be a row for each of ", stretches,
          " stretches of time, got ", sorted.size());
  std::vector<double> cuts;  // the first time of each stretch but the first
  for (std::size_t k = 1; k < stretches; ++k) {
    cuts.push_back(sorted[k * sorted.size() / stretches]);
    require(cuts.back() > (k == 1 ? sorted.front() : cuts[k - 2]), error_code::bad_value, who,
            "too many rows of one time, ", cuts.back(), ": stretch ", k, " would be empty");
  }
  std::vector<split> result(static_cast<std::size_t>(folds));
  for (std::size_t row = 0; row < times.size(); ++row) {
    const auto stretch =
        static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), times[row]) - cuts.begin());
    for (std::size_t fold = 0; fold < result.size(); ++fold) {
      if (stretch <= fold) result[fold].train.push_back(static_cast<index>(row));
      if (stretch == fold + 1) result[fold].test.push_back(static_cast<index>(row));
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
