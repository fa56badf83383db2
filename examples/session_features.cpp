// SPDX-License-Identifier: MIT
// The code of docs/sessions.md, in its order: features declared once, tables as of a moment, two models before the cart, live.
#include <algorithm>
#include <iostream>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

const auto recipe = ff::columns(ff::numeric{{"pages_viewed", "product_views", "session_duration_sec",
                                             "scroll_depth_pct", "engagement_score_precheckout", "hour"}},
                                ff::one_hot{{"device", "traffic_source"}, ff::unseen_level::all_zero}) |
                    ff::known_by{ff::stage::browse} | ff::random_forest{.trees = 100, .min_leaf = 20, .seed = 7};

double auc(const ff::fitted_type<decltype(recipe), ff::table>& model, const ff::training_rows& rows,
           const ff::row_set& some) {
  return ff::roc_auc(model.score(rows.features.rows(some)), rows.outcome.rows(some)).value;
}

}  // namespace

int main() {
  const auto log =
      ff::fashion_events{.shop = {.sessions = 10'000, .seed = 7, .label = ff::fashion_label::funnel}}.log();
  const auto sessions = ff::sessionize(log);

  const auto features = ff::studied_features().with({
      {"products_seen", ff::fold::distinct("view_item", "page"), ff::stage::browse},
      {"seconds_since_product", ff::fold::seconds_since("view_item"), ff::stage::browse},
      {"days_since_last", ff::fold::days_since_last(), ff::stage::context},
      {"engaged", ff::fold::engaged({"purchase"}), ff::stage::outcome},
  });
  const auto at_end = ff::features_of(log, sessions, features);
  std::cout << log.size() << " events, " << at_end.features.rows() << " sessions, " << at_end.features.cols()
            << " columns; " << at_end.counts.unnamed << " events that no feature asks for\n";

  const auto at_ten = ff::features_of(log, sessions, features, ff::as_of::seconds(10));
  const auto at_fifth = ff::features_of(log, sessions, features, ff::as_of::event(5));
  const auto at_views = ff::features_of(log, sessions, features, ff::as_of::each("page_view"));
  std::cout << "rows: " << at_ten.features.rows() << " after ten seconds, " << at_fifth.features.rows()
            << " at the fifth event, " << at_views.features.rows() << " at page views\n";

  const auto study = ff::fashion_store{.sessions = 10'000, .seed = 7}.generate();
  for (const auto& fault : ff::funnel_faults(study)) {
    std::cout << fault.count() << " sessions break: " << fault.rule << '\n';
  }

  const auto bought = ff::label(at_end.features, "purchased");
  for (const auto& column : ff::telling_columns(at_end.features, bought)) {
    std::cout << column.name << " alone: AUC " << column.auc << '\n';
  }

  const auto whole = ff::model_b(at_end.features);
  const auto live = ff::model_b_live(log, sessions, features);

  const auto [train, test] = ff::stratified_split(whole.outcome, {.test_share = 0.3, .seed = 7});
  const auto looks_back = recipe.fit(whole.features.rows(train), whole.outcome.rows(train));
  const auto then = live.rows_of(train);
  const auto looks_now = recipe.fit(live.features.rows(then), live.outcome.rows(then));
  std::cout << "model B on whole sessions: AUC " << auc(looks_back, whole, test) << '\n'
            << "the same asked at page views: AUC " << auc(looks_back, live, live.rows_of(test)) << '\n'
            << "the live model asked there: AUC " << auc(looks_now, live, live.rows_of(test)) << '\n';

  try {
    const auto late = ff::numeric{{"pages_viewed", "engagement_score"}} | ff::known_by{ff::stage::browse};
    (late | ff::random_forest{}).fit(at_end.features, bought);
  } catch (const ff::error& refused) {
    std::cout << refused.what() << '\n';
  }

  ff::live_visitors visitors(features, {.most_bytes = 64 << 20});
  double highest = 0;
  for (ff::index i = 0; i < 2'000; ++i) {
    const auto update = visitors.observe(log[i]);
    if (log[i].is("page_view")) highest = std::max(highest, visitors.score(*update.session, looks_now));
  }
  std::cout << "the highest score " << highest << ", " << visitors.size() << " visitors in "
            << visitors.counts().sessions << " sessions\n";
  visitors.expire(log[1'999].time() + 86'400'000'000);
  std::cout << visitors.counts().expired << " forgotten a day later\n";
}
