// SPDX-License-Identifier: MIT
// Each fold on a session that can be checked by eye, what events without parameters do, and declarations that are none.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/events/session_features.hpp>
#include <footfall/store/archive.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::fold;
using made::at;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct folded {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  ff::fold_counts counts;
  ff::visitor_history visitor;
};

folded run(const ff::session_features& features, const std::vector<ff::event>& events,
           ff::visitor_history visitor = {}) {
  folded result{std::vector<double>(features.size()), {}, {}, std::move(visitor)};
  ff::session_state state;
  for (const auto& each : events) features.observe(state, result.visitor, result.counts, each);
  features.values(state, result.numbers);
  for (std::size_t i = 0; i < features.size(); ++i) result.texts.emplace_back(features.text_of(i, state));
  return result;
}

/// What one fold gives.
double of(const fold& what, const std::vector<ff::event>& events) {
  return run(ff::session_features({{"x", what, ff::stage::outcome}}), events).numbers[0];
}
std::string text_of(const fold& what, const std::vector<ff::event>& events) {
  return run(ff::session_features({{"x", what, ff::stage::outcome}}), events).texts[0];
}

const std::vector<ff::event> visit{
    at(0, "page_view", {{"value", 3}}, {{"source", "mail"}}),
    at(2, "scroll", {{"percent_scrolled", 25}, {"engagement_time_msec", 1500}}),
    at(5.25, "view_item", {{"value", -1.5}}, {{"source", "ads"}}),
    at(9, "scroll", {{"percent_scrolled", 90}, {"engagement_time_msec", 2500}}),
    at(9, "page_view", {{"value", 2}}, {{"source", ""}}),
};

std::string refused(std::vector<ff::session_feature> list) {
  return thrown_by([&] { return ff::session_features(list).size(); });
}

}  // namespace

TEST_CASE("counting and adding") {
  CHECK(of(fold::count("page_view"), visit) == 2);
  CHECK(of(fold::count({}), visit) == 5);
  CHECK(of(fold::count({"scroll", "view_item", "scroll"}), visit) == 3);  // a name listed twice counts once
  CHECK(of(fold::any("view_item"), visit) == 1);
  CHECK(of(fold::any("purchase"), visit) == 0);
  CHECK(of(fold::sum({}, "value"), visit) == 3.5);
  CHECK(of(fold::sum("page_view", "value", 10), visit) == 50);
  CHECK(of(fold::sum("purchase", "value"), visit) == 0);
  CHECK(of(fold::largest("scroll", "percent_scrolled"), visit) == 90);
  CHECK(of(fold::largest("view_item", "value", 0), visit) == -1.5);  // what there is, not what stands for nothing
  CHECK(of(fold::largest("purchase", "value", 0), visit) == 0);
  CHECK(std::isnan(of(fold::largest("purchase", "value"), visit)));
}

TEST_CASE("first, last and different ones") {
  CHECK(of(fold::first({}, "value"), visit) == 3);
  CHECK(of(fold::last({}, "value"), visit) == 2);
  CHECK(std::isnan(of(fold::first("scroll", "value"), visit)));
  CHECK(text_of(fold::first_text({}, "source"), visit) == "mail");
  CHECK(text_of(fold::last_text({}, "source"), visit) == "ads");  // an empty text is none
  CHECK(text_of(fold::last_text("scroll", "source"), visit) == "");
  CHECK(std::isnan(of(fold::first_text({}, "source"), visit)));
  CHECK(of(fold::distinct({}, "source"), visit) == 2);
  CHECK(of(fold::distinct({}, "source", 1), visit) == 1);
}

TEST_CASE("time") {
  CHECK(of(fold::duration(), visit) == 9);
  CHECK(of(fold::duration(), {visit[0]}) == 0);
  CHECK(of(fold::engaged_time(), visit) == 4);
  CHECK(of(fold::seconds_since("view_item"), visit) == 3.75);
  CHECK(of(fold::seconds_since("page_view"), visit) == 0);
  CHECK(std::isnan(of(fold::seconds_since("purchase"), visit)));
  CHECK(of(fold::hour(), visit) == 12);
  CHECK(of(fold::hour(-750), visit) == 23);
  CHECK(of(fold::weekday(), visit) == 4);
  CHECK(of(fold::weekday(-750), visit) == 3);
  CHECK(text_of(fold::weekday_name(), visit) == "Fri");
  CHECK(text_of(fold::weekday_name(720), visit) == "Sat");
  auto long_ago = visit[0];
  long_ago.time = -1;  // 1969-12-31T23:59:59.999999Z, a Wednesday
  CHECK(of(fold::hour(), {long_ago}) == 23);
  CHECK(text_of(fold::weekday_name(), {long_ago}) == "Wed");
}

TEST_CASE("an engaged session: longer than ten seconds, or a key event, or two views; any of them is enough") {
  const auto engaged = fold::engaged({"purchase"});
  CHECK(of(engaged, {at(0, "page_view")}) == 0);
  CHECK(of(engaged, {at(0, "page_view"), at(10, "scroll")}) == 0);  // exactly ten is not longer
  CHECK(of(engaged, {at(0, "page_view"), at(10.000001, "scroll")}) == 1);
  CHECK(of(engaged, {at(0, "purchase")}) == 1);
  CHECK(of(engaged, {at(0, "page_view"), at(0, "page_view")}) == 1);
  CHECK(of(engaged, {at(0, "page_view"), at(0, "screen_view")}) == 1);
  CHECK(of(engaged, {at(0, "page_view"), at(0, "view_item")}) == 0);
  CHECK(of(fold::engaged({}, "screen_view", 60), visit) == 0);
}

TEST_CASE("the furthest step, with steps left out and without") {
  const ff::event_names steps{"begin_checkout", "add_shipping_info", "add_payment_info"};
  CHECK(of(fold::furthest(steps), visit) == 0);
  CHECK(of(fold::furthest(steps), {at(0, "begin_checkout"), at(1, "add_payment_info"), at(2, "begin_checkout")}) == 3);
  CHECK(of(fold::furthest(steps, true), {at(0, "begin_checkout"), at(1, "add_payment_info")}) == 1);
  CHECK(of(fold::furthest(steps, true), {at(0, "add_shipping_info")}) == 0);
  CHECK(of(fold::furthest(steps, true),
           {at(0, "begin_checkout"), at(1, "add_shipping_info"), at(1, "add_payment_info")}) == 3);
}

TEST_CASE("the visitor's sessions before") {
  const ff::session_features features({{"before", fold::sessions_before(), ff::stage::context},
                                       {"days", fold::days_since_last(), ff::stage::context},
                                       {"bought", fold::events_before("purchase"), ff::stage::context}});
  const auto first = run(features, {at(0, "page_view"), at(43'200, "purchase")});
  CHECK(first.numbers[0] == 0);
  CHECK(std::isnan(first.numbers[1]));
  CHECK(first.numbers[2] == 0);  // its own purchase is not before it
  const auto second = run(features, {at(172'800, "purchase"), at(172'801, "purchase")}, first.visitor);
  CHECK(second.numbers == std::vector<double>{1, 1.5, 1});
  CHECK(run(features, {at(259'200, "page_view")}, second.visitor).numbers[2] == 3);
}

TEST_CASE("formulas on features before them") {
  const ff::session_features features(
      {{"pages", fold::count("page_view"), ff::stage::browse},
       {"seconds", fold::duration(), ff::stage::browse},
       {"bought", fold::count("purchase"), ff::stage::outcome},
       {"top", fold::largest("purchase", "value"), ff::stage::outcome},
       {"score", fold::weighted_sum({{.column = "seconds", .weight = 2, .per = 4, .most = 6}, {.column = "pages"}}),
        ff::stage::browse},
       {"pace", fold::ratio("seconds", "pages"), ff::stage::browse},
       {"per purchase", fold::ratio("seconds", "bought"), ff::stage::outcome},
       {"per purchase, 0", fold::ratio("seconds", "bought", 0), ff::stage::outcome},
       {"unknown", fold::weighted_sum({{.column = "top"}}), ff::stage::outcome}});
  const auto numbers = run(features, visit).numbers;
  CHECK(numbers[4] == 2 * 6 / 4.0 + 2);
  CHECK(numbers[5] == 4.5);
  CHECK(std::isnan(numbers[6]));
  CHECK(numbers[7] == 0);
  CHECK(std::isnan(numbers[8]));
}

TEST_CASE("the page and the revenue of the event itself") {
  auto event = at(0, "purchase", {{"revenue", 1}}, {{"page", "other"}});
  event.page = "/cart";
  event.revenue = 20;
  CHECK(text_of(fold::last_text({}, "page"), {event}) == "/cart");
  CHECK(of(fold::sum("purchase", "revenue"), {event}) == 20);
}

TEST_CASE("what could not be used is counted") {
  const ff::session_features features({{"value", fold::sum("page_view", "value"), ff::stage::browse},
                                       {"source", fold::first_text("page_view", "source"), ff::stage::context},
                                       {"top", fold::largest("page_view", "revenue"), ff::stage::outcome},
                                       {"pages", fold::distinct("page_view", "page", 1), ff::stage::browse}});
  auto one = at(5, "page_view", {{"value", 1}}, {{"source", "s"}});
  one.page = "/1";
  one.revenue = 1;
  auto two =
      at(3, "page_view", {}, {{"value", "text"}, {"source", "t"}});  // no number, no revenue; earlier; a page too many
  two.page = "/2";
  const auto result = run(features, {one, two, at(6, "unheard_of")});
  CHECK(result.counts ==
        ff::fold_counts{.events = 3, .unnamed = 1, .without_parameter = 2, .backwards = 1, .beyond_most = 1});
  CHECK(result.numbers[0] == 1);
  CHECK(result.texts[1] == "s");
  const ff::session_features texts({{"source", fold::last_text("page_view", "source"), ff::stage::context},
                                    {"pages", fold::distinct("page_view", "page"), ff::stage::browse}});
  CHECK(run(texts, {at(0, "page_view")}).counts == ff::fold_counts{.events = 1, .without_parameter = 2});
  auto endless = at(0, "page_view", {{"value", std::numeric_limits<double>::infinity()}});  // no log lets it in
  CHECK(of(fold::sum("page_view", "value"), {endless}) == 0);
}

TEST_CASE("times as far as an event may have them") {
  auto early = at(0, "page_view"), late = at(0, "page_view");
  early.time = -(std::int64_t{1} << 61);
  late.time = std::int64_t{1} << 61;
  CHECK(of(fold::duration(), {early, late}) == std::ldexp(1.0, 62) / 1e6);
  CHECK(of(fold::seconds_since("page_view"), {late, early}) == 0);
  const double hour = of(fold::hour(1440), {early});
  CHECK((hour >= 0 && hour <= 23));
}

TEST_CASE("declarations that are none are refused, by name") {
  using ff::stage;
  CHECK(refused({}) == "bad_option: session_features: there must be at least one feature, got 0");
  CHECK(refused({{"", fold::duration(), stage::browse}}) == "bad_option: session_features: feature 0 has no name");
  CHECK(refused({{"a", fold::duration(), stage::browse}, {"a", fold::duration(), stage::browse}}) ==
        "bad_option: session_features: feature 'a' is there twice");
  CHECK(refused({{"a", fold::duration(), stage::unknown}}) ==
        "bad_option: session_features: feature 'a' needs a stage");
  CHECK(refused({{"a", fold::sum({}, ""), stage::browse}}) ==
        "bad_option: session_features: feature 'a' needs a parameter");
  CHECK(refused({{"a", fold::count(""), stage::browse}}) ==
        "bad_option: session_features: feature 'a' names an event or feature that has no name");
  CHECK(refused({{"a", fold::sum({}, "v", missing), stage::browse}}) ==
        "bad_option: session_features: feature 'a' needs a finite unit, got nan");
  CHECK_FALSE(refused({{"a", fold::largest({}, "v", INFINITY), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::distinct({}, "v", 0), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::engaged({}, {}, -1), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::engaged({}, {}, missing), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::furthest({}), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::hour(1441), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", fold::weighted_sum({}), stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", {ff::fold_type::hour, {}, {}, {}}, stage::browse}}).empty());
  CHECK_FALSE(refused({{"a", {ff::fold_type::engaged, {}, {}, {10, 1}}, stage::browse}}).empty());
  const ff::session_feature pages{"pages", fold::count("page_view"), stage::browse};
  CHECK_FALSE(refused({pages, {"a", fold::weighted_sum({{.column = "pages", .per = 0}}), stage::browse}}).empty());
  CHECK_FALSE(
      refused({pages, {"a", fold::weighted_sum({{.column = "pages", .weight = missing}}), stage::browse}}).empty());
  CHECK(refused({{"a", fold::ratio("pages", "pages"), stage::browse}, pages}) ==
        "bad_option: session_features: feature 'a' is made of 'pages', which does not stand before it");
  CHECK(refused({{"day", fold::weekday_name(), stage::context}, {"a", fold::ratio("day", "day"), stage::browse}}) ==
        "bad_option: session_features: feature 'a' is made of 'day', which is a category");
}

TEST_CASE("a formula cannot claim to be known before what it is made of") {
  CHECK(refused({{"cart", fold::any("add_to_cart"), ff::stage::cart},
                 {"score", fold::weighted_sum({{.column = "cart"}}), ff::stage::browse}}) ==
        "bad_option: session_features: feature 'score' claims to be known at browse, and 'cart' is not before cart");
}

TEST_CASE("a declaration is a value: equal, fingerprinted, kept in a file, checked when it comes back") {
  const ff::session_features features(
      {{"pages", fold::count("page_view"), ff::stage::browse},
       {"score", fold::weighted_sum({{.column = "pages", .weight = 2}}), ff::stage::browse}});
  const auto bytes = ff::store::to_bytes(features, {});
  const auto loaded = ff::store::from_bytes<ff::session_features>(bytes);
  CHECK(loaded == features);
  CHECK(ff::digest_of(loaded) == ff::digest_of(features));
  CHECK(run(loaded, visit).numbers == run(features, visit).numbers);
  const auto more =
      features.with({{"pages", fold::count({}), ff::stage::browse}, {"s", fold::duration(), ff::stage::browse}});
  CHECK_FALSE(more == features);
  CHECK(more.size() == 3);
  CHECK(run(more, visit).numbers == std::vector<double>{5, 10, 9});
  CHECK(more.position("s") == 2);
  CHECK(code_thrown_by([&] { return more.position("t"); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::session_features::from_parts({}); }) == "bad_parts");
}

TEST_CASE("names are told apart however many there are") {
  std::vector<ff::session_feature> list;
  for (int i = 0; i < 200; ++i)
    list.push_back({ff::text("n", i), fold::count(ff::text("event ", i)), ff::stage::browse});
  const ff::session_features features(list);
  const auto numbers = run(features, {at(0, "event 7"), at(0, "event 7"), at(0, "event 199"), at(0, "event")}).numbers;
  for (std::size_t i = 0; i < numbers.size(); ++i) CHECK(numbers[i] == (i == 7 ? 2 : i == 199 ? 1 : 0));
  CHECK(features.number_of_name("event") == 0);
  CHECK(features.number_of_name("event 3") != features.number_of_name("event 4"));
}
