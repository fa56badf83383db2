// SPDX-License-Identifier: MIT
// The order of scores against std::stable_sort, on scores that are easy and on scores made to be hard.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/descending.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::row_set by_stable_sort(const ff::scores& score) {
  ff::row_set order(score.size());
  std::iota(order.begin(), order.end(), ff::index{0});
  const auto of = [&](ff::index row) { return score[static_cast<std::size_t>(row)]; };
  std::stable_sort(order.begin(), order.end(), [&](ff::index a, ff::index b) { return of(a) > of(b); });
  return order;
}

template <class Draw>
ff::scores drawn(std::size_t rows, const Draw& draw) {
  ff::random_stream stream(7);
  ff::scores score(rows);
  for (double& each : score) each = draw(stream);
  return score;
}

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

}  // namespace

TEST_CASE("keys fall as scores rise, and tell all scores apart") {
  const std::vector<double> rising{-largest, -2.5,   -2,       -1,          -1e-300, -smallest,   0,
                                   smallest, 1e-300, 0.999999, 1 - 0x1p-53, 1,       1 + 0x1p-52, largest};
  for (std::size_t i = 0; i < rising.size(); ++i) {
    CHECK(ff::score_of_key(ff::descending_key(rising[i])) == rising[i]);
    if (i > 0) CHECK(ff::descending_key(rising[i]) < ff::descending_key(rising[i - 1]));
  }
  CHECK(ff::descending_key(-0.0) == ff::descending_key(0.0));
  CHECK_FALSE(std::signbit(ff::score_of_key(ff::descending_key(-0.0))));
}

TEST_CASE("the order is that of a stable sort, for any number of threads") {
  const auto uniform = [](ff::random_stream& s) { return s.uniform(); };
  std::vector<ff::scores> all;
  for (const std::size_t rows : {1U, 2U, 24U, 25U, 100U, 4096U, 4097U, 65536U, 70000U, 200000U})
    all.push_back(drawn(rows, uniform));
  constexpr std::size_t many = 30000;
  all.push_back(drawn(many, [](ff::random_stream& s) { return s.normal() * 10; }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return static_cast<double>(s.below(300)) / 300; }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return static_cast<double>(s.below(2)); }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return std::exp(100 * s.normal()); }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return static_cast<double>(static_cast<float>(s.uniform())); }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return smallest * static_cast<double>(s.below(1000)); }));
  all.push_back(drawn(many, [](ff::random_stream& s) { return 1 + 0x1p-52 * static_cast<double>(s.below(5000)); }));
  // One far away, the rest next to each other: all fall into one part, and then into the few lowest bits of it.
  all.push_back(drawn(many, [](ff::random_stream& s) { return 1 + 0x1p-52 * static_cast<double>(s.below(4096)); }));
  all.back()[many / 2] = -1e300;
  // Differences that overflow.
  all.push_back(drawn(many, [](ff::random_stream& s) { return (2 * s.uniform() - 1) * largest; }));
  // Any bits at all.
  all.push_back(drawn(many, [](ff::random_stream& s) {
    double any;
    do any = std::bit_cast<double>(s());
    while (!std::isfinite(any));
    return any;
  }));
  all.emplace_back(many, 0.25);
  all.emplace_back(many, -0.0);
  for (std::size_t row = 0; row < many; row += 3) all.back()[row] = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    const auto expected = by_stable_sort(all[i]);
    CHECK(ff::descending_order(all[i], {.threads = 1}) == expected);
    CHECK(ff::descending_order(all[i], {.threads = 3}) == expected);
  }
  CHECK(ff::descending_order(ff::scores{}).empty());
}

TEST_CASE("the first score that is no number is named, whatever the threads") {
  ff::scores score(200000, 0.5);
  score[150000] = std::numeric_limits<double>::infinity();
  CHECK(thrown_by([&] { return ff::descending_order(score); }) ==
        "not_finite: descending_order: a score must be finite, got inf in row 150000");
  score[70001] = std::numeric_limits<double>::quiet_NaN();
  for (const int threads : {1, 2, 4}) {
    CHECK(thrown_by([&] { return ff::descending_order(score, {.threads = threads}); }) ==
          "missing_value: descending_order: the score is missing in row 70001");
  }
}
