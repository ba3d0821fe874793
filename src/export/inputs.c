/* export/inputs.c -- chancery_inputs_… and chancery_watch_…: pages of input/ and watch/ as items of the public header. */
#include "chancery.h"
#include "input/inputs.h"
#include "watch/watch.h"
#include <stdlib.h>

/* Hands over what the input holds; nothing of it is left to be freed. */
static void to_item(struct ch_input *input, struct chancery_item *item)
{
	*item = (struct chancery_item){ .name = input->name, .bytes = input->bytes, .size = input->size, .error = input->error,
					.clean = input->clean };
	if (input->known) {
		item->known = json_dumps(input->known, JSON_COMPACT);
		if (!item->known)
			ch_die_memory(0);
	}
	json_decref(input->known);
}

bool chancery_inputs_open(const char *const *paths, size_t n, const char *map, struct chancery_inputs **inputs,
			  struct chancery_error *error)
{
	return ch_inputs_open((struct ch_inputs **)inputs, paths, n, map, (struct ch_err *)error);
}

void chancery_inputs_close(struct chancery_inputs *inputs)
{
	ch_inputs_close((struct ch_inputs *)inputs);
}

bool chancery_inputs_next(void *inputs, struct chancery_item *item)
{
	struct ch_input input = { 0 };

	if (!ch_inputs_next(inputs, &input))
		return false;
	to_item(&input, item);
	return true;
}

double chancery_inputs_share(const struct chancery_inputs *inputs)
{
	return ch_inputs_share((const struct ch_inputs *)inputs);
}

unsigned long long chancery_inputs_passed(const struct chancery_inputs *inputs)
{
	return ch_inputs_passed((const struct ch_inputs *)inputs).others;
}

/* ---- watching ---- */

bool chancery_watch_open(const char *const *places, size_t n, const struct chancery_watch_options *options,
			 struct chancery_watch **watch, struct chancery_error *error)
{
	struct ch_watch_options o = { .state = options->state, .delay = options->delay, .limit = options->limit };
	struct ch_web web;

	return ch_web_open(&web, options->stopped, options->ctx, (struct ch_err *)error) &&
		ch_watch_open((struct ch_watch **)watch, places, n, &o, &web, (struct ch_err *)error);
}

void chancery_watch_close(struct chancery_watch *watch)
{
	ch_watch_close((struct ch_watch *)watch);
}

void chancery_watch_round(struct chancery_watch *watch)
{
	ch_watch_round((struct ch_watch *)watch);
}

bool chancery_watch_next(void *watch, struct chancery_item *item)
{
	struct ch_input input = { 0 };

	if (!ch_watch_next(watch, &input))
		return false;
	to_item(&input, item);
	return true;
}

bool chancery_watch_save(const struct chancery_watch *watch, struct chancery_error *error)
{
	return ch_watch_save((const struct ch_watch *)watch, (struct ch_err *)error);
}
