/* export/eval_card.c -- counts as JSON: shares and how sure they are. */
#include "export/eval.h"
#include <math.h>

json_t *ch_eval_interval(uint64_t right, uint64_t n)
{
	const double z = 1.96;
	double p = n ? (double)right / (double)n : 0, d = n ? (double)n : 1;
	double middle = (p + z * z / (2 * d)) / (1 + z * z / d);
	double half = z * sqrt(p * (1 - p) / d + z * z / (4 * d * d)) / (1 + z * z / d);
	json_t *list = ch_json_array();

	ch_json_push(list, json_real(n ? fmax(0, middle - half) : 0));
	ch_json_push(list, json_real(n ? fmin(1, middle + half) : 1));
	return list;
}

json_t *ch_eval_score(const struct ch_eval_count *s, const char *name)
{
	double p = s->system ? (double)s->match / (double)s->system : 0, r = s->gold ? (double)s->match / (double)s->gold : 0;
	json_t *o = ch_json_object();

	ch_json_set(o, "kind", ch_json_str(ch_str_z(name)));
	ch_json_set(o, "gold", json_integer((json_int_t)s->gold));
	ch_json_set(o, "system", json_integer((json_int_t)s->system));
	ch_json_set(o, "match", json_integer((json_int_t)s->match));
	ch_json_set(o, "precision", json_real(p));
	ch_json_set(o, "recall", json_real(r));
	ch_json_set(o, "precision_interval", ch_eval_interval(s->match, s->system));
	ch_json_set(o, "recall_interval", ch_eval_interval(s->match, s->gold));
	ch_json_set(o, "f1", json_real(p + r > 0 ? 2 * p * r / (p + r) : 0));
	return o;
}

json_t *ch_eval_rate(const struct ch_eval_count *s, const char *name)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "what", ch_json_str(ch_str_z(name)));
	ch_json_set(o, "of", json_integer((json_int_t)s->gold));
	ch_json_set(o, "right", json_integer((json_int_t)s->match));
	ch_json_set(o, "interval", ch_eval_interval(s->match, s->gold));
	return o;
}
