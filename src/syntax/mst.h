/* syntax/mst.h -- the best tree under arc scores, with exactly one word at the root.
 *
 * Most sentences need nothing: each word's best head already makes a tree. Otherwise Chu and Liu (1965), Edmonds (1967):
 * contract a cycle, go on, open it again. One root (Zmigrod et al. 2020): arcs from the root cost so much that the best
 * tree has one of them. O(n^2) per contracted cycle, so O(n^3) at worst; n is at most CH_SENTENCE_WORDS_MAX. */
#ifndef CH_SYNTAX_MST_H
#define CH_SYNTAX_MST_H
#include "base/arena.h"

struct ch_mst;

/* Buffers for sentences of up to n words. */
struct ch_mst *ch_mst_new(struct ch_arena *arena, uint32_t n);

/* score (n, stride): column 0 the root, column j + 1 word j as head of the row's word. head (n): 0 root, j + 1 word j.
 * n at least 1. */
void ch_mst(struct ch_mst *mst, const float *score, uint32_t n, uint32_t stride, uint32_t *head);
#endif
