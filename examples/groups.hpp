// SPDX-License-Identifier: MIT
// What both studies say about a group of sessions: its rate, and its means with the interval they lie in.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/rate.hpp>

namespace ff = footfall;

struct mean_estimate {
  double value = std::nan("");
  ff::interval range{std::nan(""), std::nan(""), 0.95};
};

/// Mean over the rows, with the large-sample interval: plus and minus 1.96 standard errors.
inline mean_estimate mean_over(std::span<const double> numbers, const ff::row_set& rows) {
  if (rows.empty()) return {};
  const auto n = static_cast<double>(rows.size());
  double mean = 0;
  for (const ff::index row : rows) mean += numbers[static_cast<std::size_t>(row)] / n;
  double squares = 0;
  for (const ff::index row : rows) squares += std::pow(numbers[static_cast<std::size_t>(row)] - mean, 2);
  const double half = ff::normal_quantile(0.975) * std::sqrt(squares / std::max(1.0, n - 1) / n);
  return {mean, {mean - half, mean + half, 0.95}};
}

inline ff::rate rate_over(const ff::labels& y, const ff::row_set& rows) {
  return ff::rate_of(y.rows(rows).positives(), static_cast<std::int64_t>(rows.size()));
}

/// The rows of each of the groups 0, 1, ..., groups - 1.
inline std::vector<ff::row_set> rows_by_group(std::span<const std::int32_t> group, int groups) {
  std::vector<ff::row_set> rows(static_cast<std::size_t>(groups));
  for (std::size_t row = 0; row < group.size(); ++row) {
    rows[static_cast<std::size_t>(group[row])].push_back(static_cast<ff::index>(row));
  }
  return rows;
}

inline ff::row_set all_rows(ff::index rows) {
  ff::row_set all(static_cast<std::size_t>(rows));
  std::iota(all.begin(), all.end(), ff::index{0});
  return all;
}

/// `size` rows drawn without putting back, ascending; all of them if there are no more.
inline ff::row_set sample_of(ff::index rows, ff::index size, std::uint64_t seed) {
  auto chosen = all_rows(rows);
  ff::random_stream(seed).shuffle(std::span(chosen));
  chosen.resize(static_cast<std::size_t>(std::min(rows, size)));
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

inline ff::segment_ids ids_of(const ff::segment_ids& segment, const ff::row_set& rows) {
  ff::segment_ids chosen;
  for (const ff::index row : rows) chosen.push_back(segment[static_cast<std::size_t>(row)]);
  return chosen;
}
