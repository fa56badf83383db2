// SPDX-License-Identifier: MIT
// Squared Euclidean distances of many sessions to few points: to the nearest centre, or to one candidate.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <tuple>
#include <type_traits>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Sessions that are worked on together: small enough to stay in the first cache, a multiple of every register.
inline constexpr index tile_rows = 128;

/// A tile: one row a session, one column a feature, rows without a session zero.
template <std::floating_point Scalar>
using tile = Eigen::Matrix<Scalar, tile_rows, Eigen::Dynamic>;

/// Puts at most `tile_rows` sessions (a matrix expression) minus `origin`, a number a column, into a tile; rows without
/// a session become zero.
template <std::floating_point Scalar, class Rows>
void fill(tile<Scalar>& sessions, const Rows& rows, const Scalar* origin) {
  for (index column = 0; column < rows.cols(); ++column) {
    sessions.col(column).head(rows.rows()) = rows.col(column).array() - origin[column];
    sessions.col(column).tail(tile_rows - rows.rows()).setZero();
  }
}

/// `tile_rows` sessions where they lie: column c begins `c * stride` behind `values`; `origin`, a number a column
/// (null: 0), is subtracted when they are read.
template <std::floating_point Scalar>
struct tile_view {
  const Scalar* values;
  index stride;
  index columns;
  const Scalar* origin;
};

/// One number for each session of a tile.
template <std::floating_point Scalar>
using tile_values = std::array<Scalar, static_cast<std::size_t>(tile_rows)>;

/// Kernels are written out for up to so many columns, with the sessions in registers.
inline constexpr index most_unrolled_columns = 16;

/// Calls `f` with the number of columns as a constant where kernels are written out for it, and with 0 elsewhere.
template <index Columns = most_unrolled_columns, class F>
decltype(auto) with_columns(index columns, F&& f) {
  if constexpr (Columns == 0) {
    return f(std::integral_constant<index, 0>{});
  } else {
    if (columns == Columns) return f(std::integral_constant<index, Columns>{});
    return with_columns<Columns - 1>(columns, f);
  }
}

namespace detail {

/// Registers that a kernel works on at a time, to have enough independent additions under way.
inline constexpr index group = 4;

/// The same where `Columns` of them are held for each: no more than the widest machines have.
template <index Columns>
inline constexpr index held_group = Columns <= 5    ? 4
                                    : Columns <= 12 ? 2
                                                    : 1;

/// `Group` batches of sessions from row `row` on, minus the origin, column by column.
template <class Batch, index Columns, index Group, class Scalar>
[[gnu::always_inline]] inline auto held_sessions(const tile_view<Scalar>& sessions, index row) {
  std::array<std::array<Batch, static_cast<std::size_t>(Group)>, static_cast<std::size_t>(Columns)> held;
  unrolled<Columns>([&](index column) __attribute__((always_inline)) {
    const Scalar* const values = sessions.values + column * sessions.stride + row;
    const Batch zero(sessions.origin == nullptr ? Scalar{0} : sessions.origin[column]);
    unrolled<Group>([&](index part) __attribute__((always_inline)) {
      held[static_cast<std::size_t>(column)][static_cast<std::size_t>(part)] =
          read<Batch>(values + part * lanes<Batch>) - zero;
    });
  });
  return held;
}

/// Squared distances of held sessions to a point; columns are added in order.
template <class Held, class Scalar>
[[gnu::always_inline]] inline auto held_squares(const Held& held, const Scalar* point) {
  using parts = typename Held::value_type;
  using batch_type = typename parts::value_type;
  constexpr auto columns = static_cast<index>(std::tuple_size_v<Held>);
  constexpr auto group_size = static_cast<index>(std::tuple_size_v<parts>);
  parts squares;
  unrolled<columns>([&](index column) __attribute__((always_inline)) {
    const auto& values = held[static_cast<std::size_t>(column)];
    const batch_type coordinate(point[column]);
    unrolled<group_size>([&](index part) __attribute__((always_inline)) {
      const auto i = static_cast<std::size_t>(part);
      const batch_type difference = values[i] - coordinate;
      squares[i] = column == 0 ? difference * difference : squares[i] + difference * difference;
    });
  });
  return squares;
}

/// Squared distances of `group` batches of sessions, from row `row` of the tile on, to a point, for any number of
/// columns, which are added in order.
template <class Batch, class Scalar>
[[gnu::always_inline]] inline auto squared_group(const tile_view<Scalar>& sessions, index row, const Scalar* point) {
  std::array<Batch, static_cast<std::size_t>(group)> squares;
  squares.fill(Batch(Scalar{0}));
  const Scalar* values = sessions.values + row;
  for (index column = 0; column < sessions.columns; ++column, values += sessions.stride) {
    const Batch zero(sessions.origin == nullptr ? Scalar{0} : sessions.origin[column]);
    const Batch coordinate(point[column]);
    unrolled<group>([&](index part) __attribute__((always_inline)) {
      const Batch difference = (read<Batch>(values + part * lanes<Batch>) - zero) - coordinate;
      squares[static_cast<std::size_t>(part)] += difference * difference;
    });
  }
  return squares;
}

/// Calls `visit(row, squares_to)` for every group of batches of the tile, where `squares_to(point)` gives an array of
/// batches: the squared distances of the sessions from row `row` on.
template <class Batch, class Scalar, class Visit>
void for_each_group(const tile_view<Scalar>& sessions, Visit visit) {
  with_columns(sessions.columns, [&](auto columns) {
    constexpr index count = columns;
    if constexpr (count == 0) {
      for (index row = 0; row < tile_rows; row += group * lanes<Batch>) {
        visit(
            row, [&](const Scalar* point)
                     __attribute__((always_inline)) { return squared_group<Batch>(sessions, row, point); });
      }
    } else {
      for (index row = 0; row < tile_rows; row += held_group<count> * lanes<Batch>) {
        const auto held = held_sessions<Batch, count, held_group<count>>(sessions, row);
        visit(
            row, [&](const Scalar* point) __attribute__((always_inline)) { return held_squares(held, point); });
      }
    }
  });
}

}  // namespace detail

/// A tile as a view, from which nothing more is subtracted.
template <std::floating_point Scalar>
tile_view<Scalar> view_of_tile(const tile<Scalar>& sessions) {
  return {sessions.data(), tile_rows, sessions.cols(), nullptr};
}

/// The squared distance of each session of the tile to `point`, a coordinate a column.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void squared_distances(const tile_view<Scalar>& sessions, const Scalar* point, tile_values<Scalar>& squares) {
  detail::for_each_group<Batch>(
      sessions, [&](index row, auto squares_to) __attribute__((always_inline)) {
        Scalar* to = squares.data() + row;
        for (const Batch& square : squares_to(point)) {
          write(to, square);
          to += lanes<Batch>;
        }
      });
}

/// Lowers the value of each session of the tile to its squared distance to `point`, where that is smaller.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void lower_to_distances(const tile_view<Scalar>& sessions, const Scalar* point, tile_values<Scalar>& values) {
  detail::for_each_group<Batch>(
      sessions, [&](index row, auto squares_to) __attribute__((always_inline)) {
        Scalar* to = values.data() + row;
        for (const Batch& square : squares_to(point)) {
          const Batch value = read<Batch>(to);
          write(to, Batch(select(square < value, square, value)));
          to += lanes<Batch>;
        }
      });
}

/// For each session of the tile the nearest of `count` > 0 centres, ties to the lowest number, and the squared distance
/// to it (`tile_rows` of each); infinite when no distance can be had, since a value is NaN or too large: then the result is false. Centres
/// lie one after the other, a coordinate a column. The number of a centre is kept as `Scalar`, exact below 2^24.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
[[nodiscard]] bool nearest(const tile_view<Scalar>& sessions, const Scalar* centers, index count, Scalar* numbers,
                           Scalar* squares) {
  detail::for_each_group<Batch>(
      sessions, [&](index row, auto squares_to) __attribute__((always_inline)) {
        auto best_square = squares_to(centers);
        constexpr auto parts = static_cast<index>(std::tuple_size_v<decltype(best_square)>);
        auto best_number = best_square;
        const Batch infinity(std::numeric_limits<Scalar>::infinity());
        unrolled<parts>([&](index part) __attribute__((always_inline)) {
          const auto i = static_cast<std::size_t>(part);
          best_square[i] = select(best_square[i] < infinity, best_square[i], infinity);  // NaN becomes infinite
          best_number[i] = Batch(Scalar{0});
        });
        for (index center = 1; center < count; ++center) {
          const auto square = squares_to(centers + center * sessions.columns);
          const Batch number(static_cast<Scalar>(center));
          unrolled<parts>([&](index part) __attribute__((always_inline)) {
            const auto i = static_cast<std::size_t>(part);
            const auto closer = square[i] < best_square[i];
            best_square[i] = select(closer, square[i], best_square[i]);
            best_number[i] = select(closer, number, best_number[i]);
          });
        }
        unrolled<parts>([&](index part) __attribute__((always_inline)) {
          const auto i = static_cast<std::size_t>(part);
          const index at = row + part * lanes<Batch>;
          write(squares + at, best_square[i]);
          write(numbers + at, best_number[i]);
        });
      });
  Batch farthest(Scalar{0});
  for (index row = 0; row < tile_rows; row += lanes<Batch>) {
    const Batch square = read<Batch>(squares + row);
    farthest = select(farthest < square, square, farthest);
  }
  std::array<Scalar, static_cast<std::size_t>(lanes<Batch>)> last;
  write(last.data(), farthest);
  return std::all_of(last.begin(), last.end(),
                     [](Scalar square) { return square < std::numeric_limits<Scalar>::infinity(); });
}

/// The same numbers to rounding, without the distances and for half of the work: the nearest centre is the one with the
/// least `half_squares[c]`, half of its squared length, minus its product with the session. What a session and the centres
/// have in common costs digits, so they belong near the origin; and all must be finite.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void nearest_by_products(const tile_view<Scalar>& sessions, const Scalar* centers, const Scalar* half_squares,
                         index count, Scalar* numbers) {
  with_columns(sessions.columns, [&](auto known_columns) {
    constexpr index known = known_columns;
    constexpr index parts = known == 0 ? detail::group : detail::held_group<known>;
    using group_type = std::array<Batch, static_cast<std::size_t>(parts)>;
    for (index row = 0; row < tile_rows; row += parts * lanes<Batch>) {
      [[maybe_unused]] const auto held = detail::held_sessions<Batch, known, parts>(sessions, row);
      group_type best, best_number;
      best.fill(Batch(std::numeric_limits<Scalar>::infinity()));
      best_number.fill(Batch(Scalar{0}));
      const Scalar* center = centers;
      for (index number = 0; number < count; ++number, center += sessions.columns) {
        group_type value;
        value.fill(Batch(half_squares[number]));
        if constexpr (known > 0) {
          unrolled<known>([&](index column) __attribute__((always_inline)) {
            const Batch coordinate(center[column]);
            unrolled<parts>([&](index part) __attribute__((always_inline)) {
              const auto i = static_cast<std::size_t>(part);
              value[i] = value[i] - held[static_cast<std::size_t>(column)][i] * coordinate;
            });
          });
        } else {
          for (index column = 0; column < sessions.columns; ++column) {
            const Scalar* const values = sessions.values + column * sessions.stride + row;
            const Batch zero(sessions.origin == nullptr ? Scalar{0} : sessions.origin[column]);
            const Batch coordinate(center[column]);
            unrolled<parts>([&](index part) __attribute__((always_inline)) {
              const auto i = static_cast<std::size_t>(part);
              value[i] = value[i] - (read<Batch>(values + part * lanes<Batch>) - zero) * coordinate;
            });
          }
        }
        const Batch own(static_cast<Scalar>(number));
        unrolled<parts>([&](index part) __attribute__((always_inline)) {
          const auto i = static_cast<std::size_t>(part);
          const auto closer = value[i] < best[i];
          best[i] = select(closer, value[i], best[i]);
          best_number[i] = select(closer, own, best_number[i]);
        });
      }
      for (index part = 0; part < parts; ++part) {
        write(numbers + row + part * lanes<Batch>, best_number[static_cast<std::size_t>(part)]);
      }
    }
  });
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
