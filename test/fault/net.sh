# test/fault/net.sh -- hosts of a small network, each a network namespace on one switch (a bridge in a namespace of its own, so that nothing of
# this machine's own network is touched): n1 n2 n3 a cluster of nats-servers, db a PostgreSQL server, w1 w2 workers, ctl who looks on.
# Names carry the process id, addresses are seen inside only: runs beside each other do not meet. Sourced; needs $root and $work.

net=chf$$
hosts="n1 n2 n3 db w1 w2 ctl"
STREAM=nats://10.77.0.1:4222,nats://10.77.0.2:4222,nats://10.77.0.3:4222
STORE="postgresql://chancery@10.77.0.9/chancery"

address() {
    case $1 in
    n?) echo "10.77.0.${1#n}" ;;
    db) echo 10.77.0.9 ;;
    w?) echo "10.77.0.1${1#w}" ;;
    ctl) echo 10.77.0.20 ;;
    esac
}

# on HOST COMMAND…: the process that runs is the command itself, so $! is its own
on() { h=$1; shift; exec ip netns exec "$net-$h" "$@"; }
at() { h=$1; shift; ip netns exec "$net-$h" "$@"; }
pause() { timeout 0.1 tail -f /dev/null; }

# within SECONDS COMMAND…: asked again until it is so
within() {
    deadline=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -lt $deadline ] || return 1
        pause
    done
    return 0
}

# 77: namespaces are refused here
net_up() {
    [ "$(id -u)" = 0 ] || { echo "skipped: network namespaces want root"; return 77; }
    for tool in ip iptables nats-server; do
        command -v $tool >/dev/null || [ -x /usr/sbin/$tool ] || { echo "skipped: $tool is not installed (tools/deps.sh --test)"; return 77; }
    done
    ip netns add "$net-sw" 2>"$work/net.err" || { echo "skipped: no network namespaces here: $(head -n 1 "$work/net.err")"; return 77; }
    at sw ip link add br0 type bridge 2>"$work/net.err" || { echo "skipped: no bridge here: $(head -n 1 "$work/net.err")"; return 77; }
    at sw ip link set br0 up
    for host in $hosts; do
        ip netns add "$net-$host" &&
            ip link add eth0 netns "$net-$host" type veth peer name "$host" netns "$net-sw" &&
            at sw ip link set "$host" master br0 up &&
            at $host ip addr add "$(address $host)/24" dev eth0 &&
            at $host ip link set eth0 up && at $host ip link set lo up || return 1
    done
}

# All that still runs in these namespaces was started here.
net_down() {
    for host in $hosts sw; do
        pids=$(ip netns pids "$net-$host" 2>/dev/null)
        [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
        ip netns del "$net-$host" 2>/dev/null
    done
}

# cut HOST [FROM…]: no packet goes or comes any more, and nobody is told
cut_off() {
    host=$1
    shift
    for from in ${*:-any}; do
        a=0.0.0.0/0
        [ $from = any ] || a=$(address $from)
        at $host iptables -w -I OUTPUT -d $a -j DROP
        at $host iptables -w -I INPUT -s $a -j DROP
    done
}
heal() { at $1 iptables -w -F; }

# ---- the cluster of nats-servers ----

nats_start() {
    # SERVER
    mkdir -p "$work/$1"
    ip netns exec "$net-$1" nats-server -js -sd "$work/$1/js" -n "$1" -a "$(address $1)" -p 4222 --cluster_name c --cluster "nats://$(address $1):6222" \
        --routes nats://10.77.0.1:6222,nats://10.77.0.2:6222,nats://10.77.0.3:6222 -l "$work/$1/log" >/dev/null 2>&1 &
    echo $! >"$work/$1/pid"
}
nats_kill() {
    pid=$(cat "$work/$1/pid")
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    rm -f "$work/$1/pid"
}

# api REQUEST: what JetStream says to it, of whichever server answers
api() {
    for server in n1 n2 n3; do
        [ -e "$work/$server/pid" ] || continue
        at ctl timeout 3 bash -c 'exec 3<>/dev/tcp/$1/4222; printf "CONNECT {\"verbose\":false}\r\nSUB answer 1\r\nPUB $2 answer 0\r\n\r\n" >&3
            while read -r line <&3; do case $line in *\"type\":*) printf "%s\n" "$line"; exit 0 ;; esac; done; exit 1' api "$(address $server)" "$1" 2>/dev/null |
            grep -v '"error"' && return 0
    done
    return 1
}
# All three listen, and have a leader.
servers_up() {
    for server in n1 n2 n3; do
        at ctl timeout 3 bash -c 'exec 3<>/dev/tcp/$1/4222' up "$(address $server)" 2>/dev/null || return 1
    done
    api '$JS.API.INFO' >/dev/null
}
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }
leader() { sed -n 's/.*"leader":"\([^"]*\)".*/\1/p'; }
stream_leader() { api "\$JS.API.STREAM.INFO.$1" | leader; }
consumer_leader() { api "\$JS.API.CONSUMER.INFO.$1.coders" | leader; }
has_leaders() { [ -n "$(stream_leader $1)" ] && [ -n "$(consumer_leader $1)" ]; }
# pages at hand of workers; -1: nobody knows
at_hand() { n=$(api "\$JS.API.CONSUMER.INFO.$1.coders" | number num_ack_pending); echo "${n:--1}"; }
left() { n=$(api "\$JS.API.STREAM.INFO.$1" | number messages); echo "${n:--1}"; }

# ---- PostgreSQL ----

pg_start() { LISTEN=$(address db) at db sh "$root/tools/postgres.sh" "$work/pg" start >"$work/pg.out" 2>&1; }
pg_kill() { at db sh "$root/tools/postgres.sh" "$work/pg" kill >>"$work/pg.out" 2>&1; }
# a data base of its own for each fault; its address from the hosts
pg_make() { /usr/lib/postgresql/15/bin/createdb -h "$work/pg" -U chancery -T template0 -E UTF8 "$1" && echo "postgresql://chancery@10.77.0.9/$1"; }
pg_ask() { psql -h "$work/pg" -U chancery -d "$1" -Atqc "$2"; }
