// SPDX-License-Identifier: MIT
// One question of a tree as a Shapley walk sees it: eight sessions go down both of its sides at once.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

// The game: a session's column is known or not. Where it is known the session goes its own way, else both ways, each
// with its share of the sessions that the tree was read with. The Shapley value of column c is the integral over t in
// [0, 1] of what knowing c adds when every other column is known with probability t (Owen 1972). Under a leaf each
// column on the path gives the factor
//   z (1 - t) + t    if the session passes all of the path's questions about it,
//   z (1 - t)        if it fails one,
// z being the product of the shares of those questions' sides. The integrand is the product over the columns, with the
// factor of c itself replaced by its slope: a polynomial, integrated exactly by Gauss-Legendre points.
FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Sessions that walk together: a multiple of every register's doubles.
inline constexpr index walkers = 8;
/// One number for each of them, or for each of eight points; in one line of the cache.
struct alignas(64) eight {
  std::array<double, static_cast<std::size_t>(walkers)> values{};

  double* data() noexcept { return values.data(); }
  const double* data() const noexcept { return values.data(); }
};

/// The points of the integral, filled up to a multiple of eight with points of weight 0.
struct shapley_points {
  index count = 0;
  std::vector<eight> at;      ///< t
  std::vector<eight> rest;    ///< 1 - t
  std::vector<eight> weight;  ///< of the point
  std::vector<eight> cold;    ///< weight / (1 - t)
};

/// What one side of a question leaves for later questions about the same column.
struct shapley_side {
  double zero = 1;                  ///< z after it
  const double* inverse = nullptr;  ///< 1 / (z (1 - t) + t) at each point
  const double* gain = nullptr;     ///< weight (1 - z) / (z (1 - t) + t) at each point
  const double* passed = nullptr;   ///< 1 for each session that passed all questions so far, else 0
};

/// A question: the shares of its sides, who goes left (codes in [0, bin] and from `missing` on), and the last side of the
/// same column above it, where there is one (else its pointers are null).
struct shapley_question {
  double left = 0;
  double right = 0;
  double bin = 0;
  double missing = 0;
  const double* codes = nullptr;  ///< of the sessions, in the question's column
  shapley_side before;
};

/// Fills `inverse` and `gain` of a side with this `zero`, for all points and what fills them up.
template <class Batch = batch<double>>
void shapley_factors(double zero, const shapley_points& points, double* inverse, double* gain) {
  const double* const at = points.at.data()->data();
  const double* const rest = points.rest.data()->data();
  const double* const weight = points.weight.data()->data();
  for (index i = 0, count = points.count; i < count; i += lanes<Batch>) {
    const Batch one = Batch(1.0) / (Batch(zero) * read<Batch>(rest + i) + read<Batch>(at + i));
    write(inverse + i, one);
    write(gain + i, read<Batch>(weight + i) * Batch(1 - zero) * one);
  }
}

namespace detail {

template <class Batch>
auto goes_left(const shapley_question& question, index s) {
  const Batch codes = read<Batch>(question.codes + s);
  return codes <= Batch(question.bin) || codes >= Batch(question.missing);
}

}  // namespace detail

/// From the products above a question to those on its two sides, and who passed. Products: `walkers` a point, point after
/// point; only the first `sessions` of them, rounded up to whole registers, are worked on.
template <class Batch = batch<double>>
void shapley_down(const shapley_question& question, const shapley_points& points, index sessions, const double* above,
                  double* left, double* right, double* passed_left, double* passed_right) {
  const Batch zeros(0.0), ones(1.0);
  const Batch left_share(question.left);
  const Batch right_share(question.right);
  // Copies, which a compiler need not read again after every write.
  const index count = points.count;
  const double* const at = points.at.data()->data();
  const double* const rest = points.rest.data()->data();
  const double* const inverse = question.before.inverse;
  for (index s = 0; s < sessions; s += lanes<Batch>) {
    const auto hot_left = detail::goes_left<Batch>(question, s);
    if (question.before.passed == nullptr) {
      write(passed_left + s, select(hot_left, ones, zeros));
      write(passed_right + s, select(hot_left, zeros, ones));
      for (index i = 0; i < count; ++i) {
        const Batch product = read<Batch>(above + i * walkers + s);
        const Batch averaged = product * Batch(rest[i]);
        const Batch own = product * Batch(at[i]);
        write(left + i * walkers + s, averaged * left_share + select(hot_left, own, zeros));
        write(right + i * walkers + s, averaged * right_share + select(hot_left, zeros, own));
      }
      continue;
    }
    // Those who failed before stay failed: their factor changes by the share alone.
    const Batch passed = read<Batch>(question.before.passed + s);
    const auto alive = passed != zeros;
    const Batch zero(question.before.zero);
    write(passed_left + s, select(hot_left, passed, zeros));
    write(passed_right + s, select(hot_left, zeros, passed));
    for (index i = 0; i < count; ++i) {
      const Batch product = read<Batch>(above + i * walkers + s);
      const Batch without = product * Batch(inverse[i]);
      const Batch averaged = select(alive, without * (zero * Batch(rest[i])), product);
      const Batch own = without * Batch(at[i]) * passed;
      write(left + i * walkers + s, averaged * left_share + select(hot_left, own, zeros));
      write(right + i * walkers + s, averaged * right_share + select(hot_left, zeros, own));
    }
  }
}

/// From the sums over the leaves of both sides to the sum above the question, and what its column gains, added to
/// `gained`. `at_left` and `at_right` are the sides that the question made.
template <class Batch = batch<double>>
void shapley_up(const shapley_question& question, const shapley_points& points, index sessions,
                const shapley_side& at_left, const shapley_side& at_right, const double* left, const double* right,
                double* above, double* gained) {
  const index count = points.count;
  const double* const cold = points.cold.data()->data();
  const double* const gain_left = at_left.gain;
  const double* const gain_right = at_right.gain;
  const double* const gain_before = question.before.gain;
  for (index s = 0; s < sessions; s += lanes<Batch>) {
    Batch hot_left(0.0), hot_right(0.0), cold_left(0.0), cold_right(0.0);
    for (index i = 0; i < count; ++i) {
      const Batch l = read<Batch>(left + i * walkers + s);
      const Batch r = read<Batch>(right + i * walkers + s);
      const Batch failed(cold[i]);
      write(above + i * walkers + s, l + r);
      hot_left += l * Batch(gain_left[i]);
      hot_right += r * Batch(gain_right[i]);
      cold_left += l * failed;
      cold_right += r * failed;
    }
    Batch gain = select(detail::goes_left<Batch>(question, s), hot_left - cold_right, hot_right - cold_left);
    if (gain_before != nullptr) {
      Batch earlier(0.0);
      for (index i = 0; i < count; ++i) {
        earlier += read<Batch>(above + i * walkers + s) * Batch(gain_before[i]);
      }
      gain = (gain - earlier) * read<Batch>(question.before.passed + s);
    }
    write(gained + s, read<Batch>(gained + s) + gain);
  }
}

/// A leaf: products become sums.
template <class Batch = batch<double>>
void shapley_leaf(double value, index points, index sessions, double* products) {
  for (index s = 0; s < sessions; s += lanes<Batch>) {
    for (index i = 0; i < points; ++i) {
      double* const here = products + i * walkers + s;
      write(here, read<Batch>(here) * Batch(value));
    }
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
