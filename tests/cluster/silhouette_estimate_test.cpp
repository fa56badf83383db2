// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/silhouette_estimate.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

// A large, a middling and a tiny segment; number 2 is nobody's.
ff::segment_ids uneven_ids(ff::index rows) {
  ff::segment_ids ids;
  for (ff::index row = 0; row < rows; ++row) ids.push_back(row % 500 == 3 ? 3 : row % 4 == 0 ? 1 : 0);
  return ids;
}

}  // namespace

TEST_CASE_TEMPLATE("all sessions give the silhouette itself, without error", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(700, 3, 3);
  const auto ids = uneven_ids(700);
  const auto exact = ff::silhouette(x, ids);
  const auto found = ff::silhouette_estimate(x, ids, {.sessions = 700});
  CHECK(found.mean == doctest::Approx(exact.mean).epsilon(1e-6));
  CHECK(found.standard_error == 0);
  CHECK(found.sampled == std::vector<ff::index>{523, 175, 0, 2});
  for (const std::size_t segment : {0U, 1U, 3U}) {
    CHECK(found.per_segment[segment] == doctest::Approx(exact.per_segment[segment]).epsilon(1e-6));
    CHECK(found.per_segment_error[segment] == 0);
  }
  CHECK(std::isnan(found.per_segment[2]));
  CHECK(std::isnan(found.per_segment_error[2]));
}

TEST_CASE("estimates scatter around the mean as their error says, and no segment is lost") {
  const auto x = grouped_sessions<double>(3000, 2, 3, 3);
  const auto ids = uneven_ids(3000);
  const double exact = ff::silhouette(x, ids).mean;
  double sum = 0, squares = 0, variances = 0;
  int covered = 0;
  constexpr int repeats = 300;
  for (std::uint64_t seed = 0; seed < repeats; ++seed) {
    const auto found = ff::silhouette_estimate(x, ids, {.sessions = 150, .least = 3, .seed = seed});
    REQUIRE(found.sampled[3] == 3);
    const double error = found.mean - exact;
    sum += error;
    squares += error * error;
    variances += found.standard_error * found.standard_error;
    covered += std::abs(error) <= 1.96 * found.standard_error;
  }
  CHECK(std::abs(sum / repeats) < 4 * std::sqrt(variances / repeats / repeats));  // unbiased
  CHECK(squares / variances == doctest::Approx(1).epsilon(0.35));                 // 4 standard errors of that ratio
  CHECK(covered > 0.90 * repeats);
  CHECK(covered < repeats);
}

TEST_CASE("a seed says which sessions, threads do not matter") {
  const auto x = grouped_sessions<float>(2000, 3, 3);
  const auto ids = uneven_ids(2000);
  const auto one = ff::silhouette_estimate(x, ids, {.sessions = 300, .seed = 4}, on(1));
  const auto other = ff::silhouette_estimate(x, ids, {.sessions = 300, .seed = 4}, on(3));
  CHECK(other.mean == one.mean);
  CHECK(other.standard_error == one.standard_error);
  CHECK(other.sampled == one.sampled);
  CHECK(ff::silhouette_estimate(x, ids, {.sessions = 300, .seed = 5}, on(1)).mean != one.mean);
}

TEST_CASE("what cannot be estimated is refused") {
  const auto x = grouped_sessions<double>(5, 2, 2);
  const auto thrown = [&](const ff::segment_ids& ids, const ff::silhouette_sample& sample) {
    return thrown_by([&] { return ff::silhouette_estimate(x, ids, sample); });
  };
  CHECK(thrown({0, 1, 0, 1, 0}, {.sessions = 0}) ==
        "bad_option: silhouette_estimate: sessions must be at least 1, got 0");
  CHECK(thrown({0, 1, 0, 1, 0}, {.least = 1}) == "bad_option: silhouette_estimate: least must be at least 2, got 1");
  CHECK(thrown({0, 0, 0, 0, 0}, {}).substr(0, 9) == "bad_value");
  auto bad = x;
  bad(2, 1) = std::numeric_limits<double>::infinity();
  CHECK(thrown_by([&] {
          return ff::silhouette_estimate(bad, {0, 1, 0, 1, 0});
        }) == "not_finite: silhouette_estimate: column 'x1' is infinite in row 2");
}
