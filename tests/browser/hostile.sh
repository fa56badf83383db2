#!/bin/sh
# SPDX-License-Identifier: MIT
# The second study on a file whose names try to be scripts, markup and formulas, with costs and a revenue: nothing of it may
# be anything but a name, in the page, in the specifications and in the list that a spreadsheet opens.
#
#   hostile.sh CHROMIUM FOLDER STUDY
set -eu
chromium=$1 folder=$2 study=$3
mkdir -p "$folder.in"

sh "$(dirname "$0")/../studies/hostile_sessions.sh" > "$folder.in/sessions.csv"
printf 'channel,cost\n=SUM(A1:A9),1000\n' > "$folder.in/costs.csv"

sh "$(dirname "$0")/check.sh" "$chromium" "$folder" "$study" --csv "$folder.in/sessions.csv" --costs "$folder.in/costs.csv"
page=$folder/page
if grep -q '<script>alert' "$page/report.html" "$page"/charts/*.vl.json "$folder/dom.html"; then
  echo "a name became a script" >&2
  exit 1
fi
grep -q '&lt;script&gt;alert(1)' "$page/report.html"  # the name itself is there
grep -q 'Sessions that were dropped' "$page/report.html"
[ -f "$page/charts/cost-per-conversion.vl.json" ]
grep -q '"return_on_ad_spend"' "$page/report.json"
