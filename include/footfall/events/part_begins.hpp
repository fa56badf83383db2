// SPDX-License-Identifier: MIT
// Where the parts of a long array begin, four bytes each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Ascending places of 64 bits: one whole for each run of 4,096, and how far behind it each is.
class part_begins {
 public:
  static constexpr std::size_t run = 4096;

  std::size_t size() const noexcept { return behind_.size(); }
  std::uint64_t operator[](std::size_t i) const noexcept { return first_[i / run] + behind_[i]; }
  /// What is read to know place i, to be asked for ahead.
  const std::uint32_t* at(std::size_t i) const noexcept { return behind_.data() + i; }

  /// Throws limit for a place 2^32 or more behind the first of its run.
  void push_back(std::uint64_t place) {
    if (behind_.size() % run == 0) first_.push_back(place);
    behind_.push_back(behind(place));
  }
  /// One after another; room for them is made once.
  void append(std::span<const std::uint64_t> places) {
    const std::size_t size = behind_.size();
    behind_.resize(size + places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      if ((size + i) % run == 0) first_.push_back(places[i]);
      behind_[size + i] = behind(places[i]);
    }
  }
  /// Forgets all but the first `size`, also after a push_back that threw.
  void cut(std::size_t size) noexcept {
    behind_.resize(size);
    first_.resize((size + run - 1) / run);
  }
  void reserve(std::size_t size) {
    behind_.reserve(size);
    first_.reserve((size + run - 1) / run);
    advise_huge_pages(behind_.data(), size * sizeof(std::uint32_t));
  }
  std::size_t bytes() const noexcept {
    return behind_.size() * sizeof(std::uint32_t) + first_.size() * sizeof(std::uint64_t);
  }

 private:
  /// How far a place is behind the first of the last run.
  std::uint32_t behind(std::uint64_t place) const {
    const std::uint64_t distance = place - first_.back();
    require(distance <= std::numeric_limits<std::uint32_t>::max(), error_code::limit, "event_log",
            "more than 4294967295 parameters among 4096 events");
    return static_cast<std::uint32_t>(distance);
  }

  std::vector<std::uint64_t> first_;   // of each run
  std::vector<std::uint32_t> behind_;  // the first of the run
};

FOOTFALL_END_NAMESPACE
