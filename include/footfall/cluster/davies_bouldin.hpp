// SPDX-License-Identifier: MIT
// How much each segment overlaps the one it is most like: the index of Davies and Bouldin.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include <footfall/cluster/segment_means.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Mean over the segments of the largest (width + width of another) / distance between both means, a width being the
/// mean distance of a segment's sessions to their mean (Davies and Bouldin 1979). At least 0, the smaller the better.
/// Two segments with one mean count as not alike (0), as in scikit-learn. Numbers without sessions do not count. Bits do
/// not depend on threads. Throws as `means_by_segment` does, limit when squares overflow. Cost: rows x columns +
/// segments^2 x columns.
template <feature_input X>
double davies_bouldin(const X& x, const segment_ids& ids, const run_options& run = {}) {
  constexpr std::string_view who = "davies_bouldin";
  const auto view = view_of(x);
  workers team(run);
  const auto of = means_by_segment<scalar_of<X>>(view, columns_of(x), ids, team, who);
  const auto squares = squares_to_means<scalar_of<X>>(view, of, ids, team);
  std::vector<double> width(of.segments(), 0.0);
  for (std::size_t row = 0; row < ids.size(); ++row) {
    width[static_cast<std::size_t>(ids[row])] += std::sqrt(squares[row]);
  }
  for (std::size_t i = 0; i < width.size(); ++i) {
    require(std::isfinite(width[i]), error_code::limit, who, "distances are too large for their squares");
    if (of.sizes[i] > 0) width[i] /= static_cast<double>(of.sizes[i]);
  }
  double sum = 0;
  for (std::size_t i = 0; i < width.size(); ++i) {
    double worst = 0;
    for (std::size_t j = 0; j < width.size() && of.sizes[i] > 0; ++j) {
      if (j == i || of.sizes[j] == 0) continue;
      double square = 0;
      for (index column = 0; column < of.means.cols(); ++column) {
        const double away = of.means(static_cast<index>(i), column) - of.means(static_cast<index>(j), column);
        square += away * away;
      }
      require(std::isfinite(square), error_code::limit, who, "distances are too large for their squares");
      if (square > 0) worst = std::max(worst, (width[i] + width[j]) / std::sqrt(square));
    }
    sum += worst;
  }
  return sum / static_cast<double>(of.filled);
}

FOOTFALL_END_NAMESPACE
