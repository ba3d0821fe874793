#include "syntax/names.h"
#include "syntax/encoder.h"

static bool may_follow(struct ch_ne_tag before, struct ch_ne_tag tag)
{
	return tag.place != 'I' || (before.place != 'O' && before.kind == tag.kind);
}

/* tag (n): the best allowed sequence. */
static void viterbi(const struct ch_model *m, const float *score, uint32_t n, uint32_t stride, uint8_t *tag)
{
	uint8_t back[CH_BATCH_ROWS][CH_NE_TAGS_MAX];
	float now[CH_NE_TAGS_MAX], next[CH_NE_TAGS_MAX];
	const float never = -1e9f;
	uint32_t k = m->ne_n;
	for (uint32_t t = 0; t < k; t++)
		now[t] = m->ne[t].place == 'I' ? never : score[t];
	for (uint32_t i = 1; i < n; i++) {
		score += stride;
		for (uint32_t t = 0; t < k; t++) {
			uint32_t best = 0;
			float top = 2 * never;
			for (uint32_t b = 0; b < k; b++)
				if (may_follow(m->ne[b], m->ne[t]) && now[b] > top) {
					top = now[b];
					best = b;
				}
			back[i][t] = (uint8_t)best;
			next[t] = top + score[t];
		}
		memcpy(now, next, sizeof now);
	}
	uint32_t t = ch_argmax(now, k);
	for (uint32_t i = n; i-- > 0;) {
		tag[i] = (uint8_t)t;
		if (i)
			t = back[i][t];
	}
}

void ch_names_read(const struct ch_model *m, const float *score, uint32_t n, uint32_t stride, uint32_t first_token,
		   struct ch_doc *doc)
{
	uint8_t tag[CH_BATCH_ROWS];
	viterbi(m, score, n, stride, tag);
	for (uint32_t i = 0; i < n;) {
		if (m->ne[tag[i]].place == 'O') {
			i++;
			continue;
		}
		uint32_t past = i + 1;
		while (past < n && m->ne[tag[past]].place == 'I')
			past++;
		*CH_PUSH(doc->arena, &doc->names) = (struct ch_name){
			first_token + i, first_token + past, (enum ch_name_kind)m->ne[tag[i]].kind,
		};
		i = past;
	}
}
