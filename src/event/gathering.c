/* event/gathering.c -- summits, conferences, sessions, rounds of talks.
 *
 *   the 18th Summit of the Movement                      a name, an ordinal, the organisation whose it is
 *   Oman hosted talks between Ruritania and Syldavia     a third as host, or as mediator: "brokered by", "through the mediation of"
 *   a trilateral summit; leaders attended the summit     those who come
 *
 * A noun of gathering is not enough: two who "held talks" are an event and no gathering. */
#include "event/gather.h"
#include "event/gathering_words.h" /* made at build time from lexicon/registers/gatherings.txt */

enum { NAME_WORDS_MAX = 18, CHAIN_MAX = 3, TOLD_BACK = 64 };

#define SENSE(token, section) ch_gather_sense(doc, &gathering_words, token, GATHERING_WORDS_##section)

struct found {
	uint32_t noun, first, past;
	uint32_t verb;             /* of the clause that it stands in; CH_NONE */
	const struct ch_word_sense *kind;
	struct ch_reg_actors host, mediator, who;
	struct ch_str body;
	struct ch_str seat;        /* the town that hosts, where it stands for no government */
	uint32_t ordinal;
	bool named, place_named, joint, held, attended, of;   /* held, attended: there is a verb for it; of: "of" something */
};

static bool is_hyphen_participle(const struct ch_doc *doc, uint32_t i)
{
	return i >= 2 && ch_reg_is(doc, i - 1, "-") && SENSE(i, MEDIATE) != NULL;
}

/* Is the noun one of gathering here? "a press conference", "the conference hall", "the summit of Mount Everest" are none. */
static const struct ch_word_sense *gathering_at(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	const struct ch_word_sense *kind;
	uint32_t of;

	if ((t->upos != CH_UPOS_NOUN && t->upos != CH_UPOS_PROPN) || t->deprel == CH_DEP_COMPOUND || t->deprel == CH_DEP_FLAT)
		return NULL;
	kind = SENSE(i, GATHERING);
	if (!kind)
		return NULL;
	of = ch_gather_prep(doc, i, "of");
	/* A round is one of talks. */
	if (ch_tree_lemma_is(doc, i, "round") && (of == CH_NONE || !SENSE(of, TALKS)))
		return NULL;
	if (of != CH_NONE && (SENSE(of, MOUNTAIN) || (ch_reg_tok(doc, of)->first_child != CH_NONE && SENSE(ch_reg_tok(doc, of)->first_child, MOUNTAIN))))
		return NULL;
	for (uint32_t c = t->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (c < i && ch_reg_tok(doc, c)->upos != CH_UPOS_DET && SENSE(c, NOT) && !ch_gather_capital(doc, i))
			return NULL;
	return kind;
}

/* "the summit in Strelsau between Ruritania and Syldavia" */
static bool goes_on(const struct ch_doc *doc, uint32_t past)
{
	return past < doc->tokens.n && (ch_reg_is(doc, past, "between") || ch_reg_is(doc, past, "of"));
}

/* Where the name ends: before a participle, a place in which it is held, a day. */
static void bounds(const struct ch_doc *doc, struct found *f)
{
	uint32_t c;

	ch_reg_phrase(doc, f->noun, &f->first, &f->past);
	for (c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t a, b, m = ch_reg_tok(doc, c)->mention;
		bool where, cut;

		if (c < f->noun)
			continue;
		ch_doc_subtree(doc, c, &a, &b);
		where = ch_tree_has_case(doc, c, CH_STR("in")) || ch_tree_has_case(doc, c, CH_STR("at"));
		cut = ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_ACL) || ch_reg_in_time(doc, c);
		/* "Conference on Security and Cooperation in Europe": a name in capitals keeps a region, not a country or town. */
		cut = cut || (where && !goes_on(doc, b) && (!ch_gather_capital(doc, f->noun) || (m != CH_NONE && doc->mentions.v[m].place.len)));
		cut = cut || ch_tree_has_case(doc, c, CH_STR("for")) || ch_tree_has_case(doc, c, CH_STR("with")) ||
		      ch_tree_has_case(doc, c, CH_STR("under")) || ch_tree_has_case(doc, c, CH_STR("by"));
		if (cut && a > f->noun && a < f->past)
			f->past = a;
	}
	/* "of the leaders of Ruritania, Syldavia and Borduria": a list is not broken at its comma. */
	for (uint32_t i = f->noun + 1; i < f->past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		if (m != CH_NONE && doc->mentions.v[m].past > f->past && doc->mentions.v[m].past <= f->noun + NAME_WORDS_MAX)
			f->past = doc->mentions.v[m].past;
	}
	/* A place or day that the parser hung lower. */
	for (uint32_t i = f->noun + 2; i < f->past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;
		bool place = m != CH_NONE && !goes_on(doc, doc->mentions.v[m].past) && doc->mentions.v[m].place.len && doc->mentions.v[m].head == i &&
			     (ch_tree_has_case(doc, i, CH_STR("in")) || ch_tree_has_case(doc, i, CH_STR("at")));

		if (place || (ch_reg_in_time(doc, i) && ch_reg_tok(doc, i - 1)->upos == CH_UPOS_ADP)) {
			uint32_t at = place ? doc->mentions.v[m].first : i;

			while (at > f->noun + 1 && ch_reg_tok(doc, at - 1)->upos != CH_UPOS_ADP)
				at--;
			f->past = at > f->noun + 1 ? at - 1 : f->noun + 1;
			break;
		}
	}
	for (uint32_t i = f->noun + NAME_WORDS_MAX; f->past > f->noun + NAME_WORDS_MAX && i > f->noun; i--)
		if (i == f->noun + 1 || ch_reg_tok(doc, i)->upos == CH_UPOS_ADP)
			f->past = i;
	/* "Conference (CSCE)": the name ends before the short one. */
	for (uint32_t i = f->noun + 1; i < f->past; i++)
		if (ch_reg_is(doc, i, "("))
			f->past = i;
	while (f->past > f->noun + 1 && (ch_reg_tok(doc, f->past - 1)->upos == CH_UPOS_PUNCT || ch_reg_tok(doc, f->past - 1)->upos == CH_UPOS_ADP))
		f->past--;
	while (f->first < f->noun) {
		uint8_t upos = ch_reg_tok(doc, f->first)->upos;

		if (upos != CH_UPOS_DET && upos != CH_UPOS_PUNCT && upos != CH_UPOS_ADP && upos != CH_UPOS_PRON)
			break;
		f->first++;
	}
}

/* A town by its name, not the country that it may stand for. */
static bool is_town(const struct ch_doc *doc, uint32_t token)
{
	uint32_t m = ch_reg_tok(doc, token)->mention;

	return m != CH_NONE && doc->mentions.v[m].place.len && doc->mentions.v[m].kind == CH_MENTION_NAME &&
	       (doc->mentions.v[m].actor_n != 1 ||
		!ch_str_ieq(ch_doc_str(doc, doc->mentions.v[m].span), doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].name));
}

/* What stands before it: ordinal, a name in capitals, the organisation or the two sides. */
static void look_before(const struct ch_doc *doc, struct found *f)
{
	uint32_t caps = 0;

	for (uint32_t i = f->first; i < f->noun; i++) {
		uint32_t n = ch_reg_in_time(doc, i) ? 0 : ch_gather_number(doc, &gathering_words, GATHERING_WORDS_ORDINAL, i);
		uint32_t m = ch_reg_tok(doc, i)->mention;
		struct ch_str form = ch_token_str(doc, i);

		/* "four rounds" counts, "the fourth" or "the 4th" numbers. */
		if (n && ch_reg_tok(doc, i)->upos != CH_UPOS_NUM && !(form.ptr[form.len - 1] >= '0' && form.ptr[form.len - 1] <= '9'))
			f->ordinal = n;
		f->joint |= SENSE(i, JOINT) != NULL;
		caps += ch_gather_capital(doc, i);
		/* "the Evian talks" */
		f->place_named |= i + 1 == f->noun && ch_gather_capital(doc, i) && i > doc->sentences.v[ch_reg_tok(doc, i)->sentence].first &&
				  (ch_reg_tok(doc, i)->upos == CH_UPOS_PROPN || m == CH_NONE || is_town(doc, i));
		if (is_hyphen_participle(doc, i) && ch_reg_tok(doc, i - 2)->mention != CH_NONE)
			ch_reg_add_mention(doc, ch_reg_tok(doc, i - 2)->mention, &f->mediator);
		else if (m != CH_NONE && !(i + 2 < f->noun && is_hyphen_participle(doc, i + 2)) && doc->mentions.v[m].actor_n) {
			uint32_t body = ch_gather_body(doc, i);

			if (body == i && !f->body.len)
				f->body = ch_reg_party(&doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]]);
			else if (!doc->mentions.v[m].place_only && body != i)
				ch_gather_add(doc, i, &f->who);
		}
	}
	/* One country before the noun is where it is ("the Geneva talks") or whose idea: only two are sides. */
	if (f->who.n < 2)
		f->who.n = 0;
	/* "the EU-Ruritania summit" */
	if (f->body.len && f->who.n == 0)
		for (uint32_t i = f->first; i < f->noun; i++) {
			uint32_t m = ch_reg_tok(doc, i)->mention;

			if (m == CH_NONE || !(ch_reg_is(doc, i + 1, "-") || (i > f->first && ch_reg_is(doc, i - 1, "-"))))
				continue;
			ch_reg_add_mention(doc, m, &f->who);
		}
	/* The first word of a sentence has its capital from there. */
	f->named = ch_gather_capital(doc, f->noun) &&
		   (caps > 0 || (f->past > f->noun + 1 && f->noun > doc->sentences.v[ch_reg_tok(doc, f->noun)->sentence].first));
}

static void look_behind(struct ch_doc *doc, struct found *f)
{
	static const char *const sides[] = { "between", "among", "of", "with" };

	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t at = c, body;

		if (c < f->noun)
			continue;
		if (!ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NMOD) && !ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL))
			continue;
		/* "a round of talks between" */
		if (ch_tree_has_case(doc, c, CH_STR("of")) && SENSE(c, TALKS)) {
			struct found talks = { .noun = c, .body = f->body };

			look_behind(doc, &talks);
			f->who = talks.who.n ? talks.who : f->who;
			continue;
		}
		if (ch_tree_has_case(doc, c, CH_STR("of"))) {
			f->of = true;
			body = ch_gather_body(doc, at);
			if (body != CH_NONE && !f->body.len) {
				f->body = ch_reg_party(&doc->actors.v[doc->mention_actors.v[doc->mentions.v[ch_reg_tok(doc, body)->mention].actor_first]]);
				continue;
			}
			/* a body that no list knows: its name in capitals */
			if (ch_reg_tok(doc, at)->mention == CH_NONE && ch_gather_capital(doc, at) && !f->body.len) {
				uint32_t a, b;

				ch_reg_phrase(doc, at, &a, &b);
				while (a < at && (ch_reg_tok(doc, a)->upos == CH_UPOS_DET || ch_reg_tok(doc, a)->upos == CH_UPOS_ADP))
					a++;
				f->body = ch_reg_text(doc, a, b < f->past ? b : f->past);
				continue;
			}
			if (is_town(doc, at))
				continue;
		}
		for (size_t k = 0; k < sizeof sides / sizeof *sides; k++)
			if (ch_tree_has_case(doc, c, ch_str_z(sides[k])))
				ch_gather_add(doc, c, &f->who);
	}
}

/* Those who mediate or host, told by a participle behind the noun. */
static void look_participle(const struct ch_doc *doc, struct found *f)
{
	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		struct ch_reg_actors *to = SENSE(c, MEDIATE) ? &f->mediator : SENSE(c, HOST) ? &f->host : SENSE(c, ATTEND) ? &f->who : NULL;
		uint32_t by;

		if (!ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_ACL))
			continue;
		f->held |= SENSE(c, HOLD) != NULL;
		by = ch_gather_prep(doc, c, "by");
		if (to && by != CH_NONE && !ch_reg_negated(doc, c))
			ch_gather_add(doc, by, to);
	}
}

/* "with the mediation of Oman", "under Omani mediation", "with Oman mediating", in a sentence with no other gathering. */
static void look_around(const struct ch_doc *doc, struct found *f)
{
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, f->noun)->sentence];

	for (uint32_t i = s->first; i < s->past && !f->mediator.n; i++) {
		if (SENSE(i, MEDIATION) && ch_reg_tok(doc, i)->upos == CH_UPOS_NOUN) {
			uint32_t of = ch_gather_prep(doc, i, "of");

			if (of != CH_NONE)
				ch_gather_add(doc, of, &f->mediator);
			for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE && of == CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
				if (c < i && ch_reg_tok(doc, c)->mention != CH_NONE)
					ch_reg_add_mention(doc, ch_reg_tok(doc, c)->mention, &f->mediator);
		} else if (SENSE(i, MEDIATE) && ch_reg_tok(doc, i)->xpos == CH_XPOS_VBG) {
			uint32_t subject = ch_tree_child(doc, i, CH_DEP_NSUBJ);

			/* "with Oman mediating", whatever the parser hangs from which */
			if (subject == CH_NONE && i > s->first + 1 && ch_reg_tok(doc, i - 1)->mention != CH_NONE)
				for (uint32_t w = i - 1; w-- > s->first && i - w <= 5;)
					subject = ch_reg_is(doc, w, "with") ? i - 1 : subject;
			if (subject != CH_NONE)
				ch_gather_add(doc, subject, &f->mediator);
		}
	}
}

/* The verb that it is subject or object of, through "part in" and "the opening of". */
static void look_verb(const struct ch_doc *doc, struct found *f)
{
	uint32_t at = f->noun, verb, subject, object, by;
	bool mine;

	for (int n = 0; n < CHAIN_MAX; n++) {
		uint8_t rel = ch_reg_tok(doc, at)->deprel;

		if (ch_reg_tok(doc, at)->head == CH_NONE || (!ch_deprel_is(rel, CH_DEP_NMOD) && !ch_deprel_is(rel, CH_DEP_CONJ)) ||
		    ch_tree_is_verb(doc, ch_reg_tok(doc, at)->head))
			break;
		at = ch_reg_tok(doc, at)->head;
	}
	f->verb = verb = ch_tree_clause(doc, at);
	if (verb == CH_NONE || verb == f->noun || !ch_tree_is_verb(doc, verb) || ch_reg_tok(doc, verb)->sentence != ch_reg_tok(doc, f->noun)->sentence) {
		f->verb = CH_NONE;
		return;
	}
	subject = ch_tree_subject(doc, verb);
	object = ch_tree_object(doc, verb);
	by = ch_gather_prep(doc, verb, "by");
	mine = object == f->noun || object == at;
	if (SENSE(verb, HOST) && mine) {
		f->held = true;
		ch_gather_add(doc, subject, &f->host);
		if (!f->host.n && subject != CH_NONE && ch_reg_tok(doc, subject)->mention != CH_NONE)
			f->seat = doc->mentions.v[ch_reg_tok(doc, subject)->mention].place;
	} else if (SENSE(verb, MEDIATE) && (mine || (at == f->noun && ch_deprel_is(ch_reg_tok(doc, at)->deprel, CH_DEP_OBL)))) {
		f->held = true;
		ch_gather_add(doc, subject, &f->mediator);
	} else if (SENSE(verb, GATHER) && subject == f->noun && object != CH_NONE) {
		f->attended = true;
		ch_gather_add(doc, object, &f->who);
	} else if (SENSE(verb, ATTEND) && (mine || at != subject || ch_tree_passive(doc, verb))) {
		/* "The Conference was attended by": object in the active voice's sense */
		f->attended = true;
		if (!ch_tree_lemma_is(doc, verb, "boycott") && !ch_reg_negated(doc, verb))
			ch_gather_add(doc, subject, &f->who);
	} else if (ch_tree_lemma_is(doc, verb, "take") && object != CH_NONE && SENSE(object, PART)) {
		f->attended = true;
		if (!ch_reg_negated(doc, verb))
			ch_gather_add(doc, subject, &f->who);
	} else if (SENSE(verb, HOLD) && (!ch_tree_lemma_is(doc, verb, "launch") || strcmp(f->kind->value, "talks") == 0)) {
		/* a forum that is launched is founded: event/initiative.c */
		f->held = true;
		/* "The Movement called a summit": its own. */
		if (subject != CH_NONE && mine && !f->body.len && ch_gather_body(doc, subject) == subject)
			f->body = ch_reg_party(&doc->actors.v[doc->mention_actors.v[doc->mentions.v[ch_reg_tok(doc, subject)->mention].actor_first]]);
		else if (subject != CH_NONE && subject != f->noun && subject != at && f->who.n < 2)
			ch_gather_add(doc, subject, &f->who);
	}
	if (ch_tree_passive(doc, verb) && by != CH_NONE && SENSE(verb, MEDIATE) && !f->mediator.n)
		ch_gather_add(doc, by, &f->mediator);
}

/* Where a name in capitals says it: "the Congress of Vienna", "the Munich Security Conference". */
static struct ch_str place_in_name(const struct ch_doc *doc, const struct found *f)
{
	struct ch_str place = CH_STR("");

	for (uint32_t i = f->first; i < f->past && (f->named || f->place_named); i++) {
		if (is_town(doc, i))
			place = doc->mentions.v[ch_reg_tok(doc, i)->mention].place;
	}
	return place;
}

static bool same_party(const struct ch_doc *doc, struct ch_actors_of a, const struct ch_reg_actors *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a.n; i++)
		n += ch_gather_has(doc, b, ch_reg_party(&doc->actors.v[doc->event_actors.v[a.first + i]]));
	return n == a.n || n == b->n;
}

/* The one that the page told of before: under the same name, or with the same number of the same body. */
static struct ch_gathering *told_before(struct ch_doc *doc, const struct ch_gathering *g, const struct found *f)
{
	for (uint32_t n = 0, i = doc->gatherings.n; i-- > 0 && n < TOLD_BACK; n++) {
		struct ch_gathering *old = &doc->gatherings.v[i];

		if (!ch_str_eq(old->kind, g->kind) || (old->ordinal && g->ordinal && old->ordinal != g->ordinal))
			continue;
		if (old->date.len && g->date.len && !ch_str_eq(ch_str_sub(old->date, 0, 4), ch_str_sub(g->date, 0, 4)))
			continue;
		/* "The talks were mediated by" after "a third round of talks between" */
		if (f->first == f->noun && f->past == f->noun + 1 && f->noun > 0 && ch_reg_is(doc, f->noun - 1, "the"))
			return old;
		if (ch_str_ieq(old->name, g->name) || (old->body.len && ch_str_eq(old->body, g->body)) ||
		    (old->ordinal && old->ordinal == g->ordinal && (ch_str_istarts(old->name, g->name) || ch_str_istarts(g->name, old->name))) ||
		    (!old->body.len && !g->body.len && old->participant.n > 1 && f->who.n > 1 && same_party(doc, old->participant, &f->who)))
			return old;
	}
	return NULL;
}

static void add_found(const struct ch_gather *gather, struct found *f)
{
	struct ch_doc *doc = gather->doc;
	struct ch_gathering g = { 0 }, *old;
	uint32_t word = f->verb != CH_NONE ? f->verb : f->noun, t;

	g.name = ch_reg_text(doc, f->first, f->past);
	g.kind = ch_gather_value(doc, f->kind);
	g.body = f->body;
	g.ordinal = f->ordinal;
	g.date = ch_reg_date(doc, f->noun);
	if (!g.date.len)
		g.date = ch_reg_date(doc, word);
	g.place = ch_setting_place(doc, f->noun);
	if (!g.place.len)
		g.place = ch_setting_place(doc, word);
	if (f->host.n == 1 && ch_role_state_code(doc->actors.v[f->host.v[0]].code))
		g.place = doc->actors.v[f->host.v[0]].code;
	else if (f->seat.len)
		g.place = f->seat;
	if (!g.place.len)
		g.place = place_in_name(doc, f);
	g.status = ch_gather_status(gather, f->noun);
	/* "opens in September": a day to come. Who stays away denies nothing but that he came. */
	t = ch_setting_time(doc, f->noun);
	t = t != CH_NONE ? t : ch_setting_time(doc, word);
	if (g.status == CH_ACTUAL && t != CH_NONE && doc->meta.published != CH_NO_DAY && doc->times.v[t].lo != CH_NO_DAY &&
	    doc->times.v[t].lo > doc->meta.published)
		g.status = CH_PLANNED;
	if (g.status == CH_DENIED && f->attended)
		g.status = CH_ACTUAL;
	/* "called a summit for July" */
	if (g.status == CH_HYPOTHETICAL && f->verb != CH_NONE && ch_tree_lemma_is(doc, f->verb, "call") && ch_tree_object(doc, f->verb) == f->noun)
		g.status = CH_PLANNED;
	old = told_before(doc, &g, f);
	if (old) {
		/* It adds what its sentence knows. */
		old->ordinal = old->ordinal ? old->ordinal : g.ordinal;
		old->body = old->body.len ? old->body : g.body;
		old->date = old->date.len ? old->date : g.date;
		old->place = old->place.len ? old->place : g.place;
		old->host = old->host.n || !f->host.n ? old->host : ch_gather_keep(doc, &f->host);
		old->mediator = old->mediator.n || !f->mediator.n ? old->mediator : ch_gather_keep(doc, &f->mediator);
		old->participant = old->participant.n >= f->who.n ? old->participant : ch_gather_keep(doc, &f->who);
		return;
	}
	g.host = ch_gather_keep(doc, &f->host);
	g.mediator = ch_gather_keep(doc, &f->mediator);
	g.participant = ch_gather_keep(doc, &f->who);
	g.mention = ch_reg_span(doc, f->first, f->past);
	*CH_PUSH(doc->arena, &doc->gatherings) = g;
}

/* Who hosts or mediates comes not as a party, and the organisation is not its own guest. */
static void settle(const struct ch_doc *doc, struct found *f)
{
	struct ch_reg_actors rest = { .n = 0 };

	for (uint32_t i = 0; i < f->who.n; i++) {
		struct ch_str p = ch_reg_party(&doc->actors.v[f->who.v[i]]);

		if (!ch_gather_has(doc, &f->host, p) && !ch_gather_has(doc, &f->mediator, p) && !ch_str_eq(p, f->body))
			rest.v[rest.n++] = f->who.v[i];
	}
	f->who = rest;
}

static bool worth(const struct ch_doc *doc, const struct found *f)
{
	bool third = ((f->host.n || f->seat.len) && f->who.n >= 2) || f->mediator.n;
	bool talks = strcmp(f->kind->value, "talks") == 0, active = f->held || f->attended;

	/* "at summits of the Movement": no one of them in particular */
	if (!talks && (ch_reg_tok(doc, f->noun)->xpos == CH_XPOS_NNS || ch_reg_tok(doc, f->noun)->xpos == CH_XPOS_NNPS) && !f->host.n)
		return false;
	/* "The Regional Forum has agreed": as an actor it is no gathering. */
	if (ch_reg_tok(doc, f->noun)->mention != CH_NONE && doc->mentions.v[ch_reg_tok(doc, f->noun)->mention].actor_n && !active && !f->ordinal &&
	    !f->host.n && !SENSE(f->noun, STRONG))
		return false;
	if (SENSE(f->noun, BODY))
		return active && (f->ordinal || (f->named && f->of));
	if (talks)
		return third || (f->host.n && active && f->first < f->noun) || (f->ordinal && ch_tree_lemma_is(doc, f->noun, "round")) ||
		       (f->place_named && active) || (ch_tree_lemma_is(doc, f->noun, "round") && f->who.n >= 2);
	if (SENSE(f->noun, LOOSE))
		return f->body.len || third || (f->joint && f->who.n >= 2) || (f->named && (f->ordinal || f->attended));
	if (SENSE(f->noun, STRONG))
		return f->body.len || f->named || f->ordinal || f->joint || f->who.n >= 2 || f->host.n || third || active;
	/* "the APEC forum" is APEC. */
	return (f->body.len && (active || f->named || f->of || strcmp(f->kind->value, "forum") != 0)) || (f->named && (active || f->ordinal || f->host.n)) || third || (f->ordinal && active) || (f->joint && active) ||
	       (f->host.n && f->past > f->noun + 1);
}

void ch_gathering_find(const struct ch_gather *gather)
{
	struct ch_doc *doc = gather->doc;

	for (uint32_t k = 0; k < doc->sentences.n; k++) {
		uint32_t taken = 0;

		for (uint32_t i = doc->sentences.v[k].first; ch_reg_body(doc, k) && i < doc->sentences.v[k].past; i++) {
			struct found f = { .noun = i, .kind = gathering_at(doc, i), .verb = CH_NONE };

			if (!f.kind || i < taken)
				continue;
			bounds(doc, &f);
			look_before(doc, &f);
			look_behind(doc, &f);
			look_participle(doc, &f);
			look_verb(doc, &f);
			look_around(doc, &f);
			settle(doc, &f);
			if (!worth(doc, &f) || f.first < taken)
				continue;
			taken = f.past;
			add_found(gather, &f);
		}
	}
}
