/* said/said_priv.h -- what the files of this folder share: the statements in the making, and how to read a clause. */
#ifndef CH_SAID_PRIV_H
#define CH_SAID_PRIV_H
#include "said/cues.h"
#include "said/marks.h"

/* How a statement gets its speaker. */
enum ch_link {
	CH_LINK_OWN,     /* by the subject of its own cue */
	CH_LINK_PIECE,   /* by the attribution of the piece before it: “A,” he said. “B.” */
	CH_LINK_CARRIED, /* by the speaker of the statement before it, with no cue of its own */
	CH_LINK_NOBODY,  /* by nobody: "it was reported that …" */
};

/* A statement in the making: its speaker is resolved when all are known, in the order of the text. */
struct ch_utterance {
	struct ch_span content, cue, source;
	uint32_t subject;  /* token at the head of the words that name the speaker, or CH_NONE */
	uint32_t sentence; /* where the cue stands (or the content, with no cue) */
	enum ch_link link;
	bool direct;
	bool dropped; /* said.c: says what another says already */
	uint8_t kind; /* enum ch_statement_kind */
	bool weak;    /* quotation marks inside a clause: gives way to a reported clause around it */
};

struct ch_said_work {
	struct ch_doc *doc;
	const struct ch_cues *cues;
	struct ch_quotations quotations;
	CH_VEC(struct ch_utterance) found;
	CH_VEC(struct ch_utterance) beyond; /* beyond.c: what is no speech, in order of the text */
	CH_VEC(struct ch_span) tails; /* closing attributions, comma and all, in order: part of no other clause */
	uint32_t *quoted;             /* a number a token: 1 + index of the quotation that holds it, or 0 */
};

/* ---- direct.c, reported.c, beyond.c, speaker.c: the steps ---- */

void ch_direct_find(struct ch_said_work *w);
void ch_reported_find(struct ch_said_work *w);
/* What is laid to somebody beside what was found, which must be final by then. */
void ch_beyond_find(struct ch_said_work *w);
/* Makes statements of what was found: gives each its speaker, in order. w->found is sorted by content. */
void ch_speakers_resolve(struct ch_said_work *w);

/* ---- reported.c: what the rules for reported clauses share ---- */

/* Words behind a closing attribution: "…, the minister told reporters on Tuesday." */
enum { CH_SAID_TAIL_MAX = 16 };

struct ch_said_tokens {
	uint32_t first, past;
};

bool ch_said_punct(const struct ch_said_work *w, uint32_t i); /* nothing but marks of punctuation */
bool ch_said_first_person(const struct ch_said_work *w, uint32_t i);
bool ch_said_no_one(const struct ch_said_work *w, uint32_t i); /* "nobody", "nothing" */
/* A finite verb among the tokens [first, past). */
bool ch_said_finite(const struct ch_said_work *w, uint32_t first, uint32_t past);
/* "should be noted", "can be said", "to stress": no report that somebody did. */
bool ch_said_unreal(const struct ch_said_work *w, uint32_t verb);
/* Does the subject speak, with a verb of the sections `hit`? */
bool ch_said_may_speak(const struct ch_said_work *w, uint32_t hit, uint32_t subject);
/* What is left of the host clause beside the piece that is taken out of it. */
struct ch_said_tokens ch_said_host_without(const struct ch_said_work *w, uint32_t host, struct ch_said_tokens out);
/* Notes a reported clause, trimmed; none where nothing is left or most of it is a quotation already. */
void ch_said_report(struct ch_said_work *w, struct ch_said_tokens content, struct ch_span cue, uint32_t subject,
		    struct ch_span source, uint32_t sentence, enum ch_link link);

/* ---- clause.c: the head of a clause that the tree does not give the verb (CH_NONE: none), and its extent ---- */

uint32_t ch_said_behind_that(const struct ch_said_work *w, uint32_t last);       /* said in Vienna on Monday that CLAUSE */
uint32_t ch_said_right_behind(const struct ch_said_work *w, uint32_t verb, uint32_t last); /* he said CLAUSE */
uint32_t ch_said_behind_addressee(const struct ch_said_work *w, uint32_t verb);  /* told the paper CLAUSE */
uint32_t ch_said_behind_time(const struct ch_said_work *w, uint32_t last);       /* said the same day that CLAUSE */
/* Takes out of the clause what its speaker did next. */
void ch_said_cut_deed(const struct ch_said_work *w, uint32_t verb, uint32_t clause, struct ch_said_tokens *t);
/* Adds the second clause of "that A and that B". */
void ch_said_add_more(const struct ch_said_work *w, struct ch_said_tokens *t);
/* The clause as it stands on its side of the verb. */
struct ch_said_tokens ch_said_clause_beside(const struct ch_said_work *w, uint32_t clause, uint32_t verb,
					    uint32_t last);

/* ---- attributed.c: each true where the rule applied ---- */

bool ch_said_from_noun(struct ch_said_work *w, uint32_t noun);    /* "expressed his belief that CLAUSE" */
bool ch_said_in_view(struct ch_said_work *w, uint32_t noun);      /* "in his opinion, CLAUSE" */
bool ch_said_by_label(struct ch_said_work *w, uint32_t sentence); /* "Aliyev: CLAUSE", at the start of a paragraph */
bool ch_said_according_to(struct ch_said_work *w, uint32_t word); /* `word` is the "according" */

/* ---- syntax.c: reading a clause ---- */

static inline const struct ch_token *ch_said_token(const struct ch_said_work *w, uint32_t i)
{
	return &w->doc->tokens.v[i];
}

static inline struct ch_str ch_said_form(const struct ch_said_work *w, uint32_t i)
{
	return ch_token_str(w->doc, i);
}

/* Does the token read like this, in either case? False for CH_NONE and tokens out of range. */
bool ch_said_is(const struct ch_said_work *w, uint32_t i, const char *form);
bool ch_said_is_time(const struct ch_said_work *w, uint32_t i); /* within an expression of time */
bool ch_said_hyphen(const struct ch_said_work *w, uint32_t i); /* between two parts of a word */
bool ch_said_has_tree(const struct ch_said_work *w, uint32_t sentence);

/* The sections of the word (with the next one: "point out") and the last token of the entry. */
uint32_t ch_said_cue(const struct ch_said_work *w, uint32_t i, uint32_t *last);
/* The sections of a word that acts as a verb here; 0 where the tree says that it is none. */
uint32_t ch_said_verb(const struct ch_said_work *w, uint32_t i, uint32_t *last);

/* The first child with one of the relations of a 0-ended list (CH_DEP_ROOT ends it), or CH_NONE. */
uint32_t ch_said_child(const struct ch_said_work *w, uint32_t head, const uint8_t *rels);
/* The subject of a verb: its own, or that of the verb it is joined to ("said X, adding that Y"), or the noun that it
 * describes ("a statement saying that"). CH_NONE where there is none. */
uint32_t ch_said_subject(const struct ch_said_work *w, uint32_t verb);
/* The agent of a passive: "by" and its noun. */
uint32_t ch_said_agent(const struct ch_said_work *w, uint32_t verb);
bool ch_said_passive(const struct ch_said_work *w, uint32_t verb);
bool ch_said_negated(const struct ch_said_work *w, uint32_t verb);
/* Has a finite verb with a subject of its own. */
bool ch_said_clause(const struct ch_said_work *w, uint32_t head);
/* True where `head` stands above the token or is it. */
bool ch_said_above(const struct ch_said_work *w, uint32_t head, uint32_t token);

/* The words of the noun phrase at `head`, relative clauses left out, not reaching into [keep_out.start, keep_out.end).
 */
struct ch_span ch_said_phrase(const struct ch_said_work *w, uint32_t head, struct ch_span keep_out);
/* The noun phrase that ends right before token `past`, or begins at `first`, read without a tree; its last noun. */
uint32_t ch_said_noun_before(const struct ch_said_work *w, uint32_t first, uint32_t past);
uint32_t ch_said_noun_behind(const struct ch_said_work *w, uint32_t first, uint32_t past);
#endif
