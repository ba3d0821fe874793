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

# One of the pages is a front page: "no article", status 1.
read_pages() {
    "$chancery" "$@" 2>"$work/err" || [ $? = 1 -a "$(grep -cv ': no article$' "$work/err")" = 0 ] || failed=$((failed + 1))
}

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

read_pages code --raw -j 1 demo/pages/* >"$work/one"
for threads in 2 3 16; do
    read_pages code --raw -j $threads demo/pages/* >"$work/many"
    same "records are the same with $threads threads as with 1" "$work/one" "$work/many"
done
CHANCERY_ISA=scalar
export CHANCERY_ISA
read_pages code --raw demo/pages/* >"$work/scalar"
unset CHANCERY_ISA
same "records are the same without vector instructions" "$work/one" "$work/scalar"

# one page at a time, the last first: nothing learned from a page outlives it
for page in demo/pages/*; do
    echo "$page"
done | sort -r | while IFS= read -r page; do
    "$chancery" code --raw "$page" 2>/dev/null
done | sort >"$work/alone"
sort "$work/one" >"$work/sorted"
same "records of a page are the same alone as in company" "$work/sorted" "$work/alone"

everything() {
    for register in pages events instruments quotes roles positions tallies pledges gatherings initiatives relations marks; do
        "$chancery" $register --store "$1" --json 2>/dev/null || true
    done | sort
}
read_pages add -q -j 1 --store "$work/a.db" demo/pages
everything "$work/a.db" >"$work/first"
read_pages add -q --store "$work/a.db" demo/pages
everything "$work/a.db" >"$work/again"
same "adding the same pages again changes nothing" "$work/first" "$work/again"
read_pages add -q -j 8 --store "$work/b.db" demo/pages
everything "$work/b.db" >"$work/threads"
same "a store filled by 8 threads holds what one filled by 1 holds" "$work/first" "$work/threads"
ls demo/pages/* | sort -r | while IFS= read -r page; do
    "$chancery" add -q --store "$work/c.db" "$page" 2>/dev/null
done
everything "$work/c.db" >"$work/reverse"
same "the order in which pages come in does not matter" "$work/first" "$work/reverse"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
