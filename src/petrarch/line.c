#include "petrarch/line.h"
#include "base/day.h"

enum { YEAR_TURN = 30 };   /* "30" is 1930, "29" 2029 */

/* "030701", "20030701": a day; false where it is none. */
static bool read_day(struct ch_str s, int32_t *day)
{
	uint32_t y, m, d;

	s = ch_str_trim(s);
	if ((s.len != 6 && s.len != 8) || !ch_str_uint(ch_str_sub(s, 0, s.len - 4), &y) ||
	    !ch_str_uint(ch_str_sub(s, s.len - 4, s.len - 2), &m) || !ch_str_uint(ch_str_sub(s, s.len - 2, s.len), &d))
		return false;
	if (s.len == 6)
		y += y < YEAR_TURN ? 2000 : 1900;
	*day = ch_day_of((int)y, (int)m, (int)d);
	return *day != CH_NO_DAY;
}

bool ch_petrarch_read_code(struct ch_str s, struct ch_petrarch_code *c)
{
	size_t n = 0, dash;
	struct ch_str days;

	s = ch_str_trim(s);
	while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '\t' && s.ptr[n] != '<' && s.ptr[n] != '>')
		n++;
	c->code = ch_str_sub(s, 0, n);
	days = ch_str_trim(ch_str_sub(s, n, s.len));
	c->from = INT32_MIN;
	c->to = INT32_MAX;
	c->dated = days.len > 0;
	if (!days.len)
		return true;
	if (days.ptr[0] == '>')
		return read_day(ch_str_sub(days, 1, days.len), &c->from);
	if (days.ptr[0] == '<')
		return read_day(ch_str_sub(days, 1, days.len), &c->to);
	dash = ch_str_find_byte(days, '-', 0);
	return dash != CH_STR_NONE && read_day(ch_str_sub(days, 0, dash), &c->from) &&
	       read_day(ch_str_sub(days, dash + 1, days.len), &c->to) && c->from <= c->to;
}

struct ch_str ch_petrarch_uncomment(struct ch_str line, bool *markup)
{
	bool in = false;

	if (*markup || ch_str_find(line, CH_STR("<!--"), 0) != CH_STR_NONE) {   /* comments of the validation suite */
		*markup = ch_str_find(line, CH_STR("-->"), 0) == CH_STR_NONE;
		return CH_STR("");
	}
	for (size_t i = 0; i < line.len; i++) {
		in = line.ptr[i] == '[' || (in && line.ptr[i] != ']');
		if (!in && (line.ptr[i] == '#' || line.ptr[i] == ';'))
			return ch_str_trim(ch_str_sub(line, 0, i));
	}
	return ch_str_trim(line);
}

void ch_petrarch_marks_init(struct ch_petrarch_marks *marks, struct ch_arena *arena)
{
	*marks = (struct ch_petrarch_marks){ 0 };
	ch_map_init(&marks->names, arena);
}

bool ch_petrarch_mark(struct ch_petrarch_marks *marks, struct ch_arena *arena, struct ch_str line)
{
	size_t end;

	if (!line.len || line.ptr[0] != '!' || ch_str_find(line, CH_STR("! ="), 1) == CH_STR_NONE)
		return false;
	end = ch_str_find_byte(line, '!', 1);
	ch_map_put(&marks->names, ch_arena_str(arena, ch_str_sub(line, 1, end)), marks->values.n, NULL);
	*CH_PUSH(arena, &marks->values) = ch_str_sub(line, ch_str_find_byte(line, '=', end) + 1, line.len);
	return true;
}

bool ch_petrarch_expand(const struct ch_petrarch_marks *marks, struct ch_arena *arena, struct ch_str word, uint32_t turn,
			struct ch_str *out)
{
	size_t open = ch_str_find_byte(word, '!', 0), close = open == CH_STR_NONE ? open : ch_str_find_byte(word, '!', open + 1);
	struct ch_str mark, values, value = { 0 }, before, after;
	const uint32_t *at;
	bool inside;

	if (close == CH_STR_NONE) {
		*out = word;
		return turn == 0;
	}
	mark = ch_str_sub(word, open + 1, close);
	before = ch_str_sub(word, 0, open);
	after = ch_str_sub(word, close + 1, word.len);
	/* "AD!MINIST!RATIVE": one who replaced too much */
	inside = before.len && after.len && before.ptr[before.len - 1] >= 'A' && after.ptr[0] >= 'A' && after.ptr[0] <= 'Z';
	at = ch_map_get(&marks->names, mark);
	if (!at || inside) {
		*out = ch_arena_printf(arena, "%.*s%.*s%.*s", CH_STR_ARG(before), CH_STR_ARG(mark), CH_STR_ARG(after));
		return turn == 0;
	}
	values = marks->values.v[*at];
	for (uint32_t i = 0; i <= turn; i++)
		if (!ch_str_cut(&values, ',', &value))
			return false;
	*out = ch_arena_printf(arena, "%.*s%.*s%.*s", CH_STR_ARG(before), CH_STR_ARG(ch_str_trim(value)), CH_STR_ARG(after));
	return true;
}
