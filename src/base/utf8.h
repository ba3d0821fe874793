/* base/utf8.h -- code points of UTF-8, and what kind of character one is (by utf8proc).
 *
 * Inside a document all text is valid UTF-8 (ch_utf8_repair sees to that at the door), so the readers here need
 * not fear broken sequences, but they survive them: a broken byte reads as U+FFFD of length 1. */
#ifndef CH_BASE_UTF8_H
#define CH_BASE_UTF8_H
#include "base/arena.h"

/* The code point at s.ptr[at] (at < s.len); *len is its bytes, 1 to 4. */
uint32_t ch_utf8_at(struct ch_str s, size_t at, uint32_t *len);
/* The code point that ends at s.ptr[at] (0 < at <= s.len); *len is its bytes. */
uint32_t ch_utf8_before(struct ch_str s, size_t at, uint32_t *len);
/* Writes 1 to 4 bytes to out; returns how many. What is no code point is written as U+FFFD. */
uint32_t ch_utf8_put(uint32_t cp, char out[4]);

/* True if every byte of s belongs to a well-formed sequence (RFC 3629). */
bool ch_utf8_valid(struct ch_str s);
/* s itself when valid; else a copy in which each broken byte is U+FFFD. *broken counts them (may be NULL). */
struct ch_str ch_utf8_repair(struct ch_arena *a, struct ch_str s, uint32_t *broken);
/* Code points in s. */
uint32_t ch_utf8_count(struct ch_str s);

bool ch_is_letter(uint32_t cp);   /* L* and combining marks */
bool ch_is_upper(uint32_t cp);    /* Lu, Lt */
bool ch_is_lower(uint32_t cp);    /* Ll */
bool ch_is_digit(uint32_t cp);    /* Nd */
bool ch_is_space(uint32_t cp);    /* white space of every kind, NBSP, zero-width space and BOM too */
bool ch_is_punct(uint32_t cp);    /* P* and S* */
bool ch_is_quote(uint32_t cp);    /* any double or single quotation mark, back-quote and apostrophe too */
bool ch_is_dash(uint32_t cp);     /* Pd and the minus sign */

/* Lower case of every code point (simple mapping), accents kept. */
struct ch_str ch_utf8_lower(struct ch_arena *a, struct ch_str s);
/* For comparing names: lower case, accents off (NFKD without marks), curly quotes straight, dashes "-", runs of
 * white space one blank, and the letters that NFKD leaves alone (ø ł đ ı ə ß …) as Latin ones. */
struct ch_str ch_utf8_fold(struct ch_arena *a, struct ch_str s);
#endif
