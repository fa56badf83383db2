// SPDX-License-Identifier: MIT
// A step of your own: a recipe that learns something from the sessions, and the value it becomes when fitted.
#include <algorithm>
#include <iostream>
#include <iterator>

#include <footfall/footfall.hpp>

namespace ff = footfall;

// Fitted: 1 where a column lies above the value that was usual in the training sessions, 0 where it does not.
struct fitted_above_usual {
  std::string column;
  double usual = 0;

  ff::features<double> transform(const ff::table& sessions) const {
    ff::matrix<double> values(sessions.rows(), 1);
    ff::index row = 0;
    for (const double number : sessions[column].numbers()) values(row++, 0) = number > usual ? 1 : 0;
    return {values, {{column + " above usual", column, sessions[column].stage()}}};
  }
  auto parts() const { return std::tie(column, usual); }  // for ==, digests and files
  static fitted_above_usual from_parts(std::string column, double usual) { return {column, usual}; }
};

// Recipe: learns the median.
struct above_usual {
  std::string column;

  fitted_above_usual fit(const ff::table& sessions) const {
    const auto numbers = sessions[column].numbers();
    std::vector<double> sorted(numbers.begin(), numbers.end());
    const auto middle = sorted.begin() + std::ssize(sorted) / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    return {column, *middle};
  }
};

int main() {
  const auto sessions = ff::fashion_store{.sessions = 5'000, .seed = 3}.generate();
  const auto bought = ff::label(sessions, "purchased");

  const auto recipe = ff::columns(above_usual{"session_duration_sec"}, ff::numeric{{"product_views", "add_to_cart"}}) |
                      ff::random_forest{.trees = 100, .min_leaf = 20};
  const auto model = recipe.fit(sessions, bought);

  for (const auto& column : model.last().importances()) std::cout << column.name << ' ' << column.share << '\n';
  std::cout << "fitted twice, equal: " << std::boolalpha << (model == recipe.fit(sessions, bought)) << '\n';
}
