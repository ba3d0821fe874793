#!/bin/sh
# lexicon_version.sh DIR -- twelve hex digits that change whenever a file of the lexicon does.
set -e
cd "$1"
find . -type f ! -name '.*' | LC_ALL=C sort | xargs -r cksum | cksum | cut -d ' ' -f 1
