/* store/sql_making.c -- SQL in the making: conditions with what is bound to them, the order of a list, and where it goes on. */
#include "store/sql_filter.h"
#include <stdarg.h>
#include <stdio.h>


/* ---- SQL in the making ---- */

void ch_making_add(struct ch_making *m, const char *sql)
{
	for (; *sql; sql++)
		*CH_PUSH(&m->arena, &m->sql) = *sql;
}

int ch_making_number(struct ch_making *m, struct ch_str value)
{
	if (m->n_params < CH_MAKING_PARAMS_MAX)
		m->params[m->n_params++] = value;
	return m->n_params;
}

static void param(struct ch_making *m, struct ch_str value)
{
	char text[16];

	if (m->n_params == CH_MAKING_PARAMS_MAX)
		return;
	snprintf(text, sizeof text, "?%d", ch_making_number(m, value));
	ch_making_add(m, text);
}

void ch_making_add_str(struct ch_making *m, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		*CH_PUSH(&m->arena, &m->sql) = s.ptr[i];
}

struct ch_str ch_making_taken(struct ch_making *m)
{
	struct ch_str s = ch_str_n(m->sql.v, m->sql.n);

	memset(&m->sql, 0, sizeof m->sql);
	return s;
}

bool ch_sql_speaks_of(struct ch_str sql, const char *alias)
{
	return ch_str_find(sql, ch_str_z(alias), 0) != CH_STR_NONE;
}

void ch_making_where(struct ch_making *m, const char *sql, int n, ...)
{
	va_list ap;

	ch_making_add(m, " AND ");
	va_start(ap, n);
	for (; *sql; sql++) {
		if (*sql == '?' && n-- > 0)
			param(m, va_arg(ap, struct ch_str));
		else
			*CH_PUSH(&m->arena, &m->sql) = *sql;
	}
	va_end(ap);
}

void ch_making_one_of(struct ch_making *m, const char *column, const char *const *values)
{
	ch_making_add(m, " AND ");
	ch_making_add(m, column);
	ch_making_add(m, " IN (");
	for (size_t i = 0; values[i] && m->n_params < CH_MAKING_PARAMS_MAX; i++) {
		ch_making_add(m, i ? "," : "");
		param(m, ch_str_z(values[i]));
	}
	ch_making_add(m, ")");
}

struct ch_sq ch_making_run(struct ch_making *m, struct ch_sql *db)
{
	struct ch_sq q;

	*CH_PUSH(&m->arena, &m->sql) = '\0';
	q = ch_sq_open(db, m->sql.v, false);
	for (int i = 0; i < m->n_params; i++)
		ch_sq_text_always(&q, m->params[i]);
	return q;
}

void ch_making_limit(struct ch_making *m, const struct ch_query *q)
{
	char text[64];

	if (!q->limit)
		return;
	snprintf(text, sizeof text, " LIMIT %llu", (unsigned long long)(q->limit > INT64_MAX ? INT64_MAX : q->limit));
	ch_making_add(m, text);
}

void ch_making_order(struct ch_making *m, const struct ch_query *q, const char *lo)
{
	char text[256];

	snprintf(text, sizeof text, " ORDER BY %s IS NULL, %s %s, x.n", lo, lo, q->newest ? "DESC" : "ASC");
	ch_making_add(m, text);
	ch_making_limit(m, q);
}

bool ch_sql_count_of(struct ch_sql *db, const char *sql, struct ch_str one, struct ch_str other, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_text_always(&q, one);
	if (other.len)
		ch_sq_text_always(&q, other);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* ---- where a list goes on ----
 *
 * A cursor's day and number are written out: ch_cursor_read lets nothing through but digits, "-" and "~". */

bool ch_query_undated(const struct ch_query *q)
{
	return *q->after.day == '~';
}

void ch_making_after(struct ch_making *m, const struct ch_query *q, const char *lo)
{
	const char *day = q->after.day, sign = q->newest ? '<' : '>';
	const long long n = q->after.n;

	if (!q->after.set)
		return;
	ch_making_add(m, (ch_query_undated(q) ? ch_arena_printf(&m->arena, " AND %s IS NULL AND x.n > %lld", lo, n) :
			  ch_arena_printf(&m->arena, " AND (%s IS NULL OR %s %c '%s' OR (%s = '%s' AND x.n > %lld))", lo, lo, sign, day, lo, day, n)).ptr);
}

void ch_making_after_day(struct ch_making *m, const struct ch_query *q, const char *day, const char *n, bool up)
{
	const char *at = q->after.day, sign = q->newest ? '<' : '>', sign_n = q->newest && !up ? '<' : '>';
	const long long number = q->after.n;

	if (!q->after.set)
		return;
	ch_making_add(m, (ch_query_undated(q) ? ch_arena_printf(&m->arena, " AND %s = '~' AND %s > %lld", day, n, number) :
			  ch_arena_printf(&m->arena, " AND (%s %c '%s' OR (%s = '%s' AND %s %c %lld)%s%s)", day, sign, at, day, at, n, sign_n, number,
					  q->newest ? " OR '~' = " : "", q->newest ? day : "")).ptr);
}

void ch_cursor_tell(const struct ch_query *q, struct ch_str day, int64_t n, struct ch_str id)
{
	if (!q->at)
		return;
	*q->at = (struct ch_cursor){ .set = true, .n = n };
	snprintf(q->at->day, sizeof q->at->day, "%.*s", CH_STR_ARG(day.len ? day : CH_STR("~")));
	snprintf(q->at->id, sizeof q->at->id, "%.*s", CH_STR_ARG(id));
}

/* ---- pages ---- */

void ch_sql_page_is(struct ch_making *m, const char *column, struct ch_str page)
{
	char sql[256];

	if (!page.len)
		return;
	snprintf(sql, sizeof sql, "%s IN (SELECT n FROM pages WHERE (id >= ? AND id < ?) OR path = ?)", column);
	ch_making_where(m, sql, 3, page, ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(page)), page);
}

void ch_sql_pages_found(struct ch_making *m, const struct ch_query *q)
{
	const char sign = q->newest ? '<' : '>', *const day = q->after.day;
	const struct ch_str filters = ch_making_taken(m);

	for (int at_end = 0; at_end < 2; at_end++) {
		ch_making_add(m, at_end ? " UNION ALL SELECT n FROM (SELECT x.n FROM pages x WHERE x.published IS NULL" :
			      "SELECT n FROM (SELECT x.n FROM pages x WHERE x.published IS NOT NULL");
		if (q->after.set && at_end && ch_query_undated(q))
			ch_making_add(m, ch_arena_printf(&m->arena, " AND x.n > %lld", (long long)q->after.n).ptr);
		else if (q->after.set && !at_end)
			ch_making_add(m, ch_query_undated(q) ? " AND FALSE" : ch_arena_printf(&m->arena, " AND x.published %c= '%s' AND (x.published %c '%s' OR x.n > %lld)", sign, day,
											   sign, day, (long long)q->after.n).ptr);
		ch_making_add_str(m, filters);
		ch_making_add(m, at_end ? " ORDER BY x.n" : q->newest ? " ORDER BY x.published DESC, x.n" : " ORDER BY x.published, x.n");
		ch_making_limit(m, q);
		ch_making_add(m, at_end ? ") AS undated" : ") AS dated");
	}
}
