/* who/compile.h -- lists of actors (lexicon/actors/, and a user's own file) made into a table of the gazetteer.
 *
 * The lists are compiled when the program is built (tool/who_compile.c); with a user's file of actors they are compiled
 * anew with it, in memory, when the engine is built. A built-in list is known by its file name; the form of each is
 * told at its head, that of a user's file in docs/formats.md. */
#ifndef CH_WHO_COMPILE_H
#define CH_WHO_COMPILE_H
#include "base/arena.h"

/* A built-in list, or (at most one, anywhere among them) the user's own. */
struct ch_actor_list {
	const char *path; /* for messages and to know it by */
	struct ch_str text;
	bool own; /* the user's: wins over all others */
};

/* Compiles the lists in their order: the first to name a person, a state or an organisation decides how it is shown.
 * *table is whole multiples of 8 bytes, on 8 bytes, in arena. False where a list has slips: *slips then has a line for
 * each (no more than 20 are told), "file:line: what stood there; what would do". Linear in the size of the lists. */
bool ch_gazetteer_compile(struct ch_arena *arena, const struct ch_actor_list *lists, uint32_t n, struct ch_str *table,
			  struct ch_str *slips) CH_MUST_USE;
#endif
