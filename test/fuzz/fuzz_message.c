/* Any bytes as a page off the queue: a slip is one line; what is read is a page of bounded size, and goes onto the queue and off it unchanged. */
#include "work/message.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void broken(const char *what)
{
	fprintf(stderr, "message: %s\n", what);
	abort();
}

static void release(struct chancery_item *item)
{
	free(item->name);
	free(item->bytes);
	free(item->known);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = { 0 };
	struct chancery_item item, again;
	struct ch_err err = { 0 };

	if (!ch_message_read(ch_str_n((const char *)data, size), &item, &err)) {
		if (!err.text[0] || strchr(err.text, '\n'))
			broken("a slip is not one line");
		return 0;
	}
	if (!item.name || !item.name[0] || item.size > CH_MESSAGE_BODY_MAX)
		broken("a page without a name, or larger than one");
	if (!ch_message_read(ch_message_write(&arena, &item), &again, &err))
		broken("what was read cannot be written");
	if (strcmp(again.name, item.name) || again.size != item.size || memcmp(again.bytes, item.bytes, item.size) || again.clean != item.clean ||
	    !again.known != !item.known || (item.known && strcmp(again.known, item.known)))
		broken("what comes out is not what went in");
	release(&again);
	release(&item);
	ch_arena_free(&arena);
	return 0;
}
