/* said/cues.c -- reads the lexicon of cues into one hash table from word forms to sections. */
#include "said/cues.h"
#include "base/embed.h"
#include "base/map.h"
#include <stdlib.h>

#define WORD_MAX 48 /* bytes of a word form; a longer one is in no lexicon */

struct ch_cues {
	struct ch_arena arena;
	struct ch_map forms;  /* lower-case form, or two with a blank between → sections */
	struct ch_map beyond; /* lower-case lemma → sections of beyond.txt */
};

size_t ch_said_lexicon(struct ch_embedded *files, size_t max);

#define SECTION_NAME(id, name) name,
static const char *const section_names[] = {CH_CUE_TABLE(SECTION_NAME)};
static const char *const beyond_names[] = {CH_BEYOND_TABLE(SECTION_NAME)};

/* Sections of nouns: only the plural is made. */
#define NOUNS (CH_CUE_PAPER | CH_CUE_ATTITUDE | CH_CUE_MEDIA | CH_CUE_EXPERT | CH_CUE_NO_SOURCE)

static void put(struct ch_cues *c, struct ch_str form, struct ch_str particle, uint32_t bit)
{
	struct ch_str key = particle.len
				    ? ch_arena_printf(&c->arena, "%.*s %.*s", CH_STR_ARG(form), CH_STR_ARG(particle))
				    : ch_arena_str(&c->arena, form);

	*ch_map_put(&c->forms, key, 0, NULL) |= bit;
}

static bool is_vowel(char ch)
{
	return ch == 'a' || ch == 'e' || ch == 'i' || ch == 'o' || ch == 'u';
}

static bool ends_y(struct ch_str s)
{
	return s.len > 1 && s.ptr[s.len - 1] == 'y' && !is_vowel(s.ptr[s.len - 2]);
}

static bool ends_hissing(struct ch_str s)
{
	return ch_str_ends(s, CH_STR("s")) || ch_str_ends(s, CH_STR("x")) || ch_str_ends(s, CH_STR("z")) ||
	       ch_str_ends(s, CH_STR("ch")) || ch_str_ends(s, CH_STR("sh"));
}

static void put_inflected(struct ch_cues *c, struct ch_str stem, struct ch_str particle, uint32_t bit, bool verb)
{
	struct ch_str cut = ch_str_sub(stem, 0, stem.len - 1);
	bool y = ends_y(stem), e = ch_str_ends(stem, CH_STR("e"));
	struct ch_arena *a = &c->arena;

	put(c,
	    y                    ? ch_arena_printf(a, "%.*sies", CH_STR_ARG(cut))
	    : ends_hissing(stem) ? ch_arena_printf(a, "%.*ses", CH_STR_ARG(stem))
				 : ch_arena_printf(a, "%.*ss", CH_STR_ARG(stem)),
	    particle, bit);
	if (!verb)
		return;
	put(c,
	    y ? ch_arena_printf(a, "%.*sied", CH_STR_ARG(cut))
	      : ch_arena_printf(a, "%.*s%s", CH_STR_ARG(stem), e ? "d" : "ed"),
	    particle, bit);
	put(c, ch_arena_printf(a, "%.*sing", CH_STR_ARG(e ? cut : stem)), particle, bit);
}

static bool read_entry(struct ch_cues *c, struct ch_str line, uint32_t bit)
{
	size_t colon = ch_str_find_byte(line, ':', 0);
	struct ch_str head = ch_str_trim(ch_str_sub(line, 0, colon)), forms, form;
	size_t blank = ch_str_find_byte(head, ' ', 0);
	struct ch_str first = ch_str_sub(head, 0, blank), second = ch_str_trim(ch_str_sub(head, blank, head.len));
	bool noun = bit & NOUNS;

	if (blank == CH_STR_NONE)
		second = CH_STR("");
	if (first.len < 2 || first.len > WORD_MAX / 2 || second.len > WORD_MAX / 2)
		return false;
	if (ch_str_find_byte(second, ' ', 0) != CH_STR_NONE)
		return false;
	put(c, first, second, bit);
	if (colon == CH_STR_NONE) {
		if (noun && second.len) { /* "press release": the second word takes the plural */
			struct ch_str plural = ch_arena_printf(&c->arena, "%.*ss", CH_STR_ARG(second));

			put(c, first, plural, bit);
		} else {
			put_inflected(c, first, second, bit, !noun);
		}
		return true;
	}
	forms = ch_str_trim(ch_str_sub(line, colon + 1, line.len));
	while (ch_str_cut(&forms, ' ', &form))
		if (form.len)
			put(c, form, noun && second.len ? CH_STR("") : second, bit);
	return true;
}

static bool read_text(struct ch_cues *c, const char *path, struct ch_str text, struct ch_err *err)
{
	uint32_t bit = 0, n = 0;
	struct ch_str line;

	while (ch_str_cut(&text, '\n', &line)) {
		size_t hash = ch_str_find_byte(line, '#', 0);

		n++;
		line = ch_str_trim(hash == CH_STR_NONE ? line : ch_str_sub(line, 0, hash));
		if (!line.len)
			continue;
		if (line.ptr[0] == '[') {
			struct ch_str name = ch_str_sub(line, 1, line.len - 1);

			bit = 0;
			for (uint32_t i = 0; i < CH_CUE_SECTIONS; i++)
				if (line.ptr[line.len - 1] == ']' && ch_str_eqz(name, section_names[i]))
					bit = 1u << i;
			if (!bit)
				return ch_fail(
					err,
					"%s:%u: '%.*s' is no section; there are [say] [tell] [ask] [think] [quote] "
					"[find] "
					"[restate] [voice] [credit] [paper] [attitude] [media] [expert] [titled] [no "
					"source]",
					path, n, CH_STR_ARG(line));
		} else if (!bit) {
			return ch_fail(
				err, "%s:%u: '%.*s' stands before the first section; put a line such as [say] above it",
				path, n, CH_STR_ARG(line));
		} else if (!read_entry(c, line, bit)) {
			return ch_fail(
				err, "%s:%u: '%.*s' is no entry; one or two words would do, other forms behind a colon",
				path, n, CH_STR_ARG(line));
		}
	}
	return true;
}

bool ch_cues_read_beyond(struct ch_cues *c, const char *path, struct ch_str text, struct ch_err *err)
{
	uint32_t bit = 0, n = 0;
	struct ch_str line, word;

	while (ch_str_cut(&text, '\n', &line)) {
		n++;
		line = ch_str_trim(ch_str_sub(line, 0, ch_str_find_byte(line, '#', 0)));
		if (!line.len)
			continue;
		if (line.ptr[0] == '[') {
			struct ch_str name = ch_str_sub(line, 1, line.len - 1);

			bit = 0;
			for (uint32_t i = 0; i < CH_BEYOND_SECTIONS; i++)
				if (line.ptr[line.len - 1] == ']' && ch_str_eqz(name, beyond_names[i]))
					bit = 1u << i;
			if (!bit)
				return ch_fail(err,
					       "%s:%u: '%.*s' is no section; there are [want] [bid] [judge] [tell of] "
					       "[know] [about] [toward] [minded] [holding] [people]",
					       path, n, CH_STR_ARG(line));
			continue;
		}
		if (!bit)
			return ch_fail(err,
				       "%s:%u: '%.*s' stands before the first section; put a line such as [want] above it",
				       path, n, CH_STR_ARG(line));
		while (ch_str_cut(&line, ' ', &word)) {
			if (word.len > WORD_MAX)
				return ch_fail(err, "%s:%u: '%.*s' is no word; %d letters at most would do", path, n,
					       CH_STR_ARG(word), WORD_MAX);
			if (word.len)
				*ch_map_put(&c->beyond, ch_arena_str(&c->arena, word), 0, NULL) |= bit;
		}
	}
	return true;
}

bool ch_cues_read(struct ch_cues **cues, const char *path, struct ch_str text, struct ch_err *err)
{
	struct ch_cues *c = ch_xrealloc(NULL, sizeof *c);

	*c = (struct ch_cues){0};
	ch_arena_init(&c->arena);
	ch_map_init(&c->forms, &c->arena);
	ch_map_init(&c->beyond, &c->arena);
	if (!read_text(c, path, text, err)) {
		ch_cues_close(c);
		return false;
	}
	*cues = c;
	return true;
}

bool ch_cues_open(struct ch_cues **cues, struct ch_err *err)
{
	struct ch_embedded files[2]; /* cues.txt, beyond.txt: in the order of meson.build */

	if (ch_said_lexicon(files, 2) != 2)
		return ch_fail(err, "the program was not built with the two lexicons of cues");
	if (!ch_cues_read(cues, files[0].path, files[0].text, err))
		return false;
	if (ch_cues_read_beyond(*cues, files[1].path, files[1].text, err))
		return true;
	ch_cues_close(*cues);
	return false;
}

void ch_cues_close(struct ch_cues *c)
{
	if (!c)
		return;
	ch_arena_free(&c->arena);
	free(c);
}

/* Lower case into buf behind what is there; false where it does not fit. Entries are ASCII but for an accent or two. */
static bool add_lower(char *buf, size_t *len, struct ch_str s)
{
	if (s.len > WORD_MAX || *len + s.len > 2 * WORD_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];

		buf[(*len)++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	return true;
}

uint32_t ch_cues_find(const struct ch_cues *c, struct ch_str form, struct ch_str next, uint32_t *words)
{
	char buf[2 * WORD_MAX + 1];
	size_t len = 0, one;
	uint32_t *hit = NULL;

	if (!add_lower(buf, &len, form))
		return 0;
	one = len;
	buf[len++] = ' ';
	if (next.len && add_lower(buf, &len, next))
		hit = ch_map_get(&c->forms, ch_str_n(buf, len));
	if (words)
		*words = hit ? 2 : 1;
	if (!hit)
		hit = ch_map_get(&c->forms, ch_str_n(buf, one));
	return hit ? *hit : 0;
}

uint32_t ch_cues_beyond(const struct ch_cues *c, struct ch_str lemma)
{
	char buf[2 * WORD_MAX + 1];
	size_t len = 0;
	uint32_t *hit;

	if (!add_lower(buf, &len, lemma))
		return 0;
	hit = ch_map_get(&c->beyond, ch_str_n(buf, len));
	return hit ? *hit : 0;
}
