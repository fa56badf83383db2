// SPDX-License-Identifier: MIT
// Memory for tests of kernels: a page that nobody may touch lies before it and behind it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include <footfall/core/types.hpp>

/// Whole pages between two that may not be touched: who reads or writes beyond them is stopped by the system at once.
class guarded_memory {
 public:
  explicit guarded_memory(std::size_t least)
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))), size_((least + page_ - 1) / page_ * page_) {
    void* const all = mmap(nullptr, size_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    all_ = static_cast<std::byte*>(all);
    if (mprotect(begin(), size_, PROT_READ | PROT_WRITE) != 0) {
      munmap(all_, size_ + 2 * page_);
      throw std::bad_alloc();
    }
  }
  guarded_memory(const guarded_memory&) = delete;
  guarded_memory& operator=(const guarded_memory&) = delete;
  ~guarded_memory() { munmap(all_, size_ + 2 * page_); }

  std::byte* begin() const noexcept { return all_ + page_; }
  std::byte* end() const noexcept { return begin() + size_; }

 private:
  std::size_t page_;
  std::size_t size_;
  std::byte* all_ = nullptr;
};

/// Arrays for one check after the other, each in guarded memory of its own: `offset` elements behind its first byte, or
/// so many before its last. With 0 the guard is the neighbour. What is put into them comes from a pool of bytes.
class guarded_arrays {
 public:
  enum class side { front, back };

  /// The next check begins: arrays are given anew.
  void start(side from, footfall::index offset, std::span<const std::uint8_t> pool, std::size_t position) {
    side_ = from;
    offset_ = static_cast<std::size_t>(offset);
    pool_ = pool;
    position_ = position;
    used_ = 0;
    given_.clear();
  }

  std::uint8_t byte() noexcept { return pool_.empty() ? 0 : pool_[position_++ % pool_.size()]; }
  footfall::index below(footfall::index bound) noexcept {
    const int high = byte();
    return (256 * high + byte()) % bound;
  }
  /// Where the pool has bytes below 12: zeros, NaN, infinities and the ends of the range; else numbers of no pattern.
  template <class T>
  T number() noexcept {
    using limits = std::numeric_limits<T>;
    static constexpr T odd_ones[12] = {0,
                                       -T{0},
                                       1,
                                       -1,
                                       limits::quiet_NaN(),
                                       limits::infinity(),
                                       -limits::infinity(),
                                       limits::max(),
                                       limits::lowest(),
                                       limits::min(),
                                       limits::denorm_min(),
                                       limits::epsilon()};
    const std::uint8_t first = byte();
    if (first < 12) return odd_ones[first];
    return static_cast<T>((first - 128) * 0.37 * (1 << first % 7) + byte() * 0.0123);
  }

  /// Room for `count` elements, filled with a mark, as is what lies around.
  template <class T>
  T* room(footfall::index count) {
    if (used_ == memory_.size()) memory_.push_back(std::make_unique<guarded_memory>(slot));
    const auto& own = *memory_[used_++];
    const std::size_t bytes = static_cast<std::size_t>(count) * sizeof(T), away = offset_ * sizeof(T);
    if (bytes + away > slot) throw std::bad_alloc();
    std::byte* const at = side_ == side::front ? own.begin() + away : own.end() - away - bytes;
    const given array{std::max(at - around, own.begin()), at, at + bytes, std::min(at + bytes + around, own.end())};
    std::memset(array.before, mark, static_cast<std::size_t>(array.behind - array.before));
    given_.push_back(array);
    return reinterpret_cast<T*>(at);
  }
  /// The same with numbers from the pool.
  template <class T>
  T* numbers(footfall::index count) {
    T* const to = room<T>(count);
    for (footfall::index i = 0; i < count; ++i) to[i] = number<T>();
    return to;
  }
  std::uint8_t* bytes(footfall::index count) {
    auto* const to = room<std::uint8_t>(count);
    for (footfall::index i = 0; i < count; ++i) to[i] = byte();
    return to;
  }

  /// Whether nothing was written beside the arrays that were given.
  bool clean() const noexcept {
    const auto marked = [](const std::byte* begin, const std::byte* end) {
      return std::all_of(begin, end, [](std::byte each) { return each == std::byte{mark}; });
    };
    return std::all_of(given_.begin(), given_.end(), [&](const given& each) {
      return marked(each.before, each.begin) && marked(each.end, each.behind);
    });
  }

 private:
  static constexpr std::size_t slot = std::size_t{1} << 17;
  static constexpr std::ptrdiff_t around = 64;
  static constexpr std::uint8_t mark = 0xA5;
  struct given {
    std::byte *before, *begin, *end, *behind;
  };

  std::vector<std::unique_ptr<guarded_memory>> memory_;
  std::vector<given> given_;
  std::size_t used_ = 0, offset_ = 0, position_ = 0;
  side side_ = side::front;
  std::span<const std::uint8_t> pool_;
};
