#!/bin/sh
# test/work/slurm.sh CHANCERY ROOT -- tools/slurm-code.sh as Slurm would run it, by a stand-in that sets what sbatch sets for a task of an
# array: the tasks together code each page once, as one run does; what is whole is not done again, a task that was torn off is. Then under a
# Slurm of one node (tools/slurm.sh), where its packages are there; a line says where they are not.
set -u
chancery=$(realpath "$1") root=$(realpath "$2")
work=$(mktemp -d)
trap 'sh "$root/tools/slurm.sh" "$work/slurm" stop; rm -rf "$work"' EXIT
export CHANCERY="$chancery"
unset CHANCERY_STORE CHANCERY_ACTORS CHANCERY_FRAMES
. "$root/test/work/pages.sh"
cd "$work" || exit 1
. "$root/test/ok.sh"
task() { SLURM_ARRAY_TASK_ID=$1 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=$2 SLURM_JOB_ID=7$1 sh "$root/tools/slurm-code.sh" list out 2>err; }

mkdir pages
pages 23 pages
mv pages/p0003.txt 'pages/two words.txt'
ls pages/*.txt >list
"$chancery" code --raw -q pages/*.txt | sort >alone
for i in 0 1 2 3; do task $i 3; ok "task $i: 0" is $? 0; done
ok "a file a task" is "$(ls out | tr '\n' ' ')" "0-of-4.jsonl 1-of-4.jsonl 2-of-4.jsonl 3-of-4.jsonl "
cat out/*.jsonl | sort >tasks
ok "each page once, as one run codes it" cmp -s alone tasks
echo kept >out/1-of-4.jsonl
rm out/2-of-4.jsonl
for i in 1 2; do task $i 3; done
ok "what is whole is left alone" is "$(cat out/1-of-4.jsonl)" kept
ok "what is not there is done" is "$(wc -l <out/2-of-4.jsonl | tr -d ' ')" 6
rm -rf out
CHANCERY=/nowhere/chancery task 0 3
ok "no program: a failure" [ $? != 0 ]
ok "no program: nothing is called whole" is "$(ls -A out)" ""
echo nowhere.txt >>list
task 3 3
ok "a page that is not there: 1" is $? 1
ok "a page that is not there: named" grep -q nowhere.txt err
ok "a page that is not there: the others are done" is "$(wc -l <out/3-of-4.jsonl | tr -d ' ')" 5

# ---- under a Slurm ----
sed -i '$d' list
if SLURM_CONF=$(sh "$root/tools/slurm.sh" "$work/slurm" start 2>slurm.err); then
    export SLURM_CONF
    timeout 90 sbatch --wait --quiet --array=0-3 --output=job-%a.log "$root/tools/slurm-code.sh" list real 2>err
    status=$?
    ok "sbatch: the job ends well ($(cat err job-*.log 2>/dev/null | tail -n 1))" is $status 0
    ok "sbatch: a file a task" is "$(ls real | tr '\n' ' ')" "0-of-4.jsonl 1-of-4.jsonl 2-of-4.jsonl 3-of-4.jsonl "
    cat real/*.jsonl | sort >tasks
    ok "sbatch: each page once, as one run codes it" cmp -s alone tasks
    echo kept >real/2-of-4.jsonl
    rm real/3-of-4.jsonl
    timeout 90 sbatch --wait --quiet --array=0-3 --output=job-%a.log "$root/tools/slurm-code.sh" list real 2>err
    ok "sbatch, sent again: what is whole is left alone, what is not there is done" is "$(cat real/2-of-4.jsonl) $(wc -l <real/3-of-4.jsonl | tr -d ' ')" "kept 5"
    echo nowhere.txt >>list
    rm -r real
    timeout 90 sbatch --wait --quiet --array=0-3 --output=job-%a.log "$root/tools/slurm-code.sh" list real 2>err
    ok "sbatch, a page that is not there: the job failed" [ $? != 0 ]
    ok "sbatch, a page that is not there: named in its log" grep -q nowhere.txt job-3.log
elif [ $? = 77 ]; then
    echo "not under a Slurm: $(tail -n 1 slurm.err)"
else
    ok "a Slurm: $(tail -n 1 slurm.err)" false
fi
tally
