// SPDX-License-Identifier: MIT
// Steps one after another: `numeric{...} | standard_scaler{} | kmeans{}` is a recipe like any other.
#pragma once

#include <string_view>
#include <tuple>
#include <utility>

#include <footfall/core/concepts.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/table.hpp>
#include <footfall/features/columns.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A recipe that transforms, scores or assigns: what may stand on the right of `|`.
template <class Recipe>
concept pipeline_step =
    transforming_step<Recipe> || classifier<Recipe, features<double>> || classifier<Recipe, features<float>> ||
    classifier<Recipe, table> || clusterer<Recipe, features<double>> || clusterer<Recipe, features<float>> ||
    clusterer<Recipe, table>;

namespace detail {

/// `fitted.transform(x)`, with run options where it takes them.
template <class Fitted, class X>
auto transform_with(const Fitted& fitted, const X& x, const run_options& run) {
  if constexpr (requires { fitted.transform(x, run); }) {
    return fitted.transform(x, run);
  } else {
    return fitted.transform(x);
  }
}

/// `fitted.score(x)`, with run options where it takes them.
template <class Fitted, class X>
scores score_with(const Fitted& fitted, const X& x, const run_options& run) {
  if constexpr (requires { fitted.score(x, run); }) {
    return fitted.score(x, run);
  } else {
    return fitted.score(x);
  }
}

/// A fitted step, and what the training sessions are to the steps behind it.
template <class Fitted, class Training>
struct fitted_and_training {
  Fitted fitted;
  Training training;
};

template <class Recipe, class X>
auto fit_for_next(const Recipe& recipe, const X& x, const labels& y, const weights& w, const run_options& run) {
  if constexpr (requires { recipe.fit_transform(x, y, w, run); }) {
    return recipe.fit_transform(x, y, w, run);
  } else if constexpr (fits_by_others<Recipe, X>) {
    return recipe.fit_transform(x, y);
  } else {
    auto fitted = fit_labelled(recipe, x, y, w, run);
    auto training = transform_with(fitted, x, run);
    return fitted_and_training<decltype(fitted), decltype(training)>{std::move(fitted), std::move(training)};
  }
}

}  // namespace detail

/// The fitted form of a chain. It has the verb of its last step.
template <class First, class Last>
class fitted_chain {
 public:
  static constexpr std::string_view kind = "chain";

  fitted_chain(First first, Last last) : first_(std::move(first)), last_(std::move(last)) {}

  const First& first() const noexcept { return first_; }
  /// The last step, e.g. the forest with its importances.
  const Last& last() const noexcept { return last_; }

  template <class X>
    requires transforms<First, X>
  auto transform(const X& x, const run_options& run = {}) const
    requires requires(const First& first, const Last& last) { last.transform(first.transform(x)); }
  {
    return detail::transform_with(last_, detail::transform_with(first_, x, run), run);
  }

  template <class X>
    requires transforms<First, X>
  scores score(const X& x, const run_options& run = {}) const
    requires requires(const First& first, const Last& last) { last.score(first.transform(x)); }
  {
    return detail::score_with(last_, detail::transform_with(first_, x, run), run);
  }

  template <class X>
    requires transforms<First, X>
  segment_ids assign(const X& x, const run_options& run = {}) const
    requires requires(const First& first, const Last& last) { last.assign(first.transform(x)); }
  {
    const auto features = detail::transform_with(first_, x, run);
    if constexpr (requires { last_.assign(features, run); }) {
      return last_.assign(features, run);
    } else {
      return last_.assign(features);
    }
  }

  auto parts() const
    requires has_parts<First> && has_parts<Last>
  {
    return std::tie(first_, last_);
  }
  static fitted_chain from_parts(First first, Last last) { return {std::move(first), std::move(last)}; }
  bool operator==(const fitted_chain& other) const
    requires has_parts<First> && has_parts<Last>
  {
    return same_parts(*this, other);
  }

 private:
  First first_;
  Last last_;
};

/// Two recipes, the second fitted on what the first makes of the sessions.
template <transforming_step First, pipeline_step Last>
struct chain {
  First first;
  Last last;

  template <class X>
  using fitted = fitted_chain<fitted_type<First, X>, fitted_type<Last, transformed_type<First, X>>>;

  template <class X>
    requires transformer<First, X> && fits_alone<First, X> && fits_alone<Last, transformed_type<First, X>>
  fitted<X> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    auto fitted_first = fit_alone(first, x, w, run);
    auto fitted_last = fit_alone(last, detail::transform_with(fitted_first, x, run), w, run);
    return {std::move(fitted_first), std::move(fitted_last)};
  }

  template <class X>
    requires transformer<First, X> && requires { typename fitted_type<Last, transformed_type<First, X>>; }
  fitted<X> fit(const X& x, const labels& y, const weights& w = {}, const run_options& run = {}) const {
    auto before = detail::fit_for_next(first, x, y, w, run);
    auto fitted_last = fit_labelled(last, before.training, y, w, run);
    return {std::move(before.fitted), std::move(fitted_last)};
  }

  /// Where a step has a form of its own for training sessions, so has the chain, for the steps behind it.
  template <class X>
    requires transformer<First, X> && transformer<Last, transformed_type<First, X>> &&
             (fits_by_others<First, X> || fits_by_others<Last, transformed_type<First, X>>)
  auto fit_transform(const X& x, const labels& y, const weights& w = {}, const run_options& run = {}) const {
    auto before = detail::fit_for_next(first, x, y, w, run);
    auto after = detail::fit_for_next(last, before.training, y, w, run);
    return detail::fitted_and_training<fitted<X>, decltype(after.training)>{
        {std::move(before.fitted), std::move(after.fitted)}, std::move(after.training)};
  }
};

/// `first | last`. Does not compile unless `first` transforms and `last` is a step. (The result's type is left to be
/// deduced so that clang, too, looks at the concepts first and names the one that is not met.)
template <transforming_step First, pipeline_step Last>
auto operator|(First first, Last last) {
  return chain<First, Last>{std::move(first), std::move(last)};
}

FOOTFALL_END_NAMESPACE
