#!/bin/sh
# test/fault/cluster.sh CHANCERY DUMP ROOT [FAULT…] -- pages go over a queue on three nats-servers to workers on two hosts, and something breaks on the
# way: after recovery the store holds what `chancery add` on one machine leaves, byte for byte. Each host is a network namespace (net.sh).
# FAULT: some of those below, "quick": what takes a few seconds; none: all. A line each. Status 77: no namespaces here.
#
# Nothing hangs on how fast the machine is: a fault comes when what it is to hit is seen to be there (asked for again and again, with a deadline).
set -u
chancery=$(realpath "$1") dump=$(realpath "$2") root=$(realpath "$3")
shift 3
all="worker-killed stream-leader consumer-leader quorum-lost acks-lost worker-cut-off submitted-twice worker-cut-from-store server-restarted disk-full"
quick="worker-killed stream-leader"
case ${1:-} in
'') faults=$all ;;
quick) faults=$quick ;;
*) faults=$* ;;
esac
work=$(mktemp -d)
chmod 711 "$work"   # PostgreSQL runs as another user
unset CHANCERY_STORE CHANCERY_STREAM CHANCERY_ACTORS CHANCERY_FRAMES
. "$root/test/fault/net.sh"
. "$root/test/work/pages.sh"
disk=
end() {
    status=$?
    trap - EXIT INT TERM
    [ ! -d "$work/pg/data" ] || pg_kill
    net_down
    [ -z "$disk" ] || umount "$disk"
    rm -rf "$work"
    exit $status
}
trap end EXIT
trap 'exit 1' INT TERM
cd "$work" || exit 1
net_up || exit
PAGES=${PAGES:-300}
mkdir pages
pages $PAGES pages
"$chancery" add -q --store alone.db pages || exit 1
"$dump" alone.db >alone.dump || exit 1
for s in n1 n2 n3; do nats_start $s; done
within 120 servers_up || exit 1

# ---- what the faults are made of ----

bad() { echo "     $*"; [ -z "${first_bad:-}" ] && first_bad=$*; return 1; }
# work HOST STORE [OPTION…]: a worker in the background, its id in $worker
work_on() {
    h=$1 store=$2
    shift 2
    on $h "$chancery" work --stream $STREAM --queue $queue --store "$store" --drain -j 1 --ack-wait ${ack_wait:-2} "$@" >$queue.$h.out 2>$queue.$h.err &
    worker=$!
}
submit() { at ctl "$chancery" submit -q --stream $STREAM --queue $queue --replicas 3 pages >submit.out 2>&1 || bad "submit: $(cat submit.out)"; }
held() { case $1 in postgres*) pg_ask "${1##*/}" "SELECT count(*) FROM pages" 2>/dev/null || echo 0 ;; *) "$chancery" pages --store "$1" --json 2>/dev/null | wc -l ;; esac; }
holds() { [ "$(held $1)" -ge $2 ]; }
gone() { ! kill -0 $1 2>/dev/null; }
# Ends by itself, well, in the time that everything may take.
ends() {
    within 300 gone $1 || { kill -KILL $1; bad "a worker goes on: $(held $2) of $PAGES pages in the store, $(left $queue) on the queue"; return 1; }
    wait $1 || bad "a worker failed: $(cat $queue.w?.err)"
}
# The store, asked on the host of the server or here, is that of one machine; the queue is empty; nothing was put aside.
same() {
    from=$1
    case $from in postgres*) from="postgresql:///${1##*/}?host=$work/pg&user=chancery" ;; esac
    "$dump" "$from" >$queue.dump 2>dump.err || { bad "$(cat dump.err)"; return 1; }
    cmp -s alone.dump $queue.dump || { bad "the store is another one: $(diff alone.dump $queue.dump | grep -c '^[<>]') lines differ"; return 1; }
    [ "$(left $queue)" = 0 ] || { bad "$(left $queue) pages are left on the queue"; return 1; }
    [ "$(left $queue-dead)" = 0 ] || bad "$(left $queue-dead) pages were put aside"
}
busy() { [ "$(at_hand $queue)" -gt 0 ]; }
# A worker that has committed something and has pages at hand, none of which it has committed, stands still from here on.
freeze() {
    deadline=$(($(date +%s) + 180))
    while [ "$(date +%s)" -lt $deadline ]; do
        kill -STOP $1 2>/dev/null || { bad "the worker ended before: $(cat $queue.w1.err)"; return 1; }
        holds $2 1 && busy && [ $(($(held $2) + $(left $queue))) = $PAGES ] && return 0
        kill -CONT $1
        pause
    done
    bad "no worker was seen at work"
}
postgres() {
    [ -d "$work/pg/data" ] || pg_start || { bad "PostgreSQL: $(tail -n 1 "$work/pg.out")"; return 1; }
    url=$(pg_make $(echo $queue | tr - _)) || { bad "no data base"; return 1; }
    mkdir -p none
    at w1 "$chancery" add -q --store "$url" none >add.err 2>&1   # its tables: who cannot make them ends at once, and is right
    [ "$(pg_ask ${url##*/} "SELECT count(*) FROM pages")" = 0 ] || bad "no store: $(cat add.err)"
}

# ---- the faults ----

# Killed with a batch at hand; another host's worker gets it.
worker_killed() {
    submit || return
    work_on w1 $queue.db; one=$worker
    freeze $one $queue.db || return
    kill -KILL $one
    wait $one 2>/dev/null
    work_on w2 $queue.db
    ends $worker $queue.db && same $queue.db
}

# The server that leads the stream (or the consumer) is killed while two workers are at it, and comes back later.
lead_killed() {
    submit || return
    work_on w1 $queue.db --rate 64; one=$worker
    work_on w2 $queue.db --rate 64; two=$worker
    within 180 holds $queue.db 1 || { bad "nothing came in"; return; }
    within 180 has_leaders $queue || { bad "no leader"; return; }
    led=$($1_leader $queue)
    if [ $1 = consumer ]; then
        # not the server that leads the stream, too
        tries=0
        while [ "$led" = "$(stream_leader $queue)" ] && [ $tries -lt 20 ]; do
            api "\$JS.API.CONSUMER.LEADER.STEPDOWN.$queue.coders" >/dev/null
            within 20 has_leaders $queue
            led=$(consumer_leader $queue) tries=$((tries + 1))
        done
    fi
    nats_kill $led
    within 180 has_leaders $queue || bad "no new leader"
    nats_start $led
    ends $one $queue.db
    ends $two $queue.db
    within 180 empty
    same $queue.db
}
empty() { [ "$(left $queue)" = 0 ]; }
stream_leader_killed() { lead_killed stream; }
consumer_leader_killed() { lead_killed consumer; }

blind() { [ "$(left $queue)" = -1 ] && [ "$(at_hand $queue)" = -1 ]; }
# lead_not SERVER: others lead the stream and its consumer
lead_not() {
    deadline=$(($(date +%s) + 180))
    while [ "$(date +%s)" -lt $deadline ]; do
        within 30 has_leaders $queue
        [ "$(stream_leader $queue)" = $1 ] && api "\$JS.API.STREAM.LEADER.STEPDOWN.$queue" >/dev/null && continue
        [ "$(consumer_leader $queue)" = $1 ] && api "\$JS.API.CONSUMER.LEADER.STEPDOWN.$queue.coders" >/dev/null && continue
        return 0
    done
    bad "$1 leads for ever"
}
# Two of three servers are gone at once: nothing is decided any more, until one is back.
quorum_lost() {
    submit || return
    work_on w1 $queue.db --rate 64; one=$worker
    within 180 holds $queue.db 1 || { bad "nothing came in"; return; }
    lead_not n3 || return
    nats_kill n1
    nats_kill n2
    within 180 blind || bad "one server of three goes on alone"
    gone $one && bad "the worker did not wait: $(cat $queue.w1.err)"
    nats_start n1
    nats_start n2
    ends $one $queue.db
    same $queue.db
}

# A batch is committed while the consumer has no leader, so that its acknowledgements reach nobody: they are sent again, and the worker does not stand
# still until the pages come back.
acks_lost() {
    submit || return
    ack_wait=600
    work_on w1 $queue.db --stream nats://10.77.0.1:4222; one=$worker
    freeze $one $queue.db || return
    n=$(held $queue.db)
    lead_not n1 || return
    nats_kill n2
    nats_kill n3
    within 180 blind || bad "one server of three goes on alone"
    kill -CONT $one
    within 180 holds $queue.db $((n + 1)) || bad "the batch at hand was not committed"
    nats_start n2
    nats_start n3
    ends $one $queue.db
    same $queue.db
}

# A worker that hears and says nothing any more, with pages at hand: another gets them; it comes back late, commits what it has, and is not counted twice.
worker_cut_off() {
    postgres && submit || return
    work_on w1 $url; one=$worker
    freeze $one $url || return
    cut_off w1 n1 n2 n3
    kill -CONT $one
    work_on w2 $url; two=$worker
    ends $two $url
    same $url || return
    heal w1
    ends $one $url
    same $url
}

# Pages that were submitted before, and are in the store.
submitted_twice() {
    submit && submit || return
    [ "$(left $queue)" = $PAGES ] || { bad "$(left $queue) pages on the queue"; return; }
    work_on w1 $queue.db
    ends $worker $queue.db && same $queue.db || return
    queue=$queue-again
    submit
    work_on w1 $queue.db; first=$worker
    work_on w2 $queue.db
    ends $worker $queue.db && ends $first $queue.db && same $queue.db
}

# A worker loses the store in the middle of its transaction: that is undone by the server before long, so that others can write; it comes back late.
worker_cut_from_store() {
    postgres && submit || return
    work_on w1 $url; one=$worker
    deadline=$(($(date +%s) + 180))
    until [ "$(writes w1)" = 1 ]; do
        kill -CONT $one 2>/dev/null || { bad "the worker ended before: $(cat $queue.w1.err)"; return; }
        [ "$(date +%s)" -lt $deadline ] || { bad "the worker was not seen writing"; return; }
        [ "$(writes w1)" = 1 ] && kill -STOP $one
    done
    cut_off w1 db
    kill -CONT $one
    work_on w2 $url; two=$worker
    ends $two $url
    same $url || return
    heal w1
    ends $one $url
    same $url
}
# sessions of HOST that hold the writers' lock
writes() {
    pg_ask ${url##*/} "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND client_addr = '$(address $1)' AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
}
waits() { grep -q 'waiting for it' $queue.$1.err; }

# PostgreSQL crashes under two workers, and is started again when they have noticed.
server_restarted() {
    postgres && submit || return
    work_on w1 $url; one=$worker
    work_on w2 $url; two=$worker
    freeze $one $url || return
    pg_kill
    kill -CONT $one
    within 180 waits w1 || bad "the worker does not say that the store is away"
    pg_start || bad "PostgreSQL: $(tail -n 1 "$work/pg.out")"
    ends $one $url
    ends $two $url
    same $url
}

# The disk of the store is full: one worker is told to stop, one waits until there is room.
disk_full() {
    mkdir -p "$work/disk"
    mount -t tmpfs -o size=1500k none "$work/disk" 2>mount.err || { echo "     skipped: no tmpfs here: $(head -n 1 mount.err)"; return; }
    disk=$work/disk
    submit || return
    work_on w1 disk/x.db; one=$worker
    within 180 waits w1 || { bad "the worker does not say that the disk is full: $(cat $queue.w1.err)"; return; }
    grep -q 'full' $queue.w1.err || bad "why it waits: $(cat $queue.w1.err)"
    work_on w2 disk/x.db; two=$worker
    within 180 waits w2 || { bad "the second worker does not say that the disk is full: $(cat $queue.w2.err)"; return; }
    kill -TERM $one
    within 180 gone $one || bad "SIGTERM does not end a worker that waits"
    wait $one
    [ $? = 1 ] || bad "a worker that was stopped while the disk was full did not end with status 1"
    gone $two && bad "the second worker did not wait"
    [ "$(held disk/x.db)" -lt $PAGES ] || bad "all pages went onto a full disk"
    mount -o remount,size=64m "$disk"
    ends $two disk/x.db
    same disk/x.db
    umount "$disk" && disk=
}

# ---- all of them ----

passed=0 failed=0
for fault in $faults; do
    queue=$fault first_bad= ack_wait= begun=$(date +%s)
    case $fault in
    stream-leader | consumer-leader) name=${fault%-leader}_leader_killed ;;
    *) name=$(echo $fault | tr - _) ;;
    esac
    $name
    # what a fault that failed has left
    for h in w1 w2; do
        heal $h
        pids=$(ip netns pids "$net-$h")
        [ -z "$pids" ] || { kill -CONT $pids; kill -KILL $pids; } 2>/dev/null
    done
    if [ -z "$first_bad" ]; then
        passed=$((passed + 1)) word=ok
    else
        failed=$((failed + 1)) word=FAILED
    fi
    echo "$word $fault ($(($(date +%s) - begun)) s)"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
