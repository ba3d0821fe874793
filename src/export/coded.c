/* export/coded.c -- events as coded data sets have them: one code, one day, two sides, CAMEO's names for all of them. */
#include "event/context.h"
#include "export/out.h"
#include <stdio.h>
#include <utf8proc.h>
#include <stdlib.h>

/* ---- dates ---- */

static bool one_date(struct ch_str s, ch_day *first, ch_day *last, char *unit)
{
	uint32_t y, m = 1;

	if (s.len < 4 || !ch_str_uint(ch_str_sub(s, 0, 4), &y))
		return false;
	if (s.len == 4) {
		*first = ch_day_of((int)y, 1, 1);
		*last = ch_day_of((int)y, 12, 31);
		*unit = 'y';
	} else if (s.len == 7 && s.ptr[4] == '-' && ch_str_uint(ch_str_sub(s, 5, 7), &m) && m >= 1 && m <= 12) {
		*first = ch_day_of((int)y, (int)m, 1);
		*last = *first == CH_NO_DAY ? CH_NO_DAY : *first + ch_month_days((int)y, (int)m) - 1;
		*unit = 'm';
	} else {
		*first = *last = ch_day_parse(s);
		*unit = 'd';
	}
	return *first != CH_NO_DAY;
}

bool ch_when_of(struct ch_str s, struct ch_when *when)
{
	size_t slash = ch_str_find_byte(s, '/', 0);
	ch_day end;
	char unit;

	*when = (struct ch_when){ CH_NO_DAY, CH_NO_DAY, 'd', slash != CH_STR_NONE };
	if (!one_date(ch_str_sub(s, 0, slash == CH_STR_NONE ? s.len : slash), &when->first, &when->last, &when->unit))
		return false;
	if (slash != CH_STR_NONE && one_date(ch_str_sub(s, slash + 1, s.len), &end, &when->last, &unit) && when->last < when->first)
		when->last = when->first;
	return true;
}

struct ch_str ch_ymd(struct ch_arena *arena, ch_day day)
{
	struct ch_date d;

	if (day == CH_NO_DAY)
		return CH_STR("");
	d = ch_date_of(day);
	return ch_arena_printf(arena, "%04d%02d%02d", d.year, d.month, d.day);
}

struct ch_str ch_iso(struct ch_arena *arena, ch_day day)
{
	char text[16];

	return ch_arena_str(arena, ch_str_z(ch_day_print(day, text)));
}

/* ---- one code ---- */

static struct ch_str type_of_status(struct ch_str type, struct ch_str status)
{
	bool planned = ch_str_eqz(status, "planned");
	int quad = ch_event_quad(ch_event_parse(type));

	if (ch_str_eqz(status, "denied") || ch_str_eqz(status, "hypothetical"))
		return CH_STR("");
	if (!planned || ch_str_eqz(type, "AGREE") || ch_str_eqz(type, "THREATEN"))
		return type;
	return quad == 1 || quad == 2 ? CH_STR("AGREE") : quad == 4 ? CH_STR("THREATEN") : CH_STR("");
}

static bool dated(struct ch_out *out, const struct ch_event_record *e, struct ch_when *when)
{
	if (ch_when_of(e->date, when)) {
		if (when->unit != 'd')
			ch_out_lost(out, CH_LOST_FIRST_DAY);
		return true;
	}
	if (!ch_str_eqz(e->status, "historical"))
		for (uint32_t i = 0; i < e->n_reports; i++)
			if (ch_when_of(e->reports[i].page->published, when)) {
				ch_out_lost(out, CH_LOST_PUBLISHED);
				return true;
			}
	ch_out_lost(out, CH_LOST_UNDATED);
	return false;
}

/* Could such a set hold it? Then its type. */
static bool typed(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded)
{
	*coded = (struct ch_coded){ .type = type_of_status(e->type, e->status) };
	if (coded->type.len && ch_plover_of(&out->codes, e->type))
		return true;
	ch_out_lost(out, CH_LOST_STATUS);
	return false;
}

static void code(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded)
{
	char mode[32];

	coded->cameo = ch_cameo_of(&out->codes, e->reports[0].cameo);
	if (!coded->cameo) {
		if (out->format->cameo)
			ch_out_lost(out, CH_LOST_CAMEO);
		coded->cameo = ch_cameo_of(&out->codes, ch_plover_of(&out->codes, e->type)->cameo);
	}
	if (!ch_str_eq(coded->type, e->type)) {
		const struct ch_cameo_code *planned = ch_cameo_of(&out->codes, coded->cameo->planned);

		/* A type and a code that do not go together (a person's own frame): the type wins. */
		coded->cameo = planned ? planned : ch_cameo_of(&out->codes, ch_plover_of(&out->codes, coded->type)->cameo);
	} else if (e->mode.len) {
		if (ch_plover_mode(&out->codes, coded->type, e->mode))
			coded->mode = e->mode;
		else if (out->format->plover)
			ch_out_lost(out, CH_LOST_MODE);
	}
	snprintf(mode, sizeof mode, "%.*s", CH_STR_ARG(coded->mode));
	coded->scale = ch_event_scale(ch_event_parse(coded->type), coded->mode.len ? mode : NULL);
}

bool ch_code_type(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded)
{
	if (!typed(out, e, coded))
		return false;
	code(out, e, coded);
	return true;
}

bool ch_code_event(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded)
{
	if (!typed(out, e, coded) || !dated(out, e, &coded->when))
		return false;
	code(out, e, coded);
	return true;
}

/* ---- two sides ---- */

/* A party once, by the entry that tells its sector where one does. */
static const struct ch_party **distinct(struct ch_arena *arena, struct ch_party_list side, uint32_t *n)
{
	const struct ch_party **v = CH_NEW_N(arena, const struct ch_party *, side.n);

	*n = 0;
	for (uint32_t i = 0; i < side.n; i++) {
		const struct ch_party *p = &side.v[i];

		if (*n && ch_str_eq(v[*n - 1]->party, p->party)) {
			if (!v[*n - 1]->sector.len)
				v[*n - 1] = p;
		} else {
			v[(*n)++] = p;
		}
	}
	return v;
}

struct ch_dyad *ch_dyads(struct ch_arena *arena, const struct ch_report *r, uint32_t *n)
{
	uint32_t n_source, n_target;
	const struct ch_party **source = distinct(arena, r->source, &n_source), **target = distinct(arena, r->target, &n_target);
	CH_VEC(struct ch_dyad) v = { 0 };

	if (!n_target && n_source > 1) {
		target = source;
		n_target = n_source;
	}
	for (uint32_t i = 0; i < n_source || (!n_source && i < n_target); i++)
		for (uint32_t k = 0; n_source ? k < n_target : k < 1; k++) {
			const struct ch_party *a = n_source ? source[i] : NULL, *b = n_source ? target[k] : target[i];

			if (!a || !ch_str_eq(a->party, b->party))
				*CH_PUSH(arena, &v) = (struct ch_dyad){ a, b, v.n };
		}
	if (!v.n && n_source)
		*CH_PUSH(arena, &v) = (struct ch_dyad){ source[0], NULL, 0 };
	*n = v.n;
	return v.v;
}

uint64_t ch_dyad_number(struct ch_str event, uint32_t number)
{
	uint64_t x = 0;

	for (size_t i = 0; i < 12 && i < event.len; i++) {
		char c = event.ptr[i];

		x = x << 4 | (uint64_t)(c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= '0' && c <= '9' ? c - '0' : 0);
	}
	return x << 15 | (number & 0x7fff);
}

/* ---- who ---- */

bool ch_is_kind(struct ch_str code)
{
	static const char *const kinds[] = { "IGO", "NGO", "ISM", "IMG", "MNC" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ch_str_eqz(code, kinds[i]))
			return true;
	return false;
}

bool ch_country_codes(struct ch_out *out, struct ch_str code, ch_day day, enum ch_lost what, struct ch_country_code *c)
{
	*c = (struct ch_country_code){ 0 };
	if (!code.len || ch_is_kind(code))
		return false;
	if (!ch_country_on(&out->codes, code, day, c)) {
		ch_out_lost(out, what);
		return false;
	}
	return true;
}

struct ch_str ch_party_text(const struct ch_party *p)
{
	return p->name.len ? p->name : p->party;
}

static struct ch_str upper(struct ch_arena *arena, struct ch_str s)
{
	CH_VEC(char) v = { 0 };

	for (size_t at = 0; at < s.len;) {
		utf8proc_int32_t cp;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &cp);
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t m;

		if (n <= 0) {
			at++;
			continue;
		}
		m = utf8proc_encode_char(utf8proc_toupper(cp), bytes);
		for (utf8proc_ssize_t i = 0; i < m; i++)
			*CH_PUSH(arena, &v) = (char)bytes[i];
		at += (size_t)n;
	}
	return ch_str_n(v.v, v.n);
}

/* General to specific: country or kind, organisation, role; at most fifteen characters. */
struct ch_cameo_actor ch_cameo_actor(struct ch_out *out, const struct ch_party *p)
{
	struct ch_cameo_actor a = { 0 };
	const struct ch_org_code *org;
	const struct ch_sector_code *sector;
	struct ch_country_code c;
	struct ch_str inner = CH_STR("");

	if (!p)
		return a;
	a.name = upper(&out->arena, ch_party_text(p));
	if (ch_is_kind(p->code)) {
		a.kind = ch_str_eqz(p->code, "ISM") ? CH_STR("INT") : p->code;   /* movements: of no state, and no other word for them */
		org = ch_org_of(&out->codes, p->org.len ? p->org : p->party);
		if (org) {
			inner = org->cameo;
			a.group = org->group;
		} else {
			ch_out_lost(out, CH_LOST_ORG);
		}
		if (ch_str_eqz(inner, "EUREEC"))
			a.country = CH_STR("EUR");
	} else if (ch_country_codes(out, p->code, CH_NO_DAY, CH_LOST_COUNTRY, &c)) {
		if (c.cameo.len)
			a.country = c.cameo;
		else
			ch_out_lost(out, CH_LOST_COUNTRY);
	}
	if (p->sector.len) {
		sector = ch_sector_of(&out->codes, p->sector);
		if (sector && sector->cameo.len)
			a.role = sector->cameo;
		else
			ch_out_lost(out, CH_LOST_SECTOR);
	}
	a.whole = ch_arena_printf(&out->arena, "%.*s%.*s%.*s", CH_STR_ARG(a.kind.len ? a.kind : a.country), CH_STR_ARG(inner),
				  CH_STR_ARG(a.role));
	if (!a.whole.len)
		ch_out_lost(out, CH_LOST_ACTOR);
	return a;
}

/* ---- all reports ---- */

uint64_t ch_event_contexts(const struct ch_event_record *e, uint32_t *n)
{
	uint64_t set = 0;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		set |= e->reports[i].contexts;
		for (unsigned k = 0; n && k < CH_CONTEXT_N; k++)
			n[k] += (uint32_t)(e->reports[i].contexts >> k & 1);
	}
	return set;
}

struct ch_str ch_joined_reports(struct ch_arena *arena, const struct ch_event_record *e, struct ch_str (*of)(const struct ch_report *r),
				const char *between, uint32_t *n)
{
	CH_VEC(char) v = { 0 };
	struct ch_map seen;

	ch_map_init(&seen, arena);
	for (uint32_t i = 0; i < e->n_reports; i++) {
		struct ch_str s = of(&e->reports[i]);
		bool added = false;

		if (s.len)
			ch_map_put(&seen, s, 0, &added);
		for (const char *b = between; added && v.n && *b; b++)
			*CH_PUSH(arena, &v) = *b;
		for (size_t k = 0; added && k < s.len; k++) {
			bool ends = s.ptr[k] == ';' && between[0] == ';';   /* a list cannot hold it: %3B in an address, else a comma */

			*CH_PUSH(arena, &v) = !ends ? s.ptr[k] : of == ch_report_url ? '%' : ',';
			for (const char *b = "3B"; ends && of == ch_report_url && *b; b++)
				*CH_PUSH(arena, &v) = *b;
		}
	}
	if (n)
		*n = seen.n;
	return ch_str_n(v.v, v.n);
}

struct ch_str ch_report_outlet(const struct ch_report *r)
{
	return r->page->outlet;
}

struct ch_str ch_report_url(const struct ch_report *r)
{
	return r->page->url;
}

struct ch_str ch_report_page(const struct ch_report *r)
{
	return r->page->id;
}
