#include "store/review.h"
#include "doc/tags.h"
#include "event/context.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

static const char *const verdicts[CH_VERDICT_N] = { "accept", "reject", "edit", "merge", "split", "same-actor", "other-actor" };

const char *ch_verdict_name(enum ch_verdict verdict)
{
	return verdicts[verdict];
}

enum ch_verdict ch_verdict_parse(struct ch_str name)
{
	int i = 0;

	while (i < CH_VERDICT_N && !ch_str_eqz(name, verdicts[i]))
		i++;
	return (enum ch_verdict)i;
}

/* ---- lines of fields ---- */

bool ch_fields_next(struct ch_str *lines, struct ch_str *name, struct ch_str *value)
{
	struct ch_str line;

	while (ch_str_cut(lines, '\n', &line)) {
		size_t equals = ch_str_find_byte(line, '=', 0);

		if (equals == CH_STR_NONE)
			continue;
		*name = ch_str_sub(line, 0, equals);
		*value = ch_str_sub(line, equals + 1, line.len);
		return true;
	}
	return false;
}

static bool find_field(struct ch_str lines, struct ch_str wanted, struct ch_str *value)
{
	struct ch_str name;

	while (ch_fields_next(&lines, &name, value))
		if (ch_str_eq(name, wanted))
			return true;
	*value = CH_STR("");
	return false;
}

bool ch_fields_has(struct ch_str lines, const char *name)
{
	struct ch_str value;

	return find_field(lines, ch_str_z(name), &value);
}

struct ch_str ch_fields_get(struct ch_str lines, const char *name)
{
	struct ch_str value;

	find_field(lines, ch_str_z(name), &value);
	return value;
}

struct ch_str ch_fields_set(struct ch_arena *arena, struct ch_str lines, struct ch_str name, struct ch_str value)
{
	CH_VEC(char) out = { 0 };
	struct ch_str rest = lines, n, v, pieces[4];
	bool known = find_field(lines, name, &v);

	for (bool more = true, last = false; more; ) {
		more = ch_fields_next(&rest, &n, &v);
		if (!more) {
			if (known || last)
				break;
			n = name;
			last = true;
		}
		pieces[0] = n;
		pieces[1] = CH_STR("=");
		pieces[2] = ch_str_eq(n, name) ? value : v;
		pieces[3] = CH_STR("\n");
		for (int i = 0; i < 4; i++)
			for (size_t k = 0; k < pieces[i].len; k++)
				*CH_PUSH(arena, &out) = pieces[i].ptr[k];
	}
	return ch_str_n(out.v, out.n);
}

/* ---- what it comes to ---- */

void ch_review_fold(const struct ch_decision *v, uint32_t n, struct ch_arena *arena, struct ch_review_state *out)
{
	*out = (struct ch_review_state){ .changes = CH_STR("") };
	for (uint32_t i = 0; i < n; i++) {
		struct ch_str rest = v[i].changes, name, value;

		if (v[i].undone)
			continue;
		out->decided = true;
		out->last = &v[i];
		out->rejected = v[i].verdict == CH_REJECT;
		if (v[i].verdict == CH_SPLIT || v[i].verdict == CH_MERGE)
			out->apart = v[i].verdict == CH_SPLIT;
		if (v[i].verdict == CH_EDIT || v[i].verdict == CH_MERGE)
			while (ch_fields_next(&rest, &name, &value))
				out->changes = ch_fields_set(arena, out->changes, name, value);
	}
}

/* Fields beginning with "." are for the store itself, and say nothing. */
static void compare(struct ch_str a, struct ch_str b, bool both, uint32_t *same, uint32_t *all)
{
	struct ch_str name, value, other;

	while (ch_fields_next(&a, &name, &value)) {
		bool there = find_field(b, name, &other);

		if (ch_str_starts(name, CH_STR(".")) || (!value.len && !other.len) || (both && there))
			continue;
		*all += 1;
		*same += there && ch_str_eq(value, other);
	}
}

uint32_t ch_review_match(const struct ch_decision *d, const struct ch_review_record *v, uint32_t n)
{
	uint32_t best = UINT32_MAX, best_same = 0, best_all = 1;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t same = 0, all = 0;

		if (!ch_str_eq(v[i].kind, d->kind) || v[i].span.start >= d->span.end || d->span.start >= v[i].span.end)
			continue;
		compare(d->coded, v[i].coded, false, &same, &all);
		compare(v[i].coded, d->coded, true, &same, &all);
		if (!all || same * 2 < all)
			continue;
		if (best == UINT32_MAX || same * best_all > best_same * all ||
		    (same * best_all == best_same * all && v[i].span.start < v[best].span.start)) {
			best = i;
			best_same = same;
			best_all = all;
		}
	}
	return best;
}

/* ---- what may be set ---- */

static const char *const event_fields[] = { "type", "mode", "source", "target", "date", "place", "status", NULL };
static const char *const party_fields[] = { "source", "target", "parties", "host", "mediator", "participants", "founders", "country",
					    "addressee_party", "party", "place", NULL };
static const char *const date_fields[] = { "date", "from", "to", "since", "due", "founded", "period", NULL };
static const char *const comparisons[] = { "=", "<", ">", "~", NULL };
const char *const ch_instrument_statuses[] = { "signed", "planned", "in force", "adopted", "suspended", "terminated", NULL };
const char *const ch_event_statuses[] = { "actual", "planned", "denied", "hypothetical", "historical", NULL };

static bool is_one_of(const char *const *names, struct ch_str value)
{
	while (*names && !ch_str_eqz(value, *names))
		names++;
	return *names != NULL;
}

static bool fail_with(struct ch_err *err, const char *what, struct ch_str given, const char *const *names, const struct ch_register *reg)
{
	char list[400];
	size_t at = 0;

	list[0] = '\0';
	for (; names && *names && at < sizeof list - 40; names++)
		at += (size_t)snprintf(list + at, sizeof list - at, " %s", *names);
	for (uint32_t i = 0; reg && i < CH_COLS_MAX && reg->cols[i].name && at < sizeof list - 40; i++)
		if (reg->cols[i].kind != CH_COL_SPAN && reg->cols[i].kind != CH_COL_NOTES)
			at += (size_t)snprintf(list + at, sizeof list - at, " %s", reg->cols[i].name);
	return ch_fail(err, "%s cannot be '%.*s'; there is:%s", what, CH_STR_ARG(given), list);
}

static bool check_date(struct ch_str value, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct ch_str lo, hi;
	bool ok = !value.len || ch_date_bounds(&arena, value, &lo, &hi), turned = ok && value.len && lo.len && hi.len && ch_str_cmp(lo, hi) > 0;

	ch_arena_free(&arena);
	if (turned)
		return ch_fail(err, "'%.*s' ends before it begins", CH_STR_ARG(value));
	return ok ? true : ch_fail(err, "'%.*s' is no date (2018-05-01, 2018-05, 2018, or two with a / between)", CH_STR_ARG(value));
}

static bool check_number(struct ch_str value, bool whole, struct ch_err *err)
{
	size_t point = ch_str_find_byte(value, '.', 0);
	bool ok = value.len && value.len < 16;

	for (size_t i = 0; ok && i < value.len; i++)
		ok = (value.ptr[i] >= '0' && value.ptr[i] <= '9') || (!whole && i == point && i > 0 && i + 1 < value.len);
	return ok ? true : ch_fail(err, "a number is wanted, not '%.*s'", CH_STR_ARG(value));
}

bool ch_review_is_list(struct ch_str field)
{
	bool list = ch_str_eqz(field, "source") || ch_str_eqz(field, "target");

	for (unsigned r = 0; !list && r < CH_REG_N; r++)
		for (const struct ch_col *c = ch_register_of((enum ch_register_id)r)->cols; c->name && !list; c++)
			list = c->kind == CH_COL_LIST && ch_str_eqz(field, c->name);
	return list;
}

bool ch_review_is_party(struct ch_str field)
{
	return is_one_of(party_fields, field);
}

static bool check_contexts(struct ch_str value, struct ch_err *err)
{
	struct ch_str one;

	while (ch_str_cut(&value, ' ', &one))
		if (one.len && ch_context_parse(one) == CH_CONTEXT_N)
			return ch_fail(err, "there is no context '%.*s'; docs/ontology.md lists them", CH_STR_ARG(one));
	return true;
}

/* Fields of a text that is no free one. */
static bool check_text(const struct ch_register *reg, struct ch_str field, struct ch_str value, struct ch_err *err)
{
	const bool own = ch_str_eqz(field, "status") && reg == ch_register_of(CH_REG_INSTRUMENTS);
	const char *const *names = own ? ch_instrument_statuses : ch_str_eqz(field, "status") ? ch_event_statuses :
				   ch_str_eqz(field, "comparison") ? comparisons : NULL;

	if (is_one_of(date_fields, field))
		return check_date(value, err);
	if (names && value.len && !is_one_of(names, value))
		return fail_with(err, own || names == ch_event_statuses ? "the status" : "the comparison", value, names, NULL);
	return true;
}

static bool check_event(struct ch_str field, struct ch_str value, struct ch_err *err)
{
	if (!is_one_of(event_fields, field))
		return fail_with(err, "the field", field, event_fields, NULL);
	if (ch_str_eqz(field, "date"))
		return check_date(value, err);
	if (ch_str_eqz(field, "status") && !is_one_of(ch_event_statuses, value))
		return fail_with(err, "the status", value, ch_event_statuses, NULL);
	if (ch_str_eqz(field, "type")) {
		return ch_event_parse(value) != CH_EV_N ||
		       ch_fail(err, "no type of event is called '%.*s'; docs/ontology.md lists PLOVER's 16", CH_STR_ARG(value));
	}
	if (ch_str_eqz(field, "source") && !ch_str_trim(value).len)
		return ch_fail(err, "an event has at least one source");
	return true;
}

bool ch_review_check(struct ch_str kind, struct ch_str field, struct ch_str value, struct ch_err *err)
{
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.ptr[i] < ' ')
			return ch_fail(err, "the value of %.*s has a control character in it", CH_STR_ARG(field));
	if (ch_str_eqz(kind, "reports"))
		return check_event(field, value, err);
	for (unsigned r = 0; r < CH_REG_N; r++) {
		const struct ch_register *reg = ch_register_of((enum ch_register_id)r);

		if (!ch_str_eqz(kind, reg->name))
			continue;
		for (uint32_t i = 0; i < CH_COLS_MAX && reg->cols[i].name; i++) {
			if (!ch_str_eqz(field, reg->cols[i].name))
				continue;
			if (r == CH_REG_QUOTES && (i == CH_QUOTE_TEXT || i == CH_QUOTE_SAID))
				return ch_fail(err, "what was said is the page's own and cannot be set; reject it where it is cut wrongly");
			switch (reg->cols[i].kind) {
			case CH_COL_SPAN:
			case CH_COL_NOTES:
				return ch_fail(err, "%.*s says where it stands in the page and cannot be set", CH_STR_ARG(field));
			case CH_COL_NUMBER:
				return check_number(value, false, err);
			case CH_COL_ORDINAL:
				return !value.len || check_number(value, true, err);
			case CH_COL_BOOL:
				return ch_str_eqz(value, "true") || ch_str_eqz(value, "false") ||
				       ch_fail(err, "%.*s is true or false", CH_STR_ARG(field));
			case CH_COL_WORDS:
				return check_contexts(value, err);
			case CH_COL_TEXT:
			case CH_COL_LIST:
				return check_text(reg, field, value, err);
			}
		}
		return fail_with(err, "the field", field, NULL, reg);
	}
	return ch_fail(err, "no fields of '%.*s' can be set", CH_STR_ARG(kind));
}
