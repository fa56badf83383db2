// SPDX-License-Identifier: MIT
// Counts what a program takes from the heap, and makes it run out on demand. For a program of its own: it replaces malloc.
#pragma once

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <malloc.h>
#if __has_include(<mm_malloc.h>)
#include <mm_malloc.h>  // clang's declares posix_memalign anew, and would find the definition below to differ
#endif

// glibc's own names for what is replaced here: Eigen takes its memory with malloc, the rest with new, which calls malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace memory {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
inline std::atomic<std::int64_t> until_failure{never};  // so many allocations succeed, then one fails
inline std::atomic<bool> for_ever{false};               // and all after it
inline std::atomic<std::int64_t> blocks{0};             // that were not freed yet
inline std::atomic<std::int64_t> bytes{0};              // in them, as the heap rounds them up
inline std::atomic<std::int64_t> most_bytes{0};         // since it was last set

inline bool fails() noexcept {
  if (until_failure.load(std::memory_order_relaxed) == never) return false;
  const std::int64_t left = until_failure.fetch_sub(1, std::memory_order_relaxed);
  return left == 0 || (left < 0 && for_ever.load(std::memory_order_relaxed));
}

inline void* taken(void* block) noexcept {
  if (block == nullptr) return block;
  blocks.fetch_add(1, std::memory_order_relaxed);
  const auto size = static_cast<std::int64_t>(malloc_usable_size(block));
  const std::int64_t now = bytes.fetch_add(size, std::memory_order_relaxed) + size;
  std::int64_t most = most_bytes.load(std::memory_order_relaxed);
  while (now > most && !most_bytes.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return block;
}

inline void given_back(void* block) noexcept {
  if (block == nullptr) return;
  blocks.fetch_sub(1, std::memory_order_relaxed);
  bytes.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
}

}  // namespace memory

extern "C" {
void* malloc(std::size_t size) noexcept { return memory::fails() ? nullptr : memory::taken(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept {
  return memory::fails() ? nullptr : memory::taken(__libc_calloc(count, size));
}
void* realloc(void* block, std::size_t size) noexcept {
  if (memory::fails()) return nullptr;
  const std::size_t before = block == nullptr ? 0 : malloc_usable_size(block);
  void* const result = __libc_realloc(block, size);
  if (result == nullptr) return result;
  if (block != nullptr) {
    memory::blocks.fetch_sub(1, std::memory_order_relaxed);
    memory::bytes.fetch_sub(static_cast<std::int64_t>(before), std::memory_order_relaxed);
  }
  return memory::taken(result);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return memory::fails() ? nullptr : memory::taken(__libc_memalign(alignment, size));
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  *block = memory::fails() ? nullptr : memory::taken(__libc_memalign(alignment, size));
  return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) noexcept {
  memory::given_back(block);
  __libc_free(block);
}
}
