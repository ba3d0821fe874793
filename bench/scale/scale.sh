#!/bin/sh
# bench/scale/scale.sh BUILD [EVENTS [QUERIES]] -- fills a store with EVENTS (1,000,000) invented events and asks it QUERIES (200) random questions
# of each kind. $SCALE_STORE names a store that is kept, and taken as it is where it is there; postgresql://... is taken as it is.
set -eu
build=$1 events=${2-1000000} queries=${3-200}
work=
store=${SCALE_STORE-}
if [ -z "$store" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    store=$work/scale.db
fi
case $store in
*://*) ;;
*)
    [ -f "$store" ] || "$build/bench/scale/fill" "$store" "$events" | tail -n 1
    printf 'store of %s events: %.0f MB\n' "$events" "$(($(wc -c <"$store") / 1000000))"
    ;;
esac
"$build/bench/scale/ask" "$store" "$queries" || [ $? = 1 ]
