/* A finished document made by hand: two states, a visit, a letter, a quotation, a role, an instrument, a tally, a pledge. */
#ifndef CH_TEST_STORE_SAMPLE_H
#define CH_TEST_STORE_SAMPLE_H
#include "doc/doc.h"
#include "event/context.h"
#include <stdlib.h>

/* Takes steps out of a store, as if an older program had made it: hits, the last; the order (the step behind sayings) and what came after. */
#define SAMPLE_NO_HITS \
	"DROP INDEX roles_body_day; DROP INDEX roles_who_day; CREATE INDEX roles_body ON roles(body); CREATE INDEX roles_who ON roles(who);" \
	"DROP INDEX reports_unsure;" \
	"DROP INDEX statements_day; DROP INDEX pledges_due; DROP INDEX events_plans_undated; DROP INDEX events_requests_undated; DROP INDEX stories_first;" \
	"DROP INDEX instruments_day; ALTER TABLE instruments DROP COLUMN day;" \
	"DROP INDEX roles_day; ALTER TABLE roles DROP COLUMN day;" \
	"DROP INDEX positions_day; ALTER TABLE positions DROP COLUMN day;" \
	"DROP INDEX tallies_day; ALTER TABLE tallies DROP COLUMN day;" \
	"DROP INDEX pledges_day; ALTER TABLE pledges DROP COLUMN day;" \
	"DROP INDEX gatherings_day; ALTER TABLE gatherings DROP COLUMN day;" \
	"DROP INDEX initiatives_day; ALTER TABLE initiatives DROP COLUMN day;" \
	"DROP INDEX relations_day; ALTER TABLE relations DROP COLUMN day;" \
	"DROP INDEX marks_day; ALTER TABLE marks DROP COLUMN day;" \
	"DROP TABLE event_sums; DROP TABLE tie_sums; DROP INDEX pages_outlet; DROP INDEX statements_rejected; DROP INDEX instruments_rejected;" \
	"DROP INDEX roles_rejected; DROP INDEX positions_rejected; DROP INDEX tallies_rejected; DROP INDEX pledges_rejected;" \
	"DROP INDEX gatherings_rejected; DROP INDEX initiatives_rejected; DROP INDEX relations_rejected; DROP INDEX marks_rejected;" \
	"DROP TABLE watchlists; DROP TABLE revision;" \
	"DROP INDEX reports_said; DROP INDEX statements_said; DROP INDEX statements_speaker_day; DROP INDEX statements_country_day;" \
	"DROP INDEX statements_saying_page; DELETE FROM event_pairs WHERE b = '*'; CREATE INDEX statements_speaker ON statements(speaker);" \
	"CREATE INDEX statements_country ON statements(country); CREATE INDEX statements_saying ON statements(saying);" \
	"ALTER TABLE reports DROP COLUMN sentence_n; ALTER TABLE reports DROP COLUMN day; ALTER TABLE reports DROP COLUMN head;" \
	"ALTER TABLE statements DROP COLUMN sentence_n; ALTER TABLE statements DROP COLUMN day;"
#define SAMPLE_NO_ORDER SAMPLE_NO_HITS \
	"DROP INDEX events_day; DROP INDEX events_type_day; DROP INDEX events_place_day; DROP INDEX event_parties_day; DROP INDEX reports_told;" \
	"ALTER TABLE events DROP COLUMN first; ALTER TABLE events DROP COLUMN last; ALTER TABLE events DROP COLUMN head;" \
	"ALTER TABLE events DROP COLUMN day; ALTER TABLE events DROP COLUMN class; ALTER TABLE event_parties DROP COLUMN class;" \
	"ALTER TABLE event_parties DROP COLUMN day; ALTER TABLE event_parties DROP COLUMN head;" \
	"CREATE INDEX events_lo ON events(lo); CREATE INDEX reports_page ON reports(page); CREATE INDEX statements_page ON statements(page);" \
	"DROP INDEX pages_published; DROP INDEX actors_name; DROP INDEX statements_speaker; DROP INDEX statements_country; DROP INDEX statements_told;" \
	"DROP INDEX statement_notes_name; DROP INDEX gatherings_body; DROP INDEX initiatives_name; DROP INDEX relations_level; DROP INDEX roles_who;" \
	"DROP INDEX roles_body; DROP INDEX positions_who; DROP INDEX tallies_who; DROP INDEX pledges_who; DROP INDEX marks_who; DROP INDEX marks_party;" \
	"DROP INDEX instrument_parties_party;"

static const char sample_text[] =
	"Sadat in Jerusalem\n\n"
	"The president of Egypt visited Jerusalem on 19 November 1977. He wrote to the prime minister before.\n\n"
	"\"No more war,\" Anwar Sadat said. Both signed the Camp David Accords.";

static inline struct ch_span sample_span(const struct ch_doc *doc, const char *words)
{
	size_t at = ch_str_find(doc->text, ch_str_z(words), 0);

	return (struct ch_span){ (uint32_t)at, (uint32_t)(at + strlen(words)) };
}

static inline void sample_sentence(struct ch_doc *doc, const char *words, uint32_t block)
{
	uint32_t n = doc->tokens.n;

	/* One token, which is the whole sentence: nothing here looks at words. */
	*CH_PUSH(doc->arena, &doc->tokens) = (struct ch_token){ .span = sample_span(doc, words), .sentence = doc->sentences.n,
								.head = CH_NONE, .first_child = CH_NONE, .next_sibling = CH_NONE,
								.mention = CH_NONE };
	*CH_PUSH(doc->arena, &doc->sentences) = (struct ch_sentence){ sample_span(doc, words), n, n + 1, block, n };
}

static inline uint32_t sample_event(struct ch_doc *doc, unsigned type, const char *mode, const char *date, uint32_t source,
				    uint32_t target, const char *trigger)
{
	struct ch_event e = { .type = (uint8_t)type, .mode = mode, .date = ch_str_z(date), .place = CH_STR("ISR"),
			      .trigger = sample_span(doc, trigger), .frame = "consult.visit", .path = CH_STR("subj obj"),
			      .claimed_by = CH_NONE, .confidence = 0.75f, .cameo = "042" };

	e.source_first = doc->event_actors.n;
	e.source_n = 1;
	*CH_PUSH(doc->arena, &doc->event_actors) = source;
	e.target_first = doc->event_actors.n;
	e.target_n = 1;
	*CH_PUSH(doc->arena, &doc->event_actors) = target;
	e.sentence = ch_doc_sentence_at(doc, e.trigger.start);
	if (strcmp(mode, "visit") == 0) {
		e.contexts = 1ull << CH_CONTEXT_DIPLOMATIC | 1ull << CH_CONTEXT_TRAFFICKING;   /* the last of them too */
		e.context_why = CH_STR("diplomatic: visit; trafficking: none");
		e.rank = CH_STR("state");
		e.delegation = CH_STR("led by Anwar Sadat");
		e.invited_by = CH_STR("Menachem Begin");
	}
	*CH_PUSH(doc->arena, &doc->events) = e;
	return doc->events.n - 1;
}

/* tail makes the bytes, and so the page, another one; date is the visit's. */
static inline void sample_doc(struct ch_doc *doc, struct ch_arena *arena, const char *tail, const char *date)
{
	struct ch_str raw = ch_arena_printf(arena, "%s%s", sample_text, tail);
	struct ch_err err;

	if (!ch_doc_from_text(doc, arena, raw, false, &err))
		abort();
	doc->path = ch_arena_printf(arena, "page%s.txt", tail);
	doc->blocks.v[0].kind = CH_BLOCK_TITLE;
	doc->meta.title = CH_STR("Sadat in Jerusalem");
	doc->meta.title_raw = (struct ch_raw_span){ 0, 18 };
	doc->meta.outlet = CH_STR("The Record");
	doc->meta.published = ch_day_of(1977, 11, 20);
	doc->meta.published_basis = "visible";
	sample_sentence(doc, "Sadat in Jerusalem", 0);
	sample_sentence(doc, "The president of Egypt visited Jerusalem on 19 November 1977.", 1);
	sample_sentence(doc, "He wrote to the prime minister before.", 1);
	sample_sentence(doc, "\"No more war,\" Anwar Sadat said.", 2);
	sample_sentence(doc, "Both signed the Camp David Accords.", 2);
	*CH_PUSH(arena, &doc->actors) = (struct ch_actor){ CH_ACTOR_PERSON, CH_STR("Anwar Sadat"), CH_STR("EGY"), CH_STR("EGY"),
		CH_STR(""), CH_STR("GOV"), CH_STR("President"), CH_STR("anwar-sadat") };
	*CH_PUSH(arena, &doc->actors) = (struct ch_actor){ CH_ACTOR_STATE, CH_STR("Israel"), CH_STR("ISR"), CH_STR("ISR"), CH_STR(""),
		CH_STR(""), CH_STR(""), CH_STR("ISR") };
	*CH_PUSH(arena, &doc->actors) = (struct ch_actor){ CH_ACTOR_ORG, CH_STR("Non-Aligned Movement"), CH_STR("NAM"), CH_STR("IGO"),
		CH_STR("NAM"), CH_STR(""), CH_STR(""), CH_STR("NAM") };
	sample_event(doc, CH_EV_CONSULT, "visit", date, 0, 1, "visited");
	sample_event(doc, CH_EV_CONSULT, "letter", "", 0, 1, "wrote");
	*CH_PUSH(arena, &doc->statements) = (struct ch_statement){ sample_span(doc, "No more war,"), sample_span(doc, "said"),
		sample_span(doc, "Anwar Sadat"), CH_STR("Anwar Sadat"), CH_STR("EGY"), 0, true };
	*CH_PUSH(arena, &doc->roles) = (struct ch_role){ CH_STR("Anwar Sadat"), CH_STR("President"), CH_STR("EGY"), CH_STR(""),
		CH_STR(""), sample_span(doc, "president of Egypt") };
	*CH_PUSH(arena, &doc->instruments) = (struct ch_instrument){ CH_STR("Camp David Accords"), CH_STR("accords"), 0, 2, CH_STR("1978"),
		CH_STR("USA"), "signed", sample_span(doc, "Camp David Accords") };
	*CH_PUSH(arena, &doc->tallies) = (struct ch_tally){ CH_STR("EGY"), CH_STR("wars"), 4, '=', CH_STR("1948/1973"),
		sample_span(doc, "war") };
	*CH_PUSH(arena, &doc->pledges) = (struct ch_pledge){ CH_STR("EGY, ISR"), CH_STR("no more war"), CH_STR(""),
		sample_span(doc, "No more war") };
	*CH_PUSH(arena, &doc->positions) = (struct ch_position){ CH_STR("EGY"), CH_STR("opposes"), CH_STR("war"), CH_STR(""),
		sample_span(doc, "No more war") };
	*CH_PUSH(arena, &doc->gatherings) = (struct ch_gathering){ .name = CH_STR("fifth summit"), .kind = CH_STR("summit"),
		.body = CH_STR("NAM"), .ordinal = 5, .host = { 1, 1 }, .participant = { 0, 2 }, .date = CH_STR("1976-08"),
		.place = CH_STR("LKA"), .status = CH_PLANNED, .mention = sample_span(doc, "Both") };
	*CH_PUSH(arena, &doc->initiatives) = (struct ch_initiative){ .name = CH_STR("Non-Aligned Movement"), .kind = CH_STR("movement"),
		.founder = { 0, 1 }, .founded = CH_STR("1961"), .anniversary = 16, .status = CH_ACTUAL, .mention = sample_span(doc, "Both") };
	*CH_PUSH(arena, &doc->relations) = (struct ch_relation){ .party = { 0, 2 }, .level = CH_STR("diplomatic relations"),
		.change = CH_STR("established"), .since = CH_STR("1980"), .status = CH_PLANNED, .mention = sample_span(doc, "Both") };
	*CH_PUSH(arena, &doc->marks) = (struct ch_mark){ .who = CH_STR("The Record"), .mark = CH_STR("so-called"),
		.about = CH_STR("Accords"), .on = CH_NONE, .mention = sample_span(doc, "Camp David Accords") };
	*CH_PUSH(arena, &doc->rejected) = (struct ch_rejected){ { 18, 20 }, CH_STR("Home"), "navigation" };
}
#endif
