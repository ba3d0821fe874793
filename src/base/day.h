/* base/day.h -- calendar days as one number: days since 1970-01-01 in the proleptic Gregorian calendar.
 * Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". Years 1 to 9999. */
#ifndef CH_BASE_DAY_H
#define CH_BASE_DAY_H
#include "base/str.h"

typedef int32_t ch_day;
#define CH_NO_DAY INT32_MIN

struct ch_date {
	int year, month, day;   /* month and day from 1 */
};

bool ch_date_valid(int year, int month, int day);
int ch_month_days(int year, int month);                      /* 28 to 31 */
ch_day ch_day_of(int year, int month, int day);              /* CH_NO_DAY where there is no such date */
struct ch_date ch_date_of(ch_day day);
int ch_weekday(ch_day day);                                  /* 1 Monday … 7 Sunday, as ISO 8601 */
ch_day ch_day_parse(struct ch_str iso);                      /* "2018-04-09", more may follow; else CH_NO_DAY */
/* "2018-04-09" into out (16 bytes are enough); returns out. CH_NO_DAY gives "". */
const char *ch_day_print(ch_day day, char out[16]);
#endif
