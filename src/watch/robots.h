/* watch/robots.h -- what a host lets be fetched: robots.txt, after RFC 9309 (and Crawl-delay, which many write and it leaves out). */
#ifndef CH_WATCH_ROBOTS_H
#define CH_WATCH_ROBOTS_H
#include "base/arena.h"

struct ch_robots_rule {
	struct ch_str pattern;   /* "*" any bytes, a "$" at its end the end; percent signs as ch_robots_allow has them */
	bool allow;
};

struct ch_robots {
	CH_VEC(struct ch_robots_rule) rules;
	double delay;            /* seconds between two requests; 0: not told */
};

/* Reads the groups of `agent` (a product token, "chancery"), or where there are none those of "*". Bytes beyond 500 KiB are ignored
 * (RFC 9309, 2.5); broken lines too. No bytes: everything is allowed. */
void ch_robots_read(struct ch_robots *robots, struct ch_arena *arena, struct ch_str bytes, struct ch_str agent);
/* Whether path, with its query ("/a?b"), may be fetched: the longest rule that fits says so, of two as long the one that allows. */
bool ch_robots_allow(const struct ch_robots *robots, struct ch_arena *arena, struct ch_str path);
#endif
