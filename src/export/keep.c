/* export/keep.c -- upkeep of a store. */
#include "chancery.h"
#include "store/store.h"

struct telling {
	chancery_line_fn *line;
	void *ctx;
	unsigned long long n;
};

static void tell(void *ctx, struct ch_str line)
{
	struct telling *t = ctx;

	t->n++;
	t->line(t->ctx, line.ptr, line.len);
}

bool chancery_store_check(struct chancery_store *store, chancery_line_fn *line, void *ctx, unsigned long long *broken, struct chancery_error *error)
{
	struct telling t = { line, ctx, 0 };
	bool ok = ch_store_check((struct ch_store *)store, tell, &t, (struct ch_err *)error);

	*broken = t.n;
	return ok;
}

bool chancery_store_vacuum(struct chancery_store *store, struct chancery_error *error)
{
	return ch_store_vacuum((struct ch_store *)store, (struct ch_err *)error);
}

bool chancery_store_backup(struct chancery_store *store, const char *to, struct chancery_error *error)
{
	return ch_store_backup((struct ch_store *)store, to, (struct ch_err *)error);
}

bool chancery_store_copy(struct chancery_store *from, struct chancery_store *to, struct chancery_error *error)
{
	return ch_store_copy((struct ch_store *)from, (struct ch_store *)to, (struct ch_err *)error);
}
