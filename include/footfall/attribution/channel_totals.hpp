// SPDX-License-Identifier: MIT
// Sessions, conversions and revenue of every channel and segment, counted in one reading and mergeable.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/amounts.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What the sessions of one group come to. Revenue is the nearest double to the true sum.
struct group_totals {
  std::int64_t sessions = 0;
  std::int64_t conversions = 0;
  double revenue = 0;

  bool operator==(const group_totals&) const = default;
};

/// Totals by channel and segment. Integers and exact sums: the order of the rows, and how they were split between several
/// of these before `merge`, change nothing. Code -1 (missing) is a channel and a segment of its own, so that nothing is lost.
class channel_totals {
 public:
  /// For channel codes in [0, channels) and segment codes in [0, segments). Throws bad_option below 1, limit above 2^16 cells.
  explicit channel_totals(index channels, index segments = 1) : channels_(channels), segments_(segments) {
    require(channels >= 1 && segments >= 1, error_code::bad_option, who, "there must be channels and segments, got ",
            channels, " and ", segments);
    require(channels <= 0xFFFF && segments <= 0xFFFF && (channels + 1) * (segments + 1) <= 0x10000, error_code::limit,
            who, "at most 65536 cells, got ", channels, " channels and ", segments, " segments");
    counts_.resize(static_cast<std::size_t>((channels + 1) * (segments + 1)));
    revenue_.resize(counts_.size());
  }

  /// More sessions: a channel, a segment, a label and a revenue for each; without segments all are in segment 0, without
  /// revenue it is 0. Throws wrong_shape for other lengths, bad_value for a code out of range or a negative revenue,
  /// missing_value, not_finite; then nothing was added. Cost: one reading, about a nanosecond a session.
  void add(std::span<const std::int32_t> channel, std::span<const std::int32_t> segment, const labels& converted,
           std::span<const double> revenue = {}) {
    const auto rows = channel.size();
    const auto fits = [&](std::size_t size, bool optional) { return size == rows || (optional && size == 0); };
    require(fits(segment.size(), true) && fits(revenue.size(), true) &&
                fits(static_cast<std::size_t>(converted.size()), false),
            error_code::wrong_shape, who, "there must be a segment, a label and a revenue for each of ", rows,
            " sessions, got ", segment.size(), ", ", converted.size(), " and ", revenue.size());
    channel_totals more(channels_, segments_);
    const std::size_t cells = counts_.size();
    const auto stride = static_cast<std::uint32_t>(segments_ + 1);
    // Low half sessions, high half conversions; copies, so that neighbours in one cell do not wait for each other.
    std::vector<std::uint64_t> packed(copies * cells);
    std::array<std::uint32_t, block> cell;
    for (std::size_t begin = 0; begin < rows; begin += block) {
      const std::size_t size = std::min(block, rows - begin);
      check_codes(channel.subspan(begin, size), channels_, "channel", begin);
      const auto* const of = channel.data() + begin;
      if (segment.empty()) {
        for (std::size_t i = 0; i < size; ++i) cell[i] = static_cast<std::uint32_t>(of[i] + 1) * stride + 1;
      } else {
        check_codes(segment.subspan(begin, size), segments_, "segment", begin);
        const auto* const in = segment.data() + begin;
        for (std::size_t i = 0; i < size; ++i) {
          cell[i] = static_cast<std::uint32_t>(of[i] + 1) * stride + static_cast<std::uint32_t>(in[i] + 1);
        }
      }
      const auto* const bought = converted.values().data() + begin;
      const auto count = [&](std::size_t i, std::size_t copy) {
        packed[copy * cells + cell[i]] += 1 | std::uint64_t{bought[i]} << 32;
      };
      std::size_t row = 0;
      for (; row + copies <= size; row += copies) {
        count(row, 0);
        count(row + 1, 1);
        count(row + 2, 2);
        count(row + 3, 3);
      }
      for (; row < size; ++row) count(row, 0);
      if ((begin / block + 1) % 0x40000 == 0) more.unpack(packed);  // long before a half overflows
      if (!revenue.empty()) more.add_revenue(revenue.subspan(begin, size), cell.data(), begin);
    }
    more.unpack(packed);
    merge(more);
  }

  /// The same without segments.
  void add(std::span<const std::int32_t> channel, const labels& converted, std::span<const double> revenue = {}) {
    add(channel, {}, converted, revenue);
  }

  /// Takes in what another one counted. Throws wrong_shape if it has other channels or segments.
  void merge(const channel_totals& other) {
    require(other.channels_ == channels_ && other.segments_ == segments_, error_code::wrong_shape, who,
            "other numbers of channels and segments: ", other.channels_, " and ", other.segments_);
    for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
      if (other.counts_[cell].sessions == 0) continue;
      counts_[cell].sessions += other.counts_[cell].sessions;
      counts_[cell].conversions += other.counts_[cell].conversions;
      revenue_[cell].merge(other.revenue_[cell]);
    }
  }

  index channels() const noexcept { return channels_; }
  index segments() const noexcept { return segments_; }

  /// Of one channel and segment; -1 for those without. Throws bad_value for a code out of range.
  group_totals at(std::int32_t channel, std::int32_t segment) const {
    require_code(channel, channels_, "channel");
    require_code(segment, segments_, "segment");
    return over(channel, channel, segment, segment);
  }
  /// Of one channel, all segments and those without one.
  group_totals of_channel(std::int32_t channel) const {
    require_code(channel, channels_, "channel");
    return over(channel, channel, -1, static_cast<std::int32_t>(segments_) - 1);
  }
  /// Of one segment, all channels and those without one.
  group_totals of_segment(std::int32_t segment) const {
    require_code(segment, segments_, "segment");
    return over(-1, static_cast<std::int32_t>(channels_) - 1, segment, segment);
  }
  group_totals of_all() const {
    return over(-1, static_cast<std::int32_t>(channels_) - 1, -1, static_cast<std::int32_t>(segments_) - 1);
  }

  /// Sessions, a row a channel and a column a segment, without those that lack either.
  matrix<double> counts() const {
    matrix<double> table(channels_, segments_);
    for (index channel = 0; channel < channels_; ++channel) {
      for (index segment = 0; segment < segments_; ++segment) {
        table(channel, segment) = static_cast<double>(counts_[place(channel, segment)].sessions);
      }
    }
    return table;
  }

 private:
  static constexpr std::string_view who = "channel_totals";
  static constexpr std::size_t block = 4096;
  static constexpr std::size_t copies = 4;

  struct counts_of {
    std::int64_t sessions = 0;
    std::int64_t conversions = 0;
  };

  std::size_t place(index channel, index segment) const noexcept {
    return static_cast<std::size_t>((channel + 1) * (segments_ + 1) + segment + 1);
  }

  static void require_code(std::int32_t code, index codes, std::string_view what) {
    require(code >= -1 && code < codes, error_code::bad_value, who, what, " must be in [-1, ", codes, "), got ", code);
  }

  static void check_codes(std::span<const std::int32_t> codes, index limit, std::string_view what, std::size_t first) {
    std::uint32_t largest = 0;  // of code + 1, so that what lies below -1 is large
    for (const std::int32_t code : codes) largest = std::max(largest, static_cast<std::uint32_t>(code) + 1);
    if (largest <= static_cast<std::uint64_t>(limit)) return;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      require(codes[i] >= -1 && codes[i] < limit, error_code::bad_value, who, what, " must be in [-1, ", limit,
              "), got ", codes[i], " in row ", first + i);
    }
  }

  [[noreturn]] static void fail_on_revenue(std::span<const double> revenue, std::size_t first) {
    for (std::size_t i = 0; i < revenue.size(); ++i) {
      require(!std::isnan(revenue[i]), error_code::missing_value, who, "revenue is missing in row ", first + i);
      require(std::isfinite(revenue[i]), error_code::not_finite, who, "revenue is infinite in row ", first + i);
      require(revenue[i] >= 0, error_code::bad_value, who, "revenue must not be negative, got ", revenue[i], " in row ",
              first + i);
    }
    std::abort();  // not reached: one of them was not sound
  }

  // Most sessions bring nothing: 64 at a time are passed over, and only those with revenue are looked at.
  void add_revenue(std::span<const double> revenue, const std::uint32_t* cell, std::size_t first) {
    std::array<double, 64> last{};  // fewer than 64, and zeros
    for (std::size_t row = 0; row < revenue.size(); row += 64) {
      const double* amounts = revenue.data() + row;
      if (revenue.size() - row < 64) {
        std::copy(revenue.begin() + static_cast<std::ptrdiff_t>(row), revenue.end(), last.begin());
        amounts = last.data();
      }
      const simd::amount_masks masks = simd::amounts_of_64(amounts);
      if (masks.sound != ~std::uint64_t{0}) fail_on_revenue(revenue, first);
      for (std::uint64_t some = masks.some; some != 0; some &= some - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(some));
        revenue_[cell[row + i]].add(amounts[i]);
      }
    }
  }

  void unpack(std::vector<std::uint64_t>& packed) {
    for (std::size_t i = 0; i < packed.size(); ++i) {
      auto& cell = counts_[i % counts_.size()];
      cell.sessions += static_cast<std::int64_t>(packed[i] & 0xFFFFFFFF);
      cell.conversions += static_cast<std::int64_t>(packed[i] >> 32);
      packed[i] = 0;
    }
  }

  group_totals over(std::int32_t first, std::int32_t last, std::int32_t first_segment,
                    std::int32_t last_segment) const {
    group_totals total;
    exact_sum revenue;
    for (index channel = first; channel <= last; ++channel) {
      for (index segment = first_segment; segment <= last_segment; ++segment) {
        const std::size_t cell = place(channel, segment);
        total.sessions += counts_[cell].sessions;
        total.conversions += counts_[cell].conversions;
        revenue.merge(revenue_[cell]);
      }
    }
    total.revenue = revenue.value();
    return total;
  }

  index channels_;
  index segments_;
  std::vector<counts_of> counts_;
  std::vector<exact_sum> revenue_;
};

FOOTFALL_END_NAMESPACE
