#include "text/words.h"

const struct ch_word *ch_words_find(const struct ch_words *words, struct ch_str text)
{
	char key[CH_WORD_BYTES_MAX + 1];
	uint64_t h = 0xcbf29ce484222325u;
	size_t n = 0;

	if (!text.len || text.len > CH_WORD_BYTES_MAX)
		return NULL;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c | 0x20);
		if (c == 0xE2 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80 &&
		    (unsigned char)text.ptr[i + 2] == 0x99) {
			c = '\'';
			i += 2;
		}
		key[n++] = (char)c;
		h = (h ^ c) * 0x100000001b3u;
	}
	for (;; h++) {
		const struct ch_word *w = &words->slots[h & words->mask];

		if (!w->text)
			return NULL;
		if (w->len == n && !memcmp(w->text, key, n))
			return w;
	}
}

const struct ch_word_sense *ch_word_sense(const struct ch_words *words, const struct ch_word *word, unsigned section)
{
	if (!word || !(word->sections >> section & 1))
		return NULL;
	for (uint32_t i = word->first; i < (uint32_t)word->first + word->n; i++)
		if (words->senses[i].section == section)
			return &words->senses[i];
	return NULL;
}

const struct ch_word_sense *ch_words_cased(const struct ch_words *words, struct ch_str text, unsigned section)
{
	const struct ch_word *word = ch_words_find(words, text);
	bool upper = text.len && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z';

	if (!word || !(word->sections >> section & 1))
		return NULL;
	for (uint32_t i = word->first; i < (uint32_t)word->first + word->n; i++)
		if (words->senses[i].section == section && (upper || !words->senses[i].upper))
			return &words->senses[i];
	return NULL;
}
