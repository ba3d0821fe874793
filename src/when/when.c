/* when/when.c -- walks each sentence, tries the matchers from the most to the least told, and keeps what later
 * expressions lean on: the date before, the year that the sentence and the paragraph speak of. */
#include "when/when_priv.h"
#include <assert.h>

enum {
	TENSE_BACK = 12,
	TENSE_AHEAD = 8, /* words looked over for the tense */
};

/* ---- tense ---- */

static enum tense tense_of(const struct scan *s, uint32_t at)
{
	const struct lex *l = lex_at(s, at);
	struct ch_str t = when_text(s, at);
	unsigned xpos = s->doc->tokens.v[s->first + at].xpos;

	if ((l->word && lex_is(l, WHEN_WORDS_FUTURE_CUE)) || (s->title && when_word(s, at, "to")))
		return TENSE_FUTURE; /* headlines say "President to visit Rome" */
	if (s->tagged)               /* a participle alone says nothing: "will be paid", "was paid" */
		return xpos == CH_XPOS_VBD || (l->word && lex_is(l, WHEN_WORDS_PAST_CUE) &&
					       (xpos == CH_XPOS_VBP || xpos == CH_XPOS_VBZ))
			       ? TENSE_PAST
			       : TENSE_NONE;
	if (l->word && lex_is(l, WHEN_WORDS_PAST_CUE))
		return TENSE_PAST;
	return t.len > 4 && ch_str_ends(t, CH_STR("ed")) && !(l->flags & LEX_UPPER) ? TENSE_PAST : TENSE_NONE;
}

/* The present tense of what has a day is that of a timetable, "leaves on Friday", unless it reports ("says on Friday that …"); so is the infinitive
 * behind a will or a plan ("agreed to meet on Friday") and that of headlines ("Macron to visit Oslo on Friday"). */
static bool timetable(const struct scan *s, uint32_t verb, uint32_t at)
{
	const struct ch_token *t = s->doc->tokens.v;
	uint32_t head = t[verb].head;

	if (t[verb].upos != CH_UPOS_VERB || at < verb)
		return false;
	for (uint32_t c = t[verb].first_child; c != CH_NONE; c = t[c].next_sibling)
		if (t[c].deprel == CH_DEP_CCOMP || t[c].deprel == CH_DEP_PARATAXIS)
			return false;
	if (t[verb].xpos == CH_XPOS_VB && head != CH_NONE && (t[verb].deprel == CH_DEP_XCOMP || t[verb].deprel == CH_DEP_ACL))
		return (t[head].upos == CH_UPOS_PROPN && verb >= head + 2 && t[verb - 2].upos == CH_UPOS_PROPN) ||
		       lex_is(lex_at(s, head - s->first), WHEN_WORDS_FUTURE_HEAD);
	return t[verb].xpos == CH_XPOS_VBZ || t[verb].xpos == CH_XPOS_VBP;
}

/* What the verb says on which the date hangs, however far off it stands: "On April 11, on the margins of …, he held talks". */
static enum tense tense_of_clause(const struct scan *s, uint32_t at)
{
	const struct ch_token *t = s->doc->tokens.v;
	uint32_t verb = s->first + at;

	for (uint32_t steps = 0; steps < s->n && t[verb].upos != CH_UPOS_VERB && t[verb].head != CH_NONE; steps++)
		verb = t[verb].head;
	if (t[verb].xpos == CH_XPOS_VBD)
		return TENSE_PAST;
	if (t[verb].deprel == CH_DEP_XCOMP && t[verb].xpos == CH_XPOS_VB)   /* "had planned to meet in May" */
		for (uint32_t c = t[t[verb].head].first_child; c != CH_NONE; c = t[c].next_sibling)
			if (t[c].deprel == CH_DEP_AUX && t[c].xpos == CH_XPOS_VBD)
				return TENSE_PAST;
	if (timetable(s, verb, s->first + at))
		return TENSE_FUTURE;
	/* "is to be signed on Friday": parsers take the infinitive for the main verb */
	for (uint32_t c = t[verb].first_child; c != CH_NONE && c < verb; c = t[c].next_sibling)
		if (t[c].xpos == CH_XPOS_TO && c > s->first && ch_str_eqz(t[c - 1].lemma, "be") && t[c - 1].head == verb)
			return t[c - 1].xpos == CH_XPOS_VBD ? TENSE_PAST : TENSE_FUTURE;
	for (uint32_t c = t[verb].first_child; c != CH_NONE; c = t[c].next_sibling) {
		if (t[c].deprel != CH_DEP_AUX && t[c].deprel != CH_DEP_AUX_PASS && t[c].deprel != CH_DEP_COP)
			continue;
		if (lex_is(lex_at(s, c - s->first), WHEN_WORDS_FUTURE_CUE))
			return TENSE_FUTURE;
		if (t[c].xpos == CH_XPOS_VBD)
			return TENSE_PAST;
	}
	return TENSE_NONE;
}

enum tense when_tense(const struct scan *s, uint32_t at, uint32_t past)
{
	enum tense tense;

	/* "before Friday" looks ahead, unless "By Friday they had …" */
	if (at && lex_is(lex_at(s, at - 1), WHEN_WORDS_DEADLINE) && !when_word(s, at - 1, "through")) {
		for (uint32_t i = past; i < s->n && i < past + TENSE_AHEAD; i++)
			if (lex_is(lex_at(s, i), WHEN_WORDS_PAST_CUE))
				return TENSE_PAST;
		return TENSE_FUTURE;
	}
	if (s->tagged && !s->title && (tense = tense_of_clause(s, at)))
		return tense;
	for (uint32_t i = at; i-- > 0 && at - i <= TENSE_BACK;)
		if ((tense = tense_of(s, i)))
			return tense;
	for (uint32_t i = past; i < s->n && i < past + TENSE_AHEAD; i++)
		if ((tense = tense_of(s, i)))
			return tense;
	return TENSE_NONE;
}

/* ---- phrases: what stands around a date ---- */

static struct when blank(void)
{
	return (struct when){.kind = CH_TIME_DATE, .hour = -1};
}

/* "the end of", "early", "mid-", "later" and an article before a date or period; returns where the core begins. */
static uint32_t modifiers(const struct scan *s, uint32_t at, bool *modified)
{
	uint32_t i = at;

	*modified = false;
	if (when_word(s, i, "the"))
		i++;
	if (lex_is(lex_at(s, i), WHEN_WORDS_PART_OF)) {
		*modified = true;
		i++;
		if (lex_at(s, i)->mark == '-' || when_word(s, i, "of") || when_word(s, i, "in") ||
		    when_word(s, i, "on"))
			i++;
		if (lex_at(s, i)->mark == '-')
			i++;
		if (when_word(s, i, "the"))
			i++;
	}
	return i;
}

/* "Friday morning", "the morning of 12 May", "10 p.m. Wednesday", "Wednesday at 10 p.m.". */
static uint32_t day_part(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *part;
	struct when clock = blank();
	uint32_t i = at, j;

	if (out->to.gran || out->from.gran != G_DAY || out->vague)
		return at;
	if ((part = lex_sense(lex_at(s, i), WHEN_WORDS_PART))) {
		out->part = part->value;
		out->kind = CH_TIME_TIME;
		return i + 1;
	}
	if (when_word(s, i, "in") && when_word(s, i + 1, "the") &&
	    (part = lex_sense(lex_at(s, i + 2), WHEN_WORDS_PART))) {
		out->part = part->value;
		out->kind = CH_TIME_TIME;
		return i + 3;
	}
	if (lex_at(s, i)->mark == ',')
		i++;
	if (when_word(s, i, "at"))
		i++;
	j = match_clock(s, i, &clock);
	if (j > i && (i > at || lex_at(s, i)->mark == ':' || lex_is(lex_at(s, i), WHEN_WORDS_CLOCK))) {
		out->hour = clock.hour;
		out->minute = clock.minute;
		out->kind = CH_TIME_TIME;
		return j;
	}
	return at;
}

/* A time of day, then its day: "10 p.m. Wednesday", "noon on 12 May"; without one it is the day of publication. */
static uint32_t clock_phrase(struct scan *s, uint32_t at, struct when *out)
{
	struct when day = blank();
	uint32_t i = match_clock(s, at, out), j = i, end;

	if (i == at)
		return at;
	if (lex_at(s, j)->mark == ',')
		j++;
	if (when_word(s, j, "on"))
		j++;
	end = match_date(s, j, &day);
	if (end == j || day.from.gran != G_DAY) {
		day = blank();
		end = match_relative(s, j, &day);
	}
	if (end > j && day.from.gran == G_DAY && !day.to.gran && !day.vague) {
		out->from = day.from;
		out->said = day.said;
		out->part = NULL;
		return end;
	}
	/* Without a day beside it, it is of the day its sentence spoke of before; else of a day not told. */
	out->from = s->sentence_day.gran == G_DAY ? s->sentence_day : (struct cal){.gran = G_DAY};
	return i;
}

/* The year, quarter … that the modifier speaks of where no date follows: "the end of the year". */
static uint32_t bare_period(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *unit = lex_sense(lex_at(s, at), WHEN_WORDS_UNIT);
	enum gran gran = unit ? when_gran(unit) : G_NONE;

	if (gran < G_WEEK || gran == G_HALF || (when_text(s, at).ptr[when_text(s, at).len - 1] | 32) == 's')
		return at;
	out->from = s->published != CH_NO_DAY ? cal_holding(s->published, gran) : (struct cal){.gran = gran};
	/* "the end of the year" in a sentence about 2015 is of that year */
	if (gran == G_YEAR && s->sentence_year)
		out->from.year = s->sentence_year;
	return at + 1;
}

static uint32_t match_point(struct scan *s, uint32_t at, struct when *out)
{
	bool modified;
	uint32_t core = modifiers(s, at, &modified), end, more;
	bool the = core > at && when_word(s, core - 1, "the");

	*out = blank();
	if (!modified && (end = clock_phrase(s, core, out)) > core)
		return end;
	*out = blank();
	end = match_relative(s, core, out);
	if (end == core) {
		*out = blank();
		end = match_date(s, core, out);
	}
	if (end == core && modified && the) {
		*out = blank();
		end = bare_period(s, core, out);
	}
	if (end == core)
		return at;
	more = day_part(s, end, out);
	return more;
}

/* "between 1994 and 2003", "from March to May 2018": a second point makes a range; the first takes its year. */
static uint32_t range_end(struct scan *s, uint32_t at, uint32_t end, struct when *out)
{
	struct when to;
	bool from = at && when_word(s, at - 1, "from"), between = at && when_word(s, at - 1, "between");
	uint32_t next = end, past;
	ch_day lo, hi, lo2, hi2;

	if (out->vague || out->to.gran || out->kind != CH_TIME_DATE)
		return end;
	if (lex_at(s, next)->mark == ',')
		next++;
	if (!(from && (when_word(s, next, "to") || when_word(s, next, "until") || when_word(s, next, "through") ||
		       when_word(s, next, "till") || lex_at(s, next)->mark == '-')) &&
	    !(between && when_word(s, next, "and")) &&
	    !(lex_at(s, end)->mark == '-' && out->from.gran == G_DAY && out->said))
		return end;
	next++;
	past = match_point(s, next, &to);
	if (past == next || to.vague || to.to.gran || to.kind != CH_TIME_DATE || to.from.gran != out->from.gran)
		return end;
	if (!out->said && to.said && out->from.gran != G_YEAR) {
		out->from.year = to.from.year;
		out->said = true;
	} else if (out->said && !to.said && to.from.gran != G_YEAR) {
		to.from.year = out->from.year;
	}
	if (!cal_days(&out->from, &lo, &hi) || !cal_days(&to.from, &lo2, &hi2))
		return end;
	/* "from Friday to Monday": the Monday after */
	if (lo2 < lo && lo - lo2 < 7 && lex_is(lex_at(s, past - 1), WHEN_WORDS_WEEKDAY)) {
		lo2 += 7;
		to.from = cal_day(lo2);
	}
	if (lo2 < lo)
		return end;
	out->to = to.from;
	return past;
}

/* ---- the layer ---- */

static bool deadline_before(const struct scan *s, uint32_t at)
{
	if (!at)
		return false;
	if (lex_is(lex_at(s, at - 1), WHEN_WORDS_DEADLINE))
		return true;
	return at > 1 && (when_word(s, at - 2, "later") || when_word(s, at - 2, "prior")) &&
	       (when_word(s, at - 1, "than") || when_word(s, at - 1, "to"));
}

static void set_value(struct scan *s, uint32_t at, const struct when *w, struct ch_time *t)
{
	struct ch_arena *a = s->doc->arena;
	ch_day lo2 = CH_NO_DAY;

	if (w->vague) {
		t->value = ch_arena_str(a, ch_str_z(w->value));
		return;
	}
	t->value = cal_value(a, &w->from);
	if (cal_days(&w->from, &t->lo, &t->hi))
		t->date = cal_date(a, &w->from);
	if (w->to.gran) {
		struct ch_str to = cal_value(a, &w->to);

		t->value = ch_arena_printf(a, "%.*s/%.*s", CH_STR_ARG(t->value), CH_STR_ARG(to));
		if (t->lo != CH_NO_DAY && cal_days(&w->to, &lo2, &t->hi) && lo2 >= t->lo) {
			struct ch_str date = cal_date(a, &w->to);
			size_t slash = ch_str_find_byte(date, '/', 0);

			if (slash != CH_STR_NONE)
				date = ch_str_sub(date, slash + 1, date.len);
			slash = ch_str_find_byte(t->date, '/', 0);
			t->date = ch_arena_printf(a, "%.*s/%.*s", (int)(slash == CH_STR_NONE ? t->date.len : slash),
						  t->date.ptr, CH_STR_ARG(date));
		} else {
			t->lo = t->hi = CH_NO_DAY;
			t->date = (struct ch_str){0};
		}
	}
	/* "since 2017" runs up to the day of publication */
	if (at && when_word(s, at - 1, "since") && s->published != CH_NO_DAY && t->lo != CH_NO_DAY &&
	    t->hi < s->published && !w->to.gran) {
		struct cal now = cal_holding(s->published,
					     w->from.gran == G_YEAR || w->from.gran == G_MONTH ? w->from.gran : G_DAY);
		struct ch_str date = cal_date(a, &now);
		size_t slash = ch_str_find_byte(t->date, '/', 0);

		t->hi = s->published;
		t->date = ch_arena_printf(a, "%.*s/%.*s", (int)(slash == CH_STR_NONE ? t->date.len : slash),
					  t->date.ptr, CH_STR_ARG(date));
	}
	if (w->hour >= 0)
		t->value = ch_arena_printf(a, "%.*sT%02d:%02d", CH_STR_ARG(t->value), w->hour, w->minute);
	else if (w->part)
		t->value = ch_arena_printf(a, "%.*sT%s", CH_STR_ARG(t->value), w->part);
}

static void add(struct scan *s, uint32_t at, uint32_t end, const struct when *w)
{
	struct ch_doc *doc = s->doc;
	struct ch_time t = {
		.first = s->first + at, .past = s->first + end, .kind = w->kind, .lo = CH_NO_DAY, .hi = CH_NO_DAY};

	t.span = (struct ch_span){doc->tokens.v[t.first].span.start, doc->tokens.v[t.past - 1].span.end};
	t.basis = w->said ? "said" : "resolved";
	t.deadline = deadline_before(s, at);
	set_value(s, at, w, &t);
	*CH_PUSH(doc->arena, &doc->times) = t;
	if (w->vague || t.lo == CH_NO_DAY)
		return;
	if (!w->aside)
		s->anchor = w->from;
	s->sentence_day = w->to.gran ? (struct cal){0} : w->from;
	if (s->opening && at == 0 && (w->from.gran == G_DAY || w->from.gran == G_MONTH) && (w->said || s->chronicle.gran))
		s->story = s->chronicle = w->from;
	if (w->said && (w->from.gran == G_YEAR || w->from.gran == G_MONTH || w->from.gran == G_DAY) && !w->to.gran) {
		s->sentence_year = w->from.year;
		if (w->from.gran != G_YEAR)
			s->story = w->from;
		/* A whole paragraph speaks of a year only where a sentence said it as such ("In 2018, …"). */
		if (at <= 2 && s->year && w->from.year < s->year)
			s->paragraph_year = w->from.year;
	}
}

static bool may_begin(const struct lex *l)
{
	return l->word || l->num >= 0;
}

/* The longest of what the kinds of expressions make of `at`; a date wins over a duration of the same length. */
static uint32_t match_any(struct scan *s, uint32_t at, struct when *best)
{
	struct when w;
	uint32_t end = match_point(s, at, best), e;

	if (end > at)
		end = range_end(s, at, end, best);
	w = blank();
	e = match_set(s, at, &w);
	if (e > end) {
		*best = w;
		end = e;
	}
	w = blank();
	e = match_duration(s, at, &w);
	if (e > end) {
		*best = w;
		end = e;
	}
	w = blank();
	e = match_vague(s, at, &w);
	if (e > end) {
		*best = w;
		end = e;
	}
	return end;
}

static void scan_sentence(struct scan *s)
{
	for (uint32_t at = 0; at < s->n;) {
		struct when w;
		uint32_t end = at;

		if (may_begin(lex_at(s, at)))
			end = match_any(s, at, &w);
		if (end > at) {
			assert(end <= s->n);
			add(s, at, end, &w);
			at = end;
		} else {
			at++;
		}
	}
}

bool ch_when(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	struct scan s = {.doc = doc, .published = doc->meta.published};
	uint32_t longest = 0, block = CH_NONE;
	struct lex *lex;

	(void)engine; /* the word lists are constant tables */
	(void)err;
	if (s.published != CH_NO_DAY)
		s.year = ch_date_of(s.published).year;
	for (uint32_t i = 0; i < doc->sentences.n; i++)
		if (doc->sentences.v[i].past - doc->sentences.v[i].first > longest)
			longest = doc->sentences.v[i].past - doc->sentences.v[i].first;
	lex = CH_NEW_N(doc->arena, struct lex, (size_t)longest + 1);
	s.lex = lex;
	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const struct ch_sentence *t = &doc->sentences.v[i];

		s.first = t->first;
		s.past = t->past;
		s.n = t->past - t->first;
		for (uint32_t k = 0; k < s.n; k++)
			ch_when_lex(doc, t->first + k, &lex[k]);
		lex[s.n] = (struct lex){.num = -1};
		if (t->block != block) {
			block = t->block;
			s.paragraph_year = 0;
			s.story = (struct cal){0};
			s.opening = true;
		} else {
			s.opening = false;
		}
		s.sentence_year = 0;
		s.sentence_day = (struct cal){0};
		s.tagged = t->root != CH_NONE;
		s.title = doc->blocks.v[t->block].kind == CH_BLOCK_TITLE;
		scan_sentence(&s);
	}
	return true;
}

const char *ch_when_check(const struct ch_doc *doc)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < doc->times.n; i++) {
		const struct ch_time *t = &doc->times.v[i];

		if (t->first < at || t->past <= t->first || t->past > doc->tokens.n)
			return "times stand in order and do not overlap";
		if (doc->tokens.v[t->first].sentence != doc->tokens.v[t->past - 1].sentence)
			return "a time lies in one sentence";
		if (t->span.start != doc->tokens.v[t->first].span.start ||
		    t->span.end != doc->tokens.v[t->past - 1].span.end)
			return "a time's span is that of its tokens";
		if ((t->lo == CH_NO_DAY) != (t->hi == CH_NO_DAY) || t->hi < t->lo)
			return "a time's first day is not behind its last";
		if ((t->date.len == 0) != (t->lo == CH_NO_DAY))
			return "a time has a date where it has days";
		if (!t->value.len || !t->basis)
			return "a time has a value and a basis";
		at = t->past;
	}
	return NULL;
}
