#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds tests/one_answer with both compilers for SSE2, AVX2 and AVX-512, with and without -ffp-contract=off, and compares the
# digests: lines `everywhere` must be equal in all builds, lines `build` in those without contraction. SSE2 has nothing to contract
# with. Takes ten minutes and more.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build clang
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
for compiler in g++ clang++; do
  for processor in x86-64 x86-64-v3 x86-64-v4; do
    case $processor in
      x86-64-v3) grep -qw avx2 /proc/cpuinfo || { echo "skipped: this processor has no AVX2"; continue; } ;;
      x86-64-v4) grep -qw avx512bw /proc/cpuinfo || { echo "skipped: this processor has no AVX-512"; continue; } ;;
    esac
    for contract in off fast; do
      if [ $processor,$contract = x86-64,fast ]; then continue; fi
      name=$compiler,$processor,contract=$contract
      moves=
      if [ $compiler = g++ ]; then moves="-mmove-max=128 -mstore-max=128"; fi  # see README, Needs
      # shellcheck disable=SC2086
      $compiler -std=c++20 -O2 -march=$processor $moves -ffp-contract=$contract -Iinclude -I. -isystem /usr/include/eigen3 \
        tests/one_answer/answers.cpp -o "$folder/answers" -pthread
      "$folder/answers" > "$folder/$name.txt" || { cat "$folder/$name.txt"; status=1; }
      grep '^everywhere ' "$folder/$name.txt" > "$folder/everywhere.now"
      grep '^build ' "$folder/$name.txt" > "$folder/build.now"
      if [ ! -f "$folder/everywhere" ]; then cp "$folder/everywhere.now" "$folder/everywhere"; fi
      if [ $contract = off ] && [ ! -f "$folder/build" ]; then cp "$folder/build.now" "$folder/build"; fi
      equal=equal
      cmp -s "$folder/everywhere" "$folder/everywhere.now" || equal="DIFFERENT: $(diff "$folder/everywhere" "$folder/everywhere.now" | grep '^>')"
      if [ $contract = off ]; then
        cmp -s "$folder/build" "$folder/build.now" || equal="$equal; without contraction DIFFERENT: $(diff "$folder/build" "$folder/build.now" | grep '^>')"
      fi
      echo "$name: $equal"
      [ "$equal" = equal ] || status=1
    done
  done
done
cat "$folder/everywhere" "$folder/build"
exit $status
