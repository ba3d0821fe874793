/* serve/asset.c -- the files of the web page, which web/ builds and the build puts into the program. */
#include "serve/serve.h"
#include "base/embed.h"
#include <stdio.h>
#include <stdlib.h>

size_t ch_web_assets(struct ch_embedded *files, size_t max);

enum { GZIP_GOOD = 9, ZSTD_GOOD = 9 };

struct ch_assets {
	struct ch_arena arena;
	size_t n;
	struct asset {
		struct ch_str path, text, gzip, zstd, tag;
		const char *type;
	} v[];
};

static const struct {
	const char *ending, *type;
	bool dense;            /* packing gains nothing */
} types[] = {
	{ ".html", "text/html; charset=utf-8", false }, { ".js", "text/javascript; charset=utf-8", false }, { ".css", "text/css; charset=utf-8", false },
	{ ".json", "application/json", false }, { ".svg", "image/svg+xml", false }, { ".webmanifest", "application/manifest+json", false },
	{ ".txt", "text/plain; charset=utf-8", false }, { ".png", "image/png", true }, { ".woff2", "font/woff2", true },
};

struct ch_assets *ch_assets_pack(void)
{
	const size_t n = ch_web_assets(NULL, 0);
	struct ch_assets *a = ch_xrealloc(NULL, sizeof *a + n * sizeof *a->v);
	struct ch_embedded *files;

	*a = (struct ch_assets){ .n = n };
	files = CH_NEW_N(&a->arena, struct ch_embedded, (uint32_t)n);
	ch_web_assets(files, n);
	for (size_t i = 0; i < a->n; i++) {
		struct asset *one = &a->v[i];
		bool dense = false;

		*one = (struct asset){ .path = ch_str_z(files[i].path), .text = files[i].text, .type = "application/octet-stream" };
		for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
			if (ch_str_ends(one->path, ch_str_z(types[k].ending))) {
				one->type = types[k].type;
				dense = types[k].dense;
			}
		}
		one->tag = ch_arena_printf(&a->arena, "W/\"%016llx\"", (unsigned long long)ch_str_hash(one->text));
		if (dense || one->text.len < CH_SERVE_PACK_MIN)
			continue;
		one->gzip = ch_pack_gzip(&a->arena, one->text, GZIP_GOOD);
		one->zstd = ch_pack_zstd(&a->arena, one->text, ZSTD_GOOD);
	}
	return a;
}

void ch_assets_free(struct ch_assets *a)
{
	if (!a)
		return;
	ch_arena_free(&a->arena);
	free(a);
}

/* A view of the page: what is no file. A name with a dot is one only below a view ("/person/J. Doe"); nothing climbs. */
static bool is_view(struct ch_str path)
{
	struct ch_str rest = path, first, part;

	if (!ch_str_cut(&rest, '/', &part) || part.len || !ch_str_cut(&rest, '/', &first) || ch_str_eqz(first, "assets") ||
	    ch_str_find_byte(first, '.', 0) != CH_STR_NONE)
		return false;
	while (ch_str_cut(&rest, '/', &part))
		if (ch_str_eqz(part, ".") || ch_str_eqz(part, ".."))
			return false;
	return true;
}

bool ch_asset(const struct ch_assets *assets, struct ch_request *request, struct ch_answer *answer)
{
	const bool root = ch_str_eqz(request->path, "/"), view = root || is_view(request->path);
	const struct ch_str want = view ? CH_STR("/index.html") : request->path;
	const struct asset *hit = NULL;
	const char *encoding = ch_pack_wanted(request);
	struct ch_str packed;

	for (size_t i = 0; assets && i < assets->n && !hit; i++)
		if (ch_str_eq(assets->v[i].path, want) || ch_str_eq(assets->v[i].path, request->path))
			hit = &assets->v[i];
	if (!hit)
		return false;
	*answer = (struct ch_answer){ .status = 200, .type = hit->type, .body = hit->text, .lasting = true };
	/* names of those below /assets/ hold a digest of what is in them */
	ch_answer_header(request, answer, "Cache-Control",
			 ch_str_starts(hit->path, CH_STR("/assets/")) ? CH_STR("public, max-age=31536000, immutable") : CH_STR("no-cache"));
	ch_answer_header(request, answer, "ETag", hit->tag);
	if (ch_request_has(request, hit->tag)) {
		answer->status = 304;
		answer->type = NULL;
		answer->body = CH_STR("");
		return true;
	}
	packed = encoding && *encoding == 'z' ? hit->zstd : hit->gzip;
	if (encoding && packed.len && packed.len < hit->text.len) {
		answer->body = packed;
		ch_answer_header(request, answer, "Content-Encoding", ch_str_z(encoding));
	}
	return true;
}
