/* export/out.c -- rows of fields, as tables of the field have them. */
#include "base/utf8.h"
#include "export/out.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

void ch_out_lost(struct ch_out *out, enum ch_lost what)
{
	out->lost[what]++;
}

static void bytes(struct ch_out *out, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		*CH_PUSH(&out->arena, &out->line) = s.ptr[i];
}

/* RFC 4180. formula: it would be taken for one. */
static void quoted(struct ch_out *out, struct ch_str s, bool formula)
{
	bool quote = formula;

	for (size_t i = 0; i < s.len; i++)
		quote = quote || s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
	if (!quote) {
		bytes(out, s);
		return;
	}
	bytes(out, formula ? CH_STR("\"'") : CH_STR("\""));
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"')
			bytes(out, CH_STR("\""));
		bytes(out, ch_str_n(s.ptr + i, 1));
	}
	bytes(out, CH_STR("\""));
}

void ch_out_put(struct ch_out *out, struct ch_str s)
{
	const struct ch_format *f = out->format;

	s = s.len ? ch_utf8_repair(&out->arena, s, NULL) : ch_str_z(f->null);
	if (out->fields++)
		*CH_PUSH(&out->arena, &out->line) = f->between;
	if (f->between == ',') {
		quoted(out, s, ch_csv_formula(s) && strcmp(f->columns[out->fields - 1].type, "number") != 0);
		return;
	}
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		*CH_PUSH(&out->arena, &out->line) = (unsigned char)c < ' ' || c == 0x7f ? ' ' : c;
	}
}

void ch_out_printf(struct ch_out *out, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	ch_out_put(out, ch_str_z(text));
}

void ch_out_nulls(struct ch_out *out, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		ch_out_put(out, CH_STR(""));
}

static bool give(struct ch_out *out, struct ch_str line)
{
	out->rows++;
	out->ended = !out->row(out->ctx, line.ptr, line.len);
	return !out->ended;
}

bool ch_out_end(struct ch_out *out)
{
	bool go;

	assert(out->fields == out->format->n_columns);
	go = give(out, ch_str_n(out->line.v, out->line.n));
	out->line.n = out->fields = 0;
	return go;
}

bool ch_out_json(struct ch_out *out, json_t *object)
{
	return give(out, ch_json_line(&out->arena, object));
}

bool ch_out_first(struct ch_out *out, struct ch_str id)
{
	uint64_t hash = ch_str_hash(id) | 1, *place;

	if (!out->seen)
		out->seen = CH_NEW_N(&out->whole, uint64_t, CH_OUT_SEEN);
	place = &out->seen[hash >> 1 & (CH_OUT_SEEN - 1)];
	if (*place == hash)
		return false;
	*place = hash;
	return true;
}

void ch_out_forget(struct ch_out *out)
{
	ch_arena_reset(&out->arena);
	out->line.v = NULL;
	out->line.n = out->line.cap = out->fields = 0;
}

struct walk {
	struct ch_out *out;
	bool (*fn)(struct ch_out *out, const struct ch_event_record *e);
};

/* Without the sentences that their pages do not let go. */
static bool fit(void *ctx, const struct ch_event_record *e)
{
	struct walk *w = ctx;
	struct ch_out *out = w->out;
	struct ch_event_record copy = *e;
	bool go;

	if (out->format->sentences) {
		copy.reports = CH_NEW_N(&out->arena, struct ch_report, e->n_reports);
		for (uint32_t i = 0; i < e->n_reports; i++) {
			copy.reports[i] = e->reports[i];
			if (e->reports[i].page->license_forbids && e->reports[i].sentence_text.len) {
				copy.reports[i].sentence_text = (struct ch_str){ 0 };
				out->withheld++;
			}
		}
	}
	go = w->fn(out, &copy);
	ch_out_forget(out);
	return go;
}

bool ch_out_events(struct ch_out *out, bool (*fn)(struct ch_out *out, const struct ch_event_record *e), struct ch_err *err)
{
	return ch_store_events(out->store, &out->query, fit, &(struct walk){ out, fn }, err);
}
