// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/choose_k.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

/// `groups` round groups of 80 sessions on a line, 12 standard deviations apart.
ff::matrix<double> on_a_line(int groups) {
  ff::random_stream stream(4);
  ff::matrix<double> x(80 * groups, 2);
  for (ff::index row = 0; row < x.rows(); ++row) {
    x(row, 0) = 12.0 * static_cast<double>(row / 80) + stream.normal();
    x(row, 1) = stream.normal();
  }
  return x;
}

ff::matrix<double> evenly_spread(ff::index rows, std::uint64_t seed) {
  ff::random_stream stream(seed);
  ff::matrix<double> x(rows, 2);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = stream.uniform();
  return x;
}

}  // namespace

TEST_CASE("groups that are there are found, with every figure") {
  const auto x = on_a_line(4);
  const auto found = ff::choose_k{.from = 2, .to = 6, .restarts = 5, .seed = 7}.fit(x);
  CHECK(found.verdict().answer == ff::k_answer::clear);
  CHECK(found.verdict().best == 4);
  CHECK(found.verdict().words.starts_with("k = 4 is clear: mean silhouette 0.8"));
  REQUIRE(found.figures().size() == 5);
  double inertia = std::numeric_limits<double>::infinity();
  for (int k = 2; k <= 6; ++k) {
    const auto& of = found.of(k);
    const auto fitted = ff::kmeans{.clusters = k, .restarts = 5, .seed = 7}.fit(x);
    const auto ids = fitted.assign(x);
    CHECK(found.with(k) == fitted);
    CHECK(of.inertia == fitted.inertia());
    CHECK(of.inertia < inertia);
    inertia = of.inertia;
    const auto silhouette = ff::silhouette(x, ids);
    CHECK(of.silhouette == doctest::Approx(silhouette.mean).epsilon(1e-12));
    CHECK(of.silhouette_sessions == 320);
    double squares = 0;
    for (const double each : silhouette.per_session) squares += std::pow(each - silhouette.mean, 2);
    CHECK(of.silhouette_error == doctest::Approx(std::sqrt(squares / 319 / 320)));
    CHECK(of.calinski_harabasz == ff::calinski_harabasz(x, ids));
    CHECK(of.davies_bouldin == ff::davies_bouldin(x, ids));
    const auto gap = ff::gap_statistic(x, k, {.seed = 7});
    CHECK(of.gap == gap.gap);
    CHECK(of.gap_error == gap.error);
    CHECK(of.gap_over_one() == gap.over_one);
    CHECK(found.gap_of_one() == gap.one);
    CHECK(of.stability == ff::segment_stability(x, ids, {.clusters = k, .seed = 7}));
  }
  CHECK(found.of(4).gap_over_one_low > 0);
  CHECK(found.of(4).stability == std::vector<double>{1, 1, 1, 1});
  CHECK(found.assign(x) == found.best().assign(x));
}

TEST_CASE("evenly spread sessions have no clear k") {
  int clear = 0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const auto found = ff::choose_k{.to = 6, .restarts = 3, .seed = seed, .resamples = 5}.fit(evenly_spread(400, seed));
    clear += found.verdict().answer != ff::k_answer::none;
  }
  CHECK(clear <= 1);  // the gap over one group is a 95 % range
}

TEST_CASE("two k that are as good are said to be") {
  // Three groups, one of which may as well be two.
  ff::random_stream stream(3);
  ff::matrix<double> x(320, 2);
  for (ff::index row = 0; row < 320; ++row) {
    const double middle = row < 80 ? 0 : row < 160 ? 12 : row < 240 ? 24 : 30.4;
    x(row, 0) = middle + stream.normal();
    x(row, 1) = stream.normal();
  }
  const auto found = ff::choose_k{.from = 3, .to = 5, .restarts = 5}.fit(x);
  CHECK(found.verdict().answer == ff::k_answer::within_noise);
  CHECK(found.verdict().words.starts_with("k = 3 and 4 are within noise of each other."));
}

TEST_CASE("above the stated sizes a sample is measured, and its size is told") {
  const auto x = on_a_line(3);
  const ff::choose_k recipe{.to = 4,
                            .restarts = 2,
                            .exact_up_to = 100,
                            .silhouette_sample = 120,
                            .references = 3,
                            .resamples = 3,
                            .resampled_up_to = 120};
  const auto found = recipe.fit(x);
  CHECK(found.of(3).silhouette_sessions == 120);  // 40 of the 80 of each
  CHECK(found.of(3).inertia == ff::kmeans{.clusters = 3, .restarts = 2}.fit(x).inertia());
  CHECK(found.verdict().best == 3);
  CHECK(found.of(3).stability == std::vector<double>{1, 1, 1});
  const auto exact = ff::choose_k{.from = 3, .to = 3, .restarts = 2, .references = 2, .resamples = 1}.fit(x).of(3);
  CHECK(std::abs(found.of(3).silhouette - exact.silhouette) < 4 * found.of(3).silhouette_error);
  CHECK(found.of(3).silhouette != exact.silhouette);
  // The error of a mean of 120 is sqrt(2) times that of one of 240; segments drawn apart have a little less.
  CHECK(found.of(3).silhouette_error > 1.2 * exact.silhouette_error);
  CHECK(found.of(3).silhouette_error < 1.7 * exact.silhouette_error);
}

TEST_CASE("progress comes in three parts a k and one, and a cancelled choice leaves nothing") {
  const auto x = on_a_line(2);
  ff::run_options run;
  std::vector<ff::index> heard;
  run.progress = [&](std::string_view stage, ff::index done, ff::index total) {
    CHECK(stage == "choose_k");
    CHECK(total == 7);
    heard.push_back(done);
    return true;
  };
  const ff::choose_k recipe{.to = 3, .restarts = 2, .references = 2, .resamples = 2};
  const auto found = recipe.fit(x, {}, run);
  CHECK(heard == std::vector<ff::index>{1, 2, 3, 4, 5, 6, 7});
  CHECK(recipe.fit(x) == found);
  run.progress = [](std::string_view, ff::index done, ff::index) { return done < 4; };
  CHECK(thrown_by([&] { return recipe.fit(x, {}, run); }) == "cancelled: choose_k: cancelled after 4 of 7");
}

TEST_CASE("options and data that make no choice are refused") {
  const auto thrown = [](const ff::choose_k& recipe, const ff::matrix<double>& x = on_a_line(2)) {
    return thrown_by([&] { return recipe.fit(x); });
  };
  CHECK(thrown({.from = 0}) == "bad_option: choose_k: from must be at least 2, got 0");
  CHECK(thrown({.from = 1}) == "bad_option: choose_k: from must be at least 2, got 1");
  CHECK(thrown({.from = 5, .to = 4}) == "bad_option: choose_k: from must be at most to, got 5 and 4");
  CHECK(thrown({.restarts = 0}) == "bad_option: choose_k: restarts must be at least 1, got 0");
  CHECK(thrown({.references = 1}) == "bad_option: choose_k: references must be at least 2, got 1");
  CHECK(thrown({.resamples = 0}) == "bad_option: choose_k: resamples must be at least 1, got 0");
  CHECK(thrown({.resample_restarts = 0}) == "bad_option: choose_k: resample_restarts must be at least 1, got 0");
  CHECK(thrown({.exact_up_to = -1}) == "bad_option: choose_k: exact_up_to must be at least 0, got -1");
  CHECK(thrown({.silhouette_sample = 0}) == "bad_option: choose_k: silhouette_sample must be at least 1, got 0");
  CHECK(thrown({.resampled_up_to = 19}) ==
        "bad_option: choose_k: resampled_up_to must be at least twice to, got 19 for 10");
  CHECK(thrown({}, ff::matrix<double>(0, 2)) == "wrong_shape: choose_k: there must be at least one row, got 0");
  CHECK(thrown({}, on_a_line(1).topRows(10)) ==
        "bad_option: choose_k: to must be below the number of sessions, got 10 for 10");
  ff::matrix<double> few(40, 1);
  for (ff::index row = 0; row < 40; ++row) few(row, 0) = static_cast<double>(row % 3);
  CHECK(thrown({}, few) == "bad_option: choose_k: to must be at most the number of distinct sessions, got 10 for 3");
  CHECK(thrown({}, ff::matrix<double>::Ones(40, 2)) ==
        "bad_option: choose_k: to must be at most the number of distinct sessions, got 10 for 1");
  CHECK(thrown({.to = 3}, few) == "");  // as many as there are: inertia 0, an infinite gap
  auto bad = on_a_line(2);
  bad(3, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK(thrown({}, bad) == "missing_value: choose_k: column 'x1' is missing (NaN) in row 3");
  bad(3, 1) = std::numeric_limits<double>::infinity();
  CHECK(thrown({}, bad) == "not_finite: choose_k: column 'x1' is infinite in row 3");
  bad(3, 1) = 1e300;
  CHECK(thrown({}, bad).starts_with("limit: kmeans: column 'x1'"));
  CHECK(thrown_by([] { return ff::choose_k{}.fit(on_a_line(2), ff::weights(std::vector<double>(160, 2.0))); }) ==
        "bad_option: choose_k: silhouettes take no weights, got 160");
}
