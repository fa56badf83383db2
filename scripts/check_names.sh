#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks the naming rules of .clang-tidy on every header. (The preset `tidy` checks more, on every program.)
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build clang
unit=$(mktemp --suffix=.cpp)
trap 'rm -f "$unit"' EXIT
find include -name '*.hpp' | sed 's/^include\(.*\)/#include <\1>/; s/<\//</' | LC_ALL=C sort > "$unit"
clang-tidy --quiet --config-file=.clang-tidy --checks='-*,readability-identifier-naming' --warnings-as-errors='*' \
  "$unit" -- -std=c++20 -Iinclude -isystem /usr/include/eigen3 2>/dev/null
