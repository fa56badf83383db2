// SPDX-License-Identifier: MIT
// The lift table against all orders that ties allow, tried one by one, and against the figures of the studied article.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/deciles.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

/// What a part of the ranking can hold over all orders of tied sessions.
struct outcome {
  double mean = 0;
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  std::int64_t most = 0;
};

std::vector<outcome> all_orders(const std::vector<int>& score, const std::vector<int>& label, int parts) {
  const auto n = static_cast<int>(score.size());
  std::vector<std::size_t> order(score.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<outcome> result(static_cast<std::size_t>(parts));
  double orders = 0;
  do {
    if (!std::is_sorted(order.begin(), order.end(), [&](auto a, auto b) { return score[a] > score[b]; })) continue;
    orders += 1;
    for (int part = 0; part < parts; ++part) {
      std::int64_t positives = 0;
      for (int i = part * n / parts; i < (part + 1) * n / parts; ++i)
        positives += label[order[static_cast<std::size_t>(i)]];
      auto& each = result[static_cast<std::size_t>(part)];
      each.mean += static_cast<double>(positives);
      each.fewest = std::min(each.fewest, positives);
      each.most = std::max(each.most, positives);
    }
  } while (std::next_permutation(order.begin(), order.end()));
  for (auto& each : result) each.mean /= orders;
  return result;
}

ff::scores as_scores(const std::vector<int>& score) { return ff::scores(score.begin(), score.end()); }

/// Groups of one score each, all positive or all negative: `hits[i]` positives and `misses[i]` others, best first.
std::vector<ff::tied_group> ranked_apart(const std::vector<std::int64_t>& hits,
                                         const std::vector<std::int64_t>& misses) {
  std::vector<ff::tied_group> groups;
  double score = 1;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    for (std::int64_t hit = 0; hit < hits[i]; ++hit) groups.push_back({score *= 0.999, 1, 1});
    for (std::int64_t miss = 0; miss < misses[i]; ++miss) groups.push_back({score *= 0.999, 1, 0});
  }
  return groups;
}

}  // namespace

TEST_CASE("mean, fewest and most are those over all orders of tied sessions") {
  ff::random_stream stream(1);
  for (int repeat = 0; repeat < 60; ++repeat) {
    const auto rows = static_cast<std::size_t>(1 + stream.below(7));
    const std::uint64_t levels = 1 + stream.below(4);
    std::vector<int> score, label;
    for (std::size_t row = 0; row < rows; ++row) {
      score.push_back(static_cast<int>(stream.below(levels)));
      label.push_back(static_cast<int>(row == 0 || stream.below(2) == 0));
    }
    for (int parts = 1; parts <= static_cast<int>(rows); ++parts) {
      CAPTURE(repeat);
      CAPTURE(parts);
      const auto table = ff::decile_table(as_scores(score), ff::labels(label), {.parts = parts});
      const auto expected = all_orders(score, label, parts);
      REQUIRE(table.size() == expected.size());
      for (std::size_t i = 0; i < table.size(); ++i) {
        CHECK(table[i].positives == doctest::Approx(expected[i].mean).epsilon(1e-12));
        CHECK(table[i].fewest == expected[i].fewest);
        CHECK(table[i].most == expected[i].most);
        if (expected[i].fewest == expected[i].most)
          CHECK(table[i].positives == static_cast<double>(expected[i].fewest));
      }
    }
  }
}

TEST_CASE("the rows of the table add up") {
  ff::random_stream stream(2);
  for (const int rows : {10, 11, 19, 100, 1237}) {
    for (const std::uint64_t levels : {1U, 3U, 50U, 1'000'000U}) {
      CAPTURE(rows);
      CAPTURE(levels);
      ff::scores score;
      std::vector<int> label;
      for (int row = 0; row < rows; ++row) {
        score.push_back(static_cast<double>(stream.below(levels)));
        label.push_back(row == 0 || stream.below(4) == 0 ? 1 : 0);
      }
      const ff::labels y(label);
      const auto table = ff::decile_table(score, y);
      const double base = static_cast<double>(y.positives()) / rows;
      REQUIRE(table.size() == 10);
      std::int64_t sessions = 0;
      std::int64_t smallest = rows;
      std::int64_t largest = 0;
      double positives = 0;
      for (int k = 0; k < 10; ++k) {
        const auto& part = table[static_cast<std::size_t>(k)];
        sessions += part.sessions;
        positives += part.positives;
        smallest = std::min(smallest, part.sessions);
        largest = std::max(largest, part.sessions);
        CHECK(part.number == k + 1);
        CHECK(part.cumulative_sessions == (k + 1) * rows / 10);
        CHECK(part.cumulative_sessions == sessions);
        CHECK(part.cumulative_positives == doctest::Approx(positives).epsilon(1e-12));
        CHECK(part.rate == part.positives / static_cast<double>(part.sessions));
        CHECK(part.lift == doctest::Approx(part.rate / base).epsilon(1e-14));
        CHECK(part.cumulative_rate == doctest::Approx(positives / static_cast<double>(sessions)).epsilon(1e-12));
        CHECK(part.cumulative_lift == doctest::Approx(part.cumulative_rate / base).epsilon(1e-14));
        const auto all = static_cast<double>(y.positives());
        CHECK(part.capture == doctest::Approx(part.positives / all).epsilon(1e-12));
        CHECK(part.cumulative_capture == doctest::Approx(positives / all).epsilon(1e-12));
        CHECK(part.random_capture == static_cast<double>(sessions) / rows);
        CHECK(part.perfect_capture == std::min(1.0, static_cast<double>(sessions) / all));
        CHECK(part.cumulative_capture <= part.perfect_capture + 1e-12);
        CHECK(part.ks == doctest::Approx(positives / all - (static_cast<double>(sessions) - positives) / (rows - all))
                             .epsilon(1e-9));
        CHECK(part.score_low <= part.score_mean);
        CHECK(part.score_mean <= part.score_high);
        CHECK(part.capture_interval.contains(part.capture));
        CHECK(part.cumulative_capture_interval.contains(part.cumulative_capture));
        CHECK(part.cumulative_lift_interval.contains(part.cumulative_lift));
        CHECK(part.revenue == 0);
        CHECK(static_cast<double>(part.fewest) <= part.positives);
        CHECK(part.positives <= static_cast<double>(part.most));
        CHECK(part.score_low <= part.score_high);
        if (k > 0) CHECK(part.score_high <= table[static_cast<std::size_t>(k - 1)].score_low);
        CHECK(part.rate_interval.contains(part.rate));
        CHECK(part.lift_interval.contains(part.lift));
        CHECK(part.cumulative_rate_interval.contains(part.cumulative_rate));
        CHECK(part.lift_interval.low ==
              doctest::Approx(part.capture_interval.low * rows / static_cast<double>(part.sessions)).epsilon(1e-14));
        CHECK(part.rate_interval.confidence == 0.95);
      }
      CHECK(largest - smallest <= 1);
      CHECK(sessions == rows);
      CHECK(table.back().cumulative_positives == static_cast<double>(y.positives()));
      CHECK(table.back().cumulative_capture == 1);
      CHECK(table.back().cumulative_capture_interval == ff::interval{1, 1, 0.95});
      CHECK(table.back().cumulative_lift == 1);
      CHECK(table.front().score_high == *std::max_element(score.begin(), score.end()));
      CHECK(table.back().score_low == *std::min_element(score.begin(), score.end()));
    }
  }
}

TEST_CASE("151 of the first 625 among 462 of 6250 is a lift of 3.27") {
  const auto table = ff::decile_table(ranked_apart({151, 97, 214}, {474, 528, 4786}));
  CHECK(table[0].sessions == 625);
  CHECK(table[0].positives == 151);
  CHECK(table[0].rate == doctest::Approx(0.2416).epsilon(1e-12));
  CHECK(table[0].lift == doctest::Approx(3.2684).epsilon(1e-4));
  CHECK(std::round(table[0].lift * 100) == 327);
  CHECK(table[0].capture == doctest::Approx(151 / 462.0).epsilon(1e-12));
  CHECK(table[1].cumulative_positives == 248);
  CHECK(table[1].cumulative_rate == doctest::Approx(0.1984).epsilon(1e-12));
  CHECK(std::round(table[1].cumulative_lift * 100) == 268);
  for (const auto& part : table) {
    CHECK(part.fewest == part.most);  // no ties: nothing is left to chance
    CHECK(part.positives == static_cast<double>(part.most));
  }
  // Wilson's interval of 151 / 625, worked out by hand with z = 1.959964.
  CHECK(table[0].rate_interval.low == doctest::Approx(0.2096854).epsilon(1e-6));
  CHECK(table[0].rate_interval.high == doctest::Approx(0.2766716).epsilon(1e-6));

  const auto second = ff::decile_table(ranked_apart({74, 63, 325}, {551, 562, 4675}));
  CHECK(std::round(second[0].lift * 100) == 160);
  CHECK(std::round(second[1].cumulative_lift * 100) == 148);
}

TEST_CASE("constant scores say nothing, and the table says so") {
  const ff::scores score(100, 0.5);
  std::vector<int> label(100, 0);
  std::fill(label.begin(), label.begin() + 7, 1);
  for (const auto& part : ff::decile_table(score, ff::labels(label))) {
    CHECK(part.positives == doctest::Approx(0.7).epsilon(1e-12));
    CHECK(part.lift == doctest::Approx(1).epsilon(1e-12));
    CHECK(part.fewest == 0);
    CHECK(part.most == 7);
    CHECK(part.score_low == 0.5);
    CHECK(part.score_high == 0.5);
  }
}

TEST_CASE("shares of ties lose nothing to rounding") {
  // A 49th of 49, taken 49 times: whole buyers, never a rate above 1.
  for (const std::int64_t tied : {3, 7, 49, 98, 107, 161, 1000}) {
    CAPTURE(tied);
    const std::vector<ff::tied_group> groups{{0.9, tied, tied}, {0.1, tied, 0}};
    for (const auto& part : ff::decile_table(groups, {.parts = static_cast<int>(2 * tied)})) {
      CHECK(part.positives == (part.number <= tied ? 1 : 0));
      CHECK(part.rate_interval.high <= 1);
      CHECK(part.cumulative_positives == static_cast<double>(std::min<std::int64_t>(part.number, tied)));
    }
  }
}

TEST_CASE("one part is everything") {
  const ff::scores score{3, 1, 2};
  const auto table = ff::decile_table(score, ff::labels(std::vector{0, 1, 1}), {.parts = 1});
  REQUIRE(table.size() == 1);
  CHECK(table[0].sessions == 3);
  CHECK(table[0].positives == 2);
  CHECK(table[0].lift == 1);
  CHECK(table[0].capture == 1);
  CHECK(table[0].score_high == 3);
  CHECK(table[0].score_low == 1);
}

TEST_CASE("scores, Kolmogorov-Smirnov and revenue of a table by hand") {
  // Ranked: 0.9 bought 10; 0.5 twice, one bought 30; 0.2; 0.1 bought 8, a refund of 2 on the 0.2.
  const ff::scores score{0.1, 0.5, 0.9, 0.2, 0.5};
  const ff::labels y(std::vector{1, 0, 1, 0, 1});
  const std::vector<double> revenue{8, 0, 10, -2, 30};
  const auto table = ff::decile_table(score, y, revenue, {.parts = 2});
  REQUIRE(table.size() == 2);
  CHECK(table[0].sessions == 2);
  CHECK(table[0].score_mean == doctest::Approx(0.7).epsilon(1e-15));
  CHECK(table[0].positives == 1.5);
  CHECK(table[0].revenue == 25);  // 10 and half of what those of 0.5 brought
  CHECK(table[0].capture == 0.5);
  CHECK(table[0].ks == 0.25);  // 1.5 of 3 buyers, 0.5 of 2 others
  CHECK(table[0].random_capture == 0.4);
  CHECK(table[0].perfect_capture == doctest::Approx(2.0 / 3).epsilon(1e-15));
  CHECK(table[1].score_mean == doctest::Approx(0.8 / 3).epsilon(1e-15));
  CHECK(table[1].revenue == 21);
  CHECK(table[1].cumulative_revenue == 46);
  CHECK(table[1].cumulative_capture == 1);
  CHECK(table[1].ks == 0);
  CHECK(code_thrown_by([&] { return ff::decile_table(score, y, std::vector<double>{1}, {.parts = 2}); }) ==
        "wrong_shape");
  const std::vector<double> missing{8, std::nan(""), 10, -2, 30};
  CHECK(thrown_by([&] { return ff::decile_table(score, y, missing, {.parts = 2}); }) ==
        "missing_value: decile_table: the revenue is missing in row 1");
  CHECK(std::isnan(ff::decile_table(ff::scores{1, 2}, ff::labels(std::vector{1, 1}), {.parts = 2})[0].ks));
}

TEST_CASE("confidence widens the intervals") {
  const auto groups = ranked_apart({5, 3}, {5, 17});
  const auto usual = ff::decile_table(groups, {.parts = 3});
  const auto sure = ff::decile_table(groups, {.parts = 3, .confidence = 0.99});
  CHECK(sure[0].rate_interval.high > usual[0].rate_interval.high);
  CHECK(sure[0].rate_interval.confidence == 0.99);
  CHECK(sure[0].lift_interval.confidence == 0.99);
  CHECK(sure[0].rate == usual[0].rate);
}

TEST_CASE("options and data that do not fit are refused") {
  const ff::scores score{3, 1, 2};
  const ff::labels y(std::vector{0, 1, 1});
  const auto refusal = [&](const ff::decile_options& options) {
    return thrown_by([&] { return ff::decile_table(score, y, options); });
  };
  CHECK(refusal({.parts = 0}) == "bad_option: decile_table: parts must be in [1, 3], got 0");
  CHECK(refusal({.parts = -1}) == "bad_option: decile_table: parts must be in [1, 3], got -1");
  CHECK(refusal({.parts = 4}) == "bad_option: decile_table: parts must be in [1, 3], got 4");
  CHECK(refusal({.parts = 3}) == "");
  for (const double confidence : {0.0, 1.0, -0.5, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(refusal({.parts = 3, .confidence = confidence}).substr(0, 10) == "bad_option");
  }
  CHECK(thrown_by([&] {
          return ff::decile_table(score, ff::labels(std::vector{0, 0, 0}), {.parts = 2});
        }) == "one_class: decile_table: lift is undefined without a positive label");
  CHECK(ff::decile_table(score, ff::labels(std::vector{1, 1, 1}), {.parts = 3})[0].lift == 1);
  CHECK(code_thrown_by([&] { return ff::decile_table(score, ff::labels(std::vector{0, 1})); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::decile_table(ff::scores{}, ff::labels()); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::decile_table(std::vector<ff::tied_group>{}); }) == "bad_option");
}
