// SPDX-License-Identifier: MIT
// libFuzzer's entry for kernels against their plain twins; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/kernels_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kernels_fuzz::check({data, size});
  return 0;
}
