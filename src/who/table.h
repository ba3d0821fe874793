/* who/table.h -- the compiled gazetteer: what who/compile.h writes and who/gazetteer.c reads.
 *
 *   header | slots | surname slots | entities | terms | by_body | holds | entries | surname entries | by_id |
 *   members | members_by_state | strings
 *
 * All numbers are those of the machine (the table is built with the program, or by it); strings are offsets of NUL-ended text. A
 * slot is found by the hash of a name's atoms (atoms.h), probing linearly; slots are a power of two and at most three
 * quarters full. A slot with no entries says only that longer names begin so. by_id is all entities in the
 * order of their ids; members are by organisation, members_by_state their numbers by state. */
#ifndef CH_WHO_TABLE_H
#define CH_WHO_TABLE_H
#include <stdint.h>

#define CH_GZ_MAGIC 0x34475A43u /* "CZG4" */

enum ch_gz_kind { CH_GZ_STATE, CH_GZ_ORG, CH_GZ_PERSON, CH_GZ_OFFICE, CH_GZ_INSTITUTION, CH_GZ_WORD };

enum ch_gz_role {
	CH_GZ_NAME,   /* of a state, an organisation, a body; a person's full name */
	CH_GZ_ADJ,    /* "Russian" */
	CH_GZ_PEOPLE, /* "Russians", "a Russian" */
	CH_GZ_CAPITAL,
	CH_GZ_SEAT, /* "Kremlin": an entity of its own, and a place */
	CH_GZ_CITY, /* a place only */
	CH_GZ_OFFICE_ONE,
	CH_GZ_OFFICE_MANY,
	CH_GZ_INST_ONE,
	CH_GZ_INST_MANY,
	CH_GZ_MODIFIER,
	CH_GZ_GROUP_NOUN,
	CH_GZ_GROUP,
	CH_GZ_REGION,
	CH_GZ_FEMALE,
	CH_GZ_NOBODY,   /* "French fries" */
	CH_GZ_NAMESAKE, /* behind a place's name it makes another of it: "Street" */
};

enum { /* of an entity */
       CH_GZ_COS = 1,
       CH_GZ_HOG = 2,
       CH_GZ_LEADER = 4,
       CH_GZ_HOLDER = 8,
       CH_GZ_MALE = 16,
       CH_GZ_WOMAN = 32,
       CH_GZ_GIVEN = 64,
       CH_GZ_CIVIL = 128,
       CH_GZ_IS_COS = 256,
       CH_GZ_IS_HOG = 512,
       CH_GZ_BARE = 1024,
       CH_GZ_LOOSE = 2048,
       CH_GZ_LED_BY_HOG = 4096,    /* a state whose leader is the head of government */
       CH_GZ_FAMOUS = 8192,        /* a person who may be named by surname alone */
       CH_GZ_UNRECOGNISED = 16384, /* the page's own form of the name is the party */
       CH_GZ_PART = 32768,         /* a seat or a body of the parent, with no life of its own */
};

enum {                      /* of an entry */
       CH_GZ_ALL_UPPER = 1, /* the text must be all capitals */
       CH_GZ_STARRED = 2,   /* a title only with company */
       CH_GZ_DOUBTFUL = 4,  /* a name only within a sentence */
       CH_GZ_ACRONYM = 8,
       CH_GZ_DERIVED = 16, /* a form we made ("first last" of a longer name) */
};

#define CH_GZ_CLASS_COS 254 /* terms of chiefs of state, whatever their title */
#define CH_GZ_CLASS_HOG 255 /* of heads of government */
#define CH_GZ_CLASS_NONE 0

struct ch_gz_entity {
	uint32_t id, name, party, code, org, sector; /* strings */
	uint32_t wikidata, foreign; /* 42 of Q42, 0 none; an id elsewhere ("ftm:abc"), a string */
	uint32_t source;            /* where it stands: ch_gz_source */
	uint32_t parent;                             /* the state or organisation it belongs to, or UINT32_MAX */
	uint32_t term_first, term_n;                 /* a person: terms; a body: by_body */
	int32_t from, to;                            /* a state: the days it existed; both 0: ever */
	uint16_t flags;
	uint8_t kind, cls; /* cls: of an office */
};

struct ch_gz_term {
	uint32_t person, body, office; /* office: string */
	int32_t from, to;              /* days; INT32_MIN, INT32_MAX where open */
	uint8_t cls, flags, rank;      /* flags: CH_GZ_COS, CH_GZ_HOG; rank: which table it is from, 0 the best */
	uint8_t own;                   /* 1: of the user's file, before all tables */
	uint32_t source;               /* as of an entity */
};

struct ch_gz_body_term {
	uint32_t term;
	uint32_t cls;
};

/* On these days `state` was part of `holder`, or is what the press called it by. */
struct ch_gz_hold {
	uint32_t state, holder;
	int32_t from, to;
	uint32_t places; /* 1: only its places and capital are the holder's, its name is its own */
};

enum ch_gz_status { CH_GZ_MEMBER, CH_GZ_ASSOCIATE, CH_GZ_OBSERVER, CH_GZ_PARTNER, CH_GZ_CANDIDATE, CH_GZ_SUSPENDED };

enum {                           /* of a membership */
       CH_GZ_SINCE_BEFORE = 1, /* from is the first day on which it is known to have been one */
       CH_GZ_UNTIL_LATER = 2,  /* to is the last such day */
       CH_GZ_OF_BLOC = 4,      /* the organisation acts as one side */
};

struct ch_gz_membership {
	uint32_t state, org;   /* entities; the state may be an organisation ("EU") */
	int32_t from, to;      /* days; INT32_MIN, INT32_MAX where open */
	uint8_t status, flags; /* enum ch_gz_status; CH_GZ_SUSPENDED stands beside a line of another status */
	uint16_t zero;
	uint32_t source; /* as of an entity */
};

struct ch_gz_slot {
	uint64_t hash;
	uint32_t first;
	uint16_t n;
	uint16_t used; /* 1 a name or the beginning of one; 3 longer names begin so */
};

struct ch_gz_entry {
	uint32_t entity;
	uint8_t role, flags;
	uint16_t capitals; /* bit i: atom i needs its capital */
};

/* A source is the number of a list and a line in it. */
#define CH_GZ_LINE_BITS 24
#define CH_GZ_LISTS_MAX 31

struct ch_gz_header {
	uint32_t magic, size;
	uint32_t entity_n, term_n, by_body_n, hold_n, slot_n, entry_n, sur_slot_n, sur_entry_n, string_size;
	uint32_t list_n;
	uint32_t lists[CH_GZ_LISTS_MAX]; /* paths of the lists, strings */
	uint32_t member_n;               /* and an even number of fields, so that the slots stand on 8 bytes */
};
#endif
