/* Which texts are copies, and that a store would find them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "merge/signature.h"
#include "texts.h"

static struct ch_signature sign(struct ch_arena *arena, const char *text, ch_day day)
{
	struct ch_str piece = ch_str_z(text);
	struct ch_signature s;
	struct ch_words w;

	ch_words_read(&w, arena, &piece, 1);
	ch_signature_make(&s, arena, &w, day);
	return s;
}

static void copies_and_others(void **state)
{
	static const struct {
		const char *a, *b;
		int days;
		enum ch_copy copy;
	} cases[] = {
		{ text_original, text_original, 0, CH_COPY_EXACT },
		{ text_original, text_original, 4000, CH_COPY_EXACT },
		{ text_original, text_spun, 1, CH_COPY_SPUN },
		{ text_original, text_spun, -CH_STORY_DAYS, CH_COPY_SPUN },
		{ text_original, text_spun, CH_STORY_DAYS + 1, CH_COPY_NONE },
		{ text_original, text_independent, 0, CH_COPY_NONE },
		{ text_original, text_form, 0, CH_COPY_NONE },
		{ text_spun, text_independent, 0, CH_COPY_NONE },
		{ "Page not found", "Page not found", 0, CH_COPY_NONE },
		{ "The talks in Sevran were put off until the spring", "The talks in Sevran were put off until the spring", 0, CH_COPY_EXACT },
		{ "The talks in Sevran were put off until the spring", "The talks in Sevran were put off until the autumn", 0, CH_COPY_NONE },
		{ text_original, "", 0, CH_COPY_NONE },
	};
	struct ch_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_signature a = sign(&arena, cases[i].a, 16000), b = sign(&arena, cases[i].b, 16000 + cases[i].days);
		struct ch_likeness there = ch_likeness(&a, &b), back = ch_likeness(&b, &a);

		if (there.copy != cases[i].copy || back.copy != there.copy)
			fail_msg("case %zu: %d, %d the other way, not %d (shingles %.2f, terms %.2f, names %.2f, numbers %.2f)", i, there.copy,
				 back.copy, cases[i].copy, there.share[0], there.share[1], there.share[2], there.share[3]);
	}
	ch_arena_free(&arena);
}

/* A fifth of the words replaced, sentences dropped or moved: each has a key in common with the original. */
static void altered_copies_share_keys(void **state)
{
	static const char *const altered[] = {
		"The foreign minister of Bahrania, Ilena Maroszek, came to Port Sevran on 11 May and saw President Tomas Quell of Costa "
		"Verda at the Old Customs House. The two governments signed an accord on ferry links between Sevran and Marisk, which will "
		"carry 4,200 people and 310 lorries a week from 2016 on. \"We have waited twelve years for this day, and we are not going "
		"to wait for another,\" Maroszek told journalists after the meeting, which lasted for three hours. Costa Verda will lend 85 "
		"million crowns for the new pier at Marisk, officials of the finance ministry said. Bahrania is to pay the sum back within "
		"25 years.",
		"Quell praised Bahrania for its patience in the negotiations and said that he would travel to Marisk in the autumn. Costa Verda "
		"will lend 85 million crowns for the new quay at Marisk, officials of the finance ministry said. The foreign minister of "
		"Bahrania, Ilena Maroszek, visited Port Sevran on 11 May and met President Tomas Quell of Costa Verda at the Old Customs "
		"House. \"We have waited twelve years for this day, and we are not going to wait for another,\" Maroszek told reporters.",
		text_spun,
	};
	struct ch_arena arena = { 0 };
	struct ch_signature a = sign(&arena, text_original, 16000);

	(void)state;
	for (size_t i = 0; i < sizeof altered / sizeof *altered; i++) {
		struct ch_signature b = sign(&arena, altered[i], 16000);
		uint32_t shared = 0;

		for (uint32_t k = 0; k < CH_KEYS; k++)
			shared += a.keys[k] == b.keys[k];
		assert_true(shared > 0);
		assert_true(ch_likeness(&a, &b).copy != CH_COPY_NONE);
	}
	ch_arena_free(&arena);
}

static void windows(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_signature s = sign(&arena, text_original, -1);

	(void)state;
	assert_int_equal(ch_key_window(&s, 0), CH_WINDOW_ANY_TIME);
	assert_int_equal(ch_key_window(&s, CH_KEYS_ANY_TIME), -1);
	s.day = 0;
	assert_int_equal(ch_key_window(&s, CH_KEYS - 1), 0);
	s.day = CH_WINDOW_DAYS;
	assert_int_equal(ch_key_window(&s, CH_KEYS - 1), 1);
	s.day = CH_NO_DAY;
	assert_int_equal(ch_key_window(&s, CH_KEYS - 1), CH_WINDOW_UNDATED);
	ch_arena_free(&arena);
}

/* Kept, read back, and read from bytes that are damaged. */
static void bytes(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_signature a = sign(&arena, text_original, 16000), b;
	struct ch_str packed = ch_signature_pack(&a, &arena);

	(void)state;
	ch_signature_unpack(&b, &arena, packed);
	assert_int_equal(b.words, a.words);
	for (unsigned i = 0; i < CH_SKETCHES; i++) {
		assert_int_equal(b.sketch[i].n, a.sketch[i].n);
		assert_int_equal(b.sketch[i].shift, a.sketch[i].shift);
		assert_memory_equal(b.sketch[i].v, a.sketch[i].v, a.sketch[i].n * sizeof *a.sketch[i].v);
	}
	for (size_t n = 0; n < packed.len; n += 3) {
		ch_signature_unpack(&b, &arena, ch_str_sub(packed, 0, n));
		b.day = a.day;
		assert_true(ch_likeness(&a, &b).copy != CH_COPY_EXACT);
	}
	ch_arena_free(&arena);
}

/* The hashes are in stores: a program that computes others would find no copy of what older ones put there. */
static void hashes_stay_what_they_are(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_signature s = sign(&arena, text_original, 16000);
	uint64_t all = s.exact;

	(void)state;
	for (uint32_t k = 0; k < CH_KEYS; k++)
		all = ch_mix(all ^ s.keys[k]);
	for (unsigned i = 0; i < CH_SKETCHES; i++)
		for (uint32_t k = 0; k < s.sketch[i].n; k++)
			all = ch_mix(all ^ s.sketch[i].v[k]);
	if (all != UINT64_C(0xE00BCAA419E2D541))
		fail_msg("the hashes of a signature are others: %#llx", (unsigned long long)all);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_and_others), cmocka_unit_test(altered_copies_share_keys), cmocka_unit_test(windows),
		cmocka_unit_test(bytes), cmocka_unit_test(hashes_stay_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
