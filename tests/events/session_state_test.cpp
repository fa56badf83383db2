// SPDX-License-Identifier: MIT
// What folds remember, weighed and added up.
#include <string>

#include <doctest/doctest.h>

#include <footfall/events/session_state.hpp>

namespace ff = footfall;

TEST_CASE("memory counts numbers, long texts and sets") {
  ff::session_state state;
  CHECK(state.bytes() == 0);
  state.cells.assign(10, 0);
  CHECK(state.bytes() == 80);
  state.texts.assign(1, "short");
  CHECK(state.bytes() == 80 + sizeof(std::string));
  state.texts[0] = std::string(1000, 'x');
  CHECK(state.bytes() > 1080 + sizeof(std::string));
  state.sets.resize(1);
  const auto before = state.bytes();
  state.sets[0].insert(1, 10);
  CHECK(state.bytes() == before + state.sets[0].bytes());
  ff::visitor_history history;
  CHECK(history.bytes() == 0);
  history.counts.assign(3, 0);
  CHECK(history.bytes() == 24);
}

TEST_CASE("counts add up one by one") {
  ff::fold_counts counts{1, 2, 3, 4, 5};
  counts += ff::fold_counts{10, 20, 30, 40, 50};
  CHECK(counts == ff::fold_counts{11, 22, 33, 44, 55});
}
