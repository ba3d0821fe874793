/* store/sql_rows.c -- the filters of a query over the registers beside events as SQL, and the order in which what they leave is shown. */
#include "store/sql_filter.h"
#include <stdio.h>

#define LISTED(register, named) \
	"(x.n IN (SELECT p.row FROM row_parties p WHERE p.register = '" register "' AND p.party = ?) OR x." named CH_NAMES(register, named) ")"
#define WHO_LIKE(register) "x.who" CH_NAMES_LIKE(register, "who", "ch_named(name, ?) OR ch_named(name, ?)")

/* Who is asked for, in the columns that hold actors (two "?" each: the party or full name, and the name as given). */
static const char *const row_who[CH_REG_N] = {
	[CH_REG_QUOTES] = "(x.country = ? OR x.speaker" CH_NAMES("statements", "speaker") ")",
	[CH_REG_INSTRUMENTS] = "(x.n IN (SELECT instrument FROM instrument_parties WHERE party = ?) OR ch_named(x.title, ?))",
	[CH_REG_ROLES] = "(x.body = ? OR x.who" CH_NAMES("roles", "who") ")",
	[CH_REG_POSITIONS] = WHO_LIKE("positions"),
	[CH_REG_TALLIES] = WHO_LIKE("tallies"),
	[CH_REG_PLEDGES] = WHO_LIKE("pledges"),
	[CH_REG_GATHERINGS] = LISTED("gatherings", "body"),
	[CH_REG_INITIATIVES] = LISTED("initiatives", "name"),
	[CH_REG_RELATIONS] = LISTED("relations", "level"),
	[CH_REG_MARKS] = "(x.party = ? OR x.who" CH_NAMES("marks", "who") ")",
};

static const char *const row_type[CH_REG_N] = {
	[CH_REG_INSTRUMENTS] = "x.kind = ?", [CH_REG_ROLES] = "ch_named(x.role, ?)", [CH_REG_POSITIONS] = "x.stance = ?",
	[CH_REG_GATHERINGS] = "x.kind = ?", [CH_REG_INITIATIVES] = "x.kind = ?", [CH_REG_RELATIONS] = "x.level = ?",
	[CH_REG_MARKS] = "x.mark = ?",
};

static bool has_col(const struct ch_register *r, const char *name)
{
	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++)
		if (strcmp(r->cols[i].name, name) == 0)
			return true;
	return false;
}

/* A code is no word of a title: Andorra's (AND) would be of most. */
static bool is_code(struct ch_str name)
{
	bool code = name.len == 3;

	for (size_t i = 0; i < name.len; i++)
		code = code && name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
	return code;
}

static bool row_side(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person, same[CH_SAME_MAX];
	int64_t n_of = 0;
	uint32_t n;

	if (!name.len)
		return true;
	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err) ||
	    !ch_sql_same_names(db, &m->arena, person.len ? person : party.len ? party : name, same, CH_SAME_MAX, &n, err))
		return false;
	if (n == 1 && reg == CH_REG_INSTRUMENTS && is_code(name) && ch_str_eq(party, name) &&
	    !ch_sql_count_of(db, "SELECT count(*) FROM (SELECT 1 FROM instrument_parties WHERE party = ? LIMIT 1) AS any_of", party, CH_STR(""), &n_of, err))
		return false;
	if (n_of) {
		ch_making_where(m, "x.n IN (SELECT instrument FROM instrument_parties WHERE party = ?)", 1, party);
		return true;
	}
	if (n == 1) {
		ch_making_where(m, row_who[reg], 2, same[0], person.len ? person : name);
		return true;
	}
	ch_making_add(m, " AND (1 = 0");
	for (uint32_t k = 0; k < n; k++) {
		ch_making_add(m, " OR ");
		ch_making_add(m, row_who[reg]);
		for (int i = 0; i < 2 && m->n_params < CH_MAKING_PARAMS_MAX; i++)
			m->params[m->n_params++] = same[k];
	}
	ch_making_add(m, ")");
	return true;
}

static bool addressed(struct ch_making *m, struct ch_sql *db, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	ch_making_where(m, "(x.addressee_party = ? OR ch_named(x.addressee, ?))", 2, party.len ? party : name, person.len ? person : name);
	return true;
}

/* Registers of which indexes alone, by either column and day, have who is asked for. */
static const struct {
	const char *party, *name;
} by_index[CH_REG_N] = { [CH_REG_QUOTES] = { "country", "speaker" }, [CH_REG_ROLES] = { "body", "who" } };

/* Rows of those who are asked for as a table k(n, day), out of these indexes. */
static bool rows_of(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, const char **from, struct ch_err *err)
{
#define NAMED "SELECT n, day FROM %1$s WHERE %2$s" CH_NAMES_LIKE("%1$s", "%2$s", "%3$s")
	const char *table = ch_register_of(reg)->table, *of = by_index[reg].party, *by = by_index[reg].name;
	struct ch_str party, person, same[CH_SAME_MAX], names = CH_STR(""), codes = CH_STR("");
	uint32_t n;
	int at;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err) ||
	    !ch_sql_same_names(db, &m->arena, person.len ? person : party.len ? party : name, same, CH_SAME_MAX, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		at = ch_making_number(m, same[i]);
		codes = ch_arena_printf(&m->arena, "%.*s%s?%d", CH_STR_ARG(codes), i ? "," : "", at);
		names = ch_arena_printf(&m->arena, "%.*s%sch_named(name, ?%d)", CH_STR_ARG(names), i ? " OR " : "", at);
	}
	if (person.len) {
		*from = ch_arena_printf(&m->arena, "(" NAMED ") k", table, by, names.ptr).ptr;
		return true;
	}
	names = ch_arena_printf(&m->arena, "ch_named(name, ?%d)", ch_making_number(m, name));
	/* of one party an index has the order by itself */
	*from = n == 1 ? ch_arena_printf(&m->arena, "(SELECT n, day FROM %1$s WHERE %4$s = %5$s UNION ALL " NAMED " AND %4$s IS NOT %5$s) k", table, by, names.ptr,
					 of, codes.ptr).ptr :
			 ch_arena_printf(&m->arena, "(SELECT n, day FROM %1$s WHERE %4$s IN (%5$s) UNION ALL " NAMED " AND (%4$s IS NULL OR %4$s NOT IN (%5$s))) k",
					 table, by, names.ptr, of, codes.ptr).ptr;
	return true;
}

/* The same: words of the statement or its sentence, or a party or an instrument that it speaks of. */
static bool quotes_about(struct ch_making *m, struct ch_sql *db, struct ch_str about, const char **from, struct ch_err *err)
{
	struct ch_str party, person, match = ch_fts_query(&m->arena, about);
	int named, of, words;

	if (!match.len)
		return ch_fail(err, "--about wants a word, or a party");
	if (!ch_sql_resolve(db, &m->arena, about, &party, &person, err))
		return false;
	of = ch_making_number(m, party.len ? party : about);
	named = ch_making_number(m, person.len ? person : about);
	words = ch_making_number(m, match);
	*from = ch_arena_printf(&m->arena,
		"(SELECT t.n, t.day FROM statement_notes v JOIN statements t ON t.n = v.statement WHERE v.col = 'views' AND v.party = ?%d UNION"
		" SELECT t.n, t.day FROM statement_notes v JOIN statements t ON t.n = v.statement WHERE v.col = 'views' AND v.name"
		CH_NAMES_LIKE("statement_notes", "name", "ch_named(name, ?%d)") " UNION"
		" SELECT t.n, t.day FROM statements_fts CROSS JOIN statements t ON t.n = statements_fts.rowid WHERE statements_fts MATCH ?%d UNION"
		" SELECT t.n, t.day FROM sentences_fts f CROSS JOIN statements t ON t.sentence_n = f.rowid WHERE sentences_fts MATCH ?%d) k",
		of, named, words, words).ptr;
	return true;
}

/* Conditions that are part of the table of which rows are taken. */
enum { SERVED_WHO = 1, SERVED_ABOUT = 2 };

static bool row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, unsigned served, struct ch_err *err)
{
	const struct ch_register *r = ch_register_of(reg);

	if (!q->id.len && !ch_sql_of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		ch_making_where(m, "x.id = ?", 1, q->id);
	if (q->ids)
		ch_making_one_of(m, "x.id", q->ids);
	ch_sql_page_is(m, "x.page", q->page);
	if (q->since.len)
		ch_making_where(m, "coalesce(x.hi, x.day) >= ? AND x.day <> '~'", 1, q->since);
	if (q->until.len)
		ch_making_where(m, "x.day <= ?", 1, q->until);
	if (q->due_lo.len)
		ch_making_where(m, "x.lo >= ? AND x.lo <= ? AND x.hi >= ?", 3, q->due_lo, q->due_hi, q->due_last);
	if (q->type.len)
		ch_making_where(m, row_type[reg] ? row_type[reg] : "FALSE", row_type[reg] != NULL, q->type);
	if (q->mode.len && reg == CH_REG_QUOTES)
		ch_making_where(m, "x.direct = CASE WHEN ? = 'direct' THEN 1 ELSE 0 END", 1, q->mode);
	else if (q->mode.len)
		ch_making_where(m, "FALSE", 0);
	if (reg == CH_REG_QUOTES && q->to.len && !addressed(m, db, q->to, err))
		return false;
	if (reg == CH_REG_QUOTES && q->search.len && !ch_fts_query(&m->arena, q->search).len)
		return ch_fail(err, "--search wants a word");
	if (reg == CH_REG_QUOTES && q->search.len)
		ch_making_where(m, "x.n IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", 1, ch_fts_query(&m->arena, q->search));
	if (reg == CH_REG_QUOTES && q->saying.len)
		ch_making_where(m, "x.saying IN (SELECT y.n FROM sayings y JOIN sayings h ON h.n = y.head WHERE h.id = ?)", 1, q->saying);
	/* Of those with several wordings, the telling that came first. */
	if (reg == CH_REG_QUOTES && q->variants)
		ch_making_where(m, "x.n = (SELECT t.n FROM sayings o JOIN sayings y ON y.head = o.head JOIN statements t ON t.saying = y.n"
				" JOIN pages p ON p.n = t.page WHERE o.n = x.saying ORDER BY p.published IS NULL, p.published, p.id, t.content_start NULLS FIRST, t.id LIMIT 1)"
				" AND (SELECT count(*) FROM sayings o JOIN sayings y ON y.head = o.head WHERE o.n = x.saying) > 1", 0);
	/* What is no event has the contexts of those that its sentence tells; a statement has its own as well. */
	if (q->context.len && reg == CH_REG_QUOTES)
		ch_making_where(m, "(instr(' ' || x.context || ' ', ' ' || ? || ' ') > 0 OR EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND"
				" c.sentence = x.sentence AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0))", 2, q->context, q->context);
	else if (q->context.len)
		ch_making_where(m, "EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND c.sentence = x.sentence"
				" AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	if (q->status.len)
		ch_making_where(m, has_col(r, "status") ? "x.status = ?" : "FALSE", has_col(r, "status"), q->status);
	if (q->place.len)
		ch_making_where(m, has_col(r, "place") ? "x.place = ?" : "FALSE", has_col(r, "place"), q->place);
	if (q->about.len && reg == CH_REG_QUOTES && !(served & SERVED_ABOUT)) {
		const char *about;

		if (!quotes_about(m, db, q->about, &about, err))
			return false;
		ch_making_add(m, ch_arena_printf(&m->arena, " AND %s.n IN (SELECT k.n FROM %s)", served ? "k" : "x", about).ptr);
	} else if (q->about.len && reg != CH_REG_QUOTES) {
		char sql[400];

		snprintf(sql, sizeof sql, "(ch_named(x.%s, ?) OR (x.page, x.sentence) IN (SELECT s.page, s.number FROM sentences_fts f"
			 " JOIN sentences s ON s.n = f.rowid WHERE sentences_fts MATCH ?))", r->cols[r->about].name);
		ch_making_where(m, sql, 2, q->about, ch_fts_query(&m->arena, q->about));
	}
	return (served & SERVED_WHO || row_side(m, db, reg, q->who, err)) && row_side(m, db, reg, q->with, err);
}

bool ch_sql_row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err)
{
	return row_filters(m, db, reg, q, 0, err);
}

static void rows_order(struct ch_making *m, const struct ch_query *q, const char *alias)
{
	ch_making_add(m, ch_arena_printf(&m->arena, " ORDER BY %s.day = '~', %s.day%s, %s.n", alias, alias, q->newest ? " DESC" : "", alias).ptr);
	ch_making_limit(m, q);
}

/* Whether a condition finds few rows by itself, so that these are put into order; else they are taken out of an index in that order. */
static bool finds_few(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, bool *few, struct ch_err *err)
{
	enum { FEW = 1000 };
	int64_t n;

	*few = q->id.len || q->ids || q->page.len || q->who.len || q->with.len || q->about.len || q->saying.len || q->to.len || q->due_lo.len;
	if (*few || !q->search.len)
		return true;
	if (!ch_sql_count_of(db, "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT 1001) AS few", ch_fts_query(&m->arena, q->search),
		      CH_STR(""), &n, err))
		return false;
	*few = n <= FEW;
	return true;
}

/* The numbers of so many as are asked for, out of the index of their days: those that have one, and behind them the others. */
static void first_rows(struct ch_making *m, const char *table, const struct ch_query *q, struct ch_str filters)
{
	const bool at_undated = q->after.set && ch_query_undated(q);

	for (int at_end = 0; at_end < 2; at_end++) {
		ch_making_add(m, ch_arena_printf(&m->arena, "%sSELECT n FROM (SELECT x.n FROM %s x INDEXED BY %s_day WHERE x.day %s '~'", at_end ? " UNION ALL " : "", table,
						 table, at_end ? "=" : "<").ptr);
		if (q->after.set && !at_end)   /* so that it costs nothing to come to the place */
			ch_making_add(m, at_undated ? " AND FALSE" : ch_arena_printf(&m->arena, " AND x.day %s '%s'", q->newest ? "<=" : ">=", q->after.day).ptr);
		ch_making_add_str(m, filters);
		ch_making_add(m, at_end ? " ORDER BY x.n" : q->newest ? " ORDER BY x.day DESC, x.n" : " ORDER BY x.day, x.n");
		ch_making_limit(m, q);
		ch_making_add(m, at_end ? ") AS undated" : ") AS dated");
	}
}

bool ch_sql_rows_found(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err)
{
	const bool one_page = q->id.len || q->ids || q->page.len;
	const char *const table = ch_register_of(reg)->table;
	const struct ch_str before = ch_making_taken(m);
	const char *from = NULL, *alias;
	struct ch_str filters;
	unsigned served = 0;
	bool few = true;

	if (!one_page && q->who.len && by_index[reg].party) {
		served = SERVED_WHO;
		if (!rows_of(m, db, reg, q->who, &from, err))
			return false;
	} else if (!one_page && q->about.len && reg == CH_REG_QUOTES) {
		served = SERVED_ABOUT;
		if (!quotes_about(m, db, q->about, &from, err))
			return false;
	}
	alias = from ? "k" : "x";
	if (!row_filters(m, db, reg, q, served, err) || (q->limit && !finds_few(m, db, q, &few, err)))
		return false;
	ch_making_after_day(m, q, ch_arena_printf(&m->arena, "%s.day", alias).ptr, ch_arena_printf(&m->arena, "%s.n", alias).ptr, true);
	filters = ch_making_taken(m);
	ch_making_add_str(m, before);
	ch_making_add(m, "x.n IN (");
	if (!few) {
		first_rows(m, table, q, filters);
	} else {
		ch_making_add(m, ch_arena_printf(&m->arena, "SELECT %s.n FROM %s%s WHERE TRUE", alias, from ? from : table, !from ? " x" : ch_sql_speaks_of(filters, "x.") ?
						 ch_arena_printf(&m->arena, " CROSS JOIN %s x ON x.n = k.n", table).ptr : "").ptr);
		ch_making_add_str(m, filters);
		/* What is sorted is numbers, not all that a row has. */
		if (q->limit)
			rows_order(m, q, alias);
	}
	ch_making_add(m, ")");
	rows_order(m, q, "x");
	return true;
}
