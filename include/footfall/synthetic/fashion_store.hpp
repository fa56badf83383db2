// SPDX-License-Identifier: MIT
// A fashion shop that does not exist: seeded sessions with known segments, for examples, tests and benchmarks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/synthetic/fashion_behaviour.hpp>
#include <footfall/synthetic/fashion_columns.hpp>
#include <footfall/synthetic/fashion_parameters.hpp>
#include <footfall/synthetic/fashion_purchases.hpp>
#include <footfall/synthetic/quotas.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The recipe of a shop. The numbers of sessions and of buyers in each segment are exact quotas, not draws: rates come
/// out tighter than sampling would make them. 25,000 sessions have 1,847 buyers (7.39 %); other sizes share in
/// proportion, by largest remainder.
struct fashion_store {
  /// The segments, in the order of `segments()`; each session behaves as one of them.
  static constexpr std::array<std::string_view, 6> segment_names = {
      "low-intent skimmers", "window shoppers", "search-driven browsers",
      "product explorers",   "buyers",          "promotion seekers"};

  index sessions = 25'000;                         ///< in [1, 2^31 - 1]
  std::uint64_t seed = 7;                          ///< the same seed gives the same shop
  fashion_label label = fashion_label::seed_like;  ///< who buys
  bool exact = true;                               ///< false: sizes and buyers are drawn, with the noise of a sample

  /// One row a session, each column with the stage at which it is known: behaviour (`pages_viewed`, without those of
  /// the checkout, to `checkout_step_reached`, 0 to 4), context (`device` to `returning_visitor`), features derived
  /// from them, and the outcome (`purchased`, 0 or 1, and `revenue`). Nothing is missing.
  /// `engagement_score_precheckout` is minutes (at most 30) + pages + 2 x product views + scroll depth / 25 + 3 x
  /// wishlist + 2 x search + promotions; `engagement_score` adds 20 x cart + 10 x checkout step.
  /// The same for any number of threads. Throws bad_option. Cost O(sessions x log sessions).
  table generate(const run_options& run = {}) const;

  /// What `generate` makes its table of.
  fashion_draws draw(const run_options& run = {}) const;

  /// The segment that each session was drawn from, a position in `segment_names`: what no column states.
  segment_ids segments() const;
};

inline segment_ids fashion_store::segments() const {
  require(sessions >= 1 && sessions <= 0x7FFFFFFF, error_code::bad_option, "fashion_store",
          "sessions must be in [1, 2147483647], got ", sessions);
  require(label <= fashion_label::funnel, error_code::bad_option, "fashion_store", "there is no label ",
          static_cast<int>(label));
  const fashion_streams streams(seed);
  if (exact) return shuffled_quotas(sessions, fashion_parameters::sessions, streams.of(fashion_variable::segment));
  std::array<double, 6> weights{};
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<double>(fashion_parameters::sessions[i]);
  segment_ids drawn(static_cast<std::size_t>(sessions));
  for (std::size_t row = 0; row < drawn.size(); ++row) {
    drawn[row] = static_cast<std::int32_t>(streams.of(fashion_variable::segment, row).pick(weights));
  }
  return drawn;
}

inline fashion_draws fashion_store::draw(const run_options& run) const {
  const fashion_streams streams(seed);
  auto draws = draw_behaviour(segments(), streams, run);
  draw_purchases(draws, label, exact, streams);
  draw_revenue(draws, streams);
  return draws;
}

inline table fashion_store::generate(const run_options& run) const { return fashion_columns(draw(run)); }

FOOTFALL_END_NAMESPACE
