/* store/sql_counts.c -- how many events there are of each kind, and with whom, without reading what is told of them. */
#include "store/sql_filter.h"

static bool kinds(struct ch_making *m, struct ch_sql *db, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena row = { 0 };
	struct ch_sq q;
	bool ok;

	ch_making_add(m, ") AS k CROSS JOIN events h ON h.n = k.head GROUP BY 1, 2, 3 ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST");
	q = ch_making_run(m, db);
	while (ch_sq_step(&q)) {
		struct ch_count c = { .type = ch_sq_get_text(&q, &row) };

		c.mode = ch_sq_get_text(&q, &row);
		c.month = ch_sq_get_text(&q, &row);
		c.events = (uint64_t)ch_sq_get_int(&q);
		if (!fn(ctx, &c))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

static bool partners(struct ch_making *m, struct ch_sql *db, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena row = { 0 };
	struct ch_sq q;
	bool ok;

	ch_making_add(m, by == CH_COUNT_TIES ? ") AS k CROSS JOIN event_parties p ON p.event = k.head CROSS JOIN events h ON h.n = k.head"
					       " WHERE p.party <> '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST" :
			 by == CH_COUNT_SOURCES ? ") AS k CROSS JOIN event_parties p ON p.event = k.head WHERE p.party <> '' AND p.side = 0 GROUP BY 1 ORDER BY 1" :
			 ") AS k CROSS JOIN event_parties p ON p.event = k.head WHERE p.party <> '' GROUP BY 1 ORDER BY 1");
	q = ch_making_run(m, db);
	while (ch_sq_step(&q)) {
		struct ch_count c = { .party = ch_sq_get_text(&q, &row) };

		if (by == CH_COUNT_TIES) {
			c.type = ch_sq_get_text(&q, &row);
			c.year = ch_sq_get_text(&q, &row);
		}
		c.events = (uint64_t)ch_sq_get_int(&q);
		if (!fn(ctx, &c))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

/* Whom a person said that the name means, and whom that one means. */
#define MEANT(name) "coalesce((SELECT v.value FROM reviews v WHERE " CH_SAID_SAME("v") " AND v.record = " name " ORDER BY v.n DESC LIMIT 1), " name ")"

bool ch_sql_counts(void *db, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_said_names names;
	bool ok = ch_sql_said_names(db, &m.arena, &names, err);

	if (by == CH_COUNT_KINDS || by == CH_COUNT_DAYS) {
		ch_making_add(&m, by == CH_COUNT_DAYS ? "SELECT h.type, h.mode, substr(h.date, 1, 10), count(*) FROM (" :
			      "SELECT h.type, h.mode, substr(h.date, 1, 7), count(*) FROM (");
	} else {
		ch_making_add(&m, names.meant.n ? "SELECT " MEANT(MEANT("p.party")) : "SELECT p.party");
		ch_making_add(&m, by == CH_COUNT_TIES ? ", h.type, substr(h.date, 1, 4), count(DISTINCT p.event) FROM (" : ", count(DISTINCT p.event) FROM (");
	}
	ok = ok && ch_sql_heads(&m, db, q, err) && (by == CH_COUNT_KINDS || by == CH_COUNT_DAYS ? kinds(&m, db, fn, ctx, err) : partners(&m, db, by, fn, ctx, err));
	ch_arena_free(&m.arena);
	return ok;
}

bool ch_sql_totals(void *db, struct ch_arena *arena, struct ch_totals *t, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(*), coalesce(sum(article), 0), (SELECT count(*) FROM stories), count(DISTINCT outlet), min(published),"
				    " max(published) FROM pages", true);
	bool ok;

	*t = (struct ch_totals){ .pages = 0 };
	if (ch_sq_step(&q)) {
		t->pages = (uint64_t)ch_sq_get_int(&q);
		t->articles = (uint64_t)ch_sq_get_int(&q);
		t->stories = (uint64_t)ch_sq_get_int(&q);
		t->outlets = (uint64_t)ch_sq_get_int(&q);
		t->oldest = ch_sq_get_text(&q, arena);
		t->newest = ch_sq_get_text(&q, arena);
	}
	ok = ch_sq_end(&q, err);
	for (unsigned i = 0; ok && i < CH_REG_N; i++) {
		q = ch_sq_open(db, ch_arena_printf(arena, "SELECT count(*) FROM %s WHERE verdict <> 1", ch_register_of((enum ch_register_id)i)->table).ptr, false);
		if (ch_sq_step(&q))
			t->rows[i] = (uint64_t)ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
	}
	return ok;
}
