/* merge/agenda_words.c -- the words by which pledges and putting off are known in stored sentences. */
#include "agenda_table.h"
#include "base/utf8.h"
#include "merge/agenda.h"
#include <stdlib.h>

enum { STEM_BYTES = 6, WORD_LEAST = 3, WORDS_READ = 400 };

static bool part_of_word(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next word of the text; false at its end. */
static bool next_word(struct ch_str text, size_t *at, struct ch_str *word)
{
	size_t start;

	while (*at < text.len && !part_of_word((unsigned char)text.ptr[*at]))
		(*at)++;
	start = *at;
	while (*at < text.len && part_of_word((unsigned char)text.ptr[*at]))
		(*at)++;
	*word = ch_str_sub(text, start, *at);
	return *at > start;
}

static bool listed(struct ch_str word, unsigned section)
{
	return ch_word_sense(&agenda_table, ch_words_find(&agenda_table, word), section) != NULL;
}

bool ch_agenda_moves(struct ch_str sentence, struct ch_arena *arena)
{
	struct ch_str word, before = { 0 };
	size_t at = 0;

	while (next_word(sentence, &at, &word)) {
		if (listed(word, AGENDA_TABLE_MOVING))
			return true;
		if (before.len && before.len + word.len < CH_WORD_BYTES_MAX &&
		    listed(ch_arena_printf(arena, "%.*s %.*s", CH_STR_ARG(before), CH_STR_ARG(word)), AGENDA_TABLE_MOVING))
			return true;
		before = word;
	}
	return false;
}

static int by_bytes(const void *a, const void *b)
{
	return ch_str_cmp(*(const struct ch_str *)a, *(const struct ch_str *)b);
}

/* Numbers whole; of words their beginnings, so that "withdraw" and "withdrawing" are alike. */
static struct ch_str stem(struct ch_str word)
{
	size_t end = word.len < STEM_BYTES ? word.len : STEM_BYTES;

	while (end < word.len && end && ((unsigned char)word.ptr[end] & 0xC0) == 0x80)
		end--;
	if (end == word.len && end > WORD_LEAST && word.ptr[end - 1] == 's')
		end--;
	return ch_str_sub(word, 0, end);
}

uint32_t ch_agenda_words(struct ch_str text, struct ch_arena *arena, struct ch_str *words, uint32_t max)
{
	struct ch_str folded = ch_utf8_fold(arena, text), word, *all = CH_NEW_N(arena, struct ch_str, WORDS_READ);
	uint32_t n = 0, kept = 0;
	size_t at = 0;

	while (n < WORDS_READ && next_word(folded, &at, &word))
		if (word.len >= WORD_LEAST && !listed(word, AGENDA_TABLE_EMPTY))
			all[n++] = stem(word);
	if (n)
		qsort(all, n, sizeof *all, by_bytes);
	for (uint32_t i = 0; i < n && kept < max; i++)
		if (!kept || !ch_str_eq(words[kept - 1], all[i]))
			words[kept++] = all[i];
	return kept;
}

double ch_agenda_overlap(const struct ch_str *words, uint32_t n, struct ch_str text, struct ch_arena *arena)
{
	struct ch_str *other = CH_NEW_N(arena, struct ch_str, WORDS_READ);
	uint32_t m = ch_agenda_words(text, arena, other, WORDS_READ), common = 0;

	for (uint32_t i = 0, j = 0; i < n && j < m;) {
		int c = ch_str_cmp(words[i], other[j]);

		common += c == 0;
		i += c <= 0;
		j += c >= 0;
	}
	return n ? (double)common / n : 0;
}
