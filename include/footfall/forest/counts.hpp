// SPDX-License-Identifier: MIT
// What a tree counts: sessions and buyers, as integers, and the decrease of impurity that follows from them.
#pragma once

#include <cstdint>

#include <footfall/core/types.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Two counts that are always added together: all sessions (high half) and the positive ones (low half). Integers, so that
/// the order of adding never matters.
struct class_counts {
  std::uint64_t packed = 0;

  static class_counts of(std::uint32_t count, bool positive) noexcept {
    return {std::uint64_t{count} << 32 | (positive ? count : 0)};
  }
  std::uint64_t all() const noexcept { return packed >> 32; }
  std::uint64_t positives() const noexcept { return packed & 0xFFFFFFFF; }
  bool pure() const noexcept { return positives() == 0 || positives() == all(); }
  class_counts operator+(class_counts other) const noexcept { return {packed + other.packed}; }
  class_counts operator-(class_counts other) const noexcept { return {packed - other.packed}; }
  /// The same session drawn `times` times.
  class_counts operator*(std::uint32_t times) const noexcept { return {packed * times}; }

  /// What parting `left` from the rest of these sessions gains: the decrease of Gini impurity times sessions, up to the
  /// factor 2 / all() that all splits of one node share. With two classes it is (p n' - p' n)^2 / (n (n' - n)), where n
  /// and p count left, n' and p' all. The difference is exact (its size is at most n'^2 / 4, so that unsigned products may
  /// wrap), and nothing is added in floating point: every build rounds alike, and so do flipped labels and exchanged sides.
  double gain(class_counts left) const noexcept {
    const auto difference = static_cast<std::int64_t>(left.positives() * all() - positives() * left.all());
    const auto exact = static_cast<double>(difference);
    return exact * exact / (static_cast<double>(left.all()) * static_cast<double>(all() - left.all()));
  }

  std::uint32_t share() const noexcept {
    return static_cast<std::uint32_t>((positives() * tree_node::one + all() / 2) / all());
  }
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
