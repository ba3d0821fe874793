"""Features of a word form; src/syntax/features.c computes the same numbers, byte for byte.

A form is normalised (typographic quotes and dashes, lower case for Latin script), then hashed whole, by prefixes of 1-4
and suffixes of 1-5 code points, and by shape. Hashes index tables of trained rows; the whole form also looks up a GloVe row,
and what the gazetteers know of the word makes one more feature.
"""

WORD_ROWS = 12288          # trained rows for whole words, then
AFFIX_ROWS = 20480         # rows shared by prefixes, suffixes and shapes
SLOTS = 13                 # word, prefixes 1-4, suffixes 1-5, shape, shape with length, gazetteer with first shape

QUOTES = {0x2018: "'", 0x2019: "'", 0x201A: "'", 0x201B: "'", 0x2032: "'", 0x60: "'", 0xB4: "'",
          0x201C: '"', 0x201D: '"', 0x201E: '"', 0x201F: '"', 0xAB: '"', 0xBB: '"', 0x2033: '"'}
DASHES = {0x2010: "-", 0x2011: "-", 0x2012: "--", 0x2013: "--", 0x2014: "--", 0x2015: "--", 0x2212: "-"}
FOLD = ("AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"  # U+00C0..U+00FF
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs")
assert len(FOLD) == 64 + 128


def lower(c):
    """Simple lower case of one code point: ASCII, Latin-1, Latin Extended-A; others unchanged."""
    if 0x41 <= c <= 0x5A:
        return c + 32
    if 0xC0 <= c <= 0xDE and c != 0xD7:
        return c + 32
    if c == 0x130:
        return 0x69
    if c == 0x178:
        return 0xFF
    if 0x100 <= c <= 0x137 or 0x14A <= c <= 0x177:
        return c | 1 if c != 0x131 else c
    if 0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E:
        return c + 1 if c & 1 else c
    return c


def is_upper(c):
    return lower(c) != c


def normal(form):
    out = []
    for ch in form:
        c = ord(ch)
        if c in QUOTES:
            out.append(QUOTES[c])
        elif c in DASHES:
            out.append(DASHES[c])
        elif c == 0x2026:
            out.append("...")
        else:
            out.append(chr(lower(c)))
    return "".join(out)


def folded(norm):
    return "".join(FOLD[ord(c) - 0xC0] if 0xC0 <= ord(c) <= 0x17F else c for c in norm)


def shape(form):
    """Classes of the code points, runs cut to two: 'McGregor' -> 'XxXxx', '1,250' -> 'd,dd'."""
    out = []
    for ch in form:
        c = ord(ch)
        if is_upper(c):
            k = "X"
        elif 0x61 <= c <= 0x7A or c >= 0xC0 and c < 0x2000:
            k = "x"
        elif 0x30 <= c <= 0x39:
            k = "d"
        elif c < 0x80:
            k = ch
        elif c in QUOTES or c in DASHES:
            k = (QUOTES.get(c) or DASHES.get(c))[0]
        else:
            k = "o"
        if len(out) >= 2 and out[-1] == k and out[-2] == k:
            continue
        out.append(k)
        if len(out) == 16:
            break
    return "".join(out)


def hash32(kind, text):
    h = (2166136261 ^ kind) * 16777619 & 0xFFFFFFFF
    for b in text.encode("utf-8"):
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    h ^= h >> 15
    h = h * 0x2C1B3C6D & 0xFFFFFFFF
    h ^= h >> 12
    return h


def hash64(text):
    h = 14695981039346656037
    for b in text.encode("utf-8"):
        h = (h ^ b) * 1099511628211 & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    h = h * 0xD6E8FEB86659FD93 & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    return h


def slots(form, mask=0):
    """SLOTS row numbers into the trained table (words first, then affixes); -1 = no such feature. mask: of gazetteer.py."""
    n = normal(form)[:48]
    s = shape(form)
    rows = [hash32(1, n) % WORD_ROWS]
    for k in range(1, 5):
        rows.append(WORD_ROWS + hash32(1 + k, n[:k]) % AFFIX_ROWS if len(n) > k else -1)
    for k in range(1, 6):
        rows.append(WORD_ROWS + hash32(8 + k, n[-k:]) % AFFIX_ROWS if len(n) > k else -1)
    rows.append(WORD_ROWS + hash32(16, s) % AFFIX_ROWS)
    rows.append(WORD_ROWS + hash32(17, s[:4] + chr(48 + min(len(n), 20))) % AFFIX_ROWS)
    rows.append(WORD_ROWS + hash32(32, chr(48 + mask) + s[:1]) % AFFIX_ROWS if mask else -1)
    return rows
