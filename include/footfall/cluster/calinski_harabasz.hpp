// SPDX-License-Identifier: MIT
// How far segments lie apart for how wide they are: the ratio of Calinski and Harabasz.
#pragma once

#include <cmath>
#include <cstddef>
#include <string_view>

#include <footfall/cluster/segment_means.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Variance between the segments over variance within them (Calinski and Harabasz 1974), at least 0, the larger the
/// better; 1 where every session lies on the mean of its segment, as in scikit-learn. It favours round segments of one
/// size. Numbers without sessions do not count. Bits do not depend on threads. Throws as `means_by_segment` does, limit
/// when squares overflow. Cost: rows x columns.
template <feature_input X>
double calinski_harabasz(const X& x, const segment_ids& ids, const run_options& run = {}) {
  constexpr std::string_view who = "calinski_harabasz";
  const auto view = view_of(x);
  workers team(run);
  const auto of = means_by_segment<scalar_of<X>>(view, columns_of(x), ids, team, who);
  double within = 0;
  for (const double square : squares_to_means<scalar_of<X>>(view, of, ids, team)) within += square;
  double between = 0;
  for (std::size_t i = 0; i < of.segments(); ++i) {
    double square = 0;
    for (std::size_t column = 0; column < of.mean.size(); ++column) {
      const double away = of.means(static_cast<index>(i), static_cast<index>(column)) - of.mean[column];
      square += away * away;
    }
    between += static_cast<double>(of.sizes[i]) * square;
  }
  require(std::isfinite(within) && std::isfinite(between), error_code::limit, who,
          "distances are too large for their squares");
  if (within == 0) return 1;
  return between * static_cast<double>(view.rows() - of.filled) / (within * static_cast<double>(of.filled - 1));
}

FOOTFALL_END_NAMESPACE
