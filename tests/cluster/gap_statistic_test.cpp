// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/gap_statistic.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::matrix<double> evenly_spread(ff::index rows, std::uint64_t seed) {
  ff::random_stream stream(seed);
  ff::matrix<double> x(rows, 2);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = stream.uniform();
  return x;
}

ff::matrix<double> one_blob(ff::index rows, std::uint64_t seed) {
  ff::random_stream stream(seed);
  ff::matrix<double> x(rows, 2);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = stream.normal();
  return x;
}

}  // namespace

TEST_CASE("the gap is what its definition says") {
  const auto x = grouped_sessions<double>(300, 2, 3);
  const auto found = ff::gap_statistic(x, 3, {.references = 4, .restarts = 2, .seed = 9});
  const ff::kmeans groups{.clusters = 3, .restarts = 2, .seed = 9};
  const auto around_mean = [](const ff::matrix<double>& of) {
    return (of.rowwise() - of.colwise().mean()).squaredNorm();
  };
  std::vector<double> one, three;
  for (std::uint64_t i = 0; i < 4; ++i) {
    auto stream = ff::random_stream(9).child(i);
    ff::matrix<double> drawn(300, 2);
    for (ff::index column = 0; column < 2; ++column) {
      const double range = x.col(column).maxCoeff() - x.col(column).minCoeff();
      for (ff::index row = 0; row < 300; ++row) drawn(row, column) = stream.uniform() * range;
    }
    one.push_back(std::log(around_mean(drawn)));
    three.push_back(std::log(groups.fit(drawn).inertia()));
  }
  const auto mean = [](const std::vector<double>& of) { return (of[0] + of[1] + of[2] + of[3]) / 4; };
  double squares = 0;
  for (const double each : three) squares += (each - mean(three)) * (each - mean(three));
  CHECK(found.gap == doctest::Approx(mean(three) - std::log(groups.fit(x).inertia())).epsilon(1e-10));
  CHECK(found.one == doctest::Approx(mean(one) - std::log(around_mean(x))).epsilon(1e-10));
  CHECK(found.error == doctest::Approx(std::sqrt(squares / 4 * 1.25)).epsilon(1e-8));
  CHECK((found.over_one.low + found.over_one.high) / 2 == doctest::Approx(found.gap - found.one).epsilon(1e-10));
}

TEST_CASE("groups are more than a crowd cut in pieces, evenly spread sessions and one blob are not") {
  const auto grouped = grouped_sessions<double>(400, 2, 3, 0.2);
  CHECK(ff::gap_statistic(grouped, 3).over_one.low > 0);
  for (const int k : {2, 4}) {
    int above = 0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      above += ff::gap_statistic(evenly_spread(400, seed), k, {.seed = seed}).over_one.low > 0;
    }
    CHECK(above <= 1);  // a 95 % range, so one side fails in one of forty
    CHECK(ff::gap_statistic(one_blob(400, 3), k).over_one.high < 0);
  }
}

TEST_CASE_TEMPLATE("threads change no bit", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(500, 3, 3);
  const auto one = ff::gap_statistic(x, 3, {.seed = 2}, on(1));
  CHECK(ff::gap_statistic(x, 3, {.seed = 2}, on(3)) == one);
  CHECK_FALSE(ff::gap_statistic(x, 3, {.seed = 3}, on(1)) == one);
}

TEST_CASE("as many groups as distinct sessions: infinitely tight") {
  ff::matrix<double> x(6, 1);
  x << 1, 1, 5, 5, 9, 9;
  const auto found = ff::gap_statistic(x, 3);
  CHECK(found.gap == std::numeric_limits<double>::infinity());
  CHECK(found.over_one.low == std::numeric_limits<double>::infinity());
}

TEST_CASE("what has no gap is refused") {
  const auto x = grouped_sessions<double>(20, 2, 2);
  const auto thrown = [&](int k, const ff::gap_options& options = {}) {
    return thrown_by([&] { return ff::gap_statistic(x, k, options); });
  };
  CHECK(thrown(1) == "bad_option: gap_statistic: clusters must be at least 2, got 1");
  CHECK(thrown(2, {.references = 1}) == "bad_option: gap_statistic: references must be at least 2, got 1");
  CHECK(thrown(2, {.restarts = 0}) == "bad_option: gap_statistic: restarts must be at least 1, got 0");
  CHECK(code_thrown_by([] { return ff::gap_statistic(ff::matrix<double>(0, 2), 2); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::gap_statistic(ff::matrix<double>(5, 0), 2); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::gap_statistic(ff::matrix<double>(ff::matrix<double>::Ones(5, 2)), 2); }) ==
        "bad_option");
}
