/* export/asked.c -- what each list may be asked. A filter that says nothing there would give all of it, and so is refused; a value that there is
 * none of is said to be none where the values are known. */
#include "event/context.h"
#include "export/query.h"
#include "store/review.h"
#include <stdio.h>

enum {
	WHO = 1, WITH = 2, SINCE = 4, UNTIL = 8, TYPE = 16, MODE = 32, STATUS = 64, PLACE = 128, ABOUT = 256, CONTEXT = 512, TO = 1024, SEARCH = 2048,
	PAGE = 4096, NEWEST = 8192, REJECTED = 16384, VARIANTS = 32768,
	DATES = SINCE | UNTIL,
	ROWS = WHO | WITH | DATES | ABOUT | CONTEXT | PAGE | NEWEST | REJECTED,
	ACTS = ROWS | STATUS | PLACE,
	ALL = 65535,
};

static const char *const filters[] = {
	"who", "with", "since", "until", "type", "mode", "status", "place", "about", "context", "to", "search", "page", "newest", "rejected", "variants",
};

static const char *const meeting_modes[] = { "meeting", "multilateral", "third-party", NULL };
static const char *const letter_modes[] = { "letter", "phone", NULL };
static const char *const quote_modes[] = { "direct", "reported", NULL };

/* modes, status: those that there are; NULL: any. Modes of events are any, since frames of a user's own may bring more. */
static const struct {
	const char *list;
	unsigned by;
	const char *const *modes, *const *status;
} lists[] = {
	{ "events", ACTS | TYPE | MODE, NULL, ch_event_statuses }, { "visits", ACTS, NULL, ch_event_statuses }, { "meetings", ACTS | MODE, meeting_modes, ch_event_statuses },
	{ "letters", ACTS | MODE, letter_modes, ch_event_statuses }, { "instruments", ACTS | TYPE, NULL, ch_instrument_statuses },
	{ "quotes", ROWS | MODE | PLACE | TO | SEARCH | VARIANTS, quote_modes, NULL }, { "roles", ROWS | TYPE, NULL, NULL },
	{ "positions", ROWS | TYPE, NULL, NULL }, { "tallies", ROWS, NULL, NULL }, { "pledges", ROWS, NULL, NULL },
	{ "gatherings", ACTS | TYPE, NULL, ch_event_statuses }, { "initiatives", ROWS | TYPE | STATUS, NULL, ch_event_statuses },
	{ "relations", ROWS | TYPE | STATUS, NULL, ch_event_statuses }, { "marks", ROWS | TYPE, NULL, NULL }, { "pages", DATES | ABOUT | PAGE | NEWEST, NULL, NULL },
	/* of several registers */
	{ "stories", (ACTS | TYPE | MODE) & ~REJECTED, NULL, ch_event_statuses }, { "agenda", (ACTS | TYPE | MODE) & ~NEWEST, NULL, ch_event_statuses },
	{ "conflicts", ACTS | TYPE | MODE, NULL, ch_event_statuses }, { "tally-check", ROWS, NULL, NULL }, { "coverage", DATES, NULL, NULL },
	{ "export", ACTS | TYPE | MODE, NULL, ch_event_statuses },
	/* of any, which may be asked less as well */
	{ "doubtful", ALL & ~(REJECTED | VARIANTS), NULL, NULL }, { "stream", ALL & ~(NEWEST | VARIANTS), NULL, NULL }, { "series", ALL & ~NEWEST, NULL, NULL },
};

enum { N_FILTERS = sizeof filters / sizeof *filters, N_LISTS = sizeof lists / sizeof *lists };

static size_t list_of(const char *name)
{
	size_t i = 0;

	while (i < N_LISTS && (!name || strcmp(lists[i].list, name) != 0))
		i++;
	return i;
}

bool chancery_asked_by(const char *list, const char *filter)
{
	const size_t l = list_of(list);
	size_t f = 0;

	while (f < N_FILTERS && strcmp(filters[f], filter) != 0)
		f++;
	return l < N_LISTS && f < N_FILTERS && (lists[l].by >> f & 1);
}

static unsigned given_of(const struct chancery_query *q)
{
	const char *const text[] = { q->who, q->with, q->since, q->until, q->type, q->mode, q->status, q->place, q->about, q->context, q->to, q->search, q->page };
	unsigned given = (q->newest ? NEWEST : 0) | (q->rejected ? REJECTED : 0) | (q->variants ? VARIANTS : 0);

	for (unsigned i = 0; i < sizeof text / sizeof *text; i++)
		given |= text[i] && *text[i] ? 1u << i : 0;
	return given;
}

static bool one_of(const char *what, const char *given, const char *const *names, struct ch_err *err)
{
	char list[200] = "";
	size_t at = 0;

	for (size_t i = 0; names && given && *given && names[i]; i++) {
		if (strcmp(names[i], given) == 0)
			return true;
		at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", !i ? "" : names[i + 1] ? ", " : " or ", names[i]);
	}
	return !at || ch_fail(err, "--%s: %s is wanted, not '%.40s'", what, list, given);
}

static bool is_type(const char *given, struct ch_err *err)
{
	char type[32];
	size_t n = 0;

	for (; given && given[n] && n < sizeof type - 1; n++)
		type[n] = given[n] >= 'a' && given[n] <= 'z' ? (char)(given[n] - 'a' + 'A') : given[n];
	type[n] = '\0';
	return !n || ch_event_parse(ch_str_z(type)) != CH_EV_N || ch_fail(err, "--type: no type of event is called '%.40s'; docs/ontology.md lists PLOVER's 16", given);
}

bool ch_asked(const char *list, const struct chancery_query *given, struct ch_err *err)
{
	const size_t l = list_of(list);
	const unsigned wrong = l < N_LISTS ? given_of(given) & ~lists[l].by : 0;
	unsigned f = 0;

	if (l == N_LISTS)
		return true;   /* whoever asks for it is told that there is none such */
	while (wrong && !(wrong >> f & 1))
		f++;
	if (wrong)
		return ch_fail(err, "--%s says nothing of %s", filters[f], list);
	return one_of("mode", given->mode, lists[l].modes, err) && one_of("status", given->status, lists[l].status, err) &&
	       ((lists[l].by & (TYPE | MODE)) != (TYPE | MODE) || lists[l].by & TO || is_type(given->type, err));
}
