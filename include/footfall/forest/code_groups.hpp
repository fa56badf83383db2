// SPDX-License-Identifier: MIT
// The codes of sessions as walks of trees want them: a group of sessions together, column by column.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_bins.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Sessions whose codes lie together in a `code_groups`, and that walk a tree together: a multiple of 64.
inline constexpr std::size_t group_rows = 256;

/// The codes of sessions as walks want them: groups of 256 sessions, in a group 256 bytes for each column. After the
/// columns come the same codes plus one, which turns the 255 of a missing value into 0: a node that sends missing values
/// left asks there, and no walk looks twice.
class code_groups {
 public:
  code_groups(index rows, index cols)
      : rows_(static_cast<std::size_t>(rows)),
        size_(2 * static_cast<std::size_t>(cols) * group_rows),
        bytes_((rows_ + group_rows - 1) / group_rows * size_) {}

  std::size_t groups() const noexcept { return (rows_ + group_rows - 1) / group_rows; }
  /// How many sessions there are in a group: only the last one may have fewer than `group_rows`.
  std::size_t rows(std::size_t group) const noexcept { return std::min(group_rows, rows_ - group * group_rows); }
  const std::uint8_t* codes(std::size_t group) const noexcept { return bytes_.data() + group * size_; }

  /// The codes of some sessions, in the order of `rows`.
  code_groups picked(const row_set& rows) const {
    code_groups result(static_cast<index>(rows.size()), static_cast<index>(size_ / group_rows / 2));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto from = static_cast<std::size_t>(rows[i]);
      const std::uint8_t* const own = codes(from / group_rows) + from % group_rows;
      std::uint8_t* const to = result.bytes_.data() + i / group_rows * size_ + i % group_rows;
      for (std::size_t at = 0; at < size_; at += group_rows) to[at] = own[at];
    }
    return result;
  }

  /// The codes of rows [begin, begin + rows) of `x`. Throws not_finite as `fitted_bins::encode` does.
  template <std::floating_point Scalar>
  void encode(const fitted_bins<Scalar>& bins, const matrix_view<Scalar>& x, index begin,
              const std::vector<feature_info>& columns, std::string_view who) {
    for (std::size_t group = 0; group < groups(); ++group) {
      std::uint8_t* const to = bytes_.data() + group * size_;
      const index first = begin + static_cast<index>(group * group_rows);
      bins.encode(x, first, first + static_cast<index>(rows(group)), columns, who, to, 1, group_rows);
      for (std::size_t at = 0; at < size_ / 2; ++at) to[size_ / 2 + at] = static_cast<std::uint8_t>(to[at] + 1);
    }
  }

 private:
  std::size_t rows_;
  std::size_t size_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
