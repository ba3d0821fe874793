#!/usr/bin/env python3
"""own.py CHANCERY [own.txt] [--show]: our own sentences by kind: contents, cues and sources found, and what is told too much.

Pairs as score_attribution.py does: half of the shorter and a quarter of the longer content; cue and source by half of the shorter. Content in
several brackets counts from the first to the last. "quotes" and "attributions" of the output are both read; attributions are what is no clause.
"""
import json, os, subprocess, sys

MARKS = {"[": "content", "{": "cue", "<": "source"}


def read(path):
    """[(kind, text, [attribution])]: lines with "+" add to the text before."""
    out, kind = [], None
    for raw in open(path, encoding="utf-8"):
        line = raw.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]") and " " not in line:
            kind = line[1:-1]
            continue
        more = line.startswith("+")
        text, spans, open_at = "", {}, {}
        for ch in line[more:].replace("¶", "\n\n"):
            if ch in "[{<":
                open_at[ch] = len(text)
            elif ch in "]}>":
                o = {"]": "[", "}": "{", ">": "<"}[ch]
                spans.setdefault(MARKS[o], []).append((open_at.pop(o), len(text)))
            else:
                text += ch
        if open_at:
            sys.exit(f"{path}: open mark: {line}")
        # A second cue-and-content behind the first: two attributions of one source.
        gold = []
        if "content" in spans:
            hull = {k: (v[0][0], v[-1][1]) for k, v in spans.items()}
            if len(spans.get("cue", [])) == 2 == len(spans["content"]) and all(len(spans.get(k, [])) <= 2 for k in spans):
                for i in range(2):
                    gold.append({"content": spans["content"][i], "cue": spans["cue"][i], "source": spans["source"][min(i, len(spans["source"]) - 1)]})
            else:
                gold.append({k: hull.get(k) for k in MARKS.values()})
        if more:
            assert out[-1][1] == text, text
            out[-1][2].extend(gold)
        else:
            out.append((kind, text, gold))
    return out


def inter(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def meets(a, b):
    return not a or (b and 2 * inter(a, b) >= min(a[1] - a[0], b[1] - b[0]) > 0)


def fit(a, b):
    n, (lo, hi) = inter(a, b), sorted((a[1] - a[0], b[1] - b[0]))
    return lo > 0 and 2 * n >= lo and 4 * n >= hi


def main():
    chancery, show = sys.argv[1], "--show" in sys.argv
    path = next((a for a in sys.argv[2:] if not a.startswith("--")), os.path.join(os.path.dirname(os.path.abspath(__file__)), "own.txt"))
    cases = read(path)
    lines = "".join(json.dumps({"id": str(i), "date": "1935-05-02", "text": t}) + "\n" for i, (_, t, _) in enumerate(cases))
    done = subprocess.run([chancery, "code"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    found = {r["id"]: r for r in map(json.loads, done.splitlines())}
    total = {}
    for i, (kind, text, gold) in enumerate(cases):
        at, n = {}, 0
        for k, ch in enumerate(text):
            at[n] = k
            n += len(ch.encode())
        at[n] = len(text)
        quotes = [{k: q.get(k) and (at[q[k][0]], at[q[k][1]]) for k in MARKS.values()} for part in ("quotes", "attributions")
                  for q in found[str(i)].get(part) or []]
        left, miss = list(quotes), []
        t = total.setdefault(kind, [0] * 5)
        for g in gold:
            # pieces of one content come together
            inside = [q for q in left if inter(g["content"], q["content"]) * 10 >= 9 * (q["content"][1] - q["content"][0])]
            q = None
            if inside:
                q = {"content": (min(x["content"][0] for x in inside), max(x["content"][1] for x in inside)),
                     "cue": next((x["cue"] for x in inside if x["cue"]), None), "source": next((x["source"] for x in inside if x["source"]), None)}
            if not q or not fit(g["content"], q["content"]):
                inside = [x for x in left if fit(g["content"], x["content"])][:1]
                q = inside[0] if inside else None
            t[0] += 1
            if q:
                left = [x for x in left if x not in inside]
            ok = [bool(q), bool(q and meets(g["cue"], q["cue"])), bool(q and meets(g["source"], q["source"]))]
            for k in range(3):
                t[k + 1] += ok[k]
            if not all(ok):
                miss.append("/".join(w for w, o in zip(("content", "cue", "source"), ok) if not o))
        t[4] += len(left)
        if show and (miss or left):
            print(f"[{kind}] {text!r}\n    lost: {miss}  too much: {[[q[k] and text[q[k][0]:q[k][1]] for k in MARKS.values()] for q in left]}\n    all: {[[q[k] and text[q[k][0]:q[k][1]] for k in MARKS.values()] for q in quotes]}")
    print(f"{'kind':<12}{'gold':>6}{'content':>9}{'cue':>6}{'source':>8}{'too much':>10}")
    for kind, t in total.items():
        print(f"{kind:<12}{t[0]:>6}{t[1]:>9}{t[2]:>6}{t[3]:>8}{t[4]:>10}")
    s = [sum(t[k] for t in total.values()) for k in range(5)]
    print(f"{'all':<12}{s[0]:>6}{s[1]:>9}{s[2]:>6}{s[3]:>8}{s[4]:>10}")


main()
