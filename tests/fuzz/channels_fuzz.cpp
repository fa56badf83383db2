// SPDX-License-Identifier: MIT
// libFuzzer's entry for tables of channels and addresses; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/channels_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)channels_fuzz::check({data, size});
  return 0;
}
