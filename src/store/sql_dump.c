/* store/sql_dump.c -- the whole store as text, to compare two.
 *
 * Rows of every table, by content and not by row number: numbers are replaced by the ids they stand for. */
#include "store/sql.h"

bool ch_sql_dump(void *p, bool (*line)(void *, struct ch_str), void *ctx, struct ch_err *err)
{
	static const char *const queries[] = {
		"SELECT 'page', " CH_PAGE_COLS ", r.codec, hex(r.bytes) FROM pages g LEFT JOIN page_raw r ON r.page = g.n ORDER BY g.id",
		"SELECT 'block', g.id, b.number, b.kind, b.reason, b.raw_start, b.raw_end, b.text FROM blocks b JOIN pages g ON g.n = b.page"
		" ORDER BY g.id, b.number",
		"SELECT 'sentence', g.id, s.number, s.block, s.start, s.end, s.raw_start, s.raw_end, s.text FROM sentences s"
		" JOIN pages g ON g.n = s.page ORDER BY g.id, s.number",
		"SELECT 'actor', id, kind, party, name, code, org, sector, office, gazetteer_id FROM actors ORDER BY id",
		"SELECT 'name', a.id, n.folded FROM actor_names n JOIN actors a ON a.n = n.actor ORDER BY a.id, n.folded",
		"SELECT 'event', id, type, mode, date, lo, hi, place, status FROM events ORDER BY id",
		"SELECT 'party', e.id, p.side, p.party FROM event_parties p JOIN events e ON e.n = p.event ORDER BY e.id, p.side, p.party",
		"SELECT 'pair', e.id, p.a, p.b, p.type, p.done, p.day FROM event_pairs p JOIN events e ON e.n = p.event ORDER BY e.id, p.a, p.b",
		"SELECT 'sum', party, month, type, mode, events FROM event_sums WHERE events <> 0 ORDER BY 2, 3, 4, 5",
		"SELECT 'tie sum', who, party, year, events, conflict FROM tie_sums WHERE events <> 0 ORDER BY 2, 3, 4",
		"SELECT 'report', r.id, e.id, g.id, r.sentence, r.trigger_start, r.trigger_end, r.trigger_raw_start, r.trigger_raw_end,"
		" r.trigger_text, r.frame, r.path, r.cameo, r.date_basis, r.place_basis, r.claimed_by, r.claimed_in, r.confidence, r.context, r.context_why,"
		" r.rank, r.delegation, r.invited_by"
		" FROM reports r JOIN events e ON e.n = r.event JOIN pages g ON g.n = r.page ORDER BY r.id",
		"SELECT 'report party', r.id, p.side, p.number, a.id FROM report_parties p JOIN reports r ON r.n = p.report"
		" JOIN actors a ON a.n = p.actor ORDER BY r.id, p.side, p.number",
		"SELECT 'quote', x.id, g.id, x.sentence, x.speaker, x.country, x.text, x.direct, x.content_raw_start, x.content_raw_end,"
		" x.cue_raw_start, x.cue_raw_end, x.source_raw_start, x.source_raw_end, x.addressee, x.addressee_party, x.occasion, x.occasion_basis,"
		" x.place, x.outlet, x.said, x.context, y.id, h.id FROM statements x JOIN pages g ON g.n = x.page"
		" LEFT JOIN sayings y ON y.n = x.saying LEFT JOIN sayings h ON h.n = y.head ORDER BY x.id",
		"SELECT 'note', x.id, v.col, v.number, v.raw_start, v.raw_end, v.text, v.name, v.party, v.value, v.words FROM statement_notes v"
		" JOIN statements x ON x.n = v.statement ORDER BY x.id, v.col, v.number",
		"SELECT 'saying key', k.key, y.id FROM saying_keys k JOIN sayings y ON y.n = k.saying ORDER BY 2, 3",
		"SELECT 'instrument', x.id, g.id, x.sentence, x.title, x.kind, x.date, x.place, x.status, x.mention_raw_start FROM instruments x"
		" JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'instrument party', x.id, p.number, p.party FROM instrument_parties p JOIN instruments x ON x.n = p.instrument"
		" ORDER BY x.id, p.number",
		"SELECT 'role', x.id, g.id, x.who, x.role, x.body, x.\"from\", x.\"to\" FROM roles x JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'position', x.id, g.id, x.who, x.stance, x.about, x.since FROM positions x JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'tally', x.id, g.id, x.who, x.what, x.count, x.comparison, x.period FROM tallies x JOIN pages g ON g.n = x.page"
		" ORDER BY x.id",
		"SELECT 'pledge', x.id, g.id, x.who, x.what, x.due FROM pledges x JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'gathering', x.id, g.id, x.name, x.ordinal, x.kind, x.body, x.place, x.date, x.status FROM gatherings x"
		" JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'initiative', x.id, g.id, x.name, x.kind, x.founded, x.anniversary, x.status FROM initiatives x"
		" JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'relation', x.id, g.id, x.level, x.change, x.since, x.status FROM relations x JOIN pages g ON g.n = x.page"
		" ORDER BY x.id",
		"SELECT 'mark', x.id, g.id, x.who, x.mark, x.about, x.party FROM marks x JOIN pages g ON g.n = x.page ORDER BY x.id",
		"SELECT 'row party', coalesce(a.id, b.id, c.id), p.col, p.number, p.party FROM row_parties p"
		" LEFT JOIN gatherings a ON p.register = 'gatherings' AND a.n = p.row"
		" LEFT JOIN initiatives b ON p.register = 'initiatives' AND b.n = p.row"
		" LEFT JOIN relations c ON p.register = 'relations' AND c.n = p.row ORDER BY 2, 3, 4",
		"SELECT 'signature', t.id, s.exact, s.day, hex(s.bytes) FROM signatures s JOIN stories t ON t.n = s.story ORDER BY 2, 3, 4",
		"SELECT 'key', k.window, k.key, s.exact, s.day FROM signature_keys k JOIN signatures s ON s.n = k.signature ORDER BY 2, 3, 4, 5",
		"SELECT 'copy', g.id, t.id FROM copies c JOIN pages g ON g.n = c.page JOIN signatures s ON s.n = c.signature"
		" JOIN stories t ON t.n = s.story ORDER BY g.id",
		"SELECT 'story', t.id, g.id, t.size, t.changed FROM stories t LEFT JOIN pages g ON g.n = t.first ORDER BY t.id",
		"SELECT 'version', t.id, e.id, h.id FROM event_links l LEFT JOIN stories t ON t.n = l.story JOIN events e ON e.n = l.event"
		" JOIN events h ON h.n = l.head ORDER BY 2 NULLS FIRST, 3",
		"SELECT 'group', e.id, h.id, t.id FROM event_groups x JOIN events e ON e.n = x.event JOIN events h ON h.n = x.head"
		" JOIN events t ON t.n = x.top ORDER BY 2",
		"SELECT 'near', n.key, n.day, e.id FROM event_near n JOIN events e ON e.n = n.event ORDER BY 2, 3, 4",
		"SELECT 'review', record, verdict, field, value, reviewer, note, decided FROM reviews ORDER BY record, n",
	};
	struct ch_arena a = { 0 };
	bool ok = true, go = true;

	for (size_t i = 0; ok && go && i < sizeof queries / sizeof *queries; i++) {
		struct ch_sq q = ch_sq_open(p, queries[i], false);

		while (go && ch_sq_step(&q)) {
			int n = ch_sq_columns(&q);
			CH_VEC(char) out = { 0 };

			for (int c = 0; c < n; c++) {
				struct ch_str s = ch_sq_get_text(&q, &a);

				if (c)
					*CH_PUSH(&a, &out) = '\t';
				for (size_t b = 0; b < s.len; b++)
					*CH_PUSH(&a, &out) = s.ptr[b] == '\n' || s.ptr[b] == '\t' ? ' ' : s.ptr[b];
			}
			go = line(ctx, ch_str_n(out.v, out.n));
			ch_arena_reset(&a);
		}
		ok = ch_sq_end(&q, err);
	}
	ch_arena_free(&a);
	return ok;
}
