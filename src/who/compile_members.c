/* who/compile_members.c -- who belongs to which organisation, and when (lexicon/actors/members*.txt; its form is told at
 * the head of members.txt). All organisations and states have to be read before. */
#include "who/compile_priv.h"
#include <stdlib.h>

static const char *const statuses[] = {"member", "associate", "observer", "partner", "candidate", "suspended"};

static bool read_status(struct ch_str s, uint8_t *status)
{
	*status = CH_GZ_MEMBER;
	for (uint8_t i = 0; s.len && i < sizeof statuses / sizeof *statuses; i++)
		if (ch_str_eqz(s, statuses[i])) {
			*status = i;
			return true;
		}
	return !s.len;
}

/* An organisation may have a block in each list: members.txt tells of some members, members-cia.txt of the others. */
static void block(struct gz_build *b, struct ch_str id, uint32_t *org)
{
	/* "org NAM" is the movement, Namibia has the bare key */
	const uint32_t *at = ch_map_get(&b->by_id, ch_arena_printf(b->arena, "org:%.*s", CH_STR_ARG(id)));
	bool added = false;

	at = at ? at : ch_map_get(&b->by_id, id);
	*org = at && b->entities.v[*at].kind == CH_GZ_ORG ? *at : NONE;
	if (*org != NONE)
		ch_map_put(&b->member_orgs, ch_arena_printf(b->arena, "%u %u", b->list, *org), *org, &added);
	if (*org == NONE)
		gz_slip(b, "'%.*s' is no organisation; a PARTY of organisations.txt would do", CH_STR_ARG(id));
	else if (!added)
		gz_slip(b, "'%.*s' has its block already; add to the one above", CH_STR_ARG(id));
}

/* The states of a line, all with the same days and status. */
static void add_members(struct gz_build *b, struct ch_str codes, const struct ch_gz_membership *line)
{
	struct ch_str code;

	while (ch_str_cut(&codes, ' ', &code)) {
		const uint32_t *at = code.len ? ch_map_get(&b->by_id, code) : NULL;
		struct ch_gz_membership m = *line;

		if (!code.len)
			continue;
		if (!at || b->entities.v[*at].kind > CH_GZ_ORG || *at == line->org) {
			gz_slip(b, "'%.*s' is no state; a code such as FRA, or the PARTY of another organisation would do",
				CH_STR_ARG(code));
			continue;
		}
		m.state = *at;
		*CH_PUSH(b->arena, &b->members) = m;
	}
}

static void member_line(struct gz_build *b, uint32_t org, bool bloc, struct ch_str line)
{
	struct ch_str rest = line, codes = gz_field(&rest, '|'), from = gz_field(&rest, '|'), to = gz_field(&rest, '|'),
		      status = gz_field(&rest, '|');
	struct ch_gz_membership m = {.org = org, .flags = bloc ? CH_GZ_OF_BLOC : 0, .source = gz_here(b)};

	if (!codes.len || rest.len) {
		gz_slip(b, "'%.*s' is no line of members; 'CODES | from | to | status' would do", CH_STR_ARG(line));
		return;
	}
	if (!read_status(status, &m.status)) {
		gz_slip(b, "'%.*s' is no status; member, associate, observer, partner, candidate, suspended are",
			CH_STR_ARG(status));
		return;
	}
	if (ch_str_starts(from, CH_STR("by "))) {
		m.flags |= CH_GZ_SINCE_BEFORE;
		from = ch_str_trim(ch_str_sub(from, 3, from.len));
	}
	if (ch_str_starts(to, CH_STR("after "))) {
		m.flags |= CH_GZ_UNTIL_LATER;
		to = ch_str_trim(ch_str_sub(to, 6, to.len));
	}
	if (!gz_read_day(b, from, false, INT32_MIN, &m.from) || !gz_read_day(b, to, true, INT32_MAX, &m.to))
		return;
	if (m.from > m.to) {
		gz_slip(b, "'%.*s' is later than '%.*s'; the first day, then the last would do", CH_STR_ARG(from),
			CH_STR_ARG(to));
		return;
	}
	add_members(b, codes, &m);
}

void gz_read_members(struct gz_build *b, struct ch_str text)
{
	struct ch_str line;
	uint32_t org = NONE;
	bool bloc = false;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		struct ch_str trimmed = ch_str_trim(line);

		b->line++;
		if (!trimmed.len || line.ptr[0] == '#')
			continue;
		if (ch_str_starts(line, CH_STR("org ")) || ch_str_starts(line, CH_STR("bloc ")) || ch_str_starts(line, CH_STR("also "))) {
			bloc = line.ptr[0] == 'b';
			block(b, ch_str_trim(ch_str_sub(line, ch_str_find_byte(line, ' ', 0), line.len)), &org);
		} else if (line.ptr[0] != '\t') {
			org = NONE;
			gz_slip(b, "'%.*s' begins no block; 'org PARTY', 'bloc PARTY' or 'also PARTY' would do", CH_STR_ARG(trimmed));
		} else if (org != NONE) {
			member_line(b, org, bloc, trimmed);
		} else if (!b->n_slips) {
			gz_slip(b, "'%.*s' stands in no block; 'org PARTY' above it would do", CH_STR_ARG(trimmed));
		}
	}
}

static int by_org(const void *x, const void *y)
{
	const struct ch_gz_membership *a = x, *b = y;

	if (a->org != b->org)
		return a->org < b->org ? -1 : 1;
	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	if (a->status != b->status)
		return a->status < b->status ? -1 : 1;
	return a->from != b->from ? (a->from < b->from ? -1 : 1) : a->source < b->source ? -1 : a->source > b->source;
}

static int by_state(const void *x, const void *y, void *members)
{
	uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
	const struct ch_gz_membership *a = (const struct ch_gz_membership *)members + i,
				      *b = (const struct ch_gz_membership *)members + k;

	return a->state != b->state ? (a->state < b->state ? -1 : 1) : i < k ? -1 : i > k;
}

void gz_order_members(struct gz_build *b)
{
	struct ch_gz_membership *v = b->members.v;

	if (b->members.n)
		qsort(v, b->members.n, sizeof *v, by_org);
	for (uint32_t i = 1; i < b->members.n; i++)
		if (v[i].org == v[i - 1].org && v[i].state == v[i - 1].state && v[i].status == v[i - 1].status &&
		    v[i].from <= v[i - 1].to) {
			uint32_t later = v[i].source > v[i - 1].source ? v[i].source : v[i - 1].source;

			b->path = b->strings.v + b->lists.v[later >> CH_GZ_LINE_BITS];
			b->line = later & ((1u << CH_GZ_LINE_BITS) - 1);
			gz_slip(b, "'%s' is %s on these days by another line; one of them would do",
				b->strings.v + b->entities.v[v[i].state].party, statuses[v[i].status]);
		}
	b->members_by_state = CH_NEW_N(b->arena, uint32_t, b->members.n + 1);
	for (uint32_t i = 0; i < b->members.n; i++)
		b->members_by_state[i] = i;
	qsort_r(b->members_by_state, b->members.n, sizeof *b->members_by_state, by_state, v);
}
