"""Parses CoNLL-U with a checkpoint in PyTorch, in 32-bit floats: the yardstick for the run-time in C, and a teacher.

usage: predict.py CHECKPOINT.pt VECTORS.npz IN.conllu > OUT.conllu
Then `eval_conllu.py OUT.conllu OUT_OF_CHANCERY.conllu` says how often the two agree.
"""
import sys

import numpy as np
import torch

import data
import features
import gazetteer
from model import Parser

NONE = features.WORD_ROWS + features.AFFIX_ROWS


def lemma(rule, form):
    f = data.apply_case(rule[0], form)
    n = int(rule[1])
    return (f[:len(f) - n] if n < len(f) else "") + rule[2:] or f


@torch.no_grad()
def main():
    ck = torch.load(sys.argv[1], map_location="cpu")
    pack = np.load(sys.argv[2])
    inv, cfg = ck["inv"], ck["cfg"]
    model = Parser(inv, torch.from_numpy(pack["q"]), torch.from_numpy(pack["scale"]), **cfg)
    model.load_state_dict(ck["ema"], strict=False)
    model.eval()
    glove = {w: i + 1 for i, w in enumerate(pack["words"].tolist())}
    train = data.load("ewt", "train") + data.load("gum", "train")
    known = {features.normal(f) for s in train for f in s.form}
    gaz = gazetteer.masks(train)
    for s in data.read_conllu(sys.argv[3]):
        n = len(s.form)
        rows = np.zeros((1, n, features.SLOTS), dtype=np.int64)
        vec = np.zeros((1, n), dtype=np.int64)
        for j, f in enumerate(s.form):
            x = features.normal(f)
            y = features.folded(x)
            rows[0, j] = [NONE if r < 0 else r for r in features.slots(f, gaz.get(x) or gaz.get(y) or 0)]
            if x not in known:
                rows[0, j, 0] = NONE
            vec[0, j] = glove.get(x) or glove.get(y) or 0
        tags, _, rel, head = model(torch.from_numpy(rows), torch.from_numpy(vec), torch.ones(1, n, 1))
        u, x, f, l, e = ([inv[k][i] for i in t[0].argmax(-1)] for k, t in zip(("upos", "xpos", "feats", "lemma", "ne"), tags))
        for j in range(n):
            h = int(head[0, j])
            d = inv["dep"][rel[0, j].argmax()] if h else "root"
            print(j + 1, s.form[j], lemma(l[j], s.form[j]), u[j], x[j], f[j], h, d, "_", "_" if e[j] == "O" else "NE=" + e[j], sep="\t")
        print()


if __name__ == "__main__":
    main()
