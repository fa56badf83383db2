// SPDX-License-Identifier: MIT
// Lloyd's passes: every session to its nearest centre, every centre to the mean of its sessions, until nothing moves.
#pragma once

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include <footfall/cluster/center_sums.hpp>
#include <footfall/cluster/known_segments.hpp>
#include <footfall/cluster/nearest_segments.hpp>
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
/// are weights, since what a heavy session leaves behind would drown light ones. No inertia. After the first pass the
/// nearest centre is found by products alone, which may differ by rounding from the one by distances.
template <class Scalar>
class moving_sums {
 public:
  moving_sums(const kmeans_sessions<Scalar>& sessions, const weights& w, index clusters)
      : sessions_(sessions),
        w_(w),
        clusters_(clusters),
        chunk_size_(clusters * (sessions.x.cols() + 1)),
        known_(sessions.x.rows(), clusters),
        moved_(static_cast<std::size_t>((sessions.x.rows() + simd::chunk_rows - 1) / simd::chunk_rows)),
        sums_(moved_.size() * static_cast<std::size_t>(chunk_size_), 0.0) {}

  center_sums pass(const matrix<double>& centers, workers& team) {
    const auto shifted = shifted_centers(centers, sessions_.origin);
    const auto halves = half_squares(shifted, clusters_);
    std::atomic<bool> usable = true;
    team.for_each_block(sessions_.x.rows(), simd::chunk_rows, [&](index begin, index end) {
      if (!chunk_pass(shifted, halves, begin, end)) usable.store(false, std::memory_order_relaxed);
    });
    if (!usable) refuse_distances(sessions_);
    fresh_ = false;
    auto whole = merged(sums_, sessions_.x.cols(), clusters_);
    for (const index moved : moved_) whole.moved += moved;
    return whole;
  }

  /// The number of the segment of each session.
  segment_ids ids() const { return known_.ids(); }

 private:
  // Moving one session takes about as long as adding so many to a segment in registers.
  static constexpr index dear_move = 100;

  // False when a distance could not be had, which the first pass finds out.
  bool chunk_pass(const std::vector<Scalar>& centers, const std::vector<Scalar>& halves, index begin, index end) {
    const auto chunk = static_cast<std::size_t>(begin / simd::chunk_rows);
    double* const sums = sums_.data() + static_cast<index>(chunk) * chunk_size_;
    const bool anew = fresh_ || !w_.empty() || moved_[chunk] * dear_move > clusters_ * (end - begin);
    std::optional<chunk_adder<Scalar>> adder;
    if (anew) adder.emplace(sessions_, w_, clusters_);
    moved_[chunk] = 0;
    simd::summed_values<Scalar> numbers, squares;
    bool usable = true;
    for_each_summed(
        sessions_, begin, end,
        [&](const simd::tile_view<Scalar>& tile, index at) {
          if (fresh_) {
            usable = simd::nearest(tile, centers.data(), clusters_, numbers.data() + at, squares.data() + at) && usable;
          } else {
            simd::nearest_by_products(tile, centers.data(), halves.data(), clusters_, numbers.data() + at);
          }
        },
        [&](index row, index rows) {
          if (anew) {
            moved_[chunk] += known_.replace(numbers, row, rows);
            adder->add(numbers, row, rows);
          } else {
            moved_[chunk] +=
                known_.update(numbers, row, rows, [&](index at, index from, index to) { move(at, from, to, sums); });
          }
        });
    if (anew) {
      adder->finish(sums);
      return usable;
    }
    for (index center = 0; center < clusters_; ++center) {  // what rounding left of sessions that are gone
      double* const own = sums + center * (sessions_.x.cols() + 1);
      if (own[sessions_.x.cols()] == 0) std::fill_n(own, sessions_.x.cols(), 0.0);
    }
    return usable;
  }

  void move(index row, index from, index to, double* sums) const {
    const index columns = sessions_.x.cols();
    double* const gains = sums + to * (columns + 1);
    double* const loses = sums + from * (columns + 1);
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
  known_segments known_;
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
