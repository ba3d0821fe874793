/* cli/profiles.h -- what country, pair, person, show and why share: one JSON object from the store, printed for a person. */
#ifndef CH_CLI_PROFILES_H
#define CH_CLI_PROFILES_H
#include "cli.h"

/* Prints the object as JSON where asked for or piped, else by print; frees json. ok false: says error. Closes the store. */
int print_object(struct call *call, struct chancery_store *store, bool ok, char *json, const struct chancery_error *error,
		 void (*print)(struct call *call, const json_t *object));

void put_heading(const char *text);                        /* a line in bold, an empty one before it */
/* "CONSULT 12  SUPPORT 3 …", wrapped */
void put_counts(const json_t *list, const char *name);
/* "2018-05-03  visit  AZE → TUR  planned   sentence…" one line an event */
void put_events(const json_t *list, unsigned long long limit);
/* Offices by the lists, then by the pages with what conflicts; the latest `limit` of each (0: all). */
void put_offices(const json_t *list, unsigned long long limit);
void put_quotes(const json_t *list, unsigned long long limit);
unsigned long long limit_of(struct call *call, unsigned long long other);   /* --limit, or `other` */
#endif
