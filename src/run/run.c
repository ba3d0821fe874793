#include "run/run.h"
#include "run/stages.h"
#include <assert.h>

static const struct ch_stage stages[CH_STAGE_N] = {
	[CH_STAGE_PAGE] = { "page", "raw", "text blocks rejected meta map", ch_page_read },
	[CH_STAGE_TEXT] = { "text", "text blocks", "sentences tokens", ch_text },
	[CH_STAGE_SYNTAX] = { "syntax", "tokens", "tags tree names", ch_syntax },
	[CH_STAGE_WHEN] = { "when", "tree meta", "times", ch_when },
	[CH_STAGE_WHO] = { "who", "tree names times meta", "actors mentions", ch_who },
	[CH_STAGE_SAID] = { "said", "tree times mentions", "statements attributions", ch_said },
	[CH_STAGE_EVENT] = { "event", "tree times mentions statements", "events", ch_event },
	[CH_STAGE_REGISTERS] = { "registers", "tree times mentions statements events",
				 "instruments roles positions tallies pledges", ch_registers },
	[CH_STAGE_TOPICS] = { "topics", "tree mentions statements events instruments positions", "topics views", ch_topics },
};

const struct ch_stage *ch_stages(void)
{
	return stages;
}

bool ch_run_stages(const struct ch_engine *engine, struct ch_doc *doc, enum ch_stage_id first, enum ch_stage_id past,
		   struct ch_err *err)
{
	for (unsigned i = first; i < past; i++) {
		/* A page in another language is kept with its sentences, so that it can be searched. */
		if ((i > CH_STAGE_PAGE && !doc->article) || (i > CH_STAGE_TEXT && !ch_doc_coded(doc)))
			break;
		if (!stages[i].run(engine, doc, err))
			return ch_err_in(err, "%s", stages[i].name);
	}
	assert(!ch_doc_check(doc));
	return true;
}

bool ch_run_text(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	return ch_run_stages(engine, doc, CH_STAGE_TEXT, CH_STAGE_N, err);
}

static bool ends_sentence(struct ch_str line)
{
	static const char *const ends[] = { ".", "!", "?", ":", "\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", ")", "\xC2\xBB" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ch_str_ends(line, ch_str_z(ends[i])))
			return true;
	return false;
}

bool ch_text_by_lines(struct ch_str text)
{
	struct ch_str line, before = { 0 };
	uint32_t inner = 0, broken = 0;

	while (ch_str_cut(&text, '\n', &line)) {
		line = ch_str_trim(line);
		/* A short line that ends anyhow (a heading, a signature) says nothing about wrapping. */
		if (line.len && before.len >= 40) {
			inner++;
			broken += !ends_sentence(before);
		}
		before = line;
	}
	return broken * 2 <= inner;
}
