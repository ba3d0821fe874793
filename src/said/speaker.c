/* said/speaker.c -- who it is that speaks: from the words beside the cue to a name, through the page's mentions and
 * actors; and where the words are "he", "the website" or nothing at all, through who spoke before. */
#include "base/utf8.h"
#include "said/said_priv.h"

/* Paragraphs over which a quotation without any attribution still belongs to the speaker before it. */
#define CARRY_BLOCKS_MAX 2
/* Mentions and names that are looked through for one speaker: enough for any article, and a bound for what is none. */
#define LOOK_BACK_MAX 2000
/* Introductions that are looked through for "the minister". */
#define MET_MAX 64

struct speaker {
	struct ch_str name, country;
	struct ch_span source;
	uint32_t actor;
	uint32_t block;         /* where it spoke last */
	struct ch_span content; /* what it said */
	struct ch_span cue;
	bool outlet; /* a website, a paper: its author is "he" */
};

struct resolver {
	struct ch_said_work *w;
	struct speaker last;        /* empty name: nobody yet */
	struct speaker outlet;      /* the last that was one */
	CH_VEC(struct speaker) met; /* those that the page introduced by name, with the words that did it */
};

static bool is_title_article(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "the") || ch_said_is(w, i, "a") || ch_said_is(w, i, "an");
}

static struct ch_str without_article(struct ch_str s)
{
	static const char *const articles[] = {"the ", "a ", "an ", "its ", "his ", "her ", "their "};

	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (ch_str_istarts(s, ch_str_z(articles[i])))
			return ch_str_trim(ch_str_sub(s, strlen(articles[i]), s.len));
	return s;
}

static bool is_person(const struct ch_said_work *w, uint32_t token)
{
	const struct ch_doc *doc = w->doc;
	uint32_t m = ch_said_token(w, token)->mention;

	return m != CH_NONE && doc->mentions.v[m].actor_n &&
	       doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_PERSON;
}

/* Mentions that are another name of the noun at `head`: apposed to it, part of its name, or it itself. */
static bool same_thing(const struct ch_said_work *w, uint32_t token, uint32_t head)
{
	for (int n = 0; n < 6 && token != CH_NONE; n++) {
		const struct ch_token *t = ch_said_token(w, token);

		if (token == head)
			return true;
		if (t->deprel != CH_DEP_APPOS && t->deprel != CH_DEP_FLAT && t->deprel != CH_DEP_NMOD_DESC &&
		    t->deprel != CH_DEP_COMPOUND)
			return false;
		/* "Minister Lavrov" is Lavrov; "Lavrov aides" are not. */
		if (t->deprel == CH_DEP_COMPOUND && t->head != CH_NONE &&
		    ch_said_token(w, t->head)->upos != CH_UPOS_PROPN)
			return false;
		token = t->head;
		/* "the minister of Ruritania, N. N.": parsers hang the name from the country, which is nobody. */
		if (t->deprel == CH_DEP_APPOS && token != CH_NONE && token != head &&
		    ch_said_token(w, token)->deprel == CH_DEP_NMOD && ch_said_token(w, token)->head == head &&
		    ch_said_token(w, token)->upos == CH_UPOS_PROPN && !is_person(w, token))
			return true;
	}
	return false;
}

/* The mention that the words name: the head's own, else one apposed to it; a person before all others. */
static uint32_t mention_of(const struct ch_said_work *w, uint32_t head, struct ch_span source)
{
	const struct ch_doc *doc = w->doc;
	uint32_t best = ch_said_token(w, head)->mention;
	uint32_t first = ch_doc_token_from(doc, source.start), past = ch_doc_token_from(doc, source.end);
	bool tree = ch_said_has_tree(w, ch_said_token(w, head)->sentence);

	if (best != CH_NONE && (!doc->mentions.v[best].actor_n || doc->mentions.v[best].possessive))
		best = CH_NONE;
	if (best != CH_NONE &&
	    doc->actors.v[doc->mention_actors.v[doc->mentions.v[best].actor_first]].kind == CH_ACTOR_PERSON)
		return best;
	for (uint32_t i = first; i < past; i++) {
		uint32_t m = ch_said_token(w, i)->mention;

		if (m == CH_NONE || !doc->mentions.v[m].actor_n || doc->mentions.v[m].possessive)
			continue;
		if (tree ? !same_thing(w, i, head) : i + 1 < past && i != head)
			continue;
		if (doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_PERSON)
			return m;
	}
	return best;
}

static bool is_country_code(struct ch_str code)
{
	static const char *const kinds[] = {"IGO", "NGO", "ISM", "IMG", "MNC"};

	if (code.len != 3)
		return false;
	for (size_t i = 0; i < 3; i++)
		if (code.ptr[i] < 'A' || code.ptr[i] > 'Z')
			return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ch_str_eqz(code, kinds[i]))
			return false;
	return true;
}

static bool is_pronoun(const struct ch_said_work *w, uint32_t i)
{
	static const char *const words[] = {"he", "she", "they", "him", "her", "them", "his", "their"};

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (ch_said_is(w, i, words[k]))
			return true;
	return false;
}

/* "Baku-based" and "the Azerbaijani" tell where an outlet sits, if the page says it. */
static struct ch_str country_in(const struct ch_said_work *w, struct ch_span source)
{
	const struct ch_doc *doc = w->doc;
	uint32_t first = ch_doc_token_from(doc, source.start), past = ch_doc_token_from(doc, source.end);

	for (uint32_t i = first; i < past; i++) {
		uint32_t m = ch_said_token(w, i)->mention;
		const struct ch_mention *mention;

		if (m == CH_NONE)
			continue;
		mention = &doc->mentions.v[m];
		for (uint32_t k = 0; k < mention->actor_n; k++) {
			const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[mention->actor_first + k]];

			if (is_country_code(a->code))
				return a->code;
		}
		if (is_country_code(mention->place))
			return mention->place;
	}
	return CH_STR("");
}

/* How many names begin before the token. */
static uint32_t names_before(const struct ch_doc *doc, uint32_t token)
{
	uint32_t lo = 0, hi = doc->names.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->names.v[mid].first < token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* A name in the page's own words: the last run of proper nouns in the phrase, as long as the page has it anywhere
 * before. */
static struct ch_str proper_name(const struct ch_said_work *w, uint32_t head, struct ch_span source)
{
	const struct ch_doc *doc = w->doc;
	uint32_t first = ch_doc_token_from(doc, source.start), past = ch_doc_token_from(doc, source.end);
	uint32_t a = CH_NONE, b = 0;
	bool tree = ch_said_has_tree(w, ch_said_token(w, head)->sentence);

	for (uint32_t i = names_before(doc, first); i < doc->names.n; i++) {
		const struct ch_name *n = &doc->names.v[i];

		if (n->kind == CH_NAME_PER && n->first >= first && n->past <= past) {
			bool own = head >= n->first && head < n->past;

			if (own || (a == CH_NONE && (!tree || same_thing(w, n->first, head)))) {
				a = n->first;
				b = n->past;
			}
			if (own)
				break;
		}
		if (n->first >= past)
			break;
	}
	if (a == CH_NONE)
		return CH_STR("");
	/* The longest name seen so far that ends in the same word. */
	for (uint32_t i = 0; i < doc->names.n && i < LOOK_BACK_MAX && doc->names.v[i].first < a; i++) {
		const struct ch_name *n = &doc->names.v[i];

		if (n->kind == CH_NAME_PER && n->past - n->first > b - a &&
		    ch_str_eq(ch_said_form(w, n->past - 1), ch_said_form(w, b - 1))) {
			a = n->first;
			b = n->past;
			break;
		}
	}
	return ch_doc_str(doc, (struct ch_span){ch_said_token(w, a)->span.start, ch_said_token(w, b - 1)->span.end});
}

/* How many mentions begin before the offset. */
static uint32_t mentions_before(const struct ch_doc *doc, uint32_t offset)
{
	uint32_t lo = 0, hi = doc->mentions.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->mentions.v[mid].span.start < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* "the political scientist" after "political scientist Azer Garayev": the person whose name stood beside that noun. */
static uint32_t person_beside(const struct ch_said_work *w, uint32_t head)
{
	const struct ch_doc *doc = w->doc;
	struct ch_str noun = ch_said_form(w, head);

	for (uint32_t n = 0, m = mentions_before(doc, ch_said_token(w, head)->span.start); m-- > 0 && n < LOOK_BACK_MAX;
	     n++) {
		const struct ch_mention *mention = &doc->mentions.v[m];
		uint32_t actor;

		if (mention->head >= head || mention->kind != CH_MENTION_NAME || !mention->actor_n)
			continue;
		actor = doc->mention_actors.v[mention->actor_first];
		if (doc->actors.v[actor].kind != CH_ACTOR_PERSON)
			continue;
		for (uint32_t k = 1; k <= 4; k++) {
			uint32_t before = mention->head >= k ? mention->head - k : CH_NONE,
				 behind = mention->past - 1 + k;

			if (before != CH_NONE &&
			    ch_said_token(w, before)->sentence == ch_said_token(w, mention->head)->sentence &&
			    ch_str_ieq(ch_said_form(w, before), noun))
				return actor;
			if (behind < head && behind < doc->tokens.n &&
			    ch_said_token(w, behind)->sentence == ch_said_token(w, mention->head)->sentence &&
			    ch_str_ieq(ch_said_form(w, behind), noun))
				return actor;
		}
	}
	return CH_NONE;
}

static struct ch_str join_names(const struct ch_said_work *w, const struct ch_mention *m)
{
	struct ch_str out = {0};

	for (uint32_t k = 0; k < m->actor_n; k++) {
		struct ch_str name = w->doc->actors.v[w->doc->mention_actors.v[m->actor_first + k]].name;

		out = k ? ch_arena_printf(w->doc->arena, "%.*s, %.*s", CH_STR_ARG(out), CH_STR_ARG(name)) : name;
	}
	return out;
}

static void take_actor(const struct ch_said_work *w, struct speaker *s, uint32_t actor)
{
	s->actor = actor;
	s->name = w->doc->actors.v[actor].name;
	if (is_country_code(w->doc->actors.v[actor].code))
		s->country = w->doc->actors.v[actor].code;
}

static void take_name(const struct ch_said_work *w, struct speaker *s, struct ch_str name)
{
	s->name = name;
	for (uint32_t i = 0; i < w->doc->actors.n && i < LOOK_BACK_MAX; i++)
		if (w->doc->actors.v[i].kind == CH_ACTOR_PERSON && ch_str_eq(w->doc->actors.v[i].name, name))
			take_actor(w, s, i);
}

/* "he" is the speaker before, if the one that coreference offers was only spoken of by that speaker: whom one talks
 * about does not, in the next sentence, begin to talk. An institution is no "he". */
static bool he_is_last(const struct resolver *r, uint32_t head, uint32_t actor, struct ch_span own)
{
	const struct ch_doc *doc = r->w->doc;
	const struct speaker *last = &r->last;
	uint32_t latest = CH_NONE;

	if (!last->name.len || actor == last->actor)
		return false;
	if (last->actor != CH_NONE && doc->actors.v[last->actor].kind != CH_ACTOR_PERSON && !last->outlet)
		return false;
	for (uint32_t n = 0, m = mentions_before(doc, ch_said_token(r->w, head)->span.start);
	     m-- > 0 && latest == CH_NONE && n < LOOK_BACK_MAX; n++)
		for (uint32_t k = 0; k < doc->mentions.v[m].actor_n; k++)
			/* What words the last speaker went by is known better by now. */
			if (doc->mention_actors.v[doc->mentions.v[m].actor_first + k] == actor &&
			    (doc->mentions.v[m].span.start < last->source.start ||
			     doc->mentions.v[m].span.end > last->source.end))
				latest = m;
	/* Nor is "he" behind a quotation the one of whom it tells. */
	if (latest != CH_NONE && doc->mentions.v[latest].span.start >= own.start &&
	    doc->mentions.v[latest].span.end <= own.end)
		return true;
	return latest == CH_NONE || (doc->mentions.v[latest].span.start >= last->content.start &&
				     doc->mentions.v[latest].span.end <= last->content.end);
}

static bool same_office(const struct ch_actor *a, const struct ch_actor *b)
{
	return a->office.len && ch_str_ieq(a->office, b->office);
}

/* "the head of state": a title alone fits several people of a page. The one who has just spoken and bears it goes on;
 * and a holder whom the page never names gives way to one whom it does, first to the subject of a sentence. Returns an
 * actor. */
static uint32_t holder_here(const struct resolver *r, uint32_t head, uint32_t actor)
{
	const struct ch_doc *doc = r->w->doc;
	uint32_t other = CH_NONE, m = mentions_before(doc, ch_said_token(r->w, head)->span.start);
	uint32_t block = doc->sentences.v[ch_said_token(r->w, head)->sentence].block;

	if (r->last.actor != CH_NONE && block == r->last.block &&
	    same_office(&doc->actors.v[r->last.actor], &doc->actors.v[actor]))
		return r->last.actor;
	for (uint32_t n = 0; m-- > 0 && n < LOOK_BACK_MAX; n++) {
		const struct ch_mention *mention = &doc->mentions.v[m];
		uint32_t a;

		if (mention->kind != CH_MENTION_NAME || mention->actor_n != 1)
			continue;
		a = doc->mention_actors.v[mention->actor_first];
		if (a == actor)
			return actor;
		if (!same_office(&doc->actors.v[a], &doc->actors.v[actor]))
			continue;
		if (other == CH_NONE || (ch_said_token(r->w, mention->head)->deprel == CH_DEP_NSUBJ &&
					 ch_said_token(r->w, doc->mentions.v[other].head)->deprel != CH_DEP_NSUBJ))
			other = m;
	}
	return other == CH_NONE ? actor : doc->mention_actors.v[doc->mentions.v[other].actor_first];
}

/* Does the office fit the title that the page uses for its holder? */
static bool fits_title(struct ch_str office, struct ch_str title)
{
	static const char *const heads[] = {"President", "King", "Queen", "Emir", "Emperor", "Sultan"};

	if (!office.len)
		return false;
	if (!ch_str_ieq(title, CH_STR("head of state")))
		return ch_str_ieq(office, title) ||
		       (office.len > title.len &&
			ch_str_ieq(ch_str_sub(office, office.len - title.len, office.len), title));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (ch_str_ieq(office, ch_str_z(heads[i])))
			return true;
	return false;
}

/* "the head of state" where coreference found several and chose none: who has just spoken and bears the title, else the
 * one whom the page has named most often so far. CH_NONE: nobody bears it. */
static uint32_t bearer(const struct resolver *r, uint32_t head, struct ch_str title)
{
	const struct ch_doc *doc = r->w->doc;
	uint32_t best = CH_NONE, best_n = 0, m = mentions_before(doc, ch_said_token(r->w, head)->span.start), first;

	if (r->last.actor != CH_NONE && fits_title(doc->actors.v[r->last.actor].office, title))
		return r->last.actor;
	first = m > LOOK_BACK_MAX ? m - LOOK_BACK_MAX : 0;
	for (uint32_t a = 0; a < doc->actors.n && a < 64; a++) {
		uint32_t n = 0;

		if (doc->actors.v[a].kind != CH_ACTOR_PERSON || !fits_title(doc->actors.v[a].office, title))
			continue;
		for (uint32_t i = first; i < m; i++)
			n += doc->mentions.v[i].kind == CH_MENTION_NAME && doc->mentions.v[i].actor_n == 1 &&
			     doc->mention_actors.v[doc->mentions.v[i].actor_first] == a;
		if (n > best_n) {
			best_n = n;
			best = a;
		}
	}
	return best;
}

/* Does the phrase that introduced a speaker call it by this noun, or both by words for one who knows? */
static bool of_trade(const struct ch_said_work *w, struct ch_span source, uint32_t noun)
{
	uint32_t first = ch_doc_token_from(w->doc, source.start), past = ch_doc_token_from(w->doc, source.end), last;
	bool expert = ch_said_cue(w, noun, &last) & CH_CUE_EXPERT;

	for (uint32_t i = first; i < past; i++)
		if (ch_str_ieq(ch_said_form(w, i), ch_said_form(w, noun)) ||
		    (expert && (ch_said_cue(w, i, &last) & CH_CUE_EXPERT)))
			return true;
	return false;
}

/* "the minister", "the expert": the page's own speaker of that trade, introduced before; the last of them. */
static const struct speaker *same_trade(const struct resolver *r, uint32_t head, struct ch_span source)
{
	const struct ch_said_work *w = r->w;
	uint32_t first = ch_doc_token_from(w->doc, source.start);

	if (!ch_said_is(w, first, "the") || first + 1 != head || ch_said_token(w, head)->upos != CH_UPOS_NOUN ||
	    ch_doc_token_from(w->doc, source.end) != head + 1)
		return NULL;
	for (uint32_t i = r->met.n; i-- > 0 && r->met.n - i <= MET_MAX;)
		if (of_trade(w, r->met.v[i].source, head))
			return &r->met.v[i];
	return NULL;
}

/* A phrase with a name in it and words beside it. */
static bool introduces(const struct ch_said_work *w, const struct speaker *s)
{
	uint32_t first = ch_doc_token_from(w->doc, s->source.start), past = ch_doc_token_from(w->doc, s->source.end);
	bool named = false;

	for (uint32_t i = first; i < past; i++)
		named |= ch_said_token(w, i)->upos == CH_UPOS_PROPN &&
			 ch_str_find(s->name, ch_said_form(w, i), 0) != CH_STR_NONE;
	return named && past > first + 1;
}

static void by_phrase(struct resolver *r, uint32_t head, struct speaker *s)
{
	const struct ch_said_work *w = r->w;
	const struct ch_doc *doc = w->doc;
	uint32_t m = mention_of(w, head, s->source), last, actor;
	bool media = ch_said_cue(w, head, &last) & CH_CUE_MEDIA;
	const struct speaker *known = media ? NULL : same_trade(r, head, s->source);
	struct ch_str name;

	if (known) {
		s->actor = known->actor;
		s->name = known->name;
		s->country = known->country;
		return;
	}
	/* "the spokesman, N. N.": the name tells more than the noun. */
	if (m != CH_NONE && doc->mentions.v[m].kind == CH_MENTION_NOMINAL) {
		name = proper_name(w, head, s->source);
		if (name.len) {
			s->country = country_in(w, s->source);
			take_name(w, s, name);
			return;
		}
	}
	if (m != CH_NONE) {
		const struct ch_mention *mention = &doc->mentions.v[m];
		const struct ch_actor *a;

		actor = doc->mention_actors.v[mention->actor_first];
		a = &doc->actors.v[actor];
		if (is_pronoun(w, head) && he_is_last(r, head, actor, s->content)) {
			s->actor = r->last.actor;
			s->name = r->last.name;
			s->country = r->last.country;
			s->outlet = r->last.outlet;
			return;
		}
		if (mention->kind == CH_MENTION_NOMINAL && mention->actor_n == 1 && a->kind == CH_ACTOR_PERSON) {
			uint32_t here = holder_here(r, head, actor);

			if (here != actor) {
				take_actor(w, s, here);
				return;
			}
		}
		take_actor(w, s, actor);
		s->name = join_names(w, mention);
		/* "Moscow" speaks as Moscow: the code tells whose side it is. */
		if (a->kind == CH_ACTOR_STATE && mention->kind == CH_MENTION_NAME && mention->actor_n == 1)
			s->name = without_article(ch_doc_str(doc, mention->span));
		/* "The Foreign Ministry" acts for its state and speaks for itself. */
		if (a->kind == CH_ACTOR_STATE && mention->past - mention->first > 1 &&
		    mention->kind != CH_MENTION_PRONOUN && ch_said_token(w, head)->upos != CH_UPOS_PRON &&
		    mention->kind == CH_MENTION_NOMINAL)
			s->name = without_article(ch_doc_str(doc, s->source));
		s->outlet = ch_str_eqz(a->sector, "JRN");
		return;
	}
	if (is_pronoun(w, head)) {
		if (r->last.name.len) {
			s->actor = r->last.actor;
			s->name = r->last.name;
			s->country = r->last.country;
			s->outlet = r->last.outlet;
		}
		return;
	}
	name = proper_name(w, head, s->source);
	if (name.len) {
		take_name(w, s, name);
		return;
	}
	if (media) {
		/* "the Day.az news site" is named by what stands before the noun; "the website" is the one named
		 * before. */
		uint32_t first = ch_doc_token_from(doc, s->source.start), a = CH_NONE, b = 0;

		for (uint32_t i = first; i < head; i++) {
			struct ch_str form = ch_said_form(w, i);

			if (ch_said_token(w, i)->upos == CH_UPOS_PROPN && !ch_str_ends(form, CH_STR("-based")) &&
			    !(i + 1 < head && ch_said_is(w, i + 1, "-"))) {
				a = a == CH_NONE ? i : a;
				b = i + 1;
			}
		}
		s->outlet = true;
		if (a != CH_NONE) {
			s->name = ch_doc_str(doc, (struct ch_span){ch_said_token(w, a)->span.start,
								   ch_said_token(w, b - 1)->span.end});
			s->country = country_in(w, s->source);
			return;
		}
		if (r->outlet.name.len) {
			s->name = r->outlet.name;
			s->country = r->outlet.country;
			s->actor = r->outlet.actor;
			return;
		}
	}
	if (is_title_article(w, ch_doc_token_from(doc, s->source.start)) ||
	    ch_said_token(w, head)->upos == CH_UPOS_NOUN) {
		bool the = ch_said_is(w, ch_doc_token_from(doc, s->source.start), "the");

		actor = the ? bearer(r, head, without_article(ch_doc_str(doc, s->source))) : CH_NONE;
		if (the && actor == CH_NONE)
			actor = person_beside(w, head);
		if (actor != CH_NONE) {
			take_actor(w, s, actor);
			return;
		}
	}
	/* A name cut in two by the parser is put together again: "scientist Azer | Garayev". */
	if (ch_said_token(w, head)->upos == CH_UPOS_PROPN) {
		uint32_t a = ch_doc_token_from(doc, s->source.start),
			 first = doc->sentences.v[ch_said_token(w, head)->sentence].first;

		if (a == head) {
			while (a > first && ch_said_token(w, a - 1)->upos == CH_UPOS_PROPN)
				a--;
			s->source.start = ch_said_token(w, a)->span.start;
		}
	}
	s->name = without_article(ch_doc_str(doc, s->source));
	s->country = country_in(w, s->source);
}

/* "Day.az": a name that is a host name is a website's. */
static bool is_host_name(struct ch_str s)
{
	size_t dot = ch_str_find_byte(s, '.', 1);

	return dot != CH_STR_NONE && dot + 2 < s.len && ch_str_find_byte(s, ' ', 0) == CH_STR_NONE &&
	       ch_is_letter((unsigned char)s.ptr[dot + 1]);
}

/* One that spoke as an outlet before is one again. */
static void know_outlet(const struct resolver *r, struct speaker *s)
{
	if (is_host_name(s->name))
		s->outlet = true;
	if (r->outlet.name.len && ch_str_ieq(r->outlet.name, s->name)) {
		s->outlet = true;
		if (!s->country.len)
			s->country = r->outlet.country;
	}
}

static void inherit(struct speaker *s, const struct speaker *from)
{
	s->name = from->name;
	s->country = from->country;
	s->actor = from->actor;
	s->source = from->source;
	s->outlet = from->outlet;
}

/* The subject of the sentence before a quotation that nothing introduces, if it is a person. */
static void by_sentence_before(struct resolver *r, const struct ch_utterance *u, struct speaker *s)
{
	static const uint8_t rels[] = {CH_DEP_NSUBJ, CH_DEP_ROOT};
	const struct ch_said_work *w = r->w;
	uint32_t before = u->sentence ? u->sentence - 1 : CH_NONE, head, m;
	struct speaker found = *s;

	if (before == CH_NONE || w->doc->sentences.v[before].root == CH_NONE ||
	    w->doc->blocks.v[w->doc->sentences.v[before].block].kind == CH_BLOCK_TITLE)
		return;
	head = ch_said_child(w, w->doc->sentences.v[before].root, rels);
	if (head == CH_NONE)
		return;
	m = ch_said_token(w, head)->mention;
	if (m == CH_NONE || !w->doc->mentions.v[m].actor_n ||
	    w->doc->actors.v[w->doc->mention_actors.v[w->doc->mentions.v[m].actor_first]].kind != CH_ACTOR_PERSON)
		return;
	found.source = ch_said_phrase(w, head, (struct ch_span){u->content.start, u->content.end});
	by_phrase(r, head, &found);
	inherit(s, &found);
}

static struct speaker resolve(struct resolver *r, const struct ch_utterance *u)
{
	const struct ch_said_work *w = r->w;
	struct speaker s = {.actor = CH_NONE,
			    .content = u->content,
			    .cue = u->cue,
			    .block = w->doc->sentences.v[u->sentence].block};
	bool near = r->last.name.len && s.block - r->last.block <= CARRY_BLOCKS_MAX;

	switch (u->link) {
	case CH_LINK_OWN: {
		struct ch_span at = ch_said_token(w, u->subject)->span, keep_out = u->content;

		s.source = u->source;
		if (s.source.start >= s.source.end) {
			/* The name lies on one side of the verb and outside the content. */
			if (u->cue.end > u->cue.start)
				keep_out = at.start < u->cue.start ? (struct ch_span){u->cue.start, UINT32_MAX}
								   : (struct ch_span){0, u->cue.end};
			s.source = ch_said_phrase(w, u->subject, keep_out);
		}
		if (s.source.start < u->content.end && u->content.start < s.source.end)
			s.source = at;
		by_phrase(r, u->subject, &s);
		know_outlet(r, &s);
		break;
	}
	case CH_LINK_PIECE:
		inherit(&s, &r->last);
		s.cue = r->last.cue;
		break;
	case CH_LINK_CARRIED:
		if (u->direct ? near : near && r->last.block == s.block)
			inherit(&s, &r->last);
		else if (u->direct)
			by_sentence_before(r, u, &s);
		break;
	case CH_LINK_NOBODY:
		break;
	}
	return s;
}

/* "A ministry spokesman said …", and paragraphs later "the spokesman, N. N., said": the first was N. N. already. Only
 * the last such spokesman, over all that was laid to him. */
static void name_backwards(const struct ch_said_work *w, const struct speaker *s)
{
	struct ch_doc *doc = w->doc;
	uint32_t first = ch_doc_token_from(doc, s->source.start), from;
	struct ch_str noun, called = {0};

	if (!ch_said_is(w, first, "the") || !ch_said_is(w, first + 2, ",") ||
	    ch_said_token(w, first + 1)->upos != CH_UPOS_NOUN)
		return;
	noun = ch_said_form(w, first + 1);
	from = doc->statements.n > MET_MAX ? doc->statements.n - MET_MAX : 0;
	for (uint32_t i = doc->statements.n; i-- > from && !called.len;) {
		const struct ch_statement *t = &doc->statements.v[i];
		uint32_t at = ch_doc_token_from(doc, t->source.start);

		if (t->speaker.len > noun.len && ch_str_ends(t->speaker, noun) &&
		    (ch_said_is(w, at, "a") || ch_said_is(w, at, "an")))
			called = t->speaker;
	}
	for (uint32_t i = from; i < doc->statements.n && called.len; i++) {
		struct ch_statement *t = &doc->statements.v[i];

		if (!ch_str_eq(t->speaker, called))
			continue;
		t->speaker = s->name;
		t->actor = s->actor;
		if (s->country.len)
			t->country = s->country;
	}
}

static struct ch_statement statement_of(const struct ch_utterance *u, const struct speaker *s)
{
	return (struct ch_statement){
		.content = u->content,
		.cue = s->cue,
		.source = s->source,
		.speaker = s->name,
		.country = s->country,
		.actor = s->actor,
		.direct = u->direct,
		.kind = u->kind,
	};
}

/* Who plans or praises takes the floor from nobody: these only ask who spoke last. */
static void resolve_beyond(struct resolver *r, uint32_t *at, uint32_t until)
{
	const struct ch_said_work *w = r->w;

	for (; *at < w->beyond.n && w->beyond.v[*at].content.start < until; ++*at) {
		struct speaker s = resolve(r, &w->beyond.v[*at]);

		*CH_PUSH(w->doc->arena, &w->doc->attributions) = statement_of(&w->beyond.v[*at], &s);
	}
}

void ch_speakers_resolve(struct ch_said_work *w)
{
	struct resolver r = {.w = w, .last.actor = CH_NONE};
	uint32_t beyond = 0;

	for (uint32_t i = 0; i < w->found.n; i++) {
		const struct ch_utterance *u = &w->found.v[i];
		struct speaker s;

		resolve_beyond(&r, &beyond, u->content.start);
		s = resolve(&r, u);
		*CH_PUSH(w->doc->arena, &w->doc->statements) = statement_of(u, &s);
		/* Who is quoted within somebody's words does not take the floor from him. */
		if (s.name.len && (u->content.end > r.last.content.end || !r.last.name.len)) {
			/* Whom the same speaker told of before is told of still. */
			if (ch_str_eq(r.last.name, s.name) && r.last.block == s.block)
				s.content.start = r.last.content.start;
			r.last = s;
			r.last.block = w->doc->sentences
					       .v[ch_doc_sentence_at(w->doc, u->content.end - 1) != CH_NONE
							  ? ch_doc_sentence_at(w->doc, u->content.end - 1)
							  : u->sentence]
					       .block;
		}
		if (s.name.len && s.outlet)
			r.outlet = s;
		else if (s.name.len && u->link == CH_LINK_OWN && introduces(w, &s)) {
			*CH_PUSH(w->doc->arena, &r.met) = s;
			name_backwards(w, &s);
		}
	}
	resolve_beyond(&r, &beyond, UINT32_MAX);
}
