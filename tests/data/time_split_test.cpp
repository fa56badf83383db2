// SPDX-License-Identifier: MIT
// Training before testing.
#include <algorithm>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/time_split.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using times = std::vector<double>;

}  // namespace

TEST_CASE("the latest rows are tested, rows of one time together") {
  CHECK(ff::time_split(times{5, 1, 4, 2, 3}, 0.4) == ff::split{{1, 3, 4}, {0, 2}});
  // two of five asked for; the third has the same time as the second
  CHECK(ff::time_split(times{5, 4, 1, 4, 2}, 0.4) == ff::split{{2, 4}, {0, 1, 3}});
  CHECK(ff::time_split(times{1, 2}, 0.5) == ff::split{{0}, {1}});
}

TEST_CASE("training sets grow, and every training row is before every test row") {
  const auto folds = ff::time_folds(times{6, 5, 4, 3, 2, 1}, 2);
  CHECK(folds[0] == ff::split{{4, 5}, {2, 3}});
  CHECK(folds[1] == ff::split{{2, 3, 4, 5}, {0, 1}});
  times many;
  for (int i = 0; i < 300; ++i) many.push_back(i * 7919 % 100);
  for (const auto& fold : ff::time_folds(many, 6)) {
    double latest = 0, earliest = 1000;
    for (const ff::index row : fold.train) latest = std::max(latest, many[static_cast<std::size_t>(row)]);
    for (const ff::index row : fold.test) earliest = std::min(earliest, many[static_cast<std::size_t>(row)]);
    CHECK(latest < earliest);
  }
}

TEST_CASE("what cannot be split is refused") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(thrown_by([&] {
          return ff::time_split(times{1, nan});
        }) == "missing_value: time_split: the time is missing (NaN) in row 1");
  CHECK(code_thrown_by([] { return ff::time_split(times{1, 1, 1}, 0.5); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::time_split(times{}, 0.5); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::time_split(times{1, 2}, 1.5); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::time_folds(times{1, 2}, 0); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::time_folds(times{1, 2}, 2); }) == "bad_value");
  CHECK(thrown_by([] {
          return ff::time_folds(times{1, 2, 2, 2, 2, 3}, 2);
        }) == "bad_value: time_folds: too many rows of one time, 2: stretch 2 would be empty");
}
