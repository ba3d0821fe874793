/* page/flat.c -- flat text to lines. A line of the file is a line of the page, unless the text was wrapped by hand at
 * some column: then the lines of a paragraph, up to the blank line behind it, are one. */
#include "page/page_priv.h"
#include "base/utf8.h"

struct source_line {
	uint32_t start, end;   /* bytes of dec */
	bool gap;
};

static bool ends_line(const char *b, uint32_t at, uint32_t n, uint32_t *len)
{
	if (b[at] == '\n' || b[at] == '\r') {
		*len = b[at] == '\r' && at + 1 < n && b[at + 1] == '\n' ? 2 : 1;
		return true;
	}
	if ((unsigned char)b[at] == 0xE2 && at + 2 < n && (unsigned char)b[at + 1] == 0x80 &&
	    ((unsigned char)b[at + 2] == 0xA8 || (unsigned char)b[at + 2] == 0xA9)) {
		*len = 3;
		return true;
	}
	return false;
}

static bool blank(const char *b, uint32_t start, uint32_t end)
{
	while (start < end && (unsigned char)b[start] <= ' ')
		start++;
	return start == end;
}

/* Wrapped by hand: no line is long, and many that follow another at once go on in the middle of a sentence. */
static bool is_wrapped(const struct page *p, const struct source_line *v, uint32_t n)
{
	uint32_t pairs = 0, goes_on = 0, gaps = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = v[i].start, len;

		if (v[i].end - v[i].start > 160)
			return false;
		gaps += v[i].gap;
		if (!i || v[i].gap || v[i - 1].end - v[i - 1].start < 40)
			continue;
		while (at < v[i].end && p->dec.ptr[at] == ' ')
			at++;
		pairs++;
		goes_on += at < v[i].end && ch_is_lower(ch_utf8_at(p->dec, at, &len));
	}
	return gaps && pairs >= 4 && goes_on * 3 > pairs;
}

void page_flat_lines(struct page *p)
{
	const char *b = p->dec.ptr;
	uint32_t n = (uint32_t)p->dec.len, start = 0, len = 0;
	CH_VEC(struct source_line) src = { 0 };
	bool gap = false, wrapped;

	for (uint32_t at = 0; at <= n; at += len) {
		if (at < n && !ends_line(b, at, n, &len)) {
			len = 1;
			continue;
		}
		if (blank(b, start, at)) {
			gap = true;
		} else {
			*CH_PUSH(p->arena, &src) = (struct source_line){ start, at, gap };
			gap = false;
		}
		if (at == n)
			break;
		start = at + len;
	}
	wrapped = is_wrapped(p, src.v, src.n);
	p->lines.v = CH_NEW_N(p->arena, struct page_line, src.n);
	p->lines.cap = src.n;
	for (uint32_t i = 0; i < src.n; i++) {
		struct page_line line = { .node = CH_NONE };
		uint32_t flow = p->flow.n;

		page_flow_text(p, src.v[i].start, src.v[i].end);
		while (wrapped && i + 1 < src.n && !src.v[i + 1].gap) {
			page_flow_blank(p, src.v[i].end, src.v[i + 1].start);
			i++;
			page_flow_text(p, src.v[i].start, src.v[i].end);
		}
		if (page_flow_end(p, flow, &line)) {
			page_line_look(p, &line);
			*CH_PUSH(p->arena, &p->lines) = line;
		}
	}
}
