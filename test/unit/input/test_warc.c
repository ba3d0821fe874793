/* WARC and WET: which records are pages, what is told of them, what is broken and where reading goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <zlib.h>
#include "input/warc.h"

/* Name, url, bytes or "!error" of each input, a line each. */
static struct ch_str read_all(struct ch_arena *a, struct ch_stream *s, struct ch_passed *passed)
{
	struct ch_str out = CH_STR("");
	struct ch_input in;
	struct ch_warc w;

	ch_warc_init(&w, s, "f");
	while (ch_warc_next(&w, &in)) {
		const char *url = json_string_value(json_object_get(in.known, "url"));

		out = ch_arena_printf(a, "%.*s%s %s %s%.*s\n", CH_STR_ARG(out), in.name, url ? url : "-", in.error ? "!" : "",
				      in.error ? (int)strlen(in.error) : (int)in.size, in.error ? in.error : in.bytes);
		ch_input_free(&in);
	}
	if (passed)
		*passed = w.passed;
	ch_warc_free(&w);
	return out;
}

static struct ch_str read_bytes(struct ch_arena *a, struct ch_str bytes, struct ch_passed *passed)
{
	struct ch_stream s;
	struct ch_str out;

	ch_stream_memory(&s, bytes);
	out = read_all(a, &s, passed);
	ch_stream_close(&s);
	return out;
}

static struct ch_str record(struct ch_arena *a, const char *type, const char *header, const char *block)
{
	return ch_arena_printf(a, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2014-03-05T10:00:00Z\r\n"
			       "%sContent-Length: %zu\r\n\r\n%s\r\n\r\n", type, header, strlen(block), block);
}

#define URL "WARC-Target-URI: http://ruritania.example/1\r\n"
#define HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>The king left."

static void which_records_are_pages(void **state)
{
	static const struct {
		const char *type, *header, *block, *bytes;   /* bytes NULL: none */
	} cases[] = {
		{ "response", URL, HTML, "<p>The king left." },
		{ "RESPONSE", "warc-target-uri: <http://ruritania.example/1>\r\n", HTML, "<p>The king left." },
		{ "response", URL, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nnothing", NULL },
		{ "response", URL, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG", NULL },
		{ "response", URL, "HTTP/1.1 200 OK\r\n\r\nno type told", "no type told" },
		{ "response", URL, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc" },
		{ "response", URL, "HTTP/1.1 200 OK\r\n\r\n \r\n", NULL },
		{ "resource", URL "Content-Type: text/html\r\n", "<p>As it is.", "<p>As it is." },
		{ "resource", URL "Content-Type: video/mp4\r\n", "frames", NULL },
		{ "conversion", URL "Content-Type: text/plain\r\n", "The king left.\nHe waved.", "The king left.\nHe waved." },
		{ "request", URL, "GET / HTTP/1.1\r\n\r\n", NULL },
		{ "revisit", URL, "HTTP/1.1 200 OK\r\n\r\n", NULL },
		{ "metadata", URL, "a: b", NULL },
		{ "warcinfo", "", "software: x", NULL },
		{ "of the future", "", "x", NULL },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_passed passed;
		struct ch_str got = read_bytes(&a, record(&a, cases[i].type, cases[i].header, cases[i].block), &passed);
		struct ch_str want = cases[i].bytes ? ch_arena_printf(&a, "f#1 http://ruritania.example/1 %s\n", cases[i].bytes) : CH_STR("");

		if (!ch_str_eq(got, want) || passed.others != !cases[i].bytes)
			fail_msg("case %zu: '%.*s'", i, CH_STR_ARG(got));
	}
	ch_arena_free(&a);
}

static void what_is_told(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_str bytes = record(&a, "response", URL, HTML);
	struct ch_stream s;
	struct ch_input in;
	struct ch_warc w;

	(void)state;
	ch_stream_memory(&s, bytes);
	ch_warc_init(&w, &s, "f");
	assert_true(ch_warc_next(&w, &in));
	assert_string_equal(json_string_value(json_object_get(in.known, "fetched")), "2014-03-05T10:00:00Z");
	assert_string_equal(json_string_value(json_object_get(in.known, "charset")), "iso-8859-1");
	ch_input_free(&in);
	assert_false(ch_warc_next(&w, &in));
	ch_warc_free(&w);
	ch_stream_close(&s);
	ch_arena_free(&a);
}

static void what_is_broken(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_str good = record(&a, "response", URL, HTML);
	const char *page = "http://ruritania.example/1 <p>The king left.\n";
	const struct {
		const char *bytes, *out;
	} cases[] = {
		/* a length too short: the rest is no record */
		{ "WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nGET / HTTP/1.1\r\n\r\nGOOD",
		  "f#2 - !no WARC record at byte 54; went on at byte 69\nf#3 PAGE" },
		{ "WARC/1.1\r\nWARC-Type: request\r\n\r\nx\r\n\r\nGOOD", "f#1 - !the record at byte 0 has no length; went on at byte 37\nf#2 PAGE" },
		{ "WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\nGOOD", "f#1 - !the record at byte 0 has no type; went on at byte 36\nf#2 PAGE" },
		{ "WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 1x\r\n\r\nx\r\n\r\nGOOD",
		  "f#1 - !the record at byte 0 has no length; went on at byte 57\nf#2 PAGE" },
		{ "GOODWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000\r\n\r\nHTTP/1.1 200 OK",
		  "f#1 PAGEf#2 - !the record breaks off after 15 of 5000 bytes\n" },
		{ "GOODWARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 18446744073709551615\r\n\r\nx",
		  "f#1 PAGEf#2 - !the record at byte 246 has no length; went on at byte 318\n" },
		{ "GOODWARC/1.0\r\nWARC-Ty", "f#1 PAGEf#2 - !the record breaks off after 17 of 17 bytes\n" },
		{ "nothing of the kind", "f#1 - !no WARC record at byte 0; went on at byte 19\n" },
		{ "\r\n\r\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char bytes[4096], want[4096], *at;
		struct ch_str got;

		snprintf(bytes, sizeof bytes, "%s", cases[i].bytes);
		if ((at = strstr(bytes, "GOOD"))) {
			struct ch_str tail = ch_arena_str(&a, ch_str_z(at + 4));

			snprintf(at, sizeof bytes - (size_t)(at - bytes), "%.*s%.*s", CH_STR_ARG(good), CH_STR_ARG(tail));
		}
		snprintf(want, sizeof want, "%s", cases[i].out);
		if ((at = strstr(want, "PAGE"))) {
			struct ch_str tail = ch_arena_str(&a, ch_str_z(at + 4));

			snprintf(at, sizeof want - (size_t)(at - want), "%s%.*s", page, CH_STR_ARG(tail));
		}
		got = read_bytes(&a, ch_str_z(bytes), NULL);
		if (!ch_str_eqz(got, want))
			fail_msg("case %zu: '%.*s', not '%s'", i, CH_STR_ARG(got), want);
	}
	ch_arena_free(&a);
}

/* ---- one gzip member a record ---- */

static struct ch_str member(struct ch_arena *a, struct ch_str s)
{
	z_stream z = { 0 };
	size_t cap = s.len + 1024;
	char *out = ch_arena_alloc(a, cap);

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)s.ptr;
	z.avail_in = (unsigned)s.len;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)cap;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return ch_str_n(out, cap - z.avail_out);
}

static void a_broken_member_costs_one_record(void **state)
{
	struct ch_arena a = { 0 };
	char block[4096] = "HTTP/1.1 200 OK\r\n\r\nking left ";
	uint32_t seed = 1936;
	struct ch_str one, out;
	char *three;
	static const char *const what[] = { "whole", "a byte flipped in the middle", "cut in the middle" };

	(void)state;
	for (size_t i = strlen(block); i + 1 < sizeof block; i++)   /* what does not pack well */
		block[i] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 26);
	one = member(&a, record(&a, "response", URL, block));
	three = ch_arena_alloc(&a, 3 * one.len);
	for (int broken = 0; broken < 3; broken++) {
		size_t n = one.len * 3;
		struct ch_stream raw, s;
		uint32_t pages = 0, errors = 0;

		for (int i = 0; i < 3; i++)
			memcpy(three + (size_t)i * one.len, one.ptr, one.len);
		if (broken == 1)
			memset(three + one.len + one.len / 2, 0x55, 12);
		if (broken == 2) {
			memmove(three + one.len + one.len / 2, three + 2 * one.len, one.len);
			n = 2 * one.len + one.len / 2;
		}
		ch_stream_memory(&raw, ch_str_n(three, n));
		ch_stream_gzip(&s, &raw);
		out = read_all(&a, &s, NULL);
		ch_stream_close(&s);
		ch_stream_close(&raw);
		for (size_t at = 0; (at = ch_str_find(out, CH_STR("king left"), at)) != CH_STR_NONE; at++)
			pages++;
		for (size_t at = 0; (at = ch_str_find(out, CH_STR("!"), at)) != CH_STR_NONE; at++)
			errors++;
		/* A wrong byte may be told by the member's check sum alone, behind the record. */
		if (pages < 2 || (broken != 1 && pages != (broken ? 2 : 3)) || (broken ? errors < 1 : errors))
			fail_msg("%s: %u pages, %u errors: '%.*s'", what[broken], pages, errors, CH_STR_ARG(out));
	}
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_records_are_pages),
		cmocka_unit_test(what_is_told),
		cmocka_unit_test(what_is_broken),
		cmocka_unit_test(a_broken_member_costs_one_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
