// SPDX-License-Identifier: MIT
// Visits agree with hour, weekday and duration, and who returns has been there before.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_store.hpp>
#include <footfall/synthetic/fashion_visits.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t monday = 20'332;

}  // namespace

TEST_CASE("times agree with the columns, and visitors return only where they may") {
  const auto draws = ff::fashion_store{.sessions = 8'000, .seed = 5}.draw();
  const auto visits = ff::draw_visits(draws, ff::fashion_streams(5), monday, 4);
  std::map<std::uint32_t, std::vector<std::size_t>> of_visitor;
  std::set<std::int64_t> weeks;
  for (std::size_t row = 0; row < draws.rows(); ++row) {
    const std::int64_t since = visits.start[row] - monday * 24 * hour;
    weeks.insert(since / (7 * 24 * hour));
    REQUIRE(since / (24 * hour) % 7 == draws.weekday[row]);
    REQUIRE(since / hour % 24 == static_cast<std::int64_t>(draws.hour[row]));
    REQUIRE(visits.length[row] == std::llround(draws.duration[row] * 1e6));
    REQUIRE((visits.start[row] + visits.length[row]) / (24 * hour) == visits.start[row] / (24 * hour));
    of_visitor[visits.visitor[row]].push_back(row);
  }
  CHECK(weeks == std::set<std::int64_t>{0, 1, 2, 3});
  std::size_t most = 0;
  for (auto& [visitor, rows] : of_visitor) {
    std::sort(rows.begin(), rows.end(), [&](auto a, auto b) { return visits.start[a] < visits.start[b]; });
    most = std::max(most, rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      REQUIRE((draws.returning[rows[i]] > 0) == (i > 0));
      if (i > 0) REQUIRE(visits.start[rows[i]] >= visits.start[rows[i - 1]] + visits.length[rows[i - 1]] + hour);
    }
  }
  CHECK(most > 2);
  CHECK(of_visitor.rbegin()->first + 1 == of_visitor.size());
}

TEST_CASE("a returning visitor whom nobody can be is new") {
  auto draws = ff::draw_behaviour({0, 0}, ff::fashion_streams(1));
  draws.returning = {1, 1};
  draws.weekday = {0, 0};
  draws.hour = {5, 5};  // the same hour of the only week in which they can return
  const auto visits = ff::draw_visits(draws, ff::fashion_streams(1), monday, 2);
  CHECK(std::set<std::uint32_t>(visits.visitor.begin(), visits.visitor.end()) == std::set<std::uint32_t>{0, 1});
}

TEST_CASE("options out of range are refused") {
  const auto draws = ff::fashion_store{.sessions = 3}.draw();
  const ff::fashion_streams streams(1);
  CHECK(thrown_by([&] { return ff::draw_visits(draws, streams, monday, 1); }) ==
        "bad_option: draw_visits: weeks must be in [2, 500], got 1");
  CHECK(thrown_by([&] { return ff::draw_visits(draws, streams, monday + 1, 4); }) ==
        "bad_option: draw_visits: first_monday must be a Monday in days since 1970, within 100000 of it, got 20333");
}
