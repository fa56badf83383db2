#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Says how much processor time a program takes to compile that includes footfall.hpp and nothing else; the best of
# three. A report.
set -euo pipefail
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build
unit=$(mktemp --suffix=.cpp)
spent=$(mktemp)
trap 'rm -f "$unit" "$spent"' EXIT
TIMEFORMAT='%3U %3S'
printf '#include <footfall/footfall.hpp>\nint main() {}\n' > "$unit"
for compiler in g++ clang++; do
  command -v $compiler >/dev/null 2>&1 || continue
  best=
  for run in 1 2 3; do
    { time $compiler -std=c++20 -O2 -Iinclude -isystem /usr/include/eigen3 -c "$unit" -o /dev/null 2>&3; } 3>&2 2> "$spent"
    read -r user system < "$spent"  # "1.234 0.056" is 1234 + 56 ms
    took=$((10#${user/./} + 10#${system/./}))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  echo "footfall.hpp, $compiler -O2: $best ms"
done
