// SPDX-License-Identifier: MIT
// How many different things there were, in memory that has a bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A set of 64-bit hashes that stops growing at a stated size: open addressing, at most half full. Two texts of one hash are
/// one to it: among 1,000 texts once in 10^13 times.
class bounded_set {
 public:
  /// Whether `hash` is in the set afterwards; false only where the set has `most` others.
  bool insert(std::uint64_t hash, std::size_t most) {
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCD;  // FNV leaves its low bits alike for texts that end alike
    hash ^= hash >> 33;
    hash |= static_cast<std::uint64_t>(hash == 0);  // 0 marks a free place
    if (!places_.empty() && find(hash)) return true;
    if (size_ >= most) return false;
    if (2 * (size_ + 1) > places_.size()) grow();
    put(hash);
    ++size_;
    return true;
  }

  std::size_t size() const noexcept { return size_; }
  /// What it holds on the heap.
  std::size_t bytes() const noexcept { return places_.capacity() * sizeof(std::uint64_t); }

  bool operator==(const bounded_set& other) const = default;

 private:
  bool find(std::uint64_t hash) const {
    for (std::size_t at = hash & (places_.size() - 1); places_[at] != 0; at = (at + 1) & (places_.size() - 1)) {
      if (places_[at] == hash) return true;
    }
    return false;
  }
  void put(std::uint64_t hash) {
    std::size_t at = hash & (places_.size() - 1);
    while (places_[at] != 0) at = (at + 1) & (places_.size() - 1);
    places_[at] = hash;
  }
  void grow() {
    const std::vector<std::uint64_t> old = std::move(places_);
    places_.assign(old.empty() ? 8 : 2 * old.size(), 0);
    for (const std::uint64_t hash : old) {
      if (hash != 0) put(hash);
    }
  }

  std::vector<std::uint64_t> places_;
  std::size_t size_ = 0;
};

FOOTFALL_END_NAMESPACE
