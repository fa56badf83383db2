// SPDX-License-Identifier: MIT
// The bag of a tree: how often it draws each session (Breiman 1996).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/random_words.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Calls `f` with `count` numbers below `bound`: those of `stream.below(bound)` from the stream's start, in blocks.
template <class F>
void draw_below(const random_stream& stream, std::uint64_t bound, std::uint64_t count, F&& f) {
  const auto biased = static_cast<std::uint32_t>((std::uint64_t{1} << 32) % bound);
  std::array<std::uint32_t, 1024> words;
  std::uint64_t block = 0;
  while (count > 0) {
    const auto some = std::span(words).first(std::min<std::uint64_t>(words.size(), (count + 3) / 4 * 4));
    simd::random_words(stream.key(), block, some);
    block += some.size() / 4;
    for (std::size_t i = 0; i < some.size() && count > 0; ++i) {
      const std::uint64_t product = some[i] * bound;
      if (static_cast<std::uint32_t>(product) < biased) continue;
      f(product >> 32);
      --count;
    }
  }
}

/// Draws as many of the sessions `from` as there are of them, with putting back, and counts in `draws` how often each
/// came. An empty `from` means all of `draws`. `draws` must be zero. A byte holds a count: that one session is drawn 256
/// times has a chance below 10^-500.
inline void draw_bag(const random_stream& stream, std::span<const std::uint32_t> from, std::span<std::uint8_t> draws) {
  if (from.empty()) {
    draw_below(stream, draws.size(), draws.size(), [&](std::uint64_t drawn) { ++draws[drawn]; });
  } else {
    draw_below(stream, from.size(), from.size(), [&](std::uint64_t drawn) { ++draws[from[drawn]]; });
  }
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
