#!/bin/sh
# bench/serve.sh BUILD [EVENTS [RATE [SECONDS]]] -- a server over a store of EVENTS (1,000,000) invented events is asked RATE (100) questions a second,
# mixed over its routes. $SCALE_STORE names a store of bench/scale/fill that is kept, and taken as it is where it is there.
set -eu
build=$1 events=${2-1000000} rate=${3-100} seconds=${4-30}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
store=${SCALE_STORE-$work/scale.db}
case $store in
*://*) ;;
*) [ -f "$store" ] || "$build/bench/scale/fill" "$store" "$events" | tail -n 1 ;;
esac
mkfifo "$work/said"
"$build/chancery" serve --store "$store" --port 0 2>"$work/said" &
server=$!
# its one line is its address
read -r line <"$work/said"
port=${line##*:}
"$build/bench/serve_load" "${port%/}" "$rate" "$seconds"
