/* said/said.c -- quotations first, over the whole article, since they run on across paragraphs; then clauses, and only
 * in what the marks leave over: what stands inside a quotation is no evidence of who quotes it. */
#include "said/said.h"
#include "base/utf8.h"
#include "said/said_priv.h"
#include "said/told.h"
#include <assert.h>
#include <stdlib.h>

static int by_content(const void *pa, const void *pb)
{
	const struct ch_utterance *a = pa, *b = pb;

	if (a->content.start != b->content.start)
		return a->content.start < b->content.start ? -1 : 1;
	if (a->content.end != b->content.end)
		return a->content.end > b->content.end ? -1 : 1;
	if (a->direct != b->direct)
		return a->direct ? -1 : 1;
	/* Two rules for one clause: the one whose cue comes first. */
	return a->cue.start < b->cue.start ? -1 : a->cue.start > b->cue.start;
}

static bool holds(struct ch_span outer, struct ch_span inner)
{
	return outer.start <= inner.start && inner.end <= outer.end;
}

/* What the cut leaves of a clause is a clause only with a verb of its own: in "The alliance “is stronger than ever,” he
 * said" all that was said stands between the marks. */
static bool still_a_clause(const struct ch_said_work *w, struct ch_span span)
{
	uint32_t i = ch_doc_token_from(w->doc, span.start);

	if (i < w->doc->tokens.n && !ch_said_has_tree(w, ch_said_token(w, i)->sentence))
		return span.end > span.start;
	for (; i < w->doc->tokens.n && ch_said_token(w, i)->span.end <= span.end; i++) {
		uint8_t x = ch_said_token(w, i)->xpos;

		if (x == CH_XPOS_VBD || x == CH_XPOS_VBZ || x == CH_XPOS_VBP || x == CH_XPOS_MD)
			return true;
	}
	return false;
}

/* Sorted utterances: keeps what nests or stands apart. Of two that cross, the later gives way, unless it is direct and
 * the earlier is not; a weak quotation gives way to the reported clause that holds it. */
static void keep_apart(struct ch_said_work *w)
{
	struct ch_utterance *v = w->found.v;
	uint32_t n = 0, *open = CH_NEW_N(w->doc->arena, uint32_t, w->found.n ? w->found.n : 1), depth = 0;

	for (uint32_t i = 0; i < w->found.n; i++) {
		bool keep = true;

		while (depth && v[open[depth - 1]].content.end <= v[i].content.start)
			depth--;
		while (depth && keep) {
			struct ch_utterance *outer = &v[open[depth - 1]];

			if (holds(outer->content, v[i].content)) {
				keep = !(outer->content.start == v[i].content.start &&
					 outer->content.end == v[i].content.end) &&
				       !(v[i].weak && !outer->direct);
				break;
			}
			if (v[i].direct && !outer->direct) {
				/* The clause ends where the quotation begins. */
				outer->content.end = v[i].content.start;
				if (!still_a_clause(w, outer->content))
					outer->content.end = outer->content.start; /* taken out below */
				depth--;
				continue;
			}
			keep = false;
		}
		if (!keep)
			continue;
		v[n] = v[i];
		open[depth++] = n++;
	}
	w->found.n = 0;
	for (uint32_t i = 0; i < n; i++)
		if (v[i].content.end > v[i].content.start)
			v[w->found.n++] = v[i];
}

/* ", AGENCY reports" and the like belong to no other clause of their sentence. */
static void cut_tails(struct ch_said_work *w)
{
	for (uint32_t i = 0, t = 0; i < w->found.n; i++) {
		struct ch_utterance *u = &w->found.v[i];

		while (t < w->tails.n && w->tails.v[t].end <= u->content.start)
			t++;
		if (u->direct || t == w->tails.n)
			continue;
		if (w->tails.v[t].start > u->content.start && w->tails.v[t].start < u->content.end)
			u->content.end = w->tails.v[t].start;
	}
}

/* A clause cut short may end in what the cut left: a mark, a comma, blanks. */
static void tidy_ends(struct ch_said_work *w)
{
	for (uint32_t i = 0; i < w->found.n; i++) {
		struct ch_utterance *u = &w->found.v[i];
		struct ch_str s;

		if (u->direct)
			continue;
		s = ch_str_trim(ch_doc_str(w->doc, u->content));
		while (s.len) {
			uint32_t len, cp = ch_utf8_before(s, s.len, &len);

			if (cp != ',' && cp != ':' && cp != ';' && cp != '"' && cp != 0x201C && cp != 0x2018 &&
			    cp != 0xAB && cp != 0x201E)
				break;
			/* A straight mark may be the closing half of a pair inside the clause. */
			if (cp == '"' && ch_str_find_byte(ch_str_sub(s, 0, s.len - 1), '"', 0) != CH_STR_NONE)
				break;
			s = ch_str_trim(ch_str_sub(s, 0, s.len - len));
		}
		if (s.len)
			u->content.end = u->content.start + (uint32_t)s.len;
	}
}

/* “…,” the spokesman, N. N., said: one attribution makes no second statement of the words between the marks. */
static void drop_doubles(struct ch_said_work *w)
{
	uint32_t *direct = CH_NEW_N(w->doc->arena, uint32_t, w->doc->tokens.n + 1), n = 0; /* 1 + index, by its cue */

	for (uint32_t i = 0; i < w->found.n; i++) {
		const struct ch_utterance *u = &w->found.v[i];

		if (u->direct && !u->weak && u->cue.end > u->cue.start)
			direct[ch_doc_token_from(w->doc, u->cue.start)] = i + 1;
	}
	for (uint32_t i = 0; i < w->found.n; i++) {
		uint32_t d = w->found.v[i].direct ? 0 : direct[ch_doc_token_from(w->doc, w->found.v[i].cue.start)];
		struct ch_span a = w->found.v[i].content, b = d ? w->found.v[d - 1].content : a;

		w->found.v[i].dropped = d && a.start < b.end && b.start < a.end;
	}
	for (uint32_t i = 0; i < w->found.n; i++)
		if (!w->found.v[i].dropped)
			w->found.v[n++] = w->found.v[i];
	w->found.n = n;
}

static void sort(struct ch_utterance *v, uint32_t n)
{
	if (n)
		qsort(v, n, sizeof *v, by_content);
}

bool ch_said(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	struct ch_said_work w = {.doc = doc, .cues = engine->cues};

	(void)err;
	assert(!doc->statements.n); /* a stage runs once on a document */
	if (!doc->tokens.n)
		return true;
	w.quoted = CH_NEW_N(doc->arena, uint32_t, doc->tokens.n);
	ch_marks_pair(doc, &w.quotations);
	ch_direct_find(&w);
	ch_reported_find(&w);
	drop_doubles(&w);
	sort(w.found.v, w.found.n);
	cut_tails(&w);
	keep_apart(&w);
	tidy_ends(&w);
	sort(w.found.v, w.found.n); /* a clause that was cut may now be the shorter of two that begin together */
	ch_beyond_find(&w);
	sort(w.beyond.v, w.beyond.n);
	ch_speakers_resolve(&w);
	ch_said_insertions(&w);
	ch_said_refers(&w);
	ch_said_occasions(&w);
	assert(!ch_said_check(doc));
	return true;
}

const char *ch_said_check(const struct ch_doc *doc)
{
	struct ch_span before = {0, 0};
	uint32_t *open, depth = 0;
	const char *broken = NULL;

	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const struct ch_statement *s = &doc->attributions.v[i];

		if (s->content.start >= s->content.end || s->content.end > doc->text.len)
			return "said: an attribution has no content";
		if (i && s->content.start < doc->attributions.v[i - 1].content.start)
			return "said: attributions stand out of order";
		if (s->actor != CH_NONE && s->actor >= doc->actors.n)
			return "said: an attribution's actor is none of the page's";
	}
	if (!doc->statements.n)
		return NULL;
	open = ch_xrealloc(NULL, doc->statements.n * sizeof *open);
	for (uint32_t i = 0; i < doc->statements.n && !broken; i++) {
		const struct ch_statement *s = &doc->statements.v[i];
		uint32_t sentence = ch_doc_sentence_at(doc, s->content.start);

		if (s->content.start >= s->content.end || s->content.end > doc->text.len)
			broken = "said: a statement has no content";
		else if (s->content.start < before.start ||
			 (i && s->content.start == before.start && s->content.end > before.end))
			broken = "said: statements stand out of order";
		else if (s->actor != CH_NONE && s->actor >= doc->actors.n)
			broken = "said: a statement's actor is none of the page's";
		else if (sentence != CH_NONE && doc->blocks.v[doc->sentences.v[sentence].block].kind == CH_BLOCK_TITLE)
			broken = "said: a statement stands in the title";
		while (depth && doc->statements.v[open[depth - 1]].content.end <= s->content.start)
			depth--;
		if (!broken && depth && !holds(doc->statements.v[open[depth - 1]].content, s->content))
			broken = "said: two statements cross";
		open[depth++] = i;
		before = s->content;
	}
	free(open);
	return broken;
}
