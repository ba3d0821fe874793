/* event/frames.h -- the frames of lexicon/frames/: which words report which event, and where its parties stand.
 *
 * The format, as a person edits it (docs/frames.md has more):
 *
 *     class INSTRUMENT agreement treaty declaration     # a named list of lemmas, used as @INSTRUMENT
 *
 *     frame consult.visit CONSULT visit 042             # name, PLOVER type, mode (or -), CAMEO code
 *       verb visit tour                                 # a pattern: the part of speech and lemmas of the trigger
 *         source subj                                   # where each side stands: paths, the first that yields wins
 *         target obj
 *         place  target
 *       noun visit trip
 *         source poss mod of by ^subj
 *         target to ^to
 *       + The president of France visited Egypt in 1998. = FRA > EGY      # must fire so
 *       - Pilgrims visit the shrine of Saint James every summer.          # must not fire
 *
 * Paths: subj obj iobj (logical ones: passives are turned round, relative, controlled and conjoined verbs find theirs),
 * poss (whose), mod (adjective or compound), any preposition ("to", "between"), comp (the clause below), clause (the subject of
 * the clause that the word stands in), aux (its auxiliaries), neg (its negation), and the same with ^ for the light verb that governs a noun ("pay a visit", "talks were held").
 * In `a+b`, b adds to what a found; `a.b` leads from each word at a to what stands at b from there.
 *
 * Opened once, then shared by all threads; const after ch_frames_open. */
#ifndef CH_EVENT_FRAMES_H
#define CH_EVENT_FRAMES_H
#include "base/arena.h"
#include "base/embed.h"
#include "base/err.h"
#include "base/map.h"
#include "doc/tags.h"

enum ch_path_kind {
	CH_PATH_SUBJ, CH_PATH_OBJ, CH_PATH_IOBJ, CH_PATH_POSS, CH_PATH_MOD, CH_PATH_COMP, CH_PATH_ADV, CH_PATH_PRT, CH_PATH_CLAUSE,
	CH_PATH_AUX, CH_PATH_NEG, CH_PATH_PREP,
};

struct ch_path {
	enum ch_path_kind kind;
	bool light;              /* from the light verb above */
	bool more;               /* joined by + to the path before it */
	struct ch_str prep;      /* of CH_PATH_PREP */
	const struct ch_path *then;   /* from each of those words on: "obj.mod"; NULL: no further */
};

/* A condition: some word at path has a lemma of the list (or, with `not`, none has). No lemmas: the path leads anywhere. */
struct ch_need {
	struct ch_path path;
	const struct ch_map *lemmas;   /* NULL: any word */
	bool person;                   /* the word must mean a person who acts for a party */
	bool party;                    /* it must mean a party itself: a state, an organisation */
	bool not;
};

enum { CH_PATHS_MAX = 24, CH_NEEDS_MAX = 6 };

struct ch_paths {
	struct ch_path *v;             /* shared by the copies of a pattern */
	uint32_t n;
};

enum ch_place_rule { CH_PLACE_SAID, CH_PLACE_TARGET, CH_PLACE_SOURCE, CH_PLACE_NOWHERE };
enum ch_split_rule { CH_SPLIT_NONE, CH_SPLIT_TARGET, CH_SPLIT_BOTH };

struct ch_pattern {
	uint32_t frame;
	uint8_t upos;                  /* CH_UPOS_VERB, CH_UPOS_NOUN or CH_UPOS_ADJ */
	struct ch_paths source, target, swallow;
	struct ch_need needs[CH_NEEDS_MAX];
	uint32_t n_needs;
	enum ch_place_rule place;
	enum ch_split_rule split;
	bool joint;                    /* the parties are one group in source */
	bool solo;                     /* may stand without a target */
	bool context;                  /* where no target is named, it is whom the source last dealt with */
	bool also;                     /* later patterns of the same word may fire too: "a congratulatory letter" */
	const char *status;            /* forced; NULL: as the sentence says */
	uint32_t line;
	uint32_t next;                 /* the next pattern of the same trigger word, or UINT32_MAX */
};

struct ch_example {
	struct ch_str text, want;      /* want: "FRA > EGY", "AZE + TUR", with an optional status; empty: any record of the frame */
	uint32_t frame;
	bool fires;
	const char *file;
	uint32_t line;
};

struct ch_frame {
	const char *name, *mode, *cameo;   /* mode and cameo NULL where there is none */
	uint8_t type;
	const char *file;
	uint32_t line;
};

struct ch_frames {
	struct ch_arena arena;
	CH_VEC(struct ch_frame) frames;
	CH_VEC(struct ch_pattern) patterns;
	CH_VEC(struct ch_example) examples;
	struct ch_map triggers;        /* "v:visit" → the first pattern of that word, in the order of the files */
	struct ch_map classes;         /* name → index into lists */
	CH_VEC(struct ch_map *) lists;
};

/* The built-in lexicon. Fails, naming file, line and what would do, on the first slip. */
bool ch_frames_open(struct ch_frames **frames, struct ch_err *err) CH_MUST_USE;
/* The same with a user's file (NULL: none), whose patterns of a word are tried before the built-in ones; it may use their classes. Its
 * path and text must outlive the frames. */
bool ch_frames_open_with(const struct ch_embedded *own, struct ch_frames **frames, struct ch_err *err) CH_MUST_USE;
/* Any files of that format, in order; for tests and a user's own. */
bool ch_frames_parse(struct ch_frames **frames, const struct ch_embedded *files, size_t n, struct ch_err *err) CH_MUST_USE;
void ch_frames_close(struct ch_frames *frames);

/* The first pattern that a word of this part of speech and lemma triggers, or NULL; go on with ch_frames_next. */
const struct ch_pattern *ch_frames_of(const struct ch_frames *frames, unsigned upos, struct ch_str lemma);
const struct ch_pattern *ch_frames_next(const struct ch_frames *frames, const struct ch_pattern *pattern);

/* The lemmas of `class NAME`, or NULL. */
const struct ch_map *ch_frames_class(const struct ch_frames *frames, const char *name);
#endif
