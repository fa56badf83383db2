#!/bin/sh
# SPDX-License-Identifier: MIT
# The second study on few sessions: what it writes, on one thread and on all, and what it refuses.
#
#   segmentation.sh STUDY CHECKER FOLDER
set -eu
program=$1 checker=$2 folder=$3
. "$(dirname "$0")/common.sh"

holds segmentation 6000 made --sessions 6000
same made --sessions 6000

# Names that try to be scripts, markup and formulas; one session lacks a time.
sh "$here/hostile_sessions.sh" > "$folder/sessions.csv"
printf 'channel,cost\n=SUM(A1:A9),1000\n' > "$folder/costs.csv"
holds segmentation 1499 hostile --csv "$folder/sessions.csv" --costs "$folder/costs.csv"
page=$folder/hostile
if grep -q '<script>alert' "$page/report.html" "$page"/charts/*.vl.json; then fail "a name became a script"; fi
grep -q '&lt;script&gt;alert(1)' "$page/report.html" || fail "the name is not there"
grep -q 'Sessions that were dropped' "$page/report.html" || fail "nothing says that a session was dropped"
[ -f "$page/charts/cost-per-conversion.vl.json" ] || fail "there is no chart of costs"
grep -q '"return_on_ad_spend"' "$page/report.json" || fail "nothing says what ad spend returns"

header=clicks,page_views,time_spent,add_to_cart,referral_source,device_type,conversion_label
printf 'a,b\n1,2\n' > "$folder/wrong.csv"
printf '%s\n' "$header" > "$folder/header.csv"
printf '%s\n1,2,long,0,Google,mobile,0\n' "$header" > "$folder/word.csv"
printf '%s\n1,2,3,0,Google,mobile\n' "$header" > "$folder/short.csv"
: > "$folder/nothing.csv"
# Sixty sessions of whose channels, or of whose labels, there is only one.
sixty() { awk -v channel="$1" -v label="$2" -v header="$header" 'BEGIN { print header; for (i = 0; i < 60; ++i)
  printf "%d,%d,%d,%d,%s,%s,%d\n", 1 + i % 3, 1 + i % 4, 10 + i * 7 % 50, i % 2, channel i % channel, i % 2 ? "a" : "b", i % label == 0 }'; }
sixty 1 3 > "$folder/channel.csv"
sixty 2 1 > "$folder/label.csv"
refuses 1 'sessions must be in' --sessions 0
refuses 1 'at least 50 sessions' --sessions 10
refuses 2 "needs a whole number, got 'many'" --sessions many
refuses 2 'goes with made-up sessions' --csv "$folder/sessions.csv" --sessions 100
refuses 2 "unknown option '--label'" --label seed_like
refuses 1 "absent.csv': the file cannot be opened" --csv "$folder/absent.csv"
refuses 1 "there is no column 'referral_source'" --csv "$folder/wrong.csv"
refuses 1 'expected a header' --csv "$folder/nothing.csv"
refuses 1 'at least 50 sessions' --csv "$folder/header.csv"
refuses 1 "line 2, column 'time_spent': expected a number, got 'long'" --csv "$folder/word.csv"
refuses 1 'line 2: expected 7 fields, got 6' --csv "$folder/short.csv"
refuses 1 "'referral_source' must tell at least two" --csv "$folder/channel.csv"
refuses 1 'some sessions must have converted and some not, got 60 of 60' --csv "$folder/label.csv"

costs() { printf "channel,cost\n$1\n" > "$folder/costs.csv"; }
costs 'Google,3\nGoogle,4' && refuses 1 "channel 'Google' is there twice" --sessions 500 --costs "$folder/costs.csv"
costs 'Google,dear' && refuses 1 "expected a number, got 'dear'" --sessions 500 --costs "$folder/costs.csv"
costs 'Google,-5' && refuses 1 'at least 0, got -5' --sessions 500 --costs "$folder/costs.csv"
costs 'Nobody,5' && refuses 1 "'Nobody', which is no channel" --sessions 500 --costs "$folder/costs.csv"
costs 'Google,' && refuses 1 "the cost of 'Google' is missing" --sessions 500 --costs "$folder/costs.csv"
refuses 1 "there is no column 'channel'" --sessions 500 --costs "$folder/wrong.csv"
