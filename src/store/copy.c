/* store/copy.c -- a store into another, of whatever kind: every row of every table, by the tables' and columns' names. */
#include "store/store_priv.h"

/* In an order in which nothing refers to what comes later. Full text is no table of its own: it is made anew. */
const char *const ch_store_tables[] = {
	"pages", "page_raw", "blocks", "sentences", "actors", "actor_names", "events", "event_parties", "sayings", "saying_keys", "statements",
	"statement_notes", "reports", "report_parties", "instruments", "instrument_parties", "roles", "positions", "tallies", "pledges",
	"gatherings", "initiatives", "relations", "marks", "row_parties", "reviews", "recoding", "stories", "signatures", "signature_keys", "copies",
	"event_links", "event_groups", "event_near", "event_pairs", "watchlists", NULL,
};

struct copying {
	const struct ch_store_verbs *to;
	void *db;
	struct ch_err *err;
	bool ok;
};

static bool take(void *ctx, const struct ch_table_row *row)
{
	struct copying *c = ctx;

	c->ok = c->to->row_in(c->db, row, c->err);
	return c->ok;
}

static bool any_page(void *ctx, const struct ch_page_info *page)
{
	(void)page;
	*(bool *)ctx = true;
	return false;
}

bool ch_copy(const struct ch_store_verbs *from, void *from_db, const struct ch_store_verbs *to, void *to_db, struct ch_err *err)
{
	struct copying c = { to, to_db, err, true };
	bool full = false;

	if (!to->pages(to_db, &(struct ch_query){ .limit = 1 }, any_page, &full, err))
		return false;
	if (full)
		return ch_fail(err, "the store to copy to has pages of its own; give one that is new");
	if (!to->begin(to_db, err))
		return false;
	if (from->all_out(from_db, take, &c, err) && c.ok && to->rows_done(to_db, err))
		return to->commit(to_db, err);
	to->rollback(to_db);
	return false;
}
