// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/path_transforms.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;

namespace {

std::string touches_of(const ff::journeys& paths) {
  std::string result;
  for (ff::index i = 0; i < paths.size(); ++i) {
    if (i > 0) result += "|";
    for (const auto each : paths.touches(i)) result += paths.channels()[static_cast<std::size_t>(each)];
  }
  return result;
}

}  // namespace

TEST_CASE("which touches each transform keeps") {
  const auto paths = ff::journeys::of_paths(
      {path_of("A A B A A", 1, 0, 5), path_of("D D", 0, 1), path_of("D A D B D D", 1, 0, 2), path_of("B", 0, 1)});
  CHECK(touches_of(paths) == "AABAA|DD|DADBDD|B");
  CHECK(touches_of(ff::collapse_repeats(paths)) == "ABA|D|DADBD|B");
  CHECK(touches_of(ff::first_of_each(paths)) == "AB|D|DAB|B");
  CHECK(touches_of(ff::drop_unless_alone(paths, "D")) == "AABAA|DD|AB|B");
  CHECK(touches_of(ff::drop_last_unless_alone(paths, "D")) == "AABAA|DD|DADB|B");

  // Of a run the last touch stays, of each channel the first: seen by their ages.
  CHECK(ff::collapse_repeats(paths).ages(0)[0] == 3);
  CHECK(ff::first_of_each(paths).ages(0)[0] == 4);
  for (const auto& changed :
       {ff::collapse_repeats(paths), ff::first_of_each(paths), ff::drop_unless_alone(paths, "D")}) {
    CHECK(changed.conversions() == 2);
    CHECK(changed.revenue_of_all() == 7);
    CHECK(changed.visitors() == paths.visitors());
  }
  CHECK(code_thrown_by([&] { return ff::drop_unless_alone(paths, "direct"); }) == "unknown_name");
  CHECK(thrown_by([&] { return ff::keep_touches(paths, [](auto, auto kept) { kept[0] = 0; }); }) ==
        "bad_value: keep_touches: journey 3 would be left without touches");
}
