/* input/http.h -- an HTTP/1 message as a WARC record keeps it: status line, header fields, body with its codings (RFC 9110, 9112).
 *
 * Reads what is there: lines that end in LF alone, folded lines, fields twice; a broken line is passed over. */
#ifndef CH_INPUT_HTTP_H
#define CH_INPUT_HTTP_H
#include "base/arena.h"
#include "base/err.h"

struct ch_http {
	uint32_t status;              /* 0: there is no status line */
	struct ch_str type, charset;  /* of Content-Type, without parameters; in lower case; empty where unsaid */
	struct ch_str content_coding, transfer_coding;   /* as told */
	struct ch_str body;
};

/* Parts a message at the empty line behind its header; slices point into it (type and charset into arena). */
void ch_http_read(struct ch_http *http, struct ch_arena *arena, struct ch_str message);

/* The next line "Name: value" of a block of header lines, with folded lines as they stand; false at its end. An empty line is the
 * end too: *rest begins behind it then. Lines without a colon are passed over. */
bool ch_http_field(struct ch_str *rest, struct ch_str *name, struct ch_str *value);

/* Takes chunks, gzip and deflate off the body, up to max bytes; what comes behind is cut. A body that breaks off gives what there
 * is. The result lies in arena or in the message. Fails for a coding that is not known (br, zstd). */
bool ch_http_decode(const struct ch_http *http, struct ch_arena *arena, size_t max, struct ch_str *body, struct ch_err *err) CH_MUST_USE;

/* Of "text/html; charset=x": the type, in lower case, and the charset without its quotes. */
void ch_http_type(struct ch_arena *arena, struct ch_str value, struct ch_str *type, struct ch_str *charset);
#endif
