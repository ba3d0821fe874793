/* export/tally_check.c -- what pages claim to have counted, beside what the store holds. lexicon/registers/tally_checks.txt says where to
 * look for what. The store holds what was read: that it has fewer says nothing against the claim, that it has more does. */
#include "export/conflicts.h"
#include "export/cursor.h"
#include "export/query.h"
#include "base/embed.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t ch_lexicon_tally_checks(struct ch_embedded *files, size_t max);

/* ---- the lexicon ---- */

struct check {
	struct ch_str registry, words;         /* words: as they stand there, "; " between */
	struct ch_str status, mode, type, side, distinct;
};

struct checks {
	CH_VEC(struct check) v;
	struct ch_str stop;
};

static bool set_filter(struct check *c, struct ch_str filter)
{
	static const char *const names[] = { "status=", "mode=", "type=", "who=", "distinct=" };
	struct ch_str *const to[] = { &c->status, &c->mode, &c->type, &c->side, &c->distinct };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!ch_str_starts(filter, ch_str_z(names[i])))
			continue;
		*to[i] = ch_str_sub(filter, strlen(names[i]), filter.len);
		return true;
	}
	return false;
}

static bool read_line(struct ch_arena *arena, struct checks *out, struct ch_str line)
{
	struct ch_str field[3] = { { 0 } }, one;
	struct check c = { 0 };

	for (int i = 0; i < 3; i++) {
		if (!ch_str_cut(&line, '|', &field[i]))
			return false;
		field[i] = ch_str_trim(field[i]);
	}
	if (line.len || !field[2].len)
		return false;
	if (ch_str_eqz(field[0], "stop")) {
		out->stop = field[2];
		return true;
	}
	c.registry = field[0];
	c.words = field[2];
	while (ch_str_cut(&field[1], ' ', &one))
		if (one.len && !set_filter(&c, one))
			return false;
	*CH_PUSH(arena, &out->v) = c;
	return true;
}

static bool read_checks(struct ch_arena *arena, struct checks *out, struct ch_err *err)
{
	struct ch_embedded file;
	struct ch_str rest, line;
	uint32_t n = 0;

	*out = (struct checks){ 0 };
	if (!ch_lexicon_tally_checks(&file, 1))
		return ch_fail(err, "the program has no lexicon of tally checks");
	for (rest = file.text; ch_str_cut(&rest, '\n', &line);) {
		n++;
		line = ch_str_trim(line);
		if (line.len && line.ptr[0] != '#' && !read_line(arena, out, line))
			return ch_fail(err, "%s:%u: '%.*s' is no check; REGISTER | FILTERS | WORDS would do", file.path, n, CH_STR_ARG(line));
	}
	return true;
}

/* ---- which one fits ---- */

enum { WORDS_MAX = 64 };   /* of the tally and its sentence; the rest is not looked at */

static struct ch_str singular(struct ch_arena *arena, struct ch_str word)
{
	if (word.len > 4 && ch_str_ends(word, CH_STR("ies")))
		return ch_arena_printf(arena, "%.*sy", (int)word.len - 3, word.ptr);
	if (ch_str_eqz(word, "memoranda"))
		return CH_STR("memorandum");
	if (word.len > 4 && (ch_str_ends(word, CH_STR("ches")) || ch_str_ends(word, CH_STR("shes")) || ch_str_ends(word, CH_STR("sses"))))
		return ch_str_sub(word, 0, word.len - 2);
	return word.len > 3 && ch_str_ends(word, CH_STR("s")) && !ch_str_ends(word, CH_STR("ss")) ? ch_str_sub(word, 0, word.len - 1) : word;
}

static uint32_t words_of(struct ch_arena *arena, struct ch_str text, struct ch_str *words, uint32_t max)
{
	struct ch_str folded = ch_utf8_fold(arena, text);
	uint32_t n = 0;
	size_t at = 0;

	while (at < folded.len && n < max) {
		size_t start = at;

		while (at < folded.len && ((unsigned char)folded.ptr[at] >= 0x80 || (folded.ptr[at] >= 'a' && folded.ptr[at] <= 'z')))
			at++;
		if (at > start)
			words[n++] = singular(arena, ch_str_sub(folded, start, at));
		else
			at++;
	}
	return n;
}

static bool in_list(struct ch_str list, struct ch_str word)
{
	struct ch_str one;

	while (ch_str_cut(&list, ';', &one))
		if (ch_str_eq(ch_str_trim(one), word))
			return true;
	return false;
}

/* Whether the words stand together in words[0, n), the last of them as a head: behind it nothing, or "and", "or". */
static bool has_head(struct ch_arena *arena, const struct ch_str *words, uint32_t n, struct ch_str term)
{
	struct ch_str t[WORDS_MAX];
	uint32_t n_t = words_of(arena, term, t, WORDS_MAX);

	for (uint32_t i = 0; n_t && i + n_t <= n; i++) {
		bool all = i + n_t == n || ch_str_eqz(words[i + n_t], "and") || ch_str_eqz(words[i + n_t], "or") || ch_str_eqz(words[i + n_t], "joint");

		for (uint32_t k = 0; all && k < n_t; k++)
			all = ch_str_eq(words[i + k], t[k]);
		if (all)
			return true;
	}
	return false;
}

static bool fits(struct ch_arena *arena, const struct ch_str *words, uint32_t head, uint32_t n, struct ch_str term)
{
	struct ch_str first, rest = term, later;

	ch_str_cut(&rest, '&', &first);
	if (!has_head(arena, words, head, first))
		return false;
	later = ch_str_trim(rest);
	if (!later.len)
		return true;
	for (uint32_t i = head; i < n; i++)
		if (ch_str_starts(words[i], later))
			return true;
	return false;
}

/* The first line that fits what was counted; "A & B" is looked for in the sentence, too. */
static const struct check *check_of(struct ch_arena *arena, const struct checks *checks, struct ch_str what, struct ch_str sentence)
{
	struct ch_str words[WORDS_MAX];
	uint32_t head = 0, own = words_of(arena, what, words, WORDS_MAX), n = own + words_of(arena, sentence, words + own, WORDS_MAX - own);

	while (head < own && (!head || !in_list(checks->stop, words[head])))
		head++;
	for (uint32_t i = 0; i < checks->v.n; i++) {
		struct ch_str list = checks->v.v[i].words, term;

		while (ch_str_cut(&list, ';', &term))
			if (fits(arena, words, head, n, ch_str_trim(term)))
				return &checks->v.v[i];
	}
	return NULL;
}

/* ---- what the store holds ---- */

struct counting {
	struct ch_arena *arena;
	const struct check *check;
	struct ch_str party, person;           /* of whom the tally is */
	struct ch_map seen;                    /* of what is counted once */
	uint64_t records, counted;
};

static void count_once(struct counting *c, struct ch_str key)
{
	bool added;

	if (!ch_map_get(&c->seen, key))
		key = ch_arena_str(c->arena, key);
	ch_map_put(&c->seen, key, 0, &added);
	c->counted += added;
}

/* A country that nobody is named for is whoever acts for it; a person is himself. */
static bool stands_in(const struct counting *c, struct ch_party_list side)
{
	for (uint32_t i = 0; i < side.n; i++)
		if (c->person.len ? ch_str_eq(side.v[i].name, c->person) : ch_str_eq(side.v[i].party, c->party))
			return true;
	return false;
}

static bool status_fits(const struct check *check, struct ch_str status)
{
	struct ch_str s = check->status;

	if (!s.len)
		return true;
	return s.ptr[0] == '!' ? !ch_str_eq(status, ch_str_sub(s, 1, s.len)) : ch_str_eq(status, s);
}

/* Each party once; with distinct=both states alone, and not whose tally it is. */
static void count_parties(struct counting *c, struct ch_party_list side)
{
	bool others = ch_str_eqz(c->check->distinct, "both");

	for (uint32_t k = 0; k < side.n; k++)
		if (side.v[k].party.len && (!others || (!side.v[k].org.len && side.v[k].party.len == 3 && !ch_str_eq(side.v[k].party, c->party))))
			count_once(c, side.v[k].party);
}

static bool count_event(void *ctx, const struct ch_event_record *e)
{
	struct counting *c = ctx;
	bool source = ch_str_eqz(c->check->side, "source"), target = ch_str_eqz(c->check->side, "target");
	bool in = !source && !target, nobody = !c->party.len && !c->person.len;

	for (uint32_t i = 0; i < e->n_reports && !in; i++)
		in = nobody || stands_in(c, source ? e->reports[i].source : e->reports[i].target);
	if (!in)
		return true;
	c->records++;
	if (!c->check->distinct.len) {
		c->counted++;
		return true;
	}
	for (uint32_t i = 0; i < e->n_reports; i++) {
		if (!ch_str_eqz(c->check->distinct, "target"))
			count_parties(c, e->reports[i].source);
		if (!ch_str_eqz(c->check->distinct, "source"))
			count_parties(c, e->reports[i].target);
	}
	return true;
}

/* Pages tell of one treaty each in a row of their own: the same title or kind, of the same parties, of one day or of none, is one. */
static bool count_row(void *ctx, const struct ch_row *row)
{
	struct counting *c = ctx;
	struct ch_arena arena = { 0 };
	struct ch_str key = { 0 };

	if (!status_fits(c->check, ch_cell_of(row, "status")->text))
		return true;
	c->records++;
	if (c->check->distinct.len) {
		char name[32];

		snprintf(name, sizeof name, "%.*s", CH_STR_ARG(c->check->distinct));
		key = ch_cell_of(row, name)->text;
	} else {
		const struct ch_cell *parties = ch_cell_of(row, "parties");
		struct ch_str title = ch_cell_of(row, "title")->text;

		title = title.len ? title : ch_cell_of(row, "name")->text;
		key = ch_arena_printf(&arena, "%.*s|%.*s", CH_STR_ARG(ch_utf8_fold(&arena, title)), CH_STR_ARG(ch_cell_of(row, "date")->text));
		for (uint32_t i = 0; i < parties->n_list; i++)
			key = ch_arena_printf(&arena, "%.*s|%.*s", CH_STR_ARG(key), CH_STR_ARG(parties->list[i]));
	}
	count_once(c, key);
	ch_arena_free(&arena);
	return true;
}

/* ---- one tally ---- */

/* When the events began that one kind of check counts for one party, sorted: the next tally of it may ask for those up to an earlier day. */
struct counted_days {
	CH_VEC(ch_day) v;
	ch_day until;                          /* of those up to this day; INT32_MAX: of all */
};

struct checking {
	struct ch_store *store;
	struct ch_err *err;
	struct checks checks;
	struct ch_paged *paged;
	struct ch_arena arena;
	struct ch_map known;                   /* what was counted to days */
	CH_VEC(struct counted_days) days;
	bool ok;
};

/* The query as a person would type it. */
static struct ch_str command_of(struct ch_arena *arena, const struct check *check, const struct ch_query *q)
{
	struct ch_str text = ch_arena_printf(arena, "chancery %.*s", CH_STR_ARG(check->registry));
	const struct {
		const char *option;
		struct ch_str value;
	} options[] = { { "who", q->who }, { "with", q->with }, { "since", q->since }, { "until", q->until }, { "type", q->type },
			{ "mode", q->mode }, { "status", q->status } };

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		bool quote = ch_str_find_byte(options[i].value, ' ', 0) != CH_STR_NONE;

		if (options[i].value.len)
			text = ch_arena_printf(arena, "%.*s --%s %s%.*s%s", CH_STR_ARG(text), options[i].option, quote ? "'" : "",
					       CH_STR_ARG(options[i].value), quote ? "'" : "");
	}
	return text;
}

struct taking {
	struct ch_arena *arena;
	struct counted_days *days;
};

static void take_day(void *ctx, struct ch_str day)
{
	const struct taking *t = ctx;

	*CH_PUSH(t->arena, &t->days->v) = day.len ? ch_day_parse(day) : CH_NO_DAY;
}

static int by_day(const void *a, const void *b)
{
	const ch_day x = *(const ch_day *)a, y = *(const ch_day *)b;

	return (x > y) - (x < y);
}

/* Events of a party, each for itself, without reading what is told of them. *is: false where that cannot be. */
static bool count_days(struct checking *c, struct counting *n, const struct ch_query *asked, bool *is)
{
	const int side = ch_str_eqz(n->check->side, "source") ? 0 : ch_str_eqz(n->check->side, "target") ? 1 : -1;
	const ch_day until = asked->until.len ? ch_day_parse(asked->until) : INT32_MAX;
	struct ch_query q = *asked;
	struct counted_days *days;
	uint32_t *at, lo = 0, hi;

	*is = !n->check->distinct.len && n->party.len && !n->person.len && !q.with.len && !q.since.len && until != CH_NO_DAY;
	if (!*is)
		return true;
	q.who = (struct ch_str){ 0 };
	at = ch_map_put(&c->known, ch_arena_printf(&c->arena, "%.*s|%.*s|%.*s|%.*s|%d|%.*s", CH_STR_ARG(n->check->registry), CH_STR_ARG(q.type), CH_STR_ARG(q.mode),
						   CH_STR_ARG(q.status), side, CH_STR_ARG(n->party)), c->days.n, NULL);
	if (*at == c->days.n)
		*CH_PUSH(&c->arena, &c->days) = (struct counted_days){ .until = CH_NO_DAY };
	days = &c->days.v[*at];
	if (until > days->until) {
		struct taking t = { &c->arena, days };

		days->v.n = 0;
		if (!ch_store_days_of(c->store, &q, n->party, side, is, take_day, &t, c->err))
			return false;
		if (!*is)
			return true;
		days->until = until;
		if (days->v.n)
			qsort(days->v.v, days->v.n, sizeof *days->v.v, by_day);
	}
	for (hi = days->v.n; lo < hi;) {
		const uint32_t mid = lo + (hi - lo) / 2;

		if (days->v.v[mid] <= until)
			lo = mid + 1;
		else
			hi = mid;
	}
	n->counted = n->records = lo;
	return true;
}

/* The register's records into c; false also where there is no such register. */
static bool count(struct checking *c, struct counting *n, struct ch_query *q)
{
	static const char *const of_visits[] = { "visit", NULL }, *const of_letters[] = { "letter", "phone", NULL };
	static const char *const of_meetings[] = { "meeting", "multilateral", "third-party", "", NULL };
	struct ch_str name = n->check->registry;
	bool counted, consult = ch_str_eqz(name, "visits") || ch_str_eqz(name, "letters") || ch_str_eqz(name, "meetings");

	if (consult || ch_str_eqz(name, "events")) {
		q->type = consult ? CH_STR("CONSULT") : q->type;
		q->modes = ch_str_eqz(name, "visits") ? of_visits : ch_str_eqz(name, "letters") ? of_letters : consult ? of_meetings : NULL;
		if (!count_days(c, n, q, &counted))
			return false;
		return counted || ch_store_events(c->store, q, count_event, n, c->err);
	}
	for (unsigned i = 0; i < CH_REG_N; i++)
		if (ch_str_eqz(name, ch_register_of((enum ch_register_id)i)->name))
			return ch_store_rows(c->store, (enum ch_register_id)i, q, count_row, n, c->err);
	return ch_fail(c->err, "lexicon/registers/tally_checks.txt: there is no register '%.*s'", CH_STR_ARG(name));
}

/* "AZE, TUR" is the one with the other; "world leaders" are nobody that a record could name. */
static bool set_who(struct checking *c, struct counting *n, struct ch_query *q, struct ch_str who)
{
	struct ch_str one, party, person;

	if (ch_str_cut(&who, ',', &one))
		q->who = ch_str_trim(one);
	if (q->who.len && !ch_store_resolve(c->store, n->arena, q->who, &n->party, &n->person, c->err))
		return false;
	/* "80 experts from 44 countries": states are counted, whoever they were counted for */
	if (ch_str_eqz(n->check->distinct, "both") && !n->party.len && !n->person.len)
		q->who = (struct ch_str){ 0 };
	if (!ch_str_cut(&who, ',', &one))
		return true;
	one = ch_str_trim(one);
	if (one.len && !ch_store_resolve(c->store, n->arena, one, &party, &person, c->err))
		return false;
	q->with = one.len && (party.len || person.len) ? one : q->with;
	return true;
}

static void put_check(struct checking *c, struct ch_arena *arena, const struct ch_row *row, json_t *o)
{
	struct ch_str period = ch_cell_of(row, "period")->text, comparison = ch_cell_of(row, "comparison")->text, command;
	struct ch_str what = ch_cell_of(row, "what")->text;
	struct counting n = { .arena = arena, .check = check_of(arena, &c->checks, what, row->context) };
	struct ch_query q = { 0 };
	double least, most, claimed = ch_cell_of(row, "count")->number;

	ch_json_set(o, "register", n.check ? ch_json_str(n.check->registry) : json_null());
	if (!n.check) {
		ch_json_set(o, "verdict", ch_json_str(CH_STR("cannot be checked")));
		return;
	}
	c->ok = set_who(c, &n, &q, ch_cell_of(row, "who")->text);
	if (period.len && !ch_date_bounds(arena, period, &q.since, &q.until))
		q.since = q.until = (struct ch_str){ 0 };
	/* what was counted was there when the page said so */
	if (row->page->published.len && (!q.until.len || ch_str_cmp(row->page->published, q.until) < 0) &&
	    ch_str_cmp(q.since, row->page->published) <= 0)
		q.until = row->page->published;
	q.type = n.check->type;
	q.mode = n.check->mode;
	q.status = n.check->status.len && n.check->status.ptr[0] != '!' ? n.check->status : q.status;
	command = command_of(arena, n.check, &q);
	ch_map_init(&n.seen, arena);
	c->ok = c->ok && count(c, &n, &q);
	ch_count_bounds(comparison, claimed, &least, &most);
	ch_json_set(o, "recorded", json_integer((json_int_t)n.counted));
	ch_json_set(o, "records", json_integer((json_int_t)n.records));
	ch_json_set(o, "period_read", json_boolean(!period.len || q.since.len));
	ch_json_set(o, "verdict", ch_json_str((double)n.counted < least ? CH_STR("fewer recorded") : (double)n.counted > most ?
					      CH_STR("more recorded") : CH_STR("agrees")));
	ch_json_set(o, "query", ch_json_str(command));
}

static bool check_row(void *ctx, const struct ch_row *row)
{
	struct checking *c = ctx;
	struct ch_arena arena = { 0 };
	struct ch_str line;
	json_t *o;
	bool go;

	if (!c->paged->left)   /* all that is asked is whether there is one more */
		return ch_paged_row(c->paged, "", 0);
	o = ch_json_row(row, CH_OFFSETS_RAW, true);
	put_check(c, &arena, row, o);
	line = ch_json_line(&arena, o);
	go = c->ok && ch_paged_row(c->paged, line.ptr, line.len);
	ch_arena_free(&arena);
	return go;
}

bool chancery_tally_check(struct chancery_store *store, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
			  struct chancery_error *error)
{
	struct ch_paged paged;
	struct checking c = { .store = (struct ch_store *)store, .err = (struct ch_err *)error, .paged = &paged, .ok = true };
	struct ch_query q;
	bool ok;

	ch_map_init(&c.known, &c.arena);
	ok = ch_asked("tally-check", given, c.err) && ch_query_of(given, &c.arena, &q, c.err) && ch_paged_begin(&paged, "tally-check", given, row, ctx, &q, c.err) &&
	     read_checks(&c.arena, &c.checks, c.err) && ch_store_rows(c.store, CH_REG_TALLIES, &q, check_row, &c, c.err) && c.ok;
	ch_arena_free(&c.arena);
	return ok;
}
