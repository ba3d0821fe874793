/* Gold that holds its sentences: what each format is read as, what a slip is told as, and which events are the same. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "chancery.h"
#include "export/eval.h"

/* "CONSULT 042 EGYGOV+>ISR" */
static struct ch_str shown(struct ch_arena *a, const struct ch_eval_sentence *s)
{
	struct ch_str out = ch_arena_printf(a, "%.*s|%s|%.*s", CH_STR_ARG(s->id), s->date, CH_STR_ARG(s->text));

	for (uint32_t i = 0; i < s->events.n; i++) {
		const struct ch_eval_event *e = &s->events.v[i];

		out = ch_arena_printf(a, "%.*s|%s %.*s ", CH_STR_ARG(out), ch_event_name(e->type), CH_STR_ARG(e->cameo));
		for (uint32_t k = 0; k < e->source.v.n; k++)
			out = ch_arena_printf(a, "%.*s%s%.*s", CH_STR_ARG(out), k ? "+" : "", CH_STR_ARG(e->source.v.v[k]));
		out = ch_arena_printf(a, "%.*s>", CH_STR_ARG(out));
		for (uint32_t k = 0; k < e->target.v.n; k++)
			out = ch_arena_printf(a, "%.*s%s%.*s", CH_STR_ARG(out), k ? "+" : "", CH_STR_ARG(e->target.v.v[k]));
		out = ch_arena_printf(a, "%.*s%s", CH_STR_ARG(out), e->joint ? " joint" : "");
	}
	return out;
}

#define SADAT "Sadat flew to Jerusalem."
#define S(rest) "<Sentences><Sentence date=\"19771119\" id=\"a\" source=\"own\" sentence=\"True\">" rest "</Sentence></Sentences>"

static void gold_is_read(void **state)
{
	/* what a file holds -> its sentences, one a line; "-" in front: how many are skipped */
	static const struct {
		const char *bytes, *format, *want;
		uint32_t skipped;
	} rows[] = {
		/* JSON lines; a blank line between; the type of the code where no type is given */
		{ "{\"id\":\"x1\",\"date\":\"1977-11-19\",\"text\":\"" SADAT "\",\"events\":[{\"source\":[\"EGYGOV\"],\"target\":[\"ISR\"],"
		  "\"plover\":\"CONSULT\",\"cameo\":\"042\"}]}\n\n{\"id\":2,\"text\":\"Nothing was said.\",\"events\":[]}\n",
		  "sentences with their events, JSON", "x1|1977-11-19|" SADAT "|CONSULT 042 EGYGOV>ISR\n2||Nothing was said.\n", 0 },
		{ "{\"text\":\"t\",\"events\":[{\"source\":\"USA\",\"target\":\"\",\"cameo\":\"0813\"},{\"source\":[],\"cameo\":\"010\"}]}",
		  "sentences with their events, JSON", "1||t|RETREAT 0813 USA>|_ 010 >\n", 0 },
		/* a type that is given as null is none, whatever the code looks like */
		{ "{\"text\":\"t\",\"events\":[{\"source\":[\"ARN\"],\"target\":[\"GON\"],\"plover\":null,\"cameo\":\"064\"}]}",
		  "sentences with their events, JSON", "1||t|_ 064 ARN>GON\n", 0 },
		{ "{\"id\":\"s\",\"text\":\"t\",\"skip\":\"why\",\"events\":[]}\n{\"id\":\"x\",\"text\":\"u\",\"events\":[]}",
		  "sentences with their events, JSON", "x||u\n", 1 },
		/* PLOVER records of 2016, in a list, over several lines: entities, old names and categories, LaTeX; one text is one sentence */
		{ "[\n {\"id\": \"R-1\", \"date\": \"2000-01-01\", \"event\": \"DEMAND\", \"mode\": \"policy\",\n"
		  "  \"source\": [{\"actor\": \"FRA\", \"sector\": \"GOV\"}], \"target\": {\"actor\": \"***\", \"sector\": [\"REB\"]},\n"
		  "  \"text\": \"Paris asked for a ``prompt'' answer, 5\\\\% of {it}.\"},\n"
		  " {\"id\": \"R-2\", \"category\": \"FIGHT\", \"actor\": [\"FRAMIL\"], \"recipient\": \"XXX\", \"eventText\": \"Shots fell.\"},\n"
		  " {\"id\": \"R-3\", \"event\": \"agree\", \"source\": [\"CHL\", \"ARG\"], \"target\": null, \"event_text\": \"Shots fell.\"}\n]\n",
		  "PLOVER records, an event each",
		  "R-1|2000-01-01|Paris asked for a \"prompt\" answer, 5% of it.|REQUEST  FRAGOV>---REB\n"
		  "R-2||Shots fell.|ASSAULT  FRAMIL>XXX|AGREE  CHL+ARG>\n", 0 },
		/* PLOVER 0.8: the sentence is "text"; "event_text" is its trigger; a sector that the code has already is not said twice */
		{ "{\"id\":\"P\",\"event\":\"CONSULT\",\"mode\":[\"visit\"],\"cameo\":\"042\",\"actor\":[{\"code\":\"EGYGOV\",\"sector\":[\"GOV\"]}],"
		  "\"recipient\":[{\"code\":\"ISR\",\"sector\":[]}],\"event_text\":\"flew\",\"text\":\"" SADAT "\"}",
		  "PLOVER records, an event each", "P||" SADAT "|CONSULT 042 EGYGOV>ISR\n", 0 },
		/* one id for two texts */
		{ "{\"id\":\"R\",\"event\":\"AID\",\"text\":\"a\"}{\"id\":\"R\",\"event\":\"AID\",\"text\":\"b\"}", "PLOVER records, an event each",
		  "R||a|AID  >\nRb||b|AID  >\n", 0 },
		/* PETRARCH XML: blanks flow, the parse is no text, entities of XML are read, line breaks in front do no harm */
		{ "\n<?xml version=\"1.0\"?>\n" S("\n<Text>\nSadat flew\n   to Jerusalem.\n</Text>\n<Parse>(ROOT (S &lt;))</Parse>"
		  "<EventCoding sourcecode=\"EGYGOV\" targetcode=\"ISR\" eventcode=\"042\"/>"),
		  "PETRARCH XML", "a|1977-11-19|" SADAT "|CONSULT 042 EGYGOV>ISR\n", 0 },
		{ S("<Text>R&amp;D</Text><EventCoding noevents = \"True\"/>"), "PETRARCH XML", "a|1977-11-19|R&D\n", 0 },
		/* small letters, attributes too; noevents="false" says nothing; what stands inside the text is of the text */
		{ "<sentences><environment/><sentence ID=\"b\" Date=\"1977-11-19\"><eventcoding SourceCode=\"---\" targetcode=\"ISR\" eventcode=\"111\" "
		  "noevents=\"False\"/><text>a <b>big</b> day</text></sentence></sentences>",
		  "PETRARCH XML", "b|1977-11-19|a big day|ACCUSE 111 --->ISR\n", 0 },
		/* not to be scored: error, evaluate, evaluated */
		{ "<Sentences><Sentence id=\"a\"><Text>x</Text><EventCoding error=\"parse\"/></Sentence><Sentence id=\"b\" evaluate=\"false\"/>"
		  "<Sentence id=\"c\" evaluated=\"False\"/><Sentence id=\"d\"><Text>y</Text></Sentence></Sentences>",
		  "PETRARCH XML", "d||y\n", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ch_eval_gold g = { 0 };
		struct ch_str got = { 0 }, bytes = ch_str_z(rows[i].bytes);
		struct ch_err err = { 0 };

		assert_true(ch_eval_holds_sentences(bytes));
		if (!ch_eval_gold_read(&g, bytes, "g", &err))
			fail_msg("row %zu: %s", i, err.text);
		for (uint32_t k = 0; k < g.sentences.n; k++) {
			struct ch_str one = shown(&g.arena, &g.sentences.v[k]);

			got = ch_arena_printf(&g.arena, "%.*s%.*s\n", CH_STR_ARG(got), CH_STR_ARG(one));
		}
		assert_string_equal(ch_arena_z(&g.arena, got), rows[i].want);
		assert_string_equal(g.format, rows[i].format);
		assert_int_equal(g.skipped, rows[i].skipped);
		ch_eval_gold_free(&g);
	}
}

static void a_slip_is_told(void **state)
{
	static const struct {
		const char *bytes, *want;
	} rows[] = {
		{ "", "g: no gold sentences there" },
		{ "[]", "g: no gold sentences there" },
		{ "[{\"text\":\"t\",\"events\":[]}", "g:1: the list has no end: a ']' is missing" },
		{ "[{\"text\":\"t\",\"events\":[]}] x", "g:1: something stands behind the end of the list" },
		{ "{\"text\":\"t\",\"events\":[]}\nhello", "g:2: a JSON object ({…}) is wanted here" },
		{ "{\"text\":\"t\",\"events\":[]}\n\n{\"text\":\n oh}", "g:4: no JSON: " },
		{ "{\"text\":\"t\",\"events\":[]}\n{\"text\":\"u", "g:2: no JSON: " },
		{ "{\"id\":\"a\",\"events\":[]}", "g:1: a record without a \"text\"" },
		{ "{\"id\":\"a\",\"text\":\"t\",\"events\":[]}\n{\"id\":\"a\",\"text\":\"u\",\"events\":[]}", "g:2: id a comes twice" },
		{ "{\"id\":\"a\",\"text\":\"t\",\"events\":[]}\n{\"id\":\"b\",\"text\":\"t\",\"events\":[]}", "g:2: id b has the text of id a" },
		{ "{\"text\":\"t\",\"events\":[7]}", "g:1: an event that is no object" },
		{ "{\"text\":\"t\",\"events\":[{\"plover\":\"MEET\"}]}", "g:1: 'MEET' is no PLOVER type (AGREE, CONSULT, …)" },
		{ "{\"text\":\"t\",\"events\":[{\"cameo\":\"visit\"}]}", "g:1: 'visit' is no CAMEO code" },
		{ "{\"text\":\"t\",\"events\":[{\"source\":[\"USA\"]}]}", "g:1: an event with neither a PLOVER type (" },
		{ "{\"text\":\"t\",\"events\":[{\"plover\":\"AID\",\"source\":[1]}]}", "g:1: an actor that is neither a code (\"USAGOV\") nor an object with \"code\"" },
		{ "<html><body>x</body></html>", "g: has no <Sentence>: is it a PETRARCH validation file?" },
		{ "<Sentences>\n<Sentence id=\"a\">\n</Sentences>", "g:3: no XML: mismatched tag" },
		{ "<Sentences>\n<Sentence id=\"a\"/>\n</Sentences>", "g:2: a Sentence without a <Text>" },
		{ S("\n<EventCoding sourcecode=\"USA\"/>"), "g:2: an event without an eventcode (and without noevents=\"True\")" },
		{ S("<EventCoding eventcode=\"talk\"/>"), "g:1: 'talk' is no CAMEO code" },
		{ "<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n" S("<Text>&b;</Text>"), "g:1: declares entities of its own, and is refused" },
		{ "<!DOCTYPE s [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n" S("<Text>&a;</Text>"), "g:1: declares entities of its own, and is refused" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ch_eval_gold g = { 0 };
		struct ch_err err = { 0 };

		if (ch_eval_gold_read(&g, ch_str_z(rows[i].bytes), "g", &err))
			fail_msg("was read: %s", rows[i].bytes);
		if (!ch_str_starts(ch_str_z(err.text), ch_str_z(rows[i].want)))
			assert_string_equal(err.text, rows[i].want);
		assert_null(strchr(err.text, '\n'));
		ch_eval_gold_free(&g);
	}
}

static void more_than_fits_is_refused(void **state)
{
	static const char *const heads[] = { "{\"text\":\"t\",\"events\":[{\"plover\":\"AID\",\"source\":[\"USA\"", "{\"text\":\"t\",\"events\":[{\"plover\":\"AID\"}" };
	static const char *const more[] = { ",\"USA\"", ",{\"plover\":\"AID\"}" }, *const tails[] = { "]}]}", "]}" };
	static const unsigned fits[] = { CH_EVAL_SIDE_MAX, CH_EVAL_EVENTS_MAX };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (unsigned over = 0; over < 2; over++) {
			struct ch_eval_gold g = { 0 };
			struct ch_arena a = { 0 };
			struct ch_err err = { 0 };
			struct ch_str s = ch_arena_str(&a, ch_str_z(heads[i]));

			for (unsigned n = 1; n < fits[i] + over; n++)
				s = ch_arena_printf(&a, "%.*s%s", CH_STR_ARG(s), more[i]);
			s = ch_arena_printf(&a, "%.*s%s", CH_STR_ARG(s), tails[i]);
			assert_int_equal(ch_eval_gold_read(&g, s, "g", &err), !over);
			ch_eval_gold_free(&g);
			ch_arena_free(&a);
		}
}

static void gold_of_pages_is_told_from_it(void **state)
{
	static const char *const pages[] = { "{\"page\":\"a.txt\",\"events\":[]}\n", "{\"id\":\"a\",\"gold\":{\"events\":[]}}\n", "{\"id\":\"a\",\"body\":[[0,9]]}",
					     "", "hello", "{\"page\": oh" };

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		assert_false(ch_eval_holds_sentences(ch_str_z(pages[i])));
}

static void cameo_has_its_type(void **state)
{
	static const struct {
		const char *code;
		unsigned type;
	} rows[] = { { "042", CH_EV_CONSULT }, { "08", CH_EV_CONCEDE }, { "0812", CH_EV_CONCEDE }, { "0813", CH_EV_RETREAT }, { "084", CH_EV_RETREAT },
		     { "0874", CH_EV_RETREAT }, { "112", CH_EV_ACCUSE }, { "090", CH_EV_ACCUSE }, { "1011", CH_EV_REQUEST }, { "163", CH_EV_COERCE },
		     { "161", CH_EV_SANCTION }, { "1712", CH_EV_ASSAULT }, { "1711", CH_EV_COERCE }, { "175", CH_EV_ASSAULT }, { "191", CH_EV_COERCE },
		     { "195", CH_EV_ASSAULT }, { "203", CH_EV_ASSAULT }, { "010", CH_EVAL_NO_TYPE }, { "023", CH_EVAL_NO_TYPE },
		     { "224", CH_EVAL_NO_TYPE }, { "", CH_EVAL_NO_TYPE } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(ch_eval_cameo_type(ch_str_z(rows[i].code)), rows[i].type);
}

/* ---- which events are the same ---- */

/* "AGREE USA+JOR>;AID USA>HTI 070" as events */
static struct ch_str as_json(struct ch_arena *a, const char *events)
{
	struct ch_str rest = ch_str_z(events), one, out = CH_STR("");

	while (ch_str_cut(&rest, ';', &one)) {
		struct ch_str type, sides, source = { 0 };

		if (!ch_str_cut(&one, ' ', &type) || !ch_str_cut(&one, ' ', &sides))
			break;
		assert_true(ch_str_cut(&sides, '>', &source));
		out = ch_arena_printf(a, "%.*s%s{\"plover\":\"%.*s\",\"joint\":%s", CH_STR_ARG(out), out.len ? "," : "", CH_STR_ARG(type),
				      ch_str_starts(one, CH_STR("joint")) ? "true" : "false");
		for (int side = 0; side < 2; side++) {
			struct ch_str codes = side ? sides : source, code;
			bool any = false;

			out = ch_arena_printf(a, "%.*s,\"%s\":[", CH_STR_ARG(out), side ? "target" : "source");
			while (ch_str_cut(&codes, '+', &code))
				if (code.len) {
					out = ch_arena_printf(a, "%.*s%s\"%.*s\"", CH_STR_ARG(out), any ? "," : "", CH_STR_ARG(code));
					any = true;
				}
			out = ch_arena_printf(a, "%.*s]", CH_STR_ARG(out));
		}
		if (one.len && one.ptr[0] >= '0' && one.ptr[0] <= '9')
			out = ch_arena_printf(a, "%.*s,\"cameo\":\"%.*s\"", CH_STR_ARG(out), CH_STR_ARG(one));
		out = ch_arena_printf(a, "%.*s}", CH_STR_ARG(out));
	}
	return out;
}

static void the_same_is_the_same(void **state)
{
	/* gold, system -> merged events: gold, system, matched; how many types match; is the sentence exact */
	static const struct {
		const char *what, *gold, *system;
		unsigned g, s, match, types;
		bool exact;
	} rows[] = {
		{ "sectors do not count", "ACCUSE USAGOV>IRN", "ACCUSE USA>IRNGOV", 1, 1, 1, 1, true },
		{ "who accuses whom does", "ACCUSE USA>IRN", "ACCUSE IRN>USA", 1, 1, 0, 1, false },
		{ "a talk has no direction", "CONSULT USA>IRN", "CONSULT IRN>USA", 1, 1, 1, 1, true },
		{ "another type", "ACCUSE USA>IRN", "REJECT USA>IRN", 1, 1, 0, 0, false },
		{ "nothing was coded", "AID USA>HTI", "", 1, 0, 0, 0, false },
		{ "nothing is there", "", "AID USA>HTI", 0, 1, 0, 0, false },
		{ "rightly silent", "", "", 0, 0, 0, 0, true },
		{ "one too many", "AID USA>HTI", "AID USA>HTI;ACCUSE USA>HTI", 1, 2, 1, 1, false },
		{ "two of one type", "ACCUSE USA>CUB;ACCUSE RUS>GEO", "ACCUSE RUS>GEO", 2, 1, 1, 1, false },
		{ "a list, expanded", "SANCTION USA>IRN+LBY", "SANCTION USA>IRN;SANCTION USA>LBY", 1, 1, 1, 1, true },
		{ "half of a list", "SANCTION USA>IRN+LBY", "SANCTION USA>IRN", 1, 1, 1, 1, true },
		{ "lists on both sides", "REJECT FRA+DEU>USA+GBR", "REJECT FRA>USA;REJECT FRA>GBR;REJECT DEU>USA;REJECT DEU>GBR", 1, 1, 1, 1, true },
		{ "a joint act, mirrored", "AGREE USAGOV+JOR>", "AGREE USA>JOR;AGREE JOR>USA", 1, 1, 1, 1, true },
		{ "a joint act, one way", "AGREE USA+JOR>", "AGREE JOR>USA", 1, 1, 1, 1, true },
		{ "one partner of two", "AGREE USA+JOR>", "AGREE USA>", 1, 1, 0, 1, false },
		{ "one partner twice", "AGREE USA+JOR>", "AGREE USA>USAGOV", 1, 1, 0, 1, false },
		{ "with a stranger", "AGREE USA+JOR>", "AGREE USA>FRA", 1, 1, 0, 1, false },
		{ "joint for the system only", "CONSULT FRA>EGY", "CONSULT EGY+FRA>", 1, 1, 1, 1, true },
		{ "joint within one country", "AGREE SDNGOV+SDNREB>", "AGREE SDNGOV>SDNREB", 1, 1, 1, 1, true },
		{ "within one country, no target", "AGREE SDNGOV+SDNREB>", "AGREE SDNGOV>", 1, 1, 0, 1, false },
		{ "three meet, each with each", "CONSULT USA+RUS+CHE>", "CONSULT USA>RUS;CONSULT RUS>CHE;CONSULT CHE>USA", 1, 1, 1, 1, true },
		{ "one meets two", "CONSULT QAT>ARE+SAU", "CONSULT ARE>QAT;CONSULT QAT>SAU", 1, 1, 1, 1, true },
		{ "a chain is neither", "CONSULT FRA>DEU", "CONSULT DEU>FRA;CONSULT DEU>POL;CONSULT POL>UKR", 1, 2, 1, 1, false },
		{ "support has a direction", "SUPPORT USA>HTI", "SUPPORT HTI>USA", 1, 1, 0, 1, false },
		{ "joint support has none", "SUPPORT CZE+ALB>", "SUPPORT ALB>CZE;SUPPORT CZE>ALB", 1, 1, 1, 1, true },
		{ "two who protest are no pair", "PROTEST FRA+EGY>", "PROTEST FRA>EGY", 1, 1, 0, 1, false },
		{ "unless the gold says so", "PROTEST FRA+EGY> joint", "PROTEST FRA>EGY", 1, 1, 1, 1, true },
		{ "no target, and one", "RETREAT GEOGOV>", "RETREAT GEO>RUS", 1, 1, 0, 1, false },
		{ "no target, and nobody", "RETREAT GEOGOV>", "RETREAT GEO>---", 1, 1, 1, 1, true },
		{ "of no country", "ASSAULT ---REB>SYR", "ASSAULT ---UAF>SYRMIL", 1, 1, 1, 1, true },
		{ "of no country, and nobody", "ASSAULT ---REB>SYR", "ASSAULT --->SYR", 1, 1, 0, 1, false },
		{ "the UN is an IGO", "REQUEST UNO>IRQ", "REQUEST IGO>IRQ", 1, 1, 1, 1, true },
		{ "one pays for one", "AGREE USA+JOR>;AGREE USA>ISR", "AGREE USA>JOR", 2, 1, 1, 1, false },
		{ "the best pairs, not the first", "ACCUSE AAA+BBB>XXX;ACCUSE CCC>YYY", "ACCUSE BBB+CCC>XXX+YYY;ACCUSE AAA>XXX+ZZZ", 2, 2, 2, 1, true },
		{ "also the other way round", "ACCUSE AAA+DDD>XXX;ACCUSE BBB>YYY", "ACCUSE AAA+BBB>XXX+YYY;ACCUSE DDD>XXX+ZZZ", 2, 2, 2, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ch_arena a = { 0 };
		struct ch_eval_gold g = { 0 };
		struct ch_str gold = as_json(&a, rows[i].gold), system = as_json(&a, rows[i].system);
		struct ch_eval_case c;
		struct ch_err err;
		uint64_t unknown;

		gold = ch_arena_printf(&a, "{\"id\":\"a\",\"text\":\"t\",\"events\":[%.*s]}", CH_STR_ARG(gold));
		system = ch_arena_printf(&a, "{\"id\":\"b\",\"events\":[]}\n{\"id\":\"a\",\"events\":[%.*s]}", CH_STR_ARG(system));
		assert_true(ch_eval_gold_read(&g, gold, "g", &err));
		assert_true(ch_eval_system_read(&g, system, "s", &unknown, &err));
		assert_int_equal(unknown, 1);
		assert_true(ch_eval_case(&g.sentences.v[0], &c, NULL, &err));
		if (c.actors.gold != rows[i].g || c.actors.system != rows[i].s || c.actors.match != rows[i].match || c.type.match != rows[i].types ||
		    c.exact != rows[i].exact)
			fail_msg("%s: gold %u system %u match %u types %u exact %d", rows[i].what, (unsigned)c.actors.gold, (unsigned)c.actors.system,
				 (unsigned)c.actors.match, (unsigned)c.type.match, c.exact);
		ch_eval_gold_free(&g);
		ch_arena_free(&a);
	}
}

/* ---- the whole ---- */

static void put_file(char *path, const char *text)
{
	FILE *f = fdopen(mkstemp(path), "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static long long number(const json_t *list, const char *name, const char *field)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(json_string_value(json_object_get(one, json_object_get(one, "kind") ? "kind" : "what")), name) == 0)
			return json_integer_value(json_object_get(one, field));
	return -1;
}

static void records_are_scored(void **state)
{
	static const char gold[] =
		"{\"id\":\"a\",\"text\":\"" SADAT "\",\"events\":[{\"plover\":\"CONSULT\",\"cameo\":\"042\",\"source\":[\"EGYGOV\"],\"target\":[\"ISR\"]}]}\n"
		"{\"id\":\"b\",\"text\":\"Chile and Peru agreed.\",\"events\":[{\"plover\":\"AGREE\",\"cameo\":\"057\",\"source\":[\"CHL\",\"PER\"],\"target\":[]}]}\n"
		"{\"id\":\"c\",\"text\":\"Rain fell.\",\"events\":[]}\n{\"id\":\"d\",\"text\":\"Nobody knew.\",\"events\":[]}\n";
	/* planned: AGREE, as PLOVER has it; denied: left out; entities win over the parties beside them, which lack the sector */
	static const char system[] =
		"{\"id\":\"a\",\"events\":[{\"type\":\"CONSULT\",\"event\":\"CONSULT\",\"cameo\":\"042\",\"source\":[\"EGY\"],\"target\":[\"ISR\"],"
		"\"actor\":[{\"code\":\"EGY\",\"sector\":[\"GOV\"]}],\"recipient\":[{\"code\":\"ISR\",\"sector\":[]}],\"status\":\"actual\"}]}\n"
		"{\"id\":\"b\",\"events\":[{\"event\":\"COOPERATE\",\"cameo\":\"060\",\"actor\":[{\"code\":\"PER\"}],\"recipient\":[{\"code\":\"CHL\"}],"
		"\"status\":\"planned\"},{\"event\":\"ASSAULT\",\"actor\":[],\"recipient\":[],\"status\":\"denied\"}]}\n"
		"{\"id\":\"c\",\"events\":[{\"event\":\"AID\",\"actor\":[{\"code\":null,\"sector\":[]}],\"recipient\":[{\"code\":\"CHL\"}]}]}\n";
	char a[] = "/tmp/chancery-gold-XXXXXX", b[] = "/tmp/chancery-system-XXXXXX", *json = NULL;
	struct chancery_error error;
	const json_t *list, *range;
	bool holds = false;
	double f1;
	json_t *o;

	(void)state;
	put_file(a, gold);
	put_file(b, system);
	assert_true(chancery_eval_holds_sentences(a, &holds, &error));
	assert_true(holds);
	assert_true(chancery_eval_sentences(NULL, 1, a, b, &json, &error));
	o = json_loads(json, 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(o, "sentences")), 4);
	assert_string_equal(json_string_value(json_array_get(json_object_get(o, "missing"), 0)), "d");
	list = json_object_get(o, "measures");
	assert_int_equal(number(list, "type", "match"), 2);
	assert_int_equal(number(list, "type", "system"), 3);
	assert_int_equal(number(list, "type+actors", "match"), 2);
	assert_int_equal(number(list, "cameo", "match"), 1);
	assert_int_equal(number(list, "cameo+actors", "gold"), 3);   /* each partner of a joint event with nobody */
	assert_int_equal(number(list, "cameo+actors", "match"), 1);
	assert_int_equal(number(json_object_get(o, "rates"), "sentences exact, type+actors", "right"), 3);
	assert_int_equal(number(json_object_get(o, "rates"), "sentences exact, cameo+actors", "right"), 3);
	assert_int_equal(number(json_object_get(o, "types"), "AGREE", "match"), 1);
	assert_int_equal(number(json_object_get(o, "types_actors"), "AID", "system"), 1);
	assert_int_equal(number(json_object_get(o, "parties"), "CHL", "gold"), 1);
	assert_int_equal(number(json_object_get(o, "parties"), "CHL", "system"), 2);
	assert_int_equal(number(json_object_get(o, "parties"), "EGY", "match"), 1);
	/* 2 of 3 and 2 of 2, and an interval that holds it */
	f1 = json_real_value(json_object_get(json_array_get(list, 0), "f1"));
	range = json_object_get(json_array_get(list, 0), "f1_interval");
	assert_true(fabs(f1 - 0.8) < 1e-6);
	assert_true(json_real_value(json_array_get(range, 0)) < f1 && f1 < json_real_value(json_array_get(range, 1)));
	json_decref(o);
	free(json);
	unlink(b);
	put_file(strcpy(b, "/tmp/chancery-system-XXXXXX"), "{\"id\":\"a\",\"events\":[]}\n{\"id\":\"a\",\"events\":[]}");
	assert_false(chancery_eval_sentences(NULL, 1, a, b, &json, &error));
	assert_non_null(strstr(error.text, ":2: this id comes twice"));
	unlink(b);
	put_file(strcpy(b, "/tmp/chancery-system-XXXXXX"), "{\"id\":\"a\"}");
	assert_false(chancery_eval_sentences(NULL, 1, a, b, &json, &error));
	assert_non_null(strstr(error.text, ":1: there are no \"events\""));
	assert_false(chancery_eval_holds_sentences("/tmp/chancery-is-not-there", &holds, &error));
	unlink(a);
	unlink(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gold_is_read),
		cmocka_unit_test(a_slip_is_told),
		cmocka_unit_test(more_than_fits_is_refused),
		cmocka_unit_test(gold_of_pages_is_told_from_it),
		cmocka_unit_test(cameo_has_its_type),
		cmocka_unit_test(the_same_is_the_same),
		cmocka_unit_test(records_are_scored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
