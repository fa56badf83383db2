// SPDX-License-Identifier: MIT
// One formula for every value of a column, in double, with a word on whether all results are usable.
#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// `to[i] = f(from[i])` for `count` values; `f` takes and gives a `Batch` and must treat every lane alike. False when a
/// result is NaN, infinite or too large for `Scalar`; everything is written all the same.
template <std::floating_point Scalar, class Batch = batch<double>, class F>
[[nodiscard]] bool map_column(const Scalar* from, index count, Scalar* to, F f) {
  const Batch limit(static_cast<double>(std::numeric_limits<Scalar>::max()));
  Batch bad(0.0);
  index i = 0;
  for (; i + lanes<Batch> <= count; i += lanes<Batch>) {
    fetch_ahead(from + i);
    const Batch result = f(read<Batch>(from + i));
    bad = select(abs(result) <= limit, bad, Batch(1.0));
    write(to + i, result);
  }
  bool good = true;
  if (i < count) {
    const Batch result = f(read_some<Batch>(from + i, count - i));
    std::array<double, static_cast<std::size_t>(lanes<Batch>)> last;
    write(last.data(), Batch(select(abs(result) <= limit, Batch(0.0), Batch(1.0))));
    for (index lane = 0; lane < count - i; ++lane) good = good && last[static_cast<std::size_t>(lane)] == 0;
    write_some(to + i, result, count - i);
  }
  std::array<double, static_cast<std::size_t>(lanes<Batch>)> flags;
  write(flags.data(), bad);
  return good && std::all_of(flags.begin(), flags.end(), [](double flag) { return flag == 0; });
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
