/* Over stored trees (beyond.conllu: our own sentences as the model parsed them, each its own paragraph): what is laid to
 * somebody beside speech, and what is not; and where a reported clause is found and ends that its tree hides. */
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

struct want {
	const char *speaker, *cue, *content;
	bool direct;
	enum ch_statement_kind kind;
};

static const struct want attributions[] = {
	{ "president", "vowed", "to defend the border", false, CH_INTENT },
	{ "minister", "urged", "to sign the accord", false, CH_INTENT },
	{ "ministry", "knows", "who sent the letter", false, CH_THOUGHT },
	{ "committee", "convinced", "the report was forged", false, CH_THOUGHT },
	{ "president", "criticised", "the sanctions against Ruritania", false, CH_TOPIC },
	{ "envoy", "called", "for an immediate truce", false, CH_TOPIC },
	{ "admiral", "described", "the raid as a mistake", false, CH_TOPIC },
	{ "minister", "promise", "to resign", false, CH_CLAIM },
	{ "Ruritania", "asked", "for his release", false, CH_TOPIC },
	{ "Ruritania", "deplored", "his death", false, CH_TOPIC },
	{ "Officials", "asked", "not to be named", false, CH_INTENT },
	{ "", "Asked", "whether he would resign", false, CH_CLAIM },
};

static const struct want statements[] = {
	{ "minister", "explained", "why the road was closed", false, CH_SPEECH },
	{ "minister", "said that", "Ruritania wants to join the pact", false, CH_SPEECH },
	{ "General Prat", "warned", "If they attack,", true, CH_SPEECH },
	{ "General Prat", "warned", "they will regret it.", true, CH_SPEECH },
	{ "movement's negotiator, Malik Mahmud", "told", "We believe in this peace,", true, CH_SPEECH },
	{ "president", "view", "the sanctions have failed", false, CH_SPEECH },
	{ "ambassador", "words", "the accord was a miracle", false, CH_SPEECH },
	{ "senior official", "told", "the cabinet had been split over the loan", false, CH_SPEECH },
	{ "Mr Toman", "replied", "his government had decided to leave the council", false, CH_SPEECH },
	{ "Hald", "stated that", "the vote had proved the point", false, CH_SPEECH },
	{ "trade ministry", "announced", "Strelsau will lift the tariff in May", false, CH_SPEECH },
	{ "two engineers", "according to", "The towns will be rebuilt, and the farms will be restored", false, CH_SPEECH },
	{ "Officials", "said", "the list was incomplete", false, CH_SPEECH },
	{ "ambassador", "put it", "the treaty had outlived its authors", false, CH_SPEECH },
	{ "news agency", "reports", "Ruritania has closed its ports", false, CH_SPEECH },
};

struct fixture {
	struct ch_arena arena;
	struct ch_doc doc;
	struct ch_cues *cues;
	struct ch_engine engine;
	char *file;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct ch_err err = { "" };
	FILE *in = fopen(CH_SOURCE_DIR "/test/unit/said/beyond.conllu", "rb");
	long n;

	assert_non_null(in);
	assert_int_equal(fseek(in, 0, SEEK_END), 0);
	n = ftell(in);
	rewind(in);
	f->file = malloc((size_t)n + 1);
	assert_int_equal(fread(f->file, 1, (size_t)n, in), n);
	fclose(in);
	if (!ch_cues_open(&f->cues, &err) || !ch_conllu_read(&f->doc, &f->arena, ch_str_n(f->file, (size_t)n), &err))
		fail_msg("%s", err.text);
	/* A day is nothing that anybody spoke of. */
	for (uint32_t i = 0; i < f->doc.tokens.n; i++)
		if (ch_str_eqz(ch_token_str(&f->doc, i), "Monday"))
			*CH_PUSH(&f->arena, &f->doc.times) = (struct ch_time){ .span = f->doc.tokens.v[i].span, .first = i, .past = i + 1 };
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

static void compare(const struct ch_doc *doc, const struct ch_statement *got, uint32_t n, const struct want *want, size_t n_want)
{
	for (uint32_t i = 0; i < n && i < n_want; i++) {
		struct ch_str content = ch_doc_str(doc, got[i].content), cue = ch_doc_str(doc, got[i].cue);

		if (!ch_str_eqz(got[i].speaker, want[i].speaker) || !ch_str_eqz(cue, want[i].cue) ||
		    !ch_str_eqz(content, want[i].content) || got[i].direct != want[i].direct || got[i].kind != want[i].kind)
			fail_msg("%u: got kind %u '%.*s' by '%.*s' (%.*s)\n  want kind %u '%s' by '%s' (%s)", i, got[i].kind,
				 CH_STR_ARG(content), CH_STR_ARG(got[i].speaker), CH_STR_ARG(cue), want[i].kind, want[i].content,
				 want[i].speaker, want[i].cue);
	}
	assert_int_equal(n, n_want);
}

static void told(void **state)
{
	struct fixture *f = *state;
	const struct ch_doc *doc = &f->doc;

	assert_true(ch_said(&f->engine, &f->doc, NULL));
	assert_null(ch_said_check(doc));
	compare(doc, doc->statements.v, doc->statements.n, statements, sizeof statements / sizeof *statements);
	compare(doc, doc->attributions.v, doc->attributions.n, attributions, sizeof attributions / sizeof *attributions);
}

/* A person's name and a colon at a paragraph's start are a label; a thing's are none. */
static void label(void **state)
{
	struct fixture *f = *state;
	const char *text = "# text = Toman: we will stay.\n"
			   "1\tToman\tToman\tPROPN\tNNP\t_\t5\tparataxis\t_\tSpaceAfter=No\n"
			   "2\t:\t:\tPUNCT\t:\t_\t1\tpunct\t_\t_\n"
			   "3\twe\twe\tPRON\tPRP\t_\t5\tnsubj\t_\t_\n"
			   "4\twill\twill\tAUX\tMD\t_\t5\taux\t_\t_\n"
			   "5\tstay\tstay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
			   "6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n";
	struct ch_err err = { "" };
	struct want person = { "Karel Toman", ":", "we will stay", false, CH_SPEECH };

	for (int is_person = 0; is_person < 2; is_person++) {
		struct ch_doc doc;

		if (!ch_conllu_read(&doc, &f->arena, ch_str_z(text), &err))
			fail_msg("%s", err.text);
		*CH_PUSH(&f->arena, &doc.actors) = (struct ch_actor){ .kind = is_person ? CH_ACTOR_PERSON : CH_ACTOR_ORG,
			.name = CH_STR("Karel Toman") };
		*CH_PUSH(&f->arena, &doc.mention_actors) = 0;
		*CH_PUSH(&f->arena, &doc.mentions) = (struct ch_mention){ .span = doc.tokens.v[0].span, .past = 1,
			.kind = CH_MENTION_NAME, .actor_n = 1 };
		doc.tokens.v[0].mention = 0;
		assert_true(ch_said(&f->engine, &doc, NULL));
		compare(&doc, doc.statements.v, doc.statements.n, &person, (size_t)is_person);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(told, setup, teardown),
		cmocka_unit_test_setup_teardown(label, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
