#!/bin/sh
# SPDX-License-Identifier: MIT
# Says how many of the lines and branches of include/ the tests reach, header by header and in all, and fails below 95 and 85 %.
# Arguments go to scripts/coverage.py, e.g. --missed. Takes a quarter of an hour and more.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build test coverage
cmake --preset coverage >/dev/null
cmake --build --preset coverage --target footfall_tests
cd build/coverage
LLVM_PROFILE_FILE=$PWD/tests.profraw tests/footfall_tests --minimal=true
llvm-profdata merge -sparse tests.profraw -o tests.profdata
llvm-cov export tests/footfall_tests -instr-profile=tests.profdata -skip-functions "$OLDPWD/include/footfall" > export.json
python3 "$OLDPWD/scripts/coverage.py" export.json --least 95 85 "$@"
