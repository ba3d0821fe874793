/* What HTTP wants, whatever is asked: methods, names, tags, packing, who may write, paths that try to get out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <expat.h>
#include <jansson.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>
#include "each.h"
#include "../store/where.h"

struct kept {
	struct site site;      /* first: what a test is given */
	struct where at;
};

static int setup(void **state)
{
	struct kept *k = malloc(sizeof *k);

	*k = (struct kept){ 0 };
	where_make(&k->at);
	assert_true(site_make_at(&k->site, k->at.path));
	*state = k;
	return 0;
}

static int teardown(void **state)
{
	struct kept *k = *state;

	site_remove(&k->site);
	where_remove(&k->at);
	free(k);
	return 0;
}

static void routes(void **state)
{
	static const struct ask asks[] = {
		{ "GET", "/api/v1/about", NULL, NULL, 200, "\"writes\":true" },
		{ "GET", "/api/v1/health", NULL, NULL, 200, "{\"status\":\"ok\"}" }, { "POST", "/api/v1/health", NULL, NULL, 405, NULL },
		{ "GET", "/api/v1/stream?record=roles", NULL, NULL, 200, "retry: 2000\nid: " }, { "GET", "/api/v1/stream?record=pages&about=x", NULL, NULL, 200, "id: 1\n" },
		{ "GET", "/api/v1/stream?record=none", NULL, NULL, 400, "no register" }, { "GET", "/api/v1/stream?record=roles&search=war", NULL, NULL, 400, "says nothing of" },
		{ "GET", "/robots.txt", NULL, NULL, 200, "User-agent: *\nDisallow: /\n" }, { "POST", "/robots.txt", NULL, NULL, 405, NULL },
		{ "GET", "/api/v1/events", NULL, NULL, 200, "\"CONSULT\"" },
		{ "GET", "/api/v1/visits?who=EGY&with=ISR", NULL, NULL, 200, "\"visit\"" },
		{ "GET", "/api/v1/events?since=1978", NULL, NULL, 200, "\"records\":[]" },
		{ "GET", "/api/v1/events?since=yesterday", NULL, NULL, 400, "since" },
		{ "GET", "/api/v1/events?limit=0x10", NULL, NULL, 400, "limit" },
		{ "GET", "/api/v1/events?limit=-1", NULL, NULL, 400, "limit" },
		{ "GET", "/api/v1/events?limit=99999999999999999999", NULL, NULL, 400, "limit" },
		{ "GET", "/api/v1/quotes?search=war", NULL, NULL, 200, "No more war" },
		{ "GET", "/api/v1/search?words=egypt+visit*", NULL, NULL, 200, "visited Jerusalem" },
		{ "GET", "/api/v1/search", NULL, NULL, 400, "words" },
		{ "GET", "/api/v1/se%61rch?words=egypt", NULL, NULL, 200, "visited Jerusalem" },
		{ "GET", "/api/v1/pages", NULL, NULL, 200, "\"records\":[{" },
		{ "GET", "/api/v1/pages/0000000000000000", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/why/nothing", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/pairs/EGY/ISR", NULL, NULL, 200, "CONSULT" },
		{ "GET", "/api/v1/pairs/EGY", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/pairs//ISR", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/coverage?by=weather", NULL, NULL, 400, "{\"error\":\"by wants outlet, month, lang or version" },
		{ "GET", "/api/v1/pairs/EGY/EGY", NULL, NULL, 404, "no pair" },
		{ "GET", "/api/v1/agenda?state=unknown", NULL, NULL, 400, "state" },
		{ "GET", "/api/v1", NULL, NULL, 404, NULL }, { "GET", "/api", NULL, NULL, 404, NULL }, { "GET", "/api/v2/events", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/a/b/c/d/e/f", NULL, NULL, 404, NULL },
		{ "GET", "/", NULL, NULL, 200, "<!doctype html>" }, { "GET", "/country/EGY?tab=visits", NULL, NULL, 200, "<!doctype html>" },
		{ "GET", "/person/J.%20Doe", NULL, NULL, 200, "<!doctype html>" }, { "GET", "/favicon.gif", NULL, NULL, 404, NULL },
		{ "GET", "/assets/none.js", NULL, NULL, 404, NULL },
	};

	EACH(*state, asks);
}

/* As the command gives them, each with its own media type. */
static void exports(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/api/v1/export/plover", NULL, NULL, 200, "\"has_event\":true" }, { "GET", "/api/v1/export/csv?who=EGY", NULL, NULL, 200, "id,type,mode,source," },
		{ "GET", "/api/v1/export/csv?who=FRA", NULL, NULL, 200, "id,type,mode,source," }, { "GET", "/api/v1/export/jsonld", NULL, NULL, 200, "\"Event\"" },
		{ "GET", "/api/v1/export/ftm?type=CONSULT", NULL, NULL, 200, "\"schema\"" }, { "GET", "/api/v1/export/gdelt", NULL, NULL, 200, "\t19771119\t" },
		{ "GET", "/api/v1/export/dyad-month", NULL, NULL, 200, "month,source,target" }, { "GET", "/api/v1/export/dyad-day?fill=1", NULL, NULL, 200, "1977-11-19,EGY,ISR,1" },
		{ "GET", "/api/v1/export/icews?dictionary=1", NULL, NULL, 200, "column,type,meaning,values\n" },
		{ "GET", "/api/v1/export/plover?dictionary=1", NULL, NULL, 400, "no columns" }, { "GET", "/api/v1/export/plover?fill=1", NULL, NULL, 400, "dyad-month" },
		{ "GET", "/api/v1/export/xls", NULL, NULL, 404, "no format 'xls'" }, { "GET", "/api/v1/export/csv?since=soon", NULL, NULL, 400, "since" },
		{ "GET", "/api/v1/export/csv?search=war", NULL, NULL, 400, "says nothing of" }, { "GET", "/api/v1/export/csv", "Accept: application/json", NULL, 406, NULL },
		{ "GET", "/api/v1/export", NULL, NULL, 404, NULL },
	};

	struct chancery_error error;
	struct ch_arena arena = { 0 };
	struct chancery_store *store;
	bool quoted = false;

	EACH(s, asks);
	/* registers come behind the events, in pieces of their own */
	assert_true(chancery_store_open(s->path, false, &store, &error));
	site_ask(s, "GET", "/api/v1/export/jsonld", NULL, NULL);
	assert_non_null(s->answer.piece);
	for (struct ch_str piece = s->answer.body; piece.len;) {
		quoted = quoted || ch_str_find(piece, CH_STR("\"Quotation\""), 0) != CH_STR_NONE;
		ch_arena_reset(&arena);
		assert_true(s->answer.piece(s->answer.ctx, store, &arena, &piece));
	}
	assert_true(quoted);
	ch_arena_free(&arena);
	chancery_store_close(store);
	assert_string_equal(site_ask(s, "GET", "/api/v1/export/gdelt", NULL, NULL)->type, "text/tab-separated-values; charset=utf-8");
	assert_true(ch_str_eqz(site_header(&s->answer, "Content-Disposition"), "attachment; filename=\"gdelt.tsv\""));
}

/* What a list gives is there by itself, letter for letter, and only below its own register. */
static void one_record(void **state)
{
	static const char *const registers[] = { "events", "visits", "letters", "roles", "positions", "tallies", "gatherings", "initiatives", "relations", "marks" };
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/api/v1/roles/nothing", NULL, NULL, 404, "no record" }, { "GET", "/api/v1/none/0123", NULL, NULL, 404, "nothing at this path" },
		{ "GET", "/api/v1/roles/%27", NULL, NULL, 404, NULL }, { "DELETE", "/api/v1/roles/0123", NULL, NULL, 405, NULL },
		{ "GET", "/api/v1/watchlists/none", NULL, NULL, 404, "no watch-list" }, { "GET", "/api/v1/roles/0123/0123", NULL, NULL, 404, NULL },
	};
	char target[100], id[40];
	json_t *list, *one;

	EACH(s, asks);
	for (size_t i = 0; i < sizeof registers / sizeof *registers; i++) {
		snprintf(target, sizeof target, "/api/v1/%s", registers[i]);
		site_ask(s, "GET", target, NULL, NULL);
		list = json_loadb(s->answer.body.ptr, s->answer.body.len, 0, NULL);
		snprintf(id, sizeof id, "%s", json_string_value(json_object_get(json_array_get(json_object_get(list, "records"), 0), "id")));
		snprintf(target, sizeof target, "/api/v1/%s/%s", registers[i], id);
		each(s, &(struct ask){ "GET", target, NULL, NULL, 200, id }, 1);
		one = json_loadb(s->answer.body.ptr, s->answer.body.len, 0, NULL);
		assert_true(json_equal(one, json_array_get(json_object_get(list, "records"), 0)));
		json_decref(one);
		json_decref(list);
		/* the beginning of an id will do where it is one's only */
		snprintf(target, sizeof target, "/api/v1/%s/%.12s", registers[i], id);
		each(s, &(struct ask){ "GET", target, NULL, NULL, 200, id }, 1);
		snprintf(target, sizeof target, "/api/v1/%s/%s", strcmp(registers[i], "roles") == 0 ? "marks" : "roles", id);
		each(s, &(struct ask){ "GET", target, NULL, NULL, 404, "none of the" }, 1);
	}
}

/* Nothing of a path, a query or a header reaches a file or SQL otherwise than as a value. */
static void hostile(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/../etc/passwd", NULL, NULL, 404, NULL }, { "GET", "/assets/../../etc/passwd", NULL, NULL, 404, NULL },
		{ "GET", "/country/../../etc/passwd", NULL, NULL, 404, NULL },
		{ "GET", "/%2e%2e/%2e%2e/etc/passwd", NULL, NULL, 200, "<!doctype html>" },   /* a view like any: no path is made of it */
		{ "GET", "/api/v1/%2e%2e", NULL, NULL, 404, NULL }, { "GET", "/api/v1/..%2f..%2fetc%2fpasswd", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/pages/..%2f..%2fetc%2fpasswd", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/pages/%252e%252e", NULL, NULL, 404, "%2e%2e" },
		{ "GET", "/api/v1/pages/a%00b", NULL, NULL, 400, NULL }, { "GET", "/api/v1/pages/%C0%AE%C0%AE", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/pages/%ED%A0%80", NULL, NULL, 400, NULL }, { "GET", "/api/v1/pages/%F4%90%80%80", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/pages/%", NULL, NULL, 400, NULL }, { "GET", "/api/v1/pages/%4", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/pages/%zz", NULL, NULL, 400, NULL }, { "GET", "/%ff", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/events?who=%00", NULL, NULL, 400, NULL }, { "GET", "/api/v1/events?who=%C3", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/events?who=%", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/events?who=EGY'+OR+'1'='1", NULL, NULL, 200, "\"records\":[]" },
		{ "GET", "/api/v1/events?type=x'%3B+DROP+TABLE+events%3B--", NULL, NULL, 400, "type: no type of event is called" },
		{ "GET", "/api/v1/search?words=%22", NULL, NULL, 400, NULL },
		{ "GET", "/api/v1/search?words=NEAR(+OR+*", NULL, NULL, 200, NULL },
		{ "GET", "/api/v1/why/'+UNION+SELECT+1--", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/events'--", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/pairs/%3Cscript%3E/%22%3E", NULL, NULL, 404, NULL },
		{ "BREW", "/api/v1/events", NULL, NULL, 501, NULL }, { "", "/", NULL, NULL, 501, NULL }, { "get", "/", NULL, NULL, 501, NULL },
		{ "GET", "", NULL, NULL, 404, NULL }, { "GET", "http://elsewhere/", NULL, NULL, 404, NULL },
	};
	char many[4096] = "/api/v1/events?", *end = many + strlen(many), *longer = malloc(40000);

	EACH(s, asks);
	for (int i = 0; i < CH_SERVE_FIELDS_MAX + 1; i++)
		end += sprintf(end, "a%d=1&", i);
	each(s, &(struct ask){ "GET", many, NULL, NULL, 431, NULL }, 1);
	memset(longer, 'a', 39999);
	longer[39999] = '\0';
	memcpy(longer, "/api/v1/", 8);
	each(s, &(struct ask){ "GET", longer, NULL, NULL, 414, NULL }, 1);
	memcpy(longer, "/api/v1/events?who=", 19);
	each(s, &(struct ask){ "GET", longer, NULL, NULL, 414, NULL }, 1);
	free(longer);
	each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 200, "CONSULT" }, 1);
}

/* What a link asks for by `format`, a program by Accept; and no parameter that is not known gives everything. */
static void lists(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/api/v1/visits?format=csv", NULL, NULL, 200, "date,visitor,host,who,place,status,rank,sentence,invited by,delegation,id\r\n1977-11-19," },
		{ "GET", "/api/v1/visits", "Accept: text/csv", NULL, 200, "date,visitor," }, { "GET", "/api/v1/visits?format=jsonl", NULL, NULL, 200, "\n" },
		{ "GET", "/api/v1/visits", "Accept: application/x-ndjson", NULL, 200, "{\"id\"" },
		{ "GET", "/api/v1/visits?format=csv&who=FRA", NULL, NULL, 200, "date,visitor," }, { "GET", "/api/v1/visits?format=csv&limit=0", NULL, NULL, 200, "EGY" },
		{ "GET", "/api/v1/visits?format=json", "Accept: text/csv", NULL, 200, "{\"records\":[" }, { "GET", "/api/v1/visits", "Accept: image/png", NULL, 406, NULL },
		{ "GET", "/api/v1/visits?format=xml", NULL, NULL, 400, "json, jsonl or csv" }, { "GET", "/api/v1/visits?limit=0", NULL, NULL, 400, "format=csv" },
		{ "GET", "/api/v1/visits?limit=1001", NULL, NULL, 400, "1000" }, { "GET", "/api/v1/visits?whoo=EGY", NULL, NULL, 400, "whoo" },
		{ "GET", "/api/v1/visits?who=EGY&who=FRA", NULL, NULL, 400, "twice" }, { "GET", "/api/v1/visits?search=war", NULL, NULL, 400, "says nothing of" },
		{ "GET", "/api/v1/pages?who=EGY", NULL, NULL, 400, "who says nothing of pages" }, { "GET", "/api/v1/visitss", NULL, NULL, 404, "no register" },
		{ "GET", "/api/v1/visits?after=1977", NULL, NULL, 400, "no place" }, { "GET", "/api/v1/about?limit=1", NULL, NULL, 400, "limit" },
		{ "GET", "/api/v1/pledges?state=open&today=1970-01-01", NULL, NULL, 200, "\"state\":\"open\"" },
		{ "GET", "/api/v1/pledges?state=kept", NULL, NULL, 200, "\"records\":[]" }, { "GET", "/api/v1/pledges?state=x", NULL, NULL, 400, "state" },
		{ "GET", "/api/v1/conflicts?format=csv", NULL, NULL, 200, "conflict,kind" },
		{ "GET", "/api/v1/search?words=visited&format=csv", NULL, NULL, 200, "visited Jerusalem" },
		{ "GET", "/api/v1/suggest", NULL, NULL, 400, "words" },
		{ "GET", "/api/v1/events?about=%27", NULL, NULL, 400, "{\"error\":\"about: a word is wanted, not '''\"}" },
		{ "GET", "/api/v1/instruments?about=(*)", NULL, NULL, 400, "{\"error\":\"about: a word" }, { "GET", "/api/v1/pages?about=-", NULL, NULL, 400, "about: a word" },
		{ "GET", "/api/v1/quotes?search=%5E", NULL, NULL, 400, "{\"error\":\"search: a word" }, { "GET", "/api/v1/stories?about=:", NULL, NULL, 400, "about: a word" },
		{ "GET", "/api/v1/events?about=%E2%80%94", NULL, NULL, 200, "\"records\":[]" }, { "GET", "/api/v1/visits?since=zz", NULL, NULL, 400, "{\"error\":\"since wants" },
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "\"registers\":{\"events\":2,\"visits\":1,\"meetings\":0,\"letters\":1,\"quotes\":1," },
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "{\"code\":\"EGY\",\"kind\":null,\"name\":null,\"events\":2,\"cooperation\":2,\"conflict\":0}" },
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "\"months\":[{\"month\":\"1977-11\",\"cooperation\":1,\"conflict\":0}]" },
		{ "GET", "/api/v1/series", NULL, NULL, 200, "{\"period\":\"1977-11\",\"key\":null,\"events\":1},{\"period\":null,\"key\":null,\"events\":1}" },
		{ "GET", "/api/v1/series?period=week&by=side", NULL, NULL, 200, "{\"period\":\"1977-11-14\",\"key\":\"cooperation\",\"events\":1}" },
		{ "GET", "/api/v1/series?period=day&record=visits&format=csv", NULL, NULL, 200, "period,key,events\r\n1977-11-19,,1\r\n" },
		{ "GET", "/api/v1/series?period=all&by=party&who=EGY&format=csv", NULL, NULL, 200, "events\r\n,ISR,2\r\n" },
		{ "GET", "/api/v1/series?by=party", NULL, NULL, 400, "by year" }, { "GET", "/api/v1/series?period=hour", NULL, NULL, 400, "period" },
		{ "GET", "/api/v1/series?record=pages", NULL, NULL, 400, "record" },
	};

	EACH(s, asks);
	site_ask(s, "GET", "/api/v1/visits?format=csv", NULL, NULL);
	assert_true(ch_str_eqz(site_header(&s->answer, "Content-Disposition"), "attachment; filename=\"visits.csv\""));
}

/* A list of more records than a piece has, whole. */
static void by_pieces(void **state)
{
	enum { PAGES = 520 };
	struct site *s = *state;
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	uint32_t lines = 0, pieces = 0;

	assert_true(ch_store_open(s->path, true, &store, &err));
	assert_true(ch_store_begin(store, &err));
	for (uint32_t i = 0; i < PAGES; i++) {
		char tail[16];
		struct ch_doc doc;

		snprintf(tail, sizeof tail, " %u", i);
		sample_doc(&doc, &arena, tail, "1977-11-19");
		assert_true(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &err));
	}
	assert_true(ch_store_commit(store, &err));
	ch_arena_reset(&arena);
	site_ask(s, "GET", "/api/v1/pages?format=csv", NULL, NULL);
	assert_int_equal(s->answer.status, 200);
	assert_non_null(s->answer.piece);
	for (struct ch_str piece = s->answer.body; piece.len; pieces++) {
		for (size_t i = 0; i < piece.len; i++)
			lines += piece.ptr[i] == '\n';
		ch_arena_reset(&arena);
		assert_true(s->answer.piece(s->answer.ctx, (struct chancery_store *)store, &arena, &piece));
	}
	assert_true(pieces > 1);
	assert_int_equal(lines, 1 + PAGES + 1);   /* titles; the page of the site */
	site_ask(s, "GET", "/api/v1/pages?format=csv&limit=501", NULL, NULL);
	assert_non_null(s->answer.piece);
	site_ask(s, "GET", "/api/v1/pages?format=csv&limit=500", NULL, NULL);
	assert_null(s->answer.piece);
	ch_store_close(store);
	ch_arena_free(&arena);
}

#define WRITES "Authorization: Bearer " TOKEN "\nContent-Type: application/json"

/* What is decided is in the record at once, and can be taken back; what cannot be decided leaves it as it was. */
static void decisions(void **state)
{
	struct site *s = *state;
	static const struct ask wrong[] = {
		{ "POST", "/api/v1/decisions", NULL, "{}", 401, NULL }, { "POST", "/api/v1/decisions", WRITES, "", 400, "no JSON" },
		{ "POST", "/api/v1/decisions", WRITES, "[]", 400, "object" }, { "POST", "/api/v1/decisions", WRITES, "{\"verdict\":1}", 400, "verdict" },
		{ "POST", "/api/v1/decisions", WRITES, "{\"verdict\":\"reject\",\"why\":\"\"}", 400, "why" },
		{ "POST", "/api/v1/decisions", WRITES, "{\"verdict\":\"reject\",\"id\":\"nothing\",\"by\":\"me\",\"reason\":\"so\"}", 400, "nothing" },
		{ "POST", "/api/v1/decisions", WRITES, "{\"verdict\":\"edit\",\"id\":\"a\",\"set\":[]}", 400, "set" },
		{ "POST", "/api/v1/decisions", WRITES, "{\"verdict\":\"edit\",\"id\":\"a\",\"set\":{\"type\":{}}}", 400, "type" },
		{ "DELETE", "/api/v1/decisions/nothing", NULL, NULL, 401, NULL }, { "DELETE", "/api/v1/decisions/nothing", WRITES, NULL, 404, NULL },
		{ "GET", "/api/v1/decisions?after=x", NULL, NULL, 400, "number" }, { "GET", "/api/v1/doubtful?record=x", NULL, NULL, 400, "register" },
		{ "GET", "/api/v1/decisions", NULL, NULL, 200, "\"records\":[]" }, { "GET", "/api/v1/doubtful?record=visits", NULL, NULL, 200, "1977-11-19" },
		{ "GET", "/api/v1/doubtful?record=roles&format=csv", NULL, NULL, 200, "who,role" },
		{ "GET", "/api/v1/doubtful?limit=1", NULL, NULL, 200, "],\"next\":null,\"cut\":true}" }, { "GET", "/api/v1/doubtful?limit=2", NULL, NULL, 200, "],\"next\":null}" },
	};
	char body[200], target[100];
	struct ch_str id;
	size_t at;

	EACH(s, wrong);
	site_ask(s, "GET", "/api/v1/visits", NULL, NULL);
	at = ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0);
	id = ch_str_sub(s->answer.body, at + 6, at + 38);
	snprintf(body, sizeof body, "{\"verdict\":\"reject\",\"id\":\"%.*s\",\"by\":\"me\",\"reason\":\"no\"}", CH_STR_ARG(id));
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 200, "\"verdict\":\"reject\"" }, 1);
	at = ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0);
	id = ch_str_sub(s->answer.body, at + 6, at + 38);
	snprintf(target, sizeof target, "/api/v1/decisions/%.*s", CH_STR_ARG(id));
	each(s, &(struct ask){ "GET", "/api/v1/visits", NULL, NULL, 200, "\"records\":[]" }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/visits?rejected=1", NULL, NULL, 200, "\"reason\":\"no\"" }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/decisions?format=csv", NULL, NULL, 200, ",me,no," }, 1);
	each(s, &(struct ask){ "DELETE", target, WRITES, NULL, 200, "\"id\"" }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/visits", NULL, NULL, 200, "1977-11-19" }, 1);
}

/* An id that somebody has cited leads to what the record has become, there and back. */
static void old_ids(void **state)
{
	struct site *s = *state;
	char body[300], target[4][80], id[2][40];

	site_ask(s, "GET", "/api/v1/visits", NULL, NULL);
	snprintf(id[0], sizeof id[0], "%.32s", s->answer.body.ptr + ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0) + 6);
	snprintf(body, sizeof body, "{\"verdict\":\"edit\",\"id\":\"%s\",\"by\":\"me\",\"reason\":\"no\",\"set\":{\"date\":\"1977-11-20\",\"place\":null,\"source\":[\"EGY\"]}}", id[0]);
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 200, "\"was\"" }, 1);
	snprintf(id[1], sizeof id[1], "%.32s", s->answer.body.ptr + ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0) + 6);
	assert_string_not_equal(id[0], id[1]);
	for (int back = 0; back < 2; back++) {
		snprintf(target[0], sizeof target[0], "/api/v1/events/%s", id[back]);
		snprintf(target[1], sizeof target[1], "/api/v1/visits/%.10s", id[back]);
		snprintf(target[2], sizeof target[2], "/api/v1/why/%s", id[back]);
		snprintf(body, sizeof body, "\"id\":\"%s\"", id[!back]);
		for (int i = 0; i < 3; i++)
			each(s, &(struct ask){ "GET", target[i], NULL, NULL, 200, body }, 1);
		/* what cannot be told apart from what somebody typed is none */
		snprintf(target[3], sizeof target[3], "/api/v1/events/%.7s", id[back]);
		each(s, &(struct ask){ "GET", target[3], NULL, NULL, 404, NULL }, 1);
		each(s, &(struct ask){ "GET", "/api/v1/decisions", NULL, NULL, 200, back ? "\"undone\":true" : "\"changed\":\"date=1977-11-20 place= source=EGY\"" }, 1);
		if (back)
			break;
		snprintf(target[3], sizeof target[3], "/api/v1/decisions/%s", id[0]);   /* by the old one */
		each(s, &(struct ask){ "DELETE", target[3], WRITES, NULL, 200, id[0] }, 1);
	}
}

/* What would be kept as something else than was sent is refused. */
static void decisions_of_wrong_types(void **state)
{
	static const struct {
		const char *verdict, *more, *holds;
	} wrong[] = {
		{ "edit", "\"set\":{\"source\":[\"CHN\",3]}", "set: source" }, { "edit", "\"set\":{\"source\":[\"CHN\",\"\",null,true]}", "set: source" },
		{ "edit", "\"set\":{\"source\":[\"CHN,USA\"]}", "set: source" }, { "edit", "\"set\":{\"source\":true}", "set: source" },
		{ "edit", "\"set\":{\"date\":\"2019-05-01/2018-01-01\"}", "ends before it begins" }, { "edit", "\"set\":{\"date\":\"2019/2018\"}", "ends before" },
		{ "accept", "\"set\":{\"date\":\"2019\"}", "set by the verdict edit" }, { "reject", "\"other\":\"0123\"", "goes with merge" },
	};
	struct site *s = *state;
	char id[40], *body = malloc(8000), *long_text = malloc(4000);

	site_ask(s, "GET", "/api/v1/visits", NULL, NULL);
	snprintf(id, sizeof id, "%.32s", s->answer.body.ptr + ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0) + 6);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		snprintf(body, 8000, "{\"verdict\":\"%s\",\"id\":\"%s\",\"by\":\"me\",\"reason\":\"so\",%s}", wrong[i].verdict, id, wrong[i].more);
		each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 400, wrong[i].holds }, 1);
	}
	memset(long_text, 'x', 2001);
	long_text[2001] = '\0';
	snprintf(body, 8000, "{\"verdict\":\"accept\",\"id\":\"%s\",\"by\":\"me\",\"reason\":\"%s\"}", id, long_text);
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 400, "2000" }, 1);
	snprintf(body, 8000, "{\"verdict\":\"accept\",\"id\":\"%s\",\"by\":\"%.201s\",\"reason\":\"so\"}", id, long_text);
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 400, "200" }, 1);
	for (int i = 0; i < 3; i++) {
		snprintf(body, 8000, "{\"verdict\":\"accept\",\"id\":\"%s\",\"by\":\"me\",\"reason\":\"a%sb\"}", id, (const char *[]){ "\\u001b[31m", "\\u0007", "\xC2\x9B" }[i]);
		each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 400, "control characters" }, 1);
	}
	each(s, &(struct ask){ "GET", "/api/v1/decisions", NULL, NULL, 200, "\"records\":[]" }, 1);
	snprintf(body, 8000, "{\"verdict\":\"accept\",\"id\":\"%s\",\"by\":\"Zoë Müller\",\"reason\":\"%.2000s\",\"set\":{},\"other\":null}", id, long_text);
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 200, NULL }, 1);
	free(body);
	free(long_text);
}

/* Whether it is well-formed, by expat. */
static bool well_formed(struct ch_str text)
{
	XML_Parser p = XML_ParserCreate("UTF-8");
	const bool ok = XML_Parse(p, text.ptr, (int)text.len, 1) == XML_STATUS_OK;

	XML_ParserFree(p);
	return ok;
}

/* The same events, told by another page, which is published later. */
static void put_later(struct site *s, const char *published)
{
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	struct ch_doc doc;

	assert_true(ch_store_open(s->path, false, &store, &err));
	sample_doc(&doc, &arena, " Told again.", "1977-11-19");
	doc.meta.published = ch_day_parse(ch_str_z(published));
	assert_true(ch_store_begin(store, &err) && ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &err) && ch_store_commit(store, &err));
	ch_store_close(store);
	ch_arena_free(&arena);
}

/* A question that is kept is asked anew by its feed. */
static void watch_lists(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/api/v1/watchlists", NULL, NULL, 200, "\"records\":[]" }, { "PUT", "/api/v1/watchlists/nile", NULL, "{}", 401, NULL },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "", 400, "is wanted" }, { "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\"}", 400, NULL },
		{ "PUT", "/api/v1/watchlists/Nile!", WRITES, "{\"title\":\"x\",\"register\":\"visits\"}", 400, "small letters" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filters\":{\"whoo\":\"EGY\"}}", 400, "whoo" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filters\":{\"since\":\"soon\"}}", 400, "since" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filters\":{\"search\":\"a\"}}", 400, "search says nothing of visits" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"Who <goes> & comes\",\"register\":\"visits\",\"filters\":{\"who\":\"EGY\",\"about\":\"100% %41\"}}", 200, "nile" },
		{ "GET", "/api/v1/watchlists", NULL, NULL, 200, "\"about\":\"100% %41\"" }, { "GET", "/api/v1/watchlists/nile/atom.xml", NULL, NULL, 200, "Who &lt;goes&gt; &amp; comes" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"Egypt\",\"register\":\"visits\",\"filters\":{\"who\":\"EGY\"}}", 200, "nile" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filter\":{\"who\":\"EGY\"}}", 400, "no 'filter'" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filters\":{\"who\":\"\"}}", 400, "who" },
		{ "PUT", "/api/v1/watchlists/nile", WRITES, "{\"title\":\"x\",\"register\":\"visits\",\"filters\":{\"state\":\"open\"}}", 400, "none called 'state'" },
		{ "PUT", "/api/v1/watchlists/due", WRITES, "{\"title\":\"x\",\"register\":\"pledges\",\"filters\":{\"state\":\"none\"}}", 400, "state: open" },
		{ "PUT", "/api/v1/watchlists/due", WRITES, "{\"title\":\"x\",\"register\":\"pledges\",\"filters\":{\"state\":\"open\",\"today\":\"1970-01-01\"}}", 200, "due" },
		{ "GET", "/api/v1/watchlists/due/atom.xml", NULL, NULL, 200, "<entry>" }, { "GET", "/api/v1/watchlists/due", NULL, NULL, 200, "{\"name\":\"due\",\"title\":\"x\"," },
		{ "PUT", "/api/v1/watchlists/due", WRITES, "{\"title\":\"x\",\"register\":\"pledges\",\"filters\":{\"state\":\"kept\"}}", 200, "due" },
		{ "GET", "/api/v1/watchlists/due/atom.xml", NULL, NULL, 200, "chancery</generator>\n</feed>" },
		{ "DELETE", "/api/v1/watchlists/due", WRITES, NULL, 200, NULL }, { "GET", "/api/v1/pledges/atom.xml?state=x", NULL, NULL, 400, "state: open" },
		{ "GET", "/api/v1/pledges/atom.xml?state=open&today=1970-01-01&about=war+peace%22", NULL, NULL, 200,
		  "href=\"/api/v1/pledges/atom.xml?state=open&amp;today=1970-01-01&amp;about=war%20peace%22\"/>" },
		{ "GET", "/api/v1/pledges/atom.xml?state=open&today=1970-01-01", NULL, NULL, 200, "<entry>" },
		{ "GET", "/api/v1/pledges/atom.xml?state=kept", NULL, NULL, 200, "chancery</generator>\n</feed>" },
		{ "GET", "/api/v1/watchlists/nile/atom.xml", NULL, NULL, 200, "href=\"/api/v1/watchlists/nile/atom.xml\"/>" },
		{ "GET", "/api/v1/watchlists?format=csv", NULL, NULL, 200, "nile,Egypt,visits\r\n" },
		{ "GET", "/api/v1/watchlists/nile/atom.xml", "Host: 127.0.0.1:8080", NULL, 200, "<entry><id>tag:chancery.invalid,2026:visits/" },
		{ "GET", "/api/v1/watchlists/nile/atom.xml", "Host: 127.0.0.1:8080", NULL, 200, "href=\"/page/" },
		{ "GET", "/api/v1/visits/atom.xml?who=ISR", NULL, NULL, 200, "<published>1977-11-20T00:00:00Z</published><updated>1977-11-20T00:00:00Z</updated>" },
		{ "GET", "/api/v1/quotes/atom.xml?search=war", NULL, NULL, 200, "No more war" }, { "GET", "/api/v1/pages/atom.xml", NULL, NULL, 200, "<entry>" },
		{ "GET", "/api/v1/visits/atom.xml?whoo=ISR", NULL, NULL, 400, "whoo" }, { "GET", "/api/v1/none/atom.xml", NULL, NULL, 404, NULL },
		{ "GET", "/api/v1/watchlists/none/atom.xml", NULL, NULL, 404, NULL }, { "DELETE", "/api/v1/watchlists/none", WRITES, NULL, 404, NULL },
	};
	static const char *const feeds[] = { "/api/v1/watchlists/nile/atom.xml", "/api/v1/events/atom.xml", "/api/v1/pages/atom.xml?about=x", "/api/v1/roles/atom.xml" };

	char body[200];

	EACH(s, asks);
	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
		site_ask(s, "GET", feeds[i], NULL, NULL);
		assert_string_equal(s->answer.type, "application/atom+xml");
		assert_true(well_formed(s->answer.body));
	}
	/* a further page that tells it, and then a decision, make the entry another; its id and the day on which it was first told stay */
	put_later(s, "1977-11-25");
	each(s, &(struct ask){ "GET", "/api/v1/visits/atom.xml", NULL, NULL, 200, "<published>1977-11-20T00:00:00Z</published><updated>1977-11-25T00:00:00Z</updated>" }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/visits/atom.xml", NULL, NULL, 200, "</title><updated>1977-11-25T00:00:00Z</updated>" }, 1);
	site_ask(s, "GET", "/api/v1/visits", NULL, NULL);
	snprintf(body, sizeof body, "{\"verdict\":\"accept\",\"id\":\"%.32s\",\"by\":\"me\",\"reason\":\"so\"}",
		 s->answer.body.ptr + ch_str_find(s->answer.body, CH_STR("\"id\":\""), 0) + 6);
	each(s, &(struct ask){ "POST", "/api/v1/decisions", WRITES, body, 200, NULL }, 1);
	site_ask(s, "GET", "/api/v1/visits/atom.xml", NULL, NULL);
	assert_true(ch_str_find(s->answer.body, CH_STR("<published>1977-11-20T00:00:00Z</published><updated>20"), 0) != CH_STR_NONE);
	assert_true(well_formed(s->answer.body));
	each(s, &(struct ask){ "DELETE", "/api/v1/watchlists/nile", WRITES, NULL, 200, NULL }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/watchlists/nile/atom.xml", NULL, NULL, 404, NULL }, 1);
}

static void methods(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "HEAD", "/api/v1/events", NULL, NULL, 200, NULL }, { "HEAD", "/", NULL, NULL, 200, NULL },
		{ "DELETE", "/api/v1/search", NULL, NULL, 405, "GET, HEAD" }, { "PATCH", "/api/v1/events", NULL, NULL, 405, NULL },
		{ "TRACE", "/", NULL, NULL, 405, NULL }, { "POST", "/", NULL, "x", 405, NULL }, { "CONNECT", "/api/v1/none/at/all/here", NULL, NULL, 404, NULL },
		{ "OPTIONS", "/", NULL, NULL, 204, NULL }, { "OPTIONS", "*", NULL, NULL, 204, NULL }, { "OPTIONS", "/nothing.gif", NULL, NULL, 404, NULL },
		{ "OPTIONS", "/api/v1/events", "Origin: http://elsewhere", NULL, 204, NULL },
	};

	EACH(s, asks);
	/* no other origin is let in */
	assert_false(site_header(&s->answer, "Access-Control-Allow-Origin").len);
	assert_true(ch_str_starts(site_header(&s->answer, "Allow"), CH_STR("GET, HEAD, ")));
	site_ask(s, "PATCH", "/api/v1/search", NULL, NULL);
	assert_true(ch_str_eqz(site_header(&s->answer, "Allow"), "GET, HEAD, OPTIONS"));
}

static void names(void **state)
{
	struct site *s = *state;
	static const char *const ours[] = { "archive.example" };
	static const struct ask asks[] = {
		{ "GET", "/api/v1/about", "Host: localhost:8080", NULL, 200, NULL }, { "GET", "/api/v1/about", "Host: 127.0.0.1", NULL, 200, NULL },
		{ "GET", "/", "Host: [::1]:1", NULL, 200, NULL }, { "GET", "/", "host: LOCALHOST", NULL, 200, NULL },
		{ "GET", "/", "Host: evil.example", NULL, 421, NULL }, { "GET", "/api/v1/events", "Host: evil.example:8080", NULL, 421, NULL },
		{ "GET", "/api/v1/events", "Host: localhost.evil.example", NULL, 421, NULL }, { "GET", "/", "Host: 127.0.0.1@evil.example", NULL, 421, NULL },
		{ "GET", "/", "Host: localhost\nHost: evil.example", NULL, 400, NULL }, { "GET", "/", "Host: [::1", NULL, 421, NULL }, { "GET", "/", "Host: archive.example", NULL, 421, NULL },
	};

	EACH(s, asks);
	s->server.hosts = ours;
	s->server.n_hosts = 1;
	each(s, &(struct ask){ "GET", "/", "Host: archive.example:443", NULL, 200, NULL }, 1);
	each(s, &(struct ask){ "GET", "/", "Host: evil.example", NULL, 421, NULL }, 1);
}

/* What a client has is not sent again, and not even asked for; a commit makes it new. */
static void tags(void **state)
{
	struct site *s = *state;
	char tag[256], first[64], list[160];
	const struct ch_answer *a = site_ask(s, "GET", "/api/v1/events?who=EGY", NULL, NULL);

	snprintf(first, sizeof first, "%.*s", CH_STR_ARG(site_header(a, "ETag")));
	assert_true(ch_str_starts(ch_str_z(first), CH_STR("W/\"")));
	assert_true(ch_str_eqz(site_header(a, "Cache-Control"), "private, no-cache"));
	snprintf(list, sizeof list, "If-None-Match: \"other\", %s", first);
	a = site_ask(s, "GET", "/api/v1/events?who=EGY", list, NULL);
	assert_int_equal(a->status, 304);
	assert_int_equal(a->body.len, 0);
	assert_true(ch_str_eqz(site_header(a, "ETag"), first));
	assert_int_equal(site_ask(s, "HEAD", "/api/v1/events?who=EGY", list, NULL)->status, 304);
	/* lines of a list are one list */
	snprintf(tag, sizeof tag, "If-None-Match: \"other\"\nif-none-match: %s", first);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events?who=EGY", tag, NULL)->status, 304);
	assert_true(ch_str_starts(ch_str_z(site_ask(s, "GET", "/api/v1/events", "Accept: text/plain\nAccept: text/csv", NULL)->type), CH_STR("text/csv")));
	assert_true(ch_str_eqz(site_header(site_ask(s, "GET", "/api/v1/events", "Accept-Encoding: br\nAccept-Encoding: gzip", NULL), "Content-Encoding"), "gzip"));
	/* another question, another form: another tag */
	assert_int_equal(site_ask(s, "GET", "/api/v1/events?who=ISR", list, NULL)->status, 200);
	snprintf(tag, sizeof tag, "%s\nAccept: application/x-ndjson", list);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events?who=EGY", tag, NULL)->status, 200);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events?who=EGY", "If-None-Match: *", NULL)->status, 200);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events/nothere", "If-None-Match: *", NULL)->status, 404);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events?since=zz", "If-None-Match: *", NULL)->status, 400);
	assert_true(site_put(s->path, " More."));
	a = site_ask(s, "GET", "/api/v1/events?who=EGY", list, NULL);
	assert_int_equal(a->status, 200);
	assert_false(ch_str_eqz(site_header(a, "ETag"), first));
	/* errors have none */
	assert_false(site_header(site_ask(s, "GET", "/api/v1/events?since=x", NULL, NULL), "ETag").len);
	assert_true(ch_str_eqz(site_header(&s->answer, "Cache-Control"), "no-store"));
	/* files of the page, whose tag is of what is in them */
	a = site_ask(s, "GET", "/", NULL, NULL);
	snprintf(list, sizeof list, "If-None-Match: %.*s", CH_STR_ARG(site_header(a, "ETag")));
	assert_int_equal(site_ask(s, "GET", "/stories", list, NULL)->status, 304);
}

static struct ch_str unpacked(struct site *s, const struct ch_answer *a)
{
	const size_t max = 1 << 20;
	char *to = ch_arena_alloc(&s->arena, max);
	z_stream z = { .next_in = (Bytef *)(uintptr_t)a->body.ptr, .avail_in = (uInt)a->body.len, .next_out = (Bytef *)to, .avail_out = (uInt)max };
	size_t n;

	if (ch_str_eqz(site_header(a, "Content-Encoding"), "zstd")) {
		n = ZSTD_decompress(to, max, a->body.ptr, a->body.len);
		assert_false(ZSTD_isError(n));
		return ch_str_n(to, n);
	}
	assert_int_equal(inflateInit2(&z, 31), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	n = z.total_out;
	inflateEnd(&z);
	return ch_str_n(to, n);
}

static void packed(void **state)
{
	struct site *s = *state;
	static const struct {
		const char *accepts, *given;
	} cases[] = {
		{ "", "" }, { "gzip", "gzip" }, { "zstd", "zstd" }, { "gzip, deflate, br, zstd", "zstd" }, { "gzip;q=1.0, zstd;q=0.5", "gzip" },
		{ "gzip;q=0", "" }, { "identity", "" }, { "br", "" }, { "*", "zstd" }, { "*;q=0", "" }, { "zstd;q=0, *", "gzip" }, { "GZIP", "gzip" },
	};
	struct ch_str plain;
	char header[80];

	plain = site_ask(s, "GET", "/api/v1/events", NULL, NULL)->body;
	assert_true(plain.len > CH_SERVE_PACK_MIN);
	plain = ch_str_n(strndup(plain.ptr, plain.len), plain.len);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct ch_answer *a;

		snprintf(header, sizeof header, "Accept-Encoding: %s", cases[i].accepts);
		a = site_ask(s, "GET", "/api/v1/events", header, NULL);
		if (!ch_str_eqz(site_header(a, "Content-Encoding"), cases[i].given))
			fail_msg("'%s' gave '%.*s'", cases[i].accepts, CH_STR_ARG(site_header(a, "Content-Encoding")));
		assert_true(ch_str_eq(*cases[i].given ? unpacked(s, a) : a->body, plain));
		assert_true(!*cases[i].given || a->body.len < plain.len);
	}
	free((void *)(uintptr_t)plain.ptr);
	/* what fits into a packet anyway is left as it is */
	assert_false(site_header(site_ask(s, "GET", "/api/v1/about", "Accept-Encoding: gzip", NULL), "Content-Encoding").len);
}

static void accepted(void **state)
{
	static const struct ask asks[] = {
		{ "GET", "/api/v1/events", "Accept: application/json", NULL, 200, "{\"records\"" },
		{ "GET", "/api/v1/events", "Accept: text/html, */*;q=0.1", NULL, 200, "{\"records\"" },
		{ "GET", "/api/v1/events", "Accept: application/x-ndjson", NULL, 200, "{" },
		{ "GET", "/api/v1/events", "Accept: image/png", NULL, 406, "application/json" },
		{ "GET", "/api/v1/events", "Accept: application/json;q=0, image/png", NULL, 406, NULL },
		{ "GET", "/api/v1/pairs/EGY/ISR", "Accept: text/plain", NULL, 406, NULL },
	};

	EACH(*state, asks);
}

/* Whoever may not write the store is answered out of it all the same. */
static void read_only(void **state)
{
	enum { NOBODY = 65534 };
	struct site *s = *state;
	const bool root = geteuid() == 0;
	char folder[520];
	struct ch_err err;

	snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(s->path, '/') - s->path), s->path);
	ch_stores_close(s->server.stores);
	s->server.stores = NULL;
	assert_int_equal(chmod(folder, 0777), 0);
	assert_int_equal(chmod(s->path, 0444), 0);
	assert_false(root && seteuid(NOBODY));
	if (ch_stores_open(s->path, 2, &s->server.stores, &err)) {
		each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 200, "CONSULT" }, 1);
		each(s, &(struct ask){ "GET", "/api/v1/overview", NULL, NULL, 200, NULL }, 1);
		each(s, &(struct ask){ "PUT", "/api/v1/watchlists/x", "Authorization: Bearer " TOKEN "\nContent-Type: application/json",
				       "{\"title\":\"t\",\"register\":\"events\",\"filters\":{}}", 503, "cannot be written" }, 1);
	}
	assert_false(root && seteuid(0));
	if (!s->server.stores)
		fail_msg("%s", err.text);
}

static void away(void **state)
{
	struct site *s = *state;
	char other[520];

	/* the store goes, and comes back as another */
	snprintf(other, sizeof other, "%s.gone", s->path);
	assert_int_equal(rename(s->path, other), 0);
	each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 503, "there is no store" }, 1);
	each(s, &(struct ask){ "GET", "/api/v1/health", NULL, NULL, 503, NULL }, 1);
	assert_true(site_header(&s->answer, "Retry-After").len > 0);
	each(s, &(struct ask){ "GET", "/", NULL, NULL, 200, NULL }, 1);
	assert_int_equal(rename(other, s->path), 0);
	each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 200, "CONSULT" }, 1);
	/* another is put in its place, which is at the same revision */
	each(s, &(struct ask){ "GET", "/api/v1/pages", NULL, NULL, 200, "\"author\":null" }, 1);
	{
		char sql[600];
		sqlite3 *db;

		snprintf(sql, sizeof sql, "VACUUM INTO '%s'", other);
		assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
		assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, "UPDATE pages SET author = 'Somebody Else'", NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
		for (int i = 0; i < 2; i++) {
			snprintf(sql, sizeof sql, "%s%s", s->path, i ? "-shm" : "-wal");
			unlink(sql);
		}
		assert_int_equal(rename(other, s->path), 0);
	}
	each(s, &(struct ask){ "GET", "/api/v1/pages", NULL, NULL, 200, "Somebody Else" }, 1);
	/* one that a newer program has made its own */
	{
		char sql[64];
		sqlite3 *db;

		snprintf(sql, sizeof sql, "PRAGMA user_version = %d", CH_SQL_VERSION);
		assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 1000", NULL, NULL, NULL), SQLITE_OK);
		each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 503, "version 1000" }, 1);
		each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 503, "newer" }, 1);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
	}
}

/* The server of the data base breaks every connection: by the second request at the latest all is as before. */
static void broken_off(void **state)
{
	struct kept *k = *state;
	char sql[256];

	if (!*where_server)
		return;
	each(&k->site, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 200, "CONSULT" }, 1);
	snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '%s'", k->at.schema);
	where_sql(sql);
	if (site_ask(&k->site, "GET", "/api/v1/events?limit=2", NULL, NULL)->status != 200) {
		assert_int_equal(k->site.answer.status, 503);
		assert_true(site_header(&k->site.answer, "Retry-After").len > 0);
	}
	each(&k->site, &(struct ask){ "GET", "/api/v1/events?limit=3", NULL, NULL, 200, "CONSULT" }, 1);
}

/* What takes too long is broken off, and the store is as good as before. */
static void late(void **state)
{
	struct site *s = *state;
	unsigned status = 0;

	/* a millisecond is too short for some of these */
	s->server.limit_ms = 1;
	for (int i = 0; i < 1000 && status != 503; i++) {
		char target[64];

		snprintf(target, sizeof target, "/api/v1/tally-check?since=19%02d", i % 100);
		status = site_ask(s, "GET", target, NULL, NULL)->status;
		assert_true(status == 200 || status == 503);
	}
	s->server.limit_ms = 0;
	each(s, &(struct ask){ "GET", "/api/v1/events", NULL, NULL, 200, "CONSULT" }, 1);
}

/* What takes long is found in haste only where it was found before. */
static void in_haste(void **state)
{
	static const char *const heavy[] = { "export/dyad-day", "tally-check", "conflicts", "coverage", "series" };
	struct site *s = *state;
	char path[80];

	for (int found = 0; found < 2; found++) {
		for (size_t i = 0; i < sizeof heavy / sizeof *heavy; i++) {
			snprintf(path, sizeof path, "/api/v1/%s", heavy[i]);
			s->in_haste = true;
			site_ask(s, "GET", path, NULL, NULL);
			s->in_haste = false;
			if (s->answer.later != !found || s->answer.status != (s->answer.later ? 0u : 200u))
				fail_msg("%s: %u", path, s->answer.status);
			site_ask(s, "GET", path, NULL, NULL);
			assert_int_equal(s->answer.status, 200);
			assert_false(s->answer.later);
		}
	}
	s->in_haste = true;
	site_ask(s, "GET", "/api/v1/unknown", NULL, NULL);
	assert_true(s->answer.later);
	assert_int_equal(site_ask(s, "GET", "/api/v1/events", NULL, NULL)->status, 200);
	assert_int_equal(site_ask(s, "GET", "/api/v1/export", NULL, NULL)->status, 404);
	s->in_haste = false;
}

int main(void)
{
	enum { SHARED = 14 };
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(in_haste, setup, teardown), cmocka_unit_test_setup_teardown(routes, setup, teardown), cmocka_unit_test_setup_teardown(hostile, setup, teardown),
		cmocka_unit_test_setup_teardown(exports, setup, teardown), cmocka_unit_test_setup_teardown(one_record, setup, teardown), cmocka_unit_test_setup_teardown(lists, setup, teardown), cmocka_unit_test_setup_teardown(by_pieces, setup, teardown),
		cmocka_unit_test_setup_teardown(decisions, setup, teardown), cmocka_unit_test_setup_teardown(old_ids, setup, teardown),
		cmocka_unit_test_setup_teardown(decisions_of_wrong_types, setup, teardown), cmocka_unit_test_setup_teardown(watch_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(methods, setup, teardown), cmocka_unit_test_setup_teardown(names, setup, teardown),
		cmocka_unit_test_setup_teardown(tags, setup, teardown), cmocka_unit_test_setup_teardown(packed, setup, teardown),
		cmocka_unit_test_setup_teardown(accepted, setup, teardown), cmocka_unit_test_setup_teardown(broken_off, setup, teardown),
		cmocka_unit_test_setup_teardown(late, setup, teardown),
		/* of files only */
		cmocka_unit_test_setup_teardown(away, setup, teardown), cmocka_unit_test_setup_teardown(read_only, setup, teardown),
	};
	struct CMUnitTest shared[SHARED];
	int failed;

	memcpy(shared, all, sizeof shared);
	WHERE_RUN(all, shared, failed);
	return failed;
}
