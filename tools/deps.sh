#!/bin/sh
# tools/deps.sh [--test] [--dev] [--sudo] -- installs what is missing of the Debian 12 packages that chancery is built from.
#
# Nothing missing: ends at once, without a word. Missing and root: apt-get. Missing and not root: one line that says
# what to install, and status 1; with --sudo it asks sudo. --test adds the servers that tests start and the browser of test/browser, --dev what `make fuzz` needs, and clang-format.
set -eu

packages="gcc libc6-dev make pkg-config meson ninja-build libsqlite3-dev libuchardet-dev libexttextcat-dev libjansson-dev
    libutf8proc-dev zlib1g-dev libpq-dev libarchive-dev libcurl4-openssl-dev libexpat1-dev nettle-dev libcmocka-dev
    libnats-dev libmicrohttpd-dev libzstd-dev"
test_packages="postgresql-15 nats-server iproute2 iptables curl chromium fonts-dejavu-core"
# Whoever has node and npm from elsewhere (they exclude Debian's packages) keeps them.
command -v node >/dev/null || test_packages="$test_packages nodejs"
command -v npm >/dev/null || test_packages="$test_packages npm"
dev_packages="clang libclang-rt-14-dev llvm clang-format"
sudo=

for arg; do
    case $arg in
    --test) packages="$packages $test_packages" ;;
    --dev) packages="$packages $dev_packages" ;;
    --sudo) sudo=sudo ;;
    *)
        echo "usage: tools/deps.sh [--test] [--dev] [--sudo]" >&2
        exit 2
        ;;
    esac
done

if ! command -v dpkg-query >/dev/null; then
    # Not Debian: Meson names what it misses.
    command -v meson >/dev/null && exit 0
    echo "deps: this is no Debian; please install the like of:" $packages >&2
    exit 1
fi

missing=
for p in $packages; do
    case $(dpkg-query -W -f '${db:Status-Status} ' "$p" 2>/dev/null) in
    *installed*) ;;
    *) missing="$missing $p" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] && [ -z "$sudo" ]; then
    echo "deps: would install as root (or run tools/deps.sh --sudo):$missing" >&2
    exit 1
fi
echo "deps: installing$missing"
[ "$(id -u)" = 0 ] && sudo=
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q >/dev/null
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null
