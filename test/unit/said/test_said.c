/* Statements over stored trees (sentences.conllu: our own sentences as the model parsed them, kept so that
 * no model is needed; each its own paragraph): what is said, by which cue, by whom; and
 * what is no statement at all. Actors are left out, so speakers read as the page has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "doc/conllu.h"
#include "said/cues.h"
#include "said/said.h"

static const struct {
	const char *speaker, *cue, *content;
	bool direct;
} wanted[] = {
	{ "President Thomas Whitmore", "said", "the treaty with Ruritania would be signed in May", false },
	{ "foreign minister", "told", "The road to the capital is open again", false },
	{ "envoy", "noted", "both sides want peace", false },
	{ "king", "expressed his belief that", "the war would end soon", false },
	{ "", "It was reported that", "the delegation had left Strelsau", false },
	{ "ministry", "According to", "talks will resume on Friday", false },
	{ "minister", "said", "The talks, the minister said, were useful", false },
	{ "chancellor", "said", "We shall sign,", true },
	{ "chancellor", "said", "The text is ready.", true },
	{ "chancellor", "wrote", "Trade must go on.", true },
	{ "ministry", "adding that", "the border was quiet", false },
	{ "envoy", "said", "We shall sign,", true },
	{ "envoy", "added", "Nobody will stop us,", true },
	{ "queen", "said", "It is late,", true },
	{ "queen", "", "We shall not wait any longer for the other side to answer.", true },
	{ "prime minister", "stressed that", "the bridge was safe and that trade would grow", false },
	/* One attribution, one statement. */
	{ "spokesman, Walter Larsen", "told", "We have tested every pier,", true },
	/* What "and" joins behind an attribution is the page's own. */
	{ "officials", "said", "On the third day the king ordered his guards home", false },
	/* The subject of "who …," speaks no more than he does. */
	{ "envoy Karl Novak", "said", "the border would open again", false },
	{ "state radio", "announced that", "the armies would meet in May", false },
	{ "Anna Larsen, a baker", "said", "My sons died there,", true },
	{ "Anna Larsen, a baker", "said", "If they stop the guns now, I will forgive them all.", true },
	{ "Syldavia", "condemned", "a breach of all treaties", true },
	/* A trade alone is the one of it that the page introduced. */
	{ "Political analyst Boris Lind", "said that", "trade would grow", false },
	{ "Foreign Minister Jan Stein", "said that", "the talks had failed", false },
	{ "Political analyst Boris Lind", "believes that", "roads matter more than words", false },
	{ "Foreign Minister Jan Stein", "added that", "the army was ready", false },
	/* A subject between commas that the parser took for an address. */
	{ "Ms. Stein, Syldavia's ambassador to the Movement", "described", "a sad day for all of us", true },
	/* A sentence broken by its attribution. */
	{ "chancellor", "said", "I am,", true },
	{ "chancellor", "said", "tired of war.", true },
};

static char *slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *buf;
	long n;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	n = ftell(f);
	rewind(f);
	buf = malloc((size_t)n + 1);
	*len = fread(buf, 1, (size_t)n, f);
	assert_int_equal(*len, n);
	fclose(f);
	return buf;
}

struct fixture {
	struct ch_arena arena;
	struct ch_doc doc;
	struct ch_cues *cues;
	struct ch_engine engine;
	char *file;
	size_t len;
};

/* CoNLL-U gives each sentence a paragraph; a quotation in pieces wants its two in one. */
static void join_with_next(struct ch_doc *doc, uint32_t sentence)
{
	uint32_t b = doc->sentences.v[sentence].block;

	doc->blocks.v[b].span.end = doc->blocks.v[b + 1].span.end;
	memmove(&doc->blocks.v[b + 1], &doc->blocks.v[b + 2], (doc->blocks.n - b - 2) * sizeof *doc->blocks.v);
	doc->blocks.n--;
	for (uint32_t i = sentence + 1; i < doc->sentences.n; i++)
		doc->sentences.v[i].block--;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct ch_err err = { "" };

	f->file = slurp(CH_SOURCE_DIR "/test/unit/said/sentences.conllu", &f->len);
	if (!ch_cues_open(&f->cues, &err) || !ch_conllu_read(&f->doc, &f->arena, ch_str_n(f->file, f->len), &err))
		fail_msg("%s", err.text);
	for (uint32_t i = 0; i + 1 < f->doc.sentences.n; i++) {
		struct ch_str next = ch_doc_str(&f->doc, f->doc.sentences.v[i + 1].span);

		if (ch_str_starts(next, CH_STR("\"The text")) || ch_str_starts(next, CH_STR("\"Nobody")) ||
		    ch_str_starts(next, CH_STR("‘If they")))
			join_with_next(&f->doc, i);
	}
	f->engine.cues = f->cues;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	ch_cues_close(f->cues);
	ch_arena_free(&f->arena);
	free(f->file);
	free(f);
	return 0;
}

static void statements(void **state)
{
	struct fixture *f = *state;
	size_t n = sizeof wanted / sizeof *wanted;

	assert_true(ch_said(&f->engine, &f->doc, NULL));
	assert_null(ch_said_check(&f->doc));
	for (uint32_t i = 0; i < f->doc.statements.n && i < n; i++) {
		const struct ch_statement *s = &f->doc.statements.v[i];
		struct ch_str content = ch_doc_str(&f->doc, s->content), cue = ch_doc_str(&f->doc, s->cue);

		if (!ch_str_eqz(s->speaker, wanted[i].speaker) || !ch_str_eqz(cue, wanted[i].cue) || s->direct != wanted[i].direct ||
		    !ch_str_eqz(content, wanted[i].content))
			fail_msg("%u: got %s '%.*s' by '%.*s' (%.*s)\n  want '%s' by '%s' (%s)", i, s->direct ? "direct" : "reported",
				 CH_STR_ARG(content), CH_STR_ARG(s->speaker), CH_STR_ARG(cue), wanted[i].content, wanted[i].speaker, wanted[i].cue);
	}
	assert_int_equal(f->doc.statements.n, n);
}

/* Without heads the marks still speak, and "X said that …" too. */
static void no_tree(void **state)
{
	struct fixture *f = *state;
	uint32_t direct = 0, reported = 0;

	for (uint32_t i = 0; i < f->doc.sentences.n; i++)
		f->doc.sentences.v[i].root = CH_NONE;
	for (uint32_t i = 0; i < f->doc.tokens.n; i++) {
		struct ch_token *t = &f->doc.tokens.v[i];

		t->head = t->first_child = t->next_sibling = CH_NONE;
		t->upos = t->xpos = t->deprel = 0;
	}
	assert_true(ch_said(&f->engine, &f->doc, NULL));
	assert_null(ch_said_check(&f->doc));
	for (uint32_t i = 0; i < f->doc.statements.n; i++)
		*(f->doc.statements.v[i].direct ? &direct : &reported) += 1;
	assert_true(direct >= 6);
	assert_true(reported >= 1);
}

/* The first sentence's subject is a person known to the page: the statement is laid to that actor, by full name. */
static void actors_name_the_speaker(void **state)
{
	struct fixture *f = *state;
	struct ch_doc *doc = &f->doc;
	uint32_t head = CH_NONE;

	for (uint32_t i = 0; i < doc->sentences.v[0].past; i++)
		if (doc->tokens.v[i].deprel == CH_DEP_NSUBJ && head == CH_NONE)
			head = i;
	assert_int_not_equal(head, CH_NONE);
	*CH_PUSH(&f->arena, &doc->actors) = (struct ch_actor){ .kind = CH_ACTOR_PERSON, .name = CH_STR("Thomas J. Whitmore"),
		.code = CH_STR("USA"), .party = CH_STR("USA") };
	*CH_PUSH(&f->arena, &doc->mention_actors) = 0;
	*CH_PUSH(&f->arena, &doc->mentions) = (struct ch_mention){ .span = doc->tokens.v[head].span, .first = head, .past = head + 1,
		.head = head, .kind = CH_MENTION_NAME, .actor_n = 1 };
	doc->tokens.v[head].mention = 0;
	assert_true(ch_said(&f->engine, doc, NULL));
	assert_true(ch_str_eqz(doc->statements.v[0].speaker, "Thomas J. Whitmore"));
	assert_true(ch_str_eqz(doc->statements.v[0].country, "USA"));
	assert_int_equal(doc->statements.v[0].actor, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(statements, setup, teardown),
		cmocka_unit_test_setup_teardown(no_tree, setup, teardown),
		cmocka_unit_test_setup_teardown(actors_name_the_speaker, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
