"""Lemmas that no rule gives: (form, part of speech) -> lemma from the training data."""
import collections

import data


def key(form, upos):
    """As in src/syntax/lemma.c: proper nouns keep their case."""
    return (form if upos == "PROPN" else data.lower(form)) + "\t" + upos


def exceptions(sents, rules, least=1):
    rules = set(rules)
    seen = collections.defaultdict(collections.Counter)
    for s in sents:
        for f, l, u in zip(s.form, s.lemma, s.upos):
            seen[key(f, u)][l] += 1
    out = {}
    for k, c in seen.items():
        form, upos = k.split("\t")
        if upos in ("PUNCT", "SYM", "NUM", "X"):
            continue
        lemma, n = c.most_common(1)[0]
        if n < least or n < 0.9 * sum(c.values()):
            continue
        # what a rule would say by itself anyway: the form as it is
        if lemma == form:
            if n < 2:
                continue
        out[k] = lemma
    return out


if __name__ == "__main__":
    train = data.load("ewt", "train") + data.load("gum", "train")
    inv = data.inventories(train)
    for least in (1, 2, 3):
        lex = exceptions(train, inv["lemma"], least)
        for name in ("ewt", "gum"):
            hit = bad = n = 0
            for s in data.load(name, "dev"):
                for f, l, u in zip(s.form, s.lemma, s.upos):
                    n += 1
                    v = lex.get(key(f, u))
                    if v is not None:
                        hit += 1
                        bad += v != l
            print(least, name, len(lex), "words", n, "covered", hit, "wrong", bad, "%.2f%%" % (100 * bad / hit))
