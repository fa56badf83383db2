#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and runs every test. The last line reads `N passed, N failed, N skipped`.
#
#   scripts/test.sh [preset]      release (default), dev, dev-clang, ...: see CMakePresets.json
set -eu
cd "$(dirname "$0")/.."
preset=${1:-release}
report=build/$preset/ctest.xml

sh scripts/bootstrap.sh build test
: "${CTEST_PARALLEL_LEVEL:=$(nproc 2>/dev/null || echo 1)}"
export CTEST_PARALLEL_LEVEL

rm -f "$report"
status=0
cmake --workflow --preset "$preset" || status=$?

# The counts stand in the head of ctest's report; without a report the build failed, and no test ran.
count() {
  sed -n "s/^[[:space:]]*$1=\"\([0-9]*\)\".*/\1/p; /<testcase/q" "$report"
}
if [ -f "$report" ]; then
  total=$(count tests) failed=$(count failures) skipped=$(($(count skipped) + $(count disabled)))
else
  total=1 failed=1 skipped=0
fi
passed=$((total - failed - skipped))
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ] || [ "$status" -ne 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
