// SPDX-License-Identifier: MIT
// Resampling: what a figure would have been on other sessions of the same kind, by drawing from those there are.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How often to draw. Replicate r depends on the seed and on r alone.
struct resampling {
  int replicates = 2000;  ///< at least 2; the ends of a 95 % interval need some thousand
  std::uint64_t seed = 1;
  double confidence = 0.95;  ///< in (0, 1)
};

/// What is drawn: single sessions, or visitors with all their sessions, where sessions of one visitor are not independent.
/// As many units are drawn as there are, with replacement (Efron 1979); in strata, as many from each as it has.
class resampled_units {
 public:
  /// Every session by itself.
  explicit resampled_units(index sessions) : sessions_(sessions), units_(sessions) {
    require(sessions > 0, error_code::wrong_shape, "resampled_units", "there must be at least one session, got ",
            sessions);
    strata_ends_ = {units_};
  }

  /// Visitors, from one number a session; numbers may be any.
  template <std::ranges::sized_range Range>
    requires std::integral<std::ranges::range_value_t<Range>>
  static resampled_units of_visitors(const Range& visitor) {
    using id = std::ranges::range_value_t<Range>;
    resampled_units result(static_cast<index>(std::ranges::size(visitor)));
    std::map<id, index> numbers;
    for (const id each : visitor) {
      result.unit_of_session_.push_back(numbers.emplace(each, static_cast<index>(numbers.size())).first->second);
    }
    result.units_ = static_cast<index>(numbers.size());
    result.strata_ends_ = {result.units_};
    return result;
  }

  /// The same units, drawn in each stratum by itself; one number a session. Throws wrong_shape unless there is one for each
  /// session, bad_value if sessions of one visitor lie in two strata.
  template <std::ranges::random_access_range Range>
    requires std::integral<std::ranges::range_value_t<Range>>
  resampled_units stratified_by(const Range& stratum) const {
    using id = std::ranges::range_value_t<Range>;
    const auto who = "resampled_units";
    require(static_cast<index>(std::ranges::size(stratum)) == sessions_, error_code::wrong_shape, who,
            "there must be one stratum for each of ", sessions_, " sessions, got ", std::ranges::size(stratum));
    std::vector<id> of_unit(static_cast<std::size_t>(units_));
    std::vector<bool> known(of_unit.size());
    for (std::size_t session = 0; session < static_cast<std::size_t>(sessions_); ++session) {
      const auto unit = static_cast<std::size_t>(unit_of(static_cast<index>(session)));
      require(!known[unit] || of_unit[unit] == stratum[session], error_code::bad_value, who,
              "sessions of one visitor must lie in one stratum, got ", of_unit[unit], " and ", stratum[session]);
      of_unit[unit] = stratum[session];
      known[unit] = true;
    }
    resampled_units result = *this;
    result.by_stratum_.resize(of_unit.size());
    std::iota(result.by_stratum_.begin(), result.by_stratum_.end(), index{0});
    const auto of = [&](index unit) { return of_unit[static_cast<std::size_t>(unit)]; };
    std::stable_sort(result.by_stratum_.begin(), result.by_stratum_.end(),
                     [&](index a, index b) { return of(a) < of(b); });
    result.strata_ends_.clear();
    for (index at = 1; at <= units_; ++at) {
      if (at == units_ || of(result.by_stratum_[static_cast<std::size_t>(at)]) !=
                              of(result.by_stratum_[static_cast<std::size_t>(at - 1)])) {
        result.strata_ends_.push_back(at);
      }
    }
    return result;
  }

  index sessions() const noexcept { return sessions_; }
  index units() const noexcept { return units_; }
  index strata() const noexcept { return static_cast<index>(strata_ends_.size()); }

  /// Writes how often each session is drawn. `of_units` is room for as many numbers as there are units.
  void draw(random_stream stream, std::span<std::uint32_t> times, std::vector<std::uint32_t>& of_units) const {
    if (unit_of_session_.empty()) return draw_units(stream, times);
    of_units.resize(static_cast<std::size_t>(units_));
    draw_units(stream, of_units);
    for (std::size_t session = 0; session < times.size(); ++session) {
      times[session] = of_units[static_cast<std::size_t>(unit_of_session_[session])];
    }
  }

 private:
  index unit_of(index session) const {
    return unit_of_session_.empty() ? session : unit_of_session_[static_cast<std::size_t>(session)];
  }

  void draw_units(random_stream& stream, std::span<std::uint32_t> times) const {
    std::fill(times.begin(), times.end(), 0U);
    std::array<std::uint32_t, 256> words;
    index begin = 0;
    for (const index end : strata_ends_) {
      const auto size = static_cast<std::uint64_t>(end - begin);
      require(size <= std::uint64_t{1} << 32, error_code::limit, "resampled_units",
              "more than 2^32 units in a stratum");
      const std::uint64_t biased =
          (std::uint64_t{1} << 32) % size;  // so many words would favour some unit (Lemire 2019)
      for (std::uint64_t drawn = 0; drawn < size;) {
        const auto some = std::span(words).first(std::min<std::uint64_t>(size - drawn, words.size()));
        stream.fill(some);
        for (const std::uint32_t word : some) {
          const std::uint64_t product = word * size;
          if (static_cast<std::uint32_t>(product) < biased) continue;
          const index at = begin + static_cast<index>(product >> 32);
          ++times[static_cast<std::size_t>(by_stratum_.empty() ? at : by_stratum_[static_cast<std::size_t>(at)])];
          ++drawn;
        }
      }
      begin = end;
    }
  }

  index sessions_;
  index units_;
  std::vector<index> unit_of_session_;  // empty: every session is a unit
  std::vector<index> by_stratum_;       // units, those of a stratum together; empty: one stratum
  std::vector<index> strata_ends_;
};

/// Figures of many replicates, a row each. `statistic(times, figures)` is told how often each session was drawn and writes
/// the figures, NaN for one that is undefined in this replicate; it is called by several threads at once. Rows do not
/// depend on the threads. Throws bad_option; reports progress a replicate, as `resampling`.
template <class Statistic>
matrix<double> resample(const resampled_units& units, index figures, const Statistic& statistic,
                        const resampling& options = {}, const run_options& run = {}) {
  require(options.replicates >= 2, error_code::bad_option, "resample", "replicates must be at least 2, got ",
          options.replicates);
  matrix<double> result(options.replicates, figures);
  progress_meter meter(run.progress, "resampling", options.replicates);
  workers team(run);
  const random_stream root(options.seed);
  constexpr index grain = 16;
  team.for_each_block(options.replicates, grain, [&](index begin, index end) {
    std::vector<std::uint32_t> times(static_cast<std::size_t>(units.sessions()));
    std::vector<std::uint32_t> of_units;
    std::vector<double> row(static_cast<std::size_t>(figures));
    for (index replicate = begin; replicate < end; ++replicate) {
      units.draw(root.child(static_cast<std::uint64_t>(replicate)), times, of_units);
      statistic(std::span<const std::uint32_t>(times), std::span(row));
      for (index figure = 0; figure < figures; ++figure) {
        result(replicate, figure) = row[static_cast<std::size_t>(figure)];
      }
      meter.advance();
    }
  });
  return result;
}

/// A figure with what resampling says of it.
struct resampled_figure {
  double value = 0;  ///< on the sessions as they are
  double standard_error = 0;
  interval range;     ///< between quantiles of the replicates
  int undefined = 0;  ///< replicates in which the figure does not exist, left out of error and range

  bool operator==(const resampled_figure&) const = default;
};

/// Summary of one figure's replicates: the interval goes between their quantiles, interpolated linearly (Efron's percentile
/// interval). Throws bad_value if fewer than two replicates have the figure, bad_option for a bad confidence.
inline resampled_figure summary_of_replicates(double value, std::vector<double> replicates, double confidence) {
  const auto who = "resample";
  require(confidence > 0 && confidence < 1, error_code::bad_option, who, "confidence must be in (0, 1), got ",
          confidence);
  const auto all = replicates.size();
  std::erase_if(replicates, [](double each) { return std::isnan(each); });
  require(replicates.size() >= 2, error_code::bad_value, who, "the figure exists in only ", replicates.size(), " of ",
          all, " replicates");
  std::sort(replicates.begin(), replicates.end());
  const auto n = static_cast<double>(replicates.size());
  const double mean = std::accumulate(replicates.begin(), replicates.end(), 0.0) / n;
  double squares = 0;
  for (const double each : replicates) squares += (each - mean) * (each - mean);
  const auto quantile = [&](double p) {
    const double at = p * (n - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, replicates.size() - 1);
    return replicates[below] + (at - static_cast<double>(below)) * (replicates[above] - replicates[below]);
  };
  const double tail = (1 - confidence) / 2;
  return {value,
          std::sqrt(squares / (n - 1)),
          {quantile(tail), quantile(1 - tail), confidence},
          static_cast<int>(all - replicates.size())};
}

FOOTFALL_END_NAMESPACE
