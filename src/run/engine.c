#include "run/engine.h"
#include "run/stages.h"
#include "base/arena.h"
#include "base/limits.h"
#include "event/context.h"
#include "run/config.h"
#include "run/input.h"
#include "run/lexicon_version.h"
#include "page/language.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

/* The engine as this folder sees it: what all stages share, and what it takes to close it and to name it. */
struct owned {
	struct ch_engine engine;   /* first, so that one pointer serves as both */
	struct ch_arena arena;     /* of lexicons that have no close of their own */
	const struct ch_page_lexicon *page;
	struct ch_languages *languages;
	struct ch_model *model;
	struct ch_gazetteer *gazetteer;
	struct ch_frames *frames;
	struct ch_contexts *contexts;
	struct ch_cues *cues;
	char model_version[256];
	char lexicon_version[64];
};

/* Writes the model's path to out; true if a file is there. */
static bool try_path(const char *dir, const char *rest, char out[PATH_MAX])
{
	int n = snprintf(out, PATH_MAX, "%s%s", dir, rest);

	return n > 0 && n < PATH_MAX && access(out, R_OK) == 0;
}

static bool find_model(char out[PATH_MAX])
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (n > 0) {
		exe[n] = '\0';
		slash = strrchr(exe, '/');
		if (slash) {
			*slash = '\0';
			if (try_path(exe, "/../share/chancery/model/syntax.bin", out))
				return true;
		}
	}
	return try_path(CH_DATADIR, "/chancery/model/syntax.bin", out) || try_path(CH_SOURCE_TREE, "/model/syntax.bin", out);
}

/* The checksum in the model's head (syntax/model.h has checked it): which model it was, whatever its maker called it. */
static uint32_t checksum_of(const char *path)
{
	unsigned char head[28] = { 0 };
	FILE *f = fopen(path, "rb");

	if (f) {
		if (fread(head, 1, sizeof head, f) != sizeof head)
			memset(head, 0, sizeof head);
		fclose(f);
	}
	return head[24] | (uint32_t)head[25] << 8 | (uint32_t)head[26] << 16 | (uint32_t)head[27] << 24;
}

static bool open_model(struct owned *o, const char *given, struct ch_err *err)
{
	char found[PATH_MAX];
	struct ch_str about;

	if (!given)
		given = getenv("CHANCERY_MODEL");
	if (!given || !*given) {
		if (!find_model(found))
			return ch_fail(err, "no model file: neither ../share/chancery/model/syntax.bin beside the program, nor %s; "
				       "name one with --model or CHANCERY_MODEL", CH_SOURCE_TREE "/model/syntax.bin");
		given = found;
	}
	if (!ch_model_open(given, &o->model, err))
		return false;
	about = ch_model_about(o->model);
	snprintf(o->model_version, sizeof o->model_version, "%08x (%.*s)", checksum_of(given), CH_STR_ARG(about));
	return true;
}

/* A user's own file; records then say that they were made with it. False after a failure; empty where path is NULL. */
static bool read_own(struct owned *o, const char *path, struct ch_arena *arena, struct ch_str *text, struct ch_err *err)
{
	size_t at = strlen(o->lexicon_version);
	bool cut = false;

	*text = CH_STR("");
	if (!path)
		return true;
	if (!ch_input_read(arena, path, text, &cut, err))
		return ch_err_in(err, "%s", path);
	if (cut)
		return ch_fail(err, "%s: is too long for a lexicon (over %zu MB)", path, CH_PAGE_BYTES_MAX >> 20);
	snprintf(o->lexicon_version + at, sizeof o->lexicon_version - at, "+%08lx",
		 crc32(0, (const unsigned char *)text->ptr, (unsigned)text->len));
	return true;
}

static bool open_gazetteer(struct owned *o, const char *path, struct ch_err *err)
{
	struct ch_actor_list own = { .path = path };
	struct ch_arena arena = { 0 };
	bool ok;

	if (!path)
		return ch_gazetteer_open(&o->gazetteer, err);
	ok = read_own(o, path, &arena, &own.text, err) && ch_gazetteer_open_with(&own, &o->gazetteer, err);
	ch_arena_free(&arena);
	return ok;
}

static bool open_frames(struct owned *o, const char *path, struct ch_err *err)
{
	struct ch_embedded own = { .path = path };

	/* frames point into their text: it lies in the engine's arena */
	return read_own(o, path, &o->arena, &own.text, err) && ch_frames_open_with(path ? &own : NULL, &o->frames, err);
}

bool ch_engine_open(const char *model, struct ch_engine **engine, struct ch_err *err)
{
	return ch_engine_open_with(model, &(struct ch_own_lexicons){ 0 }, engine, err);
}

bool ch_engine_open_with(const char *model, const struct ch_own_lexicons *own, struct ch_engine **engine, struct ch_err *err)
{
	struct owned *o = ch_xrealloc(NULL, sizeof *o);

	*o = (struct owned){ 0 };
	snprintf(o->lexicon_version, sizeof o->lexicon_version, "%s", CH_LEXICON_VERSION);
	o->page = ch_page_lexicon_new(&o->arena, err);
	o->languages = ch_languages_open();
	if (!o->page || !open_model(o, model, err) || !open_gazetteer(o, own->actors, err) || !open_frames(o, own->frames, err) ||
	    !ch_contexts_open(&o->contexts, err) || !ch_cues_open(&o->cues, err)) {
		ch_engine_close(&o->engine);
		return false;
	}
	o->engine = (struct ch_engine){ .page = o->page, .languages = o->languages, .model = o->model, .gazetteer = o->gazetteer,
					.frames = o->frames, .contexts = o->contexts, .cues = o->cues };
	*engine = &o->engine;
	return true;
}

void ch_engine_close(struct ch_engine *engine)
{
	struct owned *o = (struct owned *)engine;

	if (!o)
		return;
	ch_cues_close(o->cues);
	ch_contexts_close(o->contexts);
	ch_frames_close(o->frames);
	ch_gazetteer_close(o->gazetteer);
	ch_model_close(o->model);
	ch_languages_close(o->languages);
	ch_arena_free(&o->arena);
	free(o);
}

const char *ch_engine_model_version(const struct ch_engine *engine)
{
	return ((const struct owned *)engine)->model_version;
}

const char *ch_engine_lexicon_version(const struct ch_engine *engine)
{
	return ((const struct owned *)engine)->lexicon_version;
}
