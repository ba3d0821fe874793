/* watch/watch_priv.h -- what the files of a watch share. */
#ifndef CH_WATCH_PRIV_H
#define CH_WATCH_PRIV_H
#include "base/map.h"
#include "watch/robots.h"
#include "watch/watch.h"

/* A host as a round sees it. Times are seconds since 1970. */
struct watch_host {
	struct ch_str name;          /* "https://ruritania.example" */
	struct ch_robots robots;
	double robots_read;          /* 0: not yet */
	bool given;                  /* named on the command line: may be in a private network */
	bool told;                   /* that it is left alone, in this round */
	double ready;                /* the pause since the last request is over */
	double until;                /* left alone till then, whatever is wanted of it */
};

struct watch_feed {
	const char *url;
	uint32_t depth;              /* of sitemap indexes above it */
};

struct watch_page {
	const char *url;             /* NULL: done with */
	uint32_t host;
};

struct ch_watch {
	struct ch_watch_options options;
	const char *const *places;
	size_t n_places, at_place;
	struct ch_web web;
	json_t *state;               /* {"feeds": {url: …}, "pages": {url: …}, "hosts": {host: …}}: state.c */
	struct ch_arena keep;        /* hosts: as long as the watch */
	CH_VEC(struct watch_host) hosts;
	struct ch_map host_index;
	/* of the round */
	struct ch_arena round;
	CH_VEC(struct watch_feed) feeds;
	uint32_t at_feed;
	struct ch_map sources;       /* names of feeds, and whether they were read whole in this round */
	CH_VEC(struct watch_page) pages;
	bool listed;                 /* pages is filled */
	uint64_t given;
	struct ch_arena arena;       /* of one request */
	struct ch_input pending;     /* an input found on the way, to be given first; name NULL: none */
};

/* visit.c: one URL by the rules of politeness. */
enum watch_visit {
	WATCH_GOT,
	WATCH_LATER,    /* the host wants to be left alone, or it is time to stop: another round. A line in err, or none ("") */
	WATCH_FAILED,   /* no answer, or 5xx: may do another time */
	WATCH_NEVER     /* refused, or gone */
};
/* *final: the URL that answered. answer and err in w->arena, which is reset first. */
enum watch_visit watch_visit(struct ch_watch *w, struct ch_request *request, struct ch_answer *answer, const char **final,
			     struct ch_err *err);
struct watch_host *watch_host(struct ch_watch *w, const char *url, struct ch_str *path);   /* NULL: no URL */

/* state.c */
bool watch_state_read(struct ch_watch *w, struct ch_err *err);
json_t *watch_state(const struct ch_watch *w, const char *table, const char *key, bool make);   /* borrowed; NULL: none */
const char *watch_state_text(const json_t *entry, const char *key);                             /* "": none */
void watch_state_set(json_t *entry, const char *key, json_t *value);                            /* takes value */
void watch_state_put(json_t *entry, const char *key, struct ch_str text);                       /* not where it is empty, or no UTF-8 */
#endif
