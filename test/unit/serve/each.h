/* Many questions and what must come of them, a line each. Behind cmocka.h and jansson.h. */
#ifndef CH_TEST_SERVE_EACH_H
#define CH_TEST_SERVE_EACH_H
#include "ask.h"

struct ask {
	const char *method, *target, *headers, *body;
	unsigned status;
	const char *holds;     /* of the body; NULL: whatever */
};

static inline void each(struct site *s, const struct ask *asks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ask *k = &asks[i];
		const struct ch_answer *a = site_ask(s, k->method, k->target, k->headers, k->body);
		const char *broken = site_broken(&s->arena, a);

		if (broken)
			fail_msg("%s %s: %s", k->method, k->target, broken);
		if (a->status != k->status)
			fail_msg("%s %s: %u, not %u: %.*s", k->method, k->target, a->status, k->status, (int)(a->body.len < 200 ? a->body.len : 200), a->body.ptr);
		if (k->holds && ch_str_find(a->body, ch_str_z(k->holds), 0) == CH_STR_NONE)
			fail_msg("%s %s: no '%s' in %.*s", k->method, k->target, k->holds, (int)(a->body.len < 400 ? a->body.len : 400), a->body.ptr);
		if (a->status >= 400 && ch_str_find(a->body, ch_str_z(s->path), 0) != CH_STR_NONE)
			fail_msg("%s %s tells where the store is: %.*s", k->method, k->target, CH_STR_ARG(a->body));
		if (a->status >= 400) {
			json_error_t error;
			json_t *json = json_loadb(a->body.ptr, a->body.len, 0, &error);

			if (!json || !json_is_string(json_object_get(json, "error")) || strchr(json_string_value(json_object_get(json, "error")), '\n'))
				fail_msg("%s %s: %.*s", k->method, k->target, CH_STR_ARG(a->body));
			json_decref(json);
		}
	}
}
#define EACH(s, asks) each(s, asks, sizeof asks / sizeof *asks)
#endif
