/* doc/doc.h -- one page and everything known of it, layer upon layer.
 *
 *   raw bytes ──page──▶ text, blocks, rejected, meta ──text──▶ sentences, tokens ──syntax──▶ tags, tree, names
 *        ▲                                                                                       │
 *        └── map: every text offset leads back       when ▶ times, who ▶ actors, mentions ◀──────┘
 *                                                    said ▶ statements, event ▶ events, registers, topics
 *
 * A stage reads the layers above its own and writes its own, once. Layers are plain arrays in the document's
 * arena; they point into `text` by byte offsets and at each other by index, never by pointer, so a document can be
 * dumped and compared byte for byte. CH_NONE is the index of nothing. Ranges are half open: start and end are bytes
 * of text, first and past are tokens.
 *
 * Always true (ch_doc_check says so in words):
 *   1. text is valid UTF-8; spans begin and end on code points and lie within it;
 *   2. blocks, sentences and tokens stand in order and do not overlap; a sentence lies in one block, a token in
 *      one sentence, and a sentence's tokens are [first, past);
 *   3. the map leads every offset of text to the raw bytes it was read from, in order;
 *   4. heads stay within the sentence and form a tree with one root (head CH_NONE);
 *   5. indexes between layers are CH_NONE or in range.
 *
 * Slices in the layers live in the arena or in the engine (tags, names of the gazetteer): as long as both. */
#ifndef CH_DOC_DOC_H
#define CH_DOC_DOC_H
#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "doc/tags.h"

#define CH_NONE UINT32_MAX

struct ch_span {
	uint32_t start, end;   /* bytes of doc->text */
};

struct ch_raw_span {
	uint32_t start, end;   /* bytes of doc->raw; another type, so that the two are not mixed up */
};

/* ---- page ---- */

enum ch_block_kind {
	CH_BLOCK_TITLE,       /* at most one, the first; not part of the body */
	CH_BLOCK_PARAGRAPH,
	CH_BLOCK_HEADING,     /* a heading inside the body */
	CH_BLOCK_ITEM,        /* of a list in the body */
};

struct ch_block {
	struct ch_span span;
	enum ch_block_kind kind;
	uint8_t percent;      /* HTML: how likely it was the article's, as it seemed; 0: not weighed */
};

/* What the page holds beside the article, in the order of the page: kept, with the reason. */
struct ch_rejected {
	struct ch_raw_span raw;
	struct ch_str text;
	const char *reason;   /* "navigation", "related headlines", "byline", "dateline", "share bar", … */
	uint8_t percent;      /* as in ch_block */
};

/* A run of text and the raw bytes it came from. Where both lengths are equal the bytes are the same, one for one;
 * else the run (an entity, a converted character, folded white space) leads to the whole raw piece. */
struct ch_segment {
	uint32_t text, text_len, raw, raw_len;
};

struct ch_meta {
	struct ch_str title, author, outlet, agency, section, url;   /* empty where unsaid; author: "; " between names */
	struct ch_str lang;             /* "en", "de": of the article, not of the page's template; empty where nobody can tell */
	struct ch_str dateline_place;   /* "BAKU, Azerbaijan" */
	ch_day published;               /* CH_NO_DAY where unsaid */
	const char *published_basis;    /* "json-ld", "meta", "time", "url", "visible", "dateline", "updated", "modified", "given"; NULL */
	ch_day modified;                /* last change; CH_NO_DAY where unsaid */
	struct ch_str chain;            /* whom the report was taken over from, nearest first, "; " between names */
	struct ch_str license;          /* the page's own terms of reuse, in its words or as an address; empty */
	bool license_forbids;           /* they allow no reprint of its text */
	struct ch_raw_span title_raw;   /* empty where the title is not in the raw page */
};

/* ---- text and syntax ---- */

struct ch_sentence {
	struct ch_span span;
	uint32_t first, past;   /* tokens */
	uint32_t block;
	uint32_t root;          /* token; CH_NONE before syntax */
};

struct ch_token {
	struct ch_span span;
	uint32_t sentence;
	bool space_after;
	uint8_t mwt;               /* 2 or more on the first word of a multi-word token ("do|n't"): how many words; else 0 */
	/* syntax */
	uint8_t upos;              /* enum ch_upos */
	uint8_t xpos;              /* enum ch_xpos */
	uint8_t deprel;            /* enum ch_deprel */
	uint32_t head;             /* token; CH_NONE: root (or no tree yet) */
	uint32_t first_child, next_sibling;   /* ch_doc_link_tree; in order of the text */
	struct ch_str lemma;
	struct ch_str feats;       /* "Mood=Ind|Tense=Past", empty where none */
	/* who */
	uint32_t mention;          /* the mention that this token heads, or CH_NONE */
};

enum ch_name_kind { CH_NAME_PER, CH_NAME_ORG, CH_NAME_LOC, CH_NAME_EVENT, CH_NAME_MISC };

struct ch_name {
	uint32_t first, past;      /* tokens, within one sentence */
	enum ch_name_kind kind;
};

/* ---- when ---- */

enum ch_time_kind { CH_TIME_DATE, CH_TIME_TIME, CH_TIME_DURATION, CH_TIME_SET };

struct ch_time {
	struct ch_span span;
	uint32_t first, past;      /* tokens */
	enum ch_time_kind kind;
	struct ch_str value;       /* as in TIMEX3: "1998-01-08", "1998-W02", "1998-Q1", "P5Y", "PRESENT_REF" */
	ch_day lo, hi;             /* first and last day meant; CH_NO_DAY both where it names no days */
	struct ch_str date;        /* as in GUIDE: "2018-08-12", "2018-08", "2018", "A/B"; empty where lo is CH_NO_DAY */
	const char *basis;         /* "said" (all parts in the text), "resolved" (against the publication date or a date before) */
	bool deadline;             /* "by", "until", "before": a bound, not a day */
};

/* ---- who ---- */

enum ch_actor_kind { CH_ACTOR_PERSON, CH_ACTOR_STATE, CH_ACTOR_ORG, CH_ACTOR_GROUP };

/* Someone or something that acts, once a page: what the page's mentions resolve to. */
struct ch_actor {
	enum ch_actor_kind kind;
	struct ch_str name;        /* full: "Ilham Aliyev", "Azerbaijan", "Non-Aligned Movement", "African countries" */
	struct ch_str party;       /* as GUIDE codes a party: "AZE", "NAM", "Donetsk People's Republic"; empty: no political party */
	struct ch_str code;        /* PLOVER: ISO alpha-3, or IGO NGO ISM IMG MNC; empty: unknown */
	struct ch_str org;         /* the organisation's own id with those: "UN"; else empty */
	struct ch_str sector;      /* "GOV", "MIL", "JRN", …; empty: unknown or none */
	struct ch_str office;      /* "President", "Foreign Minister"; empty */
	struct ch_str id;          /* of the gazetteer, stable over pages; empty for those known from this page alone */
};

enum ch_mention_kind { CH_MENTION_NAME, CH_MENTION_NOMINAL, CH_MENTION_PRONOUN };

/* A phrase that refers to actors, or to a place, or to either. "The presidents of Turkey and Iran" is one mention of two
 * actors; the names inside ("Turkey") are mentions of their own. At most one mention is headed by a token. */
struct ch_mention {
	struct ch_span span;
	uint32_t first, past;      /* tokens */
	uint32_t head;             /* token */
	enum ch_mention_kind kind;
	uint32_t actor_first, actor_n;   /* in doc->mention_actors; n 0: a place or a thing that acts for nobody */
	struct ch_str place;       /* ISO alpha-3 of where it lies, if it may be a place ("Baku", "France"); else empty */
	bool possessive;           /* "his", "Azerbaijan's", "Russian": modifies, does not act */
	bool place_only;           /* a river, an airport, a provincial town: never stands for a government */
	float confidence;          /* 0 to 1 */
	const char *basis;         /* why: "full name", "title and surname", "office at the date", "pronoun", … */
};

/* A noun phrase or pronoun, and the chain of all those on the page that mean the same; in order of their heads, "A and
 * B" behind A. What nothing else means has a chain of its own. */
struct ch_phrase {
	uint32_t first, past;      /* tokens */
	uint32_t head;             /* token */
	uint32_t chain;            /* numbered from 0 */
	enum ch_mention_kind kind;
	bool joined;               /* "A and B", which mean both */
};

/* ---- said ---- */

/* What a statement is. The layer `statements` holds speech alone (and what minds hold in a clause: "believes that"); the
 * layer `attributions` what is laid to somebody beside it. */
enum ch_statement_kind {
	CH_SPEECH,
	CH_CLAIM,      /* told as a noun, heard or asked: "the claim that", "was told that", "explained why", "denied that he" */
	CH_THOUGHT,    /* a mind's: "knows who", "is sure that" */
	CH_INTENT,     /* a will, or a bidding: "vowed to stay", "urged them to leave" */
	CH_TOPIC,      /* no clause at all: "criticised the plan", "spoke of peace" */
};

struct ch_statement {
	struct ch_span content;    /* the words: between the marks, or the governed clause */
	struct ch_span cue;        /* the verb, "that" beside it; or a colon; empty where only marks speak */
	struct ch_span source;     /* the words that name the speaker; empty */
	struct ch_str speaker;     /* resolved full name, or the description used; empty: the page names none */
	struct ch_str country;     /* ISO alpha-3 of the speaker's side; empty */
	uint32_t actor;            /* index into actors, or CH_NONE */
	bool direct;
	uint8_t kind;              /* enum ch_statement_kind */
	struct ch_str addressee;       /* to whom: resolved names, or the words ("reporters"); ", " between several; empty */
	struct ch_str addressee_party; /* of the first of them that has one, as in ch_actor; empty */
	struct ch_str occasion;        /* "his speech at the General Assembly", on one line; empty */
	const char *occasion_basis;    /* "said" (beside its own cue), "carried" (told of the same speaker just before); NULL */
	struct ch_str place;           /* ISO alpha-3 of where it was said; empty */
	struct ch_str outlet;          /* that it was said to or came out through: "CNN"; empty */
	uint32_t insertion_first, insertion_n;   /* in doc->insertions */
	uint32_t refer_first, refer_n;           /* in doc->refers */
};

/* "I" and "we" inside a quotation, and whom they mean. */
struct ch_refer {
	struct ch_span span;
	uint32_t actor;            /* the speaker, or his side; CH_NONE: none of the page's actors */
	struct ch_str name, party; /* of that one; party empty: unknown */
	const char *basis;         /* "speaker", "speaker's side" */
};

/* ---- event: what statements are about ---- */

enum ch_stance { CH_STANCE_NEUTRAL, CH_STANCE_SUPPORTS, CH_STANCE_OPPOSES };

/* A party or an instrument that a statement speaks of, and how. */
struct ch_view {
	struct ch_str about;       /* name of the actor, title of the instrument */
	struct ch_str party;       /* of the actor; empty */
	struct ch_str words;       /* that tell the stance, ", " between them; empty: neutral */
	struct ch_span span;       /* where it is named first */
	enum ch_stance stance;
};

/* One for each statement, in their order. */
struct ch_topic {
	uint64_t contexts;         /* as in ch_event, by the words of the content */
	uint32_t view_first, view_n;   /* in doc->views */
};

/* ---- event and registers ---- */

enum ch_status { CH_ACTUAL, CH_PLANNED, CH_DENIED, CH_HYPOTHETICAL, CH_HISTORICAL };

struct ch_event {
	uint8_t type;              /* enum ch_event_type */
	const char *mode;          /* of ONTOLOGY.md; NULL */
	const char *cameo;         /* four digits at most: "036"; NULL */
	uint32_t source_first, source_n;   /* in doc->event_actors */
	uint32_t target_first, target_n;
	struct ch_str date;        /* as ch_time.date; empty: undated */
	const char *date_basis;    /* "said", "resolved", "context"; NULL */
	struct ch_str place;       /* ISO alpha-3; empty */
	const char *place_basis;   /* "said", "host", "context", "dateline"; NULL */
	enum ch_status status;
	uint32_t sentence;
	struct ch_span trigger;
	const char *frame;         /* the lexicon's rule that fired: "visit.pay" */
	struct ch_str path;        /* how each party was bound, for `chancery why` */
	uint64_t contexts;         /* a bit for each enum ch_context (event/context.h) */
	struct ch_str context_why; /* the words that gave each: "economic: tariff, trade; military: sector:MIL" */
	uint32_t claimed_by;       /* statement in which it is told, or CH_NONE */
	/* of visits; empty where unsaid */
	struct ch_str rank;        /* "state", "official", "working", "private", … */
	struct ch_str delegation;  /* "led by Vice Premier N. N.", "40-strong delegation" */
	struct ch_str invited_by;  /* full name, or the words used */
	float confidence;
};

struct ch_instrument {
	struct ch_str title, kind;
	uint32_t party_first, party_n;     /* in doc->event_actors */
	struct ch_str date, place;
	const char *status;        /* "signed", "planned", "in force", "adopted", "suspended", "terminated" */
	struct ch_span mention;
	struct ch_str provides;    /* what it provides for, in the page's words; empty */
};

struct ch_role {
	struct ch_str who, role, body;     /* body: ISO alpha-3 or organisation */
	struct ch_str from, to;            /* dates as ch_time.date; empty */
	struct ch_span mention;
};

struct ch_position {
	struct ch_str who, stance, about;  /* stance: "supports", "opposes", "recognises", "does not recognise", "condemns", "neutral", … */
	struct ch_str since;
	struct ch_span mention;
};

struct ch_tally {
	struct ch_str who, what;
	double count;
	char comparison;                   /* '=', '>', '<', '~' */
	struct ch_str period;
	struct ch_span mention;
};

struct ch_pledge {
	struct ch_str who, what, due;
	struct ch_span mention;
};

/* A run of doc->event_actors. */
struct ch_actors_of {
	uint32_t first, n;
};

/* A summit, a conference, a session, a round of talks: what many come to, or two at the house of a third. */
struct ch_gathering {
	struct ch_str name, kind;          /* "18th Summit of the Non-Aligned Movement", "summit" */
	struct ch_str body;                /* organisation whose it is, as GUIDE codes parties; empty */
	uint32_t ordinal;                  /* 18; 0: unsaid */
	struct ch_actors_of host, mediator, participant;
	struct ch_str date, place;         /* as in ch_event */
	enum ch_status status;
	struct ch_span mention;
};

/* What was founded: an initiative, a platform, an organisation, or diplomatic relations that have an anniversary. */
struct ch_initiative {
	struct ch_str name, kind;          /* "Belt and Road Initiative", "initiative" */
	struct ch_actors_of founder;
	struct ch_str founded;             /* date; computed where an anniversary is told; empty */
	uint32_t anniversary;              /* in years; 0: none is told */
	enum ch_status status;
	struct ch_span mention;
};

/* On what terms two or more are, or what they change in them. */
struct ch_relation {
	struct ch_actors_of party;
	struct ch_str level;               /* "diplomatic relations", "strategic partnership", … */
	struct ch_str change;              /* "established", "severed", "restored", "upgraded", "downgraded", "suspended"; empty: so it is */
	struct ch_str since;               /* date */
	enum ch_status status;
	struct ch_span mention;
};

/* A word by which somebody keeps his distance from what he names: "so-called", "junta", scare quotes. */
struct ch_mark {
	struct ch_str who;                 /* the speaker, outside statements the outlet; empty: unknown */
	struct ch_str mark;                /* the word, or "scare quotes" */
	struct ch_str about;               /* the words that it stands with */
	struct ch_str party;               /* the party meant; empty */
	uint32_t on;                       /* the mention marked, or CH_NONE */
	struct ch_span mention;            /* mark and words */
};

struct ch_doc {
	struct ch_arena *arena;            /* lent; everything below lives in it */
	struct ch_str path;                /* as given, for messages and records */
	struct ch_str raw;                 /* the page's bytes as given (cut at CH_PAGE_BYTES_MAX) */
	bool cut;                          /* it was longer */
	struct ch_str charset;             /* as HTTP told it, in lower case; empty: not told */
	struct ch_str fetched;             /* when it was got, "2018-04-09T12:00:00Z"; empty */
	bool article;                      /* false: the page holds no article; text is empty */
	struct ch_meta meta;
	struct ch_str dateline_country;    /* written by who: ISO alpha-3 of where meta.dateline_place lies; empty */
	struct ch_str text;
	CH_VEC(struct ch_segment) map;
	CH_VEC(struct ch_block) blocks;
	CH_VEC(struct ch_rejected) rejected;
	CH_VEC(struct ch_sentence) sentences;
	CH_VEC(struct ch_token) tokens;
	CH_VEC(struct ch_name) names;
	CH_VEC(struct ch_time) times;
	CH_VEC(struct ch_actor) actors;
	CH_VEC(struct ch_mention) mentions;       /* in order of their span's start, outer before inner */
	CH_VEC(uint32_t) mention_actors;
	CH_VEC(struct ch_phrase) phrases;         /* none where there is no tree */
	CH_VEC(struct ch_statement) statements;
	CH_VEC(struct ch_statement) attributions; /* in order of the text; none within a statement */
	CH_VEC(struct ch_span) insertions;        /* an editor's words inside quotations, marks and all */
	CH_VEC(struct ch_refer) refers;
	CH_VEC(struct ch_topic) topics;           /* none before the registers are read, else one for each statement */
	CH_VEC(struct ch_view) views;
	CH_VEC(uint32_t) event_actors;
	CH_VEC(struct ch_event) events;
	CH_VEC(struct ch_instrument) instruments;
	CH_VEC(struct ch_role) roles;
	CH_VEC(struct ch_position) positions;
	CH_VEC(struct ch_tally) tallies;
	CH_VEC(struct ch_pledge) pledges;
	CH_VEC(struct ch_gathering) gatherings;
	CH_VEC(struct ch_initiative) initiatives;
	CH_VEC(struct ch_relation) relations;
	CH_VEC(struct ch_mark) marks;
};

/* An empty document in arena (lent: reset it only when done with the document). */
void ch_doc_init(struct ch_doc *doc, struct ch_arena *arena);

/* A document whose text is its raw bytes: for `code` and `parse`, where a caller gives clean text. A blank line ends
 * a paragraph; with `lines`, every newline does. text is lent. Fails where text is not UTF-8. */
bool ch_doc_from_text(struct ch_doc *doc, struct ch_arena *arena, struct ch_str text, bool lines,
		      struct ch_err *err) CH_MUST_USE;

/* The raw bytes that a span of text was read from: from the first byte of its first character to the last of its last. */
struct ch_raw_span ch_doc_raw(const struct ch_doc *doc, struct ch_span span);

static inline struct ch_str ch_doc_str(const struct ch_doc *doc, struct ch_span span)
{
	return ch_str_sub(doc->text, span.start, span.end);
}

static inline struct ch_str ch_token_str(const struct ch_doc *doc, uint32_t token)
{
	return ch_doc_str(doc, doc->tokens.v[token].span);
}

/* Whether the stages behind text read it: they know English. What is of no known language is read as if it were. */
static inline bool ch_doc_coded(const struct ch_doc *doc)
{
	return !doc->meta.lang.len || (doc->meta.lang.len >= 2 && ch_str_ieq(ch_str_sub(doc->meta.lang, 0, 2), CH_STR("en")) &&
	       (doc->meta.lang.len == 2 || doc->meta.lang.ptr[2] == '-' || doc->meta.lang.ptr[2] == '_' || ch_str_ieq(doc->meta.lang, CH_STR("eng"))));
}

/* Sets first_child and next_sibling of all tokens of the sentence, and its root, from the heads. */
void ch_doc_link_tree(struct ch_doc *doc, uint32_t sentence);

/* First and last+1 token of the subtree of `token`. O(size of the subtree). */
void ch_doc_subtree(const struct ch_doc *doc, uint32_t token, uint32_t *first, uint32_t *past);

/* The sentence or token that holds the text offset, or CH_NONE. Binary search. */
uint32_t ch_doc_sentence_at(const struct ch_doc *doc, uint32_t offset);
uint32_t ch_doc_token_at(const struct ch_doc *doc, uint32_t offset);
/* First token that starts at the offset or behind it; tokens.n where none does. */
uint32_t ch_doc_token_from(const struct ch_doc *doc, uint32_t offset);

/* NULL, or the promise above that doc breaks. */
const char *ch_doc_check(const struct ch_doc *doc);
#endif
