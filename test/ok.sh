# test/ok.sh -- what shell tests have in common; sourced behind "cd" into a folder of their own.
#
#     ok "full disk: status 1" is $? 1        counts, and says what failed, with the beginning of ./out and ./err
#     run add pages                           $chancery with its output in ./out and ./err, its status in $status
#     tally; exit                             the last line, and the status that goes with it
passed=0 failed=0
ok() {
    # WHAT CONDITION…
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $what"
        head -n 5 out err 2>/dev/null
    fi
}
is() { [ "$1" = "$2" ]; }
one_line() { [ "$(wc -l <err)" = 1 ] && grep -q "$1" err; }
run() { "$chancery" "$@" >out 2>err; status=$?; }
tally() {
    echo "$passed passed, $failed failed"
    [ $failed = 0 ]
}
