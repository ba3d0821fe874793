/* who/compile_priv.h -- the parts of the gazetteer's compiler among themselves: compile.c (which list is which, names),
 * compile_lists.c (states, organisations, offices, words), compile_members.c (members of organisations),
 * compile_people.c (people and their terms), compile_table.c (the table). */
#ifndef CH_WHO_COMPILE_PRIV_H
#define CH_WHO_COMPILE_PRIV_H
#include "base/day.h"
#include "base/map.h"
#include "who/atoms.h"
#include "who/compile.h"
#include "who/table.h"

#define NONE UINT32_MAX
enum {
	ATOMS_MAX = 24,
	FORM_MAX = 200,   /* bytes of a name */
	HEAD_MAX = 4000,  /* of all spellings of a person */
	TERMS_MAX = 200,  /* of a person */
	NAMESAKES_MAX = 100,
	SLIPS_MAX = 20,
};

/* Lists of people by how far their word goes (ch_gz_term.rank). */
enum { RANK_LEADERS, RANK_PAST, RANK_WIKIDATA, RANK_CIA, RANK_SOURCE };

struct gz_name {
	uint64_t hash;
	struct ch_gz_entry entry;
	uint32_t order;
};

struct gz_build {
	struct ch_arena *arena;
	const char *path;
	uint32_t list, line;
	uint32_t rank;   /* of the people's table being read */
	bool own;        /* the user's file is being read, and in it what wins over the built-in lists */
	bool own_file;   /* the user's file is being read */
	CH_VEC(struct ch_gz_entity) entities;
	CH_VEC(struct ch_gz_term) terms;
	CH_VEC(uint32_t) term_next;             /* the person's next term */
	CH_VEC(uint32_t) first_term, last_term; /* by entity */
	CH_VEC(uint32_t) term_count;            /* by entity */
	CH_VEC(bool) named;                     /* by entity: a list has given its name */
	CH_VEC(struct ch_gz_hold) holds;
	CH_VEC(struct ch_gz_membership) members;
	uint32_t *members_by_state; /* after gz_order_members */
	CH_VEC(struct gz_name) names, surnames;
	CH_VEC(uint64_t) prefixes;
	CH_VEC(char) strings;
	CH_VEC(uint32_t) lists; /* paths, strings */
	struct ch_map string_map, by_id, people;
	struct ch_map own_main;     /* person_key of the first name of a person of the user's */
	struct ch_map classes;      /* office class -> its entity */
	struct ch_map office_forms; /* folded form -> entity */
	struct ch_map doubtful;
	struct ch_map member_orgs; /* "list entity" of the blocks read */
	struct ch_map famous, ids; /* full name -> person of leaders.txt; id -> entity */
	CH_VEC(char) slips;
	uint32_t n_slips;
};

/* One line: file, line, what stood there, what would do. No table is written then. */
void gz_slip(struct gz_build *b, const char *fmt, ...) CH_PRINTF(2, 3);
uint32_t gz_string(struct gz_build *b, struct ch_str s);
uint32_t gz_add_entity(struct gz_build *b, enum ch_gz_kind kind, struct ch_str name);
/* "President of X" -> "president-of-x", after a prefix: a string. */
uint32_t gz_slug(struct gz_build *b, const char *prefix, struct ch_str s);
uint32_t gz_cut_atoms(struct gz_build *b, struct ch_str s, struct ch_atom *atoms, uint32_t max);
void gz_add_name(struct gz_build *b, struct ch_str form, uint32_t entity, enum ch_gz_role role, unsigned flags);
/* Each name of a list "A; B; C". */
void gz_add_names(struct gz_build *b, struct ch_str list, uint32_t entity, enum ch_gz_role role);
/* The next field of a line, trimmed; empty where there is none. */
struct ch_str gz_field(struct ch_str *rest, char sep);
/* Numbers as a key of a table. */
struct ch_str gz_key(struct gz_build *b, const uint64_t *n, uint32_t n_n);
/* A key for tables by name: the same for all ways to write one. */
struct ch_str gz_folded(struct gz_build *b, struct ch_str s);
/* First (or last) day of "1998", "1998-04", "1998-04-09"; `open` where empty. False after a slip. */
bool gz_read_day(struct gz_build *b, struct ch_str s, bool last, int32_t open, int32_t *day);
/* Ids in other collections, "Q123 ftm:abc" or "wikidata:Q123": into the entity, where it has none of the kind yet. */
void gz_read_ids(struct gz_build *b, struct ch_str list, uint32_t entity);
uint32_t gz_wikidata(struct ch_str id); /* 123 of "Q123" or "wikidata:Q123"; 0 of anything else */
/* Where an entity or a term stands, for its `source`. */
uint32_t gz_here(const struct gz_build *b);

uint32_t gz_begin_block(struct gz_build *b, struct ch_str line);
void gz_block_line(struct gz_build *b, uint32_t entity, struct ch_str line);
void gz_office_line(struct gz_build *b, struct ch_str line);
void gz_institution_line(struct gz_build *b, struct ch_str line);
void gz_region_line(struct gz_build *b, struct ch_str line);
void gz_read_members(struct gz_build *b, struct ch_str text);
/* Members in the order of the table; two lines that say the same of one day are a slip. */
void gz_order_members(struct gz_build *b);
void gz_read_people(struct gz_build *b, struct ch_str text);
/* The user's file: what is no person; the people, those before the first `source` (sourced false) or after it. */
void gz_read_own_blocks(struct gz_build *b, struct ch_str text);
void gz_read_own_people(struct gz_build *b, struct ch_str text, bool sourced);
struct ch_str gz_write_table(struct gz_build *b);
#endif
