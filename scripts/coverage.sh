#!/bin/sh
# SPDX-License-Identifier: MIT
# Says how many of the lines and branches of include/ the tests reach, header by header and in all. Takes minutes.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build test coverage
cmake --preset coverage >/dev/null
cmake --build --preset coverage --target footfall_tests
cd build/coverage
LLVM_PROFILE_FILE=$PWD/tests.profraw tests/footfall_tests --minimal=true
llvm-profdata merge -sparse tests.profraw -o tests.profdata
llvm-cov report tests/footfall_tests -instr-profile=tests.profdata -show-branch-summary -show-region-summary=false \
  -show-instantiation-summary=false "$OLDPWD/include/footfall"
