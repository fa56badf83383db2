// SPDX-License-Identifier: MIT
// Every kernel against its plain twin, on arrays between guard pages: for tests over all lengths and places, and for fuzzing.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/forest/walk.hpp>
#include <footfall/simd/above_mask.hpp>
#include <footfall/simd/amounts.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/covariance.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/map.hpp>
#include <footfall/simd/moments.hpp>
#include <footfall/simd/pairwise.hpp>
#include <footfall/simd/project.hpp>
#include <footfall/simd/random_words.hpp>
#include <footfall/simd/separators.hpp>
#include <footfall/simd/shapley.hpp>
#include <footfall/simd/short_decimals.hpp>
#include <footfall/simd/split_gain.hpp>
#include <footfall/simd/sum.hpp>
#include <footfall/simd/sum_by_number.hpp>
#include <footfall/simd/weigh_below.hpp>

#include <tests/guarded_memory.hpp>

namespace kernel_twins {

namespace ff = footfall;
namespace simd = footfall::simd;
using ff::index;

inline void demand(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// The same bits, or two NaN: which NaN comes out of two depends on the order that a compiler gives a sum.
template <class T>
bool same(const T& a, const T& b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a) && std::isnan(b)) return true;
  }
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}
template <class T>
bool same(const T* a, const T* b, index count) {
  for (index i = 0; i < count; ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}
/// A copy of `count` values in an array of its own.
template <class T>
T* copied(guarded_arrays& arrays, const T* from, index count) {
  T* const to = arrays.room<T>(count);
  std::copy(from, from + count, to);
  return to;
}

inline void above_mask(guarded_arrays& arrays, index length) {
  const std::uint8_t* const codes = arrays.bytes(64);
  const auto bin = static_cast<std::uint8_t>(length < 128 ? 2 * length : arrays.byte());
  demand(simd::above_mask(codes, bin) == simd::above_mask_plain(codes, bin), "above_mask");
}

inline void bytes_of_bits(guarded_arrays& arrays, index length) {
  const auto count = static_cast<int>(length % 9);
  auto* const planes = arrays.room<std::uint64_t>(count);
  for (int i = 0; i < count; ++i) {
    for (int k = 0; k < 8; ++k) planes[i] = planes[i] << 8 | arrays.byte();
  }
  auto *const fast = arrays.room<std::uint8_t>(64), *const plain = arrays.room<std::uint8_t>(64);
  simd::bytes_of_bits(planes, count, fast);
  simd::bytes_of_bits_plain(planes, count, plain);
  demand(same(fast, plain, 64), "bytes_of_bits");
}

inline void amounts_of_64(guarded_arrays& arrays, index) {
  const double* const amounts = arrays.numbers<double>(64);
  demand(simd::amounts_of_64(amounts) == simd::amounts_of_64_plain(amounts), "amounts_of_64");
}

inline void separators_of_64(guarded_arrays& arrays, index length) {
  char* const text = arrays.room<char>(64);
  for (index i = 0; i < 64; ++i) text[i] = ",;\n\r\"\0x\xFF"[arrays.below(8)];
  const char delimiter = length % 2 == 0 ? ',' : ';';
  demand(simd::separators_of_64(text, delimiter) == simd::separators_of_64_plain(text, delimiter), "separators_of_64");
  const auto wanted = static_cast<char>(arrays.byte());
  demand(simd::byte_block(text).equal(wanted) == simd::bytes_equal_plain(text, wanted), "bytes_equal");
}

inline void count_equal(guarded_arrays& arrays, index length) {
  char* const text = arrays.room<char>(length);
  for (index i = 0; i < length; ++i) text[i] = ",\n\"x"[arrays.below(4)];
  demand(simd::count_equal(text, text + length, '\n') == simd::count_equal_plain(text, text + length, '\n'),
         "count_equal");
}

/// Parts of a register, and values that are widened and narrowed.
template <class Batch, class Scalar>
void some_of_a_batch(guarded_arrays& arrays, index length) {
  const index count = length % simd::lanes<Batch>;
  const Scalar* const from = arrays.numbers<Scalar>(count);
  Scalar* const to = arrays.room<Scalar>(count);
  simd::write_some(to, simd::read_some<Batch>(from, count), count);
  demand(same(from, to, count), "read_some, write_some");
  const Scalar* const all = arrays.numbers<Scalar>(simd::lanes<Batch>);
  Scalar* const back = arrays.room<Scalar>(simd::lanes<Batch>);
  simd::write(back, simd::read<Batch>(all));
  demand(same(all, back, simd::lanes<Batch>), "read, write");
}

template <class Scalar>
void map_column(guarded_arrays& arrays, index length) {
  const Scalar* const from = arrays.numbers<Scalar>(length);
  Scalar *const fast = arrays.room<Scalar>(length), *const plain = arrays.room<Scalar>(length);
  const auto formula = [](auto value) { return (value - 0.3) * 1.7; };
  const bool usable = simd::map_column(from, length, fast, formula);
  demand(usable == simd::map_column<Scalar, double>(from, length, plain, formula), "map_column: usable");
  demand(same(fast, plain, length), "map_column");
}

template <class Scalar>
void sums(guarded_arrays& arrays, index length) {
  const Scalar* const values = arrays.numbers<Scalar>(length);
  const double* const weighted = arrays.numbers<double>(length);
  simd::lane_array start;
  for (double& each : start) each = arrays.number<double>();
  for (const double* const weights : {static_cast<const double*>(nullptr), weighted}) {
    demand(same(simd::sum(values, weights, length), simd::sum<Scalar, double>(values, weights, length)), "sum");
    simd::lane_array fast = start, plain = start;
    simd::add_to_lanes(values, weights, length, fast);
    simd::add_to_lanes<Scalar, double>(values, weights, length, plain);
    demand(same(fast.data(), plain.data(), simd::running_lanes), "add_to_lanes");
  }
}

template <class Scalar>
void chunk_moments(guarded_arrays& arrays, index length) {
  const Scalar* const values = arrays.numbers<Scalar>(length);
  double* const weighted = arrays.numbers<double>(length);
  for (index i = 0; i < length; ++i) weighted[i] = std::isfinite(weighted[i]) ? std::abs(weighted[i]) : 0;
  const double shift = length == 0 ? 0.0 : static_cast<double>(values[0]);
  for (const double* const weights : {static_cast<const double*>(nullptr), static_cast<const double*>(weighted)}) {
    const auto fast = simd::chunk_moments(values, weights, length, shift);
    const auto plain = simd::chunk_moments<Scalar, double>(values, weights, length, shift);
    demand(same(fast.weight, plain.weight) && same(fast.mean, plain.mean) && same(fast.squares, plain.squares) &&
               same(fast.smallest, plain.smallest) && same(fast.largest, plain.largest) && fast.finite == plain.finite,
           "chunk_moments");
  }
}

/// `length` rows of two columns in one array, by the rule: running lanes, a tile of deviations, products.
inline void chunk_comoments(guarded_arrays& arrays, index length) {
  constexpr index columns = 2;
  const double* const values = arrays.numbers<double>(columns * length);
  const ff::matrix_view<double> x(Eigen::Map<const ff::matrix<double>, 0, Eigen::OuterStride<>>(
      values, length, columns, {std::max<index>(1, length)}));
  const std::vector<double> shift{0.5, -3};
  const auto fast = simd::chunk_comoments<double>(x, {}, shift, 0, length);
  const auto plus = [](double a, double b) { return a + b; };
  std::vector<double> products(static_cast<std::size_t>(columns * columns * simd::product_lanes), 0.0);
  std::array<double, columns> zeros, rest;
  const auto folded = [](const double* from) {
    double total = 0;
    for (index lane = 0; lane < simd::product_lanes / 2; ++lane)
      total += from[lane] + from[lane + simd::product_lanes / 2];
    return total;
  };
  for (index c = 0; c < columns; ++c) {
    const auto at = static_cast<std::size_t>(c);
    const index some = std::min(length, simd::guess_rows);
    const auto running = simd::run_lanes<double, 1>(
        some, {0.0}, [&](auto& state, index i) { state[0] += values[c * length + i] - shift[at]; });
    zeros[at] = shift[at] + simd::fold(running[0], plus) / std::max(1.0, static_cast<double>(some));
    std::array<double, simd::product_lanes> lanes{};
    for (index i = 0; i < length; ++i) {
      lanes[static_cast<std::size_t>(i % simd::product_lanes)] += values[c * length + i] - zeros[at];
    }
    rest[at] = folded(lanes.data()) / std::max(1.0, static_cast<double>(length));
    if (length > 0) demand(same(fast.mean[c], (zeros[at] - shift[at]) + rest[at]), "chunk_comoments: mean");
  }
  for (index begin = 0; begin < length; begin += simd::tile_rows) {
    simd::tile<double> tile = simd::tile<double>::Zero(simd::tile_rows, columns);
    for (index c = 0; c < columns; ++c) {
      for (index i = begin; i < std::min(length, begin + simd::tile_rows); ++i) {
        tile(i - begin, c) = values[c * length + i] - zeros[static_cast<std::size_t>(c)];
      }
    }
    simd::add_products<double>(tile, tile, products.data());
  }
  for (index i = 0; i < columns; ++i) {
    for (index j = i; j < columns; ++j) {
      const double around =
          rest[static_cast<std::size_t>(i)] * rest[static_cast<std::size_t>(j)] * static_cast<double>(length);
      const double total = folded(products.data() + (i * columns + j) * simd::product_lanes) - around;
      demand(same(fast.products(i, j), i == j ? std::max(0.0, total) : total), "chunk_comoments: products");
    }
  }
}

inline void add_products(guarded_arrays& arrays, index length) {
  const index columns = 1 + length % 6;
  simd::tile<double> left(simd::tile_rows, columns), right(simd::tile_rows, columns);
  for (double& each : left.reshaped()) each = arrays.number<double>();
  for (double& each : right.reshaped()) each = arrays.number<double>();
  const index size = columns * columns * simd::product_lanes;
  double *const fast = arrays.numbers<double>(size), *const plain = copied(arrays, fast, size);
  simd::add_products(left, right, fast);
  simd::add_products<double>(left, right, plain);
  for (index i = 0; i < columns; ++i) {
    for (index j = i; j < columns; ++j) {
      const index at = (i * columns + j) * simd::product_lanes;
      demand(same(fast + at, plain + at, simd::product_lanes), "add_products");
    }
  }
}

template <class Scalar>
void project(guarded_arrays& arrays, index length) {
  constexpr index columns = 3, axis_count = 2;
  const Scalar* const from = arrays.numbers<Scalar>(columns * length);
  const double* const mean = arrays.numbers<double>(columns);
  const double* const axes = arrays.numbers<double>(columns * axis_count);
  Scalar *const fast = arrays.room<Scalar>(axis_count * length), *const plain =
                                                                     arrays.room<Scalar>(axis_count * length);
  const bool usable = simd::project(from, length, length, columns, mean, axes, axis_count, fast, length);
  demand(usable == simd::project<Scalar, double>(from, length, length, columns, mean, axes, axis_count, plain, length),
         "project: usable");
  demand(same(fast, plain, axis_count * length), "project");
}

/// A tile of 1 to 18 columns: those that are written out and those that are not.
template <class Scalar>
simd::tile_view<Scalar> tile(guarded_arrays& arrays, index length) {
  const index columns = 1 + length % 18, stride = simd::tile_rows + length % 3;
  const Scalar* const values = arrays.numbers<Scalar>((columns - 1) * stride + simd::tile_rows);
  return {values, stride, columns, length % 2 == 0 ? nullptr : arrays.numbers<Scalar>(columns)};
}
/// One number a session as the kernels take them, in an array of its own.
template <class Scalar>
simd::tile_values<Scalar>& tile_values(guarded_arrays& arrays, const Scalar* from = nullptr) {
  auto* const values = reinterpret_cast<simd::tile_values<Scalar>*>(arrays.numbers<Scalar>(simd::tile_rows));
  if (from != nullptr) std::copy(from, from + simd::tile_rows, values->begin());
  return *values;
}

template <class Scalar>
void distances_to_a_point(guarded_arrays& arrays, index length) {
  const auto sessions = tile<Scalar>(arrays, length);
  const Scalar* const point = arrays.numbers<Scalar>(sessions.columns);
  auto& fast = tile_values<Scalar>(arrays);
  auto& plain = tile_values<Scalar>(arrays, fast.data());
  simd::lower_to_distances(sessions, point, fast);
  simd::lower_to_distances<Scalar, Scalar>(sessions, point, plain);
  demand(same(fast.data(), plain.data(), simd::tile_rows), "lower_to_distances");
  simd::squared_distances(sessions, point, fast);
  simd::squared_distances<Scalar, Scalar>(sessions, point, plain);
  demand(same(fast.data(), plain.data(), simd::tile_rows), "squared_distances");
}

template <class Scalar>
void nearest(guarded_arrays& arrays, index length) {
  const auto sessions = tile<Scalar>(arrays, length);
  const index count = 1 + arrays.below(4);
  const Scalar* const centers = arrays.numbers<Scalar>(count * sessions.columns);
  auto &numbers = tile_values<Scalar>(arrays), &squares = tile_values<Scalar>(arrays);
  auto &plain_numbers = tile_values<Scalar>(arrays), &plain_squares = tile_values<Scalar>(arrays);
  const bool usable = simd::nearest(sessions, centers, count, numbers.data(), squares.data());
  demand(usable == simd::nearest<Scalar, Scalar>(sessions, centers, count, plain_numbers.data(), plain_squares.data()),
         "nearest: usable");
  demand(same(numbers.data(), plain_numbers.data(), simd::tile_rows), "nearest: numbers");
  demand(same(squares.data(), plain_squares.data(), simd::tile_rows), "nearest: squares");
}

template <class Scalar>
void nearest_by_products(guarded_arrays& arrays, index length) {
  const auto sessions = tile<Scalar>(arrays, length);
  const index count = 1 + arrays.below(4);
  const Scalar* const centers = arrays.numbers<Scalar>(count * sessions.columns);
  const Scalar* const halves = arrays.numbers<Scalar>(count);
  auto &numbers = tile_values<Scalar>(arrays), &plain = tile_values<Scalar>(arrays);
  simd::nearest_by_products(sessions, centers, halves, count, numbers.data());
  simd::nearest_by_products<Scalar, Scalar>(sessions, centers, halves, count, plain.data());
  demand(same(numbers.data(), plain.data(), simd::tile_rows), "nearest_by_products");
}

template <class Scalar>
void add_distances(guarded_arrays& arrays, index length) {
  const index columns = 1 + length % 2;
  const simd::tile_view<Scalar> sessions{arrays.numbers<Scalar>(columns * simd::tile_rows), simd::tile_rows, columns,
                                         nullptr};
  const Scalar* const others = arrays.numbers<Scalar>(columns * length);
  auto& fast = tile_values<double>(arrays);
  auto& plain = tile_values<double>(arrays, fast.data());
  simd::add_distances(sessions, others, length, fast);
  simd::add_distances<Scalar, Scalar>(sessions, others, length, plain);
  demand(same(fast.data(), plain.data(), simd::tile_rows), "add_distances");
}

template <class Scalar>
void add_block_distances(guarded_arrays& arrays, index length) {
  const index columns = 1 + length % 7, blocks = (length + simd::block_rows - 1) / simd::block_rows;
  const Scalar* const block = arrays.numbers<Scalar>(columns * simd::block_rows);
  const Scalar* const others = arrays.numbers<Scalar>(columns * simd::block_rows * blocks);
  Scalar* const mask = arrays.room<Scalar>(simd::block_rows);
  for (index i = 0; i < simd::block_rows; ++i) mask[i] = static_cast<Scalar>(arrays.byte() % 2);
  double *const sums = arrays.numbers<double>(simd::block_rows), *const plain_sums =
                                                                     copied(arrays, sums, simd::block_rows);
  const index lanes = length * simd::block_rows;
  Scalar *const met = arrays.numbers<Scalar>(lanes), *const plain_met = copied(arrays, met, lanes);
  const bool with_met = arrays.byte() % 2 == 0;
  simd::add_block_distances(block, others, columns, length, sums, mask, with_met ? met : nullptr);
  simd::add_block_distances<Scalar, Scalar>(block, others, columns, length, plain_sums, mask,
                                            with_met ? plain_met : nullptr);
  demand(same(sums, plain_sums, simd::block_rows), "add_block_distances: sums");
  demand(same(met, plain_met, lanes), "add_block_distances: met");
}

template <class Scalar>
void add_by_number(guarded_arrays& arrays, index length) {
  const index columns = length % 9, count = 1 + length % 4, stride = simd::summed_rows + length % 2;
  const Scalar* const values = arrays.numbers<Scalar>(columns == 0 ? 0 : (columns - 1) * stride + simd::summed_rows);
  const Scalar* const last = arrays.numbers<Scalar>(simd::summed_rows);
  auto& numbers = *reinterpret_cast<simd::summed_values<Scalar>*>(arrays.room<Scalar>(simd::summed_rows));
  for (Scalar& each : numbers) each = static_cast<Scalar>(arrays.below(count + 1) - 1);
  const index size = count * (columns + 1) * simd::running_lanes;
  double *const fast = arrays.numbers<double>(size), *const plain = copied(arrays, fast, size);
  simd::add_by_number(values, stride, columns, last, numbers, count, fast);
  simd::add_by_number<Scalar, Scalar>(values, stride, columns, last, numbers, count, plain);
  demand(same(fast, plain, size), "add_by_number");
}

inline void random_words(guarded_arrays& arrays, index length) {
  auto *const fast = arrays.room<std::uint32_t>(length), *const plain = arrays.room<std::uint32_t>(length);
  std::uint64_t key = 0, first = 0;
  for (int i = 0; i < 8; ++i) key = key << 8 | arrays.byte(), first = first << 8 | arrays.byte();
  simd::random_words(key, first, {fast, static_cast<std::size_t>(length)});
  simd::random_words_plain(key, first, {plain, static_cast<std::size_t>(length)});
  demand(same(fast, plain, length), "random_words");
}

/// `arrays`: one whole line of eight for every point and every array, as the walk keeps them.
inline void shapley(guarded_arrays& arrays, index length) {
  using simd::eight;
  const index count = 1 + length % 11, lines = (count + 7) / 8, sessions = 1 + length % 8;
  simd::shapley_points points{count, {}, {}, {}, {}};
  for (auto* each : {&points.at, &points.rest, &points.weight, &points.cold}) {
    each->resize(static_cast<std::size_t>(lines));
    for (eight& line : *each) {
      for (double& value : line.values) value = arrays.number<double>();
    }
  }
  double* const codes = arrays.room<double>(simd::walkers);
  double* const passed_before = arrays.room<double>(simd::walkers);
  for (index i = 0; i < simd::walkers; ++i) {
    codes[i] = arrays.byte();
    passed_before[i] = arrays.byte() % 2;
  }
  const bool again = arrays.byte() % 2 == 0;
  simd::shapley_question question{
      arrays.number<double>(), arrays.number<double>(), static_cast<double>(arrays.byte()), 255, codes, {}};
  const index room = count * simd::walkers;
  const double* const start = arrays.numbers<double>(room);
  const double gained = arrays.number<double>(), zero = arrays.number<double>(), leaf = arrays.number<double>();
  const auto ask = [&](auto plain) {
    using batch = decltype(plain);
    struct result {
      double *above, *left, *right, *factors[6], *passed[2], *gained;
    } out{};
    for (double** each : {&out.above, &out.left, &out.right}) *each = copied(arrays, start, room);
    for (double*& each : out.factors) each = arrays.room<double>(8 * lines);
    for (double*& each : out.passed) each = arrays.room<double>(simd::walkers);
    out.gained = arrays.room<double>(simd::walkers);
    std::fill(out.gained, out.gained + simd::walkers, gained);
    simd::shapley_factors<batch>(zero, points, out.factors[0], out.factors[1]);
    question.before =
        again ? simd::shapley_side{zero, out.factors[0], out.factors[1], passed_before} : simd::shapley_side{};
    simd::shapley_factors<batch>(zero * question.left, points, out.factors[2], out.factors[3]);
    simd::shapley_factors<batch>(zero * question.right, points, out.factors[4], out.factors[5]);
    const simd::shapley_side left{zero, out.factors[2], out.factors[3], out.passed[0]};
    const simd::shapley_side right{zero, out.factors[4], out.factors[5], out.passed[1]};
    simd::shapley_down<batch>(question, points, sessions, out.above, out.left, out.right, out.passed[0], out.passed[1]);
    simd::shapley_leaf<batch>(leaf, count, sessions, out.left);
    simd::shapley_leaf<batch>(zero, count, sessions, out.right);
    simd::shapley_up<batch>(question, points, sessions, left, right, out.left, out.right, out.above, out.gained);
    return out;
  };
  const auto fast = ask(simd::batch<double>());
  const auto plain = ask(double());
  for (index i = 0; i < count; ++i) {
    const index at = i * simd::walkers;
    demand(same(fast.left + at, plain.left + at, sessions) && same(fast.right + at, plain.right + at, sessions),
           "shapley_down, shapley_leaf");
    demand(same(fast.above + at, plain.above + at, sessions), "shapley_up");
  }
  for (std::size_t i = 0; i < 6; ++i) demand(same(fast.factors[i], plain.factors[i], count), "shapley_factors");
  for (std::size_t i = 0; i < 2; ++i) demand(same(fast.passed[i], plain.passed[i], sessions), "shapley_down: passed");
  demand(same(fast.gained, plain.gained, sessions), "shapley_up: gained");
}

inline void short_decimals_of_8(guarded_arrays& arrays, index length) {
  std::array<index, 9> begins{};
  for (std::size_t i = 0; i < 8; ++i) begins[i + 1] = begins[i] + 1 + (length + arrays.below(10)) % 11;
  const index size = std::max(begins[8], begins[7] + 8);
  char* const text = arrays.room<char>(size);
  for (index i = 0; i < size; ++i) text[i] = "0123456789.-x,0123"[arrays.below(18)];
  auto* const after = arrays.room<std::uint16_t>(9);
  for (std::size_t i = 0; i < 9; ++i) after[i] = static_cast<std::uint16_t>(begins[i]);
  double *const fast = arrays.room<double>(8), *const plain = arrays.room<double>(8);
  const unsigned read = simd::short_decimals_of_8(text, after, 1, fast);
  demand(read == simd::short_decimals_of_8_plain(text, after, 1, plain), "short_decimals_of_8: which");
  for (index i = 0; i < 8; ++i) demand((read >> i & 1) == 0 || same(fast[i], plain[i]), "short_decimals_of_8");
}

/// Sides of splits in one of the two forms; behind the last come sides that are empty.
template <class Sides>
void split_gains(guarded_arrays& arrays, index length) {
  constexpr bool bytes = std::is_same_v<Sides, simd::byte_sides>;
  const index room = (length + 7) / 8 * 8, all = 2 + (bytes ? arrays.below(254) : arrays.below(65'000)),
              positives = arrays.below(all + 1);
  const simd::split_node node{static_cast<double>(all), static_cast<double>(positives),
                              static_cast<double>(1 + arrays.below(3))};
  const auto draw = [&] {
    const index positive = arrays.below(positives + 1);
    return std::pair{positive + arrays.below(all - positives + 1), positive};
  };
  double *const fast = arrays.room<double>(room), *const plain = arrays.room<double>(length);
  const auto check = [&](Sides sides) {
    const double best = simd::split_gains(node, sides, length, fast);
    demand(same(best, simd::split_gains_plain(node, sides, length, plain)), "split_gains: best");
    demand(same(fast, plain, length), "split_gains");
  };
  if constexpr (bytes) {
    auto *const left = arrays.room<std::uint8_t>(room), *const own = arrays.room<std::uint8_t>(room);
    for (index i = 0; i < room; ++i) {
      const auto [of_all, of_positives] = i < length ? draw() : std::pair<index, index>();
      left[i] = static_cast<std::uint8_t>(of_all), own[i] = static_cast<std::uint8_t>(of_positives);
    }
    check({left, own});
  } else {
    auto* const left = arrays.room<std::uint64_t>(room);
    for (index i = 0; i < room; ++i) {
      const auto [of_all, of_positives] = i < length ? draw() : std::pair<index, index>();
      left[i] = static_cast<std::uint64_t>(of_all) << 32 | static_cast<std::uint64_t>(of_positives);
    }
    check({left});
  }
}

inline void equal_mask(guarded_arrays& arrays, index) {
  const double* const values = arrays.numbers<double>(static_cast<index>(simd::mask_lanes));
  const double value = arrays.byte() % 2 == 0 ? arrays.number<double>() : values[arrays.byte() % simd::mask_lanes];
  unsigned expected = 0;
  for (std::size_t i = 0; i < simd::mask_lanes; ++i) expected |= values[i] == value ? 1U << i : 0U;
  demand(simd::equal_mask(values, value) == expected, "equal_mask");
}

inline void weigh_below(guarded_arrays& arrays, index length) {
  const index room = (length + simd::byte_lanes - 1) / simd::byte_lanes * simd::byte_lanes;
  const std::uint8_t* const codes = arrays.bytes(room);
  auto *const weights = arrays.room<std::uint8_t>(length), *const positives = arrays.room<std::uint8_t>(length);
  for (index i = 0; i < length; ++i) {
    weights[i] = static_cast<std::uint8_t>(arrays.byte() % (length > 127 ? 2 : 3));
    positives[i] = static_cast<std::uint8_t>(arrays.byte() % (weights[i] + 1));
  }
  auto *const below = arrays.room<std::uint8_t>(room), *const positives_below = arrays.room<std::uint8_t>(room);
  auto *const plain = arrays.room<std::uint8_t>(length), *const plain_positives = arrays.room<std::uint8_t>(length);
  simd::weigh_below(codes, weights, positives, length, below, positives_below);
  simd::weigh_below_plain(codes, weights, positives, length, plain, plain_positives);
  demand(same(below, plain, length) && same(positives_below, plain_positives, length), "weigh_below");
}

/// Three trees of a few questions; codes are read by many walks together, leaf by leaf and session by session.
inline void walks(guarded_arrays& arrays, index length) {
  constexpr index cols = 3;
  struct forest {
    std::vector<ff::tree_node> nodes;
    std::vector<std::uint64_t> starts;
    ff::detail::walk_trees trees;
  };
  static const forest three = [] {
    forest made;
    ff::random_stream stream(3);
    for (const int questions : {0, 7, 60}) {
      std::vector<ff::tree_node> tree(1);
      std::vector<std::size_t> leaves{0};
      for (int i = 0; i < questions; ++i) {
        const std::size_t which = stream.below(leaves.size());
        const auto next = static_cast<std::uint32_t>(tree.size());
        tree[leaves[which]] = {static_cast<std::uint16_t>(stream.below(cols)),
                               static_cast<std::uint8_t>(stream.below(255)), stream.below(2) == 0, false, next};
        leaves[which] = next;
        leaves.push_back(next + 1);
        tree.resize(tree.size() + 2);
      }
      for (const std::size_t leaf : leaves) tree[leaf].next = static_cast<std::uint32_t>(stream.below(1U << 31));
      made.starts.push_back(made.nodes.size());
      made.nodes.insert(made.nodes.end(), tree.begin(), tree.end());
    }
    made.trees = ff::detail::walk_trees(made.nodes, made.starts, cols);
    return made;
  }();
  constexpr auto group = static_cast<index>(ff::detail::group_rows);
  const index rows = length + arrays.below(group - length + 1);
  // Codes of a group lie where they lie, sessions that are not there included: their columns are whole.
  std::uint8_t* const codes = arrays.bytes(2 * cols * group);
  for (index at = 0; at < cols * group; ++at) codes[cols * group + at] = static_cast<std::uint8_t>(codes[at] + 1);
  auto* const together = arrays.room<std::uint64_t>(rows);
  std::fill(together, together + rows, std::uint64_t{7});
  for (std::size_t t = 0; t < three.starts.size(); ++t) {
    three.trees.add_shares(three.nodes, three.starts, t, codes, static_cast<std::size_t>(rows), together);
  }
  for (index row = 0; row < rows; row += 17) {
    std::uint8_t* const session = arrays.bytes(2 * cols);
    for (index column = 0; column < 2 * cols; ++column) session[column] = codes[column * group + row];
    std::uint64_t sum = 0;
    for (const auto start : three.starts) sum += ff::leaf_value(three.nodes.data() + start, session);
    demand(together[row] == 7 + sum, "walks together");
    demand(three.trees.sum_of_shares(three.nodes, three.starts, session) == sum, "walks of one session");
  }
}

/// A kernel, or several that belong together, for `length` numbers; `lengths`: how many lengths differ, since tiles, points
/// and groups of 64 have one size. Distances to others are added one by one, in runs of 32.
struct kernel {
  std::string_view name;
  void (*check)(guarded_arrays& arrays, index length);
  index lengths = 131;
};

inline constexpr kernel kernels[] = {
    {"above_mask", above_mask},
    {"bytes_of_bits", bytes_of_bits, 9},
    {"amounts_of_64", amounts_of_64, 9},
    {"separators_of_64", separators_of_64, 9},
    {"parts of a register of float", some_of_a_batch<simd::batch<float>, float>, 16},
    {"parts of a register of double", some_of_a_batch<simd::batch<double>, double>, 8},
    {"floats in a register of double", some_of_a_batch<simd::batch<double>, float>, 8},
    {"map_column of float", map_column<float>},
    {"map_column of double", map_column<double>},
    {"sum, add_to_lanes of float", sums<float>},
    {"sum, add_to_lanes of double", sums<double>},
    {"chunk_moments of float", chunk_moments<float>},
    {"chunk_moments of double", chunk_moments<double>},
    {"chunk_comoments", chunk_comoments},
    {"add_products", add_products, 6},
    {"project of float", project<float>},
    {"project of double", project<double>},
    {"squared_distances, lower_to_distances of float", distances_to_a_point<float>, 18},
    {"squared_distances, lower_to_distances of double", distances_to_a_point<double>, 18},
    {"nearest of float", nearest<float>, 18},
    {"nearest of double", nearest<double>, 18},
    {"nearest_by_products of float", nearest_by_products<float>, 18},
    {"nearest_by_products of double", nearest_by_products<double>, 18},
    {"add_distances of float", add_distances<float>, 67},
    {"add_distances of double", add_distances<double>, 67},
    {"add_block_distances of float", add_block_distances<float>},
    {"add_block_distances of double", add_block_distances<double>},
    {"add_by_number of float", add_by_number<float>, 36},
    {"add_by_number of double", add_by_number<double>, 36},
    {"random_words", random_words},
    {"shapley_factors, _down, _leaf, _up", shapley, 88},
    {"short_decimals_of_8", short_decimals_of_8},
    {"split_gains of packed sides", split_gains<simd::packed_sides>},
    {"split_gains of bytes", split_gains<simd::byte_sides>},
    {"equal_mask", equal_mask, 9},
    {"weigh_below", weigh_below},
    {"walks of trees", walks},
    {"count_equal", count_equal},
};

}  // namespace kernel_twins
