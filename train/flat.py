#!/usr/bin/env python3
"""train/flat.py PROGRAM PAGES OUT.inc -- the model of src/page/flat_body.c, which parts the article from the rest of a flat page.

PROGRAM is bench/flat of a build: it writes what the model sees of each line (src/page/flat_cues.c). PAGES is ../../shared/gold/pages, whose
scorer (../../score/score_pages.py, flatten.py) is used too. Where a page's gold is its full text, each line gets a label by how much of it
stands there; where it is a few segments only, the lines that hold them get one, and the model is trained on the sum of all paths that
agree with the labels. Adam, in NumPy; written are whole numbers in units of 1/256.

--cross: five folds by host, each page judged by a model that saw no page of its host; prints the scorer's table for them. Without: fitted
on all, written to OUT.inc. --titles: the same for the titles (src/page/flat_title.c), once the bodies are trained and built in. --epochs N, --seed N. When the numbers of a row have changed: "train/flat.py --blank ROW OUT.inc" first, with the
length of the new row, so that bench/flat builds at all."""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

HIDDEN, UNIT, YES, STATES = 16, 256, 32.0, 4
BODY = 1
ALLOWED = [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 2), (2, 1), (3, 3)]
STARTS = [0, 1]
NEVER = -1e4


def option(name, default):
    for i, a in enumerate(sys.argv):
        if a == name:
            return sys.argv[i + 1]
    return default


def tokens(s):
    return re.findall(r"\w+", s)


# ---- pages and labels ----

class Page:
    def __init__(self, gold, lines, rows, label=None, weight=1.0):
        self.gold, self.lines = gold, lines
        self.rows = np.array(rows, np.float32) / YES
        self.label = label_lines(gold, lines) if label is None else label
        self.weight = weight * (0.3 if gold["source"] == "mozilla" else 1.0)   # a program's output, not human gold


def label_text(gold, lines):
    """1 article, 0 not, -1 unknown, of a page whose gold is its whole text."""
    want = tokens(gold["text"])
    shingles = {n: {tuple(want[i:i + n]) for i in range(len(want) - n + 1)} for n in (1, 2, 3, 4)}
    label, words = [], [tokens(x) for x in lines]
    for w in words:
        n = min(4, len(w))
        if not n:
            label.append(-1)
            continue
        own = [tuple(w[i:i + n]) for i in range(len(w) - n + 1)]
        held = sum(x in shingles[n] for x in own) / len(own)
        label.append(1 if held >= 0.7 else 0 if held <= 0.3 else -1)
    best = total = start = 0
    first = past = 0
    for i, w in enumerate(words):     # the run in which the article stands
        total += len(w) if label[i] == 1 and len(w) >= 8 else -len(w) - 2 if label[i] == 0 else 0
        if total <= 0:
            total, start = 0, i + 1
        elif total > best:
            best, first, past = total, start, i + 1
    inside = {tuple(words[i]) for i in range(first, past) if label[i] == 1}
    for i, w in enumerate(words):
        if first <= i < past or label[i] != 1:
            continue
        if tuple(w) in inside or len(w) < 4:
            label[i] = 0
        elif len(w) < 12:
            label[i] = 0 if i < first - 6 or i > past + 6 else -1
    return label


def label_lines(gold, lines):
    label = label_text(gold, lines) if gold["text"] else [-1] * len(lines)
    flat, at = "", []
    for x in lines:
        at.append(len(flat))
        flat += x + " "
    at.append(len(flat))
    for verdict, segments in ((1, gold["with"]), (0, gold["without"])):
        for segment in segments:
            s = re.sub(r"\s+", " ", segment).strip()
            spans = [m.start() for m in re.finditer(re.escape(s), flat)] if s else []
            held = [[i for i in range(len(lines)) if at[i] < x + len(s) and at[i + 1] - 1 > x] for x in spans]
            if verdict and len(held) > 1:   # once is enough: where the longest line is
                held = [max(held, key=lambda v: sum(len(lines[i]) for i in v))]
            for v in held:
                for i in v:
                    label[i] = verdict if label[i] in (-1, verdict) or gold["text"] else -1
    return label


def dump(program, mode, gold, folder, topless=False):
    """(lines, rows) of each page; topless: its first line keeps the site's name only, or goes."""
    score = os.path.join(folder, "..", "..", "score")
    with tempfile.TemporaryDirectory() as d:
        subprocess.run([sys.executable, os.path.join(score, "flatten.py"), "--gold", os.path.join(folder, "pages.dev.jsonl"), "--out", d], check=True)
        for r in gold if topless else []:
            with open(os.path.join(d, r["id"] + ".txt"), "r+", encoding="utf-8") as f:
                top, _, rest = f.read().partition("\n")
                site = re.split(r" (?:[|\u00b7\u00bb\u2013\u2014-]|::) ", top)[1:]
                f.seek(0)
                f.truncate()
                f.write((site[-1] + "\n" if site else "") + rest)
        raw = subprocess.run([program, mode] + [os.path.join(d, r["id"] + ".txt") for r in gold], stdout=subprocess.PIPE, check=True).stdout
    return cut(raw)


def read_gold(folder):
    sys.path.insert(0, os.path.join(folder, "..", "..", "score"))
    gold = [json.loads(x) for x in open(os.path.join(folder, "pages.dev.jsonl"), encoding="utf-8")]
    return sorted(gold, key=lambda r: r["id"])


def read_pages(program, folder):
    gold = read_gold(folder)
    pages = []
    for r, (lines, rows) in zip(gold, dump(program, "lines", gold, folder)):
        if lines:
            pages.append(Page(r, lines, rows))
    return pages


# ---- pages made of pages: what the gold has too few of ----

def headline(line, rng):
    """A headline on the article's own subject: the head of a sentence of it, without its full stop."""
    words = line.split()
    if len(words) < 8:
        return None
    at = rng.integers(0, max(1, len(words) - 18)) if rng.random() < 0.3 else 0
    out = " ".join(words[at:at + int(rng.integers(5, 20))]).rstrip(".,;:!?\u2026\u201d\u201c\"")
    return out[:1].upper() + out[1:] if len(out) > 20 else None


def remade(page, titles, rng):
    """The page as another site might print it: without its own title on top, with less above and below, a shorter article, and a
    long list of headlines behind, in front of or amid it. Lines and labels."""
    rows = list(zip(page.lines, page.label))
    body = [i for i, (_, x) in enumerate(rows) if x == 1]
    if len(body) < 3:
        return None
    first, past = body[0], body[-1] + 1
    own = [h for h in (headline(page.lines[i], rng) for i in body) if h]
    above, inside, below = rows[:first], rows[first:past], rows[past:]
    if rng.random() < 0.3:
        above = above[1:]
    if rng.random() < 0.4:
        above = above[len(above) - int(rng.integers(0, len(above) + 1)):]
    if rng.random() < 0.4:
        below = below[:int(rng.integers(0, len(below) + 1))]
    scraps = [x for x, y in rows if y == 0 and len(x.split()) <= 5]
    for _ in range(int(rng.integers(0, 4)) if scraps and len(inside) > 3 else 0):      # buttons, notices, a headline or two amid the text
        at = int(rng.integers(1, len(inside)))
        let_in = [scraps[int(rng.integers(0, len(scraps)))] for _ in range(int(rng.integers(0, 4)))]
        let_in += [str(titles[int(rng.integers(0, len(titles)))]) for _ in range(int(rng.integers(0, 4)))]
        inside = inside[:at] + [(x, 0) for x in let_in] + inside[at:]
    bare = rng.random() < 0.25      # as a record of an agency's wire: headline, text, no more
    if bare:
        above = [(page.gold["title"] or str(titles[int(rng.integers(0, len(titles)))]), 0)] + above[len(above) - int(rng.integers(0, 2)):] * int(above != [])
        below = below[:int(rng.integers(0, 3))]
    if rng.random() < 0.4:
        keep = int(rng.integers(2, 9))
        at = 0 if rng.random() < 0.7 else int(rng.integers(0, len(inside)))
        inside = inside[at:at + keep]
    part = own if own and rng.random() < 0.4 else titles
    lists = [(str(part[int(rng.integers(0, len(part)))]), 0) for _ in range(int(np.exp(rng.uniform(np.log(4), np.log(120)))))]
    if rng.random() < 0.3:        # each with its date or its hour
        stamp = ["%02d:%02d" % (rng.integers(0, 24), rng.integers(0, 60)) for _ in lists]
        if rng.random() < 0.5:
            stamp = ["%02d.%02d.%d" % (rng.integers(1, 29), rng.integers(1, 13), rng.integers(2005, 2026)) for _ in lists]
        lists = [x for pair in zip(lists, [(t, 0) for t in stamp]) for x in pair]
    where = rng.random()
    if bare and rng.random() < 0.7:
        pass
    elif where < 0.45:
        at = int(rng.integers(0, min(4, len(below)) + 1))
        below = below[:at] + lists + below[at:]
    elif where < 0.75:
        at = len(above) - int(rng.integers(0, min(4, len(above)) + 1))
        above = above[:at] + lists + above[at:]
    else:
        at = int(rng.integers(1, len(inside))) if len(inside) > 1 else len(inside)
        inside = inside[:at] + lists[:24] + inside[at:]
    rows = above + inside + below
    if not any(x == 1 for _, x in rows):
        return None
    return [x for x, _ in rows], [x for _, x in rows]


def remade_pages(program, pages, seed):
    """One of each page; headlines come from pages of the same fold, so that no fold knows another's."""
    rng = np.random.default_rng(seed)
    titles = [[p.gold["title"] for p in pages if p.gold["title"] and fold_of(p) == k] for k in range(5)]
    made, files, out = [], [], []
    with tempfile.TemporaryDirectory() as d:
        for p in pages:
            new = remade(p, titles[fold_of(p)], rng)
            if not new:
                continue
            made.append((p, new))
            files.append(os.path.join(d, "%d.txt" % len(files)))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.write("\n".join(new[0]) + "\n")
        raw = subprocess.run([program, "lines"] + files, stdout=subprocess.PIPE, check=True).stdout
    for (p, (lines, label)), (seen, rows) in zip(made, cut(raw)):
        if len(seen) == len(lines):
            out.append(Page(p.gold, lines, rows, label, 0.5))
    return out


def cut(raw):
    out = []
    for line in raw.split(b"\n"):
        if line.startswith(b"= "):
            out.append(([], []))
        elif line:
            row, _, text = line.partition(b" ")
            out[-1][0].append(text.decode("utf-8", "replace"))
            out[-1][1].append(np.frombuffer(bytes.fromhex(row.decode()), np.uint8))
    return out


# ---- the model ----

class Model:
    def __init__(self, n, rng):
        self.p = {"w": rng.normal(0, 0.7 / np.sqrt(n), (n, HIDDEN)), "b": np.full(HIDDEN, 0.1), "v": rng.normal(0, 0.3, (HIDDEN, STATES)),
                  "c": np.array([0.0, 0, -1, 0]), "t": np.array([0.0, -2, 0, -2, -3, 0, -2, 0]), "s": np.array([0.0, -2])}
        self.m = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.q = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.steps = 0

    def transitions(self):
        t = np.full((STATES, STATES), NEVER)
        for (i, k), x in zip(ALLOWED, self.p["t"]):
            t[i, k] = x
        s = np.full(STATES, NEVER)
        s[STARTS] = self.p["s"]
        return s, t

    def step(self, grad, rate, decay):
        self.steps += 1
        for k, g in grad.items():
            self.m[k] = 0.9 * self.m[k] + 0.1 * g
            self.q[k] = 0.99 * self.q[k] + 0.01 * g * g
            m, q = self.m[k] / (1 - 0.9 ** self.steps), self.q[k] / (1 - 0.99 ** self.steps)
            self.p[k] -= rate * m / (np.sqrt(q) + 1e-8)
            if k in "wv":
                self.p[k] -= rate * decay * self.p[k]


def forward_backward(e, mask, s, t):
    """e [pages, lines, states]: log sums, marginals, expected steps and starts; scaled as Rabiner 1989. A page ends where its mask does."""
    n, length = mask.shape
    top = e.max(2, keepdims=True)
    x, t = np.where(mask[:, :, None], np.exp(e - top), 1.0), np.exp(t)
    a, scale = np.empty_like(x), np.ones((n, length))
    a[:, 0] = np.exp(s) * x[:, 0]
    for i in range(length):
        if i:
            a[:, i] = np.where(mask[:, i, None], (a[:, i - 1] @ t) * x[:, i], a[:, i - 1])
        scale[:, i] = a[:, i].sum(1) + 1e-300
        a[:, i] /= scale[:, i, None]
    end = np.array([1.0, 1, 0, 1])
    last = a[:, -1] @ end + 1e-300
    z = np.log(scale).sum(1) + np.log(last) + (top[:, :, 0] * mask).sum(1)
    b = np.empty_like(x)
    b[:, -1] = end / last[:, None]
    for i in range(length - 1, 0, -1):
        b[:, i - 1] = np.where(mask[:, i, None], (b[:, i] * x[:, i] / scale[:, i, None]) @ t.T, b[:, i])
    post = a * b * mask[:, :, None]
    y = b[:, 1:] * x[:, 1:] / scale[:, 1:, None] * mask[:, 1:, None]
    et = np.einsum("nif,nit->nft", a[:, :-1], y) * t
    return z, post, et, post[:, 0]


def train(pages, epochs, seed, rate=0.01, decay=0.02, drop=0.1, quiet=False):
    rng = np.random.default_rng(seed)
    x = np.concatenate([p.rows for p in pages])
    mean, dev = x.mean(0), x.std(0) + 0.05
    model = Model(x.shape[1], rng)
    pages = sorted(pages, key=lambda p: len(p.lines))
    batches = [pages[i:i + 12] for i in range(0, len(pages), 16)]
    steps = epochs * len(batches)
    for epoch in range(epochs):
        total = 0.0
        for k in rng.permutation(len(batches)):
            batch = batches[k]
            n, length = len(batch), max(len(p.lines) for p in batch)
            mask = np.zeros((n, length), bool)
            feat = np.zeros((n, length, x.shape[1]), np.float32)
            bar = np.zeros((n, length, STATES))
            for i, p in enumerate(batch):
                mask[i, :len(p.lines)] = True
                feat[i, :len(p.lines)] = (p.rows - mean) / dev
                label = np.array(p.label)
                bar[i, :len(label)][label == 1] = [NEVER, 0, NEVER, NEVER]
                bar[i, :len(label), BODY][label == 0] = NEVER
            feat *= ((rng.random((1, 1, x.shape[1])) >= drop) / (1 - drop)).astype(np.float32)
            h = np.maximum(feat @ model.p["w"].astype(np.float32) + model.p["b"].astype(np.float32), 0)
            keep = ((rng.random(h.shape) >= drop) / (1 - drop)).astype(np.float32)
            h *= keep
            e = h.astype(float) @ model.p["v"] + model.p["c"]
            s, t = model.transitions()
            z, post, et, es = forward_backward(np.concatenate([e, e + bar]), np.concatenate([mask, mask]), s, t)
            weight = np.array([p.weight for p in batch]) * (z[n:] > z[:n] - 500)
            total += float(((z[:n] - z[n:]) * weight).sum())
            scale = 1.0 / n
            ge = (post[:n] - post[n:]) * (weight * scale)[:, None, None]
            gt = ((et[:n] - et[n:]) * (weight * scale)[:, None, None]).sum(0)
            gs = ((es[:n] - es[n:]) * (weight * scale)[:, None]).sum(0)
            gh = (ge @ model.p["v"].T).astype(np.float32) * keep * (h > 0)
            grad = {"v": h.reshape(-1, HIDDEN).T @ ge.reshape(-1, STATES), "c": ge.sum((0, 1)), "w": feat.reshape(-1, x.shape[1]).T @ gh.reshape(-1, HIDDEN),
                    "b": gh.sum((0, 1)), "t": np.array([gt[i, j] for i, j in ALLOWED]), "s": gs[STARTS]}
            norm = np.sqrt(sum((g * g).sum() for g in grad.values()))
            for g in grad.values():
                g *= min(1.0, 20.0 / (norm + 1e-9))
            model.step(grad, rate * (1 - model.steps / steps), decay)
        if not quiet and (epoch + 1) % 5 == 0:
            print("epoch %d: loss %.2f a page" % (epoch + 1, total / len(pages)), file=sys.stderr, flush=True)
    model.p["b"] = model.p["b"] - (mean / dev) @ model.p["w"]
    model.p["w"] = model.p["w"] / dev[:, None]
    return model


# ---- in whole numbers, as the C code does it ----

def whole(model):
    return {k: np.round(v * UNIT).astype(np.int64) for k, v in model.p.items()}


def best_path(w, rows):
    x = np.round(rows * YES).astype(np.int64)
    h = np.maximum(x @ w["w"] + w["b"] * int(YES), 0) // int(YES)
    e = (h @ w["v"]) // UNIT + w["c"]
    n = len(x)
    score = np.full(STATES, -10 ** 12)
    score[STARTS] = w["s"] + e[0][STARTS]
    back = np.zeros((n, STATES), int)
    into = [[(i, w["t"][k]) for k, (i, j) in enumerate(ALLOWED) if j == s] for s in range(STATES)]
    for i in range(1, n):
        new = []
        for s in range(STATES):
            best, at = max((score[f] + c, -f) for f, c in into[s])
            back[i, s] = -at
            new.append(best + e[i, s])
        score = new
    s = max((0, 1, 3), key=lambda k: score[k])
    path = [0] * n
    for i in range(n - 1, -1, -1):
        path[i] = s
        s = back[i, s]
    return path


def answer(w, page):
    path = best_path(w, page.rows)
    return {"id": page.gold["id"], "text": "\n".join(x for x, s in zip(page.lines, path) if s == BODY)}


def table(pages, answers):
    import score_pages
    t, _, _ = score_pages.evaluate([p.gold for p in pages], answers)
    for k, s in t.items():
        print("%-12s %4d  segment P %s R %s F1 %s  shingle P %s R %s F1 %s" % (
            (k, s["pages"]) + tuple(score_pages.num(s[f]) for f in ("seg_p", "seg_r", "seg_f1", "shg_p", "shg_r", "shg_f1"))))
    return t["ALL"]["seg_f1"], t["aeb"]["shg_f1"]


def host_fold(gold):
    host = re.sub(r"^www\.", "", re.sub(r"^\w+://", "", gold["url"]).split("/")[0].lower())
    return hashlib.sha256(host.encode()).digest()[0] % 5


def fold_of(page):
    return host_fold(page.gold)


def write(w, out):
    with open(out, "w") as f:
        f.write("/* Written by train/flat.py; see src/page/flat.h and model/README.md.\n * A line a number of the row, then the biases; then for each hidden "
                "unit what it says for above, body, gap, below,\n * then their biases; then the costs of the steps above-above, above-body, body-body, "
                "body-gap, body-below, gap-gap,\n * gap-body, below-below, and of beginning above and in the body. Units of 1/256. */\n")
        for row in list(w["w"]) + [w["b"]] + list(w["v"]) + [w["c"], w["t"], w["s"]]:
            f.write(",".join(map(str, row)) + ",\n")


# ---- titles ----

def train_titles(pages, steps=300, decay=0.03):
    """Conditional logit: of the candidates of a page, those that are the gold title above all others. pages: (rows, right)."""
    x = np.concatenate([r for r, _ in pages])
    dev = x.std(0) + 0.05
    at = np.cumsum([0] + [len(r) for r, _ in pages])
    right = np.concatenate([y for _, y in pages])
    x, part = x / dev, np.repeat(np.arange(len(pages)), np.diff(at))
    w, m, q = np.zeros(x.shape[1]), 0, 0

    def soft(score, among):
        e = np.where(among, np.exp(score - np.maximum.reduceat(score, at[:-1])[part]), 0)
        return e / (np.add.reduceat(e, at[:-1])[part] + 1e-300)
    for step in range(1, steps + 1):
        score = x @ w
        g = x.T @ (soft(score, True) - soft(score, right)) / len(pages) + decay * w
        m, q = 0.9 * m + 0.1 * g, 0.99 * q + 0.01 * g * g
        w = w - 0.05 * (m / (1 - 0.9 ** step)) / (np.sqrt(q / (1 - 0.99 ** step)) + 1e-8)
    return np.round(w / dev * UNIT).astype(np.int64)


def titles(program, folder, out, cross):
    gold = read_gold(folder)
    from score_pages import fold
    pages, more = [], []
    for topless, into in ((False, pages), (True, more)):
        for r, (lines, rows) in zip(gold, dump(program, "titles", gold, folder, topless)):
            right = np.array([fold(x) == fold(r["title"] or "") for x in lines])
            if r["title"] and r["source"] != "mozilla" and len(lines):
                into.append((np.array(rows, np.float32) / YES, right, host_fold(r)))
    usable = [p[:2] for p in pages + more if p[1].any()]

    def share_right(some, w):
        return sum(bool(y[len(y) - 1 - np.argmax((np.round(x * YES) @ w)[::-1])]) for x, y, _ in some), len(some)
    hits = [share_right([p for p in pages if p[2] == k],
                        train_titles([p[:2] for p in pages + more if p[2] != k and p[1].any()])) for k in range(5)] if cross else []
    if cross:
        print("titles of pages of unseen hosts: %d of %d" % tuple(np.sum(hits, 0)))
        return
    w = train_titles(usable)
    print("titles: %d of %d, held by a line of %d" % (share_right(pages, w) + (len(usable),)))
    with open(out, "w") as f:
        f.write("/* Written by train/flat.py; see src/page/flat_title.c and model/README.md. A number a number of the row, in units of 1/256. */\n")
        for i in range(0, len(w), 16):
            f.write(",".join(map(str, w[i:i + 16])) + ",\n")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    if sys.argv[1] == "--blank":
        return write({k: np.zeros(v.shape, int) for k, v in Model(int(sys.argv[2]), np.random.default_rng(0)).p.items()}, sys.argv[3])
    program, folder, out = sys.argv[1:4]
    if "--titles" in sys.argv:
        return titles(program, folder, out, "--cross" in sys.argv)
    epochs, seed = int(option("--epochs", "20")), int(option("--seed", "1"))
    pages = read_pages(program, folder)
    more = remade_pages(program, pages, seed)
    if "--cross" in sys.argv:
        answers = []
        for fold in range(5):
            model = train([p for p in pages + more if fold_of(p) != fold], epochs, seed)
            answers += [answer(whole(model), p) for p in pages if fold_of(p) == fold]
        table(pages, answers)
        return
    w = whole(train(pages + more, epochs, seed))
    table(pages, [answer(w, p) for p in pages])
    write(w, out)


if __name__ == "__main__":
    main()
