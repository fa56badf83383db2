// SPDX-License-Identifier: MIT
// What one column looks like in each segment, and how far that is from all sessions.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/rate.hpp>
#include <footfall/statistics/rate_comparison.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How far a segment's mean or share lies from that of all sessions, in standard deviations of all sessions (divided by
/// their number, as `standard_scaler` does). A column in which all sessions are equal sets nobody apart: 0.
struct contrast {
  double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN for a segment without known values
  interval range{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), 0.95};

  bool operator==(const contrast&) const = default;
};

/// A numeric column in one segment. Missing values are counted and otherwise left out.
struct number_profile {
  std::string column{};
  footfall::stage stage = footfall::stage::unknown;
  std::int64_t missing = 0;
  sample_summary summary{};  ///< of the values that are there
  /// Wilson's for a column of 0 and 1, else Student's; from -infinity to infinity below two values.
  interval mean_range{};
  double median = std::numeric_limits<double>::quiet_NaN();  ///< halfway between the two middle values of an even count
  /// Between two order statistics, whatever the distribution; infinite ends where there are too few values.
  interval median_range{};
  double mean_of_all = std::numeric_limits<double>::quiet_NaN();
  double deviation_of_all = std::numeric_limits<double>::quiet_NaN();
  footfall::contrast contrast{};

  bool operator==(const number_profile&) const = default;
};

/// One level of a categorical column in one segment: its share of the sessions whose level is known.
struct level_profile {
  std::string level{};
  rate share{};
  double share_of_all = std::numeric_limits<double>::quiet_NaN();
  footfall::contrast contrast{};

  bool operator==(const level_profile&) const = default;
};

/// A categorical column in one segment; levels in the order of the dictionary, also those that nobody has.
struct category_profile {
  std::string column{};
  footfall::stage stage = footfall::stage::unknown;
  std::int64_t missing = 0;
  std::vector<level_profile> levels{};

  bool operator==(const category_profile&) const = default;
};

namespace detail {

/// Of all values, or of all but those of segment `left_out`.
inline sample_summary together(std::span<const sample_summary> segments, std::size_t left_out) {
  sample_summary result;
  double sum = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i == left_out || segments[i].count == 0) continue;
    result.count += segments[i].count;
    sum += static_cast<double>(segments[i].count) * segments[i].mean;
  }
  if (result.count == 0) return result;
  result.mean = sum / static_cast<double>(result.count);
  double squares = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i == left_out || segments[i].count == 0) continue;
    const double away = segments[i].mean - result.mean;
    squares += static_cast<double>(segments[i].count) * away * away;
    if (segments[i].count > 1) squares += static_cast<double>(segments[i].count - 1) * segments[i].variance;
  }
  if (result.count > 1) result.variance = squares / static_cast<double>(result.count - 1);
  return result;
}

/// A segment is part of all sessions, so its interval comes from the comparison with the others: the difference from
/// all is that from the others times their share. `to_others` gives the interval of the difference from these.
template <class ToOthers>
contrast contrast_from(double mean, double mean_of_all, double deviation_of_all, std::int64_t count, std::int64_t all,
                       double confidence, ToOthers to_others) {
  contrast result;
  result.range.confidence = confidence;
  if (count == 0) return result;
  if (!(deviation_of_all > 0)) return {0, {0, 0, confidence}};
  result.value = (mean - mean_of_all) / deviation_of_all;
  if (count == all) return result;
  const double others = static_cast<double>(all - count) / static_cast<double>(all);
  const interval difference = to_others();
  result.range = {difference.low * others / deviation_of_all, difference.high * others / deviation_of_all, confidence};
  return result;
}

inline contrast contrast_from(const rate& inside, const rate& everywhere, double confidence) {
  const double share = everywhere.trials > 0 ? everywhere.value : 0;
  return contrast_from(inside.value, share, std::sqrt(share * (1 - share)), inside.trials, everywhere.trials,
                       confidence, [&] {
                         const rate others = rate_of(everywhere.hits - inside.hits, everywhere.trials - inside.trials);
                         return difference_interval(inside, others, confidence);
                       });
}

/// The middle of sorted values and the order statistics around it that hold it with at least the confidence asked for,
/// by the normal approximation to the binomial, rounded outwards.
inline void set_median(number_profile& profile, const std::vector<double>& sorted, double confidence) {
  profile.median_range = anywhere(confidence);
  if (sorted.empty()) return;
  const auto count = static_cast<double>(sorted.size());
  const double upper = sorted[sorted.size() / 2];
  profile.median = sorted.size() % 2 == 1 ? upper : std::midpoint(sorted[sorted.size() / 2 - 1], upper);
  const double half = normal_quantile(0.5 + confidence / 2) * std::sqrt(count) / 2;
  const double low = std::floor(count / 2 - half);  // counted from 1
  const double high = std::ceil(1 + count / 2 + half);
  if (low >= 1) profile.median_range.low = sorted[static_cast<std::size_t>(low) - 1];
  if (high <= count) profile.median_range.high = sorted[static_cast<std::size_t>(high) - 1];
}

}  // namespace detail

/// A numeric column in each of `segments` segments; `ids` gives one in [0, segments) for each row. Throws not_finite
/// for an infinite value, naming its row.
inline std::vector<number_profile> profile_numbers(const column& of, const segment_ids& ids, std::int32_t segments,
                                                   double confidence = 0.95) {
  const auto numbers = of.numbers();
  std::vector<number_profile> result(static_cast<std::size_t>(segments));
  std::vector<std::vector<double>> values(result.size());
  bool flags = true;  // nothing but 0 and 1
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const double value = numbers[row];
    const auto at = static_cast<std::size_t>(ids[row]);
    require(!std::isinf(value), error_code::not_finite, "profile", "column '", of.name(), "' is infinite in row ", row);
    if (std::isnan(value)) {
      ++result[at].missing;
      continue;
    }
    flags = flags && (value == 0 || value == 1);
    values[at].push_back(value);
  }
  std::vector<sample_summary> summaries;
  for (const auto& each : values) summaries.push_back(summary_of(each));
  const auto all = detail::together(summaries, summaries.size());
  const auto count_of = [](const sample_summary& of_flags) {
    return rate_of(of_flags.count == 0 ? 0 : std::llround(of_flags.mean * static_cast<double>(of_flags.count)),
                   of_flags.count);
  };
  for (std::size_t i = 0; i < result.size(); ++i) {
    auto& each = result[i];
    each.column = of.name();
    each.stage = of.stage();
    each.summary = summaries[i];
    each.mean_of_all = all.mean;
    each.deviation_of_all =
        all.count == 0 ? std::numeric_limits<double>::quiet_NaN()
        : all.count == 1
            ? 0
            : std::sqrt(all.variance * (static_cast<double>(all.count - 1) / static_cast<double>(all.count)));
    if (flags) {
      const rate inside = count_of(summaries[i]);
      each.mean_range = wilson_interval(inside.hits, inside.trials, confidence);
      each.contrast = detail::contrast_from(inside, count_of(all), confidence);
    } else {
      each.mean_range = mean_interval(summaries[i], confidence);
      each.contrast = detail::contrast_from(
          summaries[i].mean, all.mean, each.deviation_of_all, summaries[i].count, all.count, confidence,
          [&] { return difference_interval(summaries[i], detail::together(summaries, i), confidence); });
    }
    std::sort(values[i].begin(), values[i].end());
    detail::set_median(each, values[i], confidence);
  }
  return result;
}

/// A categorical column in each of `segments` segments, as `profile_numbers`.
inline std::vector<category_profile> profile_levels(const column& of, const segment_ids& ids, std::int32_t segments,
                                                    double confidence = 0.95) {
  const auto codes = of.codes();
  const auto& levels = of.levels();
  std::vector<std::vector<std::int64_t>> counts(static_cast<std::size_t>(segments),
                                                std::vector<std::int64_t>(levels.size()));
  std::vector<std::int64_t> known(counts.size()), all(levels.size());
  std::int64_t known_of_all = 0;
  std::vector<category_profile> result(counts.size());
  for (std::size_t row = 0; row < codes.size(); ++row) {
    const auto at = static_cast<std::size_t>(ids[row]);
    if (codes[row] == column::missing_code) {
      ++result[at].missing;
      continue;
    }
    const auto level = static_cast<std::size_t>(codes[row]);
    ++counts[at][level];
    ++known[at];
    ++all[level];
    ++known_of_all;
  }
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i].column = of.name();
    result[i].stage = of.stage();
    for (std::size_t level = 0; level < levels.size(); ++level) {
      const rate inside = rate_of(counts[i][level], known[i], confidence);
      const rate everywhere = rate_of(all[level], known_of_all);
      result[i].levels.push_back(
          {levels[level], inside, everywhere.value, detail::contrast_from(inside, everywhere, confidence)});
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
