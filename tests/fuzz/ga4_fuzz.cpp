// SPDX-License-Identifier: MIT
// libFuzzer's entry for GA4 exports; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/ga4_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)fuzz_ga4({data, size});
  return 0;
}
