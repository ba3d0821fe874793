"""Writes model/syntax.bin from a checkpoint. usage: export.py CHECKPOINT.pt VECTORS.npz OUT.bin ["one line about the run"]

The format is drawn in src/syntax/model.h; the layout of matrices in src/syntax/kernel.h.
"""
import os
import struct
import sys
import zlib

import numpy as np
import torch

import data
import features
import gazetteer
from lexicon import exceptions
from model import DIST, EMB, GLOVE
from quant import packed, rows4

VERSION = 2


class Writer:
    def __init__(self):
        self.sections = []

    def add(self, name, array, rows=None, cols=None):
        a = np.ascontiguousarray(array)
        kind = {"float32": b"f", "int8": b"b", "uint64": b"q", "int32": b"i"}[str(a.dtype)]
        if rows is None:
            rows, cols = (a.shape[0], 1) if a.ndim == 1 else a.shape
        self.sections.append((name, kind, rows, cols, a.tobytes()))

    def strings(self, name, items):
        blob, offs = b"", [0]
        for s in items:
            blob += s.encode("utf-8")
            offs.append(len(blob))
        self.sections.append((name, b"s", len(items), 1, struct.pack("<%dI" % len(offs), *offs) + blob))

    def matrix(self, name, w, b):
        """w (N, K) float: rows to 8 bits, packed [N/16][K/4][16][4]; .s scales, .z sums of the rows, .b bias."""
        n, k = w.shape
        assert k % 4 == 0
        scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
        q = np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)
        pad = -n % 16
        q = np.concatenate([q, np.zeros((pad, k), np.int8)])
        scale = np.concatenate([scale, np.zeros(pad)]).astype(np.float32)
        b = np.concatenate([b, np.zeros(pad)]).astype(np.float32)
        packed = q.reshape(-1, 16, k // 4, 4).transpose(0, 2, 1, 3)
        self.add(name + ".w", packed, n + pad, k)
        self.add(name + ".s", scale)
        self.add(name + ".z", q.astype(np.int32).sum(1).astype(np.int32))
        self.add(name + ".b", b)

    def write(self, path):
        head = 32
        at = head + 48 * len(self.sections)
        table, body = b"", b""
        base = (at + 63) & ~63
        for name, kind, rows, cols, raw in self.sections:
            body += b"\0" * (-len(body) % 64)
            table += struct.pack("<20s1s3xIIQQ", name.encode(), kind, rows, cols, base + len(body), len(raw))
            body += raw
        rest = table + b"\0" * (base - at) + body
        with open(path, "wb") as f:
            f.write(struct.pack("<8sIIQII", b"CHSYNTAX", VERSION, len(self.sections), head + len(rest), zlib.crc32(rest), 0) + rest)


def main():
    ck = torch.load(sys.argv[1], map_location="cpu")
    pack = np.load(sys.argv[2])
    about = sys.argv[4] if len(sys.argv) > 4 else "epoch %d, %.0f min" % (ck["epoch"], ck["spent"] / 60)
    w = {k: v.numpy().astype(np.float32) for k, v in ck["ema"].items()}
    cfg, inv = ck["cfg"], ck["inv"]
    d, arc = cfg["d"], cfg["arc"]
    out = Writer()
    out.strings("about", [about])
    blocks = cfg["blocks"].split()
    out.strings("blocks", blocks)
    out.add("sizes", np.array([d, GLOVE, EMB, features.WORD_ROWS, features.AFFIX_ROWS, features.SLOTS, cfg["h"], 4, arc, cfg["rel"], DIST], np.int32))
    for k in ("upos", "xpos", "feats", "lemma", "ne", "dep"):
        out.strings("tag." + k, ["" if x == "_" else x for x in inv[k]] if k == "feats" else inv[k])

    train = data.load("ewt", "train") + data.load("gum", "train")
    known = sorted({features.hash64(features.normal(f)[:48]) for s in train for f in s.form})
    out.add("known", np.array(known, np.uint64))
    gaz = sorted((features.hash64(w), m) for w, m in gazetteer.masks(train).items())
    out.add("gaz.key", np.array([k for k, _ in gaz], np.uint64))
    out.add("gaz.mask", np.array([m for _, m in gaz], np.int8))
    lex = exceptions(train, inv["lemma"])
    keys = sorted((features.hash64(k), v) for k, v in lex.items())
    out.add("lemma.key", np.array([k for k, _ in keys], np.uint64))
    out.strings("lemma.value", [v for _, v in keys])

    h = np.array([features.hash64(x) for x in pack["words"].tolist()], np.uint64)
    order = np.argsort(h)
    assert len(set(h.tolist())) == len(h)
    out.add("glove.key", h[order])
    for name, rows in (("glove", pack["q"][order] * pack["scale"][order, None]), ("emb", w["emb.weight"][:-1])):
        q, s = rows4(rows)
        out.add(name + ".w", packed(q))
        out.add(name + ".s", s)

    out.add("in.norm", w["norm0.g"])
    out.matrix("in", w["inp.weight"], w["inp.bias"])
    for i, b in enumerate(blocks):
        p, n = "blocks.%d." % i, "%d." % i
        out.add(n + "norm", w[p + "norm.g"])
        if b == "a":
            qw, qb = w[p + "qkv.weight"].copy(), w[p + "qkv.bias"].copy()
            r = np.float32(1 / np.sqrt(d / 4))
            qw[:d] *= r
            qb[:d] *= r
            out.matrix(n + "in", qw, qb)
            out.add(n + "dist", w[p + "dist"])
        else:
            out.matrix(n + "in", w[p + "inp.weight"], w[p + "inp.bias"])
        if b != "c":
            out.matrix(n + "out", w[p + "out.weight"], w[p + "out.bias"])
    out.add("norm", w["norm.g"])
    out.matrix("tags", w["tags.weight"], w["tags.bias"])
    out.matrix("arc", w["arc.weight"], w["arc.bias"])
    r = np.float32(1 / np.sqrt(arc))
    out.matrix("bil", w["bil.weight"] * r, (w["bil.bias"] + w["headbias"]) * r)
    out.add("root", w["root"])
    out.add("dist", w["dist"])
    out.matrix("rel", w["rel.weight"], w["rel.bias"])
    out.add("relroot", w["relroot"])
    out.matrix("relout", w["relout.weight"], w["relout.bias"])
    out.write(sys.argv[3])
    print(sys.argv[3], os.path.getsize(sys.argv[3]), "bytes;", about, "; lemma exceptions", len(lex))


if __name__ == "__main__":
    main()
