#!/usr/bin/env python3
"""tool/web_iso.py -- writes web/src/views/iso.ts: the alpha-3 code of each country of the map (world-atlas, 110m) by its number.

usage: tool/web_iso.py ATLAS.json ISO_3166-1.json >web/src/views/iso.ts

ATLAS.json is web/node_modules/world-atlas/countries-110m.json; ISO_3166-1.json is Debian's
/usr/share/iso-codes/json/iso_3166-1.json. The atlas has three lands without a number; of these Kosovo has a code in use.
"""
import json
import sys


def main() -> None:
	if len(sys.argv) != 3:
		sys.exit(__doc__)
	with open(sys.argv[1], encoding="utf-8") as f:
		lands = json.load(f)["objects"]["countries"]["geometries"]
	with open(sys.argv[2], encoding="utf-8") as f:
		codes = {c["numeric"]: c["alpha_3"] for c in json.load(f)["3166-1"]}
	pairs = sorted((land["id"], codes[land["id"]]) for land in lands if land.get("id"))
	print("// Written by tool/web_iso.py: do not edit. ISO 3166-1 numbers of the lands on the map, and their alpha-3 codes.")
	print("export const alpha3: Record<string, string> = {")
	for i in range(0, len(pairs), 10):
		print("\t" + " ".join(f"'{n}': '{a}'," for n, a in pairs[i : i + 10]))
	print("};")


main()
