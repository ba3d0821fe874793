"""Trains the model. usage: train.py OUT_DIR --vectors VECTORS.npz [--minutes M] ... ; resumes from OUT_DIR/last.pt."""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import data
import features
import gazetteer
from model import Parser

ap = argparse.ArgumentParser()
ap.add_argument("out")
ap.add_argument("--minutes", type=float, default=60)
ap.add_argument("--max-epochs", type=int, default=1000)
ap.add_argument("--blocks", default="c r r a r")
ap.add_argument("--d", type=int, default=256)
ap.add_argument("--h", type=int, default=256)
ap.add_argument("--p", type=float, default=0.3)
ap.add_argument("--lr", type=float, default=2e-3)
ap.add_argument("--wd", type=float, default=0.01)
ap.add_argument("--words", type=int, default=1200)
ap.add_argument("--threads", type=int, default=1)
ap.add_argument("--vectors", required=True)
ap.add_argument("--ne", type=float, default=2.5, help="weight of the names' loss")
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--init", help="checkpoint to start from (its averaged weights)")
ap.add_argument("--silver", help="CoNLL-U of silver.py: each epoch takes as many words of it as there are of gold")
A = ap.parse_args()
torch.set_num_threads(A.threads)
torch.manual_seed(A.seed)
rng = random.Random(A.seed)
os.makedirs(A.out, exist_ok=True)
start = time.time()

train = data.load("ewt", "train") + data.load("gum", "train")
dev = {k: data.load(k, "dev") for k in data.SETS}
inv = data.inventories(train)
at = {k: {v: i for i, v in enumerate(vs)} for k, vs in inv.items()}
json.dump(inv, open(os.path.join(A.out, "inventory.json"), "w"))
pack = np.load(A.vectors)
glove = {w: i + 1 for i, w in enumerate(pack["words"].tolist())}
NONE = features.WORD_ROWS + features.AFFIX_ROWS
freq = {}
for s in train:
    for f in s.form:
        f = features.normal(f)
        freq[f] = freq.get(f, 0) + 1
gaz = gazetteer.masks(train)
cache = {}


def feats(form):
    r = cache.get(form)
    if r is None:
        n = features.normal(form)
        v = glove.get(n) or glove.get(features.folded(n)) or 0
        r = cache[form] = (np.array([NONE if x < 0 else x for x in features.slots(form, gaz.get(n) or gaz.get(features.folded(n)) or 0)], dtype=np.int64), v, freq.get(n, 0))
    return r


rules = {}


def rule(form, lemma):
    k = (form, lemma)
    if k not in rules:
        rules[k] = at["lemma"].get(data.lemma_rule(form, lemma), -1)
    return rules[k]


def ne_mask(tags):
    """Allowed classes: one bit each."""
    out = []
    for t in tags:
        if t[2:] == "ORG?":                          # a country as an actor: GUM says ORG, UNER LOC
            out.append(1 << at["ne"][t[:2] + "ORG"] | 1 << at["ne"][t[:2] + "LOC"])
        elif t == "?":                               # nothing said
            out.append((1 << len(data.NE)) - 1)
        elif t.endswith("OTH"):
            out.append(1 << at["ne"][t[:2] + "MISC"] | 1 << at["ne"][t[:2] + "EVENT"])
        else:
            out.append(1 << at["ne"][t])
    return out


for s in train:
    for i, t in enumerate(s.ne):
        if s.src == "gum" and t == "B-ORG":
            j = i + 1
            while j < len(s.ne) and s.ne[j] == "I-ORG":
                j += 1
            if all(gaz.get(features.normal(f), 0) & 12 or f in ("the", "of", "and") for f in s.form[i:j]):
                s.ne[i:j] = [x + "?" for x in s.ne[i:j]]
silver = list(data.read_silver(A.silver)) if A.silver else []
for s in train + silver + dev["ewt"] + dev["gum"]:
    s.id = dict(u=[at["upos"].get(x, -1) for x in s.upos], x=[at["xpos"].get(x, -1) for x in s.xpos],
                f=[at["feats"].get(x, -1) for x in s.feats], d=[at["dep"].get(x, -1) for x in s.dep], n=ne_mask(s.ne))


def batch(sents, noise):
    b, forms = len(sents), []
    for s in sents:
        f, k = data.noisy(s, rng) if noise else (s.form, len(s.form))
        forms.append(f[:k])
    t = max(map(len, forms))
    rows = np.full((b, t, features.SLOTS), NONE, dtype=np.int64)
    vec, head = np.zeros((b, t), dtype=np.int64), np.full((b, t), -1, dtype=np.int64)
    y = {k: np.full((b, t), -1, dtype=np.int64) for k in "uxfdl"}
    ne, mask = np.zeros((b, t), dtype=np.int64), np.zeros((b, t, 1), dtype=np.float32)
    for i, (s, fs) in enumerate(zip(sents, forms)):
        n = len(fs)
        mask[i, :n] = 1
        for j, f in enumerate(fs):
            r, v, c = feats(f)
            rows[i, j] = r
            vec[i, j] = v
            if noise:
                if rng.random() < 0.5 / (0.5 + c) or c == 0:
                    rows[i, j, 0] = NONE
                if rng.random() < 0.04:
                    vec[i, j] = 0
            elif c == 0:
                rows[i, j, 0] = NONE
        for k in "uxfd":
            y[k][i, :n] = s.id[k][:n]
        y["l"][i, :n] = [rule(f, l) for f, l in zip(fs, s.lemma)]
        ne[i, :n] = s.id["n"][:n]
        head[i, :n] = s.head[:n]
    T = torch.from_numpy
    return T(rows), T(vec), T(mask), T(head), {k: T(v) for k, v in y.items()}, T(ne)


def batches(sents, words, shuffle):
    order = sorted(range(len(sents)), key=lambda i: len(sents[i].form) + (rng.random() * 4 if shuffle else 0))
    out, cur, top = [], [], 0
    for i in order:
        n = len(sents[i].form)
        if cur and max(top, n) * (len(cur) + 1) > words:
            out.append(cur)
            cur, top = [], 0
        cur.append(i)
        top = max(top, n)
    out.append(cur)
    if shuffle:
        rng.shuffle(out)
    return out


model = Parser(inv, torch.from_numpy(pack["q"]), torch.from_numpy(pack["scale"]), d=A.d, blocks=A.blocks, h=A.h, p=A.p)
macs = sum(p.numel() for n, p in model.named_parameters() if p.dim() == 2 and not n.startswith("emb") and "dist" not in n)
print("blocks", A.blocks, "d", A.d, "multiply-accumulates a word %.2f M" % (macs / 1e6), {k: len(v) for k, v in inv.items()}, flush=True)
decay = [p for n, p in model.named_parameters() if p.dim() > 1 and not n.startswith("emb")]
plain = [p for n, p in model.named_parameters() if not (p.dim() > 1 and not n.startswith("emb"))]
opt = torch.optim.AdamW([{"params": decay, "weight_decay": A.wd}, {"params": plain, "weight_decay": 0}], lr=A.lr, betas=(0.9, 0.98), eps=1e-8)
if A.init:
    model.load_state_dict(torch.load(A.init)["ema"], strict=False)
ema = {k: v.clone() for k, v in model.state_dict().items()}
epoch, step, spent = 0, 0, 0.0
last = os.path.join(A.out, "last.pt")
if os.path.exists(last):
    ck = torch.load(last)
    model.load_state_dict(ck["model"]), opt.load_state_dict(ck["opt"])
    ema, epoch, step, spent = ck["ema"], ck["epoch"], ck["step"], ck["spent"]
    print("resumed at epoch", epoch, flush=True)


def loss_of(tags, arcs, rels, head, y, ne):
    ok = head >= 0
    n = ok.sum().clamp(min=1)

    def ce(s, t):
        return F.cross_entropy(s.reshape(-1, s.shape[-1]), t.reshape(-1), ignore_index=-1, reduction="sum") / n
    l = ce(tags[0], y["u"]) + ce(tags[1], y["x"]) * 0.7 + ce(tags[2], y["f"]) * 0.5 + ce(tags[3], y["l"]) * 0.7
    bits = (ne[..., None] >> torch.arange(len(data.NE))) & 1
    lp = torch.log_softmax(tags[4], -1)
    m = torch.logsumexp(lp.masked_fill(bits == 0, -1e4), -1)
    l = l - (m * ok).sum() / n * A.ne
    return l + ce(arcs, head) * 1.2 + ce(rels, y["d"])


@torch.no_grad()
def evaluate(name):
    sents = dev[name]
    c = dict.fromkeys(("n", "upos", "xpos", "feats", "lemma", "uas", "las", "tp", "sys", "gold"), 0)
    for ids in batches(sents, 3000, False):
        ss = [sents[i] for i in ids]
        rows, vec, mask, gold, y, ne = batch(ss, False)
        tags, arcs, rels, head = model(rows, vec, mask)
        pr = [t.argmax(-1) for t in tags]
        rel = rels.argmax(-1)
        for b, s in enumerate(ss):
            n = len(s.form)
            c["n"] += n
            for j in range(n):
                c["upos"] += inv["upos"][pr[0][b, j]] == s.upos[j]
                c["xpos"] += inv["xpos"][pr[1][b, j]] == s.xpos[j]
                c["feats"] += inv["feats"][pr[2][b, j]] == s.feats[j]
                c["lemma"] += inv["lemma"][pr[3][b, j]] == data.lemma_rule(s.form[j], s.lemma[j])
                if head[b, j] == s.head[j]:
                    c["uas"] += 1
                    c["las"] += inv["dep"][rel[b, j]].split(":")[0] == s.dep[j].split(":")[0]
            def spans(t):
                out, st, kd = set(), None, None
                for i, x in enumerate(t + ["O"]):
                    if st is not None and (x == "O" or x[0] == "B" or x[2:] != kd):
                        out.add((st, i, kd)); st = None
                    if x != "O" and st is None:
                        st, kd = i, x[2:]
                return {x for x in out if x[2] in ("PER", "ORG", "LOC")}
            g = spans(["O" if x == "?" or x.endswith("OTH") else x for x in s.ne])
            p = spans([inv["ne"][pr[4][b, j]] for j in range(n)])
            c["tp"] += len(g & p); c["sys"] += len(p); c["gold"] += len(g)
    f = 2 * c["tp"] / max(1, c["sys"] + c["gold"])
    return " ".join("%s %.2f" % (k, 100 * c[k] / c["n"]) for k in ("upos", "xpos", "feats", "lemma", "uas", "las")) + " ne %.3f" % f, c["las"] / c["n"]


total = A.minutes * 60
done = False
while not done and epoch < A.max_epochs:
    model.train()
    t0, tl, nb = time.time(), 0.0, 0
    todo = [[train[i] for i in ids] for ids in batches(train, A.words, True)]
    if silver:
        more = [[silver[i] for i in ids] for ids in batches(silver, A.words, True)]
        todo += more[:len(todo)]
        rng.shuffle(todo)
    for ss in todo:
        used = spent + time.time() - start
        frac = min(1.0, used / total)
        lr = A.lr * min(1, (step + 1) / 300) * (1 - frac) ** 0.9 + 1e-6
        for g in opt.param_groups:
            g["lr"] = lr
        rows, vec, mask, head, y, ne = batch(ss, True)
        tags, arcs, rels, _ = model(rows, vec, mask, head)
        loss = loss_of(tags, arcs, rels, head, y, ne)
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        opt.step()
        step += 1
        tl += loss.item(); nb += 1
        if step % 4 == 0:
            k = min(0.996, (step + 1) / (step + 40))
            with torch.no_grad():
                for n, v in model.state_dict().items():
                    ema[n].mul_(k).add_(v, alpha=1 - k)
        if frac >= 1:
            done = True
            break
    epoch += 1
    t1 = time.time()
    line = "epoch %d loss %.3f lr %.1e train %.0fs" % (epoch, tl / nb, lr, t1 - t0)
    if epoch <= 4 or epoch % 2 == 0 or done or epoch == A.max_epochs:
        keep = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(ema)
        model.eval()
        line += " | ewt " + evaluate("ewt")[0] + " | gum " + evaluate("gum")[0]
        model.load_state_dict(keep)
    print(line + " | %.1f min" % ((spent + time.time() - start) / 60), flush=True)
    tmp = last + ".tmp"
    torch.save(dict(model=model.state_dict(), opt=opt.state_dict(), ema=ema, cfg=model.cfg, inv=inv, epoch=epoch, step=step,
                    spent=spent + time.time() - start), tmp)
    os.replace(tmp, last)
