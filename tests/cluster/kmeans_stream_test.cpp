// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/kmeans_stream.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::kmeans_stream<double> begun(const ff::matrix<double>& centers, double size = 0) {
  const auto count = static_cast<std::size_t>(centers.rows());
  return ff::kmeans_stream<double>::from_parts(ff::columns_of(centers), {1, 1}, centers,
                                               std::vector<double>(count, size), 0, 1);
}

const std::vector<double> first_batch{0, 1, 1, 0, 2, 2, 9, 8, 8, 9, 10, 10, 1, 9, 0, 8};
const std::vector<double> second_batch{3, 1, 0, 0, 11, 9, 7, 7, 2, 10, 1, 8, 4, 4};
const std::vector<double> start{1, 1, 8, 8, 1, 8};

}  // namespace

// scikit-learn 1.2.1: MiniBatchKMeans(3, init=start, n_init=1, reassignment_ratio=0), partial_fit of each batch.
TEST_CASE("batches move the centres as in scikit-learn") {
  auto stream = begun(rows_of<double>(start, 2));
  stream.add(rows_of<double>(first_batch, 2));
  CHECK((stream.fitted().centers() - rows_of<double>({1, 1, 9, 9, 0.5, 8.5}, 2)).cwiseAbs().maxCoeff() < 1e-14);
  stream.add(rows_of<double>(second_batch, 2));
  const auto model = stream.fitted();
  const auto expected = rows_of<double>({5.0 / 3, 4.0 / 3, 9, 8.6, 1, 8.75}, 2);
  CHECK((model.centers() - expected).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(model.sizes() == std::vector<double>{6, 5, 4});
  CHECK(model.passes() == 3);
  // Of the first batch 1 + 1 + 2, 1 + 1 + 8 and 1 + 1; of the second, by the centres (1, 1), (9, 9), (0.5, 8.5).
  CHECK(model.inertia() == doctest::Approx(4 + 10 + 2 + (4 + 2 + 18) + (4 + 8) + (4.5 + 0.5)).epsilon(1e-14));
}

TEST_CASE("a stream goes on from what stands behind the centres, and weights are sessions") {
  auto one = begun(rows_of<double>({0, 0, 10, 10}, 2), 3);
  auto other = one;
  one.add(rows_of<double>({4, 0, 4, 0, 9, 9}, 2));
  other.add(rows_of<double>({4, 0, 9, 9, 9, 7}, 2), ff::weights({2.0, 1.0, 0.0}));
  CHECK(one.fitted().centers()(0, 0) == doctest::Approx(8.0 / 5).epsilon(1e-14));
  CHECK(one.fitted().centers()(1, 1) == doctest::Approx(39.0 / 4).epsilon(1e-14));
  CHECK((one.fitted().centers() - other.fitted().centers()).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(one.fitted().sizes() == other.fitted().sizes());
  CHECK(one.fitted().inertia() == other.fitted().inertia());
}

TEST_CASE_TEMPLATE("threads change no bit of a stream, and it survives being stored", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(20'000, 3, 4);
  const auto day = ff::kmeans{.clusters = 4, .restarts = 1, .seed = 1}.fit(ff::matrix<Scalar>(x.topRows(3000)));
  ff::kmeans_stream<Scalar> alone(day), many(day);
  alone.add(ff::matrix<Scalar>(x.bottomRows(17'000)), {}, on(1));
  many.add(ff::matrix<Scalar>(x.bottomRows(17'000)), {}, on(3));
  CHECK((alone == many));
  CHECK(!(alone == ff::kmeans_stream<Scalar>(day)));
  auto [columns, origin, centers, sizes, inertia, batches] = alone.parts();
  CHECK((ff::kmeans_stream<Scalar>::from_parts(columns, origin, centers, sizes, inertia, batches) == alone));
  double total = 0;
  for (const double size : sizes) total += size;
  CHECK(total == 20'000);
}

TEST_CASE("a batch that cannot be taken in is refused and changes nothing") {
  auto stream = begun(rows_of<double>(start, 2), 2);
  const auto before = stream;
  auto batch = rows_of<double>(first_batch, 2);
  const auto thrown = [&](double value) {
    batch(5, 1) = value;
    const auto said = thrown_by([&] { stream.add(batch); });
    CHECK((stream == before));
    return said;
  };
  CHECK(thrown(std::numeric_limits<double>::quiet_NaN()) ==
        "missing_value: kmeans: column 'x1' is missing (NaN) in row 5");
  CHECK(thrown(-std::numeric_limits<double>::infinity()) == "not_finite: kmeans: column 'x1' is infinite in row 5");
  CHECK(thrown(1e200) == "limit: kmeans: a session lies too far from every centre: the squared distance is too large");
  CHECK(thrown_by([&] { stream.add(ff::matrix<double>(0, 2)); }) ==
        "wrong_shape: kmeans_stream: there must be at least one row, got 0");
  CHECK(thrown_by([&] { stream.add(ff::matrix<double>(3, 1)); }) ==
        "wrong_shape: kmeans_stream: fitted on 2 columns, got 1");
  CHECK(thrown_by([&] {
          stream.add(rows_of<double>(first_batch, 2), ff::weights({1.0, 2.0}));
        }) == "wrong_shape: kmeans_stream: there must be one weight for each of 8 rows, got 2");
  CHECK((stream == before));
}
