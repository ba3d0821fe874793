/* cli/agenda.c -- agenda and pledges: what was planned or undertaken, and what came of it. */
#include "cli.h"
#include <string.h>

static unsigned state_of(const char *name)
{
	unsigned state = 0;

	chancery_plan_state(name, &state);
	return state;
}

/* What an option asks for, by the states that it stands for. */
static bool states_of(const struct call *call, unsigned *states)
{
	static const struct {
		enum opt_id option;
		const char *state;
	} switches[] = { { OPT_IS_OPEN, "open" }, { OPT_IS_OVERDUE, "overdue" }, { OPT_IS_KEPT, "kept" }, { OPT_IS_BROKEN, "broken" } };
	const char *kept = call->value[OPT_KEPT];

	*states = 0;
	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
		if (call->value[switches[i].option])
			*states |= state_of(switches[i].state);
	if (kept && strcmp(kept, "yes") == 0)
		*states = state_of("kept");
	else if (kept && strcmp(kept, "open") == 0)
		*states = state_of("open");
	else if (kept && strcmp(kept, "no") == 0)
		*states = state_of("postponed") | state_of("cancelled") | state_of("broken") | state_of("overdue");
	else if (kept)
		usage_error(call, "--kept wants yes, no or open, not '%s'", kept);
	return !kept || *states;
}

typedef bool ask_fn(struct chancery_store *store, const struct chancery_query *query, const struct chancery_plans *plans, chancery_row_fn *row,
		    void *ctx, struct chancery_error *error);

static int list(struct call *call, ask_fn *ask, const char *table)
{
	struct chancery_plans plans = { .due = call->value[OPT_DUE], .today = call->value[OPT_TODAY] };
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	struct sheet sheet;
	enum view view;
	bool ok;

	if (!view_of(call, &view) || !query_of(call, &query) || !states_of(call, &plans.states))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	sheet_open_named(&sheet, view, table);
	ok = ask(store, &query, &plans, sheet_row, &sheet, &error);
	sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!sheet.n && view == VIEW_TABLE)
		fprintf(stderr, "chancery: nothing in the store fits\n");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED);
}

int cmd_agenda(struct call *call)
{
	return list(call, chancery_agenda, "agenda");
}

int cmd_pledges(struct call *call)
{
	return list(call, chancery_pledges, "pledges");
}
