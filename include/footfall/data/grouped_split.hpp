// SPDX-License-Identifier: MIT
// Splits that keep all sessions of a visitor on one side: whom the model knows, it is not judged on.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/split.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// The rows of each group, groups in random order.
inline std::vector<row_set> shuffled_groups(const column& group, std::uint64_t seed, std::string_view who) {
  require(group.missing() == 0, error_code::missing_value, who, group.who(), " names no group in ", group.missing(),
          " rows");
  const column_keys keys = group.is_numeric() ? column_keys{group.numbers(), {}} : column_keys{{}, group.codes()};
  std::unordered_map<std::uint64_t, std::size_t> number_of;  // groups in the order of their first row
  std::vector<row_set> groups;
  for (index row = 0; row < group.rows(); ++row) {
    const auto [entry, added] = number_of.try_emplace(keys[static_cast<std::size_t>(row)], groups.size());
    if (added) groups.emplace_back();
    groups[entry->second].push_back(row);
  }
  random_stream(seed).shuffle(std::span(groups));
  return groups;
}

}  // namespace detail

/// A random split in which the rows of each group, e.g. the sessions of a visitor, are on one side. Groups are taken into the
/// test set in random order as long as each brings its size nearer to `test_share` of the rows. Throws bad_option for a share
/// outside (0, 1), missing_value for a row without a group, bad_value when one side stays empty.
inline split grouped_split(const column& group, const split_options& options = {}) {
  const auto who = "grouped_split";
  require(options.test_share > 0 && options.test_share < 1, error_code::bad_option, who,
          "test_share must be in (0, 1), got ", options.test_share);
  const double wanted = options.test_share * static_cast<double>(group.rows());
  split result;
  for (const auto& rows : detail::shuffled_groups(group, options.seed, who)) {
    const double nearer = static_cast<double>(result.test.size()) + static_cast<double>(rows.size()) / 2;
    auto& side = nearer < wanted ? result.test : result.train;
    side.insert(side.end(), rows.begin(), rows.end());
  }
  require(!result.train.empty() && !result.test.empty(), error_code::bad_value, who, "both sides need a group, got ",
          result.test.size(), " of ", group.rows(), " rows in the test set");
  std::sort(result.train.begin(), result.train.end());
  std::sort(result.test.begin(), result.test.end());
  return result;
}

/// Folds for cross-validation in which each group is tested by one fold. Groups are dealt out by size, the largest first, each
/// to the fold with the fewest rows. Throws bad_option for folds outside [2, groups], missing_value for a row without a group.
inline std::vector<split> grouped_folds(const column& group, const fold_options& options = {}) {
  const auto who = "grouped_folds";
  auto groups = detail::shuffled_groups(group, options.seed, who);
  require(options.folds >= 2 && static_cast<std::size_t>(options.folds) <= groups.size(), error_code::bad_option, who,
          "folds must be in [2, ", groups.size(), "], the number of groups, got ", options.folds);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const row_set& a, const row_set& b) { return a.size() > b.size(); });
  std::vector<std::size_t> filled(static_cast<std::size_t>(options.folds), 0);
  std::vector<std::size_t> fold_of(static_cast<std::size_t>(group.rows()));
  for (const auto& rows : groups) {
    const auto fold = static_cast<std::size_t>(std::min_element(filled.begin(), filled.end()) - filled.begin());
    for (const index row : rows) fold_of[static_cast<std::size_t>(row)] = fold;
    filled[fold] += rows.size();
  }
  return folds_of(fold_of, filled.size());
}

FOOTFALL_END_NAMESPACE
