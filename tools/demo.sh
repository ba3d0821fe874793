#!/bin/sh
# tools/demo.sh CHANCERY -- takes the sample pages into a store that is thrown away, and shows what a record looks like.
set -eu
chancery=$1
store=$(mktemp -d)/demo.db
trap 'rm -rf "$(dirname "$store")"' EXIT
export CHANCERY_STORE="$store"

say() {
    printf '\n$ chancery %s\n' "$1"
}

say "add demo/pages"
"$chancery" add demo/pages

say "events --limit 12 --table"
"$chancery" events --limit 12 --table

say "quotes --limit 4 --table"
"$chancery" quotes --limit 4 --table
