#!/bin/sh
# tools/nats.sh DIR start [NATS-SERVER-OPTION...]|stop|kill|url|pid -- a throw-away NATS server with JetStream, for tests: everything it
# writes is in DIR, its port is one that is free (or that of its last run), on 127.0.0.1.
#
# start ends when the server answers, and prints its URL; NATS_JS= starts it without JetStream. Status 77: nats-server is not installed.
set -eu
usage() {
    echo "usage: tools/nats.sh DIR start [OPTION...]|stop|kill|url|pid" >&2
    exit 2
}
[ $# -ge 2 ] || usage
dir=$1 what=$2
shift 2

# The server greets whoever connects ("INFO {…}"); with that it takes requests.
greets() {
    timeout 1 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1 && read -r line <&3 && case \$line in INFO*) exit 0 ;; *) exit 1 ;; esac" 2>/dev/null
}

case $what in
start)
    server=$(command -v nats-server || echo /usr/sbin/nats-server)
    [ -x "$server" ] || { echo "nats.sh: nats-server is not installed (tools/deps.sh)" >&2; exit 77; }
    mkdir -p "$dir/js"
    rm -f "$dir"/*.ports
    port=$(cat "$dir/port" 2>/dev/null || echo -1)
    "$server" ${NATS_JS--js -sd "$dir/js"} -a 127.0.0.1 -p "$port" --ports_file_dir "$dir" -l "$dir/log" "$@" >/dev/null 2>&1 &
    echo $! >"$dir/pid"
    tries=0
    while :; do
        port=$(sed -n 's|.*"nats":\["nats://[^:]*:\([0-9]*\)".*|\1|p' "$dir"/*.ports 2>/dev/null | tr -d '\n' || :)
        [ -n "$port" ] && greets "$port" && break
        kill -0 "$(cat "$dir/pid")" 2>/dev/null || { echo "nats.sh: the server ended: $(tail -n 1 "$dir/log")" >&2; exit 1; }
        tries=$((tries + 1))
        [ $tries -lt 100 ] || { echo "nats.sh: the server does not answer" >&2; exit 1; }
        timeout 0.1 tail -f /dev/null || :
    done
    echo "$port" >"$dir/port"
    echo "nats://127.0.0.1:$port"
    ;;
url) echo "nats://127.0.0.1:$(cat "$dir/port")" ;;
pid) cat "$dir/pid" ;;
stop | kill)
    pid=$(cat "$dir/pid" 2>/dev/null) || exit 0
    signal=TERM
    [ $what = kill ] && signal=KILL
    kill -$signal "$pid" 2>/dev/null || exit 0
    timeout 10 tail --pid="$pid" -f /dev/null || kill -KILL "$pid" 2>/dev/null || :
    rm -f "$dir/pid"
    ;;
*) usage ;;
esac
