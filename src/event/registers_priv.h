/* event/registers_priv.h -- what the registers share: their words, who a phrase stands for, where a phrase ends. */
#ifndef CH_EVENT_REGISTERS_PRIV_H
#define CH_EVENT_REGISTERS_PRIV_H
#include "event/register_words.h" /* made at build time from lexicon/registers/ */
#include "event/registers.h"
#include "event/tree.h"

enum { CH_REG_WHO_MAX = 8 }; /* parties of one record; a longer list is no claim about anyone in particular */

void ch_role_find(struct ch_doc *doc);
void ch_tally_find(struct ch_doc *doc);
void ch_instrument_find(struct ch_doc *doc);
void ch_pledge_find(struct ch_doc *doc);
void ch_position_find(struct ch_doc *doc);

static inline const struct ch_token *ch_reg_tok(const struct ch_doc *doc, uint32_t token)
{
	return &doc->tokens.v[token];
}

/* Is the sentence part of the body, and parsed? */
bool ch_reg_body(const struct ch_doc *doc, uint32_t sentence);
bool ch_reg_is(const struct ch_doc *doc, uint32_t token, const char *form);
/* The sense of a token's lemma, or of its form, in a section of the lexicon; NULL. */
const struct ch_word_sense *ch_reg_sense(const struct ch_doc *doc, uint32_t token, unsigned section);
/* What the lexicon gives behind "=", "_" turned to blanks. */
struct ch_str ch_reg_value(struct ch_doc *doc, const struct ch_word_sense *sense);
/* The same for the longest run of up to three tokens that begins at `first` (its length in *n), or ends right before
 * `past`. */
const struct ch_word_sense *ch_reg_run(const struct ch_doc *doc, uint32_t first, unsigned section, uint32_t *n);
const struct ch_word_sense *ch_reg_run_before(const struct ch_doc *doc, uint32_t past, unsigned section, uint32_t *n);

/* Distinct actors of doc->actors. */
struct ch_reg_actors {
	uint32_t v[CH_REG_WHO_MAX], n;
};

void ch_reg_add_mention(const struct ch_doc *doc, uint32_t mention, struct ch_reg_actors *set);
/* The actors of the mention at `head`; with `deep` and none there, those of mentions anywhere below it. */
void ch_reg_add_phrase(const struct ch_doc *doc, uint32_t head, bool deep, struct ch_reg_actors *set);
/* "we" and "I" inside a statement: its speaker. */
void ch_reg_add_speaker(const struct ch_doc *doc, uint32_t token, struct ch_reg_actors *set);
bool ch_reg_first_person(const struct ch_doc *doc, uint32_t token);
/* Parties in the order of the alphabet, ", " between them; names where an actor has no party. */
struct ch_str ch_reg_parties(struct ch_doc *doc, const struct ch_reg_actors *set);
struct ch_str ch_reg_party(const struct ch_actor *a);

/* Tokens [first, past) of the phrase at `head`, relative clauses and what follows a comma left out. */
void ch_reg_phrase(const struct ch_doc *doc, uint32_t head, uint32_t *first, uint32_t *past);
struct ch_span ch_reg_span(const struct ch_doc *doc, uint32_t first, uint32_t past);
struct ch_str ch_reg_text(struct ch_doc *doc, uint32_t first, uint32_t past); /* on one line */
/* The expression of time around the token, as a date; empty. */
struct ch_str ch_reg_date(const struct ch_doc *doc, uint32_t token);
bool ch_reg_negated(const struct ch_doc *doc, uint32_t token);
bool ch_reg_in_time(const struct ch_doc *doc, uint32_t token); /* part of an expression of time */

/* ---- role.c and chair.c ---- */

/* Enters a role once; `dated` is the token whose time it has, or CH_NONE. The entry, until the next one is made; NULL where nobody or
 * nothing is named. */
struct ch_role *ch_role_add(struct ch_doc *doc, struct ch_str who, struct ch_str role, struct ch_str body, uint32_t first,
			    uint32_t past, uint32_t dated);
/* Reads the term that begins at token `at`, right behind the office: "from 1997 to 2006", "since 2009", "until May". */
void ch_role_term(const struct ch_doc *doc, uint32_t at, struct ch_role *role);
bool ch_role_state_code(struct ch_str code); /* a country's, not that of a kind of organisation */
/* The run of capitals in [first, past): an organisation that the gazetteer does not know; empty. */
struct ch_str ch_role_name_in(struct ch_doc *doc, uint32_t first, uint32_t past);
/* ---- member.c ---- */

/* The office of the person named at tokens [lead, past): as another's counterpart, or as one of several who share it. */
void ch_member_peer(struct ch_doc *doc, uint32_t mention, uint32_t lead, uint32_t past);
void ch_member_shared(struct ch_doc *doc, uint32_t mention, uint32_t lead, uint32_t past);
void ch_member_nominal(struct ch_doc *doc);            /* "the presidents of A and B": behind all names */
void ch_member_verb(struct ch_doc *doc, uint32_t i);   /* to join, to admit, to leave */

/* Each looks at one token. */
void ch_chair_noun(struct ch_doc *doc, uint32_t i);         /* chair, member, presidency */
void ch_chair_verb(struct ch_doc *doc, uint32_t i);         /* to chair, preside, lead */
void ch_chair_representing(struct ch_doc *doc, uint32_t i); /* to represent */
void ch_chair_whose(struct ch_doc *doc, uint32_t i);        /* whose country chairs … */
#endif
