/* store/postgres_bulk.c -- rows that have no answer are kept while a transaction is open, and go to the server many at a time.
 *
 * What is kept are rows of "INSERT INTO t(…) VALUES(…)", as the values of each column one after the other: an array, from which one statement
 * puts them all. Before a statement reads, rows go of the tables that it names and of those that they refer to; before one that
 * changes anything, and before the commit, all do. So nobody sees a difference, but for the time at which a refused row is told of. */
#include "store/postgres_priv.h"
#include <stdlib.h>

enum { BULKS_MAX = 64, ROWS_MAX = 8192, BYTES_MAX = 4 << 20, HEAD_BYTES = 20 };

static const struct {
	Oid one, many;
	const char *name;
} arrays[] = { { OID_INT, 1016, "bigint[]" }, { OID_TEXT, 1009, "text[]" }, { OID_BYTES, 1001, "bytea[]" }, { OID_REAL, 1022, "float8[]" } };

/* Values as PostgreSQL sends an array, behind HEAD_BYTES of room for its head. */
struct column {
	char *v;
	size_t n, cap;
	bool nulls;
	Oid type;              /* 0: all that ever came were NULL */
};

struct ch_pg_bulk {
	struct sql *one, *many;
	struct ch_str table;
	uint32_t rank;         /* nothing refers to what has a higher one */
	uint64_t wants;        /* of which rows must be there first, */
	uint32_t wants_of;     /* among so many */
	int n_columns;
	uint32_t rows;
	size_t bytes;
	struct column columns[];
};

/* ---- statements ---- */

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool names(const char *text, struct ch_str table)
{
	for (const char *at = text; (at = strstr(at, table.ptr)); at += table.len)
		if ((at == text || !in_word(at[-1])) && !in_word(at[table.len]))
			return true;
	return false;
}

static int parameters(const char *text)
{
	int n = 0;

	for (const char *at = text; (at = strchr(at, '$')); at++) {
		const int one = (int)strtol(at + 1, NULL, 10);

		n = one > n ? one : n;
	}
	return n;
}

/* Where the values are, in the brackets; what is behind them is nothing, or lets go of rows that are there. */
static bool values_of(const char *text, struct ch_str *values, const char **behind)
{
	static const char mark[] = "VALUES(";
	const char *from = strstr(text, mark), *end = text + strlen(text);

	*behind = strstr(text, " ON CONFLICT ");
	if (!from || strncmp(text, "INSERT INTO ", 12) || (*behind && strcmp(*behind, " ON CONFLICT DO NOTHING")) || strstr(text, "RETURNING"))
		return false;
	*behind = *behind ? *behind : end;
	from += strlen(mark);
	*values = ch_str_n(from, (size_t)(*behind - 1 - from));
	return (*behind)[-1] == ')';
}

void ch_pg_bulk_make(struct ch_pg *pg, struct sql *s)
{
	const char *name = s->text + strlen("INSERT INTO "), *behind;
	const int n = parameters(s->text);
	struct ch_pg_bulk *b;
	struct ch_str values;

	if (!pg->bulk_ready || pg->bulks.n >= BULKS_MAX || !n || n > PARAMS_MAX || !values_of(s->text, &values, &behind))
		return;
	b = ch_arena_alloc(&pg->arena, sizeof *b + (size_t)n * sizeof *b->columns);
	memset(b, 0, sizeof *b + (size_t)n * sizeof *b->columns);
	b->one = s;
	b->n_columns = n;
	b->table = ch_str_z(ch_arena_z(&pg->arena, ch_str_n(name, strcspn(name, "( "))));
	while (ch_store_tables[b->rank] && !ch_str_eqz(b->table, ch_store_tables[b->rank]))
		b->rank++;
	b->many = CH_NEW(&pg->arena, struct sql);
	*b->many = (struct sql){ .from = (const char *)b, .many = true };
	*CH_PUSH(&pg->arena, &pg->kept) = b->many;
	*CH_PUSH(&pg->arena, &pg->bulks) = b;
	s->bulk = b;
}

static const char *array_of(Oid type, Oid *many)
{
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		if (arrays[i].one == type) {
			*many = arrays[i].many;
			return arrays[i].name;
		}
	}
	return NULL;
}

static void put(struct ch_arena *arena, struct ch_str *out, const char *text, size_t n)
{
	*out = ch_arena_printf(arena, "%.*s%.*s", CH_STR_ARG(*out), (int)n, text);
}

/* INSERT INTO t(…) SELECT <values, of a row u> FROM unnest(<an array for each column>) AS u(c1, …) */
static void write_many(struct ch_pg *pg, struct ch_pg_bulk *b)
{
	struct ch_arena arena = { 0 };
	struct ch_str values, out = CH_STR(""), from = CH_STR(""), as = CH_STR("");
	const char *behind;
	Oid many;

	values_of(b->one->text, &values, &behind);
	put(&arena, &out, b->one->text, (size_t)(values.ptr - b->one->text) - strlen("VALUES("));
	put(&arena, &out, "SELECT ", 7);
	for (const char *at = values.ptr, *end = at + values.len; at < end;) {
		const char *mark = memchr(at, '$', (size_t)(end - at));
		char *next;
		long k;

		put(&arena, &out, at, (size_t)((mark ? mark : end) - at));
		if (!mark)
			break;
		k = strtol(mark + 1, &next, 10);
		at = next;
		out = b->columns[k - 1].type ? ch_arena_printf(&arena, "%.*su.c%ld", CH_STR_ARG(out), k) :
					       ch_arena_printf(&arena, "%.*sNULL", CH_STR_ARG(out));
	}
	for (int i = 0, k = 0; i < b->n_columns; i++) {
		const char *name = array_of(b->columns[i].type, &many);

		if (!name)
			continue;
		k++;
		from = ch_arena_printf(&arena, "%.*s%s$%d::%s", CH_STR_ARG(from), k > 1 ? ", " : "", k, name);
		as = ch_arena_printf(&arena, "%.*s%sc%d", CH_STR_ARG(as), k > 1 ? ", " : "", i + 1);
	}
	b->many->text = ch_arena_z(&pg->arena, ch_arena_printf(&arena, "%.*s FROM unnest(%.*s) AS u(%.*s)%s", CH_STR_ARG(out), CH_STR_ARG(from), CH_STR_ARG(as), behind));
	memset(b->many->types, 0, sizeof b->many->types);
	b->many->prepared = 0;
	ch_arena_free(&arena);
}

/* ---- rows ---- */

static void put_number(char *to, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (char)(n >> (24 - 8 * i));
}

static void put_element(struct column *c, const char *bytes, size_t n)
{
	if (c->n + n + 4 > c->cap) {
		c->cap = (c->n + n + 4) * 2;
		c->v = ch_xrealloc(c->v, c->cap);
	}
	put_number(c->v + c->n, bytes ? (uint32_t)n : UINT32_MAX);
	c->n += 4;
	if (bytes && n)
		memcpy(c->v + c->n, bytes, n);
	c->n += bytes ? n : 0;
	c->nulls = c->nulls || !bytes;
}

static void empty(struct ch_pg_bulk *b)
{
	for (int i = 0; i < b->n_columns; i++) {
		b->columns[i].n = HEAD_BYTES;
		b->columns[i].nulls = false;
	}
	b->rows = 0;
	b->bytes = 0;
}

static bool send_rows(struct ch_pg *pg, struct ch_pg_bulk *b)
{
	struct ch_pg_st *st;
	int k = 0;

	if (!b->rows)
		return !pg->failed;
	if (!b->many->text)
		write_many(pg, b);
	st = ch_pg_open(pg, b->many->from, true);
	for (int i = 0; i < b->n_columns; i++) {
		struct column *c = &b->columns[i];
		Oid many = 0;

		if (!array_of(c->type, &many))
			continue;
		put_number(c->v, 1);
		put_number(c->v + 4, c->nulls);
		put_number(c->v + 8, c->type);
		put_number(c->v + 12, b->rows);
		put_number(c->v + 16, 1);
		ch_pg_set(st, ++k, many, c->v, c->n);
	}
	ch_pg_step(st);
	empty(b);
	return ch_pg_end(st, NULL);
}

bool ch_pg_bulk_row(struct ch_pg_st *st)
{
	struct ch_pg_bulk *b = st->sql->bulk;
	struct ch_pg *pg = st->pg;

	for (int i = 0; i < b->n_columns; i++) {
		struct column *c = &b->columns[i];
		const Oid type = i < st->n ? st->types[i] : 0;

		if (!type || type == c->type)
			continue;
		/* what came before was NULL all */
		if (c->type && !ch_pg_bulk_send(pg, NULL))
			return false;
		c->type = type;
		b->many->text = NULL;
	}
	if (!b->rows)
		empty(b);
	for (int i = 0; i < b->n_columns; i++) {
		const size_t n = b->columns[i].n;

		put_element(&b->columns[i], i < st->n && st->types[i] ? st->values[i] : NULL, i < st->n && st->types[i] ? (size_t)st->lengths[i] : 0);
		b->bytes += b->columns[i].n - n;
	}
	b->rows++;
	return b->rows < ROWS_MAX && b->bytes < BYTES_MAX ? true : ch_pg_bulk_send(pg, b->many);
}

/* ---- arrays of one statement ---- */

static void bind_array(struct ch_pg_st *st, int at, Oid one, char *v, uint32_t n, size_t size)
{
	Oid many = 0;

	array_of(one, &many);
	put_number(v, n > 0);
	put_number(v + 4, 0);
	put_number(v + 8, one);
	put_number(v + 12, n);
	put_number(v + 16, 1);
	ch_pg_set(st, at, many, v, n ? size : HEAD_BYTES - 8);   /* an array of no dimension ends there */
}

void ch_pg_bind_ints(struct ch_pg_st *st, int at, const int64_t *v, uint32_t n)
{
	char *bytes = ch_arena_alloc(&st->arena, HEAD_BYTES + (size_t)n * 12), *to = bytes + HEAD_BYTES;

	for (uint32_t i = 0; i < n; i++, to += 12) {
		put_number(to, 8);
		put_number(to + 4, (uint32_t)((uint64_t)v[i] >> 32));
		put_number(to + 8, (uint32_t)v[i]);
	}
	bind_array(st, at, OID_INT, bytes, n, (size_t)(to - bytes));
}

void ch_pg_bind_texts(struct ch_pg_st *st, int at, const struct ch_str *v, uint32_t n)
{
	size_t size = HEAD_BYTES;
	char *bytes, *to;

	for (uint32_t i = 0; i < n; i++)
		size += 4 + v[i].len;
	bytes = ch_arena_alloc(&st->arena, size);
	to = bytes + HEAD_BYTES;
	for (uint32_t i = 0; i < n; i++) {
		put_number(to, (uint32_t)v[i].len);
		memcpy(to + 4, v[i].ptr, v[i].len);
		to += 4 + v[i].len;
	}
	bind_array(st, at, OID_TEXT, bytes, n, size);
}

/* ---- what goes before what ---- */

bool ch_pg_bulk_begin(struct ch_pg *pg, struct ch_err *err)
{
	struct ch_pg_st *st = ch_pg_open(pg, "SELECT c.relname, p.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p"
					 " ON p.oid = k.confrelid WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace", false);

	while (ch_pg_step(st)) {
		struct ch_pg_reference *r = CH_PUSH(&pg->arena, &pg->references);

		r->from = ch_arena_str(&pg->arena, ch_pg_text(st, 0));
		r->to = ch_arena_str(&pg->arena, ch_pg_text(st, 1));
	}
	if (!ch_pg_end(st, err))
		return false;
	pg->bulk_ready = true;
	for (uint32_t i = 0, n = pg->kept.n; i < n; i++)
		ch_pg_bulk_make(pg, pg->kept.v[i]);
	return true;
}

static uint64_t named_in(const struct ch_pg *pg, const char *text)
{
	uint64_t set = 0;

	for (uint32_t i = 0; i < pg->bulks.n; i++)
		if (names(text, pg->bulks.v[i]->table))
			set |= (uint64_t)1 << i;
	return set;
}

static uint64_t wants(struct ch_pg *pg, struct ch_pg_bulk *b)
{
	if (b->wants_of == pg->bulks.n)
		return b->wants;
	b->wants = named_in(pg, b->one->text);
	b->wants_of = pg->bulks.n;
	for (uint32_t i = 0; i < pg->references.n; i++)
		for (uint32_t k = 0; ch_str_eq(pg->references.v[i].from, b->table) && k < pg->bulks.n; k++)
			if (ch_str_eq(pg->references.v[i].to, pg->bulks.v[k]->table))
				b->wants |= (uint64_t)1 << k;
	return b->wants;
}

/* Those whose rows s has to find, by what it names; all where it changes something. */
static uint64_t wanted(struct ch_pg *pg, struct sql *s)
{
	uint64_t set, before = 0;

	if (s && s->before)
		return 0;
	if (!s || (!s->rows && !s->many))
		return UINT64_MAX;
	if (s->reads_of != pg->bulks.n) {
		s->reads = named_in(pg, s->text);
		s->reads_of = pg->bulks.n;
	}
	for (set = s->reads; set != before;) {
		before = set;
		for (uint32_t i = 0; i < pg->bulks.n; i++)
			if (set >> i & 1)
				set |= wants(pg, pg->bulks.v[i]);
	}
	return set;
}

bool ch_pg_bulk_send(struct ch_pg *pg, struct sql *s)
{
	uint64_t set = 0;
	bool ok = !pg->failed;

	for (uint32_t i = 0; i < pg->bulks.n && !pg->sending && ok; i++)
		if (pg->bulks.v[i]->rows)
			set |= (uint64_t)1 << i;
	if (!set)
		return ok;
	set &= wanted(pg, s);
	pg->sending = true;
	while (set && ok) {
		uint32_t next = BULKS_MAX;

		for (uint32_t i = 0; i < pg->bulks.n; i++)
			if ((set >> i & 1) && (next == BULKS_MAX || pg->bulks.v[i]->rank < pg->bulks.v[next]->rank))
				next = i;
		if (next == BULKS_MAX)
			break;
		set &= ~((uint64_t)1 << next);
		ok = send_rows(pg, pg->bulks.v[next]);
	}
	pg->sending = false;
	return ok;
}

void ch_pg_bulk_drop(struct ch_pg *pg)
{
	for (uint32_t i = 0; i < pg->bulks.n; i++)
		empty(pg->bulks.v[i]);
}

void ch_pg_bulk_end(struct ch_pg *pg)
{
	for (uint32_t i = 0; i < pg->bulks.n; i++)
		for (int k = 0; k < pg->bulks.v[i]->n_columns; k++)
			free(pg->bulks.v[i]->columns[k].v);
}
