#!/usr/bin/env python3
"""train/blocks.py PROGRAM GOLD OUT [--cv | --all] [--scorer DIR] -- the trees of page cleaning (src/page/block.h).

PROGRAM is bench/blocks of a build, GOLD the folder of pages.dev.jsonl and html/, OUT lexicon/page/weights.txt. A line of a page is
right where the gold full text holds it or a "with" segment lies in it, wrong where that text lacks it or a "without" segment lies in
it, and else unknown. The first set of trees learns that; the second learns it too and sees the first one's odds of all lines around,
which come from trees that did not see the page (stacking over folds). Trees are scikit-learn's HistGradientBoostingClassifier,
log loss; folds are by host, so that no site is on both sides.

--cv: every fifth of the hosts is left out in turn, and the pages left out are scored with the scorer's own functions. --all (the
default): trains on everything, writes OUT, and prints the fitted figures."""
import collections
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from urllib.parse import urlparse

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

INNER = 3   # folds of stacking
FOLDS, UNIT, ODDS_MAX = 5, 256, 1280
TREES, LEAVES, RATE = (100, 80), 8, 0.1
SWITCH, BIAS = 100, 0     # in units of 1/256; a line must be likelier than even by BIAS
TOKEN = re.compile(r"\w+")


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


# ---- pages ----

class Page:
    pass


def host_of(url):
    url = re.sub(r"^https?://web\.archive\.org/web/\w+/", "", url)
    if "://" not in url:
        url = "http://" + url
    return re.sub(r"^www\.", "", urlparse(url).netloc.lower())


def read_rows(program, mode, paths):
    raw = subprocess.run([program] + mode + paths, stdout=subprocess.PIPE, check=True).stdout
    at, out = 0, []
    while at < len(raw):
        end = raw.index(b"\n", at)
        lines, features, size = (int(x) for x in raw[at:end].split(b" ", 4)[1:4])
        at = end + 1
        width = 8 + 2 * features
        block = np.frombuffer(raw, np.uint8, lines * width, at).reshape(lines, width)
        at += lines * width
        spans = block[:, :8].copy().view(np.uint32)
        rows = block[:, 8:].copy().view(np.int16)
        out.append((spans, rows, raw[at:at + size]))
        at += size
    return out


def read_pages(program, gold):
    records = [json.loads(x) for x in open(os.path.join(gold, "pages.dev.jsonl"), encoding="utf-8")]
    paths = [os.path.join(gold, r["html"]) for r in records]
    pages = []
    for r, path, (spans, rows, text) in zip(records, paths, read_rows(program, ["rows"], paths)):
        g = Page()
        g.gold, g.path, g.rows = r, path, rows
        g.lines = [text[a:b].decode("utf-8", "replace") for a, b in spans]
        host = int(hashlib.sha256(host_of(r["url"]).encode()).hexdigest(), 16)
        g.fold, g.inner = host % FOLDS, host // FOLDS % INNER
        label(g)
        pages.append(g)
    return pages


# ---- labels ----

def collapse(s):
    return re.sub(r"\s+", " ", s).strip()


def label_text(g, n=3):
    """Lines whose runs of three words the gold text has."""
    gold = TOKEN.findall(g.gold["text"])
    have = set(tuple(gold[i:i + n]) for i in range(len(gold) - n + 1))
    whole = " " + " ".join(gold) + " "
    tokens = [TOKEN.findall(x) for x in g.lines]
    y = np.zeros(len(g.lines), np.int8)
    for i, t in enumerate(tokens):
        if len(t) < 2 * n:
            y[i] = 1 if t and " " + " ".join(t) + " " in whole else -1
            continue
        hit = np.zeros(len(t), bool)
        for k in range(len(t) - n + 1):
            if tuple(t[k:k + n]) in have:
                hit[k:k + n] = True
        share = hit.mean()
        y[i] = 1 if share >= 0.75 else -1 if share <= 0.35 else 0
    sure = [i for i, t in enumerate(tokens) if y[i] == 1 and len(t) >= 10]
    if sure:
        for i, t in enumerate(tokens):
            if y[i] == 1 and len(t) < 8 and (i < sure[0] - 1 or i > sure[-1] + 6):
                y[i] = -1
            elif y[i] == 1 and len(t) < 6 and not (y[max(0, i - 3):i + 4] == 1).sum() > 1:
                y[i] = -1
    return y


def find_segment(starts, flow, segment):
    """Indexes of the lines that each occurrence of the segment touches."""
    found, at = [], flow.find(segment)
    while at >= 0 and segment:
        first = np.searchsorted(starts, at, "right") - 1
        last = np.searchsorted(starts, at + len(segment) - 1, "right") - 1
        found.append((int(first), int(last)))
        at = flow.find(segment, at + len(segment))
    return found


def label(g):
    n = len(g.lines)
    g.y, g.w = np.zeros(n, np.int8), np.zeros(n, np.float64)
    g.size = np.array([min(len(x), 250) + 15.0 for x in g.lines])
    lines = [collapse(x) for x in g.lines]
    starts = np.cumsum([0] + [len(x) + 1 for x in lines])[:-1]
    flow = " ".join(lines)
    if g.gold["text"]:
        g.y = label_text(g)
        known = g.y != 0
        if known.any():
            g.w = known * g.size
            g.w *= 6 / g.w.sum()
    for side, value in (("with", 1), ("without", -1)):
        for s in g.gold[side]:
            found = [x for x in find_segment(starts, flow, collapse(s)) if x[0] > 0 or value < 0]
            if value > 0 and len(found) > 1:
                found = [x for x in found if g.y[x[0]] == 1][:1]
            for first, last in found:
                for i in range(first, last + 1):
                    if not g.gold["text"] or g.y[i] == value:
                        g.y[i] = value
                        g.w[i] += 1.0 / (last - first + 1)
    if g.gold["source"] == "mozilla":
        g.w *= 0.4
    g.w[:1] = 0


# ---- pages made of pages ----

STRIPPED, PLAIN = 0.3, 0.25     # what the lines of such a page weigh against those of the page they are made of


def escape(x):
    return x.replace("&", "&amp;").replace("<", "&lt;")


def made(g, rows, y, weight):
    m = Page()
    m.gold, m.fold, m.inner, m.rows, m.y, m.path = g.gold, g.fold, g.inner, rows, y, g.path + "+" + str(weight)
    size = np.array([1.0] * len(y)) if len(y) != len(g.size) else g.size
    m.w = (y != 0) * size
    m.w *= weight * 6 / max(1e-9, m.w.sum())
    return m


def strip(raw):
    """The page without the names of its elements, as sites we never saw name theirs by words we do not know."""
    return re.sub(rb"""(?i)\s(class|id|role|itemprop)\s*=\s*("[^"]*"|'[^']*')""", b"", raw)


ASIDES = ["<aside>%s</aside>", "<div class='sidebar'>%s</div>", "<div id=comments><div class=comment>%s</div></div>", "<nav>%s</nav>",
          "<div class='related-posts'>%s</div>", "<div class='widget'>%s</div>", "<section class=comments>%s</section>", "<footer>%s</footer>",
          "<div class='cookie-notice'>%s</div>", "<div style='display: none'>%s</div>", "<div class='newsletter-box'>%s</div>",
          "<div class='article-promo'>%s</div>", "<figure><img src=x><figcaption>%s</figcaption></figure>"]


LEADS = ["Read also: ", "Read more: ", "See also: ", "Related: ", "Also read: ", "Lesen Sie auch: ", "Mehr zum Thema: "]


def plain(g, rng, others):
    """A page as a small site or a careful hand writes it: headline, date, some of the article, a footer. HTML and labels."""
    right = [i for i in range(len(g.lines)) if g.y[i] > 0]
    if len(right) < 4:
        return None
    above = [i for i in range(1, right[0]) if g.y[i] < 0 and 3 < len(g.lines[i]) < 120][-rng.integers(0, 4):]
    below = [i for i in range(right[-1] + 1, len(g.lines)) if g.y[i] < 0 and len(g.lines[i]) > 3]
    below = below[:rng.integers(0, 4)] + below[len(below) - rng.integers(0, 3):]
    start = rng.integers(0, max(1, len(right) - 3)) if rng.random() < 0.4 else 0
    right = right[start:start + rng.integers(3, 25)]
    title = g.gold["title"] or g.lines[0].split(" | ")[0].split(" - ")[0]
    labels, out, bare = [], [], rng.random() < 0.2
    if bare:
        above = below = []

    def put(text, y, form="<p>%s</p>"):
        labels.append(y)
        out.append(form % escape(text))

    def top(i):
        return "<p>%s</p>" if rng.random() < 0.5 else "<div>%s</div>"

    if not bare and rng.random() < 0.75:
        put(title + (" | Post" if rng.random() < 0.4 else ""), 0, "<title>%s</title>")
    menu = [i for i in range(1, len(g.lines)) if g.y[i] < 0 and g.rows[i][3] > 90][:rng.integers(0, 8)]
    if menu and not bare and rng.random() < 0.5:
        for i in menu:
            put(g.lines[i], -1, "<li><a href=/x>%s</a></li>")
    if not bare and rng.random() < 0.85 and len(title) > 3:
        put(title, -1, "<h1>%s</h1>" if rng.random() < 0.8 else "<h2>%s</h2>")
    for i in above:
        put(g.lines[i], -1, top(i))
    form = rng.choice(["<p>%s</p>", "<p>%s", "<p>%s</p>", "<p>%s</p>", "%s<br><br>", "<div>%s</div>", "<tr><td>%s</td></tr>"])
    wrap = rng.choice(["", "<div>", "<article>", "<main>", "<div class=x>"]) if "td" not in form else ""
    def aside():
        """Prose of another page, under a name that says it is none of this one's."""
        o = others[rng.integers(len(others))]
        lines = [x for x, y in zip(o.lines, o.y) if y > 0 and len(x) > 50]
        frame, inner = ASIDES[rng.integers(len(ASIDES))].split("%s")
        at = rng.integers(0, max(1, len(lines)))
        out.append(frame)
        for x in lines[at:at + rng.integers(1, 4)]:
            put(x, -1, "<p>%s</p>" if rng.random() < 0.7 else "%s<br>")
        out.append(inner)

    if not bare and rng.random() < 0.25:
        aside()
    out.append("<table>" if "td" in form else wrap)
    split_at = right[rng.integers(0, 3)] if rng.random() < 0.2 else None      # closed too early: the rest stands outside
    link_at = right[rng.integers(1, len(right))] if rng.random() < 0.4 else None
    aside_at = right[rng.integers(1, len(right))] if rng.random() < 0.15 and "td" not in form else None
    for i in right:
        if i == link_at:
            o = others[rng.integers(len(others))]
            lead = LEADS[rng.integers(len(LEADS))] if rng.random() < 0.7 else ""
            put(lead + (o.gold["title"] or o.lines[0]), -1, "<p><a href=/y>%s</a></p>" if "td" not in form else "<tr><td><a href=/y>%s</a></td></tr>")
        if i == aside_at:
            aside()
        if wrap and i == split_at:
            out.append(wrap.replace("<", "</").split(" ")[0].rstrip(">") + ">")
        row = g.rows[i]
        if row[11]:
            put(g.lines[i], 1, "<h%d>%%s</h%d>" % (max(2, row[11]), max(2, row[11])))
        elif row[12]:
            put(g.lines[i], 1, "<ul><li>%s</li></ul>")
        else:
            put(g.lines[i], 1, form)
    out.append("</table>" if "td" in form else wrap.replace("<", "</").split(" ")[0].rstrip(">") + ">" if wrap else "")
    foot = rng.choice(["<p>%s</p>", "<div>%s</div>", "<footer>%s</footer>"])
    for _ in range(0 if bare else rng.integers(0, 3)):
        aside()
    for i in below:
        put(g.lines[i], -1, foot)
    if not bare and rng.random() < 0.4:
        put(rng.choice(["\u00a9 ", "Copyright \u00a9 ", "(c) "]) + rng.choice(["", "2009 ", "1998-2015 "]) + g.lines[0][-20:].strip(), -1, foot)
    return "<!doctype html><html>%s</html>" % "\n".join(out), np.array(labels, np.int8)


def make_pages(program, pages):
    rng, todo, out = np.random.default_rng(5), [], []
    with tempfile.TemporaryDirectory() as room:
        def put(g, html, y, weight):
            path = os.path.join(room, "%d.html" % len(todo))
            open(path, "wb").write(html)
            todo.append((g, path, y, weight))
        whole = [g for g in pages if g.gold["text"] and g.w.any()]
        for g in pages:
            if not g.w.any():
                continue
            others = [o for o in whole if o.fold == g.fold and o is not g]
            if rng.random() < 0.6:
                put(g, strip(gzip.open(g.path).read()), g.y * (g.w > 0), STRIPPED)
            for _ in range(3 if g.gold["text"] else 0):
                small = plain(g, rng, others)
                if small:
                    put(g, small[0].encode(), small[1], PLAIN)
        for n, ((g, path, y, weight), (spans, rows, text)) in enumerate(zip(todo, read_rows(program, ["rows"], [t[1] for t in todo]))):
            if len(rows) == len(y):
                m = made(g, rows, y, weight)
                m.lines = [text[a:b].decode("utf-8", "replace") for a, b in spans]
                m.html = open(path, "rb").read()
                m.path += "#%d" % n
                out.append(m)
    return out


# ---- trees ----

def fit(pages, rows, trees, seed=1):
    x = np.concatenate([rows[g.path][g.w > 0] for g in pages]).astype(np.float32)
    y = np.concatenate([g.y[g.w > 0] for g in pages]) > 0
    w = np.concatenate([g.w[g.w > 0] for g in pages])
    model = HistGradientBoostingClassifier(max_iter=trees, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=60,
                                           l2_regularization=3.0, max_bins=127, early_stopping=False, random_state=seed)
    return model.fit(x, y, sample_weight=w)


def odds(model, rows):
    if not len(rows):
        return np.zeros(0, np.int16)
    o = np.rint(model.decision_function(rows.astype(np.float32)) * UNIT)
    return np.clip(o, -ODDS_MAX, ODDS_MAX).astype(np.int16)


def context_rows(program, pages, scores):
    with tempfile.TemporaryDirectory() as room:
        name, paths = os.path.join(room, "odds"), []
        for g in pages:
            paths.append(g.path)
            if hasattr(g, "html"):
                paths[-1] = os.path.join(room, "%d.html" % len(paths))
                open(paths[-1], "wb").write(g.html)
        open(name, "wb").write(b"".join(scores[g.path].astype(np.int16).tobytes() for g in pages))
        return {g.path: r[1] for g, r in zip(pages, read_rows(program, ["context", name], paths))}


def fit_both(program, pages, keep=()):
    """Both sets of trees from these pages; and the first set's odds, of pages to be predicted (keep) too."""
    own = {g.path: g.rows for g in list(pages) + list(keep)}
    scores = {}
    inner = lambda g: g.inner      # hosts stay whole
    for k in range(INNER):
        outside = [g for g in pages if inner(g) == k]
        if outside:
            part = fit([g for g in pages if inner(g) != k], own, TREES[0])
            scores.update({g.path: odds(part, g.rows) for g in outside})
    first = fit(pages, own, TREES[0])
    rows = context_rows(program, pages, scores)
    second = fit(pages, rows, TREES[1])
    return first, second


def predict(program, first, second, pages):
    rows = context_rows(program, pages, {g.path: odds(first, g.rows) for g in pages})
    return {g.path: odds(second, rows[g.path]) for g in pages}


# ---- decision, and how good it is ----

def choose(o, switch=SWITCH):
    """Viterbi over in and out."""
    n = len(o)
    if not n:
        return np.zeros(0, bool)
    inside, outside = 0, 0
    back = np.zeros((n, 2), bool)
    o = o.astype(int)
    for i in range(n):
        stay_in, come_in = inside, outside - switch
        stay_out, go_out = outside, inside - switch
        back[i, 1], back[i, 0] = come_in > stay_in, go_out > stay_out
        inside, outside = max(stay_in, come_in) + o[i], max(stay_out, go_out)
    out, state = np.zeros(n, bool), inside > outside
    for i in range(n - 1, -1, -1):
        out[i] = state
        if back[i, int(state)]:
            state = not state
    return out


HEADING, TITLED, FIGURE, SAID, LINKS = 11, 20, 27, 16, 3      # of PAGE_FEATURES


def text_of(g, chosen):
    """With what src/page/html_body.c does to the choice: captions and links to elsewhere go, and the headline on top."""
    chosen = chosen & (g.rows[:, FIGURE] == 0) & ~((g.rows[:, SAID] > 0) & (g.rows[:, LINKS] > 70))
    chosen &= ~np.array([x.startswith("\u00a9") and len(x) < 60 for x in g.lines], bool)
    for i in np.flatnonzero(chosen):
        if not g.rows[i, HEADING] or not (g.rows[i, HEADING] == 1 or g.rows[i, TITLED]):
            break
        chosen[i] = False
    return "\n".join(x for x, c in zip(g.lines, chosen) if c)


def report(scorer, pages, texts, what):
    sys.path.insert(0, scorer)
    import score_pages as s
    groups = collections.OrderedDict()
    for g in pages:
        r = g.gold
        names = [r["source"]] + ([] if r["source"] == "mozilla" else ["ALL"] + (["EN"] if r["lang"] == "en" else ["DE" if r["lang"] == "de" else "other"]))
        for name in names:
            groups.setdefault(name, []).append(g)
    print(what)
    for name in sorted(groups):
        seg, sp, sr = np.zeros(4), [], []
        for g in groups[name]:
            seg += s.count_segments(g.gold, texts[g.path])
            if g.gold["text"]:
                p, r = s.overlap(s.shingles(g.gold["text"]), s.shingles(texts[g.path]))
                sp.append(p or 0)
                sr.append(r or 0)
        tp, fp, fn, tn = seg
        f = lambda p, r: 2 * p * r / (p + r) if p + r else 0
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        a, b = np.mean(sp) if sp else 0, np.mean(sr) if sr else 0
        print("%-12s %4d pages  seg P %.3f R %.3f F1 %.3f   shingle P %.3f R %.3f F1 %.3f" % (name, len(groups[name]), p, r, f(p, r), a, b, f(a, b)))


# ---- what we ship ----

HEAD = """# lexicon/page/weights.txt -- how likely a line of an HTML page is the article's: gradient-boosted trees. Written by train/blocks.py;
# do not edit: train anew where the features (src/page/block.h) or lexicon/page/hints.txt change.
#
# set 1, set 2     the trees that follow are of the first or the second set (those see the first one's odds of the lines around)
# base N           log odds to begin with; all odds are in units of 1/256
# switch N         what it costs to go into the article, or out of it, between two lines
# tree NODE...     a tree in preorder. "name:T:V" asks whether the feature is T or less (then the node behind it is next); V is the mean of
#                  the odds below it, from which the reason given to readers is made. A bare number is a leaf: it is added to the odds.
#
# Trained on %s.
# The annotations are of trafilatura (Apache-2.0), scrapinghub/article-extraction-benchmark (MIT), WCXB (Murrough Foley, CC-BY-4.0) and
# mozilla/readability (Apache-2.0); no text of the pages is in here.
"""


def tree_words(predictor, names):
    nodes = predictor.nodes

    def mean(i):
        n = nodes[i]
        if n["is_leaf"]:
            return float(n["value"])
        a, b = int(n["left"]), int(n["right"])
        return (mean(a) * nodes[a]["count"] + mean(b) * nodes[b]["count"]) / (nodes[a]["count"] + nodes[b]["count"])

    def words(i):
        n = nodes[i]
        if n["is_leaf"]:
            return ["%d" % round(float(n["value"]) * UNIT)]
        head = "%s:%d:%d" % (names[n["feature_idx"]], int(np.floor(n["num_threshold"])), round(mean(i) * UNIT))
        return [head] + words(int(n["left"])) + words(int(n["right"]))

    return words(0)


def write(out, program, first, second, pages):
    names = [x for x in subprocess.run([program, "names"], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n") if x]
    with open(out, "w") as f:
        f.write(HEAD % ("%d pages, %d lines" % (len(pages), sum((g.w > 0).sum() for g in pages))))
        f.write("switch %d\n" % SWITCH)
        for number, model in ((1, first), (2, second)):
            f.write("set %d\nbase %d\n" % (number, round(float(np.ravel(model._baseline_prediction)[0]) * UNIT) - (BIAS if number == 2 else 0)))
            for stage in model._predictors:
                f.write("tree " + " ".join(tree_words(stage[0], names)) + "\n")


def main():
    program, gold = sys.argv[1:3]
    scorer = option("--scorer", os.path.join(gold, "..", "..", "score"))
    pages = read_pages(program, gold)
    print("%d pages, %d lines, %d right, %d wrong" % (len(pages), sum(len(g.lines) for g in pages),
          sum((g.y > 0).sum() for g in pages), sum((g.y < 0).sum() for g in pages)))
    extra = [] if "--bare" in sys.argv else make_pages(program, pages)
    print("%d pages made of them" % len(extra))
    if "--oracle" in sys.argv:
        report(scorer, pages, {g.path: text_of(g, g.y > 0) for g in pages}, "labels themselves")
    if "--cv" in sys.argv:
        final = {}
        for k in range(FOLDS):
            train = [g for g in pages + extra if g.fold != k]
            test = [g for g in pages if g.fold == k]
            first, second = fit_both(program, train)
            final.update(predict(program, first, second, test))
        report(scorer, pages, {g.path: text_of(g, choose(final[g.path] - BIAS)) for g in pages}, "cross-validated")
        return
    first, second = fit_both(program, pages + extra)
    write(sys.argv[3], program, first, second, pages)
    final = predict(program, first, second, pages)
    report(scorer, pages, {g.path: text_of(g, choose(final[g.path] - BIAS)) for g in pages}, "fitted")


main()
