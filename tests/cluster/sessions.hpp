// SPDX-License-Identifier: MIT
// Sessions for tests of clustering: groups around middles, the same on every machine.
#pragma once

#include <cmath>
#include <vector>

#include <footfall/cluster/nearest_segments.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

/// `rows` sessions in `groups` groups of decreasing share, in multiples of 2^-10, so that an offset can be added
/// exactly.
template <class Scalar>
footfall::matrix<Scalar> grouped_sessions(footfall::index rows, footfall::index columns, int groups, double spread = 1,
                                          std::uint64_t seed = 1) {
  footfall::random_stream stream(seed);
  footfall::matrix<double> middles(groups, columns);
  for (footfall::index i = 0; i < middles.size(); ++i) middles.data()[i] = 10 * stream.uniform();
  footfall::matrix<Scalar> x(rows, columns);
  for (footfall::index row = 0; row < rows; ++row) {
    const auto group = static_cast<footfall::index>(stream.uniform() * stream.uniform() * groups);
    for (footfall::index column = 0; column < columns; ++column) {
      const double value = middles(group, column) + spread * stream.normal();
      x(row, column) = static_cast<Scalar>(std::round(value * 1024) / 1024);
    }
  }
  return x;
}

/// A matrix from its rows, one after the other.
template <class Scalar>
footfall::matrix<Scalar> rows_of(const std::vector<double>& values, footfall::index columns) {
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> rows(
      values.data(), static_cast<footfall::index>(values.size()) / columns, columns);
  return rows.cast<Scalar>();
}

/// The squared distance of two rows in double.
template <class A, class B>
double squared_distance(const A& a, const B& b) {
  double square = 0;
  for (footfall::index column = 0; column < a.cols(); ++column) {
    const double difference = static_cast<double>(a(column)) - static_cast<double>(b(column));
    square += difference * difference;
  }
  return square;
}

inline footfall::run_options on(int threads) {
  footfall::run_options run;
  run.threads = threads;
  return run;
}

// Sessions with what `kmeans_sessions` refers to. The origin is not the mean: any near the sessions will do.
template <class Scalar>
struct owned {
  footfall::matrix<Scalar> x;
  std::vector<footfall::feature_info> columns;
  std::vector<Scalar> origin;

  footfall::kmeans_sessions<Scalar> sessions() const { return {x, columns, origin}; }
};

template <class Scalar>
owned<Scalar> own(const footfall::matrix<Scalar>& x) {
  return {x, footfall::columns_of(x), std::vector<Scalar>(static_cast<std::size_t>(x.cols()), Scalar{3})};
}

/// 0, 0.5, 1, 1.5, 2 and again.
inline footfall::weights some_weights(footfall::index rows) {
  std::vector<double> values;
  for (footfall::index row = 0; row < rows; ++row) values.push_back(static_cast<double>(row % 5) / 2);
  return footfall::weights(values);
}
