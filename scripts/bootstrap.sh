#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the Debian packages that footfall's own work needs and that are missing. Says nothing when none is.
#
#   scripts/bootstrap.sh [--no-install] [group ...]      groups: build (default) test charts bench clang docs peers ci
#
# --no-install names what is missing and fails. Without apt the names are printed and the caller goes on.
set -eu

# A name alone is looked up among the installed packages; after a colon stands a command that will do as well,
# wherever it came from.
packages() {
  case $1 in
    build) echo "g++:g++ cmake:cmake ninja-build:ninja libeigen3-dev libxsimd-dev" ;;
    test)  echo "doctest-dev libsimdjson-dev pkg-config:pkg-config" ;;
    charts) echo "npm:npm" ;;
    bench) echo "libbenchmark-dev libsimdjson-dev" ;;
    clang) echo "clang:clang++ libclang-rt-dev clang-tidy:clang-tidy clang-format-16:clang-format-16" ;;
    coverage) echo "clang:clang++ libclang-rt-dev llvm:llvm-cov" ;;
    docs)  echo "doxygen:doxygen" ;;
    peers) echo "python3-sklearn python3-pandas python3-threadpoolctl python3-xgboost libopenblas0-pthread r-cran-ranger r-cran-data.table" ;;
    ci)    echo "ccache:ccache git:git python3:python3 npm:npm chromium:chromium" ;;
    *) echo "bootstrap.sh: no group '$1' (build test charts bench clang docs peers ci)" >&2; return 1 ;;
  esac
}

installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install=yes
wanted=
for argument in "$@"; do
  if [ "$argument" = --no-install ]; then install=no; else wanted="$wanted $(packages "$argument")"; fi
done
[ -n "$wanted" ] || wanted=$(packages build)

missing=
for entry in $wanted; do
  package=${entry%%:*}
  case $entry in
    *:*) command -v "${entry#*:}" >/dev/null 2>&1 && continue ;;
  esac
  if ! command -v dpkg-query >/dev/null 2>&1 || ! installed "$package"; then missing="$missing $package"; fi
done
[ -n "$missing" ] || exit 0

if [ "$install" = no ]; then
  echo "bootstrap.sh: missing:$missing" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "bootstrap.sh: this system has no apt; going on as if these Debian packages were here:$missing" >&2
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "bootstrap.sh: as root, please: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "bootstrap.sh: installing$missing" >&2
$as_root apt-get -qq update
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $missing >/dev/null
