// SPDX-License-Identifier: MIT
// What a step of a pipeline must offer: two small structs, a recipe with `fit` and a fitted value with one verb.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A recipe that can be fitted on `X` without labels. The shortest form is `fit(x)`; a recipe to which weights or threads
/// matter takes `fit(x, weights, run_options)`, both with defaults.
template <class Recipe, class X>
concept fits_alone = requires(const Recipe& recipe, const X& x) { recipe.fit(x); };

/// A recipe that can be fitted on `X` with labels: `fit(x, y)` or `fit(x, y, weights, run_options)`.
template <class Recipe, class X>
concept fits_labels = requires(const Recipe& recipe, const X& x, const labels& y) { recipe.fit(x, y); };

/// A recipe whose training sessions become something else than other sessions do, because they must not be told their own
/// labels: `fit_transform(x, y)` gives `fitted`, for all others, and `training`. It has no `fit`.
template <class Recipe, class X>
concept fits_by_others = requires(const Recipe& recipe, const X& x, const labels& y) {
  recipe.fit_transform(x, y).fitted;
  recipe.fit_transform(x, y).training;
};

/// Fits without labels, with weights and run options where the recipe takes them.
template <class Recipe, class X>
  requires fits_alone<Recipe, X>
auto fit_alone(const Recipe& recipe, const X& x, const weights& w, const run_options& run) {
  if constexpr (requires { recipe.fit(x, w, run); }) {
    return recipe.fit(x, w, run);
  } else {
    return recipe.fit(x);
  }
}

/// Fits with labels where the recipe takes them, without where it does not.
template <class Recipe, class X>
  requires fits_labels<Recipe, X> || fits_alone<Recipe, X> || fits_by_others<Recipe, X>
auto fit_labelled(const Recipe& recipe, const X& x, const labels& y, const weights& w, const run_options& run) {
  if constexpr (requires { recipe.fit(x, y, w, run); }) {
    return recipe.fit(x, y, w, run);
  } else if constexpr (fits_labels<Recipe, X>) {
    return recipe.fit(x, y);
  } else if constexpr (fits_by_others<Recipe, X>) {
    return recipe.fit_transform(x, y).fitted;
  } else {
    return fit_alone(recipe, x, w, run);
  }
}

/// What a recipe becomes when it is fitted on `X`.
template <class Recipe, class X>
using fitted_type =
    decltype(fit_labelled(std::declval<const Recipe&>(), std::declval<const X&>(), std::declval<const labels&>(),
                          std::declval<const weights&>(), std::declval<const run_options&>()));

/// A fitted value that turns `X` into something else, row by row: the i-th row of the result depends on the i-th row of
/// `x` alone.
template <class Fitted, class X>
concept transforms = requires(const Fitted& fitted, const X& x) { fitted.transform(x); };

/// A recipe whose fitted value transforms.
template <class Recipe, class X>
concept transformer = requires { typename fitted_type<Recipe, X>; } && transforms<fitted_type<Recipe, X>, X>;

/// What `X` becomes after a transformer.
template <class Recipe, class X>
using transformed_type = decltype(std::declval<const fitted_type<Recipe, X>&>().transform(std::declval<const X&>()));

/// A recipe whose fitted value gives each session the probability of the positive label.
template <class Recipe, class X>
concept classifier = fits_labels<Recipe, X> && requires(const fitted_type<Recipe, X>& fitted, const X& x) {
  { fitted.score(x) } -> std::convertible_to<scores>;
};

/// A recipe whose fitted value gives each session a segment number.
template <class Recipe, class X>
concept clusterer = requires(const fitted_type<Recipe, X>& fitted, const X& x) {
  { fitted.assign(x) } -> std::convertible_to<segment_ids>;
};

FOOTFALL_END_NAMESPACE
