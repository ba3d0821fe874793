/* store/record.h -- a finished document as flat records: what is printed, stored, read back and exported.
 *
 *     struct ch_doc ──ch_page_record──▶ struct ch_page_record ──▶ rows of a store, JSON, CSV, PLOVER …
 *                                              ▲
 *     rows of a store ─────────────────────────┘
 *
 * An event record has one report for each page that carries it; straight from a document that is one. The other registers
 * are tables with columns: the lists below give them their names, once, for JSON, SQL and CSV alike. */
#ifndef CH_STORE_RECORD_H
#define CH_STORE_RECORD_H
#include "base/map.h"
#include "doc/doc.h"
#include "merge/signature.h"

/* A piece of the article, in both countings. Absent: both empty. */
struct ch_evidence {
	struct ch_span text;
	struct ch_raw_span raw;
};

static inline bool ch_evidence_given(struct ch_evidence e)
{
	return e.text.end > e.text.start || e.raw.end > e.raw.start;
}

struct ch_page_info {
	struct ch_str id;              /* of the bytes */
	struct ch_str path, url, title, author, outlet, agency, section, lang, dateline_place;   /* empty where unsaid */
	struct ch_str story;           /* of a stored page: the id of its story; empty where it has none */
	struct ch_str published;       /* ISO day; empty */
	struct ch_str published_basis;
	struct ch_str modified;        /* ISO day; empty */
	struct ch_str chain, license;  /* as in struct ch_meta; empty */
	bool license_forbids;
	struct ch_str program_version, lexicon_version, model_version;
	bool article, cut;
	uint64_t raw_size;
	struct ch_str told;            /* what was told of it beside its bytes, as JSON (chancery_item.known); empty */
};

struct ch_party {
	enum ch_actor_kind kind;
	struct ch_str id;              /* of the actor as it stands here, office and all */
	struct ch_str party, name, code, org, sector, office;   /* as in struct ch_actor */
	struct ch_str gazetteer_id;
};

struct ch_party_list {
	struct ch_party *v;
	uint32_t n;
};

/* As a side of an event has them: by party, then by id. */
void ch_party_list_sort(struct ch_party_list *list);

/* What a person decided of a record last (store/review.h); from a store only. */
struct ch_reviewed {
	struct ch_str verdict, by, reason, at;   /* at: UTC, "2018-05-01T12:00:00Z" */
	struct ch_str changes, coded;  /* lines "field=value": what was set, what had been coded */
	bool rejected;
};

/* One page's telling of an event. */
struct ch_report {
	struct ch_str id;
	const struct ch_page_info *page;
	uint32_t sentence_number;
	struct ch_evidence sentence, trigger;
	struct ch_str sentence_text, trigger_text;
	struct ch_str frame, path, date_basis, place_basis, cameo;
	struct ch_str event, mode, date, place;   /* of the version of the event that the page tells; from a store only */
	struct ch_str claimed_by, claimed_in;   /* the speaker, and the id of the statement; empty */
	struct ch_party_list source, target;    /* as this page has them */
	double confidence;
	uint64_t contexts;             /* as in struct ch_event */
	struct ch_str context_why;
	struct ch_str rank, delegation, invited_by;   /* of visits; empty */
	const struct ch_reviewed *reviewed;   /* NULL: nobody looked */
};

struct ch_event_record {
	struct ch_str id, type, mode, date, place, status;   /* empty: null */
	struct ch_report *reports;
	uint32_t n_reports;
};

/* ---- the other registers ---- */

enum ch_col_kind { CH_COL_TEXT, CH_COL_NUMBER, CH_COL_BOOL, CH_COL_SPAN, CH_COL_LIST,
		   CH_COL_ORDINAL /* a whole number from 1 on; 0: null */, CH_COL_WORDS /* text: words, blanks between; a list */,
		   CH_COL_NOTES /* pieces of the article, and what is told of each */ };

struct ch_col {
	const char *name;
	enum ch_col_kind kind;
};

enum ch_register_id {
	CH_REG_QUOTES, CH_REG_INSTRUMENTS, CH_REG_ROLES, CH_REG_POSITIONS, CH_REG_TALLIES, CH_REG_PLEDGES,
	CH_REG_GATHERINGS, CH_REG_INITIATIVES, CH_REG_RELATIONS, CH_REG_MARKS, CH_REG_N
};

enum { CH_COLS_MAX = 24 };

struct ch_register {
	const char *name;              /* of the JSON array and the command: "quotes" */
	const char *table;             /* in a store: "statements" */
	struct ch_col cols[CH_COLS_MAX];   /* up to the first without a name */
	uint8_t who, about, date, where;   /* which columns hold the actor, the matter, the date (last: or CH_COLS_MAX),
	                                    * and the span that says where it stands */
};

/* Of a statement: an editor's insertion, a first person (name, party, and the basis as value), whom it speaks of (name, party, the stance
 * as value, the words that tell it). What does not apply is empty. */
struct ch_note {
	struct ch_evidence span;
	struct ch_str text;            /* the piece */
	struct ch_str name, party, value, words;
};

struct ch_cell {
	struct ch_str text;            /* CH_COL_TEXT, CH_COL_WORDS; empty: null */
	double number;                 /* CH_COL_NUMBER, CH_COL_BOOL, CH_COL_ORDINAL */
	struct ch_evidence span;       /* CH_COL_SPAN */
	struct ch_str *list;           /* CH_COL_LIST */
	uint32_t n_list;
	struct ch_note *notes;         /* CH_COL_NOTES */
	uint32_t n_notes;
};

struct ch_row {
	const struct ch_register *reg;
	const struct ch_page_info *page;
	struct ch_str id;
	uint32_t sentence_number;      /* CH_NONE: in none */
	struct ch_str context;         /* the sentence */
	struct ch_cell cells[CH_COLS_MAX];
	/* Of a statement, from a store only: the statement of which it is one telling, how many wordings that has, on how many pages. */
	struct ch_str saying;          /* empty: it is compared with none */
	uint32_t wordings, tellings;
	const struct ch_reviewed *reviewed;   /* NULL: nobody looked */
};

const struct ch_register *ch_register_of(enum ch_register_id id);

/* ---- a page ---- */

struct ch_page_record {
	struct ch_page_info info;
	const struct ch_signature *signature;   /* NULL where there is no article, or hardly a word */
	struct ch_str packed;          /* ch_page_pack */
	const struct ch_doc *doc;      /* blocks, sentences, mentions: read from there */
	struct ch_str *sentence_texts;
	struct ch_event_record *events;
	uint32_t n_events;
	struct ch_row *rows[CH_REG_N];
	uint32_t n_rows[CH_REG_N];
	struct ch_map seen;            /* ids of rows, while they are made */
};

struct ch_stamp {
	const char *program, *lexicon, *model;   /* versions */
};

/* All records of a finished document, in its arena. Two events of a document that are the same by their identity (type,
 * mode, parties, date, place, status) become one record with two reports. */
struct ch_page_record *ch_page_record(const struct ch_doc *doc, struct ch_stamp stamp);

/* The bytes of the page by zlib into page->packed (empty: they are not fewer so). A store does it where nobody did; who reads in many threads
 * does it there. */
void ch_page_pack(struct ch_page_record *page);

/* The words of a statement without what an editor put in, one blank for each run of white space. In doc's arena. */
struct ch_str ch_said_words(const struct ch_doc *doc, const struct ch_statement *s);

/* Columns of the quotes that are asked for by number. */
enum { CH_QUOTE_SPEAKER = 0, CH_QUOTE_COUNTRY = 1, CH_QUOTE_TEXT = 2, CH_QUOTE_SAID = 13 };

/* An actor of the document (index into doc->actors) as a party. */
struct ch_party ch_party_of(const struct ch_doc *doc, const struct ch_page_info *page, uint32_t actor);

/* The id of an actor with these fields. page: what tells those apart that the lists do not have, the id of the page that names him. */
struct ch_str ch_party_id(struct ch_arena *arena, const struct ch_party *p, struct ch_str page);

/* The id of an event that says this, its sides sorted by their parties. page: the id of the page that tells it, by which events without a
 * date are told apart. In arena. */
struct ch_str ch_event_id(struct ch_arena *arena, const struct ch_event_record *e, struct ch_party_list source,
			  struct ch_party_list target, struct ch_str page);

/* Only what identifies the page; for those that the store has, or that hold no article. */
struct ch_page_info ch_page_info_of(const struct ch_doc *doc, struct ch_stamp stamp);
#endif
