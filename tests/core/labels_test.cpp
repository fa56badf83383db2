// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/core/labels.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("labels come from any range of zeros and ones") {
  const ff::labels y(std::vector<int>{0, 1, 1, 0, 1}, "bought");
  CHECK(y.size() == 5);
  CHECK(y.positives() == 3);
  CHECK(y.negatives() == 2);
  CHECK(y[1]);
  CHECK_FALSE(y[0]);
  CHECK(y.name() == "bought");
  CHECK(ff::labels(std::vector<bool>{false, true, true, false, true}, "bought") == y);
  CHECK(ff::labels(std::vector<double>{0, 1, 1, -0.0, 1}, "bought") == y);
  CHECK(ff::labels(Eigen::Matrix<float, 5, 1>(0, 1, 1, 0, 1), "bought") == y);
  CHECK(ff::labels().size() == 0);
  CHECK(ff::labels(std::vector<int>{}).positives() == 0);
}

TEST_CASE("anything but 0 and 1 is no label") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double bad : {2.0, -1.0, 0.5, nan, std::numeric_limits<double>::infinity(), 1e-300}) {
    CHECK(failure_of([&] { ff::labels(std::vector<double>{0, bad}); }).code == ff::error_code::bad_value);
  }
  CHECK(failure_of([] {
          ff::labels(std::vector<int>{1, 0, 2});
        }).message == "labels: a label must be 0 or 1, got 2 in row 2");
}

TEST_CASE("labels of chosen rows keep their name and count anew") {
  const ff::labels y(std::vector<int>{0, 1, 1, 0}, "bought");
  CHECK(y.rows({2, 2, 0}) == ff::labels(std::vector<int>{1, 1, 0}, "bought"));
  CHECK(y.rows({0, 3}).positives() == 0);
  CHECK(failure_of([&] { (void)y.rows({4}); }).code == ff::error_code::wrong_shape);
  CHECK(failure_of([&] { (void)y.rows({-1}); }).message == "labels: row must be in [0, 4), got -1");
}

TEST_CASE("labels are made again from their parts") {
  const ff::labels y(std::vector<int>{0, 1}, "bought");
  CHECK(ff::labels::from_parts({0, 1}, "bought") == y);
  CHECK(failure_of([] { (void)ff::labels::from_parts({0, 3}, "bought"); }).code == ff::error_code::bad_value);
  CHECK_FALSE(y == ff::labels(std::vector<int>{0, 1}, "other"));
  CHECK_FALSE(ff::digest_of(y) == ff::digest_of(ff::labels(std::vector<int>{1, 0}, "bought")));
}

TEST_CASE("no weights mean a weight of 1 for every session") {
  const ff::weights none;
  CHECK(none.empty());
  CHECK(none[12345] == 1);
  CHECK(none.rows({5, 6}).empty());
  CHECK(ff::weights(std::vector<double>{}).empty());
}

TEST_CASE("weights are finite, not negative, and not all zero") {
  const ff::weights w({0, 2, 0.5});
  CHECK(w.size() == 3);
  CHECK(w[1] == 2);
  CHECK(w.rows({2, 1}) == ff::weights({0.5, 2}));
  CHECK(failure_of([&] { (void)w.rows({3}); }).code == ff::error_code::wrong_shape);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {-1.0, -1e-300, infinity, -infinity, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(failure_of([&] { ff::weights({1, bad}); }).code == ff::error_code::bad_value);
  }
  CHECK(failure_of([] {
          ff::weights({1, -2});
        }).message == "weights: a weight must be finite and not negative, got -2 in row 1");
  CHECK(failure_of([] { ff::weights({0, 0}); }).message == "weights: at least one must be above 0");
}

TEST_CASE("the door of fit wants sessions, and one label and one weight for each") {
  const ff::labels y(std::vector<int>{0, 1});
  CHECK_NOTHROW(ff::require_rows(2, y, {}, "forest"));
  CHECK_NOTHROW(ff::require_rows(2, y, ff::weights({1, 1}), "forest"));
  CHECK_NOTHROW(ff::require_rows(3, ff::weights({1, 1, 0}), "kmeans"));
  CHECK(failure_of([&] { ff::require_rows(0, ff::labels(), {}, "forest"); }).code == ff::error_code::wrong_shape);
  CHECK(failure_of([&] { ff::require_rows(3, y, {}, "forest"); }).message ==
        "forest: there must be one label for each of 3 rows, got 2");
  CHECK(failure_of([&] { ff::require_rows(2, y, ff::weights({1}), "forest"); }).message ==
        "forest: there must be one weight for each of 2 rows, got 1");
}
