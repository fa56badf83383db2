// SPDX-License-Identifier: MIT
// Several models on the same journeys: what each gives to every channel, and which ranks do not depend on the model.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/rules.hpp>
#include <footfall/attribution/shapley.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A model under a name, of any type; itself an attribution model.
class named_model {
 public:
  template <attribution_model Model>
  named_model(std::string name, Model model)
      : name_(std::move(name)), credit_of_([model = std::move(model)](const journeys& paths, visitor_counts counts) {
          return model.credit_of(paths, counts);
        }) {}

  const std::string& name() const noexcept { return name_; }
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const { return credit_of_(paths, counts); }

 private:
  std::string name_;
  std::function<credit(const journeys&, visitor_counts)> credit_of_;
};

/// The rules and the models of this library with their usual settings; `half_life` in the unit of the journeys' times. Last
/// non-direct is among them when `direct` names a channel.
inline std::vector<named_model> usual_models(double half_life, const std::string& direct = "") {
  std::vector<named_model> models;
  models.emplace_back("first", first_touch{});
  models.emplace_back("last", last_touch{});
  if (!direct.empty()) models.emplace_back("last non-direct", last_non_direct{direct});
  models.emplace_back("linear", linear_touch{});
  models.emplace_back("position", position_based{});
  models.emplace_back("time decay", time_decay{.half_life = half_life});
  models.emplace_back("Markov", markov{});
  models.emplace_back("Shapley, additive", additive_shapley{});
  models.emplace_back("Shapley, rates", rate_shapley{});
  return models;
}

/// Rows are channels and columns models, save for `agreement`.
struct credit_comparison {
  std::vector<std::string> channels;
  std::vector<std::string> models;
  matrix<double> conversions;
  matrix<double> revenue;
  matrix<double> ranks;      ///< by conversions, 1 for the most; equal ones share their mean rank
  matrix<double> agreement;  ///< Kendall's tau-b of two models' conversions; NaN where one gives all channels the same

  /// The best and the worst rank that any model gives to a channel: {1, 1} leads whatever the model.
  std::pair<double, double> rank_range(index channel) const {
    std::pair<double, double> range{ranks(channel, 0), ranks(channel, 0)};
    for (index model = 1; model < ranks.cols(); ++model) {
      range.first = std::min(range.first, ranks(channel, model));
      range.second = std::max(range.second, ranks(channel, model));
    }
    return range;
  }
};

/// Throws wrong_shape without models or channels, and what the models throw. Models run side by side.
inline credit_comparison compare_credit(const journeys& paths, const std::vector<named_model>& models,
                                        const run_options& run = {}) {
  const auto channels = static_cast<index>(paths.channels().size());
  const auto many = static_cast<index>(models.size());
  require(channels > 0 && many > 0, error_code::wrong_shape, "compare_credit",
          "there must be channels and models, got ", channels, " and ", many);
  credit_comparison result{paths.channels(),
                           {},
                           matrix<double>(channels, many),
                           matrix<double>(channels, many),
                           matrix<double>(channels, many),
                           matrix<double>(many, many)};
  workers(run).for_each_index(many, [&](index at) {
    const auto found = models[static_cast<std::size_t>(at)].credit_of(paths);
    for (index channel = 0; channel < channels; ++channel) {
      result.conversions(channel, at) = found.conversions[static_cast<std::size_t>(channel)];
      result.revenue(channel, at) = found.revenue[static_cast<std::size_t>(channel)];
    }
  });
  for (index at = 0; at < many; ++at) {
    result.models.push_back(models[static_cast<std::size_t>(at)].name());
    double credited = 0;
    for (index channel = 0; channel < channels; ++channel) credited += std::fabs(result.conversions(channel, at));
    // Equal credit may differ in its last bits: what is closer than a billionth of all counts as equal.
    const double close = 1e-9 * credited;
    for (index channel = 0; channel < channels; ++channel) {
      double above = 0, equal = 0;
      for (index other = 0; other < channels; ++other) {
        const double more = result.conversions(other, at) - result.conversions(channel, at);
        above += more > close ? 1 : 0;
        equal += std::fabs(more) <= close ? 1 : 0;
      }
      result.ranks(channel, at) = above + (equal + 1) / 2;
    }
  }
  for (index a = 0; a < many; ++a) {
    for (index b = 0; b < many; ++b) {
      double together = 0, apart_a = 0, apart_b = 0;
      for (index i = 0; i < channels; ++i) {
        for (index j = 0; j < i; ++j) {
          const double of_a = result.ranks(i, a) - result.ranks(j, a);
          const double of_b = result.ranks(i, b) - result.ranks(j, b);
          together += of_a * of_b > 0 ? 1 : of_a * of_b < 0 ? -1 : 0;
          apart_a += of_a != 0 ? 1 : 0;
          apart_b += of_b != 0 ? 1 : 0;
        }
      }
      result.agreement(a, b) = together / std::sqrt(apart_a * apart_b);
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
