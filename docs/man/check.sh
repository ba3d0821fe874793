#!/bin/sh
# check.sh CHANCERY PAGE -- every command that --help lists, and every option of each command's --help, stands in the man page;
# and the page is good roff, where there is a groff to ask.
set -u
chancery=$1
page=$(sed 's/\\-/-/g; s/\\f[BRIP]//g; s/\\&//g' "$2")
failed=0

has() {
    case $page in
    *"$1"*) ;;
    *)
        echo "the man page lacks $1"
        failed=$((failed + 1))
        ;;
    esac
}

commands=$("$chancery" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')
[ -n "$commands" ] || { echo "--help lists no command"; exit 1; }
for c in $commands; do
    has "chancery $c"
    options=$("$chancery" "$c" --help | grep -o -- '--[a-z][a-z-]*' | sort -u)
    [ -n "$options" ] || { echo "chancery $c --help names no option"; failed=$((failed + 1)); }
    for o in $options; do
        has "$o"
    done
done
if command -v groff >/dev/null; then
    groff -K utf8 -man -Tutf8 -ww "$2" 2>&1 >/dev/null | grep . && failed=$((failed + 1))
fi
[ $failed = 0 ]
