/* Any UTF-8 as a line, an address and a byline: dates found are dates, spans lie in the line, names are parts of it. */
#include "page/page_priv.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

static const char *date_wrong(const struct page_date *d, size_t size)
{
	if (d->start >= d->end || d->end > size)
		return "a date lies in the line";
	if (d->month < 1 || d->month > 12 || d->day < 1 || d->day > ch_month_days(d->year ? d->year : 2000, d->month))
		return "a date is one of the calendar";
	return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ch_arena tables;
	static const struct ch_page_lexicon *lexicon;
	struct ch_arena arena = { 0 };
	struct ch_err err;
	struct ch_doc doc;
	struct page p = { .doc = &doc, .arena = &arena, .title = CH_NONE };
	struct page_date date;
	struct page_dateline line;
	struct page_names names = { .n = 0 };
	struct ch_str s, agency = { 0 };
	const char *wrong = NULL;

	if (!lexicon)
		lexicon = ch_page_lexicon_new(&tables, &err);
	if (!lexicon) {
		fprintf(stderr, "date: %s\n", err.text);
		abort();
	}
	ch_doc_init(&doc, &arena);
	p.lex = lexicon;
	s = ch_utf8_repair(&arena, ch_str_n((const char *)data, size < 4096 ? size : 4096), NULL);
	for (size_t from = 0; from < s.len && !wrong && page_date_find(lexicon, s, from, &date); from = date.end)
		wrong = date.start < from ? "a date is looked for from a place on" : date_wrong(&date, s.len);
	(void)page_date_label(lexicon, s);
	if (!wrong && page_date_of_url(s) != CH_NO_DAY && s.len < 8)
		wrong = "a date in an address has eight signs";
	line = page_dateline_read(lexicon, s);
	if (!wrong && (line.end > s.len || (line.end && line.date.month && date_wrong(&line.date, s.len))))
		wrong = "a dateline lies in the line";
	for (int trust = PAGE_TRUST_TEXT; trust <= PAGE_TRUST_MARKED && !wrong; trust++) {
		(void)page_names_read(&p, s, (enum page_trust)trust, &names, &agency);
		for (uint32_t i = 0; i < names.n; i++)
			if (!names.v[i].len || names.v[i].ptr < s.ptr || names.v[i].ptr + names.v[i].len > s.ptr + s.len)
				wrong = "a name is a part of the line";
	}
	if (wrong) {
		fprintf(stderr, "date: broken promise: %s\n", wrong);
		abort();
	}
	ch_arena_free(&arena);
	return 0;
}
