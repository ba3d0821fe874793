#!/bin/sh
# test/golden/run.sh [--rewrite] CHANCERY -- a case is a folder: `args`, a command line a line (without the program's name,
# run inside a copy of the folder, one after the other); its inputs; and `expected`, what they print, standard error and
# status last. --rewrite (make golden) writes expected anew: `git diff` is the review.
# A case whose `args` is called `args.b` is a known bug: it is run and told, and fails nothing.
# A line may end in `| pretty`: the JSON line of a page parted so that a diff shows which record moved.
# Versions of program, lexicon and model are "*": what a case shows does not change with each of them.
set -u
plain_versions() {
    sed -E -e 's/"(program|lexicon|model)_version":"[^"]*"/"\1_version":"*"/g'
}
pretty() {
    sed -e 's/,"\(published\)":/,\n"\1":/' -e 's/,"\(body\|events\|quotes\|instruments\|roles\|positions\|tallies\|pledges\|gatherings\|initiatives\|relations\|marks\|attributions\|times\|mentions\)":\[/,\n"\1":[/g' -e 's/},{/},\n  {/g'
}
rewrite=
[ "${1-}" = --rewrite ] && { rewrite=1; shift; }
chancery=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
export NO_COLOR=1 COLUMNS=120 LC_ALL=C
unset CHANCERY_STORE CHANCERY_MODEL

for dir in "$here"/*/; do
    name=$(basename "$dir") known=
    args=$dir/args
    [ -f "$args" ] || { args=$dir/args.b known=1; }
    [ -f "$args" ] || continue
    rm -rf "$work/case"
    cp -r "$dir" "$work/case"
    (
        cd "$work/case" || exit
        rm -f expected args args.b
        while IFS= read -r line; do
            echo "\$ chancery $line"
            # the line is ours: words are parted as a shell parts them
            eval "\"\$chancery\" $line" </dev/null 2>../err
            status=$?
            cat ../err
            [ $status = 0 ] || echo "status $status"
        done <"$args"
    ) | plain_versions >"$work/got"
    if [ -n "$rewrite" ]; then
        cp "$work/got" "$dir/expected"
    elif diff -u "$dir/expected" "$work/got" >"$work/diff"; then
        passed=$((passed + 1))
        [ -z "$known" ] || echo "$name: a known bug is gone: rename args.b to args"
    elif [ -n "$known" ]; then
        echo "$name: known bug"
    else
        failed=$((failed + 1))
        echo "FAILED $name (make golden rewrites it):"
        head -n 40 "$work/diff"
    fi
done
[ -n "$rewrite" ] && exit 0
echo "$passed passed, $failed failed"
[ $failed = 0 ]
