#!/bin/sh
# test/property/run.sh CHANCERY ROOT -- what must hold of any pages, tried on demo/pages: the same output for any number of threads and any
# instruction set, and a store that adding again does not change.
set -u
chancery=$(realpath "$1") root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CHANCERY_STORE CHANCERY_ISA
export LC_ALL=C
cd "$root" || exit 1
passed=0 failed=0

same() {
    # WHAT FILE FILE
    if [ -s "$2" ] && cmp -s "$2" "$3"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1"
        cmp "$2" "$3" 2>&1
    fi
}

"$chancery" code --raw -j 1 demo/pages/* >"$work/one" || failed=1
for threads in 2 3 16; do
    "$chancery" code --raw -j $threads demo/pages/* >"$work/many" || failed=$((failed + 1))
    same "records are the same with $threads threads as with 1" "$work/one" "$work/many"
done
CHANCERY_ISA=scalar "$chancery" code --raw demo/pages/* >"$work/scalar" || failed=$((failed + 1))
same "records are the same without vector instructions" "$work/one" "$work/scalar"

# one page at a time, the last first: nothing learned from a page outlives it
for page in demo/pages/*; do
    echo "$page"
done | sort -r | while IFS= read -r page; do
    "$chancery" code --raw "$page"
done | sort >"$work/alone"
sort "$work/one" >"$work/sorted"
same "records of a page are the same alone as in company" "$work/sorted" "$work/alone"

everything() {
    for register in pages events instruments quotes roles positions tallies pledges; do
        "$chancery" $register --store "$1" --json 2>/dev/null || true
    done | sort
}
"$chancery" add -q -j 1 --store "$work/a.db" demo/pages || failed=$((failed + 1))
everything "$work/a.db" >"$work/first"
"$chancery" add -q --store "$work/a.db" demo/pages || failed=$((failed + 1))
everything "$work/a.db" >"$work/again"
same "adding the same pages again changes nothing" "$work/first" "$work/again"
"$chancery" add -q -j 8 --store "$work/b.db" demo/pages || failed=$((failed + 1))
everything "$work/b.db" >"$work/threads"
same "a store filled by 8 threads holds what one filled by 1 holds" "$work/first" "$work/threads"
ls demo/pages/* | sort -r | while IFS= read -r page; do
    "$chancery" add -q --store "$work/c.db" "$page"
done
everything "$work/c.db" >"$work/reverse"
same "the order in which pages come in does not matter" "$work/first" "$work/reverse"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
