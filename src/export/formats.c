/* export/formats.c -- the formats of export as a table, one walk over the store, and the account of what a format could not hold. */
#include "export/out.h"
#include "export/query.h"
#include <stdio.h>

static const struct ch_format *const formats[] = {
	&ch_to_plover, &ch_to_csv, &ch_to_jsonl, &ch_to_gdelt, &ch_to_gdelt_mentions, &ch_to_phoenix, &ch_to_petrarch, &ch_to_icews,
	&ch_to_polecat, &ch_to_ftm, &ch_to_jsonld, &ch_to_dyad_day, &ch_to_dyad_month,
};

enum { N_FORMATS = sizeof formats / sizeof *formats };

static const struct ch_format *format_of(const char *name, struct ch_err *err)
{
	char names[256] = "";

	for (size_t i = 0; i < N_FORMATS; i++) {
		size_t n = strlen(names);

		if (strcmp(name, formats[i]->name) == 0)
			return formats[i];
		snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "", formats[i]->name);
	}
	(void)ch_fail(err, "there is no format '%s' (%s)", name, names);
	return NULL;
}

bool chancery_export_has(const char *format, struct chancery_error *error)
{
	return format_of(format, (struct ch_err *)error) != NULL;
}

/* ---- what was lost ---- */

static const char *const lost_names[CH_LOST_N] = {
	[CH_LOST_ACTOR] = "actor", [CH_LOST_ORG] = "organisation", [CH_LOST_SECTOR] = "sector", [CH_LOST_COUNTRY] = "country",
	[CH_LOST_COW] = "COW code", [CH_LOST_PLACE] = "place", [CH_LOST_CAMEO] = "CAMEO code (the type's was written)", [CH_LOST_MODE] = "mode",
	[CH_LOST_NULL_DATE] = "date", [CH_LOST_FIRST_DAY] = "month or year (its first day was written)",
	[CH_LOST_PUBLISHED] = "unsaid date (that of the page was written)",
	[CH_LOST_STATUS] = "denied, hypothetical or only to be said", [CH_LOST_UNDATED] = "without a date that fits", [CH_LOST_ALONE] = "without a second party",
};

/* "not mapped: sector 3, place 1; events left out: without a date that fits 2". */
static void account(const struct ch_out *out, char note[512])
{
	size_t n = 0;
	bool part = false;     /* of the line has begun */

	note[0] = '\0';
	for (int i = 0; i < CH_LOST_N; i++) {
		const char *before = ", ";

		if (i == CH_LOST_LEFT_OUT)
			part = false;
		if (!out->lost[i] || n >= 512)
			continue;
		if (!part)
			before = i < CH_LOST_LEFT_OUT ? "not mapped: " : n ? "; events left out: " : "events left out: ";
		part = true;
		n += (size_t)snprintf(note + n, 512 - n, "%s%s %llu", before, lost_names[i], (unsigned long long)out->lost[i]);
	}
}

/* ---- the walks ---- */

static bool put_event(struct ch_out *out, const struct ch_event_record *e)
{
	return (!out->paged || ch_paged_next(out->paged)) && out->format->event(out, e);
}

static bool put_row(void *ctx, const struct ch_row *row)
{
	struct ch_out *out = ctx;
	bool go = (!out->paged || ch_paged_next(out->paged)) && out->format->row(out, row);

	ch_out_forget(out);
	return go;
}

/* How many registers beside events: those that the same question can be asked of. */
static unsigned n_rows(const struct ch_out *out)
{
	const struct ch_query *q = &out->query;
	unsigned n = 0;

	if (!out->format->rows || q->type.len || q->mode.len || q->status.len || q->place.len || q->context.len)
		return 0;
	while (out->format->rows[n] != CH_REG_N)
		n++;
	return n;
}

/* 0: events; then the registers of the format. */
static bool walk(struct ch_out *out, unsigned part, struct ch_err *err)
{
	if (out->ended)
		return true;
	return part ? ch_store_rows(out->store, out->format->rows[part - 1], &out->query, put_row, out, err) : ch_out_events(out, put_event, err);
}

static bool whole(struct ch_out *out, struct ch_err *err)
{
	const unsigned n = n_rows(out);

	if (out->format->run)
		return out->ended || out->format->run(out, err);
	for (unsigned part = 0; part <= n; part++)
		if (!walk(out, part, err))
			return false;
	return true;
}

/* "1:" and the place in the first register: a piece of one part, and where it goes on. */
static bool piece(struct ch_out *out, const struct chancery_query *given, struct ch_err *err)
{
	char next[CHANCERY_NEXT] = "";
	struct chancery_query asked = *given;
	const unsigned n = n_rows(out);
	struct ch_paged paged;
	unsigned part = 0;
	bool ok;

	if (given->after && *given->after) {
		part = (unsigned)(given->after[0] - '0');
		if (part > n || given->after[1] != ':')
			return ch_fail(err, "after: '%.40s' is no place in this export", given->after);
		asked.after = given->after + 2;
	}
	asked.next = next;
	ok = ch_paged_begin(&paged, part ? ch_register_of(out->format->rows[part - 1])->name : "export", &asked, NULL, NULL, &out->query, err);
	out->paged = &paged;
	ok = ok && walk(out, part, err);
	if (given->next)
		*given->next = '\0';
	if (ok && given->next && !out->ended && (*next || part < n))
		snprintf(given->next, CHANCERY_NEXT, "%u:%.100s", *next ? part : part + 1, next);
	return ok;
}

static void header(struct ch_out *out)
{
	for (uint32_t i = 0; i < out->format->n_columns; i++)
		ch_out_put(out, ch_str_z(out->format->columns[i].name));
	out->ended = !ch_out_end(out);
	out->rows--;
}

bool chancery_export(struct chancery_store *store, const struct chancery_export_how *how, const struct chancery_query *given,
		     chancery_row_fn *row, void *ctx, struct chancery_exported *done, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_out out = { .format = format_of(how->format, err), .row = row, .ctx = ctx, .store = (struct ch_store *)store, .fill = how->fill };
	const bool goes_on = given->after && *given->after;
	bool ok = out.format != NULL;

	if (ok && how->fill && !out.format->run)
		ok = ch_fail(err, "--fill is for dyad-day and dyad-month, not for %s", how->format);
	if (ok && goes_on && out.format->run)
		ok = ch_fail(err, "after: %s is given whole", how->format);
	ok = ok && ch_codes_open(&out.codes, err) && ch_asked("export", given, err) && ch_query_of(given, &out.whole, &out.query, err);
	if (ok && out.format->header && !goes_on)
		header(&out);
	if (given->next) {
		*given->next = '\0';
		out.query.limit = out.format && out.format->run ? 0 : out.query.limit;
	}
	ok = ok && ((given->next || goes_on) && !out.format->run ? piece(&out, given, err) : whole(&out, err));
	if (done) {
		*done = (struct chancery_exported){ .rows = out.rows, .withheld = out.withheld };
		account(&out, done->note);
	}
	ch_codes_close(&out.codes);
	ch_arena_free(&out.arena);
	ch_arena_free(&out.whole);
	return ok;
}

const char *chancery_export_type(const char *format)
{
	struct ch_err err;
	const struct ch_format *f = format_of(format, &err);

	return !f ? NULL : !f->columns ? "application/x-ndjson" : f->between == ',' ? "text/csv; charset=utf-8" : "text/tab-separated-values; charset=utf-8";
}

bool chancery_export_columns(const char *format, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	static const struct ch_column columns[] = {
		{ "column", "text", "", "" }, { "type", "code", "", "" }, { "meaning", "text", "", "" }, { "values", "text", "", "" },
	};
	static const struct ch_format dictionary = { .name = "dictionary", .columns = columns, .n_columns = 4, .between = ',', .null = "" };
	const struct ch_format *f = format_of(format, (struct ch_err *)error);
	struct ch_out out = { .format = &dictionary, .row = row, .ctx = ctx };

	if (!f)
		return false;
	if (!f->columns)
		return ch_fail((struct ch_err *)error, "%s has no columns: it is JSON (docs/formats.md)", format);
	header(&out);
	for (uint32_t i = 0; i < f->n_columns && !out.ended; i++) {
		const struct ch_column *c = &f->columns[i];

		ch_out_put(&out, ch_str_z(c->name));
		ch_out_put(&out, ch_str_z(c->type));
		ch_out_put(&out, ch_str_z(c->meaning));
		ch_out_put(&out, ch_str_z(c->values));
		if (!ch_out_end(&out))
			break;
	}
	ch_arena_free(&out.arena);
	return true;
}
