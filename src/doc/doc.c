#include "doc/doc.h"
#include "base/utf8.h"

void ch_doc_init(struct ch_doc *doc, struct ch_arena *arena)
{
	*doc = (struct ch_doc){ .arena = arena, .meta.published = CH_NO_DAY };
}

static void add_block(struct ch_doc *doc, size_t start, size_t end)
{
	struct ch_str s = ch_str_sub(doc->text, start, end), t = ch_str_trim(s);

	if (!t.len)
		return;
	start += (size_t)(t.ptr - s.ptr);
	*CH_PUSH(doc->arena, &doc->blocks) =
		(struct ch_block){ { (uint32_t)start, (uint32_t)(start + t.len) }, CH_BLOCK_PARAGRAPH };
}

bool ch_doc_from_text(struct ch_doc *doc, struct ch_arena *arena, struct ch_str text, bool lines, struct ch_err *err)
{
	size_t block = 0, at = 0;

	ch_doc_init(doc, arena);
	if (text.len >= UINT32_MAX / 2)
		return ch_fail(err, "text of %zu bytes is too long", text.len);
	if (!ch_utf8_valid(text))
		return ch_fail(err, "text is not UTF-8; convert it first (iconv -f … -t UTF-8)");
	doc->raw = doc->text = text;
	doc->article = true;
	if (text.len)
		*CH_PUSH(arena, &doc->map) = (struct ch_segment){ 0, (uint32_t)text.len, 0, (uint32_t)text.len };
	while (at < text.len) {
		size_t end = ch_str_find_byte(text, '\n', at);
		struct ch_str line;

		if (end == CH_STR_NONE)
			end = text.len;
		line = ch_str_trim(ch_str_sub(text, at, end));
		if (lines || !line.len) {
			add_block(doc, block, lines ? end : at);
			block = end < text.len ? end + 1 : end;
		}
		at = end + 1;
	}
	add_block(doc, block, text.len);
	return true;
}

/* The segment that holds the text offset; offsets behind the last one belong to it. */
static const struct ch_segment *segment_at(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->map.n;

	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->map.v[mid].text <= offset)
			lo = mid;
		else
			hi = mid;
	}
	return &doc->map.v[lo];
}

struct ch_raw_span ch_doc_raw(const struct ch_doc *doc, struct ch_span span)
{
	const struct ch_segment *a, *b;
	uint32_t last = span.end > span.start ? span.end - 1 : span.start;
	struct ch_raw_span raw;

	if (!doc->map.n)
		return (struct ch_raw_span){ 0, 0 };
	a = segment_at(doc, span.start);
	b = segment_at(doc, last);
	raw.start = a->raw + (a->text_len == a->raw_len && span.start >= a->text ? span.start - a->text : 0);
	if (b->text_len == b->raw_len && last >= b->text)
		raw.end = b->raw + (last - b->text) + (span.end > span.start);
	else
		raw.end = b->raw + b->raw_len;
	if (raw.end < raw.start)
		raw.end = raw.start;
	return raw;
}

void ch_doc_link_tree(struct ch_doc *doc, uint32_t sentence)
{
	struct ch_sentence *s = &doc->sentences.v[sentence];
	struct ch_token *t = doc->tokens.v;

	s->root = CH_NONE;
	for (uint32_t i = s->first; i < s->past; i++)
		t[i].first_child = t[i].next_sibling = CH_NONE;
	for (uint32_t i = s->past; i-- > s->first;) {
		if (t[i].head == CH_NONE) {
			s->root = i;
		} else {
			t[i].next_sibling = t[t[i].head].first_child;
			t[t[i].head].first_child = i;
		}
	}
}

void ch_doc_subtree(const struct ch_doc *doc, uint32_t token, uint32_t *first, uint32_t *past)
{
	const struct ch_token *t = doc->tokens.v;
	uint32_t at = token;

	*first = token;
	*past = token + 1;
	/* Depth first without a stack: down to the first child, on to the next sibling, else up. */
	for (;;) {
		if (t[at].first_child != CH_NONE) {
			at = t[at].first_child;
		} else {
			while (at != token && t[at].next_sibling == CH_NONE)
				at = t[at].head;
			if (at == token)
				return;
			at = t[at].next_sibling;
		}
		if (at < *first)
			*first = at;
		if (at >= *past)
			*past = at + 1;
	}
}

uint32_t ch_doc_sentence_at(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->sentences.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->sentences.v[mid].span.end <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->sentences.n && doc->sentences.v[lo].span.start <= offset ? lo : CH_NONE;
}

uint32_t ch_doc_token_at(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->tokens.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->tokens.v[mid].span.end <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->tokens.n && doc->tokens.v[lo].span.start <= offset ? lo : CH_NONE;
}

uint32_t ch_doc_token_from(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->tokens.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->tokens.v[mid].span.start < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
