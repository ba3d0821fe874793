#include "page_test.h"
#include "page/language.h"

/* Short passages on well-known events, in our own words. */
static void test_languages(void **state)
{
	static const struct { const char *lang, *said, *text; } t[] = {
		{ "en", "", "The treaty was signed in the castle by the ministers of both countries, and the crowd that had come from the villages sang." },
		{ "en", "az", "The treaty was signed in the castle by the ministers of both countries, and the crowd that had come from the villages sang." },
		{ "de", "en", "Der Vertrag wurde am Dienstag im Schloss unterzeichnet. Die Minister beider L\xc3\xa4nder gaben sich lange die Hand, und die Menge, "
		  "die aus den D\xc3\xb6rfern gekommen war, sang bis in die Nacht. Der Fluss ist nun f\xc3\xbcr die Schiffe beider Staaten offen, eine Kommission "
		  "von sechs Mitgliedern soll zweimal im Jahr zusammentreten und \xc3\xbc" "ber Streitfragen entscheiden." },
		{ "fr", "", "Le trait\xc3\xa9 a \xc3\xa9t\xc3\xa9 sign\xc3\xa9 mardi au ch\xc3\xa2teau par les ministres des deux pays, qui se sont longuement serr\xc3\xa9 la main. "
		  "Le fleuve est d\xc3\xa9sormais ouvert aux navires des deux \xc3\x89tats et une commission de six membres se r\xc3\xa9unira deux fois par an pour "
		  "r\xc3\xa9gler les diff\xc3\xa9rends qui pourraient encore na\xc3\xaetre entre les riverains." },
		{ "ru", "", "Договор был подписан во вторник в замке министрами обеих стран, которые долго пожимали друг другу руки. Река теперь открыта "
		  "для судов обоих государств, а комиссия из шести членов будет собираться два раза в год, чтобы разрешать споры, которые ещё могут "
		  "возникнуть между жителями берегов." },
		/* too little to go by: what the page says stands */
		{ "tr", "tr", "Bakan geldi." },
		{ "", "", "Bakan geldi." },
	};
	struct fixture *f = *state;
	struct ch_languages *languages = ch_languages_open();

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ch_err err;

		ch_arena_reset(&f->arena);
		assert_true(ch_doc_from_text(&f->doc, &f->arena, ch_str_z(t[i].text), false, &err));
		f->doc.article = true;
		f->doc.meta.lang = ch_str_z(t[i].said);
		ch_language_read(languages, &f->doc);
		if (!ch_str_eqz(f->doc.meta.lang, t[i].lang))
			fail_msg("row %zu is '%s' and not '%s'", i, z(f, f->doc.meta.lang), t[i].lang);
		assert_int_equal(ch_doc_coded(&f->doc), !t[i].lang[0] || strcmp(t[i].lang, "en") == 0);
	}
	ch_languages_close(languages);
	ch_languages_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_languages) };

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
