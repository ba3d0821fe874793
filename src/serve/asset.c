/* serve/asset.c -- the files of the web page, which web/ builds and the build puts into the program. */
#include "serve/serve.h"
#include "base/embed.h"

size_t ch_web_assets(struct ch_embedded *files, size_t max);

enum { ASSETS_MAX = 64 };

static const struct {
	const char *ending, *type;
} types[] = {
	{ ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" }, { ".svg", "image/svg+xml" }, { ".webmanifest", "application/manifest+json" }, { ".txt", "text/plain; charset=utf-8" },
};

static const char *type_of(struct ch_str name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (ch_str_ends(name, ch_str_z(types[i].ending)))
			return types[i].type;
	return "application/octet-stream";
}

bool ch_asset(struct ch_request *request, struct ch_answer *answer)
{
	struct ch_embedded files[ASSETS_MAX];
	const size_t n = ch_web_assets(files, ASSETS_MAX);
	/* A view's path has no dot; its page is always the same. */
	const bool view = ch_str_find_byte(request->path, '.', 0) == CH_STR_NONE;
	struct ch_str want = view ? CH_STR("/index.html") : request->path;

	for (size_t i = 0; i < n && i < ASSETS_MAX; i++) {
		struct ch_str path = ch_str_z(files[i].path);

		if (!ch_str_eq(path, want))
			continue;
		*answer = (struct ch_answer){ .status = 200, .type = type_of(path), .body = files[i].text, .lasting = true };
		ch_answer_header(request, answer, "Cache-Control", view ? CH_STR("no-cache") : CH_STR("public, max-age=31536000, immutable"));
		return true;
	}
	return false;
}
