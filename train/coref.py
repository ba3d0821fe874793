#!/usr/bin/env python3
"""train/coref.py PROGRAM GUM-TRAIN.jsonl OUT.inc [--epochs N] [--development | --all] -- the ranker of src/who/coref.c.

PROGRAM is bench/coref of a build; it writes what the ranker sees. The network has one layer of hidden units over features that are there or
not; for each phrase it is to score a right candidate (or "none", where no chain at hand is right) above all others: softmax over the
candidates, their right ones taken together (Durrett and Klein 2013). Adam, in NumPy. Written are whole numbers in units of 1/256.

--development: every fifth document of each genre is left out of training and its score printed each few epochs; --all (the default) trains
on everything, for what we ship. Nothing else of the data is looked at."""
import collections
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
import coref as bench

ROW, HIDDEN, UNIT = 128, 16, 256
MARGIN = 1.3   # by which a right chain is to beat "none": as a miss costs more than a slip (softmax-margin, Gimpel and Smith 2010)


def option(name, default):
    for i, a in enumerate(sys.argv):
        if a == name:
            return sys.argv[i + 1]
    return default


def features_n(source):
    """WHO_F_ALL of src/who/coref.h."""
    v = {}
    for line in open(source):
        if line.startswith("#define WHO_F_"):
            _, name, rest = line.split(None, 2)
            rest = rest.split("/*")[0].strip()
            for k in sorted(v, key=len, reverse=True):
                rest = rest.replace(k, str(v[k]))
            v[name] = eval(rest, {})
    return v["WHO_F_ALL"]


def rows_of(program, modes, bases):
    parts = []
    for mode in modes:
        raw = subprocess.run([program, mode] + bases, stdout=subprocess.PIPE, check=True).stdout
        parts.append(np.frombuffer(raw, dtype=np.uint16).reshape(-1, ROW))
    return np.concatenate(parts)


class Network:
    def __init__(self, n, rng):
        self.w = rng.normal(0, 0.12, (n, HIDDEN)).astype(np.float32)
        self.b = np.full(HIDDEN, 0.1, np.float32)
        self.v = rng.normal(0, 0.3, HIDDEN).astype(np.float32)
        self.params = [self.w, self.b, self.v]
        self.m = [np.zeros_like(p) for p in self.params]
        self.s = [np.zeros_like(p) for p in self.params]
        self.t = 0

    def adam(self, grads, rate, decay):
        self.t += 1
        for p, g, m, s in zip(self.params, grads, self.m, self.s):
            m += 0.1 * (g - m)
            s += 0.002 * (g * g - s)
            step = m / (1 - 0.9 ** self.t) / (np.sqrt(s / (1 - 0.998 ** self.t)) + 1e-8)
            p -= rate * (step + decay * p)


def dense(ids, n):
    x = np.zeros((len(ids), n + 1), np.float32)
    np.put_along_axis(x, np.minimum(ids, n).astype(np.int64), 1.0, axis=1)
    return x[:, :n]


def train(rows, n, epochs, rng, report=None, keep=14, batch=12000, rate=0.004, decay=0.002, drop=0.25, weight=None):
    starts = np.flatnonzero(rows[:, 0])
    bounds = np.append(starts, len(rows))
    net = Network(n, rng)
    right = rows[:, 1] > 0
    average, averaged = None, 0
    for epoch in range(epochs):
        order = rng.permutation(len(starts))
        # all right rows, the row "none", and some of the wrong ones
        chance = rng.random(len(rows))
        size = np.repeat(np.diff(bounds), np.diff(bounds))
        taken = right | (rows[:, 0] > 0) | (chance < keep / size)
        now = rate * min(1, (epochs - epoch) / (epochs * 0.6))
        pending, count, loss_sum = [], 0, 0.0
        for j, o in enumerate(order):
            idx = bounds[o] + np.flatnonzero(taken[bounds[o]:bounds[o + 1]])
            if len(idx) > 1:
                pending.append(idx)
                count += len(idx)
            if count < batch and j + 1 < len(order) or not pending:
                continue
            at = np.concatenate(pending)
            group = np.repeat(np.arange(len(pending)), [len(p) for p in pending])
            first = np.cumsum([0] + [len(p) for p in pending[:-1]])
            x = dense(rows[at, 2:], n)
            if drop:
                x *= (rng.random((1, n)) > drop * 0.2).astype(np.float32)
            h = x @ net.w + net.b
            mask = h > 0
            if drop:
                mask &= rng.random(h.shape) > drop
            h = np.where(mask, h / (1 - drop), 0)
            s = h @ net.v + MARGIN * ((rows[at, 0] > 0) & ~right[at])
            s -= np.maximum.reduceat(s, first)[group]
            e = np.exp(s)
            all_ = np.add.reduceat(e, first)
            good = np.maximum(np.add.reduceat(e * right[at], first), 1e-12)
            loss_sum += float(np.log(all_ / good).sum())
            d = e / all_[group] - e * right[at] / good[group]
            if weight is not None:
                d *= weight[at]
            d /= len(pending)
            dh = np.outer(d, net.v) * mask / (1 - drop)
            net.adam([x.T @ dh, dh.sum(0), h.T @ d], now, decay)
            pending, count = [], 0
        if epoch >= epochs * 0.7:
            averaged += 1
            average = [p.copy() for p in net.params] if average is None else [a + p for a, p in zip(average, net.params)]
        print("epoch %d loss %.4f" % (epoch + 1, loss_sum / len(order)), flush=True)
        if report and ((epoch + 1) % 5 == 0 and epoch + 1 < epochs):
            report(net.params)
    for p, a in zip(net.params, average):
        p[:] = a / averaged
    if report:
        report(net.params)
    return net


def write(path, params, seen):
    w, b, v = [p.copy() for p in params]
    w[~seen] = 0   # what the training data never had says nothing
    whole = np.concatenate([w.reshape(-1), b, v])
    whole = np.rint(whole * UNIT).astype(int)
    # no sum of the at most 3 * 24 + 40 features of a row and the bias may leave 16 bits
    hidden = np.sort(np.abs(whole[:-HIDDEN].reshape(-1, HIDDEN)), axis=0)
    if hidden[-113:].sum(0).max() > 32767:
        sys.exit("train/coref.py: weights too large for sums of 16 bits; raise the decay")
    with open(path, "w") as f:
        f.write("/* Written by train/coref.py; see src/who/coref.c. A line a feature, then the biases, then the last layer. */\n")
        for line in whole.reshape(-1, HIDDEN):
            f.write(",".join(map(str, line)) + ",\n")


def test(rows, params, n, shift=0.0):
    """Share of phrases whose best candidate is right."""
    w, b, v = params
    s = np.empty(len(rows), np.float32)
    for i in range(0, len(rows), 20000):
        s[i:i + 20000] = np.maximum(dense(rows[i:i + 20000, 2:], n) @ w + b, 0) @ v
    s += shift * (rows[:, 0] > 0)
    starts = np.flatnonzero(rows[:, 0])
    best = np.maximum.reduceat(s, starts)
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
    hit = np.zeros(len(starts), bool)
    np.logical_or.at(hit, group[(s == best[group]) & (rows[:, 1] > 0)], True)
    linked = rows[starts, 1] == 0
    return hit.mean(), hit[linked].mean(), hit[~linked].mean()


def main():
    program, gold, out = [a for a in sys.argv[1:] if a.endswith((".jsonl", ".inc")) or os.access(a, os.X_OK)][:3]
    development = "--development" in sys.argv
    rng = np.random.default_rng(4)
    n = features_n(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/who/coref.h"))
    with tempfile.TemporaryDirectory() as folder:
        documents = bench.write_documents(gold, folder)
        by_genre = collections.defaultdict(list)
        for base, d in documents:
            by_genre[d["genre"]].append(base)
        held = {b for bases in by_genre.values() for b in bases[2::5]} if development else set()
        modes = option("--modes", "rows-own,rows-given").split(",")
        rows = rows_of(program, modes, [b for b, _ in documents if b not in held])
        aside = rows_of(program, ["rows-own"], [b for b, _ in documents if b in held]) if held else None
        print("%d rows of %d phrases, most features %d" % (len(rows), (rows[:, 0] > 0).sum(), (rows[:, 2:] != 65535).sum(1).max()))
        report = (lambda p: print("  aside: right %.4f, of those to link %.4f, of those new %.4f" % test(aside, p, n))) if held else None
        net = train(rows, n, int(option("--epochs", "20")), rng, report)
        write(out, net.params, np.bincount(rows[:, 2:][rows[:, 2:] != 65535], minlength=n) > 20)


if __name__ == "__main__":
    main()
