#!/bin/sh
# SPDX-License-Identifier: MIT
# The first study on few sessions: what it writes, on one thread and on all, and what it refuses.
#
#   propensity.sh STUDY CHECKER FOLDER
set -eu
program=$1 checker=$2 folder=$3
. "$(dirname "$0")/common.sh"

holds propensity 2500 made --sessions 2500
same made --sessions 2500

# A log of events of somebody's own: visits with a cart, a checkout and a purchase here and there.
awk 'BEGIN {
  device[0] = "mobile"; device[1] = "desktop"; device[2] = "tablet"; country[0] = "US"; country[1] = "DE"
  source[0] = "google"; source[1] = "</script><script>alert(1)</script>"; source[2] = "=SUM(A1:A9)"
  print "visitor,timestamp,name,device_category,source,country,percent_scrolled,value"
  for (i = 0; i < 900; ++i) {
    wander = (i * 7919) % 101; kind = i % 4
    visitor = i % 700; day = 1 + int(i / 35); hour = (i * 5) % 24
    rest = sprintf("%s,%s,%s", device[(i * 13) % 3], source[(i * 31) % 3], country[wander % 2])
    step = 0
    line("session_start", ""); line("page_view", ""); scroll(10 + wander % 90)
    for (page = 0; page < 1 + wander % 4 + kind; ++page) line("page_view", "")
    for (seen = 0; seen < kind + wander % 2; ++seen) line("view_item", "")
    if (kind == 2) line("view_search_results", "")
    if (kind == 3 && wander % 3) line("add_to_cart", "")
    if (kind == 3 && wander % 3 == 1) line("begin_checkout", "")
    if (kind == 3 && wander % 3 == 1 && wander % 5) line("purchase", 20 + wander)
  }
}
function line(name, value) {
  step += 7 + (wander + step) % 23
  printf "v%d,2025-03-%02dT%02d:%02d:%02dZ,%s,%s,,%s\n", visitor, day, hour, int(step / 60), step % 60, name, rest, value
}
function scroll(percent) {
  step += 5
  printf "v%d,2025-03-%02dT%02d:%02d:%02dZ,scroll,%s,%d,\n", visitor, day, hour, int(step / 60), step % 60, rest, percent
}' > "$folder/log.csv"
"$program" --events "$folder/log.csv" --out "$folder/log" > "$folder/log.log" 2>&1 || fail "$(cat "$folder/log.log")"
sessions=$(sed -n 's/.*"sessions": \([0-9]*\).*/\1/p' "$folder/log/report.json" | head -n 1)
"$checker" propensity "$folder/log" "$sessions" "$here/../../docs/studies.md"
if grep -q '<script>alert' "$folder/log/report.html" "$folder"/log/charts/*.vl.json; then fail "a name became a script"; fi
grep -q '&lt;script&gt;alert(1)' "$folder/log/report.html" || fail "the name is not there"
grep -q "\"'=SUM(A1:A9)\"" "$folder/log/sessions.csv" || fail "a spreadsheet would take a name for a formula"

header=visitor,timestamp,name,device_category,source,country,percent_scrolled,value
printf 'a,b\n1,2\n' > "$folder/wrong.csv"
printf '%s\n' "$header" > "$folder/header.csv"
printf '%s\nv1,yesterday,page_view,mobile,direct,US,,\n' "$header" > "$folder/time.csv"
: > "$folder/nothing.csv"
refuses 1 'sessions must be in' --sessions 0
refuses 1 'at least\|must be 30' --sessions 100
refuses 2 "needs a whole number, got '1e3'" --sessions 1e3
refuses 2 "there is no label 'any'" --label any
refuses 2 "unknown option '--csv'" --csv "$folder/log.csv"
refuses 1 "absent.csv': the file cannot be opened" --events "$folder/absent.csv"
refuses 1 "there is no column 'visitor'" --events "$folder/wrong.csv"
refuses 1 'expected a header' --events "$folder/nothing.csv"
refuses 1 'got 0 and 0' --events "$folder/header.csv"
refuses 1 "not a time: 'yesterday'" --events "$folder/time.csv"
