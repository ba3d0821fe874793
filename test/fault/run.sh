#!/bin/sh
# test/fault/run.sh CHANCERY -- what goes wrong around the program: a disk that fills up, a store that may not be written, inputs that
# are not there. Each time: one clear line, status 1, everything else done, what was committed kept.
set -u
chancery=$(realpath "$1") root=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
unset CHANCERY_STORE
cd "$work" || exit 1
. "$root/test/ok.sh"

mkdir pages
i=0
while [ $i -lt 200 ]; do
    { printf 'Talks number %d\n\nPARIS, 3 March 2004\n\nThe foreign minister of Peru met the president of France in Paris on 2 March 2004.\n\n' $i
      printf 'He said that the talks were useful. They will go on in Lima. %s\n' "$(head -c 1500 /dev/urandom | base64 -w 0)"; } >pages/$i.txt
    i=$((i + 1))
done

# A disk that is full: no file may grow beyond 2 MB (4 in shells that count kilobytes).
( ulimit -f 4096; "$chancery" add -q -j 1 --store full.db pages ) 2>err
ok "full disk: status 1" is $? 1
ok "full disk: one clear line" one_line 'full\|too large'
kept=$("$chancery" pages --store full.db --json 2>err | wc -l)
ok "full disk: pages committed before are kept" [ "$kept" -gt 0 -a "$kept" -lt 200 ]
"$chancery" add -q --store full.db pages 2>err
ok "full disk: with room again the rest comes in" is "$("$chancery" pages --store full.db --json | wc -l)" 200

# Inputs that are not there, between inputs that are.
"$chancery" add -q --store some.db pages/1.txt nowhere.txt pages/2.txt 2>err
ok "missing input: status 1" is $? 1
ok "missing input: named" one_line 'nowhere.txt'
ok "missing input: the others are done" is "$("$chancery" pages --store some.db --json | wc -l)" 2
if [ "$(id -u)" != 0 ]; then
    cp pages/3.txt shut.txt && chmod 0 shut.txt
    "$chancery" add -q --store some.db shut.txt 2>err
    ok "unreadable input: status 1" is $? 1
    ok "unreadable input: named" one_line 'shut.txt'
    mkdir shut && chmod 555 shut
    "$chancery" add -q --store shut/x.db pages/1.txt 2>err
    ok "folder that may not be written: status 1" is $? 1
fi

# What is no store.
"$chancery" events --store none.db 2>err
ok "no store: status 1" is $? 1
ok "no store: says how to make one" one_line 'chancery add'
printf 'no data base, only text that is long enough to be looked at as one %0200d' 7 >text.db
"$chancery" add -q --store text.db pages/1.txt 2>err
ok "not a store: status 1" is $? 1
ok "not a store: one line" one_line 'no chancery store'
ok "not a store: left as it was" grep -q 'only text' text.db

# A reader that has seen enough.
"$chancery" pages --store full.db --json 2>err | head -n 1 >/dev/null
ok "closed pipe: not a word" is "$(wc -c <err)" 0
if [ -w /dev/full ]; then
    "$chancery" pages --store full.db --json 2>err >/dev/full
    ok "full standard output: status 1" is $? 1
fi

tally
