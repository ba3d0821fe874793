#include "store/id.h"
#include <inttypes.h>
#include <stdio.h>

void ch_ider_init(struct ch_ider *ider, const char *kind)
{
	sha256_init(&ider->sha);
	ch_ider_add(ider, ch_str_z(kind));
}

void ch_ider_add(struct ch_ider *ider, struct ch_str field)
{
	sha256_update(&ider->sha, field.len, (const uint8_t *)field.ptr);
	sha256_update(&ider->sha, 1, (const uint8_t *)"");
}

void ch_ider_add_number(struct ch_ider *ider, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, n);
	ch_ider_add(ider, ch_str_z(text));
}

struct ch_str ch_ider_id(struct ch_ider *ider, struct ch_arena *arena)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t bytes[CH_ID_LEN / 2];
	char text[CH_ID_LEN];

	sha256_digest(&ider->sha, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return ch_arena_str(arena, ch_str_n(text, sizeof text));
}

struct ch_str ch_page_id(struct ch_arena *arena, struct ch_str raw)
{
	struct ch_ider ider;

	ch_ider_init(&ider, "page");
	ch_ider_add(&ider, raw);
	return ch_ider_id(&ider, arena);
}
