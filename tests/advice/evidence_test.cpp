// SPDX-License-Identifier: MIT
#include <cmath>
#include <optional>

#include <doctest/doctest.h>

#include <footfall/advice/evidence.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("findings by name, from tests, rates and inputs") {
  ff::evidence_list found("Ads");
  found.add("gap", ff::two_proportions(ff::rate_of(1, 10), ff::rate_of(3, 10)))
      .add("rate", ff::rate_of(2, 8))
      .add("nobody", ff::rate_of(0, 0))
      .add_input("cost", std::nullopt)
      .add_input("margin", 0.4);
  CHECK(found.subject() == "Ads");
  REQUIRE(found.find("gap") != nullptr);
  CHECK(std::fabs(*found.find("gap")->effect - -0.2) < 1e-15);
  CHECK(found.find("gap")->p_value == ff::two_proportions(ff::rate_of(1, 10), ff::rate_of(3, 10)).p_value);
  CHECK_FALSE(found.find("gap")->interval);
  CHECK(found.find("rate")->effect == 0.25);
  CHECK(found.find("rate")->interval == ff::wilson_interval(2, 8));
  CHECK(found.find("rate")->source == "2 of 8");
  CHECK_FALSE(found.find("nobody")->effect);
  CHECK_FALSE(found.find("cost")->effect);
  CHECK(found.find("margin")->effect == 0.4);
  CHECK(found.find("price") == nullptr);
}

TEST_CASE("evidence that is none") {
  ff::evidence_list found("x");
  found.add("a", ff::evidence{.effect = 1});
  CHECK(thrown_by([&] { return found.add("a", ff::evidence{}), 0; }) ==
        "bad_value: evidence_list: 'a' is there already");
  CHECK(code_thrown_by([&] { return found.add("b", ff::evidence{.effect = std::nan("")}), 0; }) == "bad_value");
  CHECK(code_thrown_by([&] { return found.add("c", ff::evidence{.p_value = 1.5}), 0; }) == "bad_value");
  CHECK(code_thrown_by([&] { return found.add("d", ff::evidence{.p_value = std::nan("")}), 0; }) == "bad_value");
}
