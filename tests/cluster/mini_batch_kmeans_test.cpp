// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/mini_batch_kmeans.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("batches come close to all sessions, and closer than their start") {
  const auto x = grouped_sessions<double>(30'000, 3, 5, 2);
  const double best = ff::kmeans{.clusters = 5, .restarts = 5, .seed = 1}.fit(x).inertia();
  const ff::mini_batch_kmeans recipe{.clusters = 5, .batch = 500, .steps = 60, .restarts = 5, .seed = 1};
  auto only_start = recipe;
  only_start.steps = 0;
  const auto model = recipe.fit(x);
  CHECK(model.inertia() >= best * (1 - 1e-9));
  CHECK(model.inertia() < best * 1.002);
  CHECK(model.inertia() < only_start.fit(x).inertia());
  double sizes = 0;
  for (const double size : model.sizes()) sizes += size;
  CHECK(sizes == 30'000);
  CHECK(model.sizes().front() == *std::max_element(model.sizes().begin(), model.sizes().end()));
}

TEST_CASE_TEMPLATE("the seed decides and threads do not", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(9000, 2, 3, 4);
  ff::mini_batch_kmeans recipe{.clusters = 4, .batch = 300, .steps = 5, .restarts = 2, .seed = 5};
  const auto one = recipe.fit(x, {}, on(1));
  CHECK((one == recipe.fit(x, {}, on(3))));
  recipe.seed = 6;
  CHECK(!(one == recipe.fit(x, {}, on(1))));
}

TEST_CASE("sessions without weight are not drawn, and heavy ones often") {
  // Two groups; of the third, far away, no session counts.
  auto x = grouped_sessions<double>(6000, 2, 2, 0.5);
  x.bottomRows(2000).array() += 1000;
  std::vector<double> w(6000, 1.0);
  for (std::size_t row = 4000; row < 6000; ++row) w[row] = 0;
  const auto model = ff::mini_batch_kmeans{.clusters = 2, .batch = 100, .steps = 10, .seed = 1}.fit(x, ff::weights(w));
  CHECK(model.centers().maxCoeff() < 100);
  CHECK(model.sizes()[0] + model.sizes()[1] == 4000);
}

TEST_CASE("few sessions, or few distinct ones in a batch, are left to k-means on all") {
  const auto x = grouped_sessions<double>(400, 2, 3);
  const ff::mini_batch_kmeans recipe{.clusters = 3, .batch = 400, .steps = 7, .restarts = 4, .seed = 2};
  const auto all = ff::kmeans{.clusters = 3, .restarts = 4, .seed = 2}.fit(x);
  CHECK(recipe.fit(x).inertia() == doctest::Approx(all.inertia()).epsilon(1e-3));
  ff::matrix<double> same = ff::matrix<double>::Zero(1000, 1);
  same(700, 0) = 1;
  CHECK(ff::mini_batch_kmeans{.clusters = 2, .batch = 2, .seed = 1}.fit(same).inertia() == 0);
}

TEST_CASE("options and sessions that make no sense are refused by name") {
  const auto x = grouped_sessions<double>(300, 2, 3);
  const auto thrown = [&](const ff::mini_batch_kmeans& recipe) { return thrown_by([&] { (void)recipe.fit(x); }); };
  CHECK(thrown({.clusters = 0}) == "bad_option: mini_batch_kmeans: clusters must be at least 2, got 0");
  CHECK(thrown({.clusters = 8, .batch = 7}) ==
        "bad_option: mini_batch_kmeans: batch must be at least clusters, got 7 and 8");
  CHECK(thrown({.steps = -1}) == "bad_option: mini_batch_kmeans: steps must be at least 0, got -1");
  CHECK(thrown({.restarts = 0}) == "bad_option: mini_batch_kmeans: restarts must be at least 1, got 0");
  CHECK(thrown({.clusters = 301}) ==
        "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 301 for " +
            std::to_string(ff::distinct_sessions<double>(x, 301)));
  auto bad = x;
  bad(299, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK(thrown_by([&] { (void)ff::mini_batch_kmeans{.clusters = 2, .batch = 10}.fit(bad); }) ==
        "missing_value: mini_batch_kmeans: column 'x1' is missing (NaN) in row 299");
}

TEST_CASE("progress counts batches and can stop") {
  const auto x = grouped_sessions<double>(2000, 2, 3);
  ff::index parts = 0;
  ff::run_options run = on(1);
  run.progress = [&](std::string_view, ff::index, ff::index total) {
    CHECK(total == 6);
    return ++parts < 100;
  };
  const ff::mini_batch_kmeans recipe{.clusters = 3, .batch = 200, .steps = 4, .seed = 1};
  (void)recipe.fit(x, {}, run);
  CHECK(parts == 6);
  run.progress = [&](std::string_view, ff::index, ff::index) { return false; };
  CHECK(thrown_by([&] { (void)recipe.fit(x, {}, run); }).starts_with("cancelled"));
}
