#!/bin/sh
# tools/slurm.sh DIR start|stop -- a throw-away Slurm of one node, this host, of Debian's packages (slurm-wlm, munge), for tests: slurmctld, slurmd and
# munged without systemd, with a key of their own; everything they write is in DIR, their ports are free ones on 127.0.0.1.
#
# start ends when the node takes jobs, and prints the path of its slurm.conf, to be put into SLURM_CONF for sbatch and squeue. Status 77: it cannot
# run here (packages, root), which is said in one line. slurmd wants root; its jobs run as whoever submits them.
set -eu
[ $# = 2 ] || { echo "usage: tools/slurm.sh DIR start|stop" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
conf=$dir/slurm.conf
pause() { timeout 0.1 tail -f /dev/null || :; }

stop() {
    for what in slurmd slurmctld munged; do
        pid=$(cat "$dir/$what.pid" 2>/dev/null) || continue
        kill "$pid" 2>/dev/null || continue
        timeout 10 tail --pid="$pid" -f /dev/null || kill -KILL "$pid" 2>/dev/null || :
        rm -f "$dir/$what.pid"
    done
}

# N ports that nobody listens at
ports() {
    awk -v n="$1" -v seed=$$ 'FNR > 1 { split($2, a, ":"); used[a[2]] = 1 }
        END { for (p = 20000 + seed % 9000; n && p < 32000; p++) if (!(sprintf("%04X", p) in used)) { print p; n-- } }' /proc/net/tcp
}

case $2 in
start)
    for tool in slurmctld slurmd munged; do
        [ -x "/usr/sbin/$tool" ] || { echo "slurm.sh: $tool is not installed; apt-get install slurm-wlm munge" >&2; exit 77; }
    done
    [ "$(id -u)" = 0 ] || { echo "slurm.sh: slurmd wants root" >&2; exit 77; }
    set -- $(ports 2)
    host=$(hostname -s)
    mkdir -p "$dir/state" "$dir/spool"
    (umask 077 && head -c 128 /dev/urandom >"$dir/munge.key")
    cat >"$conf" <<CONF
ClusterName=chancery
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
SlurmdPort=$2
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.own.pid
SlurmdPidFile=$dir/slurmd.own.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
ReturnToService=1
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    trap 'code=$?; [ $code = 0 ] || stop' EXIT
    munged --foreground --force --key-file "$dir/munge.key" --socket "$dir/munge.socket" --pid-file "$dir/munged.own.pid" --log-file "$dir/munged.log" \
        --seed-file "$dir/munge.seed" >"$dir/munged.out" 2>&1 &
    echo $! >"$dir/munged.pid"
    tries=0
    until [ -S "$dir/munge.socket" ] || [ $tries -ge 100 ]; do tries=$((tries + 1)); pause; done
    slurmctld -D -f "$conf" >"$dir/slurmctld.out" 2>&1 &
    echo $! >"$dir/slurmctld.pid"
    slurmd -D -f "$conf" -N "$host" >"$dir/slurmd.out" 2>&1 &
    echo $! >"$dir/slurmd.pid"
    tries=0
    until SLURM_CONF=$conf timeout 5 sinfo -h -o %t 2>"$dir/sinfo.err" | grep -q '^idle'; do
        for what in munged slurmctld slurmd; do
            kill -0 "$(cat "$dir/$what.pid")" 2>/dev/null || { echo "slurm.sh: $what ended: $(cat "$dir/$what.out" | tail -n 1)" >&2; exit 1; }
        done
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { echo "slurm.sh: the node does not come up: $(tail -n 1 "$dir/slurmd.log")" >&2; exit 1; }
        pause
    done
    echo "$conf"
    ;;
stop) stop ;;
*)
    echo "usage: tools/slurm.sh DIR start|stop" >&2
    exit 2
    ;;
esac
