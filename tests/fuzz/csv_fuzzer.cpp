// SPDX-License-Identifier: MIT
// The CSV reader under libFuzzer. With clang, in the root of the repository:
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -isystem /usr/include/eigen3 -I include -I . \
//     tests/fuzz/csv_fuzzer.cpp -o csv_fuzzer && ./csv_fuzzer tests/fuzz/corpus/csv
// The corpus is replayed by csv_replay_test.cpp with any compiler.
#include <cstddef>
#include <cstdint>

#include <tests/fuzz/csv_target.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)fuzz::check_csv({data, size});
  return 0;
}
