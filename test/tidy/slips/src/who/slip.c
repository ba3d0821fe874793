#include "event/frames.h"
#include "page/page_priv.h"
#include "base/str.h"
#include <string.h>

/* strcpy(a, b) in a comment is no call; nor is "atoi(x)" in a string */
static const char *const fine[] = { "atoi(x)", "{", ";" };
static const char *names[] = { "pointers can be turned" };
static int counter;
struct declared;
struct made { int a; const char *b; };
static struct { int a; } shared;
static const struct made kept = { .a = 1 };
static bool prototype(const char *s);
typedef int (*call)(void);

int slip(char *to, const char *from)
{
	static unsigned calls;
	static const char table[] = "abc";
	int local = 0;
	struct made m = { 1, "x" };

	calls++;
	strcpy(to, from); 
	return local + (int)strlen(table) + m.a;
}
