// SPDX-License-Identifier: MIT
// The levels a column had, and the places of those it has now.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/categories.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using places = std::vector<std::int32_t>;

ff::table of(const std::vector<std::string>& levels) { return ff::table({ff::column::from_text("device", levels)}); }

}  // namespace

TEST_CASE("levels that occur often enough are learned, in the order of their bytes") {
  const auto learned = ff::learn_category(of({"b", "a", "", "b", "B"}), "device");
  CHECK(learned.levels == std::vector<std::string>{"B", "a", "b"});
  CHECK(learned.missing);
  CHECK(ff::learn_category(of({"b", "a", "b"}), "device", 2).levels == std::vector<std::string>{"b"});
  CHECK_FALSE(ff::learn_category(of({"b"}), "device").missing);
  // a level of the dictionary that no session has
  CHECK(ff::learn_category(of({"b", "a"}).rows({0}), "device").levels == std::vector<std::string>{"b"});
}

TEST_CASE("places are found by name, in any order of levels") {
  const ff::category fitted{"device", {"z", "a"}, true};
  CHECK(ff::places_of(of({"a", "z", "", "q"}), fitted, false, "test") == places{1, 0, 2, ff::no_place});
  CHECK(thrown_by([&] {
          return ff::places_of(of({"a", "q"}), fitted, true, "test");
        }) == "unseen_level: test: column 'device' had no level 'q' when fitted, row 1");
  CHECK(thrown_by([&] {
          return ff::places_of(of({""}), {"device", {"a"}, false}, true, "test");
        }) == "unseen_level: test: column 'device' had no level '(missing)' when fitted, row 0");
  CHECK(ff::places_of(of({""}), {"device", {"a"}, false}, false, "test") == places{ff::no_place});
}

TEST_CASE("a level twice makes no category") {
  CHECK(code_thrown_by([] { return ff::category::from_parts("device", {"b", "a", "b"}, false); }) == "bad_parts");
  CHECK(ff::category::from_parts("device", {"b", "a"}, false).levels.size() == 2);
}
