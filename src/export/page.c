/* export/page.c -- a page as one JSON object: its records (`code`), its article (`clean`). */
#include "export/json.h"

/* Runs of the article's raw text: neighbouring blocks are one run unless a rejected block stands between them. */
static json_t *body(const struct ch_doc *doc)
{
	json_t *runs = ch_json_array();
	struct ch_raw_span run = { 0, 0 };
	uint32_t r = 0;

	for (uint32_t i = 0; i < doc->blocks.n; i++) {
		const struct ch_block *b = &doc->blocks.v[i];
		struct ch_raw_span raw;
		bool parted = false;

		if (b->kind == CH_BLOCK_TITLE)
			continue;
		raw = ch_doc_raw(doc, b->span);
		while (r < doc->rejected.n && doc->rejected.v[r].raw.start < raw.start) {
			parted = parted || doc->rejected.v[r].raw.start >= run.end;
			r++;
		}
		if (run.end > run.start && (parted || raw.start < run.end)) {
			ch_json_push(runs, ch_json_span((struct ch_evidence){ .raw = run }, CH_OFFSETS_RAW));
			run = raw;
		} else {
			if (run.end == run.start)
				run = raw;
			run.end = raw.end;
		}
	}
	if (run.end > run.start)
		ch_json_push(runs, ch_json_span((struct ch_evidence){ .raw = run }, CH_OFFSETS_RAW));
	return runs;
}

static json_t *times(const struct ch_doc *doc, enum ch_offsets offsets)
{
	static const char *const kinds[] = { "DATE", "TIME", "DURATION", "SET" };
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < doc->times.n; i++) {
		const struct ch_time *t = &doc->times.v[i];
		struct ch_raw_span raw = ch_doc_raw(doc, t->span);
		json_t *o = ch_json_object();

		ch_json_set(o, "start", json_integer(offsets == CH_OFFSETS_RAW ? raw.start : t->span.start));
		ch_json_set(o, "end", json_integer(offsets == CH_OFFSETS_RAW ? raw.end : t->span.end));
		ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, t->span)));
		ch_json_set(o, "type", ch_json_str(ch_str_z(kinds[t->kind])));
		ch_json_set(o, "value", ch_json_or_null(t->value));
		ch_json_set(o, "date", ch_json_or_null(t->date));
		ch_json_push(list, o);
	}
	return list;
}

static void add_mention(json_t *list, const struct ch_doc *doc, const struct ch_mention *m, const struct ch_actor *a,
			const struct ch_mark *mark, enum ch_offsets offsets)
{
	struct ch_raw_span raw = ch_doc_raw(doc, m->span);
	json_t *o = ch_json_object();

	ch_json_set(o, "start", json_integer(offsets == CH_OFFSETS_RAW ? raw.start : m->span.start));
	ch_json_set(o, "end", json_integer(offsets == CH_OFFSETS_RAW ? raw.end : m->span.end));
	ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, m->span)));
	ch_json_set(o, "name", a ? ch_json_or_null(a->name) : json_null());
	ch_json_set(o, "code", ch_json_or_null(a ? a->code : m->place));
	ch_json_set(o, "sector", a ? ch_json_or_null(a->sector) : json_null());
	ch_json_set(o, "office", a ? ch_json_or_null(a->office) : json_null());
	ch_json_set(o, "org", a ? ch_json_or_null(a->org) : json_null());
	ch_json_set(o, "confidence", json_real((double)(int)((double)m->confidence * 100 + 0.5) / 100));
	ch_json_set(o, "basis", ch_json_or_null(ch_str_z(m->basis)));
	if (mark)
		ch_json_set(o, "mark", ch_json_str(mark->mark));
	ch_json_push(list, o);
}

/* One entry for each actor of a mention; a place that acts for nobody is an entry without a name. */
static json_t *mentions(const struct ch_doc *doc, enum ch_offsets offsets)
{
	const struct ch_mark **marks = CH_NEW_N(doc->arena, const struct ch_mark *, doc->mentions.n);
	json_t *list = ch_json_array();

	for (uint32_t i = doc->marks.n; i-- > 0;)
		if (doc->marks.v[i].on != CH_NONE)
			marks[doc->marks.v[i].on] = &doc->marks.v[i];

	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];

		for (uint32_t j = 0; j < m->actor_n; j++)
			add_mention(list, doc, m, &doc->actors.v[doc->mention_actors.v[m->actor_first + j]], marks[i], offsets);
		if (!m->actor_n && m->place.len)
			add_mention(list, doc, m, NULL, marks[i], offsets);
	}
	return list;
}

static const char *const statement_kinds[] = { "speech", "claim", "thought", "intent", "topic" };

/* What is laid to somebody beside reported speech, each with its kind: onto list. */
static void add_attributions(json_t *list, const struct ch_doc *doc, enum ch_offsets offsets)
{
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const struct ch_statement *s = &doc->attributions.v[i];
		const struct { const char *name; struct ch_span span; } spans[] = {
			{ "content", s->content }, { "cue", s->cue }, { "source", s->source },
		};
		json_t *o = ch_json_object();

		ch_json_set(o, "kind", ch_json_str(ch_str_z(statement_kinds[s->kind])));
		ch_json_set(o, "speaker", ch_json_or_null(s->speaker));
		ch_json_set(o, "country", ch_json_or_null(s->country));
		ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, s->content)));
		for (size_t k = 0; k < sizeof spans / sizeof *spans; k++)
			ch_json_set(o, spans[k].name, spans[k].span.end > spans[k].span.start
				? ch_json_span((struct ch_evidence){ .text = spans[k].span, .raw = ch_doc_raw(doc, spans[k].span) }, offsets)
				: json_null());
		ch_json_push(list, o);
	}
}

json_t *ch_json_records(const struct ch_page_record *page, enum ch_offsets offsets)
{
	const struct ch_doc *doc = page->doc;
	json_t *o = ch_json_object(), *list;

	if (offsets == CH_OFFSETS_RAW) {
		ch_json_set(o, "page", ch_json_str(page->info.path));
		ch_json_set(o, "published", ch_json_or_null(page->info.published));
		ch_json_set(o, "title", ch_json_span((struct ch_evidence){ .raw = doc->meta.title_raw }, CH_OFFSETS_RAW));
		ch_json_set(o, "outlet", ch_json_or_null(page->info.outlet));
		ch_json_set(o, "agency", ch_json_or_null(page->info.agency));
		ch_json_set(o, "article", json_boolean(doc->article));
		ch_json_set(o, "body", body(doc));
	} else {
		ch_json_set(o, "id", ch_json_str(page->info.path));
	}
	list = ch_json_array();
	for (uint32_t i = 0; i < page->n_events; i++)
		ch_json_push(list, ch_json_event(&page->events[i], offsets, false));
	ch_json_set(o, "events", list);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		list = ch_json_array();
		for (uint32_t i = 0; i < page->n_rows[reg]; i++) {
			json_t *row = ch_json_row(&page->rows[reg][i], offsets, false);

			if (reg == CH_REG_QUOTES) /* a row a statement, in order */
				ch_json_set(row, "kind", ch_json_str(ch_str_z(statement_kinds[doc->statements.v[i].kind])));
			ch_json_push(list, row);
		}
		/* A text is annotated with all that it lays to anybody; the record of a page keeps to what was said. */
		if (reg == CH_REG_QUOTES && offsets != CH_OFFSETS_RAW)
			add_attributions(list, doc, offsets);
		ch_json_set(o, ch_register_of(reg)->name, list);
	}
	if (offsets == CH_OFFSETS_RAW) {
		list = ch_json_array();
		add_attributions(list, doc, offsets);
		ch_json_set(o, "attributions", list);
	}
	ch_json_set(o, "times", times(doc, offsets));
	ch_json_set(o, "mentions", mentions(doc, offsets));
	ch_json_versions(o, &page->info);
	return o;
}

/* ---- the article ---- */

static const char *const block_kinds[] = { "title", "paragraph", "heading", "item" };

/* Accepted and rejected blocks in the order of the page. */
static json_t *blocks(const struct ch_doc *doc)
{
	json_t *list = ch_json_array();
	uint32_t a = 0, r = 0;

	while (a < doc->blocks.n || r < doc->rejected.n) {
		json_t *o = ch_json_object();
		uint8_t percent;
		struct ch_raw_span raw = a < doc->blocks.n ? ch_doc_raw(doc, doc->blocks.v[a].span) : (struct ch_raw_span){ 0, 0 };

		if (a < doc->blocks.n && (r >= doc->rejected.n || raw.start <= doc->rejected.v[r].raw.start)) {
			ch_json_set(o, "verdict", ch_json_str(CH_STR("article")));
			ch_json_set(o, "reason", ch_json_str(ch_str_z(block_kinds[doc->blocks.v[a].kind])));
			ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, doc->blocks.v[a].span)));
			percent = doc->blocks.v[a].percent;
			a++;
		} else {
			raw = doc->rejected.v[r].raw;
			percent = doc->rejected.v[r].percent;
			ch_json_set(o, "verdict", ch_json_str(CH_STR("rejected")));
			ch_json_set(o, "reason", ch_json_or_null(ch_str_z(doc->rejected.v[r].reason)));
			ch_json_set(o, "text", ch_json_str(doc->rejected.v[r].text));
			r++;
		}
		ch_json_set(o, "percent", percent ? json_integer(percent) : json_null());
		ch_json_set(o, "raw", ch_json_span((struct ch_evidence){ .raw = raw }, CH_OFFSETS_RAW));
		ch_json_push(list, o);
	}
	return list;
}

/* "pages/a.html.gz" is page "a". */
static struct ch_str base_name(struct ch_str path)
{
	static const char *const endings[] = { ".gz", ".html", ".htm", ".txt" };

	for (size_t at; (at = ch_str_find_byte(path, '/', 0)) != CH_STR_NONE && at + 1 < path.len;)
		path = ch_str_sub(path, at + 1, path.len);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (ch_str_ends(path, ch_str_z(endings[i])) && path.len > strlen(endings[i]))
			path.len -= strlen(endings[i]);
	return path;
}

json_t *ch_json_article(const struct ch_doc *doc, bool with_blocks)
{
	json_t *o = ch_json_object();
	struct ch_str text = { 0 };
	char day[16], *out = CH_NEW_N(doc->arena, char, doc->text.len + doc->blocks.n + 1);

	for (uint32_t i = 0; i < doc->blocks.n; i++) {
		struct ch_str piece = ch_doc_str(doc, doc->blocks.v[i].span);

		if (doc->blocks.v[i].kind == CH_BLOCK_TITLE || !piece.len)
			continue;
		if (text.len)
			out[text.len++] = '\n';
		memcpy(out + text.len, piece.ptr, piece.len);
		text.len += piece.len;
	}
	text.ptr = out;
	ch_json_set(o, "id", ch_json_str(base_name(doc->path)));
	ch_json_set(o, "text", doc->article ? ch_json_str(text) : json_null());
	ch_json_set(o, "title", ch_json_or_null(doc->meta.title));
	ch_json_set(o, "author", ch_json_or_null(doc->meta.author));
	ch_json_set(o, "date", ch_json_or_null(ch_str_z(ch_day_print(doc->meta.published, day))));
	ch_json_set(o, "outlet", ch_json_or_null(doc->meta.outlet));
	ch_json_set(o, "agency", ch_json_or_null(doc->meta.agency));
	ch_json_set(o, "lang", ch_json_or_null(doc->meta.lang));
	ch_json_set(o, "modified", ch_json_or_null(ch_str_z(ch_day_print(doc->meta.modified, day))));
	ch_json_set(o, "section", ch_json_or_null(doc->meta.section));
	ch_json_set(o, "dateline", ch_json_or_null(doc->meta.dateline_place));
	ch_json_set(o, "chain", ch_json_names(doc->meta.chain));
	ch_json_set(o, "license", ch_json_or_null(doc->meta.license));
	ch_json_set(o, "url", ch_json_or_null(doc->meta.url));
	if (with_blocks) {
		ch_json_set(o, "date_basis", ch_json_or_null(ch_str_z(doc->meta.published_basis)));
		ch_json_set(o, "blocks", blocks(doc));
	}
	return o;
}
