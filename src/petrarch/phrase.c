#include "petrarch/phrase.h"
#include "base/utf8.h"

#define NONE CH_PETRARCH_NONE

enum { BETWEEN_MAX = 2 };   /* words within "ITHILEN TELEVISION" */

const struct ch_petrarch_options ch_petrarch_defaults = {
	.require_dyad = true, .comma_min = 2, .comma_max = 8, .comma_emin = 2, .comma_emax = 8,
};

/* Who one noun stands for: an actor's code, or none, and agents. */
struct unit {
	struct ch_str actor;
	uint32_t agents[CH_PETRARCH_AGENTS_MAX];   /* of dict->agents */
	uint32_t n_agents;
};

struct units {
	CH_VEC(struct unit) v;
	uint32_t at;       /* token where what it was read from begins: the first in the text wins */
	bool mixed;        /* an agent and an actor in one: "police of Gondor" */
};

/* What is known of a token while phrases are built. */
struct node {
	uint32_t actor, agent;             /* of the name whose head it is; NONE */
	uint32_t name_first;               /* token where that name begins */
	uint32_t owner;                    /* head of the outermost noun phrase that it is in; NONE */
	bool named;                        /* within a name */
	struct units units;
};

struct build {
	struct ch_petrarch_sentence *x;
	struct node *nodes;                /* by token - x->first */
	uint32_t *order;                   /* tokens, heads first */
	uint32_t *word_of;                 /* token - x->first -> its first word; NONE */
};

static const struct ch_token *token_of(const struct build *b, uint32_t t)
{
	return &b->x->doc->tokens.v[t];
}

static struct node *node_of(const struct build *b, uint32_t t)
{
	return &b->nodes[t - b->x->first];
}

static bool is_nominal(const struct ch_token *t)
{
	return t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN || t->upos == CH_UPOS_PRON || t->upos == CH_UPOS_NUM || t->upos == CH_UPOS_SYM ||
	       t->upos == CH_UPOS_X;
}

/* ---- words ---- */

static void read_words(struct build *b)
{
	struct ch_petrarch_sentence *x = b->x;

	for (uint32_t t = x->first; t < x->past; t++) {
		const struct ch_token *k = token_of(b, t);
		struct ch_str rest = ch_token_str(x->doc, t), word;
		bool comma = ch_str_eqz(rest, ",");

		b->word_of[t - x->first] = x->words.n;
		if (comma)
			*CH_PUSH(x->arena, &x->words) = (struct ch_petrarch_word){ .text = CH_STR(","), .number = NONE, .token = t, .phrase = NONE,
										   .comma = true };
		while (!comma && k->upos != CH_UPOS_PUNCT && k->xpos != CH_XPOS_POS && ch_petrarch_next_word(x->arena, &rest, &word, NULL)) {
			if (!word.len)
				continue;
			*CH_PUSH(x->arena, &x->words) = (struct ch_petrarch_word){
				.text = word, .number = ch_petrarch_word(x->dict, word), .token = t, .phrase = NONE,
				.verb = k->xpos >= CH_XPOS_VB && k->xpos <= CH_XPOS_VBZ,
				.preposition = k->deprel == CH_DEP_CASE && k->upos == CH_UPOS_ADP };
		}
	}
}

/* ---- names ---- */

/* The token among [first, past) that hangs on one outside. */
static uint32_t head_of(const struct build *b, uint32_t first, uint32_t past)
{
	for (uint32_t t = past; t-- > first;)
		if (token_of(b, t)->head == CH_NONE || token_of(b, t)->head < first || token_of(b, t)->head >= past)
			return t;
	return past - 1;
}

/* Names of actors and agents, longest first, from the left; and whether the sentence is to be discarded. */
static void find_names(struct build *b)
{
	struct ch_petrarch_sentence *x = b->x;
	const struct ch_petrarch *d = x->dict;

	for (uint32_t i = 0; i < x->words.n;) {
		uint32_t node = 0, past = i, found = NONE, first = x->words.v[i].token, head, between = 0;

		for (uint32_t k = i; k < x->words.n && !x->words.v[k].comma; k++) {
			uint32_t to = ch_petrarch_step(d, node, x->words.v[k].text);

			if (to == NONE && d->nodes.v[node].open && between++ < BETWEEN_MAX && !x->words.v[k].verb)
				continue;
			if (to == NONE)
				break;
			node = to;
			if (d->nodes.v[node].discard != NONE && (!x->discarded.len || d->discards.v[d->nodes.v[node].discard].ptr[0] == '+'))
				x->discarded = d->discards.v[d->nodes.v[node].discard];
			if (d->nodes.v[node].actor != NONE || d->nodes.v[node].agent != NONE) {
				found = node;
				past = k + 1;
			}
		}
		if (found == NONE) {
			i++;
			continue;
		}
		head = head_of(b, first, x->words.v[past - 1].token + 1);
		for (uint32_t t = first; t <= x->words.v[past - 1].token; t++)
			node_of(b, t)->named = true;
		if (node_of(b, head)->actor == NONE && node_of(b, head)->agent == NONE) {
			node_of(b, head)->actor = d->nodes.v[found].actor;
			node_of(b, head)->agent = d->nodes.v[found].actor == NONE ? d->nodes.v[found].agent : NONE;
			node_of(b, head)->name_first = first;
		}
		i = past;
	}
}

/* ---- which words are a noun phrase ---- */

static void order_tokens(struct build *b)
{
	struct ch_petrarch_sentence *x = b->x;
	uint32_t n = 0;

	for (uint32_t t = x->first; t < x->past; t++)
		if (token_of(b, t)->head == CH_NONE)
			b->order[n++] = t;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t c = token_of(b, b->order[i])->first_child; c != CH_NONE; c = token_of(b, c)->next_sibling)
			b->order[n++] = c;
	for (uint32_t i = n; i; i--) {
		uint32_t t = b->order[i - 1] - x->first, head = token_of(b, b->order[i - 1])->head;

		if (head == CH_NONE)
			continue;
		head -= x->first;
		x->low[head] = x->low[t] < x->low[head] ? x->low[t] : x->low[head];
		x->high[head] = x->high[t] > x->high[head] ? x->high[t] : x->high[head];
	}
}

/* Whether something, an apposition, is set off: it begins with or behind a mark. */
static bool is_set_off(const struct build *b, uint32_t t)
{
	uint32_t low = b->x->low[t - b->x->first];

	return token_of(b, low)->upos == CH_UPOS_PUNCT || (low > b->x->first && token_of(b, low - 1)->upos == CH_UPOS_PUNCT);
}

/* Whether t, which hangs on a noun, belongs to the noun's phrase. `outer`: the noun is the head of the whole phrase, whose
 * preposition and conjunctions stand before it and not in it. */
static bool is_inside(const struct build *b, uint32_t t, bool outer)
{
	const struct ch_token *k = token_of(b, t);

	switch (k->deprel) {
	case CH_DEP_NMOD: case CH_DEP_NMOD_POSS: case CH_DEP_NMOD_DESC: case CH_DEP_NMOD_UNMARKED: case CH_DEP_NUMMOD: case CH_DEP_DET:
	case CH_DEP_DET_PREDET: case CH_DEP_FLAT: case CH_DEP_FIXED: case CH_DEP_COMPOUND: case CH_DEP_GOESWITH: case CH_DEP_CC_PRECONJ:
	case CH_DEP_LIST: case CH_DEP_AMOD:
		return true;
	case CH_DEP_CASE: case CH_DEP_CC:
		return !outer;
	case CH_DEP_PUNCT:
		return !ch_str_eqz(ch_token_str(b->x->doc, t), ",");
	case CH_DEP_CONJ:
		return is_nominal(k) || node_of(b, t)->named;
	case CH_DEP_APPOS:
		return !is_set_off(b, t);
	case CH_DEP_OBL: case CH_DEP_ADVMOD:
		return token_of(b, k->head)->upos == CH_UPOS_ADJ || token_of(b, k->head)->upos == CH_UPOS_NOUN;
	default:
		return false;
	}
}

static void own_tokens(struct build *b)
{
	for (uint32_t i = 0; i < b->x->past - b->x->first; i++) {
		uint32_t t = b->order[i], head = token_of(b, t)->head;
		const struct node *above = head == CH_NONE ? NULL : node_of(b, head);

		if (above && above->owner != NONE && is_inside(b, t, above->owner == head))
			node_of(b, t)->owner = above->owner;
		else if (is_nominal(token_of(b, t)) || node_of(b, t)->actor != NONE || node_of(b, t)->agent != NONE)
			node_of(b, t)->owner = t;
	}
	/* a comma, whatever it hangs on, is within what stands on both sides of it */
	for (uint32_t t = b->x->first + 1; t + 1 < b->x->past; t++)
		if (ch_str_eqz(ch_token_str(b->x->doc, t), ",") && node_of(b, t - 1)->owner == node_of(b, t + 1)->owner)
			node_of(b, t)->owner = node_of(b, t - 1)->owner;
}

/* ---- who a noun stands for ---- */

static bool unit_eq(const struct unit *a, const struct unit *b)
{
	return ch_str_eq(a->actor, b->actor) && a->n_agents == b->n_agents && !memcmp(a->agents, b->agents, a->n_agents * sizeof *a->agents);
}

static void add_unit(struct build *b, struct units *u, const struct unit *unit)
{
	for (uint32_t i = 0; i < u->v.n; i++)
		if (unit_eq(&u->v.v[i], unit))
			return;
	if (u->v.n < CH_PETRARCH_UNITS_MAX)
		*CH_PUSH(b->x->arena, &u->v) = *unit;
}

/* The code of the day: the first with days that fit, else the first without. */
static struct ch_str code_on(const struct ch_petrarch_sentence *x, const struct ch_petrarch_actor *a)
{
	struct ch_str always = CH_STR("");

	for (uint32_t i = a->first; i < a->past; i++) {
		const struct ch_petrarch_code *c = &x->dict->codes.v[i];

		if (!c->dated)
			always = always.len ? always : c->code;
		else if (x->day != CH_NO_DAY && (c->from == INT32_MIN ? x->day < c->to : c->to == INT32_MAX ? x->day > c->from :
						 c->from <= x->day && x->day <= c->to))
			return c->code;
	}
	return always;
}

/* "ELR/GAL": two actors. "---" is nobody. */
static void add_actor(struct build *b, struct units *u, uint32_t actor)
{
	struct ch_str code = code_on(b->x, &b->x->dict->actors.v[actor]), one;

	while (ch_str_cut(&code, '/', &one))
		if (one.len && !ch_str_eqz(one, "---"))
			add_unit(b, u, &(struct unit){ .actor = one });
}

static void add_agents(struct unit *to, const struct unit *from)
{
	for (uint32_t i = 0; i < from->n_agents && to->n_agents < CH_PETRARCH_AGENTS_MAX; i++)
		to->agents[to->n_agents++] = from->agents[i];
}

static bool has_actor(const struct units *u)
{
	for (uint32_t i = 0; i < u->v.n; i++)
		if (u->v.v[i].actor.len)
			return true;
	return false;
}

/* Those who hang on t, but for coordinated ones, in order of the text, t's own name among them: the first with an actor gives the
 * actors, what agents the others are is said of them. */
static struct units alone(struct build *b, uint32_t t)
{
	struct node *n = node_of(b, t);
	struct units own = { .at = n->name_first }, out = { .at = t };
	struct unit agents_before = { 0 }, agents_behind = { 0 };
	bool own_done = n->actor == NONE && n->agent == NONE, found = false;

	if (n->actor != NONE)
		add_actor(b, &own, n->actor);
	else if (n->agent != NONE)
		add_unit(b, &own, &(struct unit){ .agents = { n->agent }, .n_agents = 1 });
	for (uint32_t c = token_of(b, t)->first_child; c != CH_NONE || !own_done;) {
		const struct units *u;

		if (!own_done && (c == CH_NONE || c > own.at)) {
			u = &own;
			own_done = true;
		} else {
			u = &node_of(b, c)->units;
			if (token_of(b, c)->deprel == CH_DEP_CONJ || node_of(b, c)->owner != n->owner)
				u = NULL;
			c = token_of(b, c)->next_sibling;
		}
		if (!u || !u->v.n)
			continue;
		if (has_actor(u) && !found) {
			out = *u;
			out.at = t;
			found = true;
		} else if (!has_actor(u)) {
			add_agents(found ? &agents_behind : &agents_before, &u->v.v[0]);
		}
	}
	if (!found) {
		add_agents(&agents_before, &agents_behind);
		if (agents_before.n_agents)
			add_unit(b, &out, &agents_before);
		return out;
	}
	if (agents_before.n_agents || agents_behind.n_agents) {
		struct units all = out;

		out.v.v = NULL;
		out.v.n = out.v.cap = 0;
		out.mixed = true;
		for (uint32_t i = 0; i < all.v.n; i++) {
			struct unit unit = { .actor = all.v.v[i].actor };

			add_agents(&unit, &agents_before);
			add_agents(&unit, &all.v.v[i]);
			add_agents(&unit, &agents_behind);
			add_unit(b, &out, &unit);
		}
	}
	return out;
}

/* Agents of nobody among coordinated ones are of those whom another of them is of: "soldiers and police of Gondor". agents (NULL:
 * none) are also those of actors that have no others. */
static void share(struct build *b, struct units *out, const struct units *part, const struct units *donor, const struct unit *agents)
{
	for (uint32_t i = 0; i < part->v.n; i++) {
		if (part->v.v[i].actor.len || !donor) {
			struct unit unit = part->v.v[i];

			if (agents && !unit.n_agents)
				add_agents(&unit, agents);
			add_unit(b, out, &unit);
			continue;
		}
		for (uint32_t k = 0; k < donor->v.n; k++) {
			struct unit unit = { .actor = donor->v.v[k].actor };

			add_agents(&unit, &part->v.v[i]);
			add_unit(b, out, &unit);
		}
	}
}

static void code_token(struct build *b, uint32_t t)
{
	struct node *n = node_of(b, t);
	const struct unit *plural;   /* "ambassadors of Arnor, Osgiliath and Gondor", however the names hang together */
	const struct units *donor;
	struct units first = alone(b, t), out = { .at = t };

	n->units = first;
	if (n->owner == NONE)
		return;
	donor = first.mixed ? &first : NULL;
	plural = first.mixed && token_of(b, t)->xpos == CH_XPOS_NNS ? &first.v.v[0] : NULL;
	for (uint32_t c = token_of(b, t)->first_child; c != CH_NONE; c = token_of(b, c)->next_sibling)
		if (token_of(b, c)->deprel == CH_DEP_CONJ && node_of(b, c)->owner == n->owner && !donor && node_of(b, c)->units.mixed)
			donor = &node_of(b, c)->units;
	share(b, &out, &first, donor, NULL);
	for (uint32_t c = token_of(b, t)->first_child; c != CH_NONE; c = token_of(b, c)->next_sibling)
		if (token_of(b, c)->deprel == CH_DEP_CONJ && node_of(b, c)->owner == n->owner)
			share(b, &out, &node_of(b, c)->units, donor, token_of(b, c)->upos == CH_UPOS_PROPN ? plural : NULL);
	out.mixed = first.mixed;
	n->units = out;
}

/* "ARN" of a "cleric" is ARNREL, of an "MSF" NGOARN; no code of three letters twice. */
static struct ch_str code_of(const struct build *b, const struct unit *u)
{
	struct ch_str code = u->actor.len ? u->actor : CH_STR("---");

	for (uint32_t i = 0; i < u->n_agents; i++) {
		struct ch_str agent = b->x->dict->agents.v[u->agents[i]], part;
		bool before = agent.len && agent.ptr[agent.len - 1] == '~', has = false;

		part = before ? ch_str_sub(agent, 0, agent.len - 1) : ch_str_sub(agent, ch_str_find_byte(agent, '~', 0) + 1, agent.len);
		for (size_t k = 0; k + part.len <= code.len; k += 3)
			has = has || ch_str_eq(ch_str_sub(code, k, k + part.len), part);
		if (has || !part.len)
			continue;
		code = before ? ch_arena_printf(b->x->arena, "%.*s%.*s", CH_STR_ARG(part), CH_STR_ARG(code)) :
				ch_arena_printf(b->x->arena, "%.*s%.*s", CH_STR_ARG(code), CH_STR_ARG(part));
	}
	return code;
}

/* ---- phrases ---- */

/* "THE MINISTRY OF MAGIC", in quotation marks, of a phrase of nobody known. */
static struct ch_str new_actor(struct build *b, uint32_t first, uint32_t past)
{
	struct ch_petrarch_sentence *x = b->x;
	CH_VEC(char) out = { 0 };

	if (past - first > x->options.new_actor_length)
		return CH_STR("");
	*CH_PUSH(x->arena, &out) = '"';
	for (uint32_t i = first; i < past; i++) {
		struct ch_str s = x->words.v[i].text;

		if (i > first)
			*CH_PUSH(x->arena, &out) = ' ';
		for (size_t k = 0; k < s.len; k++)
			*CH_PUSH(x->arena, &out) = s.ptr[k] >= 'a' && s.ptr[k] <= 'z' ? (char)(s.ptr[k] - 0x20) : s.ptr[k];
	}
	*CH_PUSH(x->arena, &out) = '"';
	return ch_str_n(out.v, out.n);
}

static uint32_t word_at(const struct build *b, uint32_t token)
{
	return token >= b->x->past ? b->x->words.n : b->word_of[token - b->x->first];
}

/* The run of tokens around `head` that are of the phrase, and stand in the subtree of an inner head. */
static void add_phrase(struct build *b, uint32_t head, bool outer)
{
	struct ch_petrarch_sentence *x = b->x;
	uint32_t owner = node_of(b, head)->owner;
	uint32_t first = head, past = head + 1, w;
	struct ch_petrarch_phrase p = { .head = head, .outer = outer, .unit = x->codes.n };
	const struct units *u = &node_of(b, head)->units;

	while (first > x->low[head - x->first] && node_of(b, first - 1)->owner == owner)
		first--;
	while (past <= x->high[head - x->first] && node_of(b, past)->owner == owner)
		past++;
	/* an inner one without the preposition before it */
	while (first < head && (token_of(b, first)->deprel == CH_DEP_CASE || token_of(b, first)->deprel == CH_DEP_CC ||
				token_of(b, first)->deprel == CH_DEP_PUNCT))
		first++;
	p.first = word_at(b, first);
	p.past = word_at(b, past);
	if (p.first == p.past)
		return;
	for (uint32_t k = 0; k < u->v.n; k++, p.units++)
		*CH_PUSH(x->arena, &x->codes) = code_of(b, &u->v.v[k]);
	if (outer && !p.units && x->options.new_actor_length && token_of(b, head)->upos != CH_UPOS_PRON) {
		struct ch_str name = new_actor(b, p.first, p.past);

		if (name.len) {
			*CH_PUSH(x->arena, &x->codes) = name;
			p.units = 1;
		}
	}
	p.compound = p.units > 1;
	for (w = p.first; outer && w < p.past; w++)
		x->words.v[w].phrase = x->phrases.n;
	*CH_PUSH(x->arena, &x->phrases) = p;
}

/* ---- commas ---- */

/* Words [first, past) are taken out, unless they hold the verb of a subject outside: then they are what the sentence says. */
static void drop(const struct build *b, bool *gone, uint32_t first, uint32_t past)
{
	const struct ch_petrarch_word *w = b->x->words.v;
	uint32_t from = w[first].token, to = w[past - 1].token;

	for (uint32_t i = first; i < past; i++)
		for (uint32_t c = token_of(b, w[i].token)->first_child; c != CH_NONE; c = token_of(b, c)->next_sibling)
			if ((c < from || c > to) && (token_of(b, c)->deprel == CH_DEP_NSUBJ || token_of(b, c)->deprel == CH_DEP_NSUBJ_PASS))
				return;
	for (uint32_t i = first; i < past; i++)
		gone[i] = true;
}

static uint32_t words_between(const struct ch_petrarch_sentence *x, uint32_t first, uint32_t past)
{
	uint32_t n = 0;

	for (uint32_t i = first; i < past; i++)
		n += !x->words.v[i].comma;
	return n;
}

static bool within(uint32_t n, uint32_t min, uint32_t max)
{
	return max && min <= n && n <= max;
}

/* What stands between commas, outside noun phrases, and is short: said aside. */
static void drop_asides(struct build *b)
{
	struct ch_petrarch_sentence *x = b->x;
	const struct ch_petrarch_options *o = &x->options;
	bool *gone = CH_NEW_N(x->arena, bool, x->words.n + 1);
	uint32_t *moved = CH_NEW_N(x->arena, uint32_t, x->words.n + 1), last = NONE, n = 0;

	for (uint32_t i = 0; i < x->words.n; i++) {
		if (!x->words.v[i].comma || x->words.v[i].phrase != NONE)
			continue;
		if (last == NONE && within(words_between(x, 0, i), o->comma_bmin, o->comma_bmax))
			drop(b, gone, 0, i + 1);
		else if (last != NONE && within(words_between(x, last + 1, i), o->comma_min, o->comma_max))
			drop(b, gone, last, i + 1);
		last = i;
	}
	if (last != NONE && within(words_between(x, last + 1, x->words.n), o->comma_emin, o->comma_emax))
		drop(b, gone, last, x->words.n);
	for (uint32_t i = 0; i < x->words.n; i++) {
		moved[i] = n;
		if (!gone[i])
			x->words.v[n++] = x->words.v[i];
	}
	moved[x->words.n] = n;
	x->words.n = n;
	for (uint32_t i = 0; i < x->phrases.n; i++) {
		x->phrases.v[i].first = moved[x->phrases.v[i].first];
		x->phrases.v[i].past = moved[x->phrases.v[i].past];
	}
}

static void keep_longer(const struct ch_petrarch_sentence *x, uint32_t *at, uint32_t phrase)
{
	const struct ch_petrarch_phrase *p = &x->phrases.v[phrase];

	if (*at == NONE || p->past - p->first > x->phrases.v[*at].past - x->phrases.v[*at].first)
		*at = phrase;
}

/* Which phrases begin and end at each word. */
static void index_phrases(struct ch_petrarch_sentence *x)
{
	for (uint32_t i = 0; i < x->words.n; i++)
		for (uint32_t k = 0; k < 2; k++)
			x->words.v[i].begins[k] = x->words.v[i].ends[k] = NONE;
	for (uint32_t i = 0; i < x->phrases.n; i++) {
		const struct ch_petrarch_phrase *p = &x->phrases.v[i];

		for (uint32_t k = 0; k < 2 && p->first < p->past && p->units > k; k++) {
			keep_longer(x, &x->words.v[p->first].begins[k], i);
			keep_longer(x, &x->words.v[p->past - 1].ends[k], i);
		}
	}
}

void ch_petrarch_sentence(struct ch_petrarch_sentence *x, uint32_t sentence)
{
	const struct ch_sentence *s = &x->doc->sentences.v[sentence];
	uint32_t n = s->past - s->first;
	struct build b = { .x = x };

	x->first = s->first;
	x->past = s->past;
	x->words.n = x->phrases.n = x->codes.n = 0;
	x->discarded = CH_STR("");
	b.nodes = CH_NEW_N(x->arena, struct node, n + 1);
	b.order = CH_NEW_N(x->arena, uint32_t, n + 1);
	b.word_of = CH_NEW_N(x->arena, uint32_t, n + 1);
	x->low = CH_NEW_N(x->arena, uint32_t, n + 1);
	x->high = CH_NEW_N(x->arena, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		b.nodes[i].actor = b.nodes[i].agent = b.nodes[i].owner = NONE;
		x->low[i] = x->high[i] = s->first + i;
	}
	read_words(&b);
	order_tokens(&b);
	find_names(&b);
	own_tokens(&b);
	for (uint32_t i = n; i; i--)
		code_token(&b, b.order[i - 1]);
	for (uint32_t t = s->first; t < s->past; t++)
		if (node_of(&b, t)->owner == t)
			add_phrase(&b, t, true);
	/* inner ones, for patterns that name a side within a phrase */
	for (uint32_t t = s->first; t < s->past; t++)
		if (node_of(&b, t)->owner != NONE && node_of(&b, t)->owner != t && node_of(&b, t)->units.v.n && is_nominal(token_of(&b, t)))
			add_phrase(&b, t, false);
	drop_asides(&b);
	index_phrases(x);
}
