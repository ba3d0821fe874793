/* Of whom statements speak, and how: views.conllu has our own sentences about three invented states; a king of the first speaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "doc/conllu.h"
#include "event/context.h"
#include "event/view.h"
#include "said/cues.h"
#include "said/said.h"

enum { KING, RURITANIA, SYLDAVIA, BORDURIA };

static const struct {
	const char *form;
	uint32_t actor;
} names[] = { { "king", KING }, { "Ruritania", RURITANIA }, { "Syldavia", SYLDAVIA }, { "Borduria", BORDURIA }, { "Bordurian", BORDURIA } };

/* A statement a line: party, stance and words of each view. */
static const char *const wanted[] = {
	"SYL opposes (condemn, aggression)",
	"SYL opposes (violated)",
	"BOR supports (friend)",
	"BOR opposes (not support)",
	"SYL opposes (reckless)",
	"BOR supports (excellent)",
	/* What is said of the sanctions is not said of whom they hit. */
	"BOR neutral ()",
	/* Another's feelings are not the speaker's. */
	"SYL neutral () BOR neutral ()",
	"BOR neutral () SYL neutral ()",
	"BOR supports (welcomed)",
	"BOR neutral ()",
	"BOR neutral ()",
	"BOR supports (Brotherly, helped) SYL opposes (not reliable, not partner)",
};

struct fixture {
	struct ch_arena arena;
	struct ch_doc doc;
	struct ch_cues *cues;
	struct ch_contexts *contexts;
	struct ch_engine engine;
	char *file;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	FILE *in = fopen(CH_SOURCE_DIR "/test/unit/event/views.conllu", "rb");
	struct ch_err err = { "" };
	size_t n;

	assert_non_null(in);
	f->file = malloc(1 << 16);
	n = fread(f->file, 1, 1 << 16, in);
	fclose(in);
	if (!ch_cues_open(&f->cues, &err) || !ch_contexts_open(&f->contexts, &err) ||
	    !ch_conllu_read(&f->doc, &f->arena, ch_str_n(f->file, n), &err))
		fail_msg("%s", err.text);
	f->engine.cues = f->cues;
	f->engine.contexts = f->contexts;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	ch_cues_close(f->cues);
	ch_contexts_close(f->contexts);
	ch_arena_free(&f->arena);
	free(f->file);
	free(f);
	return 0;
}

static void name_all(struct fixture *f)
{
	static const char *const states[][2] = { { "Rudolf V", "RUR" }, { "Ruritania", "RUR" }, { "Syldavia", "SYL" }, { "Borduria", "BOR" } };
	struct ch_doc *doc = &f->doc;

	for (uint32_t i = 0; i < 4; i++) {
		*CH_PUSH(&f->arena, &doc->actors) = (struct ch_actor){ .kind = i ? CH_ACTOR_STATE : CH_ACTOR_PERSON, .name = ch_str_z(states[i][0]),
			.party = ch_str_z(states[i][1]), .code = ch_str_z(states[i][1]) };
		*CH_PUSH(&f->arena, &doc->mention_actors) = i;
	}
	for (uint32_t t = 0; t < doc->tokens.n; t++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			if (!ch_str_eqz(ch_token_str(doc, t), names[i].form))
				continue;
			doc->tokens.v[t].mention = doc->mentions.n;
			*CH_PUSH(&f->arena, &doc->mentions) = (struct ch_mention){ .span = doc->tokens.v[t].span, .first = t, .past = t + 1,
				.head = t, .kind = CH_MENTION_NAME, .actor_first = names[i].actor, .actor_n = 1 };
		}
}

static void stances(void **state)
{
	struct fixture *f = *state;
	struct ch_doc *doc = &f->doc;
	uint32_t n = sizeof wanted / sizeof *wanted;

	name_all(f);
	assert_true(ch_said(&f->engine, doc, NULL));
	assert_true(ch_topics(&f->engine, doc, NULL));
	assert_null(ch_doc_check(doc));
	assert_int_equal(doc->statements.n, n);
	assert_int_equal(doc->topics.n, n);
	for (uint32_t i = 0; i < n; i++) {
		struct ch_str got = { 0 };

		for (uint32_t k = 0; k < doc->topics.v[i].view_n; k++) {
			const struct ch_view *v = &doc->views.v[doc->topics.v[i].view_first + k];

			got = ch_arena_printf(&f->arena, "%.*s%s%.*s %s (%.*s)", CH_STR_ARG(got), got.len ? " " : "", CH_STR_ARG(v->party),
					      ch_stance_name(v->stance), CH_STR_ARG(v->words));
		}
		if (!ch_str_eqz(got, wanted[i]))
			fail_msg("%u: \"%.*s\": got %.*s, not %s", i, CH_STR_ARG(ch_doc_str(doc, doc->statements.v[i].content)), CH_STR_ARG(got), wanted[i]);
	}
	/* Tariffs and exports are the economy's; what the others speak of is nothing's. */
	assert_true(doc->topics.v[10].contexts >> CH_CONTEXT_ECONOMIC & 1);
	assert_false(doc->topics.v[2].contexts >> CH_CONTEXT_ECONOMIC & 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(stances, setup, teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
