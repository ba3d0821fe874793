/* The model of HTML blocks: what must go and what must stay, on small pages of our own; and the file of trees. */
#include "page_test.h"
#include "page/block.h"

#define P1 "The envoys of Varda and Ostmark met on Monday in the customs house of Lenneburg, and they agreed to open the bridge again."
#define P2 "The bridge had been closed for nine years, since the quarrel over the tolls, and both banks of the river had lost their trade."
#define P3 "A commission of six will see to the repairs, the minister of Ostmark said, and the first carts are to cross before the harvest."
#define P4 "The parliament of Varda is to vote on the agreement in the autumn; nobody in the chamber has spoken against it so far."
#define D1 "Die Gesandten von Warda und Ostmark trafen sich am Montag im Zollhaus von Lenneburg und beschlossen, die Br\xc3\xbc" "cke wieder zu \xc3\xb6" "ffnen."
#define D2 "Die Br\xc3\xbc" "cke war neun Jahre lang gesperrt, seit dem Streit um die Z\xc3\xb6lle, und beide Ufer hatten ihren Handel verloren."
#define D3 "Das Parlament von Warda soll im Herbst \xc3\xbc" "ber das Abkommen abstimmen; bisher hat niemand dagegen gesprochen."
#define OTHER "A storm took the roof off the customs house in the night, and the ferry of Korv stays in its harbour until the weekend, its owners say."
#define HEAD "<!doctype html><html><head><title>The bridge opens again | Lenne Post</title></head><body>" \
	"<div class=top><ul><li><a href=/a>World</a></li><li><a href=/b>Trade</a></li><li><a href=/c>Letters</a></li></ul></div>" \
	"<h1>The bridge opens again</h1>"
#define FOOT "<div class=bottom><a href=/i>Imprint</a> <a href=/k>Contact</a></div><p>\xc2\xa9 1987 Lenne Post</p></body></html>"
#define ARTICLE "<div class=story><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><p>" P4 "</p></div>"
#define BODY P1 "|" P2 "|" P3 "|" P4

static void test_what_goes(void **state)
{
	static const struct { const char *page, *text, *reason; } t[] = {
		{ HEAD ARTICLE "<aside><p>" OTHER "</p></aside>" FOOT, OTHER, "sidebar" },
		{ HEAD ARTICLE "<div id=comments><div class=comment><p>" OTHER "</p></div></div>" FOOT, OTHER, "comments" },
		{ HEAD "<div class=cookie-notice><p>" OTHER "</p></div>" ARTICLE FOOT, OTHER, "cookie notice" },
		{ HEAD ARTICLE "<div class=related-posts><p>" OTHER "</p></div>" FOOT, OTHER, "related headlines" },
		{ HEAD "<div style=\"display: none\"><p>" OTHER "</p></div>" ARTICLE FOOT, OTHER, "hidden" },
		{ HEAD "<div class=story><p>" P1 "</p><p>" P2 "</p><p><a href=/x>Read also: the ferry of Korv is back after a winter in the yard</a></p>"
		       "<p>" P3 "</p><p>" P4 "</p></div>" FOOT, "Read also", "related headlines" },
		{ HEAD "<div class=story><p>" P1 "</p><figure><img src=x><figcaption>The bridge over the Lenne, seen from the bank of Varda on a day "
		       "in June, before the repairs.</figcaption></figure><p>" P2 "</p><p>" P3 "</p><p>" P4 "</p></div>" FOOT, "seen from the bank", "caption" },
		{ HEAD ARTICLE FOOT, "1987 Lenne Post", "copyright" },
		{ HEAD ARTICLE FOOT, "Imprint", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const char *reason;

		read_page(f, ch_str_z(t[i].page));
		if (strcmp(body_of(f), BODY) != 0)
			fail_msg("page %zu read as '%s'", i, body_of(f));
		reason = reason_of(f, t[i].text);
		if (!*reason || (t[i].reason && strcmp(reason, t[i].reason) != 0))
			fail_msg("page %zu: '%s' was left out as '%s'", i, t[i].text, reason);
	}
}

/* A sidebar of a hundred headlines, each as long as a sentence. */
static void test_many_headlines(void **state)
{
	struct fixture *f = *state;
	struct ch_str page = ch_arena_printf(&f->tables, "%s%s<div class=list>", HEAD, ARTICLE);

	for (int i = 0; i < 100; i++)
		page = ch_arena_printf(&f->tables, "%.*s<div class=one><a href=/n%d>The council of town %d has a new clerk, and he is the old one's son</a> <span>12:%02d</span></div>",
				       CH_STR_ARG(page), i, i, i % 60);
	read_page(f, ch_arena_printf(&f->tables, "%.*s</div>%s", CH_STR_ARG(page), FOOT));
	assert_string_equal(body_of(f), BODY);
}

static void test_what_stays(void **state)
{
	static const struct { const char *page, *body; } t[] = {
		{ HEAD "<div class=story><p>" P1 "</p><p>" P2 "</p><h3>What is to follow</h3><p>" P3 "</p><p>" P4 "</p></div>" FOOT,
		  P1 "|" P2 "|What is to follow|" P3 "|" P4 },
		{ HEAD "<div class=story><p>" P1 "</p><blockquote>" P2 "</blockquote><p>" P3 "</p><p>" P4 "</p></div>" FOOT, BODY },
		{ HEAD "<div class=story>" P1 "<br><br>" P2 "<br><br>" P3 "<br><br>" P4 "</div>" FOOT, BODY },
		{ HEAD "<div class=story><div>" P1 "</div><div>" P2 "</div><div>" P3 "</div><div>" P4 "</div></div>" FOOT, BODY },
		{ HEAD "<table><tr><td><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><p>" P4 "</p></td></tr></table>" FOOT, BODY },
		{ HEAD "<div class=story><p>" P1 "</p><p>" P2 "</p><div class=ad><a href=/ad>Buy rope</a></div><p>" P3 "</p><p>" P4 "</p></div>" FOOT, BODY },
		{ HEAD "<div class=story><p>" P1 "</p><ul><li>" P2 "</li><li>" P3 "</li></ul><p>" P4 "</p></div>" FOOT, BODY },
		{ HEAD "<div class=story><p>" D1 "</p><p>" D2 "</p><p>" D3 "</p></div>" FOOT, D1 "|" D2 "|" D3 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		read_page(f, ch_str_z(t[i].page));
		if (strcmp(body_of(f), t[i].body) != 0)
			fail_msg("page %zu read as '%s'", i, body_of(f));
	}
}

/* What --explain shows: blocks of the article are likelier than not, or nearly; all blocks of an HTML page are weighed. */
static void test_percent(void **state)
{
	struct fixture *f = *state;
	const struct ch_doc *doc = read_page(f, CH_STR(HEAD ARTICLE "<aside><p>" OTHER "</p></aside>" FOOT));
	bool aside = false;

	for (uint32_t i = 0; i < doc->blocks.n; i++)
		if (doc->blocks.v[i].kind != CH_BLOCK_TITLE)
			assert_in_range(doc->blocks.v[i].percent, 40, 99);
	for (uint32_t i = 0; i < doc->rejected.n; i++) {
		assert_in_range(doc->rejected.v[i].percent, 1, 99);
		assert_non_null(doc->rejected.v[i].reason);
		if (ch_str_find(doc->rejected.v[i].text, CH_STR("roof off"), 0) != CH_STR_NONE) {
			assert_true(doc->rejected.v[i].percent < 50);
			aside = true;
		}
	}
	assert_true(aside);
}

static void test_odds_percent(void **state)
{
	uint8_t before = 0;

	(void)state;
	assert_int_equal(page_odds_percent(0), 50);
	for (int odds = -3000; odds <= 3000; odds++) {
		uint8_t now = page_odds_percent(odds);

		assert_in_range(now, 1, 99);
		assert_true(now >= before);
		before = now;
	}
}

static void test_trees(void **state)
{
	static const char *const good[] = { "switch 100", "set 1", "base -64", "tree bytes:80:-5 links:30:-200 -100 -300 kind:1:90 20 150", "tree 7" };
	static const char *const bad[] = { "", "tree", "tree bytes:80:-5 1", "tree bytes:80:-5 1 2 3", "tree length:80:-5 1 2", "tree bytes:x:-5 1 2",
					   "tree bytes:80 1 2", "tree odds:80:-5 1 2", "tree bytes:80:-5 1 99999", "set 3", "set", "switch -1", "price 3", "base" };
	struct fixture *f = *state;
	struct page_trees *t = page_trees_new(&f->tables);
	int16_t row[PAGE_F_N] = { 0 };
	uint32_t against;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(page_trees_add(t, ch_str_z(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct page_trees *other = page_trees_new(&f->tables);

		if (page_trees_add(other, ch_str_z(bad[i])))
			fail_msg("'%s' was taken", bad[i]);
	}
	assert_int_equal(page_trees_switch(t), 100);
	row[PAGE_F_BYTES] = 81;
	row[PAGE_F_KIND] = 3;
	assert_int_equal(page_trees_odds(t, 0, row, &against), -64 + 150 + 7);
	assert_int_equal(against, CH_NONE);
	row[PAGE_F_BYTES] = 80;
	row[PAGE_F_LINKS] = 31;
	assert_int_equal(page_trees_odds(t, 0, row, &against), -64 - 300 + 7);
	assert_int_equal(against, PAGE_F_BYTES);
	assert_int_equal(page_trees_odds(t, 1, row, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_goes),   cmocka_unit_test(test_many_headlines), cmocka_unit_test(test_what_stays),
		cmocka_unit_test(test_percent),     cmocka_unit_test(test_odds_percent),   cmocka_unit_test(test_trees),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
