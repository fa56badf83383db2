#!/bin/sh
# SPDX-License-Identifier: MIT
# Says how long a program takes to compile that includes footfall.hpp and nothing else; the best of three. A report.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build
unit=$(mktemp --suffix=.cpp)
trap 'rm -f "$unit"' EXIT
printf '#include <footfall/footfall.hpp>\nint main() {}\n' > "$unit"
for compiler in g++ clang++; do
  command -v $compiler >/dev/null 2>&1 || continue
  best=
  for run in 1 2 3; do
    start=$(date +%s%N)
    $compiler -std=c++20 -O2 -Iinclude -isystem /usr/include/eigen3 -c "$unit" -o /dev/null
    took=$((($(date +%s%N) - start) / 1000000))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  echo "footfall.hpp, $compiler -O2: $best ms"
done
