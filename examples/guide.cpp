// SPDX-License-Identifier: MIT
// The code of docs/guide.md, in its order: a small CSV, a forest judged honestly, and segments.
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

void read_and_label() {
  const auto sessions = ff::parse_csv(
      "visitor,pages,seconds,device,bought\n"
      "101,3,80.5,mobile,no\n"
      "102,9,,desktop,yes\n"
      "103,1,4,mobile,no\n",
      {.categorical = {"visitor"}});
  const auto bought = ff::label(sessions, "bought", "yes");

  std::cout << sessions.rows() << " sessions, " << bought.positives() << " bought, " << sessions["seconds"].missing()
            << " without a duration\n";
}

void judge_a_forest(const ff::table& sessions) {
  const auto bought = ff::label(sessions, "purchased");
  const auto recipe = ff::columns(ff::numeric{{"pages_viewed", "product_views", "add_to_cart"}},
                                  ff::one_hot{.columns = {"device"}, .unseen = ff::unseen_level::all_zero}) |
                      ff::random_forest{.trees = 200, .min_leaf = 20, .seed = 1};

  const auto folds = ff::stratified_folds(bought, {.folds = 5, .seed = 1});
  const auto scores = ff::cross_validate(recipe, sessions, bought, folds);
  std::cout << "cross-validated AUC " << ff::roc_auc(scores, bought).value << '\n';

  const auto model = recipe.fit(sessions, bought);
  std::cout << "out-of-bag AUC      " << ff::roc_auc(model.last().out_of_bag(), bought).value << '\n';

  for (const auto& part : ff::decile_table(scores, bought, {.parts = 5})) {
    std::cout << "fifth " << part.number << ": lift " << part.lift << " (" << part.lift_interval.low << " to "
              << part.lift_interval.high << "), captures " << part.cumulative_capture << " so far\n";
  }
  for (const auto& column : ff::by_source(model.last().importances())) {
    std::cout << column.source << ' ' << column.share << '\n';
  }
}

void find_segments(const ff::table& sessions) {
  const auto behaviour =
      ff::numeric{{"pages_viewed", "product_views", "scroll_depth_pct", "used_search"}} | ff::standard_scaler{};
  const auto x = behaviour.fit(sessions).transform(sessions);

  for (const int k : {2, 3, 4, 5}) {
    const auto fitted = ff::kmeans{.clusters = k, .seed = 1}.fit(x);
    std::cout << k << " segments: silhouette " << ff::silhouette(x, fitted.assign(x)).mean << '\n';
  }
}

void watch_and_cancel(const ff::table& sessions) {
  const auto bought = ff::label(sessions, "purchased");
  const auto x = ff::numeric{{"pages_viewed", "product_views"}}.fit(sessions).transform(sessions);

  const ff::progress until_half = [](std::string_view, ff::index done, ff::index total) { return 2 * done < total; };
  try {
    ff::random_forest{.trees = 100}.fit(x, bought, {}, {.threads = 2, .progress = until_half});
  } catch (const ff::error& failure) {
    std::cout << failure.what() << '\n';
  }
}

void compare_rates() {
  const auto google = ff::rate_of(30'435, 150'000);
  const auto ads = ff::rate_of(9'960, 50'000);
  const auto test = ff::two_proportions(google, ads);

  std::cout << "Google " << google.value << " [" << google.wilson.low << ", " << google.wilson.high << "], Ads "
            << ads.value << " [" << ads.wilson.low << ", " << ads.wilson.high << "], p = " << test.p_value << '\n';
}

}  // namespace

int main() {
  const auto sessions = ff::fashion_store{.sessions = 5'000, .seed = 7}.generate();
  read_and_label();
  judge_a_forest(sessions);
  find_segments(sessions);
  watch_and_cancel(sessions);
  compare_rates();
}
