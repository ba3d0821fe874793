"""A model of a few thousand bytes with random weights: the first inputs of test/fuzz/fuzz_model.c. usage: tiny.py OUT_DIR"""
import os
import sys

import numpy as np

import features
from export import Writer
from quant import packed, rows4


def tiny(path, blocks, heads, seed, d=16, glove=6, emb=10, words=5, affixes=7, reach=2):
    rng = np.random.default_rng(seed)
    out = Writer()

    def f(*shape):
        return rng.standard_normal(shape).astype(np.float32)

    def keys(words):
        return np.array(sorted(features.hash64(w) for w in words), np.uint64)
    out.strings("about", ["tiny"])
    out.strings("blocks", blocks)
    out.add("sizes", np.array([d, glove, emb, words, affixes, features.SLOTS, 16, heads, 16, 16, reach], np.int32))
    tags = {"upos": ["NOUN", "VERB", "PUNCT"], "xpos": ["NN", "VBD", "."], "feats": ["", "Number=Sing"], "lemma": ["l0", "k1", "t2y"],
            "ne": ["O", "B-PER", "I-PER", "B-LOC"], "dep": ["root", "nsubj", "punct"]}
    for k, v in tags.items():
        out.strings("tag." + k, v)
    out.add("known", keys(["the", "peace"]))
    out.add("gaz.key", keys(["georgia", "kyiv"]))
    out.add("gaz.mask", np.array([4, 8], np.int8))
    out.add("lemma.key", keys(["met\tVERB"]))
    out.strings("lemma.value", ["meet"])
    out.add("glove.key", keys(["the", "met", "peace"]))
    for name, rows, cols in (("glove", 3, glove), ("emb", words + affixes, emb)):
        q, s = rows4(f(rows, cols))
        out.add(name + ".w", packed(q))
        out.add(name + ".s", s)
    out.add("in.norm", f(glove + emb))
    out.matrix("in", f(d, glove + emb), f(d))
    for i, b in enumerate(blocks):
        n = "%d." % i
        out.add(n + "norm", f(d))
        out.matrix(n + "in", f({"c": 2 * d, "r": 96, "a": 3 * d}[b], 3 * d if b == "c" else d), f({"c": 2 * d, "r": 96, "a": 3 * d}[b]))
        if b == "a":
            out.add(n + "dist", f(heads, 2 * reach + 1))
        if b != "c":
            out.matrix(n + "out", f(d, 32 if b == "r" else d), f(d))
    out.add("norm", f(d))
    n = sum(len(v) for k, v in tags.items() if k != "dep")
    out.matrix("tags", f(n, d), f(n))
    out.matrix("arc", f(32, d), f(32))
    out.matrix("bil", f(16, 16), f(16))
    out.add("root", f(16))
    out.add("dist", f(2 * reach + 1))
    out.matrix("rel", f(32, d), f(32))
    out.add("relroot", f(16))
    out.matrix("relout", f(3, 16), f(3))
    out.write(path)


if __name__ == "__main__":
    for i, blocks in enumerate((["c"], ["r"], ["a"], ["c", "r", "a"])):
        tiny(os.path.join(sys.argv[1], "tiny-" + "".join(blocks)), blocks, 1, i)
