/* event/gather.c -- what gatherings, initiatives, relations, marks and details of visits share. */
#include "event/gather.h"
#include "base/utf8.h"

const struct ch_word_sense *ch_gather_sense(const struct ch_doc *doc, const struct ch_words *words, uint32_t token, unsigned section)
{
	const struct ch_word_sense *s = ch_word_sense(words, ch_words_find(words, ch_reg_tok(doc, token)->lemma), section);

	return s ? s : ch_word_sense(words, ch_words_find(words, ch_token_str(doc, token)), section);
}

const struct ch_word_sense *ch_gather_run(const struct ch_doc *doc, const struct ch_words *words, uint32_t first, unsigned section,
					  uint32_t *n)
{
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, first)->sentence].past;

	for (*n = 4; *n > 1; --*n) {
		char buf[CH_WORD_BYTES_MAX + 1];
		const struct ch_word_sense *s;
		size_t len = 0;

		for (uint32_t i = first; i < first + *n && first + *n <= past; i++) {
			struct ch_str form = ch_token_str(doc, i);

			if (len + form.len + 1 > CH_WORD_BYTES_MAX) {
				len = 0;
				break;
			}
			memcpy(buf + len, form.ptr, form.len);
			len += form.len;
			if (i + 1 < first + *n && ch_reg_tok(doc, i)->space_after)
				buf[len++] = ' ';
		}
		s = len ? ch_word_sense(words, ch_words_find(words, ch_str_n(buf, len)), section) : NULL;
		if (s)
			return s;
	}
	return ch_gather_sense(doc, words, first, section);
}

struct ch_str ch_gather_value(struct ch_doc *doc, const struct ch_word_sense *sense)
{
	return ch_reg_value(doc, sense);
}

uint32_t ch_gather_child(const struct ch_doc *doc, uint32_t token, enum ch_deprel rel, const char *prep, uint32_t after)
{
	for (uint32_t c = ch_reg_tok(doc, token)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if ((after == CH_NONE || c > after) && ch_deprel_is(ch_reg_tok(doc, c)->deprel, rel) &&
		    (!prep || ch_tree_has_case(doc, c, ch_str_z(prep))))
			return c;
	return CH_NONE;
}

uint32_t ch_gather_prep(const struct ch_doc *doc, uint32_t token, const char *prep)
{
	uint32_t c = ch_gather_child(doc, token, CH_DEP_NMOD, prep, CH_NONE);

	return c != CH_NONE ? c : ch_gather_child(doc, token, CH_DEP_OBL, prep, CH_NONE);
}

/* ---- who ---- */

/* "in Brussels" is where, not who. */
static bool is_where(const struct ch_doc *doc, const struct ch_mention *m)
{
	static const char *const preps[] = { "in", "at", "near", "outside", "around", "inside" };

	if (m->place_only)
		return true;
	for (size_t i = 0; i < sizeof preps / sizeof *preps && m->place.len; i++)
		if (ch_tree_has_case(doc, m->head, ch_str_z(preps[i])))
			return true;
	return false;
}

static void add_mention(const struct ch_doc *doc, uint32_t mention, bool states, struct ch_reg_actors *set)
{
	const struct ch_mention *m = &doc->mentions.v[mention];

	if (is_where(doc, m))
		return;
	for (uint32_t k = 0; k < m->actor_n; k++) {
		const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[m->actor_first + k]];

		if (!a->party.len || (states && (a->kind == CH_ACTOR_GROUP || !a->code.len)))
			return;
	}
	ch_reg_add_mention(doc, mention, set);
}

/* With the names inside a compound ("Russia-Ruritania relations"), and down the conjuncts. */
static void add(const struct ch_doc *doc, uint32_t head, bool states, struct ch_reg_actors *set)
{
	uint32_t first, past, m = ch_reg_tok(doc, head)->mention, before = set->n;

	if (m != CH_NONE)
		add_mention(doc, m, states, set);
	for (uint32_t c = ch_reg_tok(doc, head)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_CONJ) && ch_reg_tok(doc, c)->mention != CH_NONE)
			add_mention(doc, ch_reg_tok(doc, c)->mention, states, set);
	if (set->n >= before + 2 || (set->n > before && ch_tree_child(doc, head, CH_DEP_CONJ) == CH_NONE))
		return;
	ch_doc_subtree(doc, head, &first, &past);
	for (uint32_t i = first; i < past && set->n < CH_REG_WHO_MAX; i++)
		if (ch_reg_tok(doc, i)->mention != CH_NONE)
			add_mention(doc, ch_reg_tok(doc, i)->mention, states, set);
}

void ch_gather_add(const struct ch_doc *doc, uint32_t head, struct ch_reg_actors *set)
{
	if (head != CH_NONE)
		add(doc, head, false, set);
}

void ch_gather_add_states(const struct ch_doc *doc, uint32_t head, struct ch_reg_actors *set)
{
	if (head != CH_NONE)
		add(doc, head, true, set);
}

struct ch_actors_of ch_gather_keep(struct ch_doc *doc, const struct ch_reg_actors *set)
{
	struct ch_actors_of run = { doc->event_actors.n, set->n };

	for (uint32_t i = 0; i < set->n; i++)
		*CH_PUSH(doc->arena, &doc->event_actors) = set->v[i];
	return run;
}

bool ch_gather_has(const struct ch_doc *doc, const struct ch_reg_actors *set, struct ch_str party)
{
	for (uint32_t i = 0; i < set->n; i++)
		if (ch_str_eq(ch_reg_party(&doc->actors.v[set->v[i]]), party))
			return true;
	return false;
}

static bool is_body(const struct ch_doc *doc, uint32_t token)
{
	uint32_t m = ch_reg_tok(doc, token)->mention;
	const struct ch_actor *a;

	if (m == CH_NONE || doc->mentions.v[m].actor_n != 1)
		return false;
	a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];
	return a->kind == CH_ACTOR_ORG && a->party.len && !ch_role_state_code(a->code);
}

uint32_t ch_gather_body(const struct ch_doc *doc, uint32_t head)
{
	uint32_t first, past;

	if (is_body(doc, head))
		return head;
	ch_doc_subtree(doc, head, &first, &past);
	for (uint32_t i = first; i < past; i++)
		if (is_body(doc, i))
			return i;
	return CH_NONE;
}

/* ---- numbers, dates ---- */

uint32_t ch_gather_number(const struct ch_doc *doc, const struct ch_words *words, unsigned section, uint32_t token)
{
	struct ch_str form = ch_token_str(doc, token);
	const struct ch_word_sense *s = ch_word_sense(words, ch_words_find(words, form), section);
	size_t n = 0;
	uint32_t value = 0;

	if (s)
		return (uint32_t)s->number;
	while (n < form.len && n < 4 && form.ptr[n] >= '0' && form.ptr[n] <= '9')
		n++;
	if (!n || !ch_str_uint(ch_str_sub(form, 0, n), &value) || value > 999)
		return 0;
	form = ch_str_sub(form, n, form.len);
	return !form.len || ch_str_ieq(form, CH_STR("th")) || ch_str_ieq(form, CH_STR("st")) || ch_str_ieq(form, CH_STR("nd")) ||
	       ch_str_ieq(form, CH_STR("rd")) ? value : 0;
}

bool ch_gather_capital(const struct ch_doc *doc, uint32_t token)
{
	struct ch_str form = ch_token_str(doc, token);
	uint32_t len;

	return form.len && ch_is_upper(ch_utf8_at(form, 0, &len));
}

int ch_gather_year(struct ch_str date)
{
	uint32_t year;

	return date.len >= 4 && ch_str_uint(ch_str_sub(date, 0, 4), &year) ? (int)year : 0;
}

int ch_gather_now(const struct ch_doc *doc, uint32_t token)
{
	int year = ch_gather_year(ch_reg_date(doc, token));
	char day[16];

	return year ? year : ch_gather_year(ch_str_z(ch_day_print(doc->meta.published, day)));
}

enum ch_status ch_gather_status(const struct ch_gather *g, uint32_t token)
{
	bool called = false;
	enum ch_status s = ch_status_of(g->doc, &g->status, token, false, &called);

	return called ? CH_HYPOTHETICAL : s;
}

uint32_t ch_gather_statement(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->statements.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->statements.v[mid].content.start <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* They nest or keep apart. */
	for (int n = 0; lo-- > 0 && n < CH_CLIMB_MAX; n++)
		if (doc->statements.v[lo].content.end > offset)
			return lo;
	return CH_NONE;
}

/* ---- all of them ---- */

void ch_gather(const struct ch_engine *engine, struct ch_doc *doc)
{
	struct ch_gather g = { .doc = doc };

	ch_status_words_get(engine->frames, &g.status);
	ch_gathering_find(&g);
	ch_initiative_find(&g);
	ch_relation_find(&g);
	ch_mark_find(&g);
}

static bool in_body(const struct ch_doc *doc, struct ch_span span, uint32_t *before)
{
	uint32_t s = ch_doc_sentence_at(doc, span.start);
	bool good = span.start < span.end && span.end <= doc->text.len && span.start >= *before && s != CH_NONE && ch_reg_body(doc, s);

	*before = span.start;
	return good;
}

const char *ch_gather_check(const struct ch_doc *doc)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < doc->gatherings.n; i++)
		if (!in_body(doc, doc->gatherings.v[i].mention, &before) || !doc->gatherings.v[i].name.len)
			return "gatherings: one is without a name, out of order or outside the body";
	before = 0;
	for (uint32_t i = 0; i < doc->initiatives.n; i++)
		if (!in_body(doc, doc->initiatives.v[i].mention, &before) || !doc->initiatives.v[i].name.len)
			return "gatherings: an initiative is without a name, out of order or outside the body";
	before = 0;
	for (uint32_t i = 0; i < doc->relations.n; i++)
		if (!in_body(doc, doc->relations.v[i].mention, &before) || doc->relations.v[i].party.n < 2)
			return "gatherings: a relation has less than two parties, is out of order or outside the body";
	before = 0;
	for (uint32_t i = 0; i < doc->marks.n; i++)
		if (!in_body(doc, doc->marks.v[i].mention, &before) || !doc->marks.v[i].about.len)
			return "gatherings: a mark is about nothing, out of order or outside the body";
	return NULL;
}
