// SPDX-License-Identifier: MIT
// What a forest can say about itself: reasons for one session, what columns are worth, and how a score moves with one.
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

int main() {
  const auto sessions = ff::fashion_store{.sessions = 5'000, .seed = 7}.generate();
  const auto bought = ff::label(sessions, "purchased");
  const auto recipe = ff::columns(ff::numeric{{"pages_viewed", "product_views", "add_to_cart", "scroll_depth_pct"}},
                                  ff::one_hot{{"device"}}) |
                      ff::random_forest{.trees = 200, .min_leaf = 20, .seed = 1};
  const auto model = recipe.fit(sessions, bought);
  const auto& forest = model.last();
  const auto x = model.first().transform(sessions);

  const auto explainer = ff::explainer_for(forest, x);
  const std::vector<double> session{9, 6, 1, 80, 0, 1, 0};  // a value for each of forest.columns()
  const auto why = explainer.explain_one(session);
  std::cout << "score " << forest.score_one(session) << ", on average " << why.base << '\n';
  for (const auto& reason : ff::by_source(why).strongest(3)) {
    std::cout << "  " << reason.name << ' ' << reason.contribution << '\n';
  }

  const ff::permutation_importance importance{.repeats = 5, .seed = 1};
  const auto worth = importance.of(recipe.last, forest, x, bought, ff::measure::roc_auc{});
  std::cout << "out-of-bag AUC " << worth.measured << '\n';
  for (const auto& column : worth.columns) {
    std::cout << "  without " << column.name << " less by " << column.mean << " (" << column.deviation << ")\n";
  }

  const auto dependence = ff::partial_dependence{.column = "product_views"}.of(forest, x);
  for (const double views : {0, 2, 5, 10}) {
    std::cout << "with " << views << " product views: " << dependence.at(views) << '\n';
  }
}
