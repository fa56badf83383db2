// SPDX-License-Identifier: MIT
// libFuzzer's entry for CSV; scripts/fuzz.sh builds and runs it.
#include <cstddef>
#include <cstdint>

#include <tests/fuzz/csv_fuzz.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)fuzz::check_csv({data, size});
  return 0;
}
