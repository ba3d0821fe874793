#!/bin/sh
# tools/test.sh BUILD [meson test options…] -- runs all tests and counts cases: the last line is "N passed, N failed".
# Every case of a cmocka program counts, and so does a script's own closing line "N passed, N failed"; a test that
# prints neither counts as one.
set -u
build=$1
shift

log=$build/meson-logs/testlog.json
rm -f "$log"
status=0
meson test -C "$build" --no-rebuild --print-errorlogs "$@" </dev/null || status=$?
if [ ! -f "$log" ]; then
    echo "0 passed, 1 failed"
    exit 1
fi

# One JSON object a line; output is in it with "\n" for newlines.
awk '
function sum(line, re, n)
{
    n = 0
    while (match(line, re)) {
        hit = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        gsub(/[^0-9]/, "", hit)
        n += hit
    }
    return n
}
{
    good = $0 ~ /"result": "(OK|EXPECTEDFAIL|SKIP)"/
    p = sum($0, "\\[  PASSED  \\] [0-9]+ test") + sum($0, "[0-9]+ passed, ")
    f = sum($0, "\\[  FAILED  \\] [0-9]+ test") + sum($0, " passed, [0-9]+ failed")
    if (!good && !f)
        f = 1        # crashed, timed out, or failed without counting
    if (good && !p && $0 !~ /"result": "SKIP"/)
        p = 1
    passed += p
    failed += f
}
END { printf "%d passed, %d failed\n", passed, failed }' "$log" >"$build/meson-logs/tally.txt"
cat "$build/meson-logs/tally.txt"
grep -q ', 0 failed$' "$build/meson-logs/tally.txt" || status=1
exit $status
