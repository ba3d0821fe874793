#include "page/language.h"
#include "page/textcat_dir.h"
#include <libexttextcat/textcat.h>
#include <pthread.h>
#include <stdlib.h>

enum {
	LOOK_WORDS = 600, LOOK_BYTES = 8192,
	SAMPLE_BYTES = 1500,      /* of the text go to the library, whose answers get no better with more */
	WORDS_MIN = 40,           /* in fewer, headlines and names decide, and the page's own word is better */
};

/* The one thing of the engine that is written to: behind a lock, and seen from nowhere else. */
struct ch_languages {
	pthread_mutex_t lock;
	void *textcat;
	candidate_t *candidates;
	bool tried;
};

struct ch_languages *ch_languages_open(void)
{
	struct ch_languages *l = ch_xrealloc(NULL, sizeof *l);

	*l = (struct ch_languages){ .tried = false };
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void ch_languages_close(struct ch_languages *l)
{
	if (!l)
		return;
	if (l->textcat) {
		textcat_ReleaseClassifyFullOutput(l->textcat, l->candidates);
		textcat_Done(l->textcat);
	}
	pthread_mutex_destroy(&l->lock);
	free(l);
}

/* The library's word for the sample: a subtag, empty where it has none or more than one that will do. */
static struct ch_str ask(const struct ch_languages *languages, struct ch_arena *arena, struct ch_str sample)
{
	struct ch_languages *l = (struct ch_languages *)(uintptr_t)languages;
	struct ch_str name = { 0 };

	if (!l)
		return name;
	pthread_mutex_lock(&l->lock);
	if (!l->tried) {
		l->tried = true;
		l->textcat = special_textcat_Init(CH_TEXTCAT_DIR "/fpdb.conf", CH_TEXTCAT_DIR "/");
		l->candidates = l->textcat ? textcat_GetClassifyFullOutput(l->textcat) : NULL;
	}
	if (l->candidates && textcat_ClassifyFull(l->textcat, sample.ptr, sample.len, l->candidates) > 0) {
		struct ch_str all = ch_str_z(l->candidates[0].name);
		size_t end = 0;

		while (end < all.len && all.ptr[end] >= 'a' && all.ptr[end] <= 'z')
			end++;
		name = ch_arena_str(arena, ch_str_sub(all, 0, end));
	}
	pthread_mutex_unlock(&l->lock);
	return name;
}

/* Behind the title, which may well be in another language. */
static struct ch_str body_of(const struct ch_doc *doc)
{
	bool title = doc->blocks.n > 1 && doc->blocks.v[0].kind == CH_BLOCK_TITLE;

	return ch_str_sub(doc->text, title ? doc->blocks.v[1].span.start : 0, doc->text.len);
}

/* How many of the first words are of the commonest in English: over a tenth in English prose of any kind, next to none elsewhere. */
static uint32_t english_words(struct ch_str s, uint32_t *words)
{
	/* none of them a common word elsewhere, as "in", "a" and "was" are */
	static const char *const common[] = { "the", "of", "and", "to", "that", "for", "on", "with", "by", "at", "has", "from", "it", "his",
					      "not", "are", "have", "will", "which", "this", "were", "their", "said" };
	uint32_t hits = 0;

	*words = 0;
	for (size_t at = 0, end; at < s.len && *words < LOOK_WORDS; at = end + 1) {
		for (end = at; end < s.len && (unsigned char)s.ptr[end] > ' ';)
			end++;
		if (end == at)
			continue;
		++*words;
		for (size_t k = 0; k < sizeof common / sizeof *common && end - at <= 5; k++)
			hits += ch_str_ieq(ch_str_sub(s, at, end), ch_str_z(common[k]));
	}
	return hits;
}

void ch_language_read(const struct ch_languages *languages, struct ch_doc *doc)
{
	struct ch_str body = ch_str_sub(body_of(doc), 0, LOOK_BYTES), sample = ch_str_sub(body, 0, SAMPLE_BYTES), found;
	struct ch_str *lang = &doc->meta.lang;
	uint32_t words, hits = english_words(body, &words);

	if (!doc->article || !body.len)
		return;
	if (hits * 8 > words && words >= 12) {
		*lang = CH_STR("en");
		return;
	}
	if (words < WORDS_MIN && body.len < SAMPLE_BYTES / 2)
		return;
	while (sample.len && ((unsigned char)sample.ptr[sample.len - 1] & 0xC0) == 0x80)
		sample.len--;
	found = ask(languages, doc->arena, sample);
	if (ch_str_eqz(found, "sco"))
		found = CH_STR("en");
	/* Between the two: lists of names, tables. They are English if the page says so, whatever they look like. */
	if (hits * 16 > words && lang->len && !ch_str_ieq(found, *lang))
		found = CH_STR("en");
	if (found.len)
		*lang = found;
}
