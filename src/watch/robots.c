#include "watch/robots.h"
#include <stdlib.h>

enum { BYTES_MAX = 500 << 10, RULES_MAX = 10000, DELAY_MAX = 3600 };

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* One spelling for paths that mean the same (RFC 9309, 2.2.2): bytes beyond ASCII are written %XX, %xx in upper case, what need not be
 * escaped is not. */
static struct ch_str normal(struct ch_arena *arena, struct ch_str s)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = ch_arena_alloc(arena, 3 * s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool escaped = c == '%' && i + 2 < s.len && hex(s.ptr[i + 1]) >= 0 && hex(s.ptr[i + 2]) >= 0;

		if (escaped) {
			c = (unsigned char)(hex(s.ptr[i + 1]) * 16 + hex(s.ptr[i + 2]));
			i += 2;
		}
		if ((escaped && !unreserved(c)) || c >= 0x80 || c <= ' ') {
			out[n++] = '%';
			out[n++] = digits[c >> 4];
			out[n++] = digits[c & 15];
		} else {
			out[n++] = (char)c;
		}
	}
	return ch_str_n(out, n);
}

static double read_delay(struct ch_str s)
{
	char text[16] = "", *end;
	double d;

	memcpy(text, s.ptr, s.len < sizeof text - 1 ? s.len : sizeof text - 1);
	if (!s.len || s.ptr[0] < '0' || s.ptr[0] > '9')
		return 0;
	d = strtod(text, &end);
	return d > DELAY_MAX ? DELAY_MAX : d;
}

/* "chancery" of "Chancery/1.0": letters, "-" and "_". */
static struct ch_str token(struct ch_str s)
{
	size_t n = 0;

	while (n < s.len && ((s.ptr[n] | 0x20) >= 'a' && (s.ptr[n] | 0x20) <= 'z' ? true : s.ptr[n] == '-' || s.ptr[n] == '_'))
		n++;
	return ch_str_sub(s, 0, n);
}

/* The rules of all groups that name the agent ("*" where any is true); false where there is no such group. */
static bool read_groups(struct ch_robots *robots, struct ch_arena *arena, struct ch_str bytes, struct ch_str agent, bool any)
{
	bool in_agents = false, mine = false, found = false;
	struct ch_str line, name;

	while (ch_str_cut(&bytes, '\n', &line)) {
		size_t hash = ch_str_find_byte(line, '#', 0);

		/* a lone CR ends a line too */
		line = ch_str_trim(hash == CH_STR_NONE ? line : ch_str_sub(line, 0, hash));
		if (!ch_str_cut(&line, ':', &name))
			continue;
		name = ch_str_trim(name);
		line = ch_str_trim(line);
		if (ch_str_ieq(name, CH_STR("user-agent"))) {
			bool names_me = any ? ch_str_eqz(line, "*") : ch_str_ieq(token(line), agent);

			mine = names_me || (in_agents && mine);
			found = found || names_me;
			in_agents = true;
			continue;
		}
		if (ch_str_ieq(name, CH_STR("crawl-delay"))) {
			in_agents = false;
			if (mine && read_delay(line) > robots->delay)
				robots->delay = read_delay(line);
			continue;
		}
		if (!ch_str_ieq(name, CH_STR("allow")) && !ch_str_ieq(name, CH_STR("disallow")))
			continue;
		in_agents = false;
		/* An empty rule fits nothing. */
		if (mine && line.len && robots->rules.n < RULES_MAX)
			*CH_PUSH(arena, &robots->rules) =
				(struct ch_robots_rule){ normal(arena, line), ch_str_ieq(name, CH_STR("allow")) };
	}
	return found;
}

void ch_robots_read(struct ch_robots *robots, struct ch_arena *arena, struct ch_str bytes, struct ch_str agent)
{
	*robots = (struct ch_robots){ 0 };
	bytes = ch_str_sub(bytes, 0, BYTES_MAX);
	if (ch_str_starts(bytes, CH_STR("\xEF\xBB\xBF")))
		bytes = ch_str_sub(bytes, 3, bytes.len);
	if (!read_groups(robots, arena, bytes, agent, false))
		read_groups(robots, arena, bytes, agent, true);
}

/* Greedy, with one place to go back to: a later "*" makes earlier ones final. O(pattern × path) at worst. */
static bool fits(struct ch_str pattern, struct ch_str path)
{
	bool to_end = pattern.len && pattern.ptr[pattern.len - 1] == '$';
	size_t p = 0, s = 0, star = CH_STR_NONE, back = 0;

	if (to_end)
		pattern.len--;
	for (;;) {
		if (p == pattern.len && (!to_end || s == path.len))
			return true;
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = p++;
			back = s;
		} else if (p < pattern.len && s < path.len && pattern.ptr[p] == path.ptr[s]) {
			p++;
			s++;
		} else if (star != CH_STR_NONE && back < path.len) {
			p = star + 1;
			s = ++back;
		} else {
			return false;
		}
	}
}

bool ch_robots_allow(const struct ch_robots *robots, struct ch_arena *arena, struct ch_str path)
{
	enum { PATH_MAX_BYTES = 4096 };   /* of longer ones the beginning decides */
	size_t longest = 0;
	bool allow = true;

	path = normal(arena, ch_str_sub(path, 0, PATH_MAX_BYTES));
	if (ch_str_eqz(path, "/robots.txt"))
		return true;
	for (uint32_t i = 0; i < robots->rules.n; i++) {
		const struct ch_robots_rule *r = &robots->rules.v[i];

		if (r->pattern.len < longest || (r->pattern.len == longest && !r->allow && longest))
			continue;
		if (fits(r->pattern, path)) {
			longest = r->pattern.len;
			allow = r->allow;
		}
	}
	return allow;
}
