#include "doc/tags.h"
#include <stddef.h>

#define NAME(id, text) text,
static const char *const upos_names[] = { CH_UPOS_TABLE(NAME) };
static const char *const xpos_names[] = { CH_XPOS_TABLE(NAME) };
static const char *const deprel_names[] = { CH_DEPREL_TABLE(NAME) };
static const char *const event_names[] = { CH_EVENT_TABLE(NAME) };

static const char *name_of(const char *const *names, unsigned n, unsigned i)
{
	return i < n ? names[i] : "_";
}

static unsigned number_of(const char *const *names, unsigned n, struct ch_str name, unsigned other)
{
	for (unsigned i = 0; i < n; i++)
		if (ch_str_eqz(name, names[i]))
			return i;
	return other;
}

const char *ch_upos_name(unsigned upos)
{
	return name_of(upos_names, CH_UPOS_N, upos);
}

const char *ch_xpos_name(unsigned xpos)
{
	return name_of(xpos_names, CH_XPOS_N, xpos);
}

const char *ch_deprel_name(unsigned deprel)
{
	return name_of(deprel_names, CH_DEP_N, deprel);
}

const char *ch_event_name(unsigned type)
{
	return name_of(event_names, CH_EV_N, type);
}

enum ch_upos ch_upos_parse(struct ch_str name)
{
	return number_of(upos_names, CH_UPOS_N, name, CH_UPOS_X);
}

enum ch_xpos ch_xpos_parse(struct ch_str name)
{
	return number_of(xpos_names, CH_XPOS_N, name, CH_XPOS_XX);
}

enum ch_deprel ch_deprel_parse(struct ch_str name)
{
	unsigned d = number_of(deprel_names, CH_DEP_N, name, CH_DEP_N);
	size_t colon = ch_str_find_byte(name, ':', 0);

	if (d == CH_DEP_N && colon != CH_STR_NONE)
		d = number_of(deprel_names, CH_DEP_N, ch_str_sub(name, 0, colon), CH_DEP_N);
	return d == CH_DEP_N ? CH_DEP_DEP : d;
}

enum ch_event_type ch_event_parse(struct ch_str name)
{
	return number_of(event_names, CH_EV_N, name, CH_EV_N);
}

int ch_event_quad(unsigned type)
{
	static const int quads[CH_EV_N] = {
		[CH_EV_AGREE] = 1, [CH_EV_CONSULT] = 1, [CH_EV_SUPPORT] = 1, [CH_EV_CONCEDE] = 1,
		[CH_EV_COOPERATE] = 2, [CH_EV_AID] = 2, [CH_EV_RETREAT] = 2,
		[CH_EV_REQUEST] = 3, [CH_EV_ACCUSE] = 3, [CH_EV_REJECT] = 3, [CH_EV_THREATEN] = 3,
		[CH_EV_PROTEST] = 4, [CH_EV_SANCTION] = 4, [CH_EV_MOBILIZE] = 4, [CH_EV_COERCE] = 4, [CH_EV_ASSAULT] = 4,
	};

	return type < CH_EV_N ? quads[type] : 0;
}

/* A row with mode NULL is the type's own score; modes that the manual gives no score of their own have no row. */
static const struct {
	unsigned type;
	const char *mode;
	double score;
} scale[] = {
	{ CH_EV_AGREE, NULL, 2.5 },
	{ CH_EV_CONSULT, NULL, 2.5 }, { CH_EV_CONSULT, "visit", 4 }, { CH_EV_CONSULT, "third-party", 1 },
	{ CH_EV_CONSULT, "multilateral", 4 }, { CH_EV_CONSULT, "phone", 1.5 },
	{ CH_EV_SUPPORT, NULL, 5 },
	{ CH_EV_CONCEDE, NULL, 4.5 },
	{ CH_EV_COOPERATE, NULL, 9.5 },
	{ CH_EV_AID, NULL, 10 },
	{ CH_EV_RETREAT, NULL, 6.5 }, { CH_EV_RETREAT, "withdraw", 8 }, { CH_EV_RETREAT, "disarm", 10 },
	{ CH_EV_RETREAT, "ceasefire", 7.5 }, { CH_EV_RETREAT, "resign", 4.5 },
	{ CH_EV_REQUEST, NULL, 0 }, { CH_EV_REQUEST, "assist", .5 }, { CH_EV_REQUEST, "change", -1 },
	{ CH_EV_REQUEST, "yield", -1 },
	{ CH_EV_ACCUSE, NULL, -2 },   /* printed as 3 in the manual: a misprint, see ONTOLOGY.md */
	{ CH_EV_ACCUSE, "investigate", -3.5 }, { CH_EV_ACCUSE, "allege", -3.5 },
	{ CH_EV_REJECT, NULL, -2 }, { CH_EV_REJECT, "assist", -1.5 },
	{ CH_EV_THREATEN, NULL, -3.5 }, { CH_EV_THREATEN, "restrict", -3 }, { CH_EV_THREATEN, "territory", -4 },
	{ CH_EV_PROTEST, NULL, -5 }, { CH_EV_PROTEST, "riot", -7 }, { CH_EV_PROTEST, "hunger", -4.5 },
	{ CH_EV_PROTEST, "boycott", -4.5 },
	{ CH_EV_SANCTION, NULL, -6 }, { CH_EV_SANCTION, "expel", -5.5 },
	{ CH_EV_MOBILIZE, NULL, -5.5 }, { CH_EV_MOBILIZE, "troops", -6.5 }, { CH_EV_MOBILIZE, "weapons", -6.5 },
	{ CH_EV_MOBILIZE, "militia", -6 },
	{ CH_EV_COERCE, NULL, -7 }, { CH_EV_COERCE, "censor", -6.5 }, { CH_EV_COERCE, "curfew", -6.5 },
	{ CH_EV_COERCE, "martial-law", -7.5 }, { CH_EV_COERCE, "misinformation", -6.5 },
	{ CH_EV_ASSAULT, NULL, -9 },
};

double ch_event_scale(unsigned type, const char *mode)
{
	double own = 0;

	for (size_t i = 0; i < sizeof scale / sizeof *scale; i++) {
		if (scale[i].type != type)
			continue;
		if (!scale[i].mode)
			own = scale[i].score;
		else if (mode && strcmp(mode, scale[i].mode) == 0)
			return scale[i].score;
	}
	return own;
}
