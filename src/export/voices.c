#include "export/voices.h"
#include "base/map.h"
#include "base/utf8.h"

static struct ch_str name_key(struct ch_arena *arena, struct ch_str name)
{
	struct ch_str s = ch_str_trim(ch_utf8_fold(arena, name));

	return ch_str_starts(s, CH_STR("the ")) ? ch_str_sub(s, 4, s.len) : s;
}

bool ch_next_credit(const struct ch_page_info *page, struct ch_str *rest, struct ch_str *name)
{
	if (!rest->ptr)
		*rest = page->chain.len ? page->chain : page->agency;
	while (rest->len && ch_str_cut(rest, ';', name)) {
		*name = ch_str_trim(*name);
		if (name->len)
			return true;
	}
	return false;
}

bool ch_credits(struct ch_arena *arena, const struct ch_page_info *page, struct ch_str outlet)
{
	struct ch_str rest = { 0 }, name, key = name_key(arena, outlet);

	while (outlet.len && ch_next_credit(page, &rest, &name))
		if (ch_str_eq(name_key(arena, name), key))
			return true;
	return false;
}

/* Voices as a forest: of each page, and each name that it goes by, which other it is one with. */
struct forest {
	struct ch_arena arena;
	struct ch_map keys;
	CH_VEC(uint32_t) up;
};

static uint32_t top(struct forest *f, uint32_t i)
{
	while (f->up.v[i] != i)
		i = f->up.v[i] = f->up.v[f->up.v[i]];
	return i;
}

static uint32_t node(struct forest *f, const char *kind, struct ch_str name, bool *added)
{
	struct ch_str key = ch_arena_printf(&f->arena, "%s %.*s", kind, CH_STR_ARG(name));
	uint32_t at = *ch_map_put(&f->keys, key, f->up.n, added);

	if (*added)
		*CH_PUSH(&f->arena, &f->up) = at;
	return at;
}

/* Joins page and name; true where the name is new. */
static bool join(struct forest *f, uint32_t page, const char *kind, struct ch_str name)
{
	bool added = false;
	uint32_t other;

	if (!name.len)
		return false;
	other = top(f, node(f, kind, name, &added));
	f->up.v[other] = top(f, page);
	return added;
}

json_t *ch_json_voices(const struct ch_page_info *const *pages, uint32_t n)
{
	struct forest f = { 0 };
	struct ch_map outlets, credited;
	json_t *o = ch_json_object(), *agencies = ch_json_array();
	struct ch_str first = { 0 };
	uint64_t distinct = 0, copies = 0, independent = 0, n_outlets = 0;

	ch_map_init(&f.keys, &f.arena);
	ch_map_init(&outlets, &f.arena);
	ch_map_init(&credited, &f.arena);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_page_info *p = pages[i];
		struct ch_str outlet = name_key(&f.arena, p->outlet), rest = { 0 }, name;
		bool added;
		uint32_t page = node(&f, "page", p->id, &added);

		if (!added)
			continue;
		distinct++;
		if (p->story.len && !join(&f, page, "story", p->story))
			copies++;
		join(&f, page, "name", outlet);
		if (outlet.len) {
			ch_map_put(&outlets, outlet, 0, &added);
			n_outlets += added;
		}
		while (ch_next_credit(p, &rest, &name)) {
			struct ch_str key = name_key(&f.arena, name);

			join(&f, page, "name", key);
			ch_map_put(&credited, key, 0, &added);
			if (added)
				ch_json_push(agencies, ch_json_str(name));
		}
		if (p->published.len && (!first.len || ch_str_cmp(p->published, first) < 0))
			first = p->published;
	}
	for (uint32_t i = 0; i < f.up.n; i++)
		independent += top(&f, i) == i;
	ch_json_set(o, "pages", json_integer((json_int_t)distinct));
	ch_json_set(o, "copies", json_integer((json_int_t)copies));
	ch_json_set(o, "outlets", json_integer((json_int_t)n_outlets));
	ch_json_set(o, "independent", json_integer((json_int_t)independent));
	ch_json_set(o, "first_seen", ch_json_or_null(first));
	ch_json_set(o, "agencies", agencies);
	ch_arena_free(&f.arena);
	return o;
}
