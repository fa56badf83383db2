// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/segments/column_profile.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using doctest::Approx;

}  // namespace

// Means, medians and deviations by hand; intervals with scipy 1.10 (t.ppf) from the formulas of Student and Welch.
TEST_CASE("a numeric column in two segments") {
  const auto pages = ff::column::numeric("pages", {1, 2, 3, 10, 12, 20}, ff::stage::browse);
  const auto found = ff::profile_numbers(pages, {0, 0, 0, 1, 1, 1}, 2);
  REQUIRE(found.size() == 2);
  const auto& low = found[0];
  CHECK(low.column == "pages");
  CHECK(low.stage == ff::stage::browse);
  CHECK(low.summary.count == 3);
  CHECK(low.summary.mean == 2);
  CHECK(low.summary.variance == 1);
  CHECK(low.median == 2);
  CHECK(found[1].median == 12);
  CHECK(low.mean_of_all == 8);
  CHECK(low.deviation_of_all == Approx(std::sqrt(274.0 / 6)));  // 49 + 36 + 25 + 4 + 16 + 144
  CHECK(low.contrast.value == Approx(-6 / std::sqrt(274.0 / 6)));
  CHECK(found[1].contrast.value == Approx(6 / std::sqrt(274.0 / 6)));
  CHECK(low.mean_range.low == Approx(2 - 4.302652729911275 / std::sqrt(3.0)));
  // Welch: the difference -12 of variances 1 and 28; half of it lies between a segment and all.
  CHECK(low.contrast.range.low == Approx(-12.279551925161055 / std::sqrt(274.0 / 6)).epsilon(1e-9));
  CHECK(low.contrast.range.high == Approx(0.279551925161055 / std::sqrt(274.0 / 6)).epsilon(1e-9));
  CHECK(low.median_range.low == -infinity);
  CHECK(low.median_range.high == infinity);
}

TEST_CASE("the range of a median lies between order statistics") {
  std::vector<double> numbers;
  for (int i = 100; i >= 1; --i) numbers.push_back(i);
  numbers.push_back(0);
  ff::segment_ids ids(100, 0);
  ids.push_back(1);
  const auto found = ff::profile_numbers(ff::column::numeric("x", numbers), ids, 2);
  CHECK(found[0].median == 50.5);
  CHECK(found[0].median_range.low == 40);  // floor(50 - 1.96 x 5)
  CHECK(found[0].median_range.high == 61);
  CHECK(found[1].median == 0);
}

TEST_CASE("a column of 0 and 1 has the intervals of a rate") {
  std::vector<double> flags(40, 0);
  ff::segment_ids ids(40, 1);
  for (std::size_t i = 0; i < 10; ++i) {
    flags[i] = 1;
    ids[i] = 0;
  }
  const auto found = ff::profile_numbers(ff::column::numeric("cart", flags), ids, 2);
  CHECK(found[0].mean_range == ff::wilson_interval(10, 10));
  CHECK(found[1].mean_range == ff::wilson_interval(0, 30));
  CHECK(found[0].contrast.value == Approx(0.75 / std::sqrt(0.25 * 0.75)));
  const auto difference = ff::difference_interval(ff::rate_of(10, 10), ff::rate_of(0, 30));
  CHECK(found[0].contrast.range.low == Approx(difference.low * 0.75 / std::sqrt(0.25 * 0.75)));
  CHECK(found[0].contrast.range.high == Approx(difference.high * 0.75 / std::sqrt(0.25 * 0.75)));
}

TEST_CASE("missing values are counted and left out; a segment without values says so") {
  const auto found =
      ff::profile_numbers(ff::column::numeric("x", {1, missing, 3, missing, missing, 9}), {0, 0, 0, 1, 1, 2}, 4);
  CHECK(found[0].missing == 1);
  CHECK(found[0].summary.mean == 2);
  CHECK(found[1].missing == 2);
  CHECK(found[1].summary.count == 0);
  CHECK(std::isnan(found[1].summary.mean));
  CHECK(std::isnan(found[1].median));
  CHECK(std::isnan(found[1].contrast.value));
  CHECK(found[1].contrast.range.low == -infinity);
  CHECK(found[2].mean_range.high == infinity);  // one value has no range
  CHECK(found[3].missing == 0);                 // a number without sessions
  CHECK(found[3].summary.count == 0);
  CHECK(found[0].mean_of_all == Approx(13.0 / 3));
}

TEST_CASE("a constant column sets nobody apart") {
  for (const double value : {0.0, 1.0, 7.5, 1e300}) {
    const auto found =
        ff::profile_numbers(ff::column::numeric("x", std::vector<double>(6, value)), {0, 0, 0, 1, 1, 1}, 2);
    CHECK(found[0].contrast == ff::contrast{0, {0, 0, 0.95}});
    CHECK(found[0].median == value);
  }
}

TEST_CASE("values in one segment only have nothing to compare with") {
  const auto found = ff::profile_numbers(ff::column::numeric("x", {1, 2, 3, missing}), {0, 0, 0, 1}, 2);
  CHECK(found[0].contrast.value == 0);
  CHECK(found[0].contrast.range.high == infinity);
}

TEST_CASE("an infinite value is refused") {
  CHECK(thrown_by([] {
          return ff::profile_numbers(ff::column::numeric("x", {1, infinity}), {0, 1}, 2);
        }) == "not_finite: profile: column 'x' is infinite in row 1");
}

TEST_CASE("shares of levels") {
  const auto device = ff::column::from_text("device", {"a", "a", "b", "", "b", "b", "b", "a"}, ff::stage::context);
  const auto found = ff::profile_levels(device, {0, 0, 0, 0, 1, 1, 1, 1}, 3);
  REQUIRE(found.size() == 3);
  CHECK(found[0].missing == 1);
  REQUIRE(found[0].levels.size() == 2);
  CHECK(found[0].levels[0].level == "a");
  CHECK(found[0].levels[0].share == ff::rate_of(2, 3));
  CHECK(found[0].levels[0].share_of_all == Approx(3.0 / 7));
  CHECK(found[0].levels[0].contrast.value == Approx((2.0 / 3 - 3.0 / 7) / std::sqrt(12.0 / 49)));
  CHECK(found[0].levels[1].contrast.value == Approx(-found[0].levels[0].contrast.value));
  CHECK(found[1].levels[0].share == ff::rate_of(1, 4));
  CHECK(std::isnan(found[2].levels[0].share.value));
  CHECK(std::isnan(found[2].levels[0].contrast.value));
}

TEST_CASE("the confidence that was asked for") {
  const auto pages = ff::column::numeric("pages", {1, 2, 4, 10, 12, 20});
  const auto wide = ff::profile_numbers(pages, {0, 0, 0, 1, 1, 1}, 2, 0.99);
  const auto narrow = ff::profile_numbers(pages, {0, 0, 0, 1, 1, 1}, 2, 0.8);
  CHECK(wide[0].mean_range.confidence == 0.99);
  CHECK(wide[0].contrast.range.confidence == 0.99);
  CHECK(wide[0].mean_range.low < narrow[0].mean_range.low);
  CHECK(wide[0].contrast.range.low < narrow[0].contrast.range.low);
}
