#include "base/day.h"
#include <stdio.h>

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int ch_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool ch_date_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= ch_month_days(year, month);
}

ch_day ch_day_of(int year, int month, int day)
{
	int era, yoe, doy, doe;

	if (!ch_date_valid(year, month, day))
		return CH_NO_DAY;
	year -= month <= 2;
	era = year / 400;
	yoe = year - era * 400;
	doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

struct ch_date ch_date_of(ch_day z)
{
	int era, doe, yoe, doy, mp, month;

	z += 719468;
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	month = mp < 10 ? mp + 3 : mp - 9;
	return (struct ch_date){ yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

int ch_weekday(ch_day day)
{
	return (day % 7 + 7 + 3) % 7 + 1;
}

ch_day ch_day_parse(struct ch_str s)
{
	uint32_t y, m, d;

	if (s.len < 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || (s.len > 10 && s.ptr[10] >= '0' && s.ptr[10] <= '9'))
		return CH_NO_DAY;
	if (!ch_str_uint(ch_str_sub(s, 0, 4), &y) || !ch_str_uint(ch_str_sub(s, 5, 7), &m) ||
	    !ch_str_uint(ch_str_sub(s, 8, 10), &d))
		return CH_NO_DAY;
	return ch_day_of((int)y, (int)m, (int)d);
}

const char *ch_day_print(ch_day day, char out[16])
{
	struct ch_date d;

	out[0] = '\0';
	if (day == CH_NO_DAY)
		return out;
	d = ch_date_of(day);
	snprintf(out, 16, "%04u-%02u-%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100, (unsigned)d.day % 100);
	return out;
}
