// SPDX-License-Identifier: MIT
// libFuzzer's entry for a forest on small data; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/training_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)training_fuzz::check_bytes({data, size});
  return 0;
}
