/* event/setting.c -- a time or a place belongs to the event if, climbing from it, one reaches the trigger or the verbs that carry
 * the trigger before any other clause. Dates beside a verb of saying are the saying's. */
#include "event/setting.h"

static const struct ch_token *tok(const struct ch_doc *doc, uint32_t t)
{
	return &doc->tokens.v[t];
}

/* The trigger and what carries it upwards within its clause, nearest first. */
struct domain {
	uint32_t v[CH_CLIMB_MAX], n;
};

/* "Arrived on Monday, a year after the visit to Peking": what is before or after has another date. */
static bool apart_in_time(const struct ch_doc *doc, uint32_t token)
{
	static const char *const words[] = { "after", "before", "since", "until", "till", "following", NULL };

	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_CASE) || tok(doc, c)->deprel == CH_DEP_MARK)
			for (int i = 0; words[i]; i++)
				if (ch_str_ieq(ch_token_str(doc, c), ch_str_z(words[i])))
					return true;
	return false;
}

/* "…, while Paris waited"; but "flies on Tuesday to seek support" is of Tuesday throughout. */
static bool has_mark(const struct ch_doc *doc, uint32_t token)
{
	uint32_t mark = ch_tree_child(doc, token, CH_DEP_MARK);

	return mark != CH_NONE && !ch_str_ieq(ch_token_str(doc, mark), CH_STR("to"));
}

/* "Will travel in May at the invitation of the king", who invited him before. */
static bool asked_before(const struct ch_doc *doc, uint32_t token)
{
	return ch_deprel_is(tok(doc, token)->deprel, CH_DEP_OBL) && ch_tree_lemma_is(doc, token, "invitation");
}

/* "Closed until Monday" tells when it ends. */
static bool an_end(const struct ch_doc *doc, uint32_t token)
{
	return ch_tree_has_case(doc, token, CH_STR("until")) || ch_tree_has_case(doc, token, CH_STR("till"));
}

static void domain_of(const struct ch_doc *doc, uint32_t trigger, struct domain *d)
{
	uint32_t at = trigger;

	d->n = 0;
	while (d->n < CH_CLIMB_MAX) {
		const struct ch_token *t = tok(doc, at);

		d->v[d->n++] = at;
		if (apart_in_time(doc, at) || t->head == CH_NONE || ch_deprel_is(t->deprel, CH_DEP_CCOMP) || t->deprel == CH_DEP_PARATAXIS || t->deprel == CH_DEP_ACL_RELCL ||
		    (t->deprel == CH_DEP_ADVCL && has_mark(doc, at)) || asked_before(doc, at))
			break;
		at = t->head;
	}
}

/* How near the word `from` hangs to the trigger: its host's place in the domain plus the steps to it; UINT32_MAX if it hangs elsewhere. */
static uint32_t nearness(const struct ch_doc *doc, const struct domain *d, uint32_t from)
{
	uint32_t at = from;

	for (uint32_t steps = 0; steps < CH_CLIMB_MAX; steps++) {
		for (uint32_t i = 0; i < d->n; i++)
			if (d->v[i] == at)
				return i * 2 + steps;
		if (at != from && ch_tree_is_verb(doc, at) && tok(doc, at)->deprel != CH_DEP_XCOMP && tok(doc, at)->deprel != CH_DEP_CONJ &&
		    !(tok(doc, at)->deprel == CH_DEP_ACL && steps <= 2) &&
		    !(tok(doc, at)->deprel == CH_DEP_ACL_RELCL && tok(doc, at)->head == d->v[0] && steps <= 2))   /* "…, which was held in May" */
			return UINT32_MAX;
		if (tok(doc, at)->head == CH_NONE)
			return UINT32_MAX;
		at = tok(doc, at)->head;
	}
	return UINT32_MAX;
}

/* The token of [first, past) whose head lies outside. */
static uint32_t top_of(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	for (uint32_t i = first; i < past; i++) {
		uint32_t h = tok(doc, i)->head;

		if (h == CH_NONE || h < first || h >= past)
			if (tok(doc, i)->deprel != CH_DEP_CASE && tok(doc, i)->deprel != CH_DEP_PUNCT)
				return i;
	}
	return first;
}

/* The first time that begins at `token` or behind it; times stand in order. */
static uint32_t times_from(const struct ch_doc *doc, uint32_t token)
{
	uint32_t lo = 0, hi = doc->times.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].first < token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* A sentence that is nothing but a date ("April 2.") heads what follows it in its paragraph, as chronicles do. */
static uint32_t heading_time(const struct ch_doc *doc, uint32_t sentence, uint32_t from)
{
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t words = 0;

	for (uint32_t i = from; i-- > 0 && doc->times.v[i].first >= s->first;) {
		const struct ch_time *t = &doc->times.v[i];

		for (uint32_t k = s->first; k < s->past; k++)
			words += tok(doc, k)->upos != CH_UPOS_PUNCT && (k < t->first || k >= t->past);
		return words == 0 && t->lo != CH_NO_DAY && t->kind != CH_TIME_DURATION && t->kind != CH_TIME_SET ? i : CH_NONE;
	}
	return CH_NONE;
}

enum { CHRONICLE_SENTENCES = 16 };   /* how far a heading date reaches */

static uint32_t chronicle_time(const struct ch_doc *doc, uint32_t sentence)
{
	uint32_t block = doc->sentences.v[sentence].block;

	for (uint32_t s = sentence; s-- > 0 && sentence - s <= CHRONICLE_SENTENCES && doc->sentences.v[s].block == block;) {
		uint32_t t = heading_time(doc, s, times_from(doc, doc->sentences.v[s].past));

		if (t != CH_NONE)
			return t;
	}
	return CH_NONE;
}

uint32_t ch_setting_time(const struct ch_doc *doc, uint32_t trigger)
{
	const struct ch_sentence *s = &doc->sentences.v[tok(doc, trigger)->sentence];
	struct domain d;
	uint32_t best = CH_NONE, best_near = UINT32_MAX;

	domain_of(doc, trigger, &d);
	for (uint32_t i = times_from(doc, s->first); i < doc->times.n; i++) {
		const struct ch_time *t = &doc->times.v[i];
		uint32_t near;

		if (t->first >= s->past)
			break;
		if (t->lo == CH_NO_DAY || t->kind == CH_TIME_DURATION || t->kind == CH_TIME_SET)
			continue;
		near = an_end(doc, top_of(doc, t->first, t->past)) ? UINT32_MAX : nearness(doc, &d, top_of(doc, t->first, t->past));
		if (near < best_near) {
			best_near = near;
			best = i;
		}
	}
	return best != CH_NONE ? best : chronicle_time(doc, tok(doc, trigger)->sentence);
}

enum { REVIEW_TIMES = 3 };   /* how often a page names its year before it counts as a review of it */

static bool time_at(const struct ch_doc *doc, uint32_t token)
{
	uint32_t t = times_from(doc, token + 1);

	return t > 0 && token < doc->times.v[t - 1].past && doc->times.v[t - 1].lo != CH_NO_DAY;
}

/* "The outgoing year", "this year": the year that the page stands in, without a number. */
static bool says_the_year(const struct ch_doc *doc, uint32_t token)
{
	uint32_t det;

	if (!ch_tree_lemma_is(doc, token, "year") || tok(doc, token)->xpos != CH_XPOS_NN)
		return false;
	det = ch_tree_child(doc, token, CH_DEP_DET);
	return det != CH_NONE && (ch_tree_lemma_is(doc, det, "the") || ch_tree_lemma_is(doc, det, "this")) &&
	       ch_tree_child(doc, token, CH_DEP_NUMMOD) == CH_NONE;
}

struct ch_str ch_setting_review(const struct ch_doc *doc)
{
	char year[16];
	struct ch_str want;
	uint32_t n = 0, head = (uint32_t)(doc->text.len / 8);
	struct ch_str date = CH_STR("");
	bool early = false;

	if (doc->meta.published == CH_NO_DAY)
		return date;
	want = ch_str_sub(ch_str_z(ch_day_print(doc->meta.published, year)), 0, 4);
	for (uint32_t i = 0; i < doc->times.n; i++)
		if (ch_str_eq(doc->times.v[i].date, want)) {
			date = doc->times.v[i].date;
			early |= doc->times.v[i].span.start < head;
			n++;
		}
	if (!date.len || !early)
		return CH_STR("");
	for (uint32_t t = 0; t < doc->tokens.n && n < REVIEW_TIMES; t++)
		n += says_the_year(doc, t) && !time_at(doc, t);
	return n >= REVIEW_TIMES ? date : CH_STR("");
}

bool ch_setting_past(const struct ch_doc *doc, uint32_t trigger)
{
	uint32_t verb = ch_tree_clause(doc, trigger);

	for (int i = 0; i < CH_CLIMB_MAX; i++) {
		const struct ch_token *t = tok(doc, verb);

		if (t->xpos == CH_XPOS_VBD)
			return true;
		for (uint32_t c = t->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if ((ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AUX) || tok(doc, c)->deprel == CH_DEP_COP) &&
			    (tok(doc, c)->xpos == CH_XPOS_VBD || (ch_tree_lemma_is(doc, c, "have") && t->xpos == CH_XPOS_VBN)))
				return true;
		/* A participle, an infinitive or a gerund has the tense of the verb above it. */
		if (t->head == CH_NONE || (t->xpos != CH_XPOS_VBN && t->xpos != CH_XPOS_VBG && t->xpos != CH_XPOS_VB && ch_tree_is_verb(doc, verb)))
			return false;
		verb = ch_tree_clause(doc, t->head);
	}
	return false;
}

static bool place_case(const struct ch_doc *doc, uint32_t token)
{
	static const char *const preps[] = { "in", "at", "inside", "near", "outside", "across", NULL };

	for (int i = 0; preps[i]; i++)
		if (ch_tree_has_case(doc, token, ch_str_z(preps[i])))
			return true;
	return false;
}

/* "in Geneva" hangs by its preposition; in "at the Brussels summit" the summit does. */
static bool locates(const struct ch_doc *doc, const struct ch_mention *m)
{
	uint32_t head = tok(doc, m->head)->head;

	if (place_case(doc, m->head))
		return true;
	if (tok(doc, m->head)->deprel == CH_DEP_CONJ || head == CH_NONE)
		return false;
	return m->place_only && tok(doc, m->head)->deprel == CH_DEP_COMPOUND && place_case(doc, head);
}

struct ch_str ch_setting_place(const struct ch_doc *doc, uint32_t trigger)
{
	const struct ch_sentence *s = &doc->sentences.v[tok(doc, trigger)->sentence];
	struct domain d;
	uint32_t best_near = UINT32_MAX;
	struct ch_str best = CH_STR("");

	domain_of(doc, trigger, &d);
	for (uint32_t i = s->first; i < s->past; i++) {
		const struct ch_mention *m;
		uint32_t near;

		if (tok(doc, i)->mention == CH_NONE)
			continue;
		m = &doc->mentions.v[tok(doc, i)->mention];
		if (!m->place.len || !locates(doc, m))
			continue;
		near = nearness(doc, &d, m->head);
		if (near < best_near) {
			best_near = near;
			best = m->place;
		}
	}
	return best;
}
