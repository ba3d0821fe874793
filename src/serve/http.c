#include "serve/http.h"
#include "base/utf8.h"

struct ch_str ch_request_header(const struct ch_request *q, const char *name)
{
	struct ch_str value = CH_STR("");
	bool there = false;

	for (uint32_t i = 0; i < q->headers.n; i++) {
		if (!ch_str_ieq(q->headers.v[i].name, ch_str_z(name)))
			continue;
		value = there ? ch_arena_printf(q->arena, "%.*s, %.*s", CH_STR_ARG(value), CH_STR_ARG(q->headers.v[i].value)) : q->headers.v[i].value;
		there = true;
	}
	return value;
}

bool ch_request_param(const struct ch_request *q, const char *name, struct ch_str *value)
{
	for (uint32_t i = 0; i < q->query.n; i++) {
		if (ch_str_eqz(q->query.v[i].name, name)) {
			*value = q->query.v[i].value;
			return true;
		}
	}
	return false;
}

void ch_answer_header(struct ch_request *q, struct ch_answer *a, const char *name, struct ch_str value)
{
	*CH_PUSH(q->arena, &a->headers) = (struct ch_field){ ch_str_z(name), value };
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool ch_percent_decode(struct ch_arena *arena, struct ch_str s, struct ch_str *out)
{
	char *to = ch_arena_alloc(arena, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		int byte = (unsigned char)s.ptr[i];

		if (byte < 0x20 || byte == 0x7F)
			return false;
		if (s.ptr[i] == '%') {
			int high = s.len - i > 2 ? hex(s.ptr[i + 1]) : -1, low = s.len - i > 2 ? hex(s.ptr[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			byte = high << 4 | low;
			i += 2;
		}
		if (!byte)
			return false;
		to[n++] = (char)byte;
	}
	to[n] = '\0';
	*out = ch_str_n(to, n);
	return ch_utf8_valid(*out);
}

/* The q of an element's parameters, out of 1000. */
static unsigned weight(struct ch_str params)
{
	struct ch_str p;
	unsigned q = 1000;

	while (ch_str_cut(&params, ';', &p)) {
		p = ch_str_trim(p);
		if (!ch_str_istarts(p, CH_STR("q=")))
			continue;
		q = p.len > 2 && p.ptr[2] == '1' ? 1000 : 0;
		for (size_t i = 4, unit = 100; i < p.len && unit && p.ptr[i] >= '0' && p.ptr[i] <= '9' && q < 1000; i++, unit /= 10)
			q += (unsigned)(p.ptr[i] - '0') * (unsigned)unit;
	}
	return q > 1000 ? 1000 : q;
}

/* The most specific element that matches decides: the name itself, then "text/" with any subtype, then anything. */
static unsigned wanted(struct ch_str list, struct ch_str name, unsigned absent)
{
	const size_t slash = ch_str_find_byte(name, '/', 0);
	struct ch_str one;
	unsigned best = absent;
	int rank = 0;

	while (ch_str_cut(&list, ',', &one)) {
		size_t end = ch_str_find_byte(one, ';', 0);
		struct ch_str range = ch_str_trim(ch_str_sub(one, 0, end));
		bool any = ch_str_eqz(range, "*/*") || ch_str_eqz(range, "*");
		bool part = slash != CH_STR_NONE && range.len == slash + 2 && range.ptr[slash + 1] == '*' &&
			    ch_str_ieq(ch_str_sub(range, 0, slash + 1), ch_str_sub(name, 0, slash + 1));
		int r = ch_str_ieq(range, name) ? 3 : part ? 2 : any ? 1 : 0;

		if (r > rank) {
			rank = r;
			best = weight(end == CH_STR_NONE ? CH_STR("") : ch_str_sub(one, end + 1, one.len));
		}
	}
	return best;
}

unsigned ch_accepts(struct ch_str accept, const char *type)
{
	return ch_str_trim(accept).len ? wanted(accept, ch_str_z(type), 0) : 1000;
}

unsigned ch_accepts_encoding(struct ch_str accept, const char *coding)
{
	return wanted(accept, ch_str_z(coding), 0);
}

bool ch_request_has(const struct ch_request *q, struct ch_str tag)
{
	struct ch_str list = ch_request_header(q, "If-None-Match"), one;

	if (ch_str_starts(tag, CH_STR("W/")))
		tag = ch_str_sub(tag, 2, tag.len);
	while (ch_str_cut(&list, ',', &one)) {
		one = ch_str_trim(one);
		if (ch_str_starts(one, CH_STR("W/")))
			one = ch_str_sub(one, 2, one.len);
		if (ch_str_eq(one, tag))
			return true;
	}
	return false;
}
