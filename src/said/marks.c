/* said/marks.c -- pairs quotation marks, paragraph by paragraph, with a short look ahead at each paragraph's end. */
#include "said/marks.h"
#include "base/utf8.h"

/* Depth of nesting that is followed; deeper marks are text. */
#define DEPTH_MAX 4

/* A quotation that stays open is believed to go on over at most so many paragraphs without a mark: room for a letter
 * printed whole, and a bound for a page with a lost mark. Chosen, not measured. */
#define OPEN_BLOCKS_MAX 60

enum shape {
	SHAPE_NONE,
	SHAPE_STRAIGHT, /* " */
	SHAPE_LEFT,     /* “ ‟ `` : opens, but closes what „ opened */
	SHAPE_LOW,      /* „ */
	SHAPE_RIGHT,    /* ” '' */
	SHAPE_GUILLEMET_LEFT,
	SHAPE_GUILLEMET_RIGHT,
	SHAPE_SINGLE_OPEN,     /* ‘ ‹ ‚ */
	SHAPE_SINGLE_CLOSE,    /* ’ › */
	SHAPE_SINGLE_STRAIGHT, /* ' ` */
};

struct mark {
	struct ch_span span;
	uint32_t block;
	uint8_t shape;
	bool may_open;  /* stands where a quotation can begin: blank or bracket before, none behind */
	bool may_close; /* stands where one can end: no blank before */
};

struct mark_list {
	CH_VEC(struct mark) v;
};

static enum shape shape_of(uint32_t cp)
{
	switch (cp) {
	case '"':
	case 0xFF02:
	case 0x2033:
		return SHAPE_STRAIGHT;
	case 0x201C:
	case 0x201F:
		return SHAPE_LEFT;
	case 0x201E:
		return SHAPE_LOW;
	case 0x201D:
		return SHAPE_RIGHT;
	case 0xAB:
		return SHAPE_GUILLEMET_LEFT;
	case 0xBB:
		return SHAPE_GUILLEMET_RIGHT;
	case 0x2018:
	case 0x201A:
	case 0x201B:
	case 0x2039:
		return SHAPE_SINGLE_OPEN;
	case 0x2019:
	case 0x203A:
		return SHAPE_SINGLE_CLOSE;
	case '\'':
	case '`':
		return SHAPE_SINGLE_STRAIGHT;
	default:
		return SHAPE_NONE;
	}
}

static bool opens_bracket(uint32_t cp)
{
	return cp == '(' || cp == '[' || cp == '{';
}

static bool is_single(unsigned shape)
{
	return shape >= SHAPE_SINGLE_OPEN;
}

static uint32_t cp_before(const struct ch_doc *doc, uint32_t at, uint32_t start)
{
	uint32_t len;

	return at > start ? ch_utf8_before(doc->text, at, &len) : ' ';
}

static uint32_t cp_behind(const struct ch_doc *doc, uint32_t at, uint32_t end)
{
	uint32_t len;

	return at < end ? ch_utf8_at(doc->text, at, &len) : ' ';
}

/* All marks of the body in order; two back-quotes or two apostrophes side by side are one double mark. */
static void collect(struct ch_doc *doc, struct mark_list *out)
{
	for (uint32_t b = 0; b < doc->blocks.n; b++) {
		struct ch_span block = doc->blocks.v[b].span;
		uint32_t before = ' ', len;

		if (doc->blocks.v[b].kind == CH_BLOCK_TITLE)
			continue;
		for (uint32_t at = block.start; at < block.end; at += len) {
			uint32_t cp = ch_utf8_at(doc->text, at, &len), behind;
			enum shape shape = shape_of(cp);
			struct mark m;

			if (shape == SHAPE_NONE) {
				before = cp;
				continue;
			}
			if ((cp == '`' || cp == '\'') && at + 1 < block.end && doc->text.ptr[at + 1] == (char)cp) {
				len = 2;
				shape = cp == '`' ? SHAPE_LEFT : SHAPE_RIGHT;
			}
			behind = cp_behind(doc, at + len, block.end);
			m = (struct mark){.span = {at, at + len}, .block = b, .shape = (uint8_t)shape};
			m.may_open =
				!ch_is_space(behind) && (ch_is_space(before) || opens_bracket(before) ||
							 ch_is_dash(before) || ch_is_quote(before) || before == ':');
			m.may_close = !ch_is_space(before) && !opens_bracket(before);
			/* 5" and 5'10: feet and inches open and close nothing that a sentence says. */
			if (shape == SHAPE_STRAIGHT && ch_is_digit(before) && ch_is_digit(behind))
				continue;
			*CH_PUSH(doc->arena, &out->v) = m;
			before = cp;
		}
	}
}

/* ---- double marks ---- */

struct pairing {
	struct ch_doc *doc;
	const struct mark *marks;
	uint32_t n;
	struct mark stack[DEPTH_MAX];
	uint32_t inner[DEPTH_MAX]; /* out->q.n when that one was opened: what came since stands inside it */
	uint32_t depth;
	struct ch_quotations *out;
};

static void emit(struct pairing *p, struct mark open, struct ch_span end, uint32_t block, bool closed)
{
	struct ch_span content = {open.span.end, end.start};
	uint32_t len;

	while (content.start < content.end && ch_is_space(ch_utf8_at(p->doc->text, content.start, &len)))
		content.start += len;
	while (content.end > content.start && ch_is_space(ch_utf8_before(p->doc->text, content.end, &len)))
		content.end -= len;
	if (content.start >= content.end)
		return;
	*CH_PUSH(p->doc->arena, &p->out->q) = (struct ch_quotation){
		.marks = {open.span.start, end.end},
		.content = content,
		.block_first = open.block,
		.block_last = block,
		.closed = closed,
		.single = is_single(open.shape),
	};
}

static void push(struct pairing *p, struct mark m)
{
	if (p->depth == DEPTH_MAX)
		return;
	p->inner[p->depth] = p->out->q.n;
	p->stack[p->depth++] = m;
}

static void pop(struct pairing *p, struct mark close)
{
	struct mark open = p->stack[--p->depth];

	/* An inner pair is kept until its outer one closes: should that never happen, the inner one was the real one.
	 */
	p->out->q.n = p->inner[p->depth];
	emit(p, open, close.span, close.block, true);
}

static void take_double(struct pairing *p, struct mark m)
{
	unsigned top = p->depth ? p->stack[p->depth - 1].shape : SHAPE_NONE;
	bool opens = false;

	switch (m.shape) {
	case SHAPE_LEFT:
		opens = top == SHAPE_LOW ? m.may_open && !m.may_close : m.may_open || !p->depth;
		break;
	case SHAPE_LOW:
		opens = true;
		break;
	case SHAPE_GUILLEMET_LEFT:
		opens = top != SHAPE_GUILLEMET_RIGHT;
		break;
	case SHAPE_GUILLEMET_RIGHT:
	case SHAPE_RIGHT:
		opens = !p->depth && m.may_open;
		break;
	default: /* straight: by its place alone */
		opens = m.may_open && !(p->depth && m.may_close);
		break;
	}
	if (opens)
		push(p, m);
	else if (p->depth)
		pop(p, m);
}

static bool ends_something(const struct mark *m)
{
	return m->may_close && !m->may_open && m->shape != SHAPE_LOW && m->shape != SHAPE_GUILLEMET_LEFT;
}

/* True where the mark begins its paragraph or follows a colon or a comma: speech, not a word in quotation marks. */
static bool surely_opens(const struct ch_doc *doc, const struct mark *m)
{
	uint32_t at = m->span.start, start = doc->blocks.v[m->block].span.start, len;

	while (at > start) {
		uint32_t cp = ch_utf8_before(doc->text, at, &len);

		if (!ch_is_space(cp))
			return cp == ':' || cp == ',';
		at -= len;
	}
	return true;
}

/* At the end of a paragraph with an open quotation: does it go on? `next` is the next double mark of the page. */
static bool goes_on(const struct pairing *p, uint32_t block, const struct mark *next)
{
	if (!next || !surely_opens(p->doc, &p->stack[0]) || next->block - block > OPEN_BLOCKS_MAX)
		return false;
	if (next->block == block + 1 && next->span.start == p->doc->blocks.v[next->block].span.start && next->may_open)
		return true;
	return ends_something(next);
}

static void end_block(struct pairing *p, uint32_t block, const struct mark *next, bool *skip_next)
{
	struct mark open;
	uint32_t end;

	*skip_next = false;
	if (!p->depth)
		return;
	open = p->stack[0];
	if (p->depth == 1 && goes_on(p, block, next)) {
		*skip_next = !ends_something(next);
		return;
	}
	p->depth = 0;
	end = p->doc->blocks.v[block].span.end;
	if (p->out->q.n == p->inner[0] && surely_opens(p->doc, &open))
		emit(p, open, (struct ch_span){end, end}, block, false);
}

static void pair_double(struct pairing *p)
{
	bool skip = false;

	for (uint32_t i = 0; i < p->n; i++) {
		const struct mark *next = i + 1 < p->n ? &p->marks[i + 1] : NULL;

		if (!skip)
			take_double(p, p->marks[i]);
		skip = false;
		if (!next || next->block != p->marks[i].block)
			end_block(p, p->marks[i].block, next, &skip);
	}
}

/* ---- single marks, in what the double ones leave over ---- */

/* 'em, '90s and the like begin with an apostrophe. */
static bool is_elision(const struct ch_doc *doc, const struct mark *m, uint32_t end)
{
	static const char *const cut[] = {"em ", "tis ", "twas ", "cause ", "n ", "til ", "round "};
	struct ch_str rest = ch_str_sub(doc->text, m->span.end, end);

	if (m->shape == SHAPE_SINGLE_OPEN)
		return false;
	if (rest.len && ch_is_digit((unsigned char)rest.ptr[0]))
		return true;
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
		if (ch_str_istarts(rest, ch_str_z(cut[i])))
			return true;
	return false;
}

static bool opens_single(const struct ch_doc *doc, const struct mark *m)
{
	struct ch_span block = doc->blocks.v[m->block].span;

	return m->shape != SHAPE_SINGLE_CLOSE && m->may_open && !m->may_close && !is_elision(doc, m, block.end);
}

/* 2: a closing mark and no apostrophe; 1: either ("the states' rights"); 0: an apostrophe. */
static int closes_single(const struct ch_doc *doc, const struct mark *m)
{
	struct ch_span block = doc->blocks.v[m->block].span;
	uint32_t before = cp_before(doc, m->span.start, block.start), behind = cp_behind(doc, m->span.end, block.end);

	if (!m->may_close || ch_is_letter(behind) || ch_is_digit(behind))
		return 0;
	if (ch_is_punct(before) || !ch_is_space(behind))
		return 2;
	return before == 's' && m->span.end + 1 < block.end && ch_is_lower(cp_behind(doc, m->span.end + 1, block.end))
		       ? 1
		       : 2;
}

static void pair_single(struct pairing *p, const struct mark_list *marks, const struct ch_quotations *doubles)
{
	const struct mark *open = NULL, *maybe = NULL;
	uint32_t d = 0;

	for (uint32_t i = 0; i < marks->v.n; i++) {
		const struct mark *m = &marks->v.v[i];
		uint32_t before = d;
		int closes;

		while (d < doubles->q.n && doubles->q.v[d].marks.end <= m->span.start)
			d++;
		if (open && (m->block != open->block || d != before)) {
			/* The paragraph is over, or a double quotation came between. */
			if (maybe)
				emit(p, *open, maybe->span, open->block, true);
			open = maybe = NULL;
		}
		if (!is_single(m->shape) || (d < doubles->q.n && doubles->q.v[d].marks.start <= m->span.start))
			continue;
		if (opens_single(p->doc, m)) {
			if (open && maybe)
				emit(p, *open, maybe->span, open->block, true);
			open = m;
			maybe = NULL;
			continue;
		}
		closes = open ? closes_single(p->doc, m) : 0;
		if (closes == 2) {
			emit(p, *open, m->span, m->block, true);
			open = maybe = NULL;
		} else if (closes == 1) {
			maybe = m;
		}
	}
	if (open && maybe)
		emit(p, *open, maybe->span, open->block, true);
}

/* Both lists are in order and keep apart. */
static void merge(struct ch_doc *doc, const struct ch_quotations *a, const struct ch_quotations *b,
		  struct ch_quotations *out)
{
	uint32_t i = 0, j = 0;

	while (i < a->q.n || j < b->q.n) {
		bool first = j >= b->q.n || (i < a->q.n && a->q.v[i].marks.start < b->q.v[j].marks.start);

		*CH_PUSH(doc->arena, &out->q) = first ? a->q.v[i++] : b->q.v[j++];
	}
}

void ch_marks_pair(struct ch_doc *doc, struct ch_quotations *out)
{
	struct mark_list all = {0}, twos = {0};
	struct ch_quotations doubles = {0}, singles = {0};
	struct pairing p = {.doc = doc, .out = &doubles};

	collect(doc, &all);
	for (uint32_t i = 0; i < all.v.n; i++)
		if (!is_single(all.v.v[i].shape))
			*CH_PUSH(doc->arena, &twos.v) = all.v.v[i];
	p.marks = twos.v.v;
	p.n = twos.v.n;
	pair_double(&p);
	p = (struct pairing){.doc = doc, .out = &singles};
	pair_single(&p, &all, &doubles);
	merge(doc, &doubles, &singles, out);
}
