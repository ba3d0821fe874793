/* event/coder.h -- one page being coded: what has been found so far, shared by event.c (which patterns fire) and counterpart.c (whom an
 * event is aimed at where its sentence names nobody). */
#ifndef CH_EVENT_CODER_H
#define CH_EVENT_CODER_H
#include "event/bind.h"
#include "event/status.h"

/* An event found, its parties not yet written to the layer. */
struct ch_found {
	struct ch_event event;
	uint32_t source[CH_PARTIES_MAX], target[CH_PARTIES_MAX];
	uint32_t source_n, target_n;
	bool mutual;   /* "each other" */
};

enum { SWALLOWED_MAX = 16 };

struct ch_coder {
	struct ch_doc *doc;
	const struct ch_frames *frames;
	struct ch_binder binder;
	struct ch_status_words words;
	CH_VEC(struct ch_found) found;
	uint32_t statement;             /* the one that the trigger stands in, or CH_NONE */
	uint32_t paper_sentence;        /* where it was told of */
	struct ch_side paper;           /* the parties of the last agreement or meeting told of */
	uint32_t focus;                 /* the party that the page is about: an actor, or CH_NONE */
	uint32_t pair[2];               /* the two that it is about, or CH_NONE */
	struct ch_str review;           /* the year that the page reviews, or empty */
	struct { uint32_t first, past; } swallowed[SWALLOWED_MAX];   /* tokens of this sentence that events took for themselves */
	uint32_t swallowed_n;
};

/* mode may be NULL: none. */
static inline bool ch_mode_is(const char *mode, const char *name)
{
	return mode && !strcmp(mode, name);
}

static inline struct ch_str ch_coder_party(const struct ch_coder *c, uint32_t actor)
{
	return c->doc->actors.v[actor].party;
}

/* One of the actors is of this party. */
static inline bool ch_coder_has_party(const struct ch_coder *c, const uint32_t *actors, uint32_t n, struct ch_str party)
{
	for (uint32_t i = 0; i < n; i++)
		if (ch_str_eq(ch_coder_party(c, actors[i]), party))
			return true;
	return false;
}

/* A letter, a call or a congratulation: what has an addressee. */
bool ch_coder_is_message(const char *mode);
/* To whom the last message of this actor's party on the page went; CH_NONE. */
uint32_t ch_coder_addressee(const struct ch_coder *c, uint32_t actor);
/* Sets focus and pair: whom the page is about. Once, before coding. */
void ch_coder_find_focus(struct ch_coder *c);
/* Fills an empty target: whom the page has dealt with just before, or is about, as the kind of act allows. target->other: the sentence
 * says "its neighbour". Leaves it empty where nobody fits. */
void ch_coder_find_target(const struct ch_coder *c, const struct ch_frame *frame, const struct ch_pattern *p, uint32_t sentence,
			  const struct ch_side *source, struct ch_side *target);
#endif
