#!/usr/bin/env python3
"""Turn hand-written annotations (ann/<page>.ann) and pages into gold JSON with byte offsets.

Lines of an .ann file (fields parted by " | ", "-" is null, lists by ","; "?" after the letter marks a record optional):
  published D / outlet X / agency X
  T span                     title
  B span                     body run
  E TYPE mode | source | target | date | place | status | span       event (span = trigger; the sentence is found around it)
  Q speaker | country | D or I | span | cue span
  I title | kind | parties | date | place | status | span
  R who | role | body | from | to | span
  Y who | what | count | cmp | period | span
  P who | what | due | span
A span is a quotation from the page: unique as written; "a ... b" runs from a to the first b after it; {…} marks the
span inside its context. "S:" sets a sentence explicitly for the next event only. Cues are sought nearest to the content.
"""
import json, os, re, sys
ROOT = os.path.dirname(os.path.abspath(__file__))
ABBR = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|St|No|Prof|Maj|Adm|Hon|Amb|vs|Feb|Aug|Sept|Oct|Nov|Dec|Jan|Apr|[A-Z])|U\.S|U\.N|U\.K|a\.m|p\.m)\.$")

class Bad(Exception): pass

def find(text, spec, lo=0, hi=None, near=None):
    """Character span of spec in text[lo:hi]."""
    hi = len(text) if hi is None else hi
    m = re.search(r"\{(.*)\}", spec, re.S)
    if m:
        inner = m.group(1)
        a, b = find(text, spec.replace("{", "").replace("}", ""), lo, hi)
        if " ... " in inner:
            return find(text, inner, a, b)
        if " ... " in spec[:m.start()] + spec[m.end():]:
            i = text.find(inner, a)
        else:
            i = a + m.start()
        return i, i + len(inner)
    if " ... " in spec:
        x, y = spec.split(" ... ", 1)
        a = find(text, x, lo, hi)[0]
        j = text.find(y, a + len(x), hi)
        if j < 0: raise Bad(f"no end {y!r}")
        return a, j + len(y)
    n = text.count(spec, lo, hi)
    if n == 0: raise Bad(f"not found: {spec!r}")
    if n > 1:
        if near is None: raise Bad(f"{n} times: {spec!r}")
        at, best = lo, None
        while True:
            i = text.find(spec, at, hi)
            if i < 0: break
            d = max(near[0] - (i + len(spec)), i - near[1], 0)
            if re.match(r"\w", text[i + len(spec):i + len(spec) + 1] or " ") or re.match(r"\w", text[i - 1:i] or " "): d += 10000
            if not best or d < best[0]: best = (d, i)
            at = i + 1
        i = best[1]
    else:
        i = text.find(spec, lo, hi)
    return i, i + len(spec)

def sentence(text, a, body, html):
    lo, hi = next((s for s in body if s[0] <= a < s[1]), (None, None))
    if lo is None: raise Bad("trigger outside the body")
    para = r"</?(?:p|li|ul|ol|h\d|div|blockquote|figure|br)\b[^>]*>" if html else r"\n\s*\n|\n"
    start, end = lo, hi
    for m in re.finditer(para, text[lo:hi]):
        if lo + m.end() <= a: start = lo + m.end()
        elif lo + m.start() > a: end = lo + m.start(); break
    # sentences inside the paragraph
    s = start
    for m in re.finditer(r"[.!?…](?:[”\"’»]|&rdquo;|&quot;|&#8221;|&raquo;|</q>)*(?=\s+(?:[“\"‘«(]|&ldquo;|&quot;|&laquo;|<q>|<[a-z][^>]*>)*[A-Z0-9])", text[start:end]):
        e = start + m.end()
        if text[start + m.start()] == "." and ABBR.search(text[s:start + m.start() + 1]): continue
        if e <= a: s = e
        else: end = e; break
    while s < a and (text[s].isspace() or text[s] in "“\"«"): s += 1
    for lead in ("&ldquo;", "&quot;", "&laquo;", "– ", "- ", "• ", "* "):
        if text.startswith(lead, s) and s + len(lead) <= a: s += len(lead)
    while end > s and text[end - 1].isspace(): end -= 1
    return s, end

def null(x):
    x = x.strip()
    return None if x in ("-", "") else x

def parties(x):
    return [] if null(x) is None else [p.strip() for p in x.split(",")]

def build(half, name, verbose):
    page = next(n for n in os.listdir(f"{ROOT}/{half}/pages") if os.path.splitext(n)[0] == name)
    raw = open(f"{ROOT}/{half}/pages/{page}", "rb").read()
    text = raw.decode("utf-8")
    html = page.endswith("html")
    off = [0]
    for c in text: off.append(off[-1] + len(c.encode()))
    B = lambda s: None if s is None else [off[s[0]], off[s[1]]]
    g = {"page": page, "published": None, "title": None, "outlet": None, "agency": None, "body": [], "events": [], "quotes": [],
         "instruments": [], "roles": [], "tallies": [], "pledges": []}
    body, nextsent, bad = [], None, 0
    for no, line in enumerate(open(f"{ROOT}/ann/{name}.ann", encoding="utf-8"), 1):
        line = line.rstrip("\n").replace("\\n", "\n")
        if not line.strip() or line.startswith("#"): continue
        try:
            key, rest = line.split(" ", 1)
            opt = key.endswith("?")
            k = key.rstrip("?")
            if k in ("published", "outlet", "agency"): g[k] = null(rest); continue
            lo, hi = (body[0][0], body[-1][1]) if body else (0, len(text))
            if k == "T": g["title"] = B(find(text, rest)); continue
            if k == "B": body.append(find(text, rest)); g["body"] = [B(s) for s in body]; continue
            if k == "S:": nextsent = find(text, rest, lo, hi); continue
            f = [x.strip() for x in rest.split(" | ")]
            if k == "E":
                head = f[0].split()
                ty, mode = head[0], null(head[1]) if len(head) > 1 else None
                if len(f) != 7: raise Bad(f"{len(f)} fields")
                src, tgt = parties(f[1]), parties(f[2])
                if not tgt: src = sorted(src)
                if f[5] not in ("actual", "planned", "denied", "hypothetical"): raise Bad(f[5])
                if not tgt and len(src) < 2: raise Bad("one party")
                t = find(text, f[6], lo, hi)
                s = nextsent or sentence(text, t[0], body, html); nextsent = None
                o = dict(type=ty, mode=mode, source=src, target=tgt, date=null(f[3]), place=null(f[4]), status=f[5], sentence=B(s), trigger=B(t))
                kind = "events"
            elif k == "Q":
                if len(f) != 5: raise Bad(f"{len(f)} fields")
                c = find(text, f[3], lo, hi)
                cue = None
                if null(f[4]):
                    cue = find(text, f[4], max(lo, c[0] - 400), min(hi, c[1] + 300), near=c)
                o = dict(speaker=null(f[0]), country=null(f[1]), content=B(c), cue=B(cue), direct={"D": True, "I": False}[f[2]])
                kind = "quotes"
            elif k == "I":
                if len(f) != 7: raise Bad(f"{len(f)} fields")
                o = dict(title=f[0], kind=f[1], parties=sorted(parties(f[2])), date=null(f[3]), place=null(f[4]), status=f[5], mention=B(find(text, f[6], lo, hi)))
                if f[5] not in ("signed", "planned", "in force", "adopted"): raise Bad(f[5])
                kind = "instruments"
            elif k == "R":
                if len(f) != 6: raise Bad(f"{len(f)} fields")
                o = {"who": f[0], "role": f[1], "body": null(f[2]), "from": null(f[3]), "to": null(f[4]), "mention": B(find(text, f[5], lo, hi))}
                kind = "roles"
            elif k == "Y":
                if len(f) != 6: raise Bad(f"{len(f)} fields")
                n = float(f[2]); n = int(n) if n.is_integer() else n
                if f[3] not in "=><~": raise Bad(f[3])
                o = dict(who=null(f[0]), what=f[1], count=n, comparison=f[3], period=null(f[4]), mention=B(find(text, f[5], lo, hi)))
                kind = "tallies"
            elif k == "P":
                if len(f) != 4: raise Bad(f"{len(f)} fields")
                o = dict(who=f[0], what=f[1], due=null(f[2]), mention=B(find(text, f[3], lo, hi)))
                kind = "pledges"
            else: raise Bad("what is " + k)
            if opt: o["optional"] = True
            g[kind].append(o)
        except (Bad, ValueError, KeyError, StopIteration) as e:
            print(f"{name}.ann:{no}: {e}", file=sys.stderr); bad += 1
    seen = {}
    for e in g["events"]:
        key = (e["type"], e["mode"], tuple(e["source"]), tuple(e["target"]), e["date"], e["status"])
        if key in seen and not e.get("optional"): print(f"{name}: same event twice: {key}", file=sys.stderr)
        seen[key] = 1
    json.dump(g, open(f"{ROOT}/{half}/gold/{name}.json", "w", encoding="utf-8"), ensure_ascii=False, indent=1)
    if verbose:
        t = lambda s: None if s is None else raw[s[0]:s[1]].decode("utf-8")
        words = sum(len(t(b).split()) for b in g["body"])
        print(f"=== {page}: {words} words; published {g['published']} outlet {g['outlet']} agency {g['agency']}\ntitle {t(g['title'])!r}")
        for b in g["body"]: print("body", b, repr(t(b)[:70]), "…", repr(t(b)[-60:]))
        for e in g["events"]:
            print(f" {'?' if e.get('optional') else ' '}{e['type']}/{e['mode'] or '-'} {','.join(e['source'])}>{','.join(e['target'])} {e['date']} {e['place']} {e['status']} [{t(e['trigger'])}] :: {t(e['sentence'])!r}")
        for q in g["quotes"]: print("  Q", q["speaker"], q["country"], q["direct"], f"[{t(q['cue'])}]", repr(t(q["content"])))
        for k in ("instruments", "roles", "tallies", "pledges"):
            for o in g[k]: print(" ", k[0].upper(), {x: y for x, y in o.items() if x != "mention"}, "::", repr(t(o["mention"])))
    return bad

if __name__ == "__main__":
    args = [a for a in sys.argv[1:] if a != "-v"]
    bad = 0
    for half in ("dev", "held"):
        for p in sorted(os.listdir(f"{ROOT}/{half}/pages")):
            n = os.path.splitext(p)[0]
            if (not args or any(n.startswith(a) for a in args)) and os.path.exists(f"{ROOT}/ann/{n}.ann"): bad += build(half, n, "-v" in sys.argv)
    sys.exit(bad > 0)
