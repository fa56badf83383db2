// SPDX-License-Identifier: MIT
// The version, the instruction set this translation unit is built for, and the namespace that carries both.
#pragma once

/// These three lines are the only place where the version is written; CMake reads them.
#define FOOTFALL_VERSION_MAJOR 0
#define FOOTFALL_VERSION_MINOR 1
#define FOOTFALL_VERSION_PATCH 0

/// True when this footfall is version `major.minor.patch` or later; for use in `#if`.
#define FOOTFALL_VERSION_AT_LEAST(major, minor, patch)                                          \
  (FOOTFALL_VERSION_MAJOR * 1000000 + FOOTFALL_VERSION_MINOR * 1000 + FOOTFALL_VERSION_PATCH >= \
   (major)*1000000 + (minor)*1000 + (patch))

#if __cplusplus < 202002L
#error "footfall needs C++20: compile with -std=c++20 or link footfall::footfall"
#endif

// Missing values are NaN here, and fast-math lets the compiler assume that there are none.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "footfall: -ffast-math and -ffinite-math-only remove the tests for missing values; build without them"
#endif

// Two translation units built with different -march would otherwise give one name to two bodies, and
// the linker would keep either. So the namespace names every extension that changes our code.
#if defined(__AVX512F__)
#define FOOTFALL_ISA_LEVEL avx512
#elif defined(__AVX2__)
#define FOOTFALL_ISA_LEVEL avx2
#elif defined(__AVX__)
#define FOOTFALL_ISA_LEVEL avx
#elif defined(__SSE4_2__)
#define FOOTFALL_ISA_LEVEL sse4_2
#elif defined(__SSE4_1__)
#define FOOTFALL_ISA_LEVEL sse4_1
#elif defined(__SSSE3__)
#define FOOTFALL_ISA_LEVEL ssse3
#elif defined(__SSE3__)
#define FOOTFALL_ISA_LEVEL sse3
#elif defined(__SSE2__)
#define FOOTFALL_ISA_LEVEL sse2
#elif defined(__ARM_NEON)
#define FOOTFALL_ISA_LEVEL neon
#else
#define FOOTFALL_ISA_LEVEL generic
#endif

#if defined(__POPCNT__)
#define FOOTFALL_ISA_POPCNT _popcnt
#else
#define FOOTFALL_ISA_POPCNT
#endif
#if defined(__BMI2__)
#define FOOTFALL_ISA_BMI2 _bmi2
#else
#define FOOTFALL_ISA_BMI2
#endif
#if defined(__FMA__)
#define FOOTFALL_ISA_FMA _fma
#else
#define FOOTFALL_ISA_FMA
#endif
#if defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512CD__) && defined(__AVX512VL__)
#define FOOTFALL_ISA_BW _bw
#else
#define FOOTFALL_ISA_BW
#endif
#if defined(__AVX512VBMI2__)
#define FOOTFALL_ISA_VBMI2 _vbmi2
#else
#define FOOTFALL_ISA_VBMI2
#endif

#define FOOTFALL_JOIN_(version_major, version_minor, level, a, b, c, d, e) \
  v##version_major##_##version_minor##_##level##a##b##c##d##e
#define FOOTFALL_JOIN(version_major, version_minor, level, a, b, c, d, e) \
  FOOTFALL_JOIN_(version_major, version_minor, level, a, b, c, d, e)
#define FOOTFALL_ABI                                                                                     \
  FOOTFALL_JOIN(FOOTFALL_VERSION_MAJOR, FOOTFALL_VERSION_MINOR, FOOTFALL_ISA_LEVEL, FOOTFALL_ISA_POPCNT, \
                FOOTFALL_ISA_BMI2, FOOTFALL_ISA_FMA, FOOTFALL_ISA_BW, FOOTFALL_ISA_VBMI2)

#define FOOTFALL_BEGIN_NAMESPACE \
  namespace footfall {           \
  inline namespace FOOTFALL_ABI {
#define FOOTFALL_END_NAMESPACE \
  }                            \
  }

#define FOOTFALL_TEXT_(name) #name
#define FOOTFALL_TEXT(name) FOOTFALL_TEXT_(name)

FOOTFALL_BEGIN_NAMESPACE

/// Version and instruction set of the code that this translation unit got, for example
/// `v0_1_avx2_popcnt_bmi2_fma`. Two values that print differently do not mix: types of the two are different types.
constexpr const char* build_tag() noexcept { return FOOTFALL_TEXT(FOOTFALL_ABI); }

FOOTFALL_END_NAMESPACE
