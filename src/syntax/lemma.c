#include "syntax/lemma.h"
#include "base/utf8.h"
#include "syntax/features.h"
#include "syntax/inflect.h"

#define KEY_MAX 96             /* bytes: longer forms are in no dictionary */

/* Lower case from byte `from` on -> out, whose room is 2 bytes for each of s. Returns the length. */
static size_t lower(struct ch_str s, size_t from, char *out)
{
	size_t n = 0;
	uint32_t len;
	memcpy(out, s.ptr, from);
	n = from;
	for (size_t i = from; i < s.len; i += len)
		n += ch_utf8_put(ch_lower_latin(ch_utf8_at(s, i, &len)), out + n);
	return n;
}

static struct ch_str seen(const struct ch_model *m, struct ch_str form, unsigned upos)
{
	char key[2 * KEY_MAX + 16];
	struct ch_str none = { NULL, 0 };
	if (form.len > KEY_MAX)
		return none;
	size_t n = form.len;
	if (upos == CH_UPOS_PROPN)
		memcpy(key, form.ptr, n);
	else
		n = lower(form, 0, key);
	struct ch_str tag = ch_str_z(ch_upos_name(upos));
	key[n++] = '\t';
	memcpy(key + n, tag.ptr, tag.len);
	uint32_t at = ch_keys_find(m->lemma_key, m->lemma_n, ch_key_hash(ch_str_n(key, n + tag.len)));
	return at == CH_NONE ? none : ch_strings_at(&m->lemma_value, at);
}

static bool plain_lower(struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'))
			return false;
	return true;
}

/* base without `strip` code points, with `add` behind; base itself where nothing would be left of it. */
static struct ch_str by_rule(struct ch_arena *arena, struct ch_str base, const struct ch_lemma_rule *r)
{
	struct ch_str cut = base;
	for (uint32_t i = 0, len; i < r->strip && cut.len; i++) {
		ch_utf8_before(cut, cut.len, &len);
		cut.len -= len;
	}
	if (r->add.len == 0)
		return cut.len ? cut : base;
	char *p = ch_arena_alloc(arena, cut.len + r->add.len);
	memcpy(p, cut.ptr, cut.len);
	memcpy(p + cut.len, r->add.ptr, r->add.len);
	return ch_str_n(p, cut.len + r->add.len);
}

struct ch_str ch_lemma_of(const struct ch_model *m, struct ch_arena *arena, struct ch_str form, unsigned upos, unsigned xpos,
			  uint32_t rule)
{
	struct ch_str known = ch_inflect_override(form, upos);
	if (!known.ptr)
		known = seen(m, form, upos);
	if (known.ptr)
		return known;
	const struct ch_lemma_rule *r = &m->lemma_rule[rule];
	struct ch_str base = form;
	if (r->op != 'k' && !plain_lower(form)) {
		uint32_t first = 0;
		if (r->op == 't')
			ch_utf8_at(form, 0, &first);
		char *p = ch_arena_alloc(arena, 2 * form.len);
		base = ch_str_n(p, lower(form, first, p));
	}
	return ch_inflect_lemma(m, arena, base, by_rule(arena, base, r), upos, xpos);
}
