/* store/postgres_columns.c -- columns of the row at which a statement on PostgreSQL stands. */
#include "store/postgres_priv.h"
#include <stdio.h>
#include <stdlib.h>

bool ch_pg_null(struct ch_pg_st *st, int col)
{
	return PQgetisnull(st->res, st->row, col);
}

int ch_pg_columns(struct ch_pg_st *st)
{
	return st->res ? PQnfields(st->res) : 0;
}

struct ch_str ch_pg_text(struct ch_pg_st *st, int col)
{
	struct ch_str s = ch_str_n(PQgetvalue(st->res, st->row, col), (size_t)PQgetlength(st->res, st->row, col));
	char text[40];

	if (PQftype(st->res, col) != OID_REAL || !s.len)
		return s;
	/* as SQLite writes it */
	snprintf(text, sizeof text, "%.15g", ch_pg_real(st, col));
	return ch_arena_printf(&st->arena, "%s%s", text, strpbrk(text, ".en") ? "" : ".0");
}

static unsigned digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10) & 15;
}

struct ch_str ch_pg_bytes(struct ch_pg_st *st, int col)
{
	struct ch_str s = ch_str_n(PQgetvalue(st->res, st->row, col), (size_t)PQgetlength(st->res, st->row, col));
	char *out;

	if (PQftype(st->res, col) != OID_BYTES || s.len < 2)   /* "\x" and two digits each: bytea_output is set so */
		return s;
	out = ch_arena_alloc(&st->arena, s.len / 2 + 1);
	for (size_t i = 1; i < s.len / 2; i++)
		out[i - 1] = (char)(digit(s.ptr[2 * i]) << 4 | digit(s.ptr[2 * i + 1]));
	return ch_str_n(out, s.len / 2 - 1);
}

int64_t ch_pg_int(struct ch_pg_st *st, int col)
{
	const char *text = PQgetvalue(st->res, st->row, col);

	if (PQftype(st->res, col) == OID_BOOL)
		return *text == 't';
	return strtoll(text, NULL, 10);
}

double ch_pg_real(struct ch_pg_st *st, int col)
{
	return strtod(PQgetvalue(st->res, st->row, col), NULL);
}

void ch_pg_value(struct ch_pg_st *st, int col, const char **name, struct ch_value *v)
{
	const Oid type = PQftype(st->res, col);

	*name = PQfname(st->res, col);
	*v = (struct ch_value){ .kind = CH_VALUE_NULL };
	if (ch_pg_null(st, col))
		return;
	v->kind = type == OID_INT ? CH_VALUE_INT : type == OID_REAL ? CH_VALUE_REAL : type == OID_BYTES ? CH_VALUE_BYTES : CH_VALUE_TEXT;
	if (type == OID_INT)
		v->number = ch_pg_int(st, col);
	else if (type == OID_REAL)
		v->real = ch_pg_real(st, col);
	else
		v->bytes = type == OID_BYTES ? ch_pg_bytes(st, col) : ch_pg_text(st, col);
}
