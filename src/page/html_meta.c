/* page/html_meta.c -- what a page says of itself to machines: JSON-LD (schema.org), Open Graph, <meta>, microdata.
 * Machines are lied to less than readers about dates, and more about titles and authors ("admin"): names are checked. */
#include "page/html.h"
#include "base/utf8.h"
#include <jansson.h>

enum { JSON_NODES_MAX = 20000 };

/* ---- dates ---- */

static ch_day day_of(const struct page *p, struct ch_str s)
{
	struct page_date d;
	ch_day day = s.len ? ch_day_parse(s) : CH_NO_DAY;

	if (!s.len)
		return CH_NO_DAY;
	if (day == CH_NO_DAY && s.len >= 8 && s.len < 80 && page_date_find(p->lex, s, 0, &d))
		day = page_date_day(&d);
	if (day == CH_NO_DAY)
		day = page_date_of_url(ch_str_sub(s, 0, 16));
	return day > ch_day_of(1900, 1, 1) && day != 0 ? day : CH_NO_DAY;      /* 0: a clock that was never set */
}

static bool set_date(struct page *p, struct ch_str s, const char *basis)
{
	struct ch_meta *m = &p->doc->meta;
	ch_day day = m->published == CH_NO_DAY ? day_of(p, s) : CH_NO_DAY;

	if (day == CH_NO_DAY)
		return false;
	m->published = day;
	m->published_basis = basis;
	return true;
}

/* ---- names ---- */

/* "By Jane Roe" → "Jane Roe"; an address, a handle or "admin" is no name. */
static struct ch_str clean_name(struct ch_str s)
{
	static const char *const none[] = { "admin", "administrator", "editor", "staff", "author", "root", "webmaster", "redaktion" };

	if (!s.len)
		return s;
	s = ch_str_trim(s);
	if (ch_str_istarts(s, CH_STR("by ")))
		s = ch_str_trim(ch_str_sub(s, 3, s.len));
	if (s.len < 2 || s.len > 120 || ch_str_find(s, CH_STR("://"), 0) != CH_STR_NONE || s.ptr[0] == '@' || s.ptr[0] == '/')
		return (struct ch_str){ 0 };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (ch_str_ieq(s, ch_str_z(none[i])))
			return (struct ch_str){ 0 };
	return s;
}

static void add_author(struct page *p, struct ch_str s)
{
	struct ch_str *author = &p->doc->meta.author, one;

	s = clean_name(s);
	while (s.len) {
		size_t and = ch_str_find(s, CH_STR(" and "), 0), comma = ch_str_find_byte(s, ',', 0);
		size_t cut = and < comma ? and : comma;

		one = ch_str_trim(ch_str_sub(s, 0, cut == CH_STR_NONE ? s.len : cut));
		s = cut == CH_STR_NONE ? (struct ch_str){ 0 } : ch_str_trim(ch_str_sub(s, cut + (cut == and ? 5 : 1), s.len));
		if (!one.len || ch_str_find(*author, one, 0) != CH_STR_NONE || author->len > 400)
			continue;
		*author = author->len ? ch_arena_printf(p->arena, "%.*s; %.*s", CH_STR_ARG(*author), CH_STR_ARG(one)) : ch_arena_str(p->arena, one);
	}
}

/* ---- JSON-LD ---- */

struct ld {
	struct ch_str published, modified, title, body, outlet, section, lang;
	struct ch_str authors[8];
	uint32_t authors_n;
	int rank;                  /* of the type it was taken from */
};

static struct ch_str json_text(struct page *p, const json_t *v)
{
	if (json_is_array(v))
		v = json_array_get(v, 0);
	if (json_is_object(v))
		v = json_object_get(v, "@value") ? json_object_get(v, "@value") : json_object_get(v, "name");
	if (!json_is_string(v))
		return (struct ch_str){ 0 };
	return page_decode_refs(p->arena, ch_arena_str(p->arena, ch_str_trim(ch_str_n(json_string_value(v), json_string_length(v)))), false);
}

static int rank_of_type(const json_t *type)
{
	const char *s = json_string_value(json_is_array(type) ? json_array_get(type, 0) : type);

	if (!s)
		return 0;
	if (strstr(s, "NewsArticle") || strstr(s, "ReportageNews"))
		return 4;
	if (strstr(s, "Article") || strstr(s, "BlogPosting"))
		return 3;
	if (strcmp(s, "WebPage") == 0 || strstr(s, "ItemPage"))
		return 1;
	return 0;
}

static void read_ld_node(struct page *p, const json_t *node, struct ld *ld)
{
	int rank = rank_of_type(json_object_get(node, "@type"));
	struct ld new = { .rank = rank };
	const json_t *author = json_object_get(node, "author");

	if (rank <= ld->rank)
		return;
	new.published = json_text(p, json_object_get(node, "datePublished"));
	new.modified = json_text(p, json_object_get(node, "dateModified"));
	new.title = json_text(p, json_object_get(node, "headline"));
	new.body = json_text(p, json_object_get(node, "articleBody"));
	new.outlet = json_text(p, json_object_get(node, "publisher"));
	new.section = json_text(p, json_object_get(node, "articleSection"));
	new.lang = json_text(p, json_object_get(node, "inLanguage"));
	if (json_is_array(author)) {
		for (size_t i = 0; i < json_array_size(author) && new.authors_n < 8; i++)
			new.authors[new.authors_n++] = json_text(p, json_array_get(author, i));
	} else if (author) {
		new.authors[new.authors_n++] = json_text(p, author);
	}
	*ld = new;
}

/* All objects of the graph, breadth first, without recursion; and, apart, the names of those that others point at. */
static void walk_ld(struct page *p, json_t *root, struct ld *ld)
{
	CH_VEC(const json_t *) queue = { 0 };

	*CH_PUSH(p->arena, &queue) = root;
	for (uint32_t i = 0; i < queue.n && i < JSON_NODES_MAX; i++) {
		json_t *node = (json_t *)(uintptr_t)queue.v[i], *value;
		const char *key;
		size_t k;

		if (json_is_array(node)) {
			json_array_foreach(node, k, value)
				if (json_is_object(value) || json_is_array(value))
					*CH_PUSH(p->arena, &queue) = value;
		} else if (json_is_object(node)) {
			read_ld_node(p, node, ld);
			json_object_foreach(node, key, value)
				if (strcmp(key, "@graph") == 0 || strcmp(key, "mainEntity") == 0 || strcmp(key, "mainEntityOfPage") == 0)
					*CH_PUSH(p->arena, &queue) = value;
		}
	}
}

static void read_ld(struct page *p, const struct page_html *html, struct ld *ld)
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
			walk_ld(p, root, ld);
		json_decref(root);
	}
}

/* ---- <meta> and microdata ---- */

static struct ch_str pair(const struct page_html *html, const char *key)
{
	for (uint32_t i = 0; i < html->meta.n; i++)
		if (ch_str_eqz(html->meta.v[i].key, key))
			return html->meta.v[i].value;
	return CH_STR("");
}

static struct ch_str first_pair(const struct page_html *html, const char *const *keys, size_t n)
{
	struct ch_str v = CH_STR("");

	for (size_t i = 0; i < n && !v.len; i++)
		v = pair(html, keys[i]);
	return v;
}
#define FIRST(html, keys) first_pair(html, keys, sizeof keys / sizeof *keys)

static const char *const date_keys[] = { "article:published_time", "og:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
	"sailthru.date", "dc.date.issued", "dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "dc.terms.created", "pubdate",
	"publishdate", "publish-date", "publish_date", "published", "publication_date", "article_date_original", "article:published",
	"originalpublicationdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published", "datecreated", "bt:pubdate",
	"citation_publication_date", "citation_date", "displaydate", "rnews:datepublished", "date", "created", "release_date", "time" };
static const char *const author_keys[] = { "author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
	"article:author", "citation_author", "cxenseparse:author" };
static const char *const outlet_keys[] = { "og:site_name", "publisher", "dc.publisher", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone" };
static const char *const title_keys[] = { "og:title", "twitter:title", "title", "headline", "dc.title", "parsely-title", "sailthru.title" };
static const char *const section_keys[] = { "article:section", "section", "parsely-section", "cxenseparse:section", "articlesection" };

/* ---- title ---- */

static int title_score(const struct page *p, uint32_t i, struct ch_str said, struct ch_str top)
{
	const struct page_line *l = &p->lines.v[i];
	struct ch_str s = page_line_str(p, i);
	bool in_said = said.len && s.len >= 8 && page_find_words(said, s) != CH_STR_NONE;
	bool in_top = top.len && s.len >= 8 && page_find_words(top, s) != CH_STR_NONE;
	bool holds = said.len >= 12 && page_find_words(s, said) != CH_STR_NONE;
	int score = (l->heading == 1 ? 22 : l->heading == 2 ? 6 : 0) + (in_said || in_top || holds ? 24 : 0) + (l->words >= 3 ? 4 : l->words < 2 ? -12 : 0);

	score -= i < p->first ? (int)(p->first - i) / 8 : 12;
	if (l->reason && strcmp(l->reason, "byline") != 0)
		score -= 6;
	return score;
}

void page_html_title(struct page *p, const struct page_html *html)
{
	enum { INTO_BODY = 4, GOOD = 22 };
	struct ch_str top = p->lines.n && p->lines.v[0].reason && strcmp(p->lines.v[0].reason, "page title") == 0 ?
		page_line_str(p, 0) : (struct ch_str){ 0 };
	int best = GOOD - 1;

	p->site_title = html->ld_title.len ? html->ld_title : top;
	for (uint32_t i = top.len ? 1 : 0; i < p->lines.n && i < p->first + INTO_BODY; i++) {
		int score = p->lines.v[i].heading || page_same_words(page_line_str(p, i), html->ld_title) ?
			title_score(p, i, html->ld_title, top) : 0;

		if (score <= best || p->lines.v[i].end - p->lines.v[i].start > 400)
			continue;
		best = score;
		p->title = i;
	}
	if (p->title == CH_NONE)
		return;
	p->title_near = p->title;
	p->title_start = p->lines.v[p->title].start;
	p->title_end = p->lines.v[p->title].end;
	p->lines.v[p->title].body = false;
	p->lines.v[p->title].reason = NULL;
	for (uint32_t i = p->first; i <= p->title; i++) {      /* what the run took in above the headline */
		p->lines.v[i].body = false;
		p->first = i + 1;
	}
}

void page_html_meta(struct page *p, struct page_html *html)
{
	struct ch_meta *m = &p->doc->meta;
	struct ld ld = { 0 };

	read_ld(p, html, &ld);
	set_date(p, ld.published, "json-ld");
	for (size_t i = 0; i < sizeof date_keys / sizeof *date_keys; i++)
		if (set_date(p, pair(html, date_keys[i]), "meta"))
			break;
	for (uint32_t i = 0; i < ld.authors_n; i++)
		add_author(p, ld.authors[i]);
	if (!m->author.len)
		add_author(p, FIRST(html, author_keys));
	m->outlet = ld.outlet.len ? ld.outlet : FIRST(html, outlet_keys);
	m->section = ld.section.len ? ld.section : FIRST(html, section_keys);
	if (html->lang.len || ld.lang.len)
		m->lang = ch_str_sub(html->lang.len ? html->lang : ld.lang, 0, 2);
	m->url = html->canonical.len ? html->canonical : pair(html, "og:url");
	html->ld_body = ld.body;
	html->ld_title = ld.title.len ? ld.title : FIRST(html, title_keys);
	if (ld.modified.len && !pair(html, "article:modified_time").len)
		*CH_PUSH(p->arena, &html->meta) = (struct page_pair){ CH_STR("article:modified_time"), ld.modified, CH_NONE };
}

/* Where the visible page said no date: its address, <time>, then when it was last changed. */
void page_html_meta_rest(struct page *p, const struct page_html *html)
{
	struct ch_meta *m = &p->doc->meta;
	ch_day day = page_date_of_url(m->url);

	if (m->published == CH_NO_DAY && day != CH_NO_DAY) {
		m->published = day;
		m->published_basis = "url";
	}
	set_date(p, pair(html, "<time>"), "time");
	set_date(p, pair(html, "article:modified_time"), "meta");
	set_date(p, pair(html, "datemodified"), "meta");
	set_date(p, pair(html, "last-modified"), "meta");
	if (!m->title.len)
		m->title = html->ld_title;
}
