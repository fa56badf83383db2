// SPDX-License-Identifier: MIT
// Ranking figures against their definitions, pair by pair, and against scikit-learn.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/ranking.hpp>

#include <tests/oracle/ranking.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct scored {
  ff::scores score;
  std::vector<int> label;
  ff::labels y() const { return ff::labels(label); }
};

/// `levels` different scores, both labels present.
scored random_case(std::size_t rows, std::uint64_t levels, std::uint64_t seed) {
  ff::random_stream stream(seed);
  scored made;
  for (std::size_t row = 0; row < rows; ++row) {
    made.score.push_back(static_cast<double>(stream.below(levels)) / 8 - 1);
    made.label.push_back(row == 0 ? 1 : row == 1 ? 0 : stream.below(3) == 0);
  }
  return made;
}

/// Twice the pairs won plus the pairs tied, counted one by one.
std::uint64_t twice_wins(const scored& made) {
  std::uint64_t sum = 0;
  for (std::size_t a = 0; a < made.score.size(); ++a) {
    for (std::size_t b = 0; b < made.score.size(); ++b) {
      if (made.label[a] == 0 || made.label[b] != 0) continue;
      sum += made.score[a] > made.score[b] ? 2 : made.score[a] == made.score[b] ? 1 : 0;
    }
  }
  return sum;
}

/// The mean, over positives, of the share of positives among all that score at least as high.
double naive_average_precision(const scored& made) {
  double sum = 0;
  double positives = 0;
  for (std::size_t a = 0; a < made.score.size(); ++a) {
    if (made.label[a] == 0) continue;
    double above = 0;
    double hits = 0;
    for (std::size_t b = 0; b < made.score.size(); ++b) {
      if (made.score[b] < made.score[a]) continue;
      above += 1;
      hits += made.label[b];
    }
    sum += hits / above;
    positives += 1;
  }
  return sum / positives;
}

}  // namespace

TEST_CASE("sessions of one score stand together, the highest first") {
  const ff::scores score{0.5, 0.25, 0.5, 1, 0.25, 0.5};
  const auto groups = ff::ranking(score, ff::labels(std::vector{1, 0, 0, 1, 1, 1}));
  CHECK(groups == std::vector<ff::tied_group>{{1, 1, 1}, {0.5, 3, 2}, {0.25, 2, 1}});
  const ff::scores zeros{-0.0, 0.0};
  CHECK(ff::ranking(zeros, ff::labels(std::vector{1, 0})).size() == 1);
}

/// Groups by comparing and sorting, as plainly as can be.
std::vector<ff::tied_group> plain_groups(const ff::scores& score, const std::vector<int>& label) {
  std::map<double, ff::tied_group, std::greater<>> groups;
  for (std::size_t row = 0; row < score.size(); ++row) {
    auto& group = groups[score[row]];
    group.score = score[row] + 0.0;
    ++group.sessions;
    group.positives += label[row];
  }
  std::vector<ff::tied_group> result;
  for (const auto& [each, group] : groups) result.push_back(group);
  return result;
}

TEST_CASE("groups of many sessions are those of a map, for any number of threads") {
  ff::random_stream stream(11);
  constexpr double largest = std::numeric_limits<double>::max();
  const std::vector<double (*)(ff::random_stream&)> draws{
      [](ff::random_stream& s) { return s.uniform(); },
      [](ff::random_stream& s) { return std::floor(300 * s.uniform()) / 300; },
      [](ff::random_stream& s) { return s.normal() * 5; },  // both signs: no bit is free for the label
      [](ff::random_stream& s) { return 0.5 + 0x1p-53 * static_cast<double>(s.below(3)); },
      [](ff::random_stream& s) { return s.below(2) == 0 ? -0.0 : 0.0; },
      [](ff::random_stream& s) { return s.below(3) == 0 ? largest : -largest; }};
  for (const auto& draw : draws) {
    for (const std::size_t rows : {3000U, 150000U}) {
      ff::scores score;
      std::vector<int> label;
      for (std::size_t row = 0; row < rows; ++row) {
        score.push_back(draw(stream));
        label.push_back(stream.below(5) == 0);
      }
      const auto expected = plain_groups(score, label);
      const ff::labels y(label);
      CHECK(ff::ranking(score, y, {.threads = 1}) == expected);
      CHECK(ff::ranking(score, y, {.threads = 3}) == expected);
    }
  }
}

TEST_CASE("whole weights do what repeated sessions do, to the last bit") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto made = random_case(200, 20, seed);
    ff::random_stream stream(seed + 100);
    std::vector<double> weight;
    scored repeated;
    for (std::size_t row = 0; row < made.score.size(); ++row) {
      const auto times = row < 2 ? 1 : stream.below(4);
      weight.push_back(static_cast<double>(times));
      repeated.score.insert(repeated.score.end(), times, made.score[row]);
      repeated.label.insert(repeated.label.end(), times, made.label[row]);
    }
    const auto weighted = ff::ranking(made.score, made.y(), ff::weights(weight));
    const auto groups = ff::ranking(repeated.score, repeated.y());
    REQUIRE(weighted.size() == groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      CHECK(weighted[i].score == groups[i].score);
      CHECK(weighted[i].sessions == static_cast<double>(groups[i].sessions));
      CHECK(weighted[i].positives == static_cast<double>(groups[i].positives));
    }
    CHECK(ff::roc_auc(weighted) == ff::roc_auc(groups).value);
    CHECK(ff::average_precision(weighted) == ff::average_precision(groups));
    CHECK(ff::roc_auc(made.score, made.y(), ff::weights()) == ff::roc_auc(made.score, made.y()).value);
  }
}

TEST_CASE("real weights are added in the order of the rows, whatever the threads") {
  ff::random_stream stream(3);
  ff::scores score;
  std::vector<int> label;
  std::vector<double> weight;
  double same = 0;
  for (int row = 0; row < 100000; ++row) {
    score.push_back(static_cast<double>(stream.below(7)));
    label.push_back(stream.below(2) == 0);
    weight.push_back(stream.uniform());
    if (score.back() == 6) same += weight.back();
  }
  const ff::labels y(label);
  const auto groups = ff::ranking(score, y, ff::weights(weight), {.threads = 1});
  CHECK(groups.front().sessions == same);
  CHECK(ff::ranking(score, y, ff::weights(weight), {.threads = 3}) == groups);
  CHECK(code_thrown_by([&] { return ff::ranking(score, y, ff::weights({1, 2})); }) == "wrong_shape");
  // Weight on one label only.
  const ff::scores two{0.1, 0.2};
  CHECK(thrown_by([&] {
          return ff::roc_auc(two, ff::labels(std::vector{0, 1}), ff::weights({0, 3}));
        }) == "one_class: roc_auc: is undefined without weight on both labels, got 3 positive and 0 negative");
  CHECK(code_thrown_by([&] {
          return ff::average_precision(two, ff::labels(std::vector{0, 1}), ff::weights({3, 0}));
        }) == "one_class");
}

TEST_CASE("the area under the curve is its definition, pair by pair") {
  for (const std::uint64_t levels : {1U, 2U, 5U, 40U, 4'000'000U}) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const auto made = random_case(2 + 60 * seed, levels, seed);
      const auto result = ff::roc_auc(made.score, made.y());
      CHECK(result.twice_wins == twice_wins(made));
      CHECK(result.positives == made.y().positives());
      CHECK(result.negatives == made.y().negatives());
      const auto pairs = static_cast<double>(result.positives * result.negatives);
      CHECK(result.value == static_cast<double>(result.twice_wins) / (2 * pairs));
    }
  }
}

TEST_CASE("scores turned around win what they lost") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto made = random_case(200, 30, seed);
    auto opposite = made.score;
    for (double& score : opposite) score = -score;
    const auto one = ff::roc_auc(made.score, made.y());
    const auto other = ff::roc_auc(opposite, made.y());
    CHECK(one.twice_wins + other.twice_wins == static_cast<std::uint64_t>(2 * one.positives * one.negatives));
    CHECK(one.value + other.value == doctest::Approx(1).epsilon(1e-15));
    auto flipped = made.label;
    for (int& label : flipped) label = 1 - label;
    CHECK(ff::roc_auc(made.score, ff::labels(flipped)).twice_wins == other.twice_wins);
  }
}

TEST_CASE("only the order of scores matters, and the order of sessions does not") {
  const auto made = random_case(300, 25, 1);
  const auto auc = ff::roc_auc(made.score, made.y());
  const auto precision = ff::average_precision(made.score, made.y());
  auto stretched = made.score;
  for (double& score : stretched) score = score * score * score * 1e100 + 7;
  CHECK(ff::roc_auc(stretched, made.y()) == auc);
  CHECK(ff::average_precision(stretched, made.y()) == precision);

  ff::row_set order(300);
  std::iota(order.begin(), order.end(), ff::index{0});
  ff::random_stream(2).shuffle(std::span(order));
  ff::scores shuffled;
  for (const auto row : order) shuffled.push_back(made.score[static_cast<std::size_t>(row)]);
  CHECK(ff::roc_auc(shuffled, made.y().rows(order)) == auc);
  CHECK(ff::average_precision(shuffled, made.y().rows(order)) == precision);
}

TEST_CASE("perfect, worst and no ranking") {
  const ff::labels y(std::vector{1, 1, 0, 0, 0});
  const ff::scores rising{1, 2, 3, 4, 5}, falling{5, 4, 3, 2, 1}, constant(5, 0.5);
  CHECK(ff::roc_auc(falling, y).value == 1);
  CHECK(ff::roc_auc(rising, y).value == 0);
  CHECK(ff::roc_auc(constant, y).value == 0.5);
  CHECK(ff::average_precision(falling, y).value == 1);
  CHECK(ff::average_precision(constant, y).value == 0.4);
  CHECK(ff::average_precision(constant, y).base == 0.4);
  CHECK(ff::average_precision(rising, y).value == doctest::Approx((0.25 + 0.4) / 2).epsilon(1e-15));
}

TEST_CASE("average precision is its definition") {
  for (const std::uint64_t levels : {1U, 3U, 50U, 4'000'000U}) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const auto made = random_case(2 + 80 * seed, levels, seed);
      const auto result = ff::average_precision(made.score, made.y());
      CHECK(result.value == doctest::Approx(naive_average_precision(made)).epsilon(1e-13));
      CHECK(result.base == static_cast<double>(made.y().positives()) / static_cast<double>(made.y().size()));
    }
  }
  const ff::scores two{0.5, 0.25};
  CHECK(ff::average_precision(two, ff::labels(std::vector{1, 1})).value == 1);  // all positive: defined
}

TEST_CASE("scikit-learn finds the same") {
  for (const auto& expected : oracle::ranking_cases) {
    CAPTURE(expected.level.size());
    ff::scores score;
    for (const int level : expected.level) score.push_back(level / 1024.0);
    const auto groups = ff::ranking(score, ff::labels(expected.label));
    CHECK(std::fabs(ff::roc_auc(groups).value - expected.roc_auc) <= 1e-12);
    CHECK(std::fabs(ff::average_precision(groups).value - expected.average_precision) <= 1e-12);
    const auto weighted = ff::ranking(score, ff::labels(expected.label), ff::weights(expected.weight));
    CHECK(std::fabs(ff::roc_auc(weighted) - expected.weighted_roc_auc) <= 1e-12);
    CHECK(std::fabs(ff::average_precision(weighted).value - expected.weighted_average_precision) <= 1e-12);
  }
}

TEST_CASE("what cannot be ranked is refused") {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const auto rank = [](const ff::scores& score, const std::vector<int>& label) {
    return thrown_by([&] { return ff::ranking(score, ff::labels(label)); });
  };
  CHECK(rank({}, {}) == "wrong_shape: ranking: there must be at least one score, got 0");
  CHECK(rank({1, 2}, {1}) == "wrong_shape: ranking: there must be one label for each score, got 2 scores and 1 labels");
  CHECK(rank({1, missing}, {1, 0}) == "missing_value: ranking: the score is missing in row 1");
  CHECK(rank({1, -infinity}, {1, 0}) == "not_finite: ranking: a score must be finite, got -inf in row 1");
  const ff::scores two{1, 2};
  CHECK(thrown_by([&] {
          return ff::roc_auc(two, ff::labels(std::vector{1, 1}));
        }) == "one_class: roc_auc: is undefined without both labels, got 2 positive and 0 negative");
  CHECK(code_thrown_by([&] { return ff::roc_auc(two, ff::labels(std::vector{0, 0})); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::roc_auc(std::vector<ff::tied_group>{}); }) == "one_class");
  CHECK(thrown_by([&] {
          return ff::average_precision(two, ff::labels(std::vector{0, 0}));
        }) == "one_class: average_precision: is undefined without a positive label");
  CHECK(code_thrown_by([&] { return ff::average_precision(std::vector<ff::tied_group>{}); }) == "one_class");
}

TEST_CASE("figures of billions of sessions stay exact") {
  const std::vector<ff::tied_group> groups{{0.9, 2'000'000'000, 1'000'000'000}, {0.1, 2'000'000'000, 1'000'000'000}};
  const auto result = ff::roc_auc(groups);
  CHECK(result.twice_wins == std::uint64_t{4'000'000'000'000'000'000});
  CHECK(result.value == 0.5);
}
