/* export/to_csv.c -- one line an event, for spreadsheets and statistics. */
#include "event/context.h"
#include "export/out.h"

static const struct ch_column columns[] = {
	{ "id", "text", "the event; the same on every machine", "32 hex digits" },
	{ "type", "code", "type of PLOVER 0.8, the act itself also where it is still to come", "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT "
	  "REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT" },
	{ "mode", "code", "mode of the type, PLOVER's or ours (meeting, letter, sign, praise, …)", "docs/ontology.md; empty: none" },
	{ "source", "list", "who acts; of a joint act all who take part", "ISO 3166-1 alpha-3, an organisation's id, or a name; between them ;" },
	{ "target", "list", "whom it is done to", "as source; empty: nobody, or a joint act" },
	{ "date", "date", "when", "YYYY-MM-DD, YYYY-MM, YYYY or A/B; empty: unsaid" },
	{ "place", "code", "the country where", "ISO 3166-1 alpha-3; empty: unsaid" },
	{ "status", "code", "whether it took place", "actual planned denied hypothetical historical" },
	{ "cameo", "code", "code of CAMEO 1.1", "digits, a leading zero among them; empty: none" },
	{ "confidence", "number", "how likely it is right", "0 to 1" },
	{ "reports", "number", "how often pages tell it", "1 or more" },
	{ "page", "text", "the first page that tells it", "32 hex digits" },
	{ "published", "date", "when that page was published", "YYYY-MM-DD; empty: unsaid" },
	{ "outlet", "text", "who published it", "empty: unsaid" },
	{ "url", "text", "where it is", "empty: unsaid" },
	{ "raw_start", "number", "first byte of the trigger in the raw page", "from 0" },
	{ "raw_end", "number", "the byte behind its last", "" },
	{ "trigger", "text", "the words that told the event", "" },
	{ "sentence", "text", "the sentence they stand in", "empty: its page forbids reprints" },
	{ "license", "text", "the page's terms of reuse", "empty: unsaid" },
	{ "context", "list", "what it is about", "PLOVER's contexts, blanks between" },
	{ "program_version", "text", "the program that coded that page", "" },
	{ "lexicon_version", "text", "its lexicons, and the user's own", "a digest" },
	{ "model_version", "text", "its model of language", "" },
};

static struct ch_str parties(struct ch_arena *arena, struct ch_party_list side)
{
	CH_VEC(char) v = { 0 };

	for (uint32_t i = 0; i < side.n; i++) {
		if (i && ch_str_eq(side.v[i].party, side.v[i - 1].party))
			continue;
		if (v.n)
			*CH_PUSH(arena, &v) = ';';
		for (size_t k = 0; k < side.v[i].party.len; k++)
			*CH_PUSH(arena, &v) = side.v[i].party.ptr[k];
	}
	return ch_str_n(v.v, v.n);
}

static bool csv(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];

	ch_out_put(out, e->id);
	ch_out_put(out, e->type);
	ch_out_put(out, e->mode);
	ch_out_put(out, parties(&out->arena, r->source));
	ch_out_put(out, parties(&out->arena, r->target));
	ch_out_put(out, e->date);
	ch_out_put(out, e->place);
	ch_out_put(out, e->status);
	ch_out_put(out, r->cameo);
	ch_out_printf(out, "%.2f", r->confidence);
	ch_out_printf(out, "%u", (unsigned)e->n_reports);
	ch_out_put(out, r->page->id);
	ch_out_put(out, r->page->published);
	ch_out_put(out, r->page->outlet);
	ch_out_put(out, r->page->url);
	ch_out_printf(out, "%u", (unsigned)r->trigger.raw.start);
	ch_out_printf(out, "%u", (unsigned)r->trigger.raw.end);
	ch_out_put(out, r->trigger_text);
	ch_out_put(out, r->sentence_text);
	ch_out_put(out, r->page->license);
	ch_out_put(out, ch_context_names(&out->arena, ch_event_contexts(e, NULL)));
	ch_out_put(out, r->page->program_version);
	ch_out_put(out, r->page->lexicon_version);
	ch_out_put(out, r->page->model_version);
	return ch_out_end(out);
}

const struct ch_format ch_to_csv = {
	.name = "csv", .summary = "a line an event, with a header (RFC 4180)", .columns = columns, .n_columns = sizeof columns / sizeof *columns,
	.between = ',', .header = true, .null = "", .sentences = true, .event = csv,
};
