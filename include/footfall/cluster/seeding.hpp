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
/// holds the sum of every `simd::chunk_rows` rows and finds the chunk, its rows are then walked. Potentials are finite
/// and not negative. Throws bad_value when all are zero.
template <std::floating_point Scalar>
index draw_row(random_stream& stream, std::span<const Scalar> potentials, std::span<const double> chunk_totals,
               const weights& w) {
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
  return walk(begin, std::min(static_cast<index>(potentials.size()), begin + simd::chunk_rows),
              [&](index row) { return w[row] * static_cast<double>(potentials[static_cast<std::size_t>(row)]); });
}

namespace detail {

/// Distances to the nearest of the rows drawn so far, kept up as rows are added.
template <class Scalar>
class seeding_distances {
 public:
  seeding_distances(const matrix_view<Scalar>& x, const weights& w, workers& team)
      : x_(x),
        w_(w),
        team_(team),
        no_origin_(static_cast<std::size_t>(x.cols()), Scalar{0}),
        nearest_(static_cast<std::size_t>(x.rows()), Scalar{1}) {
    totals_.resize(static_cast<std::size_t>((x.rows() + simd::chunk_rows - 1) / simd::chunk_rows));
    team.for_each_block(x.rows(), simd::chunk_rows, [&](index begin, index end) { total(begin, end); });
  }

  /// Before the first row is added every session counts 1 times its weight.
  index draw(random_stream& stream) const { return draw_row<Scalar>(stream, nearest_, totals_, w_); }

  double potential() const {
    double sum = 0;
    for (const double chunk : totals_) sum += chunk;
    return sum;
  }

  /// What `potential()` would be after adding each of the candidates, all in one reading of the sessions.
  std::vector<double> potentials_with(const row_set& candidates) const {
    const std::size_t count = candidates.size();
    const auto points = coordinates(candidates);
    std::vector<double> sums(totals_.size() * count);
    team_.for_each_block(x_.rows(), simd::chunk_rows, [&](index begin, index end) {
      std::vector<Scalar> found(static_cast<std::size_t>(end - begin) * count);
      for_each_tile(begin, end, [&](const simd::tile<Scalar>& sessions, index row, index rows) {
        for (std::size_t i = 0; i < count; ++i) {
          Scalar* const to = found.data() + static_cast<index>(i) * (end - begin) + row - begin;
          capped(sessions, points.data() + static_cast<index>(i) * x_.cols(), row, rows, to);
        }
      });
      for (std::size_t i = 0; i < count; ++i) {
        sums[static_cast<std::size_t>(begin / simd::chunk_rows) * count + i] =
            simd::sum(found.data() + static_cast<index>(i) * (end - begin), weights_from(begin), end - begin);
      }
    });
    std::vector<double> potentials(count, 0.0);
    for (std::size_t at = 0; at < sums.size(); ++at) potentials[at % count] += sums[at];
    return potentials;
  }

  /// Adds a row; the first one replaces the initial counts.
  void add(index added) {
    if (std::exchange(first_, false)) {
      std::fill(nearest_.begin(), nearest_.end(), std::numeric_limits<Scalar>::infinity());
    }
    const auto point = coordinates({added});
    team_.for_each_block(x_.rows(), simd::chunk_rows, [&](index begin, index end) {
      for_each_tile(begin, end, [&](const simd::tile<Scalar>& sessions, index row, index rows) {
        capped(sessions, point.data(), row, rows, nearest_.data() + row);
      });
      total(begin, end);
    });
  }

 private:
  const double* weights_from(index row) const { return w_.empty() ? nullptr : w_.values().data() + row; }

  void total(index begin, index end) {
    totals_[static_cast<std::size_t>(begin / simd::chunk_rows)] =
        simd::sum(nearest_.data() + begin, weights_from(begin), end - begin);
  }

  std::vector<Scalar> coordinates(const row_set& rows) const {
    std::vector<Scalar> points;
    for (const index row : rows) {
      for (index column = 0; column < x_.cols(); ++column) points.push_back(x_(row, column));
    }
    return points;
  }

  template <class F>
  void for_each_tile(index begin, index end, F f) const {
    simd::tile<Scalar> sessions(simd::tile_rows, x_.cols());
    for (index row = begin; row < end; row += simd::tile_rows) {
      const index rows = std::min(simd::tile_rows, end - row);
      simd::fill(sessions, x_.middleRows(row, rows), no_origin_.data());
      f(sessions, row, rows);
    }
  }

  // The squared distances to `point` or to the nearest so far, whichever is smaller.
  void capped(const simd::tile<Scalar>& sessions, const Scalar* point, index row, index rows, Scalar* to) const {
    simd::tile_values<Scalar> squares;
    simd::squared_distances(sessions, point, squares);
    for (index i = 0; i < rows; ++i) {
      to[i] = std::min(squares[static_cast<std::size_t>(i)], nearest_[static_cast<std::size_t>(row + i)]);
    }
  }

  matrix_view<Scalar> x_;
  const weights& w_;
  workers& team_;
  bool first_ = true;
  std::vector<Scalar> no_origin_;  // differences between sessions need none
  std::vector<Scalar> nearest_;
  std::vector<double> totals_;
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
    distances.add(drawn.back());
  }
  return drawn;
}

FOOTFALL_END_NAMESPACE
