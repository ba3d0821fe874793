"""Labels raw text with several checkpoints at once: a teacher for train.py --silver.

usage: silver.py IN.conllu VECTORS.npz OUT.conllu CHECKPOINT.pt... [--plain CHECKPOINT.pt...]
IN gives the words (of `chancery parse`, say); all else in it is ignored. Probabilities are averaged over the checkpoints, heads are
the best tree under the averaged arcs. Where the best tag has less than SURE of the probability, "_" ("NE=?") says so, and
training takes nothing from it. --plain: checkpoints from before the feature of the gazetteers.
"""
import argparse

import numpy as np
import torch

import data
import features
import gazetteer
from model import Parser, mst_batch
from predict import lemma

SURE = 0.6
NONE = features.WORD_ROWS + features.AFFIX_ROWS
KEYS = ("upos", "xpos", "feats", "lemma", "ne")


class Teacher:
    def __init__(self, path, pack, plain):
        ck = torch.load(path, map_location="cpu")
        self.inv, self.plain = ck["inv"], plain
        self.model = Parser(ck["inv"], torch.from_numpy(pack["q"]), torch.from_numpy(pack["scale"]), **ck["cfg"])
        self.model.load_state_dict(ck["ema"], strict=False)
        self.model.eval()

    def columns(self, key, first):
        """Columns of this teacher's inventory in the order of the first one's; what it lacks takes the last column (zeros)."""
        at = {v: i for i, v in enumerate(self.inv[key])}
        return torch.tensor([at.get(v, len(at)) for v in first.inv[key]])


@torch.no_grad()
def main():
    ap = argparse.ArgumentParser()
    for a in ("text", "vectors", "out"):
        ap.add_argument(a)
    ap.add_argument("checkpoints", nargs="+")
    ap.add_argument("--plain", nargs="*", default=[])
    ap.add_argument("--least", type=int, default=1, help="words of the shortest sentence")
    a = ap.parse_args()
    torch.set_num_threads(1)
    pack = np.load(a.vectors)
    teachers = [Teacher(p, pack, False) for p in a.checkpoints] + [Teacher(p, pack, True) for p in a.plain]
    one = teachers[0]
    cols = {(i, k): w.columns(k, one) for i, w in enumerate(teachers) for k in KEYS + ("dep",)}
    glove = {w: i + 1 for i, w in enumerate(pack["words"].tolist())}
    train = data.load("ewt", "train") + data.load("gum", "train")
    known = {features.normal(f) for s in train for f in s.form}
    gaz = gazetteer.masks(train)
    cache = {}

    def feats(f):
        if f not in cache:
            x = features.normal(f)
            y = features.folded(x)
            r = [NONE if k < 0 else k for k in features.slots(f, gaz.get(x) or gaz.get(y) or 0)]
            cache[f] = [r[0] if x in known else NONE] + r[1:], glove.get(x) or glove.get(y) or 0
        return cache[f]

    sents = [s for s in data.read_conllu(a.text) if a.least <= len(s.form) <= 120]
    order = sorted(range(len(sents)), key=lambda i: len(sents[i].form))
    done, at = [None] * len(sents), 0
    while at < len(order):
        n = max(1, 2500 // len(sents[order[at]].form))
        ids = order[at:at + n]
        at += n
        t = len(sents[ids[-1]].form)
        rows, vec, mask = np.full((len(ids), t, features.SLOTS), NONE, dtype=np.int64), np.zeros((len(ids), t), dtype=np.int64), np.zeros((len(ids), t, 1), dtype=np.float32)
        for b, i in enumerate(ids):
            for j, f in enumerate(sents[i].form):
                rows[b, j], vec[b, j] = feats(f)
            mask[b, :len(sents[i].form)] = 1
        rows, vec, mask = map(torch.from_numpy, (rows, vec, mask))
        bare = rows.clone()
        bare[..., -1] = NONE
        fake = torch.zeros(len(ids), t, dtype=torch.long)
        # heads first, since relations are scored at them; the words are encoded once
        for w in teachers:
            x = Parser.encode(w.model, bare if w.plain else rows, vec, mask)
            w.model.encode = lambda *_, x=x: x
        arcs = [w.model(rows, vec, mask, fake)[1] for w in teachers]
        head = mst_batch(torch.logsumexp(torch.stack([torch.log_softmax(x, -1) for x in arcs]), 0), mask)
        tags = {}
        for i, w in enumerate(teachers):
            g, _, r, _ = w.model(rows, vec, mask, head)
            for k, p in zip(KEYS + ("dep",), tuple(g) + (r,)):
                p = torch.cat([torch.softmax(p, -1), torch.zeros(p.shape[:-1] + (1,))], -1)[..., cols[i, k]] / len(teachers)
                tags[k] = tags[k] + p if k in tags else p
        best = {k: p.max(-1) for k, p in tags.items()}
        for b, i in enumerate(ids):
            out = []
            for j, f in enumerate(sents[i].form):
                v = {k: one.inv[k][int(m[1][b, j])] if m[0][b, j] >= SURE else None for k, m in best.items()}
                h = int(head[b, j])
                out.append("\t".join((str(j + 1), f, lemma(v["lemma"], f) if v["lemma"] else "_", v["upos"] or "_", v["xpos"] or "_",
                                      v["feats"] or "?", str(h), "root" if h == 0 else v["dep"] or "_", "_",
                                      "NE=?" if v["ne"] is None else "_" if v["ne"] == "O" else "NE=" + v["ne"])))
            done[i] = "\n".join(out) + "\n\n"
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("".join(done))


main()
