#!/bin/sh
# tools/web.sh DIR -- builds the web page from web/src into DIR (`make web`: web/dist). Types are checked first. Wants node and npm;
# what web/package-lock.json names comes from the npm registry, once.
set -eu
out=$(realpath -m "${1:?usage: tools/web.sh DIR}")
cd "$(dirname "$(realpath "$0")")/../web"
command -v npm >/dev/null || { echo "web: 'npm' is not installed: run 'make deps-test'" >&2; exit 1; }
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
if ! cmp -s package-lock.json node_modules/.fits; then
    log=$(mktemp)
    if ! npm ci >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        echo "web: 'npm ci' in web/ failed: is the npm registry to be reached? (npm config get registry)" >&2
        exit 1
    fi
    rm -f "$log"
    cp package-lock.json node_modules/.fits
fi
node_modules/.bin/tsc --noEmit
node_modules/.bin/vite build --outDir "$out" --emptyOutDir --logLevel warn
