// SPDX-License-Identifier: MIT
// Numbers as the number of the bin they fall into: bins of equal counts, or with stated edges.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/formula.hpp>
#include <footfall/features/learned_quantiles.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `bin_numbers`: the inner edges of each column.
class fitted_bin_numbers {
 public:
  static constexpr std::string_view kind = "bin_numbers";

  /// One feature `bin(COLUMN)` a column: how many edges a number reaches, from 0; a number on an edge lies above it. Missing
  /// stays missing. Throws unknown_name or wrong_kind.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_to_each(x, columns_, "bin", kind, [&](std::size_t i, double number, index) {
      return static_cast<double>(std::upper_bound(edges_[i].begin(), edges_[i].end(), number) - edges_[i].begin());
    });
  }

  /// For each column its inner edges, rising: one less than it has bins.
  const std::vector<std::vector<double>>& edges() const noexcept { return edges_; }

  auto parts() const { return std::tie(columns_, edges_); }
  /// Throws bad_parts unless there are rising edges for each column.
  static fitted_bin_numbers from_parts(std::vector<std::string> columns, std::vector<std::vector<double>> edges) {
    require(edges.size() == columns.size(), error_code::bad_parts, kind, "there must be edges for each of ",
            columns.size(), " columns, got ", edges.size());
    for (const auto& each : edges) {
      require(std::adjacent_find(each.begin(), each.end(), std::not_fn(std::less<>())) == each.end() &&
                  std::none_of(each.begin(), each.end(), [](double edge) { return std::isnan(edge); }),
              error_code::bad_parts, kind, "edges must rise");
    }
    fitted_bin_numbers result;
    result.columns_ = std::move(columns);
    result.edges_ = std::move(edges);
    return result;
  }
  bool operator==(const fitted_bin_numbers& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<double>> edges_;
};

/// Cuts columns at quantiles of the training sessions. Quantiles that coincide are one edge, so a column of few values has
/// fewer bins than asked for: `edges()` tells. A quantile that is the smallest number is no edge, since nothing lies below.
struct bin_numbers {
  std::vector<std::string> columns;  ///< in the order wanted
  int count = 10;                    ///< bins of each column, at least 2; not used where `edges` are stated
  std::vector<double> edges{};       ///< rising; where stated, the inner edges of every column, and nothing is learned

  /// Throws bad_option for a count below 2 or edges that do not rise, and as `learned_quantiles`.
  template <named_columns X>
  fitted_bin_numbers fit(const X& x, const weights& w = {}, const run_options& = {}) const {
    require(count >= 2, error_code::bad_option, fitted_bin_numbers::kind, "count must be at least 2, got ", count);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      require(!std::isnan(edges[i]) && (i == 0 || edges[i - 1] < edges[i]), error_code::bad_option,
              fitted_bin_numbers::kind, "edges must rise, got ", edges[i], " in place ", i);
    }
    std::vector<double> shares{0};
    for (int i = 1; i < count; ++i) shares.push_back(static_cast<double>(i) / count);
    std::vector<std::vector<double>> fitted;
    for (const auto& name : columns) {
      if (!edges.empty()) {
        (void)numbers_of(x, name);
        fitted.push_back(edges);
        continue;
      }
      auto learned = learned_quantiles(x, name, w, shares, fitted_bin_numbers::kind);
      learned.erase(std::unique(learned.begin(), learned.end()), learned.end());
      learned.erase(learned.begin());  // the smallest number
      fitted.push_back(std::move(learned));
    }
    return fitted_bin_numbers::from_parts(columns, std::move(fitted));
  }
};

FOOTFALL_END_NAMESPACE
