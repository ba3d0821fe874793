/* export/annotate.c -- pieces of sentences for records: those kept with a span, and those found by their words. */
#include "export/annotate.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

enum {
	CH_UNITS_STEP = 256,
	/* Words are looked for in sentences up to this length: a longer one is no sentence, and many events in it would make the search quadratic. */
	CH_NAMED_MAX = 4096,
};

static struct ch_annotated *sentence_of(struct ch_annotations *a, uint32_t number)
{
	for (uint32_t lo = 0, hi = a->sentences.n; lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (a->sentences.v[mid].s.number == number)
			return &a->sentences.v[mid];
		if (a->sentences.v[mid].s.number < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

void ch_annotate_sentence(struct ch_annotations *a, const struct ch_stored_sentence *s)
{
	struct ch_annotated *to = CH_PUSH(&a->arena, &a->sentences);

	*to = (struct ch_annotated){ .s = *s };
	to->s.text = ch_arena_str(&a->arena, s->text);
}

/* The text is what its span says: else offsets into the one are none into the other. */
static bool whole(const struct ch_annotated *s)
{
	return s->s.text.len == s->s.span.text.end - s->s.span.text.start;
}

static bool on_code_point(struct ch_str text, size_t at)
{
	return at <= text.len && (at == text.len || ((unsigned char)text.ptr[at] & 0xc0) != 0x80);
}

static struct ch_annotation *add(struct ch_annotations *a, const struct ch_annotated *s, struct ch_annotation what, size_t start, size_t end)
{
	struct ch_annotation *to;

	if (start >= end || !on_code_point(s->s.text, start) || !on_code_point(s->s.text, end))
		return NULL;
	to = CH_PUSH(&a->arena, &a->found);
	*to = what;
	to->sentence = s->s.number;
	to->start = (uint32_t)start;
	to->end = (uint32_t)end;
	return to;
}

/* A span of the article, in each sentence that has a part of it. says: its words, where they are kept with it and stand in one sentence. */
static void add_span(struct ch_annotations *a, struct ch_annotation what, struct ch_span span, struct ch_str says)
{
	uint32_t lo = 0, hi = a->sentences.n;

	while (lo < hi) {   /* the first sentence that ends behind the start */
		uint32_t mid = lo + (hi - lo) / 2;

		if (a->sentences.v[mid].s.span.text.end <= span.start)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < a->sentences.n && a->sentences.v[lo].s.span.text.start < span.end; lo++) {
		const struct ch_annotated *s = &a->sentences.v[lo];
		const struct ch_span in = s->s.span.text;
		size_t start = span.start > in.start ? span.start - in.start : 0, end = (span.end < in.end ? span.end : in.end) - in.start;

		if (!whole(s))
			continue;
		if (says.len && span.start >= in.start && span.end <= in.end && !ch_str_eq(ch_str_sub(s->s.text, start, end), says))
			continue;
		add(a, s, what, start, end);
	}
}

/* ---- by words ---- */

static bool word_at(struct ch_str text, size_t start, size_t end)
{
	uint32_t len, before = start ? ch_utf8_before(text, start, &len) : ' ', behind = end < text.len ? ch_utf8_at(text, end, &len) : ' ';

	return !ch_is_letter(before) && !ch_is_digit(before) && !ch_is_letter(behind) && !ch_is_digit(behind);
}

/* The one place where the words stand as whole words; CH_STR_NONE where there is none, or more than one. */
static size_t only(struct ch_str text, struct ch_str words)
{
	size_t found = CH_STR_NONE;

	if (!words.len)
		return CH_STR_NONE;
	for (size_t at = 0; (at = ch_str_find(text, words, at)) != CH_STR_NONE; at += words.len) {
		if (!word_at(text, at, at + words.len))
			continue;
		if (found != CH_STR_NONE)
			return CH_STR_NONE;
		found = at;
	}
	return found;
}

/* `source: subject "States" is United States (state, 0.95); target: ...`: the word that stands for the side, and whom it was read as. Where the side is only
 * what a modifier of the word means ("through its modifier"), the word is none of it, unless it was read as somebody. */
static struct ch_str path_word(struct ch_str path, const char *side, struct ch_str *named)
{
	size_t at = ch_str_find(path, ch_str_z(side), 0), end, is;
	struct ch_str rest, word;

	*named = (struct ch_str){ 0 };
	if (at == CH_STR_NONE || (at && path.ptr[at - 1] != ' '))
		return *named;
	rest = ch_str_sub(path, at, path.len);
	at = ch_str_find_byte(rest, '"', 0);
	end = at == CH_STR_NONE ? CH_STR_NONE : ch_str_find_byte(rest, '"', at + 1);
	if (end == CH_STR_NONE || ch_str_find_byte(ch_str_sub(rest, 0, at), ';', 0) != CH_STR_NONE)
		return *named;
	word = ch_str_sub(rest, at + 1, end);
	rest = ch_str_sub(rest, end + 1, rest.len);
	is = ch_str_find(rest, CH_STR("; "), 0);
	rest = ch_str_sub(rest, 0, is == CH_STR_NONE ? rest.len : is);
	is = ch_str_find(rest, CH_STR(" is "), 0);
	if (is != CH_STR_NONE) {
		end = ch_str_find(rest, CH_STR(" ("), is);
		*named = ch_str_sub(rest, is + 4, end == CH_STR_NONE ? rest.len : end);
	}
	return is == CH_STR_NONE && ch_str_starts(rest, CH_STR(" (through")) ? *named : word;
}

/* "United States" for "States": the whole name, where the sentence has it around the word. */
static void widen(struct ch_str text, struct ch_str name, size_t *start, size_t *end)
{
	struct ch_str word = ch_str_sub(text, *start, *end);
	size_t in = only(name, word), from, past;

	if (in == CH_STR_NONE || in > *start)
		return;
	from = *start - in;
	past = from + name.len;
	if (past <= text.len && ch_str_eq(ch_str_sub(text, from, past), name) && word_at(text, from, past)) {
		*start = from;
		*end = past;
	}
}

static bool taken(const struct ch_annotations *a, uint32_t from, size_t start, size_t end)
{
	for (uint32_t i = from; i < a->found.n; i++)
		if (a->found.v[i].start < end && a->found.v[i].end > start)
			return true;
	return false;
}

static struct ch_str last_word(struct ch_str name)
{
	for (size_t i = name.len; i-- > 0;)
		if (name.ptr[i] == ' ')
			return ch_str_sub(name, i + 1, name.len);
	return name;
}

/* "Gaulle" behind the "de" that stands for him, "Helmut Kohl" behind his title: one piece. */
static bool joined(struct ch_annotations *a, uint32_t from, struct ch_annotation what, size_t start, size_t end)
{
	for (uint32_t i = from; i < a->found.n; i++) {
		struct ch_annotation *x = &a->found.v[i];

		if (x->role != what.role || !ch_str_eq(x->label, what.label) || x->end + 1 != start)
			continue;
		x->end = (uint32_t)end;
		return true;
	}
	return false;
}

/* from: what was found of this report begins there; no two pieces of it overlap. by_path: the path tells of the parties as they stand. */
static void add_side(struct ch_annotations *a, const struct ch_annotated *s, struct ch_annotation what, uint32_t from, const struct ch_report *r,
		     const struct ch_party_list *side, bool by_path)
{
	const char *key = side == &r->source ? "source: " : "target: ";
	struct ch_str text = s->s.text, named, word = path_word(r->path, key, &named);
	size_t at;

	if (by_path && (at = only(text, word)) != CH_STR_NONE && !taken(a, from, at, at + word.len)) {
		size_t end = at + word.len, wide = at;

		what.label = ch_arena_str(&a->arena, named);
		widen(text, named, &wide, &end);
		if (taken(a, from, wide, end)) {
			wide = at;
			end = at + word.len;
		}
		add(a, s, what, wide, end);
	}
	for (uint32_t i = 0; i < side->n; i++) {
		const struct ch_party *p = &side->v[i];
		struct ch_str name = p->name;

		what.label = ch_arena_str(&a->arena, name);
		at = only(text, name);
		if (at == CH_STR_NONE && p->kind == CH_ACTOR_PERSON) {
			name = last_word(name);
			/* A first letter that is small is a word of a description: "the spokesman". */
			at = name.len > 2 && !(name.ptr[0] >= 'a' && name.ptr[0] <= 'z') ? only(text, name) : CH_STR_NONE;
		}
		if (at == CH_STR_NONE || taken(a, from, at, at + name.len))
			continue;
		if (text.ptr[at ? at - 1 : 0] != ' ' || !joined(a, from, what, at, at + name.len))
			add(a, s, what, at, at + name.len);
	}
}

/* ---- dates ---- */

static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
				      "December" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

/* The first of the forms in which a press page writes the day, month or year that stands in the sentence once. */
static void add_date(struct ch_annotations *a, const struct ch_annotated *s, struct ch_annotation what, uint32_t from, const struct ch_report *r,
		     struct ch_str iso)
{
	uint32_t y = 0, m = 0, d = 0;
	char forms[10][32] = { { 0 } };
	const bool resolved = ch_str_eqz(r->date_basis, "resolved");
	unsigned n = 0;

	if (iso.len < 4 || !ch_str_uint(ch_str_sub(iso, 0, 4), &y) || (iso.len >= 7 && !ch_str_uint(ch_str_sub(iso, 5, 7), &m)) ||
	    (iso.len >= 10 && !ch_str_uint(ch_str_sub(iso, 8, 10), &d)) || m > 12 || d > 31)
		return;
	if (m && d) {
		const char *name = months[m - 1];
		ch_day day = ch_day_parse(iso), published = ch_day_parse(r->page->published);

		snprintf(forms[n++], sizeof *forms, "%s %u, %u", name, d, y);
		snprintf(forms[n++], sizeof *forms, "%u %s %u", d, name, y);
		snprintf(forms[n++], sizeof *forms, "%.3s. %u, %u", name, d, y);
		snprintf(forms[n++], sizeof *forms, "%u %.3s %u", d, name, y);
		snprintf(forms[n++], sizeof *forms, "%.10s", iso.ptr);
		snprintf(forms[n++], sizeof *forms, "%s %u", name, d);
		snprintf(forms[n++], sizeof *forms, "%u %s", d, name);
		snprintf(forms[n++], sizeof *forms, "%.3s. %u", name, d);
		/* "on Monday" is the Monday meant where the event is of the page's week. */
		if (resolved && day != CH_NO_DAY && published != CH_NO_DAY && day - published < 7 && published - day < 7)
			snprintf(forms[n++], sizeof *forms, "%s", weekdays[ch_weekday(day) - 1]);
	} else if (m) {
		snprintf(forms[n++], sizeof *forms, "%s %u", months[m - 1], y);
		snprintf(forms[n++], sizeof *forms, "%s", months[m - 1]);
	} else {
		snprintf(forms[n++], sizeof *forms, "%u", y);
	}
	for (unsigned i = 0; i < n; i++) {
		struct ch_str form = ch_str_z(forms[i]);
		size_t at = only(s->s.text, form);

		if (at != CH_STR_NONE && !taken(a, from, at, at + form.len)) {
			what.label = ch_arena_str(&a->arena, iso);
			add(a, s, what, at, at + form.len);
			return;
		}
	}
}

static void add_dates(struct ch_annotations *a, const struct ch_annotated *s, struct ch_annotation what, uint32_t from, const struct ch_report *r,
		      struct ch_str date)
{
	struct ch_str one;

	/* What was taken from the sentences around it does not stand here. */
	if (!ch_str_eqz(r->date_basis, "said") && !ch_str_eqz(r->date_basis, "resolved"))
		return;
	while (ch_str_cut(&date, '/', &one))
		add_date(a, s, what, from, r, one);
}

/* ---- records ---- */

/* Did a person say that the parties, or the date, are others than were coded? */
static bool overruled(const struct ch_report *r, const char *const *names)
{
	struct ch_str lines, name, value;

	if (!r->reviewed)
		return false;
	if (ch_str_eqz(r->reviewed->verdict, "merge"))
		return true;
	for (lines = r->reviewed->changes; ch_fields_next(&lines, &name, &value);)
		for (unsigned i = 0; names[i]; i++)
			if (ch_str_eqz(name, names[i]))
				return true;
	return false;
}

void ch_annotate_event(struct ch_annotations *a, struct ch_str page, const struct ch_event_record *e)
{
	static const char *const parties[] = { "source", "target", "parties", NULL }, *const dates[] = { "date", NULL };
	struct ch_str id = ch_arena_str(&a->arena, e->id);

	for (uint32_t i = 0; i < e->n_reports; i++) {
		const struct ch_report *r = &e->reports[i];
		const struct ch_annotated *s = sentence_of(a, r->sentence_number);
		struct ch_annotation what = { .record = id, .kind = "events", .role = "trigger" };
		const uint32_t from = a->found.n;

		if (!ch_str_eq(r->page->id, page))
			continue;
		what.report = ch_arena_str(&a->arena, r->id);
		what.label = ch_arena_printf(&a->arena, "%.*s%s%.*s", CH_STR_ARG(e->type), e->mode.len ? " " : "", CH_STR_ARG(e->mode));
		add_span(a, what, r->trigger.text, r->trigger_text);
		if (!s || !whole(s) || s->s.text.len > CH_NAMED_MAX)
			continue;
		what.role = "source";
		add_side(a, s, what, from, r, &r->source, !overruled(r, parties));
		what.role = "target";
		add_side(a, s, what, from, r, &r->target, !overruled(r, parties));
		what.role = "date";
		if (!overruled(r, dates))
			add_dates(a, s, what, from, r, r->date.len ? r->date : e->date);
	}
}

void ch_annotate_row(struct ch_annotations *a, const struct ch_row *row)
{
	struct ch_annotation what = { .record = ch_arena_str(&a->arena, row->id), .kind = row->reg->name };

	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		const struct ch_cell *c = &row->cells[i];
		const bool said = row->reg == ch_register_of(CH_REG_QUOTES) && i == row->reg->where;

		what.role = row->reg->cols[i].name;
		what.label = row->reg->who < CH_COLS_MAX ? ch_arena_str(&a->arena, row->cells[row->reg->who].text) : CH_STR("");
		if (row->reg->cols[i].kind == CH_COL_SPAN)
			add_span(a, what, c->span.text, said ? row->cells[CH_QUOTE_TEXT].text : CH_STR(""));
		for (uint32_t k = 0; row->reg->cols[i].kind == CH_COL_NOTES && k < c->n_notes; k++) {
			what.label = ch_arena_str(&a->arena, c->notes[k].name);
			add_span(a, what, c->notes[k].span.text, c->notes[k].text);
		}
	}
}

/* ---- out ---- */

static uint32_t units_in(struct ch_str text, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (uint32_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		n += c >= 0xf0 ? 2 : (c & 0xc0) != 0x80;   /* four bytes are a surrogate pair */
	}
	return n;
}

/* UTF-16 units before a byte of the sentence; O(CH_UNITS_STEP), but for the first time. */
static uint32_t units_before(struct ch_annotations *a, struct ch_annotated *s, uint32_t at)
{
	uint32_t step = at / CH_UNITS_STEP;

	if (!s->units) {
		uint32_t n = (uint32_t)(s->s.text.len / CH_UNITS_STEP) + 1;

		s->units = CH_NEW_N(&a->arena, uint32_t, n);
		for (uint32_t i = 1; i < n; i++)
			s->units[i] = s->units[i - 1] + units_in(s->s.text, (i - 1) * CH_UNITS_STEP, i * CH_UNITS_STEP);
	}
	return s->units[step] + units_in(s->s.text, step * CH_UNITS_STEP, at);
}

static int by_place(const void *pa, const void *pb)
{
	const struct ch_annotation *a = pa, *b = pb;
	int c = (a->sentence > b->sentence) - (a->sentence < b->sentence);

	c = c ? c : (a->start > b->start) - (a->start < b->start);
	c = c ? c : (a->end < b->end) - (a->end > b->end);
	c = c ? c : strcmp(a->kind, b->kind);
	c = c ? c : ch_str_cmp(a->record, b->record);
	c = c ? c : ch_str_cmp(a->report, b->report);
	return c ? c : strcmp(a->role, b->role);
}

json_t *ch_annotations_json(struct ch_annotations *a)
{
	json_t *list = ch_json_array();

	if (a->found.n)
		qsort(a->found.v, a->found.n, sizeof *a->found.v, by_place);
	for (uint32_t i = 0; i < a->found.n; i++) {
		const struct ch_annotation *x = &a->found.v[i];
		struct ch_annotated *s = sentence_of(a, x->sentence);
		json_t *o = ch_json_object();

		ch_json_set(o, "record", ch_json_str(x->record));
		if (x->report.len)
			ch_json_set(o, "report", ch_json_str(x->report));
		ch_json_set(o, "kind", ch_json_str(ch_str_z(x->kind)));
		ch_json_set(o, "role", ch_json_str(ch_str_z(x->role)));
		ch_json_set(o, "label", ch_json_or_null(x->label));
		ch_json_set(o, "sentence", json_integer(x->sentence));
		ch_json_set(o, "start", json_integer(units_before(a, s, x->start)));
		ch_json_set(o, "end", json_integer(units_before(a, s, x->end)));
		ch_json_set(o, "text", ch_json_str(ch_str_sub(s->s.text, x->start, x->end)));
		ch_json_push(list, o);
	}
	ch_arena_free(&a->arena);
	*a = (struct ch_annotations){ 0 };
	return list;
}
