#include "page_test.h"

#define P1 "The delegations of Varda and Ostmark ended eleven weeks of talks on the river Lenne on Thursday and put their names to a treaty of eight articles."
#define P2 "The text opens the river to the ships of both states, and it leaves the island of Korv to a mixed commission that is to meet twice a year."
#define P3 "\xe2\x80\x9cWe have signed what our fathers only talked about,\xe2\x80\x9d the foreign minister of Varda, Ilse Morrin, told reporters in the old customs house."
#define P4 "Both parliaments must still consent. The chamber of Ostmark is expected to vote in the autumn, after the recess."
#define P5 "The river Lenne has been closed to the ships of Ostmark since the war, and the treaty gives both states the same rights on it."

struct expect {
	const char *page;
	const char *title, *published, *basis, *author, *outlet, *agency, *place, *body;
};

static void check(struct fixture *f, const struct expect *e)
{
	const struct ch_doc *doc = read_page(f, ch_str_z(e->page));

	assert_string_equal(body_of(f), e->body);
	assert_string_equal(z(f, doc->meta.title), e->title);
	assert_string_equal(day_z(f, doc->meta.published), e->published);
	assert_string_equal(doc->meta.published_basis ? doc->meta.published_basis : "", e->basis);
	assert_string_equal(z(f, doc->meta.author), e->author);
	assert_string_equal(z(f, doc->meta.outlet), e->outlet);
	assert_string_equal(z(f, doc->meta.agency), e->agency);
	assert_string_equal(z(f, doc->meta.dateline_place), e->place);
	assert_string_equal(z(f, doc->meta.lang), "en");
}

/* Menu, title, date and byline above; signature, counter, share bar and other headlines below. */
static void test_page_with_everything(void **state)
{
	static const struct expect e = {
		"Home\nWorld\nContact us\nfacebook\ntwitter\n\nRiver treaty ends a quarrel of ninety years\n\n04 June 1987 18:20\n\n" P1 "\n\n" P2
		"\n\nShare\n\n" P3 "\n\n" P4 "\n\nBy Petra Lund\n\nLenne.Net\nViews: 1204\n\nLenne.Net \xc2\xa9 1987. All rights reserved.\n"
		"Follow us on Telegram\nRelated posts:\nOstmark lowers its tariffs on grain again\nThe ferry of Korv is back\nA bridge for the north\n",
		"River treaty ends a quarrel of ninety years", "1987-06-04", "visible", "Petra Lund", "Lenne.Net", "", "",
		P1 "|" P2 "|" P3 "|" P4,
	};
	struct fixture *f = *state;

	check(f, &e);
	assert_int_equal(f->doc.blocks.v[0].kind, CH_BLOCK_TITLE);
	assert_string_equal(reason_of(f, "Views: 1204"), "counter");
	assert_string_equal(reason_of(f, "Follow us"), "follow us");
	assert_string_equal(reason_of(f, "Share"), "share bar");
	assert_string_equal(reason_of(f, "By Petra"), "byline");
	assert_string_equal(reason_of(f, "04 June"), "date");
	assert_string_equal(reason_of(f, "Contact us"), "navigation");
	assert_string_equal(reason_of(f, "All rights"), "copyright");
}

/* No year stands in the dateline: it is the article's own, not that of a sidebar or a footer. */
static void test_year_of_article(void **state)
{
	static const struct expect e = {
		"River treaty ends a quarrel of ninety years\n\nLenneburg, June 4, TASS\n\n" P1 "\n\n" P2
		"\n\nThe talks had begun in March 1987, eleven years after those of 1976 broke down.\n\n" P4
		"\n\nOther news\n12 May 2024\nA new school for the north\n11 May 2024\nA storm is on its way to the coast\nCopyright 2024 Lenne Post\n",
		"River treaty ends a quarrel of ninety years", "1987-06-04", "dateline", "", "Lenne Post", "TASS", "Lenneburg",
		P1 "|" P2 "|The talks had begun in March 1987, eleven years after those of 1976 broke down.|" P4,
	};

	check(*state, &e);
}

/* A year that is only hoped for, or none at all: the page does not say when it appeared. */
static void test_no_year(void **state)
{
	static const struct expect e = {
		"River treaty ends a quarrel of ninety years\n\nLENNEBURG, June 4. " P1 "\n\n" P2 "\n\nThe works are to be done by July 2031.\n\n" P4
		"\n\nCopyright 2024 Lenne Post\n",
		"River treaty ends a quarrel of ninety years", "", "", "", "Lenne Post", "", "LENNEBURG",
		P1 "|" P2 "|The works are to be done by July 2031.|" P4,
	};

	check(*state, &e);
}

/* Sub-headings and lists belong to the body; a hundred headlines behind it do not. */
static void test_headlines(void **state)
{
	static const struct expect e = {
		"Lenne Post\nLenne Post\nRiver treaty ends a quarrel of ninety years\nJune 4, 1987\n" P1 "\nWhat the text says\n- the river is open;\n"
		"- the island is shared.\n" P2 "\n" P3 "\n" P4 "\n"
		"Ostmark lowers its tariffs on grain for the second time\nThe ferry of Korv is back after a winter in the yard\n"
		"Minister Morrin: the north needs a bridge, and soon\nA new school for the north VIDEO\nTariffs: what the growers say\n"
		"Storm takes the roof off the customs house PHOTO\nVarda and Ostmark play to a draw\n",
		"River treaty ends a quarrel of ninety years", "1987-06-04", "visible", "", "Lenne Post", "", "",
		P1 "|What the text says|- the river is open;|- the island is shared.|" P2 "|" P3 "|" P4,
	};
	struct fixture *f = *state;

	check(f, &e);
	assert_int_equal(f->doc.blocks.v[2].kind, CH_BLOCK_HEADING);
	assert_int_equal(f->doc.blocks.v[3].kind, CH_BLOCK_ITEM);
	assert_int_equal(f->doc.blocks.v[1].kind, CH_BLOCK_PARAGRAPH);
}

/* No word of English: menu, article, a list of other headlines, comments. */
static void test_other_language(void **state)
{
	static const char body[] = "Die Delegationen von Varda und Ostmark haben am Donnerstag nach elf Wochen der Gespr\xc3\xa4" "che einen Vertrag \xc3\xbc" "ber den "
		"Fluss unterzeichnet, der acht Artikel hat.|Der Text \xc3\xb6" "ffnet den Fluss f\xc3\xbcr die Schiffe beider Staaten, und er \xc3\xbc" "berl\xc3\xa4sst die Insel "
		"einer gemeinsamen Kommission, die zweimal im Jahr tagen soll.|Beide Parlamente m\xc3\xbcssen dem Vertrag noch zustimmen. Die Kammer von Ostmark "
		"wird im Herbst \xc3\xbc" "ber den Fluss abstimmen, hei\xc3\x9ft es.";
	char page[2048];
	struct fixture *f = *state;

	snprintf(page, sizeof page, "Startseite\nPolitik\nWirtschaft\nKultur\nVertrag \xc3\xbc" "ber den Fluss beendet alten Streit\n%s\nZur\xc3\xbc" "ck zur \xc3\x9c" "bersicht\n"
		 "Ostmark senkt die Z\xc3\xb6lle auf Getreide\nDie F\xc3\xa4hre nach Korv f\xc3\xa4hrt wieder\nEine Schule f\xc3\xbcr den Norden\n"
		 "Sturm deckt das Zollhaus ab\nUnentschieden im L\xc3\xa4nderspiel\nNeue Br\xc3\xbc" "cke geplant\nImpressum\n", body);
	for (char *c = page; *c; c++)
		*c = *c == '|' ? '\n' : *c;
	read_page(f, ch_str_z(page));
	assert_string_equal(body_of(f), body);
	assert_string_equal(z(f, f->doc.meta.title), "Vertrag \xc3\xbc" "ber den Fluss beendet alten Streit");
}

/* A list of headlines let into the text parts it, and does not end it. */
static void test_list_amid(void **state)
{
	struct fixture *f = *state;

	read_page(f, CH_STR("River treaty ends a quarrel of ninety years\n" P1 "\n" P2 "\nRead also\nOstmark lowers its tariffs on grain\n"
			    "The ferry of Korv is back\n" P3 "\n" P4 "\n" P5 "\nContact us\n"));
	assert_string_equal(body_of(f), P1 "|" P2 "|" P3 "|" P4 "|" P5);
	assert_string_not_equal(reason_of(f, "The ferry of Korv"), "");
}

/* Tags shown as samples of code make no HTML of a flat page. */
static void test_tags_in_text(void **state)
{
	struct fixture *f = *state;

	read_page(f, CH_STR("How treaties are marked up\n" P1 "\n" P2 "\n<p>, <div>, <br> and <span> are tags.\n" P3 "\n" P4 "\n"));
	assert_non_null(strstr(body_of(f), "<div>"));
	assert_non_null(strstr(body_of(f), P4));
}

/* Lines wrapped by hand are one paragraph, with one blank where the line ended. */
static void test_wrapped(void **state)
{
	struct fixture *f = *state;

	read_page(f, CH_STR("The treaty of the river\n\nThe delegations of Varda and Ostmark ended eleven weeks of talks\n"
			    "on the river Lenne on Thursday and put their names to a treaty of\neight articles, of which the third is long.\n\n"
			    "The text opens the river to the ships of both states, and it leaves\nthe island of Korv to a mixed commission that is to\n"
			    "meet twice a year.\n"));
	assert_string_equal(body_of(f), "The delegations of Varda and Ostmark ended eleven weeks of talks on the river Lenne on Thursday and "
			    "put their names to a treaty of eight articles, of which the third is long.|The text opens the river to the ships "
			    "of both states, and it leaves the island of Korv to a mixed commission that is to meet twice a year.");
}

static void test_credits(void **state)
{
	static const struct { const char *text, *agency; } t[] = {
		{ "The talks went on all night, the head of the delegation told Interfax, and nobody slept.", "Interfax" },
		{ "The talks went on all night, according to Xinhua, and nobody in the house of the guests slept.", "Xinhua" },
		{ "The talks went on all night, reported the Lenneburg-based Lenne.net news site, and nobody slept.", "Lenne.net" },
		{ "The talks went on all night and nobody slept, AZERTAC reports from the old customs house.", "AZERTAC" },
		{ "The talks went on all night and nobody slept, as the trend had been since the first day there.", "" },
		{ "Trend lines on the wall showed how the talks went on all night while nobody there had slept.", "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ch_str page = ch_arena_printf(&f->tables, "%s\n\n%s\n\n%s\n", t[i].text, P2, P4);

		read_page(f, page);
		assert_string_equal(z(f, f->doc.meta.agency), t[i].agency);
	}
}

static void test_no_article(void **state)
{
	static const struct { const char *page; size_t len; const char *reason; } t[] = {
		{ "", 0, "" },
		{ "\n \n\t\n", 5, "" },
		{ "\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0", 24, "binary data" },
		{ "Home\nNews\nContact\nThree ships for the north\nFour ships for the south\n", 70, "navigation" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const struct ch_doc *doc = read_page(f, (struct ch_str){ t[i].page, t[i].len });

		assert_false(doc->article);
		assert_int_equal(doc->text.len, 0);
		assert_int_equal(doc->blocks.n, 0);
		assert_int_equal(doc->meta.published, CH_NO_DAY);
		assert_string_equal(doc->rejected.n ? doc->rejected.v[0].reason : "", t[i].reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_with_everything),
		cmocka_unit_test(test_year_of_article),
		cmocka_unit_test(test_no_year),
		cmocka_unit_test(test_headlines),
		cmocka_unit_test(test_other_language),
		cmocka_unit_test(test_list_amid),
		cmocka_unit_test(test_tags_in_text),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_credits),
		cmocka_unit_test(test_no_article),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
