/* bench/coref.c -- coref MODE BASE...: the chains of documents whose words, and perhaps phrases, are given. For bench/coref.py and
 * train/coref.py, which write and read these files.
 *
 * BASE.conllu holds the words, BASE.gold "day YYYY-MM-DD" and lines "FIRST PAST HEAD CHAIN" of gold phrases. MODE:
 *   own    our phrases and their chains: lines "FIRST PAST HEAD KIND CHAIN" behind a line "= BASE"
 *   given  the same for the phrases of BASE.gold
 *   rows-own, rows-given   what the ranker sees where it follows the gold chains, to stdout as rows of ROW numbers of 16 bits:
 *                          1 where a phrase begins, 1 where the row is right, the features, 65535 for the rest */
#include "doc/conllu.h"
#include "run/engine.h"
#include "run/input.h"
#include "run/run.h"
#include "who/coref.h"
#include <stdio.h>
#include <stdlib.h>

#define ROW 128

struct gold {
	CH_VEC(struct who_given) given;
	uint32_t *by_head, *by_joined;      /* by token: 1 + given phrase */
	uint32_t *ours;                     /* by gold chain: 1 + our chain */
	struct ch_doc *doc;
};

static void fail(const char *what, const struct ch_err *err)
{
	fprintf(stderr, "coref: %s: %s\n", what, err->text);
	exit(1);
}

static bool joined(const struct ch_doc *doc, const struct who_given *g)
{
	for (uint32_t t = g->head + 1; t < g->past; t++)
		if (doc->tokens.v[t].deprel == CH_DEP_CONJ && doc->tokens.v[t].head == g->head)
			return true;
	return false;
}

static const struct who_given *gold_of(const struct gold *g, const struct who_phrase *p)
{
	uint32_t at = p->joined ? g->by_joined[p->head] : g->by_head[p->head];

	return at ? &g->given.v[at - 1] : NULL;
}

static uint32_t truth(void *ctx, const struct who_phrase *p)
{
	const struct gold *g = ctx;
	const struct who_given *x = gold_of(g, p);

	return x && g->ours[x->chain] ? g->ours[x->chain] - 1 : CH_NONE;
}

static void told(void *ctx, const struct who_phrase *p)
{
	struct gold *g = ctx;
	const struct who_given *x = gold_of(g, p);

	if (x)
		g->ours[x->chain] = p->chain + 1;
}

static void row(void *ctx, bool first, bool right, const uint16_t *f, uint32_t n)
{
	uint16_t out[ROW];

	(void)ctx;
	memset(out, 0xff, sizeof out);
	out[0] = first;
	out[1] = right;
	for (uint32_t i = 0; i < n && i + 2 < ROW; i++)
		out[i + 2] = f[i];
	fwrite(out, sizeof out, 1, stdout);
}

static void read_gold(struct gold *g, struct ch_arena *arena, struct ch_str file)
{
	struct ch_str line;
	uint32_t most = 0;

	while (ch_str_cut(&file, '\n', &line)) {
		uint32_t v[4], n = 0;
		struct ch_str word;

		if (ch_str_starts(line, CH_STR("day "))) {
			g->doc->meta.published = ch_day_parse(ch_str_sub(line, 4, line.len));
			continue;
		}
		while (n < 4 && ch_str_cut(&line, ' ', &word) && ch_str_uint(word, &v[n]))
			n++;
		if (n < 4 || v[0] > v[2] || v[2] >= v[1] || v[1] > g->doc->tokens.n)
			continue;
		*CH_PUSH(arena, &g->given) = (struct who_given){v[0], v[1], v[2], v[3]};
		most = v[3] > most ? v[3] : most;
	}
	g->ours = CH_NEW_N(arena, uint32_t, most + 1);
	g->by_head = CH_NEW_N(arena, uint32_t, g->doc->tokens.n + 1);
	g->by_joined = CH_NEW_N(arena, uint32_t, g->doc->tokens.n + 1);
}

/* Of several phrases with one head the smallest is the one meant by the head, the smallest with a conjunct the joined one. */
static void index_gold(struct gold *g)
{
	for (uint32_t i = 0; i < g->given.n; i++) {
		const struct who_given *x = &g->given.v[i];
		uint32_t *at = joined(g->doc, x) ? &g->by_joined[x->head] : &g->by_head[x->head];

		if (!*at || g->given.v[*at - 1].past - g->given.v[*at - 1].first > x->past - x->first)
			*at = i + 1;
	}
}

static void one(const struct ch_engine *engine, const char *mode, const char *base, struct ch_arena *arena)
{
	struct ch_str words, spans;
	struct ch_doc doc;
	struct ch_err err;
	struct gold g = {.doc = &doc};
	struct who_coref_trace trace = {.ctx = &g};
	bool cut, rows = strncmp(mode, "rows", 4) == 0;

	ch_doc_init(&doc, arena);
	if (!ch_input_read(arena, ch_arena_printf(arena, "%s.conllu", base).ptr, &words, &cut, &err) ||
	    !ch_input_read(arena, ch_arena_printf(arena, "%s.gold", base).ptr, &spans, &cut, &err) ||
	    !ch_conllu_read(&doc, arena, words, &err))
		fail(base, &err);
	/* one paragraph: quotations may go on over several sentences */
	for (uint32_t i = 0; i < doc.sentences.n; i++)
		doc.sentences.v[i].block = 0;
	doc.blocks.v[0].span.end = (uint32_t)doc.text.len;
	doc.blocks.n = 1;
	read_gold(&g, arena, spans);
	if (!ch_run_stages(engine, &doc, CH_STAGE_SYNTAX, CH_STAGE_WHO, &err))
		fail(base, &err);
	index_gold(&g);
	if (strstr(mode, "given")) {
		trace.given = g.given.v;
		trace.n_given = g.given.n;
	}
	if (rows) {
		trace.truth = truth;
		trace.joined = told;
		trace.row = row;
	}
	if (!ch_who_traced(engine, &doc, &trace, &err))
		fail(base, &err);
	if (rows)
		return;
	printf("= %s\n", base);
	for (uint32_t i = 0; i < doc.phrases.n; i++) {
		const struct ch_phrase *p = &doc.phrases.v[i];

		printf("%u %u %u %u %u\n", p->first, p->past, p->head, (unsigned)p->kind, p->chain);
	}
}

int main(int argc, char **argv)
{
	struct ch_engine *engine;
	struct ch_arena arena = { 0 };
	struct ch_err err;

	if (argc < 3) {
		fputs("usage: coref own|given|rows-own|rows-given BASE...\n", stderr);
		return 2;
	}
	if (!ch_engine_open(NULL, &engine, &err))
		fail("engine", &err);
	for (int i = 2; i < argc; i++) {
		one(engine, argv[1], argv[i], &arena);
		ch_arena_reset(&arena);
	}
	ch_engine_close(engine);
	ch_arena_free(&arena);
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
