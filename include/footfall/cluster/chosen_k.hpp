// SPDX-License-Identifier: MIT
// A range of k, each with its segments and its figures: the fitted form of `choose_k`.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/cluster/k_verdict.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `choose_k`: for every k that was tried its k-means and what was measured of it.
template <std::floating_point Scalar>
class chosen_k {
 public:
  static constexpr std::string_view kind = "choose_k";

  /// The k-means with the largest mean silhouette; ties the smaller k. Read `verdict()` before relying on it.
  const fitted_kmeans<Scalar>& best() const { return with(verdict_.best); }
  /// The k-means of that many clusters. Throws bad_option for a k that was not tried.
  const fitted_kmeans<Scalar>& with(int clusters) const { return fitted_[position(clusters)]; }
  /// What was measured of that k. Throws bad_option for one that was not tried.
  const k_figures& of(int clusters) const { return figures_[position(clusters)]; }
  /// Of every k, ascending.
  const std::vector<k_figures>& figures() const noexcept { return figures_; }
  /// The gap statistic of a single group, to hold the others against.
  double gap_of_one() const noexcept { return gap_of_one_; }
  const k_verdict& verdict() const noexcept { return verdict_; }

  /// The segment of each session, by `best()`.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  segment_ids assign(const X& x, const run_options& run = {}) const {
    return best().assign(x, run);
  }

  auto parts() const { return std::tie(figures_, fitted_, gap_of_one_); }
  /// Throws bad_parts unless there are figures and a k-means of the same columns for each k of an ascending range.
  static chosen_k from_parts(std::vector<k_figures> figures, std::vector<fitted_kmeans<Scalar>> fitted,
                             double gap_of_one) {
    require(!figures.empty() && figures.size() == fitted.size(), error_code::bad_parts, kind,
            "there must be a k-means for the figures of each k, got ", fitted.size(), " for ", figures.size());
    require(std::isfinite(gap_of_one), error_code::bad_parts, kind, "the gap of one group must be finite, got ",
            gap_of_one);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const int k = figures[i].clusters;
      require(k >= 2 && (i == 0 || k == figures[i - 1].clusters + 1), error_code::bad_parts, kind,
              "k must ascend by one from at least 2, got ", k);
      require(fitted[i].centers().rows() == k && fitted[i].columns() == fitted[0].columns(), error_code::bad_parts,
              kind, "k = ", k, " must have as many centres on the columns of all others, got ",
              fitted[i].centers().rows());
      const auto& each = figures[i];
      require(std::isfinite(each.silhouette) && each.silhouette_error >= 0 && std::isfinite(each.silhouette_error),
              error_code::bad_parts, kind, "k = ", k, ": the silhouette and its error must be finite, got ",
              each.silhouette, " and ", each.silhouette_error);
      require(each.stability.size() == static_cast<std::size_t>(k), error_code::bad_parts, kind, "k = ", k,
              " must have a stability for each segment, got ", each.stability.size());
    }
    chosen_k result;
    result.verdict_ = judge_k(figures);
    result.figures_ = std::move(figures);
    result.fitted_ = std::move(fitted);
    result.gap_of_one_ = gap_of_one;
    return result;
  }
  bool operator==(const chosen_k& other) const { return same_parts(*this, other); }

 private:
  std::size_t position(int clusters) const {
    const auto found =
        std::find_if(figures_.begin(), figures_.end(), [&](const auto& each) { return each.clusters == clusters; });
    require(found != figures_.end(), error_code::bad_option, kind, "k was tried from ", figures_.front().clusters,
            " to ", figures_.back().clusters, ", got ", clusters);
    return static_cast<std::size_t>(found - figures_.begin());
  }

  std::vector<k_figures> figures_;
  std::vector<fitted_kmeans<Scalar>> fitted_;
  double gap_of_one_ = 0;
  k_verdict verdict_;  // follows from the figures
};

FOOTFALL_END_NAMESPACE
