#!/usr/bin/env python3
"""Writes lexicon/actors/members-cia.txt from the CIA World Factbook's lists of organisations (class A data).

    tool/who_members.py ../shared/data/gazetteer lexicon/actors

Users never run this: its result is checked in and never edited. What people know better stands in members.txt: an organisation
that has a block there (org) gets none here, nor does a member of one that is told of in part (also). An edition is not a date of
accession, so a line says "by YEAR" (of the first edition that names the member) and, where the last editions no longer do,
"after YEAR".
"""
import collections, csv, re, sys

SRC, OUT = sys.argv[1], sys.argv[2]
FIRST, LAST = 1990, 2025

# The Factbook's abbreviation -> PARTY of organisations.txt. Left out: what meant one thing and then another ("ICC" was a chamber
# of commerce before the court, "WTO" the tourism organisation), and lists that the archive read in part (AIIB, EITI) or with
# a neighbour's (ABEDA, LAIA).
ORGS = {
    "UNESCO": "UNESCO", "UNIDO": "UNIDO", "FAO": "FAO", "IFAD": "IFAD", "ILO": "ILO", "IMO": "IMO", "ICAO": "ICAO", "ITU": "ITU",
    "UPU": "UPU", "WMO": "WMO", "WIPO": "WIPO", "WHO": "WHO", "IOM": "IOM", "OPCW": "OPCW", "IMF": "IMF", "IBRD": "World Bank",
    "IFC": "IFC", "MIGA": "MIGA", "GATT": "GATT", "PCA": "PCA", "Interpol": "INTERPOL", "INTERPOL": "INTERPOL",
    "WToO": "UNWTO", "UNWTO": "UNWTO", "WCO": "WCO", "CCC": "WCO", "IHO": "IHO", "IPU": "IPU", "G-77": "G77", "G-24": "G24",
    "G-15": "G15", "G-10": "G10", "AfDB": "AfDB", "AsDB": "ADB", "ADB": "ADB", "CDB": "CDB",
    "EBRD": "EBRD", "EIB": "EIB", "IADB": "IADB", "IDB": "IsDB",
    "AMF": "AMF", "AFESD": "AFESD", "NIB": "NIB", "BSTDB": "BSTDB", "BIS": "BIS",
    "ACP": "OACPS", "OACPS": "OACPS", "ACS": "ACS", "LAES": "SELA", "SELA": "SELA", "CACM": "CACM",
    "BCIE": "CABEI", "CABEI": "CABEI", "OPANAL": "OPANAL", "Petrocaribe": "Petrocaribe", "PetroCaribe": "Petrocaribe",
    "PROSUR": "PROSUR", "RG": "Rio Group", "OEI": "OEI", "ALECSO": "ALECSO", "CAEU": "CAEU", "AMU": "Arab Maghreb Union",
    "SACU": "SACU", "UDEAC": "UDEAC", "CEPGL": "CEPGL", "Entente": "Entente Council", "FLS": "Frontline States",
    "InOC": "Indian Ocean Commission", "Mano River Union": "Mano River Union", "LCBC": "Lake Chad Basin Commission",
    "Lake Chad Basin Commission": "Lake Chad Basin Commission", "OMVS": "OMVS", "MNJTF": "MNJTF",
    "Colombo Plan": "Colombo Plan", "CP": "Colombo Plan", "SPC": "Pacific Community",
    "APT": "APT", "AOSIS": "AOSIS", "ESA": "ESA", "CERN": "CERN", "CEI": "CEI", "IEA": "IEA", "FATF": "FATF",
    "Paris Club": "Paris Club", "NSG": "Nuclear Suppliers Group", "ZC": "Zangger Committee", "MTCR": "MTCR",
    "Wassenaar Arrangement": "Wassenaar Arrangement", "Australia Group": "Australia Group", "COCOM": "CoCom",
    "CD": "Conference on Disarmament", "SELEC": "SELEC", "ITSO": "Intelsat", "IMSO": "Inmarsat",
    "ECB": "ECB",
}
MEMBER = {"member", "nonregional member", "nonregional members", "non-regional", "regional", "permanent", "new member"}
STATUS = {"observer": "observer", "associate": "associate", "associate member": "associate", "associate members": "associate",
          "suspended": "suspended", "partner": "partner", "dialogue partner": "partner", "applicant": None}

codes = {}
for r in csv.DictReader(open(f"{SRC}/country-codes.csv")):
    codes[r["ISO3166-1-Alpha-2"]] = r["ISO3166-1-Alpha-3"]
EXTRA = {"Kosovo": "XKX", "European Union": "EU"}
SHARED = {"GB": "United Kingdom"}  # Man and the Channel Islands have the code too
UNION = 2003  # "CS" is Yugoslavia in editions before, Serbia and Montenegro from then

have = {m for m in re.findall(r"(?m)^org (.*?) = ", open(f"{OUT}/organisations.txt").read())}
states = set(re.findall(r"(?m)^state (\w+)", open(f"{OUT}/states.txt").read() + open(f"{OUT}/countries.txt").read()))
by_hand, known, party = set(), set(), ""  # organisations that stand whole in members.txt; members that do
for line in open(f"{OUT}/members.txt"):
    if line.startswith(("org ", "bloc ", "also ")):
        word, party = line.rstrip().split(" ", 1)
        by_hand |= {party} if word != "also" else set()
    elif line.startswith("\t"):
        known |= {(party, code) for code in line.split("|")[0].split()}

spans = collections.defaultdict(list)  # (party, code, status) -> [(first, last)]
seen = collections.defaultdict(lambda: [LAST, FIRST])  # party -> first and last edition that has it at all
for r in csv.DictReader(open(f"{SRC}/cia_igo_membership.tsv"), delimiter="\t"):
    party = ORGS.get(r["org"])
    status = "member" if r["status"] in MEMBER else STATUS.get(r["status"])
    if not party or party not in have or party in by_hand or not status:
        continue
    if r["iso2"] in SHARED and r["country"] != SHARED[r["iso2"]]:
        continue
    first, last = int(r["first_edition"]), int(r["last_edition"])
    if r["iso2"] == "CS":
        if first < UNION:
            spans[party, "YUG", status].append((first, min(last, UNION - 1)))
        if last >= UNION:
            spans[party, "SCG", status].append((max(first, UNION), last))
        continue
    code = EXTRA.get(r["country"]) or codes.get(r["iso2"])
    if not code or code not in states | {"EU"}:
        continue
    spans[party, code, status].append((first, last))
    seen[party] = [min(seen[party][0], first), max(seen[party][1], last)]

blocks = collections.defaultdict(lambda: collections.defaultdict(list))
for (party, code, status), found in spans.items():
    # Editions that miss a member between two that have it are slips of the Factbook.
    first, last = min(f for f, l in found), max(l for f, l in found)
    editions = len({y for f, l in found for y in range(f, l + 1)})
    if (party, code) in known:
        continue
    if status != "member" and (party, code, "member") in spans:
        # One who was first an observer, then a member: until the first edition that says member.
        member = min(f for f, l in spans[party, code, "member"])
        if status == "suspended" or first >= member:
            continue
        last = min(last, member - 1)
    open_end = last >= LAST - 1
    # A few editions among many are slips too (a list read for its neighbour's); a new member has few so far.
    if editions < (2 if open_end else min(6, seen[party][1] - seen[party][0])):
        continue
    blocks[party][f"by {first}", "" if open_end else f"after {last}", status].append(code)

with open(f"{OUT}/members-cia.txt", "w") as f:
    print("# Who belongs to which organisation, from the lists of the CIA World Factbook; the form is told at the head of members.txt.\n"
          "# Source: CIA World Factbook, editions 1990-2025 (US government, public domain), by way of MilkMp/CIA-World-Factbooks-Archive.\n"
          "# Written by tool/who_members.py; not to be edited: an organisation that has a block in members.txt gets none here.\n"
          "# An edition is no date of accession: \"by 1990\" is the first edition there is.\n", file=f)
    for party in sorted(blocks):
        if sum(len(c) for c in blocks[party].values()) < 3:  # read at one country only
            del blocks[party]
            continue
        print(f"org {party}", file=f)
        order = lambda k: (["member", "associate", "observer", "partner", "suspended"].index(k[2]), k)
        for key in sorted(blocks[party], key=order):
            since, until, status = key
            line = " | ".join([" ".join(sorted(blocks[party][key])), since, until, "" if status == "member" else status])
            print("\t" + re.sub(r"( \| ?)+$", "", line).rstrip(" |"), file=f)
n = sum(len(c) for b in blocks.values() for c in b.values())
print(f"{len(blocks)} organisations, {n} memberships; no organisation for: {sorted(set(ORGS.values()) - have)}")
