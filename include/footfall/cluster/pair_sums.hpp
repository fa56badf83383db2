// SPDX-License-Identifier: MIT
// For every session the sum of its distances to each segment, of several clusterings at once: every pair is looked at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/pairwise.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sums of Euclidean distances from each session to the segments of each clustering, without a matrix of distances.
///
/// Sessions that share their segment in every clustering are an atom; atoms lie one after the other, each filled up to
/// whole blocks of 16 sessions. Blocks are grouped, and every two groups meet once: in round r the groups i and j with
/// i + j = r (modulo their number), so that no group is in two meetings of a round, and sums are added in the order of
/// the rounds whatever the threads. A distance counts for both of its sessions. Segments are numbered through all
/// clusterings: `slot`. Memory: rows x (columns + slots).
template <class Scalar>
class pair_sums {
 public:
  /// `slots[c][row]`: the segment of a row in clustering c, numbered through; `slot_count` of them in all.
  pair_sums(const matrix_view<Scalar>& x, const std::vector<std::vector<index>>& slots, index slot_count)
      : columns_(x.cols()), slot_count_(slot_count) {
    std::vector<index> order(static_cast<std::size_t>(x.rows()));
    std::iota(order.begin(), order.end(), index{0});
    const auto before = [&](index a, index b) {
      for (const auto& clustering : slots) {
        const index slot_a = clustering[static_cast<std::size_t>(a)];
        const index slot_b = clustering[static_cast<std::size_t>(b)];
        if (slot_a != slot_b) return slot_a < slot_b;
      }
      return false;
    };
    std::ranges::stable_sort(order, before);
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i == 0 || before(order[i - 1], order[i])) {
        row_of_.resize((row_of_.size() + block - 1) / block * block, -1);
        atoms_.push_back({static_cast<index>(row_of_.size()), 0, {}});
        for (const auto& clustering : slots)
          atoms_.back().slots.push_back(clustering[static_cast<std::size_t>(order[i])]);
      }
      row_of_.push_back(order[i]);
      atoms_.back().end = static_cast<index>(row_of_.size());
    }
    row_of_.resize((row_of_.size() + block - 1) / block * block, -1);
    values_.resize(row_of_.size() * static_cast<std::size_t>(columns_), Scalar{0});
    mask_.resize(row_of_.size(), Scalar{0});
    for (std::size_t place = 0; place < row_of_.size(); ++place) {
      if (row_of_[place] < 0) continue;
      mask_[place] = 1;
      for (index column = 0; column < columns_; ++column) {
        values_[place / block * block * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column) * block +
                place % block] = x(row_of_[place], column);
      }
    }
    sums_.resize(row_of_.size() * static_cast<std::size_t>(slot_count), 0.0);
  }

  index atoms() const { return static_cast<index>(atoms_.size()); }
  /// The row of each place; -1 where a block is filled up.
  const std::vector<index>& rows() const { return row_of_; }
  /// The sum of the distances of the session in a place to a segment.
  double at(index place, index slot) const {
    return sums_[static_cast<std::size_t>(place / block_rows * slot_count_ * block_rows + slot * block_rows +
                                          place % block_rows)];
  }

  /// Adds up all distances. Progress: one part a round.
  void add(workers& team, progress_meter& meter) {
    const index groups = rounds();
    for (index round = 0; round < groups; ++round) {
      team.for_each_index(groups, [&](index first) {
        const index second = (round - first + groups) % groups;
        if (first <= second) meet(first, second);
      });
      meter.advance();
    }
  }
  index rounds() const { return (static_cast<index>(row_of_.size()) + group_rows - 1) / group_rows; }

 private:
  static constexpr index block_rows = simd::block_rows;
  static constexpr auto block = static_cast<std::size_t>(block_rows);
  static constexpr index group_rows = 512;  ///< at most 32 of its blocks add to one lane in `Scalar`
  static constexpr index piece_rows = 128;  ///< of a group, that stay in the first cache

  struct atom {
    index begin;  ///< places, without those that fill up the last block
    index end;
    std::vector<index> slots;  ///< of each clustering
  };

  /// The part of an atom that lies in some places.
  struct run {
    index begin;
    index end;
    const atom* of;
  };

  std::vector<run> runs(index begin, index end) const {
    std::vector<run> found;
    auto next = std::ranges::upper_bound(atoms_, begin, {}, &atom::begin);
    for (auto it = next - 1; it != atoms_.end() && it->begin < end; ++it) {
      const index from = std::max(begin, it->begin);
      const index to = std::min(end, it->end);
      if (from < to) found.push_back({from, to, &*it});
    }
    return found;
  }

  double* sums_at(index place, index slot) {
    return sums_.data() + place / block_rows * slot_count_ * block_rows + slot * block_rows + place % block_rows;
  }

  void meet(index first, index second) {
    const index places = static_cast<index>(row_of_.size());
    const auto own = runs(first * group_rows, std::min(places, (first + 1) * group_rows));
    const index end = std::min(places, (second + 1) * group_rows);
    std::array<Scalar, static_cast<std::size_t>(piece_rows * block_rows)> met;
    for (index piece = second * group_rows; piece < end; piece += piece_rows) {
      const auto others = runs(piece, std::min(end, piece + piece_rows));
      for (const run& mine : own) {
        if (first != second) met.fill(Scalar{0});
        for (index at = mine.begin; at < mine.end; at += block_rows) {
          for (const run& other : others) {
            std::array<double, block> distances{};
            simd::add_block_distances(values_.data() + at * columns_, values_.data() + other.begin * columns_, columns_,
                                      other.end - other.begin, distances.data(), mask_.data() + at,
                                      first == second ? nullptr : met.data() + (other.begin - piece) * block_rows);
            for (const index slot : other.of->slots) {
              double* const to = sums_at(at, slot);
              for (std::size_t i = 0; i < block; ++i) to[i] += distances[i];
            }
          }
        }
        if (first != second) settle(mine, others, piece, met.data());
      }
    }
  }

  // What the sessions of a run have met goes to their sums.
  void settle(const run& met_run, const std::vector<run>& others, index piece, const Scalar* met) {
    for (const run& other : others) {
      for (index place = other.begin; place < other.end; ++place) {
        simd::lane_array lanes;
        const Scalar* const from = met + (place - piece) * block_rows;
        for (std::size_t i = 0; i < block; ++i) lanes[i] = static_cast<double>(from[i]);
        const double sum = simd::fold(lanes, [](double a, double b) { return a + b; });
        for (const index slot : met_run.of->slots) *sums_at(place, slot) += sum;
      }
    }
  }

  index columns_;
  index slot_count_;
  std::vector<atom> atoms_;
  std::vector<index> row_of_;
  std::vector<Scalar> values_;  ///< block by block, column by column
  std::vector<Scalar> mask_;    ///< 1 for a session, 0 where a block is filled up
  std::vector<double> sums_;    ///< block by block, slot by slot
};

FOOTFALL_END_NAMESPACE
