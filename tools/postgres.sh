#!/bin/sh
# tools/postgres.sh DIR start|stop|kill|url -- a throw-away PostgreSQL server of Debian's package (postgresql-15), for tests and demo.
#
# All of it is in DIR, and it listens at a socket there only: no TCP, no password, and no fsync, so nothing that matters goes into it. As root it
# runs as the user "postgres" (else "nobody"), for PostgreSQL refuses root. `start` prints the address for --store, as `url` does. With LISTEN=ADDRESS
# in the environment it listens there as well (port 5432, hosts of its own networks are trusted). `kill` is a crash: nothing is closed in good order.
set -eu

[ $# = 2 ] || { echo "usage: tools/postgres.sh DIR start|stop|kill|url" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
bin=
for d in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
    [ -x "$d/initdb" ] && bin=$d && break
done
[ -n "$bin" ] || { echo "postgres: no server here; apt-get install postgresql-15" >&2; exit 77; }

run() {
    if [ "$(id -u)" = 0 ]; then
        user=postgres
        id postgres >/dev/null 2>&1 || user=nobody
        chown -R "$user" "$dir"
        (cd / && runuser -u "$user" -- "$@")
    else
        "$@"
    fi
}

url() {
    # the path of a socket is at most 107 bytes long
    echo "postgresql:///chancery?host=$dir&user=chancery"
}

case $2 in
start)
    if [ ! -d "$dir/data" ]; then
        run "$bin/initdb" -D "$dir/data" -U chancery -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
            { cat "$dir/initdb.log" >&2; exit 1; }
    fi
    [ -z "${LISTEN:-}" ] || grep -q "^host all all samenet" "$dir/data/pg_hba.conf" || echo "host all all samenet trust" >>"$dir/data/pg_hba.conf"
    run "$bin/pg_ctl" -w -s -D "$dir/data" -l "$dir/server.log" start \
        -o "-c listen_addresses='${LISTEN:-}' -c unix_socket_directories='$dir' -c fsync=off -c full_page_writes=off -c shared_buffers=128MB"
    "$bin/psql" -h "$dir" -U chancery -d postgres -Atqc "SELECT 1 FROM pg_database WHERE datname = 'chancery'" | grep -q 1 ||
        "$bin/createdb" -h "$dir" -U chancery chancery
    url
    ;;
stop)
    run "$bin/pg_ctl" -w -s -D "$dir/data" -m fast stop
    ;;
kill)
    run "$bin/pg_ctl" -w -s -D "$dir/data" -m immediate stop
    ;;
url)
    url
    ;;
*)
    echo "usage: tools/postgres.sh DIR start|stop|kill|url" >&2
    exit 2
    ;;
esac
