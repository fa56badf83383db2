#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the tests of everything that uses threads under ThreadSanitizer, which fails a test where two threads race.
#   scripts/threads.sh [TEST_FILE ...]     those of core, forest, cluster, evaluate and events by default
# Compiles file by file with clang++ (or CXX), JOBS of them at a time; takes minutes.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build test clang
if [ $# -eq 0 ]; then
  set -- tests/concurrency_test.cpp tests/core/*_test.cpp tests/forest/*_test.cpp tests/cluster/*_test.cpp \
    tests/evaluate/*_test.cpp tests/events/*_test.cpp
fi
mkdir -p out/threads
flags="-std=c++20 -O1 -g1 -fsanitize=thread -ffp-contract=off -DFOOTFALL_HAS_GA4 -DFOOTFALL_SOURCE_DIR=\"$PWD\""
objects=
for source in tests/main.cpp "$@"; do objects="$objects out/threads/$(echo "$source" | tr '/.' '__').o"; done
# shellcheck disable=SC2016
printf '%s\n' tests/main.cpp "$@" | xargs -P "${JOBS:-1}" -I '{}' sh -c '
  "${CXX:-clang++}" $0 -isystem /usr/include/eigen3 -I include -I . -c "{}" -o "out/threads/$(echo "{}" | tr "/." "__").o"
' "$flags"
# shellcheck disable=SC2086
"${CXX:-clang++}" -fsanitize=thread $objects -o out/threads/tests -lsimdjson -lpthread
exec out/threads/tests
