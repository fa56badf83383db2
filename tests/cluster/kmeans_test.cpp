// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/concepts.hpp>
#include <footfall/core/digest.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/oracle/cluster.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

static_assert(ff::clusterer<ff::kmeans, ff::features<double>>);
static_assert(ff::clusterer<ff::kmeans, ff::matrix<float>>);

namespace {

template <class Scalar>
void check_oracle(const ff::fitted_kmeans<Scalar>& model, const ff::matrix<Scalar>& x,
                  const std::vector<std::int32_t>& labels, const std::vector<double>& centers,
                  const std::vector<double>& sizes, double inertia, int passes) {
  CHECK(model.assign(x) == labels);
  const auto expected = rows_of<double>(centers, x.cols());
  CHECK((model.centers() - expected).cwiseAbs().maxCoeff() < (std::is_same_v<Scalar, float> ? 1e-6 : 1e-12));
  CHECK(model.inertia() == doctest::Approx(inertia).epsilon(1e-6));
  CHECK(model.passes() == passes);
  for (std::size_t i = 0; i < sizes.size(); ++i) CHECK(model.sizes()[i] == doctest::Approx(sizes[i]).epsilon(1e-12));
}

// Largest first, equal ones by centre.
template <class Scalar>
bool in_order(const ff::fitted_kmeans<Scalar>& model) {
  for (ff::index i = 1; i < model.centers().rows(); ++i) {
    const double before = model.sizes()[static_cast<std::size_t>(i - 1)];
    const double here = model.sizes()[static_cast<std::size_t>(i)];
    const Eigen::RowVectorXd a = model.centers().row(i - 1);
    const Eigen::RowVectorXd b = model.centers().row(i);
    if (before < here) return false;
    if (before == here && std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end())) return false;
  }
  return true;
}

std::vector<double> counts_of(const ff::segment_ids& ids, std::size_t segments) {
  std::vector<double> counts(segments, 0);
  for (const auto id : ids) counts[static_cast<std::size_t>(id)] += 1;
  return counts;
}

template <class Scalar>
double inertia_of(const ff::matrix<Scalar>& x, const ff::segment_ids& ids, const ff::matrix<double>& centers) {
  double inertia = 0;
  for (ff::index row = 0; row < x.rows(); ++row) {
    inertia += squared_distance(x.row(row), centers.row(ids[static_cast<std::size_t>(row)]));
  }
  return inertia;
}

template <class Scalar>
double difference(const ff::fitted_kmeans<Scalar>& a, const ff::fitted_kmeans<Scalar>& b) {
  return (a.centers() - b.centers()).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE_TEMPLATE("from given centres segments are scikit-learn's", Scalar, float, double) {
  const auto x = rows_of<Scalar>(oracle::kmeans_x, 3);
  SUBCASE("without weights") {
    const auto model = ff::kmeans{.clusters = 4}.fit_from(rows_of<Scalar>(oracle::kmeans_start, 3), x);
    check_oracle(model, x, oracle::kmeans_labels, oracle::kmeans_centers, oracle::kmeans_sizes, oracle::kmeans_inertia,
                 oracle::kmeans_passes);
  }
  SUBCASE("with weights") {
    const auto model = ff::kmeans{.clusters = 3}.fit_from(rows_of<Scalar>(oracle::kmeans_weighted_start, 3), x,
                                                          ff::weights(oracle::kmeans_weights));
    check_oracle(model, x, oracle::kmeans_weighted_labels, oracle::kmeans_weighted_centers,
                 oracle::kmeans_weighted_sizes, oracle::kmeans_weighted_inertia, oracle::kmeans_weighted_passes);
  }
  SUBCASE("with a centre that nobody is near") {
    const auto model = ff::kmeans{.clusters = 4}.fit_from(rows_of<Scalar>(oracle::kmeans_empty_start, 3), x);
    check_oracle(model, x, oracle::kmeans_empty_labels, oracle::kmeans_empty_centers, oracle::kmeans_empty_sizes,
                 oracle::kmeans_empty_inertia, oracle::kmeans_empty_passes);
  }
}

TEST_CASE_TEMPLATE("what a model says of its training is true of its assignment", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(7001, 3, 5);
  for (const int clusters : {2, 5, 9}) {
    const auto model = ff::kmeans{.clusters = clusters, .restarts = 3, .seed = 5}.fit(x);
    const auto ids = model.assign(x);
    CHECK(model.sizes() == counts_of(ids, static_cast<std::size_t>(clusters)));
    CHECK(model.inertia() == doctest::Approx(inertia_of(x, ids, model.centers())).epsilon(1e-6));
    CHECK(in_order(model));
    for (ff::index row = 0; row < 200; ++row) {
      const auto own = squared_distance(x.row(row), model.centers().row(ids[static_cast<std::size_t>(row)]));
      for (ff::index center = 0; center < clusters; ++center) {
        CHECK(own <= squared_distance(x.row(row), model.centers().row(center)) * (1 + 1e-5));
      }
    }
  }
}

TEST_CASE_TEMPLATE("threads, batches and layouts change no bit", Scalar, float, double) {
  // Below and above the size from which a start, and not the starts, is shared out.
  for (const ff::index rows : {20000, 70000}) {
    const auto x = grouped_sessions<Scalar>(rows, 2, 5, 2);
    const ff::kmeans recipe{.clusters = 5, .restarts = 3, .max_passes = 20, .seed = 2};
    const auto model = recipe.fit(x, {}, on(1));
    const auto ids = model.assign(x, on(1));
    for (const int threads : {2, 3, 7}) {
      CHECK(recipe.fit(x, {}, on(threads)) == model);
      CHECK(model.assign(x, on(threads)) == ids);
    }
    ff::serial_executor serial;
    ff::run_options run;
    run.executor = serial;
    CHECK(recipe.fit(x, {}, run) == model);
    const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_row = x;
    CHECK(recipe.fit(by_row) == model);
    for (const ff::index batch : {1, 7, 16, 17, 1000}) {
      for (ff::index row = 0; row + batch <= 2000; row += batch) {
        const auto some = model.assign(x.middleRows(row, batch));
        REQUIRE(std::equal(some.begin(), some.end(), ids.begin() + row));
      }
    }
  }
}

TEST_CASE("the bytes are the same in every build without fused products and sums") {
  ff::random_stream stream(3);
  ff::matrix<float> x(9973, 5);
  std::vector<double> weights;
  for (ff::index i = 0; i < x.size(); ++i) {
    x.data()[i] = static_cast<float>(stream.uniform() * 7 + static_cast<double>(i % 3));
  }
  for (ff::index row = 0; row < x.rows(); ++row) weights.push_back(stream.uniform());
  const ff::kmeans recipe{.clusters = 7, .restarts = 3, .seed = 4};
  CHECK(ff::digest_of(recipe.fit(x, ff::weights(weights))).hex() == "a17e71068b7ff8a4");
  CHECK(ff::digest_of(recipe.fit(ff::matrix<double>(x.cast<double>()))).hex() == "7b712f72ab3b29a1");
}

TEST_CASE("fitting changes nothing and twice gives the same") {
  const auto x = grouped_sessions<double>(500, 2, 3);
  const auto before = x;
  const ff::kmeans recipe{.clusters = 3};
  CHECK(recipe.fit(x) == recipe.fit(x));
  CHECK(x == before);
}

TEST_CASE("the best start stays") {
  const auto x = grouped_sessions<double>(3000, 2, 12);
  const auto best = ff::kmeans{.clusters = 12, .restarts = 12, .seed = 3}.fit(x);
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (int restarts = 1; restarts <= 12; ++restarts) {
    const double inertia = ff::kmeans{.clusters = 12, .restarts = restarts, .seed = 3}.fit(x).inertia();
    least = std::min(least, inertia);
    most = std::max(most, inertia);
  }
  CHECK(best.inertia() == least);
  CHECK(most > least);  // else nothing was shown
}

TEST_CASE_TEMPLATE("far from zero segments are those near zero", Scalar, float, double) {
  const double offset = std::is_same_v<Scalar, float> ? 1e4 : 1e8;
  ff::matrix<Scalar> x = grouped_sessions<Scalar>(4000, 3, 5);
  x = (x.array() * 256).round() / 256;  // so that a float takes the offset without loss
  const ff::matrix<Scalar> far = x.array() + static_cast<Scalar>(offset);
  const ff::kmeans recipe{.clusters = 5, .restarts = 2, .seed = 1};
  const auto here = recipe.fit(x);
  const auto there = recipe.fit(far);
  const auto ids = here.assign(x);
  const auto far_ids = there.assign(far);
  int other = 0;
  for (std::size_t row = 0; row < ids.size(); ++row) other += ids[row] != far_ids[row];
  CHECK(other <= 2);  // sessions halfway between two centres
  CHECK(there.inertia() == doctest::Approx(here.inertia()).epsilon(1e-6));
  CHECK((there.centers().array() - offset - here.centers().array()).abs().maxCoeff() < 1e-3);
}

TEST_CASE("the order of the sessions does not matter from given centres") {
  const auto x = grouped_sessions<double>(5000, 3, 4);
  std::vector<ff::index> order(5000);
  std::iota(order.begin(), order.end(), ff::index{0});
  ff::random_stream stream(8);
  stream.shuffle(std::span<ff::index>(order));
  ff::matrix<double> shuffled(5000, 3);
  for (ff::index row = 0; row < 5000; ++row) shuffled.row(row) = x.row(order[static_cast<std::size_t>(row)]);
  const ff::kmeans recipe{.clusters = 4};
  const ff::matrix<double> start = x.topRows(4);
  const auto model = recipe.fit_from(start, x);
  const auto other = recipe.fit_from(start, shuffled);
  CHECK(difference(model, other) < 1e-12);
  CHECK(other.inertia() == doctest::Approx(model.inertia()).epsilon(1e-12));
  const auto ids = model.assign(x);
  const auto permuted = model.assign(shuffled);
  for (std::size_t row = 0; row < 5000; ++row) REQUIRE(permuted[row] == ids[static_cast<std::size_t>(order[row])]);
}

TEST_CASE("a weight of two counts as two sessions, a weight of zero as none") {
  const auto x = grouped_sessions<double>(2000, 2, 4);
  std::vector<double> weights;
  ff::row_set repeated;
  for (ff::index row = 0; row < x.rows(); ++row) {
    weights.push_back(static_cast<double>(row % 3));
    repeated.insert(repeated.end(), static_cast<std::size_t>(row % 3), row);
  }
  ff::matrix<double> whole(static_cast<ff::index>(repeated.size()), 2);
  for (ff::index i = 0; i < whole.rows(); ++i) whole.row(i) = x.row(repeated[static_cast<std::size_t>(i)]);
  const ff::kmeans recipe{.clusters = 4, .restarts = 4, .seed = 9};
  const auto check = [](const auto& a, const auto& b) {
    CHECK(difference(a, b) < 1e-12);
    CHECK(a.sizes() == b.sizes());
    CHECK(a.inertia() == doctest::Approx(b.inertia()).epsilon(1e-12));
    CHECK(a.passes() == b.passes());
  };
  check(recipe.fit(x, ff::weights(weights)), recipe.fit(whole));
  const ff::matrix<double> start = x.topRows(4);
  check(recipe.fit_from(start, x, ff::weights(weights)), recipe.fit_from(start, whole));
  CHECK(recipe.fit(x, ff::weights(std::vector<double>(2000, 1.0))) == recipe.fit(x));
}

TEST_CASE("segments are numbered by size, equal ones by centre") {
  ff::matrix<double> x(7, 2);
  x << 9, 9, 0, 5, 0, 1, 9, 9, 9, 9, 0, 5, 0, 1;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto model = ff::kmeans{.clusters = 3, .restarts = 1, .seed = seed}.fit(x);
    CHECK(model.sizes() == std::vector<double>{3, 2, 2});
    ff::matrix<double> centers(3, 2);
    centers << 9, 9, 0, 1, 0, 5;
    CHECK((model.centers() - centers).cwiseAbs().maxCoeff() < 1e-14);
    CHECK(model.assign(x) == ff::segment_ids{0, 2, 1, 0, 0, 2, 1});
    CHECK(model.inertia() < 1e-28);
  }
}

TEST_CASE("numbers depend on the centres alone, even where sessions lie halfway") {
  ff::matrix<double> x(9, 1);
  x << -5, -5, -5, 0, 0, 3, 3, 3, 3;
  ff::matrix<double> start(2, 1);
  const ff::kmeans recipe{.clusters = 2, .max_passes = 1};
  for (const double offset : {0.0, 1000.0}) {
    const ff::matrix<double> moved = x.array() + offset;
    start << -3 + offset, 3.5 + offset;  // both starts end with centres -3 and 3, and two sessions between them
    const auto model = recipe.fit_from(start, moved);
    start << 3.5 + offset, -3 + offset;
    CHECK(recipe.fit_from(start, moved) == model);
    CHECK(model.centers()(0, 0) == -3 + offset);
    CHECK(model.centers()(1, 0) == 3 + offset);
    CHECK(model.sizes() == std::vector<double>{5, 4});
    CHECK(model.assign(moved) == ff::segment_ids{0, 0, 0, 0, 0, 1, 1, 1, 1});
  }
}

TEST_CASE("as many segments as distinct sessions leave nothing over") {
  ff::matrix<double> x(6, 2);
  x << 1, 1, 2, 2, 1, 1, 3, 5, 2, 2, -0.0, 0.0;
  const auto model = ff::kmeans{.clusters = 4}.fit(x);
  CHECK(model.inertia() < 1e-28);
  const auto ids = model.assign(x);
  CHECK(ids[0] == ids[2]);
  CHECK(ids[1] == ids[4]);
  CHECK(std::set<std::int32_t>(ids.begin(), ids.end()).size() == 4);
}

TEST_CASE("a constant column does no harm") {
  const auto x = grouped_sessions<double>(1000, 2, 3);
  ff::matrix<double> wider(1000, 3);
  wider << x, ff::matrix<double>::Constant(1000, 1, 0.1);
  const ff::kmeans recipe{.clusters = 3, .restarts = 2};
  const auto with = recipe.fit(wider);
  CHECK(with.assign(wider) == recipe.fit(x).assign(x));
  CHECK((with.centers().col(2).array() == 0.1).all());
}

TEST_CASE("names are kept and asked for") {
  const auto x = grouped_sessions<double>(100, 2, 2);
  const ff::features<double> named(x, {{"clicks", "clicks", ff::stage::browse}, {"time", "time", {}}});
  const auto model = ff::kmeans{.clusters = 2}.fit(named);
  CHECK(model.columns() == named.columns());
  CHECK(model.assign(named) == model.assign(x));
  CHECK(code_thrown_by([&] {
          return model.assign(ff::features<double>(x, {{"time", "", {}}, {"clicks", "", {}}}));
        }) == "unknown_name");
  CHECK(code_thrown_by([&] { return model.assign(ff::matrix<double>::Ones(3, 3)); }) == "wrong_shape");
  CHECK(model.assign(ff::matrix<double>(0, 2)).empty());
}

TEST_CASE("options out of range are refused by name and value") {
  const auto x = grouped_sessions<double>(50, 2, 2);
  const auto thrown = [&](const ff::kmeans& recipe) { return thrown_by([&] { return recipe.fit(x); }); };
  CHECK(thrown({.clusters = 0}) == "bad_option: kmeans: clusters must be at least 2, got 0");
  CHECK(thrown({.clusters = 1}) == "bad_option: kmeans: clusters must be at least 2, got 1");
  CHECK(thrown({.clusters = 51}) ==
        "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 51 for 50");
  CHECK(thrown({.restarts = 0}) == "bad_option: kmeans: restarts must be at least 1, got 0");
  CHECK(thrown({.max_passes = -1}) == "bad_option: kmeans: max_passes must be at least 1, got -1");
  CHECK(thrown({.tolerance = -1e-9}) == "bad_option: kmeans: tolerance must be finite and at least 0, got -1e-09");
  CHECK(thrown({.tolerance = std::nan("")}) == "bad_option: kmeans: tolerance must be finite and at least 0, got nan");
  CHECK(thrown({.clusters = 50, .tolerance = 0}) == "");
  const ff::matrix<double> same = ff::matrix<double>::Ones(10, 2);
  CHECK(thrown_by([&] { return ff::kmeans{.clusters = 2}.fit(same); }) ==
        "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 2 for 1");
  CHECK(thrown_by([&] {
          return ff::kmeans{.clusters = 2}.fit_from(ff::matrix<double>(ff::matrix<double>::Zero(2, 2)), same);
        }) == "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 2 for 1");
  CHECK(thrown_by([&] { return ff::kmeans{.clusters = 2}.fit(x, {}, on(-1)); }).substr(0, 10) == "bad_option");
}

TEST_CASE_TEMPLATE("sessions that cannot be used are refused by name", Scalar, float, double) {
  const ff::kmeans recipe{.clusters = 2, .restarts = 1};
  const auto model = recipe.fit(grouped_sessions<Scalar>(50, 2, 2));
  const auto with = [](Scalar value) {
    auto x = grouped_sessions<Scalar>(50, 2, 2);
    x(31, 1) = value;
    return x;
  };
  const auto fit = [&](const auto& x, const ff::weights& w = {}) {
    return thrown_by([&] { return recipe.fit(x, w); });
  };
  const auto assign = [&](const auto& x) { return thrown_by([&] { return model.assign(x); }); };
  const auto nan = with(std::numeric_limits<Scalar>::quiet_NaN());
  const auto infinite = with(-std::numeric_limits<Scalar>::infinity());
  const auto huge = with(std::numeric_limits<Scalar>::max() / 2);
  CHECK(fit(nan) == "missing_value: kmeans: column 'x1' is missing (NaN) in row 31");
  CHECK(assign(nan) == fit(nan));
  CHECK(fit(infinite) == "not_finite: kmeans: column 'x1' is infinite in row 31");
  CHECK(assign(infinite) == fit(infinite));
  CHECK(fit(huge).substr(0, 48) == "limit: kmeans: column 'x1': squared distances ar");
  CHECK(assign(huge) == "limit: kmeans: a session lies too far from every centre: the squared distance is too large");

  CHECK(fit(ff::matrix<Scalar>(0, 2)) == "wrong_shape: kmeans: there must be at least one row, got 0");
  CHECK(fit(ff::matrix<Scalar>(5, 0)) == "wrong_shape: kmeans: there must be at least one column, got 0");
  CHECK(fit(with(1), ff::weights({1.0})) == "wrong_shape: kmeans: there must be one weight for each of 50 rows, got 1");

  const auto from = [&](ff::matrix<double> centers) {
    return thrown_by([&] { return recipe.fit_from(centers, with(1)); });
  };
  ff::matrix<double> centers = ff::matrix<double>::Zero(2, 2);
  CHECK(from(centers.topRows(1)) == "wrong_shape: kmeans: there must be 2 start centres of 2 columns, got 1 of 2");
  CHECK(from(centers.leftCols(1)) == "wrong_shape: kmeans: there must be 2 start centres of 2 columns, got 2 of 1");
  centers(1, 0) = std::nan("");
  CHECK(from(centers) == "missing_value: kmeans: start centre 1 is missing (NaN) in column 'x0'");
  centers(1, 0) = std::numeric_limits<double>::infinity();
  CHECK(from(centers) == "not_finite: kmeans: start centre 1 is infinite in column 'x0'");
  centers(1, 0) = 1;
  CHECK(from(centers) == "");  // equal or far centres are no fault: they find sessions
}

TEST_CASE("weights that leave too few sessions are refused") {
  const auto x = grouped_sessions<double>(4, 2, 2, 3);
  CHECK(thrown_by([&] {
          return ff::kmeans{.clusters = 3}.fit(x, ff::weights({1.0, 0.0, 1.0, 0.0}));
        }) == "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 3 for 2");
}

TEST_CASE("progress counts starts and may cancel") {
  const auto x = grouped_sessions<double>(300, 2, 3);
  for (const int threads : {1, 3}) {
    auto run = on(threads);
    std::vector<ff::index> seen;
    run.progress = [&](std::string_view stage, ff::index done, ff::index total) {
      CHECK(stage == "kmeans");
      CHECK(total == 6);
      seen.push_back(done);
      return true;
    };
    const ff::kmeans recipe{.clusters = 3, .restarts = 6};
    CHECK(recipe.fit(x, {}, run) == recipe.fit(x));
    CHECK(seen == std::vector<ff::index>{1, 2, 3, 4, 5, 6});
    run.progress = [](std::string_view, ff::index done, ff::index) { return done < 2; };
    CHECK(code_thrown_by([&] { return recipe.fit(x, {}, run); }) == "cancelled");
  }
}

TEST_CASE("parts make the same value again, and only good ones do") {
  const auto x = grouped_sessions<float>(200, 2, 3);
  const auto model = ff::kmeans{.clusters = 3}.fit(x);
  const auto again = std::apply([](auto... parts) { return ff::fitted_kmeans<float>::from_parts(std::move(parts)...); },
                                ff::parts_of<ff::fitted_kmeans<float>>(model.parts()));
  CHECK(again == model);
  CHECK(ff::digest_of(again) == ff::digest_of(model));
  CHECK(again.assign(x) == model.assign(x));
  CHECK(!(ff::kmeans{.clusters = 2}.fit(x) == model));

  const std::vector<ff::feature_info> columns = {{"a", "a", {}}, {"b", "b", {}}};
  const ff::matrix<double> centers = ff::matrix<double>::Zero(2, 2);
  const ff::matrix<double> bad = ff::matrix<double>::Constant(2, 2, std::nan(""));
  const auto from = [](auto... parts) {
    return code_thrown_by([&] { return ff::fitted_kmeans<float>::from_parts(parts...); });
  };
  using numbers = std::vector<double>;
  using floats = std::vector<float>;
  CHECK(from(columns, floats{0, 0}, centers, numbers{1, 2}, 0.0, 1) == "");
  CHECK(from(columns, floats{0}, centers, numbers{1, 2}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, INFINITY}, centers, numbers{1, 2}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, bad, numbers{1, 2}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, ff::matrix<double>(centers.leftCols(1)), numbers{1, 2}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, ff::matrix<double>(0, 2), numbers{}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, centers, numbers{1}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, centers, numbers{1, -2}, 0.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, centers, numbers{1, 2}, -1.0, 1) == "bad_parts");
  CHECK(from(columns, floats{0, 0}, centers, numbers{1, 2}, 0.0, 0) == "bad_parts");
  CHECK(from(std::vector<ff::feature_info>{}, floats{}, ff::matrix<double>(2, 0), numbers{1, 2}, 0.0, 1) ==
        "bad_parts");
}
