/* event/counterpart.c -- whom an event is aimed at where its sentence names nobody: whom the page has just dealt with, whom a letter goes to,
 * whom the page is about. Each guess of the kind is marked on the side (indirect, guessed) and costs confidence. */
#include "event/coder.h"

enum { CONTEXT_SENTENCES = 2 };
enum { FOCUS_PARTIES = 32, FOCUS_LEAST = 4 };

bool ch_coder_is_message(const char *mode)
{
	return ch_mode_is(mode, "letter") || ch_mode_is(mode, "phone") || ch_mode_is(mode, "congratulate");
}

/* To whom the last letter, call or congratulation of this party on the page went; CH_NONE. */
uint32_t ch_coder_addressee(const struct ch_coder *c, uint32_t actor)
{
	for (uint32_t i = c->found.n, least = i > 64 ? i - 64 : 0; i-- > least;) {
		const struct ch_found *f = &c->found.v[i];
		if (f->target_n == 1 && ch_coder_is_message(f->event.mode) &&
		    ch_coder_has_party(c, f->source, f->source_n, ch_coder_party(c, actor)))
			return f->target[0];
	}
	return CH_NONE;
}

/* Messages come in series: "Tito congratulated him. Nehru sent a telegram." The receiver of the message before, if just before. */
static uint32_t common_addressee(const struct ch_coder *c, uint32_t sentence, const struct ch_side *source)
{
	for (uint32_t i = c->found.n; i-- > 0 && c->found.v[i].event.sentence + CONTEXT_SENTENCES >= sentence;) {
		const struct ch_found *f = &c->found.v[i];

		if (ch_coder_is_message(f->event.mode) && f->target_n == 1 && !ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, f->target[0])))
			return f->target[0];
	}
	return CH_NONE;
}

/* Whom one of source's parties dealt with in the last event told of, if that was just before. */
static void add_counterpart(const struct ch_coder *c, uint32_t sentence, const struct ch_side *source, struct ch_side *target)
{
	for (uint32_t i = c->found.n; i-- > 0 && c->found.v[i].event.sentence + CONTEXT_SENTENCES >= sentence;) {
		const struct ch_found *f = &c->found.v[i];
		bool in_source = false, in_target = false;

		for (uint32_t k = 0; k < source->n; k++) {
			in_source |= ch_coder_has_party(c, f->source, f->source_n, ch_coder_party(c, source->actors[k]));
			in_target |= ch_coder_has_party(c, f->target, f->target_n, ch_coder_party(c, source->actors[k]));
		}
		if (in_source == in_target && !in_source)
			continue;
		for (uint32_t k = 0; k < f->source_n + f->target_n && target->n < CH_PARTIES_MAX; k++) {
			uint32_t actor = k < f->source_n ? f->source[k] : f->target[k - f->source_n];

			if (!ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, actor)) &&
			    (f->target_n == 0 || in_target == (k < f->source_n)))
				target->actors[target->n++] = actor;
		}
		target->indirect = true;
		if (target->n)
			return;
	}
}

/* "Peru offers to mediate", "Chile welcomed the step": between those, and theirs, whom the page dealt with just before. */
static void add_parties_of_last(const struct ch_coder *c, uint32_t sentence, const struct ch_side *source, struct ch_side *target)
{
	const struct ch_found *f = c->found.n ? &c->found.v[c->found.n - 1] : NULL;

	if (!f || f->event.sentence + CONTEXT_SENTENCES < sentence || f->source_n + f->target_n < 2)
		return;
	for (uint32_t k = 0; k < f->source_n + f->target_n && target->n < CH_PARTIES_MAX; k++) {
		uint32_t actor = k < f->source_n ? f->source[k] : f->target[k - f->source_n];

		if (!ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, actor)))
			target->actors[target->n++] = actor;
	}
	target->indirect = true;
}

/* "Its neighbour", "the rival": with whom the page last had source's party on one side, or facing it, and nobody else. */
static void add_other_of_two(const struct ch_coder *c, const struct ch_side *source, struct ch_side *target)
{
	for (uint32_t i = c->found.n, least = i > 64 ? i - 64 : 0; i-- > least;) {
		const struct ch_found *f = &c->found.v[i];
		uint32_t own = 0, other = CH_NONE;

		if (f->source_n + f->target_n != 2)
			continue;
		for (uint32_t k = 0; k < 2; k++) {
			uint32_t actor = k < f->source_n ? f->source[k] : f->target[k - f->source_n];

			if (ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, actor)))
				own++;
			else
				other = actor;
		}
		if (own == 1 && c->doc->actors.v[other].kind != CH_ACTOR_ORG) {
			target->actors[target->n++] = other;
			target->indirect = true;
			return;
		}
	}
}

/* What is always aimed at somebody: a demand, a refusal, praise, a sanction. Talks, visits and deals without a counterpart are most often
 * told of others than whom the page dealt with last; so are crowds and blows. */
static bool is_aimed(unsigned type)
{
	return (type >= CH_EV_REQUEST && type <= CH_EV_THREATEN) || type == CH_EV_SUPPORT || type == CH_EV_SANCTION;
}

/* What pages tell of the party that they are about without naming it again. Demands and charges most often go elsewhere. */
static bool told_of_the_focus(unsigned type)
{
	return type == CH_EV_SUPPORT || type == CH_EV_REJECT || type == CH_EV_SANCTION || type == CH_EV_AID;
}

/* What one of two does to the other, where a page is about the two. */
static bool told_of_the_pair(unsigned type)
{
	return told_of_the_focus(type) || type == CH_EV_RETREAT || type == CH_EV_CONCEDE || type == CH_EV_COERCE || type == CH_EV_MOBILIZE ||
	       type == CH_EV_ASSAULT;
}

/* Whom the page is about: the party that it names most, by far enough; and the two that it names most, where they are about as often named and
 * all others much less. CH_NONE where there is none such. */
void ch_coder_find_focus(struct ch_coder *c)
{
	const struct ch_doc *doc = c->doc;

	struct { uint32_t actor, n; } seen[FOCUS_PARTIES];
	uint32_t n = 0, most[3] = { 0, 0, 0 }, who[3] = { CH_NONE, CH_NONE, CH_NONE };

	for (uint32_t m = 0; m < doc->mentions.n; m++)
		for (uint32_t i = 0; i < doc->mentions.v[m].actor_n; i++) {
			uint32_t actor = doc->mention_actors.v[doc->mentions.v[m].actor_first + i], k = 0;

			if (!doc->actors.v[actor].party.len || ch_str_eqz(doc->actors.v[actor].sector, "JRN"))
				continue;
			while (k < n && !ch_str_eq(doc->actors.v[seen[k].actor].party, doc->actors.v[actor].party))
				k++;
			if (k == FOCUS_PARTIES)
				continue;
			if (k == n)
				seen[n++].actor = actor, seen[k].n = 0;
			seen[k].n++;
		}
	for (uint32_t k = 0; k < n; k++)
		for (uint32_t at = 0; at < 3; at++)
			if (seen[k].n > most[at]) {
				for (uint32_t down = 2; down > at; down--) {
					most[down] = most[down - 1];
					who[down] = who[down - 1];
				}
				most[at] = seen[k].n;
				who[at] = seen[k].actor;
				break;
			}
	c->focus = most[0] >= FOCUS_LEAST && most[0] * 10 >= most[1] * 13 ? who[0] : CH_NONE;
	c->pair[0] = c->pair[1] = CH_NONE;
	if (most[1] >= FOCUS_LEAST && most[1] * 2 >= most[0] && most[2] * 2 <= most[1]) {
		c->pair[0] = who[0];
		c->pair[1] = who[1];
	}
}

/* What the sentence aims at nobody is aimed at whom the page is about: the other of its two, or the one. */
static void add_focus(const struct ch_coder *c, unsigned type, const struct ch_side *source, struct ch_side *target)
{
	uint32_t other = CH_NONE;

	for (uint32_t i = 0; i < 2 && told_of_the_pair(type); i++)
		if (c->pair[i] != CH_NONE && ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, c->pair[i])) &&
		    !ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, c->pair[1 - i])))
			other = c->pair[1 - i];
	if (other == CH_NONE && told_of_the_focus(type) && c->focus != CH_NONE && !ch_coder_has_party(c, source->actors, source->n, ch_coder_party(c, c->focus)))
		other = c->focus;
	if (other == CH_NONE)
		return;
	target->actors[target->n++] = other;
	target->guessed = true;
}

void ch_coder_find_target(const struct ch_coder *c, const struct ch_frame *frame, const struct ch_pattern *p, uint32_t sentence,
			  const struct ch_side *source, struct ch_side *target)
{
	if (!source->n)
		return;
	if (target->other && !target->n)
		add_other_of_two(c, source, target);
	if ((p->context || is_aimed(frame->type)) && !target->n)
		add_counterpart(c, sentence, source, target);
	if (((frame->type == CH_EV_SUPPORT && p->target.n) || (p->context && frame->type == CH_EV_AGREE)) && !target->n)
		add_parties_of_last(c, sentence, source, target);
	if (!target->n && p->target.n && (p->upos == CH_UPOS_VERB || (source->path && source->path->light)))
		add_focus(c, frame->type, source, target);
	/* "In his letter, the king wrote": to whom, the page has told before. */
	if (!target->n && ch_coder_is_message(frame->mode)) {
		uint32_t to = ch_coder_addressee(c, source->actors[0]);

		if (to == CH_NONE)
			to = common_addressee(c, sentence, source);
		if (to != CH_NONE)
			target->actors[target->n++] = to;
	}
}
