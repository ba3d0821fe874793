/* A request, whatever its bytes, over a small store: "METHOD TARGET", lines of headers, an empty line, a body. It is answered, with a status in
 * range; what is refused is one JSON object with one line in it; what is JSON is well formed, packed or not. */
#include "../unit/serve/ask.h"
#include <jansson.h>
#include <stdlib.h>

enum { PIECES = 3 };

static bool is_json(struct ch_str text, bool refused)
{
	json_error_t error;
	json_t *json = json_loadb(text.ptr, text.len, JSON_DECODE_ANY, &error);
	const char *line = refused ? json_string_value(json_object_get(json, "error")) : "";
	const bool ok = json && line && !strchr(line, '\n');

	json_decref(json);
	return ok;
}

/* Made at the first input, kept over all. */
static struct site *the_site(void)
{
	static struct site site;
	static struct chancery *engine;
	struct chancery_error error;

	if (!site.server.stores && (!site_make(&site) || !chancery_open(NULL, &engine, &error))) {
		fprintf(stderr, "request: the store cannot be made\n");
		abort();
	}
	site.server.engine = engine;
	return &site;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct site *s = the_site();
	struct ch_str rest = ch_str_n((const char *)data, size), line, method, target;
	const struct ch_answer *a = &s->answer;
	const char *broken;
	size_t blank;

	ch_arena_reset(&s->arena);
	if (!ch_str_cut(&rest, '\n', &line) || size > 1 << 16)
		return 0;
	s->request = (struct ch_request){ .arena = &s->arena };
	blank = ch_str_find_byte(line, ' ', 0);
	method = ch_str_sub(line, 0, blank);
	target = blank == CH_STR_NONE ? CH_STR("") : ch_str_sub(line, blank + 1, line.len);
	/* libmicrohttpd gives C strings */
	for (size_t i = 0; i < size; i++)
		if (!data[i])
			return 0;
	s->request.method = ch_arena_str(&s->arena, method);
	site_target(&s->request, target);
	blank = ch_str_find(rest, CH_STR("\n\n"), 0);
	site_headers(&s->request, ch_str_sub(rest, 0, blank));
	s->request.body = blank == CH_STR_NONE ? CH_STR("") : ch_str_sub(rest, blank + 2, rest.len);
	ch_serve_answer(&s->server, &s->request, &s->answer);
	broken = site_broken(&s->arena, a);
	if (!broken && a->type && strcmp(a->type, "application/json") == 0 && !site_header(a, "Content-Encoding").len && !is_json(a->body, a->status >= 400))
		broken = "JSON is well formed";
	/* what comes behind the first piece, too */
	if (a->piece && !broken) {
		struct chancery_error error;
		struct chancery_store *store = ch_stores_take(s->server.stores, &error);
		struct ch_arena piece_arena = { 0 };
		struct ch_str piece = a->body;

		for (int i = 0; store && i < PIECES && (piece.len || a->live); i++) {
			ch_arena_reset(&piece_arena);
			piece = CH_STR("");
			if (!a->piece(a->ctx, store, &piece_arena, &piece))
				broken = "what began goes on";
		}
		ch_arena_free(&piece_arena);
		if (store)
			ch_stores_give(s->server.stores, store, false);
	}
	if (broken) {
		fprintf(stderr, "request: %s: %u %.*s\n", broken, a->status, CH_STR_ARG(a->body));
		abort();
	}
	return 0;
}
