/* cli/out.c -- standard output, the terminal, and text of pages made harmless for it. */
#include "cli.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool put_text(const char *text, size_t size)
{
	return fwrite(text, 1, size, stdout) == size && !ferror(stdout);
}

bool put_line(const char *text, size_t size)
{
	return put_text(text, size) && putchar('\n') != EOF;
}

/* A pipe or socket whose reader has gone. */
static bool reader_gone(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP));
}

int output_status(int status)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno == EPIPE || reader_gone())
		return status;   /* it has seen enough (head, less): no failure of ours */
	say_error("cannot write to standard output%s%s", errno ? ": " : "", errno ? strerror(errno) : "");
	return EXIT_SOME_FAILED;
}

void out_of_memory(void)
{
	say_error("out of memory; close other programs, or ask for less at once (--limit)");
	exit(EXIT_SOME_FAILED);
}

bool to_terminal(void)
{
	return isatty(STDOUT_FILENO);
}

bool colours(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

const char *on(const char *sgr)
{
	return colours() ? sgr : "";
}

const char *off(void)
{
	return on("\033[0m");
}

int terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long n = columns ? strtol(columns, NULL, 10) : 0;

	if (n < 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	return n < 1 ? 80 : n < 20 ? 20 : n > 1000 ? 1000 : (int)n;
}

/* ---- code points ---- */

/* The code point at *s, which is moved behind it; a broken byte reads as U+FFFD. */
static uint32_t next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	uint32_t cp;
	int n = p[0] < 0x80 ? 0 : p[0] >= 0xC2 && p[0] < 0xE0 ? 1 : p[0] >= 0xE0 && p[0] < 0xF0 ? 2 : p[0] >= 0xF0 && p[0] < 0xF5 ? 3 : -1;

	if (n < 0) {
		++*s;
		return 0xFFFD;
	}
	cp = n == 0 ? p[0] : n == 1 ? p[0] & 0x1FU : n == 2 ? p[0] & 0x0FU : p[0] & 0x07U;
	for (int i = 1; i <= n; i++) {
		if ((p[i] & 0xC0) != 0x80) {
			++*s;
			return 0xFFFD;
		}
		cp = cp << 6 | (p[i] & 0x3FU);
	}
	*s += n + 1;
	return cp;
}

/* What would act on a terminal, or turn text round in front of a reader's eyes: C0, DEL, C1, bidirectional controls. */
static bool harmful(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xFFFD || cp == 0x061C || cp == 0x200E || cp == 0x200F ||
	       (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

/* Combining marks and zero-width characters take no column, East Asian wide ones two; near enough for tables of news. */
static int columns(uint32_t cp)
{
	if ((cp >= 0x300 && cp < 0x370) || (cp >= 0x200B && cp <= 0x200D) || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xAD)
		return 0;
	return (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE4F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
	       (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x20000 && cp <= 0x3FFFD) ? 2 : 1;
}

char *plain(const char *text)
{
	char *out = malloc(strlen(text) * 2 + 1), *to = out;

	if (!out)
		out_of_memory();
	while (*text) {
		const char *from = text;
		uint32_t cp = next(&text);

		if (cp == '\n' || cp == '\t' || cp == '\r') {
			*to++ = ' ';
		} else if (harmful(cp)) {
			*to++ = (char)0xC2;   /* "·": two bytes where one or more stood */
			*to++ = (char)0xB7;
		} else {
			memcpy(to, from, (size_t)(text - from));
			to += text - from;
		}
	}
	*to = '\0';
	return out;
}

size_t columns_of(const char *text)
{
	size_t n = 0;

	while (*text)
		n += (size_t)columns(next(&text));
	return n;
}

/* Bytes of text that fit into `width` columns. */
static size_t fit(const char *text, size_t width)
{
	const char *at = text, *good = text;
	size_t n = 0;

	while (*at) {
		n += (size_t)columns(next(&at));
		if (n > width)
			break;
		good = at;
	}
	return (size_t)(good - text);
}

size_t put_cell(const char *text, size_t width, bool pad)
{
	size_t n = columns_of(text);

	if (n <= width) {
		fputs(text, stdout);
	} else if (width) {
		size_t bytes = fit(text, width - 1);

		fwrite(text, 1, bytes, stdout);
		fputs("\xE2\x80\xA6", stdout);
		n = width;
	}
	for (; pad && n < width; n++)
		putchar(' ');
	return n;
}

void put_wrapped(const char *text, int indent)
{
	char *safe = plain(text), *at = safe;
	size_t width = (size_t)terminal_width() > (size_t)indent + 10 ? (size_t)(terminal_width() - indent) : 10;

	while (*at == ' ')
		at++;
	while (*at) {
		size_t bytes = fit(at, width), cut = bytes;

		if (at[bytes]) {
			while (cut && at[cut] != ' ')
				cut--;
			if (!cut)
				cut = bytes ? bytes : 1;
		}
		printf("%*s%.*s\n", indent, "", (int)cut, at);
		at += cut;
		while (*at == ' ')
			at++;
	}
	free(safe);
}
