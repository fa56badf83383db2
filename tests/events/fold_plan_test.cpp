// SPDX-License-Identifier: MIT
// The layout of folds: shared names, every event's steps, and cells that do not overlap.
#include <cstdint>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/fold_plan.hpp>

namespace ff = footfall;
using ff::fold;

TEST_CASE("a name has its own steps and those of every event, in the order of the folds") {
  const ff::detail::fold_plan plan(
      {fold::count("a"), fold::count({}), fold::sum("b", "value"), fold::count({"b", "a", "b"})});
  const auto steps_of = [&](const char* name) {
    std::vector<std::uint32_t> cells;
    const auto number = plan.number_of_name(name);
    for (auto i = plan.first_step(number); i < plan.first_step(number + 1); ++i) cells.push_back(plan.steps[i].cell);
    return cells;
  };
  CHECK(steps_of("a") == std::vector<std::uint32_t>{0, 1, 3});
  CHECK(steps_of("b") == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(steps_of("c") == std::vector<std::uint32_t>{1});
  CHECK(plan.number_of_name("c") == 0);
  CHECK(plan.number_of_name("a") != plan.number_of_name("b"));
}

TEST_CASE("cells do not overlap, and parameters are named once") {
  const ff::detail::fold_plan plan({fold::largest({}, "value", 5), fold::engaged({"a"}), fold::seconds_since("a"),
                                    fold::sum({}, "value"), fold::events_before("a"), fold::events_before("b"),
                                    fold::first_text({}, "page"), fold::last_text({}, "source"),
                                    fold::distinct({}, "page"), fold::sum({}, "revenue"), fold::duration()});
  CHECK(plan.cells == std::vector<std::uint32_t>{0, 2, 4, 6, 7, 8, 0, 1, 0, 9, 10});
  CHECK(plan.first_cells.size() == 10);
  CHECK(plan.first_cells[0] == 5);
  CHECK(plan.texts == 2);
  CHECK(plan.sets == 1);
  CHECK(plan.visitor_counts == 2);
  CHECK(plan.history.size() == 2);
  CHECK(plan.keys.size() == 4);
  CHECK(plan.keys[plan.own_page].name() == "page");
  CHECK(plan.keys[plan.own_revenue].name() == "revenue");
}
