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
	static const char *const words[] = { "after", "before", "since", "until", "till", "following", "ahead", "prior", NULL };

	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_CASE) || tok(doc, c)->deprel == CH_DEP_MARK)
			for (int i = 0; words[i]; i++)
				if (ch_str_ieq(ch_token_str(doc, c), ch_str_z(words[i])))
					return true;
	return ch_deprel_is(tok(doc, token)->deprel, CH_DEP_ADVMOD) && ch_tree_lemma_is(doc, token, "ahead");
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

/* "Talks held in Geneva", "the communiqué adopted in Brussels condemned …"; but "rejected the treaty signed in Rome". */
static bool describes(const struct ch_doc *doc, const struct domain *d, uint32_t clause)
{
	const struct ch_token *t = tok(doc, clause);

	if (t->deprel == CH_DEP_ACL_RELCL)
		return t->head == d->v[0];
	return t->deprel == CH_DEP_ACL && (t->head == d->v[0] || ch_deprel_is(tok(doc, t->head)->deprel, CH_DEP_NSUBJ));
}

/* "Speaking in Warsaw on Friday, Macron thanked …", "a visit starting on Friday": a participle without a subject is of its verb's time and place. */
static bool meanwhile(const struct ch_doc *doc, uint32_t clause)
{
	const struct ch_token *t = tok(doc, clause);

	return t->deprel == CH_DEP_ADVCL && t->xpos == CH_XPOS_VBG && ch_tree_child(doc, clause, CH_DEP_MARK) == CH_NONE &&
	       ch_tree_child(doc, clause, CH_DEP_NSUBJ) == CH_NONE && ch_tree_child(doc, clause, CH_DEP_OBJ) == CH_NONE;
}

/* How near the word `from` hangs to the trigger: its host's place in the domain plus the steps to it; UINT32_MAX if it hangs elsewhere.
 * *host is that place. */
static uint32_t nearness(const struct ch_doc *doc, const struct domain *d, uint32_t from, uint32_t *host)
{
	uint32_t at = from;

	for (uint32_t steps = 0; steps < CH_CLIMB_MAX; steps++) {
		for (uint32_t i = 0; i < d->n; i++)
			if (d->v[i] == at) {
				*host = i;
				return i * 2 + steps;
			}
		if (at != from && apart_in_time(doc, at))   /* "…, a year after the visit in May" */
			return UINT32_MAX;
		if (at != from && ch_tree_is_verb(doc, at) && tok(doc, at)->deprel != CH_DEP_XCOMP && tok(doc, at)->deprel != CH_DEP_CONJ &&
		    !(steps <= 2 && (describes(doc, d, at) || meanwhile(doc, at))))   /* "…, which was held in May" */
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

static bool dates(const struct ch_time *t)
{
	return t->lo != CH_NO_DAY && t->kind != CH_TIME_DURATION && t->kind != CH_TIME_SET;
}

/* "12 May: France expels two envoys", "12 May - France …": what stands before the mark dates all that follows. */
static uint32_t head_time(const struct ch_doc *doc, uint32_t sentence)
{
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t i = times_from(doc, s->first);

	if (i < doc->times.n && doc->times.v[i].first == s->first && doc->times.v[i].past < s->past && dates(&doc->times.v[i])) {
		struct ch_str mark = ch_token_str(doc, doc->times.v[i].past);

		if (ch_str_eqz(mark, ":") || ch_str_eqz(mark, "-") || ch_str_eqz(mark, "\xe2\x80\x93") || ch_str_eqz(mark, "\xe2\x80\x94"))
			return i;
	}
	return CH_NONE;
}

enum { CHRONICLE_SENTENCES = 16 };   /* how far a heading date reaches */

static uint32_t chronicle_time(const struct ch_doc *doc, uint32_t sentence)
{
	uint32_t block = doc->sentences.v[sentence].block;

	for (uint32_t s = sentence; s-- > 0 && sentence - s <= CHRONICLE_SENTENCES && doc->sentences.v[s].block == block;) {
		uint32_t t = heading_time(doc, s, times_from(doc, doc->sentences.v[s].past));

		if (t == CH_NONE)
			t = head_time(doc, s);
		if (t != CH_NONE)
			return t;
	}
	return CH_NONE;
}

/* The date of an announcement, a refusal or a decision is its own: "cancelled on Friday a visit", "agreed on Friday to withdraw"; but "scheduled
 * for Friday", "is expected on Friday to sign". */
static bool dates_the_word_above(const struct ch_doc *doc, const struct ch_status_words *w, const struct domain *d, uint32_t host, uint32_t top)
{
	uint32_t verb, below;

	if (!w || host == 0 || ch_tree_has_case(doc, top, CH_STR("for")))
		return false;
	verb = d->v[host];
	below = d->v[host - 1];
	if (!ch_tree_is_verb(doc, verb) || tok(doc, below)->deprel == CH_DEP_CONJ)
		return false;
	if (ch_status_is_word(doc, w, verb))
		return tok(doc, below)->deprel != CH_DEP_NSUBJ && (tok(doc, below)->deprel != CH_DEP_XCOMP || top < below);
	return tok(doc, below)->deprel == CH_DEP_XCOMP && top < below && top > verb && !ch_tree_passive(doc, verb) && ch_status_is_plan(doc, w, verb);
}

static uint32_t time_of(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, bool headed)
{
	const struct ch_sentence *s = &doc->sentences.v[tok(doc, trigger)->sentence];
	struct domain d;
	uint32_t best = CH_NONE, best_near = UINT32_MAX;

	domain_of(doc, trigger, &d);
	for (uint32_t i = times_from(doc, s->first); i < doc->times.n; i++) {
		const struct ch_time *t = &doc->times.v[i];
		uint32_t near, host = 0, top;

		if (t->first >= s->past)
			break;
		if (!dates(t))
			continue;
		top = top_of(doc, t->first, t->past);
		near = an_end(doc, top) ? UINT32_MAX : nearness(doc, &d, top, &host);
		if (near < best_near && dates_the_word_above(doc, w, &d, host, top))
			near = UINT32_MAX;
		/* "The treaty of 1921" is an old one, signed or broken today. */
		if (near < best_near && w && ch_tree_has_case(doc, top, CH_STR("of")) && ch_deprel_is(tok(doc, top)->deprel, CH_DEP_NMOD) &&
		    tok(doc, top)->head != d.v[0] && tok(doc, top)->head != d.v[host])
			near = UINT32_MAX;
		if (near < best_near) {
			best_near = near;
			best = i;
		}
	}
	if (best != CH_NONE || !headed)
		return best;
	best = head_time(doc, tok(doc, trigger)->sentence);
	return best != CH_NONE ? best : chronicle_time(doc, tok(doc, trigger)->sentence);
}

uint32_t ch_setting_time(const struct ch_doc *doc, uint32_t trigger)
{
	return time_of(doc, NULL, trigger, true);
}

/* ---- a narrative that goes on: the day before in the text ---- */

/* A verb in the simple past, as narratives have it. */
static bool simple_past(const struct ch_doc *doc, uint32_t verb)
{
	if (tok(doc, verb)->xpos == CH_XPOS_VBD)
		return true;
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if ((ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AUX) || tok(doc, c)->deprel == CH_DEP_COP) && tok(doc, c)->xpos == CH_XPOS_VBD)
			return ch_tree_lemma_is(doc, c, "be") && ch_tree_child(doc, verb, CH_DEP_AUX) == CH_NONE;
	return false;
}

/* "There he met …", "Later …", "He thanked …": the sentence leans on the one before it. *there: the place goes on, too. */
static bool goes_on(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t sentence, bool *there)
{
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t subject;
	bool leans = false;

	*there = false;
	if (s->root == CH_NONE || s->first == 0 || sentence == 0 || doc->sentences.v[sentence - 1].block != s->block ||
	    !ch_tree_is_verb(doc, s->root) || !simple_past(doc, s->root))
		return false;
	for (uint32_t c = tok(doc, s->root)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_ADVMOD) && c < s->root && ch_status_goes_on(doc, w, c)) {
			*there |= ch_tree_lemma_is(doc, c, "there");
			leans = true;
		}
	subject = ch_tree_child(doc, s->root, CH_DEP_NSUBJ);
	return leans || (subject != CH_NONE && tok(doc, subject)->xpos == CH_XPOS_PRP && subject == s->first &&
			 !ch_tree_lemma_is(doc, subject, "it") && !ch_tree_lemma_is(doc, subject, "I") && !ch_tree_lemma_is(doc, subject, "we") &&
			 !ch_tree_lemma_is(doc, subject, "you"));
}

/* The trigger stands in what its sentence tells itself: in its main clause or one coordinated with it, no report, no relative clause. */
static bool told_there(const struct ch_doc *doc, uint32_t trigger)
{
	uint32_t root = doc->sentences.v[tok(doc, trigger)->sentence].root, at = ch_tree_clause(doc, trigger);

	for (int i = 0; i < CH_CLIMB_MAX && at != CH_NONE && at != root; i++) {
		if (tok(doc, at)->deprel != CH_DEP_CONJ || !simple_past(doc, at))
			return false;
		at = tok(doc, at)->head;
	}
	return at == root && root != CH_NONE;
}

enum { NARRATIVE_SENTENCES = 3 };   /* how far a day is carried on */

/* The sentence with a day of its own, in the past, which the trigger's sentence goes on from; CH_NONE. */
static uint32_t narrative_from(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, bool *there)
{
	uint32_t sentence = tok(doc, trigger)->sentence;

	*there = false;
	if (!told_there(doc, trigger))
		return CH_NONE;
	for (uint32_t back = 0; back < NARRATIVE_SENTENCES && goes_on(doc, w, sentence - back, there); back++) {
		uint32_t root = doc->sentences.v[sentence - back - 1].root;

		if (root == CH_NONE || !ch_tree_is_verb(doc, root) || !simple_past(doc, root))
			return CH_NONE;
		if (time_of(doc, w, root, true) != CH_NONE || *there)
			return sentence - back - 1;
	}
	return CH_NONE;
}

uint32_t ch_setting_day(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, bool actual)
{
	uint32_t t = time_of(doc, w, trigger, actual), from;
	bool there;

	if (t != CH_NONE || !actual)
		return t;
	from = narrative_from(doc, w, trigger, &there);
	if (from == CH_NONE)
		return CH_NONE;
	t = time_of(doc, w, doc->sentences.v[from].root, true);
	/* A single day, over when the page was written. */
	if (t == CH_NONE || doc->times.v[t].lo != doc->times.v[t].hi ||
	    (doc->meta.published != CH_NO_DAY && doc->times.v[t].hi > doc->meta.published))
		return CH_NONE;
	return t;
}

bool ch_setting_ahead(const struct ch_doc *doc, uint32_t trigger, uint32_t time)
{
	const struct ch_time *t = &doc->times.v[time];
	uint32_t verb = ch_tree_clause(doc, trigger);

	if (doc->meta.published == CH_NO_DAY || t->lo == CH_NO_DAY)
		return false;
	if (t->lo > doc->meta.published)
		return true;
	return t->lo == doc->meta.published && t->hi == t->lo && ch_str_ends(t->value, CH_STR("TNI")) &&
	       (tok(doc, verb)->xpos == CH_XPOS_VBZ || tok(doc, verb)->xpos == CH_XPOS_VBP);
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

/* "In the Italian capital", "on Greek soil", "on the outskirts of Rome": a spot named by whose it is, or what it is of. */
static struct ch_str spot(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t token)
{
	/* "During a visit to Warsaw he met …" */
	if (ch_status_is_trip(doc, w, token) && (place_case(doc, token) || ch_tree_has_case(doc, token, CH_STR("on")) ||
						 ch_tree_has_case(doc, token, CH_STR("during"))))
		for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (ch_tree_has_case(doc, c, CH_STR("to")) && tok(doc, c)->mention != CH_NONE)
				return doc->mentions.v[tok(doc, c)->mention].place;
	if (!ch_status_is_spot(doc, w, token) || !(place_case(doc, token) || ch_tree_has_case(doc, token, CH_STR("on"))))
		return CH_STR("");
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		const struct ch_mention *m;

		if (tok(doc, c)->mention == CH_NONE || (c > token && !ch_tree_has_case(doc, c, CH_STR("of"))))
			continue;
		m = &doc->mentions.v[tok(doc, c)->mention];
		if (m->place.len)
			return m->place;
		for (uint32_t i = 0; i < m->actor_n; i++) {
			const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[m->actor_first + i]];

			if (a->kind == CH_ACTOR_STATE && a->code.len == 3)
				return a->code;
		}
	}
	return CH_STR("");
}

static struct ch_str place_of(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger)
{
	const struct ch_sentence *s = &doc->sentences.v[tok(doc, trigger)->sentence];
	struct domain d;
	uint32_t best_near = UINT32_MAX;
	struct ch_str best = CH_STR("");

	domain_of(doc, trigger, &d);
	for (uint32_t i = s->first; i < s->past; i++) {
		struct ch_str place = CH_STR("");
		uint32_t near, host = 0;

		if (tok(doc, i)->mention != CH_NONE) {
			const struct ch_mention *m = &doc->mentions.v[tok(doc, i)->mention];

			if (m->place.len && locates(doc, m))
				place = m->place;
		}
		if (!place.len && w)
			place = spot(doc, w, i);
		if (!place.len)
			continue;
		near = nearness(doc, &d, i, &host);
		if (near < best_near) {
			best_near = near;
			best = place;
		}
	}
	return best;
}

struct ch_str ch_setting_place(const struct ch_doc *doc, uint32_t trigger)
{
	return place_of(doc, NULL, trigger);
}

/* What an attack falls upon is where it happens: "invaded Poland", "bombed Tripoli". */
static struct ch_str struck(const struct ch_doc *doc, uint32_t trigger)
{
	uint32_t object = ch_tree_is_verb(doc, trigger) ? ch_tree_object(doc, trigger) : CH_NONE;

	if (object == CH_NONE || tok(doc, object)->mention == CH_NONE || doc->mentions.v[tok(doc, object)->mention].possessive)
		return CH_STR("");
	return doc->mentions.v[tok(doc, object)->mention].place;
}

/* "Flew to Oslo", "left for Rabat". */
static struct ch_str went_to(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb)
{
	if (!ch_status_is_going(doc, w, verb))
		return CH_STR("");
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_OBL) && tok(doc, c)->mention != CH_NONE &&
		    (ch_tree_has_case(doc, c, CH_STR("to")) || ch_tree_has_case(doc, c, CH_STR("for")) || place_case(doc, c)))
			return doc->mentions.v[tok(doc, c)->mention].place;
	return CH_STR("");
}

/* Where somebody goes to meet: "flies to Rabat for talks with the king", "is in Oslo to meet the king". */
static struct ch_str destination(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger)
{
	const struct ch_token *t = tok(doc, trigger);
	bool aim = t->deprel == CH_DEP_ADVCL && t->xpos == CH_XPOS_VB;

	if (t->head == CH_NONE || !(aim || ((ch_deprel_is(t->deprel, CH_DEP_OBL) || ch_deprel_is(t->deprel, CH_DEP_NMOD)) &&
					     ch_tree_has_case(doc, trigger, CH_STR("for")))))
		return CH_STR("");
	for (uint32_t at = t->head, steps = 0; steps < 3 && at != CH_NONE; steps++, at = tok(doc, at)->head)
		if (ch_tree_is_verb(doc, at))
			return went_to(doc, w, at);
	return tok(doc, t->head)->mention != CH_NONE && place_case(doc, t->head) ? doc->mentions.v[tok(doc, t->head)->mention].place : CH_STR("");
}

/* "Travelled to Vienna, where he met …": the place before the "where" of the trigger's clause. */
static struct ch_str where_of(const struct ch_doc *doc, uint32_t trigger)
{
	uint32_t verb = ch_tree_clause(doc, trigger), at = CH_NONE;

	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (c < verb && tok(doc, c)->xpos == CH_XPOS_WRB && ch_tree_lemma_is(doc, c, "where"))
			at = c;
	if (at == CH_NONE || at == doc->sentences.v[tok(doc, at)->sentence].first)
		return CH_STR("");
	for (at--; tok(doc, at)->upos == CH_UPOS_PUNCT && at > doc->sentences.v[tok(doc, at)->sentence].first;)
		at--;
	for (int i = 0; i < 3 && at != CH_NONE && tok(doc, at)->upos == CH_UPOS_PROPN; i++, at = tok(doc, at)->head)
		if (tok(doc, at)->mention != CH_NONE && doc->mentions.v[tok(doc, at)->mention].place.len)
			return doc->mentions.v[tok(doc, at)->mention].place;
	return CH_STR("");
}

struct ch_str ch_setting_scene(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, unsigned type)
{
	struct ch_str place = place_of(doc, w, trigger);
	bool there;
	uint32_t from;

	if (!place.len)
		place = where_of(doc, trigger);
	if (!place.len && type == CH_EV_ASSAULT)
		place = struck(doc, trigger);
	if (!place.len && type == CH_EV_CONSULT)
		place = destination(doc, w, trigger);
	if (place.len)
		return place;
	from = narrative_from(doc, w, trigger, &there);
	if (from == CH_NONE || !there)
		return place;
	place = place_of(doc, w, doc->sentences.v[from].root);
	return place.len ? place : went_to(doc, w, doc->sentences.v[from].root);
}
