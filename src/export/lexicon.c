/* export/lexicon.c -- the lexicons of frames and contexts held against their own sentences: those marked + must give the record behind "=", those marked -
 * must not fire their frame. Of a context: + must give it to an event (behind "=": just those, all events together), - to none. */
#include "chancery.h"
#include "event/context.h"
#include "event/frames.h"
#include "export/json.h"
#include "run/run.h"

static struct ch_str side(struct ch_doc *doc, uint32_t first, uint32_t n)
{
	struct ch_str out = CH_STR("");

	for (uint32_t i = 0; i < n; i++) {
		struct ch_str party = doc->actors.v[doc->event_actors.v[first + i]].party;

		out = ch_arena_printf(doc->arena, "%.*s%s%.*s", CH_STR_ARG(out), i ? " + " : "", CH_STR_ARG(party));
	}
	return out;
}

/* "FRA > EGY planned", as sentences of the lexicon have it. */
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

/* True when the sentence did as it should; what it gave is in *got. */
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

		*got = ch_arena_printf(arena, "%.*s%s%s: %.*s", CH_STR_ARG(*got), got->len ? "; " : "", doc->events.v[i].frame,
				       CH_STR_ARG(r));
		if (own && !x->fires)
			return false;
		if (own && (!x->want.len || fits(x->want, r)))
			return true;
	}
	return !x->fires;
}

static bool check_context(const struct ch_engine *engine, struct ch_doc *doc, const struct ch_context_example *x, struct ch_str *got)
{
	struct ch_err err = { "" };
	uint64_t set = 0;

	if (!ch_doc_from_text(doc, doc->arena, x->text, false, &err) || !ch_run_text(engine, doc, &err)) {
		*got = ch_arena_str(doc->arena, ch_str_z(err.text));
		return false;
	}
	for (uint32_t i = 0; i < doc->events.n; i++)
		set |= doc->events.v[i].contexts;
	*got = ch_context_names(doc->arena, set);
	if (x->gives && x->want.len)
		return ch_str_eq(x->want, *got);
	if (!doc->events.n)   /* such a sentence shows nothing */
		*got = CH_STR("no event");
	return doc->events.n && (set >> x->context & 1) == x->gives;
}

/* One sentence's line to row. */
static bool tell(struct ch_arena *arena, const char *file, uint32_t line, const char *name, bool fires, struct ch_str text, struct ch_str want,
		 struct ch_str got, bool good, chancery_row_fn *row, void *ctx)
{
	json_t *o = ch_json_object();
	struct ch_str out;
	bool go_on;

	ch_json_set(o, "file", ch_json_str(ch_str_z(file)));
	ch_json_set(o, "line", json_integer(line));
	ch_json_set(o, "frame", ch_json_str(ch_str_z(name)));
	ch_json_set(o, "fires", json_boolean(fires));
	ch_json_set(o, "sentence", ch_json_str(text));
	ch_json_set(o, "want", ch_json_or_null(want));
	ch_json_set(o, "got", ch_json_or_null(got));
	ch_json_set(o, "ok", json_boolean(good));
	out = ch_json_line(arena, o);
	go_on = row(ctx, out.ptr, out.len);
	ch_arena_reset(arena);
	return go_on;
}

bool chancery_lexicon_check(const struct chancery *public, const char *frame, chancery_row_fn *row, void *ctx)
{
	const struct ch_engine *engine = (const struct ch_engine *)public;
	const struct ch_frames *f = engine->frames;
	const struct ch_contexts *c = engine->contexts;
	struct ch_arena arena = { 0 };
	bool all = true, go_on = true;

	for (uint32_t i = 0; i < f->examples.n && go_on; i++) {
		const struct ch_example *x = &f->examples.v[i];
		struct ch_doc doc;
		struct ch_str got;
		bool good;

		if (frame && strcmp(frame, f->frames.v[x->frame].name) != 0)
			continue;
		ch_doc_init(&doc, &arena);
		good = check(engine, &doc, x, &got);
		all = all && good;
		go_on = tell(&arena, x->file, x->line, f->frames.v[x->frame].name, x->fires, x->text, x->want, got, good, row, ctx);
	}
	for (uint32_t i = 0; c && i < c->examples.n && go_on; i++) {
		const struct ch_context_example *x = &c->examples.v[i];
		struct ch_doc doc;
		struct ch_str got;
		bool good;

		if (frame && strcmp(frame, ch_context_name(x->context)) != 0)
			continue;
		ch_doc_init(&doc, &arena);
		good = check_context(engine, &doc, x, &got);
		all = all && good;
		go_on = tell(&arena, x->file, x->line, ch_context_name(x->context), x->gives, x->text, x->want, got, good, row, ctx);
	}
	ch_arena_free(&arena);
	return all;
}
