/* Every frame's own sentences, through the whole chain: those marked + must give the record behind "=", those marked - must not fire
 * their frame. `test_frames NAME` prints what one frame's sentences give; `test_frames -v` all failures without failing. */
#include "event/frames.h"
#include "run/engine.h"
#include "run/run.h"
#include <stdio.h>
#include <stdlib.h>

static struct ch_str side(struct ch_doc *doc, uint32_t first, uint32_t n)
{
	struct ch_str out = CH_STR("");

	for (uint32_t i = 0; i < n; i++) {
		struct ch_str party = doc->actors.v[doc->event_actors.v[first + i]].party;

		out = ch_arena_printf(doc->arena, "%.*s%s%.*s", CH_STR_ARG(out), i ? " + " : "", CH_STR_ARG(party));
	}
	return out;
}

static struct ch_str record(struct ch_doc *doc, const struct ch_event *e)
{
	static const char *const statuses[] = { "", " planned", " denied", " hypothetical", " historical" };
	struct ch_str a = side(doc, e->source_first, e->source_n), b = side(doc, e->target_first, e->target_n);

	return ch_arena_printf(doc->arena, "%.*s%s%.*s%s", CH_STR_ARG(a), b.len ? " > " : "", CH_STR_ARG(b), statuses[e->status]);
}

/* "*" in what is wanted stands for any party. */
static bool fits(struct ch_str want, struct ch_str got)
{
	while (want.len && got.len) {
		if (want.ptr[0] == '*') {
			size_t n = ch_str_find_byte(got, ' ', 0);

			got = ch_str_sub(got, n == CH_STR_NONE ? got.len : n, got.len);
			want = ch_str_sub(want, 1, want.len);
		} else if (want.ptr[0] == got.ptr[0]) {
			got = ch_str_sub(got, 1, got.len);
			want = ch_str_sub(want, 1, want.len);
		} else {
			return false;
		}
	}
	return !want.len && !got.len;
}

/* True when the sentence did as it should; what it gave instead is in *got. */
static bool check(const struct ch_engine *engine, struct ch_doc *doc, const struct ch_example *x, struct ch_str *got)
{
	struct ch_err err = { "" };
	struct ch_arena *arena = doc->arena;
	const char *name = engine->frames->frames.v[x->frame].name;

	*got = CH_STR("");
	if (!ch_doc_from_text(doc, arena, x->text, false, &err) || !ch_run_text(engine, doc, &err)) {
		*got = ch_arena_str(arena, ch_str_z(err.text));
		return false;
	}
	for (uint32_t i = 0; i < doc->events.n; i++) {
		struct ch_str r = record(doc, &doc->events.v[i]);
		bool own = !strcmp(doc->events.v[i].frame, name);

		*got = ch_arena_printf(arena, "%.*s[%s %.*s] ", CH_STR_ARG(*got), doc->events.v[i].frame, CH_STR_ARG(r));
		if (own && !x->fires)
			return false;
		if (own && (!x->want.len || fits(x->want, r)))
			return true;
	}
	return !x->fires;
}

int main(int argc, char **argv)
{
	struct ch_engine *engine;
	struct ch_arena arena = { 0 };
	struct ch_err err = { "" };
	unsigned passed = 0, failed = 0;
	bool lenient = argc > 1 && !strcmp(argv[1], "-v");

	if (!ch_engine_open(NULL, &engine, &err)) {
		fprintf(stderr, "test_frames: %s\n", err.text);
		return 1;
	}
	for (uint32_t i = 0; i < engine->frames->examples.n; i++) {
		const struct ch_example *x = &engine->frames->examples.v[i];
		struct ch_doc doc;
		struct ch_str got;
		bool good;

		if (argc > 1 && !lenient && strcmp(argv[1], engine->frames->frames.v[x->frame].name))
			continue;
		ch_doc_init(&doc, &arena);
		good = check(engine, &doc, x, &got);
		*(good ? &passed : &failed) += 1;
		if (!good || (argc > 1 && !lenient))
			printf("%s:%u: %s%s %.*s\n\twant %.*s\n\tgot  %.*s\n", x->file, x->line, good ? "" : "FAILED ",
			       engine->frames->frames.v[x->frame].name, CH_STR_ARG(x->text), CH_STR_ARG(x->want), CH_STR_ARG(got));
		ch_arena_reset(&arena);
	}
	printf("%u sentences as they should be, %u not\n", passed, failed);
	ch_arena_free(&arena);
	ch_engine_close(engine);
	return failed && !lenient ? 1 : 0;
}
