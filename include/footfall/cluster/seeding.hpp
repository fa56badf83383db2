// SPDX-License-Identifier: MIT
// Where K-Means starts: sessions drawn far from those already drawn.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A row drawn with probability proportional to its weight times its potential (for K-Means++ the squared distance to
/// the nearest row drawn so far). It is `random_stream::pick` in two steps with one uniform number: `chunk_totals`
/// holds the sum of every `simd::chunk_rows` rows and finds the chunk, its rows are then walked, after `ready(begin,
/// end)` had a chance to bring their potentials up to date. Potentials are finite and not negative. Throws bad_value
/// when all are zero.
template <std::floating_point Scalar, class Ready>
index draw_row(random_stream& stream, std::span<const Scalar> potentials, std::span<const double> chunk_totals,
               const weights& w, Ready ready) {
  double total = 0;
  for (const double chunk : chunk_totals) total += chunk;
  require(total > 0, error_code::bad_value, "draw_row", "at least one potential must be above 0");
  double rest = stream.uniform() * total;
  // The first of [begin, end) that uses up what is left; the last one above zero when rounding leaves something over.
  const auto walk = [&rest](index begin, index end, auto share_of) {
    index last = begin;
    for (index i = begin; i < end; ++i) {
      const double share = share_of(i);
      if (share <= 0) continue;
      last = i;
      if (rest < share) return i;
      rest -= share;
    }
    rest = std::numeric_limits<double>::infinity();
    return last;
  };
  const index chunk = walk(0, static_cast<index>(chunk_totals.size()),
                           [&](index i) { return chunk_totals[static_cast<std::size_t>(i)]; });
  const index begin = chunk * simd::chunk_rows;
  const index end = std::min(static_cast<index>(potentials.size()), begin + simd::chunk_rows);
  ready(begin, end);
  return walk(begin, end,
              [&](index row) { return w[row] * static_cast<double>(potentials[static_cast<std::size_t>(row)]); });
}
template <std::floating_point Scalar>
index draw_row(random_stream& stream, std::span<const Scalar> potentials, std::span<const double> chunk_totals,
               const weights& w) {
  return draw_row(stream, potentials, chunk_totals, w, [](index, index) {});
}

namespace detail {

/// Distances to the nearest of the rows drawn so far. What a row changes is known from its trial as a candidate, chunk by
/// chunk; the distances themselves follow when they are read next.
template <class Scalar>
class seeding_distances {
 public:
  seeding_distances(const matrix_view<Scalar>& x, const weights& w, workers& team)
      : x_(x),
        w_(w),
        team_(team),
        no_origin_(static_cast<std::size_t>(x.cols()), Scalar{0}),
        nearest_(static_cast<std::size_t>(x.rows()), Scalar{1}),
        totals_(static_cast<std::size_t>((x.rows() + simd::chunk_rows - 1) / simd::chunk_rows)) {
    team.for_each_block(x.rows(), simd::chunk_rows, [&](index begin, index end) {
      totals_[static_cast<std::size_t>(begin / simd::chunk_rows)] =
          simd::sum(nearest_.data() + begin, weights_from(begin), end - begin);
    });
  }

  /// Before the first row is added every session counts 1 times its weight.
  index draw(random_stream& stream) {
    return draw_row<Scalar>(stream, nearest_, totals_, w_, [this](index begin, index end) { catch_up(begin, end); });
  }

  double potential() const {
    double sum = 0;
    for (const double chunk : totals_) sum += chunk;
    return sum;
  }

  /// What `potential()` would be after adding each of the candidates, all in one reading of the sessions.
  std::vector<double> potentials_with(const row_set& candidates) {
    const std::size_t count = candidates.size();
    const auto points = coordinates(candidates);
    tried_ = candidates;
    tried_totals_.resize(totals_.size() * count);
    team_.for_each_block(x_.rows(), simd::chunk_rows, [&](index begin, index end) {
      std::vector<simd::lane_array> sums(count, simd::lane_array{});
      for_each_tile(begin, end, [&](const auto& sessions, const auto& nearest, index row, index rows) {
        for (std::size_t i = 0; i < count; ++i) {
          auto capped = nearest;
          simd::lower_to_distances(sessions, points.data() + static_cast<index>(i) * x_.cols(), capped);
          simd::add_to_lanes(capped.data(), weights_from(row), rows, sums[i]);
        }
      });
      for (std::size_t i = 0; i < count; ++i) {
        tried_totals_[static_cast<std::size_t>(begin / simd::chunk_rows) * count + i] =
            simd::fold(sums[i], [](double a, double b) { return a + b; });
      }
    });
    latest_.clear();
    std::vector<double> potentials(count, 0.0);
    for (std::size_t at = 0; at < tried_totals_.size(); ++at) potentials[at % count] += tried_totals_[at];
    return potentials;
  }

  /// Adds a row; the first one replaces the initial counts.
  void add(index added) {
    if (std::exchange(first_, false)) {
      std::fill(nearest_.begin(), nearest_.end(), std::numeric_limits<Scalar>::infinity());
    }
    if (std::ranges::find(tried_, added) == tried_.end()) potentials_with({added});
    const auto i = static_cast<std::size_t>(std::ranges::find(tried_, added) - tried_.begin());
    for (std::size_t chunk = 0; chunk < totals_.size(); ++chunk) {
      totals_[chunk] = tried_totals_[chunk * tried_.size() + i];
    }
    tried_.clear();
    latest_ = coordinates({added});
  }

 private:
  const double* weights_from(index row) const { return w_.empty() ? nullptr : w_.values().data() + row; }

  std::vector<Scalar> coordinates(const row_set& rows) const {
    std::vector<Scalar> points;
    for (const index row : rows) {
      for (index column = 0; column < x_.cols(); ++column) points.push_back(x_(row, column));
    }
    return points;
  }

  void catch_up(index begin, index end) {
    for_each_tile(begin, end, [](const auto&, const auto&, index, index) {});
  }

  // Calls `f(sessions, nearest, row, rows)` with distances that know of the row added last.
  template <class F>
  void for_each_tile(index begin, index end, F f) {
    simd::tile<Scalar> copy;
    for (index row = begin; row < end; row += simd::tile_rows) {
      const index rows = std::min(simd::tile_rows, end - row);
      simd::tile_view<Scalar> sessions{x_.data() + row, x_.outerStride(), x_.cols(), no_origin_.data()};
      if (rows < simd::tile_rows) {
        copy.resize(simd::tile_rows, x_.cols());
        simd::fill(copy, x_.middleRows(row, rows), no_origin_.data());
        sessions = simd::view_of_tile(copy);
      }
      simd::tile_values<Scalar> nearest{};
      std::copy_n(nearest_.begin() + row, rows, nearest.begin());
      if (!latest_.empty()) {
        simd::lower_to_distances(sessions, latest_.data(), nearest);
        std::copy_n(nearest.begin(), rows, nearest_.begin() + row);
      }
      f(sessions, nearest, row, rows);
    }
  }

  matrix_view<Scalar> x_;
  const weights& w_;
  workers& team_;
  bool first_ = true;
  std::vector<Scalar> no_origin_;  // differences between sessions need none
  std::vector<Scalar> nearest_;    // without the row added last, unless that chunk has caught up
  std::vector<Scalar> latest_;     // the row added last; empty when all distances know of it
  std::vector<double> totals_;
  row_set tried_;
  std::vector<double> tried_totals_;  // candidate by candidate for each chunk
};

}  // namespace detail

/// `clusters` rows of `x` to start from (Arthur and Vassilvitskii 2007, the greedy form as in scikit-learn): the first
/// is drawn by weight; for each next one 2 + floor(ln clusters) candidates are drawn with probability proportional to
/// weight times squared distance to the nearest row so far, and the one that leaves the least sum of these stays, ties
/// the first. Bits depend on the stream alone, not on threads. `x` is finite. Throws bad_option when fewer than
/// `clusters` sessions are distinct. Cost: `clusters` readings of `x`, each with 3 + floor(ln clusters) distances a
/// session.
template <std::floating_point Scalar>
row_set kmeans_plus_plus(const matrix_view<Scalar>& x, index clusters, random_stream stream, const weights& w,
                         workers& team) {
  detail::seeding_distances<Scalar> distances(x, w, team);
  row_set drawn{distances.draw(stream)};
  distances.add(drawn.back());
  const auto trials = 2 + static_cast<std::size_t>(std::log(static_cast<double>(clusters)));
  while (static_cast<index>(drawn.size()) < clusters) {
    require(distances.potential() > 0, error_code::bad_option, "kmeans",
            "clusters must be at most the number of distinct sessions, got ", clusters, " where ", drawn.size(),
            " sessions leave no distance to any other");
    row_set candidates;
    for (std::size_t trial = 0; trial < trials; ++trial) candidates.push_back(distances.draw(stream));
    const auto potentials = distances.potentials_with(candidates);
    const auto best = std::min_element(potentials.begin(), potentials.end()) - potentials.begin();
    drawn.push_back(candidates[static_cast<std::size_t>(best)]);
    if (static_cast<index>(drawn.size()) < clusters) distances.add(drawn.back());
  }
  return drawn;
}

FOOTFALL_END_NAMESPACE
