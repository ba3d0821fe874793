/* store/sql_lists.c -- rows that are looked up together, and what the lists of a register's rows hold. */
#include "store/sql.h"

void ch_sq_chosen(struct ch_sq *q, const int64_t *v, uint32_t n)
{
	/* no row has the number 0 */
	for (uint32_t i = 0; i < CH_CHOSEN_MAX; i++)
		ch_sq_int(q, i < n ? v[i] : 0);
}

void ch_sq_chosen_ids(struct ch_sq *q, const struct ch_str *ids, uint32_t n)
{
	for (uint32_t i = 0; i < CH_CHOSEN_MAX; i++)
		ch_sq_text(q, i < n ? ids[i] : CH_STR(""));
}

struct ch_cell *ch_row_cell(struct ch_row *rows, const int64_t *n, uint32_t n_rows, int64_t of, struct ch_str col)
{
	for (uint32_t i = 0; i < n_rows; i++) {
		const struct ch_register *r = rows[i].reg;

		if (n[i] != of)
			continue;
		for (uint32_t c = 0; c < CH_COLS_MAX && r->cols[c].name; c++)
			if (ch_str_eqz(col, r->cols[c].name))
				return &rows[i].cells[c];
	}
	return NULL;
}

/* Columns: the row's number, the column's name, the party. */
static bool get_lists(struct ch_sq *q, struct ch_arena *a, const int64_t *n, struct ch_row *rows, uint32_t n_rows, struct ch_err *err)
{
	while (ch_sq_step(q)) {
		const int64_t of = ch_sq_get_int(q);
		struct ch_cell *cell = ch_row_cell(rows, n, n_rows, of, ch_sq_get_text(q, a));

		if (!cell)
			continue;
		cell->list = ch_arena_grow(a, cell->list, cell->n_list, cell->n_list + 1, sizeof *cell->list);
		cell->list[cell->n_list++] = ch_sq_get_text(q, a);
	}
	return ch_sq_end(q, err);
}

bool ch_sql_lists_get(struct ch_sql *db, struct ch_arena *a, const struct ch_register *r, const int64_t *n, struct ch_row *rows, uint32_t n_rows,
			struct ch_err *err)
{
	struct ch_sq q;

	if (r == ch_register_of(CH_REG_INSTRUMENTS)) {
		q = ch_sq_open(db, "WITH " CH_SQL_CHOSEN " SELECT p.instrument, 'parties', p.party FROM chosen c"
			       " CROSS JOIN instrument_parties p ON p.instrument = c.n ORDER BY p.instrument, p.number", true);
		ch_sq_chosen(&q, n, n_rows);
	} else {
		q = ch_sq_open(db, "WITH " CH_SQL_CHOSEN " SELECT p.row, p.col, p.party FROM chosen c CROSS JOIN row_parties p ON p.row = c.n"
			       " WHERE p.register = ? ORDER BY p.row, p.col, p.number", true);
		ch_sq_chosen(&q, n, n_rows);
		ch_sq_text(&q, ch_str_z(r->table));
	}
	return get_lists(&q, a, n, rows, n_rows, err);
}
