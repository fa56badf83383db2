#!/bin/sh
# SPDX-License-Identifier: MIT
# Lays out every C++ file by .clang-format; with --check only says which files would change, and fails if any does.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh clang
case ${1:-} in
  --check) action="--dry-run --Werror" ;;
  *) action=-i ;;
esac
# shellcheck disable=SC2086
find include tests examples bench -name '*.[ch]pp' -exec clang-format-16 $action {} +
