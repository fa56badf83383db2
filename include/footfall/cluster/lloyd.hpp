// SPDX-License-Identifier: MIT
// Lloyd's passes: every session to its nearest centre, every centre to the mean of its sessions, until nothing moves.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <footfall/cluster/center_sums.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Passes that remember: the sums of every chunk are kept, and a pass takes sessions that moved out of one segment and
/// adds them to another. A chunk in which many moved in the last pass is summed anew, and so is every chunk where there
/// are weights, since what a heavy session leaves behind would drown light ones. No inertia.
template <class Scalar>
class moving_sums {
 public:
  moving_sums(const kmeans_sessions<Scalar>& sessions, const weights& w, index clusters)
      : sessions_(sessions),
        w_(w),
        clusters_(clusters),
        chunk_size_(clusters * (sessions.x.cols() + 1)),
        known_(static_cast<std::size_t>(sessions.x.rows()), Scalar{-1}),
        moved_(static_cast<std::size_t>((sessions.x.rows() + simd::chunk_rows - 1) / simd::chunk_rows)),
        sums_(moved_.size() * static_cast<std::size_t>(chunk_size_), 0.0) {}

  center_sums pass(const matrix<double>& centers, workers& team) {
    const auto shifted = shifted_centers(centers, sessions_.origin);
    std::atomic<bool> usable = true;
    team.for_each_block(sessions_.x.rows(), simd::chunk_rows, [&](index begin, index end) {
      if (!chunk_pass(shifted, begin, end)) usable.store(false, std::memory_order_relaxed);
    });
    if (!usable) refuse_distances(sessions_);
    fresh_ = false;
    auto whole = merged(sums_, sessions_.x.cols(), clusters_);
    for (const index moved : moved_) whole.moved += moved;
    return whole;
  }

  /// The number of the segment of each session.
  segment_ids ids() const { return segment_ids(known_.begin(), known_.end()); }

 private:
  bool chunk_pass(const std::vector<Scalar>& centers, index begin, index end) {
    const auto chunk = static_cast<std::size_t>(begin / simd::chunk_rows);
    double* const sums = sums_.data() + static_cast<index>(chunk) * chunk_size_;
    // Adding a session for every segment costs a 64th of moving it from one to another, segment by segment.
    const bool anew = fresh_ || !w_.empty() || moved_[chunk] * 64 > clusters_ * (end - begin);
    std::optional<chunk_adder<Scalar>> adder;
    if (anew) adder.emplace(sessions_, w_, clusters_);
    moved_[chunk] = 0;
    const bool good = for_each_nearest(
        sessions_, centers, clusters_, begin, end, [&](const auto& numbers, const auto&, index row, index rows) {
          std::array<std::uint8_t, simd::tile_rows> places;
          Scalar* const known = known_.data() + row;
          const index moved = simd::differences(numbers.data(), known, rows, places);
          moved_[chunk] += moved;
          if (anew) {
            adder->add(numbers, row, rows);
          } else {
            for (index i = 0; i < moved; ++i) {
              const index place = places[static_cast<std::size_t>(i)];
              move(row + place, known[place], numbers[static_cast<std::size_t>(place)], sums);
            }
          }
          if (moved > 0) std::copy_n(numbers.begin(), rows, known);
        });
    if (anew) adder->finish(sums);
    for (index center = 0; center < clusters_; ++center) {  // what rounding left of sessions that are gone
      double* const own = sums + center * (sessions_.x.cols() + 1);
      if (!anew && own[sessions_.x.cols()] == 0) std::fill_n(own, sessions_.x.cols(), 0.0);
    }
    return good;
  }

  void move(index row, Scalar from, Scalar to, double* sums) const {
    const index columns = sessions_.x.cols();
    double* const gains = sums + static_cast<index>(to) * (columns + 1);
    double* const loses = sums + static_cast<index>(from) * (columns + 1);
    for (index column = 0; column < columns; ++column) {
      const double value = chunk_adder<Scalar>::value_of(sessions_, row, column);
      gains[column] += value;
      loses[column] -= value;
    }
    gains[columns] += 1;
    loses[columns] -= 1;
  }

  const kmeans_sessions<Scalar>& sessions_;
  const weights& w_;
  index clusters_;
  index chunk_size_;
  bool fresh_ = true;
  std::vector<Scalar> known_;
  std::vector<index> moved_;  ///< in the last pass, chunk by chunk
  std::vector<double> sums_;
};

inline bool none_empty(const center_sums& sums) {
  return std::all_of(sums.weight.begin(), sums.weight.end(), [](double weight) { return weight > 0; });
}

/// Gives every segment without weight the session that lies farthest from its centre, ties to the lowest row, and takes
/// it from the segment it was in, which must keep another one. Returns whether there was such a segment.
template <class Scalar>
bool relocate_empty(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers, const weights& w,
                    const segment_ids& ids, center_sums& sums, workers& team) {
  if (none_empty(sums)) return false;
  const index rows = sessions.x.rows();
  const auto shifted = shifted_centers(centers, sessions.origin);
  std::vector<Scalar> distances(static_cast<std::size_t>(rows));
  team.for_each_block(rows, simd::chunk_rows, [&](index begin, index end) {
    for_each_nearest(sessions, shifted, centers.rows(), begin, end,
                     [&](const auto&, const auto& squares, index row, index count) {
                       std::copy_n(squares.begin(), count, distances.begin() + row);
                     });
  });
  std::vector<index> members(sums.weight.size(), 0);
  for (index row = 0; row < rows; ++row) {
    if (w[row] > 0) ++members[static_cast<std::size_t>(ids[static_cast<std::size_t>(row)])];
  }
  for (std::size_t empty = 0; empty < sums.weight.size(); ++empty) {
    if (sums.weight[empty] > 0) continue;
    index farthest = -1;
    for (index row = 0; row < rows; ++row) {
      const auto at = static_cast<std::size_t>(row);
      const auto home = static_cast<std::size_t>(ids[at]);
      const bool movable = w[row] > 0 && distances[at] >= 0 && members[home] > 1 && sums.weight[home] > w[row];
      if (movable && (farthest < 0 || distances[at] > distances[static_cast<std::size_t>(farthest)])) farthest = row;
    }
    require(farthest >= 0, error_code::bad_option, "kmeans", "clusters must be at most the number of sessions, got ",
            sums.weight.size());
    const auto at = static_cast<std::size_t>(farthest);
    const auto home = static_cast<std::size_t>(ids[at]);
    distances[at] = -1;  // taken
    --members[home];
    sums.weight[home] -= w[farthest];
    sums.weight[empty] = w[farthest];
    for (index column = 0; column < sessions.x.cols(); ++column) {
      const double value = static_cast<double>(sessions.x(farthest, column)) -
                           static_cast<double>(sessions.origin[static_cast<std::size_t>(column)]);
      const double share = w[farthest] * value;
      sums.sums(column, static_cast<index>(home)) -= share;
      sums.sums(column, static_cast<index>(empty)) = share;
    }
  }
  return true;
}

}  // namespace detail

/// Where a run of passes ended.
struct lloyd_end {
  matrix<double> centers;      ///< one row a segment, in the units of the sessions
  std::vector<double> weight;  ///< of the sessions nearest to each centre
  double inertia = 0;
  int passes = 0;
};

/// Passes from `centers` on, until no session changes its segment, or the squared length of all the centres' steps is
/// at most `tolerance`, or `max_passes` are done (Lloyd 1982). A segment that loses all sessions gets the session
/// farthest from its centre. `weight` and `inertia` belong to the final centres. Throws as `nearest_segments` does.
template <std::floating_point Scalar>
lloyd_end lloyd(const kmeans_sessions<Scalar>& sessions, matrix<double> centers, const weights& w, int max_passes,
                double tolerance, workers& team) {
  const auto move_to_means = [&](const center_sums& sums) {
    double steps = 0;
    for (index center = 0; center < centers.rows(); ++center) {
      for (index column = 0; column < centers.cols(); ++column) {
        const double mean = sums.sums(column, center) / sums.weight[static_cast<std::size_t>(center)];
        const double next = static_cast<double>(sessions.origin[static_cast<std::size_t>(column)]) + mean;
        const double step = next - centers(center, column);
        steps += step * step;
        centers(center, column) = next;
      }
    }
    return steps;
  };
  detail::moving_sums<Scalar> moving(sessions, w, centers.rows());
  for (int pass = 1;; ++pass) {
    auto sums = moving.pass(centers, team);
    const bool relocated =
        !detail::none_empty(sums) && detail::relocate_empty(sessions, centers, w, moving.ids(), sums, team);
    const bool settled = sums.moved == 0 && !relocated;
    const double steps = settled ? 0 : move_to_means(sums);
    if (settled || steps <= tolerance || pass == max_passes) {
      segment_ids ids = moving.ids();
      const auto last = lloyd_pass(sessions, centers, w, ids, team);
      if (settled) move_to_means(last);  // freed of what passes left in kept sums: a function of the segments alone
      return {std::move(centers), last.weight, last.inertia, pass};
    }
  }
}

FOOTFALL_END_NAMESPACE
