#!/usr/bin/env python3
"""mentions.py CHANCERY TABLE [-v]: how many mentions of a table lead to whom they should, by `chancery actors ask`.

A line of TABLE: day | text with the [mention] in brackets | party, or parties with commas | name | office | note. "-" asks
nothing, an empty party says that there must be none. A name is right where it shares a word of three letters or more with
the one given (spellings differ), an office where it is the same
or of the same class, or begins or ends with it. -v prints what is wrong."""
import json
import os
import re
import subprocess
import sys
import unicodedata


def offices():
    """Each word for an office -> its class: a Secretary of Defense is a defence minister."""
    forms = {}
    for line in open(os.path.join(os.path.dirname(__file__), "../../lexicon/actors/offices.txt"), encoding="utf-8"):
        f = [x.strip() for x in line.split("|")]
        if not line.startswith("#") and len(f) > 4:
            forms.update((n.strip(" *\n").lower().replace("-", " "), f[0]) for n in (f[1] + ";" + f[3]).split(";"))
    return forms


CLASS_OF = offices()


def words(s):
    s = "".join(c for c in unicodedata.normalize("NFD", s.lower()) if not unicodedata.combining(c))
    return {w for w in re.findall(r"[a-z0-9]+", s) if len(w) >= 3}


def read(path):
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        f = [x.strip() for x in line.split("|")]
        f += [""] * (6 - len(f))
        open_, close = f[1].index("["), f[1].index("]")
        text = f[1][:open_] + f[1][open_ + 1:close] + f[1][close + 1:]
        start = len(f[1][:open_].encode())
        yield dict(day=f[0], text=text, start=start, end=start + len(f[1][open_ + 1:close].encode()), party=f[2], name=f[3],
                   office=f[4], note=f[5], line=line)


def share(m, c):
    lo, hi = max(m["start"], c["start"]), min(m["end"], c["end"])
    return (hi - lo) / (max(m["end"], c["end"]) - min(m["start"], c["start"])) if hi > lo else 0


def plain(s):
    return re.sub(r"^the ", "", s.strip().lower())


def organisations():
    """Every name of an organisation in the lists -> its party, in small letters."""
    names, party = {}, ""
    for line in open(os.path.join(os.path.dirname(__file__), "../../lexicon/actors/organisations.txt"), encoding="utf-8"):
        if line.startswith("org "):
            party = plain(line[4:].split("=")[0])
        elif line.startswith(("\tname ", "\tbody ")):
            names.update((plain(n), party) for n in line[6:].split(";"))
    return names


PARTY_OF = organisations()


def right(c, actors):
    party = ",".join(a.get("party") or "" for a in actors)
    known = [{plain(a.get("party") or ""), plain(a.get("name") or "") if a.get("kind") == "organisation" else "?"} for a in actors] or [{""}]
    want = [PARTY_OF.get(plain(p), plain(p)) for p in c["party"].split(",")]
    if c["party"] != "-" and not (len(want) == len(known) and all(any(w in k for k in known) for w in want)
                                  and all(any(w in k for w in want) for k in known)):
        return False, party
    first = actors[0] if actors else {}
    name, office = first.get("name") or "", first.get("office") or ""
    if c["name"] not in ("-", "") and not words(c["name"]) & words(name):
        return False, party + " " + name
    o, p = c["office"].lower().replace("-", " "), office.lower().replace("-", " ")
    o, p = CLASS_OF.get(o, o), CLASS_OF.get(p, p)
    if c["office"] not in ("-", "") and not (o == p or p.startswith(o) or p.endswith(o) or o.startswith(p or "?") or o.endswith(p or "?")):
        return False, party + " " + name + " (" + office + ")"
    return True, ""


def main():
    chancery, table = sys.argv[1:3]
    cases = list(read(table))
    given = "".join("%s\t%s\n" % (c["day"], c["text"]) for c in cases)
    out = subprocess.run([chancery, "actors", "ask", "-q", "--batch", "--json"], input=given, capture_output=True, text=True,
                         check=True).stdout.splitlines()
    assert len(out) == len(cases), (len(out), len(cases))
    good = 0
    for c, line in zip(cases, out):
        mentions = json.loads(line)["mentions"]
        best = max(mentions, key=lambda m: share(m, c), default=None)
        if best and share(best, c) < 0.3:
            best = None
        ok, got = right(c, best["actors"] if best else [])
        if not ok:
            # "Presidents Carter and Sadat": a mention each
            inside = [m for m in mentions if m["start"] >= c["start"] and m["end"] <= c["end"] and m["kind"] == "name"]
            top = [m for m in inside if not any(o is not m and o["start"] <= m["start"] and o["end"] >= m["end"] for o in inside)]
            if len(top) > 1:
                ok = right(c, [a for m in top for a in m["actors"]])[0]
        good += ok
        if not ok and "-v" in sys.argv:
            print("got %-40s %s" % (got or "nobody", c["line"]))
    print("%s: %d of %d mentions right (%.3f)" % (table, good, len(cases), good / len(cases)))


main()
