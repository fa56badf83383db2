#!/bin/sh
# SPDX-License-Identifier: MIT
# The second study on a file whose names try to be scripts, markup and formulas, with costs and a revenue: nothing of it may
# be anything but a name, in the page, in the specifications and in the list that a spreadsheet opens.
#
#   hostile.sh CHROMIUM FOLDER STUDY
set -eu
chromium=$1 folder=$2 study=$3
mkdir -p "$folder.in"

# Three kinds of sessions; the numbers wander as a multiple of a prime does. One session lacks a time.
awk 'BEGIN {
  channel[0] = "</script><script>alert(1)</script>"; channel[1] = "=SUM(A1:A9)"; channel[2] = "a \"\"b\"\" & datum[0]"
  print "clicks,page_views,time_spent,add_to_cart,referral_source,device_type,conversion_label,revenue"
  for (i = 0; i < 1500; ++i) {
    wander = (i * 7919) % 101; kind = i % 3; bought = (wander % 10 < (kind == 0 ? 4 : 1))
    printf "%d,%d,%s,%d,\"%s\",<b>%s</b>,%d,%d\n", 1 + wander % 3 + (kind == 1 ? 6 : 0), 1 + wander % 4 + kind,
      i == 7 ? "" : 40 + wander + (kind == 2 ? 380 : 0), kind == 0, channel[(i * 31) % 3], i % 2 ? "one" : "two", bought,
      bought * (20 + wander)
  }
}' > "$folder.in/sessions.csv"
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
