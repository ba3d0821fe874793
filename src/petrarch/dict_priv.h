/* petrarch/dict_priv.h -- the readers of dictionaries among themselves: dict.c (words, names), verbs.c, folder.c. */
#ifndef CH_PETRARCH_DICT_PRIV_H
#define CH_PETRARCH_DICT_PRIV_H
#include "petrarch/dict.h"

uint32_t ch_petrarch_intern(struct ch_petrarch *d, struct ch_str word, bool stem);
struct ch_petrarch_seq ch_petrarch_seq_of(struct ch_petrarch *d, struct ch_str text);
struct ch_str ch_petrarch_plural(struct ch_arena *arena, struct ch_str word);   /* in capitals, by the regular rules */
void ch_petrarch_lost(struct ch_petrarch *d, uint32_t file, uint32_t line, struct ch_str text, const char *why);
void ch_petrarch_read_verbs(struct ch_petrarch *d, uint32_t file, struct ch_str text);
#endif
