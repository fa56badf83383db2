// SPDX-License-Identifier: MIT
// Training sessions as the grower wants them: the codes of a session and what it counts side by side, ready to be moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/fitted_bins.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Where things lie in a row of bytes: the codes first, the counts in the last eight bytes, the length a multiple of 16
/// so that a row moves in whole registers. 24 columns make 32 bytes: two rows a cache line.
struct row_layout {
  std::size_t cols = 0;
  std::size_t stride = 0;

  explicit row_layout(index columns)
      : cols(static_cast<std::size_t>(columns)), stride((cols + sizeof(class_counts) + 15) / 16 * 16) {}

  class_counts counts(const std::uint8_t* row) const noexcept {
    class_counts result;
    std::memcpy(&result, row + stride - sizeof result, sizeof result);
    return result;
  }
  void set_counts(std::uint8_t* row, class_counts counts) const noexcept {
    std::memcpy(row + stride - sizeof counts, &counts, sizeof counts);
  }
};

/// All sessions of a fit, made once and shared by its trees.
class training_rows {
 public:
  /// `counts` says what each session counts when it is drawn once.
  training_rows(const bin_codes& codes, std::span<const class_counts> counts)
      : layout_(codes.cols), values_(static_cast<std::size_t>(codes.rows) * layout_.stride) {
    for (std::size_t row = 0; row < counts.size(); ++row) {
      std::uint8_t* const to = values_.data() + row * layout_.stride;
      std::memcpy(to, codes.row(static_cast<index>(row)), layout_.cols);
      layout_.set_counts(to, counts[row]);
    }
  }

  const row_layout& layout() const noexcept { return layout_; }
  std::size_t size() const noexcept { return values_.size() / layout_.stride; }
  const std::uint8_t* row(std::size_t i) const noexcept { return values_.data() + i * layout_.stride; }

 private:
  row_layout layout_;
  std::vector<std::uint8_t> values_;
};

/// Calls `f` with the length of a row: as a constant where it is a common one, so that moving a row needs no loop.
template <class F>
auto with_stride(std::size_t stride, F&& f) {
  switch (stride) {
    case 16: return f(std::integral_constant<std::size_t, 16>{});
    case 32: return f(std::integral_constant<std::size_t, 32>{});
    case 48: return f(std::integral_constant<std::size_t, 48>{});
    case 64: return f(std::integral_constant<std::size_t, 64>{});
    default: return f(stride);
  }
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
