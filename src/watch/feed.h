/* watch/feed.h -- where pages are: RSS 0.9x, 1.0 and 2.0, Atom, sitemaps and indexes of them, news sitemaps.
 *
 * XML by expat. Entities that a document declares are refused (they have no use in a feed but to blow it up), nothing outside the
 * document is read; HTML's names for characters, which many feeds use without declaring them, read as a blank. */
#ifndef CH_WATCH_FEED_H
#define CH_WATCH_FEED_H
#include "base/arena.h"
#include "base/err.h"

enum ch_feed_kind { CH_FEED_NONE, CH_FEED_RSS, CH_FEED_ATOM, CH_FEED_SITEMAP, CH_FEED_INDEX };

struct ch_feed_item {
	struct ch_str url;        /* as it stands: it may be relative */
	struct ch_str title;      /* empty where untold */
	struct ch_str published;  /* as it stands */
	struct ch_str changed;    /* of a sitemap: lastmod; of Atom: updated */
};

struct ch_feed {
	enum ch_feed_kind kind;
	CH_VEC(struct ch_feed_item) items;   /* INDEX: other sitemaps */
	bool broken;                         /* the XML is; items are those before */
	char why[128];
};

/* At most this many items of a feed are taken: what a sitemap may have (sitemaps.org). */
enum { CH_FEED_ITEMS_MAX = 50000 };

/* False for what is no feed, and what declares entities. What lies in feed is in arena. */
bool ch_feed_read(struct ch_feed *feed, struct ch_arena *arena, struct ch_str bytes, struct ch_err *err) CH_MUST_USE;
#endif
