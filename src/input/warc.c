#include "input/warc.h"
#include "base/limits.h"
#include "input/http.h"

enum { HEADER_MAX = 64 << 10, SCAN = 64 << 10 };

struct record {
	struct ch_str type, content_type, payload_type, url, date;
	uint64_t length;
	bool has_length;
};

bool ch_warc_is(struct ch_str first)
{
	return ch_str_starts(first, CH_STR("WARC/"));
}

void ch_warc_init(struct ch_warc *warc, struct ch_stream *stream, const char *name)
{
	*warc = (struct ch_warc){ .stream = stream, .name = name };
}

void ch_warc_free(struct ch_warc *warc)
{
	ch_arena_free(&warc->arena);
}

/* Takes everything up to the next line that begins with "WARC/", or to the end. */
static void find_record(struct ch_stream *s)
{
	for (;;) {
		struct ch_str have = ch_stream_look(s, SCAN);
		size_t at = ch_str_find(have, CH_STR("\nWARC/"), 0), keep;

		if (at != CH_STR_NONE) {
			ch_stream_take(s, at + 1);
			return;
		}
		keep = have.len < SCAN ? 0 : 5;   /* a mark may lie across the edge */
		ch_stream_take(s, have.len - keep);
		if (!keep)
			return;
	}
}

/* The length of the header with its empty line; 0: none within HEADER_MAX. */
static size_t header_length(struct ch_str s)
{
	for (size_t at = 0; (at = ch_str_find_byte(s, '\n', at)) != CH_STR_NONE; at++) {
		if (at + 1 < s.len && s.ptr[at + 1] == '\n')
			return at + 2;
		if (at + 2 < s.len && s.ptr[at + 1] == '\r' && s.ptr[at + 2] == '\n')
			return at + 3;
	}
	return 0;
}

static bool read_length(struct ch_str s, uint64_t *length)
{
	*length = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || *length > (UINT64_MAX >> 8))
			return false;
		*length = *length * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	return s.len != 0;
}

static struct record read_header(struct ch_arena *arena, struct ch_str header)
{
	struct record r = { 0 };
	struct ch_str rest = ch_arena_str(arena, header), line, name, value;

	ch_str_cut(&rest, '\n', &line);
	while (ch_http_field(&rest, &name, &value)) {
		if (ch_str_ieq(name, CH_STR("WARC-Type")))
			r.type = value;
		else if (ch_str_ieq(name, CH_STR("Content-Length")))
			r.has_length = read_length(value, &r.length);
		else if (ch_str_ieq(name, CH_STR("WARC-Target-URI")))
			r.url = value;
		else if (ch_str_ieq(name, CH_STR("WARC-Date")))
			r.date = value;
		else if (ch_str_ieq(name, CH_STR("Content-Type")))
			r.content_type = value;
		else if (ch_str_ieq(name, CH_STR("WARC-Identified-Payload-Type")))
			r.payload_type = value;
	}
	/* WARC 1.0 shows the URI in angle brackets in its grammar, and some writers do so. */
	if (r.url.len >= 2 && r.url.ptr[0] == '<' && r.url.ptr[r.url.len - 1] == '>')
		r.url = ch_str_sub(r.url, 1, r.url.len - 1);
	return r;
}

static bool is_page_type(struct ch_str type)
{
	return !type.len || ch_str_eqz(type, "text/html") || ch_str_eqz(type, "application/xhtml+xml") || ch_str_eqz(type, "text/plain");
}

static bool fail(struct ch_warc *w, struct ch_input *input, char *error)
{
	*input = (struct ch_input){ .name = ch_input_name(w->name, w->record), .error = error };
	return true;
}

/* The page in the record's block; false: it holds none. input->error where it cannot be unpacked. */
static bool read_page(struct ch_warc *w, const struct record *r, struct ch_str block, struct ch_input *input)
{
	struct ch_http http = { .body = block };
	struct ch_str body = block, type, charset;
	struct ch_err err;

	if (ch_str_ieq(r->type, CH_STR("response"))) {
		ch_http_read(&http, &w->arena, block);
		if (http.status < 200 || http.status > 299)
			return false;
		type = http.type.len ? http.type : r->payload_type;
		charset = http.charset;
	} else if (ch_str_ieq(r->type, CH_STR("resource"))) {
		ch_http_type(&w->arena, r->content_type, &type, &charset);
	} else if (ch_str_ieq(r->type, CH_STR("conversion"))) {
		ch_http_type(&w->arena, r->content_type, &type, &charset);
	} else {
		return false;
	}
	if (!is_page_type(type))
		return false;
	*input = (struct ch_input){ .name = ch_input_name(w->name, w->record) };
	ch_input_know(&input->known, &w->arena, "url", r->url);
	if (!ch_http_decode(&http, &w->arena, CH_PAGE_BYTES_MAX + 1, &body, &err)) {
		input->error = ch_input_copy(ch_str_z(err.text));
		return true;
	}
	if (!ch_str_trim(body).len) {
		ch_input_free(input);
		return false;
	}
	ch_input_know(&input->known, &w->arena, "fetched", r->date);
	ch_input_know(&input->known, &w->arena, "charset", charset);
	input->bytes = ch_input_copy(body);
	input->size = body.len;
	return true;
}

/* Behind a place where bytes are missing, or at the end of all: false where there is nothing to say of it. */
static bool broken_off(struct ch_warc *w, struct ch_input *input, uint64_t got, uint64_t wanted)
{
	struct ch_stream *s = w->stream;

	if (s->gap || s->failed)
		fail(w, input, ch_input_copy(ch_str_z(s->err.text)));
	else
		fail(w, input, ch_input_error("the record breaks off after %llu of %llu bytes", (unsigned long long)got,
					      (unsigned long long)wanted));
	ch_stream_pass(s);
	s->failed = false;   /* said once */
	return true;
}

bool ch_warc_next(struct ch_warc *w, struct ch_input *input)
{
	struct ch_stream *s = w->stream;

	for (;;) {
		struct ch_str have = ch_stream_look(s, HEADER_MAX);
		size_t header, want, blank = 0;
		uint64_t got, begun;
		struct record r;
		bool page;

		while (blank < have.len && (have.ptr[blank] == '\r' || have.ptr[blank] == '\n'))
			blank++;
		if (blank) {
			ch_stream_take(s, blank);
			continue;
		}
		if (!have.len && !s->gap && !s->failed)
			return false;
		w->record++;
		if (!have.len)
			return broken_off(w, input, 0, 0);
		begun = s->pos;
		header = ch_warc_is(have) ? header_length(have) : 0;
		if (!header) {
			if (ch_warc_is(have) && have.len < HEADER_MAX) {
				ch_stream_take(s, have.len);
				return broken_off(w, input, have.len, have.len);
			}
			find_record(s);
			return fail(w, input, ch_input_error("no WARC record at byte %llu; went on at byte %llu", (unsigned long long)begun,
							     (unsigned long long)s->pos));
		}
		ch_arena_reset(&w->arena);
		r = read_header(&w->arena, ch_str_sub(have, 0, header));
		ch_stream_take(s, header);
		if (!r.has_length || !r.type.len) {
			find_record(s);
			return fail(w, input, ch_input_error("the record at byte %llu has no %s; went on at byte %llu", (unsigned long long)begun,
							     r.type.len ? "length" : "type", (unsigned long long)s->pos));
		}
		/* A page, its HTTP header and some chunk marks; of a longer one the end is passed over. */
		want = r.length < CH_PAGE_BYTES_MAX + 4 * HEADER_MAX ? (size_t)r.length : CH_PAGE_BYTES_MAX + 4 * HEADER_MAX;
		page = ch_str_ieq(r.type, CH_STR("response")) || ch_str_ieq(r.type, CH_STR("resource")) ||
		       ch_str_ieq(r.type, CH_STR("conversion"));
		got = 0;
		if (page) {
			have = ch_stream_look(s, want);
			got = have.len;
			page = got == want && read_page(w, &r, have, input);
			ch_stream_take(s, (size_t)got);
		}
		if (got == want || !page)
			got += ch_stream_skip(s, r.length - got);
		if (got < r.length && page)
			ch_input_free(input);
		if (got < r.length)
			return broken_off(w, input, got, r.length);
		if (page)
			return true;
		w->passed.others++;
	}
}
