/* store/sql_lists.c -- what the lists of a register's row hold. */
#include "store/sql.h"

static bool get_list(struct ch_sql *db, struct ch_arena *a, int64_t n, struct ch_cell *cell, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT party FROM instrument_parties WHERE instrument = ? ORDER BY number", true);

	ch_sq_int(&q, n);
	while (ch_sq_step(&q)) {
		cell->list = ch_arena_grow(a, cell->list, cell->n_list, cell->n_list + 1, sizeof *cell->list);
		cell->list[cell->n_list++] = ch_sq_get_text(&q, a);
	}
	return ch_sq_end(&q, err);
}

static bool get_parties_of(struct ch_sql *db, struct ch_arena *a, const struct ch_register *r, uint32_t col, int64_t n,
			   struct ch_cell *cell, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT party FROM row_parties WHERE register = ? AND row = ? AND col = ? ORDER BY number", true);

	ch_sq_text(&q, ch_str_z(r->table));
	ch_sq_int(&q, n);
	ch_sq_text(&q, ch_str_z(r->cols[col].name));
	while (ch_sq_step(&q)) {
		cell->list = ch_arena_grow(a, cell->list, cell->n_list, cell->n_list + 1, sizeof *cell->list);
		cell->list[cell->n_list++] = ch_sq_get_text(&q, a);
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_list_get(struct ch_sql *db, struct ch_arena *a, const struct ch_register *r, uint32_t col, int64_t n, struct ch_cell *cell,
			struct ch_err *err)
{
	return r == ch_register_of(CH_REG_INSTRUMENTS) ? get_list(db, a, n, cell, err) : get_parties_of(db, a, r, col, n, cell, err);
}
