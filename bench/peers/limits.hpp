// SPDX-License-Identifier: MIT
// What the two halves of `limits` share: buffers that touch no page for the first time inside the clock, threads,
// and a way to keep results alive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <sys/mman.h>

#include "runner.hpp"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define FOOTFALL_LIMITS_AVX512 1
#endif

namespace peers {

/// Numbers on huge pages where the system has them, every page touched, aligned for any vector.
template <class T>
class big_array {
 public:
  explicit big_array(std::size_t size) : size_(size) {
    constexpr std::size_t page = std::size_t{2} << 20;
    bytes_ = (size * sizeof(T) + page - 1) / page * page;
    void* const memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes_, MADV_HUGEPAGE);
#endif
    std::memset(memory, 1, bytes_);
    values_ = static_cast<T*>(memory);
  }
  big_array(const big_array&) = delete;
  big_array& operator=(const big_array&) = delete;
  ~big_array() { munmap(values_, bytes_); }

  T* data() { return values_; }
  const T* data() const { return values_; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return values_[i]; }
  const T& operator[](std::size_t i) const { return values_[i]; }

 private:
  T* values_ = nullptr;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

/// Makes the compiler believe that the memory behind `place` is read: without it, it drops sums that nobody reads.
inline void keep_memory(const void* place) { asm volatile("" : : "r"(place) : "memory"); }
template <class T>
void keep(const T& value) {
  keep_memory(&value);
}

template <class Work>
double best_of(int repeats, Work&& work) {
  return minimum(timed(repeats, std::forward<Work>(work)));
}

/// Calls `work(part)` for each part on a thread of its own; the calling thread takes part 0.
template <class Work>
void in_parallel(int parts, const Work& work) {
  std::vector<std::jthread> others;
  for (int part = 1; part < parts; ++part) others.emplace_back([&work, part] { work(part); });
  work(0);
}

/// Where `part` of `parts` begins in [0, n), on a multiple of `step`; begin_of(n, parts, parts, step) is the end.
inline std::size_t begin_of(std::size_t n, int parts, int part, std::size_t step) {
  if (part == parts) return n;
  return n / step * static_cast<std::size_t>(part) / static_cast<std::size_t>(parts) * step;
}

/// f(0), f(1), ... f(Count - 1) with the number as a constant, so that arrays indexed by it stay in registers.
template <int Count, class F>
[[gnu::always_inline]] inline void unrolled(F&& f) {
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (f(std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Count>{});
}

/// Marsaglia's xorshift: fast enough to sit inside a measured loop.
struct small_random {
  std::uint32_t state;
  std::uint32_t operator()() {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
  }
};

inline void report(const std::string& what, const std::string& how, int threads, double value,
                   const std::string& unit) {
  json_line().add("limit", what).add("how", how).add("threads", threads).add("value", value).add("unit", unit).print();
}

/// Working sets from the first cache to memory, in KiB; powers of two.
inline constexpr std::size_t working_sets[] = {16, 32, 256, 1024, 2048, 8192, 65536, 262144};

/// Random places within a working set: a list that fits into the first cache, moved on by a mask for every reading.
inline constexpr std::size_t place_count = std::size_t{1} << 14;
class random_places {
 public:
  explicit random_places(std::size_t below) {
    small_random draw{12345};
    for (std::size_t i = 0; i < place_count; ++i) places_[i] = static_cast<std::int32_t>(draw() % below);
  }
  const std::int32_t* data() const { return places_.data(); }
  std::int32_t operator[](std::size_t i) const { return places_[i]; }

 private:
  big_array<std::int32_t> places_{place_count};
};

#ifdef FOOTFALL_LIMITS_AVX512
void limit_fma();
void limit_roots();
void limit_bandwidth();
void limit_gather();
void floor_forest_walk();
void floor_lloyd();
void floor_silhouette();
void floor_scaler();
#endif

double clock_ghz();

}  // namespace peers
