# SPDX-License-Identifier: MIT
# What the tests of both studies share. Whoever reads it in has set `program`, `checker` and `folder`.
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$folder"
mkdir -p "$folder"

fail() {
  echo "$1" >&2
  exit 1
}

# holds STUDY SESSIONS NAME [option ...]: a run whose report, charts, page and list must hold.
holds() {
  study=$1 sessions=$2 out=$folder/$3
  shift 3
  "$program" --out "$out" "$@" > "$out.log" 2>&1 || fail "$study $*: $(cat "$out.log")"
  "$checker" "$study" "$out" "$sessions" "$here/../../docs/studies.md" || fail "$study $*: see above"
}

on_one_processor() {
  if command -v taskset >/dev/null 2>&1; then taskset -c 0 "$@"; else "$@"; fi
}

# same NAME [option ...]: the same run on one processor gives the same bytes in every file.
same() {
  out=$folder/$1
  shift
  on_one_processor "$program" --out "$out.again" "$@" > "$out.again.log" 2>&1 || fail "again: $(cat "$out.again.log")"
  diff -r -q "$out" "$out.again" || fail "the same run gave other bytes: $*"
}

# refuses STATUS WORDS [option ...]: the run ends with that status, says these words, and writes nothing.
refuses() {
  wanted=$1 words=$2
  shift 2
  rm -rf "$folder/refused"
  status=0
  "$program" --out "$folder/refused" "$@" > "$folder/refused.log" 2>&1 || status=$?
  [ "$status" -eq "$wanted" ] || fail "$*: ended with $status: $(cat "$folder/refused.log")"
  grep -q -e "$words" "$folder/refused.log" || fail "$*: does not say '$words': $(cat "$folder/refused.log")"
  [ ! -e "$folder/refused" ] || fail "$*: left $(find "$folder/refused" | tr '\n' ' ')"
}
