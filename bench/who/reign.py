#!/usr/bin/env python3
"""reign.py CHANCERY LEADERLIST [-v]: title and surname of every leader of REIGN at the middle of his term, no country named.

Asks `chancery actors ask` for "President NAME met reporters." (and the other titles that leaders of that state bear) on that
day. Right: the actor's party is the state, or the one that it was part of then, and his name, or another spelling of it in
lexicon/actors, has a word like one of REIGN's (a third of its letters may differ; REIGN's own spellings are rough).
REIGN (Bell, Besaw and Frank 2021) is for measuring only; San Marino's captains regent are left out unless -s. -v prints what is wrong."""
import collections
import csv
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata

# REIGN's country codes that are not ISO 3166-1 alpha-3
ISO = {
    'SNM': 'SMR', 'GRC': 'GRC', 'BOS': 'BIH', 'THI': 'THA', 'NEP': 'NPL', 'URU': 'URY', 'NAU': 'NRU', 'HAI': 'HTI',
    'ICE': 'ISL', 'GUA': 'GTM', 'FRN': 'FRA', 'VAN': 'VUT', 'SAL': 'SLV', 'BUL': 'BGR', 'IRE': 'IRL', 'YUG': 'YUG',
    'HON': 'HND', 'COS': 'CRI', 'ROM': 'ROU', 'DEN': 'DNK', 'SOL': 'SLB', 'AUS': 'AUT', 'MLD': 'MDA', 'LEB': 'LBN',
    'BHU': 'BTN', 'NEW': 'NZL', 'UKG': 'GBR', 'LAT': 'LVA', 'ROK': 'KOR', 'SRI': 'LKA', 'AUL': 'AUS', 'NIG': 'NGA',
    'BUI': 'BDI', 'SAF': 'ZAF', 'BNG': 'BGD', 'NTH': 'NLD', 'MAC': 'MKD', 'MAA': 'MRT', 'MAG': 'MDG', 'SUD': 'SDN',
    'MYA': 'MMR', 'GRN': 'GRD', 'PAR': 'PRY', 'CZR': 'CZE', 'SLV': 'SVN', 'SWD': 'SWE', 'SIE': 'SLE', 'SLU': 'LCA',
    'GRG': 'GEO', 'LES': 'LSO', 'ALG': 'DZA', 'PHI': 'PHL', 'MSI': 'MHL', 'SPN': 'ESP', 'CRO': 'HRV', 'CEN': 'CAF',
    'RVN': 'VNR', 'MAL': 'MYS', 'FIJ': 'FJI', 'PAL': 'PLW', 'BAR': 'BRB', 'POR': 'PRT', 'SLO': 'SVK', 'NIR': 'NER',
    'BFO': 'BFA', 'BHM': 'BHS', 'TRI': 'TTO', 'CZE': 'CSK', 'LIT': 'LTU', 'CON': 'COG', 'MAS': 'MUS', 'LIB': 'LBY',
    'KUW': 'KWT', 'KYR': 'KGZ', 'MON': 'MNG', 'DRV': 'VNM', 'MNG': 'MNE', 'TOG': 'TGO', 'ZAM': 'ZMB', 'YAR': 'YAR',
    'CAM': 'KHM', 'INS': 'IDN', 'GUI': 'GIN', 'MAW': 'MWI', 'YPR': 'YMD', 'MAD': 'MDV', 'ETM': 'TLS', 'GFR': 'DEU',
    'GDR': 'DDR', 'KOS': 'Kosovo', 'CAP': 'CPV', 'CDI': 'CIV', 'CHA': 'TCD', 'TAZ': 'TZA', 'BOT': 'BWA',
    'SEY': 'SYC', 'SVG': 'VCT', 'AAB': 'ATG', 'GMY': 'DEU', 'MZM': 'MOZ', 'ZIM': 'ZWE', 'SWA': 'SWZ', 'TAJ': 'TJK',
    'SKN': 'KNA', 'EQG': 'GNQ', 'GAM': 'GMB', 'ANG': 'AGO', 'MOR': 'MAR', 'SIN': 'SGP', 'MNC': 'MCO', 'CAO': 'CMR',
    'BAH': 'BHR', 'UAE': 'ARE', 'OMA': 'OMN', 'KZK': 'KAZ', 'BRU': 'BRN', 'DRC': 'COD', 'SWZ': 'CHE', 'HUN': 'HUN',
}
# codes that mean the same state on other days
SAME = {
    'VNM': ['VDR', 'VNM'], 'COD': ['COD', 'ZAR'], 'RUS': ['RUS', 'SUN'], 'YAR': ['YAR', 'YEM'],
    'SRB': ['SRB', 'YUG'], 'YUG': ['SRB', 'YUG'], 'ZWE': ['RHO', 'ZWE'], 'PAK': ['PAK'], 'CSK': ['CSK', 'CZE'],
}
# states whose leaders are (also) heads of government; only so; and other titles
PREMIERS = set("""
GRC ITA JPN THA IND PAK NPL BEL ISL VUT NOR BGR IRL DNK ISR AUS SLB BTN NZL GBR LVA TUV BGD NLD CAN EST JAM GRD CZE
SWE PNG LCA LSO ESP MYS BRB LUX AND SVN FJI PRT SVK MLT BHS TTO DMA BLZ SGP VCT ATG KNA CSK IRQ MUS LKA LBN HUN ETH
SOM LAO KHM NRU BIH HRV MKD ALB ROU POL FIN WSM TON LIE MNE Kosovo TLS MDA GEO ARM MNG CPV STP KIR MDV AFG BDI LBY TUR
VNM HTI MDG NGA YUG SRB BRA UGA KEN GHA ZWE SDN EGY SYR TUN DZA IRN KWT SLE GMB GUY MMR KOR FRA ZAF ZMB CHN RUS SUR
BLR PRK TZA MAR SWZ
""".split())
ONLY_PREMIERS = set("""
JPN THA IND NPL BEL NOR DNK AUS NZL GBR NLD CAN JAM GRD SWE PNG LCA LSO ESP MYS BRB LUX AND BHS TTO BLZ VCT ATG KNA
ISR IRL ISL ITA GRC CZE SVK BGR EST LVA
""".split())
TITLES = {
    'DEU': ['Chancellor'], 'AUT': ['Chancellor'], 'SAU': ['King'], 'JOR': ['King'], 'MAR': ['King'],
    'BHR': ['King', 'Emir'], 'QAT': ['Emir'], 'KWT': ['Emir', 'Prime Minister'], 'OMN': ['Sultan'],
    'BRN': ['Sultan'], 'SWZ': ['King'], 'BTN': ['King', 'Prime Minister'], 'NPL': ['King', 'Prime Minister'],
    'IRN': ['President', 'Shah', 'Prime Minister'], 'ETH': ['Emperor', 'Prime Minister', 'President'],
    'LBY': ['King', 'Prime Minister', 'Colonel'], 'EGY': ['President', 'King', 'Prime Minister'],
    'IRQ': ['President', 'King', 'Prime Minister'], 'YAR': ['President', 'Imam'], 'MCO': ['Prince'],
    'TON': ['King', 'Prime Minister'], 'PRK': ['Chairman', 'Marshal', 'President', 'Leader'],
    'CHN': ['Chairman', 'President', 'Premier'],
    'RUS': ['President', 'General Secretary', 'Premier', 'Prime Minister'], 'CUB': ['President', 'Prime Minister'],
    'LIE': ['Prime Minister'], 'POL': ['General Secretary', 'First Secretary', 'President', 'Prime Minister'],
    'HUN': ['General Secretary', 'First Secretary', 'President', 'Prime Minister'],
    'BGR': ['General Secretary', 'First Secretary', 'Prime Minister'],
    'ROU': ['General Secretary', 'President', 'Prime Minister'],
    'CSK': ['General Secretary', 'First Secretary', 'President', 'Prime Minister'],
    'DDR': ['General Secretary', 'First Secretary', 'Prime Minister'],
    'ALB': ['General Secretary', 'First Secretary', 'Prime Minister', 'President'],
    'MNG': ['General Secretary', 'President', 'Prime Minister'],
    'VNM': ['General Secretary', 'President', 'Prime Minister'],
    'LAO': ['General Secretary', 'President', 'Prime Minister'],
    'YMD': ['General Secretary', 'President', 'Chairman'], 'ARE': ['President', 'Sheikh'], 'CHE': ['President'],
    'YUG': ['President', 'Marshal', 'Prime Minister'], 'KHM': ['Prime Minister', 'King', 'President'],
    'SMR': ['Captain Regent'],
}


def words(s):
    s = "".join(c for c in unicodedata.normalize("NFD", s.lower()) if not unicodedata.combining(c))
    return [w for w in re.findall("[a-z]+", s) if len(w) > 1]


def like(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(before + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1] * 3 <= max(len(a), len(b))


def spellings():
    """Name shown -> all words of all its spellings."""
    out = collections.defaultdict(set)
    for path in glob.glob(os.path.join(os.path.dirname(__file__), "../../lexicon/actors/*.txt")):
        if re.match("leaders|people", os.path.basename(path)):
            for line in open(path, encoding="utf-8"):
                if line.strip() and line[0] not in "#\t":
                    names = re.sub(r"\(f\)|\{.*?\}|[\[\]]", "", line)
                    out[names.split(";")[0].strip()].update(words(names))
    return out


def cases(path):
    for x in list(csv.reader(open(path, encoding="utf-8", errors="replace")))[1:]:
        if x[0] == "SNM" and "-s" not in sys.argv:
            continue
        code = ISO.get(x[0], x[0])
        if x[0] == "SWZ" and x[1] != "225" or x[0] == "SWA":
            code = "SWZ"
        try:
            middle = (int(x[6]) * 12 + int(x[5]) - 1 + int(x[8]) * 12 + int(x[7]) - 1) // 2
        except ValueError:
            continue
        day = "%04d-%02d-15" % (middle // 12, middle % 12 + 1)
        if code == "CZE" and day < "1993":
            code = "CSK"
        titles = TITLES.get(code) or (["Prime Minister"] if code in ONLY_PREMIERS else
                                      ["President", "Prime Minister"] if code in PREMIERS else ["President"])
        yield code, day, x[3].strip(), titles


def main():
    chancery, path = sys.argv[1:3]
    known = spellings()
    items = list(cases(path))
    asked = "".join("%s\t%s %s met reporters.\n" % (day, t, name) for _, day, name, titles in items for t in titles)
    lines = iter(subprocess.run([chancery, "actors", "ask", "-q", "--batch", "--json"], input=asked, capture_output=True,
                                text=True, check=True).stdout.splitlines())
    good, decade = 0, collections.defaultdict(lambda: [0, 0])
    for code, day, name, titles in items:
        ok, got = False, []
        for _ in titles:
            mentions = json.loads(next(lines))["mentions"]
            actor = mentions[0]["actors"][0] if mentions and mentions[0]["actors"] else {}
            shown = actor.get("name") or ""
            got.append("%s %s" % (actor.get("party"), shown))
            ok |= actor.get("party") in SAME.get(code, [code]) and any(
                like(a, b) for a in words(name) for b in known.get(shown, set()) | set(words(shown)))
        good += ok
        decade[day[:3] + "0s"][0] += ok
        decade[day[:3] + "0s"][1] += 1
        if not ok and "-v" in sys.argv:
            print(code, day, name, got)
    print("%d of %d leaders right (%.3f)" % (good, len(items), good / len(items)))
    print("  " + "  ".join("%s %d/%d" % (d, *n) for d, n in sorted(decade.items())))


main()
