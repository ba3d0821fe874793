/* page/flat_cues.c -- what is seen of each line of flat text, and the rows that the model reads; flat.h says why. Who
 * changes either trains anew (train/flat.py). */
#include "page/flat.h"
#include "base/utf8.h"

enum {
	YES = 32,
	SMALL_SLOTS = 4096, TOPIC_SLOTS = 1 << 16,   /* tables of counts by hash: a clash now and then does no harm */
	SMALL_BYTES = 12, LONG_BYTES = 5,            /* of a word */
	SMALL_SHARE = 128,                           /* a small word is one in so many, or commoner */
	TITLE_WORDS = 32,
	WORTH_MAX = 600, COST_LABEL = 40, COST_WALL = 400,
	DATE_BYTES = 160, SCRIPTS = 8, PROBES = 16,
};

struct tables {
	uint16_t *small;
	uint8_t *topic;
	uint32_t small_n, scripts[SCRIPTS];
	uint32_t title[TITLE_WORDS], title_n;
};

static uint8_t lg(uint32_t x)
{
	uint32_t k = 0, y = x < UINT32_MAX ? x + 1 : x;

	while (y >> (k + 1))
		k++;
	return (uint8_t)(4 * k + (k >= 2 ? (y >> (k - 2)) & 3 : k == 1 ? (y & 1) * 2 : 0));
}

static uint8_t share(uint32_t part, uint32_t all)
{
	return all ? (uint8_t)((uint64_t)(part < all ? part : all) * YES / all) : 0;
}

static uint32_t script_of(uint32_t cp)
{
	return cp < 0x250 ? 0 : cp < 0x400 ? 1 : cp < 0x530 ? 2 : cp < 0x600 ? 3 : cp < 0x780 ? 4 : cp < 0x1100 ? 5 : cp < 0x3040 ? 6 : 7;
}

/* ---- words ---- */

struct word {
	uint32_t hash;        /* case of A to Z aside */
	uint32_t bytes;
	bool capital, shouted;
};

/* The next run of letters at or after *at. */
static bool next_word(struct ch_str s, size_t *at, struct word *w)
{
	uint32_t letters = 0, upper = 0, len;

	*w = (struct word){ .hash = 2166136261u };
	for (; *at < s.len; *at += len) {
		unsigned char c = (unsigned char)s.ptr[*at];
		uint32_t cp = c;
		bool big;

		len = 1;
		if (c >= 0x80)
			cp = ch_utf8_at(s, *at, &len);
		if (c < 0x80 ? (c | 32) < 'a' || (c | 32) > 'z' : !ch_is_letter(cp)) {
			if (letters && c != '\'' && cp != 0x2019)
				break;
			continue;
		}
		big = c < 0x80 ? c < 'a' : ch_is_upper(cp);
		w->capital = w->capital || (!letters && big);
		upper += big;
		letters++;
		for (uint32_t i = 0; i < len; i++) {
			unsigned char b = (unsigned char)s.ptr[*at + i];

			w->hash = (w->hash ^ (b >= 'A' && b <= 'Z' ? b | 32u : b)) * 16777619u;
		}
		w->bytes += len;
	}
	w->shouted = letters > 1 && upper == letters;
	w->hash ^= w->hash >> 15;
	return letters > 0;
}

static bool is_prose(const struct page_line *l)
{
	return l->kind == PAGE_SENTENCE && !l->reason;
}

static void count_small(struct tables *t, struct ch_str s)
{
	struct word w;

	for (size_t at = 0; next_word(s, &at, &w);) {
		uint16_t *slot = &t->small[w.hash % SMALL_SLOTS];

		t->small_n++;
		if (!w.capital && w.bytes <= SMALL_BYTES && *slot < UINT16_MAX)
			++*slot;
	}
}

static void count_topic(struct tables *t, struct ch_str s)
{
	struct word w;

	for (size_t at = 0; next_word(s, &at, &w);) {
		uint8_t *slot = &t->topic[w.hash % TOPIC_SLOTS];

		if (w.bytes >= LONG_BYTES && *slot < UINT8_MAX)
			++*slot;
	}
}

/* ---- cues ---- */

static void look_at_signs(struct page_flat_line *f, struct ch_str s, struct tables *t)
{
	uint32_t commas = 0, digits = 0, separators = 0, len, script[SCRIPTS] = { 0 };
	bool clock = false, legal = false, money = false, web = false;

	for (size_t i = 0; i < s.len; i += len) {
		unsigned char c = (unsigned char)s.ptr[i];
		uint32_t cp = c;

		len = 1;
		if (c >= 0x80) {
			cp = ch_utf8_at(s, i, &len);
			separators += cp == 0xBB || cp == 0x203A || cp == 0x2022 || cp == 0xB7 || (cp >= 0x2190 && cp < 0x2C00) || cp > 0xFFFF;
			commas += cp == 0x60C || cp == 0x3001 || cp == 0xFF0C;
			legal = legal || cp == 0xA9 || cp == 0xAE || cp == 0x2122;
			money = money || cp == 0xA3 || cp == 0x20AC || cp == 0xA5;
			if (ch_is_letter(cp))
				script[script_of(cp)]++;
			continue;
		}
		if ((c | 32) >= 'a' && (c | 32) <= 'z')
			script[0]++;
		else if (c >= '0' && c <= '9')
			digits++;
		commas += c == ',';
		separators += c == '|' || c == '>' || c == '<' || c == '{' || c == '}' || c == '=' || c == '_' || c == '#' || c == '\\' ||
			      c == '+' || (c == '/' && i && s.ptr[i - 1] == ' ');
		money = money || c == '$';
		web = web || c == '@' || (c == '/' && i && s.ptr[i - 1] == '/') ||
		      (c == '.' && i >= 3 && (s.ptr[i - 1] | 32) == 'w' && (s.ptr[i - 2] | 32) == 'w' && (s.ptr[i - 3] | 32) == 'w');
		clock = clock || (c == ':' && i && i + 1 < s.len && s.ptr[i - 1] >= '0' && s.ptr[i - 1] <= '9' && s.ptr[i + 1] >= '0' &&
				  s.ptr[i + 1] <= '9');
	}
	f->cue[CUE_COMMAS] = lg(commas);
	f->cue[CUE_DIGITS] = share(digits, (uint32_t)s.len);
	f->cue[CUE_SEPARATORS] = lg(separators);
	f->cue[CUE_WEB] = web ? YES : 0;
	f->cue[CUE_LEGAL] = legal ? YES : 0;
	f->cue[CUE_MONEY] = money ? YES : 0;
	f->cue[CUE_CLOCK] = clock ? YES : 0;
	for (uint32_t i = 0; i < SCRIPTS; i++) {
		t->scripts[i] += script[i];
		if (script[i] > script[f->cue[CUE_SCRIPT]])
			f->cue[CUE_SCRIPT] = (uint8_t)i;      /* which; a yes or no as soon as the page's is known */
	}
}

static void look_at_line(const struct page *p, uint32_t i, struct page_flat_line *f, struct tables *t)
{
	const struct page_line *l = &p->lines.v[i];
	struct ch_str s = page_line_str(p, i);
	uint32_t len, last = ch_utf8_before(s, s.len, &len), start = ch_utf8_at(s, 0, &len);
	struct page_date date;

	f->cue[CUE_BYTES] = lg((uint32_t)s.len);
	f->cue[CUE_WORDS] = lg(l->words);
	f->cue[CUE_SENTENCE] = l->kind == PAGE_SENTENCE ? YES : 0;
	f->cue[CUE_BRIEF] = l->kind == PAGE_BRIEF ? YES : 0;
	f->cue[CUE_ITEM] = l->kind == PAGE_ITEM ? YES : 0;
	f->cue[CUE_ENDS] = page_sentence_end(s) ? YES : 0;
	f->cue[CUE_BREAKS] = lg(l->breaks);
	f->cue[CUE_REFUSED] = l->reason ? YES : 0;
	f->cue[CUE_WALL] = l->wall ? YES : 0;
	f->cue[CUE_COLON] = last == ':' ? YES : 0;
	f->cue[CUE_ASKS] = last == '?' || last == '!' ? YES : 0;
	f->cue[CUE_ELLIPSIS] = last == 0x2026 || (s.len > 3 && memcmp(s.ptr + s.len - 3, "...", 3) == 0) ? YES : 0;
	f->cue[CUE_DATE] = l->kind != PAGE_SENTENCE && s.len <= DATE_BYTES && page_is_date_line(p, s, &date) ? YES : 0;
	f->cue[CUE_NAME] = page_is_name(s) ? YES : 0;
	f->cue[CUE_SMALL_START] = ch_is_lower(start) ? YES : 0;
	f->cue[CUE_QUOTE] = ch_is_quote(start) ? YES : 0;
	look_at_signs(f, s, t);
}

static bool in_title(const struct tables *t, uint32_t hash, uint32_t *which)
{
	for (uint32_t i = 0; i < t->title_n; i++) {
		if (t->title[i] == hash) {
			*which |= 1u << i;
			return true;
		}
	}
	return false;
}

static uint32_t bits(uint32_t x)
{
	uint32_t n = 0;

	for (; x; x &= x - 1)
		n++;
	return n;
}

/* What can only be said once all lines have been seen. `own`: the line's words were counted among the topic's. */
static void look_at_words(struct page_flat_line *f, struct ch_str s, const struct tables *t, bool own)
{
	uint32_t words = 0, letters = 0, small = 0, longs = 0, topic = 0, titled = 0, which = 0, capitals = 0, shouted = 0;
	struct word w;

	f->hash = 2166136261u;
	for (size_t at = 0; next_word(s, &at, &w);) {
		uint32_t n = t->small[w.hash % SMALL_SLOTS];

		capitals += words && w.capital;
		words++;
		letters += w.bytes;
		shouted += w.shouted;
		small += w.bytes <= SMALL_BYTES && n >= 2 && n * SMALL_SHARE >= t->small_n;
		if (w.bytes >= LONG_BYTES) {
			longs++;
			topic += t->topic[w.hash % TOPIC_SLOTS] > own;
		}
		titled += in_title(t, w.hash, &which);
		f->hash = (f->hash ^ w.hash) * 16777619u;
	}
	f->cue[CUE_CAPITALS] = share(capitals, words ? words - 1 : 0);
	f->cue[CUE_SHOUTED] = share(shouted, words);
	f->cue[CUE_SMALL_WORDS] = share(small, words);
	f->cue[CUE_TOPIC] = share(topic, longs);
	f->cue[CUE_TITLE] = share(titled, words);
	f->cue[CUE_TITLE_HELD] = share(bits(which), t->title_n);
	f->cue[CUE_WORD_BYTES] = lg(words ? letters / words : 0);
}

/* ---- the page ---- */

/* The run of lines with the greatest sum, prose counting its bytes and every other line a cost (Kadane's algorithm). */
static void find_run(const struct page *p, struct page_flat *f)
{
	long sum = 0, best = 0;
	uint32_t start = 0;

	f->first = f->past = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		const struct page_line *l = &p->lines.v[i];
		uint32_t len = l->end - l->start;

		sum += l->wall ? -COST_WALL : is_prose(l) ? (long)(len < WORTH_MAX ? len : WORTH_MAX) : -COST_LABEL;
		if (sum <= 0) {
			sum = 0;
			start = i + 1;
		} else if (sum > best) {
			best = sum;
			f->first = start;
			f->past = i + 1;
		}
	}
}

static void mark_repeated(const struct page *p, struct page_flat *f)
{
	uint32_t cap = 16, *slot;

	while (cap < f->n * 2)
		cap *= 2;
	slot = CH_NEW_N(p->arena, uint32_t, cap);       /* 1 + line */
	for (uint32_t i = 0; i < f->n; i++) {
		if (!f->v[i].cue[CUE_WORDS])
			continue;
		for (uint32_t k = 0, at = f->v[i].hash; k < PROBES; k++, at++) {
			uint32_t *x = &slot[at & (cap - 1)];

			if (!*x) {
				*x = i + 1;
				break;
			}
			if (f->v[*x - 1].hash == f->v[i].hash) {
				f->v[i].cue[CUE_REPEATED] = f->v[*x - 1].cue[CUE_REPEATED] = YES;
				break;
			}
		}
	}
}

static void sum_up(const struct page *p, struct page_flat *f)
{
	f->next_headline = CH_NONE;
	for (uint32_t i = 0; i < f->n; i++) {
		const struct page_line *l = &p->lines.v[i];
		struct page_flat_line *x = &f->v[i], *next = x + 1;
		bool headline = i && x->cue[CUE_TITLE] * 3 >= YES * 2 && x->cue[CUE_TITLE_HELD] * 2 >= YES && !(l->kind == PAGE_SENTENCE && l->breaks);

		if (l->wall)
			x->wall = i;
		if (headline) {
			x->headline = i;
			if (f->next_headline == CH_NONE)
				f->next_headline = i;
		}
		next->wall = x->wall;
		next->headline = x->headline;
		next->prose = x->prose + (is_prose(l) ? l->end - l->start : 0);
		next->topic = x->topic + (is_prose(l) ? (uint32_t)((uint64_t)(l->end - l->start) * x->cue[CUE_TOPIC] / YES) : 0);
		next->labels = x->labels + (l->kind == PAGE_SHORT);
	}
}

void page_flat_look(struct page *p, struct page_flat *f)
{
	struct tables t = { .small = CH_NEW_N(p->arena, uint16_t, SMALL_SLOTS), .topic = CH_NEW_N(p->arena, uint8_t, TOPIC_SLOTS) };
	uint32_t script = 0;
	struct word w;

	f->n = p->lines.n;
	f->v = CH_NEW_N(p->arena, struct page_flat_line, f->n + 1);
	find_run(p, f);
	for (uint32_t i = 0; i < f->n; i++) {
		look_at_line(p, i, &f->v[i], &t);
		if (is_prose(&p->lines.v[i]))
			count_small(&t, page_line_str(p, i));
		if (i >= f->first && i < f->past && is_prose(&p->lines.v[i]))
			count_topic(&t, page_line_str(p, i));
	}
	if (f->n)
		for (size_t at = 0; t.title_n < TITLE_WORDS && next_word(page_line_str(p, 0), &at, &w);)
			t.title[t.title_n++] = w.hash;
	for (uint32_t i = 1; i < SCRIPTS; i++)
		script = t.scripts[i] > t.scripts[script] ? i : script;
	for (uint32_t i = 0; i < f->n; i++) {
		f->v[i].cue[CUE_SCRIPT] = f->v[i].cue[CUE_SCRIPT] != script ? YES : 0;
		look_at_words(&f->v[i], page_line_str(p, i), &t, i >= f->first && i < f->past && is_prose(&p->lines.v[i]));
	}
	f->v[0].wall = f->v[0].headline = CH_NONE;
	mark_repeated(p, f);
	sum_up(p, f);
}

/* ---- rows ---- */

static uint8_t lines_off(uint32_t from, uint32_t to)
{
	return from == CH_NONE ? 0 : lg(to - from);
}

/* How far in length the line is from those `step` lines off on either side: little in a list. */
static uint8_t apart(const struct page_flat *f, uint32_t line, uint32_t step)
{
	int own = f->v[line].cue[CUE_BYTES], up = line >= step ? f->v[line - step].cue[CUE_BYTES] : 0;
	int down = line + step < f->n ? f->v[line + step].cue[CUE_BYTES] : 0;

	return (uint8_t)((own > up ? own - up : up - own) + (own > down ? own - down : down - own));
}

void page_flat_row(const struct page_flat *f, uint32_t line, uint8_t row[PAGE_FLAT_ROW])
{
	static const uint8_t near[PAGE_FLAT_NEAR_CUES] = { CUE_BYTES, CUE_SENTENCE, CUE_ENDS, CUE_CAPITALS, CUE_REFUSED, CUE_SMALL_WORDS,
							   CUE_TOPIC, CUE_DATE, CUE_ITEM, CUE_COMMAS };
	static const uint32_t spans[] = { 4, 12, 40 };
	const struct page_flat_line *x = &f->v[line], *end = &f->v[f->n];
	uint32_t n = CUES_N;

	memcpy(row, x->cue, CUES_N);
	for (uint32_t d = 1; d <= PAGE_FLAT_NEAR; d++) {
		for (uint32_t i = 0; i < PAGE_FLAT_NEAR_CUES; i++) {
			row[n++] = line >= d ? f->v[line - d].cue[near[i]] : 0;
			row[n++] = line + d < f->n ? f->v[line + d].cue[near[i]] : 0;
		}
	}
	for (uint32_t k = 0; k < sizeof spans / sizeof *spans; k++) {
		const struct page_flat_line *up = &f->v[line > spans[k] ? line - spans[k] : 0];
		const struct page_flat_line *down = &f->v[f->n - line - 1 > spans[k] ? line + 1 + spans[k] : f->n];

		row[n++] = lg((x->prose - up->prose) / 16);
		row[n++] = lg((down->prose - x[1].prose) / 16);
		row[n++] = lg((x->topic - up->topic) / 16);
		row[n++] = lg((down->topic - x[1].topic) / 16);
		row[n++] = share(x->labels - up->labels, spans[k]);
		row[n++] = share(down->labels - x[1].labels, spans[k]);
	}
	row[n++] = share(x->prose, end->prose);
	row[n++] = lg(x->prose / 64);
	row[n++] = lg((end->prose - x->prose) / 64);
	row[n++] = share(x->topic, end->topic);
	row[n++] = lg((end->topic - x->topic) / 64);
	row[n++] = apart(f, line, 1);
	row[n++] = apart(f, line, 2);
	row[n++] = lg(line);
	row[n++] = lg(f->n - line - 1);
	row[n++] = f->past > f->first && line >= f->first && line < f->past ? YES : 0;
	row[n++] = line < f->first ? lg(f->first - line) : 0;
	row[n++] = line >= f->past ? lg(line - f->past + 1) : 0;
	row[n++] = x->wall == CH_NONE ? 0 : YES;
	row[n++] = lines_off(x->wall, line);
	row[n++] = x->headline == CH_NONE ? 0 : YES;
	row[n++] = lines_off(x->headline, line);
	row[n++] = f->next_headline != CH_NONE && f->next_headline > line ? YES : 0;
	_Static_assert(PAGE_FLAT_PLACE == 6 * sizeof spans / sizeof *spans + 17, "places of a row");
}
