// SPDX-License-Identifier: MIT
// Bins: every value becomes a code of one byte, so that a forest compares bytes and counts instead of sorting.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The codes of many sessions, one row a session: row-major, because a tree asks for many columns of one session.
struct bin_codes {
  std::vector<std::uint8_t> values;
  index rows = 0;
  index cols = 0;

  const std::uint8_t* row(index i) const noexcept { return values.data() + i * cols; }
};

/// Where the bins of each column end. Code b holds the values above `edges[b - 1]` up to and including `edges[b]`, so that
/// `code <= b` says the same as `value <= edges[b]`; a missing value has the code 255. A column of categories has no edges: the
/// code of a level is the level, and one that was not there when fitted has that of a missing value.
template <std::floating_point Scalar>
class fitted_bins {
 public:
  static constexpr std::string_view kind = "bins";
  static constexpr std::uint8_t missing_code = 255;
  static constexpr int most_bins = 255;
  static constexpr std::int16_t no_levels = -1;  ///< what `levels()` says of a column of numbers

  fitted_bins() = default;

  const std::vector<std::vector<Scalar>>& edges() const noexcept { return edges_; }
  index cols() const noexcept { return static_cast<index>(edges_.size()); }
  /// How many levels each column has, `no_levels` for one of numbers; empty where no column has any.
  const std::optional<std::vector<std::int16_t>>& levels() const noexcept { return levels_; }
  /// What the edges take in memory, with the copy of them that is searched.
  index bytes() const noexcept {
    std::size_t values = ladder_.size();
    for (const auto& each : edges_) values += each.size();
    return static_cast<index>(values * sizeof(Scalar) + searches_.size() * sizeof(search));
  }

  /// Whether a column can hold this value: numbers that are not infinite, or 0, 1, 2, ... for levels; missing ones both.
  bool takes(index column, Scalar value) const noexcept {
    if (searches_[static_cast<std::size_t>(column)].levels == no_levels) return !std::isinf(value);
    return std::isnan(value) || (value >= 0 && value == std::floor(value) && !std::isinf(value));
  }
  /// Throws not_finite or bad_value for a value that the column does not take; `where` is said behind it.
  template <class... Where>
  [[noreturn]] void refuse(index column, Scalar value, const feature_info& info, std::string_view who,
                           const Where&... where) const {
    const bool numbers = searches_[static_cast<std::size_t>(column)].levels == no_levels;
    fail(numbers || std::isinf(value) ? error_code::not_finite : error_code::bad_value, who, "column '", info.name,
         numbers ? "' must be finite or missing, got " : "' holds levels 0, 1, 2, ... or missing ones, got ", value,
         where...);
  }

  /// The code of a value that the column takes.
  std::uint8_t code(index column, Scalar value) const noexcept {
    if (std::isnan(value)) return missing_code;
    const search own = searches_[static_cast<std::size_t>(column)];
    if (own.levels != no_levels) {
      return value < static_cast<Scalar>(own.levels) ? static_cast<std::uint8_t>(value) : missing_code;
    }
    const Scalar* const edges = ladder_.data() + own.start;
    std::size_t below = 0;
    for (std::size_t step = own.first_step; step > 0; step /= 2) below += one_step(edges, below, step, value);
    return static_cast<std::uint8_t>(below);
  }

  /// Writes the codes of `count` values of a column, one every `stride` bytes. Returns false if the column does not take one.
  bool code_column(index column, const Scalar* values, index count, std::uint8_t* codes, index stride) const noexcept {
    constexpr index together = 8;  // searches side by side, without a branch: none waits for another
    const search own = searches_[static_cast<std::size_t>(column)];
    if (own.levels != no_levels) {
      for (index row = 0; row < count; ++row) {
        if (!takes(column, values[row])) return false;
        codes[row * stride] = code(column, values[row]);
      }
      return true;
    }
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

  /// The codes of rows [begin, end). Throws not_finite for an infinite value and bad_value for one that is no level, naming
  /// `columns[c]` and the row.
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
          std::find_if(values + begin, values + end, [&](Scalar each) { return !takes(column, each); }) - values;
      refuse(column, values[row], columns[static_cast<std::size_t>(column)], who, " in row ", row);
    }
  }

  auto parts() const { return std::tie(edges_, levels_); }
  /// Throws bad_parts unless each column has at most 254 finite edges that rise, or at most 255 levels and no edges. `levels` are
  /// there where a column has some.
  static fitted_bins from_parts(std::vector<std::vector<Scalar>> edges,
                                std::optional<std::vector<std::int16_t>> levels = {}) {
    for (const auto& each : edges) {
      require(each.size() < most_bins, error_code::bad_parts, "bins", "a column has at most 254 edges, got ",
              each.size());
      for (std::size_t i = 0; i < each.size(); ++i) {
        require(std::isfinite(each[i]) && (i == 0 || each[i - 1] < each[i]), error_code::bad_parts, "bins",
                "edges must be finite and rise, got ", each[i]);
      }
    }
    bool any = false;
    for (std::size_t column = 0; levels.has_value() && column < levels->size(); ++column) {
      const std::int16_t each = (*levels)[column];
      require(each >= no_levels && each <= most_bins, error_code::bad_parts, "bins",
              "a column has at most 255 levels, got ", each);
      require(each == no_levels || (column < edges.size() && edges[column].empty()), error_code::bad_parts, "bins",
              "a column of levels has no edges");
      any = any || each != no_levels;
    }
    require(!levels.has_value() || (any && levels->size() == edges.size()), error_code::bad_parts, "bins",
            "there must be a number of levels for each of ", edges.size(), " columns, and one column with levels");
    return fitted_bins(std::move(edges), std::move(levels));
  }
  bool operator==(const fitted_bins& other) const { return same_parts(*this, other); }

 private:
  /// A binary search of as many steps for every value, none of them a branch: the edges of a column lie in `ladder_`, filled
  /// up with infinity to one less than a power of two.
  struct search {
    std::size_t start;
    std::uint32_t first_step;
    std::int16_t levels;
  };
  static std::size_t one_step(const Scalar* edges, std::size_t below, std::size_t step, Scalar value) noexcept {
    return edges[below + step - 1] < value ? step : 0;
  }

  fitted_bins(std::vector<std::vector<Scalar>> edges, std::optional<std::vector<std::int16_t>> levels)
      : edges_(std::move(edges)), levels_(std::move(levels)) {
    for (const auto& each : edges_) {
      const std::size_t rungs = std::bit_ceil(each.size() + 1);
      const std::int16_t own = levels_.has_value() ? (*levels_)[searches_.size()] : no_levels;
      searches_.push_back({ladder_.size(), static_cast<std::uint32_t>(rungs / 2), own});
      ladder_.insert(ladder_.end(), each.begin(), each.end());
      ladder_.resize(searches_.back().start + rungs, std::numeric_limits<Scalar>::infinity());
    }
  }

  std::vector<std::vector<Scalar>> edges_;
  std::optional<std::vector<std::int16_t>> levels_;
  std::vector<Scalar> ladder_;
  std::vector<search> searches_;
};

FOOTFALL_END_NAMESPACE
