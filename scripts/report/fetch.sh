#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the programs that draw the charts of reports, the versions that package-lock.json names, into node_modules/
# beside it. Says nothing when they are there. Fails where npm or the network is missing: reports then show tables.
set -eu
cd "$(dirname "$0")"

wanted=$(cksum < package-lock.json)
if [ "$(cat node_modules/.fetched 2>/dev/null || true)" = "$wanted" ]; then exit 0; fi

if ! command -v npm >/dev/null 2>&1; then sh ../bootstrap.sh charts; fi
command -v npm >/dev/null 2>&1 || { echo "fetch.sh: there is no npm" >&2; exit 1; }
# None of these packages needs to run anything when it is installed.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=30000 >&2
echo "$wanted" > node_modules/.fetched
