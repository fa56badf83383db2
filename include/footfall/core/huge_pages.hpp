// SPDX-License-Identifier: MIT
// Large fresh memory in large pages, where the system has them: thousands of page faults less.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A hint that `bytes` from `begin` on, not yet written to, will be filled: Linux may then hand them out 2 MiB at a time, also
/// across pieces that lie side by side and were all named here. Changes no value; does nothing elsewhere and below 1 MiB.
inline void advise_huge_pages([[maybe_unused]] const void* begin, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t page = 4096;
  if (bytes < std::size_t{1} << 20) return;
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t from = address / page * page;
  const std::uintptr_t to = (address + bytes + page - 1) / page * page;
  (void)madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);  // NOLINT(performance-no-int-to-ptr)
#endif
}

FOOTFALL_END_NAMESPACE
