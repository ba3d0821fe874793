/* petrarch/line.h -- what the lines of TABARI's and PETRARCH's dictionaries have in common: comments, codes with days, and
 * marks of agents. Read by dict.c, to code with them, and by export/import_petrarch.c, to carry actors over. */
#ifndef CH_PETRARCH_LINE_H
#define CH_PETRARCH_LINE_H
#include "base/map.h"

struct ch_petrarch_code {
	struct ch_str code;
	int32_t from, to;   /* days; INT32_MIN, INT32_MAX: open */
	bool dated;
};

/* "AZEGOV 030804-031104", "HOB <950601", "HOBELI > 20130119": what stands between brackets. False where the days are none. */
bool ch_petrarch_read_code(struct ch_str s, struct ch_petrarch_code *c);

/* The line without its comment ("#" or ";" outside brackets, "<!-- … -->", which may run over lines) and blanks around it; empty:
 * nothing is left. *markup: whether a comment of the second kind is open; false before the first line. */
struct ch_str ch_petrarch_uncomment(struct ch_str line, bool *markup);

/* "!MINST! = MINISTER, MINISTRY": what a mark inside an agent stands for. */
struct ch_petrarch_marks {
	struct ch_map names;                /* "MINST" -> index of values */
	CH_VEC(struct ch_str) values;
};

void ch_petrarch_marks_init(struct ch_petrarch_marks *marks, struct ch_arena *arena);
/* Whether the line defines a mark; then it is taken. The line is lent. */
bool ch_petrarch_mark(struct ch_petrarch_marks *marks, struct ch_arena *arena, struct ch_str line);
/* The word with its mark replaced by the turn-th value, or as it is; false behind the last. */
bool ch_petrarch_expand(const struct ch_petrarch_marks *marks, struct ch_arena *arena, struct ch_str word, uint32_t turn,
			struct ch_str *out);
#endif
