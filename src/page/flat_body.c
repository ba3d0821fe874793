/* page/flat_body.c -- which lines of flat text are the article: the network, the best path, the reasons. flat.h says why. */
#include "page/flat.h"

enum { UNIT = 256, YES = 32, STEPS = 8, STARTS = 2, BODY_BYTES_MIN = 100, HEADLINES_MIN = 4 };

static const int16_t weights[] = {
#include "../../model/flat.inc"
};

enum {
	AT_BIAS = PAGE_FLAT_ROW * PAGE_FLAT_HIDDEN, AT_OUT = AT_BIAS + PAGE_FLAT_HIDDEN,
	AT_OUT_BIAS = AT_OUT + PAGE_FLAT_HIDDEN * FLAT_STATES, AT_STEP = AT_OUT_BIAS + FLAT_STATES, AT_START = AT_STEP + STEPS,
	WEIGHTS_N = AT_START + STARTS,
};
_Static_assert(sizeof weights / sizeof *weights == WEIGHTS_N, "model/flat.inc fits the rows: train/flat.py");

/* The steps a path may take, in the order of their costs; those into a state stand from first[state] on. */
static const struct { uint8_t from, to; } steps[STEPS] = {
	{ FLAT_ABOVE, FLAT_ABOVE }, { FLAT_ABOVE, FLAT_BODY }, { FLAT_BODY, FLAT_BODY }, { FLAT_BODY, FLAT_GAP }, { FLAT_BODY, FLAT_BELOW },
	{ FLAT_GAP, FLAT_GAP }, { FLAT_GAP, FLAT_BODY }, { FLAT_BELOW, FLAT_BELOW },
};

/* What the line alone says for each state, in units of 1/256. */
static void score_line(const struct page_flat *f, uint32_t line, int32_t out[FLAT_STATES])
{
	uint8_t row[PAGE_FLAT_ROW];
	int32_t hidden[PAGE_FLAT_HIDDEN];

	page_flat_row(f, line, row);
	for (uint32_t h = 0; h < PAGE_FLAT_HIDDEN; h++)
		hidden[h] = weights[AT_BIAS + h] * YES;
	for (uint32_t i = 0; i < PAGE_FLAT_ROW; i++) {
		const int16_t *w = &weights[i * PAGE_FLAT_HIDDEN];

		if (!row[i])
			continue;
		for (uint32_t h = 0; h < PAGE_FLAT_HIDDEN; h++)
			hidden[h] += w[h] * row[i];
	}
	for (uint32_t s = 0; s < FLAT_STATES; s++) {
		int64_t sum = 0;

		for (uint32_t h = 0; h < PAGE_FLAT_HIDDEN; h++)
			sum += hidden[h] > 0 ? (int64_t)(hidden[h] / YES) * weights[AT_OUT + h * FLAT_STATES + s] : 0;
		out[s] = (int32_t)(sum / UNIT) + weights[AT_OUT_BIAS + s];
	}
}

/* The state of each line on the best path. */
static uint8_t *best_path(const struct page_flat *f, struct ch_arena *arena)
{
	static const int64_t never = INT64_MIN / 4;
	uint8_t *path = CH_NEW_N(arena, uint8_t, f->n * FLAT_STATES + 1), *back = path;   /* first the state before each, then the path */
	int64_t score[FLAT_STATES] = { weights[AT_START], weights[AT_START + 1], never, never };
	int32_t out[FLAT_STATES];
	uint8_t state = FLAT_ABOVE;

	for (uint32_t i = 0; i < f->n; i++) {
		int64_t next[FLAT_STATES] = { never, never, never, never };

		score_line(f, i, out);
		for (uint32_t k = 0; i && k < STEPS; k++) {
			int64_t x = score[steps[k].from] + weights[AT_STEP + k];

			if (x > next[steps[k].to]) {
				next[steps[k].to] = x;
				back[i * FLAT_STATES + steps[k].to] = steps[k].from;
			}
		}
		for (uint32_t s = 0; s < FLAT_STATES; s++)
			score[s] = (i ? next[s] : score[s]) + out[s];
	}
	if (score[FLAT_BODY] > score[state])
		state = FLAT_BODY;
	if (score[FLAT_BELOW] > score[state])
		state = FLAT_BELOW;
	for (uint32_t i = f->n; i-- > 0;) {
		uint8_t before = back[i * FLAT_STATES + state];

		back[i * FLAT_STATES] = state;
		state = before;
	}
	for (uint32_t i = 0; i < f->n; i++)
		path[i] = back[i * FLAT_STATES];
	return path;
}

/* Of a line that has said nothing against itself. */
static const char *reason(const struct page_flat *f, uint32_t i, enum page_flat_state state)
{
	const struct page_flat_line *x = &f->v[i];
	uint32_t up = i > HEADLINES_MIN ? i - HEADLINES_MIN : 0, down = i + HEADLINES_MIN < f->n ? i + HEADLINES_MIN : f->n;

	if (x->cue[CUE_SENTENCE])
		return state == FLAT_GAP ? "prose that is not the article's" : NULL;
	if (x->cue[CUE_DATE])
		return "date";
	if (!x->cue[CUE_WORDS])
		return "counter";
	if (x->cue[CUE_WEB] && x->cue[CUE_WORDS] < 12)
		return "link";
	if (state != FLAT_ABOVE && f->v[down].labels - f->v[up].labels >= HEADLINES_MIN)
		return "headlines of other articles";
	return state == FLAT_GAP ? "let into the article" : NULL;
}

void page_flat_body(struct page *p, const struct page_flat *f)
{
	const uint8_t *path = best_path(f, p->arena);
	uint32_t bytes = 0;

	p->first = p->past = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		struct page_line *l = &p->lines.v[i];

		if (path[i] != FLAT_BODY) {
			if (!l->reason && path[i] != FLAT_ABOVE)
				l->reason = reason(f, i, path[i]);
			continue;
		}
		l->reason = NULL;
		l->body = true;
		if (p->past == 0)
			p->first = i;
		p->past = i + 1;
		bytes += l->end - l->start;
	}
	if (bytes >= BODY_BYTES_MIN)
		return;
	for (uint32_t i = p->first; i < p->past; i++)
		p->lines.v[i].body = false;
	p->first = p->past = 0;
}

void page_flat_read(struct page *p)
{
	struct page_flat f = { 0 };

	page_flat_lines(p);
	page_flat_look(p, &f);
	page_flat_body(p, &f);
	if (p->past > p->first)
		page_flat_title(p, &f);
}
