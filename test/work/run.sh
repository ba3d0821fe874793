#!/bin/sh
# test/work/run.sh CHANCERY DUMP ROOT -- pages over a queue: whatever happens to workers, the store holds what `chancery add` on one machine
# leaves, byte for byte. Starts a nats-server of its own; without one installed: status 77 (skipped).
set -u
chancery=$(realpath "$1") dump=$(realpath "$2") root=$(realpath "$3")
work=$(mktemp -d)
nats() { sh "$root/tools/nats.sh" "$@"; }
trap 'nats "$work/nats" kill; nats "$work/plain" kill; rm -rf "$work"' EXIT
unset CHANCERY_STORE CHANCERY_STREAM CHANCERY_ACTORS CHANCERY_FRAMES
. "$root/test/work/pages.sh"
cd "$work" || exit 1
. "$root/test/ok.sh"
same() { "$dump" "$1" >one.dump && "$dump" "$2" >two.dump && [ -s one.dump ] && cmp -s one.dump two.dump; }
# until N pages are in STORE or process PID has ended, at most 60 s
until_pages() {
    tries=0
    while [ "$("$chancery" pages --store "$2" --json 2>/dev/null | wc -l)" -lt "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] && kill -0 "$3" 2>/dev/null || return 1
        timeout 0.1 tail -f /dev/null
    done
}

# ---- errors: one clear line ----
run submit x.txt; ok "no queue named: 2" is $status 2
run work; ok "work, no queue named: 2" is $status 2
run work --stream nats://127.0.0.1:1 --store x.db; ok "server away: 1" is $status 1
ok "server away: one line" one_line 'nats-server -js'
run submit --stream nats://u:secret@127.0.0.1:1 x.txt; ok "submit, server away: 1" is $status 1
ok "submit, server away: one line" one_line 'no server answers'
ok "no password in a message" [ "$(grep -c secret err)" = 0 ]
NATS_JS= nats "$work/plain" start >url || { [ $? = 77 ] && echo "skipped: nats-server is not installed" && exit 77; exit 1; }
run work --stream "$(cat url)" --store x.db; ok "no JetStream: 1" is $status 1
ok "no JetStream: one line" one_line 'no JetStream'
nats "$work/plain" stop
url=$(nats "$work/nats" start) || exit 1
run work --stream "$url" --store x.db; ok "no queue: 1" is $status 1
ok "no queue: one line" one_line 'chancery submit'
run submit --stream "$url" --queue 'a b' x.txt; ok "a bad name: 1" is $status 1
ok "a bad name: one line" one_line 'no name of a queue'
export CHANCERY_STREAM="$url"

# ---- the same as on one machine ----
mkdir pages
pages 200 pages
printf '\037\213\010 no gzip at all, whatever it says' >pages/poison.html
printf '<html><body><p>Peru and Chile opened talks in Lima on 3 May 2001.</p></body></html>' | gzip -n >pages/packed.html.gz
printf '{"id":"j1","text":"The president of Kenya visited Oslo on 4 May 2001.","date":"2001-05-05","url":"http://n.example/1"}\n' >pages/some.jsonl
"$chancery" add -q --store alone.db pages 2>add.err
run submit pages; ok "submit: one that cannot be unpacked is named" one_line 'poison.html'
ok "submit: 1, since one failed" is $status 1
ok "submit: counts" grep -q '^202 pages queued, 0 were queued before, 1 failed' out
run submit pages/p0000.txt pages/p0001.txt; ok "again: 0" is $status 0
ok "again: nothing is queued twice" grep -q '^0 pages queued, 2 were queued before' out
"$chancery" work --store two.db --drain -j 1 --ack-wait 2 >w1 2>w1.err &
first=$!
"$chancery" work --store two.db --drain -j 1 >w2 2>w2.err &
second=$!
wait $first; status=$?; ok "first worker: 0 ($(tail -n 1 w1.err))" is $status 0
wait $second; status=$?; ok "second worker: 0 ($(tail -n 1 w2.err))" is $status 0
ok "two workers: the store of one machine" same alone.db two.db
cat w1 w2 >out
ok "two workers: both worked" is "$(awk '$1 > 0' out | wc -l) $(awk '{ n += $1 } END { print n }' out)" "2 202"
for register in events visits meetings quotes instruments pages stories coverage; do
    "$chancery" $register --store alone.db --json 2>err | sort >one
    "$chancery" $register --store two.db --json 2>>err | sort >two
    ok "$register: the same JSON, but for the order of what has one date" cmp -s one two
done

# ---- killed in the middle of a batch; stopped; stopped by a signal between ----
run submit --queue kill pages
"$chancery" work --queue kill --store kill.db -j 1 --ack-wait 1 >w1 2>w1.err &
victim=$!
until_pages 20 kill.db $victim
kill -KILL $victim
wait $victim 2>/dev/null
n=$("$chancery" pages --store kill.db --json | wc -l)
ok "killed: in the middle" [ "$n" -ge 20 -a "$n" -lt 202 ]
run work --queue kill --store kill.db --drain
ok "killed: another ends it" is $status 0
ok "killed: what came again is counted" [ "$(sed 's/.*aside, \([0-9]*\) came again.*/\1/' out)" -gt 0 ]
ok "killed: the store of one machine" same alone.db kill.db

run submit --queue term pages
"$chancery" work --queue term --store term.db -j 1 >w1 2>w1.err &
victim=$!
until_pages 20 term.db $victim
kill -TERM $victim
wait $victim
ok "SIGTERM: 0" is $? 0
added=$(awk '{ print $1 }' w1)
ok "SIGTERM: the batch is finished, not the queue" [ "$added" -ge 20 -a "$added" -lt 202 ]
run work --queue term --store term.db --drain
ok "SIGTERM: nothing comes again" grep -q ', 0 known, 0 put aside, 0 came again' out
ok "SIGTERM: the rest is the rest" is $((added + $(awk '{ print $1 }' out))) 202
ok "SIGTERM: the store of one machine" same alone.db term.db

# ---- the queue is emptied twice: nothing is there twice ----
run submit --queue again pages
run work --queue again --store term.db --drain
ok "submitted again: all known" grep -q '^0 pages added (0 without an article), 202 known' out
ok "submitted again: the store of one machine" same alone.db term.db

# ---- what cannot be coded is put aside with the reason; metrics; a page too big; a full queue ----
port=${url##*:}
talk() {
    # UNTIL REQUEST…: to the server, and its answers up to one with UNTIL
    timeout 10 bash -c 'exec 3<>/dev/tcp/127.0.0.1/$1; until=$2; shift 2; printf "CONNECT {\"verbose\":false,\"headers\":true}\r\nSUB answer 1\r\n" >&3
        for r; do printf "$r\r\n" >&3; done
        while read -r line <&3; do printf "%s\n" "$line"; case $line in *$until*) exit ;; esac; done' talk "$port" "$@"
}
run submit --queue dead --waiting 4 pages/p0000.txt pages/p0001.txt
talk PONG 'PUB dead.pages 13\r\nno page of us' 'PUB dead.pages 28\r\nchancery/1 6 0 3 z\npoisonxyz' PING >/dev/null
"$chancery" work --queue dead --store dead.db --drain --metrics $((port + 1)) >out 2>err
ok "dead letters: 1" is $? 1
ok "dead letters: counted" grep -q '^2 pages added (0 without an article), 0 known, 2 put aside' out
ok "dead letters: named, with the reason" [ "$(grep -c 'no page in the message' err)" = 2 ]
talk messages 'PUB $JS.API.STREAM.INFO.dead-dead answer 0\r\n' >info 2>&1
ok "dead letters: kept" grep -q '"messages":2' info
run dead --queue dead --json
ok "dead: each with the reason" is "$(grep -c '"name":null,"reason":"no page in the message' out)" 2
run dead --queue dead --table
ok "dead: a table" grep -q 'its packed body is broken' out
run dead --queue dead retry
ok "dead retry: counted" grep -q '^2 pages back on the queue' err
run dead --queue dead again
ok "dead, another word: 2" is $status 2
run dead --queue nowhere
ok "dead, no such queue: 1" is $status 1
ok "dead, no such queue: one line" one_line "no queue 'nowhere'"
run dead --queue dead --json
ok "dead retry: none is left there" is "$(wc -l <out | tr -d ' ')" 0
run work --queue dead --store dead.db --drain
ok "dead retry: what cannot be coded is put aside again" grep -q '^0 pages added (0 without an article), 0 known, 2 put aside' out
run work --queue dead --store dead.db --drain
ok "dead letters: not on the queue any more" is "$status $(awk '{ print $1 }' out)" "0 0"
"$chancery" submit --queue full --waiting 2 pages/p0000.txt pages/p0001.txt pages/p0002.txt pages/p0003.txt >full.out 2>full.err &
filling=$!
tries=0
until grep -q 'the queue is full' full.err || [ $tries -ge 100 ]; do tries=$((tries + 1)); timeout 0.1 tail -f /dev/null; done
"$chancery" work --queue full --store full.db -j 1 --rate 50 --metrics $((port + 1)) >out 2>err &
worker=$!
wait $filling
ok "full: waits, then all is queued" grep -q '^4 pages queued' full.out
until_pages 4 full.db $worker
curl -s "http://127.0.0.1:$((port + 1))/metrics" >metrics
ok "metrics: pages" grep -q '^chancery_work_pages_total 4$' metrics
ok "metrics: acks" grep -q '^chancery_work_acks_total [34]$' metrics
# HELP, TYPE, then samples of that name, each name once: the text format, version 0.0.4
ok "metrics: seconds" grep -q '^chancery_work_coding_seconds_total [0-9]*\.[0-9]\{6\}$' metrics
ok "metrics: Prometheus text by its grammar" awk '
    /^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* [^ ]/ { if (seen[$3]++) bad = bad " twice:" $3; name = $3; typed = 0; next }
    /^# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge)$/ { if ($3 != name) bad = bad " type of another:" $3; kind = $4; typed = 1; next }
    /^[a-zA-Z_:][a-zA-Z0-9_:]* -?[0-9]+(\.[0-9]+)?$/ { if ($1 != name || !typed) bad = bad " without its type:" $1
        if ((kind == "counter") != ($1 ~ /_total$/)) bad = bad " name of a " kind ":" $1; n++; next }
    { bad = bad " no line of it:" $0 }
    END { if (bad || n < 10) { print n bad; exit 1 } }' metrics
ok "metrics: the last line ends" is "$(tail -c 1 metrics | od -An -c | tr -d ' ')" '\n'
ok "metrics: their type is told" [ "$(curl -sD - -o /dev/null "http://127.0.0.1:$((port + 1))/metrics" | grep -ci '^content-type: text/plain; version=0.0.4')" = 1 ]
ok "health: ok" is "$(curl -s "http://127.0.0.1:$((port + 1))/health")" ok
kill -INT $worker
wait $worker
ok "SIGINT: 0" is $? 0
head -c 3000000 /dev/urandom >big.html
run submit --queue full big.html
ok "too big: refused in one line" one_line 'max_payload'
ok "too big: 1" is $status 1

tally
