// SPDX-License-Identifier: MIT
// The code of docs/figures.md, in its order: a ranking with its uncertainty, two models, probabilities,
// other people's figures, an offer.
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/text.hpp>

namespace ff = footfall;

namespace {

const auto pages_and_cart = ff::numeric{{"pages_viewed", "product_views", "scroll_depth_pct", "add_to_cart"}};
const auto pages = ff::numeric{{"pages_viewed", "product_views", "scroll_depth_pct"}};

ff::scores judged_by(const ff::numeric& columns, const ff::table& sessions, const ff::labels& bought,
                     const ff::split& split) {
  const auto recipe = columns | ff::random_forest{.trees = 200, .min_leaf = 20, .seed = 1};
  return recipe.fit(sessions.rows(split.train), bought.rows(split.train)).score(sessions.rows(split.test));
}

void one_model(const ff::scores& score, const ff::labels& bought) {
  const auto ranking = ff::ranking(score, bought);  // sorted once
  const auto area = ff::delong(ranking);
  const auto precision = ff::average_precision(ranking);
  const auto tenth = ff::decile_table(ranking).front();

  std::cout << "AUC " << ff::fixed(area.value, 3) << " (" << ff::fixed(area.range, 3) << ")\n"
            << "average precision " << ff::fixed(precision.value, 3) << ", by chance " << ff::fixed(precision.base, 3)
            << '\n'
            << "the best tenth: " << ff::fixed(tenth.positives, 1) << " buyers of " << tenth.sessions << ", lift "
            << ff::fixed(tenth.lift, 2) << " (" << ff::fixed(tenth.lift_interval, 2) << ")\n";
}

void two_models(const ff::scores& with_cart, const ff::scores& without, const ff::labels& bought) {
  const auto gained = ff::delong(without, with_cart, bought);

  std::cout << "the cart adds " << ff::fixed(gained.difference, 3) << " (" << ff::fixed(gained.range, 3) << "), p "
            << ff::p_value(gained.p_value) << '\n';
}

void probabilities(const ff::table& sessions, const ff::labels& bought, const ff::split& split) {
  const auto y = bought.rows(split.train);
  const auto judged = bought.rows(split.test);
  std::vector<double> tenfold;
  for (ff::index row = 0; row < y.size(); ++row) tenfold.push_back(y[row] ? 10 : 1);

  const auto columns = pages_and_cart.fit(sessions.rows(split.train));
  const auto model = ff::random_forest{.trees = 200, .min_leaf = 20, .seed = 1}.fit(
      columns.transform(sessions.rows(split.train)), y, ff::weights(tenfold));
  const auto score = model.score(columns.transform(sessions.rows(split.test)));
  const auto calibration = ff::isotonic{}.fit(model.out_of_bag(), y);
  const auto probability = calibration.score(score);

  for (const auto& each : {score, probability}) {
    const auto table = ff::reliability_table(each, judged);
    const auto error = ff::calibration_error_of(table);
    const auto& highest = table.back();
    std::cout << "highest bin: promised " << ff::percent(highest.mean_score, 1) << ", observed "
              << ff::percent(highest.observed.value, 1) << "; calibration error " << ff::fixed(error.expected, 3)
              << ", by chance " << ff::fixed(error.by_chance, 3) << "; Brier skill "
              << ff::fixed(ff::brier_score(each, judged).skill(), 2) << '\n';
  }
}

void other_peoples_figures() {
  const ff::published_evaluation published = {
      .sessions = {25'000, 6250},  // the sample that the text names, or a quarter of it
      .base_rate = ff::printed("7.39 %"),
      .rankings = {{.name = "their model",
                    .roc_auc = ff::printed("0.8721"),
                    .average_precision = ff::printed("0.5634"),
                    .depths = {{.depth = 0.1, .rate = ff::printed("24.16 %"), .lift = ff::printed("3.27")},
                               {.depth = 0.2, .sessions = 1250, .lift = ff::printed("2.68")}}}}};
  const auto audited = ff::audit(published);

  for (const auto& counts : audited.counts) {
    std::cout << counts.positives << " of " << counts.sessions << " sessions bought; in the best tenth "
              << counts.at_depth[0][0].low << ", in the best fifth " << counts.at_depth[0][1].low << '\n';
  }
  for (const auto& each : audited.claims) {
    if (each.verdict == ff::verdict::contradicted) std::cout << each.claim.name << ": " << each.reason << '\n';
  }
}

void an_offer(const ff::scores& score, const ff::labels& bought) {
  const ff::offer coupon = {.effect = {0.12, 0.04, 0.20},  // believed, with limits
                            .order_value = {143.50},
                            .margin = 0.6,
                            .discount = 0.05,
                            .redeemed = 0.5,
                            .contact_cost = 0.35};
  const auto curve = ff::profit_curve(ff::ranking(score, bought), coupon);
  const auto best = ff::best_cut_off(curve);
  const auto ledger = ff::work_out({.judged = bought.size(),
                                    .reached = best.reached,
                                    .conversions = best.conversions,
                                    .offer = coupon,
                                    .scaled_to = 500'000});

  std::cout << "reach " << best.reached << " of " << bought.size() << " sessions\n"
            << "net profit at 500,000 sessions: " << ff::money(ledger.net_profit.value, 0) << " ("
            << ff::money(ledger.net_profit.range.low, 0) << " to " << ff::money(ledger.net_profit.range.high, 0)
            << "), above 0 in " << ff::percent(ledger.chance_of_profit, 0) << " of the draws\n"
            << "an effect below " << ff::percent(ledger.break_even_effect, 1) << " loses money; "
            << ff::thousands(ledger.sessions_to_prove) << " sessions a side would prove 12 %\n";
}

}  // namespace

int main() {
  const auto sessions = ff::fashion_store{.sessions = 25'000, .seed = 7}.generate();
  const auto bought = ff::label(sessions, "purchased");
  const auto split = ff::stratified_split(bought, {.test_share = 0.25, .seed = 7});
  const auto with_cart = judged_by(pages_and_cart, sessions, bought, split);
  const auto without = judged_by(pages, sessions, bought, split);
  const auto judged = bought.rows(split.test);

  one_model(with_cart, judged);
  two_models(with_cart, without, judged);
  probabilities(sessions, bought, split);
  other_peoples_figures();
  an_offer(with_cart, judged);
}
