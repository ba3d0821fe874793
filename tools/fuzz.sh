#!/bin/sh
# tools/fuzz.sh BUILD SECONDS -- builds test/fuzz with libFuzzer (clang) and runs each target for SECONDS. What it finds on
# the way goes to BUILD/corpus/<what>; the inputs in test/fuzz/corpus are read only. Status 1 if any target fell over;
# the input that did it is kept in BUILD/<what>-crash-….
set -u
build=$1 seconds=$2

[ -f "$build/build.ninja" ] || CC=clang meson setup "$build" -Dfuzz=true -Dbuildtype=debugoptimized -Db_ndebug=false \
    -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link || exit 1
meson compile -C "$build" || exit 1

passed=0 failed=0
for target in "$build"/test/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    what=${target##*/fuzz_}
    mkdir -p "$build/corpus/$what"
    echo "fuzz: $what, $seconds s"
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/$what-" "$build/corpus/$what" "test/fuzz/corpus/$what" </dev/null; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
