// SPDX-License-Identifier: MIT
// Two data sets before the cart: what they may hold, what their rows are, and that the third is refused.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/early_models.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/features/known_by.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using made::at;
using rows = std::vector<ff::index>;

/// A buyer with two views before the cart and one after it; somebody who looks twice; one who buys before anything else.
ff::event_log three_visitors() {
  std::vector<ff::event> events{at(0, "page_view"), at(5, "page_view"), at(9, "add_to_cart"), at(12, "page_view"),
                                at(20, "purchase", {{"value", 50}})};
  for (auto each : {at(0, "page_view"), at(30, "page_view")}) {
    each.visitor = "w";
    events.push_back(each);
  }
  for (auto each : {at(0, "purchase", {{"value", 9}}), at(1, "page_view")}) {
    each.visitor = "x";
    events.push_back(each);
  }
  return made::log_of(events);
}

template <class X>
concept can_be_fitted_on = requires(const ff::known_by& step, const X& x) { step.fit(x); };

}  // namespace

TEST_CASE("model B: whole sessions, nothing of the cart and later") {
  const auto log = three_visitors();
  const auto all = ff::features_of(log, ff::sessionize(log), ff::studied_features());
  const auto b = ff::model_b(all.features);
  for (const auto* late : {"add_to_cart", "reached_checkout", "checkout_step_reached", "checkout_progress_ratio",
                           "engagement_score", "purchased", "revenue"}) {
    CHECK(all.features.has(late));
    CHECK_FALSE(b.features.has(late));
  }
  CHECK(b.features.cols() == all.features.cols() - 7);
  CHECK(b.session == rows{0, 1, 2});
  CHECK(b.outcome == ff::labels(std::vector<int>{1, 0, 1}, "purchased"));
  CHECK(b.features["pages_viewed"].numbers()[0] == 3);  // what it leaks: the page after the cart is in it
  CHECK(ff::known_by{ff::stage::browse}.fit(b.features).until() == ff::stage::browse);
}

TEST_CASE("the live model: moments before the cart, outcome of the whole session") {
  const auto log = three_visitors();
  const auto sessions = ff::sessionize(log);
  const auto live = ff::model_b_live(log, sessions, ff::studied_features());
  CHECK(live.session == rows{0, 0, 1, 1});  // the third view of the first has a cart; the third visitor has bought
  CHECK(live.outcome == ff::labels(std::vector<int>{1, 1, 0, 0}, "purchased"));
  const auto pages = live.features["pages_viewed"].numbers();
  CHECK(std::vector<double>(pages.begin(), pages.end()) == std::vector<double>{1, 2, 1, 2});
  CHECK(live.features["session_duration_sec"].numbers()[1] == 5);
  CHECK(live.group().numbers()[3] == 1);
  CHECK(live.rows_of({1}) == rows{2, 3});
  CHECK(live.rows_of({2, 1, 0}) == rows{0, 1, 2, 3});
  CHECK(live.rows_of({2}).empty());
  CHECK_FALSE(live.features.has("engagement_score"));

  const auto after_ten = ff::model_b_live(log, sessions, ff::studied_features(),
                                          {.when = ff::as_of::seconds(10), .not_yet = {"purchased"}});
  CHECK(after_ten.session == rows{0, 1});
  CHECK(thrown_by([&] {
          return ff::model_b_live(log, sessions, ff::studied_features(), {.when = ff::as_of::event(100)});
        }) == "wrong_shape: model_b_live: no row is left of 0");
  CHECK(code_thrown_by([&] {
          return ff::model_b_live(log, sessions, ff::studied_features(), {.not_yet = {"basket"}});
        }) == "unknown_name");
}

TEST_CASE("sessions cut just before the first cart: to look at, not to fit on") {
  const auto log = three_visitors();
  const auto shown = ff::before_first("add_to_cart", log, ff::sessionize(log), ff::studied_features());
  CHECK(shown.session() == rows{0});
  CHECK(shown.for_description()["pages_viewed"].numbers()[0] == 2);
  CHECK(shown.for_description()["session_duration_sec"].numbers()[0] == 5);
  static_assert(can_be_fitted_on<ff::table>);
  static_assert(!can_be_fitted_on<ff::described_rows>);
  const auto refused = thrown_by([&] { return ff::known_by{ff::stage::browse}.fit(shown.for_description()); });
  CHECK(refused.find("bad_value: known_by: only what is known at browse may pass, got 'pages_viewed' (outcome)") == 0);
  CHECK(ff::before_first("page_view", log, ff::sessionize(log), ff::studied_features()).session() == rows{2});
}

TEST_CASE("a column that nobody dated is refused") {
  const ff::table undated(
      {ff::column::numeric("x", {1, 2}), ff::column::numeric("purchased", {0, 1}, ff::stage::outcome)});
  CHECK(thrown_by([&] { return ff::model_b(undated); }) == "bad_value: columns_until: column 'x' has no stage");
}
