// SPDX-License-Identifier: MIT
// From sessions to a lift table in fifteen lines. Made-up sessions here; read_csv("sessions.csv") reads your own.
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

int main() {
  const auto sessions = ff::fashion_store{.sessions = 25'000, .seed = 7}.generate();
  const auto bought = ff::label(sessions, "purchased");
  const auto [train, test] = ff::stratified_split(bought, {.test_share = 0.25, .seed = 7});

  const auto recipe =
      ff::columns(ff::numeric{{"product_views", "scroll_depth_pct", "add_to_cart", "checkout_step_reached"}},
                  ff::one_hot{{"device", "traffic_source"}},
                  ff::ratio{.of = "session_duration_sec", .to = "pages_viewed"}) |
      ff::random_forest{.trees = 300, .min_leaf = 20, .seed = 7};

  const auto model = recipe.fit(sessions.rows(train), bought.rows(train));
  const auto scores = model.score(sessions.rows(test));
  const auto best_tenth = ff::decile_table(scores, bought.rows(test)).front();
  std::cout << "AUC " << ff::roc_auc(scores, bought.rows(test)).value << '\n'
            << "The best tenth buys " << best_tenth.lift << " times as often as the average session"
            << " (95 % interval " << best_tenth.lift_interval.low << " to " << best_tenth.lift_interval.high << ")\n";
}
