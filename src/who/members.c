/* who/members.c -- who belongs to which organisation on a day; see who/gazetteer.h. */
#include "who/gazetteer.h"

/* Lines stand by organisation and state; members_by_state has their numbers by state. */
static const struct ch_gz_membership *line(const struct ch_gz_members *it, uint32_t i)
{
	return &it->g->members[it->by_state ? it->g->members_by_state[i] : i];
}

static uint32_t key(const struct ch_gz_members *it, uint32_t i)
{
	return it->by_state ? line(it, i)->state : line(it, i)->org;
}

/* The lines of one organisation, or of one state. */
static struct ch_gz_members range(const struct ch_gazetteer *g, uint32_t entity, ch_day day, bool by_state)
{
	struct ch_gz_members it = {.g = g, .end = g->head->member_n, .day = day, .by_state = by_state};
	uint32_t hi = it.end;

	while (it.at < hi) {
		uint32_t mid = it.at + (hi - it.at) / 2;

		if (key(&it, mid) < entity)
			it.at = mid + 1;
		else
			hi = mid;
	}
	for (hi = it.at; hi < it.end && key(&it, hi) == entity; hi++)
		;
	it.end = hi;
	return it;
}

struct ch_gz_members ch_gz_members_of(const struct ch_gazetteer *g, uint32_t org, ch_day day)
{
	return range(g, org, day, false);
}

struct ch_gz_members ch_gz_orgs_of(const struct ch_gazetteer *g, uint32_t state, ch_day day)
{
	return range(g, state, day, true);
}

const struct ch_gz_membership *ch_gz_members_next(struct ch_gz_members *it)
{
	while (it->at < it->end) {
		const struct ch_gz_membership *m = line(it, it->at++);

		if (it->day == CH_NO_DAY || (m->from <= it->day && it->day <= m->to))
			return m;
	}
	return NULL;
}

bool ch_gz_member(const struct ch_gazetteer *g, uint32_t state, uint32_t org, ch_day day)
{
	struct ch_gz_members it = ch_gz_orgs_of(g, state, day);
	const struct ch_gz_membership *m;
	bool member = false;

	while ((m = ch_gz_members_next(&it))) {
		if (m->org != org || (day == CH_NO_DAY && m->to != INT32_MAX))
			continue;
		if (m->status == CH_GZ_SUSPENDED)
			return false;
		member |= m->status == CH_GZ_MEMBER;
	}
	return member;
}

const char *ch_gz_status_name(uint8_t status)
{
	static const char *const names[] = {"member", "associate", "observer", "partner", "candidate", "suspended"};

	return status < sizeof names / sizeof *names ? names[status] : "";
}
