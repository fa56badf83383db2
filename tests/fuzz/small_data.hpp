// SPDX-License-Identifier: MIT
// Bytes as small data to learn from, and what may come of any: a value or an ff::error, the same for any number of threads.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

namespace small_data {

namespace ff = footfall;

inline void demand(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// Takes bytes one after the other; zeros behind the last.
class bytes {
 public:
  explicit bytes(std::span<const std::uint8_t> from) : from_(from) {}

  std::uint8_t byte() noexcept { return at_ < from_.size() ? from_[at_++] : 0; }
  bool flag() noexcept { return byte() % 2 == 1; }
  /// From `low` to `high`, both included.
  int whole(int low, int high) noexcept { return low + byte() % (high - low + 1); }

  /// Mostly small whole numbers, of which many are equal; else what is odd about numbers, or any bits at all.
  template <class Scalar>
  Scalar number() noexcept {
    using limits = std::numeric_limits<Scalar>;
    static constexpr Scalar odd_ones[16] = {
        limits::quiet_NaN(), limits::infinity(),    -limits::infinity(),  limits::max(),
        limits::lowest(),    limits::min(),         limits::denorm_min(), -limits::denorm_min(),
        limits::epsilon(),   1 + limits::epsilon(), -Scalar{0},           Scalar{0.5},
        Scalar(1e19),        Scalar(-1e19),         Scalar(1e-19),        Scalar(16777217)};
    const std::uint8_t first = byte();
    if (first < 200) return static_cast<Scalar>(first % 50);
    if (first < 216) return odd_ones[first - 200];
    if (first < 250) return static_cast<Scalar>((first - 233) * 0.37 + byte() * 0.001);
    double any = byte() - 128.0;
    for (int i = 0; i < 3; ++i) any = any * 257 + byte();
    return static_cast<Scalar>(std::ldexp(any, (byte() - 128) * (limits::max_exponent / 128)));
  }

  /// At most so many rows and columns, perhaps none.
  template <class Scalar>
  ff::matrix<Scalar> sessions(int most_rows, int most_columns) {
    const int rows = whole(0, most_rows), columns = whole(0, most_columns);
    ff::matrix<Scalar> x(rows, columns);
    for (ff::index row = 0; row < rows; ++row) {
      for (ff::index column = 0; column < columns; ++column) x(row, column) = number<Scalar>();
    }
    return x;
  }
  /// Often none; about `rows` of them.
  std::vector<double> weights(ff::index rows) {
    const int kind = whole(0, 7);
    const ff::index count = kind < 4 ? 0 : kind == 7 ? rows + whole(0, 1) : rows;
    std::vector<double> values(static_cast<std::size_t>(count));
    for (double& each : values) each = kind == 6 ? number<double>() : whole(0, 3);
    return values;
  }

 private:
  std::span<const std::uint8_t> from_;
  std::size_t at_ = 0;
};

/// What a call gave: its value, or the words of its error.
template <class Value>
struct outcome {
  std::optional<Value> value{};
  std::string error{};

  bool operator==(const outcome&) const = default;
};

/// Calls `fit(run)`, once more with three threads where `again`, and demands the same.
template <class Fit>
auto outcome_of(bool again, Fit fit) {
  const auto with = [&](int threads) {
    outcome<std::remove_cvref_t<decltype(fit(ff::run_options{}))>> result;
    try {
      result.value.emplace(fit(ff::run_options{.threads = threads, .executor = {}, .progress = {}}));
    } catch (const ff::error& refused) {
      result.error = refused.what();
      demand(refused.code() != ff::error_code::bad_parts, "what was fitted does not pass its own door");
      demand(refused.code() != ff::error_code::cancelled, "nobody cancelled");
      demand(result.error.find(": ") != std::string::npos, "an error does not say whose it is");
    }
    return result;
  };
  const auto result = with(1);
  if (again) demand(with(3) == result, "threads change the outcome");
  return result;
}

/// Demands that a fitted value is what its parts make.
template <class Fitted>
void check_parts(const Fitted& fitted) {
  const Fitted again = std::apply([](const auto&... parts) { return Fitted::from_parts(parts...); }, fitted.parts());
  demand(again == fitted, "parts make another value");
}

}  // namespace small_data
