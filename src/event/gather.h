/* event/gather.h -- gatherings, initiatives, relations, marks of distance, and the details of visits: read from the same trees as the other
 * registers, by words of their own (lexicon/registers/). */
#ifndef CH_EVENT_GATHER_H
#define CH_EVENT_GATHER_H
#include "doc/engine.h"
#include "event/registers_priv.h"
#include "event/setting.h"

/* Reads tree, times, mentions, statements; writes gatherings, initiatives, relations, marks. */
void ch_gather(const struct ch_engine *engine, struct ch_doc *doc);
/* Reads the same and the events; writes rank, delegation and invited_by of visits. */
void ch_visit_details(struct ch_doc *doc);

/* NULL, or what is wrong with the layers: mentions in order and within the body, no record without its words. */
const char *ch_gather_check(const struct ch_doc *doc);

/* ---- shared by gathering.c, visit.c, initiative.c, relation.c, mark.c ---- */

struct ch_gather {
	struct ch_doc *doc;
	struct ch_status_words status;
};

void ch_gathering_find(const struct ch_gather *g);
void ch_initiative_find(const struct ch_gather *g);
void ch_relation_find(const struct ch_gather *g);
void ch_mark_find(const struct ch_gather *g);

/* The sense of a token's lemma, or of its form, in a section of words; NULL. */
const struct ch_word_sense *ch_gather_sense(const struct ch_doc *doc, const struct ch_words *words, uint32_t token, unsigned section);
/* The same for the longest run of up to four tokens from `first` on, as they are written ("so-called", "de facto"); its length in *n. */
const struct ch_word_sense *ch_gather_run(const struct ch_doc *doc, const struct ch_words *words, uint32_t first, unsigned section,
					  uint32_t *n);
struct ch_str ch_gather_value(struct ch_doc *doc, const struct ch_word_sense *sense);   /* "_" turned to blanks */

/* Children of token whose relation is rel or a subtype, with the preposition (NULL: any): the first behind `after` (CH_NONE: of all). */
uint32_t ch_gather_child(const struct ch_doc *doc, uint32_t token, enum ch_deprel rel, const char *prep, uint32_t after);
/* The same, whether it hangs on a verb or a noun. */
uint32_t ch_gather_prep(const struct ch_doc *doc, uint32_t token, const char *prep);

/* Adds the actors below head that have a party, each party once: of the mention at head and those joined to it, or else of all below it.
 * Places that act for nobody, and what follows "in" or "at", are left out. */
void ch_gather_add(const struct ch_doc *doc, uint32_t head, struct ch_reg_actors *set);
/* States and their men only, no groups that name nobody, no organisation that is none of states. */
void ch_gather_add_states(const struct ch_doc *doc, uint32_t head, struct ch_reg_actors *set);
struct ch_actors_of ch_gather_keep(struct ch_doc *doc, const struct ch_reg_actors *set);   /* written to event_actors */
bool ch_gather_has(const struct ch_doc *doc, const struct ch_reg_actors *set, struct ch_str party);

/* The organisation of states that the token's mention is, or the nearest below it; CH_NONE. */
uint32_t ch_gather_body(const struct ch_doc *doc, uint32_t head);

/* 18 of "18th", "eighteenth", "18"; 0. */
uint32_t ch_gather_number(const struct ch_doc *doc, const struct ch_words *words, unsigned section, uint32_t token);
bool ch_gather_capital(const struct ch_doc *doc, uint32_t token);

/* The year of a date as GUIDE has it; 0. */
int ch_gather_year(struct ch_str date);
/* Year of the time in the clause of token, else that of publication; 0: unknown. */
int ch_gather_now(const struct ch_doc *doc, uint32_t token);

/* Status of what the word tells; what is called for is hypothetical. */
enum ch_status ch_gather_status(const struct ch_gather *g, uint32_t token);
/* The innermost statement around the offset, or CH_NONE. */
uint32_t ch_gather_statement(const struct ch_doc *doc, uint32_t offset);
#endif
