/* event/context.c -- lays the terms of lexicon/contexts/ over the sentences of events; see context.h. */
#include "event/context.h"
#include "event/tree.h"
#include <stdio.h>

#define NAME(id, name) name,
static const char *const names[CH_CONTEXT_N] = { CH_CONTEXT_TABLE(NAME) };

const char *ch_context_name(unsigned context)
{
	return context < CH_CONTEXT_N ? names[context] : NULL;
}

unsigned ch_context_parse(struct ch_str name)
{
	unsigned i = 0;

	while (i < CH_CONTEXT_N && !ch_str_eqz(name, names[i]))
		i++;
	return i;
}

struct ch_str ch_context_names(struct ch_arena *arena, uint64_t contexts)
{
	struct ch_str s = { 0 };

	for (unsigned i = 0; i < CH_CONTEXT_N; i++)
		if (contexts >> i & 1)
			s = ch_arena_printf(arena, "%.*s%s%s", CH_STR_ARG(s), s.len ? " " : "", names[i]);
	return s;
}

/* ---- terms in a sentence ---- */

enum {
	HITS_MAX = 64,       /* of a sentence; nobody tells of more, hostile pages are cut short */
	WORD_BYTES_MAX = 48,
};

struct hit {
	const struct ch_term *term;
	uint32_t token;
};

struct finder {
	const struct ch_contexts *lexicon;
	struct ch_doc *doc;
	uint8_t *clause_of;          /* by token: 1 where some event's clause stands */
	uint32_t sentence;           /* whose hits these are */
	struct hit hits[HITS_MAX];
	uint32_t n_hits;
	bool page_read;              /* the sentences with sure terms are counted: */
	uint32_t page[CH_CONTEXT_N];
};

static struct ch_str lower(struct ch_str s, char buf[WORD_BYTES_MAX])
{
	if (s.len > WORD_BYTES_MAX)
		return CH_STR("");
	for (size_t i = 0; i < s.len; i++)
		buf[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] + 32 : s.ptr[i]);
	return ch_str_n(buf, s.len);
}

static bool is_hyphen(const struct ch_doc *doc, uint32_t token)
{
	return doc->tokens.v[token].upos == CH_UPOS_PUNCT && ch_str_eqz(ch_token_str(doc, token), "-");
}

/* The token behind the term's last word, or 0 where it does not stand at token. */
static uint32_t match(const struct ch_doc *doc, const struct ch_term *term, uint32_t token, uint32_t past)
{
	const struct ch_token *t = &doc->tokens.v[token];
	uint32_t at = token + 1;

	if (term->upos != CH_UPOS_N && term->upos != t->upos && !(term->upos == CH_UPOS_NOUN && t->upos == CH_UPOS_PROPN))
		return 0;
	for (uint32_t i = 1; i < term->n_words; i++, at++) {
		if (at < past && is_hyphen(doc, at))
			at++;
		if (at >= past || !(ch_str_ieq(doc->tokens.v[at].lemma, term->words[i]) || ch_str_ieq(ch_token_str(doc, at), term->words[i])))
			return 0;
	}
	return at;
}

/* The longest term of each context that begins at a token. */
struct longest {
	uint64_t found;              /* which of those below are set; bit CH_CONTEXT_N: `not` of all */
	const struct ch_term *term[CH_CONTEXT_N + 1];
	uint32_t past[CH_CONTEXT_N + 1];
};

static void look_up(const struct finder *f, struct ch_str word, uint32_t token, uint32_t past, struct longest *l)
{
	const uint32_t *first = word.len ? ch_map_get(&f->lexicon->words, word) : NULL;

	for (uint32_t at = first ? *first : UINT32_MAX; at != UINT32_MAX; at = f->lexicon->terms.v[at].next) {
		const struct ch_term *term = &f->lexicon->terms.v[at];
		uint32_t end = match(f->doc, term, token, past);
		unsigned k = term->context;

		if (!end || ((l->found >> k & 1) && end <= l->past[k]))
			continue;
		l->found |= (uint64_t)1 << k;
		l->term[k] = term;
		l->past[k] = end;
	}
}

/* Writes to hits the terms of the sentence, in order, at most `max`; returns their number. */
static uint32_t find_terms(const struct finder *f, uint32_t sentence, struct hit *hits, uint32_t max)
{
	const struct ch_doc *doc = f->doc;
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t covered[CH_CONTEXT_N + 1] = { 0 }, n = 0;
	struct longest l;

	for (uint32_t t = s->first; t < s->past && n < max; t++) {
		char lemma_buf[WORD_BYTES_MAX], form_buf[WORD_BYTES_MAX];
		struct ch_str lemma = lower(doc->tokens.v[t].lemma, lemma_buf), form = lower(ch_token_str(doc, t), form_buf);

		l.found = 0;
		look_up(f, lemma, t, s->past, &l);
		if (!ch_str_eq(lemma, form))
			look_up(f, form, t, s->past, &l);
		if (!l.found || t < covered[CH_CONTEXT_N])
			continue;
		for (unsigned k = 0; k < CH_CONTEXT_N && n < max; k++) {
			if (!(l.found >> k & 1) || t < covered[k] ||
			    ((l.found >> CH_CONTEXT_N & 1) && l.past[CH_CONTEXT_N] >= l.past[k]))
				continue;
			covered[k] = l.past[k];
			if (l.term[k]->kind != CH_TERM_NOT)
				hits[n++] = (struct hit){ l.term[k], t };
		}
		if (l.found >> CH_CONTEXT_N & 1)
			covered[CH_CONTEXT_N] = l.past[CH_CONTEXT_N];
	}
	return n;
}

/* ---- whose term it is ---- */

/* A clause beside another, not below it. */
static bool is_beside(unsigned deprel)
{
	return ch_deprel_is(deprel, CH_DEP_CONJ) || ch_deprel_is(deprel, CH_DEP_PARATAXIS);
}

/* A clause that says something more, not what is done: "who met", "when it met"; but not "accused it of shelling", "the demand to leave". */
static bool is_aside(const struct ch_doc *doc, uint32_t clause)
{
	static const char *const governed[] = { "of", "for", "from", "over", "about", "against" };

	if (doc->tokens.v[clause].deprel == CH_DEP_ACL_RELCL)
		return true;
	if (!ch_deprel_is(doc->tokens.v[clause].deprel, CH_DEP_ADVCL))
		return false;
	for (uint32_t c = doc->tokens.v[clause].first_child; c != CH_NONE && c < clause; c = doc->tokens.v[c].next_sibling)
		for (size_t i = 0; i < sizeof governed / sizeof *governed; i++)
			if (ch_str_ieq(ch_token_str(doc, c), ch_str_z(governed[i])))
				return false;
	return true;
}

/* Where an event stands in its tree. */
struct place {
	uint32_t trigger, clause;
	uint32_t scope;              /* the top of what is told in one breath with it */
	uint32_t shared;             /* the verb with which its clause shares a subject, or CH_NONE */
};

static struct place place_of(const struct ch_doc *doc, uint32_t trigger)
{
	struct place p = { trigger, ch_tree_clause(doc, trigger), 0, CH_NONE };
	const struct ch_token *t = &doc->tokens.v[p.clause];

	p.scope = p.clause;
	if (t->deprel == CH_DEP_CONJ && t->head != CH_NONE && ch_tree_child(doc, p.clause, CH_DEP_NSUBJ) == CH_NONE)
		p.shared = t->head;
	for (int i = 0; i < CH_CLIMB_MAX && t->head != CH_NONE && !is_beside(t->deprel) && !ch_deprel_is(t->deprel, CH_DEP_CCOMP); i++) {
		p.scope = t->head;
		t = &doc->tokens.v[p.scope];
	}
	return p;
}

/* A term belongs to the event whose clause is the first above it, to those that govern that clause as their complement, and, outside the
 * clauses of events, to all that the sentence tells in one breath. */
static bool belongs(const struct finder *f, const struct place *p, uint32_t token)
{
	const struct ch_doc *doc = f->doc;
	bool other = false;          /* it is in the clause of another event */

	for (int i = 0; i < CH_CLIMB_MAX * 2 && token != CH_NONE; i++) {
		const struct ch_token *t = &doc->tokens.v[token];

		if (token == p->trigger || token == p->clause)
			return true;
		if (token == p->scope)
			return !other && !f->clause_of[token];
		other = other || f->clause_of[token];
		if (t->head == CH_NONE)
			return false;
		if (t->head == p->shared && ch_deprel_is(t->deprel, CH_DEP_NSUBJ))
			return true;
		if (is_beside(t->deprel) && (other || ch_tree_is_verb(doc, token)))
			return false;
		if (other && is_aside(doc, token))
			return false;
		token = t->head;
	}
	return false;
}

/* ---- what counts for an event ---- */

struct evidence {
	uint32_t sure[CH_CONTEXT_N], hints[CH_CONTEXT_N];
	uint64_t worded;                    /* contexts for which a word speaks, not features alone */
	struct ch_str why[CH_CONTEXT_N];
};

static void count(struct finder *f, struct evidence *e, const struct ch_term *term)
{
	unsigned k = term->context;
	struct ch_str rest = e->why[k], one;

	/* Said twice is said once. */
	while (ch_str_cut(&rest, ',', &one))
		if (ch_str_eq(ch_str_trim(one), term->text))
			return;
	*(term->kind == CH_TERM_SURE ? &e->sure[k] : &e->hints[k]) += 1;
	e->why[k] = ch_arena_printf(f->doc->arena, "%.*s%s%.*s", CH_STR_ARG(e->why[k]), e->why[k].len ? ", " : "", CH_STR_ARG(term->text));
}

static void feature(struct finder *f, struct evidence *e, const char *kind, const char *a, const char *dot, const char *b)
{
	char key[64];
	int n = snprintf(key, sizeof key, "%s:%s%s%s", kind, a, dot, b);
	const uint32_t *first = n > 0 && (size_t)n < sizeof key ? ch_map_get(&f->lexicon->features, ch_str_n(key, (size_t)n)) : NULL;

	for (uint32_t at = first ? *first : UINT32_MAX; at != UINT32_MAX; at = f->lexicon->terms.v[at].next)
		if (f->lexicon->terms.v[at].kind != CH_TERM_NOT)
			count(f, e, &f->lexicon->terms.v[at]);
}

/* A state, or an organisation of states. */
static bool is_public(const struct ch_actor *a)
{
	static const char *const others[] = { "NGO", "NGM", "ISM", "IMG", "MNC", "REB", "UAF", "PRE" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (ch_str_eqz(a->code, others[i]))
			return false;
	return a->code.len == 3 && a->party.len;
}

/* True of a sector that deals with other states in its state's name. */
static bool is_official(const struct ch_actor *a)
{
	return !a->sector.len || ch_str_eqz(a->sector, "GOV") || ch_str_eqz(a->sector, "MIL") || ch_str_eqz(a->sector, "LEG") ||
	       ch_str_eqz(a->party, "VAT");   /* the pope is a head of state too */
}

static void features(struct finder *f, struct evidence *e, const struct ch_event *ev)
{
	const struct ch_doc *doc = f->doc;
	struct ch_str one = { 0 };
	bool states = false;

	feature(f, e, "type", ch_event_name(ev->type), "", "");
	if (ev->mode)
		feature(f, e, "mode", ch_event_name(ev->type), ".", ev->mode);
	if (ev->frame)
		feature(f, e, "frame", ev->frame, "", "");
	for (uint32_t i = 0; i < ev->source_n + ev->target_n; i++) {
		uint32_t at = i < ev->source_n ? ev->source_first + i : ev->target_first + i - ev->source_n;
		const struct ch_actor *a = &doc->actors.v[doc->event_actors.v[at]];
		char sector[8];

		if (a->sector.len && a->sector.len < sizeof sector) {
			memcpy(sector, a->sector.ptr, a->sector.len);
			sector[a->sector.len] = '\0';
			feature(f, e, "sector", sector, "", "");
		}
		if (!is_public(a) || !is_official(a))
			continue;
		states = states || (one.len && !ch_str_eq(one, a->party));
		one = a->party;
	}
	if (states)
		feature(f, e, "between", "states", "", "");
}

/* How many sentences of the page have a sure term of each context. */
static void read_page(struct finder *f)
{
	struct hit hits[HITS_MAX];

	for (uint32_t s = 0; s < f->doc->sentences.n; s++) {
		uint32_t n = find_terms(f, s, hits, HITS_MAX);
		uint64_t seen = 0;

		for (uint32_t i = 0; i < n; i++)
			if (hits[i].term->kind == CH_TERM_SURE)
				seen |= (uint64_t)1 << hits[i].term->context;
		for (unsigned k = 0; k < CH_CONTEXT_N; k++)
			f->page[k] += seen >> k & 1;
	}
	f->page_read = true;
}

static void code_event(struct finder *f, struct ch_event *ev)
{
	struct ch_doc *doc = f->doc;
	struct evidence e = { 0 };
	uint32_t trigger = ch_doc_token_at(doc, ev->trigger.start);

	if (ev->sentence >= doc->sentences.n || trigger == CH_NONE)
		return;
	if (f->sentence != ev->sentence) {
		f->n_hits = find_terms(f, ev->sentence, f->hits, HITS_MAX);
		f->sentence = ev->sentence;
	}
	if (f->n_hits) {
		struct place p = place_of(doc, trigger);

		for (uint32_t i = 0; i < f->n_hits; i++)
			if (belongs(f, &p, f->hits[i].token)) {
				count(f, &e, f->hits[i].term);
				e.worded |= (uint64_t)1 << f->hits[i].term->context;
			}
	}
	features(f, &e, ev);
	for (unsigned k = 0; k < CH_CONTEXT_N; k++) {
		bool given = e.sure[k] || e.hints[k] > 1, page = false;

		if (!given && (e.worded >> k & 1)) {
			if (!f->page_read)
				read_page(f);
			page = given = f->page[k] >= CH_CONTEXT_PAGE_MIN;
		}
		if (!given)
			continue;
		ev->contexts |= (uint64_t)1 << k;
		ev->context_why = ch_arena_printf(doc->arena, "%.*s%s%s: %.*s%s", CH_STR_ARG(ev->context_why), ev->context_why.len ? "; " : "",
						  names[k], CH_STR_ARG(e.why[k]), page ? ", the page" : "");
	}
}

uint64_t ch_context_of(const struct ch_engine *engine, struct ch_doc *doc, uint32_t first, uint32_t past)
{
	struct finder f = { .lexicon = engine->contexts, .doc = doc, .sentence = CH_NONE };
	const struct ch_term *hint[CH_CONTEXT_N] = { NULL };
	struct hit hits[HITS_MAX];
	uint64_t set = 0;

	if (!f.lexicon)
		return 0;
	for (uint32_t at = first; at < past && at < doc->tokens.n;) {
		uint32_t sentence = doc->tokens.v[at].sentence, n = find_terms(&f, sentence, hits, HITS_MAX);

		for (uint32_t i = 0; i < n; i++) {
			const struct ch_term *t = hits[i].term;

			if (hits[i].token < first || hits[i].token >= past)
				continue;
			if (t->kind == CH_TERM_SURE || (hint[t->context] && !ch_str_eq(hint[t->context]->text, t->text)))
				set |= (uint64_t)1 << t->context;
			hint[t->context] = t;
		}
		at = doc->sentences.v[sentence].past;
	}
	return set;
}

void ch_context(const struct ch_engine *engine, struct ch_doc *doc)
{
	struct finder f = { .lexicon = engine->contexts, .doc = doc, .sentence = CH_NONE };

	if (!f.lexicon || !doc->events.n)
		return;
	f.clause_of = CH_NEW_N(doc->arena, uint8_t, doc->tokens.n);
	for (uint32_t i = 0; i < doc->events.n; i++) {
		uint32_t trigger = ch_doc_token_at(doc, doc->events.v[i].trigger.start);

		if (trigger != CH_NONE)
			f.clause_of[ch_tree_clause(doc, trigger)] = 1;
	}
	for (uint32_t i = 0; i < doc->events.n; i++)
		code_event(&f, &doc->events.v[i]);
}
