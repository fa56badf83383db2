// SPDX-License-Identifier: MIT
// DeLong's errors against their definition, against the jackknife, and against how often intervals hold what they promise.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/delong.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct two_models {
  ff::scores first, second;
  std::vector<int> label;
  ff::labels y() const { return ff::labels(label); }
};

two_models random_case(std::size_t rows, std::uint64_t levels, std::uint64_t seed) {
  ff::random_stream stream(seed);
  two_models made;
  for (std::size_t row = 0; row < rows; ++row) {
    made.label.push_back(row < 2 ? 1 : row < 4 ? 0 : stream.below(3) == 0);
    const double shared = stream.uniform() + 0.3 * made.label.back();
    const auto cut = [&](double value) { return std::floor(value * static_cast<double>(levels)) / 4; };
    made.first.push_back(cut(shared));
    made.second.push_back(cut(shared + 0.4 * stream.uniform()));
  }
  return made;
}

double wins(double positive, double negative) { return positive > negative ? 1 : positive == negative ? 0.5 : 0; }

/// Covariance of two areas, from the definition: all pairs, one by one.
double covariance(const ff::scores& a, const ff::scores& b, const std::vector<int>& label) {
  double sum = 0;
  for (const int side : {0, 1}) {
    std::vector<double> va, vb;
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] != side) continue;
      double in_a = 0, in_b = 0, others = 0;
      for (std::size_t j = 0; j < label.size(); ++j) {
        if (label[j] == side) continue;
        in_a += side == 1 ? wins(a[i], a[j]) : wins(a[j], a[i]);
        in_b += side == 1 ? wins(b[i], b[j]) : wins(b[j], b[i]);
        others += 1;
      }
      va.push_back(in_a / others);
      vb.push_back(in_b / others);
    }
    const auto n = static_cast<double>(va.size());
    double mean_a = 0, mean_b = 0, products = 0;
    for (std::size_t i = 0; i < va.size(); ++i) mean_a += va[i] / n, mean_b += vb[i] / n;
    for (std::size_t i = 0; i < va.size(); ++i) products += (va[i] - mean_a) * (vb[i] - mean_b);
    sum += products / (n - 1) / n;
  }
  return sum;
}

/// The variance that leaving out one session at a time gives: of pseudo-values, positives and negatives by themselves.
double jackknife(const ff::scores& score, const std::vector<int>& label) {
  const double all = ff::roc_auc(score, ff::labels(label)).value;
  double sum = 0;
  for (const int side : {0, 1}) {
    std::vector<double> pseudo;
    for (const int each : label) {
      if (each == side) pseudo.push_back(0);
    }
    const auto n = static_cast<double>(pseudo.size());
    std::size_t at = 0;
    for (std::size_t out = 0; out < label.size(); ++out) {
      if (label[out] != side) continue;
      auto fewer = score;
      auto left = label;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(out));
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(out));
      pseudo[at++] = n * all - (n - 1) * ff::roc_auc(fewer, ff::labels(left)).value;
    }
    double squares = 0;
    for (const double each : pseudo) squares += (each - all) * (each - all);
    sum += squares / (n - 1) / n;
  }
  return sum;
}

}  // namespace

TEST_CASE("errors are those of the definition and of the jackknife") {
  for (const std::uint64_t levels : {2U, 7U, 4'000'000U}) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      CAPTURE(levels);
      CAPTURE(seed);
      const auto made = random_case(6 + 25 * seed, levels, seed);
      const auto one = ff::delong(made.first, made.y());
      const double expected = covariance(made.first, made.first, made.label);
      CHECK(std::fabs(one.standard_error * one.standard_error - expected) <= 1e-12);
      CHECK(std::fabs(one.standard_error * one.standard_error - jackknife(made.first, made.label)) <= 1e-12);
      CHECK(one.value == ff::roc_auc(made.first, made.y()).value);

      const auto two = ff::delong(made.first, made.second, made.y());
      CHECK(two.first.value == one.value);
      CHECK(two.first.standard_error == doctest::Approx(one.standard_error).epsilon(1e-12));
      const double variance = expected + covariance(made.second, made.second, made.label) -
                              2 * covariance(made.first, made.second, made.label);
      CHECK(std::fabs(two.standard_error * two.standard_error - variance) <= 1e-12);
      CHECK(two.difference == two.second.value - two.first.value);
      CHECK(ff::delong(made.first, made.second, made.y(), 0.95, {.threads = 3}) == two);
      const auto turned = ff::delong(made.second, made.first, made.y());
      CHECK(turned.difference == -two.difference);
      CHECK(turned.p_value == doctest::Approx(two.p_value).epsilon(1e-12));
    }
  }
}

// Positives 3, 1; negatives 2, 0. Wins: 3 beats both, 1 beats one: area 3/4.
// Shares of positives 1, 1/2: variance 1/8; of negatives 1/2, 1: 1/8; sum of the variances of the means 1/16 + 1/16 = 1/8.
TEST_CASE("an example by hand") {
  const ff::scores score{3, 1, 2, 0};
  const ff::labels y(std::vector{1, 1, 0, 0});
  const auto result = ff::delong(score, y);
  CHECK(result.value == 0.75);
  CHECK(result.standard_error == doctest::Approx(std::sqrt(0.125)).epsilon(1e-15));
  // logit(0.75) = log 3, error on that scale 0.353553/0.1875 = 1.885618; 1.959964 x 1.885618 = 3.695744.
  CHECK(result.range.low == doctest::Approx(1 / (1 + std::exp(3.695744 - std::log(3.0)))).epsilon(1e-6));
  CHECK(result.range.high == doctest::Approx(1 / (1 + std::exp(-3.695744 - std::log(3.0)))).epsilon(1e-6));
  CHECK(ff::delong(score, y, 0.5).range.low > result.range.low);
  // The other model ranks perfectly: shares 1 everywhere. Differences of positives 0, 1/2, of negatives 1/2, 0.
  const auto two = ff::delong(score, ff::scores{3, 2, 1, 0}, y);
  CHECK(two.difference == 0.25);
  CHECK(two.standard_error == doctest::Approx(std::sqrt(0.125)).epsilon(1e-15));
  CHECK(two.z == doctest::Approx(0.25 / std::sqrt(0.125)).epsilon(1e-12));
  CHECK(two.p_value == doctest::Approx(0.4795001222).epsilon(1e-9));  // 2 (1 - Phi(0.70710678)): scipy 1.10.1
}

TEST_CASE("scores without spread give a bound, not an interval of no width") {
  const ff::labels y(std::vector{1, 1, 1, 0, 0, 0, 0});
  const ff::scores perfect{7, 6, 5, 4, 3, 2, 1}, wrong{1, 2, 3, 4, 5, 6, 7}, constant(7, 0.5);
  const double bound = std::cbrt(0.05);  // three disjoint pairs, all won
  CHECK(ff::delong(perfect, y).range.low == doctest::Approx(bound).epsilon(1e-12));
  CHECK(ff::delong(perfect, y).range.high == 1);
  CHECK(ff::delong(wrong, y).range.low == 0);
  CHECK(ff::delong(wrong, y).range.high == doctest::Approx(1 - bound).epsilon(1e-12));
  CHECK(ff::delong(constant, y).range == ff::interval{0.5, 0.5, 0.95});

  const auto same = ff::delong(perfect, perfect, y);
  CHECK(same.difference == 0);
  CHECK(same.z == 0);
  CHECK(same.p_value == 1);
  const auto apart = ff::delong(constant, perfect, y);
  CHECK(apart.difference == 0.5);
  CHECK(apart.p_value == 0.25);  // 2 x 0.5^3
  CHECK(apart.z == std::numeric_limits<double>::infinity());
  CHECK(apart.range.low == doctest::Approx(0.5 - (1 - bound)).epsilon(1e-12));
  CHECK(apart.range.high == 0.5);
}

TEST_CASE("what has no error is refused") {
  const ff::scores score{1, 2, 3};
  CHECK(thrown_by([&] {
          return ff::delong(score, ff::labels(std::vector{1, 0, 0}));
        }) == "one_class: delong: there must be two sessions of each label, got 1 positive and 2 negative");
  CHECK(code_thrown_by([&] { return ff::delong(score, ff::labels(std::vector{0, 0, 0})); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::delong(score, score, ff::labels(std::vector{1, 0, 0})); }) == "one_class");
  const ff::scores four{1, 2, 3, 4};
  const ff::labels y(std::vector{1, 0, 1, 0});
  CHECK(code_thrown_by([&] { return ff::delong(four, score, y); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::delong(four, y, 1); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::delong(four, four, y, 0); }) == "bad_option");
  const ff::scores missing{1, 2, 3, std::numeric_limits<double>::quiet_NaN()};
  CHECK(thrown_by([&] { return ff::delong(four, missing, y); }) ==
        "missing_value: delong: the score is missing in row 3");
}

// Normal scores whose true area is Phi(shift / sqrt 2): intervals of 95 % must hold it in 93 to 97 % of the draws, and a
// test of two equally good models must find a difference in 3 to 7 %.
TEST_CASE("intervals hold what they promise") {
  struct world {
    double shift;
    int positives, negatives;
  };
  for (const auto& made : {world{1.0, 60, 240}, world{0.3, 100, 100}, world{1.8, 80, 400}}) {
    const double shift = made.shift;
    const double truth = std::erfc(-shift / 2) / 2;
    constexpr int draws = 1500;
    int held = 0;
    int found = 0;
    ff::random_stream stream(17);
    for (int draw = 0; draw < draws; ++draw) {
      ff::scores first, second;
      std::vector<int> label;
      for (int row = 0; row < made.positives + made.negatives; ++row) {
        label.push_back(row < made.positives);
        const double shared = stream.normal();
        first.push_back(shift * label.back() + 0.6 * shared + 0.8 * stream.normal());
        second.push_back(shift * label.back() + 0.6 * shared + 0.8 * stream.normal());
      }
      const auto both = ff::delong(first, second, ff::labels(label), 0.95, {.threads = 1});
      held += both.first.range.contains(truth);
      found += both.p_value < 0.05;
    }
    CAPTURE(shift);
    CHECK(held >= 0.93 * draws);
    CHECK(held <= 0.97 * draws);
    CHECK(found >= 0.03 * draws);
    CHECK(found <= 0.07 * draws);
  }
}
