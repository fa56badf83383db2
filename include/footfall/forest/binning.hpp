// SPDX-License-Identifier: MIT
// Binning: every value becomes a code of one byte, so that a forest compares bytes and counts instead of sorting.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
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

  const std::vector<std::vector<Scalar>>& edges() const noexcept { return edges_; }
  index cols() const noexcept { return static_cast<index>(edges_.size()); }

  std::uint8_t code(index column, Scalar value) const noexcept {
    if (std::isnan(value)) return missing_code;
    const auto& edges = edges_[static_cast<std::size_t>(column)];
    return static_cast<std::uint8_t>(std::lower_bound(edges.begin(), edges.end(), value) - edges.begin());
  }

  /// The codes of rows [begin, end). Throws not_finite for an infinite value, naming `columns[c]` and the row.
  bin_codes codes(const matrix_view<Scalar>& x, index begin, index end, const std::vector<feature_info>& columns,
                  std::string_view who) const {
    bin_codes result{std::vector<std::uint8_t>(static_cast<std::size_t>((end - begin) * cols())), end - begin, cols()};
    for (index column = 0; column < cols(); ++column) {
      const Scalar* const values = x.col(column).data();
      std::uint8_t* out = result.values.data() + column;
      for (index row = begin; row < end; ++row, out += cols()) {
        if (std::isinf(values[row])) {
          fail(error_code::not_finite, who, "column '", columns[static_cast<std::size_t>(column)].name,
               "' must be finite or missing, got ", values[row], " in row ", row);
        }
        *out = code(column, values[row]);
      }
    }
    return result;
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
    fitted_bins result;
    result.edges_ = std::move(edges);
    return result;
  }
  bool operator==(const fitted_bins& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::vector<Scalar>> edges_;
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
