// SPDX-License-Identifier: MIT
// Rows put together from several collectors, and one row alone.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/feature_rows.hpp>

#include <tests/events/made_events.hpp>

namespace ff = footfall;
using made::at;

namespace {

const ff::session_features features({{"pages", ff::fold::count("page_view"), ff::stage::browse},
                                     {"source", ff::fold::first_text({}, "source"), ff::stage::context}});

ff::session_state session_from(const std::string& source, int pages) {
  ff::session_state state;
  ff::visitor_history visitor;
  ff::fold_counts counts;
  for (int i = 0; i < pages; ++i)
    features.observe(state, visitor, counts, at(i, "page_view", {}, {{"source", source}}));
  return state;
}

}  // namespace

TEST_CASE("levels are in the order of their bytes, whichever rows came first and however they were collected") {
  ff::feature_rows all(features), first(features), second(features);
  const std::vector<std::string> sources{"mail", "", "ads", "mail", "zoo", "ads"};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto state = session_from(sources[i], static_cast<int>(i) + 1);
    all.add(state);
    (i < 3 ? first : second).add(state);
    CHECK(all.last(0) == static_cast<double>(i + 1));
  }
  first.append(second);
  CHECK(first.size() == 6);
  const ff::table rows = std::move(all).as_table();
  CHECK(rows["source"].levels() == std::vector<std::string>{"ads", "mail", "zoo"});
  CHECK(std::vector<std::int32_t>(rows["source"].codes().begin(), rows["source"].codes().end()) ==
        std::vector<std::int32_t>{1, -1, 0, 1, 2, 0});
  CHECK(rows["source"].stage() == ff::stage::context);
  CHECK(rows["pages"].stage() == ff::stage::browse);
  CHECK(std::move(first).as_table() == rows);
}

TEST_CASE("levels longer than the short ones that are remembered, and room ahead") {
  ff::feature_rows all(features), first(features);
  first.reserve(300'000);
  for (int i = 0; i < 300; ++i) {
    const auto state =
        session_from("a source with a long name " + std::string(static_cast<std::size_t>(i % 3), 'x'), 1);
    all.add(state);
    first.add(state);
  }
  first.append(all);
  const ff::table rows = std::move(first).as_table();
  CHECK(rows["source"].levels().size() == 3);
  for (ff::index i : {0, 1, 2, 298, 300, 301, 599}) {
    CHECK(rows["source"].codes()[static_cast<std::size_t>(i)] == i % 300 % 3);
  }
}

TEST_CASE("one row alone has the level that it needs") {
  const ff::table row = ff::row_of(features, session_from("mail", 3));
  CHECK(row.rows() == 1);
  CHECK(row["pages"].numbers()[0] == 3);
  CHECK(row["source"].levels() == std::vector<std::string>{"mail"});
  CHECK(row["source"].codes()[0] == 0);
  CHECK(ff::row_of(features, session_from("", 1))["source"].missing() == 1);
}
