#include "event/event.h"
#include "event/context.h"
#include "base/utf8.h"
#include "event/coder.h"
#include "event/gather.h"
#include "event/setting.h"

/* Sorted by party, so that a joint event reads the same however it is told. */
static void sort_parties(const struct ch_coder *c, uint32_t *actors, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		for (uint32_t k = i; k > 0 && ch_str_cmp(ch_coder_party(c, actors[k - 1]), ch_coder_party(c, actors[k])) > 0; k--) {
			uint32_t swap = actors[k];

			actors[k] = actors[k - 1];
			actors[k - 1] = swap;
		}
}

static bool symmetric(const struct ch_frame *frame, const struct ch_pattern *p)
{
	const char *mode = frame->mode;

	if (p->joint || frame->type == CH_EV_COOPERATE)
		return true;
	return frame->type == CH_EV_CONSULT && !ch_mode_is(mode, "visit") && !ch_mode_is(mode, "letter") && !ch_mode_is(mode, "phone") &&
	       !ch_mode_is(mode, "third-party");
}

/* What two sides may do to each other and be told of as one subject: "both massed troops", "they agreed", "they spoke by telephone". */
static bool may_be_mutual(const struct ch_frame *frame)
{
	return frame->type == CH_EV_AGREE || frame->type == CH_EV_RETREAT || frame->type == CH_EV_MOBILIZE || frame->type == CH_EV_ASSAULT ||
	       ch_mode_is(frame->mode, "phone");
}

enum { STATEMENTS_BACK = 64 };   /* statements nest or keep apart: what is around a word began not long before it */

/* The innermost statement around the trigger. */
static uint32_t statement_at(const struct ch_doc *doc, struct ch_span trigger)
{
	uint32_t lo = 0, hi = doc->statements.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->statements.v[mid].content.start <= trigger.start)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (uint32_t i = lo; i-- > 0 && lo - i <= STATEMENTS_BACK;)
		if (doc->statements.v[i].content.end >= trigger.end)
			return i;
	return CH_NONE;
}

enum { LEAD_SENTENCES = 2, FRESH_DAYS = 4 };

/* "PARIS, Jan. 22 – President de Gaulle and Chancellor Adenauer signed …": where a lead tells of what two did together just now, without saying
 * where, it is where the report comes from. */
static bool told_from_there(const struct ch_coder *c, const struct ch_pattern *p, const struct ch_found *f)
{
	const struct ch_doc *doc = c->doc;
	const struct ch_frame *frame = &c->frames->frames.v[p->frame];
	uint32_t lead = 0;
	ch_day day = ch_day_parse(f->event.date);

	if (!doc->dateline_country.len || f->event.status != CH_ACTUAL || f->source_n + f->target_n < 2 ||
	    !(ch_mode_is(frame->mode, "sign") || ch_mode_is(frame->mode, "meeting") || ch_mode_is(frame->mode, "multilateral") ||
	      (frame->type == CH_EV_AGREE && p->joint)))
		return false;
	while (lead < doc->sentences.n && doc->blocks.v[doc->sentences.v[lead].block].kind == CH_BLOCK_TITLE)
		lead++;
	if (f->event.sentence >= lead + LEAD_SENTENCES)
		return false;
	return !f->event.date.len || (day != CH_NO_DAY && doc->meta.published != CH_NO_DAY && day <= doc->meta.published &&
				      doc->meta.published - day <= FRESH_DAYS);
}

static void set_place(const struct ch_coder *c, const struct ch_pattern *p, uint32_t trigger, struct ch_found *f)
{
	struct ch_str host = CH_STR("");

	if (p->place == CH_PLACE_NOWHERE)
		return;
	if (p->place == CH_PLACE_TARGET && f->target_n == 1)
		host = c->doc->actors.v[f->target[0]].code;
	else if (p->place == CH_PLACE_SOURCE && f->source_n == 1)
		host = c->doc->actors.v[f->source[0]].code;
	if (host.len == 3 && !ch_str_eqz(host, "IGO") && !ch_str_eqz(host, "NGO") && !ch_str_eqz(host, "IMG") && !ch_str_eqz(host, "ISM") &&
	    !ch_str_eqz(host, "MNC")) {
		f->event.place = host;
		f->event.place_basis = "host";
		return;
	}
	f->event.place = ch_setting_scene(c->doc, &c->words, trigger, f->event.type);
	f->event.place_basis = f->event.place.len ? "said" : NULL;
	if (!f->event.place.len && told_from_there(c, p, f)) {
		f->event.place = c->doc->dateline_country;
		f->event.place_basis = "dateline";
	}
}

static bool verbal(unsigned type)
{
	return type == CH_EV_AGREE || type == CH_EV_REQUEST || type == CH_EV_ACCUSE || type == CH_EV_REJECT || type == CH_EV_THREATEN;
}

static void set_date(const struct ch_coder *c, uint32_t trigger, struct ch_found *f)
{
	uint32_t t = ch_setting_day(c->doc, &c->words, trigger, f->event.status == CH_ACTUAL);
	bool ahead;

	if (t == CH_NONE) {
		if (c->review.len && f->event.status == CH_ACTUAL && ch_setting_past(c->doc, trigger)) {
			f->event.date = c->review;
			f->event.date_basis = "context";
		}
		return;
	}
	ahead = ch_setting_ahead(c->doc, trigger, t);
	/* What was said or done cannot lie ahead: the date is that of what it was about ("invited him for May"). */
	if (ahead && f->event.status == CH_ACTUAL &&
	    (verbal(f->event.type) || (ch_tree_is_verb(c->doc, trigger) && ch_setting_past(c->doc, trigger))))
		return;
	f->event.date = c->doc->times.v[t].date;
	f->event.date_basis = c->doc->times.v[t].basis;
	/* The present tense of a timetable: "leaves for Bonn on Friday". */
	if (ahead && f->event.status == CH_ACTUAL)
		f->event.status = CH_PLANNED;
	/* Told of as past by more than a year: background, not news. */
	if (f->event.status == CH_ACTUAL && c->doc->meta.published != CH_NO_DAY && c->doc->times.v[t].hi < c->doc->meta.published - 366)
		f->event.status = CH_HISTORICAL;
}

/* Those of a country who are not its state: its rebels, its crowds, its opposition. */
static bool of_the_people(const struct ch_coder *c, uint32_t actor)
{
	static const char *const sectors[] = { "REB", "SEP", "UAF", "OPP", "CVL", "LAB", "EDU", "REF", "SOC", "AGR", "PTY", "REL", "BUS", "CRM" };

	for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
		if (ch_str_eqz(c->doc->actors.v[actor].sector, sectors[i]))
			return true;
	return false;
}

/* One of list is of actor's party. domestic: and on the same side of it, for police that arrest their own country's students act upon others. */
static bool has_same(const struct ch_coder *c, const uint32_t *list, uint32_t n, uint32_t actor, bool domestic)
{
	for (uint32_t i = 0; i < n; i++)
		if (ch_str_eq(ch_coder_party(c, list[i]), ch_coder_party(c, actor)) &&
		    (!domestic || of_the_people(c, list[i]) == of_the_people(c, actor)))
			return true;
	return false;
}

/* Takes the parties of b out of a; returns what is left of a. */
static uint32_t without(const struct ch_coder *c, uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m, bool domestic)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++)
		if (!has_same(c, b, m, a[i], domestic))
			a[kept++] = a[i];
	return kept;
}

static bool same_side_within(const struct ch_coder *c, const struct ch_found *f, bool domestic)
{
	for (uint32_t i = 0; i < f->target_n; i++)
		if (!has_same(c, f->source, f->source_n, f->target[i], domestic))
			return false;
	return f->target_n > 0;
}

/* Acts that are told of a state and its own people too: demands, protest, arrest, attack, and giving way. */
static bool may_be_domestic(unsigned type)
{
	return type >= CH_EV_REQUEST || type == CH_EV_RETREAT || type == CH_EV_CONCEDE;
}

static void finish(struct ch_coder *c, const struct ch_pattern *p, uint32_t trigger, struct ch_found *f)
{
	const struct ch_frame *frame = &c->frames->frames.v[p->frame];
	bool domestic = may_be_domestic(frame->type);

	/* Nobody acts upon himself: a party of the source is none of the target. Where all of the target is in the source, as in what a joint
	 * paper says of one of its makers, it is the source that loses it. */
	if (f->source_n > f->target_n && same_side_within(c, f, domestic))
		f->source_n = without(c, f->source, f->source_n, f->target, f->target_n, domestic);
	f->target_n = without(c, f->target, f->target_n, f->source, f->source_n, domestic);
	if (symmetric(frame, p)) {
		for (uint32_t i = 0; i < f->target_n && f->source_n < CH_PARTIES_MAX; i++)
			f->source[f->source_n++] = f->target[i];
		f->target_n = 0;
	} else if (!p->solo && (!f->source_n || (!f->target_n && !f->mutual && !may_be_mutual(frame)))) {
		return;
	}
	if (!f->source_n || (f->source_n + f->target_n < 2 && !p->solo))
		return;
	sort_parties(c, f->source, f->source_n);
	sort_parties(c, f->target, f->target_n);
	set_date(c, trigger, f);
	set_place(c, p, trigger, f);
	*CH_PUSH(c->doc->arena, &c->found) = *f;
	/* What "the agreement" or "the talks" are from here on: those of these parties. */
	if (f->source_n + f->target_n > 1 && (frame->type == CH_EV_AGREE || frame->type == CH_EV_CONSULT || ch_mode_is(frame->mode, "sign"))) {
		c->paper.n = 0;
		c->paper_sentence = f->event.sentence;
		for (uint32_t i = 0; i < f->source_n; i++)
			c->paper.actors[c->paper.n++] = f->source[i];
		for (uint32_t i = 0; i < f->target_n && c->paper.n < CH_PARTIES_MAX; i++)
			c->paper.actors[c->paper.n++] = f->target[i];
	}
}

static enum ch_status status_named(const char *name)
{
	static const char *const names[] = { "actual", "planned", "denied", "hypothetical", "historical" };

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(name, names[i]))
			return (enum ch_status)i;
	return CH_ACTUAL;
}

/* One event for each counterpart where the frame says so: a list of visits is as many visits. */
static void split(struct ch_coder *c, const struct ch_pattern *p, uint32_t trigger, const struct ch_found *whole)
{
	uint32_t n_source = p->split == CH_SPLIT_BOTH && whole->source_n ? whole->source_n : 1;
	uint32_t n_target = p->split != CH_SPLIT_NONE && whole->target_n ? whole->target_n : 1;

	for (uint32_t i = 0; i < n_source; i++)
		for (uint32_t k = 0; k < n_target; k++) {
			struct ch_found one = *whole;

			if (n_source > 1) {
				one.source[0] = whole->source[i];
				one.source_n = 1;
			}
			if (n_target > 1) {
				one.target[0] = whole->target[k];
				one.target_n = 1;
			}
			finish(c, p, trigger, &one);
		}
}

enum { PAPER_SENTENCES = 3 };   /* how long "the memorandum" is that of the talks told of */

/* "Will withdraw its troops unless the rebels stop": what would be done, and a condition that somebody else is to meet. */
static bool menace(const struct ch_doc *doc, uint32_t trigger, unsigned type, enum ch_status status)
{
	uint32_t verb = ch_tree_clause(doc, trigger);

	if ((type < CH_EV_PROTEST && type != CH_EV_RETREAT) || (status != CH_PLANNED && status != CH_HYPOTHETICAL))
		return false;
	for (uint32_t c = doc->tokens.v[verb].first_child; c != CH_NONE; c = doc->tokens.v[c].next_sibling) {
		uint32_t mark = ch_deprel_is(doc->tokens.v[c].deprel, CH_DEP_ADVCL) ? ch_tree_child(doc, c, CH_DEP_MARK) : CH_NONE;

		if (mark != CH_NONE && ch_str_ieq(ch_token_str(doc, mark), CH_STR("unless")))
			return true;
	}
	return false;
}

/* True when the pattern fitted, so that no later pattern of the word is tried. */
static bool try_pattern(struct ch_coder *c, const struct ch_pattern *p, uint32_t trigger)
{
	struct ch_doc *doc = c->doc;
	const struct ch_frame *frame = &c->frames->frames.v[p->frame];
	const struct ch_token *t = &doc->tokens.v[trigger];
	struct ch_side source, target = { .word = CH_NONE };
	struct ch_found whole = { .event = { .type = frame->type, .mode = frame->mode, .cameo = frame->cameo, .frame = frame->name,
					  .sentence = t->sentence, .trigger = t->span } };
	uint32_t before = c->found.n;
	bool called;

	if (!ch_bind_needs(&c->binder, trigger, p))
		return false;
	ch_bind(&c->binder, trigger, &p->source, false, &source);
	if (p->target.n)
		ch_bind(&c->binder, trigger, &p->target, true, &target);
	/* "The memorandum was signed on Friday": by those of the talks just told of. */
	if (p->joint && !source.n && !target.n && c->paper.n >= 2 && c->paper_sentence + PAPER_SENTENCES >= t->sentence && ch_tree_passive(doc, trigger)) {
		source = c->paper;
		source.indirect = true;
	}
	ch_coder_find_target(c, frame, p, t->sentence, &source, &target);
	if (source.n + target.n < 2 && !p->solo)
		return false;
	whole.event.status = ch_status_of(doc, &c->words, trigger, verbal(frame->type), &called);
	/* A will to cooperate is there as soon as it is told, however far off the cooperation is. */
	if (frame->type == CH_EV_AGREE && whole.event.status != CH_DENIED)
		whole.event.status = CH_ACTUAL;
	if (p->status)
		whole.event.status = status_named(p->status);
	if (called)
		return false;
	whole.event.claimed_by = c->statement;
	/* Shares of events that were right on pages written blind (docs/evaluation.md). */
	whole.event.confidence = 0.88f - (source.indirect ? 0.14f : 0) - (target.guessed ? 0.4f : target.indirect ? 0.14f : 0) -
				 (whole.event.status == CH_ACTUAL ? 0 : 0.1f) - (source.n + target.n < 2 ? 0.6f : 0);
	if (whole.event.confidence < 0.1f)
		whole.event.confidence = 0.1f;
	memcpy(whole.source, source.actors, sizeof source.actors);
	memcpy(whole.target, target.actors, sizeof target.actors);
	whole.source_n = source.n;
	whole.target_n = target.n;
	whole.mutual = target.reciprocal;
	{
		struct ch_str from = ch_side_print(&c->binder, doc->arena, "source", &source);
		struct ch_str to = ch_side_print(&c->binder, doc->arena, "target", &target);

		whole.event.path = ch_arena_printf(doc->arena, "%.*s%s%.*s", CH_STR_ARG(from), from.len && to.len ? "; " : "", CH_STR_ARG(to));
	}
	if (menace(doc, trigger, frame->type, whole.event.status)) {
		whole.event.type = CH_EV_THREATEN;
		whole.event.mode = frame->type == CH_EV_ASSAULT ? "violence" : frame->type == CH_EV_SANCTION ? "restrict" : NULL;
		whole.event.cameo = frame->type == CH_EV_ASSAULT ? "138" : frame->type == CH_EV_PROTEST ? "133" : "130";
		whole.event.status = CH_ACTUAL;
	}
	split(c, p, trigger, &whole);
	if (c->found.n == before)
		return false;
	for (uint32_t i = 0; i < p->swallow.n; i++) {
		uint32_t words[CH_PARTIES_MAX], n = ch_bind_words(&c->binder, trigger, &p->swallow.v[i], words, CH_PARTIES_MAX);

		for (uint32_t k = 0; k < n && c->swallowed_n < SWALLOWED_MAX; k++) {
			ch_doc_subtree(doc, words[k], &c->swallowed[c->swallowed_n].first, &c->swallowed[c->swallowed_n].past);
			c->swallowed_n++;
		}
	}
	return true;
}

static unsigned trigger_pos(const struct ch_token *t)
{
	switch (t->upos) {
	case CH_UPOS_VERB: return CH_UPOS_VERB;
	case CH_UPOS_ADJ: return CH_UPOS_ADJ;
	case CH_UPOS_NOUN: case CH_UPOS_PROPN: return CH_UPOS_NOUN;
	default: return CH_UPOS_N;
	}
}

/* Who "we" and "you" are from here on. */
static void enter_statement(struct ch_coder *c, uint32_t statement)
{
	struct ch_binder *b = &c->binder;

	c->statement = statement;
	b->speaker = statement == CH_NONE ? CH_NONE : c->doc->statements.v[statement].actor;
	b->addressee = b->speaker == CH_NONE ? CH_NONE : ch_coder_addressee(c, b->speaker);
}

/* The first pattern that the word may trigger, or NULL. */
static const struct ch_pattern *patterns_of(const struct ch_coder *c, uint32_t token)
{
	const struct ch_token *t = &c->doc->tokens.v[token];
	unsigned pos = trigger_pos(t);
	const struct ch_pattern *p;
	char lower[48];
	struct ch_str lemma = t->lemma;

	if (pos == CH_UPOS_N || !lemma.len || lemma.len > sizeof lower)
		return NULL;
	if (t->upos == CH_UPOS_PROPN) {   /* "the Summit in Brussels": a name's head has its lemma with a capital */
		for (size_t i = 0; i < lemma.len; i++)
			lower[i] = (char)(lemma.ptr[i] >= 'A' && lemma.ptr[i] <= 'Z' ? lemma.ptr[i] + 32 : lemma.ptr[i]);
		lemma = ch_str_n(lower, lemma.len);
	}
	p = ch_frames_of(c->frames, pos, lemma);
	if (!p && pos == CH_UPOS_VERB && lemma.len + 1 < sizeof lower) {   /* a verb new to the lemmatiser: "telephoned", telephon */
		memcpy(lower, lemma.ptr, lemma.len);
		lower[lemma.len] = 'e';
		p = ch_frames_of(c->frames, pos, ch_str_n(lower, lemma.len + 1));
	}
	return p;
}

static bool try_patterns(struct ch_coder *c, const struct ch_pattern *p, uint32_t token)
{
	bool fitted = false;

	for (; p; p = ch_frames_next(c->frames, p))
		if (try_pattern(c, p, token)) {
			fitted = true;
			if (!p->also)
				break;
		}
	return fitted;
}

/* "Is in Cairo", "is against the plan": the predicate triggers what `verb be` says. */
static const struct ch_pattern *patterns_of_be(const struct ch_coder *c, uint32_t token)
{
	const struct ch_token *t = &c->doc->tokens.v[token];

	if ((t->upos != CH_UPOS_PROPN && t->upos != CH_UPOS_NOUN) || ch_tree_child(c->doc, token, CH_DEP_COP) == CH_NONE ||
	    ch_tree_child(c->doc, token, CH_DEP_CASE) == CH_NONE)
		return NULL;
	return ch_frames_of(c->frames, CH_UPOS_VERB, CH_STR("be"));
}

static void code_token(struct ch_coder *c, uint32_t token)
{
	const struct ch_pattern *p, *be;

	for (uint32_t i = 0; i < c->swallowed_n; i++)
		if (token >= c->swallowed[i].first && token < c->swallowed[i].past)
			return;
	p = patterns_of(c, token);
	be = patterns_of_be(c, token);
	if (!p && !be)
		return;
	enter_statement(c, statement_at(c->doc, c->doc->tokens.v[token].span));
	if (!try_patterns(c, be, token))
		try_patterns(c, p, token);
}

/* ---- lists that a sentence introduces: "The documents signed in 2018 were:" and items below ---- */

static bool is_item(const struct ch_doc *doc, const struct ch_block *b)
{
	uint32_t len, first = b->span.start < b->span.end ? ch_utf8_at(doc->text, b->span.start, &len) : 0;

	return b->kind == CH_BLOCK_ITEM || ch_is_dash(first) || first == 0x2022 /* bullets */ || first == 0x25CF || first == 0x25AA || first == '*';
}

/* Parties of all mentions of the sentence that may act. */
static void sentence_parties(const struct ch_coder *c, const struct ch_sentence *s, struct ch_found *f)
{
	const struct ch_doc *doc = c->doc;

	for (uint32_t t = s->first; t < s->past; t++) {
		const struct ch_mention *m;

		if (doc->tokens.v[t].mention == CH_NONE)
			continue;
		m = &doc->mentions.v[doc->tokens.v[t].mention];
		for (uint32_t i = 0; !m->place_only && i < m->actor_n && f->target_n < CH_PARTIES_MAX; i++) {
			uint32_t actor = doc->mention_actors.v[m->actor_first + i];

			if (ch_coder_party(c, actor).len && !ch_coder_has_party(c, f->target, f->target_n, ch_coder_party(c, actor)))
				f->target[f->target_n++] = actor;
		}
	}
}

/* The items stand for what the lead's pattern lacks: each names the other side, or both. */
static void code_items(struct ch_coder *c, const struct ch_pattern *p, uint32_t trigger, uint32_t lead)
{
	struct ch_doc *doc = c->doc;
	const struct ch_frame *frame = &c->frames->frames.v[p->frame];
	struct ch_side source;
	bool called;
	struct ch_found whole = { .event = { .type = frame->type, .mode = frame->mode, .cameo = frame->cameo, .frame = frame->name,
					  .sentence = lead, .trigger = doc->tokens.v[trigger].span, .claimed_by = c->statement,
					  .confidence = 0.85f } };

	ch_bind(&c->binder, trigger, &p->source, false, &source);
	whole.event.status = ch_status_of(doc, &c->words, trigger, verbal(frame->type), &called);
	if (called)
		return;
	memcpy(whole.source, source.actors, sizeof source.actors);
	whole.source_n = source.n;
	for (uint32_t s = lead + 1; s < doc->sentences.n && is_item(doc, &doc->blocks.v[doc->sentences.v[s].block]); s++) {
		struct ch_found one = whole;

		sentence_parties(c, &doc->sentences.v[s], &one);
		if (!one.target_n)
			continue;
		one.event.path = ch_arena_printf(doc->arena, "source: as the lead of the list says; target: named in the item \"%.*s\"",
						 CH_STR_ARG(ch_doc_str(doc, doc->sentences.v[s].span)));
		if (!one.source_n) {
			memcpy(one.source, one.target, sizeof one.target);
			one.source_n = one.target_n;
			one.target_n = 0;
		}
		split(c, p, trigger, &one);
	}
}

static void code_list(struct ch_coder *c, uint32_t lead)
{
	struct ch_doc *doc = c->doc;
	const struct ch_sentence *s = &doc->sentences.v[lead];

	if (lead + 1 >= doc->sentences.n || !ch_str_ends(ch_doc_str(doc, s->span), CH_STR(":")) ||
	    !is_item(doc, &doc->blocks.v[doc->sentences.v[lead + 1].block]))
		return;
	for (uint32_t t = s->first; t < s->past; t++)
		for (const struct ch_pattern *p = patterns_of(c, t); p; p = ch_frames_next(c->frames, p))
			if ((p->joint || p->split != CH_SPLIT_NONE) && ch_bind_needs(&c->binder, t, p)) {
				code_items(c, p, t, lead);
				return;
			}
}

/* ---- the same event told twice ---- */

static bool same_side(const struct ch_coder *c, const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
	if (n != m)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!ch_coder_has_party(c, b, m, ch_coder_party(c, a[i])))
			return false;
	return true;
}

/* True if one date lies within the other, as strings of GUIDE's form do: "2018" holds "2018-08". */
static bool dates_fit(struct ch_str a, struct ch_str b)
{
	return !a.len || !b.len || ch_str_starts(a, b) || ch_str_starts(b, a);
}

static bool same_event(const struct ch_coder *c, const struct ch_found *a, const struct ch_found *b)
{
	const char *am = a->event.mode ? a->event.mode : "", *bm = b->event.mode ? b->event.mode : "";

	return a->event.type == b->event.type && !strcmp(am, bm) && a->event.status == b->event.status &&
	       dates_fit(a->event.date, b->event.date) && same_side(c, a->source, a->source_n, b->source, b->source_n) &&
	       same_side(c, a->target, a->target_n, b->target, b->target_n) &&
	       (!a->event.place.len || !b->event.place.len || ch_str_eq(a->event.place, b->event.place));
}

/* Takes over what b tells more fully. */
static void merge(struct ch_found *a, const struct ch_found *b)
{
	if (b->event.date.len > a->event.date.len) {
		a->event.date = b->event.date;
		a->event.date_basis = b->event.date_basis;
	}
	if (!a->event.place.len) {
		a->event.place = b->event.place;
		a->event.place_basis = b->event.place_basis;
	}
	if (b->event.confidence > a->event.confidence)
		a->event.confidence = b->event.confidence;
}

static uint32_t write_side(struct ch_doc *doc, const uint32_t *actors, uint32_t n)
{
	uint32_t first = doc->event_actors.n;

	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(doc->arena, &doc->event_actors) = actors[i];
	return first;
}

static void write_events(struct ch_coder *c)
{
	struct ch_doc *doc = c->doc;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < c->found.n; i++) {
		bool known = false;

		/* A page names few parties: the list of distinct events stays short, and is cut for pages made to make it long. */
		for (uint32_t k = kept > 256 ? kept - 256 : 0; k < kept && !known; k++)
			if (same_event(c, &c->found.v[k], &c->found.v[i])) {
				merge(&c->found.v[k], &c->found.v[i]);
				known = true;
			}
		if (!known)
			c->found.v[kept++] = c->found.v[i];
	}
	for (uint32_t i = 0; i < kept; i++) {
		struct ch_found *f = &c->found.v[i];

		f->event.source_first = write_side(doc, f->source, f->source_n);
		f->event.source_n = f->source_n;
		f->event.target_first = write_side(doc, f->target, f->target_n);
		f->event.target_n = f->target_n;
		*CH_PUSH(doc->arena, &doc->events) = f->event;
	}
}

bool ch_event(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	struct ch_coder c = { .doc = doc, .frames = engine->frames };

	(void)err;
	c.binder = (struct ch_binder){ .doc = doc, .light = ch_frames_class(c.frames, "LIGHT"),
				       .people = ch_frames_class(c.frames, "AGENTS"), .speaker = CH_NONE, .addressee = CH_NONE };
	ch_status_words_get(c.frames, &c.words);
	c.review = ch_setting_review(doc);
	ch_coder_find_focus(&c);
	c.binder.instruments = ch_frames_class(c.frames, "INSTRUMENT");
	c.binder.other_side = ch_frames_class(c.frames, "OTHER_SIDE");
	c.binder.phrases = ch_frames_class(c.frames, "PHRASES");
	c.binder.beside = ch_frames_class(c.frames, "BESIDE");
	c.binder.measures = ch_frames_class(c.frames, "MEASURES");
	c.binder.papers = ch_frames_class(c.frames, "PAPERS");
	c.binder.paper = &c.paper;
	for (uint32_t s = 0; s < doc->sentences.n; s++) {
		const struct ch_sentence *sentence = &doc->sentences.v[s];

		if (sentence->root == CH_NONE || doc->blocks.v[sentence->block].kind == CH_BLOCK_TITLE)
			continue;
		c.swallowed_n = 0;
		for (uint32_t t = sentence->first; t < sentence->past; t++)
			code_token(&c, t);
		code_list(&c, s);
	}
	write_events(&c);
	ch_context(engine, doc);
	ch_visit_details(doc);
	return true;
}
