// SPDX-License-Identifier: MIT
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/forest/counts.hpp>

namespace ff = footfall;

TEST_CASE("counts of both classes add up and round to the nearest share") {
  using ff::detail::class_counts;
  const auto counts = class_counts::of(3, true) + class_counts::of(5, false) + class_counts::of(0, true);
  CHECK(counts.all() == 8);
  CHECK(counts.positives() == 3);
  CHECK_FALSE(counts.pure());
  CHECK((counts * 3).all() == 24);
  CHECK((counts * 3).positives() == 9);
  CHECK((counts * 0).packed == 0);
  CHECK((counts - class_counts::of(3, true)).pure());
  CHECK((counts - class_counts::of(5, false)).pure());
  CHECK(counts.share() == ff::tree_node::one / 8 * 3);
  CHECK((class_counts::of(2, true) + class_counts::of(1, false)).share() == 1'431'655'765);  // 2^31 * 2 / 3 = ...765.33
  CHECK(class_counts::of(7, true).share() == ff::tree_node::one);
  CHECK(class_counts::of(7, false).share() == 0);
  // As many as 32 bits hold.
  CHECK(class_counts::of(0xFFFFFFFF, true).share() == ff::tree_node::one);
  CHECK((class_counts::of(0xFFFFFFFE, true) + class_counts::of(1, false)).share() == ff::tree_node::one - 1);
  CHECK((class_counts::of(1, true) + class_counts::of(0xFFFFFFFE, false)).share() == 1);
  // A share and that of the flipped labels make one, to the last unit.
  for (std::uint32_t all = 1; all < 60; ++all) {
    for (std::uint32_t positives = 0; positives <= all; ++positives) {
      const auto one = class_counts::of(positives, true) + class_counts::of(all - positives, false);
      const auto other = class_counts::of(positives, false) + class_counts::of(all - positives, true);
      CHECK(one.share() + other.share() == ff::tree_node::one);
    }
  }
}

TEST_CASE("the gain of a split is exact, up to counts that fill 32 bits") {
  using ff::detail::class_counts;
  const auto gain = [](std::uint32_t left_all, std::uint32_t left_positives, std::uint32_t all,
                       std::uint32_t positives) {
    const auto counts = [](std::uint32_t n, std::uint32_t p) {
      return class_counts::of(p, true) + class_counts::of(n - p, false);
    };
    return counts(all, positives).gain(counts(left_all, left_positives));
  };
  CHECK(gain(1, 1, 2, 1) == 1);
  CHECK(gain(3, 1, 6, 2) == 0);
  CHECK(gain(2, 1, 6, 3) == gain(4, 2, 6, 3));
  CHECK(gain(5, 4, 9, 5) == doctest::Approx((4.0 * 9 - 5 * 5) * (4.0 * 9 - 5 * 5) / (5 * 4)).epsilon(1e-15));
  CHECK(gain(5, 4, 9, 5) == gain(5, 1, 9, 4));  // flipped labels
  CHECK(gain(5, 4, 9, 5) == gain(4, 1, 9, 5));  // exchanged sides
  const double half = 0x7FFFFFFFp0;
  CHECK(gain(0x80000000, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF) ==
        doctest::Approx(half * half * half / 0x1p31).epsilon(1e-15));
  CHECK(gain(0x80000000, 0, 0xFFFFFFFF, 0x7FFFFFFF) == doctest::Approx(half * 0x1p31).epsilon(1e-15));
  CHECK(gain(1, 0, 0xFFFFFFFF, 0xFFFFFFFE) == doctest::Approx(0xFFFFFFFEp0).epsilon(1e-15));
}
