#!/bin/sh
# SPDX-License-Identifier: MIT
# Opens a study's page in a real browser without a network: every chart must draw, and the console must stay silent.
#
#   check.sh CHROMIUM FOLDER STUDY [option ...]     runs STUDY into FOLDER; exit status 77: skipped
set -eu
chromium=$1 folder=$2 study=$3
shift 3
here=$(dirname "$0")

[ -x "$chromium" ] || { echo "skipped: there is no chromium"; exit 77; }
rm -rf "$folder"
mkdir -p "$folder"
sh "$here/../../scripts/report/fetch.sh" || echo "the programs that draw charts cannot be had: the page must show tables"
"$study" "$@" --out "$folder/page"

# open HTML DOM LOG: the page as it is when it has come to rest, and what the browser says. A sandbox needs more than a
# container gives; no name resolves, so nothing can be fetched.
open() {
  timeout 90 "$chromium" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$folder/profile" --host-resolver-rules="MAP * ~NOTFOUND" --enable-logging=stderr \
    --virtual-time-budget=20000 --dump-dom "file://$1" > "$2" 2> "$3"
}
fail() {
  echo "$1" >&2
  exit 1
}

page=$folder/page/report.html
open "$page" "$folder/dom.html" "$folder/log"
if grep -q ':CONSOLE' "$folder/log"; then
  grep ':CONSOLE' "$folder/log" >&2
  fail "the console is not silent"
fi
files=$(find "$folder/page/charts" -name '*.vl.json' | wc -l)
[ "$files" -gt 0 ] || fail "the page has no charts"
if grep -q 'data-spec=' "$page"; then
  charts=$(grep -c 'data-spec=' "$page")
  [ "$charts" -eq "$files" ] || fail "$charts charts in the page, $files beside it"
  grep -q "<html[^>]* data-charts=\"$charts of $charts\"" "$folder/dom.html" ||
    fail "not every chart was drawn: $(grep -o 'data-charts="[^"]*"' "$folder/dom.html" || echo none)"
  drawn=$(grep -o '<svg[^>]*class="marks"' "$folder/dom.html" | wc -l)
  [ "$drawn" -eq "$charts" ] || fail "$drawn drawings for $charts charts"
  if grep -q '<details open' "$folder/dom.html"; then fail "a table stays open below its chart"; fi
  echo "$charts charts drawn"
else
  [ -z "${FOOTFALL_REQUIRE_CHARTS:-}" ] || fail "there are no programs that draw charts"
  if grep -q '<script' "$page"; then fail "a page without drawings holds a script"; fi
  [ "$(grep -c '<details open' "$folder/dom.html")" -eq "$files" ] || fail "not every table is open"
  grep -q 'class="notice"' "$folder/dom.html" || fail "nothing says why there are tables"
  echo "$files tables in place of charts"
fi
size=$(wc -c < "$page")
[ "$size" -le 2097152 ] || fail "the page has $size bytes"
