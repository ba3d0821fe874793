/* event/context.h -- what an event is about: reads events, their sentences and trees; writes contexts and context_why of doc->events.
 *
 * The lexicon, lexicon/contexts/, as a person edits it (docs/ontology.md has more):
 *
 *     not west bank, islamic republic               # before any context: words that speak of none of them
 *
 *     context economic                              # one of PLOVER's, see CH_CONTEXT_TABLE
 *       sure tariff, free trade, n:investment       # lemmas; n: v: a: as a noun, verb, adjective only
 *       hint bank, growth, type:COOPERATE           # counts in company: two different hints of one context are enough
 *       not  trade union                            # says nothing of this context, whatever its words do
 *       + Peru raised tariffs on Chilean copper.    # must give it; behind "=", all contexts of its events
 *       - Peru sent troops to the border.           # must not
 *
 * The longest term at a word wins over the shorter ones in it, context by context. A word stands for its lemma or its form. `[sz]` is
 * either letter, `(u)` a letter that may be missing. Beside terms stand features of the event itself: sector:MIL (one of its
 * parties has it), type:CONSULT, mode:RETREAT.ceasefire, frame:aid.military, between:states (two governments or their organisations
 * deal with each other).
 *
 * Evidence is what stands in the event's own clause, with the clauses below it that no other event has, then what stands in the sentence
 * outside other clauses. The page speaks only where the event has one hint: it is then enough if CH_CONTEXT_PAGE_MIN other
 * sentences have sure terms of that context.
 *
 * Opened once, then shared by all threads; const after ch_contexts_open. */
#ifndef CH_EVENT_CONTEXT_H
#define CH_EVENT_CONTEXT_H
#include "base/embed.h"
#include "base/map.h"
#include "doc/doc.h"
#include "doc/engine.h"

/* Contexts of PLOVER 0.8 in the order of its manual. */
#define CH_CONTEXT_TABLE(X) \
	X(MILITARY, "military") X(INTELLIGENCE, "intelligence") X(EXECUTIVE, "executive") X(LEGISLATIVE, "legislative") \
	X(ELECTION, "election") X(POLITICAL_INSTITUTIONS, "political_institutions") X(PRO_DEMOCRACY, "pro_democracy") \
	X(PRO_AUTOCRACY, "pro_autocracy") X(ECONOMIC, "economic") X(LEGAL, "legal") X(REPARATIONS, "reparations") \
	X(HUMAN_RIGHTS, "human_rights") X(RIGHTS_FREEDOMS, "rights_freedoms") X(REPRESSION, "repression") \
	X(HUMAN_SECURITY, "human_security") X(GENDER, "gender") X(LGBT, "lgbt") X(RELIGION_ETHNICITY, "religion_ethnicity") \
	X(INEQUALITY, "inequality") X(DIPLOMATIC, "diplomatic") X(TERRITORY, "territory") X(PEACEKEEPING, "peacekeeping") \
	X(HEALTH, "health") X(ASYLUM, "asylum") X(MIGRATION, "migration") X(DISASTERS, "disasters") \
	X(NATURAL_RESOURCE, "natural_resource") X(ENVIRONMENT, "environment") X(TECHNOLOGY, "technology") \
	X(TERRORISM, "terrorism") X(CBRN, "cbrn") X(CYBER, "cyber") X(MISINFORMATION, "misinformation") X(CRIME, "crime") \
	X(CORRUPTION, "corruption") X(ILLEGAL_DRUGS, "illegal_drugs") X(TRAFFICKING, "trafficking")

#define CH_CONTEXT_ENUM(id, name) CH_CONTEXT_##id,
enum ch_context { CH_CONTEXT_TABLE(CH_CONTEXT_ENUM) CH_CONTEXT_N };   /* bits of ch_event.contexts */

const char *ch_context_name(unsigned context);
unsigned ch_context_parse(struct ch_str name);   /* CH_CONTEXT_N: there is none */

/* The names in a set, in order, with a blank between: "military economic". In the arena; empty for none. */
struct ch_str ch_context_names(struct ch_arena *arena, uint64_t contexts);

enum { CH_CONTEXT_PAGE_MIN = 3 };

enum ch_term_kind { CH_TERM_SURE, CH_TERM_HINT, CH_TERM_NOT };

struct ch_term {
	struct ch_str text;         /* as written, for explanations */
	const struct ch_str *words;
	uint32_t n_words;
	uint8_t context;            /* CH_CONTEXT_N: `not` of all */
	uint8_t kind;               /* enum ch_term_kind */
	uint8_t upos;               /* CH_UPOS_N: any */
	uint32_t next;              /* with the same first word; UINT32_MAX */
};

struct ch_context_example {
	struct ch_str text, want;   /* want: all contexts of the sentence, blanks between; empty: not said */
	unsigned context;
	bool gives;
	const char *file;
	uint32_t line;
};

struct ch_contexts {
	struct ch_arena arena;
	CH_VEC(struct ch_term) terms;
	CH_VEC(struct ch_context_example) examples;
	struct ch_map words;        /* first word of terms, lower case → the first of them */
	struct ch_map features;     /* "sector:MIL" → the first of them */
};

/* The built-in lexicon. Fails, naming file, line and what would do, on the first slip. */
bool ch_contexts_open(struct ch_contexts **contexts, struct ch_err *err) CH_MUST_USE;
/* Any files; their texts are lent as long as the result lives. */
bool ch_contexts_parse(struct ch_contexts **contexts, const struct ch_embedded *files, size_t n, struct ch_err *err) CH_MUST_USE;
void ch_contexts_close(struct ch_contexts *contexts);

/* What the words of the tokens [first, past) are about, by themselves: contexts with a sure term, or with two different hints. 0 where
 * the engine has no such lexicon. Time: linear in the sentences that the tokens stand in. */
uint64_t ch_context_of(const struct ch_engine *engine, struct ch_doc *doc, uint32_t first, uint32_t past);

/* Sets contexts and context_why of all events. Nothing where the engine has no such lexicon. Time: linear in the page. */
void ch_context(const struct ch_engine *engine, struct ch_doc *doc);
#endif
