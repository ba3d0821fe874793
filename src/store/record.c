#include "store/record.h"
#include "event/context.h"
#include "event/view.h"
#include "store/id.h"
#include <stdlib.h>
#include <zlib.h>

static const struct ch_register registers[CH_REG_N] = {
	[CH_REG_QUOTES] = { "quotes", "statements",
		{ { "speaker", CH_COL_TEXT }, { "country", CH_COL_TEXT }, { "text", CH_COL_TEXT }, { "direct", CH_COL_BOOL },
		  { "content", CH_COL_SPAN }, { "cue", CH_COL_SPAN }, { "source", CH_COL_SPAN }, { "addressee", CH_COL_TEXT },
		  { "addressee_party", CH_COL_TEXT }, { "occasion", CH_COL_TEXT }, { "occasion_basis", CH_COL_TEXT }, { "place", CH_COL_TEXT },
		  { "outlet", CH_COL_TEXT }, { "said", CH_COL_TEXT }, { "context", CH_COL_WORDS }, { "insertions", CH_COL_NOTES },
		  { "refers", CH_COL_NOTES }, { "views", CH_COL_NOTES } },
		.who = 0, .about = 2, .date = CH_COLS_MAX, .where = 4 },
	[CH_REG_INSTRUMENTS] = { "instruments", "instruments",
		{ { "title", CH_COL_TEXT }, { "kind", CH_COL_TEXT }, { "parties", CH_COL_LIST }, { "date", CH_COL_TEXT },
		  { "place", CH_COL_TEXT }, { "status", CH_COL_TEXT }, { "provides", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 2, .about = 0, .date = 3, .where = 7 },
	[CH_REG_ROLES] = { "roles", "roles",
		{ { "who", CH_COL_TEXT }, { "role", CH_COL_TEXT }, { "body", CH_COL_TEXT }, { "from", CH_COL_TEXT },
		  { "to", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 0, .about = 1, .date = 3, .where = 5 },
	[CH_REG_POSITIONS] = { "positions", "positions",
		{ { "who", CH_COL_TEXT }, { "stance", CH_COL_TEXT }, { "about", CH_COL_TEXT }, { "since", CH_COL_TEXT },
		  { "mention", CH_COL_SPAN } },
		.who = 0, .about = 2, .date = 3, .where = 4 },
	[CH_REG_TALLIES] = { "tallies", "tallies",
		{ { "who", CH_COL_TEXT }, { "what", CH_COL_TEXT }, { "count", CH_COL_NUMBER }, { "comparison", CH_COL_TEXT },
		  { "period", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 0, .about = 1, .date = 4, .where = 5 },
	[CH_REG_PLEDGES] = { "pledges", "pledges",
		{ { "who", CH_COL_TEXT }, { "what", CH_COL_TEXT }, { "due", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 0, .about = 1, .date = 2, .where = 3 },
	[CH_REG_GATHERINGS] = { "gatherings", "gatherings",
		{ { "name", CH_COL_TEXT }, { "ordinal", CH_COL_ORDINAL }, { "kind", CH_COL_TEXT }, { "body", CH_COL_TEXT },
		  { "host", CH_COL_LIST }, { "mediator", CH_COL_LIST }, { "participants", CH_COL_LIST }, { "place", CH_COL_TEXT },
		  { "date", CH_COL_TEXT }, { "status", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 6, .about = 0, .date = 8, .where = 10 },
	[CH_REG_INITIATIVES] = { "initiatives", "initiatives",
		{ { "name", CH_COL_TEXT }, { "kind", CH_COL_TEXT }, { "founders", CH_COL_LIST }, { "founded", CH_COL_TEXT },
		  { "anniversary", CH_COL_ORDINAL }, { "status", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 2, .about = 0, .date = 3, .where = 6 },
	[CH_REG_RELATIONS] = { "relations", "relations",
		{ { "parties", CH_COL_LIST }, { "level", CH_COL_TEXT }, { "change", CH_COL_TEXT }, { "since", CH_COL_TEXT },
		  { "status", CH_COL_TEXT }, { "mention", CH_COL_SPAN } },
		.who = 0, .about = 1, .date = 3, .where = 5 },
	[CH_REG_MARKS] = { "marks", "marks",
		{ { "who", CH_COL_TEXT }, { "mark", CH_COL_TEXT }, { "about", CH_COL_TEXT }, { "party", CH_COL_TEXT },
		  { "mention", CH_COL_SPAN } },
		.who = 0, .about = 2, .date = CH_COLS_MAX, .where = 4 },
};

const struct ch_register *ch_register_of(enum ch_register_id id)
{
	return &registers[id];
}

static struct ch_evidence evidence(const struct ch_doc *doc, struct ch_span span)
{
	struct ch_evidence e = { .text = span };

	if (span.end > span.start)
		e.raw = ch_doc_raw(doc, span);
	else
		e.text = (struct ch_span){ 0, 0 };
	return e;
}

struct ch_page_info ch_page_info_of(const struct ch_doc *doc, struct ch_stamp stamp)
{
	char day[16], modified[16];

	return (struct ch_page_info){
		.id = ch_page_id(doc->arena, doc->raw), .path = doc->path, .url = doc->meta.url, .title = doc->meta.title,
		.author = doc->meta.author, .outlet = doc->meta.outlet, .agency = doc->meta.agency,
		.section = doc->meta.section, .lang = doc->meta.lang, .dateline_place = doc->meta.dateline_place,
		.published = ch_arena_str(doc->arena, ch_str_z(ch_day_print(doc->meta.published, day))),
		.published_basis = ch_str_z(doc->meta.published_basis),
		.modified = ch_arena_str(doc->arena, ch_str_z(ch_day_print(doc->meta.modified, modified))), .chain = doc->meta.chain,
		.license = doc->meta.license, .license_forbids = doc->meta.license_forbids, .program_version = ch_str_z(stamp.program),
		.lexicon_version = ch_str_z(stamp.lexicon), .model_version = ch_str_z(stamp.model),
		.article = doc->article, .cut = doc->cut, .raw_size = doc->raw.len,
	};
}

/* ---- events ---- */

struct ch_str ch_party_id(struct ch_arena *arena, const struct ch_party *p, struct ch_str page)
{
	struct ch_ider ider;

	ch_ider_init(&ider, "actor");
	ch_ider_add_number(&ider, p->kind);
	ch_ider_add(&ider, p->gazetteer_id.len ? p->gazetteer_id : page);
	ch_ider_add(&ider, p->party);
	ch_ider_add(&ider, p->name);
	ch_ider_add(&ider, p->code);
	ch_ider_add(&ider, p->org);
	ch_ider_add(&ider, p->sector);
	ch_ider_add(&ider, p->office);
	return ch_ider_id(&ider, arena);
}

struct ch_party ch_party_of(const struct ch_doc *doc, const struct ch_page_info *page, uint32_t actor)
{
	const struct ch_actor *a = &doc->actors.v[actor];
	struct ch_party p = { .kind = a->kind, .party = a->party, .name = a->name, .code = a->code, .org = a->org,
			      .sector = a->sector, .office = a->office, .gazetteer_id = a->id };
	p.id = ch_party_id(doc->arena, &p, page->id);
	return p;
}

static int by_party(const void *a, const void *b)
{
	const struct ch_party *x = a, *y = b;
	int c = ch_str_cmp(x->party, y->party);

	return c ? c : ch_str_cmp(x->id, y->id);
}

void ch_party_list_sort(struct ch_party_list *list)
{
	if (list->n)
		qsort(list->v, list->n, sizeof *list->v, by_party);
}

static struct ch_party_list parties_of(const struct ch_doc *doc, const struct ch_page_info *page, uint32_t first, uint32_t n)
{
	struct ch_party_list list = { CH_NEW_N(doc->arena, struct ch_party, n), 0 };
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++)
		list.v[i] = ch_party_of(doc, page, doc->event_actors.v[first + i]);
	list.n = n;
	ch_party_list_sort(&list);
	/* Two people of one side are one party twice; the record keeps both, unless they are the very same. */
	for (uint32_t i = 0; i < n; i++)
		if (!kept || !ch_str_eq(list.v[kept - 1].id, list.v[i].id))
			list.v[kept++] = list.v[i];
	list.n = kept;
	return list;
}

/* Sides enter by their parties, not by who stood for them: the same visit told of a president and of his country is one. */
static void add_side(struct ch_ider *ider, struct ch_party_list side)
{
	for (uint32_t i = 0; i < side.n; i++)
		if (!i || !ch_str_eq(side.v[i].party, side.v[i - 1].party))
			ch_ider_add(ider, side.v[i].party);
	ch_ider_add(ider, CH_STR("/"));
}

static const char *const status_names[] = { "actual", "planned", "denied", "hypothetical", "historical" };

struct ch_str ch_event_id(struct ch_arena *arena, const struct ch_event_record *e, struct ch_party_list source,
			  struct ch_party_list target, struct ch_str page)
{
	struct ch_ider ider;

	ch_ider_init(&ider, "event");
	ch_ider_add(&ider, e->type);
	ch_ider_add(&ider, e->mode);
	add_side(&ider, source);
	add_side(&ider, target);
	ch_ider_add(&ider, e->date);
	ch_ider_add(&ider, e->place);
	ch_ider_add(&ider, e->status);
	if (!e->date.len)
		ch_ider_add(&ider, page);   /* without a date nobody can tell that two pages mean the same */
	return ch_ider_id(&ider, arena);
}

static struct ch_str statement_id(const struct ch_doc *doc, const struct ch_page_info *page, const struct ch_statement *s)
{
	struct ch_ider ider;

	ch_ider_init(&ider, "statement");
	ch_ider_add(&ider, page->id);
	ch_ider_add(&ider, s->speaker);
	ch_ider_add_number(&ider, s->content.start);
	ch_ider_add_number(&ider, s->content.end);
	return ch_ider_id(&ider, doc->arena);
}

static struct ch_report report_of(const struct ch_page_record *page, const struct ch_event *ev)
{
	const struct ch_doc *doc = page->doc;
	const struct ch_sentence *s = ev->sentence < doc->sentences.n ? &doc->sentences.v[ev->sentence] : NULL;
	struct ch_report r = { .page = &page->info, .sentence_number = ev->sentence, .frame = ch_str_z(ev->frame),
			       .path = ev->path, .date_basis = ch_str_z(ev->date_basis),
			       .place_basis = ch_str_z(ev->place_basis), .cameo = ch_str_z(ev->cameo),
			       .confidence = (double)ev->confidence, .contexts = ev->contexts,
			       .context_why = ev->context_why, .rank = ev->rank, .delegation = ev->delegation,
			       .invited_by = ev->invited_by };

	if (s) {
		r.sentence = evidence(doc, s->span);
		r.sentence_text = page->sentence_texts[ev->sentence];
	}
	r.trigger = evidence(doc, ev->trigger);
	r.trigger_text = ch_doc_str(doc, ev->trigger);
	r.source = parties_of(doc, &page->info, ev->source_first, ev->source_n);
	r.target = parties_of(doc, &page->info, ev->target_first, ev->target_n);
	if (ev->claimed_by != CH_NONE) {
		const struct ch_statement *st = &doc->statements.v[ev->claimed_by];

		r.claimed_by = st->speaker;
		r.claimed_in = statement_id(doc, &page->info, st);
	}
	return r;
}

static void add_events(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;
	struct ch_map known;

	ch_map_init(&known, doc->arena);
	page->events = CH_NEW_N(doc->arena, struct ch_event_record, doc->events.n);
	for (uint32_t i = 0; i < doc->events.n; i++) {
		const struct ch_event *ev = &doc->events.v[i];
		struct ch_report r = report_of(page, ev);
		struct ch_event_record e = { .type = ch_str_z(ch_event_name(ev->type)), .mode = ch_str_z(ev->mode),
					     .date = ev->date, .place = ev->place,
					     .status = ch_str_z(status_names[ev->status]) };
		struct ch_event_record *to;
		struct ch_ider ider;
		uint32_t at;
		bool added;

		e.id = ch_event_id(doc->arena, &e, r.source, r.target, page->info.id);
		ch_ider_init(&ider, "report");
		ch_ider_add(&ider, e.id);
		ch_ider_add(&ider, page->info.id);
		ch_ider_add_number(&ider, r.trigger.text.start);
		ch_ider_add_number(&ider, r.trigger.text.end);
		ch_ider_add(&ider, r.frame);
		r.id = ch_ider_id(&ider, doc->arena);
		at = *ch_map_put(&known, e.id, page->n_events, &added);
		to = &page->events[at];
		if (added) {
			page->n_events++;
			*to = e;
		}
		to->reports = ch_arena_grow(doc->arena, to->reports, to->n_reports, to->n_reports + 1, sizeof r);
		to->reports[to->n_reports++] = r;
	}
}

/* ---- the other registers ---- */

static struct ch_row *new_row(struct ch_page_record *page, enum ch_register_id reg, struct ch_span where)
{
	const struct ch_doc *doc = page->doc;
	struct ch_row *row = &page->rows[reg][page->n_rows[reg]++];

	row->reg = &registers[reg];
	row->page = &page->info;
	row->sentence_number = ch_doc_sentence_at(doc, where.start);
	if (row->sentence_number != CH_NONE)
		row->context = page->sentence_texts[row->sentence_number];
	row->cells[row->reg->where].span = evidence(doc, where);
	return row;
}

static void text_cell(struct ch_row *row, uint32_t col, struct ch_str text)
{
	row->cells[col].text = text;
}

/* Each party once, in the order of the alphabet; who has none goes by name. */
static void list_cell(struct ch_page_record *page, struct ch_row *row, uint32_t col, struct ch_actors_of run)
{
	struct ch_party_list parties = parties_of(page->doc, &page->info, run.first, run.n);
	struct ch_cell *list = &row->cells[col];

	list->list = CH_NEW_N(page->doc->arena, struct ch_str, parties.n);
	for (uint32_t p = 0; p < parties.n; p++) {
		struct ch_str one = parties.v[p].party.len ? parties.v[p].party : parties.v[p].name;

		if (!list->n_list || !ch_str_eq(list->list[list->n_list - 1], one))
			list->list[list->n_list++] = one;
	}
}

/* A row's id is that of its page, its place in it and what it says. Two rows that are alike in all that are one. */
static void close_row(struct ch_page_record *page, struct ch_row *row)
{
	const struct ch_register *reg = row->reg;
	enum ch_register_id id = (enum ch_register_id)(reg - registers);
	struct ch_ider ider;
	bool added;

	ch_ider_init(&ider, reg->table);
	ch_ider_add(&ider, page->info.id);
	ch_ider_add_number(&ider, row->cells[reg->where].span.text.start);
	ch_ider_add_number(&ider, row->cells[reg->where].span.text.end);
	for (uint32_t i = 0; i < CH_COLS_MAX && reg->cols[i].name; i++) {
		ch_ider_add(&ider, row->cells[i].text);
		ch_ider_add_number(&ider, (uint64_t)(int64_t)(row->cells[i].number * 1000));
		/* Instruments had ids before lists entered them; theirs are kept. */
		for (uint32_t k = 0; id != CH_REG_INSTRUMENTS && k < row->cells[i].n_list; k++)
			ch_ider_add(&ider, row->cells[i].list[k]);
	}
	row->id = ch_ider_id(&ider, page->doc->arena);
	ch_map_put(&page->seen, row->id, 0, &added);
	if (!added) {
		*row = (struct ch_row){ 0 };
		page->n_rows[id]--;
	}
}

struct ch_str ch_said_words(const struct ch_doc *doc, const struct ch_statement *s)
{
	struct ch_str text = ch_doc_str(doc, s->content);
	char *out = CH_NEW_N(doc->arena, char, text.len + 1);
	uint32_t insertion = s->insertion_first;
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		const struct ch_span *in = insertion < s->insertion_first + s->insertion_n ? &doc->insertions.v[insertion] : NULL;
		char c = text.ptr[i];

		if (in && s->content.start + i == in->start) {
			size_t end = in->end - s->content.start;

			/* "[T]he": a letter that was made a capital is the speaker's. */
			if (c == '[' && end < text.len && end - i <= 4 && (unsigned char)text.ptr[end] > ' ' && text.ptr[end] != '.' && text.ptr[end] != ',') {
				memcpy(out + n, text.ptr + i + 1, end - i - 2);
				n += end - i - 2;
			}
			/* No blank is left before a full stop. */
			if (n && out[n - 1] == ' ' && end < text.len && (text.ptr[end] == ',' || text.ptr[end] == '.' || text.ptr[end] == ';'))
				n--;
			insertion++;
			i = end - 1;
			continue;
		}
		if (c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		if (c != ' ' || (n && out[n - 1] != ' '))
			out[n++] = c;
	}
	return ch_str_trim(ch_str_n(out, n));
}

static void one_note(const struct ch_doc *doc, struct ch_cell *cell, struct ch_span span, struct ch_note note)
{
	note.span = evidence(doc, span);
	note.text = ch_doc_str(doc, span);
	cell->notes[cell->n_notes++] = note;
}

/* What is told of a statement beside its speaker, from column 7 on. */
static void add_told(struct ch_row *row, const struct ch_doc *doc, uint32_t number)
{
	const struct ch_statement *s = &doc->statements.v[number];
	const struct ch_topic *t = number < doc->topics.n ? &doc->topics.v[number] : NULL;
	struct ch_cell *cells = row->cells;

	text_cell(row, 7, s->addressee);
	text_cell(row, 8, s->addressee_party);
	text_cell(row, 9, s->occasion);
	text_cell(row, 10, ch_str_z(s->occasion_basis));
	text_cell(row, 11, s->place);
	text_cell(row, 12, s->outlet);
	text_cell(row, CH_QUOTE_SAID, ch_said_words(doc, s));
	text_cell(row, 14, t ? ch_context_names(doc->arena, t->contexts) : CH_STR(""));
	cells[15].notes = CH_NEW_N(doc->arena, struct ch_note, s->insertion_n);
	for (uint32_t i = 0; i < s->insertion_n; i++)
		one_note(doc, &cells[15], doc->insertions.v[s->insertion_first + i], (struct ch_note){ .value = CH_STR("") });
	cells[16].notes = CH_NEW_N(doc->arena, struct ch_note, s->refer_n);
	for (uint32_t i = 0; i < s->refer_n; i++) {
		const struct ch_refer *r = &doc->refers.v[s->refer_first + i];

		one_note(doc, &cells[16], r->span, (struct ch_note){ .name = r->name, .party = r->party, .value = ch_str_z(r->basis) });
	}
	cells[17].notes = CH_NEW_N(doc->arena, struct ch_note, t ? t->view_n : 0);
	for (uint32_t i = 0; t && i < t->view_n; i++) {
		const struct ch_view *v = &doc->views.v[t->view_first + i];

		one_note(doc, &cells[17], v->span, (struct ch_note){ .name = v->about, .party = v->party, .words = v->words,
								     .value = ch_str_z(ch_stance_name(v->stance)) });
	}
}

static void add_quotes(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->statements.n; i++) {
		const struct ch_statement *s = &doc->statements.v[i];
		struct ch_row *row = new_row(page, CH_REG_QUOTES, s->content);

		text_cell(row, 0, s->speaker);
		text_cell(row, 1, s->country);
		text_cell(row, 2, ch_doc_str(doc, s->content));
		row->cells[3].number = s->direct;
		row->cells[5].span = evidence(doc, s->cue);
		row->cells[6].span = evidence(doc, s->source);
		add_told(row, doc, i);
		row->id = statement_id(doc, &page->info, s);
	}
}

static void add_instruments(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->instruments.n; i++) {
		const struct ch_instrument *in = &doc->instruments.v[i];
		struct ch_row *row = new_row(page, CH_REG_INSTRUMENTS, in->mention);

		text_cell(row, 0, in->title);
		text_cell(row, 1, in->kind);
		list_cell(page, row, 2, (struct ch_actors_of){ in->party_first, in->party_n });
		text_cell(row, 3, in->date);
		text_cell(row, 4, in->place);
		text_cell(row, 5, ch_str_z(in->status));
		text_cell(row, 6, in->provides);
		close_row(page, row);
	}
}

static void add_roles(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->roles.n; i++) {
		const struct ch_role *r = &doc->roles.v[i];
		struct ch_row *row = new_row(page, CH_REG_ROLES, r->mention);

		text_cell(row, 0, r->who);
		text_cell(row, 1, r->role);
		text_cell(row, 2, r->body);
		text_cell(row, 3, r->from);
		text_cell(row, 4, r->to);
		close_row(page, row);
	}
}

static void add_positions(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->positions.n; i++) {
		const struct ch_position *p = &doc->positions.v[i];
		struct ch_row *row = new_row(page, CH_REG_POSITIONS, p->mention);

		text_cell(row, 0, p->who);
		text_cell(row, 1, p->stance);
		text_cell(row, 2, p->about);
		text_cell(row, 3, p->since);
		close_row(page, row);
	}
}

static void add_tallies(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->tallies.n; i++) {
		const struct ch_tally *t = &doc->tallies.v[i];
		struct ch_row *row = new_row(page, CH_REG_TALLIES, t->mention);

		text_cell(row, 0, t->who);
		text_cell(row, 1, t->what);
		row->cells[2].number = t->count;
		text_cell(row, 3, ch_str_n(&t->comparison, t->comparison ? 1 : 0));
		text_cell(row, 4, t->period);
		close_row(page, row);
	}
}

static void add_pledges(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->pledges.n; i++) {
		const struct ch_pledge *p = &doc->pledges.v[i];
		struct ch_row *row = new_row(page, CH_REG_PLEDGES, p->mention);

		text_cell(row, 0, p->who);
		text_cell(row, 1, p->what);
		text_cell(row, 2, p->due);
		close_row(page, row);
	}
}

static void add_gatherings(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->gatherings.n; i++) {
		const struct ch_gathering *g = &doc->gatherings.v[i];
		struct ch_row *row = new_row(page, CH_REG_GATHERINGS, g->mention);

		text_cell(row, 0, g->name);
		row->cells[1].number = g->ordinal;
		text_cell(row, 2, g->kind);
		text_cell(row, 3, g->body);
		list_cell(page, row, 4, g->host);
		list_cell(page, row, 5, g->mediator);
		list_cell(page, row, 6, g->participant);
		text_cell(row, 7, g->place);
		text_cell(row, 8, g->date);
		text_cell(row, 9, ch_str_z(status_names[g->status]));
		close_row(page, row);
	}
}

static void add_initiatives(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->initiatives.n; i++) {
		const struct ch_initiative *in = &doc->initiatives.v[i];
		struct ch_row *row = new_row(page, CH_REG_INITIATIVES, in->mention);

		text_cell(row, 0, in->name);
		text_cell(row, 1, in->kind);
		list_cell(page, row, 2, in->founder);
		text_cell(row, 3, in->founded);
		row->cells[4].number = in->anniversary;
		text_cell(row, 5, ch_str_z(status_names[in->status]));
		close_row(page, row);
	}
}

static void add_relations(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->relations.n; i++) {
		const struct ch_relation *r = &doc->relations.v[i];
		struct ch_row *row = new_row(page, CH_REG_RELATIONS, r->mention);

		list_cell(page, row, 0, r->party);
		text_cell(row, 1, r->level);
		text_cell(row, 2, r->change);
		text_cell(row, 3, r->since);
		text_cell(row, 4, ch_str_z(status_names[r->status]));
		close_row(page, row);
	}
}

static void add_marks(struct ch_page_record *page)
{
	const struct ch_doc *doc = page->doc;

	for (uint32_t i = 0; i < doc->marks.n; i++) {
		const struct ch_mark *m = &doc->marks.v[i];
		struct ch_row *row = new_row(page, CH_REG_MARKS, m->mention);

		text_cell(row, 0, m->who);
		text_cell(row, 1, m->mark);
		text_cell(row, 2, m->about);
		text_cell(row, 3, m->party);
		close_row(page, row);
	}
}

static const struct ch_signature *signature_of(const struct ch_doc *doc)
{
	struct ch_signature *s;
	struct ch_words words;

	if (!doc->article)
		return NULL;
	ch_words_of(&words, doc);
	if (words.n < CH_WORDS_EXACT)
		return NULL;
	s = CH_NEW(doc->arena, struct ch_signature);
	ch_signature_make(s, doc->arena, &words, doc->meta.published);
	return s;
}

/* Level 1: half the size is had for a quarter of the time of level 6, which gains a tenth more. */
void ch_page_pack(struct ch_page_record *page)
{
	const struct ch_str raw = page->doc->raw;
	uLongf size = compressBound((uLong)raw.len);
	unsigned char *bytes = ch_arena_alloc(page->doc->arena, size);
	bool smaller = compress2(bytes, &size, (const unsigned char *)raw.ptr, (uLong)raw.len, 1) == Z_OK && size < raw.len;

	page->packed = smaller ? ch_str_n((const char *)bytes, size) : CH_STR("");
}

struct ch_page_record *ch_page_record(const struct ch_doc *doc, struct ch_stamp stamp)
{
	struct ch_page_record *page = CH_NEW(doc->arena, struct ch_page_record);
	const uint32_t n[CH_REG_N] = { doc->statements.n, doc->instruments.n, doc->roles.n, doc->positions.n, doc->tallies.n,
				       doc->pledges.n, doc->gatherings.n, doc->initiatives.n, doc->relations.n, doc->marks.n };

	page->info = ch_page_info_of(doc, stamp);
	page->doc = doc;
	page->signature = signature_of(doc);
	ch_map_init(&page->seen, doc->arena);
	page->sentence_texts = CH_NEW_N(doc->arena, struct ch_str, doc->sentences.n);
	for (uint32_t i = 0; i < doc->sentences.n; i++)
		page->sentence_texts[i] = ch_doc_str(doc, doc->sentences.v[i].span);
	for (unsigned i = 0; i < CH_REG_N; i++)
		page->rows[i] = CH_NEW_N(doc->arena, struct ch_row, n[i]);
	add_events(page);
	add_quotes(page);
	add_instruments(page);
	add_roles(page);
	add_positions(page);
	add_tallies(page);
	add_pledges(page);
	add_gatherings(page);
	add_initiatives(page);
	add_relations(page);
	add_marks(page);
	return page;
}
