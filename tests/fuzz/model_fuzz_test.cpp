// SPDX-License-Identifier: MIT
// The inputs that fuzzing kept, once more, in every ordinary run and with any compiler.
#include <doctest/doctest.h>

#include <tests/fuzz/model_fuzz.hpp>
#include <tests/fuzz/replay.hpp>

TEST_CASE("model files: the inputs that fuzzing kept") { CHECK(fuzz::replay("model", fuzz_model) >= 10); }
