#!/bin/sh
# test/fault/recode.sh CHANCERY DUMP ROOT -- `chancery recode` on PostgreSQL, with decisions in the store: killed half-way, it goes on with the pages
# that are left, and the store is then what an undisturbed recode of a copy (an SQLite file) leaves, byte for byte. Without a server
# installed: status 77 (skipped).
set -u
chancery=$(realpath "$1") dump=$(realpath "$2") root=$(realpath "$3")
work=$(mktemp -d)
postgres() { sh "$root/tools/postgres.sh" "$work/pg" "$1"; }
trap 'postgres kill >/dev/null 2>&1; rm -rf "$work"' EXIT
unset CHANCERY_STORE CHANCERY_ACTORS CHANCERY_FRAMES
export CHANCERY_AUTHOR=desk
. "$root/test/work/pages.sh"
chmod 755 "$work"
cd "$work" || exit 1
. "$root/test/ok.sh"
url=$(postgres start) || { [ $? = 77 ] && echo "skipped: no PostgreSQL here; apt-get install postgresql-15" && exit 77; exit 1; }
# the id of the Nth event of a mode
event() { "$chancery" events --store "$url" --mode "$1" --json | sed -n "$2s/^.\"id\":\"\([0-9a-f]*\)\".*/\1/p"; }
left() { "$chancery" coverage --versions --json --store "$url" | grep -o '"lexicon_version":"[^"]*"' | sort -u | wc -l; }

mkdir pages
pages 160 pages
run add -q --store "$url" pages
ok "pages added" is $status 0
why="--reason seen --store $url"
run review --reject "$(event visit 1)" $why; ok "rejected" is $status 0
run review --set date=2003-06-01 place=FRA "$(event visit 2)" $why; ok "edited" is $status 0
run review --split "$(event visit 3)" $why; ok "split" is $status 0
run review --merge "$(event visit 4)" "$(event visit 5)" $why; ok "merged" is $status 0
run review --same-actor "the palace" "Old Palace" $why; ok "one name for another" is $status 0
run store copy "$url" copy.db
ok "copied" is $status 0

# A lexicon of one's own makes it another reading: each page says which.
run actors add "Ann Palace" --of FRA --office Chairman --actors own.txt
run recode -q --store copy.db --actors own.txt
ok "undisturbed: status 0" is $status 0

# Killed when some pages are read anew and others are not: seen in the store, not guessed by the clock.
killed=no
"$chancery" recode -q -j 1 --store "$url" --actors own.txt 2>err &
pid=$!
tries=0
while [ $tries -lt 3000 ] && kill -0 $pid 2>/dev/null; do
    [ "$(left)" = 1 ] || { kill -9 $pid && killed=yes; break; }
    tries=$((tries + 1))
done
wait $pid 2>/dev/null
ok "killed half-way" is $killed yes
ok "half-way: some pages say the older lexicon" is "$(left)" 2
run store check --store "$url"
ok "half-way: the store is whole" is $status 0
run recode --store "$url" --actors own.txt
ok "resumed: status 0" is $status 0
ok "resumed: it says so" grep -q 'broken off' err
ok "resumed: all pages say the newer lexicon" is "$(left)" 1
"$dump" "$url" >one.dump && "$dump" copy.db >two.dump
ok "the store is that of an undisturbed recode" cmp -s one.dump two.dump
ok "and not empty" [ "$(wc -l <one.dump)" -gt 1000 ]
run review --list --json --store "$url"
ok "decisions hold" is "$(grep -c '"state":"holds"' out)" "$(wc -l <out)"
tally
