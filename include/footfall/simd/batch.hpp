// SPDX-License-Identifier: MIT
// Several sessions at a time: the widest registers of this build, and the few operations on them that kernels use.
#pragma once

#if defined(__AVX512F__) && !(defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512CD__))
#error "footfall: AVX512F needs BW, DQ and CD beside it: build with -march=x86-64-v4, or with -mno-avx512f"
#endif

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <xsimd/xsimd.hpp>

#include <footfall/core/types.hpp>

// A kernel is a template over `Batch`: numbers of as many sessions as a register holds, or one plain float or double.
// The plain form is the portable twin: the same source, one session at a time, with which the tests compare bit for
// bit. Both round alike unless the compiler fuses `a * b + c`, which g++ and clang do under -mfma: without
// -ffp-contract=off bits are equal within a build only. What belongs to no full register goes through `read_some` and
// the same operations, so that the bits of a session do not depend on where in a call it stands.
FOOTFALL_BEGIN_NAMESPACE

namespace simd {

#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <std::floating_point Scalar>
using batch = Scalar;
#else
/// As many `Scalar` as one register of this build holds.
template <std::floating_point Scalar>
using batch = xsimd::batch<Scalar>;
#endif

namespace detail {

template <class Batch>
struct batch_traits {
  using scalar = typename Batch::value_type;
  static constexpr index width = static_cast<index>(Batch::size);
};
template <std::floating_point Scalar>
struct batch_traits<Scalar> {
  using scalar = Scalar;
  static constexpr index width = 1;
};

template <class Batch>
inline constexpr bool is_plain = std::floating_point<Batch>;

// xsimd converts between float and double by a loop, which g++ leaves a loop at -O2; the compilers' own vectors do it
// in one instruction, but g++ 12 takes four for a register of AVX-512.
template <class Batch, class Scalar>
inline constexpr bool converts = !std::same_as<typename batch_traits<Batch>::scalar, Scalar>;

template <class Batch>
struct vectors {
  using narrow [[gnu::vector_size(sizeof(float) * Batch::size)]] = float;
  using wide [[gnu::vector_size(sizeof(double) * Batch::size)]] = double;
};

}  // namespace detail

/// Sessions in one `Batch`: 1 for a plain number.
template <class Batch>
inline constexpr index lanes = detail::batch_traits<Batch>::width;

/// Sessions in one register of `Scalar`.
template <std::floating_point Scalar>
inline constexpr index width = lanes<batch<Scalar>>;

// Named so that no unqualified call finds xsimd's `load` and `store`, which want aligned memory.

/// `lanes<Batch>` values from `from`, no alignment needed; floats are widened for a batch of double.
template <class Batch, std::floating_point Scalar>
Batch read(const Scalar* from) {
  if constexpr (detail::is_plain<Batch>) {
    return static_cast<Batch>(*from);
  } else if constexpr (detail::converts<Batch, Scalar>) {
#if defined(__AVX512F__)
    return Batch(_mm512_maskz_cvtps_pd(0xff, _mm256_loadu_ps(from)));
#else
    typename detail::vectors<Batch>::narrow narrow;
    std::memcpy(&narrow, from, sizeof narrow);
    return Batch(std::bit_cast<typename Batch::register_type>(
        __builtin_convertvector(narrow, typename detail::vectors<Batch>::wide)));
#endif
  } else {
    return Batch::load_unaligned(from);
  }
}

/// The counterpart of `read`; doubles are rounded for a `to` of float.
template <class Batch, std::floating_point Scalar>
void write(Scalar* to, const Batch& values) {
  if constexpr (detail::is_plain<Batch>) {
    *to = static_cast<Scalar>(values);
  } else if constexpr (detail::converts<Batch, Scalar>) {
#if defined(__AVX512F__)
    _mm256_storeu_ps(to, _mm512_maskz_cvtpd_ps(0xff, values));
#else
    const auto narrow = __builtin_convertvector(
        std::bit_cast<typename detail::vectors<Batch>::wide>(static_cast<typename Batch::register_type>(values)),
        typename detail::vectors<Batch>::narrow);
    std::memcpy(to, &narrow, sizeof narrow);
#endif
  } else {
    values.store_unaligned(to);
  }
}

/// `read` of the first `count` < `lanes<Batch>` values and zeros: reads nothing behind them.
template <class Batch, std::floating_point Scalar>
Batch read_some(const Scalar* from, index count) {
  std::array<Scalar, static_cast<std::size_t>(lanes<Batch>)> padded{};
  for (index i = 0; i < count; ++i) padded[static_cast<std::size_t>(i)] = from[i];
  return read<Batch>(padded.data());
}

/// `write` of the first `count` < `lanes<Batch>` values: writes nothing behind them.
template <class Batch, std::floating_point Scalar>
void write_some(Scalar* to, const Batch& values, index count) {
  std::array<Scalar, static_cast<std::size_t>(lanes<Batch>)> padded;
  write(padded.data(), values);
  for (index i = 0; i < count; ++i) to[i] = padded[static_cast<std::size_t>(i)];
}

// The plain forms of what xsimd has for its batches. Kernels call them unqualified, so that both are found.
template <std::floating_point Scalar>
Scalar select(bool condition, Scalar yes, Scalar no) {
  return condition ? yes : no;
}
using std::abs;
using std::sqrt;

/// Asks the memory for what lies a page behind `from`. Processors fetch ahead by themselves, but begin anew on every page:
/// worth it where one column is read after the other, not where many are read in step.
template <class T>
[[gnu::always_inline]] inline void fetch_ahead(const T* from) {
  constexpr std::uintptr_t page = 4096;
  __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(from) + page));  // NOLINT
}

/// The smaller (larger) of both in every lane: `b` where neither is.
template <class Batch>
Batch smaller(const Batch& a, const Batch& b) {
  if constexpr (detail::is_plain<Batch>) {
    return a < b ? a : b;
  } else {
    return xsimd::min(a, b);
  }
}
template <class Batch>
Batch larger(const Batch& a, const Batch& b) {
  if constexpr (detail::is_plain<Batch>) {
    return a > b ? a : b;
  } else {
    return xsimd::max(a, b);
  }
}

/// Calls `f(lane)` for the lanes in which the condition holds, in order.
template <class F>
[[gnu::always_inline]] inline void for_each_set_lane(bool condition, F f) {
  if (condition) f(index{0});
}
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class Scalar, class F>
[[gnu::always_inline]] inline void for_each_set_lane(const xsimd::batch_bool<Scalar>& condition, F f) {
  if constexpr (sizeof condition <= 2) {  // AVX-512 keeps a bit a lane
    using bits_type = typename xsimd::batch_bool<Scalar>::register_type;
    for (unsigned bits = static_cast<bits_type>(condition); bits != 0; bits &= bits - 1) {
      f(static_cast<index>(std::countr_zero(bits)));
    }
  } else if (any(condition)) {
    std::array<bool, static_cast<std::size_t>(width<Scalar>)> set;
    condition.store_unaligned(set.data());
    for (index lane = 0; lane < width<Scalar>; ++lane) {
      if (set[static_cast<std::size_t>(lane)]) f(lane);
    }
  }
}
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // g++ 12 warns about its own AVX-512 square root
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
/// The square root of every lane, rounded correctly: the same bits on every machine.
template <class Batch>
Batch square_root(const Batch& values) {
  return sqrt(values);
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// `f(0)`, ..., `f(Count - 1)`, written out, so that arrays of registers stay in registers.
template <index Count, class F>
[[gnu::always_inline]] inline void unrolled(F&& f) {
  [&]<index... I>(std::integer_sequence<index, I...>) __attribute__((always_inline)) { (f(I), ...); }
  (std::make_integer_sequence<index, Count>{});
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
