/* store/sql_put.c -- a page and all its records into the tables. */
#include "store/postgres.h"
#include "event/context.h"
#include "merge/agenda.h"
#include "base/utf8.h"
#include "store/id.h"
#include <stdlib.h>

/* ---- dates ---- */

static bool one_bound(struct ch_arena *arena, struct ch_str d, bool last, struct ch_str *out)
{
	uint32_t y, m = last ? 12 : 1, day = 0;
	char text[16];

	if (d.len < 4 || !ch_str_uint(ch_str_sub(d, 0, 4), &y) || y < 1)
		return false;
	if (d.len >= 7 && d.ptr[4] == '-' && (!ch_str_uint(ch_str_sub(d, 5, 7), &m) || m < 1 || m > 12))
		return false;
	if (d.len > 4 && d.ptr[4] != '-')
		return false;
	if (d.len >= 10 && d.ptr[7] == '-' && !ch_str_uint(ch_str_sub(d, 8, 10), &day))
		return false;
	if (!day)
		day = last ? (uint32_t)ch_month_days((int)y, (int)m) : 1;
	ch_day_print(ch_day_of((int)y, (int)m, (int)day), text);
	*out = ch_arena_str(arena, ch_str_z(text));
	return out->len > 0;
}

bool ch_date_bounds(struct ch_arena *arena, struct ch_str date, struct ch_str *lo, struct ch_str *hi)
{
	size_t slash = ch_str_find_byte(date, '/', 0);
	struct ch_str a = slash == CH_STR_NONE ? date : ch_str_sub(date, 0, slash);
	struct ch_str b = slash == CH_STR_NONE ? date : ch_str_sub(date, slash + 1, date.len);

	*lo = *hi = CH_STR("");
	return one_bound(arena, a, false, lo) && one_bound(arena, b, true, hi);
}

/* ---- the page ---- */

static int64_t put_page(struct ch_sql *db, const struct ch_page_info *p, struct ch_err *err)
{
	int64_t n;
	struct ch_sq q;

	if (!ch_sql_next(db, CH_COUNTED_PAGES, &n, err))
		return 0;
	q = ch_sq_open(db,
		"INSERT INTO pages(n, id, path, cut, raw_size, told, " CH_PAGE_SET ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", true);
	ch_sq_int(&q, n);
	ch_sq_text(&q, p->id);
	ch_sq_text_always(&q, p->path);
	ch_sq_int(&q, p->cut);
	ch_sq_int(&q, (int64_t)p->raw_size);
	ch_sq_text(&q, p->told);
	ch_sq_page(&q, p);
	ch_sq_step(&q);
	return ch_sq_end(&q, err) ? n : 0;
}

static bool put_raw(struct ch_sql *db, int64_t page, const struct ch_page_record *p, struct ch_err *err)
{
	struct ch_page_record own = *p;
	struct ch_sq q = ch_sq_open(db, "INSERT INTO page_raw(page, codec, bytes) VALUES(?,?,?)", true);

	if (!own.packed.ptr)
		ch_page_pack(&own);
	ch_sq_int(&q, page);
	ch_sq_text(&q, own.packed.len ? CH_STR("zlib") : CH_STR("none"));
	ch_sq_blob(&q, own.packed.len ? own.packed.ptr : p->doc->raw.ptr, own.packed.len ? own.packed.len : p->doc->raw.len);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

static void put_block(struct ch_sq *q, int64_t page, uint32_t number, struct ch_str kind, struct ch_str reason,
		      struct ch_raw_span raw, struct ch_str text)
{
	ch_sq_again(q);
	ch_sq_int(q, page);
	ch_sq_int(q, number);
	ch_sq_text(q, kind);
	ch_sq_text(q, reason);
	ch_sq_int(q, raw.start);
	ch_sq_int(q, raw.end);
	ch_sq_text(q, text);
	ch_sq_step(q);
}

/* Taken blocks have number and no text of their own (their sentences have it); refused ones follow, with text and reason. */
static bool put_blocks(struct ch_sql *db, int64_t page, const struct ch_doc *doc, struct ch_err *err)
{
	static const char *const kinds[] = { "title", "paragraph", "heading", "item" };
	struct ch_sq q = ch_sq_open(db, "INSERT INTO blocks(page, number, kind, reason, raw_start, raw_end, text) VALUES(?,?,?,?,?,?,?)",
				    true);

	for (uint32_t i = 0; i < doc->blocks.n; i++)
		put_block(&q, page, i, ch_str_z(kinds[doc->blocks.v[i].kind]), CH_STR(""), ch_doc_raw(doc, doc->blocks.v[i].span),
			  CH_STR(""));
	for (uint32_t i = 0; i < doc->rejected.n; i++) {
		const struct ch_rejected *r = &doc->rejected.v[i];

		put_block(&q, page, doc->blocks.n + i, CH_STR("rejected"), ch_str_z(r->reason ? r->reason : "?"), r->raw, r->text);
	}
	return ch_sq_end(&q, err);
}

static bool put_sentence(struct ch_sql *db, struct ch_sq *q, struct ch_sq *fts, int64_t page, int64_t number, int64_t block, struct ch_evidence at,
			 struct ch_str text, struct ch_err *err)
{
	int64_t n;

	if (!ch_sql_next(db, CH_COUNTED_SENTENCES, &n, err))
		return false;
	ch_sq_again(q);
	ch_sq_int(q, n);
	ch_sq_int(q, page);
	ch_sq_int(q, number);
	ch_sq_int(q, block);
	ch_sq_int(q, at.text.start);
	ch_sq_int(q, at.text.end);
	ch_sq_int(q, at.raw.start);
	ch_sq_int(q, at.raw.end);
	ch_sq_text_always(q, text);
	ch_sq_step(q);
	ch_sq_again(fts);
	ch_sq_int(fts, n);
	ch_sq_text_always(fts, text);
	ch_sq_step(fts);
	return true;
}

/* *first: the row of sentence 0; others follow. */
static bool put_sentences(struct ch_sql *db, int64_t page, const struct ch_page_record *p, int64_t *first, struct ch_err *err)
{
	const struct ch_doc *doc = p->doc;
	struct ch_sq q = ch_sq_open(db, "INSERT INTO sentences(n, page, number, block, start, end, raw_start, raw_end, text)"
				    " VALUES(?,?,?,?,?,?,?,?,?)", true);
	struct ch_sq fts = ch_sq_open(db, "INSERT INTO sentences_fts(rowid, text) VALUES(?,?)", true);
	bool ok = true;

	/* A title that is no block of the text (it stood in the page's head alone) is searched as sentence -1. */
	if (p->info.title.len && !(doc->blocks.n && doc->blocks.v[0].kind == CH_BLOCK_TITLE))
		ok = put_sentence(db, &q, &fts, page, -1, -1, (struct ch_evidence){ .raw = doc->meta.title_raw }, p->info.title, err);
	*first = 0;
	for (uint32_t i = 0; ok && i < doc->sentences.n; i++) {
		const struct ch_sentence *s = &doc->sentences.v[i];

		ok = put_sentence(db, &q, &fts, page, i, s->block, (struct ch_evidence){ s->span, ch_doc_raw(doc, s->span) },
				  p->sentence_texts[i], err);
		*first = i ? *first : db->memo.last[CH_COUNTED_SENTENCES];
	}
	ok = ch_sq_end(&q, ok ? err : &(struct ch_err){ 0 }) && ok;
	return ch_sq_end(&fts, ok ? err : &(struct ch_err){ 0 }) && ok;
}

/* What the records of a page have of it. */
struct putting {
	struct ch_sql *db;
	struct ch_arena *arena;
	const struct ch_page_record *p;
	int64_t page, sentence;        /* row numbers: its own, of its sentence 0 */
};

static void bind_sentence(struct ch_sq *q, const struct putting *on, uint32_t number)
{
	if (number < on->p->doc->sentences.n)
		ch_sq_int(q, on->sentence + number);
	else
		ch_sq_null(q);
}

/* ---- actors ---- */

static bool put_name(struct ch_sql *db, struct ch_arena *arena, int64_t actor, struct ch_str name, struct ch_err *err)
{
	struct ch_str folded = ch_str_trim(ch_utf8_fold(arena, name));
	struct ch_sq q;

	if (!ch_sql_first_time(db, ch_arena_printf(arena, "%lld %.*s", (long long)actor, CH_STR_ARG(folded))))
		return true;
	q = ch_sq_open(db, "INSERT OR IGNORE INTO actor_names(actor, folded) VALUES(?,?)", true);
	ch_sq_int(&q, actor);
	ch_sq_text_always(&q, folded);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* The actor's number, made where it is not there (know_actors has looked); 0 on failure. */
static int64_t put_actor(struct ch_sql *db, struct ch_arena *arena, const struct ch_party *a, struct ch_err *err)
{
	int64_t n = ch_sql_known(db, a->id);
	struct ch_sq q;

	if (n <= 0) {
		if (!ch_sql_next(db, CH_COUNTED_ACTORS, &n, err))
			return 0;
		q = ch_sq_open(db, "INSERT INTO actors(n, id, kind, party, name, code, org, sector, office, gazetteer_id)"
			       " VALUES(?,?,?,?,?,?,?,?,?,?)", true);
		ch_sq_int(&q, n);
		ch_sq_text(&q, a->id);
		ch_sq_int(&q, a->kind);
		ch_sq_text(&q, a->party);
		ch_sq_text(&q, a->name);
		ch_sq_text(&q, a->code);
		ch_sq_text(&q, a->org);
		ch_sq_text(&q, a->sector);
		ch_sq_text(&q, a->office);
		ch_sq_text(&q, a->gazetteer_id);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return 0;
		ch_sql_know(db, a->id, n);
	}
	return put_name(db, arena, n, a->name.len ? a->name : a->party, err) ? n : 0;
}

/* A name that the page uses for one of its actors. */
struct naming {
	struct ch_str actor, name;
};

struct namings {
	CH_VEC(struct naming) v;
};

struct ids {
	CH_VEC(struct ch_str) v;
};

static void want(struct ch_sql *db, struct ch_arena *arena, struct ch_map *wanted, struct ids *ids, struct ch_str id)
{
	bool added = false;

	if (!ch_sql_known(db, id))
		ch_map_put(wanted, id, 0, &added);
	if (added)
		*CH_PUSH(arena, &ids->v) = id;
}

/* Which of the page's actors the store has: asked once for all. */
static bool know_actors(struct ch_sql *db, const struct ch_page_record *p, struct namings *named, struct ch_err *err)
{
	const struct ch_doc *doc = p->doc;
	struct ch_arena *arena = doc->arena;
	struct ids ids = { { 0 } };
	struct ch_map wanted;
	int64_t *numbers;

	ch_map_init(&wanted, arena);
	for (uint32_t i = 0; i < p->n_events; i++) {
		for (uint32_t k = 0; k < p->events[i].n_reports; k++) {
			const struct ch_party_list *sides[] = { &p->events[i].reports[k].source, &p->events[i].reports[k].target };

			for (int side = 0; side < 2; side++)
				for (uint32_t j = 0; j < sides[side]->n; j++)
					want(db, arena, &wanted, &ids, sides[side]->v[j].id);
		}
	}
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];
		struct naming one;

		if (m->kind != CH_MENTION_NAME || m->actor_n != 1 || m->possessive)
			continue;
		one.actor = ch_party_of(doc, &p->info, doc->mention_actors.v[m->actor_first]).id;
		one.name = ch_doc_str(doc, m->span);
		want(db, arena, &wanted, &ids, one.actor);
		*CH_PUSH(arena, &named->v) = one;
	}
	numbers = CH_NEW_N(arena, int64_t, ids.v.n);
	if (!ch_sql_numbers_of(db, "SELECT id, n FROM actors WHERE id IN " CH_SQL_IN CH_SQL_BEFORE, ids.v.v, ids.v.n, numbers, err))
		return false;
	/* -1: it is not there, unless this transaction puts it */
	for (uint32_t i = 0; i < ids.v.n; i++)
		ch_sql_know(db, ids.v.v[i], numbers[i] ? numbers[i] : -1);
	return true;
}

/* ---- events ---- */

/* An event on its way. */
struct event_put {
	const struct ch_event_record *e;
	struct ch_str lo, hi, first, last, day;
	int64_t n, class;
	bool is_new;                   /* its parties are not there yet */
	CH_VEC(struct ch_str) parties; /* of a new one */
};

static bool put_side(struct putting *on, struct event_put *ev, int64_t report, int side, struct ch_party_list list, struct ch_err *err)
{
	for (uint32_t i = 0; i < list.n; i++) {
		int64_t actor = put_actor(on->db, on->arena, &list.v[i], err);
		struct ch_sq q;

		if (!actor)
			return false;
		q = ch_sq_open(on->db, "INSERT OR IGNORE INTO report_parties(report, side, number, actor) VALUES(?,?,?,?)", true);
		ch_sq_int(&q, report);
		ch_sq_int(&q, side);
		ch_sq_int(&q, i);
		ch_sq_int(&q, actor);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
		if (!ev->is_new)
			continue;
		*CH_PUSH(on->arena, &ev->parties) = list.v[i].party;
		q = ch_sq_open(on->db, "INSERT OR IGNORE INTO event_parties(event, side, party, class, day, head) VALUES(?1,?2,?3,?4,?5,?1)", true);
		ch_sq_int(&q, ev->n);
		ch_sq_int(&q, side);
		ch_sq_text_always(&q, list.v[i].party);
		ch_sq_int(&q, ev->class);
		ch_sq_text(&q, ev->day);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

static void bind_span(struct ch_sq *q, struct ch_evidence e)
{
	if (!ch_evidence_given(e)) {
		for (int i = 0; i < 4; i++)
			ch_sq_null(q);
		return;
	}
	ch_sq_int(q, e.text.start);
	ch_sq_int(q, e.text.end);
	ch_sq_int(q, e.raw.start);
	ch_sq_int(q, e.raw.end);
}

static bool put_report(struct putting *on, struct event_put *ev, const struct ch_report *r, struct ch_err *err)
{
	struct ch_sql *db = on->db;
	int64_t n = ch_sql_known(db, r->id);
	struct ch_sq q;

	if (n)   /* the page says it twice */
		return put_side(on, ev, n, 0, r->source, err) && put_side(on, ev, n, 1, r->target, err);
	if (!ch_sql_next(db, CH_COUNTED_REPORTS, &n, err))
		return false;
	/* of an event that is there the day and the head may be others by now */
	q = ch_sq_open(db, ev->is_new ?
		"INSERT INTO reports(n, id, event, page, sentence, trigger_start, trigger_end, trigger_raw_start,"
		" trigger_raw_end, trigger_text, frame, path, cameo, date_basis, place_basis, claimed_by, claimed_in, confidence,"
		" context, context_why, rank, delegation, invited_by, sentence_n, day, head) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,"
		"?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?3)" :
		"INSERT INTO reports(n, id, event, page, sentence, trigger_start, trigger_end, trigger_raw_start,"
		" trigger_raw_end, trigger_text, frame, path, cameo, date_basis, place_basis, claimed_by, claimed_in, confidence,"
		" context, context_why, rank, delegation, invited_by, sentence_n, day, head) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,"
		"?15,?16,?17,?18,?19,?20,?21,?22,?23,?24, (SELECT x.day FROM events x WHERE x.n = ?3), (SELECT x.head FROM events x WHERE x.n = ?3))", true);
	ch_sq_int(&q, n);
	ch_sq_text(&q, r->id);
	ch_sq_int(&q, ev->n);
	ch_sq_int(&q, on->page);
	ch_sq_int(&q, r->sentence_number);
	bind_span(&q, r->trigger);
	ch_sq_text(&q, r->trigger_text);
	ch_sq_text(&q, r->frame);
	ch_sq_text(&q, r->path);
	ch_sq_text(&q, r->cameo);
	ch_sq_text(&q, r->date_basis);
	ch_sq_text(&q, r->place_basis);
	ch_sq_text(&q, r->claimed_by);
	ch_sq_text(&q, r->claimed_in);
	ch_sq_real(&q, r->confidence);
	ch_sq_text(&q, ch_context_names(on->arena, r->contexts));
	ch_sq_text(&q, r->context_why);
	ch_sq_text(&q, r->rank);
	ch_sq_text(&q, r->delegation);
	ch_sq_text(&q, r->invited_by);
	bind_sentence(&q, on, r->sentence_number);
	if (ev->is_new)
		ch_sq_text(&q, ev->day);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	ch_sql_know(db, r->id, n);
	return put_side(on, ev, n, 0, r->source, err) && put_side(on, ev, n, 1, r->target, err);
}

/* As CH_SQL_CLASS has it. */
static int64_t class_of(const struct event_put *ev)
{
	ch_day first = ch_day_parse(ev->first), last = ch_day_parse(ev->last), day = ch_day_parse(ev->lo);

	if (!ev->lo.len)
		return 2;
	return first != CH_NO_DAY && last != CH_NO_DAY && day != CH_NO_DAY && last - day <= CH_SQL_NEAR_DAYS && day - first <= CH_SQL_NEAR_DAYS ? 0 : 1;
}

static bool insert_event(struct ch_sql *db, struct ch_arena *arena, struct ch_str published, struct event_put *ev, int verdict, struct ch_err *err)
{
	const struct ch_event_record *e = ev->e;
	struct ch_sq q;

	if (!ch_sql_next(db, CH_COUNTED_EVENTS, &ev->n, err))
		return false;
	ch_date_bounds(arena, e->date, &ev->lo, &ev->hi);
	ev->first = ev->lo.len ? ev->lo : published;
	ev->last = ev->hi.len ? ev->hi : published;
	ev->day = ev->lo.len ? ev->lo : CH_STR("~");
	ev->class = class_of(ev);
	ev->is_new = true;
	q = ch_sq_open(db, "INSERT INTO events(n, id, type, mode, date, lo, hi, place, status, first, last, day, head, class, verdict)"
		       " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?1,?13,?14)", true);
	ch_sq_int(&q, ev->n);
	ch_sq_text(&q, e->id);
	ch_sq_text(&q, e->type);
	ch_sq_text(&q, e->mode);
	ch_sq_text(&q, e->date);
	ch_sq_text(&q, ev->lo);
	ch_sq_text(&q, ev->hi);
	ch_sq_text(&q, e->place);
	ch_sq_text(&q, e->status);
	ch_sq_text(&q, ev->first);
	ch_sq_text(&q, ev->last);
	ch_sq_text(&q, ev->day);
	ch_sq_int(&q, ev->class);
	ch_sq_int(&q, verdict);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	ch_sql_know(db, e->id, ev->n);
	return true;
}

/* Those that this transaction does not know are asked for together. */
static bool find_events(struct ch_sql *db, struct ch_arena *arena, const struct ch_str *ids, uint32_t n, int64_t *numbers, struct ch_err *err)
{
	struct ids wanted = { { 0 } };
	int64_t *found;

	for (uint32_t i = 0; i < n; i++) {
		numbers[i] = ch_sql_known(db, ids[i]);
		if (!numbers[i])
			*CH_PUSH(arena, &wanted.v) = ids[i];
	}
	found = CH_NEW_N(arena, int64_t, wanted.v.n);
	if (!ch_sql_numbers_of(db, "SELECT id, n FROM events WHERE id IN " CH_SQL_IN CH_SQL_BEFORE, wanted.v.v, wanted.v.n, found, err))
		return false;
	for (uint32_t i = 0, k = 0; i < n; i++) {
		if (numbers[i])
			continue;
		numbers[i] = found[k++];
		if (numbers[i])
			ch_sql_know(db, ids[i], numbers[i]);
	}
	return true;
}

bool ch_sql_put_event(struct ch_sql *db, struct ch_arena *arena, struct ch_str published, const struct ch_event_record *e, int verdict,
			 int64_t *n, bool *is_new, struct ch_err *err)
{
	struct event_put ev = { .e = e };

	if (!ch_sql_numbers_of(db, "SELECT id, n FROM events WHERE id IN " CH_SQL_IN, &e->id, 1, n, err))
		return false;
	*is_new = !*n;
	if (*n)
		return true;
	if (!insert_event(db, arena, published, &ev, verdict, err))
		return false;
	*n = ev.n;
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return ch_str_cmp(*(const struct ch_str *)a, *(const struct ch_str *)b);
}

static bool put_pair(struct ch_sql *db, const struct event_put *ev, struct ch_str a, struct ch_str b, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO event_pairs(a, b, type, done, day, event) VALUES(?,?,?,?,?,?)", true);

	ch_sq_text(&q, a);
	ch_sq_text(&q, b);
	ch_sq_text(&q, ev->e->type);
	ch_sq_int(&q, ch_str_eqz(ev->e->status, "actual") || ch_str_eqz(ev->e->status, "historical"));
	ch_sq_text_always(&q, ev->first);
	ch_sq_int(&q, ev->n);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* The pairs of ch_sql_pairs_put, of parties that are at hand. */
static bool put_pairs(struct putting *on, struct event_put *ev, struct ch_err *err)
{
	struct ch_str *v = ev->parties.v;
	struct ch_str one[2];
	uint32_t n = 0, paired;

	if (ev->parties.n)
		qsort(v, ev->parties.n, sizeof *v, by_bytes);
	for (uint32_t i = 0; i < ev->parties.n; i++)
		if (v[i].len && (!n || !ch_str_eq(v[n - 1], v[i])))
			v[n++] = v[i];
	for (uint32_t i = 0; n > CH_AGENDA_PARTIES && i < n; i++)
		if (!put_pair(on->db, ev, v[i], CH_STR("*"), err))
			return false;
	paired = n < CH_AGENDA_PARTIES ? n : CH_AGENDA_PARTIES;
	if (n == 1 && ev->e->place.len && !ch_str_eq(v[0], ev->e->place)) {
		one[0] = v[0];
		one[1] = ev->e->place;
		qsort(one, 2, sizeof *one, by_bytes);
		v = one;
		paired = 2;
	}
	for (uint32_t i = 0; i < paired; i++)
		for (uint32_t k = i + 1; k < paired; k++)
			if (!put_pair(on->db, ev, v[i], v[k], err))
				return false;
	return true;
}

static bool put_events(struct putting *on, struct ch_err *err)
{
	const struct ch_page_record *p = on->p;
	struct ch_str *ids = CH_NEW_N(on->arena, struct ch_str, p->n_events);
	int64_t *numbers = CH_NEW_N(on->arena, int64_t, p->n_events);

	for (uint32_t i = 0; i < p->n_events; i++)
		ids[i] = p->events[i].id;
	if (!find_events(on->db, on->arena, ids, p->n_events, numbers, err))
		return false;
	for (uint32_t i = 0; i < p->n_events; i++) {
		struct event_put ev = { .e = &p->events[i], .n = numbers[i] };

		if (!ev.n && !insert_event(on->db, on->arena, p->info.published, &ev, 0, err))
			return false;
		for (uint32_t k = 0; k < ev.e->n_reports; k++)
			if (!put_report(on, &ev, &ev.e->reports[k], err))
				return false;
		if (ev.is_new && !put_pairs(on, &ev, err))
			return false;
	}
	return true;
}

/* ---- the other registers ---- */

static const char *const row_sql[CH_REG_N] = {
	[CH_REG_QUOTES] = "INSERT INTO statements(n, id, page, sentence, lo, hi, speaker, country, text, direct,"
		" content_start, content_end, content_raw_start, content_raw_end, cue_start, cue_end, cue_raw_start, cue_raw_end,"
		" source_start, source_end, source_raw_start, source_raw_end, addressee, addressee_party, occasion, occasion_basis, place, outlet,"
		" said, context, sentence_n, day, saying) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_INSTRUMENTS] = "INSERT INTO instruments(n, id, page, sentence, lo, hi, title, kind, date, place, status,"
		" provides, mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_ROLES] = "INSERT INTO roles(n, id, page, sentence, lo, hi, who, role, body, \"from\", \"to\","
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_POSITIONS] = "INSERT INTO positions(n, id, page, sentence, lo, hi, who, stance, about, since,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_TALLIES] = "INSERT INTO tallies(n, id, page, sentence, lo, hi, who, what, count, comparison, period,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_PLEDGES] = "INSERT INTO pledges(n, id, page, sentence, lo, hi, who, what, due,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_GATHERINGS] = "INSERT INTO gatherings(n, id, page, sentence, lo, hi, name, ordinal, kind, body, place, date, status,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_INITIATIVES] = "INSERT INTO initiatives(n, id, page, sentence, lo, hi, name, kind, founded, anniversary, status,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_RELATIONS] = "INSERT INTO relations(n, id, page, sentence, lo, hi, level, change, since, status,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[CH_REG_MARKS] = "INSERT INTO marks(n, id, page, sentence, lo, hi, who, mark, about, party,"
		" mention_start, mention_end, mention_raw_start, mention_raw_end, day) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
};

/* Whose number a row has. */
static const enum ch_sql_counted row_counted[CH_REG_N] = {
	[CH_REG_QUOTES] = CH_COUNTED_STATEMENTS, [CH_REG_INSTRUMENTS] = CH_COUNTED_INSTRUMENTS, [CH_REG_ROLES] = CH_COUNTED_ROLES,
	[CH_REG_POSITIONS] = CH_COUNTED_POSITIONS, [CH_REG_TALLIES] = CH_COUNTED_TALLIES, [CH_REG_PLEDGES] = CH_COUNTED_PLEDGES,
	[CH_REG_GATHERINGS] = CH_COUNTED_GATHERINGS, [CH_REG_INITIATIVES] = CH_COUNTED_INITIATIVES, [CH_REG_RELATIONS] = CH_COUNTED_RELATIONS,
	[CH_REG_MARKS] = CH_COUNTED_MARKS,
};

static bool put_parties(struct ch_sql *db, const struct ch_register *r, uint32_t col, int64_t row, const struct ch_cell *cell,
			struct ch_err *err)
{
	for (uint32_t i = 0; i < cell->n_list; i++) {
		struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO row_parties(register, row, col, number, party) VALUES(?,?,?,?,?)",
					    true);

		ch_sq_text(&q, ch_str_z(r->table));
		ch_sq_int(&q, row);
		ch_sq_text(&q, ch_str_z(r->cols[col].name));
		ch_sq_int(&q, i);
		ch_sq_text_always(&q, cell->list[i]);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

static bool put_list(struct ch_sql *db, int64_t row, const struct ch_cell *cell, struct ch_err *err)
{
	for (uint32_t i = 0; i < cell->n_list; i++) {
		struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO instrument_parties(instrument, number, party) VALUES(?,?,?)",
					    true);

		ch_sq_int(&q, row);
		ch_sq_int(&q, i);
		ch_sq_text_always(&q, cell->list[i]);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

/* Columns stand in row_sql in the order of the register, without lists: those have a table of their own. saying: of a statement; 0: none. */
static bool put_row(struct putting *on, enum ch_register_id reg, const struct ch_row *row, int64_t saying, struct ch_err *err)
{
	struct ch_sql *db = on->db;
	const struct ch_register *r = row->reg;
	struct ch_str lo = CH_STR(""), hi = CH_STR("");
	int64_t n = ch_sql_known(db, row->id);
	struct ch_sq q;

	if (n)   /* the page says it twice */
		return true;
	if (!ch_sql_next(db, row_counted[reg], &n, err))
		return false;
	q = ch_sq_open(db, row_sql[reg], true);
	ch_sq_int(&q, n);
	if (r->date < CH_COLS_MAX)
		ch_date_bounds(on->arena, row->cells[r->date].text, &lo, &hi);
	ch_sq_text(&q, row->id);
	ch_sq_int(&q, on->page);
	if (row->sentence_number == CH_NONE)
		ch_sq_null(&q);
	else
		ch_sq_int(&q, row->sentence_number);
	ch_sq_text(&q, lo);
	ch_sq_text(&q, hi);
	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++) {
		switch (r->cols[i].kind) {
		case CH_COL_TEXT:
		case CH_COL_WORDS:
			ch_sq_text(&q, row->cells[i].text);
			break;
		case CH_COL_NUMBER:
			ch_sq_real(&q, row->cells[i].number);
			break;
		case CH_COL_BOOL:
			ch_sq_int(&q, row->cells[i].number != 0);
			break;
		case CH_COL_ORDINAL:
			if (row->cells[i].number > 0)
				ch_sq_int(&q, (int64_t)row->cells[i].number);
			else
				ch_sq_null(&q);
			break;
		case CH_COL_SPAN:
			bind_span(&q, row->cells[i].span);
			break;
		case CH_COL_LIST:
		case CH_COL_NOTES:
			break;
		}
	}
	if (reg == CH_REG_QUOTES)
		bind_sentence(&q, on, row->sentence_number);
	ch_sq_text(&q, lo.len ? lo : on->p->info.published.len ? on->p->info.published : CH_STR("~"));
	if (reg == CH_REG_QUOTES && saying)
		ch_sq_int(&q, saying);
	else if (reg == CH_REG_QUOTES)
		ch_sq_null(&q);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	ch_sql_know(db, row->id, n);
	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++)
		if (r->cols[i].kind == CH_COL_LIST && !(reg == CH_REG_INSTRUMENTS ? put_list(db, n, &row->cells[i], err) :
							put_parties(db, r, i, n, &row->cells[i], err)))
			return false;
	return true;
}

/* Names that the page uses for the actors of its events ("Moscow", "Mr Lavrov"): so that --who finds them. */
static bool put_names(struct ch_sql *db, struct ch_arena *arena, const struct namings *named, struct ch_err *err)
{
	for (uint32_t i = 0; i < named->v.n; i++) {
		int64_t n = ch_sql_known(db, named->v.v[i].actor);

		if (n > 0 && !put_name(db, arena, n, named->v.v[i].name, err))
			return false;
	}
	return true;
}

bool ch_sql_put_records(struct ch_sql *db, int64_t page, const struct ch_page_record *p, struct ch_err *err)
{
	struct putting on = { .db = db, .arena = p->doc->arena, .p = p, .page = page };
	struct ch_page_saying *sayings;
	struct namings named = { { 0 } };

	if (!know_actors(db, p, &named, err) || !put_blocks(db, page, p->doc, err) || !put_sentences(db, page, p, &on.sentence, err) ||
	    !put_events(&on, err) || !ch_sql_sayings_find(db, p, &sayings, err))
		return false;
	for (unsigned reg = 0; reg < CH_REG_N; reg++)
		for (uint32_t i = 0; i < p->n_rows[reg]; i++) {
			int64_t saying = 0;

			if ((reg == CH_REG_QUOTES && !ch_sql_saying_of(db, sayings, i, &saying, err)) ||
			    !put_row(&on, (enum ch_register_id)reg, &p->rows[reg][i], saying, err))
				return false;
		}
	if (p->n_events)
		*CH_PUSH(&db->fresh_arena, &db->fresh) = page;
	if (!ch_sql_sayings_put(db, p, err) || !put_names(db, on.arena, &named, err))
		return false;
	/* nearly always nobody has decided anything */
	if (!db->memo.no_reviews) {
		bool any;

		if (!ch_sql_any_reviews(db, &any, err))
			return false;
		db->memo.no_reviews = db->in_transaction && !any;
	}
	return db->memo.no_reviews || ch_sql_decide_page(db, page, p->info.id, err);
}

static bool put_all(struct ch_sql *db, const struct ch_page_record *p, struct ch_err *err)
{
	int64_t page = put_page(db, &p->info, err);

	return page && put_raw(db, page, p, err) && ch_sql_put_records(db, page, p, err) &&
	       ch_sql_story_put(db, page, p->signature, p->doc->arena, err);
}

bool ch_sql_put(void *p, const struct ch_page_record *page, struct ch_err *err)
{
	struct ch_sql *db = p;
	const uint32_t taken_out = db->sums.out.n;
	bool has;

	if (!db->in_transaction)
		return ch_fail(err, "%s: a page is put between begin and commit", db->path);
	if (!ch_sql_has_page(db, page->info.id, &has, err))
		return false;
	if (has)
		return true;
	if (db->pg) {
		/* Its rows go to the server with those of other pages: where one is refused, all are. */
		if (!put_all(db, page, err)) {
			ch_pg_spoil(db->pg, err);
			return false;
		}
	} else if (!ch_sql_exec(db, "SAVEPOINT page", err)) {
		return false;
	} else if (!put_all(db, page, err)) {
		ch_sql_memo_clear(db);
		ch_sql_sums_undone(db, taken_out);
		/* what went wrong has been said */
		(void)!ch_sql_exec(db, "ROLLBACK TO page; RELEASE page", &(struct ch_err){ 0 });
		return false;
	} else if (!ch_sql_exec(db, "RELEASE page", err)) {
		return false;
	}
	ch_sql_know(db, page->info.id, CH_SQL_THERE);
	return true;
}
