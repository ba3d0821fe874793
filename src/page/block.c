/* page/block.c -- lines and elements of a page looked at, and summed up: what block_row.c makes features of. */
#include "page/block.h"
#include "base/utf8.h"

enum {
	PROSE_BYTES = 60,           /* of a line without blanks between words that ends sentences */
	CHECKS_MAX = 4000,          /* lines compared with title, description, JSON-LD body: more than that can do without */
	BODY_BYTES_MAX = 64 << 10,  /* of that body */
	HEAD_BYTES = 40,
	DATE_BYTES = 160,
};

/* ---- lines ---- */

static bool is_stop(uint32_t cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0x964 || cp == 0x61F ||
	       cp == 0x6D4;
}

static bool is_comma(uint32_t cp)
{
	return cp == ',' || cp == ';' || cp == 0x3001 || cp == 0xFF0C || cp == 0xFF1B || cp == 0x60C || cp == 0x61B;
}

static uint8_t how_it_begins(struct ch_str s)
{
	uint32_t len, cp = s.len ? ch_utf8_at(s, 0, &len) : 0;

	if (ch_is_lower(cp))
		return 0;
	if (ch_is_letter(cp))
		return 1;
	if (cp >= '0' && cp <= '9')
		return 2;
	return ch_is_quote(cp) ? 3 : 4;
}

static uint8_t how_it_ends(struct ch_str s)
{
	uint32_t len, cp = s.len ? ch_utf8_before(s, s.len, &len) : 0;

	if (page_sentence_end(s))
		return 1;
	if (cp == ':' || cp == 0xFF1A)
		return 2;
	if (is_comma(cp))
		return 3;
	if (cp == 0x2026 || cp == '.')
		return 4;
	return ch_is_letter(cp) ? 0 : 5;
}

static void look_at_line(struct page_blocks *b, uint32_t i)
{
	const struct page_line *l = &b->p->lines.v[i];
	struct ch_str s = page_line_str(b->p, i);
	struct page_block *k = &b->line[i];
	uint32_t stops = 0, wide = 0, commas = 0, digits = 0, words = 0, uppers = 0, len;
	bool in_word = false;
	struct page_date date;

	for (size_t at = 0; at < s.len; at += len) {
		unsigned char c = (unsigned char)s.ptr[at];
		uint32_t cp = c;
		bool letter;

		len = 1;
		if (c >= 0x80)
			cp = ch_utf8_at(s, at, &len);
		letter = c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : ch_is_letter(cp);
		if (letter && !in_word) {
			words++;
			uppers += ch_is_upper(cp);
		}
		in_word = letter || (in_word && cp != ' ');
		digits += cp >= '0' && cp <= '9';
		commas += is_comma(cp);
		if (is_stop(cp)) {
			bool last = at + len >= s.len;

			stops += cp >= 0x80 || last || s.ptr[at + len] == ' ' || ch_is_quote((unsigned char)s.ptr[at + len]);
			wide += cp >= 0x3000;
		}
	}
	k->stops = (uint16_t)(stops < 200 ? stops : 200);
	k->commas = (uint16_t)(commas < 200 ? commas : 200);
	k->words = (uint16_t)(words < 1000 ? words : 1000);
	k->digits = (uint8_t)(digits * 100ull / (s.len ? s.len : 1));
	k->uppers = (uint8_t)(uppers * 100ull / (words ? words : 1));
	k->links = (uint8_t)(l->link_bytes * 100ull / (s.len ? s.len : 1));
	k->begins = how_it_begins(s);
	k->ends = how_it_ends(s);
	k->prose = !l->said && k->links < 50 && (l->kind == PAGE_SENTENCE || (wide && s.len >= PROSE_BYTES));
	k->date = s.len <= DATE_BYTES && digits && page_is_date_line(b->p, s, &date);
	k->name = page_is_name(s);
}

/* How often each line stands on the page; a table of hashes without chains, since a rare mistake costs little. */
static void count_repeats(struct page_blocks *b)
{
	uint32_t n = b->p->lines.n, size = 64;
	uint32_t *first;

	while (size < 2 * n)
		size *= 2;
	first = CH_NEW_N(b->p->arena, uint32_t, size);    /* 1 + the first line so hashed */
	for (uint32_t i = 0; i < n; i++) {
		uint64_t h = ch_str_hash(page_line_str(b->p, i));
		uint32_t *at = &first[(h ^ h >> 32) & (size - 1)];

		if (!*at)
			*at = i + 1;
		if (b->line[*at - 1].repeats < 20)
			b->line[*at - 1].repeats++;
	}
	for (uint32_t i = n; i-- > 0;) {
		uint64_t h = ch_str_hash(page_line_str(b->p, i));

		b->line[i].repeats = b->line[first[(h ^ h >> 32) & (size - 1)] - 1].repeats;
	}
}

static struct ch_str description(const struct page_html *html)
{
	for (uint32_t i = 0; i < html->meta.n; i++)
		if (ch_str_eqz(html->meta.v[i].key, "description") || ch_str_eqz(html->meta.v[i].key, "og:description"))
			return html->meta.v[i].value;
	return (struct ch_str){ 0 };
}

/* Against what the page says to machines: its title, its summary, its article's body. */
static void compare(struct page_blocks *b)
{
	struct page *p = b->p;
	struct ch_str body = ch_str_sub(b->html->ld_body, 0, BODY_BYTES_MAX), about = description(b->html), title = { 0 };
	uint32_t checks = 0;

	if (p->lines.n && p->lines.v[0].said && strcmp(p->lines.v[0].said, "page title") == 0)
		title = ch_str_sub(page_line_str(p, 0), 0, 1000);
	b->title = CH_NONE;
	for (uint32_t i = title.len > 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];
		struct page_block *k = &b->line[i];
		struct ch_str s = page_line_str(p, i), head = ch_str_sub(s, 0, HEAD_BYTES);

		k->ld = body.len > 200;
		k->described = about.len > 40;
		if ((s.len < HEAD_BYTES && !l->heading) || checks == CHECKS_MAX)
			continue;
		checks++;
		if (k->ld && s.len >= HEAD_BYTES && ch_str_find(body, head, 0) != CH_STR_NONE)
			k->ld = 2;
		if (k->described && s.len >= HEAD_BYTES && ch_str_find(about, head, 0) != CH_STR_NONE)
			k->described = 2;
		k->titled = title.len && s.len >= 12 && s.len <= 300 && k->links < 50 && page_find_words(title, s) != CH_STR_NONE;
		if (k->titled && (b->title == CH_NONE || (l->heading && !p->lines.v[b->title].heading)))
			b->title = i;
	}
}

/* The best run of prose by body.c, as another opinion. */
static void find_run(struct page_blocks *b)
{
	struct page *p = b->p;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		p->lines.v[i].reason = p->lines.v[i].said ? p->lines.v[i].said : b->line[i].links > 70 ? "link" : NULL;
		p->lines.v[i].body = false;
	}
	page_body_run(p, 0, p->lines.n);
	b->run_first = p->first;
	b->run_past = p->past;
	for (uint32_t i = 0; i < p->lines.n; i++) {
		b->line[i].run = p->lines.v[i].body;
		p->lines.v[i].reason = p->lines.v[i].said;
		p->lines.v[i].body = false;
	}
	p->first = p->past = 0;
}

/* ---- elements ---- */

static void add_line(struct page_sum *s, const struct page_line *l, bool prose)
{
	s->lines++;
	s->bytes += l->end - l->start;
	s->links += l->link_bytes;
	s->prose += prose ? l->end - l->start : 0;
}

static void add_sum(struct page_sum *to, const struct page_sum *s)
{
	to->lines += s->lines;
	to->bytes += s->bytes;
	to->links += s->links;
	to->prose += s->prose;
}

/* What a name says, as one of PAGE_F_HINT_COMMENTS and so on. */
static uint32_t hint_of(const char *reason)
{
	static const struct { const char *reason; uint32_t feature; } table[] = {
		{ "comments", PAGE_F_HINT_COMMENTS }, { "related headlines", PAGE_F_HINT_RELATED }, { "sidebar", PAGE_F_HINT_SIDEBAR },
		{ "navigation", PAGE_F_HINT_NAVIGATION }, { "footer", PAGE_F_HINT_FOOTER }, { "caption", PAGE_F_HINT_CAPTION },
		{ "media", PAGE_F_HINT_CAPTION }, { "byline", PAGE_F_HINT_ABOUT }, { "author note", PAGE_F_HINT_ABOUT },
		{ "tag list", PAGE_F_HINT_ABOUT }, { "hidden", PAGE_F_HINT_HIDDEN },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(reason, table[i].reason) == 0)
			return table[i].feature - PAGE_F_HINT_COMMENTS;
	return PAGE_F_HINT_FURNITURE - PAGE_F_HINT_COMMENTS;
}

/* How much of the page's prose stands in elements of one name, all of them together: a name round most of it is a wrapper's. */
static uint32_t *weigh_names(const struct page_blocks *b)
{
	enum { NESTED_MAX = 12 };
	uint32_t *held = CH_NEW_N(b->p->arena, uint32_t, page_html_hints_n(b->p));

	for (uint32_t i = 0; i < b->html->nodes.n; i++) {
		const struct page_node *n = &b->html->nodes.v[i];
		uint32_t up = n->parent, steps = 0;

		if (!n->own)
			continue;
		for (; up != CH_NONE && steps < NESTED_MAX && b->html->nodes.v[up].hint != n->hint; steps++)
			up = b->html->nodes.v[up].parent;
		if (up == CH_NONE || steps == NESTED_MAX)
			held[n->hint] += b->node[i].sum.prose;
	}
	return held;
}

static uint8_t share(uint64_t part, uint64_t whole)
{
	uint64_t s = whole ? part * 100 / whole : 0;

	return (uint8_t)(s > 100 ? 100 : s);
}

static void inherit(struct page_blocks *b, uint32_t i, const uint32_t *held)
{
	const struct page_node *n = &b->html->nodes.v[i];
	struct page_branch *k = &b->node[i];
	const struct page_branch *up = n->parent == CH_NONE ? NULL : &b->node[n->parent];

	k->wider = CH_NONE;
	if (up) {
		memcpy(k->hints, up->hints, sizeof k->hints);
		k->in_article = up->in_article;
		k->in_named = up->in_named;
		k->list = up->list;
		k->table = up->table;
		k->header = up->header;
		k->figure = up->figure;
		k->depth = (uint16_t)(up->depth + 1);
		k->wider = up->sum.lines > k->sum.lines ? n->parent : up->wider;
	}
	k->path = ((up ? up->path : 17) ^ n->look) * 16777619u;
	k->list = k->list || n->tag == PAGE_TAG_UL || n->tag == PAGE_TAG_OL;
	k->table = k->table || n->tag == PAGE_TAG_TABLE;
	k->header = k->header || n->tag == PAGE_TAG_HEADER;
	k->figure = k->figure || n->tag == PAGE_TAG_FIGCAPTION;
	if (n->tag == PAGE_TAG_ARTICLE || n->tag == PAGE_TAG_MAIN)
		k->in_article = (uint8_t)(share(k->sum.prose, b->prose) + 1);
	else if (n->article)
		k->in_named = (uint8_t)(share(k->sum.prose, b->prose) + 1);
	b->articles += n->tag == PAGE_TAG_ARTICLE;
	if (n->own) {
		uint8_t *h = &k->hints[hint_of(n->own)], belief = (uint8_t)(100 - share(held[n->hint], b->prose) * 99 / 100);

		if (belief > *h)
			*h = belief;
	}
}

/* The element of which a line is a paragraph: what <p>, <li> and their like stand in. */
static uint32_t home_of(const struct page_html *html, const struct page_line *l)
{
	const struct page_node *n;

	if (l->node == CH_NONE)
		return CH_NONE;
	n = &html->nodes.v[l->node];
	return n->tag == PAGE_TAG_DIV || n->tag == PAGE_TAG_ARTICLE || n->tag == PAGE_TAG_SECTION || n->parent == CH_NONE ? l->node : n->parent;
}

uint32_t page_blocks_belief(const struct page_blocks *b, uint32_t node)
{
	uint32_t most = 0;

	for (unsigned h = 0; h < PAGE_HINTS_N; h++)
		most = b->node[node].hints[h] > most ? b->node[node].hints[h] : most;
	return most;
}

static void find_home(struct page_blocks *b)
{
	uint32_t most = 0;

	b->home = CH_NONE;
	for (uint32_t i = 0; i < b->p->lines.n; i++) {
		const struct page_line *l = &b->p->lines.v[i];
		uint32_t home = home_of(b->html, l);

		if (!b->line[i].prose || home == CH_NONE)
			continue;
		b->node[home].own_prose += l->end - l->start;
		if (b->node[home].own_prose > most && page_blocks_belief(b, home) < 60) {
			most = b->node[home].own_prose;
			b->home = home;
		}
	}
	for (uint32_t i = 0; i < b->html->nodes.n; i++) {
		const struct page_node *n = &b->html->nodes.v[i];

		if (b->home == CH_NONE || (i <= b->home && b->home < n->past))
			b->node[i].up = 0;
		else
			b->node[i].up = (uint16_t)(n->parent == CH_NONE ? 99 : b->node[n->parent].up + 1);
	}
}

static void sum_up(struct page_blocks *b)
{
	struct page *p = b->p;
	const struct page_html *html = b->html;
	uint32_t size = 64;
	const uint32_t *held;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];

		b->line[i].prose_before = (uint32_t)b->prose;
		b->prose += b->line[i].prose ? l->end - l->start : 0;
		b->bytes += l->end - l->start;
		if (l->node != CH_NONE)
			add_line(&b->node[l->node].sum, l, b->line[i].prose);
	}
	for (uint32_t i = html->nodes.n; i-- > 0;)
		if (html->nodes.v[i].parent != CH_NONE)
			add_sum(&b->node[html->nodes.v[i].parent].sum, &b->node[i].sum);
	held = weigh_names(b);
	for (uint32_t i = 0; i < html->nodes.n; i++)
		inherit(b, i, held);
	while (size < 2 * html->nodes.n && size < 1u << 20)
		size *= 2;
	b->mask = size - 1;
	b->look = CH_NEW_N(p->arena, struct page_sum, size);
	b->path = CH_NEW_N(p->arena, struct page_sum, size);
	for (uint32_t i = 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];

		if (l->node == CH_NONE)
			continue;
		add_line(&b->look[html->nodes.v[l->node].look & b->mask], l, b->line[i].prose);
		add_line(&b->path[b->node[l->node].path & b->mask], l, b->line[i].prose);
	}
}

void page_blocks_look(struct page_blocks *b, struct page *p, struct page_html *html)
{
	*b = (struct page_blocks){ .p = p, .html = html };
	b->line = CH_NEW_N(p->arena, struct page_block, p->lines.n + 1);
	b->node = CH_NEW_N(p->arena, struct page_branch, html->nodes.n + 1);
	for (uint32_t i = 0; i < p->lines.n; i++)
		look_at_line(b, i);
	count_repeats(b);
	compare(b);
	find_run(b);
	sum_up(b);
	find_home(b);
}

/* ---- odds ---- */

void page_blocks_set_odds(struct page_blocks *b, uint32_t line, int odds)
{
	b->line[line].odds = (int16_t)(odds > PAGE_ODDS_MAX ? PAGE_ODDS_MAX : odds < -PAGE_ODDS_MAX ? -PAGE_ODDS_MAX : odds);
}

void page_blocks_spread(struct page_blocks *b)
{
	const struct page_html *html = b->html;
	struct page *p = b->p;

	b->good = 0;
	for (uint32_t i = 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];
		struct page_block *k = &b->line[i];

		k->good_before = (uint32_t)b->good;
		b->good += k->odds >= 0 ? l->end - l->start : 0;
		if (l->node == CH_NONE)
			continue;
		b->node[l->node].sum.odds += k->odds;
		b->look[html->nodes.v[l->node].look & b->mask].odds += k->odds;
		b->path[b->node[l->node].path & b->mask].odds += k->odds;
	}
	for (uint32_t i = html->nodes.n; i-- > 0;)
		if (html->nodes.v[i].parent != CH_NONE)
			b->node[html->nodes.v[i].parent].sum.odds += b->node[i].sum.odds;
}
