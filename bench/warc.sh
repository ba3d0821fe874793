#!/bin/sh
# bench/warc.sh BUILD [MB] -- makes a WARC of MB megabytes (2048 if not said) of copies of demo/pages, one gzip member a record and not
# packed at all, and reads both with `chancery clean` and by the reader alone (bench/inputs): MB/s, pages, largest resident memory.
# What it makes goes to a folder of its own in /tmp, and is removed.
set -eu
build=$1 mb=${2-2048}
here=$(dirname "$0")
work=$(mktemp -d /tmp/chancery-warc-XXXXXX)
trap 'rm -rf "$work"' EXIT

# One round of all pages, as response records; then as many rounds as it takes.
for page in "$here"/../demo/pages/*; do
    "$build/chancery" clean "$page" >/dev/null 2>&1 || continue   # a front page has no article
    {
        printf 'HTTP/1.1 200 OK\r\nContent-Type: text/%s\r\n\r\n' "$(case $page in *.html) echo html ;; *) echo plain ;; esac)"
        cat "$page"
    } >"$work/block"
    {
        printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n'
        printf 'WARC-Target-URI: http://ruritania.example/%s\r\nContent-Length: %s\r\n\r\n' "${page##*/}" "$(wc -c <"$work/block" | tr -d ' ')"
        cat "$work/block"
        printf '\r\n\r\n'
    } >"$work/record"
    cat "$work/record" >>"$work/round"
    gzip -nc "$work/record" >>"$work/round.gz"
done
# repeat FILE BYTES: FILE over and over, doubled until it is long enough
repeat() {
    while [ "$(wc -c <"$1")" -lt 1000000 ]; do
        cat "$1" "$1" >"$work/twice"
        mv "$work/twice" "$1"
    done
    size=$(wc -c <"$1") n=0
    while [ $((n * size)) -lt "$2" ]; do
        cat "$1"
        n=$((n + 1))
    done
}
size_plain=$(wc -c <"$work/round") size_packed=$(wc -c <"$work/round.gz")
repeat "$work/round" $((mb * 1000000)) >"$work/plain.warc"
repeat "$work/round.gz" $((mb * 1000000 / size_plain * size_packed)) >"$work/packed.warc.gz"

row() {
    # LABEL BYTES COMMAND…: MB of the file unpacked for a second of processor time, the clock, memory
    label=$1 bytes=$2
    shift 2
    set -- $("$build/bench/measure" 1 "$@")
    awk -v l="$label" -v b="$bytes" -v clock="$1" -v cpu="$2" -v mem="$3" \
        'BEGIN { printf "%-36s %8.1f MB/s of processor time (%.1f s by the clock) %5.0f MB resident\n", l, b / 1000 / cpu, clock / 1000, mem }'
}
plain=$(wc -c <"$work/plain.warc")
packed=$(gzip -dc "$work/packed.warc.gz" | wc -c)
printf 'plain.warc %s bytes, packed.warc.gz %s bytes (%s unpacked)\n' "$plain" "$(wc -c <"$work/packed.warc.gz" | tr -d ' ')" "$packed"
"$build/bench/inputs" "$work/plain.warc"
row "read only, plain" "$plain" "$build/bench/inputs" "$work/plain.warc"
row "read only, gzip" "$packed" "$build/bench/inputs" "$work/packed.warc.gz"
row "chancery clean -j 1, plain" "$plain" "$build/chancery" clean -q -j 1 "$work/plain.warc"
row "chancery clean, all threads, gzip" "$packed" "$build/chancery" clean -q "$work/packed.warc.gz"
