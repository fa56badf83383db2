// SPDX-License-Identifier: MIT
// Finding the bins of columns: how often each value is met decides where they end.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_bins.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A value v with a <= v < b, halfway where rounding and overflow allow it.
template <class Scalar>
Scalar between(Scalar a, Scalar b) noexcept {
  const Scalar middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}

/// The values as far as they differ, rising, each with what all its rows count.
template <class Scalar>
std::vector<std::pair<Scalar, std::uint64_t>> distinct_values(std::vector<std::pair<Scalar, std::uint64_t>>& values) {
  using counted = std::pair<Scalar, std::uint64_t>;
  const auto lower = [](const counted& a, const counted& b) { return a.first < b.first; };
  // Flags and small counts are the rule in a shop: as long as values are few they are looked up, and nothing is sorted.
  constexpr std::size_t few = 16;
  std::vector<counted> distinct;
  const bool found = std::all_of(values.begin(), values.end(), [&](const counted& each) {
    const auto same =
        std::find_if(distinct.begin(), distinct.end(), [&](const counted& other) { return other.first == each.first; });
    if (same != distinct.end()) {
      same->second += each.second;
    } else {
      distinct.push_back(each);
    }
    return distinct.size() <= few;
  });
  if (found) {
    std::sort(distinct.begin(), distinct.end(), lower);
    return distinct;
  }
  distinct.clear();
  std::sort(values.begin(), values.end(), lower);
  for (const auto& [value, count] : values) {
    if (distinct.empty() || distinct.back().first < value) distinct.emplace_back(value, 0);
    distinct.back().second += count;
  }
  return distinct;
}

/// Edges of one column from its values and their counts: between all neighbours when there are few distinct values (so
/// that every split of the sorted values can be made), else where each bin has taken its share of the total count.
template <class Scalar>
std::vector<Scalar> edges_of(std::vector<std::pair<Scalar, std::uint64_t>>& values, int bins) {
  const auto distinct = distinct_values(values);
  std::uint64_t total = 0;
  for (const auto& each : distinct) total += each.second;
  std::vector<Scalar> edges;
  const bool all = distinct.size() <= static_cast<std::size_t>(bins);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i + 1 < distinct.size(); ++i) {
    below += distinct[i].second;
    // The next edge is due when the bins so far hold their share: below / total >= (edges + 1) / bins.
    const bool due = below * static_cast<std::uint64_t>(bins) >= (edges.size() + 1) * total;
    if (all || (due && edges.size() + 1 < static_cast<std::size_t>(bins))) {
      edges.push_back(between(distinct[i].first, distinct[i + 1].first));
    }
  }
  return edges;
}

/// How many levels a column has, each row one of them or missing. Throws limit, not_finite, bad_value.
template <std::floating_point Scalar>
std::int16_t checked_levels(const matrix_view<Scalar>& x, index column, const feature_info& info,
                            std::string_view who) {
  const auto count = info.levels->size();
  require(count <= 255, error_code::limit, who, "column '", info.name, "' has ", count,
          " levels, at most 255 can be split");
  for (index row = 0; row < x.rows(); ++row) {
    const Scalar value = x(row, column);
    require(!std::isinf(value), error_code::not_finite, who, "column '", info.name, "' is infinite in row ", row);
    require(std::isnan(value) || (value >= 0 && value < static_cast<Scalar>(count) && value == std::floor(value)),
            error_code::bad_value, who, "column '", info.name, "' has the levels 0 to ", count, " - 1, got ", value,
            " in row ", row);
  }
  return static_cast<std::int16_t>(count);
}

}  // namespace detail

/// Finds the bins of every column of `x`. With at most `bins` distinct values in a column each has a bin of its own; else
/// the bins hold about equal counts. Columns of more than `sample` rows are looked at through that many rows drawn by
/// `stream`, the same rows for all columns. `counts` is what each row counts (0: not at all). Missing values have no part
/// in it; infinity throws not_finite. Where `columns` say levels, each level has a code of its own; any other value throws bad_value,
/// more than 255 levels throw limit.
template <std::floating_point Scalar>
fitted_bins<Scalar> fit_bins(const matrix_view<Scalar>& x, std::span<const std::uint32_t> counts, int bins,
                             random_stream stream, const std::vector<feature_info>& columns, std::string_view who,
                             workers& team, index sample = 200'000) {
  std::vector<index> rows;
  for (index row = 0; row < x.rows(); ++row) {
    if (counts[static_cast<std::size_t>(row)] > 0) rows.push_back(row);
  }
  if (static_cast<index>(rows.size()) > sample) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(sample); ++i) {
      std::swap(rows[i], rows[i + stream.below(rows.size() - i)]);
    }
    rows.resize(static_cast<std::size_t>(sample));
  }
  std::vector<std::vector<Scalar>> edges(static_cast<std::size_t>(x.cols()));
  std::optional<std::vector<std::int16_t>> levels;
  if (std::any_of(columns.begin(), columns.end(), [](const feature_info& each) { return each.levels.has_value(); })) {
    levels.emplace(edges.size(), fitted_bins<Scalar>::no_levels);
  }
  team.for_each_index(x.cols(), [&](index column) {
    const feature_info& info = columns[static_cast<std::size_t>(column)];
    if (info.levels.has_value()) {
      (*levels)[static_cast<std::size_t>(column)] = detail::checked_levels(x, column, info, who);
      return;
    }
    std::vector<std::pair<Scalar, std::uint64_t>> values;
    values.reserve(rows.size());
    for (const index row : rows) {
      const Scalar value = x(row, column);
      if (std::isinf(value)) {
        fail(error_code::not_finite, who, "column '", info.name, "' must be finite or missing, got ", value, " in row ",
             row);
      }
      if (!std::isnan(value)) values.emplace_back(value, counts[static_cast<std::size_t>(row)]);
    }
    edges[static_cast<std::size_t>(column)] = detail::edges_of(values, bins);
  });
  return fitted_bins<Scalar>::from_parts(std::move(edges), std::move(levels));
}

FOOTFALL_END_NAMESPACE
