#!/usr/bin/env python3
"""score.py CHANCERY [FILE...]: contexts of event sentences against those that a reader gave (bench/contexts/*.txt, in our own words).

What is compared is the set of contexts of all events of a sentence; sentences in which no event is found are counted apart, since a
context stands on an event. --each tells sentence by sentence."""
import json
import os
import subprocess
import sys

each = '--each' in sys.argv
args = [a for a in sys.argv[1:] if a != '--each']
here = os.path.dirname(os.path.abspath(__file__))
for path in args[1:] or [os.path.join(here, f) for f in ('held.txt', 'after.txt')]:
    rows = []
    for line in open(path, encoding='utf-8'):
        if line.strip() and line[0] != '#':
            text, _, want = line.strip().rpartition(' = ')
            rows.append((text, set(want.split()) - {'-'}))
    given = ''.join(json.dumps({'id': str(i), 'date': '2026-01-01', 'text': t}) + '\n' for i, (t, _) in enumerate(rows))
    out = subprocess.run([args[0], 'code'], input=given, capture_output=True, text=True, check=True).stdout
    got, found = {}, {}
    for line in out.splitlines():
        o = json.loads(line)
        got[int(o['id'])] = {c for e in o['events'] for c in e['context']}
        found[int(o['id'])] = bool(o['events'])
    for name, keep in (('all', lambda i: True), ('with an event', lambda i: found[i])):
        tp = sum(len(w & got[i]) for i, (_, w) in enumerate(rows) if keep(i))
        g = sum(len(got[i]) for i in range(len(rows)) if keep(i))
        n = sum(len(w) for i, (_, w) in enumerate(rows) if keep(i))
        p, r = tp / max(g, 1), tp / max(n, 1)
        print('%s, sentences %s: %d; contexts %d, given %d, right %d; P %.3f R %.3f F1 %.3f' % (
            os.path.basename(path), name, sum(keep(i) for i in range(len(rows))), n, g, tp, p, r, 2 * p * r / max(p + r, 1e-9)))
    if each:
        for i, (t, w) in enumerate(rows):
            if w != got[i]:
                print('%s%s\n    missing %s; wrong %s' % ('' if found[i] else 'NO EVENT ', t, ' '.join(sorted(w - got[i])), ' '.join(sorted(got[i] - w))))
