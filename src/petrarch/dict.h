/* petrarch/dict.h -- the field's own dictionaries, read as they are: verbs of PETRARCH 1, PETRARCH 2 and TABARI, actors, agents,
 * discards.
 *
 *     --- VISIT [032:033] ---            a block of verbs, with the code of each; [---]: none but by a pattern; [A:B]: A, and B back
 *     VISIT {VISITS VISITED} [032]       a verb; its forms (else the regular ones); a code of its own
 *     +BREAK_DOWN                        a verb of several words, "+" before the one that is inflected
 *     - SAID * FOR_PEACE WITH $ [034]    a pattern around the verb (*): "_" to the next word, a blank some words further
 *     &SYN  +WORD  +WORD_                a synonym set; plurals too, but for what ends in "_"
 *
 * In a pattern $ is the source, + the target, ^ a noun phrase passed over, % a compound one (both sides at once); {A B} are words of a
 * noun phrase, (IN A) of a prepositional one (PETRARCH 2). In a verb dictionary without "---" (TABARI) each line that is no
 * pattern is a verb, and words that do not end in "_" are stems.
 * Sources: heads of the dictionaries; Schrodt, TABARI manual 0.8.4, chapter 4; PETRARCH manual of 2014. */
#ifndef CH_PETRARCH_DICT_H
#define CH_PETRARCH_DICT_H
#include "base/err.h"
#include "petrarch/line.h"

#define CH_PETRARCH_NONE UINT32_MAX

enum ch_petrarch_item_kind {
	CH_PETRARCH_WORD, CH_PETRARCH_SYNSET, CH_PETRARCH_SOURCE, CH_PETRARCH_TARGET, CH_PETRARCH_SKIP, CH_PETRARCH_COMPOUND,
};

struct ch_petrarch_item {
	uint8_t kind;
	bool joined;        /* stands right behind the item before it, seen from the verb */
	bool grouped;       /* of the same phrase as the item before it, seen from the verb */
	uint32_t at;        /* number of the word, or of the synonym set */
};

/* Words [first, past) of dict->seqs. */
struct ch_petrarch_seq {
	uint32_t first, past;
};

struct ch_petrarch_pattern {
	struct ch_petrarch_seq left, right;    /* of dict->items, each from the verb outwards */
	struct ch_str code, back;              /* "032"; of the event the other way; empty: none */
	uint32_t file, line;
	uint32_t next;                         /* of the same block, longer ones first, else in order of the file */
};

struct ch_petrarch_block {
	struct ch_str code, back;
	uint32_t patterns;                     /* the first; NONE */
};

/* A form of a verb: the words around the one that it is found by. */
struct ch_petrarch_form {
	struct ch_petrarch_seq before, behind; /* before: from the verb outwards */
	struct ch_str code, back;
	uint32_t block, next;                  /* next: another with the same word, those of more words first */
	uint32_t file, line;
};

struct ch_petrarch_actor {
	uint32_t first, past;                  /* of dict->codes */
	uint32_t file, line;
};

struct ch_petrarch_node {
	uint32_t actor;                        /* of dict->actors, where a name ends here; NONE */
	uint32_t agent;                        /* of dict->agents: "~GOV", "NGO~" */
	bool open;                             /* a name goes on behind a blank, so that words may stand between */
	uint32_t discard;                      /* of dict->discards: as written, a "+" before those of whole stories */
};

struct ch_petrarch_synset {
	struct ch_str name;
	CH_VEC(struct ch_petrarch_seq) members;
	CH_VEC(uint32_t) within;               /* sets whose members are members */
	uint32_t file, line;
	bool defined, plain;                   /* plain: its name ends in "_" */
};

struct ch_petrarch_counts {
	uint32_t files, verbs, forms, patterns, synsets, actors, names, agents, discards, lost;
};

struct ch_petrarch_warning {
	struct ch_str text;                    /* "verbs.txt:12: what: 'line'" */
};

struct ch_petrarch {
	struct ch_arena arena;
	bool stems;                            /* a TABARI dictionary: words without "_" behind them are stems */
	struct ch_map words;                   /* folded word -> number; a stem has "*" behind it */
	CH_VEC(struct ch_str) spelling;        /* number -> word */
	CH_VEC(uint32_t) seqs;
	CH_VEC(struct ch_petrarch_item) items;
	CH_VEC(struct ch_petrarch_pattern) patterns;
	CH_VEC(struct ch_petrarch_block) blocks;
	CH_VEC(struct ch_petrarch_form) forms;
	CH_VEC(uint32_t) by_word;              /* number of a word -> its first form; NONE */
	CH_VEC(struct ch_petrarch_synset) synsets;
	struct ch_map synset_names;
	struct ch_map edges;                   /* (node, word) as eight bytes -> node: names by their words */
	CH_VEC(struct ch_petrarch_node) nodes;
	CH_VEC(struct ch_petrarch_code) codes;
	CH_VEC(struct ch_petrarch_actor) actors;
	CH_VEC(struct ch_str) agents, discards;
	CH_VEC(struct ch_str) files;           /* as in messages */
	CH_VEC(struct ch_petrarch_warning) warnings;
	struct ch_petrarch_counts counts;
};

enum ch_petrarch_kind {
	CH_PETRARCH_NO_DICTIONARY, CH_PETRARCH_VERBS, CH_PETRARCH_VERBS_2, CH_PETRARCH_ACTORS, CH_PETRARCH_AGENTS, CH_PETRARCH_DISCARDS,
	CH_PETRARCH_ISSUES,
};

/* What a file is, by its lines. */
enum ch_petrarch_kind ch_petrarch_guess(struct ch_str text);

/* An empty one. Free also after a failure. */
void ch_petrarch_init(struct ch_petrarch *d);
void ch_petrarch_free(struct ch_petrarch *d);
/* Takes a dictionary of a kind in; text and name are copied. Lines that are not taken are warnings. stems: as above. */
void ch_petrarch_read(struct ch_petrarch *d, enum ch_petrarch_kind kind, struct ch_str name, struct ch_str text);
/* Once, when all was read: synonym sets are resolved, patterns put in order. */
void ch_petrarch_finish(struct ch_petrarch *d);

/* The dictionaries of a folder, each known by its content. Fails where there is no such folder or no verb dictionary in it. */
bool ch_petrarch_open(struct ch_petrarch *d, const char *folder, struct ch_err *err) CH_MUST_USE;

/* The node behind `node` by a word (of the text, folded), or NONE; exact before stems. 0 is the root. */
uint32_t ch_petrarch_step(const struct ch_petrarch *d, uint32_t node, struct ch_str word);
/* The number of a word of the text, or NONE. */
uint32_t ch_petrarch_word(const struct ch_petrarch *d, struct ch_str word);
/* The first form of a verb that the word of a text is, or NONE. */
uint32_t ch_petrarch_form_of(const struct ch_petrarch *d, struct ch_str word);
/* Whether word number `at` of the dictionary is `word`, or a stem of it; number: what ch_petrarch_word says of it. */
bool ch_petrarch_is(const struct ch_petrarch *d, uint32_t at, struct ch_str word, uint32_t number);

/* Cuts the next word off *rest, folded, as dictionaries and texts are compared: parted at blanks, "_" and hyphens, "n't" and "'s" off.
 * *stem (may be NULL): no "_" right behind it. */
bool ch_petrarch_next_word(struct ch_arena *arena, struct ch_str *rest, struct ch_str *word, bool *stem);
#endif
