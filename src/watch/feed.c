#include "watch/feed.h"
#include <expat.h>
#include <iconv.h>
#include <stdio.h>

enum { TEXT_MAX = 8 << 10, CHUNK = 64 << 10, ATTRIBUTES_MAX = 64 };

/* What the text of an element is taken for. */
enum part { PART_NONE, PART_URL, PART_GUID, PART_TITLE, PART_PUBLISHED, PART_CHANGED };

struct reader {
	XML_Parser xml;
	struct ch_feed *feed;
	struct ch_arena *arena;
	struct ch_feed_item item;
	struct ch_str guid;
	uint32_t depth, item_depth;   /* item_depth 0: outside of items */
	uint32_t part_depth;          /* of the element whose text is gathered */
	enum part part;
	char text[TEXT_MAX];
	size_t n;
	bool entities;
};

static const struct {
	const char *name;
	enum part part;
} parts[] = {
	{ "link", PART_URL }, { "loc", PART_URL }, { "guid", PART_GUID },
	{ "title", PART_TITLE }, { "news:title", PART_TITLE },
	{ "pubDate", PART_PUBLISHED }, { "dc:date", PART_PUBLISHED }, { "published", PART_PUBLISHED }, { "issued", PART_PUBLISHED },
	{ "news:publication_date", PART_PUBLISHED },
	{ "updated", PART_CHANGED }, { "modified", PART_CHANGED }, { "lastmod", PART_CHANGED },
};

/* Atom's own prefix, where a feed gives it one. */
static const char *bare(const char *name)
{
	return strncmp(name, "atom:", 5) == 0 ? name + 5 : strncmp(name, "a10:", 4) == 0 ? name + 4 : name;
}

static enum ch_feed_kind root_kind(const char *name)
{
	static const struct {
		const char *name;
		enum ch_feed_kind kind;
	} roots[] = { { "rss", CH_FEED_RSS }, { "rdf:RDF", CH_FEED_RSS }, { "RDF", CH_FEED_RSS }, { "feed", CH_FEED_ATOM },
		      { "urlset", CH_FEED_SITEMAP }, { "sitemapindex", CH_FEED_INDEX } };

	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (strcmp(name, roots[i].name) == 0)
			return roots[i].kind;
	return CH_FEED_NONE;
}

static bool is_item(enum ch_feed_kind kind, const char *name)
{
	return strcmp(name, kind == CH_FEED_RSS ? "item" : kind == CH_FEED_ATOM ? "entry" : kind == CH_FEED_SITEMAP ? "url" : "sitemap") == 0;
}

static const char *attribute(const char **attributes, const char *name)
{
	for (int i = 0; attributes[i] && i < 2 * ATTRIBUTES_MAX; i += 2)
		if (strcmp(attributes[i], name) == 0)
			return attributes[i + 1];
	return NULL;
}

/* <link href rel> of Atom: the page itself is "alternate", or has no rel. */
static void atom_link(struct reader *r, const char **attributes)
{
	const char *rel = attribute(attributes, "rel"), *href = attribute(attributes, "href");

	if (href && !r->item.url.len && (!rel || strcmp(rel, "alternate") == 0))
		r->item.url = ch_arena_str(r->arena, ch_str_sub(ch_str_z(href), 0, TEXT_MAX));
}

static void start(void *ctx, const char *name, const char **attributes)
{
	struct reader *r = ctx;

	r->depth++;
	name = bare(name);
	if (r->depth == 1)
		r->feed->kind = root_kind(name);
	if (r->depth == 1 && r->feed->kind == CH_FEED_NONE) {
		XML_StopParser(r->xml, XML_FALSE);
		return;
	}
	if (!r->item_depth) {
		if (is_item(r->feed->kind, name)) {
			r->item_depth = r->depth;
			r->item = (struct ch_feed_item){ 0 };
			r->guid = (struct ch_str){ 0 };
		}
		return;
	}
	/* news:news puts its parts a level deeper */
	if (r->part || r->depth > r->item_depth + 2 || (r->depth == r->item_depth + 2 && strncmp(name, "news:", 5) != 0))
		return;
	if (strcmp(name, "link") == 0 && attribute(attributes, "href")) {
		atom_link(r, attributes);
		return;
	}
	if (strcmp(name, "guid") == 0 && attribute(attributes, "isPermaLink") && strcmp(attribute(attributes, "isPermaLink"), "false") == 0)
		return;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(name, parts[i].name) == 0) {
			r->part = parts[i].part;
			r->part_depth = r->depth;
			r->n = 0;
		}
}

static void keep(struct reader *r, struct ch_str *to, struct ch_str text)
{
	if (!to->len)
		*to = ch_arena_str(r->arena, text);
}

static void end(void *ctx, const char *name)
{
	struct reader *r = ctx;

	(void)name;
	if (r->part && r->depth == r->part_depth) {
		struct ch_str text = ch_str_trim(ch_str_n(r->text, r->n));

		switch (r->part) {
		case PART_URL: keep(r, &r->item.url, text); break;
		case PART_GUID: keep(r, &r->guid, text); break;
		case PART_TITLE: keep(r, &r->item.title, text); break;
		case PART_PUBLISHED: keep(r, &r->item.published, text); break;
		case PART_CHANGED: keep(r, &r->item.changed, text); break;
		case PART_NONE: break;
		}
		r->part = PART_NONE;
	}
	if (r->item_depth == r->depth) {
		r->item_depth = 0;
		if (!r->item.url.len && ch_str_istarts(r->guid, CH_STR("http")))
			r->item.url = r->guid;
		if (r->item.url.len && r->feed->items.n < CH_FEED_ITEMS_MAX)
			*CH_PUSH(r->arena, &r->feed->items) = r->item;
	}
	r->depth--;
}

static void add_text(void *ctx, const char *s, int len)
{
	struct reader *r = ctx;
	size_t n = (size_t)len;

	if (!r->part)
		return;
	if (n > TEXT_MAX - r->n)
		n = TEXT_MAX - r->n;
	memcpy(r->text + r->n, s, n);
	r->n += n;
}

static void skipped_entity(void *ctx, const char *name, int is_parameter)
{
	(void)name;
	if (!is_parameter)
		add_text(ctx, " ", 1);
}

static void declared_entity(void *ctx, const char *name, int is_parameter, const char *value, int length, const char *base,
			    const char *system, const char *public, const char *notation)
{
	struct reader *r = ctx;

	(void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
	r->entities = true;
	XML_StopParser(r->xml, XML_FALSE);
}

/* Nothing outside is read: it is taken to be empty. (Expat has names without a declaration for errors, unless there was something
 * outside that might have declared them.) */
static int outside(XML_Parser xml, const char *context, const char *base, const char *system, const char *public)
{
	XML_Parser nothing = XML_ExternalEntityParserCreate(xml, context, NULL);
	enum XML_Status status = XML_STATUS_ERROR;

	(void)base, (void)system, (void)public;
	if (nothing)
		status = XML_Parse(nothing, "", 0, XML_TRUE);
	XML_ParserFree(nothing);
	return (int)status;
}

/* Charsets of one byte a character, as iconv knows them. */
static int other_charset(void *ctx, const XML_Char *name, XML_Encoding *encoding)
{
	iconv_t cd = iconv_open("UTF-32LE", name);
	int known = 0;

	(void)ctx;
	if (cd == (iconv_t)-1)
		return XML_STATUS_ERROR;
	for (int c = 0; c < 256; c++) {
		char byte = (char)c, *in = &byte, *out;
		unsigned char cp[8];
		size_t in_left = 1, out_left = sizeof cp;

		out = (char *)cp;
		encoding->map[c] = -1;
		iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &in, &in_left, &out, &out_left) == 0 && out_left == sizeof cp - 4) {
			uint32_t u = (uint32_t)cp[0] | (uint32_t)cp[1] << 8 | (uint32_t)cp[2] << 16;

			if (u <= 0xFFFF && !(u >= 0xD800 && u <= 0xDFFF)) {
				encoding->map[c] = (int)u;
				known++;
			}
		}
	}
	iconv_close(cd);
	encoding->convert = NULL;
	return known > 128 ? XML_STATUS_OK : XML_STATUS_ERROR;
}

bool ch_feed_read(struct ch_feed *feed, struct ch_arena *arena, struct ch_str bytes, struct ch_err *err)
{
	struct reader *r = CH_NEW(arena, struct reader);
	enum XML_Status status = XML_STATUS_OK;
	struct ch_str rest = bytes;

	*feed = (struct ch_feed){ .kind = CH_FEED_NONE };
	*r = (struct reader){ .xml = XML_ParserCreate(NULL), .feed = feed, .arena = arena };
	if (!r->xml)
		ch_die_memory(0);
	/* Many feeds begin with a line break before <?xml: an error to the letter. */
	while (rest.len && strchr(" \t\r\n", rest.ptr[0]) && rest.ptr[0])
		rest = ch_str_sub(rest, 1, rest.len);
	XML_SetUserData(r->xml, r);
	XML_SetElementHandler(r->xml, start, end);
	XML_SetCharacterDataHandler(r->xml, add_text);
	XML_SetEntityDeclHandler(r->xml, declared_entity);
	XML_SetSkippedEntityHandler(r->xml, skipped_entity);
	XML_SetExternalEntityRefHandler(r->xml, outside);
	XML_SetParamEntityParsing(r->xml, XML_PARAM_ENTITY_PARSING_ALWAYS);
	XML_UseForeignDTD(r->xml, XML_TRUE);
	XML_SetUnknownEncodingHandler(r->xml, other_charset, NULL);
	do {
		struct ch_str piece = ch_str_sub(rest, 0, CHUNK);

		rest = ch_str_sub(rest, piece.len, rest.len);
		status = XML_Parse(r->xml, piece.ptr ? piece.ptr : "", (int)piece.len, !rest.len);
	} while (status == XML_STATUS_OK && rest.len);
	if (status != XML_STATUS_OK) {
		feed->broken = true;
		snprintf(feed->why, sizeof feed->why, "%s in line %lu", XML_ErrorString(XML_GetErrorCode(r->xml)),
			 (unsigned long)XML_GetCurrentLineNumber(r->xml));
	}
	XML_ParserFree(r->xml);
	if (r->entities)
		return ch_fail(err, "declares entities of its own, and is refused");
	if (feed->kind == CH_FEED_NONE)
		return ch_fail(err, "is no feed and no sitemap");
	return true;
}
