// SPDX-License-Identifier: MIT
// How sure credit is: intervals from resampled visitors, and how often each channel leads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/resample.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Credit of one channel by one model. Intervals say what other visitors of the same kind would have shown, not whether the
/// model is right.
struct channel_credit {
  std::string channel;
  resampled_figure conversions;
  resampled_figure revenue;
  resampled_figure share;  ///< of all conversions; 0 where there are none
  double leads = 0;        ///< share of replicates in which no other channel has as many conversions

  bool operator==(const channel_credit&) const = default;
};

/// The credit of each channel with its error and its interval. Visitors are drawn, with all their journeys, because journeys of
/// one visitor hang together. The same seed gives the same bytes for any number of threads. Throws bad_option for the
/// options, wrong_shape without journeys, and what the model throws. Cost: the model's, once for each replicate.
template <attribution_model Model>
std::vector<channel_credit> credit_with_intervals(const journeys& paths, const Model& model,
                                                  const resampling& options = {.replicates = 200},
                                                  const run_options& run = {}) {
  require(paths.size() > 0, error_code::wrong_shape, "credit_with_intervals", "there must be journeys");
  const auto channels = paths.channels().size();
  const auto many = static_cast<index>(channels);
  // Conversions, revenue and shares of all channels, then the channel that leads, or -1.
  const auto figures_of = [&](visitor_counts counts, std::span<double> figures) {
    const auto found = model.credit_of(paths, counts);
    const auto& of = found.conversions;
    double all = 0;
    for (const double each : of) all += each;
    for (std::size_t i = 0; i < channels; ++i) {
      figures[i] = of[i];
      figures[channels + i] = found.revenue[i];
      figures[2 * channels + i] = all > 0 ? of[i] / all : 0;
    }
    const auto most = std::max_element(of.begin(), of.end());
    figures[3 * channels] = std::count(of.begin(), of.end(), *most) == 1 ? static_cast<double>(most - of.begin()) : -1;
  };
  const auto drawn = resample(resampled_units(paths.visitors()), 3 * many + 1, figures_of, options, run);
  std::vector<double> whole(3 * channels + 1);
  figures_of({}, whole);
  const auto summary = [&](index at) {
    std::vector<double> replicates(static_cast<std::size_t>(drawn.rows()));
    for (index row = 0; row < drawn.rows(); ++row) replicates[static_cast<std::size_t>(row)] = drawn(row, at);
    return summary_of_replicates(whole[static_cast<std::size_t>(at)], std::move(replicates), options.confidence);
  };
  std::vector<channel_credit> result;
  for (index i = 0; i < many; ++i) {
    double leads = 0;
    for (index row = 0; row < drawn.rows(); ++row) leads += drawn(row, 3 * many) == static_cast<double>(i) ? 1 : 0;
    result.push_back({paths.channels()[static_cast<std::size_t>(i)], summary(i), summary(many + i),
                      summary(2 * many + i), leads / static_cast<double>(drawn.rows())});
  }
  return result;
}

FOOTFALL_END_NAMESPACE
