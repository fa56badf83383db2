// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/concepts.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/features/pca.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/oracle/cluster.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

static_assert(ff::transformer<ff::pca, ff::features<float>>);
static_assert(ff::transformer<ff::pca, ff::matrix<double>>);

TEST_CASE_TEMPLATE("axes, variances and components are scikit-learn's", Scalar, float, double) {
  const auto x = rows_of<Scalar>(oracle::pca_x, 5);
  const auto model = ff::pca{.components = 3}.fit(x);
  const ff::matrix<double> axes = rows_of<double>(oracle::pca_axes, 5).transpose();
  CHECK((model.axes() - axes).cwiseAbs().maxCoeff() < 1e-11);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(model.variances()[i] == doctest::Approx(oracle::pca_variances[i]).epsilon(1e-11));
    CHECK(model.share(static_cast<ff::index>(i)) == doctest::Approx(oracle::pca_shares[i]).epsilon(1e-11));
  }
  const auto expected = rows_of<double>(oracle::pca_transformed, 3);
  const ff::matrix<double> found = model.transform(x).values().template cast<double>();
  CHECK((found - expected).cwiseAbs().maxCoeff() < (std::is_same_v<Scalar, float> ? 1e-5 : 1e-10));
}

TEST_CASE("components are uncorrelated, have their variances, and all of them lose nothing") {
  const auto x = grouped_sessions<double>(5000, 4, 3);
  const auto model = ff::pca{.components = 4}.fit(x);
  const ff::matrix<double> y = model.transform(x).values();
  const ff::matrix<double> covariance = y.transpose() * y / 5000.0;
  double sum = 0, shares = 0;
  for (ff::index i = 0; i < 4; ++i) {
    const double variance = model.variances()[static_cast<std::size_t>(i)];
    CHECK(std::abs(y.col(i).mean()) < 1e-11);
    CHECK(covariance(i, i) == doctest::Approx(variance).epsilon(1e-11));
    for (ff::index j = 0; j < i; ++j) CHECK(std::abs(covariance(i, j)) < 1e-10 * variance + 1e-11);
    sum += variance;
    shares += model.share(i);
  }
  CHECK(sum == doctest::Approx(model.total_variance()).epsilon(1e-12));
  CHECK(shares == doctest::Approx(1).epsilon(1e-12));
  CHECK((model.axes().transpose() * model.axes() - ff::matrix<double>::Identity(4, 4)).cwiseAbs().maxCoeff() < 1e-13);
  for (ff::index i = 0; i < 4; ++i) {
    CHECK(model.axes().col(i).maxCoeff() == model.axes().col(i).cwiseAbs().maxCoeff());
  }
  const ff::matrix<double> back = y * model.axes().transpose();
  for (ff::index column = 0; column < 4; ++column) {
    const double mean = model.means()[static_cast<std::size_t>(column)];
    CHECK((back.col(column).array() + mean - x.col(column).array()).abs().maxCoeff() < 1e-11);
  }
}

TEST_CASE_TEMPLATE("a large offset leaves axes and variances as they were", Scalar, float, double) {
  ff::matrix<Scalar> x = grouped_sessions<Scalar>(9000, 3, 4);
  x = (x.array() * 256).round() / 256;
  const ff::matrix<Scalar> far = x.array() + static_cast<Scalar>(std::is_same_v<Scalar, float> ? 1e4 : 1e8);
  const auto here = ff::pca{}.fit(x);
  const auto there = ff::pca{}.fit(far);
  CHECK((here.axes() - there.axes()).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(there.variances()[1] == doctest::Approx(here.variances()[1]).epsilon(1e-12));
  CHECK((there.transform(far).values() - here.transform(x).values()).cwiseAbs().maxCoeff() < static_cast<Scalar>(1e-5));
}

TEST_CASE("a weight of two counts as two sessions, a weight of zero as none") {
  const auto x = grouped_sessions<double>(6000, 3, 3);
  std::vector<double> weights;
  std::vector<ff::index> repeated;
  for (ff::index row = 0; row < x.rows(); ++row) {
    weights.push_back(static_cast<double>(row % 3));
    repeated.insert(repeated.end(), static_cast<std::size_t>(row % 3), row);
  }
  const auto weighted = ff::pca{}.fit(x, ff::weights(weights));
  const auto whole = ff::pca{}.fit(ff::matrix<double>(x(repeated, Eigen::all)));
  CHECK((weighted.axes() - whole.axes()).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(weighted.variances()[0] == doctest::Approx(whole.variances()[0]).epsilon(1e-12));
  CHECK(weighted.means()[2] == doctest::Approx(whole.means()[2]).epsilon(1e-13));
}

TEST_CASE_TEMPLATE("threads and batches change no bit", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(140000, 3, 4);  // three blocks of chunks
  const auto model = ff::pca{}.fit(x, {}, on(1));
  const auto whole = model.transform(x, on(1)).values();
  for (const int threads : {2, 3}) {
    CHECK(ff::pca{}.fit(x, {}, on(threads)) == model);
    CHECK(model.transform(x, on(threads)).values() == whole);
  }
  for (const ff::index batch : {1, 7, 33, 1000}) {
    for (ff::index row = 0; row + batch <= 2000; row += batch) {
      REQUIRE(model.transform(x.middleRows(row, batch)).values() == whole.middleRows(row, batch));
    }
  }
}

TEST_CASE("the bytes are the same in every build without fused products and sums") {
  ff::random_stream stream(3);
  ff::matrix<float> x(9973, 7);
  std::vector<double> weights;
  for (ff::index i = 0; i < x.size(); ++i) {
    x.data()[i] = static_cast<float>(stream.uniform() * 7 + static_cast<double>(i % 3));
  }
  for (ff::index row = 0; row < x.rows(); ++row) weights.push_back(stream.uniform());
  const auto model = ff::pca{.components = 5}.fit(x);
  CHECK(ff::digest_of(model).hex() == "413c07c2fcc3e83a");
  CHECK(ff::digest_of(model.transform(x)).hex() == "86891fdf7e5b3619");
  CHECK(ff::digest_of(ff::pca{}.fit(x, ff::weights(weights))).hex() == "8546c2fb6079d512");
}

TEST_CASE("components are named, and know where they come from") {
  const auto x = grouped_sessions<double>(50, 2, 2);
  const ff::features<double> named(x, {{"clicks", "events", ff::stage::browse}, {"cart", "cart", ff::stage::cart}});
  const auto columns = ff::pca{}.fit(named).transform(named).columns();
  CHECK(columns[0] == ff::feature_info{"pc1", "events,cart", ff::stage::cart});
  CHECK(columns[1].name == "pc2");
}

TEST_CASE("data without spread have components of zero") {
  const ff::matrix<double> x = ff::matrix<double>::Constant(5000, 3, 0.1);
  const auto model = ff::pca{}.fit(x);
  CHECK(model.variances() == std::vector<double>{0, 0});
  CHECK(model.share(0) == 0);
  CHECK(model.transform(x).values().isZero(0));
}

TEST_CASE("what cannot be used is refused by name") {
  const auto with = [](double value) {
    auto x = grouped_sessions<double>(50, 2, 2);
    x(31, 1) = value;
    return x;
  };
  const auto fit = [](const auto& x, int components = 2) {
    return thrown_by([&] { return ff::pca{.components = components}.fit(x); });
  };
  CHECK(fit(with(std::nan(""))) == "missing_value: pca: column 'x1' is missing (NaN) in row 31");
  CHECK(fit(with(std::numeric_limits<double>::infinity())) == "not_finite: pca: column 'x1' is infinite in row 31");
  CHECK(fit(with(1e200)) == "limit: pca: the products of the columns' deviations are too large");
  CHECK(fit(with(1), 0) == "bad_option: pca: components must be in [1, 2] for 2 columns, got 0");
  CHECK(fit(with(1), 3) == "bad_option: pca: components must be in [1, 2] for 2 columns, got 3");
  CHECK(fit(ff::matrix<double>(0, 2)).substr(0, 11) == "wrong_shape");
  CHECK(fit(ff::matrix<double>(2, 0)).substr(0, 11) == "wrong_shape");
  const auto model = ff::pca{}.fit(with(1));
  CHECK(thrown_by([&] { return model.transform(with(std::nan(""))); }) ==
        "missing_value: pca: column 'x1' is missing (NaN) in row 31");
  CHECK(code_thrown_by([&] { return model.transform(ff::matrix<double>::Ones(3, 3)); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return model.share(2); }) == "wrong_shape");
}

TEST_CASE("parts make the same value again, and only good ones do") {
  const auto model = ff::pca{}.fit(grouped_sessions<float>(200, 3, 3));
  const auto again = std::apply([](auto... parts) { return ff::fitted_pca<float>::from_parts(std::move(parts)...); },
                                ff::parts_of<ff::fitted_pca<float>>(model.parts()));
  CHECK(again == model);
  const std::vector<ff::feature_info> columns = {{"a", "a", {}}, {"b", "b", {}}};
  const ff::matrix<double> axes = ff::matrix<double>::Identity(2, 2);
  using numbers = std::vector<double>;
  const auto from = [&](const numbers& means, const ff::matrix<double>& a, const numbers& variances, double total) {
    return code_thrown_by([&] { return ff::fitted_pca<float>::from_parts(columns, means, a, variances, total); });
  };
  CHECK(from({0, 0}, axes, {2, 1}, 3) == "");
  CHECK(from({0}, axes, {2, 1}, 3) == "bad_parts");
  CHECK(from({0, std::nan("")}, axes, {2, 1}, 3) == "bad_parts");
  CHECK(from({0, 0}, axes * std::nan(""), {2, 1}, 3) == "bad_parts");
  CHECK(from({0, 0}, axes, {2}, 3) == "bad_parts");
  CHECK(from({0, 0}, axes, {1, 2}, 3) == "bad_parts");
  CHECK(from({0, 0}, axes, {2, -1}, 3) == "bad_parts");
  CHECK(from({0, 0}, axes, {2, 1}, -3) == "bad_parts");
  CHECK(from({0, 0}, ff::matrix<double>(2, 0), {}, 0) == "bad_parts");
}
