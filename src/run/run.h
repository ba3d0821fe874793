/* run/run.h -- bytes in, finished document out: the stages in their order. */
#ifndef CH_RUN_RUN_H
#define CH_RUN_RUN_H
#include "doc/doc.h"
#include "doc/engine.h"

enum ch_stage_id {
	CH_STAGE_PAGE, CH_STAGE_TEXT, CH_STAGE_SYNTAX, CH_STAGE_WHEN, CH_STAGE_WHO, CH_STAGE_SAID, CH_STAGE_EVENT,
	CH_STAGE_REGISTERS, CH_STAGE_TOPICS, CH_STAGE_N
};

struct ch_stage {
	const char *name, *reads, *writes;   /* layers of doc.h */
	bool (*run)(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err);
};

/* The table, CH_STAGE_N long. */
const struct ch_stage *ch_stages(void);

/* Runs the stages [first, past) on doc; for the first of them it was initialised and has raw, cut and path. A page without an article gets no stage behind CH_STAGE_PAGE. On failure the
 * stage's name stands in front of err's line. */
bool ch_run_stages(const struct ch_engine *engine, struct ch_doc *doc, enum ch_stage_id first, enum ch_stage_id past,
		   struct ch_err *err) CH_MUST_USE;

/* From clean text on: doc comes from ch_doc_from_text. */
bool ch_run_text(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* Whether newlines of a clean text end paragraphs (true), or the text is wrapped and blank lines do: in a wrapped text
 * most lines inside a paragraph break off in mid-sentence. */
bool ch_text_by_lines(struct ch_str text);
#endif
