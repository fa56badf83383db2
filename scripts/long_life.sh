#!/bin/sh
# SPDX-License-Identifier: MIT
# Scores live visitors for SECONDS (an hour by default) at full speed. Fails where a score is not the batch's to the last bit, or
# where memory grows once it is warm.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build test
mkdir -p out
"${CXX:-g++}" -std=c++20 -O2 -ffp-contract=off -isystem /usr/include/eigen3 -I include -I . tests/long_life/long_life.cpp \
  -o out/long_life -lsimdjson -lpthread
exec out/long_life "${1:-3600}"
