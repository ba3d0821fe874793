/* Every field of every format of export that is a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "chancery.h"
#include "export/out.h"
#include "formats.h"

/* The next field; the last may be empty. NULL in *rest: there was no more. */
static struct ch_str next(const char **rest)
{
	size_t n = strcspn(*rest, "\t");
	struct ch_str one = ch_str_n(*rest, n);

	*rest = (*rest)[n] ? *rest + n + 1 : NULL;
	return one;
}

static struct ch_str field(const char *line, size_t i)
{
	struct ch_str one;

	do {
		assert_non_null(line);
		one = next(&line);
	} while (i--);
	return one;
}

#define assert_field(line, i, want) do { \
	struct ch_str got_ = field(line, i); \
	if (!ch_str_eqz(got_, want)) \
		fail_msg("%s: field %d is '%.*s', not '%s'", line, (int)(i), CH_STR_ARG(got_), want); \
} while (0)

/* As many fields as patterns, and each fits its own. */
static void check(const char *line, const char *const *patterns, size_t n)
{
	const char *rest = line;
	size_t i = 0;

	while (rest) {
		struct ch_str one = next(&rest);
		char text[512], whole[512];
		regex_t re;

		if (i >= n)
			fail_msg("more than %zu fields: %s", n, line);
		snprintf(text, sizeof text, "%.*s", CH_STR_ARG(one));
		snprintf(whole, sizeof whole, "^(%s)$", patterns[i]);
		assert_int_equal(regcomp(&re, whole, REG_EXTENDED | REG_NOSUB), 0);
		if (regexec(&re, text, 0, NULL, 0) != 0)
			fail_msg("field %zu is '%s', which is no %s: %s", i, text, whole, line);
		regfree(&re);
		i++;
	}
	if (i != n)
		fail_msg("%zu fields, not %zu: %s", i, n, line);
}

#define CHECK_ALL(f, from, patterns) do { \
	assert_true((f)->n > (from)); \
	for (size_t line_ = (from); line_ < (f)->n; line_++) \
		check((f)->line[line_], patterns, sizeof (patterns) / sizeof *(patterns)); \
} while (0)

/* The line of which field i is this; of those the first. */
static const char *with(struct fixture *f, size_t i, const char *value)
{
	for (size_t k = 0; k < f->n; k++)
		if (ch_str_eqz(field(f->line[k], i), value))
			return f->line[k];
	fail_msg("no line has '%s' in field %zu", value, i);
	return NULL;
}

static size_t count(struct fixture *f, size_t i, const char *value)
{
	size_t n = 0;

	for (size_t k = 0; k < f->n; k++)
		n += ch_str_eqz(field(f->line[k], i), value);
	return n;
}

#define YMD "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
#define ISO "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
#define NUMBER "[1-9][0-9]{0,18}"
#define ROLES "GOV|MIL|LEG|JUD|COP|SPY|PTY|OPP|REB|SEP|UAF|BUS|CVL|EDU|ELI|MED|LAB|HLH|REF|CRM|AGR"
#define KINDS "IGO|NGO|IMG|MNC|INT"
#define ACTOR_CODE "([A-Z]{3}){0,5}"
#define CAMEO_CODE "(0[3-9]|1[0-9]|20)[0-9]{1,2}"
#define SCORE "-?([0-9]|10)\\.[0-9]"
#define ACTOR_FIELDS ACTOR_CODE, "[^a-z]*", "([A-Z]{3})?", "([A-Z]{3})?", "", "", "", "(" ROLES "|" KINDS ")?", "(" ROLES ")?", ""
#define NO_GEO "0", "", "", "", "", "", "", ""

static const char *const gdelt[] = {
	NUMBER, YMD, "[0-9]{6}", "[0-9]{4}", "[0-9]{4}\\.[0-9]{4}", ACTOR_FIELDS, ACTOR_FIELDS, "[01]", CAMEO_CODE, "[0-9]{3}", "[0-9]{2}", "[1-4]",
	SCORE, NUMBER, NUMBER, NUMBER, "", NO_GEO, NO_GEO,
	"[01]", ".*", "([A-Z]{2})?", "([A-Z]{2})?", "", "", "", "([A-Z]{2})?", YMD "000000", "https://.*",
};

static void gdelt_events(void **state)
{
	struct fixture *f = *state;
	const char *line;

	assert_int_equal(sizeof gdelt / sizeof *gdelt, 61);
	export(f, "gdelt", false, (struct chancery_query){ 0 });
	CHECK_ALL(f, 0, gdelt);
	for (size_t i = 0; i < f->n; i++) {
		struct ch_str code = field(f->line[i], 26);
		char quad[4];

		assert_true(ch_str_starts(code, field(f->line[i], 27)));
		assert_true(ch_str_starts(code, field(f->line[i], 28)));
		snprintf(quad, sizeof quad, "%d", ch_quad_gdelt(code));
		assert_field(f->line[i], 29, quad);
		for (size_t k = 0; k < i; k++)
			assert_false(ch_str_eq(field(f->line[i], 0), field(f->line[k], 0)));
	}
	line = with(f, 26, "042");
	assert_field(line, 1, "19771119");
	assert_field(line, 4, "1977.8740");     /* 1977 + (10 * 30 + 19) / 365 */
	assert_field(line, 5, "EGYGOV");
	assert_field(line, 6, "ANWAR SADAT");
	assert_field(line, 12, "GOV");
	assert_field(line, 15, "ISR");
	assert_field(line, 30, "1.9");
	assert_field(line, 51, "1");
	assert_field(line, 52, "Israel");
	assert_field(line, 53, "IS");           /* FIPS 10-4, not ISO */
	assert_field(line, 59, "19771120000000");
	/* three that meet are six pairs; the United Nations are UNO here only */
	assert_int_equal(count(f, 26, "046"), 6);
	assert_int_equal(count(f, 5, "IGOUNO"), 2 + 2);   /* … and two of the aid that is to come */
	line = with(f, 5, "IGOUNO");
	assert_field(line, 7, "");
	assert_field(line, 8, "UNO");
	assert_field(line, 12, "IGO");
	/* nobody protests against anybody; without a country the role is all there is */
	line = with(f, 26, "141");
	assert_field(line, 5, "REB");
	assert_field(line, 15, "");
	assert_field(line, 1, "19771201");
	assert_field(line, 53, "TW");
	/* an embargo to come is a threat of it, aid to come an intent; the separatists' place has no code */
	line = with(f, 26, "1312");
	assert_field(line, 1, "19771201");
	assert_field(line, 15, "GEOSEP");
	assert_field(line, 29, "3");
	assert_field(line, 51, "0");
	assert_int_equal(count(f, 26, "0331"), 4);
	assert_int_equal(count(f, 26, "195"), 0);    /* denied */
	assert_int_equal(count(f, 26, "057"), 1);    /* the other of them has no date */
	assert_int_equal(count(f, 26, "106"), 0);    /* a word to come */
	line = with(f, 26, "110");                   /* without a code: that of its type */
	assert_field(line, 6, "ACME MINES");         /* no tab */
	assert_field(line, 5, "MNCBUS");
	assert_field(line, 15, "");
	assert_field(line, 16, "PILGRIMS");
	line = with(f, 26, "040");                   /* undated: the day of the page */
	assert_field(line, 1, "19771120");
	assert_string_equal(f->done.note, "not mapped: actor 1, organisation 1, country 1, place 1, CAMEO code (the type's was written) 1, "
			    "month or year (its first day was written) 3, unsaid date (that of the page was written) 1; "
			    "events left out: denied, hypothetical or only to be said 2, without a date that fits 1");
}

static const char *const mentions[] = {
	NUMBER, YMD "000000", YMD "000000", "1", "The Record", "https://.*", NUMBER, "-1", "-1", "[0-9]+", "[01]", "100|[1-9]0", "", "", "", "",
};

static void gdelt_mentions(void **state)
{
	struct fixture *f = *state;
	const char *line;
	char id[32];

	assert_int_equal(sizeof mentions / sizeof *mentions, 16);
	export(f, "gdelt", false, (struct chancery_query){ .mode = "visit" });
	snprintf(id, sizeof id, "%.*s", CH_STR_ARG(field(f->line[0], 0)));
	put_page((struct ch_store *)f->store, " again", true);
	export(f, "gdelt-mentions", false, (struct chancery_query){ 0 });
	CHECK_ALL(f, 0, mentions);
	assert_int_equal(count(f, 0, id), 2);        /* two pages tell of one event */
	line = with(f, 0, id);
	assert_field(line, 6, "2");
	assert_field(line, 11, "80");
	assert_field(line, 10, "0");                 /* "the president of Egypt" */
	export(f, "gdelt", false, (struct chancery_query){ .mode = "visit" });
	assert_field(f->line[0], 31, "2");
	assert_field(f->line[0], 32, "1");
	assert_field(f->line[0], 33, "2");
}

static const char *const phoenix[] = {
	NUMBER "_0\\.1", YMD, "[0-9]{4}", "[1-9]|1[0-2]", "[1-9]|[12][0-9]|3[01]",
	ACTOR_CODE, "([A-Z]{3})?", "(" ROLES ")?", "([A-Z]{3}(;[A-Z]{3})?)?", ACTOR_CODE, "([A-Z]{3})?", "(" ROLES ")?", "([A-Z]{3}(;[A-Z]{3})?)?",
	CAMEO_CODE, "[0-9]{2}", "[0-4]", SCORE, "([A-Z_]+,[0-9]+(;[A-Z_]+,[0-9]+)*)?", "", "", ".*", "", "([A-Z]{3})?",
	"[0-9a-f]{32}_[0-9]+(;[0-9a-f]{32}_[0-9]+)*", "https://[^;]*(;https://[^;]*)*", "The Record",
};

static void phoenix_rows(void **state)
{
	struct fixture *f = *state;
	const char *line;

	assert_int_equal(sizeof phoenix / sizeof *phoenix, 26);
	export(f, "phoenix", false, (struct chancery_query){ 0 });
	CHECK_ALL(f, 0, phoenix);
	line = with(f, 13, "042");
	assert_field(line, 6, "EGY");
	assert_field(line, 7, "GOV");
	assert_field(line, 15, "1");
	assert_field(line, 17, "ECONOMIC,1;DIPLOMATIC,1");
	assert_field(line, 22, "ISR");
	assert_field(line, 24, "https://record.example/a%3Bb?c=1");
	assert_int_equal(count(f, 8, "UNO"), 4);
	/* traps: 03 is verbal cooperation, 16 would be words */
	assert_int_equal(ch_quad_phoenix(CH_STR("163")), 3);
	assert_int_equal(ch_quad_gdelt(CH_STR("163")), 4);
	assert_int_equal(ch_quad_phoenix(CH_STR("021")), 0);
	assert_int_equal(ch_quad_phoenix(CH_STR("030")), 1);
	assert_int_equal(ch_quad_phoenix(CH_STR("071")), 2);
	assert_int_equal(ch_quad_phoenix(CH_STR("150")), 4);
	assert_int_equal(ch_quad_gdelt(CH_STR("9")), 0);
}

static const char *const petrarch[] = {
	YMD, "---|([A-Z]{3}){1,5}", "---|([A-Z]{3}){1,5}", CAMEO_CODE, "([A-Z_]+,[0-9]+(;[A-Z_]+,[0-9]+)*)?", "[0-9a-f]{32}_[0-9]+.*", "https://.*",
	"The Record", ".+", ".*", ".+", ".+", ".*",
};

static void petrarch_rows(void **state)
{
	struct fixture *f = *state;
	const char *line;

	export(f, "petrarch", false, (struct chancery_query){ 0 });
	CHECK_ALL(f, 0, petrarch);
	line = with(f, 3, "141");
	assert_field(line, 1, "REB");
	assert_field(line, 2, "---");
	assert_field(line, 12, "");
	line = with(f, 3, "110");
	assert_field(line, 2, "---");
	assert_field(line, 12, "pilgrims");
}

static const char *const icews[] = {
	NUMBER, ISO, ".+", "[A-Za-z /]*", "[A-Za-z ]*", "[A-Z][a-z].*", CAMEO_CODE, SCORE, ".*", "[A-Za-z /]*", "[A-Za-z ]*", "[0-9a-f]{32}", NUMBER,
	"The Record", "", "", "", "[A-Za-z ]*", "", "",
};

static void icews_rows(void **state)
{
	struct fixture *f = *state;
	const char *line;

	assert_int_equal(sizeof icews / sizeof *icews, 20);
	export(f, "icews", false, (struct chancery_query){ 0 });
	assert_string_equal(f->line[0], "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
			    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
			    "Country\tLatitude\tLongitude");
	CHECK_ALL(f, 1, icews);
	line = with(f, 6, "042");
	assert_field(line, 2, "Anwar Sadat");
	assert_field(line, 3, "Government");
	assert_field(line, 4, "Egypt");
	assert_field(line, 5, "Make a visit");
	assert_field(line, 10, "Israel");
	for (size_t i = 1; i < f->n; i++)            /* the key is id and date */
		for (size_t k = 1; k < i; k++)
			assert_false(ch_str_eq(field(f->line[i], 0), field(f->line[k], 0)) &&
				     ch_str_eq(field(f->line[i], 1), field(f->line[k], 1)));
}

#define PLOVER_SECTOR "None|GOV|MIL|LEG|JUD|COP|SPY|PTY|OPP|REB|PRM|UAF|UNK|BUS|CVL|EDU|ELI|JRN|LAB|MED|REF|REL|SOC|CRM|AGR|PRE"
#define PLOVER_TYPE "AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT"
#define POLECAT_SIDE ".+", "None|[A-Z]{3}", "None|[1-9][0-9]{0,2}", PLOVER_SECTOR, PLOVER_SECTOR, ".+", ".+", "None"
#define NONE "None"

static const char *const polecat[] = {
	"[0-9a-f]{32}-[0-9]+", ISO, PLOVER_TYPE, "None|visit|multilateral|phone|third-party|demo|restrict|disapprove", SCORE, "(VERBAL|MATERIAL) (COOPERATION|CONFLICT)",
	"None|[a-z_]+(;[a-z_]+)*", POLECAT_SIDE, POLECAT_SIDE,
	".+", NONE, NONE, NONE, "None|[A-Z]{3}", NONE, NONE, NONE, NONE, "None|PCLI", "The Record", ISO, NONE, NONE, NONE, "en", "0\\.1",
};

static void polecat_rows(void **state)
{
	struct fixture *f = *state;
	const char *line;

	assert_int_equal(sizeof polecat / sizeof *polecat, 40);
	export(f, "polecat", false, (struct chancery_query){ 0 });
	assert_field(f->line[0], 4, "Event Intensity");
	assert_field(f->line[0], 22, "Wikipedia Recipient ID");
	assert_field(f->line[0], 39, "Version");
	CHECK_ALL(f, 1, polecat);
	line = with(f, 3, "visit");
	assert_field(line, 4, "4.0");
	assert_field(line, 5, "VERBAL COOPERATION");
	assert_field(line, 6, "economic;diplomatic");
	assert_field(line, 9, "651");
	assert_field(line, 12, "President");
	assert_field(line, 17, "666");
	assert_int_equal(count(f, 2, "AGREE"), 4);
	line = with(f, 2, "THREATEN");
	assert_field(line, 3, "None");
	assert_field(line, 4, "-3.5");
	assert_field(line, 15, "Abkhazia");
	line = with(f, 2, "PROTEST");
	for (size_t i = 15; i < 23; i++)
		assert_field(line, i, "None");
	assert_int_equal(count(f, 3, "letter"), 0);
	assert_int_equal(count(f, 3, "sign"), 0);
	assert_non_null(strstr(f->done.note, "mode 2"));
}

/* ---- CSV ---- */

static void csv_and_dictionary(void **state)
{
	struct fixture *f = *state;
	static const char *const formats[] = { "csv", "gdelt", "gdelt-mentions", "phoenix", "petrarch", "icews", "polecat", "dyad-day", "dyad-month" };
	static const size_t columns[] = { 24, 61, 16, 26, 13, 20, 40, 10, 10 };
	char head[2048] = "";

	export(f, "csv", false, (struct chancery_query){ 0 });
	snprintf(head, sizeof head, "%s", f->line[0]);
	assert_int_equal(f->n, 1 + sizeof told / sizeof *told);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		forget(f);
		assert_true(chancery_export_columns(formats[i], take, f, &f->error));
		assert_string_equal(f->line[0], "column,type,meaning,values");
		assert_int_equal(f->n - 1, columns[i]);
		for (size_t k = 1; k < f->n; k++) {
			struct ch_str rest = ch_str_z(f->line[k]), name = rest, type = rest;

			assert_true(ch_str_cut(&rest, ',', &name) && ch_str_cut(&rest, ',', &type) && name.len && rest.len > 3);
			if (!ch_str_eqz(type, "text") && !ch_str_eqz(type, "number") && !ch_str_eqz(type, "code") && !ch_str_eqz(type, "date") &&
			    !ch_str_eqz(type, "list") && !ch_str_eqz(type, "flag"))
				fail_msg("%s: %s", formats[i], f->line[k]);
			/* the dictionary of csv has the columns of its header, in their order */
			if (!i) {
				struct ch_str all = ch_str_z(head), column = CH_STR("");

				for (size_t c = 0; c < k; c++)
					assert_true(ch_str_cut(&all, ',', &column));
				assert_true(ch_str_eq(column, name));
			}
		}
	}
	assert_false(chancery_export_columns("ftm", take, f, &f->error));
	assert_false(chancery_export_has("runes", &f->error));
	assert_non_null(strstr(f->error.text, "gdelt-mentions"));
	assert_true(chancery_export_has("dyad-month", &f->error));
}

static bool has_line(struct fixture *f, const char *line)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->line[i], line) == 0)
			return true;
	return false;
}

static void series(void **state)
{
	struct fixture *f = *state;

	export(f, "dyad-day", false, (struct chancery_query){ 0 });
	assert_string_equal(f->line[0], "date,source,target,events,plover_mean,plover_sum,verbal_cooperation,material_cooperation,verbal_conflict,"
			    "material_conflict");
	/* Sadat's visit and the meeting of three are of different pairs; what Israel did stands apart from what Egypt did */
	assert_true(has_line(f, "1977-11-19,EGY,ISR,1,4.000,4.0,1,0,0,0"));
	assert_true(has_line(f, "1977-11-19,ISR,EGY,1,-7.000,-7.0,0,0,0,1"));
	assert_true(has_line(f, "1977-11-19,UN,FRA,1,4.000,4.0,1,0,0,0"));
	assert_true(has_line(f, "1977-11-22,TWN,NAM,1,1.500,1.5,1,0,0,0"));
	assert_int_equal(f->n, 1 + 8 + 1 + 1);
	for (size_t i = 2; i < f->n; i++)
		assert_true(strcmp(f->line[i - 1], f->line[i]) < 0 || i == 1);   /* in order of day, source, target */
	assert_non_null(strstr(f->done.note, "without a second party 1"));
	export(f, "dyad-month", false, (struct chancery_query){ 0 });
	assert_true(has_line(f, "1955-05,FRA,ISR,1,5.000,5.0,1,0,0,0"));
	assert_true(has_line(f, "1977-12,FRA,Abkhazia,1,-3.500,-3.5,0,0,1,0"));
	assert_int_equal(f->n, 1 + 10 + 1 + 1);
}

static void series_are_filled(void **state)
{
	struct fixture *f = *state;
	size_t zeros = 0;

	export(f, "dyad-day", true, (struct chancery_query){ .since = "1977-11-19", .until = "1977-11-24", .who = "TWN" });
	/* one pair with anything on a day of six */
	assert_int_equal(f->n, 1 + 6);
	assert_string_equal(f->line[1], "1977-11-19,TWN,NAM,0,,0.0,0,0,0,0");
	assert_string_equal(f->line[4], "1977-11-22,TWN,NAM,1,1.500,1.5,1,0,0,0");
	assert_string_equal(f->line[6], "1977-11-24,TWN,NAM,0,,0.0,0,0,0,0");
	export(f, "dyad-month", true, (struct chancery_query){ .since = "1977" });
	for (size_t i = 1; i < f->n; i++)
		zeros += strstr(f->line[i], ",0,,0.0,0,0,0,0") != NULL;
	/* 1977-01 to 1977-12, ten pairs: eight and Acme's and Taiwan's of November, Abkhazia's of December */
	assert_int_equal(f->n, 1 + 12 * 11);
	assert_int_equal(zeros, 12 * 11 - 11);
	assert_false(chancery_export(f->store, &(struct chancery_export_how){ "csv", true }, &(struct chancery_query){ 0 }, take, f, NULL, &f->error));
	assert_non_null(strstr(f->error.text, "--fill"));
	/* nothing to fill */
	export(f, "dyad-day", true, (struct chancery_query){ .since = "1999", .until = "1999" });
	assert_int_equal(f->n, 1);
}

/* ---- the rest ---- */

static void forbidden_words_stay(void **state)
{
	struct fixture *f = *state;
	static const char *const formats[] = { "plover", "csv", "jsonl", "gdelt", "gdelt-mentions", "phoenix", "petrarch", "icews", "polecat", "ftm",
					       "jsonld" };

	chancery_store_close(f->store);
	unlink(f->path);
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	put_page((struct ch_store *)f->store, " all rights reserved", true);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		export(f, formats[i], false, (struct chancery_query){ 0 });
		assert_true(f->n > 0);
		for (size_t k = 0; k < f->n; k++) {
			assert_null(strstr(f->line[k], "He wrote to the prime minister"));
			assert_true(strcmp(formats[i], "jsonld") != 0 || !strstr(f->line[k], "No more war"));
		}
	}
	assert_true(f->done.withheld > 0);
}

static bool only_one(void *ctx, const char *line, size_t size)
{
	(void)line;
	(void)size;
	return ++*(size_t *)ctx < 1;
}

static void whoever_has_enough_gets_no_more(void **state)
{
	struct fixture *f = *state;
	static const char *const formats[] = { "plover", "csv", "gdelt", "ftm", "jsonld", "dyad-day", "dyad-month" };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t n = 0;

		assert_true(chancery_export(f->store, &(struct chancery_export_how){ formats[i], strncmp(formats[i], "dyad", 4) == 0 },
					    &(struct chancery_query){ 0 }, only_one, &n, NULL, &f->error));
		assert_int_equal(n, 1);
	}
}

/* What a page says is a text to a spreadsheet too; numbers may begin with what they like. */
static void no_formula(void **state)
{
	struct fixture *f = *state;
	struct ch_arena arena = { 0 };
	bool text = false, number = false;
	struct ch_err err;
	struct ch_doc doc;

	sample_doc(&doc, &arena, " Once more.", "1981-10-06");
	doc.meta.outlet = CH_STR("=HYPERLINK(\"x\")");
	doc.events.v[0].date = CH_STR("1981-10-06");
	assert_true(ch_store_begin((struct ch_store *)f->store, &err));
	assert_true(ch_store_put((struct ch_store *)f->store, ch_page_record(&doc, (struct ch_stamp){ "0.1", "-7", "model 7" }), &err));
	assert_true(ch_store_commit((struct ch_store *)f->store, &err));
	ch_arena_free(&arena);
	export(f, "csv", false, (struct chancery_query){ .since = "1981" });
	for (size_t i = 0; i < f->n; i++)
		text = text || (strstr(f->line[i], ",\"'=HYPERLINK(\"\"x\"\")\",") && strstr(f->line[i], ",\"'-7\","));
	assert_true(text);
	export(f, "dyad-day", false, (struct chancery_query){ 0 });
	for (size_t i = 0; i < f->n; i++)
		number = number || strstr(f->line[i], ",-");
	assert_true(number);
}

/* Pieces of one event each, laid behind each other, are the whole; entities that pieces share may come again. */
static void a_piece_at_a_time(void **state)
{
	static const char *const formats[] = { "plover", "csv", "jsonl", "gdelt", "gdelt-mentions", "phoenix", "petrarch", "icews", "polecat", "ftm", "jsonld",
					       "dyad-day" };
	static const char *const wrong[] = { "1", "0:x", "9:", "-1:", "1:1977-11-19.1..00000000" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		const bool entities = strcmp(formats[i], "ftm") == 0 || strcmp(formats[i], "jsonld") == 0;
		struct fixture parts = { .n = 0 };
		char after[CHANCERY_NEXT] = "", next[CHANCERY_NEXT];
		size_t pieces = 0, at = 0;

		export(f, formats[i], false, (struct chancery_query){ 0 });
		do {
			if (!chancery_export(f->store, &(struct chancery_export_how){ formats[i], false },
					     &(struct chancery_query){ .limit = 1, .after = after, .next = next }, take, &parts, NULL, &f->error))
				fail_msg("%s: %s", formats[i], f->error.text);
			memcpy(after, next, sizeof after);
			assert_true(++pieces < 100);
		} while (*next);
		assert_true(strcmp(formats[i], "dyad-day") == 0 ? pieces == 1 : pieces >= sizeof told / sizeof *told);
		assert_true(entities ? parts.n > f->n : parts.n == f->n);
		/* all of the whole, in its order */
		for (size_t k = 0; k < parts.n && at < f->n; k++)
			at += strcmp(parts.line[k], f->line[at]) == 0;
		if (at != f->n)
			fail_msg("%s: no %s", formats[i], f->line[at]);
		forget(&parts);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(chancery_export(f->store, &(struct chancery_export_how){ "jsonld", false }, &(struct chancery_query){ .after = wrong[i] }, take, f, NULL, &f->error));
	assert_false(chancery_export(f->store, &(struct chancery_export_how){ "dyad-day", false }, &(struct chancery_query){ .after = "0:" }, take, f, NULL, &f->error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(gdelt_events, setup, teardown),
		cmocka_unit_test_setup_teardown(gdelt_mentions, setup, teardown),
		cmocka_unit_test_setup_teardown(phoenix_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(petrarch_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(icews_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(polecat_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_and_dictionary, setup, teardown),
		cmocka_unit_test_setup_teardown(series, setup, teardown),
		cmocka_unit_test_setup_teardown(series_are_filled, setup, teardown),
		cmocka_unit_test_setup_teardown(forbidden_words_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(no_formula, setup, teardown),
		cmocka_unit_test_setup_teardown(a_piece_at_a_time, setup, teardown),
		cmocka_unit_test_setup_teardown(whoever_has_enough_gets_no_more, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
