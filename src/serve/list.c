/* serve/list.c -- lists, as the client wants them: JSON a page at a time, or CSV and JSON lines of all that there is, in constant memory.
 *
 * A list that goes on by cursors is sent by pieces, each a question of its own: nothing is held open while a slow client reads, and what comes
 * into the store meanwhile moves nothing. */
#include "serve/serve.h"
#include <limits.h>
#include <stdio.h>

enum { PIECE_RECORDS = 500, WHOLE_MAX = 10000 /* records of a list that cannot be sent by pieces */ };

enum format { FORMAT_JSON, FORMAT_LINES, FORMAT_CSV, FORMAT_N };

static const struct {
	const char *name, *type, *ending;
} formats[FORMAT_N] = {
	[FORMAT_JSON] = { "json", "application/json", "json" },
	[FORMAT_LINES] = { "jsonl", "application/x-ndjson", "jsonl" },
	[FORMAT_CSV] = { "csv", "text/csv; charset=utf-8", "csv" },
};

/* What the parameter says, since a link cannot set a header; else what Accept wants most. */
static bool get_format(struct ch_call *call, enum format *format)
{
	const struct ch_str accept = ch_request_header(call->request, "Accept");
	unsigned most = 0;
	const char *asked;

	*format = FORMAT_JSON;
	if (!ch_call_param(call, "format", &asked))
		return false;
	for (int i = 0; i < FORMAT_N; i++) {
		const unsigned wanted = ch_accepts(accept, i == FORMAT_CSV ? "text/csv" : formats[i].type);

		if (asked ? strcmp(asked, formats[i].name) == 0 : wanted > most) {
			*format = (enum format)i;
			most = wanted;
			if (asked)
				return true;
		}
	}
	return !asked || !ch_answer_error(call, 400, "format: json, jsonl or csv is wanted, not '%.40s'", asked);
}

/* ---- text ---- */

struct sending {
	struct ch_listing list;
	enum format format;
	const struct chancery_column *columns;
	size_t n_columns;
	char next[CHANCERY_NEXT], after[CHANCERY_NEXT];
	unsigned long long left, number;   /* records to come; 0: no more. Of the record that comes */
	unsigned long long most;           /* of a list that does not go on, so many; 0: all */
	bool cut;                          /* there were more */
	struct ch_arena *arena;            /* of the piece */
	CH_VEC(char) out;
};

static bool put(void *ctx, const char *text, size_t size)
{
	struct sending *s = ctx;

	if (s->out.n + size > s->out.cap) {
		const uint32_t cap = (uint32_t)(s->out.n + size) * 2;

		s->out.v = ch_arena_grow(s->arena, s->out.v, s->out.n, cap, 1);
		s->out.cap = cap;
	}
	memcpy(s->out.v + s->out.n, text, size);
	s->out.n += (uint32_t)size;
	return true;
}

static bool put_csv(void *ctx, const char *json, size_t size)
{
	struct sending *s = ctx;

	return chancery_csv(s->columns, s->n_columns, json, size, put, s);
}

static bool put_record(void *ctx, const char *json, size_t size)
{
	struct sending *s = ctx;

	s->cut = s->most && s->number == s->most;
	if (s->cut)
		return false;
	s->number++;
	if (s->left != ULLONG_MAX)
		s->left--;
	if (s->format == FORMAT_CSV)
		return chancery_lines(s->list.table, s->number, json, size, put_csv, s);
	if (s->format == FORMAT_JSON && s->number > 1)
		put(s, ",", 1);
	put(s, json, size);
	return s->format == FORMAT_JSON || put(s, "\n", 1);
}

/* ---- by pieces ---- */

/* Writes on until there is something to send, or nothing more. */
static bool more(struct sending *s, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece, struct chancery_error *error)
{
	struct chancery_query *q = &s->list.query;

	s->arena = arena;
	memset(&s->out, 0, sizeof s->out);
	if (!s->number && s->format == FORMAT_CSV)
		chancery_csv(s->columns, s->n_columns, NULL, 0, put, s);
	/* a list may say that it goes on and have given nothing yet */
	for (const uint32_t before = s->out.n; s->left && s->out.n == before;) {
		q->limit = s->left < PIECE_RECORDS ? s->left : PIECE_RECORDS;
		if (*s->after)
			q->after = s->after;
		*s->next = '\0';
		q->next = s->next;
		if (!s->list.ask(&s->list, store, put_record, s, error))
			return false;
		memcpy(s->after, s->next, sizeof s->after);
		if (!*s->next)
			s->left = 0;
	}
	*piece = ch_str_n(s->out.v ? s->out.v : "", s->out.n);
	return true;
}

static bool send_more(void *ctx, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece)
{
	struct chancery_error error;

	return more(ctx, store, arena, piece, &error);
}

static void name_file(struct ch_call *call, const struct sending *s)
{
	struct ch_str name = ch_arena_printf(call->request->arena, "attachment; filename=\"%s.%s\"", s->list.table, formats[s->format].ending);

	ch_answer_header(call->request, call->answer, "Content-Disposition", name);
}

/* One more is asked for than is given, so that a list that is cut can say so. */
static void at_most(struct sending *s, unsigned long long n)
{
	s->most = s->list.whole ? 0 : n;
	s->list.query.limit = n + 1;
}

static bool send_all(struct ch_call *call, struct sending *s, unsigned long long limit)
{
	struct ch_str piece;

	s->left = limit ? limit : ULLONG_MAX;
	if (!s->list.goes_on) {
		at_most(s, limit && limit < WHOLE_MAX ? limit : WHOLE_MAX);
		s->arena = call->request->arena;
		if (s->format == FORMAT_CSV)
			chancery_csv(s->columns, s->n_columns, NULL, 0, put, s);
		if (!s->list.ask(&s->list, call->store, put_record, s, &call->error))
			return ch_call_failed(call, 400);
		if (s->cut && (!limit || limit > WHOLE_MAX))
			return ch_answer_error(call, 400, "there are more than %d of these, which is as many as are given: ask for less (limit, or a filter)", WHOLE_MAX);
		piece = ch_str_n(s->out.v ? s->out.v : "", s->out.n);
		s->left = 0;
	} else if (!more(s, call->store, call->request->arena, &piece, &call->error)) {
		return ch_call_failed(call, 400);
	}
	*call->answer = (struct ch_answer){ .status = 200, .type = formats[s->format].type, .body = piece };
	if (s->left) {
		call->answer->piece = send_more;
		call->answer->ctx = s;
	}
	name_file(call, s);
	return true;
}

static bool send_page(struct ch_call *call, struct sending *s, unsigned long long limit)
{
	s->arena = call->request->arena;
	s->left = ULLONG_MAX;
	s->list.query.limit = limit;
	s->list.query.next = s->list.goes_on ? s->next : NULL;
	if (!s->list.goes_on)
		at_most(s, limit);
	put(s, "{\"records\":[", 12);
	if (!s->list.ask(&s->list, call->store, put_record, s, &call->error))
		return ch_call_failed(call, 400);
	/* what a cursor is made of needs no escape */
	put(s, "],\"next\":", 9);
	put(s, *s->next ? "\"" : "null", *s->next ? 1 : 4);
	put(s, s->next, strlen(s->next));
	put(s, "\"", *s->next ? 1 : 0);
	put(s, ",\"cut\":true", s->cut ? 11 : 0);
	put(s, "}\n", 2);
	*call->answer = (struct ch_answer){ .status = 200, .type = formats[FORMAT_JSON].type, .body = ch_str_n(s->out.v, s->out.n) };
	return true;
}

bool ch_call_listing(struct ch_call *call, const struct ch_listing *list)
{
	struct sending *s = CH_NEW(call->request->arena, struct sending);
	unsigned long long limit = 0;

	*s = (struct sending){ .list = *list };
	s->list.engine = call->server->engine;
	s->columns = chancery_columns(list->table, &s->n_columns);
	if (!get_format(call, &s->format))
		return true;
	if (s->format != FORMAT_JSON) {
		if (!ch_call_number(call, "limit", 1000000000, &limit))
			return true;
		return send_all(call, s, limit);
	}
	limit = CH_SERVE_PAGE;
	if (!ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, &limit))
		return true;
	if (!limit)
		return ch_answer_error(call, 400, "limit: all at once is there as format=csv or jsonl; of json, pages of up to %d", CH_SERVE_PAGE_MAX);
	return send_page(call, s, limit);
}
