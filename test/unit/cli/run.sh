#!/bin/sh
# test/unit/cli/run.sh CHANCERY -- the command line: exit statuses, what goes where, shapes of lines, widths of tables, nothing of a page
# that acts on a terminal.
set -u
chancery=$(realpath "$1") root=$(realpath "$(dirname "$0")/../../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CHANCERY_STORE CHANCERY_MODEL CHANCERY_ACTORS COLUMNS
cd "$work" || exit 1
. "$root/test/ok.sh"
lines() { wc -l <"$1" | tr -d ' '; }

# ---- usage ----
run; ok "no command: 2" is $status 2
run dance; ok "unknown command: 2" is $status 2
ok "unknown command: named" grep -q dance err
run events --colour; ok "unknown option: 2" is $status 2
run events --limit many; ok "a limit that is no number: 2" is $status 2
run events --limit; ok "an option without its value: 2" is $status 2
run events --json --csv; ok "two views: 2" is $status 2
run pair AZE; ok "an argument missing: 2" is $status 2
run code --raw; ok "code --raw without files: 2" is $status 2
run parse --tokens --lines; ok "parse with both: 2" is $status 2
run completion tcsh; ok "no such shell: 2" is $status 2
run export --format runes; ok "no such format: 2" is $status 2
run export --format ftm --dictionary; ok "a dictionary wants columns: 2" is $status 2
run export --format csv --fill; ok "only series are filled: 2" is $status 2
run export --format gdelt --dictionary; ok "a dictionary wants no store" is "$status $(lines out)" "0 62"
run --help; ok "--help: 0" is $status 0
commands=$(sed -n 's/^  \([a-z]*\)  *.*/\1/p' out)
ok "--help lists commands" [ "$(echo "$commands" | wc -l)" -ge 25 ]
for c in $commands; do
    run "$c" --help
    ok "$c --help: 0" is $status 0
    ok "$c --help: usage" grep -q "usage: chancery $c" out
done
for shell in bash zsh fish; do
    run completion $shell
    ok "completion $shell: 0" is $status 0
    if command -v $shell >/dev/null; then
        $shell -n out 2>err
        ok "completion $shell: good $shell" is $? 0
    fi
    for c in $commands; do
        grep -q "$c" out || ok "completion $shell knows $c" false
    done
done
CHANCERY_MODEL=/nowhere/model.bin run version; ok "no model: 1" is $status 1
ok "no model: one line names it" grep -q /nowhere/model.bin err
run version; ok "version: 0" is $status 0

# ---- actors ----
run actors; ok "actors alone: 2" is $status 2
run actors dance; ok "actors dance: 2" is $status 2
run actors ask --on 1997-05-01 "President Aliyev met the pope."
ok "actors ask: 0" is $status 0
ok "actors ask: the one of that year" grep -q '"name":"Heydar Aliyev","party":"AZE"' out
run actors ask --on 1997-05-01 --csv "President Aliyev met the pope."
ok "actors ask --csv: a row a mention" is "$(grep -c '^1997-05-01,' out)" 2
printf '1997-05-01\tPresident Aliyev\n\377\n2018-05-01\tPresident Aliyev\n' >days
"$chancery" actors ask --batch <days >out 2>err; status=$?
ok "actors ask --batch: a broken line: 1" is $status 1
ok "actors ask --batch: which one" grep -q 'line 2: is not UTF-8' err
ok "actors ask --batch: the others, in order" is "$(sed 's/.*"name":"\([A-Za-z]*\) Aliyev".*/\1/' out | tr '\n' ' ')" "Heydar Ilham "
run actors add "Zorn Blackwater" --of AZE --office "Foreign Minister"; ok "actors add: 0" is $status 0
ok "actors add: beside the store" [ -f chancery.actors.txt ]
run actors add "Zorn Blackwater" --of AZE --office "Foreign Minister"; ok "actors add twice: 1" is $status 1
run actors add "Zorn Blackwater" --of AZE; ok "actors add without an office: 2" is $status 2
run actors list --mine; ok "actors list --mine: one" is "$(lines out)" 1
run actors list --on someday; ok "actors list of no day: 2" is $status 2
run version; ok "the lexicon's version tells of the file" grep -q '^lexicon: [0-9]*+[0-9a-f]*$' out
printf '{"id":1,"date":"2018-05-01","text":"Azerbaijani Foreign Minister Zorn Blackwater visited Cairo."}' >zorn.jsonl
run code zorn.jsonl; ok "code takes the file in" grep -q '"entity_text":"Zorn Blackwater"[^}]*"office":"Foreign Minister"' out
CHANCERY_ACTORS=/nowhere/a.txt run code zorn.jsonl; ok "no such file of actors: 1" is $status 1
printf 'Ann Lee\n' >bad.txt
run code --actors bad.txt zorn.jsonl; ok "a slip in it: 1" is $status 1
ok "a slip in it: one line, file and line" is "$(grep -c 'bad.txt:1: ' err)" 1
printf 'ILSE_MARN_\n\t[FRAGOV 030701-040331]\nGONE_\n' >dictionary
run actors import dictionary --table; ok "actors import: 0" is $status 0
ok "actors import: counts" grep -q '^dictionary (petrarch): 1 people with 1 terms' out
ok "actors import: what was not taken" grep -q "^  e.g. line 3 'GONE_': a name without a code" out
run actors import dictionary; ok "actors import twice: 1" is $status 1
rm chancery.actors.txt
run version --stats; ok "version --stats: dated holders" grep -q '^dated holders  *[0-9]' out

# ---- code ----
cat >in.jsonl <<'END'
{"id":"a","date":"1977-11-20","text":"The president of Egypt visited Israel on 19 November 1977.","mood":"ignored"}
{"id": broken

{"id":7,"date":"","text":"“Ça suffit,” said the foreign minister of France.\nHe left for Cairo on Monday."}
{"id":"c","date":"1977-11-20"}
{"id":"d","text":""}
[1,2]
END
run code in.jsonl
ok "code: broken lines: 1" is $status 1
ok "code: the others go on" is "$(lines out)" 3
ok "code: broken lines are named" is "$(grep -c 'line [257]:' err)" 3
ok "code: a line without text is named" grep -q 'line 5' err
for key in events quotes instruments roles positions tallies pledges gatherings initiatives relations marks times mentions; do
    ok "code: $key on each line" is "$(grep -c "\"$key\":\[" out)" 3
done
ok "code: ids as they were given" grep -q '^{"id":7,' out
ok "code: offsets are bytes" grep -q '"content":\[3,14\]' out
cp out one
"$chancery" code -j 4 <in.jsonl >many 2>/dev/null
ok "code: from standard input, with threads: the same" cmp -s one many
printf '{"id":"last","text":"No newline at the end."}' | "$chancery" code >out 2>err
ok "code: a last line without its newline" is "$(lines out)" 1
run code missing.jsonl in.jsonl; ok "code: missing file: 1" is $status 1
ok "code: missing file: the other is done" is "$(lines out)" 3

# ---- parse ----
printf 'Sadat flew to Jerusalem.\nHe met Begin there.\n' >two.txt
run parse two.txt
ok "parse: two sentences" is "$(grep -c '^# text' out)" 2
cp out tokens.conllu
run parse --tokens tokens.conllu
ok "parse --tokens: the same words" is "$(grep -c '^[0-9]' out)" "$(grep -c '^[0-9]' tokens.conllu)"
run parse . ; ok "parse of a folder: 1" is $status 1

# ---- clean ----
printf 'Visit of the king\n\nBAKU, 5 March 2012\n\nThe king of Ruritania \033[31mvisited\033[0m Baku on Monday and met the president of Azerbaijan there. \302\233[2J They spoke for two hours about trade, roads and railways.\n\nThe talks went well, the president said, and a new treaty will be signed in the autumn of this year.\n' >page.txt
: >empty.txt
head -c 3000 /dev/urandom >noise.bin
run clean page.txt empty.txt noise.bin
ok "clean: pages without an article: 1" is $status 1
ok "clean: each is named" is "$(grep -c ': no article' err)" 2
ok "clean: a line a page" is "$(lines out)" 3
ok "clean: one keeps its article" grep -q '^{"id":"page","text":"The king' out
ok "clean: text null where there is none" grep -q '"id":"empty","text":null' out
run clean --explain page.txt
ok "clean --explain: blocks" grep -q '"verdict":"article"' out
gzip -k page.txt
"$chancery" clean page.txt.gz | sed 's/page.txt.gz/page/' >a
"$chancery" clean page.txt >b
ok "clean: gzip is taken off, and its ending" cmp -s a b

# ---- containers ----
story=$(cat page.txt)
record() {
    # TYPE BLOCK
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Date: 2012-03-06T08:00:00Z\r\nWARC-Target-URI: http://ruritania.example/king\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "$(printf %s "$2" | wc -c | tr -d ' ')" "$2"
}
{ record warcinfo 'software: none'; record conversion "$story"; } >one.wet
{ cat one.wet; printf 'no record\n'; record conversion "$story"; printf 'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP'; } >broken.wet
printf '{"headline":"Visit of the king","articleBody":"The king of Ruritania visited Baku on Monday.","datePublished":"2012-03-06T08:00:00Z","id":"n1"}\n{"headline":"None"}\n' >news.jsonl
printf '{"html":"<html><head><meta property=\\"og:site_name\\" content=\\"Ruritania Herald\\"></head><body><article><h1>Visit of the king</h1><p>The king of Ruritania visited Baku on Monday and met the president of Azerbaijan there. They spoke for two hours about trade, roads and railways.</p><p>The talks went well, the president said, and a new treaty will be signed in the autumn of this year.</p></article></body></html>"}\n' >herald.jsonl
mkdir -p packed/sub && cp page.txt packed/ && cp one.wet packed/sub/
tar cf - packed | gzip -c >packed.tar.gz
run clean one.wet; ok "clean: WET: 0" is $status 0
ok "clean: WET: a line a page" is "$(lines out)" 1
gzip -c one.wet | "$chancery" clean - >out 2>err; status=$?
ok "clean: WET on standard input, gzipped" is "$status$(lines out)" 01
run clean broken.wet; ok "clean: broken records: 1" is $status 1
ok "clean: broken records: the good ones are read" is "$(lines out)" 2
ok "clean: broken records: a line each, with its number" is "$(grep -c '^chancery: broken.wet#[35]: ' err)" 2
run clean news.jsonl; ok "clean: JSON lines: one has no text" is "$status$(lines out)" 11
ok "clean: JSON lines: known names" grep -q '^{"id":"n1","text":"The king of Ruritania visited Baku on Monday.","title":"Visit of the king".*"date":"2012-03-06"' out
ok "clean: JSON lines: which line" grep -q '^chancery: news.jsonl#2: has no text' err
run clean --map text=headline news.jsonl; ok "clean --map" is "$status$(lines out)$(grep -c '"text":"None"' out)" 021
run clean --map nonsense news.jsonl; ok "clean --map with a slip: 2" is $status 2
run code --raw news.jsonl one.wet; ok "code --raw of containers" is "$(lines out)" 2
ok "code --raw: a record is named by its number" grep -q '"page":"one.wet#2"' out
run clean packed.tar.gz packed; ok "clean: an archive, and a folder that is the same" is "$status$(lines out)" 04

# ---- store ----
export CHANCERY_STORE=$work/s.db
run add page.txt empty.txt nowhere.txt
ok "add: a missing page: 1" is $status 1
ok "add: named" grep -q nowhere.txt err
ok "add: one line of summary" is "$(lines out)" 1
ok "add: counted" grep -q '^2 pages added.*1 failed' out
run add page.txt
ok "add again: 0" is $status 0
ok "add again: known" grep -q '^0 pages added, 1 known' out
run add one.wet packed.tar.gz news.jsonl
ok "add: containers: what is known, what is new" grep -q '^2 pages added, 2 known, 1 failed' out
ok "add: containers: what was passed over" grep -q ', 2 records that are no page passed over' out
run pages --json; ok "add: containers: where a page is from" grep -q '"url":' out
run add herald.jsonl; ok "add: a page in JSON" is $status 0
run pages --json --page herald.jsonl; ok "add: what the page says of itself outlives the line" grep -q '"outlet":"Ruritania Herald"' out
for every in 10 0m 8d m 10x; do run watch --every $every http://x.example; ok "watch --every $every: 2" is $status 2; done
run watch --delay soon http://x.example; ok "watch --delay soon: 2" is $status 2
echo '<html>no feed</html>' >nofeed
echo '<rss><item><link>http://127.0.0.1:9/1</link></item></rss>' >feed.xml
run watch --once --delay 0 nofeed nowhere feed.xml; ok "watch: what cannot be read: 1" is $status 1
ok "watch: each is named" is "$(grep -c '^chancery: \(nofeed: is no feed\|nowhere: cannot open\|http://127.0.0.1:9/1: leads into a private\)' err)" 3
ok "watch: state beside the store" [ -s s.watch.json ]
ok "watch: a summary" grep -q '^0 pages added, 0 known, 3 failed' out
mkdir -p folder/b folder/.hidden
cp page.txt folder/b/x.txt
echo more >>folder/b/x.txt
cp page.txt folder/.hidden/y.txt
run add folder
ok "add: folders are opened up, hidden ones left out" grep -q '^1 page added, 0 known' out
run add - <two.txt
ok "add: standard input" grep -q '^1 page added' out
for register in events visits meetings letters instruments quotes roles positions tallies pledges gatherings initiatives relations marks pages; do
    run $register
    ok "$register: 0" is $status 0
    ok "$register: JSON lines when piped" is "$(grep -cv '^{"id":"[0-9a-f]\{32\}",.*}$' out)" 0
    run $register --csv
    ok "$register --csv: a header" is "$(head -n 1 out | tr -d '\r' | grep -c ',id$')" 1
    for width in 30 60 100; do
        COLUMNS=$width "$chancery" $register --table >out 2>err
        ok "$register --table: fits $width columns" [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le $width ]
        ok "$register --table: no control characters" is "$(LC_ALL=C tr -d '\n -~\200-\377' <out | wc -c | tr -d ' ')" 0
    done
done
for n in 1 2 3; do
    printf '<html><head><meta property="article:published_time" content="2018-09-0%d"></head><body><article><h1>News of the day</h1><p>Finnish Culture Minister Aino Virtalahti opened the book fair number %d in Turku on Monday. She spoke of poets for an hour, and the guests from the other Nordic countries listened to her with patience.</p></article></body></html>' $n $n >aino$n.html
done
run add -q aino1.html aino2.html aino3.html
run actors learn --table; ok "actors learn: 0" is $status 0
ok "actors learn: a diff" grep -q '^+Aino Virtalahti$' out
ok "actors learn: nothing is written" [ ! -e s.actors.txt ]
: >s.actors.txt
cp s.actors.txt patched
if command -v patch >/dev/null; then
    "$chancery" actors learn --table 2>/dev/null | patch -s patched
    ok "actors learn: patch takes it" grep -q '^Aino Virtalahti$' patched
fi
run actors learn --accept -q; ok "actors learn --accept: 0" is $status 0
ok "actors learn --accept: it is in the file" grep -q '^	FIN | .*Minister' s.actors.txt
run actors learn --json; ok "actors learn again: nothing" is "$status$(lines out)" 00
rm s.actors.txt
page=$("$chancery" pages --json --page page.txt | cut -c 8-19)
run show --table "$page"; ok "show: 0" is $status 0
ok "show: the text" grep -q 'king of Ruritania' out
ok "show: no escape of a page gets through" is "$(LC_ALL=C grep -c "$(printf '\033')" out)" 0
ok "show: nor a C1 control" is "$(LC_ALL=C grep -c "$(printf '\302\233')" out)" 0
run search --table ruritania; ok "search: found" grep -q 'king of Ruritania' out
run search '"'; ok "search for nothing: 1" is $status 1
run quotes --search '"'; ok "quotes --search for nothing: 2" is $status 2
run quotes --on weather; ok "quotes --on what is no context: not done" [ $status != 0 ]
run quotes --variants 0; ok "quotes --variants with an ID: 2" is $status 2
run quotes zz; ok "quotes of no statement: 1" is $status 1
"$chancery" quotes --json | head -n 1 | cut -c 8-19 >quote
if [ -s quote ]; then
    run quotes --json "$(cat quote)"
    ok "quotes ID: its first version is itself, all the same" grep -q '"versions":\[{.*"same":1.0' out
    COLUMNS=40 "$chancery" quotes --table "$(cat quote)" >out 2>err
    ok "quotes ID --table: fits 40 columns" [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 40 ]
    run quotes --by nobody-at-all; ok "quotes --by nobody: nothing" is "$status$(lines out)" 00
fi
run why zzzz; ok "why of nothing: 1" is $status 1
run why "$page"; ok "why of a page: says what to do" grep -q 'chancery show' err
run country XQZ; ok "country unknown: 1" is $status 1
run events --since 2012-31; ok "a date that is none: 2" is $status 2

# ---- lexicon ----
printf '%s\n' 'frame my.serenade SUPPORT praise 051' '  verb serenade' '    source subj' '    target obj' '  + Peru serenaded Chile in Lima. = PER > CHL' \
    '  - She serenaded her neighbour.' >own.txt
run lexicon check --frames own.txt my.serenade; ok "lexicon check: 0" is $status 0
ok "lexicon check: both sentences" grep -q '^2 passed, 0 failed' out
sed -i 's/PER > CHL/CHL > PER/' own.txt; run lexicon check --frames own.txt my.serenade; ok "lexicon check of what is wrong: 1" is $status 1
ok "lexicon check: which" grep -q '^own.txt:5: FAILED my.serenade' out
echo 'frame x BAD' >bad.txt; run lexicon check --frames bad.txt; ok "a slip: 1" is $status 1
ok "a slip: where and what" grep -q '^chancery: bad.txt:1: ' err
run lexicon dance; ok "lexicon dance: 2" is $status 2
run lexicon check no.such; ok "no such frame: 1" is $status 1

# ---- unknown ----
printf '%s\n' 'The Quiet Gazette' '' 'Peru serenaded Chile in the old port of Arica on the last day of the long negotiations over the fishing grounds, and the envoys of both sides were seen to smile.' \
    '' 'Nobody could say what Ambrose Tillingworth, who had come by boat, thought of the music, and the musicians of the town went home before the rain.' >odd.txt
run unknown --json odd.txt; ok "unknown: 0" is $status 0
ok "unknown: a word between two parties" grep -q '"what":"serenade (verb) obj","source":"PER","target":"CHL"' out
ok "unknown: the line for a lexicon" grep -q 'verb serenade' out
ok "unknown: a name of nobody" grep -q '"what":"Ambrose Tillingworth"' out
ok "unknown: no state is one" is "$(grep -c '"what":"Chile"' out)" 0
run add odd.txt; run unknown --table -n 1; ok "unknown: of the store" grep -q serenade out
ok "unknown --limit" is "$(lines out)" 2
# ---- stories ----
mkdir tale
words='The foreign minister of Peru met the president of Chile in Lima on 3 March 2004 and signed an accord on 14 fishing ports with 220 boats, which the parliament of Chile will look at in May, after the talks of the winter had been broken off twice.'
printf 'A first title\n\n%s\n' "$words" >tale/a.txt
printf 'Quite another title\n\n%s\n' "$words" >tale/b.txt
run add -q --store tale.db tale; run stories --store tale.db --json; ok "stories: 0" is $status 0
ok "stories: two pages are one" is "$(lines out)" 1
ok "stories: how many" grep -q '"pages":2,"copies":1' out
run stories --store tale.db --pages 3 --json; ok "stories --pages: none so large" is "$(lines out)" 0
run story --store tale.db --table tale/a.txt; ok "story of a page" grep -q 'exact copy' out
run story --store tale.db nothing; ok "no such story: 1" is $status 1
run events --store tale.db --csv; events=$(lines out)
run events --store tale.db --reports --csv; ok "events --reports: more lines than events" [ "$(lines out)" -gt "$events" ]
run coverage --store tale.db --by month --csv; ok "coverage --by month: 0" is $status 0
ok "coverage: head" grep -q '^key,pages,articles' out
run coverage --store tale.db --by weather; ok "coverage --by weather: 2" is $status 2
NO_COLOR=1 run pages --table; ok "no colour: none" is "$(LC_ALL=C grep -c "$(printf '\033')" out)" 0

# ---- serve ----
unset CHANCERY_TOKEN
many=$(seq -f 'a%g.example.org' -s , 17)
for slip in '--rate 0' '--jobs 0' '--host archive.example.org:443' '--host a.example,,b.example' "--host $many" '--host https://archive.example.org'; do
    run serve --store tale.db --port 0 $slip; ok "serve $slip: 2" is $status 2
    ok "serve $slip: a line" grep -q -e "${slip%% *}" err
done
seq -s '' 1 300 >long; run serve --store tale.db --port 0 --token-file long; ok "serve: too long a token" one_line 'at most'
echo 'short            ' >short; run serve --store tale.db --port 0 --token-file short; ok "serve: blanks are no token" one_line '16 characters'
run serve --store tale.db --port 0 --token-file none; ok "serve: no such token" one_line 'No such file'
: >err   # the address of the one before
"$chancery" serve --store tale.db --port 0 --host ' archive.example.org , b.example' </dev/null >out 2>err &
server=$!
while ! grep -q http err && kill -0 $server 2>/dev/null; do :; done
kill -TERM $server; wait $server; ok "serve: blanks beside names; ends by TERM" is $? 0
# a service that is sent HUP goes on
: >err   # the address of the one before
"$chancery" serve --store tale.db --port 0 --log out </dev/null 2>err &
server=$!
while ! grep -q http err && kill -0 $server 2>/dev/null; do :; done
url=$(sed 's/.*http/http/' err)
kill -HUP $server
if command -v curl >/dev/null; then
    for i in 1 2 3 4 5; do curl -s "${url}api/v1/health" >answer; done
    ok "serve: HUP does not end it" grep -q ok answer
fi
kill -TERM $server; wait $server

tally
