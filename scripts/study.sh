#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, runs both studies, and prints where their reports lie.
set -eu
cd "$(dirname "$0")/.."

sh scripts/bootstrap.sh build
sh scripts/report/fetch.sh ||
  echo "study.sh: the programs that draw charts cannot be had here: the pages will show tables in their place" >&2
cmake --workflow --preset study
for study in propensity segmentation; do
  mkdir -p "out/$study"
  "build/study/examples/${study}_study" --out "out/$study"
done

echo
for study in propensity segmentation; do
  echo "$PWD/out/$study/report.html"
done
