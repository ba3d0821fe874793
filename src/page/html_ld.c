/* page/html_ld.c -- JSON-LD: schema.org's Article and its kin, alone, in an @graph, or below another node. */
#include "page/html.h"
#include <jansson.h>

enum { NODES_MAX = 20000 };
enum { PUBLISHED, MODIFIED, TITLE, BODY, OUTLET, SECTION, LANG, LICENSE, AUTHORS };

struct queue {
	CH_VEC(const json_t *) nodes;
};

static struct ch_str text_of(struct page *p, const json_t *v)
{
	if (json_is_array(v))
		v = json_array_get(v, 0);
	if (json_is_object(v))
		v = json_object_get(v, "@value") ? json_object_get(v, "@value") : json_object_get(v, "name");
	if (json_is_array(v))
		v = json_array_get(v, 0);
	if (!json_is_string(v))
		return (struct ch_str){ 0 };
	return page_decode_refs(p->arena, ch_arena_str(p->arena, ch_str_trim(ch_str_n(json_string_value(v), json_string_length(v)))), false);
}

static bool type_has(const json_t *node, const char *word)
{
	const json_t *type = json_object_get(node, "@type");
	size_t n = json_is_array(type) ? json_array_size(type) : 1;

	for (size_t i = 0; i < n && i < 8; i++) {
		const char *s = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);

		if (s && strstr(s, word))
			return true;
	}
	return false;
}

/* How surely a node is the article: 0, not at all. */
static int rank_of(const json_t *node)
{
	static const struct { const char *word; int rank; } ranks[] = {
		{ "NewsArticle", 5 }, { "ReportageNews", 5 }, { "Article", 4 }, { "Posting", 4 }, { "Report", 3 }, { "Recipe", 3 },
		{ "Review", 2 }, { "CreativeWork", 2 }, { "WebPage", 1 }, { "ItemPage", 1 },
	};

	for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
		if (type_has(node, ranks[i].word))
			return ranks[i].rank;
	return 0;
}

static void take(struct page_ld *ld, int which, struct ch_str *slot, struct ch_str value, int rank)
{
	if (rank > ld->rank[which] && value.len) {
		*slot = value;
		ld->rank[which] = rank;
	}
}

/* "author": { "@id": … } points at a node elsewhere. */
static const json_t *resolve(const struct queue *q, const json_t *v)
{
	const char *id = json_string_value(json_object_get(v, "@id"));

	if (!id || json_object_get(v, "name"))
		return v;
	for (uint32_t i = 0; i < q->nodes.n; i++) {
		const char *other = json_string_value(json_object_get(q->nodes.v[i], "@id"));

		if (other && json_object_get(q->nodes.v[i], "name") && strcmp(id, other) == 0)
			return q->nodes.v[i];
	}
	return v;
}

static void take_authors(struct page *p, const struct queue *q, struct page_ld *ld, const json_t *v, int rank)
{
	struct page_names names = { .n = 0 };
	size_t n = json_is_array(v) ? json_array_size(v) : 1;

	if (rank <= ld->rank[AUTHORS])
		return;
	for (size_t i = 0; i < n && names.n < PAGE_NAMES_MAX; i++) {
		const json_t *one = resolve(q, json_is_array(v) ? json_array_get(v, i) : v);
		struct ch_str s = type_has(one, "Organization") || type_has(one, "Corporation") ? (struct ch_str){ 0 } : text_of(p, one);

		if (s.len)
			(void)page_names_add(&names, s);
	}
	if (!names.n)
		return;
	ld->authors = names;
	ld->rank[AUTHORS] = rank;
}

static struct ch_str first_text(struct page *p, const json_t *node, const char *const *keys, size_t n)
{
	struct ch_str s = { 0 };

	for (size_t i = 0; i < n && !s.len; i++)
		s = text_of(p, json_object_get(node, keys[i]));
	return s;
}

static void read_node(struct page *p, const struct queue *q, const json_t *node, struct page_ld *ld)
{
	static const char *const license[] = { "license", "usageInfo", "copyrightNotice" };
	static const char *const published[] = { "datePublished", "dateCreated", "uploadDate" };
	int rank = rank_of(node);

	if (!rank)
		return;
	take(ld, PUBLISHED, &ld->published, first_text(p, node, published, 3), rank);
	take(ld, MODIFIED, &ld->modified, text_of(p, json_object_get(node, "dateModified")), rank);
	take(ld, TITLE, &ld->title, text_of(p, json_object_get(node, "headline")), rank);
	take(ld, BODY, &ld->body, text_of(p, json_object_get(node, "articleBody")), rank);
	take(ld, OUTLET, &ld->outlet, text_of(p, resolve(q, json_object_get(node, "publisher"))), rank);
	take(ld, SECTION, &ld->section, text_of(p, json_object_get(node, "articleSection")), rank);
	take(ld, LANG, &ld->lang, text_of(p, json_object_get(node, "inLanguage")), rank);
	take(ld, LICENSE, &ld->license, first_text(p, node, license, 3), rank);
	take_authors(p, q, ld, json_object_get(node, "author"), rank);
	take_authors(p, q, ld, json_object_get(node, "creator"), rank);
}

/* All nodes of the graph, breadth first, without recursion, then what they say: one may point at another behind it. */
static void walk(struct page *p, const json_t *root, struct page_ld *ld)
{
	static const char *const below[] = { "@graph", "mainEntity", "mainEntityOfPage" };
	struct queue q = { 0 };

	*CH_PUSH(p->arena, &q.nodes) = root;
	for (uint32_t i = 0; i < q.nodes.n && i < NODES_MAX; i++) {
		const json_t *node = q.nodes.v[i];

		for (size_t k = 0; k < json_array_size(node) && q.nodes.n < NODES_MAX; k++)
			*CH_PUSH(p->arena, &q.nodes) = json_array_get(node, k);
		for (size_t k = 0; k < 3; k++)
			if (json_object_get(node, below[k]))
				*CH_PUSH(p->arena, &q.nodes) = json_object_get(node, below[k]);
	}
	for (uint32_t i = 0; i < q.nodes.n; i++)
		if (json_is_object(q.nodes.v[i]))
			read_node(p, &q, q.nodes.v[i], ld);
}

void page_ld_read(struct page *p, const struct page_html *html, struct page_ld *ld)
{
	for (uint32_t i = 0; i < html->json_ld.n; i++) {
		struct ch_str s = ch_str_trim(html->json_ld.v[i]);
		char *z = ch_arena_z(p->arena, s);
		json_t *root;

		for (size_t k = 0; k < s.len; k++)        /* line ends inside strings are common, and no JSON */
			if ((unsigned char)z[k] < ' ')
				z[k] = ' ';
		root = json_loadb(z, s.len, JSON_DISABLE_EOF_CHECK, NULL);
		if (root)
			walk(p, root, ld);
		json_decref(root);
	}
}
