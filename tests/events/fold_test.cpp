// SPDX-License-Identifier: MIT
// Folds as values: what they are made of, and their parts.
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/parts.hpp>
#include <footfall/events/fold.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::fold;

TEST_CASE("names are one, several or all") {
  CHECK(fold::count("page_view").names == std::vector<std::string>{"page_view"});
  CHECK(fold::count({"a", "b"}).names == std::vector<std::string>{"a", "b"});
  CHECK(fold::count({}).names.empty());
  CHECK(fold::count(std::string("a")).names == std::vector<std::string>{"a"});
}

TEST_CASE("a fold knows what it gives") {
  CHECK(fold::first_text({}, "source").gives_text());
  CHECK(fold::weekday_name().gives_text());
  CHECK_FALSE(fold::weekday().gives_text());
  CHECK(fold::ratio("a", "b").is_formula());
  CHECK(fold::weighted_sum({{.column = "a"}}).is_formula());
  CHECK_FALSE(fold::sum({}, "value").is_formula());
  CHECK(fold::sessions_before().is_history());
  CHECK(fold::days_since_last().is_history());
  CHECK(fold::events_before("purchase").is_history());
  CHECK_FALSE(fold::seconds_since("purchase").is_history());
}

TEST_CASE("a feature is its parts") {
  const ff::session_feature feature{"score", fold::weighted_sum({{.column = "a", .weight = 2, .per = 60, .most = 9}}),
                                    ff::stage::cart};
  CHECK(feature.what.constants == std::vector<double>{2, 60, 9});
  const auto copy =
      std::apply(ff::session_feature::from_parts, std::tuple<std::string, fold, ff::stage>(feature.parts()));
  CHECK(ff::same_parts(copy, feature));
  CHECK(code_thrown_by([] { return fold::from_parts(static_cast<ff::fold_type>(200), {}, {}, {}); }) == "bad_parts");
}
