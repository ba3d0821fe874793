#include "base/err.h"
#include <stdarg.h>
#include <stdio.h>

/* One line on a terminal, whatever a file name or a library's message holds. */
static void one_line(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = ' ';
}

bool ch_fail(struct ch_err *err, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return false;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	one_line(err->text);
	return false;
}

bool ch_err_in(struct ch_err *err, const char *fmt, ...)
{
	char rest[sizeof err->text];
	size_t n;
	va_list ap;
	int len;

	if (!err)
		return false;
	memcpy(rest, err->text, sizeof rest);
	va_start(ap, fmt);
	len = vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	n = len < 0 ? 0 : (size_t)len < sizeof err->text ? (size_t)len : sizeof err->text - 1;
	if (n + 2 < sizeof err->text)   /* what no longer fits is cut: the place in front matters more */
		snprintf(err->text + n, sizeof err->text - n, ": %.*s", (int)(sizeof err->text - n - 3), rest);
	one_line(err->text);
	return false;
}
