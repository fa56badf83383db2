// SPDX-License-Identifier: MIT
// Splitting sessions into those that a model learns from and those that it is judged on.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Every row is in exactly one of the two; both ascend.
struct split {
  row_set train;
  row_set test;

  bool operator==(const split&) const = default;
};

struct split_options {
  double test_share = 0.25;  ///< share of the rows to judge on, in (0, 1)
  std::uint64_t seed = 0;    ///< the same seed and labels give the same split, on every machine
};

struct fold_options {
  int folds = 5;           ///< from 2 to the number of rows of the rarer label
  std::uint64_t seed = 0;  ///< the same seed and labels give the same folds, on every machine
};

namespace detail {

/// The rows of label 0 and of label 1, each in random order.
inline std::array<row_set, 2> shuffled_classes(const labels& y, std::uint64_t seed, std::string_view who) {
  require(y.size() > 0, error_code::wrong_shape, who, "there must be at least one row, got 0");
  require(y.positives() > 0 && y.negatives() > 0, error_code::one_class, who, "both labels are needed, got ",
          y.positives(), " positives in ", y.size(), " rows");
  std::array<row_set, 2> classes;
  for (index row = 0; row < y.size(); ++row) classes[y[row] ? 1 : 0].push_back(row);
  for (std::size_t label = 0; label < 2; ++label) {
    random_stream(seed).child(label).shuffle(std::span(classes[label]));
  }
  return classes;
}

}  // namespace detail

/// The folds in which row i is tested by fold `fold_of[i]`, from 0 to `folds` - 1, and trains all others.
inline std::vector<split> folds_of(std::span<const std::size_t> fold_of, std::size_t folds) {
  std::vector<split> result(folds);
  for (std::size_t row = 0; row < fold_of.size(); ++row) {
    for (std::size_t fold = 0; fold < folds; ++fold) {
      (fold_of[row] == fold ? result[fold].test : result[fold].train).push_back(static_cast<index>(row));
    }
  }
  return result;
}

/// A random split that keeps the share of each label. The test set has `test_share` of the rows and of each label,
/// rounded: the total half up, then the label with the larger remainder up (label 1 if they tie), so that the labels
/// add up to the total. Throws bad_option for a share outside (0, 1), wrong_shape for no rows, one_class when a label
/// does not occur, bad_value when a label occurs too rarely to be on both sides. Cost O(rows log rows).
inline split stratified_split(const labels& y, const split_options& options = {}) {
  const auto who = "stratified_split";
  require(options.test_share > 0 && options.test_share < 1, error_code::bad_option, who,
          "test_share must be in (0, 1), got ", options.test_share);
  const auto classes = detail::shuffled_classes(y, options.seed, who);

  std::array<index, 2> taken{};
  std::array<double, 2> remainder{};
  for (std::size_t label = 0; label < 2; ++label) {
    const double exact = options.test_share * static_cast<double>(classes[label].size());
    taken[label] = static_cast<index>(std::floor(exact));
    remainder[label] = exact - std::floor(exact);
  }
  const auto total = static_cast<index>(std::floor(options.test_share * static_cast<double>(y.size()) + 0.5));
  const std::size_t first = remainder[1] >= remainder[0] ? 1 : 0;
  if (taken[0] + taken[1] < total) ++taken[first];
  if (taken[0] + taken[1] < total) ++taken[1 - first];

  split result;
  for (std::size_t label = 0; label < 2; ++label) {
    const auto rows = static_cast<index>(classes[label].size());
    require(taken[label] > 0 && taken[label] < rows, error_code::bad_value, who, "label ", label,
            " must be on both sides, got ", taken[label], " of its ", rows, " rows in the test set");
    const auto middle = classes[label].begin() + taken[label];
    result.test.insert(result.test.end(), classes[label].begin(), middle);
    result.train.insert(result.train.end(), middle, classes[label].end());
  }
  std::sort(result.train.begin(), result.train.end());
  std::sort(result.test.begin(), result.test.end());
  return result;
}

/// Folds for cross-validation: each row is in the test set of exactly one fold and in the train set of all others.
/// Between folds the test sets differ by at most one row, in total and for each label. Throws bad_option for folds
/// outside [2, rows of the rarer label], wrong_shape for no rows, one_class when a label does not occur.
/// Cost O(rows * folds).
inline std::vector<split> stratified_folds(const labels& y, const fold_options& options = {}) {
  const auto who = "stratified_folds";
  require(options.folds >= 2, error_code::bad_option, who, "folds must be at least 2, got ", options.folds);
  const auto classes = detail::shuffled_classes(y, options.seed, who);
  const auto folds = static_cast<std::size_t>(options.folds);
  const std::size_t smallest = std::min(classes[0].size(), classes[1].size());
  require(folds <= smallest, error_code::bad_option, who, "folds must be at most ", smallest,
          ", the rows of the rarer label, got ", folds);

  std::vector<std::size_t> fold_of(static_cast<std::size_t>(y.size()));
  std::size_t dealt = 0;  // as cards: the second class goes on where the first one ended
  for (const auto& rows : classes) {
    for (const index row : rows) fold_of[static_cast<std::size_t>(row)] = dealt++ % folds;
  }
  return folds_of(fold_of, folds);
}

FOOTFALL_END_NAMESPACE
