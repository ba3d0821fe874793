/* watch/watch.h -- feeds and sitemaps looked through, round after round, and the pages that are new in them fetched politely.
 *
 *     places ─▶ feeds, sitemaps ─▶ links ─▶ those not had yet ─▶ struct ch_input, as of any other source
 *
 * Politeness: one request at a time; between two to a host `delay` seconds, or what its robots.txt asks for (up to a minute);
 * robots.txt obeyed, and read anew every day; feeds asked for with ETag and Last-Modified. A host that answers 429 or 503 is left alone
 * for as long as it says (Retry-After), else for a minute, doubled each time; what is left over waits for a later round. Redirects are
 * followed five times, each as a request of its own by these rules.
 *
 * State is kept between rounds and runs in one JSON file: what was had of each feed, which pages were, which hosts want to be left
 * alone. It is written whole or not at all, by ch_watch_save, which a caller calls when the pages of a round are safe: a run that is
 * killed before fetches some pages again, and the store knows them. */
#ifndef CH_WATCH_WATCH_H
#define CH_WATCH_WATCH_H
#include "input/input.h"
#include "watch/web.h"

struct ch_watch;

struct ch_watch_options {
	const char *state;      /* path of the state file; NULL: none is kept */
	double delay;           /* seconds */
	uint64_t limit;         /* pages a round; 0: all */
};

/* places: URLs of feeds and sitemaps, or files that hold one, or hold such URLs, one a line. Lent until closed; web is taken. Fails for a
 * state file that cannot be read. */
bool ch_watch_open(struct ch_watch **watch, const char *const *places, size_t n, const struct ch_watch_options *options,
		   const struct ch_web *web, struct ch_err *err) CH_MUST_USE;
void ch_watch_close(struct ch_watch *watch);   /* NULL is fine */
/* Begins a round: all places are to be asked anew. Open begins the first. */
void ch_watch_round(struct ch_watch *watch);
/* The next page that was fetched, or what went wrong; false at the end of the round. */
bool ch_watch_next(struct ch_watch *watch, struct ch_input *input);
bool ch_watch_save(const struct ch_watch *watch, struct ch_err *err) CH_MUST_USE;
#endif
