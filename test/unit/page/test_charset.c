#include "page_test.h"

/* The same sentence in many charsets: the same text comes out, and each character leads back to its own bytes. */
static void test_charsets(void **state)
{
	static const struct { const char *page; size_t len; const char *text; } t[] = {
#define PAGE(bytes, out) { bytes, sizeof bytes - 1, out }
		PAGE("\xef\xbb\xbfThe caf\xc3\xa9 of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week, because of the talks that were held in it.",
		     "The caf\xc3\xa9 of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week, because of the talks that were held in it."),
		PAGE("<html><meta charset=iso-8859-1><p>The caf\xe9 of the envoys in the old town was \x93" "closed\x94 for the whole of that long day in May, and for all of the next week, because of the talks that were held in it.",
		     "The caf\xc3\xa9 of the envoys in the old town was \xe2\x80\x9c" "closed\xe2\x80\x9d for the whole of that long day in May, and for all of the next week, because of the talks that were held in it."),
		PAGE("<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><p>The \xc1\xe0\xea\xf3 house of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week.",
		     "The \xd0\x91\xd0\xb0\xd0\xba\xd1\x83 house of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week."),
		PAGE("<html><meta charset=\"shift_jis\"><p>The \x93\x8c\x8b\x9e house of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week.",
		     "The \xe6\x9d\xb1\xe4\xba\xac house of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week."),
		/* declared as UTF-8, with one byte of something else */
		PAGE("<html><meta charset=utf-8><p>The caf\xc3\xa9 of the envoys in the old town was closed\xff for the whole of that long day in May, and for all of the next week.",
		     "The caf\xc3\xa9 of the envoys in the old town was closed\xef\xbf\xbd for the whole of that long day in May, and for all of the next week."),
		/* a charset nobody has heard of */
		PAGE("<html><meta charset=klingon-1><p>The caf\xe9 of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week.",
		     "The caf\xc3\xa9 of the envoys in the old town was closed for the whole of that long day in May, and for all of the next week."),
#undef PAGE
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const struct ch_doc *doc = read_page(f, (struct ch_str){ t[i].page, t[i].len });
		size_t e_acute;

		assert_string_equal(body_of(f), t[i].text);
		e_acute = ch_str_find(doc->text, CH_STR("\xc3\xa9"), 0);
		if (e_acute != CH_STR_NONE) {
			struct ch_raw_span r = ch_doc_raw(doc, (struct ch_span){ (uint32_t)e_acute, (uint32_t)e_acute + 2 });

			assert_true(r.end > r.start);
			assert_true(doc->raw.ptr[r.start] == '\xe9' || doc->raw.ptr[r.start] == '\xc3');
			assert_int_equal(doc->raw.ptr[r.end], ' ');
		}
	}
}

static void test_utf16(void **state)
{
	static const char text[] = "The envoys of both states met in the old town, and they stayed there for the whole of that long week in the month of May, as had been agreed. \xf0\x9f\x8f\x9b they said.";
	struct fixture *f = *state;

	for (int big = 0; big < 2; big++) {
		for (int mark = 0; mark < 2; mark++) {
			char page[1024];
			size_t n = 0;
			const struct ch_doc *doc;
			struct ch_raw_span r;

			for (size_t i = 0; i < sizeof text - 1;) {
				static const unsigned char house[] = { 0xD8, 0x3C, 0xDF, 0xDB };

				if (!i && mark) {
					page[n++] = (char)(big ? 0xFE : 0xFF);
					page[n++] = (char)(big ? 0xFF : 0xFE);
				}
				if ((unsigned char)text[i] == 0xF0) {
					for (int k = 0; k < 4; k++)
						page[n++] = (char)house[big ? k : k ^ 1];
					i += 4;
				} else {
					page[n++] = big ? 0 : text[i];
					page[n++] = big ? text[i] : 0;
					i++;
				}
			}
			doc = read_page(f, (struct ch_str){ page, n });
			assert_string_equal(body_of(f), text);
			r = ch_doc_raw(doc, (struct ch_span){ 4, 10 });      /* "envoys" */
			assert_int_equal(r.start, 8 + 2 * mark);
			assert_int_equal(r.end, 20 + 2 * mark);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_utf16),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
