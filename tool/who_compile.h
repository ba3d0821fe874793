/* tool/who_compile.h -- the parts of the gazetteer's compiler among themselves: who_compile.c (files, names, main),
 * who_lists.c (states, organisations, offices, words), who_people.c (people and their terms), who_write.c (the table).
 */
#ifndef WHO_COMPILE_H
#define WHO_COMPILE_H
#include "base/arena.h"
#include "base/day.h"
#include "base/map.h"
#include "who/atoms.h"
#include "who/table.h"

#define NONE UINT32_MAX
#define ATOMS_MAX 24

struct name {
	uint64_t hash;
	struct ch_gz_entry entry;
	uint32_t order;
};

struct build {
	struct ch_arena arena;
	const char *path;
	uint32_t line;
	uint32_t rank; /* of the people's table being read */
	CH_VEC(struct ch_gz_entity) entities;
	CH_VEC(struct ch_gz_term) terms;
	CH_VEC(uint32_t) term_next;             /* the person's next term */
	CH_VEC(uint32_t) first_term, last_term; /* by entity */
	CH_VEC(bool) named;                     /* by entity: a list has given its name */
	CH_VEC(struct ch_gz_hold) holds;
	CH_VEC(struct name) names, surnames;
	CH_VEC(uint64_t) prefixes;
	CH_VEC(char) strings;
	struct ch_map string_map, by_id, people, given;
	struct ch_map classes;      /* office class -> number */
	struct ch_map office_forms; /* folded form -> class */
	struct ch_map doubtful;
	struct ch_map famous, ids; /* full name -> person of leaders.txt; id -> entity */
	uint32_t errors;
};

/* One line on stderr: file, line, what stood there, what would do. No table is written then. */
void slip(struct build *b, const char *fmt, ...) CH_PRINTF(2, 3);
uint32_t string_of(struct build *b, struct ch_str s);
uint32_t add_entity(struct build *b, enum ch_gz_kind kind, struct ch_str name);
/* "President of X" -> "president-of-x", after a prefix: a string. */
uint32_t slug(struct build *b, const char *prefix, struct ch_str s);
uint32_t cut_atoms(struct build *b, struct ch_str s, struct ch_atom *atoms, uint32_t max);
void add_name(struct build *b, struct ch_str form, uint32_t entity, enum ch_gz_role role, unsigned flags);
/* Each name of a list "A; B; C". */
void add_names(struct build *b, struct ch_str list, uint32_t entity, enum ch_gz_role role);
/* The next field of a line, trimmed; empty where there is none. */
struct ch_str field(struct ch_str *rest, char sep);
/* A key for tables by name: the same for all ways to write one. */
struct ch_str folded(struct build *b, struct ch_str s);
/* First (or last) day of "1998", "1998-04", "1998-04-09"; `open` where empty. False after a slip. */
bool read_day(struct build *b, struct ch_str s, bool last, int32_t open, int32_t *day);

uint32_t begin_block(struct build *b, struct ch_str line);
void block_line(struct build *b, uint32_t entity, struct ch_str line);
void office_line(struct build *b, struct ch_str line);
void institution_line(struct build *b, struct ch_str line);
void region_line(struct build *b, struct ch_str line);
void read_people(struct build *b, struct ch_str text);
bool write_table(struct build *b, const char *path);
#endif
