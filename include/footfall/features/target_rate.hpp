// SPDX-License-Identifier: MIT
// Categories of many levels as the rate at which each has the outcome, without telling a session its own label.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/split.hpp>
#include <footfall/data/table.hpp>
#include <footfall/features/categories.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `target_rate` learned from all training sessions: for sessions that were not among them.
class fitted_target_rate {
 public:
  static constexpr std::string_view kind = "target_rate";

  /// One column's levels and the rate of each, the one of missing values last.
  struct rates {
    category levels;
    std::vector<double> values;

    auto parts() const { return std::tie(levels, values); }
    static rates from_parts(category levels, std::vector<double> values) {
      return {std::move(levels), std::move(values)};
    }
  };

  /// The table with a column `rate(COLUMN)` more for each column; a level never seen has the rate of all. Throws
  /// unknown_name or wrong_kind.
  table transform(const table& sessions) const {
    table result = sessions;
    for (const auto& each : rates_) {
      std::vector<double> numbers;
      for (const auto place : places_of(sessions, each.levels, false, kind)) {
        numbers.push_back(place == no_place ? overall_ : each.values[static_cast<std::size_t>(place)]);
      }
      const std::string& name = each.levels.column;
      result = result.with(column::numeric(text("rate(", name, ")"), std::move(numbers), sessions[name].stage()));
    }
    return result;
  }

  auto parts() const { return std::tie(rates_, overall_); }
  /// Throws bad_parts unless there is a rate in [0, 1] for each level and for missing values.
  static fitted_target_rate from_parts(std::vector<rates> columns, double overall) {
    const auto is_rate = [](double value) { return value >= 0 && value <= 1; };
    require(is_rate(overall), error_code::bad_parts, kind, "a rate must be in [0, 1], got ", overall);
    for (const auto& each : columns) {
      require(each.levels.missing && each.values.size() == each.levels.levels.size() + 1, error_code::bad_parts, kind,
              "there must be a rate for each level of column '", each.levels.column, "' and for missing values");
      for (const double value : each.values) {
        require(is_rate(value), error_code::bad_parts, kind, "a rate must be in [0, 1], got ", value);
      }
    }
    fitted_target_rate result;
    result.rates_ = std::move(columns);
    result.overall_ = overall;
    return result;
  }
  bool operator==(const fitted_target_rate& other) const { return same_parts(*this, other); }

 private:
  std::vector<rates> rates_;
  double overall_ = 0;
};

/// What `target_rate` gives: the training sessions with rates that other folds know, and the value for all other sessions.
struct target_rates {
  fitted_target_rate fitted;
  table training;
};

/// The rate of a level is `(hits + prior * r) / (sessions + prior)`, where r is the rate of all (Micci-Barreca 2001). There
/// is no `fit` alone, on purpose: a training session whose rate contains its own label tells the model that label. In a
/// chain, `target_rate{{"source"}} | numeric{{"rate(source)"}} | random_forest{}`, the steps behind it are fitted on rates that
/// other folds know; by itself: `const auto [rates, training] = target_rate{{"source"}}.fit_transform(train, y);`
struct target_rate {
  std::vector<std::string> columns;  ///< categorical columns; missing is a level of its own
  double prior = 10;                 ///< sessions' worth of the rate of all in the rate of each level; at least 0
  int folds = 5;                     ///< a training session gets the rates of the other folds, from 2 on
  std::uint64_t seed = 0;            ///< of the folds

  /// Throws bad_option for a prior that is not finite and at least 0, wrong_shape for another number of labels, unknown_name,
  /// wrong_kind, and as `stratified_folds`. Cost: one pass for each fold.
  target_rates fit_transform(const table& sessions, const labels& y) const {
    const auto who = fitted_target_rate::kind;
    require(std::isfinite(prior) && prior >= 0, error_code::bad_option, who,
            "prior must be finite and at least 0, got ", prior);
    require_rows(sessions.rows(), y, weights(), who);
    std::vector<std::vector<double>> numbers(columns.size(), std::vector<double>(static_cast<std::size_t>(y.size())));
    for (const auto& fold : stratified_folds(y, {.folds = folds, .seed = seed})) {
      const table tested = learn(sessions.rows(fold.train), y.rows(fold.train)).transform(sessions.rows(fold.test));
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto rates = tested[text("rate(", columns[i], ")")].numbers();
        for (std::size_t k = 0; k < rates.size(); ++k) numbers[i][static_cast<std::size_t>(fold.test[k])] = rates[k];
      }
    }
    table training = sessions;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      training = training.with(
          column::numeric(text("rate(", columns[i], ")"), std::move(numbers[i]), sessions[columns[i]].stage()));
    }
    return {learn(sessions, y), std::move(training)};
  }

 private:
  fitted_target_rate learn(const table& sessions, const labels& y) const {
    const double overall = static_cast<double>(y.positives()) / static_cast<double>(y.size());
    std::vector<fitted_target_rate::rates> learned;
    for (const auto& name : columns) {
      category levels = learn_category(sessions, name);
      levels.missing = true;
      std::vector<std::int64_t> hits(levels.levels.size() + 1), trials(hits);
      index row = 0;
      for (const auto place : places_of(sessions, levels, true, fitted_target_rate::kind)) {
        ++trials[static_cast<std::size_t>(place)];
        hits[static_cast<std::size_t>(place)] += y[row++];
      }
      std::vector<double> values;
      for (std::size_t i = 0; i < hits.size(); ++i) {
        const double all = static_cast<double>(trials[i]) + prior;
        values.push_back(all > 0 ? std::fmin(1, (static_cast<double>(hits[i]) + prior * overall) / all) : overall);
      }
      learned.push_back({std::move(levels), std::move(values)});
    }
    return fitted_target_rate::from_parts(std::move(learned), overall);
  }
};

FOOTFALL_END_NAMESPACE
