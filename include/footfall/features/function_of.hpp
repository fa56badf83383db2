// SPDX-License-Identifier: MIT
// A feature by a function of one's own: a step in one line, for what no step of the library says.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/features/formula.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `function_of(...)`. A function has no parts: the step can be fitted and used, not compared or stored.
template <std::size_t Columns, class Function>
class fitted_function {
 public:
  fitted_function(std::string name, std::array<std::string, Columns> columns, Function function)
      : name_(std::move(name)), columns_(columns.begin(), columns.end()), function_(std::move(function)) {}

  /// One feature; missing where one of the columns is, and where the function gives NaN. Throws as `apply_formula`, and what
  /// the function throws.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_formula(x, columns_, name_, "function_of", [&](const std::vector<double>& numbers, index) {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return static_cast<double>(function_(numbers[I]...));
      }(std::make_index_sequence<Columns>{});
    });
  }

 private:
  std::string name_;
  std::vector<std::string> columns_;
  Function function_;
};

/// The recipe that `function_of(...)` makes.
template <std::size_t Columns, class Function>
struct function_step {
  std::string name;
  std::array<std::string, Columns> columns;
  Function function;

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  template <named_columns X>
  fitted_function<Columns, Function> fit(const X& x) const {
    require_numbers(x, columns);
    return {name, columns, function};
  }
};

/// The feature `name` by a function of one number for each named column, none of them missing:
/// `function_of("pace", {"seconds", "pages"}, [](double s, double p) { return s / (1 + p); })`. The function must give the
/// same number for the same numbers, and may be called by several threads.
template <std::size_t Columns, class Function>
  requires(Columns > 0)
function_step<Columns, Function> function_of(std::string name, const char* const (&columns)[Columns],
                                             Function function) {
  std::array<std::string, Columns> names;
  for (std::size_t i = 0; i < Columns; ++i) names[i] = columns[i];
  return {std::move(name), std::move(names), std::move(function)};
}

FOOTFALL_END_NAMESPACE
