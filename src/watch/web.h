/* watch/web.h -- one request over HTTP, behind verbs that a test can replace: the web, the clock, and waiting. */
#ifndef CH_WATCH_WEB_H
#define CH_WATCH_WEB_H
#include "base/arena.h"
#include "base/err.h"

struct ch_request {
	const char *url;                 /* http or https */
	const char *etag, *modified;     /* of the answer had before, for If-None-Match and If-Modified-Since; NULL */
	size_t bytes_max;                /* the body is cut there, whatever it is packed in */
	bool private_hosts;              /* the host may be in a private network: the user named it */
};

struct ch_answer {
	long status;                     /* of HTTP; 304: what was had before still holds */
	struct ch_str body;              /* codings taken off */
	bool cut;
	struct ch_str type, charset, etag, modified;   /* empty where untold */
	struct ch_str redirect;          /* 3xx: where to, absolute; else empty */
	long retry_after;                /* seconds; 0: not told */
	bool refused;                    /* there is no answer because the host is in a private network */
};

struct ch_web {
	/* False where there is no answer at all, and why in err. Strings of the answer lie in arena. Follows no redirect. */
	bool (*get)(void *ctx, const struct ch_request *request, struct ch_arena *arena, struct ch_answer *answer, struct ch_err *err);
	double (*now)(void *ctx);                    /* seconds since 1970 */
	bool (*wait)(void *ctx, double seconds);     /* false: it is time to stop */
	void (*close)(void *ctx);
	void *ctx;
};

/* The real one, by libcurl. It connects directly, without proxies; 15 seconds to connect, 90 for all; no host in a private network
 * (RFC 6890: 10/8, 127/8, 169.254/16, fc00::/7 …) unless the request says so, looked up at the moment of connecting, so that no name
 * can be turned round in between. stopped (may be NULL) is asked at least every second. */
bool ch_web_open(struct ch_web *web, bool (*stopped)(void *ctx), void *ctx, struct ch_err *err) CH_MUST_USE;

/* Whether the address, 4 bytes of IPv4 or 16 of IPv6, is no public one. */
bool ch_web_private(const uint8_t *address, size_t n);

/* Parts an http(s) URL: host is "scheme://host" in lower case, ":port" behind it where it is not the scheme's own, path has the query and begins with "/". False: it is none. Both in
 * arena. */
bool ch_web_part(struct ch_arena *arena, const char *url, struct ch_str *host, struct ch_str *path);
/* `url` as it stands on the page `base`, absolute, without its fragment; empty where it is no http(s) URL. */
struct ch_str ch_web_resolve(struct ch_arena *arena, const char *base, struct ch_str url);
#endif
