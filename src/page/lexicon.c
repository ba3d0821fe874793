/* page/lexicon.c -- lexicon/page/: what lines say of themselves, months, agencies, hints in class names.
 *
 * Patterns are runs of folded words, chained by their first word, so that a line costs a look-up a word. */
#include "page/block.h"
#include "base/embed.h"
#include "base/map.h"
#include "base/utf8.h"

size_t ch_lexicon_page(struct ch_embedded *files, size_t max);

enum {
	FILES_MAX = 16,
	FOLD_BYTES = 640,     /* of a line are looked at */
	SHORT_BYTES = 140,    /* a line within which "^" and "~" count */
	NAME_WORDS_MAX = 8,
};

struct pattern {
	struct ch_str words;   /* folded, one blank between */
	char sign;             /* = ^ ~ * */
	bool wall;
	const char *reason;
	uint32_t next;         /* with the same first word, or CH_NONE */
};

struct name {
	struct ch_str said, usual;
	enum page_name_kind kind;
	uint32_t next;
};

struct hint {
	const char *reason;    /* NULL: speaks for the article */
	int weight;
};

struct ch_page_lexicon {
	struct ch_arena *arena;
	struct ch_map first_word;     /* folded word → pattern */
	CH_VEC(struct pattern) patterns;
	struct ch_map months;         /* folded word → 1 to 12, or enum page_date_word */
	struct ch_map name_words;     /* first word as printed → name */
	CH_VEC(struct name) names;
	struct ch_map hints;          /* word of a class name → hint */
	CH_VEC(struct hint) hint_list;
	size_t hint_bytes_max;
	struct page_trees *trees;
	struct ch_map marks;          /* word of a class name → enum page_mark_is */
	size_t mark_bytes_max;
	struct ch_map bylines;        /* phrase in lower case → enum page_byline_word */
	struct ch_map credits;        /* the same → enum page_credit_word */
	CH_VEC(struct page_terms) terms;
};

/* Lower-case words parted by one blank; numbers as "#"; apostrophes vanish. At most `max` bytes, whole words. */
static struct ch_str fold_words(struct ch_str s, char *out, size_t max)
{
	size_t n = 0, word = 0;
	bool digits = true;
	uint32_t len;

	for (size_t i = 0; i <= s.len; i += len) {
		uint32_t cp = i < s.len ? ch_utf8_at(s, i, &len) : 0;
		bool letter = cp && ch_is_letter(cp), digit = cp >= '0' && cp <= '9';

		if (i == s.len)
			len = 1;
		if (cp == '\'' || cp == 0x2019 || cp == '`')
			continue;
		if ((cp == '.' || cp == ',') && n > word && digits && i + 1 < s.len && s.ptr[i + 1] >= '0' && s.ptr[i + 1] <= '9')
			continue;
		if (letter || digit) {
			if (n + len + 2 > max)
				break;
			digits = digits && digit;
			for (uint32_t k = 0; k < len; k++) {
				char c = s.ptr[i + k];

				out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
			}
		} else if (n > word) {
			if (digits) {
				out[word] = '#';
				n = word + 1;
			}
			out[n++] = ' ';
			word = n;
			digits = true;
		}
	}
	n = word;                     /* a word that the room cut in two is left out */
	while (n && out[n - 1] == ' ')
		n--;
	return (struct ch_str){ out, n };
}

static struct ch_str first_word(struct ch_str s)
{
	size_t blank = ch_str_find_byte(s, ' ', 0);

	return ch_str_sub(s, 0, blank == CH_STR_NONE ? s.len : blank);
}

static bool add_pattern(struct ch_page_lexicon *lex, struct ch_str line, const char *reason)
{
	struct pattern pat = { .reason = reason, .next = CH_NONE };
	char room[256];
	uint32_t *at;
	bool added;

	if (line.len && line.ptr[0] == '!') {
		pat.wall = true;
		line = ch_str_sub(line, 1, line.len);
	}
	if (line.len < 3 || !strchr("=^~*", line.ptr[0]) || line.ptr[1] != ' ' || !reason)
		return false;
	pat.sign = line.ptr[0];
	line = ch_str_trim(ch_str_sub(line, 1, line.len));
	if (memchr(line.ptr, '#', line.len)) {   /* "#" would fold away */
		pat.words = ch_arena_str(lex->arena, line);
	} else {
		pat.words = ch_arena_str(lex->arena, fold_words(line, room, sizeof room));
	}
	if (!pat.words.len)
		return false;
	at = ch_map_put(&lex->first_word, first_word(pat.words), CH_NONE, &added);
	pat.next = *at;
	*at = lex->patterns.n;
	*CH_PUSH(lex->arena, &lex->patterns) = pat;
	return true;
}

static struct ch_str name_first_word(struct ch_str s)
{
	size_t i = 0;

	while (i < s.len && ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
	       ((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z')))
		i++;
	return ch_str_sub(s, 0, i);
}

static void add_name(struct ch_page_lexicon *lex, struct ch_str said, struct ch_str usual, enum page_name_kind kind)
{
	uint32_t *at = ch_map_put(&lex->name_words, name_first_word(said), CH_NONE, NULL);

	*CH_PUSH(lex->arena, &lex->names) = (struct name){ said, usual, kind, *at };
	*at = lex->names.n - 1;
}

static bool add_names(struct ch_page_lexicon *lex, struct ch_str line)
{
	enum page_name_kind kind = ch_str_starts(line, CH_STR("agency:")) ? PAGE_AGENCY : PAGE_OUTLET;
	size_t equals;
	struct ch_str usual, others, one;

	if (kind == PAGE_OUTLET && !ch_str_starts(line, CH_STR("outlet:")))
		return false;
	line = ch_str_trim(ch_str_sub(line, 7, line.len));
	equals = ch_str_find(line, CH_STR(" = "), 0);
	usual = ch_str_trim(ch_str_sub(line, 0, equals == CH_STR_NONE ? line.len : equals));
	if (!usual.len)
		return false;
	add_name(lex, usual, usual, kind);
	others = equals == CH_STR_NONE ? (struct ch_str){ 0 } : ch_str_sub(line, equals + 3, line.len);
	while (ch_str_cut(&others, ',', &one))
		if (ch_str_trim(one).len)
			add_name(lex, ch_str_trim(one), usual, kind);
	return true;
}

static bool add_months(struct ch_page_lexicon *lex, struct ch_str line)
{
	struct ch_str word;
	static const char *const kinds[] = { "weekday", "published", "modified" };
	uint32_t month = 0;

	if (!ch_str_cut(&line, ' ', &word))
		return false;
	for (uint32_t i = 0; i < 3 && !month; i++)
		month = ch_str_eqz(word, kinds[i]) ? PAGE_WEEKDAY + i : 0;
	if (!month && (!ch_str_uint(word, &month) || month < 1 || month > 12))
		return false;
	while (ch_str_cut(&line, ' ', &word))
		if (word.len)
			ch_map_put(&lex->months, word, month, NULL);
	return true;
}

/* "-40 reason: words" or "+20: words". */
static bool add_hints(struct ch_page_lexicon *lex, struct ch_str line)
{
	size_t colon = ch_str_find_byte(line, ':', 0), blank;
	struct ch_str head, word, reason;
	uint32_t weight;
	bool minus;

	if (colon == CH_STR_NONE || line.len < 2 || (line.ptr[0] != '-' && line.ptr[0] != '+'))
		return false;
	minus = line.ptr[0] == '-';
	head = ch_str_sub(line, 1, colon);
	blank = ch_str_find_byte(head, ' ', 0);
	if (!ch_str_uint(ch_str_sub(head, 0, blank == CH_STR_NONE ? head.len : blank), &weight) || weight > 1000)
		return false;
	reason = blank == CH_STR_NONE ? (struct ch_str){ 0 } : ch_str_trim(ch_str_sub(head, blank, head.len));
	if (minus != (reason.len > 0))
		return false;
	line = ch_str_sub(line, colon + 1, line.len);
	while (ch_str_cut(&line, ' ', &word)) {
		if (!word.len)
			continue;
		ch_map_put(&lex->hints, word, lex->hint_list.n, NULL);
		*CH_PUSH(lex->arena, &lex->hint_list) = (struct hint){
			reason.len ? ch_arena_z(lex->arena, reason) : NULL, minus ? -(int)weight : (int)weight };
		if (word.len > lex->hint_bytes_max)
			lex->hint_bytes_max = word.len;
	}
	return true;
}

struct kind {
	const char *name;
	unsigned is;
};

static const struct kind byline_kinds[] = {
	{ "head", PAGE_BYLINE_HEAD }, { "weak", PAGE_BYLINE_WEAK }, { "cut", PAGE_BYLINE_CUT }, { "and", PAGE_BYLINE_AND },
	{ "label", PAGE_BYLINE_LABEL }, { "nobody", PAGE_BYLINE_NOBODY }, { "house", PAGE_BYLINE_HOUSE },
	{ "role", PAGE_BYLINE_ROLE }, { "org", PAGE_BYLINE_ORG }, { NULL, 0 },
};
static const struct kind credit_kinds[] = {
	{ "before", PAGE_CREDIT_BEFORE }, { "behind", PAGE_CREDIT_BEHIND }, { "source", PAGE_CREDIT_SOURCE },
	{ "media", PAGE_CREDIT_MEDIA }, { NULL, 0 },
};
static const struct kind term_kinds[] = {
	{ "forbid", PAGE_TERMS_FORBID }, { "credit", PAGE_TERMS_CREDIT }, { "free", PAGE_TERMS_FREE }, { "not", PAGE_TERMS_NOT }, { NULL, 0 },
};

/* The kind before the colon, which is cut off; 0: it is none of these. */
static unsigned take_kind(struct ch_str *line, const struct kind *kinds)
{
	struct ch_str kind;

	if (ch_str_find_byte(*line, ':', 0) == CH_STR_NONE || !ch_str_cut(line, ':', &kind))
		return 0;
	for (; kinds->name; kinds++)
		if (ch_str_eqz(kind, kinds->name))
			return kinds->is;
	return 0;
}

static const struct kind mark_kinds[] = {
	{ "author", PAGE_MARK_AUTHOR }, { "date", PAGE_MARK_DATE }, { "published", PAGE_MARK_PUBLISHED }, { "modified", PAGE_MARK_MODIFIED },
	{ "aside", PAGE_MARK_ASIDE }, { "other", PAGE_MARK_OTHER }, { "name", PAGE_MARK_NAME }, { NULL, 0 },
};

/* "author: words" */
static bool add_marks(struct ch_page_lexicon *lex, struct ch_str line)
{
	unsigned is = take_kind(&line, mark_kinds);
	struct ch_str word;

	while (is && ch_str_cut(&line, ' ', &word)) {
		if (!word.len)
			continue;
		*ch_map_put(&lex->marks, word, 0, NULL) |= is;
		if (word.len > lex->mark_bytes_max)
			lex->mark_bytes_max = word.len;
	}
	return is != 0;
}

/* "head: written by, posted by" */
static bool add_phrases(struct ch_map *map, struct ch_str line, const struct kind *kinds)
{
	unsigned is = take_kind(&line, kinds);
	struct ch_str phrase;

	while (is && ch_str_cut(&line, ',', &phrase)) {
		phrase = ch_str_trim(phrase);
		if (!phrase.len || phrase.len >= PAGE_PHRASE_BYTES)
			return false;
		*ch_map_put(map, phrase, 0, NULL) |= is;
	}
	return is != 0;
}

/* "forbid: reprint, copying + prohibited" */
static bool add_terms(struct ch_page_lexicon *lex, struct ch_str line)
{
	struct page_terms terms = { .is = take_kind(&line, term_kinds) };
	struct ch_str group;

	while (ch_str_cut(&line, '+', &group)) {
		group = ch_str_trim(group);
		if (!group.len || terms.n == sizeof terms.groups / sizeof *terms.groups)
			return false;
		terms.groups[terms.n++] = group;
	}
	*CH_PUSH(lex->arena, &lex->terms) = terms;
	return terms.is && terms.n;
}

static bool add_line(struct ch_page_lexicon *lex, const char *path, struct ch_str line, const char **section)
{
	if (strstr(path, "reject")) {
		if (line.ptr[0] == '[') {
			*section = ch_arena_z(lex->arena, ch_str_sub(line, 1, line.len - 1));
			return line.ptr[line.len - 1] == ']';
		}
		return add_pattern(lex, line, *section);
	}
	if (strstr(path, "months"))
		return add_months(lex, line);
	if (strstr(path, "hints"))
		return add_hints(lex, line);
	if (strstr(path, "weights"))
		return page_trees_add(lex->trees, line);
	if (strstr(path, "marks"))
		return add_marks(lex, line);
	if (strstr(path, "bylines"))
		return add_phrases(&lex->bylines, line, byline_kinds);
	if (strstr(path, "credits"))
		return add_phrases(&lex->credits, line, credit_kinds);
	if (strstr(path, "terms"))
		return add_terms(lex, line);
	return add_names(lex, line);
}

const struct ch_page_lexicon *ch_page_lexicon_new(struct ch_arena *arena, struct ch_err *err)
{
	struct ch_page_lexicon *lex = CH_NEW(arena, struct ch_page_lexicon);
	struct ch_embedded files[FILES_MAX];
	size_t n = ch_lexicon_page(files, FILES_MAX);

	lex->arena = arena;
	ch_map_init(&lex->first_word, arena);
	ch_map_init(&lex->months, arena);
	ch_map_init(&lex->name_words, arena);
	ch_map_init(&lex->hints, arena);
	lex->trees = page_trees_new(arena);
	ch_map_init(&lex->marks, arena);
	ch_map_init(&lex->bylines, arena);
	ch_map_init(&lex->credits, arena);
	for (size_t i = 0; i < n; i++) {
		struct ch_str rest = files[i].text, line;
		const char *section = NULL;

		for (unsigned number = 1; ch_str_cut(&rest, '\n', &line); number++) {
			line = ch_str_trim(line);
			if (!line.len || line.ptr[0] == '#')
				continue;
			if (!add_line(lex, files[i].path, line, &section)) {
				ch_fail(err, "%s:%u: cannot read '%.*s'; the lines at the head of the file say what would do",
					files[i].path, number, CH_STR_ARG(ch_str_sub(line, 0, 60)));
				return NULL;
			}
		}
	}
	return lex;
}

static bool whole_words(struct ch_str in, size_t at, struct ch_str words)
{
	return in.len - at >= words.len && memcmp(in.ptr + at, words.ptr, words.len) == 0 &&
	       (at + words.len == in.len || in.ptr[at + words.len] == ' ');
}

struct page_verdict page_judge(const struct ch_page_lexicon *lex, struct ch_str line)
{
	char room[FOLD_BYTES];
	struct ch_str folded;
	struct page_verdict v = { 0 };
	bool sentence = line.len > 90 && page_sentence_end(line), long_line = line.len > SHORT_BYTES;

	if (line.len > FOLD_BYTES)
		return v;
	folded = fold_words(line, room, sizeof room);
	for (size_t at = 0; at < folded.len;) {
		size_t blank = ch_str_find_byte(folded, ' ', at), end = blank == CH_STR_NONE ? folded.len : blank;
		uint32_t *first = ch_map_get(&lex->first_word, ch_str_sub(folded, at, end));

		for (uint32_t i = first ? *first : CH_NONE; i != CH_NONE; i = lex->patterns.v[i].next) {
			const struct pattern *pat = &lex->patterns.v[i];

			if (!whole_words(folded, at, pat->words) ||
			    (pat->sign == '=' && (at || pat->words.len != folded.len)) ||
			    (pat->sign == '^' && (at || sentence || long_line)) || (pat->sign == '~' && long_line))
				continue;
			v.reason = pat->reason;
			v.wall = v.wall || pat->wall;
			if (pat->sign == '=' || pat->wall)
				return v;
		}
		at = end + 1;
	}
	return v;
}

struct ch_str page_name_at(const struct ch_page_lexicon *lex, struct ch_str s, size_t at, size_t *end)
{
	struct ch_str rest = ch_str_sub(s, at, s.len), best = { 0 };
	uint32_t *first = ch_map_get(&lex->name_words, name_first_word(rest));
	size_t longest = 0;

	for (uint32_t i = first ? *first : CH_NONE; i != CH_NONE; i = lex->names.v[i].next) {
		const struct name *n = &lex->names.v[i];
		size_t len = n->said.len;

		if (len <= longest || !ch_str_starts(rest, n->said))
			continue;
		if (len < rest.len && name_first_word(ch_str_sub(rest, len, rest.len)).len)
			continue;
		longest = len;
		best = n->usual;
	}
	*end = at + longest;
	return best;
}

bool page_is_agency(const struct ch_page_lexicon *lex, struct ch_str usual)
{
	uint32_t *first = ch_map_get(&lex->name_words, name_first_word(usual));

	for (uint32_t i = first ? *first : CH_NONE; i != CH_NONE; i = lex->names.v[i].next)
		if (lex->names.v[i].kind == PAGE_AGENCY && ch_str_eq(lex->names.v[i].usual, usual))
			return true;
	return false;
}

static uint32_t date_word(const struct ch_page_lexicon *lex, struct ch_str word)
{
	char low[32];
	uint32_t *month;

	if (word.len > sizeof low)
		return 0;
	for (size_t i = 0; i < word.len; i++)
		low[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] + 32) : word.ptr[i];
	month = ch_map_get(&lex->months, (struct ch_str){ low, word.len });
	return month ? *month : 0;
}

int page_month(const struct ch_page_lexicon *lex, struct ch_str word)
{
	uint32_t month = date_word(lex, word);

	return month <= 12 ? (int)month : 0;
}

bool page_weekday(const struct ch_page_lexicon *lex, struct ch_str word)
{
	return date_word(lex, word) == PAGE_WEEKDAY;
}

enum page_date_word page_date_label(const struct ch_page_lexicon *lex, struct ch_str s)
{
	enum page_date_word label = 0;

	for (size_t at = 0, end; at < s.len; at = end + 1) {
		uint32_t is;

		for (end = at; end < s.len && !strchr(" :,.()|/-", s.ptr[end]);)
			end++;
		is = end > at ? date_word(lex, ch_str_sub(s, at, end)) : 0;
		if (is == PAGE_PUBLISHED)
			return PAGE_PUBLISHED;
		if (is == PAGE_MODIFIED)
			label = PAGE_MODIFIED;
	}
	return label;
}

uint32_t page_hint(const struct ch_page_lexicon *lex, struct ch_str word, const char **reason, int *weight)
{
	uint32_t *at = word.len <= lex->hint_bytes_max ? ch_map_get(&lex->hints, word) : NULL;

	if (!at)
		return 0;
	*reason = lex->hint_list.v[*at].reason;
	*weight = lex->hint_list.v[*at].weight;
	return *at + 1;
}

/* Words are runs of letters; a capital behind a small letter begins one ("datePublished"). */
unsigned page_marks(const struct ch_page_lexicon *lex, struct ch_str names)
{
	char room[24];
	size_t n = 0;
	unsigned is = 0;

	for (size_t i = 0; i <= names.len; i++) {
		char c = i < names.len ? names.ptr[i] : ' ', low = (char)(c | 32);
		bool letter = low >= 'a' && low <= 'z', starts = i && c >= 'A' && c <= 'Z' && names.ptr[i - 1] >= 'a' && names.ptr[i - 1] <= 'z';

		if ((!letter || starts) && n) {
			uint32_t *at = n <= lex->mark_bytes_max && n < sizeof room ? ch_map_get(&lex->marks, (struct ch_str){ room, n }) : NULL;

			is |= at ? *at : 0;
			n = 0;
		}
		if (letter && n < sizeof room)
			room[n++] = low;
	}
	return is;
}

/* "/author/jane-roe": a folder that holds pages of authors, and something in it. */
unsigned page_marks_href(const struct ch_page_lexicon *lex, struct ch_str href)
{
	size_t at = 0, next;

	for (int n = 0; n < 12 && (at = ch_str_find_byte(href, '/', at)) != CH_STR_NONE; n++, at = next) {
		next = ch_str_find_byte(href, '/', at + 1);
		if (next == CH_STR_NONE || next + 2 >= href.len)
			return 0;
		if (page_marks(lex, ch_str_sub(href, at + 1, next)) == PAGE_MARK_AUTHOR && next - at > 4)
			return PAGE_MARK_AUTHOR;
	}
	return 0;
}

static unsigned phrase_is(const struct ch_map *map, struct ch_str phrase)
{
	char low[PAGE_PHRASE_BYTES];
	uint32_t *is;

	if (phrase.len > sizeof low)
		return 0;
	for (size_t i = 0; i < phrase.len; i++)
		low[i] = phrase.ptr[i] >= 'A' && phrase.ptr[i] <= 'Z' ? (char)(phrase.ptr[i] + 32) : phrase.ptr[i];
	is = ch_map_get(map, (struct ch_str){ low, phrase.len });
	return is ? *is : 0;
}

unsigned page_byline_word(const struct ch_page_lexicon *lex, struct ch_str phrase)
{
	return phrase_is(&lex->bylines, phrase);
}

unsigned page_credit_word(const struct ch_page_lexicon *lex, struct ch_str phrase)
{
	return phrase_is(&lex->credits, phrase);
}

const struct page_terms *page_terms_list(const struct ch_page_lexicon *lex, uint32_t *n)
{
	*n = lex->terms.n;
	return lex->terms.v;
}

uint32_t page_hints_n(const struct ch_page_lexicon *lex)
{
	return lex->hint_list.n;
}

const struct page_trees *page_lexicon_trees(const struct ch_page_lexicon *lex)
{
	return lex->trees;
}
