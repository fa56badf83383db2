// SPDX-License-Identifier: MIT
// Steps side by side: each makes its features from the same sessions, and the features stand next to each other.
#pragma once

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/concepts.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A recipe that transforms tables or features: what may stand in `columns(...)` and on the left of `|`.
template <class Recipe>
concept transforming_step =
    transformer<Recipe, table> || transformer<Recipe, features<double>> || transformer<Recipe, features<float>>;

/// The fitted form of `columns(...)`.
template <class... Fitted>
class fitted_columns {
 public:
  static constexpr std::string_view kind = "columns";

  explicit fitted_columns(Fitted... steps) : steps_(std::move(steps)...) {}

  /// The features of all steps, in the order of the steps. Throws what a step throws, and bad_value if two features would
  /// have one name.
  template <class X>
    requires(transforms<Fitted, X> && ...)
  auto transform(const X& x, const run_options& run = {}) const {
    const auto features_of = [&](const auto& step) {
      if constexpr (requires { step.transform(x, run); }) {
        return step.transform(x, run);
      } else {
        return step.transform(x);
      }
    };
    // Braces: in the order of the steps, so that the first one that throws is the same for every compiler.
    return std::apply(
        [&](const auto&... steps) {
          const std::tuple<decltype(features_of(steps))...> parts{features_of(steps)...};
          return std::apply([](const auto&... part) { return join(part...); }, parts);
        },
        steps_);
  }

  template <std::size_t I>
  const auto& step() const noexcept {
    return std::get<I>(steps_);
  }

  auto parts() const
    requires(has_parts<Fitted> && ...)
  {
    return std::tie(steps_);
  }
  static fitted_columns from_parts(std::tuple<Fitted...> steps) {
    return std::apply([](auto&... each) { return fitted_columns(std::move(each)...); }, steps);
  }
  bool operator==(const fitted_columns& other) const
    requires(has_parts<Fitted> && ...)
  {
    return same_parts(*this, other);
  }

 private:
  template <class First, class... Rest>
  static First join(const First& first, const Rest&... rest) {
    static_assert((std::same_as<First, Rest> && ...), "columns(...): all steps must give features of one scalar type");
    std::vector<feature_info> infos;
    matrix<typename First::scalar> values(first.rows(), (first.cols() + ... + rest.cols()));
    index at = 0;
    const auto append = [&](const First& part) {
      require(part.rows() == values.rows(), error_code::wrong_shape, kind, "a step gave ", part.rows(),
              " rows where the first gave ", values.rows());
      values.middleCols(at, part.cols()) = part.values();
      at += part.cols();
      for (const auto& info : part.columns()) {
        for (const auto& other : infos) {
          require(other.name != info.name, error_code::bad_value, kind, "two features are called '", info.name, "'");
        }
        infos.push_back(info);
      }
    };
    append(first);
    (append(rest), ...);
    return {std::move(values), std::move(infos)};
  }

  std::tuple<Fitted...> steps_;
};

/// The recipe that `columns(...)` makes: every step is fitted on the same sessions.
template <class... Steps>
struct side_by_side {
  std::tuple<Steps...> steps;

  template <class X>
    requires(transformer<Steps, X> && ...) && (fits_alone<Steps, X> && ...)
  fitted_columns<fitted_type<Steps, X>...> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    return std::apply(
        [&](const auto&... each) { return fitted_columns<fitted_type<Steps, X>...>{fit_alone(each, x, w, run)...}; },
        steps);
  }

  /// Not for steps that give their training sessions something of their own: these stand before, as `step | columns(...)`.
  template <class X>
    requires(transformer<Steps, X> && ...) && (!fits_by_others<Steps, X> && ...)
  fitted_columns<fitted_type<Steps, X>...> fit(const X& x, const labels& y, const weights& w = {},
                                               const run_options& run = {}) const {
    return std::apply(
        [&](const auto&... each) {
          return fitted_columns<fitted_type<Steps, X>...>{fit_labelled(each, x, y, w, run)...};
        },
        steps);
  }
};

/// Sets transformers side by side: `columns(numeric{{"pages"}}, one_hot{{"device"}})`.
template <transforming_step... Steps>
  requires(sizeof...(Steps) > 0)
side_by_side<Steps...> columns(Steps... steps) {
  return {std::tuple<Steps...>(std::move(steps)...)};
}

FOOTFALL_END_NAMESPACE
