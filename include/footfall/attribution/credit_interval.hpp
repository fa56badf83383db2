// SPDX-License-Identifier: MIT
// How sure credit is: intervals from resampled visitors, and how often each channel leads.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// As many visitors are drawn again as there are, with all their journeys, because journeys of one visitor hang together.
struct credit_resampling {
  int resamples = 200;  ///< at least 2
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// Credit of one channel by one model. Intervals are those between percentiles (Efron and Tibshirani 1993). They say what
/// other visitors of the same kind would have shown, not whether the model is right.
struct channel_credit {
  std::string channel;
  double conversions = 0;
  interval conversions_interval;
  double revenue = 0;
  interval revenue_interval;
  double share = 0;  ///< of all conversions; 0 where there are none
  interval share_interval;
  double leads = 0;  ///< share of resamples in which no other channel has as many conversions
};

namespace detail {

/// Between two order statistics, as R's type 7 has it. `values` ascending, not empty.
inline double sorted_quantile(const std::vector<double>& values, double p) {
  const double at = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

inline interval percentiles(std::vector<double> values, double confidence) {
  std::sort(values.begin(), values.end());
  return {sorted_quantile(values, 0.5 - confidence / 2), sorted_quantile(values, 0.5 + confidence / 2), confidence};
}

}  // namespace detail

/// How often each visitor is drawn in resample number `resample`: as many draws as there are visitors.
inline std::vector<std::int32_t> resampled_visitors(std::int32_t visitors, std::uint64_t seed, index resample) {
  std::vector<std::int32_t> counts(static_cast<std::size_t>(visitors));
  auto random = random_stream(seed).child(static_cast<std::uint64_t>(resample));
  for (std::int32_t i = 0; i < visitors; ++i) ++counts[random.below(static_cast<std::uint64_t>(visitors))];
  return counts;
}

/// The credit of each channel with its intervals; the same seed gives the same bytes for any number of threads. Throws
/// bad_option for the options, wrong_shape without journeys, and what the model throws. Cost: the model's, once for each
/// resample.
template <attribution_model Model>
std::vector<channel_credit> credit_with_intervals(const journeys& paths, const Model& model,
                                                  const credit_resampling& options = {}, const run_options& run = {}) {
  const std::string_view who = "credit_with_intervals";
  require(options.resamples >= 2, error_code::bad_option, who, "resamples must be at least 2, got ", options.resamples);
  detail::require_confidence(options.confidence, who);
  require(paths.size() > 0, error_code::wrong_shape, who, "there must be journeys");
  const std::size_t channels = paths.channels().size();
  const auto resamples = static_cast<std::size_t>(options.resamples);
  std::vector<credit> drawn(resamples);
  progress_meter meter(run.progress, std::string(who), options.resamples);
  workers(run).for_each_index(options.resamples, [&](index i) {
    drawn[static_cast<std::size_t>(i)] = model.credit_of(paths, resampled_visitors(paths.visitors(), options.seed, i));
    meter.advance();
  });
  std::vector<double> totals(resamples);
  std::vector<std::size_t> leader(resamples, channels);
  for (std::size_t i = 0; i < resamples; ++i) {
    const auto& of_all = drawn[i].conversions;
    for (const double each : of_all) totals[i] += each;
    const auto most = std::max_element(of_all.begin(), of_all.end());
    if (std::count(of_all.begin(), of_all.end(), *most) == 1)
      leader[i] = static_cast<std::size_t>(most - of_all.begin());
  }
  const auto whole = model.credit_of(paths, {});
  double all = 0;
  for (const double each : whole.conversions) all += each;
  std::vector<channel_credit> result;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::vector<double> conversions, revenue, shares;
    for (std::size_t i = 0; i < resamples; ++i) {
      conversions.push_back(drawn[i].conversions[channel]);
      revenue.push_back(drawn[i].revenue[channel]);
      shares.push_back(totals[i] > 0 ? conversions.back() / totals[i] : 0);
    }
    result.push_back(
        {paths.channels()[channel], whole.conversions[channel],
         detail::percentiles(std::move(conversions), options.confidence), whole.revenue[channel],
         detail::percentiles(std::move(revenue), options.confidence), all > 0 ? whole.conversions[channel] / all : 0,
         detail::percentiles(std::move(shares), options.confidence),
         static_cast<double>(std::count(leader.begin(), leader.end(), channel)) / static_cast<double>(resamples)});
  }
  return result;
}

FOOTFALL_END_NAMESPACE
