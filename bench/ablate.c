/* bench/ablate.c -- ablate WHAT PAGE...: records of pages, a JSON line each as of `code --raw`, with a part of the chain left out, to see what it
 * is worth (docs/evaluation.md):
 *
 *     nothing   the chain as it is
 *     tree      words in their order instead of a tree: the noun before a verb does it, the noun behind suffers it, what follows a
 *               preposition hangs on the verb, or on the noun before it if that is nearer; as coders by pattern have it
 *     status    all is actual
 *     lists     no events from lists that a sentence introduces
 *     nouns     no events told by nouns ("talks", "a visit")
 *     context   no counterparts from sentences before */
#include "doc/tags.h"
#include "export/each.h"
#include "export/json.h"
#include "run/engine.h"
#include "run/input.h"
#include "run/run.h"
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "ablate: %s: %s\n", what, why);
	exit(1);
}

static bool nominal(const struct ch_token *t)
{
	return t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN || t->upos == CH_UPOS_PRON;
}

/* The word that a run of nouns and adjectives from `at` on ends with: its head, as a reader of surfaces takes it. */
static uint32_t last_of_phrase(const struct ch_doc *doc, uint32_t at, uint32_t past)
{
	while (at + 1 < past && nominal(&doc->tokens.v[at + 1]) && doc->tokens.v[at + 1].upos != CH_UPOS_PRON)
		at++;
	return at;
}

static void flatten(struct ch_doc *doc, uint32_t sentence)
{
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t root = CH_NONE, verb = CH_NONE, before = CH_NONE, prep = CH_NONE, noun = CH_NONE;

	for (uint32_t t = s->first; t < s->past && root == CH_NONE; t++)
		if (doc->tokens.v[t].upos == CH_UPOS_VERB)
			root = t;
	root = root == CH_NONE ? s->first : root;
	for (uint32_t t = s->first; t < s->past; t++) {
		struct ch_token *k = &doc->tokens.v[t];
		uint32_t head;

		k->head = t == root ? CH_NONE : root;
		k->deprel = t == root ? CH_DEP_ROOT : CH_DEP_DEP;
		if (k->upos == CH_UPOS_VERB) {
			verb = t;
			if (before != CH_NONE && doc->tokens.v[before].deprel == CH_DEP_DEP) {
				doc->tokens.v[before].head = t;
				doc->tokens.v[before].deprel = CH_DEP_NSUBJ;
			}
			if (t != root)
				k->deprel = CH_DEP_CONJ;
			prep = noun = CH_NONE;
		} else if (k->upos == CH_UPOS_ADP) {
			prep = t;
		} else if (nominal(k)) {
			head = last_of_phrase(doc, t, s->past);
			for (uint32_t i = t; i < head; i++) {
				doc->tokens.v[i].head = head;
				doc->tokens.v[i].deprel = CH_DEP_COMPOUND;
			}
			k = &doc->tokens.v[head];
			k->head = head == root ? CH_NONE : root;
			k->deprel = head == root ? CH_DEP_ROOT : CH_DEP_DEP;
			if (prep != CH_NONE && head != root) {
				bool to_noun = noun != CH_NONE;

				k->head = to_noun ? noun : verb == CH_NONE ? root : verb;
				k->deprel = to_noun ? CH_DEP_NMOD : CH_DEP_OBL;
				doc->tokens.v[prep].head = head;
				doc->tokens.v[prep].deprel = CH_DEP_CASE;
			} else if (verb != CH_NONE && noun == CH_NONE && head != root) {
				k->head = verb;
				k->deprel = CH_DEP_OBJ;
			}
			prep = CH_NONE;
			noun = before = head;
			t = head;
		}
	}
	/* heads may not run in circles: what hangs on itself hangs on the root */
	for (uint32_t t = s->first; t < s->past; t++)
		for (uint32_t at = t, steps = 0; doc->tokens.v[at].head != CH_NONE; at = doc->tokens.v[at].head)
			if (++steps > s->past - s->first) {
				doc->tokens.v[t].head = root;
				break;
			}
	ch_doc_link_tree(doc, sentence);
}

/* The events that remain; status: all of them actual. */
static void drop(struct ch_doc *doc, const char *what)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < doc->events.n; i++) {
		struct ch_event e = doc->events.v[i];
		bool noun = false;

		for (uint32_t t = doc->sentences.v[e.sentence].first; t < doc->sentences.v[e.sentence].past; t++)
			noun |= doc->tokens.v[t].span.start == e.trigger.start && doc->tokens.v[t].upos == CH_UPOS_NOUN;
		if ((!strcmp(what, "nouns") && noun) ||
		    (!strcmp(what, "lists") && ch_str_find(e.path, CH_STR("lead of the list"), 0) != CH_STR_NONE) ||
		    (!strcmp(what, "context") && e.path.len && ch_str_find(e.path, CH_STR("target:"), 0) == CH_STR_NONE && e.target_n))
			continue;
		if (!strcmp(what, "status"))
			e.status = CH_ACTUAL;
		doc->events.v[n++] = e;
	}
	doc->events.n = n;
}

int main(int argc, char **argv)
{
	struct ch_engine *engine;
	struct ch_arena arena = { 0 };
	struct ch_err err;

	if (argc < 3) {
		fputs("usage: ablate nothing|tree|status|lists|nouns|context PAGE...\n", stderr);
		return 2;
	}
	if (!ch_engine_open(NULL, &engine, &err))
		fail("engine", err.text);
	for (int i = 2; i < argc; i++) {
		struct ch_doc doc;
		struct ch_str line;

		ch_doc_init(&doc, &arena);
		doc.path = ch_str_z(argv[i]);
		if (!ch_input_read(&arena, argv[i], &doc.raw, &doc.cut, &err) ||
		    !ch_run_stages(engine, &doc, CH_STAGE_PAGE, CH_STAGE_SYNTAX + 1, &err))
			fail(argv[i], err.text);
		for (uint32_t s = 0; s < doc.sentences.n && !strcmp(argv[1], "tree"); s++)
			if (doc.sentences.v[s].first < doc.sentences.v[s].past)
				flatten(&doc, s);
		if (!ch_run_stages(engine, &doc, CH_STAGE_WHEN, CH_STAGE_EVENT + 1, &err))
			fail(argv[i], err.text);
		drop(&doc, argv[1]);
		line = ch_json_line(&arena, ch_json_records(ch_page_record(&doc, ch_stamp_of(engine)), CH_OFFSETS_RAW));
		printf("%.*s\n", CH_STR_ARG(line));
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
	ch_engine_close(engine);
	return 0;
}
