/* Any bytes as gold that holds its sentences: reading ends, a slip is one line, and gold against itself is right throughout. What
 * stands behind a NUL is a system's records of it. */
#include "export/eval.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void broken(const char *what)
{
	fprintf(stderr, "eval: %s\n", what);
	abort();
}

static bool all(const struct ch_eval_count *c)
{
	return c->match == c->gold && c->match == c->system;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str bytes = ch_str_n((const char *)data, size), gold = { 0 }, system = { 0 };
	struct ch_eval_gold g = { 0 };
	struct ch_eval_case c;
	struct ch_err err = { 0 };
	uint64_t unknown;

	ch_eval_holds_sentences(bytes);
	if (ch_str_cut(&bytes, '\0', &gold))
		system = bytes;
	if (!ch_eval_gold_read(&g, gold, "g", &err)) {
		if (!err.text[0] || strchr(err.text, '\n'))
			broken("a slip is not one line");
		ch_eval_gold_free(&g);
		return 0;
	}
	for (uint32_t i = 0; i < g.sentences.n; i++) {
		struct ch_eval_sentence s = g.sentences.v[i];

		for (uint32_t k = 0; k < s.events.n; k++)
			*CH_PUSH(&g.arena, &s.system) = s.events.v[k];
		if (!s.text.len || !s.id.len)
			broken("a sentence without text or id");
		if (ch_eval_case(&s, &c, NULL, &err) && !(all(&c.type) && all(&c.actors) && all(&c.cameo) && all(&c.cameo_actors) && c.exact && c.exact_cameo))
			broken("gold is not like itself");
	}
	if (ch_eval_system_read(&g, system, "s", &unknown, &err))
		for (uint32_t i = 0; i < g.sentences.n; i++)
			if (ch_eval_case(&g.sentences.v[i], &c, NULL, &err) && (c.actors.match > c.actors.gold || c.actors.match > c.actors.system))
				broken("more matches than events");
	ch_eval_gold_free(&g);
	return 0;
}
