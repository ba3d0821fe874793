#!/bin/sh
# tools/eval.sh CHANCERY SHARED -- runs every scorer of SHARED/score over the gold of SHARED. What chancery said stays in
# eval/ beside the program. What SHARED lacks is passed over with a word. Needs python3 for the scorers.
set -u
chancery=$1 shared=$2
out=$(dirname "$chancery")/eval
status=0

if [ ! -d "$shared/score" ]; then
    echo "eval: there is no '$shared/score': nothing to measure against (make eval SHARED=DIR)"
    exit 0
fi
mkdir -p "$out" || exit 1

# have WHAT FILE…: true if all files are there
have() {
    what=$1
    shift
    for f; do
        [ -e "$f" ] || { printf '\n== %s: passed over, there is no %s\n' "$what" "$f"; return 1; }
    done
    printf '\n== %s\n' "$what"
}

# lines GOLD FIELD: gold JSON lines → the lines that `chancery code` reads
lines() {
    python3 -c '
import gzip, json, sys
path, field = sys.argv[1:3]
for line in (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8"):
    d = json.loads(line)
    date = d.get("date") or (d.get("dct") or {}).get("value") or ""
    print(json.dumps({"id": d[field], "date": date[:10], "text": d["text"]}, ensure_ascii=False))
' "$1" "$2"
}

score() {
    python3 "$shared/score/$@" || status=1
}

if have "records from raw pages (gold/seeds)" "$shared/gold/seeds" "$shared/seeds"; then
    "$chancery" code --raw "$shared"/seeds/* >"$out/seeds.jsonl" || status=1
    score score_records.py "$shared/gold/seeds" "$out/seeds.jsonl" --per-page
fi

# Pages of our own beside those of others: only the last were never looked at.
for set in blind/dev blind/held blind2/dev blind2/held; do
    blind=$(dirname "$0")/../bench/$set
    if have "records from raw pages written blind by us ($set)" "$blind/gold"; then
        "$chancery" code --raw "$blind"/pages/* >"$out/blind.jsonl" || status=1
        score score_records.py "$blind/gold" "$out/blind.jsonl"
    fi
done

for name in PLOVER_GSR PETR2_GSR; do
    gold=$shared/gold/events/$name.dev.jsonl
    if have "events by the sentence ($name, dev)" "$gold"; then
        lines "$gold" id | "$chancery" code >"$out/$name.jsonl" || status=1
        score score_events.py "$gold" "$out/$name.jsonl"
    fi
done

gold=$shared/gold/petrarch/PETR_UNIT.jsonl
if have "events by PETRARCH's dictionaries and unit tests (PETR_UNIT)" "$gold"; then
    "$chancery" code --quiet --petrarch "$shared/gold/petrarch" "$gold" >"$out/petrarch.jsonl" || status=1
    score score_events.py "$gold" "$out/petrarch.jsonl"
fi

# Who is meant: mentions of our own beside leaders and chains that we did not write.
here=$(dirname "$0")/../bench
for table in "$here/../test/unit/who/mentions.txt" "$here/who/mentions-blind.txt" "$here/who/mentions-held.txt"; do
    have "who is meant (${table##*/})" "$table" && { python3 "$here/who/mentions.py" "$chancery" "$table" || status=1; }
done
gold=$shared/data/gazetteer/reign_leaderlist_2021-03.csv
have "leaders by title and surname (REIGN)" "$gold" && { python3 "$here/who/reign.py" "$chancery" "$gold" || status=1; }
gold=$shared/data/coref/gum-dev.jsonl
have "coreference (GUM dev)" "$gold" "$(dirname "$chancery")/bench/coref" &&
    { python3 "$here/coref.py" "$(dirname "$chancery")/bench/coref" "$gold" --both || status=1; }

if have "page cleaning, HTML (gold/pages)" "$shared/gold/pages/html"; then
    "$chancery" clean "$shared"/gold/pages/html/*.html.gz >"$out/pages.jsonl" 2>"$out/pages.err"
    score score_pages.py --gold "$shared/gold/pages/pages.dev.jsonl" --sys "$out/pages.jsonl" --track html
fi

if have "page cleaning, flat text" "$shared/gold/pages/html" "$shared/score/flatten.py"; then
    rm -rf "$out/flat"
    python3 "$shared/score/flatten.py" --gold "$shared/gold/pages/pages.dev.jsonl" --out "$out/flat" || status=1
    find "$out/flat" -name '*.txt' | LC_ALL=C sort | tr '\n' '\0' |
        xargs -0 "$chancery" clean >"$out/flat.jsonl" 2>"$out/flat.err"
    score score_pages.py --gold "$shared/gold/pages/pages.dev.jsonl" --sys "$out/flat.jsonl" --track text
fi

for name in en_ewt-dev gum-dev; do
    gold=$shared/data/ud/$name.conllu
    if have "syntax, gold tokens ($name)" "$gold"; then
        "$chancery" parse --tokens "$gold" >"$out/$name.tokens.conllu" || status=1
        score eval_conllu.py "$gold" "$out/$name.tokens.conllu"
    fi
    if have "syntax, from text ($name)" "$gold"; then
        # a document's sentences run on in one paragraph, as the treebank gives them
        python3 -c '
import sys
doc = []
def flush():
    if doc:
        print(" ".join(doc) + "\n")
        doc.clear()
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("# newdoc") or line.startswith("# newpar"):
        flush()
    elif line.startswith("# text = "):
        doc.append(line[9:].rstrip("\n"))
flush()' "$gold" | "$chancery" parse >"$out/$name.text.conllu" || status=1
        score eval_conllu.py "$gold" "$out/$name.text.conllu"
    fi
done

if have "names (Universal NER, EWT dev)" "$shared/data/ner/uner_ewt-dev.iob2" "$out/en_ewt-dev.tokens.conllu"; then
    score score_ner.py "$shared/data/ner/uner_ewt-dev.iob2" "$out/en_ewt-dev.tokens.conllu" --types PER,ORG,LOC
fi

gold=$shared/data/attribution/polnear-dev.jsonl.gz
if have "attribution (PolNeAR dev)" "$gold"; then
    lines "$gold" doc | "$chancery" code >"$out/attribution.jsonl" || status=1
    score score_attribution.py "$gold" "$out/attribution.jsonl"
fi

for name in tbaq-timebank tbaq-aquaint; do
    gold=$shared/data/time/$name.jsonl
    if have "expressions of time ($name)" "$gold"; then
        lines "$gold" doc | "$chancery" code >"$out/$name.jsonl" || status=1
        score score_time.py "$gold" "$out/$name.jsonl"
    fi
done
exit $status
