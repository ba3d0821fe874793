/* store/sql_saying.c -- statements that are one, in the store; their notes and their full text.
 *
 * Statements are the connected components of ch_saying_alike over sayings. Which pairs are looked at follows from their keys alone, and a
 * component is known by the smallest id in it: so both are the same for any order of adding. As with stories, bounds that a degenerate
 * collection would meet are the exception: of a key's sayings the first KEY_MAX are looked at. */
#include "store/sql.h"
#include "merge/saying.h"
#include "store/id.h"
#include <stdlib.h>

enum { KEY_MAX = 512 };

/* ---- one saying ---- */

static struct ch_str saying_id(struct ch_arena *arena, const struct ch_saying *s)
{
	struct ch_ider ider;

	ch_ider_init(&ider, "saying");
	ch_ider_add(&ider, s->speaker);
	ch_ider_add(&ider, s->canon);
	return ch_ider_id(&ider, arena);
}

static bool number_of(struct ch_sql *db, struct ch_str id, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n FROM sayings WHERE id = ?", true);

	ch_sq_text(&q, id);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* The words of a saying are those of any of its statements. */
static bool read_saying(struct ch_sql *db, int64_t n, struct ch_arena *arena, struct ch_saying *s, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT speaker, said FROM statements WHERE saying = ? LIMIT 1", true);
	struct ch_str speaker = { 0 }, said = { 0 };

	ch_sq_int(&q, n);
	if (ch_sq_step(&q)) {
		speaker = ch_sq_get_text(&q, arena);
		said = ch_sq_get_text(&q, arena);
	}
	ch_saying_read(s, arena, speaker, said);
	return ch_sq_end(&q, err);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct numbers {
	CH_VEC(int64_t) v;
};

/* Sayings that share keys, one entry a key. */
static bool find_near(struct ch_sql *db, const struct ch_saying *s, struct ch_arena *arena, struct numbers *near, struct ch_err *err)
{
	for (uint32_t i = 0; i < s->n_keys; i++) {
		struct ch_sq q = ch_sq_open(db, "SELECT saying FROM saying_keys WHERE key = ? ORDER BY saying LIMIT ?", true);

		ch_sq_int(&q, s->keys[i]);
		ch_sq_int(&q, KEY_MAX);
		while (ch_sq_step(&q))
			*CH_PUSH(arena, &near->v) = ch_sq_get_int(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	if (near->v.n)
		qsort(near->v.v, near->v.n, sizeof *near->v.v, by_number);
	return true;
}

struct head {
	int64_t n;
	struct ch_str id;
};

static bool head_of(struct ch_sql *db, struct ch_arena *arena, int64_t saying, struct head *head, uint32_t *n_keys, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT h.n, h.id, y.n_keys FROM sayings y JOIN sayings h ON h.n = y.head WHERE y.n = ?", true);

	ch_sq_int(&q, saying);
	if (ch_sq_step(&q)) {
		head->n = ch_sq_get_int(&q);
		head->id = ch_sq_get_text(&q, arena);
		*n_keys = (uint32_t)ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, err);
}

static bool exec_two(struct ch_sql *db, const char *sql, int64_t a, int64_t b, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	ch_sq_int(&q, b);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* Unites the groups of both heads; *mine becomes the head of the two. */
static bool unite(struct ch_sql *db, struct head *mine, struct head other, struct ch_err *err)
{
	struct head best = ch_str_cmp(other.id, mine->id) < 0 ? other : *mine, gone = best.n == other.n ? *mine : other;

	*mine = best;
	return best.n == gone.n || exec_two(db, "UPDATE sayings SET head = ?1 WHERE head = ?2", best.n, gone.n, err);
}

static bool join_near(struct ch_sql *db, struct ch_arena *arena, const struct ch_saying *s, struct head mine, struct ch_err *err)
{
	struct numbers near = { { 0 } };
	uint32_t shared;

	if (!find_near(db, s, arena, &near, err))
		return false;
	for (uint32_t i = 0; i < near.v.n; i += shared) {
		struct ch_arena other_arena = { 0 };
		struct head other = { 0 };
		struct ch_saying o;
		uint32_t n_keys = 0;
		bool ok = true;

		for (shared = 1; i + shared < near.v.n && near.v.v[i + shared] == near.v.v[i];)
			shared++;
		ok = head_of(db, arena, near.v.v[i], &other, &n_keys, err);
		if (ok && other.n != mine.n && shared >= ch_saying_keys_wanted(s->n_keys, n_keys)) {
			ok = read_saying(db, near.v.v[i], &other_arena, &o, err);
			if (ok && ch_saying_alike(s, &o))
				ok = unite(db, &mine, other, err);
		}
		ch_arena_free(&other_arena);
		if (!ok)
			return false;
	}
	return true;
}

static bool put_keys(struct ch_sql *db, const struct ch_saying *s, int64_t n, struct ch_err *err)
{
	for (uint32_t i = 0; i < s->n_keys; i++)
		if (!exec_two(db, "INSERT OR IGNORE INTO saying_keys(key, saying) VALUES(?,?)", s->keys[i], n, err))
			return false;
	return true;
}

/* The store has it not. */
static bool make_saying(struct ch_sql *db, struct ch_arena *arena, const struct ch_saying *s, struct ch_str id, int64_t *n, struct ch_err *err)
{
	struct ch_sq q;

	if (!ch_sql_next(db, CH_COUNTED_SAYINGS, n, err))
		return false;
	q = ch_sq_open(db, "INSERT INTO sayings(n, id, head, n_keys) VALUES(?1, ?2, ?1, ?3)", true);
	ch_sq_int(&q, *n);
	ch_sq_text(&q, id);
	ch_sq_int(&q, s->n_keys);
	ch_sq_step(&q);
	return ch_sq_end(&q, err) && join_near(db, arena, s, (struct head){ *n, id }, err) && put_keys(db, s, *n, err);
}

/* Of a statement that is there. */
static bool put_saying(struct ch_sql *db, struct ch_arena *arena, int64_t statement, struct ch_str speaker, struct ch_str said,
		       struct ch_err *err)
{
	struct ch_saying s;
	struct ch_str id;
	int64_t n;

	if (!speaker.len || !said.len)
		return true;
	ch_saying_read(&s, arena, speaker, said);
	if (!s.n)
		return true;
	id = saying_id(arena, &s);
	return number_of(db, id, &n, err) && (n || make_saying(db, arena, &s, id, &n, err)) &&
	       exec_two(db, "UPDATE statements SET saying = ? WHERE n = ?", n, statement, err);
}

/* ---- a page ---- */

struct ch_page_saying {
	struct ch_arena *arena;
	struct ch_saying s;
	struct ch_str id;              /* empty: none */
};

bool ch_sql_sayings_find(struct ch_sql *db, const struct ch_page_record *page, struct ch_page_saying **sayings, struct ch_err *err)
{
	struct ch_arena *arena = page->doc->arena;
	uint32_t n = page->n_rows[CH_REG_QUOTES], wanted = 0;
	struct ch_str *ids = CH_NEW_N(arena, struct ch_str, n);
	int64_t *numbers = CH_NEW_N(arena, int64_t, n);

	*sayings = CH_NEW_N(arena, struct ch_page_saying, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_cell *cells = page->rows[CH_REG_QUOTES][i].cells;
		struct ch_page_saying *one = &(*sayings)[i];

		*one = (struct ch_page_saying){ .arena = arena };
		if (!cells[CH_QUOTE_SPEAKER].text.len || !cells[CH_QUOTE_SAID].text.len)
			continue;
		ch_saying_read(&one->s, arena, cells[CH_QUOTE_SPEAKER].text, cells[CH_QUOTE_SAID].text);
		if (!one->s.n)
			continue;
		one->id = saying_id(arena, &one->s);
		if (!ch_sql_known(db, one->id))
			ids[wanted++] = one->id;
	}
	if (!ch_sql_numbers_of(db, "SELECT id, n FROM sayings WHERE id IN " CH_SQL_IN CH_SQL_BEFORE, ids, wanted, numbers, err))
		return false;
	for (uint32_t i = 0; i < wanted; i++)
		if (numbers[i])
			ch_sql_know(db, ids[i], numbers[i]);
	return true;
}

bool ch_sql_saying_of(struct ch_sql *db, struct ch_page_saying *sayings, uint32_t i, int64_t *n, struct ch_err *err)
{
	struct ch_page_saying *one = &sayings[i];

	*n = one->id.len ? ch_sql_known(db, one->id) : 0;
	if (*n || !one->id.len)
		return true;
	if (!make_saying(db, one->arena, &one->s, one->id, n, err))
		return false;
	ch_sql_know(db, one->id, *n);
	return true;
}

static bool put_notes(struct ch_sql *db, int64_t statement, const char *col, const struct ch_cell *cell, struct ch_err *err)
{
	for (uint32_t i = 0; i < cell->n_notes; i++) {
		const struct ch_note *v = &cell->notes[i];
		struct ch_sq q = ch_sq_open(db,
			"INSERT OR IGNORE INTO statement_notes(statement, col, number, start, end, raw_start, raw_end, text, name, party, value,"
			" words) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", true);

		ch_sq_int(&q, statement);
		ch_sq_text(&q, ch_str_z(col));
		ch_sq_int(&q, i);
		ch_sq_int(&q, v->span.text.start);
		ch_sq_int(&q, v->span.text.end);
		ch_sq_int(&q, v->span.raw.start);
		ch_sq_int(&q, v->span.raw.end);
		ch_sq_text(&q, v->text);
		ch_sq_text(&q, v->name);
		ch_sq_text(&q, v->party);
		ch_sq_text(&q, v->value);
		ch_sq_text(&q, v->words);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

static bool put_text(struct ch_sql *db, int64_t statement, struct ch_str said, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "INSERT INTO statements_fts(rowid, said) VALUES(?,?)", true);

	ch_sq_int(&q, statement);
	ch_sq_text_always(&q, said);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

static bool statement_number(struct ch_sql *db, struct ch_str id, int64_t *n, struct ch_err *err)
{
	struct ch_sq q;

	*n = ch_sql_known(db, id);
	if (*n)
		return true;
	q = ch_sq_open(db, "SELECT n FROM statements WHERE id = ?", true);
	ch_sq_text(&q, id);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	if (!ch_sq_end(&q, err))
		return false;
	return *n ? true : ch_fail(err, "%s: record %.*s was refused by the store", db->path, CH_STR_ARG(id));
}

bool ch_sql_sayings_put(struct ch_sql *db, const struct ch_page_record *page, struct ch_err *err)
{
	for (uint32_t i = 0; i < page->n_rows[CH_REG_QUOTES]; i++) {
		const struct ch_row *row = &page->rows[CH_REG_QUOTES][i];
		int64_t n;

		if (!statement_number(db, row->id, &n, err))
			return false;
		for (uint32_t k = 0; k < CH_COLS_MAX && row->reg->cols[k].name; k++)
			if (row->reg->cols[k].kind == CH_COL_NOTES && !put_notes(db, n, row->reg->cols[k].name, &row->cells[k], err))
				return false;
		if (!put_text(db, n, row->cells[CH_QUOTE_SAID].text, err))
			return false;
	}
	return true;
}

/* The next statement behind n, in an arena; *n is 0 behind the last. */
static bool next_statement(struct ch_sql *db, struct ch_arena *arena, int64_t *n, struct ch_str *speaker, struct ch_str *said,
			   struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n, speaker, said FROM statements WHERE n > ? ORDER BY n LIMIT 1", true);

	ch_sq_int(&q, *n);
	*n = 0;
	if (ch_sq_step(&q)) {
		*n = ch_sq_get_int(&q);
		*speaker = ch_sq_get_text(&q, arena);
		*said = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_sayings_make(struct ch_sql *db, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct ch_str speaker, said;
	bool ok = true;

	for (int64_t n = 0; ok;) {
		ok = next_statement(db, &arena, &n, &speaker, &said, err);
		if (!ok || !n)
			break;
		ok = put_saying(db, &arena, n, speaker, said, err);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
	return ok;
}

/* A component is made anew of its statements: what was left out of it may have held it together. */
bool ch_sql_saying_again(struct ch_sql *db, int64_t statement, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT y.head FROM statements t JOIN sayings y ON y.n = t.saying WHERE t.n = ?", true);
	struct ch_arena arena = { 0 };
	struct numbers all = { { 0 } };
	int64_t head;
	bool ok;

	ch_sq_int(&q, statement);
	head = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	ok = ch_sq_end(&q, err);
	*CH_PUSH(&arena, &all.v) = statement;
	q = ch_sq_open(db, "SELECT t.n FROM sayings y JOIN statements t ON t.saying = y.n WHERE y.head = ?1 AND t.n <> ?2 ORDER BY t.n", true);
	ch_sq_int(&q, head);
	ch_sq_int(&q, statement);
	while (head && ch_sq_step(&q))
		*CH_PUSH(&arena, &all.v) = ch_sq_get_int(&q);
	ok = ch_sq_end(&q, err) && ok &&
	     (!head || (exec_two(db, "UPDATE statements SET saying = NULL WHERE saying IN (SELECT n FROM sayings WHERE head = ?1) AND ?2 = 1", head, 1, err) &&
			exec_two(db, "DELETE FROM saying_keys WHERE saying IN (SELECT n FROM sayings WHERE head = ?1) AND ?2 = 1", head, 1, err) &&
			exec_two(db, "DELETE FROM sayings WHERE head = ?1 AND ?2 = 1", head, 1, err)));
	ch_sql_memo_clear(db);
	for (uint32_t i = 0; ok && i < all.v.n; i++) {
		struct ch_str speaker = { 0 }, said = { 0 };

		q = ch_sq_open(db, "SELECT speaker, said FROM statements WHERE n = ? AND verdict <> 1", true);
		ch_sq_int(&q, all.v.v[i]);
		if (ch_sq_step(&q)) {
			speaker = ch_sq_get_text(&q, &arena);
			said = ch_sq_get_text(&q, &arena);
		}
		ok = ch_sq_end(&q, err) && put_saying(db, &arena, all.v.v[i], speaker, said, err);
	}
	ch_arena_free(&arena);
	return ok;
}

/* ---- reading ---- */

bool ch_sql_notes_get(struct ch_sql *db, struct ch_arena *arena, const int64_t *n, struct ch_row *rows, uint32_t n_rows, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "WITH " CH_SQL_CHOSEN " SELECT x.statement, x.col, x.start, x.end, x.raw_start, x.raw_end, x.text, x.name, x.party,"
				    " x.value, x.words FROM chosen c CROSS JOIN statement_notes x ON x.statement = c.n ORDER BY x.statement, x.col, x.number",
				    true);

	ch_sq_chosen(&q, n, n_rows);
	while (ch_sq_step(&q)) {
		const int64_t of = ch_sq_get_int(&q);
		struct ch_cell *cell = ch_row_cell(rows, n, n_rows, of, ch_sq_get_text(&q, arena));
		struct ch_note v = { .span = ch_sq_get_span(&q) };

		v.text = ch_sq_get_text(&q, arena);
		v.name = ch_sq_get_text(&q, arena);
		v.party = ch_sq_get_text(&q, arena);
		v.value = ch_sq_get_text(&q, arena);
		v.words = ch_sq_get_text(&q, arena);
		if (!cell)
			continue;
		cell->notes = ch_arena_grow(arena, cell->notes, cell->n_notes, cell->n_notes + 1, sizeof v);
		cell->notes[cell->n_notes++] = v;
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_sayings_get(struct ch_sql *db, struct ch_arena *arena, const int64_t *n, struct ch_row *rows, uint32_t n_rows, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		/* counted once for all rows that are one statement */
		"WITH " CH_SQL_CHOSEN ", k(n, head) AS (SELECT x.n, o.head FROM chosen c CROSS JOIN statements x ON x.n = c.n JOIN sayings o ON o.n = x.saying),"
		" t(head, wordings, pages) AS (SELECT d.head, count(DISTINCT y.n), count(DISTINCT t.page) FROM (SELECT DISTINCT head FROM k) AS d"
		" CROSS JOIN sayings y ON y.head = d.head JOIN statements t ON t.saying = y.n GROUP BY d.head)"
		" SELECT k.n, h.id, t.wordings, t.pages FROM k JOIN t ON t.head = k.head JOIN sayings h ON h.n = k.head", true);

	ch_sq_chosen(&q, n, n_rows);
	while (ch_sq_step(&q)) {
		const int64_t of = ch_sq_get_int(&q);
		uint32_t i = 0;

		while (i < n_rows && n[i] != of)
			i++;
		if (i == n_rows)
			continue;
		rows[i].saying = ch_sq_get_text(&q, arena);
		rows[i].wordings = (uint32_t)ch_sq_get_int(&q);
		rows[i].tellings = (uint32_t)ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, err);
}
