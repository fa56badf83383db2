// SPDX-License-Identifier: MIT
// Steps of cleaning and what they count.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/cleaning.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::field;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const ff::table sessions({ff::column::numeric("pages", {1, 3, missing, 0, 3, 1}, ff::stage::browse),
                          ff::column::numeric("clicks", {0, 5, 2, -1, 5, 0}),
                          ff::column::from_text("device", {"phone", "Phone", "", "tv", "Phone", "phone"})});

}  // namespace

TEST_CASE("each step is counted, and the table before it stays") {
  const ff::cleaning raw(sessions);
  const auto clean = raw.drop_repeated()
                         .blank_where("pages", field("pages") < 1)
                         .rename_level("device", "Phone", "phone")
                         .drop_where(field("clicks") < 0)
                         .drop_missing("pages");
  using step = ff::cleaning_step;
  CHECK(clean.steps() ==
        std::vector<step>{step{"repeated sessions dropped", 2, 4}, step{"pages made missing where pages < 1", 1, 4},
                          step{"device: 'Phone' renamed 'phone'", 1, 4}, step{"dropped where clicks < 0", 1, 3},
                          step{"dropped where pages is missing", 1, 2}});
  CHECK(clean.sessions() ==
        ff::table({ff::column::numeric("pages", {1, 3}, ff::stage::browse), ff::column::numeric("clicks", {0, 5}),
                   ff::column::categorical("device", {0, 0}, {"phone", "tv"})}));
  CHECK(raw.sessions() == sessions);
  CHECK(raw.steps().empty());
}

TEST_CASE("what is unknown stays, columns can be left out of repeats, categories can be blanked") {
  CHECK(ff::cleaning(sessions).drop_where(field("pages") < 9).sessions().rows() == 1);
  CHECK(ff::cleaning(sessions).drop_repeated({"pages", "device"}).sessions().rows() == 4);
  const auto blanked = ff::cleaning(sessions).blank_where("device", field("device") == "tv");
  CHECK(blanked.sessions()["device"].missing() == 2);
  CHECK(blanked.steps()[0].changed == 1);
  CHECK(ff::cleaning(sessions).drop_missing("device").sessions().rows() == 5);
}

TEST_CASE("what is not there is refused") {
  const ff::cleaning raw(sessions);
  CHECK(code_thrown_by([&] { return raw.drop_repeated({"views"}); }) == "unknown_name");
  CHECK(code_thrown_by([&] { return raw.drop_missing("views"); }) == "unknown_name");
  CHECK(code_thrown_by([&] { return raw.rename_level("device", "watch", "phone"); }) == "unknown_name");
  CHECK(code_thrown_by([&] { return raw.rename_level("device", "tv", ""); }) == "bad_option");
  CHECK(code_thrown_by([&] { return raw.rename_level("pages", "1", "2"); }) == "wrong_kind");
}
