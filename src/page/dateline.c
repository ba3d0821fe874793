/* page/dateline.c -- "BAKU, Azerbaijan, November 28. ", "MOSCOW, July 5 /TASS/. ", "WASHINGTON (Reuters) - ".
 *
 * A dateline is a run of places, dates and agencies, closed by a full stop, a dash, a colon or a bracket before the
 * first sentence. What tells it from a sentence that begins with a name: a date or an agency, or a place in capitals. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { LOOK_BYTES = 160, PLACE_WORDS_MAX = 5, ELEMENTS_MAX = 10 };

struct reader {
	const struct ch_page_lexicon *lex;
	struct ch_str s;          /* head of the paragraph */
	size_t at;
	size_t place_start, place_end;
	bool caps;                /* all places so far in capitals */
	bool bracket;             /* the last element was an agency in brackets */
	bool caps_agency;         /* the last element was an agency, printed in capitals */
	bool closed;              /* a full stop or dash was read: only dates and agencies may follow */
	bool parted;              /* a comma, stop or bracket parts what follows from what stands before */
	bool placed;              /* a full stop stands behind the place: what names follow are people's */
	struct page_dateline out;
};

static void skip_blanks(struct reader *r)
{
	while (r->at < r->s.len && r->s.ptr[r->at] == ' ')
		r->at++;
}

/* The bytes of a dash, an en dash, "--"; 0. */
static size_t dash_len(struct ch_str s, size_t at)
{
	uint32_t len;
	size_t n = 0;

	while (at + n < s.len && ch_is_dash(ch_utf8_at(s, at + n, &len)))
		n += len;
	return n;
}

static struct ch_str word_at(struct ch_str s, size_t at)
{
	size_t i = at;
	uint32_t len;

	for (; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);

		if (!ch_is_letter(cp) && !(i > at && (cp == '\'' || cp == 0x2019 || cp == '`')) &&
		    !(i > at && cp == '-' && i + 1 < s.len && ((unsigned char)s.ptr[i + 1] >= 0x80 || (s.ptr[i + 1] | 32) >= 'a')) &&
		    !(cp == '.' && i == at + 1) && !(cp == '.' && i > at + 2 && s.ptr[i - 2] == '.'))
			break;
	}
	return ch_str_sub(s, at, i);
}

static bool all_caps(struct ch_str s)
{
	uint32_t len, letters = 0;

	for (size_t i = 0; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);

		if (ch_is_lower(cp))
			return false;
		letters += ch_is_letter(cp);
	}
	return letters >= 3;
}

static bool begins_sentences(struct ch_str word)
{
	static const char *const words[] = { "On", "In", "At", "The", "By", "From", "Since", "Until", "After", "Before", "This", "As",
					     "For", "During", "It", "He", "She", "A", "An", "ON", "IN", "AT", "THE", "BY", "Today",
					     "Yesterday", "Last", "Next", "Of", "To" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (ch_str_eqz(word, words[i]))
			return true;
	return false;
}

/* "(Reuters)", "/TASS/", "[AFP]": a known agency, or a short word in capitals. */
static bool read_bracket(struct reader *r)
{
	static const char open[] = "([/|", close[] = ")]/|";
	const char *sign = r->at < r->s.len ? strchr(open, r->s.ptr[r->at]) : NULL;
	size_t end, name_end;
	struct ch_str inside, usual;

	if (!sign || !*sign)
		return false;
	end = ch_str_find_byte(r->s, close[sign - open], r->at + 1);
	if (end == CH_STR_NONE || end > r->at + 40)
		return false;
	inside = ch_str_trim(ch_str_sub(r->s, r->at + 1, end));
	if (!inside.len)
		return false;
	usual = page_name_at(r->lex, inside, 0, &name_end);
	for (size_t i = 1; i < inside.len && !usual.len; i++)      /* "/corr. Trend J. Roe/" */
		if (inside.ptr[i - 1] == ' ')
			usual = page_name_at(r->lex, inside, i, &name_end);
	if (!usual.len && ch_str_find_byte(inside, ' ', 0) == CH_STR_NONE && ch_str_find_byte(inside, '.', 1) < inside.len - 2)
		usual = inside;                                   /* "(UzDaily.com)" */
	if (!usual.len && !all_caps(inside) && !page_is_name(inside))
		return false;
	if (!usual.len && all_caps(inside) && inside.len > 12)
		return false;
	if (usual.len || all_caps(inside))
		r->out.agency = usual.len ? usual : inside;
	else if (!r->out.agency.len && !r->out.date.month)
		return false;        /* a name in brackets: the reporter's, behind an agency */
	r->at = end + 1;
	r->bracket = r->parted = true;
	return true;
}

static bool read_agency(struct reader *r)
{
	size_t end;
	struct ch_str usual = page_name_at(r->lex, r->s, r->at, &end);

	if (!usual.len) {
		struct ch_str word = word_at(r->s, r->at);

		/* "MAY 4, ARTSAKHPRESS.": behind a date, a word in capitals is whose report it is. */
		end = r->at + word.len;
		while (word.len && word.ptr[word.len - 1] == '.')
			word.len--;
		if (!r->out.date.month || !r->place_end || !word.len || !all_caps(word) ||
		    (r->at + word.len < r->s.len && !strchr(".:/,-", r->s.ptr[r->at + word.len])))
			return false;
		usual = word;
		end = r->at + word.len;
	}
	r->caps_agency = all_caps(ch_str_sub(r->s, r->at, end));
	if (r->place_end && !r->parted && !r->caps_agency)
		return false;          /* "Lenne Report" is one name */
	r->out.agency = usual;
	r->at = end;
	return true;
}

static bool read_date(struct reader *r)
{
	struct page_date d;
	struct ch_str word = word_at(r->s, r->at);

	if (word.len && page_weekday(r->lex, word)) {
		r->at += word.len;
		return true;
	}
	if (!page_date_find(r->lex, ch_str_sub(r->s, 0, r->at + 40), r->at, &d) || d.start != r->at)
		return false;
	if (!r->out.date.month || (!r->out.date.year && d.year))
		r->out.date = d;
	r->at = d.end;
	r->parted = true;
	return true;
}

static bool read_place(struct reader *r)
{
	size_t at = r->at, end = at;
	uint32_t words = 0, len;

	if (r->closed)
		return false;
	while (at < r->s.len) {
		struct ch_str word = word_at(r->s, at);
		size_t name_end;

		if (!word.len || !ch_is_upper(ch_utf8_at(word, 0, &len)) || (!words && begins_sentences(word)))
			break;
		if (words && (page_month(r->lex, word) || page_weekday(r->lex, word) || page_name_at(r->lex, r->s, at, &name_end).len))
			break;
		if (++words > PLACE_WORDS_MAX)
			return false;
		at += word.len;
		end = at;
		if (at < r->s.len && r->s.ptr[at] == ' ')
			at++;
		else
			break;
	}
	if (!words)
		return false;
	if (!r->place_end) {
		r->place_start = r->at;
		r->caps = all_caps(ch_str_sub(r->s, r->at, end));
	}
	if (!r->placed)
		r->place_end = end;
	else if (words < 2)
		return false;
	r->at = end;
	return true;
}

static bool sentence_begins(struct ch_str s, size_t at)
{
	uint32_t cp, len;

	while (at < s.len && s.ptr[at] == ' ')
		at++;
	if (at >= s.len)
		return true;
	cp = ch_utf8_at(s, at, &len);
	return ch_is_upper(cp) || ch_is_quote(cp) || ch_is_digit(cp) || cp == '(' || cp == '[';
}

static void close_at(struct reader *r)
{
	r->out.end = (uint32_t)r->at;
	r->closed = true;
}

/* What stands behind an element. True where the reading may go on. */
static bool read_separator(struct reader *r, struct ch_str paragraph)
{
	bool sure = r->out.date.month || (r->out.agency.len && (r->parted || r->bracket || !r->place_end)), spaced = r->at < r->s.len && r->s.ptr[r->at] == ' ';
	size_t dash;
	char c;

	skip_blanks(r);
	if (r->at >= paragraph.len) {
		if (sure)
			close_at(r);
		return false;
	}
	if (r->at >= r->s.len)
		return false;
	c = r->s.ptr[r->at];
	dash = dash_len(r->s, r->at);
	if (c == ',' || c == ';') {
		r->at++;
		r->parted = true;
		return true;
	}
	if (dash || c == '.' || c == ':' || c == '/' || c == '|') {
		bool strong = (dash && spaced) || c == ':';
		size_t sign = r->at;

		if (!dash && (c == '/' || c == '|')) {
			struct reader probe = *r;

			if (read_bracket(&probe))
				return true;      /* not a closing stroke: the next element begins */
		}
		r->at = sign + (dash ? dash : 1);
		skip_blanks(r);
		dash = c == '.' || c == '/' || c == '|' ? dash_len(r->s, r->at) : 0;   /* "/TASS/. – " */
		r->at += dash;
		skip_blanks(r);
		if ((sure || (strong && r->caps && r->place_end)) && sentence_begins(r->s, r->at))
			close_at(r);
		r->placed = r->parted = true;
		return r->at < r->s.len && (sure || c == '.' || strong);
	}
	if ((r->bracket || (r->caps_agency && r->caps)) && sure && sentence_begins(r->s, r->at) && (r->place_end || r->out.date.month))
		close_at(r);
	return true;
}

static void read_elements(struct reader *r, struct ch_str paragraph)
{
	for (int n = 0; n < ELEMENTS_MAX; n++) {
		skip_blanks(r);
		r->bracket = r->caps_agency = false;
		if (!read_bracket(r) && !read_date(r) && !read_agency(r) && !read_place(r))
			return;
		if (!read_separator(r, paragraph))
			return;
	}
}

/* " date 2024-11-28 ", "Published: 5 May 2018 14:00 | " before the dateline proper or in its place. */
static size_t read_stamp(struct reader *r, bool *labelled)
{
	struct page_date d;
	struct ch_str word = word_at(r->s, 0);
	size_t at = 0;

	*labelled = ch_str_ieq(word, CH_STR("date")) || page_date_label(r->lex, word);
	if (*labelled)
		at = word.len;
	while (at < r->s.len && (r->s.ptr[at] == ' ' || r->s.ptr[at] == ':' || (r->s.ptr[at] == '(' && !at)))
		at++;
	if (!page_date_find(r->lex, ch_str_sub(r->s, 0, at + 40), at, &d) || d.start != at || !d.year)
		return 0;
	r->out.date = d;
	if (d.end < r->s.len && ((r->s.ptr[d.end] == ')' && r->s.ptr[0] == '(') || (r->s.ptr[d.end] == ' ' && dash_len(r->s, d.end + 1)))) {
		*labelled = true;      /* "(21 May 2018) The …", "21 May 2018 - The …" */
		at = d.end + 1;
		return at + (r->s.ptr[d.end] == ' ' ? dash_len(r->s, at) : 0);
	}
	for (at = d.end; at < r->s.len && strchr(" ,T:0123456789|/", r->s.ptr[at]);)
		at++;
	return at;
}

/* "(Santo Domingo, 8 March 2008) Three presidents …": all of it in brackets, a date within. */
static bool read_enclosed(const struct ch_page_lexicon *lex, struct ch_str paragraph, struct page_dateline *out)
{
	size_t end = paragraph.len && paragraph.ptr[0] == '(' ? ch_str_find_byte(ch_str_sub(paragraph, 0, LOOK_BYTES / 2), ')', 0) : CH_STR_NONE;
	struct reader r = { .lex = lex };

	if (end == CH_STR_NONE || !sentence_begins(paragraph, end + 1))
		return false;
	r.s = ch_str_sub(paragraph, 1, end);
	read_elements(&r, r.s);
	if (r.at < r.s.len || !r.out.end || !r.out.date.month || !r.place_end)
		return false;
	*out = r.out;
	out->place = ch_str_sub(r.s, r.place_start, r.place_end);
	out->end = (uint32_t)end + 1;
	while (out->end < paragraph.len && paragraph.ptr[out->end] == ' ')
		out->end++;
	return true;
}

struct page_dateline page_dateline_read(const struct ch_page_lexicon *lex, struct ch_str paragraph)
{
	struct reader r = { .lex = lex, .s = ch_str_sub(paragraph, 0, LOOK_BYTES) };
	struct page_dateline none = { 0 };
	struct page_date stamp_date;
	bool labelled;
	size_t stamp;

	if (read_enclosed(lex, paragraph, &none))
		return none;
	while (r.s.len && r.s.len < paragraph.len && ((unsigned char)paragraph.ptr[r.s.len] & 0xC0) == 0x80)
		r.s.len--;
	stamp = read_stamp(&r, &labelled);
	stamp_date = r.out.date;
	r.at = stamp;
	read_elements(&r, paragraph);
	if (r.place_end && r.out.end >= r.place_end)
		r.out.place = ch_str_sub(r.s, r.place_start, r.place_end);
	if (!r.out.end && stamp && (labelled || stamp >= paragraph.len) && sentence_begins(r.s, stamp)) {
		r.out = (struct page_dateline){ .end = (uint32_t)stamp, .date = stamp_date };
		return r.out;
	}
	return r.out.end ? r.out : none;
}
