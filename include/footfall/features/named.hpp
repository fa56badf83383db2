// SPDX-License-Identifier: MIT
// Columns by their name, wherever they are: in a table, or in the features that other steps made.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a step on named columns takes: a table, or features of either scalar.
template <class X>
concept named_columns = std::same_as<X, table> || std::same_as<X, features<float>> || std::same_as<X, features<double>>;

namespace detail {

template <class X>
struct number_type {
  using type = double;
};
template <class Scalar>
struct number_type<features<Scalar>> {
  using type = Scalar;
};

}  // namespace detail

/// The scalar of the features that a step makes of `X`: double from a table.
template <named_columns X>
using number_of = typename detail::number_type<X>::type;

/// The numbers of a column. Throws unknown_name, and wrong_kind for a category.
inline std::span<const double> numbers_of(const table& x, std::string_view name) { return x[name].numbers(); }

template <class Scalar>
std::span<const Scalar> numbers_of(const features<Scalar>& x, std::string_view name) {
  const index at = x.position(name);
  require(!x.columns()[static_cast<std::size_t>(at)].levels.has_value(), error_code::wrong_kind, "features", "column '",
          name, "' holds levels, not numbers");
  return {x.values().col(at).data(), static_cast<std::size_t>(x.rows())};
}

/// Name, source and stage of a column. Throws unknown_name.
inline feature_info info_of(const table& x, std::string_view name) {
  const column& found = x[name];
  return {found.name(), found.name(), found.stage()};
}

template <class Scalar>
feature_info info_of(const features<Scalar>& x, std::string_view name) {
  return x.columns()[static_cast<std::size_t>(x.position(name))];
}

/// What a feature made of several columns is called: their sources in order, each once, and the latest of their stages.
template <named_columns X>
feature_info info_of(const X& x, std::span<const std::string> columns, std::string name) {
  feature_info result{std::move(name), {}, stage::context};
  std::vector<std::string> sources;
  for (const auto& each : columns) {
    const feature_info info = info_of(x, each);
    if (std::find(sources.begin(), sources.end(), info.source) == sources.end()) sources.push_back(info.source);
    result.stage = later(result.stage, info.stage);
  }
  for (const auto& source : sources) result.source += (result.source.empty() ? "" : ",") + source;
  return result;
}

/// At the door of `fit`: throws unknown_name or wrong_kind unless all are columns of numbers.
template <named_columns X>
void require_numbers(const X& x, std::span<const std::string> columns) {
  for (const auto& name : columns) (void)numbers_of(x, name);
}

FOOTFALL_END_NAMESPACE
