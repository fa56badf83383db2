// SPDX-License-Identifier: MIT
// Measures as function objects say what the functions behind them say.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/confusion.hpp>
#include <footfall/evaluate/measures.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

const ff::scores score{0.9, 0.5, 0.5, 0.2, 0.1};
const ff::labels y(std::vector<int>{1, 0, 1, 0, 1});
const ff::weights w({1, 2, 1, 1, 3});

}  // namespace

TEST_CASE("measures are the figures of their names") {
  CHECK(ff::measure::roc_auc{}(score, y) == ff::roc_auc(score, y).value);
  CHECK(ff::measure::roc_auc{}(score, y, w) == ff::roc_auc(score, y, w));
  CHECK(ff::measure::average_precision{}(score, y) == ff::average_precision(score, y).value);
  CHECK(ff::measure::average_precision{}(score, y, w) == ff::average_precision(score, y, w).value);
  CHECK(ff::measure::accuracy{}(score, y) == ff::confusion_at(score, y, 0.5).accuracy().value);
  CHECK(ff::measure::accuracy{0.6}(score, y) == ff::confusion_at(score, y, 0.6).accuracy().value);
  CHECK(ff::measure::accuracy{}(score, y, w) == 3.0 / 8);
}

TEST_CASE("as many labels as scores") {
  CHECK(thrown_by([] { return ff::measure::accuracy{}(ff::scores{1.0}, y); }) ==
        "wrong_shape: accuracy: there must be one label for each of 1 rows, got 5");
  CHECK(thrown_by([] { return ff::measure::accuracy{}({}, ff::labels()); }) ==
        "wrong_shape: accuracy: there must be at least one row, got 0");
}
