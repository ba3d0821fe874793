/* A store of events that are awkward on purpose: without a target, joint, without a date, of a range, of a month, planned, denied, told
 * long after, of parties that no list of codes has; and its lines in a format of export. */
#ifndef CH_TEST_EXPORT_FORMATS_H
#define CH_TEST_EXPORT_FORMATS_H
#include "../store/sample.h"

enum { LINES_MAX = 256 };

struct fixture {
	char dir[64], path[96];
	struct chancery_store *store;
	struct chancery_error error;
	char *line[LINES_MAX];
	size_t n;
	struct chancery_exported done;
};

enum { SADAT, ISRAEL, NAM, FRANCE, UN, ABKHAZIA, COMPANY, REBELS, NOBODY_KNOWN, TAIWAN };

static const struct ch_actor more_actors[] = {
	{ CH_ACTOR_STATE, CH_STR("France"), CH_STR("FRA"), CH_STR("FRA"), CH_STR(""), CH_STR("MIL"), CH_STR(""), CH_STR("FRA") },
	{ CH_ACTOR_ORG, CH_STR("United Nations"), CH_STR("UN"), CH_STR("IGO"), CH_STR("UN"), CH_STR(""), CH_STR(""), CH_STR("UN") },
	{ CH_ACTOR_GROUP, CH_STR("Abkhazia"), CH_STR("Abkhazia"), CH_STR("GEO"), CH_STR(""), CH_STR("PRE"), CH_STR(""), CH_STR("") },
	{ CH_ACTOR_ORG, CH_STR("Acme\tMines"), CH_STR("Acme Mines"), CH_STR("MNC"), CH_STR("Acme Mines"), CH_STR("BUS"), CH_STR(""), CH_STR("") },
	{ CH_ACTOR_GROUP, CH_STR("Kurds"), CH_STR("Kurds"), CH_STR("XXX"), CH_STR(""), CH_STR("REB"), CH_STR(""), CH_STR("") },
	{ CH_ACTOR_GROUP, CH_STR("pilgrims"), CH_STR("pilgrims"), CH_STR(""), CH_STR(""), CH_STR(""), CH_STR(""), CH_STR("") },
	{ CH_ACTOR_STATE, CH_STR("Taiwan"), CH_STR("TWN"), CH_STR("TWN"), CH_STR(""), CH_STR(""), CH_STR(""), CH_STR("TWN") },
};

struct told {
	unsigned type;
	const char *mode, *date, *place, *cameo;
	int source[4], target[3];      /* -1 ends */
	unsigned status;
	const char *trigger;
};

static const struct told told[] = {
	{ CH_EV_CONSULT, "visit", "1977-11-19", "ISR", "042", { SADAT, -1 }, { ISRAEL, -1 }, CH_ACTUAL, "visited" },
	{ CH_EV_CONSULT, "letter", "", "", "040", { SADAT, -1 }, { ISRAEL, -1 }, CH_ACTUAL, "wrote" },
	{ CH_EV_CONSULT, "multilateral", "1977-11-19", "FRA", "046", { SADAT, FRANCE, UN, -1 }, { -1 }, CH_ACTUAL, "Jerusalem on" },
	{ CH_EV_PROTEST, "demo", "1977-12-01/1977-12-05", "TWN", "141", { REBELS, -1 }, { -1 }, CH_ACTUAL, "before" },
	{ CH_EV_SANCTION, NULL, "1977-12", "XXY", "163", { FRANCE, -1 }, { ABKHAZIA, -1 }, CH_PLANNED, "war" },
	{ CH_EV_AID, NULL, "1978", "EGY", "071", { UN, FRANCE, -1 }, { SADAT, ISRAEL, -1 }, CH_PLANNED, "signed" },
	{ CH_EV_ASSAULT, "aerial", "1977-11-20", "ISR", "195", { ISRAEL, -1 }, { SADAT, -1 }, CH_DENIED, "Camp" },
	{ CH_EV_SUPPORT, "sign", "1955-05", "FRA", "057", { FRANCE, -1 }, { ISRAEL, -1 }, CH_HISTORICAL, "David" },
	{ CH_EV_SUPPORT, "sign", "", "FRA", "057", { FRANCE, -1 }, { TAIWAN, -1 }, CH_HISTORICAL, "Accords" },
	{ CH_EV_ACCUSE, "disapprove", "1977-11-21", "", NULL, { COMPANY, -1 }, { NOBODY_KNOWN, -1 }, CH_ACTUAL, "more" },
	{ CH_EV_CONSULT, "phone", "1977-11-22", "", "041", { TAIWAN, -1 }, { NAM, -1 }, CH_ACTUAL, "said" },
	{ CH_EV_REQUEST, "meet", "1977-11-22", "", "106", { TAIWAN, -1 }, { FRANCE, -1 }, CH_PLANNED, "Both" },
	{ CH_EV_COERCE, "restrict", "1977-11-19", "ISR", "191", { ISRAEL, -1 }, { SADAT, -1 }, CH_ACTUAL, "Anwar" },
};

static inline void side(struct ch_doc *doc, const int *who, uint32_t *first, uint32_t *n)
{
	*first = doc->event_actors.n;
	*n = 0;
	for (; *who >= 0; who++, (*n)++)
		*CH_PUSH(doc->arena, &doc->event_actors) = (uint32_t)*who;
}

static inline void put_page(struct ch_store *store, const char *tail, bool forbids)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	struct ch_err err;

	sample_doc(&doc, &arena, tail, "1977-11-19");
	doc.meta.url = CH_STR("https://record.example/a;b?c=1");
	doc.meta.lang = CH_STR("en");
	doc.meta.author = CH_STR("A. Writer; B. Writer");
	doc.meta.license_forbids = forbids;
	for (size_t i = 0; i < sizeof more_actors / sizeof *more_actors; i++)
		*CH_PUSH(&arena, &doc.actors) = more_actors[i];
	*CH_PUSH(&arena, &doc.roles) = (struct ch_role){ CH_STR("EGY"), CH_STR("member"), CH_STR("NAM"), CH_STR("1961"), CH_STR(""),
							 sample_span(&doc, "president of Egypt") };
	doc.events.n = doc.event_actors.n = 0;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct ch_event e = { .type = (uint8_t)told[i].type, .mode = told[i].mode, .date = ch_str_z(told[i].date),
				      .place = ch_str_z(told[i].place), .trigger = sample_span(&doc, told[i].trigger),
				      .status = (uint8_t)told[i].status, .frame = "a.frame", .path = CH_STR("subj"), .claimed_by = CH_NONE,
				      .confidence = 0.75f, .cameo = told[i].cameo, .contexts = i ? 0 : 1ull << CH_CONTEXT_DIPLOMATIC | 1ull << CH_CONTEXT_ECONOMIC };
		uint32_t first, n;

		side(&doc, told[i].source, &first, &n);
		e.source_first = first;
		e.source_n = n;
		side(&doc, told[i].target, &first, &n);
		e.target_first = first;
		e.target_n = n;
		e.sentence = ch_doc_sentence_at(&doc, e.trigger.start);
		*CH_PUSH(&arena, &doc.events) = e;
	}
	assert_true(ch_store_begin(store, &err));
	assert_true(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "0.1", "lexicon 7", "model 7" }), &err));
	assert_true(ch_store_commit(store, &err));
	ch_arena_free(&arena);
}

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	put_page((struct ch_store *)f->store, "", false);
	*state = f;
	return 0;
}

static inline void forget(struct fixture *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->line[i]);
	f->n = 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	forget(f);
	chancery_store_close(f->store);
	unlink(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

static inline bool take(void *ctx, const char *line, size_t size)
{
	struct fixture *f = ctx;

	assert_true(f->n < LINES_MAX);
	assert_null(memchr(line, '\n', size));
	f->line[f->n++] = strndup(line, size);
	return true;
}

static inline void export(struct fixture *f, const char *format, bool fill, struct chancery_query q)
{
	forget(f);
	if (!chancery_export(f->store, &(struct chancery_export_how){ format, fill }, &q, take, f, &f->done, &f->error))
		fail_msg("%s: %s", format, f->error.text);
	assert_int_equal(f->done.rows, f->n - (strchr("cdip", format[0]) && strcmp(format, "plover") && strcmp(format, "phoenix") &&
					       strcmp(format, "petrarch") ? 1 : 0));
}
#endif
