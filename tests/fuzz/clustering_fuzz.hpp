// SPDX-License-Identifier: MIT
// What must hold for scalers, segments, silhouettes and components of any small data: an error, or figures in their ranges,
// the same for any number of threads, and every session in the nearest segment.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <footfall/cluster/choose_k.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/silhouette.hpp>
#include <footfall/features/pca.hpp>
#include <footfall/features/standard_scaler.hpp>

#include <tests/fuzz/small_data.hpp>

namespace clustering_fuzz {

namespace ff = footfall;
using small_data::demand;

/// How many of each there were: for tests that the bytes say something.
struct tally {
  int scalers = 0, segments = 0, silhouettes = 0, choices = 0, components = 0;
};

inline bool is_silhouette(double value) { return value >= -1 && value <= 1; }

template <class Scalar>
void check_segments(const ff::fitted_kmeans<Scalar>& fitted, const ff::matrix<Scalar>& x,
                    const std::vector<double>& weight, int clusters) {
  small_data::check_parts(fitted);
  const auto ids = fitted.assign(x);
  demand(fitted.centers().rows() == clusters, "not as many segments as asked for");
  double all = 0, sizes = 0, reach = 0;
  for (ff::index row = 0; row < x.rows(); ++row) all += weight.empty() ? 1 : weight[static_cast<std::size_t>(row)];
  for (const double size : fitted.sizes()) sizes += size;
  demand(std::abs(all - sizes) <= 1e-9 * all, "sizes do not add up");
  for (ff::index column = 0; column < x.cols(); ++column) {
    const auto values = x.col(column).template cast<double>();
    reach += (values.maxCoeff() - values.minCoeff()) * (values.maxCoeff() - values.minCoeff());
  }
  // Distances are taken in the scalar of the sessions: a tie there need not be one here.
  const double rounding = reach * 64 * static_cast<double>(std::numeric_limits<Scalar>::epsilon());
  for (ff::index row = 0; row < x.rows(); ++row) {
    const auto own = ids[static_cast<std::size_t>(row)];
    demand(own >= 0 && own < clusters, "there is no such segment");
    const auto square = [&](ff::index center) {
      return (x.row(row).template cast<double>() - fitted.centers().row(center)).squaredNorm();
    };
    for (ff::index center = 0; center < clusters; ++center) {
      demand(square(own) <= square(center) + rounding, "another segment is nearer");
    }
  }
}

template <class Scalar>
void check_silhouette(const ff::matrix<Scalar>& x, const ff::segment_ids& ids, bool again, tally& found) {
  const auto silhouette = small_data::outcome_of(again, [&](const ff::run_options& run) {
    auto result = ff::silhouette(x, ids, run);
    for (double& each : result.per_segment) {
      if (std::isnan(each)) each = 0;  // of a number without sessions; so that results can be compared
    }
    return result;
  });
  if (!silhouette.value) return;
  ++found.silhouettes;
  demand(is_silhouette(silhouette.value->mean), "a mean silhouette is out of range");
  for (const double each : silhouette.value->per_session) demand(is_silhouette(each), "a silhouette is out of range");
  for (const double each : silhouette.value->per_segment) demand(is_silhouette(each), "a mean is out of range");
}

template <class Scalar>
tally check(small_data::bytes from) {
  tally found;
  const bool again = from.whole(0, 7) == 7;
  ff::kmeans recipe{.clusters = from.whole(0, 6), .restarts = from.whole(0, 3), .max_passes = from.whole(0, 9)};
  if (from.flag()) recipe.tolerance = from.number<double>();
  recipe.seed = from.byte();
  const int components = from.whole(0, 4), choice = from.whole(0, 7);
  auto x = from.sessions<Scalar>(30, 4);
  const auto weight = from.weights(x.rows());

  const auto axes = small_data::outcome_of(
      again, [&](const ff::run_options& run) { return ff::pca{components}.fit(x, ff::weights(weight), run); });
  if (axes.value) {
    ++found.components;
    small_data::check_parts(*axes.value);
    const auto products = (axes.value->axes().transpose() * axes.value->axes()).eval();
    const auto identity = ff::matrix<double>::Identity(products.rows(), products.cols());
    demand((products - identity).cwiseAbs().maxCoeff() < 1e-9, "axes are not orthonormal");
    const auto turned = small_data::outcome_of(
        again, [&](const ff::run_options& run) { return ff::matrix<Scalar>(axes.value->transform(x, run).values()); });
    if (turned.value) demand(turned.value->allFinite(), "a component is not finite");
  }

  const auto scaler = small_data::outcome_of(
      again, [&](const ff::run_options& run) { return ff::standard_scaler{}.fit(x, ff::weights(weight), run); });
  if (scaler.value) {
    ++found.scalers;
    small_data::check_parts(*scaler.value);
    const auto scaled = small_data::outcome_of(again, [&](const ff::run_options& run) {
      return ff::matrix<Scalar>(scaler.value->transform(x, run).values());
    });
    if (scaled.value) demand(scaled.value->allFinite(), "a scaled value is not finite");
    if (scaled.value && choice % 2 == 0) x = *scaled.value;
  }

  const auto segments = small_data::outcome_of(
      again, [&](const ff::run_options& run) { return recipe.fit(x, ff::weights(weight), run); });
  if (segments.value) {
    ++found.segments;
    check_segments(*segments.value, x, weight, recipe.clusters);
    check_silhouette(x, segments.value->assign(x), again, found);
  }
  ff::segment_ids ids(static_cast<std::size_t>(x.rows()));
  for (auto& each : ids) each = from.whole(0, 4) - (choice == 7 ? 1 : 0);
  check_silhouette(x, ids, again, found);

  if (choice < 3) {
    const ff::choose_k several{.from = from.whole(1, 3),
                               .to = from.whole(2, 4),
                               .restarts = 1,
                               .seed = recipe.seed,
                               .exact_up_to = from.whole(0, 40),
                               .silhouette_sample = from.whole(1, 20),
                               .references = 2,
                               .resamples = 1,
                               .resampled_up_to = from.whole(6, 40),
                               .resample_restarts = 1};
    const auto best = small_data::outcome_of(
        again, [&](const ff::run_options& run) { return several.fit(x, ff::weights(weight), run); });
    if (best.value) {
      ++found.choices;
      small_data::check_parts(*best.value);
      for (const auto& each : best.value->figures()) demand(is_silhouette(each.silhouette), "silhouette of a k");
    }
  }
  return found;
}

/// Throws std::logic_error where one of them does not hold.
inline tally check_bytes(std::span<const std::uint8_t> input) {
  small_data::bytes from(input);
  return from.flag() ? check<float>(from) : check<double>(from);
}

}  // namespace clustering_fuzz
