/* input/list_xml.c -- a list in XML, such as the US Department of State's visits and travels: an element a row (<trip>, <travel>, <visit>, <row>,
 * …), its fields the elements in it or its attributes. What stands beside rows, above them (the name of the one who travels),
 * holds for the rows that follow. See list.h.
 *
 * Read by expat (decision 7). A document that declares entities is refused, nothing outside it is read. */
#include "input/list_priv.h"
#include "input/list_words.h"
#include "text/words.h"
#include <expat.h>

enum { DEPTH_MAX = 24, TEXT_MAX = 16384, CHUNK = 64 << 10 };

/* An open element. */
struct element {
	struct ch_list_making has;     /* what it was told by those above, by its attributes, by the elements in it */
	bool own[CH_LIST_N];           /* told inside it */
	enum ch_list_field field;
	int rank;
	bool row, rows_inside, inward;
	uint32_t text;                 /* where its text begins */
};

struct reader {
	XML_Parser xml;
	struct ch_list_columns *c;
	const char *name;
	struct ch_err *err;
	bool failed;
	uint32_t depth, number;
	struct element open[DEPTH_MAX + 1];
	CH_VEC(char) text;
};

static void fail(struct reader *r)
{
	r->failed = true;
	ch_err_in(r->err, "%s:%lu", r->name, (unsigned long)XML_GetCurrentLineNumber(r->xml));
	XML_StopParser(r->xml, XML_FALSE);
}

static bool named(const char *name, unsigned section)
{
	char plain[CH_LIST_NAME_MAX + 1];
	struct ch_str key = ch_list_plain_name(ch_str_z(name), plain);

	return key.len && ch_word_sense(&list_words, ch_words_find(&list_words, key), section) != NULL;
}

static void tell(struct reader *r, struct element *e, enum ch_list_field field, int rank, struct ch_str text)
{
	if (field >= CH_LIST_N || !ch_str_trim(text).len)
		return;
	if (!e->own[field])    /* what was told above gives way */
		e->has.rank[field] = 0;
	ch_list_put(r->c, &e->has, field, rank, text, true);
	e->own[field] = true;
}

static void start(void *ctx, const char *name, const char **attributes)
{
	struct reader *r = ctx;
	struct element *above = &r->open[r->depth], *e;

	if (r->failed)
		return;
	if (r->depth >= DEPTH_MAX) {
		ch_fail(r->err, "elements stand more than %d deep", DEPTH_MAX);
		fail(r);
		return;
	}
	e = &r->open[++r->depth];
	*e = (struct element){ .has = above->has, .text = r->text.n };
	e->row = named(name, LIST_WORDS_ROW);
	if (e->row)   /* what stood before it, blanks mostly, is nobody's */
		e->text = r->text.n = 0;
	e->inward = above->inward || named(name, LIST_WORDS_INWARD);
	e->field = e->row ? CH_LIST_N : ch_list_field_of(r->c, ch_str_z(name), &e->rank);
	for (uint32_t d = r->depth; e->row && --d;)
		r->open[d].rows_inside = true;
	for (size_t i = 0; attributes[i]; i += 2) {
		int rank;
		enum ch_list_field field = ch_list_field_of(r->c, ch_str_z(attributes[i]), &rank);

		/* an id of a field's own element is none of the row's */
		if (field != CH_LIST_ID || e->row)
			tell(r, e, field, rank, ch_str_z(attributes[i + 1]));
	}
}

/* Line breaks of the file are none of the text. */
static struct ch_str flowing(struct reader *r, uint32_t from)
{
	uint32_t n = from;

	if (r->text.n <= from)
		return CH_STR("");
	for (uint32_t i = from; i < r->text.n; i++) {
		char c = r->text.v[i];

		c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
		if (c != ' ' || (n > from && r->text.v[n - 1] != ' '))
			r->text.v[n++] = c;
	}
	r->text.n = n;
	return ch_str_trim(ch_str_n(r->text.v + from, n - from));
}

static void close_row(struct reader *r, struct element *e)
{
	if (e->rows_inside)
		return;
	e->has.row.line = ++r->number;
	e->has.row.inward = e->inward;
	ch_list_done(r->c, &e->has);
}

static void end(void *ctx, const char *name)
{
	struct reader *r = ctx;
	struct element *e = &r->open[r->depth], *above;
	struct ch_str text;

	(void)name;
	if (r->failed)
		return;
	above = &r->open[r->depth - 1];
	text = flowing(r, e->text);
	if (e->row) {
		close_row(r, e);
		r->text.n = 0;
	} else if (!e->rows_inside) {
		bool dates = e->own[CH_LIST_DATE] || e->own[CH_LIST_END];

		if (e->field < CH_LIST_N && !(e->field == CH_LIST_DATE && dates))
			tell(r, above, e->field, e->rank, text);
		else
			for (unsigned f = 0; f < CH_LIST_N; f++)
				if (e->own[f])
					tell(r, above, (enum ch_list_field)f, e->has.rank[f], e->has.row.field[f]);
		if (r->text.n > e->text)
			*CH_PUSH(&r->c->list->arena, &r->text) = ' ';
	}
	r->depth--;
}

static void add_text(void *ctx, const char *s, int len)
{
	struct reader *r = ctx;

	for (int i = 0; i < len && r->text.n < TEXT_MAX && !r->failed; i++)
		*CH_PUSH(&r->c->list->arena, &r->text) = s[i];
}

static void declared_entity(void *ctx, const char *name, int is_parameter, const char *value, int length, const char *base,
			    const char *system, const char *public, const char *notation)
{
	struct reader *r = ctx;

	(void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
	ch_fail(r->err, "declares entities of its own, and is refused");
	fail(r);
}

bool ch_list_xml(struct ch_list_columns *c, struct ch_str bytes, const char *name, struct ch_err *err)
{
	struct reader *r = CH_NEW(&c->list->arena, struct reader);
	enum XML_Status status = XML_STATUS_OK;
	struct ch_str rest = bytes;

	*r = (struct reader){ .xml = XML_ParserCreate(NULL), .c = c, .name = name, .err = err };
	if (!r->xml)
		ch_die_memory(0);
	c->list->format = "XML";
	r->open[0].field = CH_LIST_N;
	XML_SetUserData(r->xml, r);
	XML_SetElementHandler(r->xml, start, end);
	XML_SetCharacterDataHandler(r->xml, add_text);
	XML_SetEntityDeclHandler(r->xml, declared_entity);
	do {
		struct ch_str piece = ch_str_sub(rest, 0, CHUNK);

		rest = ch_str_sub(rest, piece.len, rest.len);
		status = XML_Parse(r->xml, piece.ptr, (int)piece.len, !rest.len);
	} while (status == XML_STATUS_OK && rest.len && !r->failed);
	if (status != XML_STATUS_OK && !r->failed)
		r->failed = !ch_fail(err, "%s:%lu: no XML: %s", name, (unsigned long)XML_GetCurrentLineNumber(r->xml),
				     XML_ErrorString(XML_GetErrorCode(r->xml)));
	XML_ParserFree(r->xml);
	return !r->failed;
}
