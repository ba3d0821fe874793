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

/* "2020-05-12T14:05:00Z", "… 14:05": the day is one clock's, and maybe not that of the page. */
static bool is_instant(struct ch_str s)
{
	size_t colon = ch_str_find_byte(s, ':', 0);

	return colon != CH_STR_NONE && ch_str_find(s, CH_STR("00:00:00"), 0) == CH_STR_NONE;
}

static void tell_date(struct page *p, struct page_told_dates *told, struct ch_str s, const char *basis)
{
	if (told->published != CH_NO_DAY)
		return;
	told->published = day_of(p, s);
	told->basis = basis;
	told->instant = is_instant(s);
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
static const char *const modified_keys[] = { "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "modified",
	"dcterms.modified", "dc.date.modified", "cxenseparse:recs:modifiedtime", "article:modified", "revised", "updated_time" };
static const char *const author_keys[] = { "author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
	"article:author", "citation_author", "cxenseparse:author" };
static const char *const license_keys[] = { "dcterms.license", "dc.rights.license", "license", "dc.rights", "dcterms.rights" };
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
	html->told = (struct page_told_dates){ .published = CH_NO_DAY, .modified = day_of(p, ld.modified) };
	tell_date(p, &html->told, ld.published, "json-ld");
	for (size_t i = 0; i < sizeof date_keys / sizeof *date_keys; i++)
		tell_date(p, &html->told, pair(html, date_keys[i]), "meta");
	for (size_t i = 0; i < sizeof modified_keys / sizeof *modified_keys && html->told.modified == CH_NO_DAY; i++)
		html->told.modified = day_of(p, pair(html, modified_keys[i]));
	m->outlet = ld.outlet.len ? ld.outlet : FIRST(html, outlet_keys);
	m->section = ld.section.len ? ld.section : FIRST(html, section_keys);
	if (html->lang.len || ld.lang.len)
		m->lang = ch_str_sub(html->lang.len ? html->lang : ld.lang, 0, 2);
	m->url = html->canonical.len ? html->canonical : pair(html, "og:url");
	for (uint32_t i = 0; i < ld.authors.n; i++)
		(void)page_names_read(p, ld.authors.v[i], PAGE_TRUST_TOLD, &html->ld_authors, &p->byline_agency);
	html->ld_body = ld.body;
	html->license = pair(html, "rel=license").len ? pair(html, "rel=license") : ld.license.len ? ld.license : FIRST(html, license_keys);
	html->ld_title = ld.title.len ? ld.title : FIRST(html, title_keys);
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

/* "jroe": what somebody logs in as, where the page prints no such name. */
static void drop_logins(const struct page *p, struct page_names *names)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < names->n; i++) {
		bool capital = false;

		for (size_t k = 0; k < names->v[i].len; k++)
			capital = capital || (unsigned char)names->v[i].ptr[k] >= 0x80 || (names->v[i].ptr[k] >= 'A' && names->v[i].ptr[k] <= 'Z');
		if (capital || is_printed(p, names->v[i]))
			names->v[n++] = names->v[i];
	}
	names->n = n;
}

static bool any_printed(const struct page *p, const struct page_names *names)
{
	for (uint32_t i = 0; i < names->n; i++)
		if (is_printed(p, names->v[i]))
			return true;
	return false;
}

/* What JSON-LD says and the page prints; else what stands by the article; else what machines alone are told. */
static void choose_authors(struct page *p, struct page_html *html)
{
	struct page_names marked, told = { .n = 0 };
	int near = page_html_authors(p, html, &marked);
	const struct page_names *choice;

	told_authors(p, html, &told);
	drop_logins(p, &told);
	drop_logins(p, &html->ld_authors);
	if (p->byline.n && html->ld_authors.n && !page_is_name(html->ld_authors.v[0]))
		choice = &p->byline;              /* "By Jane Roe" under the headline, and "JRnews" for machines */
	else if (html->ld_authors.n && any_printed(p, &html->ld_authors))
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

void page_html_meta_rest(struct page *p, struct page_html *html)
{
	struct ch_meta *m = &p->doc->meta;

	page_html_marked_date(p, html, &html->told);
	page_choose_date(p, &html->told);
	if (!m->title.len)
		m->title = html->ld_title;
	choose_authors(p, html);
}
