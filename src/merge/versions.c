#include "merge/versions.h"
#include "base/day.h"
#include <stdlib.h>

/* Heads of one type that a version is held against; a story has a few. */
enum { HEADS_MAX = 256 };

/* Days that the date leaves open; an undated event leaves more open than any. */
static int64_t open_days(const struct ch_version *v)
{
	ch_day lo = ch_day_parse(v->lo), hi = ch_day_parse(v->hi);

	return lo == CH_NO_DAY || hi == CH_NO_DAY ? INT64_MAX : (int64_t)hi - lo;
}

int ch_version_cmp(const struct ch_version *a, const struct ch_version *b)
{
	int64_t x = open_days(a), y = open_days(b);
	uint32_t m = a->n_side[0] + a->n_side[1], n = b->n_side[0] + b->n_side[1];

	if (x != y)
		return x < y ? -1 : 1;
	if (m != n)
		return m > n ? -1 : 1;
	if (!a->place.len != !b->place.len)
		return a->place.len ? -1 : 1;
	if (!a->mode.len != !b->mode.len)
		return a->mode.len ? -1 : 1;
	return ch_str_cmp(a->id, b->id);
}

bool ch_version_as_full(const struct ch_version *a, const struct ch_version *b)
{
	return open_days(a) == open_days(b) && a->n_side[0] + a->n_side[1] >= b->n_side[0] + b->n_side[1];
}

static bool within(const struct ch_version *a, int i, const struct ch_version *b, int j)
{
	uint32_t k = 0;

	for (uint32_t x = 0; x < a->n_side[i]; x++) {
		while (k < b->n_side[j] && ch_str_cmp(b->side[j][k], a->side[i][x]) < 0)
			k++;
		if (k == b->n_side[j] || !ch_str_eq(b->side[j][k], a->side[i][x]))
			return false;
	}
	return true;
}

/* A treaty, talks and calls have no first and second side; a visitor is no host. */
static bool mutual(const struct ch_version *v)
{
	return ch_str_eqz(v->type, "AGREE") || ch_str_eqz(v->mode, "sign") || (ch_str_eqz(v->type, "CONSULT") && !ch_str_eqz(v->mode, "visit") &&
						!ch_str_eqz(v->mode, "letter"));
}

/* One that names nobody is like no other. */
bool ch_version_parties_within(const struct ch_version *a, const struct ch_version *b)
{
	if (!a->n_side[0] && !a->n_side[1])
		return false;
	return (within(a, 0, b, 0) && within(a, 1, b, 1)) || (mutual(a) && within(a, 0, b, 1) && within(a, 1, b, 0));
}

static bool alike_or_unsaid(struct ch_str a, struct ch_str b)
{
	return !a.len || !b.len || ch_str_eq(a, b);
}

/* head comes first in the order, so that its date is the more exact one. */
static bool one_event(const struct ch_version *v, const struct ch_version *head)
{
	if (!ch_str_eq(v->type, head->type) || !ch_str_eq(v->status, head->status) || !alike_or_unsaid(v->mode, head->mode) ||
	    !alike_or_unsaid(v->place, head->place))
		return false;
	if (v->lo.len && (ch_str_cmp(v->lo, head->lo) > 0 || ch_str_cmp(head->hi, v->hi) > 0))
		return false;
	return ch_version_parties_within(v, head) || ch_version_parties_within(head, v);
}

bool ch_versions_share_page(const struct ch_version *a, const struct ch_version *b)
{
	for (uint32_t i = 0, j = 0; i < a->n_pages && j < b->n_pages;) {
		if (a->pages[i] == b->pages[j])
			return true;
		if (a->pages[i] < b->pages[j])
			i++;
		else
			j++;
	}
	return false;
}

struct slot {
	const struct ch_version *v;
	uint32_t at, next;   /* next: of the versions that are one with the same head; UINT32_MAX ends */
};

static int best_first(const void *a, const void *b)
{
	return ch_version_cmp(((const struct slot *)a)->v, ((const struct slot *)b)->v);
}

/* No page may tell v and one of those that are with head already. */
static bool free_of(const struct slot *slots, uint32_t head, const struct ch_version *v)
{
	for (uint32_t i = head; i != UINT32_MAX; i = slots[i].next)
		if (ch_versions_share_page(slots[i].v, v))
			return false;
	return true;
}

void ch_versions_group(struct ch_version *v, uint32_t n, struct ch_arena *arena)
{
	struct slot *slots = CH_NEW_N(arena, struct slot, n);
	uint32_t *heads = CH_NEW_N(arena, uint32_t, n), n_heads = 0;

	for (uint32_t i = 0; i < n; i++)
		slots[i] = (struct slot){ &v[i], i, UINT32_MAX };
	if (n)
		qsort(slots, n, sizeof *slots, best_first);
	for (uint32_t i = 0; i < n; i++) {
		struct ch_version *one = &v[slots[i].at];
		uint32_t looked_at = 0;

		one->head = slots[i].at;
		for (uint32_t h = 0; h < n_heads && looked_at < HEADS_MAX; h++) {
			struct slot *head = &slots[heads[h]];

			if (!ch_str_eq(head->v->type, one->type))
				continue;
			looked_at++;
			if (!one_event(one, head->v) || !free_of(slots, heads[h], one))
				continue;
			one->head = head->at;
			slots[i].next = head->next;
			head->next = i;
			break;
		}
		if (one->head == slots[i].at)
			heads[n_heads++] = i;
	}
}
