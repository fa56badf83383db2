// SPDX-License-Identifier: MIT
// Numbers that stay: the segments of a new fit get the numbers that those of an earlier fit had.
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// For each row of `costs` a column of its own, so that the sum of the costs is the least there is (Kuhn 1955, by
/// shortest paths as Jonker and Volgenant 1987). Throws wrong_shape for more rows than columns, not_finite for costs
/// that are not finite. Cost: rows^2 x columns.
inline std::vector<index> cheapest_assignment(const matrix<double>& costs) {
  constexpr std::string_view who = "cheapest_assignment";
  const index rows = costs.rows();
  const index columns = costs.cols();
  require(rows <= columns, error_code::wrong_shape, who, "there must be a column for each of ", rows, " rows, got ",
          columns);
  require(costs.allFinite(), error_code::not_finite, who, "costs must be finite");
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto size = static_cast<std::size_t>(columns);
  const std::size_t nobody = size;  // a column in front of which a row waits for one of its own
  std::vector<double> row_price(static_cast<std::size_t>(rows), 0.0), column_price(size + 1, 0.0);
  std::vector<index> owner(size + 1, -1);
  for (index row = 0; row < rows; ++row) {
    owner[nobody] = row;
    std::size_t at = nobody;
    std::vector<double> least(size, infinity);
    std::vector<std::size_t> from(size, nobody);
    std::vector<bool> seen(size + 1, false);
    do {  // the next nearest column, until it is free
      seen[at] = true;
      const auto holder = static_cast<std::size_t>(owner[at]);
      double step = infinity;
      std::size_t next = nobody;
      for (std::size_t column = 0; column < size; ++column) {
        if (seen[column]) continue;
        const double reduced = costs(owner[at], static_cast<index>(column)) - row_price[holder] - column_price[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          from[column] = at;
        }
        if (least[column] < step) {
          step = least[column];
          next = column;
        }
      }
      for (std::size_t column = 0; column <= size; ++column) {
        if (seen[column]) {
          row_price[static_cast<std::size_t>(owner[column])] += step;
          column_price[column] -= step;
        } else if (column < size) {
          least[column] -= step;
        }
      }
      at = next;
    } while (owner[at] >= 0);
    while (at != nobody) {
      owner[at] = owner[from[at]];
      at = from[at];
    }
  }
  std::vector<index> chosen(static_cast<std::size_t>(rows), -1);
  for (std::size_t column = 0; column < size; ++column) {
    if (owner[column] >= 0) chosen[static_cast<std::size_t>(owner[column])] = static_cast<index>(column);
  }
  return chosen;
}

/// `fitted` with other numbers: each segment of `earlier` hands its number to one of `fitted`, so that the squared
/// distances between their centres add up to the least. Segments that `fitted` has more than `earlier` follow in their
/// order. Throws wrong_shape or unknown_name for other columns, wrong_shape when `fitted` has fewer segments.
template <std::floating_point Scalar, std::floating_point Earlier>
fitted_kmeans<Scalar> numbered_as(const fitted_kmeans<Earlier>& earlier, const fitted_kmeans<Scalar>& fitted) {
  constexpr std::string_view who = "numbered_as";
  const matrix<double>& old_centers = earlier.centers();
  const matrix<double>& centers = fitted.centers();
  require(centers.cols() == old_centers.cols(), error_code::wrong_shape, who, "there must be the same ",
          old_centers.cols(), " columns, got ", centers.cols());
  for (std::size_t i = 0; i < fitted.columns().size(); ++i) {
    require(fitted.columns()[i].name == earlier.columns()[i].name, error_code::unknown_name, who, "column ", i,
            " was '", earlier.columns()[i].name, "', got '", fitted.columns()[i].name, "'");
  }
  require(centers.rows() >= old_centers.rows(), error_code::wrong_shape, who, "there must be at least ",
          old_centers.rows(), " segments to hand numbers to, got ", centers.rows());
  matrix<double> costs(old_centers.rows(), centers.rows());
  for (index i = 0; i < costs.rows(); ++i) {
    for (index j = 0; j < costs.cols(); ++j) costs(i, j) = (old_centers.row(i) - centers.row(j)).squaredNorm();
  }
  auto order = cheapest_assignment(costs);
  std::vector<bool> taken(static_cast<std::size_t>(centers.rows()), false);
  for (const index segment : order) taken[static_cast<std::size_t>(segment)] = true;
  for (index segment = 0; segment < centers.rows(); ++segment) {
    if (!taken[static_cast<std::size_t>(segment)]) order.push_back(segment);
  }
  matrix<double> renumbered(centers.rows(), centers.cols());
  std::vector<double> sizes;
  for (std::size_t number = 0; number < order.size(); ++number) {
    renumbered.row(static_cast<index>(number)) = centers.row(order[number]);
    sizes.push_back(fitted.sizes()[static_cast<std::size_t>(order[number])]);
  }
  return fitted_kmeans<Scalar>::from_parts(fitted.columns(), fitted.origin(), std::move(renumbered), std::move(sizes),
                                           fitted.inertia(), fitted.passes());
}

FOOTFALL_END_NAMESPACE
