// SPDX-License-Identifier: MIT
// A published business case does not follow from its own inputs: it was scaled from sessions that it did not judge.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/published_business_case.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::printed;
using ff::verdict;

ff::published_business_case published_case() {
  return {.judged = 6250,
          .named = 25'000,
          .conversions = 137,
          .effect = 0.12,
          .order_value = printed("143.53"),
          .extra_orders = printed("16"),
          .extra_revenue = {2300, -2},
          .scaled_to = 500'000,
          .scaled_revenue = {46'000, -3}};
}

}  // namespace

// 137 x 0.12 = 16.44 orders; 16 x 143.53 = 2,296 and 16.44 x 143.53 = 2,360 dollars; x 500,000 / 6,250 = 80 gives 183,718 to
// 188,771 a month. 46,000 is 2,300 x 20, and 20 is 500,000 / 25,000.
TEST_CASE("the 46,000 dollars are a quarter of what the inputs give") {
  const auto claims = ff::audit(published_case());
  REQUIRE(claims.size() == 3);
  CHECK(claims[0].verdict == verdict::reproduced);
  CHECK(claims[0].computed == doctest::Approx(16.44));
  CHECK(claims[1].verdict == verdict::bounded);
  CHECK(claims[1].range.low == doctest::Approx(2296.48).epsilon(1e-4));
  CHECK(claims[1].range.high == doctest::Approx(2359.63).epsilon(1e-4));
  CHECK(claims[2].verdict == verdict::contradicted);
  CHECK(claims[2].range.low == doctest::Approx(183'718).epsilon(1e-4));
  CHECK(claims[2].range.high == doctest::Approx(188'771).epsilon(1e-4));
  CHECK(
      claims[2].reason.ends_with("it fits a factor of 500000 / 25000 = 20, but the orders are those of 6250 sessions, "
                                 "a factor of 80"));
}

TEST_CASE("the right factor is bounded, another wrong one is not explained") {
  auto right = published_case();
  right.scaled_revenue = {184'000, -3};
  CHECK(ff::audit(right)[2].verdict == verdict::bounded);
  auto odd = published_case();
  odd.scaled_revenue = {60'000, -3};
  CHECK(ff::audit(odd)[2].verdict == verdict::contradicted);
  CHECK(ff::audit(odd)[2].reason.find("factor") == std::string::npos);
}

TEST_CASE("what was not published is not audited") {
  auto less = published_case();
  less.scaled_to = 0;
  CHECK(ff::audit(less).size() == 2);
  less.order_value = {};
  CHECK(ff::audit(less).size() == 1);
  less.extra_orders = {};
  CHECK(ff::audit(less).empty());
}

TEST_CASE("inputs that make no sense are refused") {
  const auto refused = [](const auto& change) {
    auto given = published_case();
    change(given);
    return thrown_by([&] { return ff::audit(given); });
  };
  CHECK(refused([](auto& c) { c.judged = 0; }) == "bad_option: audit: judged sessions must be at least 1, got 0");
  CHECK(refused([](auto& c) { c.conversions = 6251; }) ==
        "bad_option: audit: conversions must be in [0, 6250], got 6251");
  CHECK(refused([](auto& c) { c.effect = ff::figure{}.value; }) == "bad_option: audit: the effect must be stated");
  CHECK(refused([](auto& c) { c.named = -1; }) == "bad_option: audit: sessions must be at least 0, got -1");
}
