// SPDX-License-Identifier: MIT
// libFuzzer's entry for sessions, stream against whole log; scripts/fuzz.sh builds and runs it.
#include "tests/fuzz/sessions_fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)sessions_fuzz::check_bytes({data, size});
  return 0;
}
