/* bench/scale/fill.c -- fill STORE [EVENTS [SEED]]: a store of EVENTS events (1,000,000) out of an invented press archive (world.h).
 *
 * Pages come by their day, from 1990 to 2024, ten events each; every seventh event is one that a page shortly before told of, so that
 * events have several reports. Each page has a sentence for each event, statements, an office or two, and every so often an instrument, a
 * position, a tally, a pledge, a gathering, a relation. They are made as finished documents and put through the store's own
 * verbs: nothing in the file is there that pages would not bring. The same arguments give the same store. */
#include "world.h"
#include "doc/doc.h"
#include "event/context.h"
#include "store/store.h"
#include <stdlib.h>
#include <time.h>

enum { EVENTS_OF_PAGE = 10, RING = 4096, BATCH = 256, TEXT_MAX = 16384 };

/* What an event says, apart from how it is told. */
struct deed {
	uint32_t source, target, matter;
	uint8_t kind;
	enum ch_status status;
	char date[24];
	bool placed;
};

static const struct {
	uint32_t percent;
	enum ch_event_type type;
	const char *mode, *frame, *words;
} kinds[] = {
	{ 24, CH_EV_CONSULT, "visit", "visit.pay", "paid a visit to" }, { 22, CH_EV_CONSULT, "meeting", "meet.with", "held talks with" },
	{ 6, CH_EV_CONSULT, "phone", "call.phone", "telephoned" }, { 5, CH_EV_CONSULT, "letter", "letter.send", "sent a letter to" },
	{ 7, CH_EV_AGREE, NULL, "agree.to", "agreed with" }, { 7, CH_EV_COOPERATE, NULL, "cooperate", "signed a protocol with" },
	{ 6, CH_EV_SUPPORT, NULL, "support", "expressed support for" }, { 4, CH_EV_AID, NULL, "aid.give", "granted aid to" },
	{ 6, CH_EV_REQUEST, NULL, "request", "appealed to" }, { 5, CH_EV_ACCUSE, NULL, "accuse", "accused" },
	{ 4, CH_EV_REJECT, NULL, "reject", "rejected the terms of" }, { 2, CH_EV_THREATEN, NULL, "threaten", "warned" },
	{ 1, CH_EV_PROTEST, NULL, "protest", "protested to" }, { 1, CH_EV_SANCTION, NULL, "sanction", "imposed sanctions on" },
};

struct writer {
	struct world *w;
	struct ch_doc *doc;
	char *text;
	uint32_t n;
	uint32_t actor_of[STATES * (1 + PEOPLE_OF_STATE)];   /* of this page, + 1 */
	uint32_t used[256], n_used;
	struct { struct ch_span span; uint32_t block; } sentences[64];
	uint32_t n_sentences, block;
};

static struct ch_span put(struct writer *x, const char *words)
{
	const size_t n = strlen(words);
	const struct ch_span span = { x->n, x->n + (uint32_t)n };

	if (x->n + n + 1 >= TEXT_MAX)
		abort();
	memcpy(x->text + x->n, words, n);
	x->n += (uint32_t)n;
	return span;
}

static void end_sentence(struct writer *x, uint32_t start)
{
	x->sentences[x->n_sentences].span = (struct ch_span){ start, x->n };
	x->sentences[x->n_sentences++].block = x->block;
}

/* person 0: the state itself. */
static uint32_t actor(struct writer *x, uint32_t state, uint32_t person)
{
	static const char *const offices[] = { "President", "Prime Minister", "Foreign Minister", "Ambassador" };
	const uint32_t slot = state * (1 + PEOPLE_OF_STATE) + person;
	struct ch_arena *a = x->doc->arena;
	const struct ch_str code = ch_str_z(x->w->code[state]);
	struct ch_actor one = { CH_ACTOR_STATE, ch_str_z(x->w->name[state]), code, code, CH_STR(""), CH_STR(""), CH_STR(""), code };
	char name[40];

	if (x->actor_of[slot])
		return x->actor_of[slot] - 1;
	if (person) {
		person_name(x->w, state, person - 1, name);
		one.kind = CH_ACTOR_PERSON;
		one.name = ch_arena_str(a, ch_str_z(name));
		one.sector = CH_STR("GOV");
		one.office = ch_str_z(offices[(person - 1) % 4]);
		one.id = one.name;
	}
	*CH_PUSH(a, &x->doc->actors) = one;
	x->actor_of[slot] = x->doc->actors.n;
	x->used[x->n_used++] = slot;
	return x->doc->actors.n - 1;
}

static struct ch_span name_actor(struct writer *x, uint32_t which)
{
	struct ch_doc *doc = x->doc;
	const struct ch_str name = doc->actors.v[which].name;
	char z[48];
	struct ch_mention m = { .kind = CH_MENTION_NAME, .actor_first = doc->mention_actors.n, .actor_n = 1 };

	snprintf(z, sizeof z, "%.*s", CH_STR_ARG(name));
	m.span = put(x, z);
	*CH_PUSH(doc->arena, &doc->mention_actors) = which;
	*CH_PUSH(doc->arena, &doc->mentions) = m;
	return m.span;
}

static uint32_t party(struct writer *x, uint32_t which)
{
	*CH_PUSH(x->doc->arena, &x->doc->event_actors) = which;
	return x->doc->event_actors.n - 1;
}

static void new_deed(struct world *w, ch_day day, struct deed *d)
{
	uint32_t roll = below(w, 100), kind = 0;
	ch_day on;
	char text[16];

	while (roll >= kinds[kind].percent)
		roll -= kinds[kind++].percent;
	*d = (struct deed){ .source = any_state(w), .matter = below(w, MATTERS), .kind = (uint8_t)kind, .placed = below(w, 100) < 70 };
	d->target = other_state(w, d->source);
	roll = below(w, 100);
	d->status = roll < 82 ? CH_ACTUAL : roll < 92 ? CH_PLANNED : roll < 94 ? CH_DENIED : roll < 96 ? CH_HYPOTHETICAL : CH_HISTORICAL;
	on = d->status == CH_PLANNED ? day + 3 + (ch_day)below(w, 40) : d->status == CH_HISTORICAL ? day - 400 - (ch_day)below(w, 8000) :
	     day - (ch_day)below(w, 3);
	ch_day_print(on, text);
	roll = below(w, 100);
	snprintf(d->date, sizeof d->date, "%.*s", roll < 84 ? 10 : roll < 92 ? 7 : 0, text);
}

static void tell(struct writer *x, const struct deed *d)
{
	struct ch_doc *doc = x->doc;
	struct world *w = x->w;
	const uint32_t start = x->n, person = below(w, 3) ? 1 + below(w, below(w, PEOPLE_OF_STATE) + 1) : 0;
	const uint32_t source = actor(x, d->source, person), target = actor(x, d->target, 0);
	struct ch_event e = { .type = (uint8_t)kinds[d->kind].type, .mode = kinds[d->kind].mode, .cameo = "04",
			      .frame = kinds[d->kind].frame, .path = CH_STR("source: subject; target: object"), .status = d->status,
			      .date_basis = "said", .claimed_by = CH_NONE, .confidence = (float)(0.4 + 0.006 * below(w, 100)),
			      .contexts = 1ull << (d->matter % 8), .context_why = ch_str_z(matters[d->matter]), .sentence = x->n_sentences };

	e.date = ch_arena_str(doc->arena, ch_str_z(d->date));
	if (d->placed) {
		e.place = ch_str_z(w->code[d->target]);
		e.place_basis = "host";
	}
	name_actor(x, source);
	put(x, " ");
	e.trigger = put(x, kinds[d->kind].words);
	put(x, " ");
	name_actor(x, target);
	put(x, " over ");
	put(x, matters[d->matter]);
	if (d->date[0]) {
		put(x, " on ");
		put(x, d->date);
	}
	put(x, below(w, 2) ? ", officials said." : ", according to the ministry.");
	e.source_first = party(x, source);
	e.source_n = 1;
	e.target_first = party(x, target);
	e.target_n = 1;
	*CH_PUSH(doc->arena, &doc->events) = e;
	end_sentence(x, start);
	put(x, " ");
}

static void say(struct writer *x, const struct deed *d)
{
	struct ch_doc *doc = x->doc;
	struct world *w = x->w;
	const uint32_t start = x->n, who = actor(x, d->source, 1 + below(w, 4));
	struct ch_statement s = { .direct = below(w, 2), .speaker = doc->actors.v[who].name, .country = doc->actors.v[who].party, .actor = who };
	char text[160];

	snprintf(text, sizeof text, "the question of %s with %s will be settled in %u rounds after %u years", matters[d->matter],
		 w->name[d->target], 2 + below(w, 90), 2 + below(w, 900));
	s.content = put(x, text);
	put(x, ", ");
	s.source = name_actor(x, who);
	put(x, " ");
	s.cue = put(x, "said");
	put(x, ".");
	*CH_PUSH(doc->arena, &doc->statements) = s;
	end_sentence(x, start);
	put(x, " ");
}

static void registers(struct writer *x, const struct deed *d, ch_day day)
{
	struct ch_doc *doc = x->doc;
	struct world *w = x->w;
	struct ch_arena *a = doc->arena;
	const struct ch_span where = x->sentences[1].span;
	const struct ch_str one = ch_str_z(w->code[d->source]), other = ch_str_z(w->code[d->target]), matter = ch_str_z(matters[d->matter]);
	const uint32_t first = party(x, actor(x, d->source, 0)), roll = below(w, 100), holder = actor(x, d->source, 1 + below(w, 4));
	char due[16];

	party(x, actor(x, d->target, 0));
	ch_day_print(day + 10 + (ch_day)below(w, 300), due);
	*CH_PUSH(a, &doc->roles) = (struct ch_role){ doc->actors.v[holder].name, doc->actors.v[holder].office, one, CH_STR(""), CH_STR(""), where };
	if (roll < 25)
		*CH_PUSH(a, &doc->instruments) = (struct ch_instrument){ ch_arena_printf(a, "Agreement on %.*s of %s and %s", CH_STR_ARG(matter),
			w->name[d->source], w->name[d->target]), CH_STR("agreement"), first, 2, ch_arena_str(a, ch_str_z(d->date)), other, "signed", where,
			CH_STR("") };
	if (roll >= 20 && roll < 40)
		*CH_PUSH(a, &doc->positions) = (struct ch_position){ one, roll % 2 ? CH_STR("supports") : CH_STR("opposes"), matter, CH_STR(""), where };
	if (roll >= 30 && roll < 40)
		*CH_PUSH(a, &doc->tallies) = (struct ch_tally){ one, CH_STR("visits"), 1 + below(w, 60), '=', CH_STR(""), where };
	if (roll >= 40 && roll < 55)
		*CH_PUSH(a, &doc->pledges) = (struct ch_pledge){ one, ch_arena_printf(a, "to settle %.*s", CH_STR_ARG(matter)),
								   roll % 2 ? ch_arena_str(a, ch_str_z(due)) : CH_STR(""), where };
	if (roll >= 55 && roll < 70)
		*CH_PUSH(a, &doc->gatherings) = (struct ch_gathering){ .name = ch_arena_printf(a, "Conference on %.*s", CH_STR_ARG(matter)),
			.kind = CH_STR("conference"), .host = { first + 1, 1 }, .participant = { first, 2 }, .date = ch_arena_str(a, ch_str_z(d->date)),
			.place = other, .status = d->status, .mention = where };
	if (roll >= 70 && roll < 75)
		*CH_PUSH(a, &doc->relations) = (struct ch_relation){ .party = { first, 2 }, .level = CH_STR("diplomatic relations"),
			.change = CH_STR("restored"), .since = ch_arena_str(a, ch_str_z(d->date)), .status = CH_ACTUAL, .mention = where };
	if (roll >= 75 && roll < 80)
		*CH_PUSH(a, &doc->marks) = (struct ch_mark){ .who = CH_STR("The Record"), .mark = CH_STR("so-called"), .about = matter, .party = other,
							     .on = CH_NONE, .mention = where };
}

static void must(bool ok, const struct ch_err *err)
{
	if (ok)
		return;
	fprintf(stderr, "fill: %s\n", err->text);
	exit(1);
}

/* The page's text, then the document whose text it is. */
static void put_page(struct ch_store *store, struct writer *x, struct ch_arena *arena, const struct deed *deeds, uint32_t n, ch_day day, uint32_t number)
{
	static const struct ch_stamp stamp = { "bench", "bench", "bench" };
	struct ch_doc doc, made = { .arena = arena };
	struct ch_err err;
	char title[96];

	x->doc = &made;
	x->n = x->n_sentences = x->block = 0;
	for (uint32_t i = 0; i < x->n_used; i++)
		x->actor_of[x->used[i]] = 0;
	x->n_used = 0;
	snprintf(title, sizeof title, "%s and %s: %s", x->w->name[deeds[0].source], x->w->name[deeds[0].target], matters[deeds[0].matter]);
	put(x, title);
	end_sentence(x, 0);
	for (uint32_t i = 0; i < n; i++) {
		if (i % 4 == 0) {
			put(x, "\n\n");
			x->block++;
		}
		tell(x, &deeds[i]);
		if (i % 5 == 4)
			say(x, &deeds[i]);
	}
	registers(x, &deeds[0], day);
	must(ch_doc_from_text(&doc, arena, ch_str_n(x->text, x->n), false, &err), &err);
	made.path = ch_arena_printf(arena, "scale/%u.txt", number);
	made.raw = doc.raw;
	made.text = doc.text;
	made.article = true;
	made.map.v = doc.map.v, made.map.n = doc.map.n;
	made.blocks.v = doc.blocks.v, made.blocks.n = doc.blocks.n;
	made.blocks.v[0].kind = CH_BLOCK_TITLE;
	made.meta = doc.meta;
	made.meta.title = ch_arena_str(arena, ch_str_z(title));
	made.meta.outlet = ch_arena_printf(arena, "Outlet %u", below(x->w, below(x->w, 60) + 1));
	made.meta.published = below(x->w, 100) < 97 ? day : CH_NO_DAY;
	made.meta.published_basis = "visible";
	made.meta.modified = CH_NO_DAY;
	for (uint32_t i = 0; i < x->n_sentences; i++)
		*CH_PUSH(arena, &made.sentences) = (struct ch_sentence){ .span = x->sentences[i].span, .block = x->sentences[i].block, .root = CH_NONE };
	must(ch_store_put(store, ch_page_record(&made, stamp), &err), &err);
	ch_arena_reset(arena);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	const uint64_t events = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
	const uint64_t fresh_of_page = EVENTS_OF_PAGE - EVENTS_OF_PAGE / 7, pages = events / fresh_of_page + 1;
	const ch_day first = ch_day_of(WORLD_FROM, 1, 1), last = ch_day_of(WORLD_TO, 12, 31);
	static struct world world;
	static struct writer x;
	static struct deed ring[RING];
	struct ch_arena arena = { 0 };
	struct ch_store *store = NULL;
	struct ch_err err;
	uint64_t told = 0;
	const double begun = seconds();

	if (argc < 2 || !events) {
		fprintf(stderr, "fill STORE [EVENTS [SEED]]\n");
		return 2;
	}
	world_make(&world, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	x.w = &world;
	x.text = malloc(TEXT_MAX);
	must(x.text && ch_store_open(argv[1], true, &store, &err), &err);
	must(ch_store_begin(store, &err), &err);
	for (uint64_t page = 0; page < pages; page++) {
		const ch_day day = first + (ch_day)((uint64_t)(last - first) * page / pages);
		struct deed deeds[EVENTS_OF_PAGE];

		for (uint32_t i = 0; i < EVENTS_OF_PAGE; i++) {
			if (i % 7 == 6 && told) {
				deeds[i] = ring[(told - 1 - below(&world, (uint32_t)(told < 300 ? told : 300))) % RING];
			} else {
				new_deed(&world, day, &deeds[i]);
				ring[told++ % RING] = deeds[i];
			}
		}
		put_page(store, &x, &arena, deeds, EVENTS_OF_PAGE, day, (uint32_t)page);
		if (page % BATCH == BATCH - 1) {
			must(ch_store_commit(store, &err), &err);
			must(ch_store_begin(store, &err), &err);
		}
		if (page % 8192 == 8191) {
			printf("%llu pages, %llu events told, %.0f s\n", (unsigned long long)page + 1, (unsigned long long)told, seconds() - begun);
			fflush(stdout);
		}
	}
	must(ch_store_commit(store, &err), &err);
	ch_store_close(store);
	printf("%llu pages, %llu events told, %.0f s\n", (unsigned long long)pages, (unsigned long long)told, seconds() - begun);
	ch_arena_free(&arena);
	free(x.text);
	return 0;
}
