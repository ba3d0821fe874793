/* doc/check.c -- the promises of doc.h, one by one; stages assert them, tests and fuzzers call them. */
#include "doc/doc.h"
#include "base/utf8.h"

static bool on_code_point(struct ch_str text, uint32_t at)
{
	return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static bool good_span(const struct ch_doc *doc, struct ch_span s)
{
	return s.start <= s.end && s.end <= doc->text.len && on_code_point(doc->text, s.start) &&
	       on_code_point(doc->text, s.end);
}

static const char *check_blocks(const struct ch_doc *doc)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < doc->blocks.n; i++) {
		const struct ch_block *b = &doc->blocks.v[i];

		if (!good_span(doc, b->span) || b->span.start < at)
			return "blocks stand in order, on code points";
		if (b->kind == CH_BLOCK_TITLE && i)
			return "only the first block is a title";
		at = b->span.end;
	}
	return NULL;
}

static const char *check_map(const struct ch_doc *doc)
{
	uint32_t text = 0, raw = 0;

	for (uint32_t i = 0; i < doc->map.n; i++) {
		const struct ch_segment *s = &doc->map.v[i];

		if (s->text != text || s->raw < raw)
			return "the map covers text in order";
		text = s->text + s->text_len;
		raw = s->raw + s->raw_len;
		if (raw > doc->raw.len)
			return "the map stays within the raw page";
	}
	return text == doc->text.len ? NULL : "the map covers the whole text";
}

static const char *check_tree(const struct ch_doc *doc, const struct ch_sentence *s)
{
	uint32_t roots = 0, n = s->past - s->first;

	for (uint32_t i = s->first; i < s->past; i++) {
		uint32_t at = i, steps = 0;

		roots += doc->tokens.v[i].head == CH_NONE;
		while (doc->tokens.v[at].head != CH_NONE) {
			at = doc->tokens.v[at].head;
			if (at < s->first || at >= s->past)
				return "heads stay within the sentence";
			if (++steps > n)
				return "heads form no circle";
		}
	}
	return roots == 1 || !n ? NULL : "a sentence has one root";
}

static const char *check_sentences(const struct ch_doc *doc)
{
	uint32_t at = 0, token = 0;

	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const struct ch_sentence *s = &doc->sentences.v[i];
		const char *wrong;

		if (!good_span(doc, s->span) || s->span.start < at)
			return "sentences stand in order, on code points";
		if (s->block >= doc->blocks.n || s->span.start < doc->blocks.v[s->block].span.start ||
		    s->span.end > doc->blocks.v[s->block].span.end)
			return "a sentence lies in its block";
		if (s->first != token || s->past <= s->first || s->past > doc->tokens.n)
			return "a sentence's tokens follow the ones before";
		at = s->span.start;
		for (; token < s->past; token++) {
			const struct ch_token *t = &doc->tokens.v[token];

			if (t->sentence != i || !good_span(doc, t->span) || t->span.start < at || t->span.end > s->span.end ||
			    t->span.start == t->span.end)
				return "tokens stand in order within their sentence, and none is empty";
			at = t->span.end;
		}
		if (s->root != CH_NONE && (wrong = check_tree(doc, s)))
			return wrong;
		at = s->span.end;
	}
	return token == doc->tokens.n ? NULL : "every token lies in a sentence";
}

static const char *check_mentions(const struct ch_doc *doc)
{
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];

		if (!good_span(doc, m->span) || m->first >= m->past || m->past > doc->tokens.n || m->head < m->first ||
		    m->head >= m->past)
			return "a mention's head lies in it";
		if (m->actor_first > doc->mention_actors.n || m->actor_n > doc->mention_actors.n - m->actor_first)
			return "a mention's actors are in range";
		if (i && m->span.start < doc->mentions.v[i - 1].span.start)
			return "mentions stand in order";
	}
	for (uint32_t i = 0; i < doc->mention_actors.n; i++)
		if (doc->mention_actors.v[i] >= doc->actors.n)
			return "a mention's actors are in range";
	for (uint32_t i = 0; i < doc->phrases.n; i++) {
		const struct ch_phrase *p = &doc->phrases.v[i];

		if (p->first >= p->past || p->past > doc->tokens.n || p->head < p->first || p->head >= p->past)
			return "a phrase's head lies in it";
		if (p->chain >= doc->phrases.n || (i && p->head < doc->phrases.v[i - 1].head))
			return "phrases stand in order of their heads, and there are no more chains than phrases";
	}
	for (uint32_t i = 0; i < doc->tokens.n; i++) {
		uint32_t m = doc->tokens.v[i].mention;

		if (m != CH_NONE && (m >= doc->mentions.n || doc->mentions.v[m].head != i))
			return "a token's mention is headed by it";
	}
	return NULL;
}

static bool good_actors(const struct ch_doc *doc, uint32_t first, uint32_t n)
{
	return first <= doc->event_actors.n && n <= doc->event_actors.n - first;
}

static bool good_run(const struct ch_doc *doc, struct ch_actors_of run)
{
	return good_actors(doc, run.first, run.n);
}

static const char *check_gatherings(const struct ch_doc *doc)
{
	for (uint32_t i = 0; i < doc->gatherings.n; i++) {
		const struct ch_gathering *g = &doc->gatherings.v[i];

		if (!good_span(doc, g->mention) || !good_run(doc, g->host) || !good_run(doc, g->mediator) ||
		    !good_run(doc, g->participant))
			return "a gathering's mention and parties are good";
	}
	for (uint32_t i = 0; i < doc->initiatives.n; i++)
		if (!good_span(doc, doc->initiatives.v[i].mention) || !good_run(doc, doc->initiatives.v[i].founder))
			return "an initiative's mention and founders are good";
	for (uint32_t i = 0; i < doc->relations.n; i++)
		if (!good_span(doc, doc->relations.v[i].mention) || !good_run(doc, doc->relations.v[i].party))
			return "a relation's mention and parties are good";
	for (uint32_t i = 0; i < doc->marks.n; i++)
		if (!good_span(doc, doc->marks.v[i].mention) ||
		    (doc->marks.v[i].on != CH_NONE && doc->marks.v[i].on >= doc->mentions.n))
			return "a mark's span and mention are good";
	return NULL;
}

static const char *check_records(const struct ch_doc *doc)
{
	for (uint32_t i = 0; i < doc->times.n; i++)
		if (!good_span(doc, doc->times.v[i].span))
			return "a time's span is good";
	for (uint32_t i = 0; i < doc->statements.n; i++) {
		const struct ch_statement *s = &doc->statements.v[i];

		if (!good_span(doc, s->content) || !good_span(doc, s->cue) || !good_span(doc, s->source) ||
		    (s->actor != CH_NONE && s->actor >= doc->actors.n))
			return "a statement's spans and speaker are good";
		if (s->insertion_first + s->insertion_n > doc->insertions.n || s->refer_first + s->refer_n > doc->refers.n)
			return "a statement's insertions and first persons are in range";
	}
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const struct ch_statement *s = &doc->attributions.v[i];

		if (!good_span(doc, s->content) || !good_span(doc, s->cue) || !good_span(doc, s->source) ||
		    (s->actor != CH_NONE && s->actor >= doc->actors.n))
			return "an attribution's spans and speaker are good";
	}
	for (uint32_t i = 0; i < doc->insertions.n; i++)
		if (!good_span(doc, doc->insertions.v[i]))
			return "an insertion's span is good";
	for (uint32_t i = 0; i < doc->refers.n; i++)
		if (!good_span(doc, doc->refers.v[i].span) ||
		    (doc->refers.v[i].actor != CH_NONE && doc->refers.v[i].actor >= doc->actors.n))
			return "a first person's span and actor are good";
	for (uint32_t i = 0; i < doc->views.n; i++)
		if (!good_span(doc, doc->views.v[i].span))
			return "a view's span is good";
	if (doc->topics.n && doc->topics.n != doc->statements.n)
		return "topics are one for each statement";
	for (uint32_t i = 0; i < doc->topics.n; i++)
		if (doc->topics.v[i].view_first + doc->topics.v[i].view_n > doc->views.n)
			return "a statement's views are in range";
	for (uint32_t i = 0; i < doc->event_actors.n; i++)
		if (doc->event_actors.v[i] >= doc->actors.n)
			return "an event's parties are in range";
	for (uint32_t i = 0; i < doc->events.n; i++) {
		const struct ch_event *e = &doc->events.v[i];

		if (e->type >= CH_EV_N || !good_span(doc, e->trigger) || e->sentence >= doc->sentences.n ||
		    !good_actors(doc, e->source_first, e->source_n) || !good_actors(doc, e->target_first, e->target_n) ||
		    (e->claimed_by != CH_NONE && e->claimed_by >= doc->statements.n))
			return "an event's sentence, trigger and parties are good";
	}
	for (uint32_t i = 0; i < doc->instruments.n; i++)
		if (!good_span(doc, doc->instruments.v[i].mention) ||
		    !good_actors(doc, doc->instruments.v[i].party_first, doc->instruments.v[i].party_n))
			return "an instrument's mention and parties are good";
	for (uint32_t i = 0; i < doc->roles.n; i++)
		if (!good_span(doc, doc->roles.v[i].mention))
			return "a role's mention is good";
	for (uint32_t i = 0; i < doc->positions.n; i++)
		if (!good_span(doc, doc->positions.v[i].mention))
			return "a position's mention is good";
	for (uint32_t i = 0; i < doc->tallies.n; i++)
		if (!good_span(doc, doc->tallies.v[i].mention))
			return "a tally's mention is good";
	for (uint32_t i = 0; i < doc->pledges.n; i++)
		if (!good_span(doc, doc->pledges.v[i].mention))
			return "a pledge's mention is good";
	return check_gatherings(doc);
}

const char *ch_doc_check(const struct ch_doc *doc)
{
	static const char *(*const checks[])(const struct ch_doc *) = { check_blocks, check_map, check_sentences,
									check_mentions, check_records };

	if (!ch_utf8_valid(doc->text))
		return "text is UTF-8";
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		const char *wrong = checks[i](doc);

		if (wrong)
			return wrong;
	}
	return NULL;
}
