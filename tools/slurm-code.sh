#!/bin/sh
#SBATCH --job-name=chancery
# tools/slurm-code.sh LIST OUT -- a Slurm array job: task I of N codes lines I, I+N, … of LIST (paths of pages and containers) and writes
# OUT/I-of-N.jsonl, records a JSON line a page. The file has its name only when it is whole, so a job that is sent again does what is
# missing and no more. `sbatch --array=0-15 --cpus-per-task=4 tools/slurm-code.sh LIST OUT`
#
# $CHANCERY names the program (default: chancery of the PATH). Status 1 with the file whole: some page failed, which the job's log names.
set -eu
[ $# = 2 ] && [ -n "${SLURM_ARRAY_TASK_ID:-}" ] || { echo "usage: sbatch --array=0-N tools/slurm-code.sh LIST OUT" >&2; exit 2; }
list=$1 out=$2
first=${SLURM_ARRAY_TASK_MIN:-0}
n=$((${SLURM_ARRAY_TASK_MAX:-$SLURM_ARRAY_TASK_ID} - first + 1)) i=$((SLURM_ARRAY_TASK_ID - first))
whole=$out/$i-of-$n.jsonl part=$out/.$i-of-$n.${SLURM_JOB_ID:-$$}.part
[ ! -e "$whole" ] || exit 0
mkdir -p "$out"
trap 'rm -f "$part"' EXIT
status=0
awk -v n="$n" -v i="$i" '(NR - 1) % n == i { printf "%s%c", $0, 0 }' "$list" |
    xargs -0 -r "${CHANCERY:-chancery}" code --raw --quiet -j "${SLURM_CPUS_PER_TASK:-1}" >"$part" || status=$?
[ "$status" = 0 ] || [ "$status" = 123 ] || exit "$status"   # 123: xargs', where the program ended with 1 to 125
[ "$status" = 0 ] || [ -s "$part" ] || exit 1   # nothing at all was coded: no model, no program
mv "$part" "$whole"
[ "$status" = 0 ] || exit 1
