#!/bin/sh
# make.sh CHANCERY IN OUT VERSION DATADIR -- the man page: IN with the program's own list of commands and options put in.
set -eu
commands=$("$1" completion man)
COMMANDS=$commands awk -v version="$4" -v datadir="$5" '
    /^@COMMANDS@$/ { print ENVIRON["COMMANDS"]; next }
    { gsub(/@VERSION@/, version); gsub(/@DATADIR@/, datadir); print }' "$2" >"$3"
