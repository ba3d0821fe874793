#include "work/message.h"
#include <stdlib.h>
#include <zlib.h>

/* NUL behind it, from malloc. */
static char *copy(struct ch_str s)
{
	char *p = ch_xrealloc(NULL, s.len + 1);

	if (s.len)
		memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	return p;
}

/* gzip with no time and no name in it: the same bytes give the same message. False: not smaller. */
static bool pack(struct ch_arena *arena, struct ch_str body, struct ch_str *packed)
{
	z_stream z = { 0 };
	bool ok;

	if (body.len < 128 || deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	z.next_in = (unsigned char *)(uintptr_t)body.ptr;
	z.avail_in = (unsigned)body.len;
	z.next_out = ch_arena_alloc(arena, body.len);
	z.avail_out = (unsigned)body.len;
	*packed = ch_str_n((char *)z.next_out, 0);
	ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
	packed->len = body.len - z.avail_out;
	deflateEnd(&z);
	return ok;
}

/* Into *out, from malloc. Never more than CH_MESSAGE_BODY_MAX, whatever the stream would unpack to. */
static bool unpack(struct ch_str packed, char **out, size_t *size, struct ch_err *err)
{
	size_t cap = packed.len < CH_MESSAGE_BODY_MAX / 8 ? packed.len * 8 + 1 : CH_MESSAGE_BODY_MAX + 1;
	z_stream z = { 0 };
	char *buf = NULL;
	int rc = Z_OK;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return ch_fail(err, "cannot start zlib");
	z.next_in = (unsigned char *)(uintptr_t)packed.ptr;
	z.avail_in = (unsigned)packed.len;
	for (size_t n = 0; rc == Z_OK && n <= CH_MESSAGE_BODY_MAX; n = cap - z.avail_out) {
		if (n)
			cap = cap > CH_MESSAGE_BODY_MAX / 2 ? CH_MESSAGE_BODY_MAX + 1 : cap * 2;
		buf = ch_xrealloc(buf, cap + 1);
		z.next_out = (unsigned char *)buf + n;
		z.avail_out = (unsigned)(cap - n);
		rc = inflate(&z, Z_NO_FLUSH);
	}
	*size = cap - z.avail_out;
	inflateEnd(&z);
	if (rc != Z_STREAM_END || *size > CH_MESSAGE_BODY_MAX) {
		free(buf);
		return ch_fail(err, "no page in the message: %s", rc == Z_OK || rc == Z_STREAM_END ? "unpacks to more than a page" :
			       "its packed body is broken");
	}
	buf[*size] = '\0';
	*out = buf;
	return true;
}

struct ch_str ch_message_write(struct ch_arena *arena, const struct chancery_item *item)
{
	struct ch_str name = ch_str_z(item->name), known = ch_str_z(item->known), body = ch_str_n(item->bytes, item->size), head;
	bool packed = pack(arena, body, &body);
	char *p, *start;

	if (!packed)
		body = ch_str_n(item->bytes, item->size);
	head = ch_arena_printf(arena, "chancery/1 %zu %zu %zu %s%s%s\n", name.len, known.len, body.len, packed ? "z" : "", item->clean ? "c" : "",
			       packed || item->clean ? "" : "-");
	p = start = ch_arena_alloc(arena, head.len + name.len + known.len + body.len + 1);
	for (int i = 0; i < 4; i++) {
		struct ch_str s = i == 0 ? head : i == 1 ? name : i == 2 ? known : body;

		if (s.len)
			memcpy(p, s.ptr, s.len);
		p += s.len;
	}
	return ch_str_n(start, (size_t)(p - start));
}

static bool length(struct ch_str *head, uint32_t *n)
{
	struct ch_str word;

	return ch_str_cut(head, ' ', &word) && ch_str_uint(word, n);
}

bool ch_message_read(struct ch_str message, struct chancery_item *item, struct ch_err *err)
{
	struct ch_str rest = message, head, word, name, known, body;
	uint32_t n_name, n_known, n_body;
	bool clean, packed;

	*item = (struct chancery_item){ 0 };
	if (!ch_str_starts(message, CH_STR("chancery/")) || ch_str_find_byte(ch_str_sub(message, 0, 96), '\n', 0) == CH_STR_NONE)
		return ch_fail(err, "no page in the message: it was not put there by chancery submit");
	ch_str_cut(&rest, '\n', &head);
	if (!ch_str_cut(&head, ' ', &word) || !ch_str_eqz(word, "chancery/1"))
		return ch_fail(err, "no page in the message: of another version of chancery (%.*s)", CH_STR_ARG(word));
	if (!length(&head, &n_name) || !length(&head, &n_known) || !length(&head, &n_body) ||
	    (uint64_t)n_name + n_known + n_body != rest.len || n_body > CH_MESSAGE_BODY_MAX)
		return ch_fail(err, "no page in the message: its lengths are wrong");
	packed = ch_str_find_byte(head, 'z', 0) != CH_STR_NONE;
	clean = ch_str_find_byte(head, 'c', 0) != CH_STR_NONE;
	name = ch_str_sub(rest, 0, n_name);
	known = ch_str_sub(rest, n_name, (size_t)n_name + n_known);
	body = ch_str_sub(rest, (size_t)n_name + n_known, rest.len);
	if (!name.len || memchr(name.ptr, '\0', name.len) || (known.len && memchr(known.ptr, '\0', known.len)))
		return ch_fail(err, "no page in the message: its name is none");
	if (packed && !unpack(body, &item->bytes, &item->size, err))
		return false;
	if (!packed) {
		item->bytes = copy(body);
		item->size = body.len;
	}
	item->name = copy(name);
	item->known = known.len ? copy(known) : NULL;
	item->clean = clean;
	return true;
}
