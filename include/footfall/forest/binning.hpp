// SPDX-License-Identifier: MIT
// Binning: every value becomes a code of one byte, so that a forest compares bytes and counts instead of sorting.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/random.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The codes of many sessions, one row a session: row-major, because a tree asks for many columns of one session.
struct bin_codes {
  std::vector<std::uint8_t> values;
  index rows = 0;
  index cols = 0;

  const std::uint8_t* row(index i) const noexcept { return values.data() + i * cols; }
};

/// Where the bins of each column end. Code b holds the values above `edges[b - 1]` up to and including `edges[b]`, so that
/// `code <= b` says the same as `value <= edges[b]`; a missing value has the code 255.
template <std::floating_point Scalar>
class fitted_bins {
 public:
  static constexpr std::string_view kind = "bins";
  static constexpr std::uint8_t missing_code = 255;
  static constexpr int most_bins = 255;

  fitted_bins() = default;

  const std::vector<std::vector<Scalar>>& edges() const noexcept { return edges_; }
  index cols() const noexcept { return static_cast<index>(edges_.size()); }
  /// What the edges take in memory, with the copy of them that is searched.
  index bytes() const noexcept {
    std::size_t values = ladder_.size();
    for (const auto& each : edges_) values += each.size();
    return static_cast<index>(values * sizeof(Scalar) + searches_.size() * sizeof(search));
  }

  std::uint8_t code(index column, Scalar value) const noexcept {
    if (std::isnan(value)) return missing_code;
    const search own = searches_[static_cast<std::size_t>(column)];
    const Scalar* const edges = ladder_.data() + own.start;
    std::size_t below = 0;
    for (std::size_t step = own.first_step; step > 0; step /= 2) below += one_step(edges, below, step, value);
    return static_cast<std::uint8_t>(below);
  }

  /// Writes the codes of `count` values of a column, one every `stride` bytes. Returns false if one of them is infinite.
  bool code_column(index column, const Scalar* values, index count, std::uint8_t* codes, index stride) const noexcept {
    constexpr index together = 8;  // searches side by side, without a branch: none waits for another
    const search own = searches_[static_cast<std::size_t>(column)];
    const Scalar* const edges = ladder_.data() + own.start;
    bool finite = true;
    index row = 0;
    for (; row + together <= count; row += together) {
      std::array<std::size_t, together> below{};
      for (std::size_t step = own.first_step; step > 0; step /= 2) {
        for (std::size_t i = 0; i < together; ++i) {
          below[i] += one_step(edges, below[i], step, values[row + static_cast<index>(i)]);
        }
      }
      for (std::size_t i = 0; i < together; ++i) {
        const Scalar value = values[row + static_cast<index>(i)];
        finite = finite & !std::isinf(value);
        codes[(row + static_cast<index>(i)) * stride] =
            std::isnan(value) ? missing_code : static_cast<std::uint8_t>(below[i]);
      }
    }
    for (; row < count; ++row) {
      finite = finite && !std::isinf(values[row]);
      codes[row * stride] = code(column, values[row]);
    }
    return finite;
  }

  /// The codes of rows [begin, end). Throws not_finite for an infinite value, naming `columns[c]` and the row.
  bin_codes codes(const matrix_view<Scalar>& x, index begin, index end, const std::vector<feature_info>& columns,
                  std::string_view who) const {
    bin_codes result{std::vector<std::uint8_t>(static_cast<std::size_t>((end - begin) * cols())), end - begin, cols()};
    encode(x, begin, end, columns, who, result.values.data(), cols(), 1);
    return result;
  }

  /// The same into memory of the caller: a row every `row_step` bytes, a column every `column_step`.
  void encode(const matrix_view<Scalar>& x, index begin, index end, const std::vector<feature_info>& columns,
              std::string_view who, std::uint8_t* codes, index row_step, index column_step) const {
    if (begin == end) return;
    for (index column = 0; column < cols(); ++column) {
      const Scalar* const values = x.col(column).data();
      if (code_column(column, values + begin, end - begin, codes + column * column_step, row_step)) continue;
      const index row =
          std::find_if(values + begin, values + end, [](Scalar each) { return std::isinf(each); }) - values;
      fail(error_code::not_finite, who, "column '", columns[static_cast<std::size_t>(column)].name,
           "' must be finite or missing, got ", values[row], " in row ", row);
    }
  }

  auto parts() const { return std::tie(edges_); }
  /// Throws bad_parts unless each column has at most 254 finite edges that rise.
  static fitted_bins from_parts(std::vector<std::vector<Scalar>> edges) {
    for (const auto& each : edges) {
      require(each.size() < most_bins, error_code::bad_parts, "bins", "a column has at most 254 edges, got ",
              each.size());
      for (std::size_t i = 0; i < each.size(); ++i) {
        require(std::isfinite(each[i]) && (i == 0 || each[i - 1] < each[i]), error_code::bad_parts, "bins",
                "edges must be finite and rise, got ", each[i]);
      }
    }
    return fitted_bins(std::move(edges));
  }
  bool operator==(const fitted_bins& other) const { return same_parts(*this, other); }

 private:
  /// A binary search of as many steps for every value, none of them a branch: the edges of a column lie in `ladder_`, filled
  /// up with infinity to one less than a power of two.
  struct search {
    std::size_t start;
    std::size_t first_step;
  };
  static std::size_t one_step(const Scalar* edges, std::size_t below, std::size_t step, Scalar value) noexcept {
    return edges[below + step - 1] < value ? step : 0;
  }

  explicit fitted_bins(std::vector<std::vector<Scalar>> edges) : edges_(std::move(edges)) {
    for (const auto& each : edges_) {
      const std::size_t rungs = std::bit_ceil(each.size() + 1);
      searches_.push_back({ladder_.size(), rungs / 2});
      ladder_.insert(ladder_.end(), each.begin(), each.end());
      ladder_.resize(searches_.back().start + rungs, std::numeric_limits<Scalar>::infinity());
    }
  }

  std::vector<std::vector<Scalar>> edges_;
  std::vector<Scalar> ladder_;
  std::vector<search> searches_;
};

namespace detail {

/// A value v with a <= v < b, halfway where rounding and overflow allow it.
template <class Scalar>
Scalar between(Scalar a, Scalar b) noexcept {
  const Scalar middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}

/// Edges of one column from its values and their counts: between all neighbours when there are few distinct values (so
/// that every split of the sorted values can be made), else where each bin has taken its share of the total count.
template <class Scalar>
std::vector<Scalar> edges_of(std::vector<std::pair<Scalar, std::uint64_t>>& values, int bins) {
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<Scalar, std::uint64_t>> distinct;
  std::uint64_t total = 0;
  for (const auto& [value, count] : values) {
    if (distinct.empty() || distinct.back().first < value) distinct.emplace_back(value, 0);
    distinct.back().second += count;
    total += count;
  }
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

}  // namespace detail

/// Finds the bins of every column of `x`. With at most `bins` distinct values in a column each has a bin of its own; else
/// the bins hold about equal counts. Columns of more than `sample` rows are looked at through that many rows drawn by
/// `stream`, the same rows for all columns. `counts` is what each row counts (0: not at all). Missing values have no part
/// in it; infinity throws not_finite.
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
  team.for_each_index(x.cols(), [&](index column) {
    std::vector<std::pair<Scalar, std::uint64_t>> values;
    values.reserve(rows.size());
    for (const index row : rows) {
      const Scalar value = x(row, column);
      if (std::isinf(value)) {
        fail(error_code::not_finite, who, "column '", columns[static_cast<std::size_t>(column)].name,
             "' must be finite or missing, got ", value, " in row ", row);
      }
      if (!std::isnan(value)) values.emplace_back(value, counts[static_cast<std::size_t>(row)]);
    }
    edges[static_cast<std::size_t>(column)] = detail::edges_of(values, bins);
  });
  return fitted_bins<Scalar>::from_parts(std::move(edges));
}

FOOTFALL_END_NAMESPACE
