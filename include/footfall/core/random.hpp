// SPDX-License-Identifier: MIT
// Random numbers that depend on a seed and a position only, so that tree 17 is tree 17 whoever grows it.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): a bijection of the counter for each key.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::uint64_t key) noexcept {
  auto key_low = static_cast<std::uint32_t>(key);
  auto key_high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key_low, static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key_high, static_cast<std::uint32_t>(a)};
    key_low += 0x9E3779B9;
    key_high += 0xBB67AE85;
  }
  return counter;
}

/// The words of `Lanes` counters in a row, from `first` on, four words each. Written so that compilers do all of them at once.
template <std::size_t Lanes>
void philox_in_a_row(std::uint64_t first, std::uint64_t key, std::uint32_t* words) noexcept {
  constexpr std::uint64_t low = 0xFFFFFFFF;
  std::array<std::uint64_t, Lanes> c0, c1, c2, c3;  // 32 bits each, in the width of their products
  for (std::size_t i = 0; i < Lanes; ++i) {
    c0[i] = (first + i) & low;
    c1[i] = (first + i) >> 32;
    c2[i] = 0;
    c3[i] = 0;
  }
  auto key_low = static_cast<std::uint32_t>(key);
  auto key_high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < Lanes; ++i) {
      const std::uint64_t a = 0xD2511F53 * (c0[i] & low);  // said again, for compilers that multiply 32 bits faster
      const std::uint64_t b = 0xCD9E8D57 * (c2[i] & low);
      c0[i] = b >> 32 ^ c1[i] ^ key_low;
      c1[i] = b & low;
      c2[i] = a >> 32 ^ c3[i] ^ key_high;
      c3[i] = a & low;
    }
    key_low += 0x9E3779B9;
    key_high += 0xBB67AE85;
  }
  for (std::size_t i = 0; i < Lanes; ++i) {
    words[4 * i] = static_cast<std::uint32_t>(c0[i]);
    words[4 * i + 1] = static_cast<std::uint32_t>(c1[i]);
    words[4 * i + 2] = static_cast<std::uint32_t>(c2[i]);
    words[4 * i + 3] = static_cast<std::uint32_t>(c3[i]);
  }
}

}  // namespace detail

/// A stream of random numbers: a pure function of the seed and the position. Copying it copies the position. The
/// distributions are ours, since the standard library's differ between libraries. Integers are the same everywhere;
/// `normal` uses libm, whose last bit may differ between processors.
class random_stream {
 public:
  using result_type = std::uint64_t;

  explicit random_stream(std::uint64_t seed) noexcept : key_(seed) {}

  /// The stream of the i-th part of this one's work: does not depend on how far this stream was read.
  random_stream child(std::uint64_t i) const noexcept {
    const auto words = detail::philox({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i >> 32), 0, 1}, key_);
    return random_stream(words[0] | std::uint64_t{words[1]} << 32);
  }

  /// What the stream is a function of, beside the position.
  std::uint64_t key() const noexcept { return key_; }

  static constexpr result_type min() noexcept { return 0; }
  static constexpr result_type max() noexcept { return std::numeric_limits<result_type>::max(); }
  result_type operator()() noexcept {
    const std::uint64_t low = next();
    return low | std::uint64_t{next()} << 32;
  }

  /// The next words of the stream, 32 bits each: two of them make what `operator()` gives. Many at a time cost a fraction of
  /// what they cost one by one.
  void fill(std::span<std::uint32_t> words) noexcept {
    constexpr std::size_t lanes = 16;
    std::size_t at = 0;
    while (at < words.size() && position_ % 4 != 0) words[at++] = next();
    for (; words.size() - at >= 4 * lanes; at += 4 * lanes) {
      detail::philox_in_a_row<lanes>(position_ / 4, key_, words.data() + at);
      position_ += 4 * lanes;
    }
    while (at < words.size()) words[at++] = next();
  }

  /// Uniform in [0, 1), in steps of 2^-53.
  double uniform() noexcept { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

  /// Uniform integer in [0, bound), without bias (Lemire 2019; above 2^32 by trying again). 0 for a bound of 0.
  std::uint64_t below(std::uint64_t bound) noexcept {
    if (bound - 1 > 0xFFFFFFFF) return below_large(bound);
    std::uint64_t product = std::uint64_t{next()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint64_t smallest = (std::uint64_t{1} << 32) % bound;
      while (static_cast<std::uint32_t>(product) < smallest) product = std::uint64_t{next()} * bound;
    }
    return product >> 32;
  }

  /// Mean 0, standard deviation 1 (Box and Muller 1958); two positions of the stream a number.
  double normal() noexcept {
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

  /// A position drawn with probability proportional to its weight: the only weighted draw in the library. Weights are
  /// not negative and not all zero, they and their sum are finite. Throws bad_value. Cost O(weights).
  index pick(std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights) {
      require(std::isfinite(weight) && weight >= 0, error_code::bad_value, "random_stream",
              "a weight must be finite and not negative, got ", weight);
      total += weight;
    }
    require(total > 0, error_code::bad_value, "random_stream", "at least one weight must be above 0");
    require(std::isfinite(total), error_code::bad_value, "random_stream", "the sum of the weights must be finite");
    double rest = uniform() * total;
    index last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] <= 0) continue;
      last = static_cast<index>(i);
      if (rest < weights[i]) return last;
      rest -= weights[i];
    }
    return last;  // rounding used up what was left
  }

  /// Every order equally likely (Fisher and Yates). At most 2^32 values.
  template <class Value>
  void shuffle(std::span<Value> values) noexcept {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

  bool operator==(const random_stream&) const = default;

 private:
  std::uint32_t next() noexcept {
    if (position_ % 4 == 0) {
      const std::uint64_t block = position_ / 4;
      words_ = detail::philox({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}, key_);
    }
    return words_[position_++ % 4];
  }

  std::uint64_t below_large(std::uint64_t bound) noexcept {
    if (bound == 0) return 0;
    const std::uint64_t bits = max() >> std::countl_zero(bound - 1);
    for (;;) {
      if (const std::uint64_t drawn = (*this)() & bits; drawn < bound) return drawn;
    }
  }

  std::uint64_t key_;
  std::uint64_t position_ = 0;
  std::array<std::uint32_t, 4> words_{};
};

FOOTFALL_END_NAMESPACE
