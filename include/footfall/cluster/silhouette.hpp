// SPDX-License-Identifier: MIT
// How well each session sits in its segment: the exact silhouette, without a matrix of distances.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/cluster/pair_sums.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/pairwise.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Silhouettes in [-1, 1]: 1 far from all other segments, 0 between two, below 0 nearer to another one than to its own.
struct silhouette_result {
  double mean = 0;                  ///< of all sessions
  std::vector<double> per_segment;  ///< mean of each segment, by number; NaN for a number without sessions
  std::vector<double> per_session;  ///< in the order of the rows

  bool operator==(const silhouette_result&) const = default;
};

namespace detail {

/// Sessions sorted by segment, one after the other: what a kernel reads run by run.
template <class Scalar>
struct segment_runs {
  row_set rows;                ///< the row of each place
  std::vector<index> begins;   ///< where each segment's run begins, and one more: the end of the last
  std::vector<Scalar> values;  ///< a value a column, then the next session

  segment_runs(const matrix_view<Scalar>& x, const segment_ids& ids, std::size_t segments)
      : rows(ids.size()), begins(segments + 1, 0), values(ids.size() * static_cast<std::size_t>(x.cols())) {
    for (const auto id : ids) ++begins[static_cast<std::size_t>(id) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    std::vector<index> next(begins.begin(), begins.end() - 1);
    for (std::size_t row = 0; row < ids.size(); ++row) {
      const index place = next[static_cast<std::size_t>(ids[row])]++;
      rows[static_cast<std::size_t>(place)] = static_cast<index>(row);
      for (index column = 0; column < x.cols(); ++column) {
        values[static_cast<std::size_t>(place * x.cols() + column)] = x(static_cast<index>(row), column);
      }
    }
  }

  std::size_t segments() const { return begins.size() - 1; }
  index size(std::size_t segment) const { return begins[segment + 1] - begins[segment]; }
};

/// What is wrong with the numbers of segments, if anything; else how many numbers there are, and how many are in use.
struct segment_count {
  std::size_t numbers = 0;
  std::size_t filled = 0;
};
inline segment_count require_segments(const segment_ids& ids, index row_count, std::string_view who) {
  constexpr std::int32_t most_segments = 1 << 20;
  const auto rows = static_cast<std::size_t>(row_count);
  require(ids.size() == rows, error_code::wrong_shape, who, "there must be one segment number for each of ", rows,
          " rows, got ", ids.size());
  std::vector<bool> used;
  segment_count count;
  for (std::size_t row = 0; row < rows; ++row) {
    require(ids[row] >= 0, error_code::bad_value, who, "a segment number must be at least 0, got ", ids[row],
            " in row ", row);
    require(ids[row] < most_segments, error_code::limit, who, "a segment number must be below ", most_segments,
            ", got ", ids[row], " in row ", row);
    const auto number = static_cast<std::size_t>(ids[row]);
    if (number >= used.size()) used.resize(number + 1, false);
    count.filled += !used[number];
    used[number] = true;
  }
  count.numbers = used.size();
  require(count.filled >= 2 && count.filled < rows, error_code::bad_value, who,
          "there must be at least 2 segments and fewer than the ", rows, " rows, got ", count.filled);
  return count;
}

/// `silhouette` of one session: 0 for the only one of a segment and where both distances are 0.
inline double silhouette_of(double within, double other, index segment_size) {
  const double larger = std::max(within, other);
  return segment_size > 1 && larger > 0 ? (other - within) / larger : 0;
}

/// Means of what sessions have.
inline void summarise(silhouette_result& result, const segment_ids& ids, std::size_t segments) {
  std::vector<double> sizes(segments, 0.0);
  result.per_segment.assign(segments, 0.0);
  for (std::size_t row = 0; row < ids.size(); ++row) {
    result.per_segment[static_cast<std::size_t>(ids[row])] += result.per_session[row];
    sizes[static_cast<std::size_t>(ids[row])] += 1;
    result.mean += result.per_session[row];
  }
  result.mean /= static_cast<double>(ids.size());
  for (std::size_t segment = 0; segment < segments; ++segment) {
    result.per_segment[segment] =
        sizes[segment] > 0 ? result.per_segment[segment] / sizes[segment] : std::numeric_limits<double>::quiet_NaN();
  }
}

template <class Scalar>
[[noreturn]] void refuse_distances(const matrix_view<Scalar>& x, const std::vector<feature_info>& columns,
                                   std::string_view who) {
  require_finite(x, columns, who);
  fail(error_code::limit, who, "distances are too large for their squares");
}

/// The silhouettes of some sessions among all, with any number of segments: each is held against every session. False
/// when a distance is too large or there is none.
template <class Scalar>
bool some_silhouettes(const segment_runs<Scalar>& runs, const std::vector<index>& places, index columns, workers& team,
                      std::vector<double>& found) {
  found.resize(places.size());
  const std::vector<Scalar> no_origin(static_cast<std::size_t>(columns), Scalar{0});
  std::atomic<bool> usable = true;
  team.for_each_block(static_cast<index>(places.size()), simd::tile_rows, [&](index begin, index end) {
    Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> picked(end - begin, columns);
    for (index i = begin; i < end; ++i) {
      const Scalar* const values = runs.values.data() + places[static_cast<std::size_t>(i)] * columns;
      for (index column = 0; column < columns; ++column) picked(i - begin, column) = values[column];
    }
    simd::tile<Scalar> sessions(simd::tile_rows, columns);
    simd::fill(sessions, picked, no_origin.data());
    simd::tile_values<double> own{};
    std::array<index, static_cast<std::size_t>(simd::tile_rows)> own_size{};
    simd::tile_values<double> other;
    other.fill(std::numeric_limits<double>::infinity());
    for (std::size_t segment = 0; segment < runs.segments(); ++segment) {
      const index size = runs.size(segment);
      if (size == 0) continue;
      simd::tile_values<double> sums{};
      simd::add_distances(simd::view_of_tile(sessions), runs.values.data() + runs.begins[segment] * columns, size,
                          sums);
      for (index i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i - begin);
        const index place = places[static_cast<std::size_t>(i)];
        if (place >= runs.begins[segment] && place < runs.begins[segment + 1]) {
          own[at] = sums[at];
          own_size[at] = size;
        } else {
          other[at] = std::min(other[at], sums[at] / static_cast<double>(size));
        }
      }
    }
    for (index i = begin; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i - begin);
      if (!std::isfinite(own[at]) || !std::isfinite(other[at])) usable.store(false, std::memory_order_relaxed);
      const double within = own[at] / static_cast<double>(std::max<index>(1, own_size[at] - 1));
      found[static_cast<std::size_t>(i)] = silhouette_of(within, other[at], own_size[at]);
    }
  });
  return usable;
}

/// The silhouettes of several clusterings from sums over all pairs.
template <class Scalar>
void paired_silhouettes(const matrix_view<Scalar>& x, const std::vector<feature_info>& columns,
                        std::span<const segment_ids> clusterings, std::span<const segment_count> counts,
                        std::span<silhouette_result> results, workers& team, const progress& observer,
                        std::string_view who) {
  constexpr index most_slots = 256;
  const index rows = x.rows();
  std::vector<std::vector<index>> slots;
  std::vector<index> first_slot;
  std::vector<index> sizes;
  index slot_count = 0;
  for (std::size_t c = 0; c < clusterings.size(); ++c) {
    // In the order in which segments first appear: what they are called changes no bit.
    std::vector<index> slot_of(counts[c].numbers, -1);
    first_slot.push_back(slot_count);
    for (const auto id : clusterings[c]) {
      auto& slot = slot_of[static_cast<std::size_t>(id)];
      if (slot < 0) slot = slot_count++;
    }
    sizes.resize(static_cast<std::size_t>(slot_count), 0);
    auto& own = slots.emplace_back();
    for (const auto id : clusterings[c]) {
      own.push_back(slot_of[static_cast<std::size_t>(id)]);
      ++sizes[static_cast<std::size_t>(own.back())];
    }
  }
  first_slot.push_back(slot_count);

  const auto halves = [&] {
    const std::size_t half = clusterings.size() / 2;
    paired_silhouettes(x, columns, clusterings.first(half), counts.first(half), results.first(half), team, observer,
                       who);
    paired_silhouettes(x, columns, clusterings.subspan(half), counts.subspan(half), results.subspan(half), team,
                       observer, who);
  };
  if (slot_count > most_slots) {
    if (clusterings.size() > 1) return halves();
    const segment_runs<Scalar> runs(x, clusterings[0], counts[0].numbers);
    std::vector<index> places(static_cast<std::size_t>(rows));
    std::iota(places.begin(), places.end(), index{0});
    std::vector<double> found;
    if (!some_silhouettes(runs, places, x.cols(), team, found)) refuse_distances(x, columns, who);
    for (std::size_t place = 0; place < found.size(); ++place) {
      results[0].per_session[static_cast<std::size_t>(runs.rows[place])] = found[place];
    }
    return;
  }
  pair_sums<Scalar> sums(x, slots, slot_count);
  // Many small atoms would be more filling than sessions.
  if (clusterings.size() > 1 && sums.atoms() * 2 * simd::block_rows > rows) return halves();
  progress_meter meter(observer, std::string(who), sums.rounds());
  sums.add(team, meter);
  std::atomic<bool> usable = true;
  team.for_each_block(static_cast<index>(sums.rows().size()), simd::chunk_rows, [&](index begin, index end) {
    for (index place = begin; place < end; ++place) {
      const index row = sums.rows()[static_cast<std::size_t>(place)];
      if (row < 0) continue;
      const auto at = static_cast<std::size_t>(row);
      for (std::size_t c = 0; c < clusterings.size(); ++c) {
        const index own = slots[c][at];
        const index size = sizes[static_cast<std::size_t>(own)];
        double other = std::numeric_limits<double>::infinity();
        for (index slot = first_slot[c]; slot < first_slot[c + 1]; ++slot) {
          if (slot == own) continue;
          other = std::min(other, sums.at(place, slot) / static_cast<double>(sizes[static_cast<std::size_t>(slot)]));
        }
        const double within = sums.at(place, own) / static_cast<double>(std::max<index>(1, size - 1));
        if (!std::isfinite(within) || !std::isfinite(other)) usable.store(false, std::memory_order_relaxed);
        results[c].per_session[at] = silhouette_of(within, other, size);
      }
    }
  });
  if (!usable) refuse_distances(x, columns, who);
}

}  // namespace detail

/// `silhouette` of several clusterings of the same sessions, e.g. of k = 2..10, in about one pass over the pairs: their
/// distances are the same. Equal to `silhouette` of each to rounding. Progress: one part a round of the pairs. Throws as
/// it does. Cost: rows^2 / 2 x columns time, rows x (columns + number of all segments) memory.
template <feature_input X>
std::vector<silhouette_result> silhouettes(const X& x, std::span<const segment_ids> clusterings,
                                           const run_options& run = {}) {
  constexpr std::string_view who = "silhouette";
  const auto view = view_of(x);
  require(view.cols() > 0, error_code::wrong_shape, who, "there must be at least one column, got 0");
  std::vector<detail::segment_count> counts;
  for (const auto& ids : clusterings) counts.push_back(detail::require_segments(ids, view.rows(), who));
  std::vector<silhouette_result> results(clusterings.size());
  if (clusterings.empty()) return results;
  for (auto& result : results) result.per_session.resize(static_cast<std::size_t>(view.rows()));
  workers team(run);
  detail::paired_silhouettes<scalar_of<X>>(view, columns_of(x), clusterings, counts, results, team, run.progress, who);
  for (std::size_t c = 0; c < results.size(); ++c) detail::summarise(results[c], clusterings[c], counts[c].numbers);
  return results;
}

/// The silhouette of each session with Euclidean distances (Rousseeuw 1987): (b - a) / max(a, b), where a is the mean
/// distance to the other sessions of its segment and b the least mean distance to another segment. 0 for the only
/// session of a segment and where a and b are 0, as in scikit-learn. Distances are taken in the scalar of `x`, sums of
/// at most 32 of them too, the rest in double; bits do not depend on threads. Throws wrong_shape unless there is one
/// number for each row, missing_value or not_finite for NaN or infinity, bad_value for a negative number, fewer than 2
/// segments or as many as rows, limit when distances overflow or a number is 2^20 or more. Cost: rows^2 / 2 x columns
/// time, rows x (columns + segments) memory; with more than 256 segments twice the time, rows x columns memory.
template <feature_input X>
silhouette_result silhouette(const X& x, const segment_ids& ids, const run_options& run = {}) {
  return std::move(silhouettes(x, std::span<const segment_ids>(&ids, 1), run).front());
}

FOOTFALL_END_NAMESPACE
