#!/bin/sh
# tools/browser.sh [--rewrite] BUILD [FILE.test.mjs…] -- the web page in a real browser (test/browser): makes a store of demo/pages
# in a folder that is thrown away, and runs the tests with node's own test runner and Debian's Chromium.
# --rewrite writes test/browser/golden and shots anew; `git diff` is the review. Nothing but `npm ci` (once) uses the network.
#
# Skipped (status 77) where node, npm or chromium is absent and you are not root; as root `make test` has installed them.
set -eu
rewrite=
[ "${1-}" = --rewrite ] && { rewrite=1; shift; }
build=$(realpath "${1:?usage: tools/browser.sh [--rewrite] BUILD [FILE.test.mjs...]}")
shift
root=$(dirname "$(dirname "$(realpath "$0")")")
cd "$root/test/browser"

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
for need in node npm "${CHROMIUM:-chromium}"; do
    command -v "$need" >/dev/null && continue
    echo "browser: '$need' is not installed: run 'make deps-test'"
    [ "$(id -u)" = 0 ] && exit 1
    exit 77
done

# What the lock file names, once; a folder that fits it is left alone.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
if ! cmp -s package-lock.json node_modules/.fits; then
    log=$(mktemp)
    if ! npm ci >"$log" 2>&1; then
        tail -n 5 "$log"
        echo "browser: 'npm ci' in test/browser failed: is the npm registry to be reached? (npm config get registry)"
        exit 1
    fi
    rm -f "$log"
    cp package-lock.json node_modules/.fits
fi

STORES=$(mktemp -d)
trap 'rm -rf "$STORES"' EXIT
trap 'exit 1' INT TERM
unset CHANCERY_STORE CHANCERY_MODEL CHANCERY_TOKEN
export STORES CHROMIUM CHANCERY="$build/chancery" FILL="$build/bench/scale/fill" REWRITE="$rewrite" NO_COLOR=1 LC_ALL=C.UTF-8 TZ=UTC
# Paths of the demo's pages are in its records.
(cd "$root" && "$CHANCERY" add --quiet --store "$STORES/demo.db" demo/pages 2>"$STORES/log") || [ $? = 1 ] || { cat "$STORES/log"; exit 1; }

# Two files at a time; first that whose store takes long to make.
[ $# -gt 0 ] || set -- scale.test.mjs $(ls ./*.test.mjs | grep -v /scale)
node --test --test-concurrency=2 --test-reporter=./reporter.mjs --test-reporter-destination=stdout "$@"
