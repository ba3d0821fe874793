/* doc/tags.h -- the closed lists: parts of speech, relations, event types. One table a list gives the enum and the names. */
#ifndef CH_DOC_TAGS_H
#define CH_DOC_TAGS_H
#include "base/str.h"

/* Universal parts of speech (universaldependencies.org/u/pos). */
#define CH_UPOS_TABLE(X) \
	X(CH_UPOS_ADJ, "ADJ") \
	X(CH_UPOS_ADP, "ADP") \
	X(CH_UPOS_ADV, "ADV") \
	X(CH_UPOS_AUX, "AUX") \
	X(CH_UPOS_CCONJ, "CCONJ") \
	X(CH_UPOS_DET, "DET") \
	X(CH_UPOS_INTJ, "INTJ") \
	X(CH_UPOS_NOUN, "NOUN") \
	X(CH_UPOS_NUM, "NUM") \
	X(CH_UPOS_PART, "PART") \
	X(CH_UPOS_PRON, "PRON") \
	X(CH_UPOS_PROPN, "PROPN") \
	X(CH_UPOS_PUNCT, "PUNCT") \
	X(CH_UPOS_SCONJ, "SCONJ") \
	X(CH_UPOS_SYM, "SYM") \
	X(CH_UPOS_VERB, "VERB") \
	X(CH_UPOS_X, "X")

/* Penn Treebank tags as in UD English; XX stands for any other. */
#define CH_XPOS_TABLE(X) \
	X(CH_XPOS_CC, "CC") \
	X(CH_XPOS_CD, "CD") \
	X(CH_XPOS_DT, "DT") \
	X(CH_XPOS_EX, "EX") \
	X(CH_XPOS_FW, "FW") \
	X(CH_XPOS_IN, "IN") \
	X(CH_XPOS_JJ, "JJ") \
	X(CH_XPOS_JJR, "JJR") \
	X(CH_XPOS_JJS, "JJS") \
	X(CH_XPOS_LS, "LS") \
	X(CH_XPOS_MD, "MD") \
	X(CH_XPOS_NN, "NN") \
	X(CH_XPOS_NNS, "NNS") \
	X(CH_XPOS_NNP, "NNP") \
	X(CH_XPOS_NNPS, "NNPS") \
	X(CH_XPOS_PDT, "PDT") \
	X(CH_XPOS_POS, "POS") \
	X(CH_XPOS_PRP, "PRP") \
	X(CH_XPOS_PRPS, "PRP$") \
	X(CH_XPOS_RB, "RB") \
	X(CH_XPOS_RBR, "RBR") \
	X(CH_XPOS_RBS, "RBS") \
	X(CH_XPOS_RP, "RP") \
	X(CH_XPOS_SYM, "SYM") \
	X(CH_XPOS_TO, "TO") \
	X(CH_XPOS_UH, "UH") \
	X(CH_XPOS_VB, "VB") \
	X(CH_XPOS_VBD, "VBD") \
	X(CH_XPOS_VBG, "VBG") \
	X(CH_XPOS_VBN, "VBN") \
	X(CH_XPOS_VBP, "VBP") \
	X(CH_XPOS_VBZ, "VBZ") \
	X(CH_XPOS_WDT, "WDT") \
	X(CH_XPOS_WP, "WP") \
	X(CH_XPOS_WPS, "WP$") \
	X(CH_XPOS_WRB, "WRB") \
	X(CH_XPOS_ADD, "ADD") \
	X(CH_XPOS_AFX, "AFX") \
	X(CH_XPOS_GW, "GW") \
	X(CH_XPOS_HYPH, "HYPH") \
	X(CH_XPOS_NFP, "NFP") \
	X(CH_XPOS_XX, "XX") \
	X(CH_XPOS_DOLLAR, "$") \
	X(CH_XPOS_COMMA, ",") \
	X(CH_XPOS_STOP, ".") \
	X(CH_XPOS_COLON, ":") \
	X(CH_XPOS_OPENQ, "``") \
	X(CH_XPOS_CLOSEQ, "''") \
	X(CH_XPOS_LRB, "-LRB-") \
	X(CH_XPOS_RRB, "-RRB-")

/* Relations of UD English EWT and GUM, with their subtypes. */
#define CH_DEPREL_TABLE(X) \
	X(CH_DEP_ROOT, "root") \
	X(CH_DEP_NSUBJ, "nsubj") \
	X(CH_DEP_NSUBJ_PASS, "nsubj:pass") \
	X(CH_DEP_NSUBJ_OUTER, "nsubj:outer") \
	X(CH_DEP_OBJ, "obj") \
	X(CH_DEP_IOBJ, "iobj") \
	X(CH_DEP_CSUBJ, "csubj") \
	X(CH_DEP_CSUBJ_PASS, "csubj:pass") \
	X(CH_DEP_CSUBJ_OUTER, "csubj:outer") \
	X(CH_DEP_CCOMP, "ccomp") \
	X(CH_DEP_XCOMP, "xcomp") \
	X(CH_DEP_OBL, "obl") \
	X(CH_DEP_OBL_AGENT, "obl:agent") \
	X(CH_DEP_OBL_UNMARKED, "obl:unmarked") \
	X(CH_DEP_VOCATIVE, "vocative") \
	X(CH_DEP_EXPL, "expl") \
	X(CH_DEP_DISLOCATED, "dislocated") \
	X(CH_DEP_ADVCL, "advcl") \
	X(CH_DEP_ADVCL_RELCL, "advcl:relcl") \
	X(CH_DEP_ADVMOD, "advmod") \
	X(CH_DEP_DISCOURSE, "discourse") \
	X(CH_DEP_AUX, "aux") \
	X(CH_DEP_AUX_PASS, "aux:pass") \
	X(CH_DEP_COP, "cop") \
	X(CH_DEP_MARK, "mark") \
	X(CH_DEP_NMOD, "nmod") \
	X(CH_DEP_NMOD_POSS, "nmod:poss") \
	X(CH_DEP_NMOD_DESC, "nmod:desc") \
	X(CH_DEP_NMOD_UNMARKED, "nmod:unmarked") \
	X(CH_DEP_APPOS, "appos") \
	X(CH_DEP_NUMMOD, "nummod") \
	X(CH_DEP_ACL, "acl") \
	X(CH_DEP_ACL_RELCL, "acl:relcl") \
	X(CH_DEP_AMOD, "amod") \
	X(CH_DEP_DET, "det") \
	X(CH_DEP_DET_PREDET, "det:predet") \
	X(CH_DEP_CASE, "case") \
	X(CH_DEP_CONJ, "conj") \
	X(CH_DEP_CC, "cc") \
	X(CH_DEP_CC_PRECONJ, "cc:preconj") \
	X(CH_DEP_FIXED, "fixed") \
	X(CH_DEP_FLAT, "flat") \
	X(CH_DEP_LIST, "list") \
	X(CH_DEP_PARATAXIS, "parataxis") \
	X(CH_DEP_COMPOUND, "compound") \
	X(CH_DEP_COMPOUND_PRT, "compound:prt") \
	X(CH_DEP_ORPHAN, "orphan") \
	X(CH_DEP_GOESWITH, "goeswith") \
	X(CH_DEP_REPARANDUM, "reparandum") \
	X(CH_DEP_PUNCT, "punct") \
	X(CH_DEP_DEP, "dep")

/* PLOVER event types in the order of ../shared/ONTOLOGY.md. */
#define CH_EVENT_TABLE(X) \
	X(CH_EV_AGREE, "AGREE") \
	X(CH_EV_CONSULT, "CONSULT") \
	X(CH_EV_SUPPORT, "SUPPORT") \
	X(CH_EV_CONCEDE, "CONCEDE") \
	X(CH_EV_COOPERATE, "COOPERATE") \
	X(CH_EV_AID, "AID") \
	X(CH_EV_RETREAT, "RETREAT") \
	X(CH_EV_REQUEST, "REQUEST") \
	X(CH_EV_ACCUSE, "ACCUSE") \
	X(CH_EV_REJECT, "REJECT") \
	X(CH_EV_THREATEN, "THREATEN") \
	X(CH_EV_PROTEST, "PROTEST") \
	X(CH_EV_SANCTION, "SANCTION") \
	X(CH_EV_MOBILIZE, "MOBILIZE") \
	X(CH_EV_COERCE, "COERCE") \
	X(CH_EV_ASSAULT, "ASSAULT")

#define CH_TAG_ENUM(id, text) id,
enum ch_upos { CH_UPOS_TABLE(CH_TAG_ENUM) CH_UPOS_N };
enum ch_xpos { CH_XPOS_TABLE(CH_TAG_ENUM) CH_XPOS_N };
enum ch_deprel { CH_DEPREL_TABLE(CH_TAG_ENUM) CH_DEP_N };
enum ch_event_type { CH_EVENT_TABLE(CH_TAG_ENUM) CH_EV_N };
#undef CH_TAG_ENUM

/* The name of a tag; "_" for a number out of range. */
const char *ch_upos_name(unsigned upos);
const char *ch_xpos_name(unsigned xpos);
const char *ch_deprel_name(unsigned deprel);
const char *ch_event_name(unsigned type);

/* The number of a name. Unknown: X, XX, dep; an unknown relation subtype falls back to its main relation.
 * ch_event_parse returns CH_EV_N. */
enum ch_upos ch_upos_parse(struct ch_str name);
enum ch_xpos ch_xpos_parse(struct ch_str name);
enum ch_deprel ch_deprel_parse(struct ch_str name);
enum ch_event_type ch_event_parse(struct ch_str name);

/* PLOVER's quad class (1 to 4) and scale of a type with its mode (NULL: none); see ../shared/ONTOLOGY.md. */
int ch_event_quad(unsigned type);
double ch_event_scale(unsigned type, const char *mode);
#endif
