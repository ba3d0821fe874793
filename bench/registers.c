/* bench/registers.c -- registers [-v] FILE...: sentences with what they tell (test/unit/event/told.h) against what is read in them.
 *
 * A record is found where the words that say which it is agree: kind and name of a gathering, both sides of a visit, the name of an
 * initiative, parties and level of a relation, the word of a mark. Of those found, each field is right or wrong. -v prints what is not as it should be. */
#include "../test/unit/event/told.h"

struct count {
	bool verbose;
	unsigned sentences, found, missed, more, whole, quiet, noisy;
	struct { struct ch_str name; unsigned right, all; } field[TOLD_FIELDS];
	unsigned n_fields;
};

static bool either_in(struct ch_str a, struct ch_str b)
{
	return ch_str_find(a, b, 0) != CH_STR_NONE || ch_str_find(b, a, 0) != CH_STR_NONE;
}

static bool one(const struct told_record *a, const struct told_record *b)
{
	static const char *const keys[] = { "source", "target", "parties", "level", "mark" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!ch_str_eq(told_get(a, ch_str_z(keys[i])), told_get(b, ch_str_z(keys[i]))))
			return false;
	return either_in(told_get(a, CH_STR("name")), told_get(b, CH_STR("name")));
}

static void count_field(struct count *n, struct ch_str name, bool right)
{
	unsigned i = 0;

	while (i < n->n_fields && !ch_str_eq(n->field[i].name, name))
		i++;
	if (i == TOLD_FIELDS)
		return;
	if (i == n->n_fields) {
		n->field[i].name = ch_str_z(strndup(name.ptr, name.len));
		n->n_fields++;
	}
	n->field[i].all++;
	n->field[i].right += right;
}

static void take(void *ctx, const struct told_case *c)
{
	struct count *n = ctx;
	bool used[TOLD_RECORDS] = { false }, good = c->n_want == c->n_got;

	n->sentences++;
	for (unsigned w = 0; w < c->n_want; w++) {
		const struct told_record *want = &c->want[w], *got = NULL;

		for (unsigned g = 0; g < c->n_got && !got; g++)
			if (!used[g] && one(want, &c->got[g])) {
				used[g] = true;
				got = &c->got[g];
			}
		n->found += got != NULL;
		n->missed += got == NULL;
		good = good && got && told_same(want, got);
		for (unsigned i = 0; got && i < want->n; i++)
			count_field(n, want->field[i].name, ch_str_eq(want->field[i].value, told_get(got, want->field[i].name)));
		for (unsigned i = 0; got && i < got->n; i++)
			if (!told_get(want, got->field[i].name).len)
				count_field(n, got->field[i].name, false);
	}
	n->more += c->n_got > c->n_want ? c->n_got - c->n_want : 0;
	for (unsigned g = 0, extra = 0; g < c->n_got; g++)
		n->more += !used[g] && c->n_got <= c->n_want && ++extra;
	n->whole += good;
	n->quiet += !c->n_want && !c->n_got;
	n->noisy += !c->n_want && c->n_got;
	if (good || !n->verbose)
		return;
	printf("%u: %.*s\n", c->line, CH_STR_ARG(c->sentence));
	for (unsigned w = 0; w < c->n_want; w++)
		told_print(stdout, "  want ", &c->want[w]);
	for (unsigned g = 0; g < c->n_got; g++)
		told_print(stdout, "  got  ", &c->got[g]);
}

int main(int argc, char **argv)
{
	struct ch_engine *engine;
	struct ch_err err = { "" };
	bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0, ok = true;

	if (argc < 2 + verbose) {
		fprintf(stderr, "registers [-v] FILE...\n");
		return 2;
	}
	if (!ch_engine_open(NULL, &engine, &err)) {
		fprintf(stderr, "registers: %s\n", err.text);
		return 1;
	}
	for (int i = 1 + verbose; i < argc; i++) {
		struct count n = { .verbose = verbose };
		double p, r;

		ok = told_each(engine, argv[i], take, &n) && ok;
		p = n.found + n.more ? (double)n.found / (n.found + n.more) : 0;
		r = n.found + n.missed ? (double)n.found / (n.found + n.missed) : 0;
		printf("%s: %u sentences; %u records found, %u missed, %u too many: precision %.2f recall %.2f F1 %.2f; %u sentences whole;"
		       " of those that tell nothing %u quiet, %u not\n", argv[i], n.sentences, n.found, n.missed, n.more, p, r,
		       p + r > 0 ? 2 * p * r / (p + r) : 0, n.whole, n.quiet, n.noisy);
		for (unsigned f = 0; f < n.n_fields; f++)
			printf("  %-12.*s %u of %u\n", CH_STR_ARG(n.field[f].name), n.field[f].right, n.field[f].all);
		for (unsigned f = 0; f < n.n_fields; f++)
			free((char *)(uintptr_t)n.field[f].name.ptr);
	}
	ch_engine_close(engine);
	return ok ? 0 : 1;
}
