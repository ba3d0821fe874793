#!/bin/sh
# bench/bench.sh BUILD [--small] -- speed, memory and start-up of the program in BUILD, over copies of demo/pages.
#
# A word is a syntactic word of Universal Dependencies, punctuation counted, as parsers of the field count theirs. The
# time of a run includes start-up. --small is the run of `make test`: it only shows that the bench still runs.
set -eu
build=$1
copies=60 runs=3 starts=21
[ "${2-}" = --small ] && copies=1 runs=1 starts=3

chancery=$build/chancery measure=$build/bench/measure
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/pages"
for page in "$here"/../demo/pages/*; do
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
"$chancery" clean "$@" | sed -n 's/.*"text":"\(\([^"\\]\|\\.\)*\)".*/\1/p' | sed 's/\\n/\n/g; s/\\"/"/g' >"$work/text"
"$chancery" parse <"$work/text" >"$work/tokens.conllu"
words=$(grep -c '^[0-9][0-9]*	' "$work/tokens.conllu")

row() {
    printf '%-34s %s\n' "$1" "$2"
}
speed() {
    # LABEL COMMAND…: words/s by the wall clock, MB
    label=$1
    shift
    set -- $("$measure" $runs "$@")
    row "$label" "$(awk -v w="$words" -v ms="$1" -v mb="$3" 'BEGIN { printf "%8.0f words/s  %5.0f MB", w * 1000 / ms, mb }')"
}

row "pages, bytes, words" "$#, $bytes, $words"
set -- $("$measure" $starts "$chancery" code "$work/one.jsonl")
row "start-up and one sentence" "$(printf '%8.1f ms       %5.0f MB' "$1" "$3")"
speed "tree from given words, 1 thread" "$chancery" parse --tokens -j 1 "$work/tokens.conllu"
speed "tree from text, 1 thread" "$chancery" parse -j 1 "$work/text"
for threads in 1 2 4 8 16; do
    [ $threads -le "$(nproc)" ] || break
    speed "raw page to record, $threads thread(s)" "$chancery" code --raw -j $threads "$work"/pages/*
done
rm -f "$work/bench.db"
speed "raw page to store, all threads" sh -c "rm -f '$work'/bench.db*; exec '$chancery' add --store '$work/bench.db' '$work/pages'"
row "store" "$(awk -v s="$(wc -c <"$work/bench.db")" -v b="$bytes" 'BEGIN { printf "%8.1f MB, %.1f bytes a byte of page", s / 1e6, s / b }')"
