/* serve/export.c -- formats of the field, by pieces: each is a question of its own, so that a slow client holds nothing open. */
#include "serve/serve.h"

enum {
	PIECE_RECORDS = 500,
	PIECE_BYTES = 16 << 20,   /* of what cannot be parted: series are whole when the last event was looked at */
};

struct exporting {
	struct chancery_export_how how;   /* strings in the request's arena, as those of query */
	struct chancery_query query;
	char next[CHANCERY_NEXT], after[CHANCERY_NEXT];
	struct ch_arena *arena;           /* of the piece */
	CH_VEC(char) out;
	bool ended, too_long;
};

static bool put(void *ctx, const char *line, size_t size)
{
	struct exporting *x = ctx;

	x->too_long = x->out.n + size + 1 > PIECE_BYTES;
	if (x->too_long)
		return false;
	if (x->out.n + size + 1 > x->out.cap) {
		const uint32_t cap = (uint32_t)(x->out.n + size + 1) * 2;

		x->out.v = ch_arena_grow(x->arena, x->out.v, x->out.n, cap, 1);
		x->out.cap = cap;
	}
	memcpy(x->out.v + x->out.n, line, size);
	x->out.n += (uint32_t)size;
	x->out.v[x->out.n++] = '\n';
	return true;
}

/* Goes on until there is something to send, or nothing more. */
static bool more(struct exporting *x, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece, struct chancery_error *error)
{
	x->arena = arena;
	memset(&x->out, 0, sizeof x->out);
	while (!x->ended && !x->out.n) {
		x->query.limit = PIECE_RECORDS;
		x->query.after = x->after;
		x->query.next = x->next;
		if (!chancery_export(store, &x->how, &x->query, put, x, NULL, error))
			return false;
		memcpy(x->after, x->next, sizeof x->after);
		x->ended = !*x->next;
	}
	*piece = ch_str_n(x->out.v ? x->out.v : "", x->out.n);
	return true;
}

static bool send_more(void *ctx, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece)
{
	struct chancery_error error;
	struct exporting *x = ctx;

	return more(x, store, arena, piece, &error) && !x->too_long;
}

static void name_file(struct ch_call *call, const char *format, const char *type)
{
	const char *ending = strstr(type, "csv") ? "csv" : strstr(type, "json") ? "jsonl" : "tsv";

	ch_answer_header(call->request, call->answer, "Content-Disposition",
			 ch_arena_printf(call->request->arena, "attachment; filename=\"%s.%s\"", format, ending));
}

static bool send_dictionary(struct ch_call *call, struct exporting *x)
{
	x->arena = call->request->arena;
	if (!chancery_export_columns(x->how.format, put, x, &call->error))
		return ch_call_failed(call, 400);
	*call->answer = (struct ch_answer){ .status = 200, .type = "text/csv; charset=utf-8", .body = ch_str_n(x->out.v ? x->out.v : "", x->out.n) };
	return true;
}

bool ch_api_export(struct ch_call *call)
{
	struct exporting *x = CH_NEW(call->request->arena, struct exporting);
	const char *format = call->args[0].ptr, *type = chancery_export_type(format);
	struct ch_str first;
	bool dictionary;

	*x = (struct exporting){ .how = { .format = format } };
	if (!type)
		return !chancery_export_has(format, &call->error) && ch_call_failed(call, 404);
	if (!ch_call_query(call, NULL, &x->query) || !ch_call_flag(call, "fill", &x->how.fill) ||
	    !ch_call_flag(call, "dictionary", &dictionary))
		return true;
	if (dictionary)
		return send_dictionary(call, x);
	if (!more(x, call->store, call->request->arena, &first, &call->error))
		return ch_call_failed(call, 400);
	if (x->too_long)
		return ch_answer_error(call, 400, "that is more than %d MB, which %s gives whole: ask for less (who, since, until), or use `chancery export`",
				       PIECE_BYTES >> 20, format);
	*call->answer = (struct ch_answer){ .status = 200, .type = type, .body = first };
	if (!x->ended) {
		call->answer->piece = send_more;
		call->answer->ctx = x;
	}
	name_file(call, format, type);
	return true;
}
