// SPDX-License-Identifier: MIT
// Any bytes as a kernel, a place and numbers: its result is that of its plain twin.
#pragma once

#include <cstdint>
#include <iterator>
#include <span>
#include <stdexcept>

#include <tests/simd/kernel_twins.hpp>

namespace kernels_fuzz {

/// Throws std::logic_error where they differ.
inline void check(std::span<const std::uint8_t> input) {
  if (input.size() < 4) return;
  static guarded_arrays arrays;
  const auto& kernel = kernel_twins::kernels[input[0] % std::size(kernel_twins::kernels)];
  const auto from = input[1] % 2 == 0 ? guarded_arrays::side::front : guarded_arrays::side::back;
  arrays.start(from, input[2] % 64, input.subspan(4), 0);
  kernel.check(arrays, input[3] % kernel.lengths);
  if (!arrays.clean()) throw std::logic_error("writes beside its arrays");
}

}  // namespace kernels_fuzz
