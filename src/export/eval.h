/* export/eval.h -- the parts of `chancery eval` among themselves.
 *
 *   eval_names.c      when two names, parties, persons are the same
 *   eval_match.c      when a record is the gold one: a function a kind of record
 *   eval.c            gold that lies beside pages: files, pairs, the scorecard (chancery_eval)
 *   eval_card.c       counts as JSON: precision, recall, F1 and their intervals
 *   eval_gold.c       what gold of sentences is made of: sentences, types, events, actors
 *   eval_json.c       such gold as JSON; which kind a file is
 *   eval_xml.c        the same, as PETRARCH XML
 *   eval_form.c       events of such a sentence in a normal form
 *   eval_cases.c      how many of them match
 *   eval_sentences.c  its scorecard (chancery_eval_sentences) */
#ifndef CH_EXPORT_EVAL_H
#define CH_EXPORT_EVAL_H
#include "base/map.h"
#include "doc/tags.h"
#include "export/json.h"

/* ---- names (eval_names.c) ---- */

struct ch_eval_set {
	CH_VEC(struct ch_str) v;   /* each once */
};

bool ch_eval_has(const struct ch_eval_set *s, struct ch_str key);
void ch_eval_put(struct ch_arena *a, struct ch_eval_set *s, struct ch_str key);   /* not the empty one; key is lent */
uint32_t ch_eval_common(const struct ch_eval_set *a, const struct ch_eval_set *b);
bool ch_eval_same_set(const struct ch_eval_set *a, const struct ch_eval_set *b);

bool ch_eval_in_list(struct ch_str s, const char *list);   /* of words parted by blanks */
/* The string of a field of an object; of what is no object, itself; empty where it is no string. Lent by o. */
struct ch_str ch_eval_text(const json_t *o, const char *key);
/* A party (a code, a name or a PLOVER entity) as it is compared: without sector, case and accents. */
struct ch_str ch_eval_party(struct ch_arena *a, const json_t *x);
void ch_eval_parties(struct ch_arena *a, struct ch_eval_set *to, const json_t *one_or_list);
/* Do the words of x and y agree to at least `least` (Dice)? Small words do not count. */
bool ch_eval_alike(struct ch_arena *a, struct ch_str x, struct ch_str y, double least);
bool ch_eval_same_person(struct ch_arena *a, struct ch_str x, struct ch_str y);

/* ---- records of pages (eval_match.c) ---- */

struct ch_eval_span {
	long long start, end;
};

enum ch_eval_kind_id {
	CH_EVAL_EVENTS, CH_EVAL_EVENTS_STRICT, CH_EVAL_QUOTES, CH_EVAL_INSTRUMENTS, CH_EVAL_ROLES, CH_EVAL_TALLIES, CH_EVAL_PLEDGES,
	CH_EVAL_KINDS
};

struct ch_eval_kind {
	const char *name, *array;   /* of the scorecard; of the records */
	double (*match)(struct ch_arena *, const json_t *gold, const json_t *system);   /* 0: no match; else how well */
};

const struct ch_eval_kind *ch_eval_kind(enum ch_eval_kind_id id);

/* What of a paired event is right beside its type and parties: one of these bits each. */
enum { CH_EVAL_DATE = 1, CH_EVAL_PLACE = 2, CH_EVAL_MODE = 4, CH_EVAL_STATUS = 8, CH_EVAL_SENTENCE = 16 };
unsigned ch_eval_right(struct ch_arena *a, const json_t *gold, const json_t *system);

/* ---- counts (eval_card.c) ---- */

struct ch_eval_count {
	uint64_t gold, system, match;
};

/* 95% interval of a share (Wilson 1927), as [low, high]. */
json_t *ch_eval_interval(uint64_t right, uint64_t n);
/* {"kind","gold","system","match","precision","recall","precision_interval","recall_interval","f1"} */
json_t *ch_eval_score(const struct ch_eval_count *s, const char *name);
/* {"what","of","right","interval"}; of: s->gold, right: s->match */
json_t *ch_eval_rate(const struct ch_eval_count *s, const char *name);

/* ---- sentences with their events (eval_gold.c, eval_json.c, eval_xml.c) ---- */

enum { CH_EVAL_NO_TYPE = CH_EV_N };   /* of events that PLOVER has no type for: CAMEO 01x, 02x */

struct ch_eval_codes {
	CH_VEC(struct ch_str) v;
};

struct ch_eval_event {
	unsigned type;                        /* enum ch_event_type or CH_EVAL_NO_TYPE */
	struct ch_str cameo;                  /* empty: none */
	struct ch_eval_codes source, target;  /* codes of actors as written: USAGOV, ---MIL */
	bool joint;                           /* the gold says that the sources did it together */
};

struct ch_eval_sentence {
	struct ch_str id, text;
	char date[11];                        /* "1998-05-01"; empty: none */
	CH_VEC(struct ch_eval_event) events;
	CH_VEC(struct ch_eval_event) system;  /* what was coded */
	bool coded;                           /* the system has the sentence */
};

struct ch_eval_gold {
	struct ch_arena arena;                /* all of it lies here */
	const char *format;                   /* "sentences, JSON lines" */
	CH_VEC(struct ch_eval_sentence) sentences;
	uint32_t skipped;                     /* sentences that the gold says not to score */
	struct ch_map ids, texts;             /* -> sentence */
};

/* Does this, the content of a file, hold sentences with events? Else it may be gold of pages. */
bool ch_eval_holds_sentences(struct ch_str bytes);
/* Reads PETRARCH XML, PLOVER records or JSON lines, by what is in it. name: for messages. g is a zeroed struct; free it also
 * after a failure. Linear in the bytes. */
bool ch_eval_gold_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, struct ch_err *err) CH_MUST_USE;
void ch_eval_gold_free(struct ch_eval_gold *g);
/* What a system coded, as JSON lines {"id","events"}, put beside the gold; *unknown: lines with an id that the gold has not. */
bool ch_eval_system_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, uint64_t *unknown,
			 struct ch_err *err) CH_MUST_USE;
/* The events of one record that a system made of s. `what`: for messages. */
bool ch_eval_system_add(struct ch_eval_gold *g, struct ch_eval_sentence *s, const json_t *record, const char *what,
			struct ch_err *err) CH_MUST_USE;

/* An event of JSON. Fields of ours (plover, source, target), of PLOVER 0.8 (event, actor, recipient) and of 2016 (category); without
 * any type that of the CAMEO code. */
bool ch_eval_event_read(struct ch_eval_gold *g, const json_t *o, struct ch_eval_event *e, struct ch_err *err) CH_MUST_USE;

/* For eval_xml.c: the part of ch_eval_gold_read that reads XML; a sentence that stands in the gold by its text (an id that
 * is there already for another text gets a letter); the type of a CAMEO code (CAMEO2PLOVER of 2021). */
bool ch_eval_xml_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, struct ch_err *err) CH_MUST_USE;
struct ch_eval_sentence *ch_eval_sentence(struct ch_eval_gold *g, struct ch_str id, struct ch_str text, struct ch_str date);
unsigned ch_eval_cameo_type(struct ch_str code);
/* Is it a CAMEO code: two to five characters, digits in front? */
bool ch_eval_is_cameo(struct ch_str code);

/* ---- events of a sentence (eval_cases.c) ---- */

/* Actors of a sentence, codes of a side, events of a gold sentence, of one that was coded, merged events of one type. */
enum { CH_EVAL_ACTORS_MAX = 255, CH_EVAL_SIDE_MAX = 64, CH_EVAL_EVENTS_MAX = 256, CH_EVAL_SYSTEM_MAX = 4096, CH_EVAL_UNITS_MAX = 512 };

/* Counts of one sentence. */
struct ch_eval_case {
	struct ch_eval_count type, actors, cameo, cameo_actors;
	struct ch_eval_count by_type[CH_EV_N], by_type_actors[CH_EV_N];
	bool exact, exact_cameo;
};

/* Counts system against gold; parties (which may be NULL), by their country: +1 for each type of event that it takes part
 * in. Fails where there are more different actors than CH_EVAL_ACTORS_MAX, or more events. */
struct ch_eval_party_counts {
	struct ch_arena *arena;
	struct ch_map index;
	CH_VEC(struct ch_str) name;
	CH_VEC(struct ch_eval_count) count;
};
bool ch_eval_case(const struct ch_eval_sentence *s, struct ch_eval_case *c, struct ch_eval_party_counts *parties,
		  struct ch_err *err) CH_MUST_USE;

#endif
