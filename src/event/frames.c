/* event/frames.c -- reads lexicon/frames/; see frames.h for the format. A line at a time, a word at a time. */
#include "event/frames.h"
#include <stdlib.h>

size_t ch_lexicon_frames(struct ch_embedded *files, size_t max);

struct reader {
	struct ch_frames *frames;
	const char *file;
	uint32_t line;
	struct ch_str rest;          /* of the line, words cut off from the front */
	uint32_t frame;              /* the open one, or UINT32_MAX */
	bool open;                   /* a pattern is */
	struct ch_err *err;
};

static bool slip(struct reader *r, const char *what, struct ch_str got, const char *would_do)
{
	return ch_fail(r->err, "%s:%u: %s '%.*s'; %s", r->file, r->line, what, CH_STR_ARG(got), would_do);
}

static bool word(struct reader *r, struct ch_str *w)
{
	size_t n = 0;

	r->rest = ch_str_trim(r->rest);
	while (n < r->rest.len && r->rest.ptr[n] != ' ' && r->rest.ptr[n] != '\t')
		n++;
	*w = ch_str_sub(r->rest, 0, n);
	r->rest = ch_str_sub(r->rest, n, r->rest.len);
	return n > 0;
}

static const char *keep(struct reader *r, struct ch_str s)
{
	return ch_arena_z(&r->frames->arena, s);
}

/* Adds a lemma, or with @NAME all lemmas of a class, to list. */
static bool add_lemma(struct reader *r, struct ch_map *list, struct ch_str w)
{
	if (w.ptr[0] == '@') {
		const uint32_t *at = ch_map_get(&r->frames->classes, ch_str_sub(w, 1, w.len));
		const struct ch_map *other;

		if (!at)
			return slip(r, "no such class", w, "define it above with: class NAME lemma lemma");
		other = r->frames->lists.v[*at];
		for (uint32_t i = 0; i < other->cap; i++)
			if (other->slots[i].used)
				ch_map_put(list, other->slots[i].key, 1, NULL);
		return true;
	}
	ch_map_put(list, ch_arena_str(&r->frames->arena, w), 1, NULL);
	return true;
}

static struct ch_map *new_list(struct reader *r)
{
	struct ch_map *list = CH_NEW(&r->frames->arena, struct ch_map);

	ch_map_init(list, &r->frames->arena);
	return list;
}

/* `class NAME lemma…` starts a list, or adds to it where the name is known. */
static bool read_class(struct reader *r)
{
	struct ch_str name, w;
	bool added;
	uint32_t *at;

	if (!word(r, &name))
		return slip(r, "a class has no name", name, "write: class NAME lemma lemma");
	name = ch_arena_str(&r->frames->arena, name);
	at = ch_map_put(&r->frames->classes, name, r->frames->lists.n, &added);
	if (added)
		*CH_PUSH(&r->frames->arena, &r->frames->lists) = new_list(r);
	while (word(r, &w))
		if (!add_lemma(r, r->frames->lists.v[*at], w))
			return false;
	return true;
}

static bool read_frame(struct reader *r)
{
	struct ch_str name, type, mode = CH_STR("-"), cameo = CH_STR("-");
	struct ch_frame f = { .file = r->file, .line = r->line };

	if (!word(r, &name) || !word(r, &type))
		return slip(r, "a frame needs a name and a type", name, "write: frame NAME TYPE [MODE [CAMEO]]");
	(void)(word(r, &mode) && word(r, &cameo));
	for (uint32_t i = 0; i < r->frames->frames.n; i++)
		if (ch_str_eqz(name, r->frames->frames.v[i].name))
			return slip(r, "two frames are named", name, "give this one another name, or add its patterns to the first");
	if (ch_event_parse(type) == CH_EV_N)
		return slip(r, "no PLOVER type is called", type, "see docs/ontology.md for the sixteen");
	f.type = (uint8_t)ch_event_parse(type);
	f.name = keep(r, name);
	f.mode = mode.len && !ch_str_eqz(mode, "-") ? keep(r, mode) : NULL;
	f.cameo = cameo.len && !ch_str_eqz(cameo, "-") ? keep(r, cameo) : NULL;
	r->frame = r->frames->frames.n;
	*CH_PUSH(&r->frames->arena, &r->frames->frames) = f;
	return true;
}

static char letter_of(unsigned upos)
{
	return upos == CH_UPOS_VERB ? 'v' : upos == CH_UPOS_ADJ ? 'a' : 'n';
}

/* Chains pattern number `at` behind the patterns that this word has already. */
static void add_trigger(struct ch_frames *f, uint32_t at, struct ch_str lemma)
{
	struct ch_str key = ch_arena_printf(&f->arena, "%c:%.*s", letter_of(f->patterns.v[at].upos), CH_STR_ARG(lemma));
	bool added;
	uint32_t p = *ch_map_put(&f->triggers, key, at, &added);

	if (added)
		return;
	while (f->patterns.v[p].next != UINT32_MAX)
		p = f->patterns.v[p].next;
	f->patterns.v[p].next = at;
}

/* The pattern being read. When it is complete, each of its words gets a copy, so that the patterns of one word can be chained. */
struct open_pattern {
	struct ch_pattern body;
	struct ch_map *lemmas;
};

static bool close_pattern(struct reader *r, struct open_pattern *open)
{
	struct ch_frames *f = r->frames;

	if (!r->open)
		return true;
	if (!open->body.source.n)
		return slip(r, "the pattern above this line has no", CH_STR("source"), "write: source subj");
	for (uint32_t i = 0; i < open->lemmas->cap; i++) {
		if (!open->lemmas->slots[i].used)
			continue;
		*CH_PUSH(&f->arena, &f->patterns) = open->body;
		add_trigger(f, f->patterns.n - 1, open->lemmas->slots[i].key);
	}
	r->open = false;
	return true;
}

static bool read_pattern(struct reader *r, struct open_pattern *open, unsigned upos)
{
	struct ch_str w;

	if (r->frame == UINT32_MAX)
		return slip(r, "a pattern stands before any", CH_STR("frame"), "write the frame's line above it");
	*open = (struct open_pattern){ .body = { .frame = r->frame, .upos = (uint8_t)upos, .line = r->line, .next = UINT32_MAX } };
	open->lemmas = new_list(r);
	while (word(r, &w))
		if (!add_lemma(r, open->lemmas, w))
			return false;
	if (!open->lemmas->n)
		return slip(r, "no trigger words behind", CH_STR("verb, noun or adj"), "write: verb visit tour");
	r->open = true;
	return true;
}

static const struct {
	const char *name;
	enum ch_path_kind kind;
} path_names[] = {
	{ "subj", CH_PATH_SUBJ }, { "obj", CH_PATH_OBJ }, { "iobj", CH_PATH_IOBJ }, { "poss", CH_PATH_POSS }, { "mod", CH_PATH_MOD },
	{ "comp", CH_PATH_COMP }, { "adv", CH_PATH_ADV }, { "prt", CH_PATH_PRT },
	{ "clause", CH_PATH_CLAUSE }, { "aux", CH_PATH_AUX }, { "neg", CH_PATH_NEG },
};

/* A path of one step. */
static struct ch_path path_of_one(struct reader *r, struct ch_str w)
{
	struct ch_path p = { .kind = CH_PATH_PREP };

	if (w.len > 1 && w.ptr[0] == '^') {
		p.light = true;
		w = ch_str_sub(w, 1, w.len);
	}
	for (size_t i = 0; i < sizeof path_names / sizeof *path_names; i++)
		if (ch_str_eqz(w, path_names[i].name)) {
			p.kind = path_names[i].kind;
			return p;
		}
	p.prep = ch_arena_str(&r->frames->arena, w);
	return p;
}

/* "obj", or several steps: "obj.mod". */
static struct ch_path path_of(struct reader *r, struct ch_str w)
{
	struct ch_path p = { 0 }, *at = &p;
	size_t dot;

	while ((dot = ch_str_find(w, CH_STR("."), 0)) != CH_STR_NONE && dot > 0 && dot + 1 < w.len) {
		struct ch_path *then = CH_NEW(&r->frames->arena, struct ch_path);

		*at = path_of_one(r, ch_str_sub(w, 0, dot));
		at->then = then;
		at = then;
		w = ch_str_sub(w, dot + 1, w.len);
	}
	*at = path_of_one(r, w);
	return p;
}

static bool read_paths(struct reader *r, struct ch_paths *paths)
{
	struct ch_str w;

	while (word(r, &w)) {
		struct ch_str part;
		bool more = false;

		while (ch_str_cut(&w, '+', &part)) {
			if (!part.len)
				return slip(r, "nothing before +", w, "write: subj+with");
			if (!paths->v)
				paths->v = CH_NEW_N(&r->frames->arena, struct ch_path, CH_PATHS_MAX);
			if (paths->n == CH_PATHS_MAX)
				return slip(r, "too many paths, at", part, "24 are the most");
			paths->v[paths->n] = path_of(r, part);
			paths->v[paths->n++].more = more;
			more = true;
		}
	}
	return paths->n ? true : slip(r, "no path behind", CH_STR("source, target or swallow"), "write: source subj");
}

static bool read_need(struct reader *r, struct ch_pattern *p, bool not)
{
	struct ch_need *need = &p->needs[p->n_needs];
	struct ch_str w;
	struct ch_map *list = NULL;

	if (p->n_needs == CH_NEEDS_MAX)
		return slip(r, "too many conditions, at", r->rest, "six are the most");
	if (!word(r, &w))
		return slip(r, "no path behind", CH_STR("need"), "write: need obj agreement treaty");
	need->path = path_of(r, w);
	need->not = not;
	while (word(r, &w)) {
		if (ch_str_eqz(w, "PERSON") || ch_str_eqz(w, "PARTY")) {
			need->person |= ch_str_eqz(w, "PERSON");
			need->party |= ch_str_eqz(w, "PARTY");
			continue;
		}
		if (!list)
			list = new_list(r);
		if (!add_lemma(r, list, w))
			return false;
	}
	need->lemmas = list;
	p->n_needs++;
	return true;
}

static bool read_choice(struct reader *r, const char *const *names, int *out)
{
	struct ch_str w;

	if (word(r, &w))
		for (int i = 0; names[i]; i++)
			if (ch_str_eqz(w, names[i])) {
				*out = i;
				return true;
			}
	return slip(r, "unknown word", w, "docs/frames.md lists what may stand here");
}

static bool read_example(struct reader *r, bool fires)
{
	struct ch_str s = ch_str_trim(r->rest);
	size_t eq = CH_STR_NONE;
	struct ch_example e = { .frame = r->frame, .fires = fires, .file = r->file, .line = r->line };

	if (r->frame == UINT32_MAX)
		return slip(r, "a sentence stands before any", CH_STR("frame"), "write the frame's line above it");
	for (size_t at = ch_str_find(s, CH_STR(" = "), 0); at != CH_STR_NONE; at = ch_str_find(s, CH_STR(" = "), at + 1))
		eq = at;
	e.text = ch_arena_str(&r->frames->arena, ch_str_trim(ch_str_sub(s, 0, eq)));
	if (eq != CH_STR_NONE)
		e.want = ch_arena_str(&r->frames->arena, ch_str_trim(ch_str_sub(s, eq + 3, s.len)));
	*CH_PUSH(&r->frames->arena, &r->frames->examples) = e;
	return true;
}

/* A property of the open pattern. */
static bool read_property(struct reader *r, struct open_pattern *open, struct ch_str key)
{
	static const char *const places[] = { "said", "target", "source", "nowhere", NULL };
	static const char *const splits[] = { "none", "target", "both", NULL };
	struct ch_pattern *p = &open->body;
	struct ch_str w;
	int choice = 0;

	if (ch_str_eqz(key, "source"))
		return read_paths(r, &p->source);
	if (ch_str_eqz(key, "target"))
		return read_paths(r, &p->target);
	if (ch_str_eqz(key, "swallow"))
		return read_paths(r, &p->swallow);
	if (ch_str_eqz(key, "need") || ch_str_eqz(key, "not"))
		return read_need(r, p, ch_str_eqz(key, "not"));
	if (ch_str_eqz(key, "place")) {
		if (!read_choice(r, places, &choice))
			return false;
		p->place = (enum ch_place_rule)choice;
		return true;
	}
	if (ch_str_eqz(key, "split")) {
		if (!read_choice(r, splits, &choice))
			return false;
		p->split = (enum ch_split_rule)choice;
		return true;
	}
	if (ch_str_eqz(key, "status") && word(r, &w)) {
		p->status = keep(r, w);
		return true;
	}
	if (ch_str_eqz(key, "joint"))
		return p->joint = true;
	if (ch_str_eqz(key, "solo"))
		return p->solo = true;
	if (ch_str_eqz(key, "context"))
		return p->context = true;
	if (ch_str_eqz(key, "also"))
		return p->also = true;
	return slip(r, "unknown word", key,
		    "one of: class frame verb noun adj source target need not place split status swallow joint solo also context + -");
}

static bool read_line(struct reader *r, struct open_pattern *open)
{
	static const struct {
		const char *name;
		unsigned upos;
	} kinds[] = { { "verb", CH_UPOS_VERB }, { "noun", CH_UPOS_NOUN }, { "adj", CH_UPOS_ADJ } };
	struct ch_str key;

	if (!word(r, &key))
		return true;
	if (ch_str_eqz(key, "+") || ch_str_eqz(key, "-"))
		return read_example(r, key.ptr[0] == '+');
	if (ch_str_eqz(key, "class"))
		return close_pattern(r, open) && read_class(r);
	if (ch_str_eqz(key, "frame"))
		return close_pattern(r, open) && read_frame(r);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ch_str_eqz(key, kinds[i].name))
			return close_pattern(r, open) && read_pattern(r, open, kinds[i].upos);
	if (!r->open)
		return slip(r, "this needs a pattern above it:", key, "write verb, noun or adj and its words first");
	return read_property(r, open, key);
}

static bool read_file(struct reader *r, struct ch_str text)
{
	struct ch_str line;
	struct open_pattern open = { 0 };

	r->frame = UINT32_MAX;
	r->open = false;
	for (r->line = 1; ch_str_cut(&text, '\n', &line); r->line++) {
		size_t hash = ch_str_find_byte(line, '#', 0);

		r->rest = ch_str_trim(ch_str_sub(line, 0, hash));
		if (!read_line(r, &open))
			return false;
	}
	return close_pattern(r, &open);
}

bool ch_frames_parse(struct ch_frames **frames, const struct ch_embedded *files, size_t n, struct ch_err *err)
{
	struct ch_frames *f = ch_xrealloc(NULL, sizeof *f);
	struct reader r = { .frames = f, .err = err };

	*f = (struct ch_frames){ 0 };
	ch_map_init(&f->triggers, &f->arena);
	ch_map_init(&f->classes, &f->arena);
	for (size_t i = 0; i < n; i++) {
		r.file = keep(&r, ch_str_z(files[i].path));
		if (!read_file(&r, files[i].text)) {
			ch_frames_close(f);
			return false;
		}
	}
	*frames = f;
	return true;
}

enum { FILES_MAX = 32 };

bool ch_frames_open_with(const struct ch_embedded *own, struct ch_frames **frames, struct ch_err *err)
{
	struct ch_embedded files[FILES_MAX + 1];
	size_t n = ch_lexicon_frames(files, FILES_MAX), at = 0;

	if (n > FILES_MAX)
		return ch_fail(err, "lexicon/frames has %zu files; %d are read", n, FILES_MAX);
	if (!own)
		return ch_frames_parse(frames, files, n, err);
	/* behind the classes, before the frames */
	while (at < n && (strstr(files[at].path, "classes") || strstr(files[at].path, "status")))
		at++;
	memmove(files + at + 1, files + at, (n - at) * sizeof *files);
	files[at] = *own;
	return ch_frames_parse(frames, files, n + 1, err);
}

bool ch_frames_open(struct ch_frames **frames, struct ch_err *err)
{
	return ch_frames_open_with(NULL, frames, err);
}

void ch_frames_close(struct ch_frames *frames)
{
	if (!frames)
		return;
	ch_arena_free(&frames->arena);
	free(frames);
}

const struct ch_pattern *ch_frames_of(const struct ch_frames *frames, unsigned upos, struct ch_str lemma)
{
	char key[64];
	const uint32_t *at;

	if (lemma.len + 2 > sizeof key)
		return NULL;
	key[0] = letter_of(upos);
	key[1] = ':';
	memcpy(key + 2, lemma.ptr, lemma.len);
	at = ch_map_get(&frames->triggers, ch_str_n(key, lemma.len + 2));
	return at ? &frames->patterns.v[*at] : NULL;
}

const struct ch_pattern *ch_frames_next(const struct ch_frames *frames, const struct ch_pattern *pattern)
{
	return pattern->next == UINT32_MAX ? NULL : &frames->patterns.v[pattern->next];
}

const struct ch_map *ch_frames_class(const struct ch_frames *frames, const char *name)
{
	const uint32_t *at = ch_map_get(&frames->classes, ch_str_z(name));

	return at ? frames->lists.v[*at] : NULL;
}
