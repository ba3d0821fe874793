/* page/html_meta.c -- what a page says of itself to machines: JSON-LD (schema.org), Open Graph, <meta>, microdata.
 * Machines are lied to less than readers about dates, and more about titles and authors ("admin"): names are checked. */
#include "page/html.h"
#include "base/utf8.h"

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
	struct page_ld ld = { 0 };

	page_ld_read(p, html, &ld);
	set_date(p, ld.published, "json-ld");
	for (size_t i = 0; i < sizeof date_keys / sizeof *date_keys; i++)
		if (set_date(p, pair(html, date_keys[i]), "meta"))
			break;
	m->outlet = ld.outlet.len ? ld.outlet : FIRST(html, outlet_keys);
	m->section = ld.section.len ? ld.section : FIRST(html, section_keys);
	if (html->lang.len || ld.lang.len)
		m->lang = ch_str_sub(html->lang.len ? html->lang : ld.lang, 0, 2);
	m->url = html->canonical.len ? html->canonical : pair(html, "og:url");
	for (uint32_t i = 0; i < ld.authors.n; i++)
		(void)page_names_read(p, ld.authors.v[i], PAGE_TRUST_TOLD, &html->ld_authors, &p->byline_agency);
	html->ld_body = ld.body;
	html->ld_title = ld.title.len ? ld.title : FIRST(html, title_keys);
	if (ld.modified.len && !pair(html, "article:modified_time").len)
		*CH_PUSH(p->arena, &html->meta) = (struct page_pair){ CH_STR("article:modified_time"), ld.modified, CH_NONE };
}

/* ---- authors ---- */

/* Of <meta>: every one of a key that is given more than once, as <meta name="citation_author"> is. */
static void told_authors(struct page *p, const struct page_html *html, struct page_names *names)
{
	for (size_t k = 0; k < sizeof author_keys / sizeof *author_keys && !names->n; k++)
		for (uint32_t i = 0; i < html->meta.n; i++)
			if (ch_str_eqz(html->meta.v[i].key, author_keys[k]))
				(void)page_names_read(p, html->meta.v[i].value, PAGE_TRUST_TOLD, names, &p->byline_agency);
	/* "Written by", in any language that bylines.txt has, beside the name: cards for messengers. */
	for (int card = 1; card <= 2 && !names->n; card++) {
		struct ch_str label = pair(html, card == 1 ? "twitter:label1" : "twitter:label2");

		if (label.len && page_byline_word(p->lex, label) & PAGE_BYLINE_HEAD)
			(void)page_names_read(p, pair(html, card == 1 ? "twitter:data1" : "twitter:data2"), PAGE_TRUST_TOLD, names, NULL);
	}
}

static bool is_printed(const struct page *p, struct ch_str name)
{
	return p->flow.n && memmem(p->flow.v, p->flow.n, name.ptr, name.len) != NULL;
}

static bool any_printed(const struct page *p, const struct page_names *names)
{
	for (uint32_t i = 0; i < names->n; i++)
		if (is_printed(p, names->v[i]))
			return true;
	return false;
}

/* What JSON-LD says and the page prints; else what stands by the article; else what machines alone are told. */
static void choose_authors(struct page *p, const struct page_html *html)
{
	struct page_names marked, told = { .n = 0 };
	int near = page_html_authors(p, html, &marked);
	const struct page_names *choice;

	told_authors(p, html, &told);
	if (html->ld_authors.n && any_printed(p, &html->ld_authors))
		choice = &html->ld_authors;
	else if (marked.n && near >= 8)
		choice = &marked;
	else if (p->byline.n)
		choice = &p->byline;
	else if (told.n && any_printed(p, &told))
		choice = &told;
	else if (html->ld_authors.n && near < 7)
		choice = &html->ld_authors;
	else
		choice = marked.n ? &marked : html->ld_authors.n ? &html->ld_authors : &told;
	p->doc->meta.author = page_names_join(p, choice);
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
	choose_authors(p, html);
}
