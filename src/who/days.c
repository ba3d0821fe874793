/* who/days.c -- the day that each sentence tells of, as far as it matters for who held what: a chronicle's entries and what is
 * told as long past are read with the states and holders of their own day. "Moscow" of 1990 is the Soviet Union's, whatever the
 * page's date. Where nothing says otherwise it is the page's day. */
#include "who/who_priv.h"

enum { LONG_AGO = 366 };   /* days before the page's: nearer, the page's day does */

static bool long_ago(const struct ch_time *t, ch_day page)
{
	return t->kind == CH_TIME_DATE && t->hi != CH_NO_DAY && page != CH_NO_DAY && t->hi < page - LONG_AGO && t->hi - t->lo <= 366;
}

/* "10 February 1990 – Kohl flies to Moscow": the date that a block opens with, or that it is. */
static bool opens(const struct ch_doc *doc, const struct ch_sentence *s, const struct ch_time *t)
{
	const struct ch_token *next = t->past < s->past ? &doc->tokens.v[t->past] : NULL;

	return t->first <= s->first + 1 && (!next || (next->upos == CH_UPOS_PUNCT && !ch_str_eqz(ch_doc_str(doc, next->span), ",")));
}

/* "In 1961 Kennedy met Khrushchev in Vienna": a time that the main verb, in the past tense, has for its own. */
static bool of_main_verb(const struct ch_doc *doc, const struct ch_sentence *s, const struct ch_time *t)
{
	static const char *const open_ended[] = { "since", "until", "till", "after", "before", "by", "from", "for" };

	if (s->root == CH_NONE || doc->tokens.v[s->root].xpos != CH_XPOS_VBD)
		return false;
	for (uint32_t k = t->first; k < t->past; k++) {
		const struct ch_token *head = &doc->tokens.v[k];

		if (head->head != s->root || (head->deprel != CH_DEP_OBL && head->deprel != CH_DEP_OBL_UNMARKED))
			continue;
		for (size_t i = 0; i < sizeof open_ended / sizeof *open_ended; i++)
			if (t->first > s->first && ch_str_ieq(ch_token_str(doc, t->first - 1), ch_str_z(open_ended[i])))
				return false;
		return true;
	}
	return false;
}

void who_days(struct who_run *r, ch_day page)
{
	const struct ch_doc *doc = r->doc;
	ch_day section = page, block = page;
	uint32_t t = 0;

	r->days = CH_NEW_N(r->arena, ch_day, doc->sentences.n + 1);
	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const struct ch_sentence *s = &doc->sentences.v[i];
		enum ch_block_kind kind = doc->blocks.v[s->block].kind;
		bool first = i == 0 || doc->sentences.v[i - 1].block != s->block;

		if (first && (kind == CH_BLOCK_HEADING || kind == CH_BLOCK_TITLE))
			section = page;
		if (first)
			block = section;
		r->days[i] = block;
		for (; t < doc->times.n && doc->times.v[t].first < s->past; t++) {
			const struct ch_time *time = &doc->times.v[t];

			if (time->first < s->first || !long_ago(time, page))
				continue;
			if (first && opens(doc, s, time)) {
				r->days[i] = block = time->hi;
				if (kind == CH_BLOCK_HEADING)
					section = time->hi;
			} else if (of_main_verb(doc, s, time)) {
				r->days[i] = time->hi;
			}
		}
	}
}
