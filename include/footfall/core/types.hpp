// SPDX-License-Identifier: MIT
// The plain names that every floor uses: sizes, matrices, sets of rows, scores and segment numbers.
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Signed, because rows are subtracted as often as they are counted.
using index = Eigen::Index;

/// One row a session, one column a feature; column-major, so that a column lies in one piece.
template <class Scalar>
using matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

/// A matrix that belongs to somebody else. Column-major matrices, maps and blocks of columns are seen in place;
/// a row-major matrix or an expression is copied once.
template <class Scalar>
using matrix_view = Eigen::Ref<const matrix<Scalar>, 0, Eigen::OuterStride<>>;

/// Row numbers, each in [0, rows). The order is the order of the result; repeated rows are repeated.
using row_set = std::vector<index>;

/// One value in [0, 1] a session: the probability of the positive label.
using scores = std::vector<double>;

/// One segment number a session, from 0.
using segment_ids = std::vector<std::int32_t>;

FOOTFALL_END_NAMESPACE
