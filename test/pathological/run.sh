#!/bin/sh
# test/pathological/run.sh CHANCERY MEASURE [ONLY] -- hostile input made on the fly. Whatever comes in, the program ends by
# itself, in time and in bounded memory, with status 0 or 1, and says what is wrong in lines that begin with "chancery:".
# ONLY runs the cases whose name holds that word. CH_SANITIZED=1 (a sanitizer build): no limit on address space, more time.
set -u
chancery=$1 measure=$2 only=${3-}
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
slower=1 address_kb=3000000
[ -n "${CH_SANITIZED-}" ] && slower=10 address_kb=unlimited
unset CHANCERY_STORE
: >"$work/passed"
: >"$work/failed"

verdict() {
    # NAME PROBLEM (empty: none). Kept in files, since a case may run at the end of a pipe.
    if [ -z "$2" ]; then
        echo "$1" >>"$work/passed"
    else
        echo "$1" >>"$work/failed"
        echo "FAILED $1: $2"
        head -c 600 "$work/err" | head -n 5
    fi
}

wanted() {
    case $1 in *"$only"*) return 0 ;; *) return 1 ;; esac
}

# run NAME SECONDS STATUSES COMMAND…: STATUSES is a list such as "0 1". Standard input is $in if set.
run() {
    name=$1 seconds=$(($2 * slower)) statuses=$3
    shift 3
    wanted "$name" || return 0
    began=$(date +%s)
    (
        ulimit -v "$address_kb"
        exec timeout -k 2 "$seconds" "$@" <"${in:-/dev/null}" >"$work/out" 2>"$work/err"
    )
    status=$?
    problem=
    case " $statuses " in
    *" $status "*) ;;
    *)
        problem="status $status, wanted $statuses"
        [ $status = 124 ] && problem="not done after $seconds s"
        [ $status -gt 128 ] && problem="killed by signal $((status - 128))"
        ;;
    esac
    if [ -z "$problem" ] && grep -Evq '^(chancery|usage): ' "$work/err"; then
        problem="stderr has lines that do not begin with 'chancery: ' or 'usage: '"
    fi
    if [ -z "$problem" ] && [ "$(wc -l <"$work/err")" -gt 20 ]; then
        problem="$(wc -l <"$work/err") lines on stderr for one input"
    fi
    if [ -z "$problem" ] && [ $status = 1 ] && [ ! -s "$work/err" ]; then
        problem="status 1 without a word on stderr"
    fi
    verdict "$name" "$problem"
    took=$(($(date +%s) - began))
    [ $took -lt 5 ] || echo "$name took $took s"
}

# repeat N TEXT: TEXT N times, without a newline between
repeat() {
    awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", s }'
}

article="The president of Arvenia met the president of Belmark in the capital on Monday. \"We agreed on trade,\" he said."

# page NAME: standard input in a page of its own kind; read by clean, by code, and taken into the store
page() {
    wanted "page-$1" || { cat >/dev/null; return 0; }
    cat >"$work/$1"
    run "page-$1-clean" 20 "0 1" "$chancery" clean "$work/$1"
    run "page-$1-code" "${2:-30}" "0 1" "$chancery" code --raw -j 2 "$work/$1"
    run "page-$1-add" "${2:-30}" "0 1" "$chancery" add --store "$work/all.db" "$work/$1"
    rm -f "$work/$1"
}

flat() {
    printf 'Leaders meet\n\nCAPITAL, April 9, 2018\n\n%s\n\n' "$article"
}

# ---- bytes that are no page ----
: | page empty
printf '\n' | page newline
printf '\000' | page nul
repeat 20000 "$(printf 'a\001b\033[31m ')" | page control
head -c 300000 "$chancery" | page binary
{ printf '\211PNG\r\n\032\n'; head -c 50000 /dev/zero; } | page zeros
{ flat; printf 'and a NUL \000 in mid-page\n'; } | page nul-inside
{ printf '\377\376'; flat | sed 's/./&\n/g' | awk '{ printf "%s%c", ($0 == "" ? "\n" : $0), 0 }'; } | page utf-16-odd
{ printf '<meta charset=utf-8>'; printf '<p>Caf\351 d\351tente, S\343o Tom\351: %s\n' "$article"; } | page wrong-charset
{ printf '<meta charset="no-such-charset">'; printf '<p>%s</p>' "$article"; } | page unknown-charset
repeat 5000 "$(printf '\200\277\355\240\200\360')" | page broken-utf8
repeat 200000 "$(printf '\314\201')" | page combining-marks
printf '\037\213\010\000\000\000\000\000\000\003broken' | page broken-gzip
{ flat; head -c 30000000 /dev/zero | tr '\000' 'a'; } | gzip -c | page gzip-bomb

# ---- HTML without mercy ----
{ repeat 100000 '<div>'; printf '<p>%s' "$article"; } | page unclosed-div
{ repeat 20000 '<b><i><p>'; printf '%s' "$article"; } | page unclosed-inline
{ repeat 100000 '<div>'; printf '%s' "$article"; repeat 100000 '</div>'; } | page nested-div
{ repeat 20000 '<table><tr><td>'; printf '%s' "$article"; } | page nested-table
{ repeat 50000 '<ul><li>'; printf '%s' "$article"; } | page nested-list
{ repeat 5000 '</div>'; printf '<p>%s' "$article"; } | page closed-only
{ printf '<html><p>%s<!-- ' "$article"; repeat 200000 'comment'; } | page unclosed-comment
{ printf '<html><p>%s<script>' "$article"; repeat 20000 'if(a<b)'; } | page unclosed-script
{ printf '<p title="'; repeat 500000 'ab'; printf '">%s' "$article"; } | page long-attribute
{ printf '<p'; repeat 5000 ' a=b'; printf '>%s' "$article"; } | page many-attributes
{ repeat 200000 '<'; } | page only-openers
{ printf '<p>'; repeat 200000 '&'; repeat 100000 '&amp'; repeat 100000 '&#x10FFFF;&#0;&#xD800;'; } | page entities
{ printf '<h1>'; repeat 50000 'Title '; printf '</h1><p>%s' "$article"; } | page long-title
{ repeat 5000 '<a href="/x">One more headline from today</a> '; printf '<p>%s' "$article"; } | page many-links
{ printf '<script type="application/ld+json">'; repeat 5000 '[{"a":'; printf '</script><p>%s' "$article"; } | page deep-json-ld
{ printf '<html><head><meta property="article:published_time" content="'; repeat 100000 '9'; printf '"><p>%s' "$article"; } | page long-date

# ---- text without mercy ----
{ flat; repeat 10000 '"'; } | page quotes-straight
{ flat; repeat 5000 '“he said ‘'; } | page quotes-open
{ flat; repeat 5000 '”, he said. ’'; } | page quotes-closed
{ flat; repeat 3000 '“‘'; printf 'peace'; repeat 3000 '’”'; } | page quotes-nested
{ flat; repeat 20000 '('; repeat 20000 ')'; } | page parentheses
{ flat; repeat 100000 '.'; } | page dots
{ flat; repeat 20000 'U.S. '; } | page abbreviations
{ flat; repeat 500000 'ab'; } | page one-token
{ flat; repeat 500000 '12'; } | page one-number
{ flat; repeat 10000 '1,2.3/4-5'; } | page number-soup
{ flat; repeat 20000 'France, '; } | page list-of-states
{ flat; repeat 10000 'the president of '; printf 'France resigned.'; } | page presidents-of
{ flat; repeat 10000 'he said that '; printf 'it rained.'; } | page said-that
{ flat; repeat 20000 'on Monday '; } | page mondays
{ flat; repeat 8000 'from 1 to 2 May 2018 until '; } | page ranges
{ flat; repeat 20000 'Smith and '; printf 'Jones met.'; } | page conjunction
{ flat; repeat 1000 "$article "; } | page one-paragraph
{ flat; repeat 150000 'peace '; printf '.'; } | page megabyte-sentence 120
repeat 4000 "$(printf 'Read more\nShare\n12:30\n')
" | page sidebar-only
{ flat; head -c 9000000 /dev/zero | tr '\000' 'a'; } | page nine-megabyte-line 60
if wanted page-hundred-megabyte-line; then
    { flat; head -c 100000000 /dev/zero | tr '\000' 'a'; } >"$work/huge"
    run page-hundred-megabyte-line-clean 30 "0 1" "$chancery" clean "$work/huge"
    grep -q '^chancery: .*huge' "$work/err" || verdict page-hundred-megabyte-line-warned "no warning that names the page"
    run page-hundred-megabyte-line-add 60 "0 1" "$chancery" add --store "$work/all.db" "$work/huge"
    rm -f "$work/huge"
fi

# ---- paths that are no files ----
mkdir "$work/folder"
flat >"$work/good.txt"
run path-missing 10 1 "$chancery" clean "$work/no-such-file"
run path-folder 10 "0 1" "$chancery" clean "$work/folder"
run path-missing-add 10 1 "$chancery" add --store "$work/p.db" "$work/no-such-file"
run path-empty-name 10 1 "$chancery" clean ""
if [ "$(id -u)" != 0 ]; then
    flat >"$work/locked.txt"
    chmod 000 "$work/locked.txt"
    run path-unreadable 10 1 "$chancery" clean "$work/locked.txt"
fi
run path-others-done 10 1 "$chancery" code --raw "$work/no-such-file" "$work/good.txt" "$work/folder"
if wanted path-others-done; then
    [ "$(wc -l <"$work/out")" = 1 ] || verdict path-others-done "the good page beside bad ones gave no record"
fi
run no-arguments 10 2 "$chancery" clean --no-such-option
run no-command 10 2 "$chancery" no-such-command

# ---- lines of `code` ----
{
    printf 'no json\n{"id":1}\n[]\n{"id":"a","date":"2018-13-45","text":"x"}\n{"id":"b","text":7}\n\n'
    printf '{"id":"c","date":"2018-04-09","text":"bad \377 byte"}\n'
    printf '{"id":"d","date":"2018-04-09","text":"nul \\u0000 and \\ud800 halves"}\n'
    printf '{"id":"good","date":"2018-04-09","text":"%s"}\n' 'France met Egypt on Monday.'
} >"$work/lines"
in=$work/lines
run lines-bad 10 1 "$chancery" code
if wanted lines-bad; then
    grep -q '"id": *"good"' "$work/out" || verdict lines-bad "the good line after bad ones was not done"
fi
{ repeat 500000 '['; printf '\n{"id":"good","text":"Peace."}\n'; } >"$work/lines"
run lines-deep 10 1 "$chancery" code
{ printf '{"id":"long","text":"'; head -c 70000000 /dev/zero | tr '\000' 'a'; printf '"}\n{"id":"good","text":"Peace."}\n'; } >"$work/lines"
run lines-long 30 1 "$chancery" code
if wanted lines-long; then
    grep -q '"id": *"good"' "$work/out" || verdict lines-long "the line after one that is too long was not done"
fi
printf '{"id":"cut","text":"Peace' >"$work/lines"
run lines-cut 10 1 "$chancery" code
in=
for conllu in '1	a\n' '1	a	a	X	X	_	9999999999	root	_	_\n\n' '1-99	a	_	_	_	_	_	_	_	_\n' '\000\001'; do
    printf "$conllu" >"$work/x.conllu"
    run tokens-broken 10 "0 1" "$chancery" parse --tokens "$work/x.conllu"
done

# ---- stores and disks ----
printf 'this is no store, it is a text file of some length, so that its head is not a store either\n' >"$work/text.db"
run store-is-text 10 1 "$chancery" add --store "$work/text.db" "$work/good.txt"
run store-is-folder 10 1 "$chancery" add --store "$work/folder" "$work/good.txt"
run store-nowhere 10 1 "$chancery" add --store "$work/no/such/folder/x.db" "$work/good.txt"
run store-missing 10 1 "$chancery" events --store "$work/none.db"
run store-make 10 0 "$chancery" add --store "$work/new.db" "$work/good.txt"
if [ -f "$work/new.db" ]; then
    # bytes 60 to 63 of an SQLite file are its user_version: the number of our schema
    cp "$work/new.db" "$work/newer.db"
    printf '\177\000\000\000' | dd of="$work/newer.db" bs=1 seek=60 conv=notrunc 2>/dev/null
    run store-newer 10 1 "$chancery" events --store "$work/newer.db"
    head -c 9000 "$work/new.db" >"$work/short.db"
    run store-cut-short 10 "0 1" "$chancery" events --store "$work/short.db"
fi
if [ -c /dev/full ] && wanted output-full; then
    "$chancery" clean "$work/good.txt" >/dev/full 2>"$work/err"
    status=$?
    [ $status = 1 ] && [ -s "$work/err" ] && verdict output-full "" || verdict output-full "status $status on a full disk, wanted 1 and a line"
fi
if wanted store-full; then
    # a disk that is full after 64 KB: writes fail with EFBIG where the signal is ignored
    (
        trap '' XFSZ
        ulimit -f 128
        exec timeout 20 "$chancery" add --store "$work/full.db" "$work/good.txt" >/dev/null 2>"$work/err"
    )
    status=$?
    [ $status = 1 ] && [ "$(wc -l <"$work/err")" = 1 ] && verdict store-full "" ||
        verdict store-full "status $status on a full disk, wanted 1 and one line"
fi

# ---- containers ----
head -c 200000000 /dev/zero | gzip -c | gzip -c | gzip -c >"$work/bomb.gz"
run container-bomb 30 "0 1" "$chancery" clean "$work/bomb.gz"
{ printf '{"text":'; repeat 1000000 '['; echo; echo '{"text":"The king left."}'; } >"$work/deep.jsonl"
run container-json-deep 20 1 "$chancery" clean "$work/deep.jsonl"
{ printf '{"text":"A."}\n{"text":"'; head -c 70000000 /dev/zero | tr '\0' x; printf '"}\n{"text":"B."}\n'; } >"$work/long.jsonl"
run container-json-long 30 1 "$chancery" clean "$work/long.jsonl"
{ printf 'WARC/1.0\r\nWARC-Type: response\r\nX: '; head -c 5000000 /dev/zero | tr '\0' x; printf '\r\nContent-Length: 99999999999\r\n\r\n'; } >"$work/header.warc"
run container-warc-header 20 1 "$chancery" clean "$work/header.warc"
{ printf 'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'; head -c 60000000 /dev/zero | tr '\0' 'x'; } >"$work/giant.warc"
run container-warc-giant 30 1 "$chancery" clean "$work/giant.warc"
{ printf '<rss>'; repeat 500000 '<item><link>'; } >"$work/deep.xml"
run feed-deep 20 1 "$chancery" watch --once --store "$work/feeds.db" "$work/deep.xml"
{ printf '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'; for e in b c d e f g h; do printf '<!ENTITY %s "&a;&a;&a;&a;&a;&a;&a;&a;">' $e; done; printf ']><rss><item><link>&h;</link></item></rss>'; } >"$work/laughs.xml"
run feed-entities 20 1 "$chancery" watch --once --store "$work/feeds.db" "$work/laughs.xml"
rm -f "$work"/*.gz "$work"/*.jsonl "$work"/*.warc "$work"/*.xml

# ---- time grows with size and not with its square ----
# linear NAME TEXT N: four times the input may take up to seven times the processor time
linear() {
    wanted "linear-$1" || return 0
    { flat; repeat "$3" "$2"; } >"$work/small"
    { flat; repeat $(($3 * 4)) "$2"; } >"$work/large"
    a=$("$measure" 1 "$chancery" code --raw -j 1 "$work/small" 2>"$work/err" | cut -d' ' -f2)
    b=$("$measure" 1 "$chancery" code --raw -j 1 "$work/large" 2>"$work/err" | cut -d' ' -f2)
    verdict "linear-$1" "$(awk -v a="${a:-0}" -v b="${b:-0}" 'BEGIN {
        if (!a || !b) print "did not run"
        else if (b > 7 * a + 300) printf "%d ms became %d ms for four times the input", a, b }')"
}
linear tags '<div><p>peace' 10000
linear quotes '“he said ‘' 2000
linear states 'France, ' 4000
linear presidents 'the president of ' 2500
linear said 'he said that ' 2500
linear dates 'on 1 May 2018 or ' 2500
linear initials 'A. B. ' 4000
linear sentences "$article " 200
linear paragraphs "$article

" 200

failed=$(wc -l <"$work/failed")
echo "$(wc -l <"$work/passed") passed, $failed failed"
[ "$failed" = 0 ]
