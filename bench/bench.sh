#!/bin/sh
# bench/bench.sh BUILD [--small|--write] -- speed, memory and start-up of the program in BUILD, over copies of demo/pages, beside what
# bench/speed.csv has (figures of our own machine: two shared cores). --write puts this run's figures there.
#
# A word is a syntactic word of Universal Dependencies, punctuation counted, as parsers of the field count theirs. The
# time of a run includes start-up. One thread is measured by its processor time, several by the clock. --small is the run of `make test`: it only shows that the bench still runs.
set -eu
build=$1
copies=60 runs=3 starts=21 mode=${2-}
[ "$mode" = --small ] && copies=1 runs=1 starts=3

chancery=$build/chancery measure=$build/bench/measure
here=$(dirname "$0")
work=$(mktemp -d)
chmod 755 "$work"   # the user of PostgreSQL has to come in
trap 'rm -rf "$work"' EXIT

mkdir "$work/pages"
for page in "$here"/../demo/pages/*; do
    "$chancery" clean "$page" >/dev/null 2>&1 || continue   # a front page has no article, and no words
    name=${page##*/}
    i=0
    while [ $i -lt $copies ]; do
        # each copy differs in a byte that is no text, so that the store takes it for a page of its own
        { cat "$page"; printf '\n%*s' "$i" ''; } >"$work/pages/$i-$name"
        i=$((i + 1))
    done
done
printf '{"id":"1","date":"2018-04-09","text":"The president of France met the president of Egypt in Paris on Monday."}\n' >"$work/one.jsonl"

# One list of files in one order, small enough for one command line
set -- "$work"/pages/*
bytes=$(cat "$@" | wc -c)
"$chancery" clean -q "$@" | sed -n 's/.*"text":"\(\([^"\\]\|\\.\)*\)".*/\1/p' | sed 's/\\n/\n/g; s/\\"/"/g' >"$work/text"
"$chancery" parse <"$work/text" >"$work/tokens.conllu"
words=$(grep -c '^[0-9][0-9]*	' "$work/tokens.conllu")

csv=$work/speed.csv
echo 'what,value,unit' >"$csv"
note() {
    # WHAT VALUE UNIT: into the CSV, and the value that was checked in
    printf '%s,%s,%s\n' "$1" "$2" "$3" >>"$csv"
    awk -F, -v what="$1" '$1 == what { printf "   (was %s)", $2 }' "$here/speed.csv" 2>/dev/null || true
}
row() {
    printf '%-34s %s\n' "$1" "$2"
}
speed() {
    # LABEL clock|cpu COMMAND…: words/s, MB
    label=$1 by=$2
    shift 2
    set -- $("$measure" $runs "$@")
    [ $by = cpu ] && ms=$2 || ms=$1
    rate=$(awk -v w="$words" -v ms="$ms" 'BEGIN { printf "%.0f", w * 1000 / ms }')
    row "$label" "$(printf '%8d words/s  %5.0f MB' "$rate" "$3"; note "$(echo "$label" | tr -d ,)" "$rate" words/s)"
}

row "pages, bytes, words" "$#, $bytes, $words"
set -- $("$measure" $starts "$chancery" code -q -j 1 "$work/one.jsonl")
row "start-up and one sentence" "$(printf '%8.1f ms       %5.0f MB' "$1" "$3"; note 'start-up and one sentence' "$1" ms)"
speed "tree from given words, 1 thread" cpu "$chancery" parse -q --tokens -j 1 "$work/tokens.conllu"
if grep -qw avx2 /proc/cpuinfo; then   # what a processor without AVX-512 VNNI would do
    speed "the same with AVX2 kernels" cpu env CHANCERY_ISA=avx2 "$chancery" parse -q --tokens -j 1 "$work/tokens.conllu"
fi
speed "tree from text, 1 thread" cpu "$chancery" parse -q -j 1 "$work/text"
speed "raw page to record, 1 thread" cpu "$chancery" code -q --raw -j 1 "$work"/pages/*
for threads in 2 4 8 16; do
    [ $threads -le "$(nproc)" ] || break
    speed "raw page to record, $threads threads" clock "$chancery" code -q --raw -j $threads "$work"/pages/*
done
# The store: its share of the speed without it, by the clock and by processor time (all threads' together).
both() {
    # COMMAND…: clock and processor time in ms
    set -- $("$measure" $runs "$@")
    echo "$1 $2"
}
share() {
    # LABEL WITHOUT WITH: two pairs of times
    row "$1" "$(echo "$2 $3" | awk '{ printf "%8.0f %% by the clock, %.0f %% by processor time", 100 * $1 / $3, 100 * $2 / $4 }')"
}
add() {
    # THREADS STORE: a store made anew
    both sh -c "rm -f '$work'/bench.db*; exec '$chancery' add -q -j $1 --store '$work/bench.db' '$work/pages'"
}
speed "raw page to store, all threads" clock sh -c "rm -f '$work'/bench.db*; exec '$chancery' add -q --store '$work/bench.db' '$work/pages'"
code1=$(both "$chancery" code -q --raw -j 1 "$work"/pages/*) add1=$(add 1)
share "store of one thread, of coding" "$code1" "$add1"
if [ "$(nproc)" -ge 2 ]; then
    code2=$(both "$chancery" code -q --raw -j 2 "$work"/pages/*) add2=$(add 2)
    share "store of two threads, of coding" "$code2" "$add2"
    row "add -j 2, times add -j 1" "$(echo "$add1 $add2" | awk '{ printf "%8.2f by the clock", $1 / $3 }')"
    row "code -j 2, times code -j 1" "$(echo "$code1 $code2" | awk '{ printf "%8.2f by the clock", $1 / $3 }')"
fi
if [ "$mode" != --small ] && url=$(sh "$here/../tools/postgres.sh" "$work/pg" start 2>/dev/null); then
    trap 'sh "$here/../tools/postgres.sh" "$work/pg" stop; rm -rf "$work"' EXIT
    # of processor time only the program's own is counted, not the server's
    set -- $("$measure" 1 "$chancery" add -q --store "$url" "$work/pages")
    share "PostgreSQL, all threads, of coding" "${code2-$code1}" "$1 $2"
fi
row "store" "$(awk -v s="$(wc -c <"$work/bench.db")" -v b="$bytes" 'BEGIN { printf "%8.1f MB, %.1f bytes a byte of page", s / 1e6, s / b }')"

printf '\nstage on one core     words/s    share\n'
"$build/bench/stages" $runs "$work"/pages/* >"$work/stages"
while IFS=, read -r stage value share; do
    case $stage in
    engine) row "building the engine" "$(printf '%11s' "$value"; note engine "${value% ms}" ms)" ;;
    *) printf '%-16s %12s %8s%s\n' "$stage" "$value" "$share" "$(note "$stage" "$value" words/s)" ;;
    esac
done <"$work/stages"
[ "$mode" != --write ] || cp "$csv" "$here/speed.csv"
