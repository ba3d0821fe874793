/* base/str.h -- slices: a pointer and a length, passed by value, never owning.
 *
 * A slice need not end in NUL and may hold any byte. It lives as long as what it points into; functions that
 * keep a slice say so. Comparison is of bytes unless the name says otherwise. */
#ifndef CH_BASE_STR_H
#define CH_BASE_STR_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define CH_MUST_USE __attribute__((warn_unused_result))
#define CH_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define CH_MUST_USE
#define CH_PRINTF(fmt, args)
#endif

struct ch_str {
	const char *ptr;
	size_t len;
};

/* A slice of a string literal; `STR_ARG` spreads one over the two arguments of "%.*s". */
#define CH_STR(literal) ((struct ch_str){ "" literal, sizeof(literal) - 1 })
#define CH_STR_ARG(s) (int)(s).len, (s).ptr

static inline struct ch_str ch_str_z(const char *z)
{
	return (struct ch_str){ z, z ? strlen(z) : 0 };
}

static inline struct ch_str ch_str_n(const char *ptr, size_t len)
{
	return (struct ch_str){ ptr, len };
}

/* Bytes [start, end) of s; both are cut to its length. */
static inline struct ch_str ch_str_sub(struct ch_str s, size_t start, size_t end)
{
	if (end > s.len)
		end = s.len;
	if (start > end)
		start = end;
	return (struct ch_str){ start ? s.ptr + start : s.ptr, end - start };   /* no arithmetic on a null pointer */
}

static inline bool ch_str_eq(struct ch_str a, struct ch_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool ch_str_eqz(struct ch_str a, const char *z)
{
	return ch_str_eq(a, ch_str_z(z));
}

#define CH_STR_NONE ((size_t)-1)

bool ch_str_ieq(struct ch_str a, struct ch_str b);              /* ASCII letters in either case */
int ch_str_cmp(struct ch_str a, struct ch_str b);               /* memcmp order; a prefix comes first */
bool ch_str_starts(struct ch_str s, struct ch_str prefix);
bool ch_str_ends(struct ch_str s, struct ch_str suffix);
bool ch_str_istarts(struct ch_str s, struct ch_str prefix);     /* ASCII letters in either case */
size_t ch_str_find(struct ch_str s, struct ch_str needle, size_t from);    /* offset, or CH_STR_NONE */
size_t ch_str_find_byte(struct ch_str s, char byte, size_t from);          /* offset, or CH_STR_NONE */
struct ch_str ch_str_trim(struct ch_str s);                     /* ASCII white space off both ends */

/* Cuts the next piece off *rest at the next `sep` (which belongs to neither). False when *rest was used up:
 * `while (ch_str_cut(&rest, '\n', &line))` sees every line once, a last one without its newline too. */
bool ch_str_cut(struct ch_str *rest, char sep, struct ch_str *piece);

/* FNV-1a, 64 bits: for tables in memory, never stored. */
uint64_t ch_str_hash(struct ch_str s);

/* A whole decimal number of at most nine digits; false, and *out as it was, for anything else. */
bool ch_str_uint(struct ch_str s, uint32_t *out);
#endif
