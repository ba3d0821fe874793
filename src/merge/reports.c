#include "merge/reports.h"
#include <string.h>

enum {
	DAYS_OPEN = 10, MONTH_OPEN = 31,
	AGAIN_DAYS = 2,              /* the next of its kind is looked for so far around */
	TOLD_AFTER = 3,              /* days between an undated event and its report, at most */
	TOLD_BEFORE = 120,           /* days between an undated announcement and what it announces */
	ANNOUNCED_WITHIN = 7,        /* days between two announcements of one thing */
};

static bool is(struct ch_str s, const char *z)
{
	return ch_str_eqz(s, z);
}

static bool is_single(const struct ch_version *v)
{
	return is(v->type, "CONSULT") || is(v->type, "AGREE") || (is(v->type, "SUPPORT") && (is(v->mode, "sign") || is(v->mode, "recognise")));
}

/* Of which a pair has several in a month. */
static bool is_routine(const struct ch_version *v)
{
	return !is(v->mode, "visit") && !is(v->mode, "sign") && !is(v->mode, "recognise") && !is(v->mode, "multilateral");
}

/* ---- keys ---- */

static ch_day lo_of(const struct ch_version *v)
{
	return ch_day_parse(v->lo);
}

static ch_day hi_of(const struct ch_version *v)
{
	return ch_day_parse(v->hi);
}

static enum ch_span_kind span_of(const struct ch_version *v)
{
	ch_day lo = lo_of(v), hi = hi_of(v);

	if (!v->lo.len && !v->hi.len)
		return v->published != CH_NO_DAY ? CH_SPAN_UNDATED : CH_SPAN_NONE;
	if (lo == CH_NO_DAY || hi == CH_NO_DAY || hi < lo || hi - lo > MONTH_OPEN)
		return CH_SPAN_NONE;
	return hi - lo <= DAYS_OPEN ? CH_SPAN_DAYS : CH_SPAN_MONTH;
}

/* Its parties, sorted, each once; 0 where there are more than max. */
static uint32_t parties_of(const struct ch_version *v, struct ch_str *out, uint32_t max)
{
	uint32_t i = 0, j = 0, n = 0;

	while (i < v->n_side[0] || j < v->n_side[1]) {
		bool first = j == v->n_side[1] || (i < v->n_side[0] && ch_str_cmp(v->side[0][i], v->side[1][j]) <= 0);
		struct ch_str one = first ? v->side[0][i++] : v->side[1][j++];

		if (n && ch_str_eq(out[n - 1], one))
			continue;
		if (n == max)
			return 0;
		out[n++] = one;
	}
	return n;
}

/* FNV-1a, 64 bits; a zero byte behind each field. */
static uint64_t hash_field(uint64_t h, struct ch_str s)
{
	for (size_t i = 0; i <= s.len; i++)
		h = (h ^ (i < s.len ? (unsigned char)s.ptr[i] : 0)) * 1099511628211u;
	return h;
}

static int64_t key_of(uint64_t h, enum ch_span_kind kind)
{
	/* two bits for the kind; SQLite's integers are signed, and so is what names a row of it */
	return (int64_t)(h >> 3 << 2 | (uint64_t)kind);
}

/* Hashes of what must be the same in events that are one: 0 to CH_NEAR_KEYS. */
static uint32_t hashes_of(const struct ch_version *v, uint64_t out[CH_NEAR_KEYS])
{
	enum { MANY = 64 };
	struct ch_str parties[MANY];
	uint64_t h = 14695981039346656037u;
	uint32_t n_parties, n = 0;

	if (!is_single(v))
		return 0;
	n_parties = parties_of(v, parties, MANY);
	if (n_parties < 2)
		return 0;
	h = hash_field(hash_field(hash_field(h, v->type), v->mode), v->status);
	if (n_parties > CH_NEAR_PARTIES) {
		for (uint32_t i = 0; i < n_parties; i++)
			h = hash_field(h, parties[i]);
		out[0] = h;
		return 1;
	}
	for (uint32_t i = 0; i < n_parties; i++)
		for (uint32_t j = i + 1; j < n_parties; j++)
			out[n++] = hash_field(hash_field(h, parties[i]), parties[j]);
	return n;
}

uint32_t ch_near_keys(const struct ch_version *v, struct ch_near_key keys[CH_NEAR_KEYS])
{
	enum ch_span_kind kind = span_of(v);
	uint64_t hashes[CH_NEAR_KEYS];
	uint32_t n = kind == CH_SPAN_NONE ? 0 : hashes_of(v, hashes);

	for (uint32_t i = 0; i < n; i++)
		keys[i] = (struct ch_near_key){ key_of(hashes[i], kind), kind == CH_SPAN_UNDATED ? v->published : lo_of(v) };
	return n;
}

/* Where an undated report stands whose event may be of these days; and the other way round. */
static struct ch_reach published_for(const struct ch_version *v)
{
	if (is(v->status, "planned"))
		return (struct ch_reach){ .first = lo_of(v) - TOLD_BEFORE, .last = hi_of(v) };
	return (struct ch_reach){ .first = lo_of(v) - 1, .last = hi_of(v) + TOLD_AFTER };
}

static struct ch_reach days_for(const struct ch_version *v)
{
	if (is(v->status, "planned"))
		return (struct ch_reach){ .first = v->published - DAYS_OPEN, .last = v->published + TOLD_BEFORE };
	return (struct ch_reach){ .first = v->published - TOLD_AFTER - DAYS_OPEN, .last = v->published + 1 };
}

uint32_t ch_near_reaches(const struct ch_version *v, struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES])
{
	enum ch_span_kind kind = span_of(v);
	uint64_t hashes[CH_NEAR_KEYS];
	uint32_t n_hashes = kind == CH_SPAN_NONE ? 0 : hashes_of(v, hashes), n = 0;
	struct ch_reach to[CH_NEAR_REACHES];
	bool open[CH_NEAR_REACHES] = { true, kind == CH_SPAN_DAYS, kind == CH_SPAN_DAYS };

	if (kind == CH_SPAN_UNDATED) {
		to[CH_SPAN_DAYS] = days_for(v);
	} else if (kind != CH_SPAN_NONE) {
		to[CH_SPAN_DAYS] = (struct ch_reach){ .first = lo_of(v) - DAYS_OPEN - AGAIN_DAYS, .last = hi_of(v) + AGAIN_DAYS };
		to[CH_SPAN_MONTH] = (struct ch_reach){ .first = lo_of(v) - MONTH_OPEN, .last = hi_of(v) };
		to[CH_SPAN_UNDATED] = published_for(v);
	}
	for (uint32_t i = 0; i < n_hashes; i++) {
		for (unsigned k = 0; k < CH_NEAR_REACHES; k++) {
			if (!open[k])
				continue;
			reaches[n] = to[k];
			reaches[n++].key = key_of(hashes[i], (enum ch_span_kind)k);
		}
	}
	return n;
}

/* ---- two events ---- */

static bool has(const struct ch_str *v, uint32_t n, struct ch_str one)
{
	for (uint32_t i = 0; i < n; i++)
		if (ch_str_eq(v[i], one))
			return true;
	return false;
}

static bool share_outlet(const struct ch_version *a, const struct ch_version *b)
{
	for (uint32_t i = 0; i < a->n_outlets; i++)
		if (has(b->outlets, b->n_outlets, a->outlets[i]))
			return true;
	return false;
}

/* The same parties, or one more in one of them; but who meets two others together may meet one of them alone beside it. */
static bool parties_agree(const struct ch_version *a, const struct ch_version *b)
{
	uint32_t m = a->n_side[0] + a->n_side[1], n = b->n_side[0] + b->n_side[1];
	uint32_t less = m < n ? m : n, more = m < n ? n : m;

	if (less < 2 || more - less > 1 || (more > less && less == 2 && is_routine(a) && !is(a->type, "AGREE")))
		return false;
	return ch_version_parties_within(a, b) || ch_version_parties_within(b, a);
}

static bool alike_or_unsaid(struct ch_str a, struct ch_str b)
{
	return !a.len || !b.len || ch_str_eq(a, b);
}

static int64_t gap(ch_day a, ch_day b)
{
	return a < b ? (int64_t)b - a : (int64_t)a - b;
}

static bool holds(const struct ch_version *outer, const struct ch_version *inner)
{
	return lo_of(outer) <= lo_of(inner) && hi_of(inner) <= hi_of(outer);
}

static enum ch_nearness undated(const struct ch_version *v, const struct ch_version *dated)
{
	ch_day lo = lo_of(dated), hi = hi_of(dated);

	if (is(v->status, "planned"))
		return hi >= v->published && lo <= v->published + TOLD_BEFORE && dated->published != CH_NO_DAY &&
		       gap(dated->published, v->published) <= ANNOUNCED_WITHIN ? CH_NEAR_ONE : CH_NEAR_NOT;
	if (!is(v->status, "actual"))
		return CH_NEAR_NOT;
	return lo <= v->published + 1 && hi >= v->published - TOLD_AFTER ? CH_NEAR_ONE : CH_NEAR_NOT;
}

static enum ch_nearness by_dates(const struct ch_version *a, const struct ch_version *b)
{
	enum ch_span_kind x = span_of(a), y = span_of(b);
	int64_t apart;

	if (x == CH_SPAN_NONE || y == CH_SPAN_NONE || (x != CH_SPAN_DAYS && y != CH_SPAN_DAYS))
		return CH_NEAR_NOT;
	if (x == CH_SPAN_UNDATED || y == CH_SPAN_UNDATED)
		return x == CH_SPAN_UNDATED ? undated(a, b) : undated(b, a);
	if (x == CH_SPAN_MONTH || y == CH_SPAN_MONTH) {
		if (is_routine(a) && (!a->place.len || !b->place.len))
			return CH_NEAR_NOT;
		return holds(x == CH_SPAN_MONTH ? a : b, x == CH_SPAN_MONTH ? b : a) ? CH_NEAR_ONE : CH_NEAR_NOT;
	}
	if (holds(a, b) || holds(b, a))
		return CH_NEAR_ONE;
	apart = gap(lo_of(a), lo_of(b)) > gap(hi_of(a), hi_of(b)) ? gap(lo_of(a), lo_of(b)) : gap(hi_of(a), hi_of(b));
	return apart == 1 ? CH_NEAR_A_DAY : apart <= AGAIN_DAYS ? CH_NEAR_APART : CH_NEAR_NOT;
}

enum ch_nearness ch_nearness(const struct ch_version *a, const struct ch_version *b)
{
	enum ch_nearness near;

	if (!is_single(a) || !ch_str_eq(a->type, b->type) || !ch_str_eq(a->mode, b->mode) || !ch_str_eq(a->status, b->status) ||
	    !alike_or_unsaid(a->place, b->place) || !parties_agree(a, b))
		return CH_NEAR_NOT;
	near = by_dates(a, b);
	if (near == CH_NEAR_NOT)
		return near;
	if (ch_versions_share_page(a, b))
		return CH_NEAR_APART;
	return near == CH_NEAR_A_DAY && share_outlet(a, b) ? CH_NEAR_APART : near;
}

uint32_t ch_near_head(const struct ch_version *v, const struct ch_version *const *others, uint32_t n)
{
	const struct ch_version *day = NULL;
	bool again = false, dated = v->lo.len > 0;
	uint32_t best = UINT32_MAX;

	/* What else of its kind was a day or two before or after: one other date may be a slip, two are a habit. */
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_version *o = others[i];
		enum ch_nearness near = ch_nearness(v, o);

		if (!dated || span_of(v) != CH_SPAN_DAYS || span_of(o) != CH_SPAN_DAYS || near == CH_NEAR_NOT || holds(v, o) || holds(o, v))
			continue;
		again = again || near == CH_NEAR_APART || (day && (!ch_str_eq(day->lo, o->lo) || !ch_str_eq(day->hi, o->hi)));
		day = o;
	}
	for (uint32_t i = 0; i < n; i++) {
		enum ch_nearness near = ch_nearness(v, others[i]);

		if (ch_version_cmp(others[i], v) >= 0 || near < CH_NEAR_A_DAY || (near == CH_NEAR_A_DAY && again))
			continue;
		if (best == UINT32_MAX || ch_version_cmp(others[i], others[best]) < 0)
			best = i;
	}
	for (uint32_t i = 0; best != UINT32_MAX && i < n; i++) {
		enum ch_nearness near = ch_nearness(v, others[i]);

		if (i == best || ch_version_cmp(others[i], v) >= 0 || near < CH_NEAR_A_DAY || (near == CH_NEAR_A_DAY && again))
			continue;
		if (ch_nearness(others[i], others[best]) < CH_NEAR_A_DAY)
			return UINT32_MAX;
	}
	return best;
}

/* ---- what differs ---- */

unsigned ch_versions_differ(const struct ch_version *a, const struct ch_version *b)
{
	unsigned differ = 0;

	if (a->lo.len && b->lo.len && !holds(a, b) && !holds(b, a))
		differ |= CH_DIFFER_DATE;
	if (!alike_or_unsaid(a->place, b->place))
		differ |= CH_DIFFER_PLACE;
	if (!ch_version_parties_within(a, b) && !ch_version_parties_within(b, a))
		differ |= CH_DIFFER_PARTY;
	return differ;
}

static uint32_t in_common(const struct ch_version *a, const struct ch_version *b)
{
	enum { MANY = 64 };
	struct ch_str x[MANY], y[MANY];
	uint32_t m = parties_of(a, x, MANY), n = parties_of(b, y, MANY), common = 0;

	for (uint32_t i = 0; i < m; i++)
		common += has(y, n, x[i]);
	return common;
}

unsigned ch_events_differ(const struct ch_version *a, const struct ch_version *b)
{
	unsigned differ;
	int64_t apart;

	if (!is_single(a) || !ch_str_eq(a->type, b->type) || !ch_str_eq(a->mode, b->mode) || !ch_str_eq(a->status, b->status) ||
	    span_of(a) != CH_SPAN_DAYS || span_of(b) != CH_SPAN_DAYS || in_common(a, b) < 2 || ch_versions_share_page(a, b) ||
	    share_outlet(a, b))
		return 0;
	differ = ch_versions_differ(a, b);
	if (differ == CH_DIFFER_DATE) {
		apart = gap(lo_of(a), lo_of(b)) > gap(hi_of(a), hi_of(b)) ? gap(lo_of(a), lo_of(b)) : gap(hi_of(a), hi_of(b));
		return !is_routine(a) && apart <= CH_DIFFER_DAYS && parties_agree(a, b) ? differ : 0;
	}
	if (differ == CH_DIFFER_PLACE)
		return parties_agree(a, b) ? differ : 0;
	return differ == CH_DIFFER_PARTY && a->place.len && b->place.len ? differ : 0;
}

bool ch_version_fits(const struct ch_version *v, const struct ch_version *head)
{
	if (!ch_str_eq(v->type, head->type) || !ch_str_eq(v->status, head->status) || !alike_or_unsaid(v->mode, head->mode) ||
	    !alike_or_unsaid(v->place, head->place))
		return false;
	if (v->lo.len && head->lo.len && (lo_of(v) > hi_of(head) + 1 || lo_of(head) > hi_of(v) + 1))
		return false;
	return ch_version_parties_within(v, head) || ch_version_parties_within(head, v);
}
