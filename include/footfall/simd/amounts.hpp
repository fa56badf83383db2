// SPDX-License-Identifier: MIT
// Amounts of which most are 0: where the others are, and whether all are amounts, for 64 rows at once.
#pragma once

#include <cstdint>
#include <limits>

#if defined(__AVX__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>  // a tenth of the time that g++ takes for all of them
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Of 64 rows, a bit each.
struct amount_masks {
  std::uint64_t some = 0;   ///< those whose amount is not 0
  std::uint64_t sound = 0;  ///< those whose amount is neither negative nor missing nor infinite

  bool operator==(const amount_masks&) const = default;
};

/// The twin of `amounts_of_64`: one row at a time.
inline amount_masks amounts_of_64_plain(const double* amounts) noexcept {
  amount_masks masks;
  for (int i = 0; i < 64; ++i) {
    masks.some |= std::uint64_t{amounts[i] != 0} << i;
    masks.sound |= std::uint64_t{amounts[i] >= 0 && amounts[i] <= std::numeric_limits<double>::max()} << i;
  }
  return masks;
}

/// Which of 64 amounts are not 0, and which are amounts at all.
inline amount_masks amounts_of_64(const double* amounts) noexcept {
#if defined(__AVX512F__)
  const __m512d none = _mm512_setzero_pd();
  const __m512d largest = _mm512_set1_pd(std::numeric_limits<double>::max());
  amount_masks masks;
  for (int part = 0; part < 64; part += 8) {
    const __m512d own = _mm512_loadu_pd(amounts + part);
    masks.some |= std::uint64_t{_mm512_cmp_pd_mask(own, none, _CMP_NEQ_UQ)} << part;
    masks.sound |=
        std::uint64_t{_mm512_mask_cmp_pd_mask(_mm512_cmp_pd_mask(own, none, _CMP_GE_OQ), own, largest, _CMP_LE_OQ)}
        << part;
  }
  return masks;
#elif defined(__AVX__)
  const __m256d none = _mm256_setzero_pd();
  const __m256d largest = _mm256_set1_pd(std::numeric_limits<double>::max());
  amount_masks masks;
  const auto bits = [](__m256d which) { return static_cast<std::uint64_t>(_mm256_movemask_pd(which)); };
  for (int part = 0; part < 64; part += 4) {
    const __m256d own = _mm256_loadu_pd(amounts + part);
    masks.some |= bits(_mm256_cmp_pd(own, none, _CMP_NEQ_UQ)) << part;
    masks.sound |= bits(_mm256_and_pd(_mm256_cmp_pd(own, none, _CMP_GE_OQ), _mm256_cmp_pd(own, largest, _CMP_LE_OQ)))
                   << part;
  }
  return masks;
#elif defined(__SSE2__)
  const __m128d none = _mm_setzero_pd();
  const __m128d largest = _mm_set1_pd(std::numeric_limits<double>::max());
  amount_masks masks;
  const auto bits = [](__m128d which) { return static_cast<std::uint64_t>(_mm_movemask_pd(which)); };
  for (int part = 0; part < 64; part += 2) {
    const __m128d own = _mm_loadu_pd(amounts + part);
    masks.some |= bits(_mm_cmpneq_pd(own, none)) << part;
    masks.sound |= bits(_mm_and_pd(_mm_cmpge_pd(own, none), _mm_cmple_pd(own, largest))) << part;
  }
  return masks;
#else
  return amounts_of_64_plain(amounts);
#endif
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
