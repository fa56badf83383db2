// SPDX-License-Identifier: MIT
// Results come out as JSON and as tables with the figures they hold.
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/results.hpp>

namespace {

namespace ff = footfall;

std::vector<std::string> row_of(const ff::printed_table& table, std::size_t row) {
  std::vector<std::string> texts;
  for (const auto& cell : table.rows()[row]) texts.push_back(cell.text);
  return texts;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a rate carries its counts and its interval") {
  CHECK(ff::as_json(ff::rate_of(1, 4)).text() ==
        ff::text("{\n  \"hits\": 1,\n  \"trials\": 4,\n  \"value\": 0.25,\n  \"interval\": {\n    \"low\": ",
                 ff::wilson_interval(1, 4).low, ",\n    \"high\": ", ff::wilson_interval(1, 4).high,
                 ",\n    \"confidence\": 0.95\n  }\n}"));
  CHECK(ff::as_json(ff::rate_of(0, 0)).text().find("\"value\": null") != std::string::npos);
}

TEST_CASE("tests, importances and claims") {
  CHECK(ff::as_json(ff::test_result{"t", 1.5, 2, 0.25, "e", -0.5}).text() ==
        "{\n  \"test\": \"t\",\n  \"statistic\": 1.5,\n  \"degrees_of_freedom\": 2,\n  \"p_value\": 0.25,\n"
        "  \"effect_name\": \"e\",\n  \"effect\": -0.5\n}");
  CHECK(ff::as_json(ff::test_result{"F", 1.5, 2, 0.25, "e", -0.5, 7.5})
            .text()
            .find("\"degrees_of_freedom\": 2,\n  \"denominator_degrees_of_freedom\": 7.5,\n") != std::string::npos);
  CHECK(ff::json::list(std::vector<ff::importance>{{"Month=Nov", "Month", 0.5}}).text() ==
        "[\n  {\n    \"name\": \"Month=Nov\",\n    \"source\": \"Month\",\n    \"share\": 0.5\n  }\n]");
  const auto claim = ff::as_json(ff::audit({"lift", 3.27, 2}, std::nan(""), {0, 1}));
  CHECK(claim.text().find("\"reproduced\": null") != std::string::npos);
  CHECK(claim.text().find("\"verdict\": \"not_derivable\"") != std::string::npos);
}

TEST_CASE("a business case comes out line by line, its amounts with their intervals") {
  ff::business_ledger ledger;
  ledger.scale = 2;
  ledger.reached = 100;
  ledger.net_profit = {-5, {-7, 1, 0.95}};
  ledger.chance_of_profit = 0.125;
  ledger.break_even_discount = std::nan("");
  ledger.sessions_to_prove = 4000;
  const std::string text = ff::as_json(ledger).text();
  const auto holds = [&](const std::string& part) { return text.find(part) != std::string::npos; };
  CHECK(text.starts_with("{\n  \"scale\": 2,\n  \"reached\": 100,\n  \"conversions\": {\n    \"value\": 0,"));
  CHECK(holds("\"net_profit\": {\n    \"value\": -5,\n    \"interval\": {\n      \"low\": -7,\n      \"high\": 1,"));
  CHECK(holds("\"chance_of_profit\": 0.125,\n  \"break_even_discount\": null,"));
  CHECK(text.ends_with("\"sessions_to_prove\": 4000\n}"));
  for (const char* line :
       {"extra_orders", "extra_revenue", "gross_profit", "discounts", "contacts", "break_even_effect"}) {
    CHECK(holds(ff::text("\n  \"", line, "\": ")));
  }
}

TEST_CASE("a lift table prints a row for each part") {
  const ff::labels y(std::vector<int>{1, 1, 0, 0, 0, 1, 0, 0});
  const std::vector<double> score = {.9, .8, .7, .6, .5, .4, .3, .2};
  const auto parts = ff::decile_table(score, y, {.parts = 4});
  const auto table = ff::lift_table("Lift", parts, "Buyers");
  REQUIRE(table.rows().size() == 4);
  CHECK(table.columns()[2].heading == "Buyers");
  CHECK(row_of(table, 0) == texts{"1", "2", "2", "100.00 %", "34.24 to 100.00 %", "2.67", "2.67", "66.7 %"});
  CHECK(row_of(table, 1) == texts{"2", "2", "0", "0.00 %", "0.00 to 65.76 %", "0.00", "1.33", "66.7 %"});
  CHECK(table.rows()[0][5].bar == 1);
  CHECK(table.rows()[2][5].bar == 0.5);
  CHECK(ff::as_json(parts[0]).text().find("\"capture\": 0.6666666666666666") != std::string::npos);

  // Ties across a cut: half a buyer on either side.
  const auto tied = ff::lift_table(
      "Lift", ff::decile_table(std::vector<double>{.5, .5}, ff::labels(std::vector<int>{1, 0}), {.parts = 2}),
      "Buyers");
  CHECK(tied.rows()[0][2].text == "0.5");
}

TEST_CASE("the largest importances are listed") {
  const std::vector<ff::importance> shares = {{"a", "a", 0.5}, {"b", "b", 0.25}, {"c", "c", 0.25}};
  const auto table = ff::importance_table("Importances", shares, 2);
  REQUIRE(table.rows().size() == 2);
  CHECK(row_of(table, 1) == texts{"b", "25.0 %"});
  CHECK(table.rows()[1][1].bar == 0.5);
  CHECK(ff::importance_table("none", std::vector<ff::importance>{}, 5).rows().empty());
  CHECK(ff::importance_table("no split", std::vector<ff::importance>{{"a", "a", 0}}, 5).rows()[0][1].bar == 0);
}

TEST_CASE("claims are listed in the published digits, each with its verdict in words") {
  const std::vector<ff::audited_claim> claims = {
      ff::audit({"lift", 3.27, 2}, 3.2651, {3.2, 3.3}), ff::audit({"lift", 3.27, 2}, 3.25, {3.2, 3.3}),
      ff::audit({"lift", 3.27, 2}, 4.0, {3.9, 4.1}),    ff::audit({"lift", 3.27, 2}, {3, 4}),
      ff::audit({"lift", 3.27, 2}, std::nan(""), {}),   ff::audit({"sessions", 25'000, 0}, 25'000, {25'000, 25'000})};
  const auto table = ff::claim_table("Claims", claims);
  const auto without_reason = [&](std::size_t row) {
    auto cells = row_of(table, row);
    cells.pop_back();
    return cells;
  };
  CHECK(without_reason(0) == texts{"lift", "3.27", "3.27", "3.20 to 3.30", "reproduced"});
  CHECK(without_reason(1) == texts{"lift", "3.27", "3.25", "3.20 to 3.30", "within noise"});
  CHECK(without_reason(2) == texts{"lift", "3.27", "4.00", "3.90 to 4.10", "contradicted"});
  CHECK(without_reason(3) == texts{"lift", "3.27", "–", "3.00 to 4.00", "bounded"});
  CHECK(without_reason(4) == texts{"lift", "3.27", "–", "–", "not derivable"});
  CHECK(without_reason(5) == texts{"sessions", "25,000", "25,000", "exact", "reproduced"});
  const std::vector<ff::audited_claim> narrow = {ff::audit({"minutes", 2, 0}, 2.02, {2.01, 2.04}),
                                                 ff::audit({"share", 1, 2}, 1, {0.99999999, 1})};
  CHECK(row_of(ff::claim_table("Narrow", narrow), 0)[3] == "2.01 to 2.04");
  CHECK(row_of(ff::claim_table("Narrow", narrow), 1)[3] == "1.00000 to 1.00000");  // three more, and then no further
  CHECK(row_of(table, 0).back() == "computed 3.2651 rounds to the published 3.27");
  CHECK(row_of(table, 4).back() == "the data cannot say");
  CHECK(table.rows()[2][4].tone == ff::tone::bad);
  CHECK(table.rows()[4][4].tone == ff::tone::caution);
}
