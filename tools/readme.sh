#!/bin/sh
# tools/readme.sh CHANCERY -- writes the session of README.md anew, between its two marks, with what the program prints today.
set -eu
chancery=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHANCERY_STORE="$work/chancery.db" COLUMNS=110 NO_COLOR=1

session() {
    # as on a terminal, where tables are the default
    printf '\n$ chancery %s\n' "$*"
    case $1 in
    add) "$chancery" "$@" 2>&1 || [ $? = 1 ] ;;   # the front page among them: status 1
    *) "$chancery" "$@" --table 2>&1 ;;
    esac
}

{
    echo '```console'
    {
        session add demo/pages
        session visits --who EGY
        session quotes --who EGY --limit 3
        session pair EGY ISR
        id=$("$chancery" visits --json --who EGY --with ISR --since 1977-11-19 --until 1977-11-19 | sed -n 's/^{"id":"\(........\).*/\1/p')
        session why "${id:?readme: the sample pages gave no visit}"
    } | sed '1d; s/ *$//'
    echo '```'
} >"$work/session"
awk -v session="$work/session" '
    /<!-- \/session -->/ { skip = 0 }
    !skip
    /<!-- session -->/ { skip = 1; while ((getline line < session) > 0) print line }' README.md >"$work/README.md"
cat "$work/README.md" >README.md
