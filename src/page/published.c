/* page/published.c -- the day of publication: what machines are told, what is printed by the headline, the address, the
 * dateline; and which of them is believed.
 *
 * Machines are told the truth nearly always, but in universal time: a page that prints the day before or after was
 * published on the day that it prints. A page that tells machines one day for both, first and last publication, and
 * prints an earlier one by its headline, was published on that. And a page that by its headline says that it was last
 * changed months after it first appeared was written anew: what "on Monday" means there is to be counted from then. */
#include "page/page_priv.h"

enum {
	TITLE_LINES = 40, TITLE_NEAR = 12,   /* how far above the body a date is looked for, with and without a headline */
	ABOVE_TITLE = 4, BELOW_BODY = 6,
	ANEW_DAYS = 60,
	HEAD_LINES = 4, TAIL_LINES = 2,      /* of the body, where a date on a line of its own is the page's */
};

static bool is_copyright(struct ch_str s)
{
	for (size_t i = 0; i + 2 <= s.len; i++)
		if (ch_str_istarts(ch_str_sub(s, i, s.len), CH_STR("copyright")) || ch_str_starts(ch_str_sub(s, i, s.len), CH_STR("\xc2\xa9")))
			return true;
	return false;
}

/* Comments and teasers have dates of their own. */
static bool is_others(const struct page_line *l)
{
	static const char *const reasons[] = { "comments", "related headlines" };

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (l->reason && strcmp(l->reason, reasons[i]) == 0)
			return true;
	return false;
}

/* How well line i stands and speaks for being the publication date; 0: not at all */
static int date_score(const struct page *p, uint32_t i, struct page_date *date)
{
	struct ch_str s = page_line_str(p, i);
	enum page_date_word is = s.len <= 160 ? page_date_label(p->lex, s) : 0;
	int score;

	if (p->lines.v[i].body || is_others(&p->lines.v[i]) || !page_is_date_line(p, s, date) || is_copyright(s))
		return 0;
	if (i >= p->first && ch_str_find_byte(s, '@', 0) != CH_STR_NONE)      /* of a message that the page shows */
		return 0;
	if (i < p->first)
		score = p->title != CH_NONE && i < p->title_near ? 20 - 2 * (int)(p->title_near - i) : 30 - (int)(p->first - i) / 2;
	else if (i < p->past)
		score = i < p->first + HEAD_LINES ? 26 - (int)(i - p->first) : 5;
	else
		score = 10 - (int)(i - p->past);
	score += is == PAGE_PUBLISHED ? 12 : is == PAGE_MODIFIED ? -8 : 0;
	return score > 1 ? score : 1;
}

/* Far from the article a date counts only if no other stands on the page; one that calls itself "published", if no
 * other does. */
static bool find_only_date(const struct page *p, bool labelled, struct page_date *best)
{
	bool found = false;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		struct ch_str s = page_line_str(p, i);
		struct page_date date;

		if (p->lines.v[i].body || is_others(&p->lines.v[i]) || p->lines.v[i].end - p->lines.v[i].start > 160 || (labelled && !page_says_published(s)) ||
		    !page_is_date_line(p, s, &date) || is_copyright(s))
			continue;
		if (found && page_date_day(best) != page_date_day(&date))
			return false;
		*best = date;
		found = true;
	}
	return found;
}

static bool is_bare_date(const struct page *p, uint32_t i)
{
	struct page_date date;
	const struct page_line *l = &p->lines.v[i];

	return l->body && l->kind != PAGE_SENTENCE && l->end - l->start < 70 && page_is_date_line(p, page_line_str(p, i), &date);
}

/* Takes the page's own date off the body: first or last in it, and not one of many, as in a chronicle. */
static void drop_dates(struct page *p)
{
	uint32_t n = 0, at[2] = { CH_NONE, CH_NONE };

	for (uint32_t i = p->first; i < p->past; i++) {
		if (!is_bare_date(p, i))
			continue;
		if (n < 2)
			at[n] = i;
		n++;
	}
	for (uint32_t k = 0; k < n && n <= 2; k++)
		if (at[k] < p->first + HEAD_LINES || at[k] + TAIL_LINES >= p->past) {
			p->lines.v[at[k]].body = false;
			p->lines.v[at[k]].reason = "date";
		}
	while (p->past > p->first && !p->lines.v[p->past - 1].body)
		p->past--;
}

void page_find_printed_date(struct page *p)
{
	uint32_t from = p->first > TITLE_NEAR ? p->first - TITLE_NEAR : 0, past = p->past + BELOW_BODY;   /* before dates are dropped */
	struct page_date *best = &p->printed;
	int best_score = 0;
	bool wall = false, found;

	if (p->title != CH_NONE && p->title_near < p->first) {
		uint32_t top = p->title_near > ABOVE_TITLE ? p->title_near - ABOVE_TITLE : 0;

		from = top < from && p->title_near + TITLE_LINES > p->first ? top : top > from ? top : from;
	}
	drop_dates(p);
	for (uint32_t i = from; i < past && i < p->lines.n; i++) {
		struct page_date date;
		int score;

		wall = wall || (i >= p->past && p->lines.v[i].wall);
		if (wall)
			break;
		score = date_score(p, i, &date);
		if (score > best_score) {
			best_score = score;
			*best = date;
			p->printed_is = page_date_label(p->lex, page_line_str(p, i));
			p->printed_near = i < p->first + HEAD_LINES;
		}
	}
	found = best_score || find_only_date(p, true, best) || (!p->dateline.date.month && find_only_date(p, false, best));
	if (!found)
		*best = (struct page_date){ .year = 0 };
	for (uint32_t i = from; i < past && i < p->lines.n; i++) {
		struct page_date date;

		if (found && !p->lines.v[i].body && i != p->title && page_is_date_line(p, page_line_str(p, i), &date))
			p->lines.v[i].reason = "date";
	}
}

/* "by 2030", "by July 2030", "Vision 2030", "until 2027": no year in which the article can have been written. */
static bool speaks_of_future(const struct page *p, struct ch_str s, size_t year)
{
	static const char *const cues[] = { "by ", "by the end of ", "until ", "till ", "through ", "agenda ", "vision ", "to ", "strategy ",
					    "beyond ", "after ", "next year ", "-", "\xe2\x80\x93" };
	size_t end = year, word;
	struct ch_str before;

	while (end && s.ptr[end - 1] == ' ')
		end--;
	for (word = end; word && s.ptr[word - 1] != ' ';)
		word--;
	before = ch_str_sub(s, word > 24 ? word - 24 : 0, word);
	if (word == end || !page_month(p->lex, ch_str_sub(s, word, end)))
		before = ch_str_sub(s, year > 24 ? year - 24 : 0, year);
	for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
		struct ch_str cue = ch_str_z(cues[i]);

		if (before.len >= cue.len && ch_str_ieq(ch_str_sub(before, before.len - cue.len, before.len), cue))
			return true;
	}
	return ch_str_istarts(ch_str_sub(s, year + 4, s.len), CH_STR(" agenda"));
}

/* The year that the article itself lives in: the latest that it names with any weight, plans aside. 0: it names none. */
static int year_of_body(const struct page *p)
{
	uint32_t count[200] = { 0 }, most = 0;

	for (uint32_t i = p->first; i < p->past; i++) {
		struct ch_str s = page_line_str(p, i);

		if (!p->lines.v[i].body)
			continue;
		for (size_t at = 0; at + 4 <= s.len; at++) {
			uint32_t year;

			if (s.ptr[at] < '1' || s.ptr[at] > '2' || (at && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9') ||
			    !ch_str_uint(ch_str_sub(s, at, at + 4), &year) || year < 1900 || year > 2099 ||
			    (at + 4 < s.len && s.ptr[at + 4] >= '0' && s.ptr[at + 4] <= '9') ||
			    (at + 5 < s.len && (s.ptr[at + 4] == '.' || s.ptr[at + 4] == ',') && s.ptr[at + 5] >= '0' && s.ptr[at + 5] <= '9') ||
			    speaks_of_future(p, s, at))
				continue;
			count[year - 1900]++;
			most = count[year - 1900] > most ? count[year - 1900] : most;
			at += 3;
		}
	}
	for (int y = 199; y >= 0; y--)
		if (count[y] && count[y] * 4 >= most)
			return 1900 + y;
	return 0;
}

static bool choose(struct ch_meta *m, ch_day day, const char *basis)
{
	if (day == CH_NO_DAY)
		return false;
	m->published = day;
	m->published_basis = basis;
	return true;
}

static bool next_to(ch_day a, ch_day b)
{
	return a != CH_NO_DAY && (a - b == 1 || b - a == 1);
}

/* The day of a printed date; 5/6/2020 is read the way that agrees with what is known from elsewhere. */
static ch_day agreeing(const struct page_date *date, ch_day known)
{
	struct page_date other = *date;

	other.month = date->day;
	other.day = date->month;
	if (date->ambiguous && known != CH_NO_DAY && (page_date_day(&other) == known || next_to(page_date_day(&other), known)))
		return page_date_day(&other);
	return page_date_day(date);
}

static void choose_told(struct ch_meta *m, const struct page_told_dates *told, ch_day printed, ch_day anew, ch_day url)
{
	ch_day day = told->published;

	if (printed == CH_NO_DAY && anew != CH_NO_DAY && anew > day + ANEW_DAYS)
		(void)choose(m, anew, "updated");
	else if (next_to(printed, day) && told->instant)
		(void)choose(m, printed, "visible");
	else if (printed == CH_NO_DAY && next_to(url, day) && told->instant)
		(void)choose(m, url, "url");
	else if ((told->modified == day || next_to(told->modified, day)) && printed != CH_NO_DAY && printed < day)
		(void)choose(m, printed, "visible");
	else
		(void)choose(m, day, told->basis);
}

void page_choose_date(struct page *p, const struct page_told_dates *told)
{
	struct ch_meta *m = &p->doc->meta;
	struct page_date said = p->dateline.date;
	ch_day url = page_date_of_url(m->url), line, near = CH_NO_DAY, anew = CH_NO_DAY;
	ch_day marked = agreeing(&told->marked, told->published);

	line = agreeing(&p->printed, told->published);

	if (marked != CH_NO_DAY && told->marked_is != PAGE_MODIFIED)
		near = marked;
	else if (p->printed_near && p->printed_is != PAGE_MODIFIED)
		near = line;
	m->modified = told->modified;
	if (told->marked_is == PAGE_MODIFIED)
		anew = marked;
	else if (p->printed_is == PAGE_MODIFIED && p->printed_near)
		anew = line;
	if (m->modified == CH_NO_DAY)
		m->modified = anew != CH_NO_DAY ? anew : p->printed_is == PAGE_MODIFIED ? line : CH_NO_DAY;
	if (told->published != CH_NO_DAY) {
		choose_told(m, told, near, anew, url);
		return;
	}
	if ((said.year && choose(m, page_date_day(&said), "dateline")) || choose(m, near, marked == near ? "time" : "visible") ||
	    choose(m, url, "url") || choose(m, line, "visible") || choose(m, page_date_day(&told->elsewhere), "time"))
		return;
	if (said.month && !said.year)
		said.year = year_of_body(p);
	if (!choose(m, page_date_day(&said), "dateline"))
		(void)choose(m, m->modified, "modified");
}
