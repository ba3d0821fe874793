#!/bin/sh
# tools/demo.sh CHANCERY -- takes the sample pages of demo/pages into a store that is thrown away, and prints what a record looks
# like: a register, a search, a country's profile, a relation over time, and why one record is there.
set -eu
chancery=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHANCERY_STORE="$work/demo.db"
[ -t 1 ] || export COLUMNS="${COLUMNS:-120}"

run() {
    printf '\n$ chancery %s\n' "$*"
    "$chancery" "$@"
}

run add demo/pages || [ $? = 1 ]   # one of them is a front page: "no article", status 1
run visits --table --since 1971 --until 1979
run quotes --table --who EGY --limit 4
run search treaty peace --table --limit 2
run country EGY --table
run pair USA CHN --table
id=$("$chancery" visits --json --who USA --with CHN --limit 1 | sed -n 's/^{"id":"\([0-9a-f]*\)".*/\1/p')
run why --table "${id:?demo: the sample pages gave no visit}"
