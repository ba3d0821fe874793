#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "merge/saying.h"

static const char berlin[] = "All free men, wherever they may live, are citizens of Berlin, and therefore, as a free man, I take pride in the words.";

static const struct {
	const char *speaker_a, *a, *speaker_b, *b;
	bool alike;
} pairs[] = {
	{ "John F. Kennedy", berlin, "John F. Kennedy", berlin, true },
	/* In part, altered, reported, by the surname alone. */
	{ "John F. Kennedy", berlin, "Kennedy", "wherever they may live, are citizens of Berlin, and therefore, as a free man", true },
	{ "John F. Kennedy", berlin, "John F. Kennedy", "All free people, wherever they live, are citizens of Berlin and so, as a free man, I am proud of the words", true },
	{ "The king", "The treaty will be signed within three days.", "the king", "the treaty would be signed in three days", true },
	/* Somebody else's; another matter; two words of a long speech. */
	{ "John F. Kennedy", berlin, "Edward Kennedy", berlin, false },
	{ "John F. Kennedy", berlin, "John F. Kennedy", "We choose to go to the moon in this decade and do the other things.", false },
	{ "John F. Kennedy", berlin, "John F. Kennedy", "All free men, wherever they live", false },
	/* The same phrase about another country, and with another number. */
	{ "The king", "We support the integrity of Ruritania.", "The king", "We support the integrity of Syldavia.", false },
	{ "The king", "We have bought 40 ships for the navy.", "The king", "We have bought 90 ships for the navy.", false },
	/* Too short to tell by their words. */
	{ "The king", "No more war", "The king", "No more war!", false },
	{ "The king", "", "The king", "", false },
	{ "", "The treaty will be signed within three days.", "", "The treaty will be signed within three days.", false },
};

static uint32_t shared(const struct ch_saying *a, const struct ch_saying *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_keys; i++)
		for (uint32_t k = 0; k < b->n_keys; k++)
			n += a->keys[i] == b->keys[k];
	return n;
}

static void alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct ch_arena arena = { 0 };
		struct ch_saying a, b;

		ch_saying_read(&a, &arena, ch_str_z(pairs[i].speaker_a), ch_str_z(pairs[i].a));
		ch_saying_read(&b, &arena, ch_str_z(pairs[i].speaker_b), ch_str_z(pairs[i].b));
		if (ch_saying_alike(&a, &b) != pairs[i].alike || ch_saying_alike(&b, &a) != pairs[i].alike)
			fail_msg("%zu: \"%s\" and \"%s\" should%s be one", i, pairs[i].a, pairs[i].b, pairs[i].alike ? "" : " not");
		/* What is alike is found by its keys. */
		if (pairs[i].alike && shared(&a, &b) < ch_saying_keys_wanted(a.n_keys, b.n_keys))
			fail_msg("%zu: \"%s\" would not be looked up by the keys of \"%s\"", i, pairs[i].a, pairs[i].b);
		ch_arena_free(&arena);
	}
}

static const struct {
	const char *a, *b, *edits;
} diffs[] = {
	{ "We will sign.", "We will sign!", "=We will sign" },
	{ "We will never sign it.", "We will sign it today", "=We will|-never|=sign it|+today" },
	{ "allow foreign soldiers here", "permit enemy soldiers here", "~allow foreign/permit enemy|=soldiers here" },
	{ "the Minister signed", "the minister signs", "=the minister|~signed/signs" },
	{ "", "a b", "+a b" },
	{ "a b", "", "-a b" },
	{ "", "", "" },
};

static void differences(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof diffs / sizeof *diffs; i++) {
		struct ch_arena arena = { 0 };
		struct ch_saying a, b;
		struct ch_edit *edits;
		struct ch_str got = { 0 };
		uint32_t n;

		ch_saying_read(&a, &arena, CH_STR("x"), ch_str_z(diffs[i].a));
		ch_saying_read(&b, &arena, CH_STR("x"), ch_str_z(diffs[i].b));
		ch_saying_diff(&a, &b, &arena, &edits, &n);
		for (uint32_t k = 0; k < n; k++) {
			const char *marks = "=+-~";
			bool both = edits[k].kind == CH_EDIT_REPLACE;

			got = ch_arena_printf(&arena, "%.*s%s%c%.*s%s%.*s", CH_STR_ARG(got), k ? "|" : "", marks[edits[k].kind],
					      CH_STR_ARG(both || edits[k].kind == CH_EDIT_DELETE ? edits[k].from : CH_STR("")), both ? "/" : "",
					      CH_STR_ARG(edits[k].kind == CH_EDIT_DELETE ? CH_STR("") : edits[k].to));
		}
		if (!ch_str_eqz(got, diffs[i].edits))
			fail_msg("%zu: got %.*s, not %s", i, CH_STR_ARG(got), diffs[i].edits);
		ch_arena_free(&arena);
	}
}

/* Ten thousand words against as many others: bounded, and the share is right at both ends. */
static void long_ones(void **state)
{
	struct ch_arena arena = { 0 };
	char *a = malloc(80000), *b = malloc(80000);
	size_t na = 0, nb = 0;
	struct ch_saying x, y;
	struct ch_edit *edits;
	uint32_t n;
	double same;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		na += (size_t)sprintf(a + na, "a%d ", i);
		nb += (size_t)sprintf(b + nb, "%c%d ", i == 5000 ? 'b' : 'a', i);
	}
	ch_saying_read(&x, &arena, CH_STR("x"), ch_str_n(a, na));
	ch_saying_read(&y, &arena, CH_STR("x"), ch_str_n(b, nb));
	assert_true(ch_saying_alike(&x, &y));
	same = ch_saying_diff(&x, &y, &arena, &edits, &n);
	assert_true(same > 0.999 && same < 1);
	assert_int_equal(n, 3);
	free(a);
	free(b);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(alike), cmocka_unit_test(differences), cmocka_unit_test(long_ones) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
