/* Dictionaries of the field: the first byte says as what the rest is read (V verbs, A actors, G agents, D discards; else what it is taken
 * for), the rest is read, and codes one sentence. */
#include "doc/conllu.h"
#include "petrarch/code.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sentence[] =
	"1\tSyldavian\tsyldavian\tADJ\tJJ\t_\t2\tamod\t_\t_\n2\tpolice\tpolice\tNOUN\tNN\t_\t6\tnsubj\t_\t_\n3\tand\tand\tCCONJ\tCC\t_\t4\tcc\t_\t_\n"
	"4\tRuritania\tRuritania\tPROPN\tNNP\t_\t2\tconj\t_\t_\n5\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_\n6\tcut\tcut\tVERB\tVBD\t_\t0\troot\t_\t_\n"
	"7\toff\toff\tADP\tRP\t_\t6\tcompound:prt\t_\t_\n8\tties\ttie\tNOUN\tNNS\t_\t6\tobj\t_\t_\n9\twith\twith\tADP\tIN\t_\t10\tcase\t_\t_\n"
	"10\tBorduria\tBorduria\tPROPN\tNNP\t_\t8\tnmod\t_\t_\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str text = ch_str_n((const char *)data + (size > 0), size ? size - 1 : 0);
	struct ch_petrarch_options options = ch_petrarch_defaults;
	enum ch_petrarch_kind kind = ch_petrarch_guess(text);
	struct ch_petrarch_events events;
	struct ch_arena arena = { 0 };
	struct ch_petrarch d;
	struct ch_doc doc;
	struct ch_err err;

	if (size)
		kind = data[0] == 'V' ? CH_PETRARCH_VERBS : data[0] == 'A' ? CH_PETRARCH_ACTORS : data[0] == 'G' ? CH_PETRARCH_AGENTS :
		       data[0] == 'D' ? CH_PETRARCH_DISCARDS : kind;
	if (!ch_conllu_read(&doc, &arena, ch_str_z(sentence), &err))
		abort();
	ch_petrarch_init(&d);
	ch_petrarch_read(&d, CH_PETRARCH_ACTORS, CH_STR("actors"), CH_STR("SYLDAVIAN [SYL]\nRURITANIA [RUR]\nBORDURIA [BOR]\n"));
	ch_petrarch_read(&d, CH_PETRARCH_VERBS, CH_STR("verbs"), CH_STR("--- CUT [1] ---\nCUT\n- * &TIE [2]\n&TIE\n+TIE\n"));
	if (kind != CH_PETRARCH_NO_DICTIONARY && kind != CH_PETRARCH_ISSUES)
		ch_petrarch_read(&d, kind, CH_STR("given"), text);
	ch_petrarch_finish(&d);
	options.require_dyad = false;
	options.new_actor_length = 3;
	ch_petrarch_code(&d, &doc, &options, &arena, &events);
	for (uint32_t i = 0; i < events.v.n; i++)
		if (!events.v.v[i].cameo.len || events.v.v[i].file >= d.files.n)
			abort();
	ch_petrarch_free(&d);
	ch_arena_free(&arena);
	return 0;
}
