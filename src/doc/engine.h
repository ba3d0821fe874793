/* doc/engine.h -- what all threads share: the model and the lexicons, built once (run/engine.c), never written again.
 * A stage takes its own table from here in its first line and knows nothing of the others. */
#ifndef CH_DOC_ENGINE_H
#define CH_DOC_ENGINE_H

struct ch_engine {
	const struct ch_page_lexicon *page;      /* page/page.h; NULL: read anew for each page */
	const struct ch_languages *languages;    /* page/language.h; NULL: pages are believed */
	const struct ch_model *model;            /* syntax/model.h */
	const struct ch_gazetteer *gazetteer;    /* who/gazetteer.h */
	const struct ch_frames *frames;          /* event/frames.h */
	const struct ch_contexts *contexts;      /* event/context.h; NULL: events get none */
	const struct ch_cues *cues;              /* said/cues.h */
};
#endif
