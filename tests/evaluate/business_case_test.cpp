// SPDX-License-Identifier: MIT
// The ledger of an offer: its arithmetic by hand, its intervals by simulation, and the best cut-off.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/business_case.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

// The best fifth of 6,250 judged sessions by a weak model, and a coupon.
ff::business_case shop() {
  return {
      .judged = 6250,
      .reached = 1250,
      .conversions = 137,
      .offer =
          {.effect = {0.12}, .order_value = {143.53}, .margin = 1, .discount = 0.1, .redeemed = 1, .contact_cost = 0},
      .scaled_to = 6250};
}

}  // namespace

// 137 x 0.12 = 16.44 orders, x 143.53 = 2,359.63; a tenth of 153.44 orders is 2,202.32, which leaves 157.31.
TEST_CASE("a coupon for everybody eats nearly all of what it brings") {
  const auto ledger = ff::work_out(shop());
  CHECK(ledger.scale == 1);
  CHECK(ledger.conversions.value == doctest::Approx(137));
  CHECK(ledger.extra_orders.value == doctest::Approx(16.44).epsilon(1e-12));
  CHECK(ledger.extra_revenue.value == doctest::Approx(2359.6332).epsilon(1e-12));
  CHECK(ledger.gross_profit.value == doctest::Approx(2359.6332).epsilon(1e-12));
  CHECK(ledger.discounts.value == doctest::Approx(2202.32432).epsilon(1e-12));
  CHECK(ledger.contacts.value == 0);
  CHECK(ledger.net_profit.value == doctest::Approx(157.30888).epsilon(1e-9));
}

// 16.44 / 153.44 = 10.714 % of an order value at full margin, half of it at half the margin.
TEST_CASE("the discount and the effect that leave nothing") {
  auto given = shop();
  CHECK(ff::work_out(given).break_even_discount == doctest::Approx(0.1071429).epsilon(1e-6));
  given.offer.margin = 0.5;
  CHECK(ff::work_out(given).break_even_discount == doctest::Approx(0.0535714).epsilon(1e-6));
  // A tenth given on 1 + e orders against half an order value on e: e = 0.1 / 0.4.
  CHECK(ff::work_out(given).break_even_effect == doctest::Approx(0.25).epsilon(1e-12));

  given.offer.contact_cost = 0.5;
  const auto ledger = ff::work_out(given);
  auto at_even = given;
  at_even.offer.discount = ledger.break_even_discount;
  CHECK(ledger.break_even_discount > 0);
  CHECK(ff::work_out(at_even).net_profit.value == doctest::Approx(0).epsilon(1e-9).scale(100));
  at_even = given;
  at_even.offer.effect = {ledger.break_even_effect};
  CHECK(ff::work_out(at_even).net_profit.value == doctest::Approx(0).epsilon(1e-9).scale(100));

  given.offer.contact_cost = 10;
  CHECK(ff::work_out(given).break_even_discount < 0);
  given.offer.redeemed = 0;
  CHECK(std::isnan(ff::work_out(given).break_even_discount));
  given.offer.redeemed = 1;
  given.offer.discount = 0.5;
  CHECK(std::isnan(ff::work_out(given).break_even_effect));
}

// 12 % more than 10.96 %, found with a power of 80 %: 9,318 sessions on each side.
TEST_CASE("how many sessions would prove the effect") {
  CHECK(ff::work_out(shop()).sessions_to_prove == 9318);
  auto none = shop();
  none.offer.effect = {0};
  CHECK(ff::work_out(none).sessions_to_prove == 0);
}

TEST_CASE("amounts scale from the judged sessions, not from others") {
  auto given = shop();
  given.scaled_to = 500'000;
  given.offer.contact_cost = 0.01;
  const auto month = ff::work_out(given);
  CHECK(month.scale == 80);
  CHECK(month.reached == 100'000);
  CHECK(month.extra_revenue.value == doctest::Approx(188'770.656).epsilon(1e-9));
  CHECK(month.contacts.value == doctest::Approx(1000));
  CHECK(month.net_profit.value == doctest::Approx(80 * 157.30888 - 1000).epsilon(1e-9));
}

TEST_CASE("with certain assumptions the interval is that of the counted share") {
  auto given = shop();
  given.draws = 200'000;
  const auto ledger = ff::work_out(given);
  const auto wilson = ff::wilson_interval(137, 1250);
  CHECK(ledger.conversions.range.low == doctest::Approx(wilson.low * 1250).epsilon(5e-3));
  CHECK(ledger.conversions.range.high == doctest::Approx(wilson.high * 1250).epsilon(5e-3));
  CHECK(ledger.extra_orders.range.low == doctest::Approx(0.12 * wilson.low * 1250).epsilon(5e-3));
  CHECK(ledger.contacts.range == ff::interval{0, 0, 0.95});
  CHECK(ledger.chance_of_profit == 1);  // with a certain effect above break-even there is always a profit
}

TEST_CASE("an uncertain effect makes the profit uncertain") {
  auto given = shop();
  given.offer.effect = {0.12, -0.02, 0.26};
  given.draws = 100'000;
  const auto ledger = ff::work_out(given);
  // Break-even at e = 0.1 / 0.9 = 0.1111; the effect is normal around 0.12 with a standard deviation of 0.14 / 1.96: it lies
  // above with probability 0.5495.
  CHECK(ledger.break_even_effect == doctest::Approx(1.0 / 9).epsilon(1e-12));
  CHECK(ledger.chance_of_profit == doctest::Approx(0.5495).epsilon(0.01));
  CHECK(ledger.net_profit.range.low < -1500);
  CHECK(ledger.net_profit.range.high > 1500);
  auto uneven = given;
  uneven.offer.effect = {0.12, 0.12, 0.26};
  CHECK(ff::work_out(uneven).chance_of_profit == 1);
  CHECK(ff::work_out(given) == ff::work_out(given));
  uneven = given;
  uneven.seed = 1;
  CHECK_FALSE(ff::work_out(given) == ff::work_out(uneven));
}

TEST_CASE("an audience that never converts is worth its contacts") {
  auto given = shop();
  given.conversions = 0;
  given.offer.contact_cost = 1;
  const auto ledger = ff::work_out(given);
  CHECK(ledger.net_profit.value == -1250);
  CHECK(ledger.conversions.range.low == 0);
  CHECK(ledger.conversions.range.high > 0);
  CHECK(std::isnan(ledger.break_even_effect));
  CHECK(ledger.sessions_to_prove == 0);
}

// Each conversion keeps 0.5 x 100 - 1.5 x 0.25 x 100 = 12.5, each contact costs 3: exact in binary.
TEST_CASE("the profit along a ranking, and the best place to stop") {
  const ff::offer terms = {
      .effect = {0.5}, .order_value = {100}, .margin = 1, .discount = 0.25, .redeemed = 1, .contact_cost = 3};
  const std::vector<ff::tied_group> ranking = {{0.9, 2, 2}, {0.5, 4, 1}, {0.4, 1, 1}, {0.1, 10, 0}};
  const auto curve = ff::profit_curve(ranking, terms);
  REQUIRE(curve.size() == 4);
  CHECK(curve[0] == ff::profit_point{0.9, 2, 2, 19});
  CHECK(curve[1] == ff::profit_point{0.5, 6, 3, 19.5});
  CHECK(curve[2] == ff::profit_point{0.4, 7, 4, 29});
  CHECK(curve[3] == ff::profit_point{0.1, 17, 4, -1});
  CHECK(ff::best_cut_off(curve) == curve[2]);
  CHECK(code_thrown_by([] { return ff::best_cut_off({}); }) == "bad_value");

  // The ledger of the same audience says the same.
  auto given = shop();
  given = {.judged = 17, .reached = 7, .conversions = 4, .offer = terms, .scaled_to = 17};
  CHECK(ff::work_out(given).net_profit.value == doctest::Approx(29).epsilon(1e-12));
}

TEST_CASE("every input must be stated and make sense") {
  const auto refused = [](const auto& change) {
    auto given = shop();
    change(given);
    return thrown_by([&] { return ff::work_out(given); });
  };
  const double missing = std::numeric_limits<double>::quiet_NaN();
  CHECK(refused([](auto& c) { c.offer.effect = {}; }) == "bad_option: business_case: the effect must be stated");
  CHECK(refused([](auto& c) { c.offer.order_value = {}; }) ==
        "bad_option: business_case: the order value must be stated");
  CHECK(refused([&](auto& c) { c.offer.margin = missing; }) ==
        "bad_option: business_case: the margin must be stated, 0 for none");
  CHECK(refused([&](auto& c) { c.offer.discount = missing; }).find("the discount must be stated") != std::string::npos);
  CHECK(refused([&](auto& c) { c.offer.redeemed = missing; }).find("redeems must be stated") != std::string::npos);
  CHECK(refused([&](auto& c) { c.offer.contact_cost = missing; }).find("contact must be stated") != std::string::npos);
  CHECK(refused([](auto& c) { c.scaled_to = 0; }) ==
        "bad_option: business_case: scaled_to must be stated, at least 1, got 0");
  CHECK(refused([](auto& c) { c.offer.margin = 0; }) == "bad_option: business_case: the margin must be above 0, got 0");
  CHECK(refused([](auto& c) { c.offer.discount = 1.5; }) ==
        "bad_option: business_case: the discount must be in [0, 1], got 1.5");
  CHECK(refused([](auto& c) { c.offer.effect = {-1}; }) ==
        "bad_option: business_case: the effect must be above -1, got -1");
  CHECK(refused([](auto& c) {
          c.offer.effect = {0.1, 0.2, 0.3};
        }).starts_with("bad_option: business_case: the effect must lie"));
  CHECK(refused([](auto& c) { c.offer.effect = {0.1, 0.05}; }).starts_with("bad_option"));
  CHECK(refused([](auto& c) { c.offer.effect = {9}; }) ==
        "bad_value: business_case: an effect of 9 would need more than all 1250 sessions reached to convert");
  CHECK(refused([](auto& c) { c.offer.order_value = {0}; }).starts_with("bad_option"));
  CHECK(refused([](auto& c) { c.judged = 0; }).starts_with("bad_option: business_case: judged"));
  CHECK(refused([](auto& c) { c.reached = 6251; }) ==
        "bad_value: business_case: reached must be in [1, 6250], got 6251");
  CHECK(refused([](auto& c) { c.conversions = 1251; }).starts_with("bad_value: business_case: conversions"));
  CHECK(refused([](auto& c) { c.power = 1; }).starts_with("bad_option: business_case: power"));
  CHECK(refused([](auto& c) { c.draws = 99; }).starts_with("bad_option: business_case: draws"));
  CHECK(code_thrown_by([] { return ff::profit_curve({}, {}); }) == "bad_option");
}
