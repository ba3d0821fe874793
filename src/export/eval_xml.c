/* export/eval_xml.c -- gold as PETRARCH's validation files have it: <Sentence date id> with <Text> and <EventCoding sourcecode
 * targetcode eventcode>. Names of elements and attributes count in any case; <Parse> and all else is passed over.
 *
 * The XML is read by expat (decision 7). A document that declares entities is refused, nothing outside it is read. */
#include "export/eval.h"
#include <expat.h>

enum { TEXT_MAX = 1 << 20, CHUNK = 64 << 10, SENTENCES_DEPTH = 8 };

struct reader {
	XML_Parser xml;
	struct ch_eval_gold *g;
	const char *name;
	struct ch_err *err;
	bool failed;
	uint32_t depth, sentence_depth, text_depth;   /* 0: outside */
	struct ch_str id, date;
	bool skip;                                    /* this sentence: the gold says that it has an error, or is not to be scored */
	CH_VEC(struct ch_eval_event) events;
	CH_VEC(char) text;
	unsigned long line;                           /* in which the sentence begins */
	uint64_t sentences;                           /* with those that are skipped */
};

static void fail(struct reader *r, unsigned long line)
{
	r->failed = true;
	ch_err_in(r->err, "%s:%lu", r->name, line);
	XML_StopParser(r->xml, XML_FALSE);
}

static unsigned long here(const struct reader *r)
{
	return (unsigned long)XML_GetCurrentLineNumber(r->xml);
}

static bool is(const char *name, const char *lower)
{
	return ch_str_ieq(ch_str_z(name), ch_str_z(lower));
}

/* The value of an attribute, in the arena, without blanks around it; empty where there is none. */
static struct ch_str attribute(const struct reader *r, const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (is(attributes[i], name))
			return ch_arena_str(&r->g->arena, ch_str_trim(ch_str_z(attributes[i + 1])));
	return CH_STR("");
}

static bool is_false(struct ch_str s)
{
	return ch_str_ieq(s, CH_STR("false")) || ch_str_ieq(s, CH_STR("no")) || ch_str_eqz(s, "0");
}

/* <EventCoding>, <Event>: one event; noevents: the gold has none; error: coding is to fail, so there is nothing to score. */
static void event_coding(struct reader *r, const char **attributes)
{
	struct ch_str code = attribute(r, attributes, "eventcode"), no = attribute(r, attributes, "noevents");
	struct ch_str source = attribute(r, attributes, "sourcecode"), target = attribute(r, attributes, "targetcode");
	struct ch_eval_event e = { .type = ch_eval_cameo_type(code), .cameo = code };

	if (attribute(r, attributes, "error").len)
		r->skip = true;
	if (attribute(r, attributes, "error").len || (no.len && !is_false(no)))
		return;
	if (!code.len) {
		ch_fail(r->err, "an event without an eventcode (and without noevents=\"True\")");
	} else if (!ch_eval_is_cameo(code)) {
		ch_fail(r->err, "'%.*s' is no CAMEO code", (int)(code.len < 40 ? code.len : 40), code.ptr);
	} else if (r->events.n >= CH_EVAL_EVENTS_MAX) {
		ch_fail(r->err, "more than %d events in one sentence", CH_EVAL_EVENTS_MAX);
	} else {
		if (source.len)
			*CH_PUSH(&r->g->arena, &e.source.v) = source;
		if (target.len)
			*CH_PUSH(&r->g->arena, &e.target.v) = target;
		*CH_PUSH(&r->g->arena, &r->events) = e;
		return;
	}
	fail(r, here(r));
}

static void start(void *ctx, const char *name, const char **attributes)
{
	struct reader *r = ctx;
	struct ch_str evaluate;

	if (r->failed)
		return;
	r->depth++;
	if (!r->sentence_depth) {
		if (!is(name, "sentence") || r->depth > SENTENCES_DEPTH)
			return;
		r->sentence_depth = r->depth;
		r->line = here(r);
		r->id = attribute(r, attributes, "id");
		r->date = attribute(r, attributes, "date");
		evaluate = attribute(r, attributes, "evaluate");
		evaluate = evaluate.len ? evaluate : attribute(r, attributes, "evaluated");
		r->skip = is_false(evaluate);
		r->events.n = 0;
		r->text.n = 0;
		r->sentences++;
	} else if (is(name, "text") && r->depth == r->sentence_depth + 1) {
		r->text_depth = r->depth;
	} else if (is(name, "eventcoding") || is(name, "event")) {
		event_coding(r, attributes);
	}
}

/* Line breaks of the file are none of the text. */
static struct ch_str flowing(struct reader *r)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->text.n; i++) {
		char c = r->text.v[i];

		c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
		if (c != ' ' || (n && r->text.v[n - 1] != ' '))
			r->text.v[n++] = c;
	}
	return ch_str_trim(ch_str_n(r->text.v, n));
}

static void end_sentence(struct reader *r)
{
	struct ch_str text = flowing(r);
	struct ch_eval_sentence *s;

	r->sentence_depth = 0;
	if (r->skip) {
		r->g->skipped++;
		return;
	}
	if (!text.len) {
		ch_fail(r->err, "a Sentence without a <Text>");
		fail(r, r->line);
		return;
	}
	s = ch_eval_sentence(r->g, r->id, text, r->date);
	for (uint32_t i = 0; i < r->events.n; i++) {
		if (s->events.n >= CH_EVAL_EVENTS_MAX) {   /* a sentence may stand there twice */
			ch_fail(r->err, "more than %d events in one sentence", CH_EVAL_EVENTS_MAX);
			fail(r, r->line);
			return;
		}
		*CH_PUSH(&r->g->arena, &s->events) = r->events.v[i];
	}
}

static void end(void *ctx, const char *name)
{
	struct reader *r = ctx;

	(void)name;
	if (r->failed)
		return;
	if (r->depth == r->text_depth)
		r->text_depth = 0;
	if (r->depth == r->sentence_depth)
		end_sentence(r);
	r->depth--;
}

static void add_text(void *ctx, const char *s, int len)
{
	struct reader *r = ctx;

	if (!r->text_depth || r->failed)
		return;
	if ((uint32_t)len > TEXT_MAX - r->text.n) {
		ch_fail(r->err, "a <Text> of more than %d bytes", TEXT_MAX);
		fail(r, r->line);
		return;
	}
	for (int i = 0; i < len; i++)
		*CH_PUSH(&r->g->arena, &r->text) = s[i];
}

static void declared_entity(void *ctx, const char *name, int is_parameter, const char *value, int length, const char *base,
			    const char *system, const char *public, const char *notation)
{
	struct reader *r = ctx;

	(void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
	ch_fail(r->err, "declares entities of its own, and is refused");
	fail(r, here(r));
}

bool ch_eval_xml_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, struct ch_err *err)
{
	struct reader r = { .xml = XML_ParserCreate(NULL), .g = g, .name = name, .err = err };
	enum XML_Status status = XML_STATUS_OK;
	struct ch_str rest = bytes;

	if (!r.xml)
		ch_die_memory(0);
	g->format = "PETRARCH XML";
	XML_SetUserData(r.xml, &r);
	XML_SetElementHandler(r.xml, start, end);
	XML_SetCharacterDataHandler(r.xml, add_text);
	XML_SetEntityDeclHandler(r.xml, declared_entity);
	while (rest.len && rest.ptr[0] && strchr(" \t\r\n", rest.ptr[0]))   /* before <?xml an error to the letter */
		rest = ch_str_sub(rest, 1, rest.len);
	do {
		struct ch_str piece = ch_str_sub(rest, 0, CHUNK);

		rest = ch_str_sub(rest, piece.len, rest.len);
		status = XML_Parse(r.xml, piece.ptr ? piece.ptr : "", (int)piece.len, !rest.len);
	} while (status == XML_STATUS_OK && rest.len && !r.failed);
	if (status != XML_STATUS_OK && !r.failed)
		r.failed = !ch_fail(err, "%s:%lu: no XML: %s", name, here(&r), XML_ErrorString(XML_GetErrorCode(r.xml)));
	if (!r.failed && !r.sentences)
		r.failed = !ch_fail(err, "%s: has no <Sentence>: is it a PETRARCH validation file?", name);
	XML_ParserFree(r.xml);
	return !r.failed;
}
