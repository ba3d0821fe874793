"""Reads the treebanks and names of ../../shared/data; builds the inventories of classes; edits forms (noise)."""
import collections
import os

import features

SHARED = os.environ.get("CHANCERY_SHARED", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../shared"))
SETS = {"ewt": ("ud/en_ewt-%s.conllu", "ner/uner_ewt-%s.iob2"), "gum": ("ud/gum-%s.conllu", "ner/gum-%s.iob2")}
NE = ["O"] + [p + t for t in ("PER", "ORG", "LOC", "EVENT", "MISC") for p in ("B-", "I-")]


class Sent:
    __slots__ = ("form", "lemma", "upos", "xpos", "feats", "head", "dep", "ne", "src", "id")

    def __init__(self):
        self.form, self.lemma, self.upos, self.xpos, self.feats, self.head, self.dep, self.ne = ([] for _ in range(8))
        self.src = self.id = None


def read_conllu(path):
    s = Sent()
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if s.form:
                yield s
            s = Sent()
        elif line.startswith("# sent_id = "):
            s.id = line[12:]
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                s.form.append(c[1]), s.lemma.append(c[2]), s.upos.append(c[3]), s.xpos.append(c[4]), s.feats.append(c[5])
                s.head.append(int(c[6])), s.dep.append(c[7])
    if s.form:
        yield s


def read_silver(path):
    """What silver.py wrote: names in the last column, "?" where it says nothing."""
    s = Sent()
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) < 10:
            if s.form:
                yield s
            s = Sent()
            continue
        s.form.append(c[1]), s.lemma.append(c[2]), s.upos.append(c[3]), s.xpos.append(c[4]), s.feats.append(c[5])
        s.head.append(int(c[6])), s.dep.append(c[7])
        s.ne.append(c[9][3:] if c[9].startswith("NE=") else "O")
    if s.form:
        yield s


def load(name, split):
    ud, ner = (os.path.join(SHARED, "data", p % split) for p in SETS[name])
    sents = list(read_conllu(ud))
    tags, cur = [], []
    for line in open(ner, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if cur:
                tags.append(cur)
            cur = []
        elif not line.startswith("#"):
            c = line.split("\t")
            cur.append((c[1], c[2]))
    if cur:
        tags.append(cur)
    assert len(tags) == len(sents), (len(tags), len(sents))
    for s, t in zip(sents, tags):
        assert len(t) == len(s.form)
        s.src = name
        for i, (_, ne) in enumerate(t):
            kind = ne[2:]
            if ne == "O":
                # GUM leaves adjectives of nationality unmarked, UNER has them as OTH: say nothing about those.
                unsure = name == "gum" and s.upos[i] == "ADJ" and s.form[i][0].isupper()
                s.ne.append("?" if unsure else "O")
            elif kind == "TIME":
                s.ne.append("O")
            elif kind == "OTH":
                s.ne.append(ne[:2] + "OTH")      # MISC or EVENT: UNER does not tell them apart
            else:
                s.ne.append(ne)
    return sents


def lower(form):
    return "".join(chr(features.lower(ord(c))) for c in form)


def apply_case(op, form):
    """l: lower case; t: lower case after the first letter ("BUSH" -> "Bush"); k: as it is."""
    if op == "l":
        return lower(form)
    if op == "t":
        return form[:1] + lower(form[1:])
    return form


def lemma_rule(form, lemma):
    """'case strip add', e.g. 'l3y' for 'Ladies' -> 'lady'; None where only a dictionary could do it."""
    best = None
    for op in "lkt":
        f = apply_case(op, form)
        k = 0
        while k < len(f) and k < len(lemma) and f[k] == lemma[k]:
            k += 1
        cost = (len(f) - k) + (len(lemma) - k)
        if best is None or cost < best[0]:
            best = (cost, "%s%d%s" % (op, len(f) - k, lemma[k:]), len(f) - k, k)
    if best[2] > 6 or best[3] == 0 and len(form) > 4:
        return None
    return best[1]


def inventories(sents):
    def table(counter, least=1):
        return [k for k, n in sorted(counter.items(), key=lambda x: (-x[1], x[0])) if n >= least]
    up, xp, ft, dp, lr = (collections.Counter() for _ in range(5))
    for s in sents:
        up.update(s.upos), xp.update(s.xpos), ft.update(s.feats), dp.update(s.dep)
        lr.update(r for r in map(lemma_rule, s.form, s.lemma) if r)
    return {"upos": table(up), "xpos": table(xp), "feats": table(ft, 2), "dep": table(dp), "lemma": table(lr, 3), "ne": NE}


def noisy(s, rng):
    """A sentence as in headlines and bad copies: returns (forms, keep) where keep is the number of words kept."""
    form, keep, x = s.form, len(s.form), rng.random()
    if x < 0.04:
        form = [f.upper() for f in form]
    elif x < 0.08:
        form = [f[:1].upper() + f[1:] if u not in ("ADP", "DET", "CCONJ", "PART") or i == 0 else f
                for i, (f, u) in enumerate(zip(form, s.upos))]
    elif x < 0.10:
        form = [f.lower() for f in form]
    n = len(form)
    if n > 3 and form[-1] in ".!?" and s.upos[-1] == "PUNCT" and (n not in s.head) and rng.random() < 0.07:
        keep = n - 1
    return form, keep
