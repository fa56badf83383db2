// SPDX-License-Identifier: MIT
// libFuzzer's entry for model files; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/model_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz_model({data, size});
  return 0;
}
