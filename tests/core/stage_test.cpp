// SPDX-License-Identifier: MIT
#include <set>
#include <string_view>

#include <doctest/doctest.h>

#include <footfall/core/stage.hpp>

using footfall::later;
using footfall::name_of;
using footfall::stage;

namespace {
constexpr stage all[] = {stage::context, stage::browse, stage::cart, stage::checkout, stage::outcome, stage::unknown};
}

TEST_CASE("a column made from two is known when both are, and unknown if either is") {
  static_assert(later(stage::context, stage::cart) == stage::cart);
  static_assert(later(stage::outcome, stage::unknown) == stage::unknown);
  for (const stage a : all) {
    CHECK(later(a, a) == a);
    CHECK(later(a, stage::unknown) == stage::unknown);
    CHECK(later(stage::context, a) == a);
    for (const stage b : all) CHECK(later(a, b) == later(b, a));
  }
}

TEST_CASE("every stage has a name of its own") {
  std::set<std::string_view> names;
  for (const stage each : all) names.insert(name_of(each));
  CHECK(names.size() == 6);
  CHECK(name_of(stage::checkout) == "checkout");
  CHECK(name_of(stage::unknown) == "unknown");
}
