/* who/who_priv.h -- what the passes share: one struct who_run a document, all of it in the document's arena. */
#ifndef CH_WHO_WHO_PRIV_H
#define CH_WHO_WHO_PRIV_H
#include "base/map.h"
#include "who/atoms.h"
#include "who/gazetteer.h"
#include "who/who.h"

/* Words of grammar that matter here (words.c); a token's, or W_NONE. */
enum who_word {
	W_NONE,
	W_THE,
	W_A,
	W_OF,
	W_AND,
	W_FOR,
	W_TO,
	W_IN,
	W_AT,
	W_ON,
	W_WITH,
	W_BETWEEN,
	W_HIS,
	W_HER,
	W_THEIR,
	W_ITS,
	W_HE,
	W_SHE,
	W_IT,
	W_THEY,
	W_HIM,
	W_THEM,
	W_FIRST_PERSON,
	W_FORMER,
	W_NOW, /* "former late ex"; "current acting new" and other words that stand before titles */
	W_TWO,
	W_BOTH,
	W_COUNTERPART,
	W_COUNTRY,
	W_SIDES,
	W_BODY,
	W_COUNTRIES,
	W_PARTIES,
	W_SO_CALLED,
	W_S,
	W_THIS,
	W_OTHER,
	W_BIG,
	W_FUNCTION, /* any other word that is no part of a name, though a sentence begin with it */
};

enum { WHO_THE_FORMER = 8, WHO_THE_LATTER = 9 };

enum who_what {
	D_DONE,        /* the actors are known */
	D_OFFICE,      /* "the president": arg is the office's entity, body (or CH_NONE) what it is of */
	D_COUNTERPART, /* "his Russian counterpart": body */
	D_PRONOUN,     /* arg: the word */
	D_COUNTRY,     /* "the country" */
	D_BODY,        /* "the organisation", "the movement" */
	D_SIDES,       /* "both sides", "the two leaders"; arg WHO_THE_FORMER or _LATTER: one of two people */
	D_INSTITUTION, /* "the government": arg is the institution's entity */
	D_SURNAME,     /* a surname that the page explains later, or never */
};

struct who_spot {
	uint32_t first, past; /* tokens */
	uint32_t atom, atom_past;
	const struct ch_gz_entry *e[6]; /* what it may be, as the gazetteer orders it */
	uint8_t n;
	bool possessive; /* "'s" behind it */
	bool used;       /* taken up in a title: no mention by itself */
	uint32_t after;  /* token behind it and its "'s" */
};

struct who_draft {
	struct ch_mention m;
	enum who_what what;
	uint32_t arg, body;
	uint32_t more_first, more_n; /* further bodies, in run's draft_bodies: "his Kenyan and Ugandan counterparts" */
	bool former, plural, definite;
	uint32_t sort;
};

/* Somebody this page knows. Index as in doc->actors. */
struct who_ref {
	uint32_t entity; /* of the gazetteer, or CH_NONE */
	uint32_t cls;    /* office class borne on this page, 0 none */
	uint32_t flags;  /* CH_GZ_COS, CH_GZ_HOG, CH_GZ_LEADER as borne on this page */
	uint32_t state;  /* actor index of the state or organisation it acts for, or CH_NONE */
	uint32_t last_mention, last_sentence, count;
	uint32_t titled; /* the office class that the page gave a known person, 0 none */
	uint8_t gender;  /* 0 unknown, 'm', 'f' */
	bool subject;    /* last seen as a subject */
	bool plural;
	bool listed; /* only ever one of a list ("the presidents of Israel and Uruguay"): not whom "the president" means
		      */
	bool quiet;  /* a news agency, a place: not what a pronoun means */
};

/* Somebody in office on the page's day, by a word of his name (spelling.c). */
struct who_chief {
	uint64_t skeleton;
	struct ch_str word;
	uint32_t term;
};

struct who_run {
	const struct ch_gazetteer *g;
	struct ch_doc *doc;
	struct ch_arena *arena;
	ch_day day;   /* that the sentence at hand tells of; CH_NO_DAY */
	ch_day *days; /* by sentence */
	bool tree;
	CH_VEC(struct ch_atom) atoms; /* offsets in doc->text */
	uint32_t *token_atom;         /* by token, n + 1: its first atom */
	uint8_t *word;                /* enum who_word by token */
	uint8_t *shape;               /* CH_ATOM_* by token */
	bool *shouting;               /* by sentence: all capitals */
	CH_VEC(struct who_spot) spots;
	uint32_t *spot_at; /* by token: the first spot that begins there, or CH_NONE */
	uint32_t *covered; /* by token: 1 + draft that took it up, 0 free */
	CH_VEC(struct who_draft) drafts;
	CH_VEC(uint32_t) draft_actors;
	CH_VEC(uint32_t) draft_bodies; /* gazetteer entities */
	CH_VEC(struct who_ref) refs; /* beside doc->actors */
	struct ch_map actor_map;     /* key -> actor */
	struct ch_map surnames;      /* surname as hex of its hash -> actor of this page */
	struct ch_map words;
	uint32_t title; /* entity of the office before the name that is being read, or CH_NONE */
	CH_VEC(struct who_chief) chiefs;
	bool chiefs_read;
	bool title_former;     /* "former President" */
	uint32_t home;         /* entity of the state this page is about, or CH_NONE */
	CH_VEC(uint32_t) pair; /* actors of states named together last, two or more */
	uint32_t *state_count;
};

/* days.c: fills r->days, of a page of that day. O(sentences + times). */
void who_days(struct who_run *r, ch_day page);

/* words.c */
void who_words_init(struct who_run *r);
enum who_word who_word_of(const struct who_run *r, uint64_t atom_hash);
bool who_is(const struct who_run *r, uint32_t token, const char *word); /* ASCII, either case */

/* spot.c */
void who_spots(struct who_run *r);
const struct ch_gz_entry *who_role(const struct who_spot *s, enum ch_gz_role role);
uint32_t who_spot_before(const struct who_run *r, uint32_t token,
			 uint32_t first); /* the spot that ends (with its 's) at token, or CH_NONE */
bool who_capital(const struct who_run *r,
		 uint32_t token); /* a word with a capital that its place in the sentence does not explain */

/* actor.c */
uint32_t who_actor_entity(struct who_run *r,
			  uint32_t entity); /* state, organisation, body or person of the gazetteer */
/* The state or organisation that a body belonged to on the page's day, or UINT32_MAX. */
uint32_t who_parent(const struct who_run *r, uint32_t entity);
uint32_t who_actor_new(struct who_run *r, struct ch_actor a, struct ch_str key); /* the page's own; key may be empty */
uint32_t who_actor_office(struct who_run *r, uint32_t office, uint32_t body, struct ch_str text, bool former,
			  bool plural);
/* A title stands before a known person's name, of `body` if that is not CH_NONE: of his offices the one meant is that,
 * held on the page's day or nearest to it, and he acts for whom it was held for. */
void who_actor_titled(struct who_run *r, uint32_t actor, const struct ch_gz_entity *office, uint32_t body, bool former);
uint32_t who_body_actor(struct who_run *r, uint32_t actor); /* of the state or organisation it acts for, or CH_NONE */
void who_note_surname(struct who_run *r, uint32_t actor, uint32_t first, uint32_t past);
uint32_t who_holder(const struct who_run *r, uint32_t office, uint32_t body); /* person entity, or CH_NONE */

/* phrase.c and title.c: spots -> drafts */
void who_phrases(struct who_run *r, uint32_t sentence);
uint32_t who_title(struct who_run *r, uint32_t sentence,
		   uint32_t spot); /* token behind what it took, or the spot's end */
uint32_t who_institution(struct who_run *r, uint32_t sentence, uint32_t spot);
struct who_draft *who_draft_add(struct who_run *r, uint32_t first, uint32_t past, enum ch_mention_kind kind,
				enum who_what what);
void who_draft_actor(struct who_run *r, struct who_draft *d, uint32_t actor);
/* The run of name words from `token` on: its end; token itself where none begins there. */
uint32_t who_name_run(const struct who_run *r, uint32_t token, uint32_t past);
/* The person named from `token` on (of the gazetteer, of this page, or nobody known): the actor, or CH_NONE; *past its
 * end. */
uint32_t who_person_at(struct who_run *r, uint32_t token, uint32_t limit, uint32_t body, bool titled, uint32_t *past,
		       const char **basis);

/* around.c: what stands around a title or an institution */
#define WHO_BODIES_MAX 24

struct who_around {
	uint32_t first, past; /* tokens of the phrase so far */
	uint32_t body[WHO_BODIES_MAX], n;
	uint32_t person;    /* actor it belongs to: "the Trump administration"; CH_NONE */
	uint32_t possessor; /* enum who_word of "his", or W_NONE */
	bool former, definite, indefinite, two, unit, group;
	uint32_t group_first,
		group_past; /* "foreign": a modifier of groups, for "foreign ministers of African countries" */
};

/* The state, organisation or seat that a spot names, if it may stand before a title (or behind one). NULL. */
const struct ch_gz_entry *who_body_entry(const struct who_run *r, const struct who_spot *s, bool before);
/* Widens *a to the words before a->first that belong to it. */
void who_scan_before(struct who_run *r, const struct ch_sentence *sent, struct who_around *a, bool institution);
/* Widens it to the chain behind. many: a list of bodies may follow ("of Turkey, Iran and Russia"); to: it may begin so.
 */
void who_scan_chain(struct who_run *r, const struct ch_sentence *sent, struct who_around *a, bool many, bool to);

/* person.c */
/* The page's words from token `first` up to `past`. */
struct ch_str who_text(const struct who_run *r, uint32_t first, uint32_t past);
/* The tagger, if it ran, reads a person's name in these tokens. O(log names). */
bool who_person_name(const struct who_run *r, uint32_t first, uint32_t past);
/* A word like "von", "al", "de" in names. */
bool who_particle(const struct who_run *r, uint32_t token);
/* The term is of the office that a title names. */
bool who_of_office(const struct ch_gz_term *t, const struct ch_gz_entity *office);

/* spelling.c: the person who bore the title being read on the page's day, and whose name in another spelling is in the
 * tokens [first, past); of `body`, or CH_NONE for any. An entity, or CH_NONE where none or several fit. O(those in
 * office). */
uint32_t who_spelt_otherwise(struct who_run *r, uint32_t first, uint32_t past, uint32_t body);
/* The two words are one name, perhaps in other spellings: "Sergei", "Sergey". */
bool who_words_alike(struct who_run *r, struct ch_str a, struct ch_str b);

/* pronoun.c, for the pronoun at `token` */
/* Who does what is done to the pronoun at `token`: its verb's subject, or what the verb inherits from the one it hangs
 * on ("asked Iran to help them": Iran). A token or CH_NONE. */
uint32_t who_doer(const struct who_run *r, uint32_t token);
/* "thanked Putin for his support", "congratulated Trump on his victory": what is praised or blamed in whom is his. The
 * object's token or CH_NONE. */
uint32_t who_praised(const struct who_run *r, uint32_t token);
/* "Kennedy welcomed his decision": whose it is not. The subject's token or CH_NONE. */
uint32_t who_judge(const struct who_run *r, uint32_t token);

/* resolve.c */
void who_resolve(struct who_run *r);
#endif
