/* page/flow.c -- the visible text of the page, and from it doc->text with its map.
 *
 * A segment of flow_map is a run copied as it stands (both lengths equal), or one character that was written another
 * way: an entity, or a stretch of white space, which is one blank here. Bytes that print nothing (zero-width marks,
 * soft hyphens) have no segment at all; the map skips them. */
#include "page/page_priv.h"
#include "base/utf8.h"

static void push(struct page *p, const char *bytes, uint32_t len, uint32_t dec, uint32_t dec_len)
{
	struct ch_segment *s = p->flow_map.n ? &p->flow_map.v[p->flow_map.n - 1] : NULL;

	if (p->flow.n + len > p->flow.cap) {
		uint32_t cap = p->flow.cap * 2 > p->flow.n + len ? p->flow.cap * 2 : p->flow.n + len + 4096;

		p->flow.v = ch_arena_grow(p->arena, p->flow.v, p->flow.n, cap, 1);
		p->flow.cap = cap;
	}
	memcpy(p->flow.v + p->flow.n, bytes, len);
	if (s && len == dec_len && s->text_len == s->raw_len && s->raw + s->raw_len == dec &&
	    memcmp(bytes, p->dec.ptr + dec, len) == 0 && p->flow.v[s->text] == p->dec.ptr[s->raw]) {
		s->text_len += len;
		s->raw_len += len;
	} else {
		*CH_PUSH(p->arena, &p->flow_map) = (struct ch_segment){ p->flow.n, len, dec, dec_len };
	}
	p->flow.n += len;
}

static bool prints_nothing(uint32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F && cp != 0x200C && cp != 0x200D) || cp == 0x2060 || cp == 0xFEFF;
}

void page_flow_blank(struct page *p, uint32_t dec_start, uint32_t dec_end)
{
	struct ch_segment *s = p->flow_map.n ? &p->flow_map.v[p->flow_map.n - 1] : NULL;

	if (p->flow.n && s && p->flow.v[p->flow.n - 1] == ' ') {
		if (s->text_len == 1 && s->text == p->flow.n - 1)
			s->raw_len = dec_end - s->raw;      /* one blank for the whole stretch */
		return;
	}
	push(p, " ", 1, dec_start, dec_end - dec_start);
}

void page_flow_char(struct page *p, uint32_t cp, uint32_t dec_start, uint32_t dec_end)
{
	char bytes[4];

	if (prints_nothing(cp))
		return;
	if (cp < 32 || cp == 0x7f || (cp >= 0x80 && cp < 0xA0) || ch_is_space(cp)) {
		page_flow_blank(p, dec_start, dec_end);
		return;
	}
	push(p, bytes, ch_utf8_put(cp, bytes), dec_start, dec_end - dec_start);
}

void page_flow_text(struct page *p, uint32_t dec_start, uint32_t dec_end)
{
	const char *b = p->dec.ptr;
	uint32_t at = dec_start, run = dec_start, len;

	while (at < dec_end) {
		unsigned char c = (unsigned char)b[at];

		if (c > ' ' && c < 0x7f) {
			at++;
			continue;
		}
		if (c == ' ' && at + 1 < dec_end && b[at + 1] > ' ' && at > run && b[at - 1] != ' ') {
			at++;               /* one blank between words: part of the run */
			continue;
		}
		if (c >= 0x80) {
			uint32_t cp = ch_utf8_at(p->dec, at, &len);

			if (!prints_nothing(cp) && cp >= 0xA0 && !ch_is_space(cp)) {
				at += len;
				continue;
			}
			if (at > run)
				push(p, b + run, at - run, run, at - run);
			page_flow_char(p, cp, at, at + len);
			at += len;
			run = at;
			continue;
		}
		if (at > run)
			push(p, b + run, at - run, run, at - run);
		for (len = 1; at + len < dec_end && (unsigned char)b[at + len] <= ' ';)
			len++;
		page_flow_blank(p, at, at + len);
		at += len;
		run = at;
	}
	if (at > run)
		push(p, b + run, at - run, run, at - run);
}

/* Cuts the blanks off both ends. False where nothing is left. */
bool page_flow_end(struct page *p, uint32_t start, struct page_line *line)
{
	uint32_t end = p->flow.n;

	while (end > start && p->flow.v[end - 1] == ' ')
		end--;
	while (start < end && p->flow.v[start] == ' ')
		start++;
	line->start = start;
	line->end = end;
	return end > start;
}

static uint32_t segment_at(const struct page *p, uint32_t at)
{
	uint32_t lo = 0, hi = p->flow_map.n;

	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->flow_map.v[mid].text <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct ch_raw_span page_raw_of_flow(const struct page *p, uint32_t start, uint32_t end)
{
	const struct ch_segment *a, *b;
	uint32_t from, to;

	if (!p->flow_map.n || start >= end)
		return (struct ch_raw_span){ 0, 0 };
	a = &p->flow_map.v[segment_at(p, start)];
	b = &p->flow_map.v[segment_at(p, end - 1)];
	from = a->text_len == a->raw_len ? a->raw + (start - a->text) : a->raw;
	to = b->text_len == b->raw_len ? b->raw + (end - b->text) : b->raw + b->raw_len;
	return page_raw_of_dec(p, from, to);
}

/* ---- doc->text ---- */

static void map_piece(struct page *p, uint32_t text, uint32_t text_len, uint32_t raw, uint32_t raw_len, bool same)
{
	struct ch_doc *doc = p->doc;
	struct ch_segment *s = doc->map.n ? &doc->map.v[doc->map.n - 1] : NULL;

	if (same && s && s->text_len == s->raw_len && s->text + s->text_len == text && s->raw + s->raw_len == raw &&
	    s->text_len && memcmp(doc->text.ptr + s->text, doc->raw.ptr + s->raw, s->text_len < 4 ? s->text_len : 4) == 0) {
		s->text_len += text_len;
		s->raw_len += raw_len;
		return;
	}
	*CH_PUSH(p->arena, &doc->map) = (struct ch_segment){ text, text_len, raw, raw_len };
}

/* A run of dec that stands in text byte for byte; over a converted page it falls into the pieces of dec_map. */
static void map_run(struct page *p, uint32_t text, uint32_t dec, uint32_t len)
{
	if (!p->dec_map.n) {
		map_piece(p, text, len, dec + p->dec_base, len, true);
		return;
	}
	for (uint32_t i = 0, lo = 0, hi = p->dec_map.n; len; i++) {
		const struct ch_segment *s;
		uint32_t n, off;

		if (!i) {
			while (hi - lo > 1) {
				uint32_t mid = lo + (hi - lo) / 2;

				*(p->dec_map.v[mid].text <= dec ? &lo : &hi) = mid;
			}
		}
		s = &p->dec_map.v[lo + i];
		off = dec - s->text;
		n = s->text_len - off < len ? s->text_len - off : len;
		if (s->text_len == s->raw_len)
			map_piece(p, text, n, s->raw + off, n, true);
		else
			map_piece(p, text, n, s->raw, s->raw_len, false);
		text += n;
		dec += n;
		len -= n;
	}
}

static void emit_block(struct page *p, char *out, uint32_t *n, uint32_t start, uint32_t end, enum ch_block_kind kind)
{
	struct ch_doc *doc = p->doc;
	uint32_t at = start;

	if (*n) {
		const struct ch_segment *s = &doc->map.v[doc->map.n - 1];

		memcpy(out + *n, "\n\n", 2);
		*CH_PUSH(p->arena, &doc->map) = (struct ch_segment){ *n, 2, s->raw + s->raw_len, 0 };
		*n += 2;
	}
	memcpy(out + *n, p->flow.v + start, end - start);
	doc->text.len = *n + (end - start);
	*CH_PUSH(p->arena, &doc->blocks) = (struct ch_block){ { *n, *n + (end - start) }, kind };
	for (uint32_t i = segment_at(p, start); at < end; i++) {
		const struct ch_segment *s = &p->flow_map.v[i];
		uint32_t off = at - s->text, len = s->text_len - off < end - at ? s->text_len - off : end - at;

		if (s->text_len == s->raw_len && p->flow.v[s->text] == p->dec.ptr[s->raw]) {
			map_run(p, *n + (at - start), s->raw + off, len);
		} else {
			struct ch_raw_span r = page_raw_of_dec(p, s->raw, s->raw + s->raw_len);

			map_piece(p, *n + (at - start), len, r.start, r.end - r.start, false);
		}
		at += len;
	}
	*n += end - start;
}

static enum ch_block_kind block_kind(const struct page *p, const struct page_line *l)
{
	if (l->item || l->kind == PAGE_ITEM)
		return CH_BLOCK_ITEM;
	if (l->heading || (l->kind == PAGE_SHORT && !l->quote && l->words <= 16 && p->flow.v[l->end - 1] != ','))
		return CH_BLOCK_HEADING;
	return CH_BLOCK_PARAGRAPH;
}

static void reject(struct page *p, uint32_t start, uint32_t end, const char *reason)
{
	if (end > start)
		*CH_PUSH(p->arena, &p->doc->rejected) = (struct ch_rejected){
			page_raw_of_flow(p, start, end), { p->flow.v + start, end - start }, reason };
}

void page_emit(struct page *p)
{
	struct ch_doc *doc = p->doc;
	uint32_t n = 0, size = 2;
	char *out;

	for (uint32_t i = 0; i < p->lines.n; i++)
		if (p->lines.v[i].body || i == p->title)
			size += p->lines.v[i].end - p->lines.v[i].start + 2;
	out = ch_arena_alloc(p->arena, size);
	doc->rejected.v = CH_NEW_N(p->arena, struct ch_rejected, p->lines.n + 2);
	doc->rejected.cap = p->lines.n + 2;
	doc->article = p->past > p->first;
	doc->text.ptr = out;
	for (uint32_t i = 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];

		if (doc->article && i == p->title && i < p->first) {
			reject(p, l->start, p->title_start, "navigation");
			doc->meta.title_raw = page_raw_of_flow(p, p->title_start, p->title_end);
			emit_block(p, out, &n, p->title_start, p->title_end, CH_BLOCK_TITLE);
			reject(p, p->title_end, l->end, "navigation");
		} else if (doc->article && l->body) {
			uint32_t start = l->start;

			if (i == p->first && p->cut) {
				start += p->cut;
				reject(p, l->start, start, "dateline");
			}
			emit_block(p, out, &n, start, l->end, block_kind(p, l));
		} else {
			reject(p, l->start, l->end, l->reason ? l->reason : !doc->article ? "no article" :
			       i < p->first ? "above the article" : "below the article");
		}
	}
	doc->text.len = n;
}
