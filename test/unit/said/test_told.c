/* What is told of statements, over stored trees (told.conllu: our own sentences as the model parsed them, each its own paragraph). Actors are
 * left out but for one, so names read as the page has them. */
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
#include "store/record.h"

static const struct {
	const char *content, *addressee, *occasion, *basis, *outlet, *insertions, *said, *refers;   /* content: how it begins */
} wanted[] = {
	{ "the war", "", "a rally in Verona", "said", "", "", "the war was over", "" },
	{ "The bridge", "reporters", "a news conference", "said", "", "", "The bridge is safe,", "" },
	{ "taxes", "", "an interview with the Strelsau Gazette", "said", "Strelsau Gazette", "", "taxes would fall", "" },
	/* Whose army it is nobody knows; the editor's words are none of the envoy's. */
	{ "Our army", "senators", "a letter to the senators", "said", "", "(the royal army – ed.)", "Our army is small. I shall not ask for more.",
	  "I=envoy/speaker" },
	{ "We [", "", "the congress", "said", "", "[Ruritanians]", "We want peace.", "" },
	/* The sentence before told of the occasion, but not whom "the king" is: nothing is carried. */
	{ "Let us", "", "", "", "", "", "Let us be patient,", "" },
	{ "the talks", "", "", "", "Twitter", "", "the talks had failed", "" },
	{ "His (", "crowd", "", "", "", "(Rudolf's)", "His plan is dead,", "" },
	{ "the treaty", "", "a speech before the trial", "said", "", "", "the treaty was void", "" },
	{ "It is a", "students", "", "", "", "(laughter)", "It is a line on paper.", "" },
	/* A first person in the page's own words is not the speaker's. */
	{ "our time", "", "", "", "", "", "our time would come", "" },
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
	FILE *in = fopen(CH_SOURCE_DIR "/test/unit/said/told.conllu", "rb");
	struct ch_err err = { "" };
	size_t n;

	assert_non_null(in);
	f->file = malloc(1 << 16);
	n = fread(f->file, 1, 1 << 16, in);
	fclose(in);
	if (!ch_cues_open(&f->cues, &err) || !ch_conllu_read(&f->doc, &f->arena, ch_str_n(f->file, n), &err))
		fail_msg("%s", err.text);
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

static void expect(uint32_t i, const char *what, struct ch_str got, const char *want)
{
	if (!ch_str_eqz(got, want))
		fail_msg("%u, \"%s…\": %s is '%.*s', not '%s'", i, wanted[i].content, what, CH_STR_ARG(got), want);
}

static void settings(void **state)
{
	struct fixture *f = *state;
	struct ch_doc *doc = &f->doc;
	uint32_t n = sizeof wanted / sizeof *wanted;

	assert_true(ch_said(&f->engine, doc, NULL));
	assert_null(ch_doc_check(doc));
	assert_int_equal(doc->statements.n, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_statement *s = &doc->statements.v[i];
		struct ch_str insertions = { 0 }, refers = { 0 };

		for (uint32_t k = 0; k < s->insertion_n; k++)
			insertions = ch_arena_printf(&f->arena, "%.*s%.*s", CH_STR_ARG(insertions),
						     CH_STR_ARG(ch_doc_str(doc, doc->insertions.v[s->insertion_first + k])));
		for (uint32_t k = 0; k < s->refer_n; k++) {
			const struct ch_refer *r = &doc->refers.v[s->refer_first + k];

			refers = ch_arena_printf(&f->arena, "%.*s%.*s=%.*s/%s", CH_STR_ARG(refers), CH_STR_ARG(ch_doc_str(doc, r->span)),
						 CH_STR_ARG(r->name), r->basis);
		}
		assert_true(ch_str_starts(ch_doc_str(doc, s->content), ch_str_z(wanted[i].content)));
		expect(i, "addressee", s->addressee, wanted[i].addressee);
		expect(i, "occasion", s->occasion, wanted[i].occasion);
		expect(i, "its basis", ch_str_z(s->occasion_basis), wanted[i].basis);
		expect(i, "outlet", s->outlet, wanted[i].outlet);
		expect(i, "insertions", insertions, wanted[i].insertions);
		expect(i, "what was said", ch_said_words(doc, s), wanted[i].said);
		expect(i, "first persons", refers, wanted[i].refers);
	}
}

static uint32_t token_of(const struct ch_doc *doc, uint32_t sentence, const char *form)
{
	for (uint32_t i = doc->sentences.v[sentence].first; i < doc->sentences.v[sentence].past; i++)
		if (ch_str_eqz(ch_token_str(doc, i), form))
			return i;
	return CH_NONE;
}

/* A king whom the page knows: his address is the occasion of what he says next, and "us" is his kingdom. */
static void known_speaker(void **state)
{
	struct fixture *f = *state;
	struct ch_doc *doc = &f->doc;
	const struct ch_statement *s;

	*CH_PUSH(&f->arena, &doc->actors) = (struct ch_actor){ .kind = CH_ACTOR_PERSON, .name = CH_STR("Rudolf V"), .party = CH_STR("RUR"),
		.code = CH_STR("RUR"), .sector = CH_STR("GOV") };
	*CH_PUSH(&f->arena, &doc->actors) = (struct ch_actor){ .kind = CH_ACTOR_STATE, .name = CH_STR("Ruritania"), .party = CH_STR("RUR"),
		.code = CH_STR("RUR") };
	*CH_PUSH(&f->arena, &doc->mention_actors) = 0;
	for (uint32_t k = 0; k < doc->sentences.n; k++) {
		uint32_t king = token_of(doc, k, "king");

		if (king == CH_NONE)
			continue;
		*CH_PUSH(&f->arena, &doc->mentions) = (struct ch_mention){ .span = doc->tokens.v[king].span, .first = king, .past = king + 1,
			.head = king, .kind = CH_MENTION_NAME, .actor_n = 1 };
		doc->tokens.v[king].mention = doc->mentions.n - 1;
	}
	assert_true(doc->mentions.n >= 2);
	assert_true(ch_said(&f->engine, doc, NULL));
	s = &doc->statements.v[5];
	assert_int_equal(s->actor, 0);
	assert_int_equal(s->refer_n, 1);
	assert_int_equal(doc->refers.v[s->refer_first].actor, 1);
	assert_true(ch_str_eqz(doc->refers.v[s->refer_first].party, "RUR"));
	assert_string_equal(doc->refers.v[s->refer_first].basis, "speaker's side");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(settings, setup, teardown),
		cmocka_unit_test_setup_teardown(known_speaker, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
