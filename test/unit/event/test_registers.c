/* The registers over stored trees (registers.conllu: our own sentences as the model parsed them), with the parties planted by name: what is entered and, as much,
 * what is not: durations, sums, known pairs, treaties never signed, conditions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "doc/conllu.h"
#include "event/registers.h"

struct fixture {
	struct ch_arena arena;
	struct ch_doc doc;
	char *file;
};

static const struct ch_actor actors[] = {
	{ .kind = CH_ACTOR_STATE, .name = { "Ruritania", 9 }, .party = { "RUR", 3 }, .code = { "RUR", 3 } },
	{ .kind = CH_ACTOR_STATE, .name = { "Syldavia", 8 }, .party = { "SYL", 3 }, .code = { "SYL", 3 } },
	{ .kind = CH_ACTOR_STATE, .name = { "Borduria", 8 }, .party = { "BOR", 3 }, .code = { "BOR", 3 } },
	{ .kind = CH_ACTOR_ORG, .name = { "Movement", 8 }, .party = { "MOV", 3 }, .code = { "IGO", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Thomas Whitmore", 15 }, .party = { "RUR", 3 }, .code = { "RUR", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Anna Larsen", 11 }, .party = { "SYL", 3 }, .code = { "SYL", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Jan Novak", 9 }, .party = { "BOR", 3 }, .code = { "BOR", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Ivan Dorn", 9 }, .party = { "SYL", 3 }, .code = { "SYL", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Eva Stahl", 9 }, .party = { "RUR", 3 }, .code = { "RUR", 3 } },
	{ .kind = CH_ACTOR_PERSON, .name = { "Peter Wolf", 10 }, .party = { "BOR", 3 }, .code = { "BOR", 3 } },
};

/* A mention wherever an actor's name stands; a person's is headed by its first word. */
static void plant(struct ch_doc *doc)
{
	for (uint32_t a = 0; a < sizeof actors / sizeof *actors; a++)
		*CH_PUSH(doc->arena, &doc->actors) = actors[a];
	for (uint32_t i = 0; i < doc->tokens.n; i++)
		for (uint32_t a = 0; a < sizeof actors / sizeof *actors; a++) {
			size_t blank = ch_str_find_byte(actors[a].name, ' ', 0);

			if (!ch_str_eq(ch_token_str(doc, i), ch_str_sub(actors[a].name, 0, blank)))
				continue;
			*CH_PUSH(doc->arena, &doc->mention_actors) = a;
			*CH_PUSH(doc->arena, &doc->mentions) = (struct ch_mention){
				.span = doc->tokens.v[i].span, .first = i, .past = i + 1 + (blank != CH_STR_NONE), .head = i,
				.kind = CH_MENTION_NAME, .actor_first = doc->mention_actors.n - 1, .actor_n = 1 };
			doc->tokens.v[i].mention = doc->mentions.n - 1;
		}
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	FILE *in = fopen(CH_SOURCE_DIR "/test/unit/event/registers.conllu", "rb");
	struct ch_err err = { "" };
	size_t n;

	assert_non_null(in);
	f->file = malloc(1 << 20);
	n = fread(f->file, 1, 1 << 20, in);
	fclose(in);
	if (!ch_conllu_read(&f->doc, &f->arena, ch_str_n(f->file, n), &err))
		fail_msg("%s", err.text);
	plant(&f->doc);
	assert_true(ch_registers(NULL, &f->doc, &err));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	ch_arena_free(&f->arena);
	free(f->file);
	free(f);
	return 0;
}

static void promises_hold(void **state)
{
	struct fixture *f = *state;
	const char *broken = ch_registers_check(&f->doc);

	if (broken)
		fail_msg("%s", broken);
}

static void same(struct ch_str got, const char *want)
{
	if (!ch_str_eqz(got, want))
		fail_msg("got '%.*s', want '%s'", CH_STR_ARG(got), want);
}

static void roles(void **state)
{
	static const struct {
		const char *who, *role, *body;
	} want[] = {
		{ "Thomas Whitmore", "President", "RUR" },
		{ "Anna Larsen", "Foreign Minister", "SYL" },
		{ "RUR", "chair", "MOV" },
		{ "RUR", "member", "MOV" },
		{ "Jan Novak", "prime minister", "BOR" },
		{ "Anna Larsen", "finance minister", "RUR" }, /* in apposition, before the name */
		{ "Jan Novak", "Information Minister", "BOR" },
		{ "Anna Larsen", "defence minister", "SYL" }, /* in a list: the name's behind it */
		{ "SYL", "chair", "MOV" },
		{ "RUR", "leader", "MOV" },
		{ "Ivan Dorn", "President", "SYL" },  /* one office of two: "Presidents A and B" */
		{ "Eva Stahl", "President", "RUR" },
		{ "SYL", "member", "MOV" },           /* joined it */
		{ "BOR", "member", "MOV" },           /* left it */
		{ "Peter Wolf", "foreign minister", "BOR" }, /* a general's rank is no office beside it */
	};
	struct fixture *f = *state;

	assert_int_equal(f->doc.roles.n, sizeof want / sizeof *want);
	for (uint32_t i = 0; i < f->doc.roles.n; i++) {
		const struct ch_role *r = &f->doc.roles.v[i];

		same(r->who, want[i].who);
		same(r->role, want[i].role);
		same(r->body, want[i].body);
	}
}

static void tallies(void **state)
{
	static const struct {
		const char *what;
		double count;
		char comparison;
		const char *mention;
	} want[] = {
		{ "countries", 40, '>', "More than 40 countries" },
		{ "agreements", 16, '=', "16 agreements" },
		{ "dollars", 3000000, '=', "3 million dollars" },   /* sums in full */
		{ "dollars in aid", 5000000, '=', "5 million dollars in aid" },
		{ "dollars", 1100000000, '=', "1.1 billion dollars" },
		{ "diplomats", 13, '=', "13 diplomats" },
		{ "expelled", 5, '=', "5" },                        /* the number alone; not "turned 80" */
		{ "soldiers", 80, '>', "Between 80 and 90 soldiers" },
		{ "met", 500, '=', "500" },                         /* a crowd of 500 */
		{ "agreements", 22, '=', "Twenty-two agreements" },
	};
	struct fixture *f = *state;

	assert_int_equal(f->doc.tallies.n, sizeof want / sizeof *want);
	for (uint32_t i = 0; i < f->doc.tallies.n; i++) {
		const struct ch_tally *t = &f->doc.tallies.v[i];

		same(t->what, want[i].what);
		assert_true(t->count == want[i].count);
		assert_int_equal(t->comparison, want[i].comparison);
		same(ch_doc_str(&f->doc, t->mention), want[i].mention);
	}
}

static void instruments(void **state)
{
	static const struct {
		const char *title, *kind, *status;
		uint32_t parties;
		const char *provides;
	} want[] = {
		{ "Strelsau Declaration", "declaration", "signed", 2, "" },
		{ "Treaty on river traffic between Syldavia and Borduria", "treaty", "in force", 2, "river traffic between Syldavia and Borduria" },
		{ "Protocol between Ruritania and Borduria", "protocol", "planned", 2, "" },
		{ "Peace treaty", "treaty", "planned", 2, "" }, /* between those who are bound to it */
		{ "Strelsau Charter", "charter", "adopted", 1, "commits Ruritania to free trade" },
		{ "Strelsau Pact", "pact", "terminated", 0, "" },          /* it expired */
		{ "Agreement on fishing with Syldavia", "agreement", "suspended", 2, "fishing with Syldavia" },
		{ "Klow Final Minutes", "document", "signed", 2, "" },     /* named by its marks alone */
		{ "1924 River Agreement", "agreement", "signed", 0, "" },
		{ "1931 Protocol", "protocol", "signed", 0, "" },          /* "and its 1931 Protocol" is one of its own */
		{ "Zenda Accord", "accord", "signed", 0, "Syldavia will return the crown" }, /* no declaration of war */
	};
	struct fixture *f = *state;

	assert_int_equal(f->doc.instruments.n, sizeof want / sizeof *want);
	for (uint32_t i = 0; i < f->doc.instruments.n; i++) {
		same(f->doc.instruments.v[i].title, want[i].title);
		same(f->doc.instruments.v[i].kind, want[i].kind);
		assert_string_equal(f->doc.instruments.v[i].status, want[i].status);
		assert_int_equal(f->doc.instruments.v[i].party_n, want[i].parties);
		same(f->doc.instruments.v[i].provides, want[i].provides);
	}
}

static void pledges(void **state)
{
	static const struct {
		const char *who, *what;
	} want[] = {
		{ "RUR", "chair the Movement next year" },
		{ "RUR", "determined to expand trade with Syldavia" },
		{ "SYL", "agreed to open the border" },
		{ "BOR, RUR", "expected in June" },
		{ "SYL", "open the harbour" },                 /* "would", as reported; not what is denied */
		{ "RUR", "disarm within two years" },          /* laid on the object */
		{ "BOR", "leave the Movement in June" },       /* is to */
		{ "SYL", "promised 5 million dollars in aid" },
		{ "RUR, SYL", "conclude a peace treaty within three months" },
		{ "SYL", "return the crown" },
		{ "BOR, SYL", "agreed to open the bridge" },   /* each infinitive */
		{ "BOR, SYL", "halt the tests" },
		{ "BOR, SYL", "meet again" },
		{ "RUR", "mended within two months" },         /* the promiser's, whatever is mended */
		{ "SYL", "rebuild the bridge" },               /* a commitment; not "will not", nor on a condition */
		{ "SYL", "visit Borduria" },                   /* who is to */
	};
	struct fixture *f = *state;

	assert_int_equal(f->doc.pledges.n, sizeof want / sizeof *want);
	for (uint32_t i = 0; i < f->doc.pledges.n; i++) {
		same(f->doc.pledges.v[i].who, want[i].who);
		same(f->doc.pledges.v[i].what, want[i].what);
	}
}

static void positions(void **state)
{
	static const struct {
		const char *who, *stance, *about;
	} want[] = {
		{ "SYL", "supports", "the proposal of Ruritania" },
		{ "BOR", "opposes", "the new border" },
		{ "RUR", "does not recognise", "Borduria" },
		{ "SYL", "condemns", "the attack" },
		{ "BOR", "neutral", "the dispute" },
		{ "SYL", "recognises", "Ruritania" },
	};
	struct fixture *f = *state;

	assert_int_equal(f->doc.positions.n, sizeof want / sizeof *want);
	for (uint32_t i = 0; i < f->doc.positions.n; i++) {
		same(f->doc.positions.v[i].who, want[i].who);
		same(f->doc.positions.v[i].stance, want[i].stance);
		same(f->doc.positions.v[i].about, want[i].about);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promises_hold), cmocka_unit_test(roles), cmocka_unit_test(tallies),
		cmocka_unit_test(instruments), cmocka_unit_test(pledges), cmocka_unit_test(positions),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
