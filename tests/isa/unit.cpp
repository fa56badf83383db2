// SPDX-License-Identifier: MIT
// Compiled once for each instruction set, with UNIT the name of its function.
#include "unit.hpp"

#include <array>

#include <footfall/core/version.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/moments.hpp>

FOOTFALL_BEGIN_NAMESPACE

// As a header of the library would write it.
template <class Scalar>
int tagged_lanes() {
  return static_cast<int>(simd::width<Scalar>);
}

FOOTFALL_END_NAMESPACE

// Deliberately one name for another body in each unit: the linker keeps one of them, as it would without the tag.
inline int untagged_lanes() { return static_cast<int>(footfall::simd::width<float>); }

unit_report UNIT() {
  std::array<double, 101> values{};
  for (std::size_t row = 0; row < values.size(); ++row) values[row] = static_cast<double>(row * row % 37) / 8;
  const auto moments = footfall::simd::chunk_moments(values.data(), nullptr, values.size(), 0.0);
  return {footfall::build_tag(), footfall::tagged_lanes<float>(), untagged_lanes(), moments.mean, moments.squares};
}
