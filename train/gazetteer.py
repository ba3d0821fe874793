"""Words of names from the gazetteers -> what they may be, as bits: 1 given name, 2 surname, 4 country, 8 capital.

From cia_leaders, cia_world_leaders, cabinet_holders_wikidata, country-codes (public domain, CC0, PDDL). Words that the training
data use in lower case are left out.
"""
import collections
import csv
import os
import re

import data
import features

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def rows(name, delimiter):
    with open(os.path.join(data.SHARED, "data/gazetteer", name), encoding="utf-8", newline="") as f:
        yield from csv.DictReader(f, delimiter=delimiter)


def masks(train):
    common = collections.Counter(f for s in train for f, u in zip(s.form, s.upos) if u != "PROPN" and f.islower())
    out = collections.defaultdict(int)

    def put(word, bit):
        n = features.normal(word)
        if len(n) > 2 and common[n] < 2:
            out[n] |= bit
            out[features.folded(n)] |= bit

    def person(name):
        w = WORD.findall(name)
        for x in w[:-1]:
            put(x, 1)
        if w:
            put(w[-1], 2)

    for r in rows("cia_leaders.tsv", "\t"):
        person(r["name"])
    for r in rows("cia_world_leaders_2019-10.tsv", "\t"):
        person(r["name"])
    for r in rows("cabinet_holders_wikidata.tsv", "\t"):
        person(r["person"])
    for r in rows("country-codes.csv", ","):
        for k in ("CLDR display name", "UNTERM English Short", "official_name_en"):
            for w in WORD.findall(r[k] or ""):
                if w[0].isupper():
                    put(w, 4)
        for w in WORD.findall(r["Capital"] or ""):
            put(w, 8)
    return dict(out)


if __name__ == "__main__":
    train = data.load("ewt", "train") + data.load("gum", "train")
    m = masks(train)
    print(len(m), collections.Counter(m.values()))
    for name in ("ewt", "gum"):
        c = collections.defaultdict(collections.Counter)
        for s in data.load(name, "train"):
            for f, n in zip(s.form, s.ne):
                k = m.get(features.normal(f), 0)
                if f[0].isupper():
                    c[k][n[2:] or n] += 1
        for k in sorted(c):
            print(name, k, c[k].most_common(6))
