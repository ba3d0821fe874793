/* bench/stories.c -- are copies found, is nothing else taken for one, and does a page cost the same however many there are?
 *
 *   stories group [PAGES [SEED]]     makes PAGES pages (50,000) with known copies, puts them into a store, and compares its stories
 *                                    with what is known: precision over pairs of pages, recall of copies by kind and degree
 *   stories grow [SIGNATURES]        puts SIGNATURES (1,000,000) texts' signatures into a store; time of each tenth, first and last 10,000
 *
 * The pages are in an invented language of the frequencies of a real one: content words by Zipf's law, some forty words for
 * glue, topics with words and people of their own. What must not be taken for a copy is made on purpose:
 *   follow-ups      same topic and people some days on, with two sentences of the first report in them
 *   independents    the same people, most of the same numbers, one quotation, on the same day; the words another reporter's
 *   forms           reports in one form ("… received the credentials of …"), in which names and numbers differ
 *   background      sentences that stories of a topic share
 * Copies have a title of their own; a third of them has a sentence more at one end. A degree of 20 means that a fifth of the words was
 * changed: other words (names and numbers too), or half of it words and half whole sentences left out, or words, and
 * the sentences in another order. Spun: the half of the words that are no names or numbers, each by the same synonym. */
#include "merge/words.h"
#include "store/sql.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	GLUE = 40, CONTENT = 20000, PEOPLE = 3000, PLACES = 1500, TOPICS = 400, CAST = 40, TOPIC_WORDS = 150, BACKGROUND = 12,
	SENTENCES_MAX = 64, WORDS_MAX = 48, FORM_SENTENCES = 8,
};
enum kind { K_GLUE, K_CONTENT, K_PERSON, K_PLACE, K_NUMBER, K_QUOTE };   /* of a word: kind << 28 | which */
enum degree { D_ORIGINAL, D_0, D_5, D_10, D_20, D_30, D_40, D_SPUN, D_N };

static const char *const degree_names[D_N] = { "", "0%", "5%", "10%", "20%", "30%", "40%", "spun" };

struct sentence {
	uint32_t w[WORDS_MAX];
	uint32_t n;
};

struct story {
	struct sentence s[SENTENCES_MAX];
	uint32_t n;
	uint32_t topic, cast[6];
	uint32_t number[8];
	int32_t day;
};

struct topic {
	uint32_t words[TOPIC_WORDS], cast[CAST];
	struct sentence background[BACKGROUND];
};

struct world {
	uint64_t seed;
	struct topic topics[TOPICS];
	struct sentence forms[20][FORM_SENTENCES];
	double zipf[CONTENT];      /* sums */
};

struct page_truth {
	uint32_t story;
	enum degree degree;
	bool undated;
};

static uint64_t draw(struct world *w)
{
	return ch_mix(w->seed++);
}

static uint32_t below(struct world *w, uint32_t n)
{
	return (uint32_t)(draw(w) >> 11) % n;
}

static bool chance(struct world *w, uint32_t percent)
{
	return below(w, 100) < percent;
}

static uint32_t zipf_at(const struct world *w, uint64_t drawn)
{
	double x = (double)(drawn >> 11) / 9007199254740992.0 * w->zipf[CONTENT - 1];
	uint32_t lo = 0, hi = CONTENT - 1;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (w->zipf[mid] < x)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static uint32_t zipf(struct world *w)
{
	return zipf_at(w, draw(w));
}

static uint32_t word(enum kind kind, uint32_t which)
{
	return (uint32_t)kind << 28 | which;
}

static enum kind kind_of(uint32_t word)
{
	return (enum kind)(word >> 28);
}

static uint32_t plain_word(struct world *w, const struct topic *t)
{
	if (chance(w, 45))
		return word(K_GLUE, below(w, GLUE));
	if (t && chance(w, 35))
		return word(K_CONTENT, t->words[below(w, TOPIC_WORDS)]);
	return word(K_CONTENT, zipf(w));
}

static void make_sentence(struct world *w, struct sentence *s, const struct topic *t, const struct story *of)
{
	*s = (struct sentence){ .n = 14 + below(w, 15) };
	for (uint32_t i = 0; i < s->n; i++)
		s->w[i] = plain_word(w, t);
	for (uint32_t i = 0, names = below(w, 4); i < names; i++)
		s->w[1 + below(w, s->n - 1)] = of ? of->cast[below(w, 6)] : t ? t->cast[below(w, CAST)] : word(K_PERSON, below(w, PEOPLE));
	if (chance(w, 35))
		s->w[1 + below(w, s->n - 1)] = of ? of->number[below(w, 8)] : word(K_NUMBER, 10 + below(w, 5000));
	if (of && chance(w, 20)) {
		s->w[0] = word(K_QUOTE, 0);
		s->w[s->n - 1] = word(K_QUOTE, 0);
	}
}

static void make_world(struct world *w, uint64_t seed)
{
	double sum = 0;

	w->seed = seed << 32;
	for (uint32_t i = 0; i < CONTENT; i++)
		w->zipf[i] = sum += 1.0 / (i + 10);
	for (uint32_t t = 0; t < TOPICS; t++) {
		struct topic *topic = &w->topics[t];

		for (uint32_t i = 0; i < TOPIC_WORDS; i++)
			topic->words[i] = 200 + below(w, CONTENT - 200);
		/* The first of each cast are the few who are in every paper. */
		for (uint32_t i = 0; i < CAST; i++)
			topic->cast[i] = chance(w, 40) ? word(K_PLACE, below(w, i < 10 ? 60 : PLACES)) :
					 word(K_PERSON, below(w, i < 10 ? 100 : PEOPLE));
		for (uint32_t i = 0; i < BACKGROUND; i++)
			make_sentence(w, &topic->background[i], topic, NULL);
	}
	for (uint32_t f = 0; f < 20; f++)
		for (uint32_t i = 0; i < FORM_SENTENCES; i++)
			make_sentence(w, &w->forms[f][i], NULL, NULL);
}

static void make_cast(struct world *w, struct story *s)
{
	const struct topic *t = &w->topics[s->topic];

	for (int i = 0; i < 6; i++)
		s->cast[i] = i < 4 ? t->cast[below(w, CAST)] : word(K_PERSON, below(w, PEOPLE));
	for (int i = 0; i < 8; i++)
		s->number[i] = word(K_NUMBER, 10 + below(w, i < 3 ? 30 : 9000));
}

/* before: a story that this one follows, or NULL. */
static void make_story(struct world *w, struct story *s, const struct story *before)
{
	uint32_t kind = below(w, 100), n = 8 + below(w, 18);

	*s = (struct story){ .topic = before ? before->topic : below(w, TOPICS), .day = 15000 + (int32_t)below(w, 1095) };
	make_cast(w, s);
	if (before && kind < 45) {           /* follow-up, or another's report of the same */
		bool same = kind < 20;

		memcpy(s->cast, before->cast, sizeof s->cast);
		s->day = before->day + (same ? 0 : 1 + (int32_t)below(w, 5));
		if (same)
			memcpy(s->number, before->number, 5 * sizeof *s->number);
	}
	if (kind >= 95) {                    /* a form: names and numbers of the story in place of the form's */
		uint32_t f = below(w, 20);

		for (s->n = 0; s->n < FORM_SENTENCES; s->n++) {
			s->s[s->n] = w->forms[f][s->n];
			for (uint32_t i = 0; i < s->s[s->n].n; i++) {
				if (kind_of(s->s[s->n].w[i]) == K_PERSON)
					s->s[s->n].w[i] = s->cast[below(w, 6)];
				if (kind_of(s->s[s->n].w[i]) == K_NUMBER)
					s->s[s->n].w[i] = s->number[below(w, 8)];
			}
		}
		return;
	}
	for (s->n = 0; s->n < n; s->n++)
		make_sentence(w, &s->s[s->n], &w->topics[s->topic], s);
	if (before && kind < 45) {
		for (uint32_t i = 0, k = kind < 20 ? 1 : 2; i < k; i++)
			s->s[below(w, s->n)] = before->s[below(w, before->n)];
	}
	if (chance(w, 40))
		for (uint32_t i = 1 + below(w, 3); i; i--)
			s->s[s->n++] = w->topics[s->topic].background[below(w, BACKGROUND)];
}

static void replace_words(struct world *w, struct story *s, uint32_t percent)
{
	for (uint32_t i = 0; i < s->n; i++)
		for (uint32_t k = 0; k < s->s[i].n; k++) {
			uint32_t *at = &s->s[i].w[k];

			if (kind_of(*at) == K_QUOTE || !chance(w, percent))
				continue;
			*at = kind_of(*at) == K_NUMBER ? word(K_NUMBER, 10 + below(w, 9000)) :
			      kind_of(*at) == K_PERSON || kind_of(*at) == K_PLACE ? word(K_PERSON, below(w, PEOPLE)) : plain_word(w, NULL);
		}
}

static void drop_sentences(struct world *w, struct story *s, uint32_t percent)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if (!chance(w, percent) || (!n && i + 1 == s->n))
			s->s[n++] = s->s[i];
	s->n = n;
}

static void shuffle(struct world *w, struct story *s)
{
	for (uint32_t i = s->n; i > 1; i--) {
		uint32_t j = below(w, i);
		struct sentence t = s->s[i - 1];

		s->s[i - 1] = s->s[j];
		s->s[j] = t;
	}
}

static void spin(struct world *w, struct story *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		for (uint32_t k = 0; k < s->s[i].n; k++) {
			uint32_t *at = &s->s[i].w[k];

			/* A word has one synonym, or not: a program that spins has a list. */
			if (kind_of(*at) == K_CONTENT && ch_mix(*at) % 100 < 50)
				*at = word(K_CONTENT, (uint32_t)(ch_mix(*at ^ 77) % CONTENT));
			else if (kind_of(*at) == K_GLUE && chance(w, 20))
				*at = word(K_GLUE, below(w, GLUE));
		}
	drop_sentences(w, s, 5);
}

static void make_copy(struct world *w, struct story *s, enum degree degree)
{
	static const uint32_t percents[D_N] = { 0, 0, 5, 10, 20, 30, 40, 0 };
	uint32_t percent = percents[degree], way = below(w, 3);

	if (degree == D_SPUN) {
		spin(w, s);
	} else if (percent && way == 0) {
		drop_sentences(w, s, percent / 2);
		replace_words(w, s, percent / 2);
	} else if (percent) {
		replace_words(w, s, percent);
		if (way == 1)
			shuffle(w, s);
	}
	if (degree != D_0 && s->n < SENTENCES_MAX && chance(w, 33))
		make_sentence(w, &s->s[s->n++], NULL, NULL);
	s->day += chance(w, 95) ? (int32_t)below(w, 6) : (int32_t)below(w, 200);
}

/* ---- as text ---- */

static void put_name(FILE *f, uint32_t which, const char *const *parts, bool capital)
{
	uint64_t h = ch_mix(which + 1);
	uint32_t n = 2 + h % 3;

	for (uint32_t i = 0; i < n; i++, h /= 16) {
		const char *part = parts[h % 16];

		fputc(capital && !i ? part[0] - 32 : part[0], f);
		fputs(part + 1, f);
	}
	/* so that no two are the same */
	for (uint32_t k = which; k; k /= 8)
		fputc("aeioulnr"[k % 8], f);
}

static void put_story(FILE *f, const struct story *s)
{
	static const char *const content[16] = { "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "ze" };
	static const char *const people[16] = { "al", "be", "chor", "dan", "el", "far", "gor", "hil", "is", "jan", "kor", "lem", "mar", "nov", "os", "pet" };
	static const char *const glue[GLUE] = { "the", "of", "to", "and", "a", "in", "that", "is", "for", "on", "it", "with", "as", "was", "by",
		"at", "from", "he", "be", "his", "has", "an", "are", "not", "will", "have", "but", "they", "which", "said", "this", "were", "had",
		"their", "who", "been", "also", "its", "more", "would" };

	for (uint32_t i = 0; i < s->n; i++) {
		bool open = false;

		for (uint32_t k = 0; k < s->s[i].n; k++) {
			uint32_t x = s->s[i].w[k], which = x & 0x0FFFFFFF;

			if (k && !(kind_of(x) == K_QUOTE && open))
				fputc(' ', f);
			switch (kind_of(x)) {
			case K_GLUE: fputs(glue[which], f); break;
			case K_CONTENT: put_name(f, which, content, k == 0); break;
			case K_PERSON: put_name(f, which % 400, people, true); fputc(' ', f); put_name(f, which + 5000, people, true); break;
			case K_PLACE: put_name(f, which + 9000, content, true); break;
			case K_NUMBER: fprintf(f, "%u", which); break;
			case K_QUOTE: fputc('"', f); open = !open; break;
			}
		}
		fputs(i % 3 == 2 ? ".\n\n" : ". ", f);
	}
	fputs("\n", f);
}

/* ---- into the store ---- */

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Processor time of this process: what a page costs, whoever else is on the machine. */
static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(bool ok, const struct ch_err *err)
{
	if (ok)
		return;
	fprintf(stderr, "stories: %s\n", err->text);
	exit(1);
}

static char *text_of(const struct story *s, uint32_t number, size_t *size)
{
	char *text = NULL;
	FILE *f = open_memstream(&text, size);

	if (!f)
		exit(1);
	fprintf(f, "Title number %u\n\n", number);
	put_story(f, s);
	fclose(f);
	return text;
}

static void put_page(struct ch_store *store, struct ch_arena *arena, const struct story *s, uint32_t number, bool undated)
{
	static const struct ch_stamp stamp = { "bench", "bench", "bench" };
	struct ch_err err;
	struct ch_doc doc;
	size_t size;
	char *text = text_of(s, number, &size);

	must(ch_doc_from_text(&doc, arena, ch_str_n(text, size), false, &err), &err);
	doc.path = ch_arena_printf(arena, "%u", number);
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;
	doc.meta.published = undated ? CH_NO_DAY : s->day;
	must(ch_store_put(store, ch_page_record(&doc, stamp), &err), &err);
	ch_arena_reset(arena);
	free(text);
}

static void remove_store(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	char name[256];

	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path, tails[i]);
		unlink(name);
	}
}

/* ---- group ---- */

struct counted {
	const struct page_truth *truth;
	uint32_t *story_of;      /* page: number of the store's story */
	uint32_t n;
	uint64_t pairs, right;
};

static bool see_story(void *ctx, const struct ch_story *story)
{
	struct counted *c = ctx;

	for (uint32_t i = 0; i < story->n_pages; i++) {
		uint32_t page = 0;

		if (!ch_str_uint(story->pages[i].info.path, &page))
			exit(1);
		c->story_of[page] = c->n;
	}
	for (uint32_t i = 0; i < story->n_pages; i++)
		for (uint32_t j = 0; j < i; j++) {
			uint32_t a = 0, b = 0;

			ch_str_uint(story->pages[i].info.path, &a);
			ch_str_uint(story->pages[j].info.path, &b);
			c->pairs++;
			c->right += c->truth[a].story == c->truth[b].story;
		}
	c->n++;
	return true;
}

static int group(uint32_t pages, uint64_t seed)
{
	struct world *w = calloc(1, sizeof *w);
	uint32_t n_stories = pages * 2 / 5, at = 0;
	struct story *stories = calloc(n_stories, sizeof *stories);
	struct page_truth *truth = calloc(pages, sizeof *truth);
	uint32_t *original = calloc(n_stories, sizeof *original), found[D_N] = { 0 }, all[D_N] = { 0 }, undated[2] = { 0 };
	struct counted c = { .truth = truth, .story_of = calloc(pages, sizeof(uint32_t)) };
	char path[] = "/tmp/chancery-stories-XXXXXX";
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	double begun;
	int file = mkstemp(path);

	if (file < 0 || !w || !stories || !truth || !original || !c.story_of)
		return 1;
	close(file);
	make_world(w, seed);
	for (uint32_t i = 0; i < n_stories; i++)
		make_story(w, &stories[i], i && chance(w, 60) ? &stories[i - 1 - below(w, i < 200 ? i : 200)] : NULL);
	must(ch_store_open(path, true, &store, &err), &err);
	must(ch_store_begin(store, &err), &err);
	begun = seconds();
	/* Originals and copies in no order: a copy may come first. */
	for (uint32_t i = 0; i < n_stories; i++)
		original[i] = UINT32_MAX;
	for (; at < pages; at++) {
		uint32_t which = at < n_stories ? at : below(w, n_stories);
		struct story s = stories[which];

		truth[at] = (struct page_truth){ which, at < n_stories ? D_ORIGINAL : (enum degree)(1 + below(w, D_N - 1)), chance(w, 10) };
		if (truth[at].degree != D_ORIGINAL)
			make_copy(w, &s, truth[at].degree);
		else
			original[which] = at;
		put_page(store, &arena, &s, at, truth[at].undated);
		if (at % 64 == 63) {
			must(ch_store_commit(store, &err), &err);
			must(ch_store_begin(store, &err), &err);
		}
	}
	must(ch_store_commit(store, &err), &err);
	printf("%u pages of %u stories in %.0f s, %.2f ms a page\n", pages, n_stories, seconds() - begun, (seconds() - begun) * 1e3 / pages);
	must(ch_store_stories(store, &(struct ch_query){ 0 }, 0, see_story, &c, &err), &err);
	for (uint32_t i = 0; i < pages; i++) {
		bool hit = c.story_of[i] == c.story_of[original[truth[i].story]];
		bool dateless = truth[i].undated || truth[original[truth[i].story]].undated;

		all[truth[i].degree]++;
		found[truth[i].degree] += hit;
		if (truth[i].degree == D_20 && dateless) {
			undated[0]++;
			undated[1] += hit;
		}
	}
	printf("stories found  %u\nprecision      %.4f of %llu pairs\n", c.n, c.pairs ? (double)c.right / (double)c.pairs : 1.0,
	       (unsigned long long)c.pairs);
	for (int d = D_0; d < D_N; d++)
		printf("recall %-6s  %.4f of %u copies\n", degree_names[d], all[d] ? (double)found[d] / all[d] : 1.0, all[d]);
	printf("recall 20%%, one of the two undated  %.4f of %u\n", undated[0] ? (double)undated[1] / undated[0] : 1.0, undated[0]);
	ch_store_close(store);
	remove_store(path);
	ch_arena_free(&arena);
	free(c.story_of);
	free(original);
	free(truth);
	free(stories);
	free(w);
	return 0;
}

/* ---- grow ---- */

/* A signature is drawn as the words of a text would be: from the sets, without a text. A tenth are copies of one of the last thousand. */
static int grow(uint32_t n)
{
	enum { LAST = 1000, SHINGLES = 300, TERMS = 120, NAMES = 25, NUMBERS = 8, STEP = 10000, A_DAY = 300 };
	struct world *w = calloc(1, sizeof *w);
	uint64_t *seeds = calloc(LAST, sizeof *seeds);
	static const struct ch_stamp stamp = { "bench", "bench", "bench" };
	char path[] = "/tmp/chancery-stories-XXXXXX";
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	double begun, step, step_cpu, first = 0, last = 0, first_cpu = 0, last_cpu = 0;
	int file = mkstemp(path);

	if (file < 0 || !w || !seeds)
		return 1;
	close(file);
	make_world(w, 1);
	must(ch_store_open(path, true, &store, &err), &err);
	must(ch_store_begin(store, &err), &err);
	begun = step = seconds();
	step_cpu = cpu_seconds();
	for (uint32_t i = 0; i < n; i++) {
		uint64_t seed = i > LAST && chance(w, 10) ? seeds[below(w, LAST)] : draw(w);
		struct ch_hashes *sets[5];
		struct ch_words words = { .n = 400, .exact = draw(w) };
		const uint32_t sizes[5] = { SHINGLES, TERMS, NAMES, NUMBERS, 0 };
		struct ch_signature sig;
		struct ch_page_record page = { 0 };
		struct ch_doc doc;
		char raw[32];

		seeds[i % LAST] = seed & ~UINT64_C(0xFFFF);
		seed &= ~UINT64_C(0xFFFF);   /* a text draws fewer than this many numbers */
		sets[0] = &words.shingles, sets[1] = &words.terms, sets[2] = &words.names, sets[3] = &words.numbers, sets[4] = &words.quoted;
		for (int k = 0; k < 4; k++)
			for (uint32_t x = 0; x < sizes[k]; x++) {
				/* shingles hardly recur; words and names do, by Zipf's law */
				uint64_t own = ch_mix(seed++);

				if (k)
					own = ch_mix((uint64_t)k << 32 | (k == 3 ? 10 + own % 9000 : zipf_at(w, own)));
				*CH_PUSH(&arena, sets[k]) = chance(w, 10) ? draw(w) : own;
			}
		ch_words_sort(&words);
		ch_signature_make(&sig, &arena, &words, 10000 + (int32_t)(i / A_DAY));
		snprintf(raw, sizeof raw, "%u", i);
		ch_doc_init(&doc, &arena);
		doc.raw = doc.path = ch_str_z(raw);
		doc.article = true;
		page.info = ch_page_info_of(&doc, stamp);
		page.doc = &doc;
		page.signature = &sig;
		must(ch_store_put(store, &page, &err), &err);
		ch_arena_reset(&arena);
		if (i % 64 == 63) {
			must(ch_store_commit(store, &err), &err);
			must(ch_store_begin(store, &err), &err);
		}
		if (i % STEP == STEP - 1) {
			last = (seconds() - step) * 1e3 / STEP;
			last_cpu = (cpu_seconds() - step_cpu) * 1e3 / STEP;
			if (!first_cpu) {
				first = last;
				first_cpu = last_cpu;
			}
			if (i + 1 == STEP || n < 20 * STEP || (i + 1) % (n / 10) == 0) {
				printf("%8u  %6.3f ms a page, %6.3f ms of the processor (the last %d)\n", i + 1, last, last_cpu, STEP);
				fflush(stdout);
			}
			step = seconds();
			step_cpu = cpu_seconds();
		}
	}
	must(ch_store_commit(store, &err), &err);
	printf("%u signatures in %.0f s; first %d: %.3f ms each (processor %.3f), last: %.3f ms (%.3f)\n", n, seconds() - begun, STEP, first,
	       first_cpu, last, last_cpu);
	ch_store_close(store);
	remove_store(path);
	ch_arena_free(&arena);
	free(seeds);
	free(w);
	return 0;
}

int main(int argc, char **argv)
{
	uint32_t n = 0, seed = 1;

	if ((argc > 2 && !ch_str_uint(ch_str_z(argv[2]), &n)) || (argc > 3 && !ch_str_uint(ch_str_z(argv[3]), &seed)))
		argc = 0;
	if (argc > 1 && strcmp(argv[1], "group") == 0)
		return group(n ? n : 50000, seed);
	if (argc > 1 && strcmp(argv[1], "grow") == 0)
		return grow(n ? n : 1000000);
	fputs("usage: stories group [PAGES [SEED]] | grow [SIGNATURES]\n", stderr);
	return 2;
}
