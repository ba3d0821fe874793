#!/usr/bin/env python3
"""bench/coref.py PROGRAM GOLD.jsonl [--documents GENRE-OR-ID,...] [--given]: coreference against gold mentions.

PROGRAM is bench/coref of the build directory; GOLD is a file of shared/data/coref. Our phrases are laid on the gold mentions by their
head word (the smallest of one head; coordinations apart), else by the same span; phrases of ours that are no gold mention are
left out, gold mentions that we lack stand alone. --given hands the gold spans to the ranker instead.

MUC: links, Vilain et al. 1995. Pairwise: pairs of mentions. B3: Bagga and Baldwin 1998. LEA: Moosavi and Strube 2016, chains of one left out.
By type of the mention: person, place, organization; "person+place" is what is promised. A line for a kind counts the links in which a mention of
that kind is the later one."""
import collections
import json
import os
import subprocess
import sys
import tempfile


def write_documents(path, folder, keep=lambda d: True):
    """Each document of a gold file as BASE.conllu and BASE.gold in folder; their bases and the documents."""
    out = []
    for line in open(path, encoding="utf-8"):
        d = json.loads(line)
        if not keep(d):
            continue
        base = os.path.join(folder, d["doc"])
        with open(base + ".conllu", "w", encoding="utf-8") as f:
            for start, end in d["sentences"]:
                for i in range(start, end):
                    misc = "_" if d["ws"][i] == "1" else "SpaceAfter=No"
                    f.write("%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n" % (i - start + 1, d["tokens"][i].replace("\t", " "), misc))
                f.write("\n")
        with open(base + ".gold", "w") as f:
            f.write("day %s\n" % d["date"])
            for m in d["mentions"]:
                f.write("%d %d %d %d\n" % (m["start"], m["end"], m["head"], m["cluster"]))
        out.append((base, d))
    return out


def chains_of(program, mode, bases):
    """Base -> list of (first, past, head, kind, chain)."""
    said = subprocess.run([program, mode] + bases, stdout=subprocess.PIPE, check=True, text=True).stdout
    out, now = {}, None
    for line in said.splitlines():
        if line.startswith("= "):
            now = out.setdefault(line[2:], [])
        else:
            now.append(tuple(map(int, line.split())))
    return out


def align(d, ours):
    """Index of the gold mention -> our chain, or a chain of its own."""
    by_span, by_head = {}, collections.defaultdict(list)
    for first, past, head, kind, chain in ours:
        by_span[first, past] = chain
        by_head[head].append((past - first, first, past, chain))
    mine = {}
    heads = collections.defaultdict(list)
    for i, m in enumerate(d["mentions"]):
        heads[m["head"]].append((m["end"] - m["start"], i))
    for head, gold in heads.items():
        gold.sort()
        sys_ = sorted(by_head.get(head, []))
        if len(gold) == 1 and sys_:
            # the phrase without its coordination, unless the other one has the very span
            m = d["mentions"][gold[0][1]]
            exact = [s for s in sys_ if (s[1], s[2]) == (m["start"], m["end"])]
            mine[gold[0][1]] = (exact or sys_)[0][3]
        else:
            for k, (_, i) in enumerate(gold):
                if k < len(sys_):
                    mine[i] = sys_[k][3]
    for i, m in enumerate(d["mentions"]):
        if i not in mine:
            mine[i] = by_span.get((m["start"], m["end"]), ("alone", i))
    return mine


def partitions(chains):
    out = collections.defaultdict(list)
    for i, c in chains.items():
        out[c].append(i)
    return list(out.values())


def muc(key, response_of):
    right = all_ = 0
    for c in key:
        if len(c) < 2:
            continue
        right += len(c) - len({response_of[i] for i in c})
        all_ += len(c) - 1
    return right, all_


def pairs(key, response_of):
    right = all_ = 0
    for c in key:
        n = collections.Counter(response_of[i] for i in c)
        right += sum(k * (k - 1) // 2 for k in n.values())
        all_ += len(c) * (len(c) - 1) // 2
    return right, all_


def b3(key, response_of):
    right = all_ = 0
    for c in key:
        n = collections.Counter(response_of[i] for i in c)
        right += sum(k * k for k in n.values()) / len(c)
        all_ += len(c)
    return right, all_


def lea(key, response_of):
    right = all_ = 0
    for c in key:
        if len(c) < 2:
            continue
        n = collections.Counter(response_of[i] for i in c)
        right += len(c) * sum(k * (k - 1) for k in n.values()) / (len(c) * (len(c) - 1))
        all_ += len(c)
    return right, all_


METRICS = (("MUC", muc), ("pairs", pairs), ("B3", b3), ("LEA", lea))


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


class Sums:
    def __init__(self):
        self.v = collections.Counter()

    def add(self, gold, ours):
        key, response = partitions(gold), partitions(ours)
        for name, metric in METRICS:
            for side, (a, b) in (("r", (key, ours)), ("p", (response, gold))):
                right, all_ = metric(a, b)
                self.v[name, side, 0] += right
                self.v[name, side, 1] += all_

    def prf(self, name):
        p, r = (self.v[name, s, 0] / max(self.v[name, s, 1], 1) for s in "pr")
        return p, r, f1(p, r)

    def line(self, label):
        cells = ["%.3f %.3f %.3f" % self.prf(name) for name, _ in METRICS]
        return "%-26s %s  links %d" % (label, "   ".join(cells), self.v["MUC", "r", 1])


def score(documents, chains):
    sums = collections.OrderedDict()

    def at(label):
        return sums.setdefault(label, Sums())

    kinds = collections.Counter()
    for base, d in documents:
        mine = align(d, chains.get(base, []))
        for label, types in (("person+place", ("person", "place")), ("person", ("person",)), ("place", ("place",)),
                             ("organization", ("organization",)), ("all", None)):
            scope = [i for i, m in enumerate(d["mentions"]) if not types or m["entity_type"] in types]
            gold = {i: d["mentions"][i]["cluster"] for i in scope}
            ours = {i: mine[i] for i in scope}
            at(label).add(gold, ours)
            if label == "person+place":
                at("  genre " + d["genre"]).add(gold, ours)
                order = sorted(scope, key=lambda i: (d["mentions"][i]["start"], -d["mentions"][i]["end"]))
                seen_gold, seen_ours = collections.defaultdict(set), collections.defaultdict(set)
                for i in order:
                    kind = d["mentions"][i]["kind"]
                    g, o = gold[i], ours[i]
                    kinds[kind, "gold"] += bool(seen_gold[g])
                    kinds[kind, "ours"] += bool(seen_ours[o])
                    kinds[kind, "both"] += bool(seen_gold[g] & seen_ours[o])
                    seen_gold[g].add(i)
                    seen_ours[o].add(i)
    return sums, kinds


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(args) < 2:
        sys.exit("usage: coref.py PROGRAM GOLD.jsonl [--given] [--documents=WORD,...]")
    words = next((a.split("=", 1)[1].split(",") for a in sys.argv if a.startswith("--documents=")), None)
    with tempfile.TemporaryDirectory() as folder:
        documents = write_documents(args[1], folder, lambda d: not words or d["doc"] in words or d["genre"] in words)
        for mode in ("own", "given") if "--both" in sys.argv else ("given",) if "--given" in sys.argv else ("own",):
            chains = chains_of(args[0], mode, [b for b, _ in documents])
            sums, kinds = score(documents, chains)
            print("coreference on gold mentions, %s, %d documents" % (
                "our phrases laid on them" if mode == "own" else "spans given to the ranker", len(documents)))
            print("%-26s %-17s   %-17s   %-17s   %-17s" % ("", *("%s P R F1" % n for n, _ in METRICS)))
            for label in [s for s in sums if not s.startswith(" ")] + sorted(s for s in sums if s.startswith(" ")):
                print(sums[label].line(label))
            for kind in ("name", "nominal", "pronoun"):
                p, r = (kinds[kind, "both"] / max(kinds[kind, s], 1) for s in ("ours", "gold"))
                print("  %-24s linked to one before it: P %.3f R %.3f F1 %.3f of %d" % (kind, p, r, f1(p, r), kinds[kind, "gold"]))


if __name__ == "__main__":
    main()
