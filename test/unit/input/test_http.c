/* HTTP messages as archives keep them: header fields in all their shapes, codings taken off, bodies that break off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <zlib.h>
#include "input/http.h"

static struct ch_str deflated(struct ch_arena *a, struct ch_str s, int window_bits)
{
	z_stream z = { 0 };
	size_t cap = s.len + 1024;
	char *out = ch_arena_alloc(a, cap);

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)s.ptr;
	z.avail_in = (unsigned)s.len;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)cap;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return ch_str_n(out, cap - z.avail_out);
}

static void headers(void **state)
{
	static const struct {
		const char *message;
		uint32_t status;
		const char *type, *charset, *coding, *body;
	} cases[] = {
		{ "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nX: y\r\n\r\n<p>", 200, "text/html", "utf-8", "", "<p>" },
		{ "HTTP/1.0 404 Not Found\nCONTENT-TYPE:Text/Plain;Charset=\"windows-1251\"\n\nno", 404, "text/plain", "windows-1251", "", "no" },
		{ "HTTP/1.1 200\r\nContent-Encoding: gzip\r\n\r\nx", 200, "", "", "gzip", "x" },
		{ "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=koi8-r\r\nnonsense\r\n\r\n", 200, "text/html", "koi8-r", "", "" },
		{ "HTTP/2 200\r\nA: b\r\n", 200, "", "", "", "" },
		{ "HTTP/1.1 OK\r\n\r\nx", 0, "", "", "", "x" },
		{ "<html>no header at all", 0, "", "", "", "<html>no header at all" },
		{ "", 0, "", "", "", "" },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_http h;

		ch_http_read(&h, &a, ch_str_z(cases[i].message));
		if (h.status != cases[i].status || !ch_str_eqz(h.type, cases[i].type) || !ch_str_eqz(h.charset, cases[i].charset) ||
		    !ch_str_eqz(h.content_coding, cases[i].coding) || !ch_str_eqz(h.body, cases[i].body))
			fail_msg("case %zu: %u %.*s %.*s", i, h.status, CH_STR_ARG(h.type), CH_STR_ARG(h.charset));
	}
	ch_arena_free(&a);
}

static void chunks(void **state)
{
	static const struct {
		const char *body, *out;
	} cases[] = {
		{ "4\r\nWiki\r\n6;x=y\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\n\r\n", "Wikipedia in \r\n\r\nchunks." },
		{ "5\nhello\n0\n\n", "hello" },
		{ "ff\r\nbreaks off", "breaks off" },
		{ "<html>kept the field, took the chunks off", "<html>kept the field, took the chunks off" },
		{ "3\r\nabc\r\n!!", "abc" },
		{ "0\r\n\r\n", "" },
	};
	struct ch_arena a = { 0 };
	struct ch_err err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_http h = { .transfer_coding = CH_STR("chunked"), .body = ch_str_z(cases[i].body) };
		struct ch_str out;

		assert_true(ch_http_decode(&h, &a, 1000, &out, &err));
		if (!ch_str_eqz(out, cases[i].out))
			fail_msg("case %zu: '%.*s'", i, CH_STR_ARG(out));
	}
	ch_arena_free(&a);
}

static void codings(void **state)
{
	static const struct {
		const char *coding;
		int bits;
	} cases[] = { { "gzip", 31 }, { "x-gzip", 31 }, { "deflate", 15 }, { "deflate", -15 }, { "identity, GZIP", 31 } };
	struct ch_str text = CH_STR("The convention was signed at Montreux in 1936."), out, big;
	struct ch_arena a = { 0 };
	struct ch_err err;
	struct ch_http h;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		h = (struct ch_http){ .content_coding = ch_str_z(cases[i].coding), .body = deflated(&a, text, cases[i].bits) };
		assert_true(ch_http_decode(&h, &a, 1000, &out, &err));
		assert_true(ch_str_eq(out, text));
	}
	h = (struct ch_http){ .content_coding = CH_STR("gzip"), .body = text };   /* taken off before, the field kept */
	assert_true(ch_http_decode(&h, &a, 1000, &out, &err));
	assert_true(ch_str_eq(out, text));
	h.content_coding = CH_STR("br");
	assert_false(ch_http_decode(&h, &a, 1000, &out, &err));
	assert_non_null(strstr(err.text, "'br'"));
	h.content_coding = CH_STR("a,b,c,d,e");
	assert_false(ch_http_decode(&h, &a, 1000, &out, &err));
	/* a bomb is cut */
	big = ch_str_n(ch_arena_alloc(&a, 1 << 20), 1 << 20);
	h = (struct ch_http){ .content_coding = CH_STR("gzip"), .body = deflated(&a, big, 31) };
	assert_true(ch_http_decode(&h, &a, 5000, &out, &err));
	assert_int_equal(out.len, 5000);
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(chunks),
		cmocka_unit_test(codings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
