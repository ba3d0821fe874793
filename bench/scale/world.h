/* bench/scale/world.h -- an invented world of the shape of a press archive: whom the pages of fill.c speak of, and how often.
 *
 * States are known by three letters; how often one is told of falls as in archives of the press (Zipf), and most of what a state does, it
 * does with a few neighbours. Everything hangs on a seed alone. */
#ifndef CH_BENCH_SCALE_WORLD_H
#define CH_BENCH_SCALE_WORLD_H
#include "base/arena.h"
#include "base/day.h"
#include "merge/words.h"
#include <stdio.h>

enum { STATES = 200, PEOPLE_OF_STATE = 24, NEIGHBOURS = 8, MATTERS = 40, WORLD_FROM = 1990, WORLD_TO = 2024 };

struct world {
	uint64_t seed;
	double weight[STATES];         /* sums */
	char code[STATES][4], name[STATES][16];
};

static inline uint32_t below(struct world *w, uint32_t n)
{
	return (uint32_t)((ch_mix(w->seed++) >> 11) % n);
}

static inline uint32_t state_at(const struct world *w, double share)
{
	const double x = share * w->weight[STATES - 1];
	uint32_t lo = 0, hi = STATES - 1;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (w->weight[mid] < x)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static inline uint32_t any_state(struct world *w)
{
	return state_at(w, (double)below(w, 1u << 30) / (double)(1u << 30));
}

/* Of the state: one of its neighbours, the first of them most often, or anyone. Never itself. */
static inline uint32_t other_state(struct world *w, uint32_t state)
{
	uint32_t other = any_state(w), near = below(w, NEIGHBOURS);

	if (below(w, 100) < 60)
		other = state_at(w, (double)(ch_mix((uint64_t)state * NEIGHBOURS + below(w, near + 1)) >> 34) / (double)(1u << 30));
	return other == state ? (state + 1) % STATES : other;
}

static inline void world_make(struct world *w, uint64_t seed)
{
	static const char *const parts[16] = { "ar", "bel", "cor", "dan", "el", "fir", "gal", "hol", "is", "jur", "kal", "lor", "mar", "nor", "os", "pel" };
	double sum = 0;

	w->seed = seed << 32;
	for (uint32_t i = 0; i < STATES; i++) {
		w->weight[i] = sum += 1.0 / (i + 4);
		snprintf(w->code[i], sizeof *w->code, "Q%c%c", 'A' + (int)(i / 26), 'A' + (int)(i % 26));
		snprintf(w->name[i], sizeof *w->name, "%s%s%s", parts[i % 16], parts[i / 16], i % 3 ? "ia" : "land");
		w->name[i][0] = (char)(w->name[i][0] - 32);
	}
}

/* A person of a state; the first of each hold the offices. */
static inline void person_name(const struct world *w, uint32_t state, uint32_t which, char out[40])
{
	static const char *const given[12] = { "Ada", "Boris", "Chen", "Dora", "Emil", "Fatou", "Goran", "Hana", "Ivo", "Jin", "Katya", "Luis" };

	snprintf(out, 40, "%s %.5sov%c%c", given[which % 12], w->name[state], 'a' + (int)(which / 12), 'a' + (int)(which % 12));
}

static const char *const matters[MATTERS] = {
	"trade", "energy", "fisheries", "border demarcation", "visa rules", "grain", "railways", "water", "debt", "extradition", "arms control",
	"refugees", "aviation", "tariffs", "investment", "cultural exchange", "climate", "vaccines", "gas transit", "mining", "tourism", "banking",
	"telecommunications", "shipping", "electricity", "education", "space", "counterterrorism", "drug trafficking", "prisoners", "peacekeeping",
	"sanctions", "elections", "a ceasefire", "minority rights", "customs", "nuclear safety", "earthquake relief", "agriculture", "science",
};
#endif
