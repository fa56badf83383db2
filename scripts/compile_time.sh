#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Says how much processor time a program takes to compile that includes one header and does nothing; the better of two.
#   scripts/compile_time.sh [HEADER ...]     the tables of contents by default; else e.g. forest/random_forest.hpp cluster/kmeans.hpp
set -euo pipefail
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build
[ $# -gt 0 ] || set -- footfall.hpp events.hpp
unit=$(mktemp --suffix=.cpp)
spent=$(mktemp)
trap 'rm -f "$unit" "$spent"' EXIT
TIMEFORMAT='%3U %3S'
for header in "$@"; do
  printf '#include <footfall/%s>\nint main() {}\n' "$header" > "$unit"
  for compiler in g++ clang++; do
    command -v $compiler >/dev/null 2>&1 || continue
    best=
    for _ in 1 2; do
      { time $compiler -std=c++20 -O2 -Iinclude -isystem /usr/include/eigen3 -c "$unit" -o /dev/null 2>&3; } 3>&2 2> "$spent"
      read -r user system < "$spent"  # "1.234 0.056" is 1234 + 56 ms
      took=$((10#${user/./} + 10#${system/./}))
      if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    echo "$header, $compiler -O2: $best ms"
  done
done
