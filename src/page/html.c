/* page/html.c -- the tokenizer and the stack of open elements. One pass, no look-back: each byte is read a bounded
 * number of times, whatever the page does. */
#include "page/html.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stddef.h>

enum { BLOCK = 1, SPACED = 2, VOID = 4, RAW = 8, SCOPE = 16 };

enum { ATTR_KEEP = 512, PAIRS_MAX = 4096, MARKS_MAX = 4096 };

static const struct tag {
	const char *name;
	uint8_t id, flags;
	const char *reason;
} tags[] = {   /* in order of their names */
	{ "a", PAGE_TAG_A, 0, NULL }, { "address", 0, BLOCK, NULL }, { "area", 0, VOID, NULL },
	{ "article", PAGE_TAG_ARTICLE, BLOCK, NULL }, { "aside", PAGE_TAG_ASIDE, BLOCK, "sidebar" },
	{ "audio", 0, BLOCK, "media" }, { "base", 0, VOID, NULL }, { "blockquote", PAGE_TAG_BLOCKQUOTE, BLOCK, NULL },
	{ "body", PAGE_TAG_BODY, BLOCK | SCOPE, NULL }, { "br", PAGE_TAG_BR, BLOCK | VOID, NULL },
	{ "button", PAGE_TAG_BUTTON, BLOCK, "button" }, { "canvas", 0, BLOCK, "media" }, { "caption", 0, BLOCK, NULL },
	{ "center", 0, BLOCK, NULL }, { "cite", 0, SPACED, NULL }, { "col", 0, BLOCK | VOID, NULL }, { "colgroup", 0, BLOCK, NULL },
	{ "dd", PAGE_TAG_DD, BLOCK, NULL }, { "details", 0, BLOCK, NULL }, { "dialog", 0, BLOCK, "dialog" }, { "dir", 0, BLOCK, NULL },
	{ "div", PAGE_TAG_DIV, BLOCK, NULL }, { "dl", 0, BLOCK, NULL }, { "dt", PAGE_TAG_DT, BLOCK, NULL }, { "embed", 0, VOID, NULL },
	{ "fieldset", 0, BLOCK, NULL }, { "figcaption", PAGE_TAG_FIGCAPTION, BLOCK, "caption" }, { "figure", 0, BLOCK, NULL },
	{ "footer", PAGE_TAG_FOOTER, BLOCK, "footer" }, { "form", PAGE_TAG_FORM, BLOCK, "form" }, { "frame", 0, VOID, NULL },
	{ "frameset", 0, BLOCK, NULL }, { "h1", PAGE_TAG_H1, BLOCK, NULL }, { "h2", PAGE_TAG_H2, BLOCK, NULL },
	{ "h3", PAGE_TAG_H3, BLOCK, NULL }, { "h4", PAGE_TAG_H4, BLOCK, NULL }, { "h5", PAGE_TAG_H5, BLOCK, NULL },
	{ "h6", PAGE_TAG_H6, BLOCK, NULL }, { "head", PAGE_TAG_HEAD, BLOCK, NULL }, { "header", PAGE_TAG_HEADER, BLOCK, NULL },
	{ "hgroup", 0, BLOCK, NULL }, { "hr", 0, BLOCK | VOID, NULL }, { "html", PAGE_TAG_HTML, BLOCK | SCOPE, NULL },
	{ "iframe", 0, RAW, NULL }, { "img", 0, SPACED | VOID, NULL }, { "input", 0, SPACED | VOID, NULL },
	{ "label", 0, SPACED, NULL }, { "legend", 0, BLOCK, NULL }, { "li", PAGE_TAG_LI, BLOCK, NULL },
	{ "link", PAGE_TAG_LINK, VOID, NULL }, { "main", PAGE_TAG_MAIN, BLOCK, NULL }, { "map", 0, BLOCK, NULL },
	{ "math", 0, SPACED, NULL }, { "menu", 0, BLOCK, "navigation" }, { "meta", PAGE_TAG_META, VOID, NULL },
	{ "nav", PAGE_TAG_NAV, BLOCK, "navigation" }, { "noembed", 0, RAW, NULL }, { "noframes", 0, RAW, NULL },
	{ "noscript", PAGE_TAG_NOSCRIPT, BLOCK, "for browsers without scripts" }, { "object", 0, BLOCK, NULL },
	{ "ol", PAGE_TAG_OL, BLOCK, NULL }, { "optgroup", 0, BLOCK, NULL }, { "option", PAGE_TAG_OPTION, BLOCK, "menu of choices" },
	{ "output", 0, BLOCK, NULL }, { "p", PAGE_TAG_P, BLOCK, NULL }, { "param", 0, VOID, NULL }, { "pre", PAGE_TAG_PRE, BLOCK, NULL },
	{ "progress", 0, BLOCK, NULL }, { "q", 0, SPACED, NULL }, { "script", PAGE_TAG_SCRIPT, RAW, NULL },
	{ "search", 0, BLOCK, "search box" }, { "section", PAGE_TAG_SECTION, BLOCK, NULL },
	{ "select", PAGE_TAG_SELECT, BLOCK, "menu of choices" }, { "source", 0, VOID, NULL }, { "style", 0, RAW, NULL },
	{ "summary", 0, BLOCK, NULL }, { "svg", 0, BLOCK, "media" }, { "table", PAGE_TAG_TABLE, BLOCK | SCOPE, NULL },
	{ "tbody", 0, BLOCK, NULL }, { "td", PAGE_TAG_TD, SPACED | SCOPE, NULL }, { "textarea", 0, RAW, NULL }, { "tfoot", 0, BLOCK, NULL },
	{ "th", PAGE_TAG_TH, SPACED | SCOPE, NULL }, { "thead", 0, BLOCK, NULL }, { "time", PAGE_TAG_TIME, SPACED, NULL },
	{ "title", PAGE_TAG_TITLE, BLOCK, NULL }, { "tr", PAGE_TAG_TR, BLOCK, NULL }, { "track", 0, VOID, NULL },
	{ "ul", PAGE_TAG_UL, BLOCK, NULL }, { "video", 0, BLOCK, "media" }, { "wbr", 0, VOID, NULL }, { "xmp", 0, RAW, NULL },
};

struct open {
	uint32_t node;
	uint32_t name;       /* index into tags + 1, or a hash of another name with the top bit set */
	uint8_t flags;
	uint32_t mark;       /* of html->marks, or CH_NONE */
	uint32_t aside;      /* as in struct page_mark */
	bool author;         /* it or one around it holds the author */
};

struct parser {
	struct page *p;
	struct page_html *html;
	struct open stack[CH_HTML_DEPTH_MAX];
	uint32_t depth, beyond;      /* elements open in the stack, and those too deep for it */
	uint32_t line_start;         /* byte of flow */
	uint32_t link_from;          /* byte of flow where the open link began, or CH_NONE */
	uint32_t link_bytes;         /* of closed links in this line */
	bool no_comment_end;         /* nothing behind here ends a comment: do not look again */
	bool in_title, titled;
};

/* ---- lines ---- */

static uint32_t block_node(const struct parser *r)
{
	for (uint32_t i = r->depth; i-- > 0;)
		if (r->html->nodes.v[r->stack[i].node].block)
			return r->stack[i].node;
	return CH_NONE;
}

static void end_line(struct parser *r)
{
	struct page *p = r->p;
	struct page_line line = { .node = CH_NONE };

	if (r->link_from != CH_NONE) {
		r->link_bytes += p->flow.n - r->link_from;
		r->link_from = p->flow.n;
	}
	if (p->flow.n > r->line_start && page_flow_end(p, r->line_start, &line)) {
		line.node = block_node(r);
		line.link_bytes = r->link_bytes < line.end - line.start ? r->link_bytes : line.end - line.start;
		for (uint32_t i = r->depth; i-- > 0;) {
			const struct page_node *n = &r->html->nodes.v[r->stack[i].node];

			if (n->tag >= PAGE_TAG_H1 && n->tag <= PAGE_TAG_H6 && !line.heading)
				line.heading = (uint8_t)(n->tag - PAGE_TAG_H1 + 1);
			line.item = line.item || n->tag == PAGE_TAG_LI || n->tag == PAGE_TAG_DD || n->tag == PAGE_TAG_DT;
			line.quote = line.quote || n->tag == PAGE_TAG_BLOCKQUOTE || n->tag == PAGE_TAG_PRE;
		}
		page_line_look(p, &line);
		if (r->in_title)
			line.reason = line.said = "page title";
		*CH_PUSH(p->arena, &p->lines) = line;
	}
	r->line_start = p->flow.n;
	r->link_bytes = 0;
}

/* ---- elements ---- */

static const struct tag *find_tag(struct ch_str name)
{
	size_t lo = 0, hi = sizeof tags / sizeof *tags;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = ch_str_cmp(name, ch_str_z(tags[mid].name));

		if (!d)
			return &tags[mid];
		if (d < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

static uint32_t name_id(const struct tag *tag, struct ch_str name)
{
	return tag ? (uint32_t)(tag - tags) + 1 : (uint32_t)ch_str_hash(name) | 1u << 31;
}

static void pop(struct parser *r)
{
	struct page_node *n = &r->html->nodes.v[r->stack[r->depth - 1].node];

	if (n->block)
		end_line(r);
	if (r->stack[r->depth - 1].mark != CH_NONE)
		r->html->marks.v[r->stack[r->depth - 1].mark].end = r->p->flow.n;
	n->past = r->html->nodes.n;
	n->past_line = r->p->lines.n;
	r->depth--;
}

static void pop_to(struct parser *r, uint32_t depth)
{
	while (r->depth > depth)
		pop(r);
}

/* Closes the nearest open element of one of two tags, unless one of `stop` stands before it. */
static void close_implied(struct parser *r, uint8_t a, uint8_t b, uint8_t stop, uint8_t stop2)
{
	for (uint32_t i = r->depth; i-- > 0;) {
		uint8_t tag = r->html->nodes.v[r->stack[i].node].tag;

		if (tag == a || tag == b) {
			pop_to(r, i);
			return;
		}
		if (tag == stop || tag == stop2 || (r->stack[i].flags & SCOPE && tag != PAGE_TAG_TD && tag != PAGE_TAG_TH) ||
		    (r->stack[i].flags & SCOPE && a != PAGE_TAG_TD && a != PAGE_TAG_TR))
			return;
	}
}

static void start_implies(struct parser *r, const struct tag *tag)
{
	if (!tag)
		return;
	if (tag->flags & BLOCK && !(tag->flags & VOID) && tag->id != PAGE_TAG_BUTTON)
		close_implied(r, PAGE_TAG_P, PAGE_TAG_P, PAGE_TAG_BUTTON, PAGE_TAG_BUTTON);
	if (tag->id == PAGE_TAG_LI)
		close_implied(r, PAGE_TAG_LI, PAGE_TAG_LI, PAGE_TAG_UL, PAGE_TAG_OL);
	else if (tag->id == PAGE_TAG_DD || tag->id == PAGE_TAG_DT)
		close_implied(r, PAGE_TAG_DD, PAGE_TAG_DT, PAGE_TAG_UL, PAGE_TAG_OL);
	else if (tag->id == PAGE_TAG_OPTION)
		close_implied(r, PAGE_TAG_OPTION, PAGE_TAG_OPTION, PAGE_TAG_SELECT, PAGE_TAG_SELECT);
	else if (tag->id == PAGE_TAG_TD || tag->id == PAGE_TAG_TH)
		close_implied(r, PAGE_TAG_TD, PAGE_TAG_TH, PAGE_TAG_TABLE, PAGE_TAG_TR);
	else if (tag->id == PAGE_TAG_TR)
		close_implied(r, PAGE_TAG_TR, PAGE_TAG_TR, PAGE_TAG_TABLE, PAGE_TAG_TABLE);
	else if (tag->id == PAGE_TAG_BODY)
		close_implied(r, PAGE_TAG_HEAD, PAGE_TAG_HEAD, PAGE_TAG_BODY, PAGE_TAG_BODY);
}

static void end_link(struct parser *r)
{
	if (r->link_from != CH_NONE)
		r->link_bytes += r->p->flow.n - r->link_from;
	r->link_from = CH_NONE;
}

static void end_tag(struct parser *r, struct ch_str name, uint32_t at)
{
	const struct tag *tag = find_tag(name);
	uint32_t id = name_id(tag, name);
	bool block = tag && tag->flags & (BLOCK | SCOPE);

	if (tag && tag->flags & VOID) {
		if (tag->id == PAGE_TAG_BR)
			end_line(r);
		return;
	}
	if (tag && tag->id == PAGE_TAG_A)
		end_link(r);
	if (r->beyond) {
		r->beyond--;
		if (block)
			end_line(r);
		return;
	}
	for (uint32_t i = r->depth; i-- > 0;) {
		if (r->stack[i].name == id) {
			pop_to(r, i);
			break;
		}
		if ((!block && tag && r->html->nodes.v[r->stack[i].node].block) ||
		    (r->stack[i].flags & SCOPE && !(tag && tag->flags & SCOPE) && !(tag && tag->id == PAGE_TAG_TR)))
			break;
	}
	if (block)
		end_line(r);
	else if (tag && tag->flags & SPACED && r->p->flow.n > r->line_start)
		page_flow_blank(r->p, at, at);
}

/* ---- attributes ---- */

struct attrs {
	struct ch_str class, id, itemprop, role, style, key, content, datetime, href, rel, lang, type, title;
	bool hidden;
};

struct ch_str page_decode_refs(struct ch_arena *arena, struct ch_str v, bool attribute)
{
	char *out;
	size_t n = 0;

	if (ch_str_find_byte(v, '&', 0) == CH_STR_NONE)
		return v;
	out = ch_arena_alloc(arena, v.len * 2 + 8);
	for (size_t i = 0; i < v.len;) {
		uint32_t cp, len = v.ptr[i] == '&' ? page_entity(v, i, attribute, &cp) : 0;

		if (len)
			n += ch_utf8_put(cp, out + n);
		else
			out[n++] = v.ptr[i];
		i += len ? len : 1;
	}
	return (struct ch_str){ out, n };
}

static struct ch_str decode_value(struct parser *r, struct ch_str v)
{
	return page_decode_refs(r->p->arena, v, true);
}

static void keep_attr(struct attrs *a, struct ch_str name, struct ch_str value)
{
	static const struct { const char *name; size_t at; } table[] = {
		{ "class", offsetof(struct attrs, class) }, { "id", offsetof(struct attrs, id) },
		{ "itemprop", offsetof(struct attrs, itemprop) }, { "role", offsetof(struct attrs, role) },
		{ "style", offsetof(struct attrs, style) }, { "name", offsetof(struct attrs, key) },
		{ "property", offsetof(struct attrs, key) }, { "content", offsetof(struct attrs, content) },
		{ "datetime", offsetof(struct attrs, datetime) }, { "href", offsetof(struct attrs, href) },
		{ "rel", offsetof(struct attrs, rel) }, { "lang", offsetof(struct attrs, lang) }, { "type", offsetof(struct attrs, type) },
		{ "title", offsetof(struct attrs, title) },
	};

	if (ch_str_ieq(name, CH_STR("hidden")))
		a->hidden = true;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct ch_str *slot = (struct ch_str *)(void *)((char *)a + table[i].at);

		if (ch_str_ieq(name, ch_str_z(table[i].name)) && !slot->len)
			*slot = value;
	}
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* From behind the tag's name to behind its ">". */
static uint32_t read_attrs(struct parser *r, uint32_t at, struct attrs *a, bool *self_closing)
{
	const char *b = r->p->dec.ptr;
	uint32_t n = (uint32_t)r->p->dec.len;

	*self_closing = false;
	while (at < n && b[at] != '>') {
		uint32_t start, name_end;
		struct ch_str value = { 0 };

		if (is_space(b[at]) || b[at] == '/' || b[at] == '=') {
			*self_closing = b[at] == '/' && at + 1 < n && b[at + 1] == '>';
			at++;
			continue;
		}
		for (start = at; at < n && !is_space(b[at]) && b[at] != '=' && b[at] != '>' && b[at] != '/';)
			at++;
		name_end = at;
		while (at < n && is_space(b[at]))
			at++;
		if (at < n && b[at] == '=') {
			for (at++; at < n && is_space(b[at]);)
				at++;
			if (at < n && (b[at] == '"' || b[at] == '\'')) {
				const char *end = memchr(b + at + 1, b[at], n - at - 1);
				uint32_t past = end ? (uint32_t)(end - b) : n;

				value = (struct ch_str){ b + at + 1, past - at - 1 };
				at = past < n ? past + 1 : n;
			} else {
				uint32_t from = at;

				while (at < n && !is_space(b[at]) && b[at] != '>')
					at++;
				value = (struct ch_str){ b + from, at - from };
			}
		}
		if (name_end - start <= 8)
			keep_attr(a, (struct ch_str){ b + start, name_end - start }, value);
	}
	return at < n ? at + 1 : n;
}

/* ---- hints ---- */

/* Words of class and id ("td-post-content", "relatedPosts") against lexicon/page/hints.txt: singly and in pairs. */
static void read_hints(struct parser *r, struct ch_str s, struct page_node *node)
{
	char room[80];
	size_t n = 0, last = 0, before = 0;   /* room holds at most two words: [before, last) "-" [last, n) */

	if (!s.len)
		return;
	s = ch_str_sub(s, 0, ATTR_KEEP);
	for (size_t i = 0; i <= s.len; i++) {
		char c = i < s.len ? s.ptr[i] : ' ';
		bool upper = c >= 'A' && c <= 'Z', word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool starts = upper && i && s.ptr[i - 1] >= 'a' && s.ptr[i - 1] <= 'z';

		if ((!word || starts) && n > last) {
			const char *reason = NULL;
			int weight = 0;
			uint32_t hint = last > before ? page_hint(r->p->lex, (struct ch_str){ room + before, n - before }, &reason, &weight) : 0;

			if (!hint)
				hint = page_hint(r->p->lex, (struct ch_str){ room + last, n - last }, &reason, &weight);
			if (hint && weight > 0)
				node->article = true;
			if (hint && weight < 0 && (!node->own || -weight > node->strength)) {
				node->own = reason;
				node->strength = (uint8_t)-weight;
				node->hint = (uint16_t)hint;
			}
			memmove(room, room + last, n - last);
			n -= last;
			before = 0;
			if (n < sizeof room - 1)
				room[n++] = '-';
			last = n;
		}
		if (c == ' ' || is_space(c))
			n = last = before = 0;       /* pairs do not reach over two class names */
		if (word && n < sizeof room)
			room[n++] = upper ? (char)(c + 32) : c;
	}
}

static bool style_hides(struct ch_str style)
{
	if (!style.len)
		return false;
	for (size_t at = 0; (at = ch_str_find(style, CH_STR("display"), at)) != CH_STR_NONE; at += 7) {
		size_t i = at + 7;

		while (i < style.len && (style.ptr[i] == ' ' || style.ptr[i] == ':'))
			i++;
		if (ch_str_istarts(ch_str_sub(style, i, style.len), CH_STR("none")))
			return true;
	}
	return false;
}

static void add_pair(struct parser *r, struct ch_str key, struct ch_str value, uint32_t node)
{
	char *low;

	if (!key.len || key.len > 64 || !value.len || r->html->meta.n >= PAIRS_MAX)
		return;
	low = ch_arena_z(r->p->arena, key);
	for (size_t i = 0; i < key.len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] + 32);
	*CH_PUSH(r->p->arena, &r->html->meta) = (struct page_pair){
		{ low, key.len }, ch_str_trim(decode_value(r, ch_str_sub(value, 0, 4096))), node };
}

static void read_meta(struct parser *r, const struct tag *tag, const struct attrs *a)
{
	uint8_t id = tag ? tag->id : 0;
	uint32_t node = r->depth ? r->stack[r->depth - 1].node : CH_NONE;

	if (id == PAGE_TAG_META) {
		add_pair(r, a->key.len ? a->key : a->itemprop, a->content, node);
		return;
	}
	if (id == PAGE_TAG_LINK && ch_str_ieq(a->rel, CH_STR("canonical")) && !r->html->canonical.len)
		r->html->canonical = decode_value(r, a->href);
	if (ch_str_ieq(a->rel, CH_STR("license")))
		add_pair(r, CH_STR("rel=license"), a->href, node);
	if (id == PAGE_TAG_HTML && !r->html->lang.len)
		r->html->lang = a->lang;
	if (a->itemprop.len && (a->datetime.len || a->content.len))
		add_pair(r, a->itemprop, a->datetime.len ? a->datetime : a->content, node);
	else if (id == PAGE_TAG_TIME && a->datetime.len)
		add_pair(r, CH_STR("<time>"), a->datetime, node);
}

/* Of the element about to be put on the stack. */
static void read_marks(struct parser *r, uint8_t id, const struct attrs *a, struct open *open)
{
	unsigned is = id == PAGE_TAG_TIME ? PAGE_MARK_DATE : 0, sure;

	open->mark = CH_NONE;
	open->aside = r->depth ? r->stack[r->depth - 1].aside : CH_NONE;
	if (id == PAGE_TAG_BODY || id == PAGE_TAG_HTML)
		return;
	sure = page_marks(r->p->lex, ch_str_sub(a->itemprop, 0, ATTR_KEEP)) | page_marks(r->p->lex, ch_str_sub(a->rel, 0, ATTR_KEEP)) |
	       (id == PAGE_TAG_A ? page_marks_href(r->p->lex, a->href) : 0);
	is |= sure | page_marks(r->p->lex, ch_str_sub(a->class, 0, ATTR_KEEP)) | page_marks(r->p->lex, ch_str_sub(a->id, 0, ATTR_KEEP));
	is |= sure & PAGE_MARK_AUTHOR ? PAGE_MARK_SURE : 0;
	if (is & PAGE_MARK_NAME && r->depth && r->stack[r->depth - 1].author)
		is |= PAGE_MARK_AUTHOR;
	open->author = (r->depth && r->stack[r->depth - 1].author) || is & PAGE_MARK_AUTHOR;
	if (is & PAGE_MARK_ASIDE || id == PAGE_TAG_ASIDE || id == PAGE_TAG_NAV)
		open->aside = r->html->nodes.n;
	if (!(is & (PAGE_MARK_AUTHOR | PAGE_MARK_DATE | PAGE_MARK_PUBLISHED | PAGE_MARK_MODIFIED)) || r->html->marks.n >= MARKS_MAX)
		return;
	open->mark = r->html->marks.n;
	*CH_PUSH(r->p->arena, &r->html->marks) = (struct page_mark){ is, r->html->nodes.n, open->aside, r->p->flow.n, r->p->flow.n,
		a->datetime.len ? a->datetime : a->content.len ? a->content : a->title };
}

/* ---- tags ---- */

static void text(struct parser *r, uint32_t at, uint32_t end)
{
	const char *b = r->p->dec.ptr;

	while (at < end) {
		const char *amp = memchr(b + at, '&', end - at);
		uint32_t stop = amp ? (uint32_t)(amp - b) : end, cp, len;

		page_flow_text(r->p, at, stop);
		if (!amp)
			return;
		len = page_entity((struct ch_str){ b, end }, stop, false, &cp);
		if (len)
			page_flow_char(r->p, cp, stop, stop + len);
		else
			page_flow_text(r->p, stop, stop + 1);
		at = stop + (len ? len : 1);
	}
}

/* Behind the end tag that closes an element whose content is no markup; the content is [from, *content_end). */
static uint32_t skip_raw(const struct parser *r, uint32_t from, struct ch_str name, uint32_t *content_end)
{
	struct ch_str s = r->p->dec;
	size_t at = from;

	while ((at = ch_str_find(s, CH_STR("</"), at)) != CH_STR_NONE) {
		struct ch_str rest = ch_str_sub(s, at + 2, at + 2 + name.len + 1);

		if (ch_str_istarts(rest, name) && (rest.len == name.len || strchr(" >/\t\r\n\f", rest.ptr[name.len]))) {
			size_t past = ch_str_find_byte(s, '>', at);

			*content_end = (uint32_t)at;
			return (uint32_t)(past == CH_STR_NONE ? s.len : past + 1);
		}
		at += 2;
	}
	*content_end = (uint32_t)s.len;
	return (uint32_t)s.len;
}

/* FNV-1a; digits are left out, since templates number things ("post-1234"). */
static uint32_t look_of(const struct tag *tag, struct ch_str class)
{
	uint32_t h = 2166136261u ^ (tag ? (uint32_t)(tag - tags) + 1 : 0);

	class = ch_str_sub(class, 0, ATTR_KEEP);
	for (size_t i = 0; i < class.len; i++)
		if (class.ptr[i] < '0' || class.ptr[i] > '9')
			h = (h ^ (unsigned char)class.ptr[i]) * 16777619u;
	return h * 16777619u;
}

static void push_node(struct parser *r, const struct tag *tag, struct ch_str name, const struct attrs *a)
{
	struct page_node node = { .parent = r->depth ? r->stack[r->depth - 1].node : CH_NONE };
	uint8_t id = tag ? tag->id : (uint8_t)PAGE_TAG_OTHER;

	node.tag = id;
	node.block = tag && tag->flags & BLOCK;
	node.own = tag ? tag->reason : NULL;
	node.strength = 60;
	node.hint = node.own ? (uint16_t)(page_hints_n(r->p->lex) + (uint32_t)(tag - tags) + 1) : 0;
	node.article = id == PAGE_TAG_ARTICLE || id == PAGE_TAG_MAIN;
	if (id != PAGE_TAG_BODY && id != PAGE_TAG_HTML && id != PAGE_TAG_A) {
		read_hints(r, a->class, &node);
		read_hints(r, a->id, &node);
		read_hints(r, a->itemprop, &node);
		read_hints(r, a->role, &node);
	}
	if (a->hidden || style_hides(a->style)) {
		node.own = "hidden";
		node.strength = 60;
		node.hint = (uint16_t)(page_hints_n(r->p->lex) + sizeof tags / sizeof *tags + 1);
	}
	node.look = look_of(tag, a->class);
	node.first_line = r->p->lines.n;
	r->stack[r->depth] = (struct open){ .node = r->html->nodes.n, .name = name_id(tag, name), .flags = tag ? tag->flags : 0 };
	read_marks(r, id, a, &r->stack[r->depth]);
	r->depth++;
	*CH_PUSH(r->p->arena, &r->html->nodes) = node;
}

static uint32_t start_tag(struct parser *r, struct ch_str name, uint32_t at)
{
	const struct tag *tag = find_tag(name);
	struct attrs a = { 0 };
	bool self_closing;

	at = read_attrs(r, at, &a, &self_closing);
	read_meta(r, tag, &a);
	if (tag && tag->flags & RAW) {
		uint32_t content_end, past = skip_raw(r, at, name, &content_end);

		if (tag->id == PAGE_TAG_SCRIPT && ch_str_istarts(ch_str_trim(a.type), CH_STR("application/ld+json")) && r->html->json_ld.n < 64)
			*CH_PUSH(r->p->arena, &r->html->json_ld) = ch_str_sub(r->p->dec, at, content_end);
		if (r->p->flow.n > r->line_start)
			page_flow_blank(r->p, past, past);
		return past;
	}
	if (tag && tag->id == PAGE_TAG_TITLE) {
		uint32_t content_end, past = skip_raw(r, at, name, &content_end);

		if (!r->titled) {       /* a second one is that of an SVG drawing */
			end_line(r);
			text(r, at, content_end);
			r->in_title = true;
			end_line(r);
			r->in_title = false;
			r->titled = true;
		}
		return past;
	}
	if (tag && tag->flags & BLOCK)
		end_line(r);
	else if (tag && tag->flags & SPACED && r->p->flow.n > r->line_start)
		page_flow_blank(r->p, at, at);
	if (tag && tag->flags & VOID)
		return at;
	start_implies(r, tag);
	if (tag && tag->id == PAGE_TAG_A) {
		end_link(r);
		if (a.href.len)
			r->link_from = r->p->flow.n;
	}
	if (self_closing && !tag)
		return at;
	if (r->depth == CH_HTML_DEPTH_MAX)
		r->beyond++;
	else
		push_node(r, tag, name, &a);
	return at;
}

/* "<!-- … -->", "<!doctype …>", "<![CDATA[ … ]]>", "<? … >": behind its end. */
static uint32_t skip_declaration(struct parser *r, uint32_t at)
{
	struct ch_str s = r->p->dec;
	size_t end = CH_STR_NONE;

	if (ch_str_starts(ch_str_sub(s, at, s.len), CH_STR("<!--"))) {
		if (!r->no_comment_end)
			end = ch_str_find(s, CH_STR("-->"), at + 2);
		if (end != CH_STR_NONE)
			return (uint32_t)end + 3;
		r->no_comment_end = true;    /* a browser would lose the rest of the page; only the tag is lost here */
	}
	end = ch_str_find_byte(s, '>', at);
	return (uint32_t)(end == CH_STR_NONE ? s.len : end + 1);
}

static struct ch_str read_name(struct parser *r, uint32_t at, char room[24])
{
	const char *b = r->p->dec.ptr;
	uint32_t n = 0;

	while (at + n < r->p->dec.len && n < 24 && !is_space(b[at + n]) && b[at + n] != '>' && b[at + n] != '/') {
		char c = b[at + n];

		room[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	return (struct ch_str){ room, n };
}

static uint32_t markup(struct parser *r, uint32_t at)
{
	const char *b = r->p->dec.ptr;
	uint32_t n = (uint32_t)r->p->dec.len;
	char room[24], c = at + 1 < n ? b[at + 1] : 0;
	struct ch_str name;

	if (c == '!' || c == '?')
		return skip_declaration(r, at);
	if ((c | 32) >= 'a' && (c | 32) <= 'z') {
		uint32_t past = at + 1;

		name = read_name(r, at + 1, room);
		while (past < n && !is_space(b[past]) && b[past] != '>' && b[past] != '/')
			past++;
		return start_tag(r, name, past);
	}
	if (c == '/' && at + 2 < n && (b[at + 2] | 32) >= 'a' && (b[at + 2] | 32) <= 'z') {
		const char *end = memchr(b + at, '>', n - at);

		name = read_name(r, at + 2, room);
		end_tag(r, name, at);
		return end ? (uint32_t)(end - b) + 1 : n;
	}
	page_flow_text(r->p, at, at + 1);      /* a bare "<" */
	return at + 1;
}

uint32_t page_html_hints_n(const struct page *p)
{
	return page_hints_n(p->lex) + sizeof tags / sizeof *tags + 2;
}

void page_html_read(struct page *p, struct page_html *html)
{
	struct parser *r = CH_NEW(p->arena, struct parser);
	uint32_t at = 0, n = (uint32_t)p->dec.len;

	r->p = p;
	r->html = html;
	r->link_from = CH_NONE;
	while (at < n) {
		const char *tag = memchr(p->dec.ptr + at, '<', n - at);
		uint32_t stop = tag ? (uint32_t)(tag - p->dec.ptr) : n;

		text(r, at, stop);
		at = tag ? markup(r, stop) : n;
	}
	end_line(r);
	pop_to(r, 0);
}
