#include "petrarch/code.h"
#include "petrarch/match.h"

#define NONE CH_PETRARCH_NONE

/* Events of a sentence; words on either side of a verb that are looked at. Both are far beyond what a reporter writes: a sentence of a
 * million words must not cost their square. */
enum { EVENTS_MAX = 1024, REACH_MAX = 200 };

struct coder {
	struct ch_petrarch_sentence x;
	struct ch_petrarch_events *events;
	uint32_t sentence, first_event;    /* of the sentence */
};

/* ---- how far a verb reaches ---- */

/* The verb that an auxiliary or copula belongs to. */
static uint32_t main_verb(const struct ch_doc *doc, uint32_t token)
{
	uint8_t dep = doc->tokens.v[token].deprel;

	return (dep == CH_DEP_AUX || dep == CH_DEP_AUX_PASS || dep == CH_DEP_COP) && doc->tokens.v[token].head != CH_NONE ?
	       doc->tokens.v[token].head : token;
}

/* The first word of token t or behind it. */
static uint32_t word_from(const struct ch_petrarch_sentence *x, uint32_t t)
{
	uint32_t low = 0, high = x->words.n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (x->words.v[mid].token < t)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* To the left up to a comma that is in no noun phrase, to the right to the end of the verb phrase. */
static void set_reach(const struct coder *c, uint32_t token, struct ch_petrarch_verb *verb)
{
	const struct ch_petrarch_sentence *x = &c->x;
	uint32_t main = main_verb(x->doc, token), past = x->high[main - x->first] + 1, i;

	for (uint32_t k = x->doc->tokens.v[main].first_child; k != CH_NONE; k = x->doc->tokens.v[k].next_sibling)
		if ((x->doc->tokens.v[k].deprel == CH_DEP_CONJ || x->doc->tokens.v[k].deprel == CH_DEP_PARATAXIS) && k > token && x->low[k - x->first] < past)
			past = x->low[k - x->first] > token ? x->low[k - x->first] : k;
	verb->high = word_from(x, past);
	if (verb->high < verb->past)
		verb->high = verb->past;
	for (i = verb->first; i && verb->first - i <= REACH_MAX && !(x->words.v[i - 1].comma && x->words.v[i - 1].phrase == NONE); i--)
		;
	verb->low = i;
	if (verb->first - verb->low > REACH_MAX)
		verb->low = verb->first - REACH_MAX;
	if (verb->high - verb->past > REACH_MAX)
		verb->high = verb->past + REACH_MAX;
}

/* ---- who does it to whom ---- */

/* The first outer phrase with a code in words [low, high); *nobody: one without a code is there. */
static uint32_t first_coded(const struct ch_petrarch_sentence *x, uint32_t low, uint32_t high, uint32_t but, bool backwards, bool *nobody)
{
	uint32_t found = NONE, last = NONE;

	for (uint32_t w = low; w < high; w++) {
		uint32_t i = x->words.v[w].phrase;
		const struct ch_petrarch_phrase *p = i == NONE ? NULL : &x->phrases.v[i];

		if (!p || i == last || i == but || p->first < low)
			continue;
		last = i;
		*nobody = *nobody || !p->units;
		/* the same single code is the same actor; of compound ones it is looked at pair by pair */
		if (!p->units || (but != NONE && p->units == 1 && x->phrases.v[but].units == 1 &&
				  ch_str_eq(x->codes.v[p->unit], x->codes.v[x->phrases.v[but].unit])))
			continue;
		found = i;
		if (!backwards)
			break;
	}
	return found;
}

/* A passive that says by whom: "was opposed by Osgiliath". */
static bool is_passive(const struct ch_doc *doc, uint32_t token)
{
	bool agent = false, passive = doc->tokens.v[token].xpos == CH_XPOS_VBN;

	for (uint32_t c = doc->tokens.v[token].first_child; c != CH_NONE; c = doc->tokens.v[c].next_sibling)
		agent = agent || doc->tokens.v[c].deprel == CH_DEP_OBL_AGENT;
	return passive && agent;
}

static void bind_sides(const struct coder *c, const struct ch_petrarch_verb *verb, uint32_t token, struct ch_petrarch_match *m)
{
	const struct ch_petrarch_sentence *x = &c->x;
	bool upper = false, free_sides = m->source == NONE && m->target == NONE, lower = false;

	if (m->compound != NONE && m->source == NONE && m->target == NONE) {
		if (!m->compound_left) {
			m->source = first_coded(x, verb->low, verb->first, m->compound, false, &upper);
			m->target = m->compound;
		}
		if (m->source == NONE)
			m->source = m->target = m->compound;
		return;
	}
	if (m->source == NONE)
		m->source = first_coded(x, verb->low, verb->first, m->target, false, &upper);
	if (m->target == NONE) {
		m->target = first_coded(x, verb->past, verb->high, m->source, false, &lower);
		if (m->target == NONE && !lower)
			m->target = first_coded(x, verb->low, verb->first, m->source, true, &upper);
		/* several at once with each other: "Gondor and Osgiliath have renewed ties" */
		if (m->target == NONE && !lower && m->source != NONE && x->phrases.v[m->source].compound)
			m->target = m->source;
	}
	if (free_sides && is_passive(x->doc, main_verb(x->doc, token))) {
		uint32_t source = m->source;

		m->source = m->target;
		m->target = source;
	}
}

/* ---- events ---- */

static void put_event(struct coder *c, const struct ch_petrarch_event *like, struct ch_str source, struct ch_str target, struct ch_str cameo)
{
	struct ch_petrarch_event e = *like;

	if (!cameo.len || ch_str_eq(source, target) || c->events->v.n - c->first_event >= EVENTS_MAX)
		return;
	for (uint32_t i = c->first_event; i < c->events->v.n; i++) {
		const struct ch_petrarch_event *o = &c->events->v.v[i];

		if (ch_str_eq(o->source, source) && ch_str_eq(o->target, target) && ch_str_eq(o->cameo, cameo))
			return;
	}
	e.source = source;
	e.target = target;
	e.cameo = cameo;
	*CH_PUSH(c->x.arena, &c->events->v) = e;
}

static uint32_t units_of(const struct coder *c, uint32_t phrase)
{
	return phrase == NONE ? 0 : c->x.phrases.v[phrase].units;
}

/* Every one of a side with every one of the other. Whether there was any. */
static bool put_events(struct coder *c, const struct ch_petrarch_event *like, const struct ch_petrarch_match *m, struct ch_str code,
		       struct ch_str back)
{
	uint32_t n = units_of(c, m->source), k = units_of(c, m->target), before = c->events->v.n;
	const struct ch_str nobody = CH_STR("---");

	if ((!n && !k) || (c->x.options.require_dyad && (!n || !k)))
		return false;
	for (uint32_t i = 0; i < (n ? n : 1); i++)
		for (uint32_t j = 0; j < (k ? k : 1); j++) {
			struct ch_str s = n ? c->x.codes.v[c->x.phrases.v[m->source].unit + i] : nobody;
			struct ch_str t = k ? c->x.codes.v[c->x.phrases.v[m->target].unit + j] : nobody;

			put_event(c, like, s, t, code);
			put_event(c, like, t, s, back);
		}
	return c->events->v.n > before;
}

/* The verb at word `at`, if the dictionary has it and it gives events: then the word behind what it governs, else `at` + 1. */
static uint32_t code_verb(struct coder *c, uint32_t at)
{
	const struct ch_petrarch_sentence *x = &c->x;
	const struct ch_petrarch *d = x->dict;
	uint32_t form = ch_petrarch_form_of(d, x->words.v[at].text), longest = 0, token = x->words.v[at].token;
	struct ch_petrarch_verb verb = { 0 };
	struct ch_petrarch_match m = { NONE, NONE, NONE, false };
	struct ch_petrarch_event like = { .sentence = c->sentence, .verb = x->doc->tokens.v[token].span };
	struct ch_str code = CH_STR(""), back = CH_STR("");
	bool matched = false;

	for (; form != NONE && !matched; form = d->forms.v[form].next) {
		const struct ch_petrarch_form *f = &d->forms.v[form];
		uint32_t words = f->before.past - f->before.first + f->behind.past - f->behind.first;

		if ((longest && words + 1 < longest) || !ch_petrarch_is_form(x, f, at, &verb))
			continue;
		longest = words + 1;
		set_reach(c, token, &verb);
		for (uint32_t p = d->blocks.v[f->block].patterns; p != NONE && !matched; p = d->patterns.v[p].next) {
			matched = ch_petrarch_match(x, &d->patterns.v[p], &verb, &m);
			if (matched) {
				code = d->patterns.v[p].code;
				back = d->patterns.v[p].back;
				like.file = d->patterns.v[p].file;
				like.line = d->patterns.v[p].line;
			}
		}
		if (!matched) {
			m = (struct ch_petrarch_match){ NONE, NONE, NONE, false };
			if (!code.len && !back.len) {
				code = f->code;
				back = f->back;
				like.file = f->file;
				like.line = f->line;
			}
		}
	}
	if (!code.len && !back.len)
		return at + 1;
	bind_sides(c, &verb, token, &m);
	return put_events(c, &like, &m, code, back) ? verb.high : at + 1;
}

static void code_sentence(struct coder *c)
{
	c->first_event = c->events->v.n;
	for (uint32_t i = 0; i < c->x.words.n;) {
		uint32_t to = c->x.words.v[i].verb ? code_verb(c, i) : i + 1;

		i = to > i ? to : i + 1;
	}
}

void ch_petrarch_code(const struct ch_petrarch *dict, const struct ch_doc *doc, const struct ch_petrarch_options *options,
		      struct ch_arena *arena, struct ch_petrarch_events *events)
{
	struct coder c = { .x = { .arena = arena, .dict = dict, .doc = doc, .options = *options, .day = doc->meta.published },
			   .events = events };

	*events = (struct ch_petrarch_events){ .discarded = CH_STR("") };
	for (c.sentence = 0; c.sentence < doc->sentences.n; c.sentence++) {
		ch_petrarch_sentence(&c.x, c.sentence);
		if (c.x.discarded.len && c.x.discarded.ptr[0] == '+') {
			events->discarded = c.x.discarded;
			events->v.n = 0;
			return;
		}
		if (c.x.discarded.len)
			events->sentences_discarded++;
		else
			code_sentence(&c);
	}
}
