/* serve/http.h -- one request and its answer, without sockets: what the fuzzer feeds and tests call. */
#ifndef CH_SERVE_HTTP_H
#define CH_SERVE_HTTP_H
#include "base/arena.h"
#include "base/err.h"
#include "chancery.h"

enum {
	CH_SERVE_BODY_MAX = 64 << 10,     /* bytes that a request may bring: a decision or a watch-list is below one thousand */
	CH_SERVE_FIELDS_MAX = 64,         /* parameters of a query; likewise headers */
	CH_SERVE_ARGS_MAX = 4,            /* "{…}" of a route */
	CH_SERVE_PATH_MAX = 4096, CH_SERVE_QUERY_MAX = 16 << 10,   /* bytes, as sent */
	CH_SERVE_PACK_MIN = 1024,         /* a shorter answer is not packed: it would stay one packet */
	CH_SERVE_PAGE = 100, CH_SERVE_PAGE_MAX = 1000,   /* records of an answer: by default, at most */
};

struct ch_field {
	struct ch_str name, value;
};

struct ch_request {
	struct ch_arena *arena;           /* of the request: goes when it is answered */
	struct ch_str method, path;       /* path: as it was sent, still percent-encoded, without the query */
	CH_VEC(struct ch_field) query;    /* likewise encoded, but for "+", which is a blank */
	CH_VEC(struct ch_field) headers;
	struct ch_str body;
	bool body_too_large;              /* more came than CH_SERVE_BODY_MAX, which was dropped */
	bool fields_too_many;             /* likewise parameters or headers, of which CH_SERVE_FIELDS_MAX are here */
	bool in_haste;                    /* what takes long is not to be begun now: the answer says `later` */
};

struct chancery_store;

/* What comes behind the body of an answer that is too long to be held: the next piece, in arena (emptied before each), asked for when the one
 * before was sent; an empty one was the last. False: it failed, and the answer breaks off. store is lent, another one each time. */
typedef bool ch_piece_fn(void *ctx, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece);

struct ch_answer {
	unsigned status;                  /* of RFC 9110 */
	const char *type;                 /* media type; NULL: no body */
	struct ch_str body;               /* in the request's arena, or, where lasting, as long as the program */
	bool lasting;
	ch_piece_fn *piece;               /* NULL: the body is all */
	bool live;                        /* an empty piece is not the last: it asks again when the store has moved */
	void *ctx;                        /* of piece; in the request's arena, which lives until all is sent */
	bool later;                       /* there is none yet: it takes long, and the request was in haste */
	CH_VEC(struct ch_field) headers;
};

/* The header, in any case of its letters; "" where there is none. Of several with that name one list (RFC 9110, 5.3), which is nothing sensible where one
 * is wanted. */
struct ch_str ch_request_header(const struct ch_request *q, const char *name);
/* The parameter's raw value; false where there is none. */
bool ch_request_param(const struct ch_request *q, const char *name, struct ch_str *value);
void ch_answer_header(struct ch_request *q, struct ch_answer *a, const char *name, struct ch_str value);

/* %41 to A. False on what is no such encoding, on control characters as they are, on NUL, and on what is then no UTF-8. The result lies in arena, with a NUL behind it. */
bool ch_percent_decode(struct ch_arena *arena, struct ch_str s, struct ch_str *out) CH_MUST_USE;
/* Packs the answer's body, by zstd or gzip, where the client takes that and it is worth it. */
void ch_answer_pack(struct ch_request *q, struct ch_answer *a);
/* level: of either, 1 to 9. */
struct ch_str ch_pack_gzip(struct ch_arena *arena, struct ch_str s, int level);
struct ch_str ch_pack_zstd(struct ch_arena *arena, struct ch_str s, int level);
/* The encoding that the client wants most of those that there are: "zstd", "gzip"; NULL: none. */
const char *ch_pack_wanted(const struct ch_request *q);
/* Does the client have what bears this tag ("W/\"1a2b\"")? RFC 9110, 13.1.2: tags are compared without their W/. "*" is none: it is
 * asked before it is known whether there is an answer at all. */
bool ch_request_has(const struct ch_request *q, struct ch_str tag);

/* How much the client wants this media type, out of 1000 (RFC 9110, 12.5.1; no parameters but q); absent or empty: 1000. */
unsigned ch_accepts(struct ch_str accept, const char *type);
/* Likewise for an encoding ("gzip"); absent: 0. */
unsigned ch_accepts_encoding(struct ch_str accept, const char *coding);
#endif
