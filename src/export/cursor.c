/* export/cursor.c -- "2018-05-01.1234..5b3a91c2": day, number, id, and a sum over these, the list and its order, so that what was cut, altered or
 * comes from elsewhere is known for what it is. */
#include "export/cursor.h"
#include <stdio.h>

static uint32_t sum_of(const char *text, uint32_t sum)
{
	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 16777619U;   /* FNV-1a */
	return sum;
}

static void print(const struct ch_paged *p, const struct ch_cursor *c, char *text, size_t size)
{
	char place[80];

	snprintf(place, sizeof place, "%s.%lld.%s", c->day, (long long)c->n, c->id);
	snprintf(text, size, "%s.%08x", place, (unsigned)sum_of(place, sum_of(p->list, p->given->newest ? 2166136261U : 2166136260U)));
}

/* What has been read is printed again, and must be what was given. */
static bool read_cursor(const struct ch_paged *p, struct ch_cursor *c)
{
	struct ch_str rest = ch_str_z(p->given->after), day, n, id;
	char again[CHANCERY_NEXT];
	uint64_t number = 0;

	if (!ch_str_cut(&rest, '.', &day) || !ch_str_cut(&rest, '.', &n) || !ch_str_cut(&rest, '.', &id) || !day.len || day.len >= sizeof c->day ||
	    !n.len || n.len > 18 || id.len >= sizeof c->id)
		return false;
	for (size_t i = 0; i < day.len; i++)
		if ((day.ptr[i] < '0' || day.ptr[i] > '9') && day.ptr[i] != '-' && day.ptr[i] != '~')
			return false;
	for (size_t i = 0; i < n.len; i++) {
		if (n.ptr[i] < '0' || n.ptr[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(n.ptr[i] - '0');
	}
	for (size_t i = 0; i < id.len; i++)
		if ((id.ptr[i] < '0' || id.ptr[i] > '9') && (id.ptr[i] < 'a' || id.ptr[i] > 'f'))
			return false;
	*c = (struct ch_cursor){ .set = true, .n = (int64_t)number };
	memcpy(c->day, day.ptr, day.len);
	memcpy(c->id, id.len ? id.ptr : "", id.len);
	print(p, c, again, sizeof again);
	return strcmp(again, p->given->after) == 0;
}

bool ch_paged_begin(struct ch_paged *p, const char *list, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
		    struct ch_query *q, struct ch_err *err)
{
	*p = (struct ch_paged){ .row = row, .ctx = ctx, .list = list, .given = given, .left = q->limit ? q->limit : UINT64_MAX };
	if (given->next)
		*given->next = '\0';
	if (given->after && *given->after && !read_cursor(p, &q->after))
		return ch_fail(err, "after: '%.40s' is no place in this list; what \"next\" of the answer before said is wanted, with the same order", given->after);
	q->at = &p->here;
	q->limit += q->limit && given->next && q->limit < UINT64_MAX;
	return true;
}

bool ch_paged_next(struct ch_paged *p)
{
	if (!p->left) {
		if (p->given->next)
			print(p, &p->last, p->given->next, CHANCERY_NEXT);
		return false;
	}
	p->left--;
	p->last = p->here;
	return true;
}

bool ch_paged_row(void *paged, const char *json, size_t size)
{
	struct ch_paged *p = paged;

	return ch_paged_next(p) && p->row(p->ctx, json, size);
}

void ch_paged_break(struct ch_paged *p)
{
	if (p->given->next)
		print(p, &p->here, p->given->next, CHANCERY_NEXT);
}
