#include "input/input.h"
#include "base/day.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ch_input_free(struct ch_input *input)
{
	free(input->name);
	free(input->bytes);
	free(input->error);
	json_decref(input->known);
	*input = (struct ch_input){ 0 };
}

void ch_input_know(json_t **known, struct ch_arena *arena, const char *key, struct ch_str value)
{
	value = ch_utf8_repair(arena, ch_str_trim(value), NULL);
	if (!value.len)
		return;
	if (!*known)
		*known = json_object();
	if (!*known || json_object_set_new(*known, key, json_stringn(value.ptr, value.len)))
		ch_die_memory(value.len);
}

char *ch_input_copy(struct ch_str bytes)
{
	char *z = ch_xrealloc(NULL, bytes.len + 1);

	if (bytes.len)
		memcpy(z, bytes.ptr, bytes.len);
	z[bytes.len] = '\0';
	return z;
}

char *ch_input_error(const char *fmt, ...)
{
	char line[sizeof ((struct ch_err){ { 0 } }).text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	return ch_input_copy(ch_str_z(line));
}

char *ch_input_name(const char *container, uint64_t n)
{
	size_t room = strlen(container) + 24;
	char *name = ch_xrealloc(NULL, room);

	snprintf(name, room, "%s#%llu", container, (unsigned long long)n);
	return name;
}

/* ---- days ---- */

static bool digits(struct ch_str s, uint32_t *n)
{
	return ch_str_uint(s, n);
}

static uint32_t leading_digits(struct ch_str s)
{
	uint32_t n = 0;

	while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	return n;
}

/* "[Tue, ]8 May 2018 …", also "Tuesday, 08-May-18" of old servers. */
static ch_day day_of_rfc(struct ch_str s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	size_t comma = ch_str_find_byte(s, ',', 0);
	struct ch_str part[3] = { { 0 } };
	uint32_t day, year;
	int month = 0;

	if (comma != CH_STR_NONE && comma < 12)
		s = ch_str_sub(s, comma + 1, s.len);
	for (int i = 0; i < 3; i++) {
		size_t n = 0;

		s = ch_str_trim(s);
		while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '-')
			n++;
		part[i] = ch_str_sub(s, 0, n);
		s = ch_str_sub(s, n + 1, s.len);
	}
	for (int m = 0; m < 12 && part[1].len >= 3; m++)
		if (ch_str_ieq(ch_str_sub(part[1], 0, 3), ch_str_n(months + 3 * m, 3)))
			month = m + 1;
	if (!month || !digits(part[0], &day) || !digits(part[2], &year) || day > 31 || year > 9999)
		return CH_NO_DAY;
	if (part[2].len == 2)   /* RFC 5322, 4.3 */
		year += year < 50 ? 2000 : 1900;
	return ch_day_of((int)year, month, (int)day);
}

bool ch_input_day(struct ch_str text, char out[16])
{
	enum { SECONDS = 10, MILLISECONDS = 13, DAY_SECONDS = 86400 };
	struct ch_str s = ch_str_trim(text);
	uint32_t lead = leading_digits(s), n;
	ch_day day = CH_NO_DAY;

	if (lead == 4)
		day = ch_day_parse(s);
	else if (lead >= 8 && (lead == 8 || lead == 14) && digits(ch_str_sub(s, 0, 8), &n))
		day = ch_day_of((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100));
	else if (lead == s.len && (lead == SECONDS || lead == MILLISECONDS) && digits(ch_str_sub(s, 0, SECONDS - 1), &n))
		day = (ch_day)((uint64_t)n * 10 / DAY_SECONDS);
	else
		day = day_of_rfc(s);
	ch_day_print(day, out);
	return day != CH_NO_DAY;
}
