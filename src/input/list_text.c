/* input/list_text.c -- a list's bytes as UTF-8: what spreadsheets save is that, UTF-16 with a mark, or Windows' Western code page. */
#include "base/utf8.h"
#include "input/list_priv.h"
#include <iconv.h>

/* From `charset`; what is not of it becomes U+FFFD. */
static struct ch_str converted(struct ch_arena *a, struct ch_str bytes, const char *charset)
{
	size_t room = 3 * bytes.len + 8, left = bytes.len, space = room;
	char *out = ch_arena_alloc(a, room), *to = out, *from = (char *)(uintptr_t)bytes.ptr;
	iconv_t cd = iconv_open("UTF-8", charset);

	if (cd == (iconv_t)-1)
		return bytes;
	while (left && space >= 8 && iconv(cd, &from, &left, &to, &space) == (size_t)-1 && left) {
		to += ch_utf8_put(0xFFFD, to);
		space = room - (size_t)(to - out);
		from++;
		left--;
	}
	iconv_close(cd);
	return ch_str_n(out, (size_t)(to - out));
}

bool ch_list_text(struct ch_arena *arena, struct ch_str *bytes, const char *name, struct ch_err *err)
{
	struct ch_str head = ch_str_sub(*bytes, 0, 4096);

	if (ch_str_starts(head, CH_STR("PK\x03\x04")) || ch_str_starts(head, CH_STR("\xd0\xcf\x11\xe0")))
		return ch_fail(err, "%s: is a spreadsheet or an archive; save the table as CSV (UTF-8)", name);
	if (ch_str_starts(head, CH_STR("\xff\xfe")))
		*bytes = converted(arena, ch_str_sub(*bytes, 2, bytes->len), "UTF-16LE");
	else if (ch_str_starts(head, CH_STR("\xfe\xff")))
		*bytes = converted(arena, ch_str_sub(*bytes, 2, bytes->len), "UTF-16BE");
	else if (ch_str_starts(head, CH_STR("\xef\xbb\xbf")))
		*bytes = ch_str_sub(*bytes, 3, bytes->len);
	if (ch_str_find_byte(ch_str_sub(*bytes, 0, 4096), '\0', 0) != CH_STR_NONE)
		return ch_fail(err, "%s: is no text; a list is CSV, TSV, JSON or XML", name);
	/* XML says itself what it is written in. */
	if (ch_str_trim(*bytes).len && ch_str_trim(*bytes).ptr[0] != '<' && !ch_utf8_valid(*bytes))
		*bytes = converted(arena, *bytes, "WINDOWS-1252");
	return true;
}
