#!/bin/sh
# slips.sh TIDY DIR -- tidy over DIR/slips, a small tree of slips, must find exactly what slips.expected says.
set -u
out=$("$1" "$2/slips") && { echo "tidy found nothing to say of the slips"; exit 1; }
printf '%s\n' "$out" | diff -u "$2/slips.expected" - && exit 0
echo "rewrite with: build/test/tidy/tidy test/tidy/slips >test/tidy/slips.expected"
exit 1
