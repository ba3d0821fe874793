/* event/role.c -- who holds which office, chair or membership, as the page says it.
 *
 *   President Thomas Whitmore, Ruritanian Foreign Minister N. N.          a title before its name
 *   head of the Department of Foreign Affairs of Ruritania N. N.          a longer one
 *   N. N., the foreign minister of Ruritania,                             a title in apposition
 *   Ruritania's foreign minister, N. N.,                                  the same, the other way round
 *   his re-election as President of Ruritania                             what one becomes
 *   the first presidency of N. N.                                         a term of office
 *
 * What countries hold, chairs and memberships, is read in chair.c. */
#include "base/utf8.h"
#include "event/registers_priv.h"

enum { REACH = 24 }; /* tokens between a name and its title */

/* ---- the record ---- */

struct ch_role *ch_role_add(struct ch_doc *doc, struct ch_str who, struct ch_str role, struct ch_str body, uint32_t first,
			    uint32_t past, uint32_t dated)
{
	struct ch_role r = {.who = who, .role = role, .body = body};
	uint32_t at;

	if (!who.len || !role.len || first >= past)
		return NULL;
	for (uint32_t i = 0; i < doc->roles.n && i < 512; i++)
		if (ch_str_ieq(doc->roles.v[i].who, who) && ch_str_ieq(doc->roles.v[i].role, role) &&
		    (ch_str_ieq(doc->roles.v[i].body, body) || !body.len))
			return &doc->roles.v[i];
	r.mention = ch_reg_span(doc, first, past);
	if (dated != CH_NONE) {
		struct ch_str date = ch_reg_date(doc, dated);
		size_t slash = ch_str_find_byte(date, '/', 0);

		r.from = ch_str_sub(date, 0, slash == CH_STR_NONE ? date.len : slash);
		if (slash != CH_STR_NONE)
			r.to = ch_str_sub(date, slash + 1, date.len);
	}
	/* Rules look at a sentence one after another; the layer stands in order of mention. */
	*CH_PUSH(doc->arena, &doc->roles) = r;
	for (at = doc->roles.n - 1; at > 0 && doc->roles.v[at - 1].mention.start > r.mention.start; at--)
		doc->roles.v[at] = doc->roles.v[at - 1];
	doc->roles.v[at] = r;
	return &doc->roles.v[at];
}

/* The date of the expression of time that begins at the token or right behind "the"; *past is its end. */
static struct ch_str time_from(const struct ch_doc *doc, uint32_t at, uint32_t *past)
{
	uint32_t lo = 0, hi = doc->times.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].past <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == doc->times.n || doc->times.v[lo].first > at + 1)
		return CH_STR("");
	*past = doc->times.v[lo].past;
	return doc->times.v[lo].date;
}

void ch_role_term(const struct ch_doc *doc, uint32_t at, struct ch_role *role)
{
	uint32_t past = at;
	struct ch_str date;
	size_t slash;

	if (!role || at + 1 >= doc->tokens.n || role->from.len || role->to.len)
		return;
	if (ch_reg_is(doc, at, ",") || ch_reg_is(doc, at, "("))
		at++;
	date = time_from(doc, at, &past);
	slash = ch_str_find_byte(date, '/', 0);
	if (!date.len)
		return;
	if (slash != CH_STR_NONE) {
		role->from = ch_str_sub(date, 0, slash);
		role->to = ch_str_sub(date, slash + 1, date.len);
	} else if (ch_reg_is(doc, at, "until") || ch_reg_is(doc, at, "till")) {
		role->to = date;
	} else if (ch_reg_is(doc, at, "since") || ch_reg_is(doc, at, "from") || ch_reg_is(doc, at, "between")) {
		role->from = date;
		if (past + 1 < doc->tokens.n && (ch_reg_is(doc, past, "to") || ch_reg_is(doc, past, "until") ||
						 ch_reg_is(doc, past, "and") || ch_reg_is(doc, past, "till")) &&
		    !ch_reg_is(doc, at, "since"))
			role->to = time_from(doc, past + 1, &past);
	}
}

bool ch_role_state_code(struct ch_str code)
{
	return code.len == 3 && !ch_str_eqz(code, "IGO") && !ch_str_eqz(code, "NGO") && !ch_str_eqz(code, "IMG") &&
	       !ch_str_eqz(code, "ISM") && !ch_str_eqz(code, "MNC");
}

/* Do the capitals of the name spell the acronym? */
static bool spells(struct ch_str name, struct ch_str acronym)
{
	size_t k = 0;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' && (i == 0 || name.ptr[i - 1] == ' ')) {
			if (k == acronym.len || name.ptr[i] != acronym.ptr[k])
				return false;
			k++;
		}
	return k == acronym.len;
}

/* A council or committee within the organisation that stands for it elsewhere: "European Council". */
static bool is_organ(const struct ch_doc *doc, const struct ch_mention *m, const struct ch_actor *a)
{
	if (!a->org.len || m->kind != CH_MENTION_NAME || spells(a->name, a->org))
		return false;
	for (uint32_t i = m->first; i < m->past; i++)
		if (ch_reg_sense(doc, i, REGISTER_WORDS_ORGAN))
			return true;
	return false;
}

/* The organisation by its acronym where the page names the whole, by the page's words where it names a body of it
 * ("European Council"). */
static struct ch_str body_named(struct ch_doc *doc, uint32_t mention, const struct ch_actor *a)
{
	const struct ch_mention *m = &doc->mentions.v[mention];
	struct ch_str text = ch_reg_text(doc, m->first, m->past);

	if (ch_str_istarts(text, CH_STR("the ")))
		text = ch_str_sub(text, 4, text.len);
	if (is_organ(doc, m, a))
		return text;
	if (ch_str_istarts(text, a->name) || ch_str_istarts(a->name, text) || ch_str_istarts(text, a->party) ||
	    (a->org.len && ch_str_istarts(text, a->org)) || m->kind != CH_MENTION_NAME ||
	    ch_str_find(text, a->name, 0) != CH_STR_NONE)
		return a->party;
	return text;
}

/* The party that the tokens [first, past) name as the seat of an office: an organisation before a country. */
static struct ch_str body_in(struct ch_doc *doc, uint32_t first, uint32_t past, uint32_t except)
{
	struct ch_str body = {0};

	for (uint32_t i = first; i < past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;
		const struct ch_actor *a;

		if (m == CH_NONE || m == except || !doc->mentions.v[m].actor_n)
			continue;
		a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];
		if (a->kind == CH_ACTOR_PERSON || !a->party.len)
			continue;
		if (a->kind == CH_ACTOR_ORG && !ch_role_state_code(a->code))
			return body_named(doc, m, a);
		if (!body.len)
			body = a->party;
	}
	return body;
}

/* An organisation by its own name, where the gazetteer does not know it: the run of capitals in the phrase. */
struct ch_str ch_role_name_in(struct ch_doc *doc, uint32_t first, uint32_t past)
{
	uint32_t a = CH_NONE, b = 0;

	for (uint32_t i = first; i < past; i++) {
		struct ch_str s = ch_token_str(doc, i);
		uint32_t len;
		bool capital = s.len && ch_is_upper(ch_utf8_at(s, 0, &len));

		if (capital) {
			a = a == CH_NONE ? i : a;
			b = i + 1;
		} else if (a != CH_NONE && !ch_reg_is(doc, i, "of") && !ch_reg_is(doc, i, "the") &&
			   !ch_reg_is(doc, i, "and") && !ch_reg_is(doc, i, "for") && !ch_reg_is(doc, i, "-")) {
			break;
		}
	}
	return a == CH_NONE ? CH_STR("") : ch_reg_text(doc, a, b);
}

/* "First Deputy | Prime Minister": words before an office that are part of it. */
static uint32_t with_rank(const struct ch_doc *doc, uint32_t office, uint32_t from)
{
	static const char *const ranks[] = {"deputy",    "vice",    "first",   "acting",
					    "assistant", "special", "interim", "permanent"};

	for (;;) {
		bool rank = false;

		for (size_t k = 0; office > from && k < sizeof ranks / sizeof *ranks; k++)
			rank |= ch_reg_is(doc, office - 1, ranks[k]);
		if (!rank)
			return office;
		office--;
	}
}

/* "foreign policy | chief", "Information | Minister": the nouns before an office of one word that tell its field, and
 * what describes them. */
static uint32_t with_field(const struct ch_doc *doc, uint32_t office, uint32_t n, uint32_t from)
{
	uint32_t at = office;

	while (n == 1 && at > from && office - at < 3) {
		const struct ch_token *t = ch_reg_tok(doc, at - 1);
		uint32_t k;

		if (t->mention != CH_NONE || ch_reg_run_before(doc, at, REGISTER_WORDS_OFFICE, &k) ||
		    !(t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN || (t->upos == CH_UPOS_ADJ && at < office)))
			break;
		/* A noun of the clause before ("the deal minister …" there is none) hangs elsewhere. */
		if (t->head == CH_NONE || t->head < at || t->head > office + 3)
			break;
		at--;
	}
	return at;
}

/* Is somebody else named in [first, past)? Then the words are that person's. */
static bool names_person(const struct ch_doc *doc, uint32_t first, uint32_t past, uint32_t except)
{
	uint32_t lo = 0, hi = doc->names.n;

	for (uint32_t i = first; i < past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		if (m != CH_NONE && m != except && doc->mentions.v[m].kind == CH_MENTION_NAME &&
		    doc->mentions.v[m].actor_n == 1 &&
		    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_PERSON)
			return true;
	}
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->names.v[mid].first < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < doc->names.n && doc->names.v[lo].first < past; lo++)
		/* The tagger may begin the holder's own name too early: "Turkey Abdullah Gul". */
		if (doc->names.v[lo].kind == CH_NAME_PER && doc->names.v[lo].past != doc->mentions.v[except].past)
			return true;
	return false;
}

/* "his foreign minister": the party of the one whose it is. */
static struct ch_str body_of_pronoun(const struct ch_doc *doc, uint32_t token)
{
	uint32_t m = ch_reg_tok(doc, token)->mention;

	if (m == CH_NONE || ch_reg_tok(doc, token)->deprel != CH_DEP_NMOD_POSS || !doc->mentions.v[m].actor_n)
		return CH_STR("");
	return doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].party;
}

/* "Presidents A and B" are a president each. */
static struct ch_str office_text(struct ch_doc *doc, uint32_t first, uint32_t past)
{
	struct ch_str s = ch_reg_text(doc, first, past);
	uint8_t x = ch_reg_tok(doc, past - 1)->xpos;

	if ((x == CH_XPOS_NNS || x == CH_XPOS_NNPS) && s.len > 3 && s.ptr[s.len - 1] == 's' && s.ptr[s.len - 2] != 's')
		s.len--;
	return s;
}

/* The end of an office's own words in [office, past): before the "of" that leads to the country or body at the end. */
static uint32_t office_end(const struct ch_doc *doc, uint32_t office, uint32_t n, uint32_t past, uint32_t except)
{
	for (uint32_t i = office + n; i < past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention, end;
		const struct ch_actor *a;

		if (m == CH_NONE || m == except || !doc->mentions.v[m].actor_n)
			continue;
		a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];
		if (a->kind == CH_ACTOR_PERSON || !a->party.len)
			continue;
		end = doc->mentions.v[m].first;
		while (end > office + n && (ch_reg_is(doc, end - 1, "of") || ch_reg_is(doc, end - 1, "the") ||
					    ch_reg_is(doc, end - 1, "republic") || ch_reg_is(doc, end - 1, "federal") ||
					    ch_reg_is(doc, end - 1, "for") || ch_reg_is(doc, end - 1, "to")))
			end--;
		return end;
	}
	return ch_reg_sense(doc, office, REGISTER_WORDS_PLAIN) ? past : office + n;
}

/* ---- people ---- */

struct person {
	uint32_t mention, actor;
	uint32_t first, past; /* tokens of the name alone, its title left out */
	uint32_t lead;        /* the same with "Mr", "H. E.", "General" before it */
};

/* An office that ends right before `past`; *n tokens long. */
static bool office_before(const struct ch_doc *doc, uint32_t past, uint32_t from, uint32_t *n)
{
	return past > from && ch_reg_run_before(doc, past, REGISTER_WORDS_OFFICE, n) && past - *n >= from;
}

static struct person person_of(const struct ch_doc *doc, uint32_t m)
{
	const struct ch_mention *mention = &doc->mentions.v[m];
	struct person p = {.mention = m,
			   .actor = doc->mention_actors.v[mention->actor_first],
			   .first = mention->past,
			   .past = mention->past};
	struct ch_str rest = doc->actors.v[p.actor].name, word;
	uint32_t n;

	/* The mention may begin with the title. The name is as many words as the full name has, where they
	 * begin as it does; else what the tagger of names found at its end. */
	for (uint32_t i = 0, lo = 0, hi = doc->names.n; lo < hi && i < 32; i++) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct ch_name *name = &doc->names.v[mid];

		if (name->past < mention->past)
			lo = mid + 1;
		else
			hi = mid;
		if (name->past == mention->past && name->kind == CH_NAME_PER && name->first >= mention->first)
			p.first = name->first;
	}
	n = p.past;
	while (n > mention->first && ch_str_cut(&rest, ' ', &word) && ch_reg_tok(doc, n - 1)->upos == CH_UPOS_PROPN)
		n--;
	rest = doc->actors.v[p.actor].name;
	if (n < p.past &&
	    (p.first == p.past || (ch_str_cut(&rest, ' ', &word) && ch_str_ieq(ch_token_str(doc, n), word))))
		p.first = n;
	if (p.first == p.past)
		p.first = mention->head < p.past ? mention->head : mention->first;
	/* A title among them is none of the name. */
	while (p.first < p.past) {
		const struct ch_word_sense *s = ch_reg_run(doc, p.first, REGISTER_WORDS_OFFICE, &n);

		if (!s || p.first + n >= p.past)
			break;
		/* "Shah" before two names more is one itself. */
		if (p.first + n + 2 <= p.past &&
		    ch_str_istarts(doc->actors.v[p.actor].name, ch_token_str(doc, p.first)))
			break;
		p.first += n;
	}
	p.lead = p.first;
	for (uint32_t from = doc->sentences.v[ch_reg_tok(doc, p.first)->sentence].first; p.lead > from && p.first - p.lead < 6;) {
		uint32_t at = ch_reg_is(doc, p.lead - 1, ".") && p.lead - 1 > from ? p.lead - 2 : p.lead - 1;

		/* "Secretary General": no rank. */
		if (!ch_reg_sense(doc, at, REGISTER_WORDS_COURTESY) ||
		    (office_before(doc, at + 1, from, &n) && n > 1))
			break;
		p.lead = at;
	}
	return p;
}

/* The possessive or the adjective before an office: "Armenian Prime Minister", "Turkey's foreign minister". */
static struct ch_str body_before(struct ch_doc *doc, uint32_t office, uint32_t from, uint32_t except, uint32_t *start)
{
	uint32_t at = office;
	struct ch_str body = {0};

	*start = office;
	while (at > from && office - at < 8) {
		const struct ch_token *t = ch_reg_tok(doc, at - 1);

		if (t->upos == CH_UPOS_PUNCT && !ch_reg_is(doc, at - 1, "-") && !ch_reg_is(doc, at - 1, "."))
			break;
		if (t->upos != CH_UPOS_ADJ && t->upos != CH_UPOS_PROPN && t->upos != CH_UPOS_NOUN &&
		    t->upos != CH_UPOS_PART && t->upos != CH_UPOS_PUNCT)
			break;
		at--;
		if (ch_reg_tok(doc, at)->mention != CH_NONE && ch_reg_tok(doc, at)->mention != except) {
			struct ch_str b = body_in(doc, at, at + 1, except);

			if (b.len) {
				body = b;
				*start = at;
				break;
			}
		}
	}
	return body;
}

static void title_before(struct ch_doc *doc, const struct person *p)
{
	const struct ch_actor *a = &doc->actors.v[p->actor];
	uint32_t from = doc->sentences.v[ch_reg_tok(doc, p->first)->sentence].first, n, start;
	struct ch_str body;

	if (office_before(doc, p->lead, from, &n)) {
		uint32_t office = p->lead - n;

		/* "First Deputy Prime Minister": what stands before the office and belongs to it. */
		office = with_rank(doc, with_field(doc, office, n, from), from);
		body = body_before(doc, office, from, p->mention, &start);
		/* "Foreign Minister N. N. of Ruritania" */
		if (!body.len && p->past + 1 < doc->sentences.v[ch_reg_tok(doc, p->first)->sentence].past &&
		    ch_reg_is(doc, p->past, "of") && ch_reg_tok(doc, p->past + 1)->mention != CH_NONE)
			body = body_in(doc, p->past + 1, p->past + 2, p->mention);
		if (!body.len)
			body = a->party;
		if (!body.len && office > from)
			body = body_of_pronoun(doc, office - 1);
		ch_role_add(doc, a->name, office_text(doc, office, p->lead), body, start, p->past, CH_NONE);
		return;
	}
	/* "President of the European Council | Donald Tusk": back over "of" phrases to the nearest office. */
	for (uint32_t i = p->lead; i-- > from && p->lead - i <= REACH;) {
		const struct ch_token *t = ch_reg_tok(doc, i);

		if (t->upos == CH_UPOS_VERB || t->upos == CH_UPOS_AUX || t->upos == CH_UPOS_PRON ||
		    (t->upos == CH_UPOS_PUNCT && !ch_reg_is(doc, i, "-") && !ch_reg_is(doc, i, ".")) ||
		    ch_reg_is(doc, i, "and") || names_person(doc, i, i + 1, p->mention))
			return;
		if ((ch_reg_is(doc, i, "of") || ch_reg_is(doc, i, "for") || ch_reg_is(doc, i, "to")) &&
		    office_before(doc, i, from, &n)) {
			struct ch_str role;
			uint32_t office = i - n, before;
			bool field;

			/* "head of the Department of Affairs of the Administration": the outermost office counts. */
			for (uint32_t k = office; k-- > from && office - k <= REACH;) {
				uint32_t n2;

				if (ch_reg_tok(doc, k)->upos == CH_UPOS_VERB ||
				    ch_reg_tok(doc, k)->upos == CH_UPOS_PUNCT ||
				    ch_reg_tok(doc, k)->upos == CH_UPOS_CCONJ)
					break;
				if (ch_reg_is(doc, k, "of") && office_before(doc, k, from, &n2)) {
					office = k - n2;
					n = n2;
					break;
				}
			}
			body = body_in(doc, office + n, p->lead, p->mention);
			if (!body.len)
				body = body_before(doc, office, from, p->mention, &before);
			/* "Minister of Foreign Affairs": what he is minister of is no body. */
			field = ch_reg_sense(doc, office + n - 1, REGISTER_WORDS_PORTFOLIO) != NULL && !body.len;
			if (!body.len && !field)
				body = ch_role_name_in(doc, office + n, p->lead);
			if (!body.len)
				body = a->party;
			role = field ? ch_reg_text(doc, office, p->lead) :
			       ch_reg_sense(doc, office, REGISTER_WORDS_PLAIN) && ch_reg_is(doc, office + n, "of") &&
					       p->lead > office + n + 5
				       ? ch_reg_text(doc, office, p->lead)
				       : office_text(doc, office, office_end(doc, office, n, p->lead, p->mention));
			office = with_rank(doc, office, from);
			ch_role_add(doc, a->name, role, body, office, p->past, CH_NONE);
			return;
		}
	}
}

/* The end of what hangs from an office that ends at `at`: "of the United Nations", "to Syldavia", up to the term. */
static uint32_t seat_end(const struct ch_doc *doc, uint32_t at, uint32_t past)
{
	uint32_t b = at;

	if (at >= past || !(ch_reg_is(doc, at, "of") || ch_reg_is(doc, at, "for") || ch_reg_is(doc, at, "to")))
		return at;
	while (b < past && b < at + REACH && ch_reg_tok(doc, b)->upos != CH_UPOS_PUNCT &&
	       (ch_reg_tok(doc, b)->upos != CH_UPOS_VERB || ch_reg_tok(doc, b)->deprel == CH_DEP_AMOD) &&
	       ch_reg_tok(doc, b)->upos != CH_UPOS_AUX) {
		if (b > at + 1 && ch_reg_in_time(doc, b))
			return ch_reg_tok(doc, b - 1)->upos == CH_UPOS_ADP ? b - 1 : b;
		b++;
	}
	return b;
}

/* The party that an office of its own words belongs to, where no list has it: "the Liberal Union | leader". The office is no name. */
static struct ch_str owner_before(struct ch_doc *doc, uint32_t office, uint32_t from)
{
	uint32_t at = office, len;

	if (ch_is_upper(ch_utf8_at(ch_token_str(doc, office), 0, &len)))
		return CH_STR("");
	while (at > from && office - at < 4 && ch_reg_tok(doc, at - 1)->upos == CH_UPOS_PROPN &&
	       ch_is_upper(ch_utf8_at(ch_token_str(doc, at - 1), 0, &len)))
		at--;
	return at < office ? ch_reg_text(doc, at, office) : CH_STR("");
}

/* "N. N., the Ruritanian foreign minister,": from the comma to the office and its "of". */
static void title_behind(struct ch_doc *doc, const struct person *p)
{
	const struct ch_actor *a = &doc->actors.v[p->actor];
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, p->first)->sentence].past, i = p->past, n;

	if (i + 1 >= past || !ch_reg_is(doc, i, ","))
		return;
	for (i++; i < past && i < p->past + 8; i++) {
		const struct ch_token *t = ch_reg_tok(doc, i);

		if (t->upos == CH_UPOS_VERB || t->upos == CH_UPOS_PUNCT || t->upos == CH_UPOS_CCONJ || t->upos == CH_UPOS_ADP)
			return;
		if (ch_reg_run(doc, i, REGISTER_WORDS_OFFICE, &n)) {
			uint32_t b = i + n, first = p->past + 1;
			struct ch_str body;

			/* A name right behind is another person's: "A, Foreign Minister B". */
			if (b < past && ch_reg_tok(doc, b)->upos == CH_UPOS_PROPN &&
			    (ch_reg_tok(doc, b)->mention != CH_NONE || names_person(doc, b, b + 1, p->mention)))
				return;
			b = seat_end(doc, b, past);
			if (names_person(doc, first, b, p->mention))
				return;
			body = ch_reg_sense(doc, i + n - 1, REGISTER_WORDS_POSTED) ? body_in(doc, first, i, p->mention) : CH_STR("");
			if (!body.len)
				body = body_in(doc, first, b, p->mention);
			if (!body.len)
				body = ch_reg_is(doc, i + n, "to") ? a->party : ch_role_name_in(doc, i + n, b);
			if (!body.len)
				body = a->party;
			ch_role_term(doc, b,
				     ch_role_add(doc, a->name,
						 office_text(doc, with_rank(doc, with_field(doc, i, n, first), first),
							     office_end(doc, i, n, b, p->mention)),
						 body, p->first, b, CH_NONE));
			return;
		}
	}
}

/* A word that ends the noun phrase before it. */
static bool parts_phrase(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);

	switch (t->upos) {
	case CH_UPOS_VERB: /* "the ousted president", "the united provinces" */
		return t->deprel != CH_DEP_AMOD;
	case CH_UPOS_AUX:
	case CH_UPOS_SCONJ:
	case CH_UPOS_CCONJ:
	case CH_UPOS_ADV:
		return true;
	case CH_UPOS_PUNCT:
		return !ch_reg_is(doc, i, "-") && !ch_reg_is(doc, i, ".");
	case CH_UPOS_PRON:
		return t->deprel != CH_DEP_NMOD_POSS;
	default:
		return false;
	}
}

/* "the foreign minister of Ruritania, | N. N.,": a title in apposition before its name. The phrase that ends at the
 * comma must be the title's alone, and the name must end at a mark, else it is the subject of what follows. */
static void title_apposed(struct ch_doc *doc, const struct person *p)
{
	const struct ch_actor *a = &doc->actors.v[p->actor];
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, p->first)->sentence];
	uint32_t comma, first, n, past, field;
	struct ch_str body;

	if (p->lead < s->first + 2 || !ch_reg_is(doc, p->lead - 1, ","))
		return;
	if (p->past < s->past && ch_reg_tok(doc, p->past)->upos != CH_UPOS_PUNCT && !ch_reg_is(doc, p->past, "and") &&
	    ch_reg_tok(doc, p->first)->deprel != CH_DEP_APPOS)
		return;
	comma = p->lead - 1;
	for (first = comma; first > s->first && comma - first < REACH && !parts_phrase(doc, first - 1);)
		first--;
	for (uint32_t office = first; office < comma; office++) {
		if (!ch_reg_run(doc, office, REGISTER_WORDS_OFFICE, &n) || office + n > comma)
			continue;
		past = office + n;
		/* "the Secretary-General's envoy": the envoy's title; "the president met the minister" cannot be. */
		if (past < comma && ch_reg_tok(doc, past)->upos == CH_UPOS_PART)
			continue;
		if (past < comma && !ch_reg_is(doc, past, "of") && !ch_reg_is(doc, past, "for") &&
		    !ch_reg_is(doc, past, "to") && !ch_reg_is(doc, past, "in"))
			continue;
		/* A preposition before it makes what stands further left another phrase: "met in Vienna with | the
		 * minister". */
		for (uint32_t k = office; k-- > first;)
			if (ch_reg_tok(doc, k)->upos == CH_UPOS_ADP) {
				first = k + 1;
				break;
			}
		if (names_person(doc, first, comma, p->mention))
			return;
		/* Who is sent is of those who send: "Ruritania's ambassador to Syldavia". */
		body = ch_reg_sense(doc, past - 1, REGISTER_WORDS_POSTED) ? body_in(doc, first, office, p->mention) : CH_STR("");
		if (!body.len)
			body = body_in(doc, past, comma, p->mention);
		if (!body.len)
			body = body_in(doc, first, office, p->mention);
		if (!body.len && (body = owner_before(doc, office, first)).len) {
			ch_role_add(doc, a->name, ch_reg_text(doc, office, past), body, first, p->past, CH_NONE);
			return;
		}
		if (!body.len)
			body = body_of_pronoun(doc, first);
		if (!body.len)
			body = a->party;
		field = with_rank(doc, with_field(doc, office, n, first), first);
		past = past < comma && ch_reg_is(doc, past, "for") ? comma
								   : office_end(doc, office, n, comma, p->mention);
		ch_role_add(doc, a->name, office_text(doc, field, past), body, first, p->past, CH_NONE);
		return;
	}
}

static bool names_other(const struct ch_doc *doc, uint32_t token, uint32_t actor)
{
	uint32_t m = ch_reg_tok(doc, token)->mention, other;

	if (m == CH_NONE || doc->mentions.v[m].kind != CH_MENTION_NAME || !doc->mentions.v[m].actor_n)
		return false;
	other = doc->mention_actors.v[doc->mentions.v[m].actor_first];
	return other != actor && doc->actors.v[other].kind == CH_ACTOR_PERSON;
}

/* "Donald Trump's reelection as president", "elected N. N. as President of Ruritania". */
static void becoming(struct ch_doc *doc, const struct person *p)
{
	const struct ch_actor *a = &doc->actors.v[p->actor];
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, p->first)->sentence].past;
	bool elected = false;

	for (uint32_t i = p->past; i < past && i < p->past + 10; i++) {
		uint32_t n, at = i + 1, start;
		struct ch_role *r;
		struct ch_str body;

		/* Whom others elect it is in the passive. */
		if (ch_reg_sense(doc, i, REGISTER_WORDS_ELECTING) && !ch_tree_passive(doc, i))
			return;
		elected |= ch_reg_sense(doc, i, REGISTER_WORDS_ELECTION) || ch_tree_lemma_is(doc, i, "be") ||
			   (ch_reg_tok(doc, i)->upos == CH_UPOS_VERB && ch_reg_sense(doc, i, REGISTER_WORDS_BECOMING));
		if (ch_reg_is(doc, i, ",") || ch_reg_is(doc, i, "and") || names_other(doc, i, p->actor))
			return;
		if (!elected || !(ch_reg_is(doc, i, "as") || ch_reg_sense(doc, i, REGISTER_WORDS_BECOMING)))
			continue;
		while (at < past && (ch_reg_is(doc, at, "the") || ch_reg_is(doc, at, "a") || ch_reg_is(doc, at, "new")))
			at++;
		if (at >= past || !ch_reg_run(doc, at, REGISTER_WORDS_OFFICE, &n)) {
			/* "as Ruritanian president" */
			if (at + 1 < past && ch_reg_tok(doc, at)->mention != CH_NONE &&
			    ch_reg_run(doc, at + 1, REGISTER_WORDS_OFFICE, &n))
				at++;
			else
				continue;
		}
		start = seat_end(doc, at + n, past);
		body = body_in(doc, at > 0 ? at - 1 : at, start, p->mention);
		r = ch_role_add(doc, a->name, ch_reg_text(doc, at, at + n), body.len ? body : a->party, p->first, start, CH_NONE);
		ch_role_term(doc, start, r);
		if (r && !r->from.len && !r->to.len && !ch_tree_lemma_is(doc, i, "be") &&
		    ch_reg_tok(doc, i)->upos == CH_UPOS_VERB)
			r->from = ch_reg_date(doc, i);
		return;
	}
}

/* A person of the page whose surname stands in the phrase without a mention of its own. Returns how many (0 or 1). */
static uint32_t surname_in(const struct ch_doc *doc, uint32_t first, uint32_t past, uint32_t *actor)
{
	for (uint32_t i = past; i-- > first;) {
		struct ch_str form = ch_token_str(doc, i);

		if (ch_reg_tok(doc, i)->upos != CH_UPOS_PROPN)
			continue;
		for (uint32_t k = 0; k < doc->actors.n && k < 512; k++) {
			struct ch_str name = doc->actors.v[k].name;

			if (doc->actors.v[k].kind == CH_ACTOR_PERSON && name.len > form.len &&
			    ch_str_ends(name, form) && name.ptr[name.len - form.len - 1] == ' ') {
				*actor = k;
				return 1;
			}
		}
	}
	return 0;
}

/* ---- terms of office: "the first presidency of N. N.", "your first presidency" ---- */

static void term(struct ch_doc *doc, uint32_t i)
{
	uint32_t adj = CH_NONE, whose = CH_NONE, a, b;
	struct ch_reg_actors who = {.n = 0};
	const struct ch_actor *actor;
	struct ch_str name = ch_token_str(doc, i);

	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		if (ch_reg_sense(doc, c, REGISTER_WORDS_TERM))
			adj = c;
		if (ch_reg_tok(doc, c)->mention != CH_NONE && whose == CH_NONE)
			whose = c;
	}
	if (adj == CH_NONE)
		return;
	ch_reg_phrase(doc, i, &a, &b);
	if (whose != CH_NONE)
		ch_reg_add_mention(doc, ch_reg_tok(doc, whose)->mention, &who);
	else
		who.n = surname_in(doc, a, b, &who.v[0]);
	if (!who.n || doc->actors.v[who.v[0]].kind != CH_ACTOR_PERSON)
		return;
	actor = &doc->actors.v[who.v[0]];
	if (ch_str_istarts(name, CH_STR("presiden")))
		name = CH_STR("President");
	else if (ch_str_istarts(name, CH_STR("premier")))
		name = CH_STR("Prime Minister");
	else if (ch_str_istarts(name, CH_STR("chancellor")))
		name = CH_STR("Chancellor");
	ch_role_add(doc, actor->name,
		    ch_arena_printf(doc->arena, "%.*s (%.*s %.*s)", CH_STR_ARG(name),
				    CH_STR_ARG(ch_token_str(doc, adj)), CH_STR_ARG(ch_token_str(doc, i))),
		    actor->party, a, b, CH_NONE);
}

void ch_role_find(struct ch_doc *doc)
{
	for (uint32_t m = 0; m < doc->mentions.n; m++) {
		const struct ch_mention *mention = &doc->mentions.v[m];
		struct person p;

		if (mention->kind != CH_MENTION_NAME || mention->actor_n != 1 ||
		    !ch_reg_body(doc, ch_reg_tok(doc, mention->head)->sentence) ||
		    doc->actors.v[doc->mention_actors.v[mention->actor_first]].kind != CH_ACTOR_PERSON)
			continue;
		p = person_of(doc, m);
		title_before(doc, &p);
		title_apposed(doc, &p);
		title_behind(doc, &p);
		becoming(doc, &p);
		ch_member_peer(doc, m, p.lead, p.past);
		ch_member_shared(doc, m, p.lead, p.past);
	}
	ch_member_nominal(doc);
	for (uint32_t k = 0; k < doc->sentences.n; k++) {
		const struct ch_sentence *s = &doc->sentences.v[k];

		if (!ch_reg_body(doc, k))
			continue;
		for (uint32_t i = s->first; i < s->past; i++) {
			const struct ch_token *t = ch_reg_tok(doc, i);

			if (ch_reg_is(doc, i, "whose"))
				ch_chair_whose(doc, i);
			if (t->upos == CH_UPOS_VERB) {
				if (ch_reg_sense(doc, i, REGISTER_WORDS_CHAIRING))
					ch_chair_verb(doc, i);
				else if (ch_reg_sense(doc, i, REGISTER_WORDS_JOINING) || ch_reg_sense(doc, i, REGISTER_WORDS_ADMITTING))
					ch_member_verb(doc, i);
				else if (ch_tree_lemma_is(doc, i, "represent"))
					ch_chair_representing(doc, i);
			} else if (t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN) {
				if (ch_reg_sense(doc, i, REGISTER_WORDS_TENURE))
					term(doc, i);
				if (ch_reg_sense(doc, i, REGISTER_WORDS_CHAIR))
					ch_chair_noun(doc, i);
			}
		}
	}
}
