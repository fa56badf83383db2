// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/concepts.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/core/random.hpp>
#include <footfall/features/standard_scaler.hpp>

#include <tests/oracle/cluster.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

static_assert(ff::transformer<ff::standard_scaler, ff::features<float>>);
static_assert(ff::transformer<ff::standard_scaler, ff::matrix<double>>);
static_assert(!ff::transforms<ff::fitted_scaler<double>, ff::features<float>>);

namespace {

template <class Scalar>
ff::matrix<Scalar> rows_of(const std::vector<double>& values, ff::index columns) {
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> rows(
      values.data(), static_cast<ff::index>(values.size()) / columns, columns);
  return rows.cast<Scalar>();
}

template <class Scalar>
ff::features<Scalar> some_features(ff::index rows) {
  ff::random_stream stream(11);
  ff::matrix<Scalar> values(rows, 3);
  for (ff::index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<Scalar>(stream.normal() * 3 + 100);
  return {values, {{"clicks", "events", ff::stage::browse}, {"time", "time", {}}, {"cart", "cart", ff::stage::cart}}};
}

ff::run_options on(int threads) {
  ff::run_options run;
  run.threads = threads;
  return run;
}

}  // namespace

TEST_CASE_TEMPLATE("means, scales and results are scikit-learn's", Scalar, float, double) {
  const auto x = rows_of<Scalar>(oracle::scaler_x, 4);
  const auto scaler = ff::standard_scaler{}.fit(x);
  const auto weighted = ff::standard_scaler{}.fit(x, ff::weights(oracle::scaler_weights));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(scaler.means()[i] == doctest::Approx(oracle::scaler_means[i]).epsilon(1e-14));
    CHECK(scaler.scales()[i] == doctest::Approx(oracle::scaler_scales[i]).epsilon(1e-12));
    CHECK(weighted.means()[i] == doctest::Approx(oracle::scaler_weighted_means[i]).epsilon(1e-14));
    CHECK(weighted.scales()[i] == doctest::Approx(oracle::scaler_weighted_scales[i]).epsilon(1e-12));
  }
  const auto expected = rows_of<double>(oracle::scaler_transformed, 4);
  const double tolerance = std::is_same_v<Scalar, float> ? 1e-6 : 1e-12;
  CHECK((scaler.transform(x).values().template cast<double>() - expected).cwiseAbs().maxCoeff() <= tolerance);
}

TEST_CASE("names, sources and stages are kept; a matrix without names gets some") {
  const auto x = some_features<double>(10);
  const auto scaler = ff::standard_scaler{}.fit(x);
  CHECK(scaler.columns() == x.columns());
  CHECK(scaler.transform(x).columns() == x.columns());
  CHECK(scaler.inverse(x).columns() == x.columns());
  CHECK(scaler.transform(x.values()).columns() == x.columns());
  CHECK(ff::standard_scaler{}.fit(x.values()).columns()[2].name == "x2");
}

TEST_CASE_TEMPLATE("scaled columns have mean 0 and spread 1, and the way back leads back", Scalar, float, double) {
  const auto x = some_features<Scalar>(9001);
  const auto scaler = ff::standard_scaler{}.fit(x);
  const auto scaled = scaler.transform(x);
  const double tolerance = std::is_same_v<Scalar, float> ? 1e-5 : 1e-12;
  for (ff::index column = 0; column < 3; ++column) {
    const Eigen::ArrayXd values = scaled.values().col(column).template cast<double>();
    CHECK(std::abs(values.mean()) < tolerance);
    CHECK(std::abs(values.square().mean() - 1) < tolerance);
  }
  const auto back = scaler.inverse(scaled);
  CHECK((back.values() - x.values()).cwiseAbs().maxCoeff() <= static_cast<Scalar>(100 * tolerance));
}

TEST_CASE("constant columns and single rows become 0, unscaled") {
  ff::matrix<double> x = ff::matrix<double>::Constant(5000, 2, 0.1);
  x(4999, 1) = 0.2;
  const auto scaler = ff::standard_scaler{}.fit(x);
  CHECK(scaler.means()[0] == 0.1);
  CHECK(scaler.scales()[0] == 1);
  CHECK(scaler.scales()[1] < 1);
  CHECK(scaler.transform(x).values().col(0).isZero(0));

  const ff::matrix<double> one = ff::matrix<double>::Constant(1, 3, 1e9);
  CHECK(ff::standard_scaler{}.fit(one).transform(one).values().isZero(0));
  CHECK(ff::standard_scaler{}.fit(one).scales() == std::vector<double>{1, 1, 1});
}

TEST_CASE("spreads whose squares vanish count as constant") {
  ff::matrix<double> x(2, 1);
  x << 0, 1e-310;
  CHECK(ff::standard_scaler{}.fit(x).scales()[0] == 1);
}

TEST_CASE_TEMPLATE("a large offset leaves the spread as it was", Scalar, float, double) {
  const double offset = std::is_same_v<Scalar, float> ? 1e4 : 1e9;
  ff::random_stream stream(5);
  ff::matrix<Scalar> x(6000, 1);
  for (ff::index row = 0; row < x.rows(); ++row) {
    x(row, 0) = static_cast<Scalar>(std::round(stream.normal() * 256) / 256);
  }
  const ff::matrix<Scalar> far = x.array() + static_cast<Scalar>(offset);
  const auto here = ff::standard_scaler{}.fit(x);
  const auto there = ff::standard_scaler{}.fit(far);
  CHECK(there.scales()[0] == doctest::Approx(here.scales()[0]).epsilon(1e-13));
  CHECK((there.transform(far).values() - here.transform(x).values()).cwiseAbs().maxCoeff() < 1e-6);
}

TEST_CASE("a weight of two counts as two rows") {
  const auto x = some_features<double>(300);
  std::vector<double> twice;
  ff::row_set repeated;
  for (ff::index row = 0; row < 300; ++row) {
    twice.push_back(row % 2 == 0 ? 2 : 1);
    for (int copy = 0; copy < (row % 2 == 0 ? 2 : 1); ++copy) repeated.push_back(row);
  }
  const auto weighted = ff::standard_scaler{}.fit(x, ff::weights(twice));
  const auto whole = ff::standard_scaler{}.fit(x.rows(repeated));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(weighted.means()[i] == doctest::Approx(whole.means()[i]).epsilon(1e-13));
    CHECK(weighted.scales()[i] == doctest::Approx(whole.scales()[i]).epsilon(1e-12));
  }
}

TEST_CASE_TEMPLATE("threads, batches and layouts change no bit", Scalar, float, double) {
  const auto x = some_features<Scalar>(20011);
  const auto scaler = ff::standard_scaler{}.fit(x, {}, on(1));
  const auto scaled = scaler.transform(x, on(1));
  for (const int threads : {2, 3, 7}) {
    CHECK(ff::standard_scaler{}.fit(x, {}, on(threads)) == scaler);
    CHECK(ff::same_parts(scaler.transform(x, on(threads)), scaled));
  }
  const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_row = x.values();
  CHECK(ff::same_parts(scaler.transform(by_row), scaled));
  const auto back = scaler.inverse(scaled);
  for (const ff::index batch : {1, 7, 16, 17, 1000}) {
    for (ff::index row = 0; row + batch <= 2000; row += batch) {
      REQUIRE(scaler.transform(x.values().middleRows(row, batch)).values() == scaled.values().middleRows(row, batch));
      REQUIRE(scaler.inverse(scaled.values().middleRows(row, batch)).values() == back.values().middleRows(row, batch));
    }
  }
}

TEST_CASE("the bytes are the same in every build without fused products and sums") {
  ff::random_stream stream(3);
  ff::matrix<float> x(9973, 5);
  for (ff::index i = 0; i < x.size(); ++i) {
    x.data()[i] = static_cast<float>(stream.uniform() * 7 + static_cast<double>(i % 3));
  }
  const auto scaler = ff::standard_scaler{}.fit(x);
  const auto scaled = scaler.transform(x);
  CHECK(ff::digest_of(scaler).hex() == "666a748a3c9dc20b");
  CHECK(ff::digest_of(scaled).hex() == "c2ca7c5d6c3e9621");
  CHECK(ff::digest_of(scaler.inverse(scaled)).hex() == "487f7a26ebb61912");
}

TEST_CASE("what cannot be used is refused by name") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const auto x = some_features<double>(20);
  const auto scaler = ff::standard_scaler{}.fit(x);
  const auto with = [&](ff::index row, ff::index column, double value) {
    auto values = x.values();
    values(row, column) = value;
    return ff::features<double>(values, x.columns());
  };
  const auto fit = [&](const auto& from, const ff::weights& w = {}) {
    return thrown_by([&] { return ff::standard_scaler{}.fit(from, w); });
  };
  CHECK(fit(with(17, 1, nan)) == "missing_value: standard_scaler: column 'time' is missing (NaN) in row 17");
  CHECK(fit(with(3, 2, -infinity)) == "not_finite: standard_scaler: column 'cart' is infinite in row 3");
  CHECK(fit(with(3, 2, 1e200)) ==
        "limit: standard_scaler: column 'cart': the squares of its values' differences are too large");
  CHECK(fit(x, ff::weights({1.0, 2.0})) ==
        "wrong_shape: standard_scaler: there must be one weight for each of 20 rows, got 2");
  CHECK(fit(ff::matrix<double>(0, 2)) == "wrong_shape: standard_scaler: there must be at least one row, got 0");

  const auto transform = [&](const auto& from) { return thrown_by([&] { return scaler.transform(from); }); };
  CHECK(transform(with(19, 0, nan)) == "missing_value: standard_scaler: column 'clicks' is missing (NaN) in row 19");
  CHECK(transform(with(0, 1, infinity)) == "not_finite: standard_scaler: column 'time' is infinite in row 0");
  CHECK(thrown_by([&] { return scaler.inverse(with(0, 1, infinity)); }) ==
        "not_finite: standard_scaler: column 'time' is infinite in row 0");
  CHECK(transform(ff::matrix<double>::Ones(2, 2)) == "wrong_shape: standard_scaler: fitted on 3 columns, got 2");
  CHECK(thrown_by([&] { return scaler.inverse(with(4, 1, 1e308)); }).substr(0, 46) ==
        "limit: standard_scaler: column 'time' in row 4");
  CHECK(transform(ff::matrix<double>(0, 3)) == "");
}

TEST_CASE("parts make the same value again, and only good ones do") {
  const auto scaler = ff::standard_scaler{}.fit(some_features<float>(50));
  const auto again = std::apply([](auto... parts) { return ff::fitted_scaler<float>::from_parts(std::move(parts)...); },
                                ff::parts_of<ff::fitted_scaler<float>>(scaler.parts()));
  CHECK(again == scaler);
  CHECK(ff::digest_of(again) == ff::digest_of(scaler));
  CHECK(!(ff::standard_scaler{}.fit(some_features<float>(51)) == scaler));

  const auto from = [](std::vector<double> means, std::vector<double> scales) {
    return code_thrown_by([&] { return ff::fitted_scaler<float>::from_parts({{"a", "a", {}}}, means, scales); });
  };
  CHECK(from({0}, {1}) == "");
  CHECK(from({0}, {}) == "bad_parts");
  CHECK(from({0, 0}, {1}) == "bad_parts");
  CHECK(from({std::nan("")}, {1}) == "bad_parts");
  CHECK(from({0}, {0}) == "bad_parts");
  CHECK(from({0}, {-1}) == "bad_parts");
  CHECK(from({0}, {std::nan("")}) == "bad_parts");
  CHECK(from({0}, {1e-310}) == "bad_parts");
}
