// SPDX-License-Identifier: MIT
// Curves against scikit-learn's, and corners against the areas that they must keep.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/curves.hpp>

#include <tests/oracle/ranking.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

std::vector<ff::tied_group> random_groups(std::uint64_t seed, int count) {
  ff::random_stream stream(seed);
  std::vector<ff::tied_group> groups;
  for (int i = 0; i < count; ++i) {
    const auto sessions = static_cast<std::int64_t>(1 + stream.below(3));
    groups.push_back({static_cast<double>(count - i), sessions,
                      static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(sessions) + 1))});
  }
  groups.push_back({0, 2, 1});
  return groups;
}

std::vector<ff::weighted_group> weighted(const std::vector<ff::tied_group>& groups, double by) {
  std::vector<ff::weighted_group> result;
  for (const auto& each : groups)
    result.push_back({each.score, by * static_cast<double>(each.sessions), by * static_cast<double>(each.positives)});
  return result;
}

bool near(double a, double b) { return std::fabs(a - b) <= 1e-12; }

}  // namespace

TEST_CASE("scikit-learn draws the same curves and partial areas") {
  for (const auto& expected : oracle::ranking_cases) {
    CAPTURE(expected.level.size());
    ff::scores score;
    for (const int level : expected.level) score.push_back(level / 1024.0);
    const ff::labels y(expected.label);
    const auto groups = ff::ranking(score, y);
    const auto roc = ff::roc_curve(groups, ff::curve_points::all);
    REQUIRE(roc.size() == expected.true_rates.size());
    for (std::size_t i = 0; i < roc.size(); ++i) {
      CHECK(near(roc[i].false_positive_rate, expected.false_rates[i]));
      CHECK(near(roc[i].true_positive_rate, expected.true_rates[i]));
    }
    // scikit-learn goes from the lowest score up and adds a point (0, 1) at the end.
    const auto precision = ff::precision_recall_curve(groups, ff::curve_points::all);
    REQUIRE(precision.size() + 1 == expected.precisions.size());
    for (std::size_t i = 0; i < precision.size(); ++i) {
      const std::size_t theirs = precision.size() - 1 - i;
      CHECK(near(precision[i].precision, expected.precisions[theirs]));
      CHECK(near(precision[i].recall, expected.recalls[theirs]));
    }
    CHECK(near(ff::partial_auc(groups, 0.1).standardised, expected.partial_auc_10));
    CHECK(near(ff::partial_auc(groups, 0.35).standardised, expected.partial_auc_35));
    const auto weights = ff::ranking(score, y, ff::weights(expected.weight));
    CHECK(near(ff::partial_auc(weights, 0.35).standardised, expected.weighted_partial_auc_35));
  }
}

TEST_CASE("corners are all points of a bend, and keep the area") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto groups = random_groups(seed, 40);
    const auto corners = ff::roc_curve(groups);
    const auto all = ff::roc_curve(groups, ff::curve_points::all);
    CHECK(all.size() == groups.size() + 1);
    CHECK(corners.size() < all.size());
    CHECK(corners.front() == all.front());
    CHECK(corners.back() == all.back());
    double area = 0;
    for (std::size_t i = 1; i < corners.size(); ++i) {
      area += (corners[i].false_positive_rate - corners[i - 1].false_positive_rate) *
              (corners[i].true_positive_rate + corners[i - 1].true_positive_rate) / 2;
    }
    CHECK(near(area, ff::roc_auc(groups).value));
    CHECK(near(ff::partial_auc(groups, 1).area, area));
    CHECK(near(ff::partial_auc(groups, 1).standardised, area));
    for (std::size_t i = 2; i < corners.size(); ++i) {  // three in a row always turn
      const auto &a = corners[i - 2], &b = corners[i - 1], &c = corners[i];
      CHECK(std::fabs((b.true_positive_rate - a.true_positive_rate) * (c.false_positive_rate - b.false_positive_rate) -
                      (c.true_positive_rate - b.true_positive_rate) * (b.false_positive_rate - a.false_positive_rate)) >
            1e-9);
    }
    CHECK(ff::gain_curve(groups).size() == corners.size());  // one is a linear map of the other
    CHECK(ff::roc_curve(weighted(groups, 4)) == corners);
    CHECK(ff::gain_curve(weighted(groups, 4)) == ff::gain_curve(groups));
    CHECK(ff::precision_recall_curve(weighted(groups, 4)) == ff::precision_recall_curve(groups));
    CHECK(ff::ks_statistic(weighted(groups, 4)) == ff::ks_statistic(groups));
    CHECK(near(ff::partial_auc(weighted(groups, 4), 0.3).area, ff::partial_auc(groups, 0.3).area));

    // The widest gap, by looking everywhere.
    double widest = 0;
    for (const auto& at : all) widest = std::max(widest, std::fabs(at.true_positive_rate - at.false_positive_rate));
    const auto ks = ff::ks_statistic(groups);
    CHECK(near(ks.value, widest));
    CHECK(near(std::fabs(ks.true_positive_rate - ks.false_positive_rate), widest));
  }
}

TEST_CASE("curves by hand") {
  // Two buyers, then one of three, then none of two.
  const std::vector<ff::tied_group> groups{{5, 1, 1}, {4, 1, 1}, {3, 3, 1}, {2, 1, 0}, {1, 1, 0}};
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(ff::roc_curve(groups) == std::vector<ff::roc_point>{{infinity, 0, 0}, {4, 0, 2.0 / 3}, {3, 0.5, 1}, {1, 1, 1}});
  CHECK(ff::gain_curve(groups) ==
        std::vector<ff::gain_point>{{infinity, 0, 0}, {4, 2.0 / 7, 2.0 / 3}, {3, 5.0 / 7, 1}, {1, 1, 1}});
  CHECK(ff::gain_curve(groups)[1].lift() == doctest::Approx(7.0 / 3).epsilon(1e-15));
  CHECK(ff::precision_recall_curve(groups) ==
        std::vector<ff::precision_recall_point>{{5, 1.0 / 3, 1}, {4, 2.0 / 3, 1}, {3, 1, 0.6}, {1, 1, 3.0 / 7}});
  const auto ks = ff::ks_statistic(groups);
  CHECK(ks.value == doctest::Approx(2.0 / 3).epsilon(1e-15));
  CHECK(ks.threshold == 4);
  CHECK(ks.share == 2.0 / 7);
  // Up to a false positive rate of 0.25: a rectangle of 2/3 and a triangle up to 5/6.
  const auto part = ff::partial_auc(groups, 0.25);
  CHECK(part.area == doctest::Approx(0.25 * 0.75).epsilon(1e-14));
  CHECK(part.standardised == doctest::Approx(0.5 * (1 + (0.1875 - 0.03125) / (0.25 - 0.03125))).epsilon(1e-14));
}

TEST_CASE("curves of one label do not exist") {
  const std::vector<ff::tied_group> buyers{{1, 2, 2}}, others{{1, 2, 0}}, none;
  CHECK(thrown_by([&] { return ff::roc_curve(buyers); }) ==
        "one_class: roc_curve: is undefined without both labels, got 2 positive and 0 negative");
  CHECK(code_thrown_by([&] { return ff::ks_statistic(others); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::gain_curve(others); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::precision_recall_curve(none); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::partial_auc(none, 0.5); }) == "one_class");
  CHECK(ff::gain_curve(buyers).size() == 2);
  for (const double bad : {0.0, -0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(code_thrown_by([&] { return ff::partial_auc(buyers, bad); }) == "bad_option");
  }
}
