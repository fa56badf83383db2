// SPDX-License-Identifier: MIT
// Hold-out and folds by chance alone, for what has no label of two kinds.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/split.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// 0 to `rows` - 1 in random order.
inline row_set shuffled_rows(index rows, std::uint64_t seed) {
  row_set order(static_cast<std::size_t>(rows));
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = static_cast<index>(row);
  random_stream(seed).shuffle(std::span(order));
  return order;
}

}  // namespace detail

/// A random split of `rows` rows; the test set has `test_share` of them, rounded half up. Throws bad_option for a share
/// outside (0, 1), bad_value when one side would be empty.
inline split random_split(index rows, const split_options& options = {}) {
  const auto who = "random_split";
  require(options.test_share > 0 && options.test_share < 1, error_code::bad_option, who,
          "test_share must be in (0, 1), got ", options.test_share);
  const auto tested = static_cast<index>(std::floor(options.test_share * static_cast<double>(rows) + 0.5));
  require(tested > 0 && tested < rows, error_code::bad_value, who, "both sides need a row, got ", tested, " of ", rows,
          " in the test set");
  const row_set order = detail::shuffled_rows(rows, options.seed);
  split result{{order.begin() + tested, order.end()}, {order.begin(), order.begin() + tested}};
  std::sort(result.train.begin(), result.train.end());
  std::sort(result.test.begin(), result.test.end());
  return result;
}

/// Folds by chance: each row is in the test set of exactly one; their sizes differ by at most one. Throws bad_option for
/// folds outside [2, rows].
inline std::vector<split> random_folds(index rows, const fold_options& options = {}) {
  require(options.folds >= 2 && options.folds <= rows, error_code::bad_option, "random_folds", "folds must be in [2, ",
          rows, "], got ", options.folds);
  std::vector<std::size_t> fold_of(static_cast<std::size_t>(rows));
  std::size_t dealt = 0;
  for (const index row : detail::shuffled_rows(rows, options.seed)) {
    fold_of[static_cast<std::size_t>(row)] = dealt++ % static_cast<std::size_t>(options.folds);
  }
  return folds_of(fold_of, static_cast<std::size_t>(options.folds));
}

FOOTFALL_END_NAMESPACE
