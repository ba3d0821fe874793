/* store/sql_apply.c -- what was decided of a record is done to the tables: its report moves to the event that it is now said to tell, a row
 * is written over. */
#include "store/sql_review.h"
#include "store/id.h"
#include "store/party.h"
#include <stdio.h>
#include <stdlib.h>

enum { VERDICT_REJECTED = 1, VERDICT_APART = 2 };

struct sided {
	int64_t n;                     /* of the actor */
	struct ch_party party;         /* id, party and name */
};

struct side {
	struct sided *v;
	uint32_t n;
	struct ch_party_list list;
};

/* What decisions and reading anew look for, and nobody else: a store gets these when it is first wanted, so that adding does not pay. */
bool ch_sql_review_ready(struct ch_sql *db, struct ch_err *err)
{
	return ch_sql_exec(db, "CREATE INDEX IF NOT EXISTS event_pairs_event ON event_pairs(event);"
			      "CREATE INDEX IF NOT EXISTS event_near_event ON event_near(event);"
			      "CREATE INDEX IF NOT EXISTS event_links_head ON event_links(head);"
			      "CREATE INDEX IF NOT EXISTS saying_keys_saying ON saying_keys(saying);"
			      "CREATE INDEX IF NOT EXISTS signature_keys_signature ON signature_keys(signature);"
			      "CREATE INDEX IF NOT EXISTS row_parties_row ON row_parties(register, row);"
			      "CREATE INDEX IF NOT EXISTS actor_names_actor ON actor_names(actor);"
			      "CREATE INDEX IF NOT EXISTS stories_first ON stories(first);"
			      "CREATE INDEX IF NOT EXISTS reviews_names ON reviews(value) WHERE kind = 'actors';", err);
}

/* ---- events that change ---- */

static bool touch_all(struct ch_sql *db, const char *sql, int64_t event, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, event);
	while (ch_sq_step(&q))
		*CH_PUSH(&db->fresh_arena, &db->touched) = ch_sq_get_int(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_touch_event(struct ch_sql *db, int64_t event, struct ch_err *err)
{
	static const char *const of_it[] = {
		/* where they stand is set anew: the number of one that is gone may come to be another's */
		"UPDATE events SET head = NULL WHERE n IN (SELECT event FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?1))",
		"DELETE FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?)",
		"DELETE FROM event_near WHERE event = ?",
	};
	static const char *const gone[] = {
		"DELETE FROM event_links WHERE event = ?1 OR head = ?1", "DELETE FROM event_pairs WHERE event = ?",
		"DELETE FROM event_parties WHERE event = ?", "DELETE FROM events WHERE n = ?",
	};
	const uint32_t before = db->touched.n;
	int64_t told;

	/* All that hangs on it is found anew before the commit: those grouped or linked with it, and those that stood near it. */
	*CH_PUSH(&db->fresh_arena, &db->touched) = event;
	if (!touch_all(db, "SELECT event FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?)", event, err) ||
	    !ch_sql_sums_out(db, db->touched.v + before, db->touched.n - before, err) ||
	    !touch_all(db, "SELECT event FROM event_links WHERE head = ?", event, err) ||
	    !touch_all(db, "SELECT o.event FROM event_near k JOIN event_near o ON o.key = k.key AND o.day BETWEEN k.day - 62 AND k.day + 62"
		       " WHERE k.event = ? LIMIT 1024", event, err))
		return false;
	for (size_t i = 0; i < sizeof of_it / sizeof *of_it; i++)
		if (!ch_sql_do_int(db, of_it[i], event, err))
			return false;
	if (!ch_sql_read_int(db, "SELECT count(*) FROM (SELECT 1 FROM reports WHERE event = ? LIMIT 1) AS one", event, &told, err))
		return false;
	for (size_t i = 0; !told && i < sizeof gone / sizeof *gone; i++)
		if (!ch_sql_do_int(db, gone[i], event, err))
			return false;
	return true;
}

/* ---- a report ---- */

static bool actor_by_id(struct ch_sql *db, struct ch_arena *arena, struct ch_str id, struct sided *a, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n, party, name FROM actors WHERE id = ?", true);

	*a = (struct sided){ .party.id = id };
	ch_sq_text(&q, id);
	if (ch_sq_step(&q)) {
		a->n = ch_sq_get_int(&q);
		a->party.party = ch_sq_get_text(&q, arena);
		a->party.name = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err);
}

/* Who is set by hand is the same in every store, whatever its pages tell: an actor of the lists, else one by his name. */
static bool actor_by_hand(struct ch_sql *db, struct ch_arena *arena, struct ch_str code, struct ch_str name, struct sided *a,
			  struct ch_err *err)
{
	struct ch_party p;
	struct ch_sq q;
	int64_t n;

	if (name.len || !ch_party_known(arena, code, &p))
		p = ch_party_by_hand(arena, code, name);
	if (!ch_sql_next(db, CH_COUNTED_ACTORS, &n, err))
		return false;
	q = ch_sq_open(db, "INSERT OR IGNORE INTO actors(n, id, kind, party, name, code, org, gazetteer_id) VALUES(?,?,?,?,?,?,?,?)", true);
	ch_sq_int(&q, n);
	ch_sq_text(&q, p.id);
	ch_sq_int(&q, p.kind);
	ch_sq_text(&q, p.party);
	ch_sq_text(&q, p.name);
	ch_sq_text(&q, p.code);
	ch_sq_text(&q, p.org);
	ch_sq_text(&q, p.gazetteer_id);
	ch_sq_step(&q);
	return ch_sq_end(&q, err) && actor_by_id(db, arena, p.id, a, err);
}

static int by_party(const void *x, const void *y)
{
	const struct sided *a = x, *b = y;
	int c = ch_str_cmp(a->party.party, b->party.party);

	return c ? c : ch_str_cmp(a->party.id, b->party.id);
}

/* Who stood for a party on the page goes on standing for it where the party stays, unless somebody else is named. */
static bool side_of(struct ch_sql *db, struct ch_arena *arena, struct ch_str actors, bool set_by_hand, struct ch_str codes,
		    struct side *side, struct ch_err *err)
{
	CH_VEC(struct sided) as_coded = { 0 }, now = { 0 };
	struct ch_str one;

	while (ch_str_cut(&actors, ';', &one))
		if (one.len && !actor_by_id(db, arena, one, CH_PUSH(arena, &as_coded), err))
			return false;
	while (set_by_hand && ch_str_cut(&codes, ';', &one)) {
		struct ch_str code, name;
		bool stood = false;

		ch_party_cut(one, &code, &name);
		for (uint32_t i = 0; i < as_coded.n; i++) {
			if (!ch_str_eq(as_coded.v[i].party.party, code) || (name.len && !ch_str_eq(as_coded.v[i].party.name, name)))
				continue;
			*CH_PUSH(arena, &now) = as_coded.v[i];
			stood = true;
		}
		if (!stood && code.len && !actor_by_hand(db, arena, code, name, CH_PUSH(arena, &now), err))
			return false;
	}
	side->v = set_by_hand ? now.v : as_coded.v;
	side->n = set_by_hand ? now.n : as_coded.n;
	if (side->n)
		qsort(side->v, side->n, sizeof *side->v, by_party);
	side->list.v = CH_NEW_N(arena, struct ch_party, side->n);
	side->list.n = side->n;
	for (uint32_t i = 0; i < side->n; i++)
		side->list.v[i] = side->v[i].party;
	return true;
}

static bool put_event(struct ch_sql *db, struct ch_arena *arena, const struct ch_event_record *e, const struct side sides[2],
		      struct ch_str published, int verdict, int64_t *n, struct ch_err *err)
{
	bool is_new;

	if (!ch_sql_put_event(db, arena, published, e, verdict, n, &is_new, err))
		return false;
	for (int side = 0; is_new && side < 2; side++) {
		for (uint32_t i = 0; i < sides[side].n; i++) {
			struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO event_parties(event, side, party, class, day, head)"
						    " SELECT n, ?2, ?3, class, day, head FROM events WHERE n = ?1", true);

			ch_sq_int(&q, *n);
			ch_sq_int(&q, side);
			ch_sq_text_always(&q, sides[side].v[i].party.party);
			ch_sq_step(&q);
			if (!ch_sq_end(&q, err))
				return false;
		}
	}
	return true;
}

static bool move_report(struct ch_sql *db, int64_t report, int64_t event, const struct side sides[2], struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "UPDATE reports SET event = ?1, (day, head) = (SELECT x.day, x.head FROM events x WHERE x.n = ?1) WHERE n = ?2", true);

	ch_sq_int(&q, event);
	ch_sq_int(&q, report);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err) || !ch_sql_do_int(db, "DELETE FROM report_parties WHERE report = ?", report, err))
		return false;
	for (int side = 0; side < 2; side++) {
		for (uint32_t i = 0; i < sides[side].n; i++) {
			q = ch_sq_open(db, "INSERT INTO report_parties(report, side, number, actor) VALUES(?,?,?,?)", true);
			ch_sq_int(&q, report);
			ch_sq_int(&q, side);
			ch_sq_int(&q, i);
			ch_sq_int(&q, sides[side].v[i].n);
			ch_sq_step(&q);
			if (!ch_sq_end(&q, err))
				return false;
		}
	}
	return true;
}

/* Actors that nobody tells of any more; those of a decision may be wanted when it is undone. */
bool ch_sql_drop_actors(struct ch_sql *db, const int64_t *actors, uint32_t n, struct ch_err *err)
{
#define BARE "NOT EXISTS (SELECT 1 FROM report_parties p WHERE p.actor = ?1) AND NOT EXISTS (SELECT 1 FROM reviews v WHERE" \
	" instr(v.coded, (SELECT id FROM actors WHERE n = ?1)) > 0)"
	for (uint32_t i = 0; i < n; i++)
		if (!ch_sql_do_int(db, "DELETE FROM actor_names WHERE actor = ?1 AND " BARE, actors[i], err) ||
		    !ch_sql_do_int(db, "DELETE FROM actors WHERE n = ?1 AND " BARE, actors[i], err))
			return false;
	ch_sql_memo_clear(db);
	return true;
}

static struct ch_str field(const struct ch_review_state *s, struct ch_str coded, const char *name)
{
	return ch_fields_has(s->changes, name) ? ch_fields_get(s->changes, name) : ch_fields_get(coded, name);
}

bool ch_sql_apply_report(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
			 struct ch_err *err)
{
	struct ch_event_record e = { .type = field(s, c->coded, "type"), .mode = field(s, c->coded, "mode"), .date = field(s, c->coded, "date"),
				     .place = field(s, c->coded, "place"), .status = field(s, c->coded, "status") };
	struct ch_str page = ch_fields_has(s->changes, ".page") ? ch_fields_get(s->changes, ".page") : c->page;
	struct ch_sql_list were = { .arena = arena };
	struct side sides[2];
	int64_t before, now;

	if (!side_of(db, arena, ch_fields_get(c->coded, ".source"), ch_fields_has(s->changes, "source"), ch_fields_get(s->changes, "source"),
		     &sides[0], err) ||
	    !side_of(db, arena, ch_fields_get(c->coded, ".target"), ch_fields_has(s->changes, "target"), ch_fields_get(s->changes, "target"),
		     &sides[1], err))
		return false;
	e.id = ch_event_id(arena, &e, sides[0].list, sides[1].list, page);
	if (s->rejected || s->apart) {
		struct ch_ider ider;

		ch_ider_init(&ider, s->rejected ? "event rejected" : "event apart");
		ch_ider_add(&ider, e.id);
		ch_ider_add(&ider, s->apart ? c->id : CH_STR(""));
		e.id = ch_ider_id(&ider, arena);
	}
	return ch_sql_read_int(db, "SELECT event FROM reports WHERE n = ?", c->n, &before, err) &&
	       ch_sql_list_int(db, "SELECT DISTINCT actor FROM report_parties WHERE report = ?", c->n, &were, err) &&
	       put_event(db, arena, &e, sides, c->published, s->rejected ? VERDICT_REJECTED : s->apart ? VERDICT_APART : 0, &now, err) &&
	       move_report(db, c->n, now, sides, err) && ch_sql_drop_actors(db, were.v.v, were.v.n, err) && (s->rejected || ch_sql_pairs_put(db, now, err)) &&
	       (before == now || ch_sql_touch_event(db, before, err)) && ch_sql_touch_event(db, now, err) &&
	       ch_sql_do_int(db, "UPDATE stories SET changed = 1, id = NULL WHERE n IN (SELECT s.story FROM reports r JOIN copies c ON c.page = r.page"
		      " JOIN signatures s ON s.n = c.signature WHERE r.n = ?)", c->n, err);
}

/* ---- a row of a register ---- */

static bool put_list(struct ch_sql *db, const struct ch_captured *c, const char *col, struct ch_str list, struct ch_err *err)
{
	const bool own_table = c->reg == CH_REG_INSTRUMENTS;
	const struct ch_register *r = ch_register_of((enum ch_register_id)c->reg);
	struct ch_sq q = own_table ? ch_sq_open(db, "DELETE FROM instrument_parties WHERE instrument = ?", true) :
				     ch_sq_open(db, "DELETE FROM row_parties WHERE row = ? AND register = ? AND col = ?", true);
	struct ch_str one;
	int64_t number = 0;

	ch_sq_int(&q, c->n);
	if (!own_table) {
		ch_sq_text(&q, ch_str_z(r->table));
		ch_sq_text(&q, ch_str_z(col));
	}
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	while (ch_str_cut(&list, ';', &one)) {
		one = ch_str_trim(one);
		if (!one.len)
			continue;
		q = own_table ? ch_sq_open(db, "INSERT INTO instrument_parties(instrument, number, party) VALUES(?,?,?)", true) :
				ch_sq_open(db, "INSERT INTO row_parties(row, number, party, register, col) VALUES(?,?,?,?,?)", true);
		ch_sq_int(&q, c->n);
		ch_sq_int(&q, number++);
		ch_sq_text(&q, one);
		if (!own_table) {
			ch_sq_text(&q, ch_str_z(r->table));
			ch_sq_text(&q, ch_str_z(col));
		}
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

static bool update(struct ch_sql *db, const struct ch_captured *c, const char *col, struct ch_str value, enum ch_col_kind kind,
		   struct ch_err *err)
{
	char sql[160];
	struct ch_sq q;

	snprintf(sql, sizeof sql, "UPDATE %s SET \"%s\" = %s WHERE n = ?", ch_register_of((enum ch_register_id)c->reg)->table, col,
		 kind == CH_COL_NUMBER ? "CAST(? AS REAL)" : kind == CH_COL_TEXT || kind == CH_COL_WORDS ? "?" : "CAST(? AS INTEGER)");
	q = ch_sq_open(db, sql, false);
	ch_sq_text(&q, kind != CH_COL_BOOL ? value : ch_str_eqz(value, "true") ? CH_STR("1") : CH_STR("0"));
	ch_sq_int(&q, c->n);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_apply_row(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
		      struct ch_err *err)
{
	const struct ch_register *r = ch_register_of((enum ch_register_id)c->reg);
	struct ch_str lo = CH_STR(""), hi = CH_STR("");

	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++) {
		const char *name = r->cols[i].name;
		struct ch_str value = field(s, c->coded, name);

		if (r->cols[i].kind == CH_COL_SPAN || r->cols[i].kind == CH_COL_NOTES ||
		    !(ch_fields_has(s->changes, name) || ch_fields_has(c->coded, name)))
			continue;
		if (!(r->cols[i].kind == CH_COL_LIST ? put_list(db, c, name, value, err) : update(db, c, name, value, r->cols[i].kind, err)))
			return false;
		if (i == r->date)
			ch_date_bounds(arena, value, &lo, &hi);
	}
	return update(db, c, "lo", lo, CH_COL_TEXT, err) && update(db, c, "hi", hi, CH_COL_TEXT, err) &&
	       update(db, c, "verdict", s->rejected ? CH_STR("1") : CH_STR("0"), CH_COL_ORDINAL, err) &&
	       ch_sql_do_int(db, ch_arena_printf(arena, "UPDATE %s SET day = coalesce(lo, (SELECT g.published FROM pages g WHERE g.n = page), '~') WHERE n = ?",
						 r->table).ptr, c->n, err) &&
	       (c->reg != CH_REG_QUOTES || ch_sql_saying_again(db, c->n, err));
}
