/* Calendar days: every day of four centuries there and back, known weekdays, what is no date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/day.h"

/* The calendar counted by hand, day by day. */
static void test_every_day(void **state)
{
	int year = 1800, month = 1, day = 1, weekday = 3; /* 1 January 1800 was a Wednesday */
	ch_day n = ch_day_of(1800, 1, 1);

	(void)state;
	for (; year < 2200; n++) {
		struct ch_date d = ch_date_of(n);
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		int last = month == 2                                              ? (leap ? 29 : 28)
			   : month == 4 || month == 6 || month == 9 || month == 11 ? 30
										   : 31;

		if (d.year != year || d.month != month || d.day != day || ch_day_of(year, month, day) != n ||
		    ch_weekday(n) != weekday)
			fail_msg("%04d-%02d-%02d", year, month, day);
		assert_int_equal(ch_month_days(year, month), last);
		weekday = weekday % 7 + 1;
		if (day++ == last) {
			day = 1;
			if (month++ == 12) {
				month = 1;
				year++;
			}
		}
	}
}

static void test_known(void **state)
{
	(void)state;
	assert_int_equal(ch_day_of(1970, 1, 1), 0);
	assert_int_equal(ch_day_of(2000, 3, 1), 11017);
	assert_int_equal(ch_weekday(ch_day_of(1945, 10, 24)), 3); /* the UN Charter came into force on a Wednesday */
	assert_int_equal(ch_date_of(ch_day_of(1, 1, 1)).year, 1);
	assert_int_equal(ch_date_of(ch_day_of(9999, 12, 31)).day, 31);
}

static void test_none(void **state)
{
	(void)state;
	assert_int_equal(ch_day_of(2019, 2, 29), CH_NO_DAY);
	assert_int_equal(ch_day_of(1900, 2, 29), CH_NO_DAY);
	assert_int_equal(ch_day_of(2000, 13, 1), CH_NO_DAY);
	assert_int_equal(ch_day_of(2000, 0, 1), CH_NO_DAY);
	assert_int_equal(ch_day_of(0, 1, 1), CH_NO_DAY);
	assert_int_equal(ch_day_of(10000, 1, 1), CH_NO_DAY);
	assert_true(ch_date_valid(2000, 2, 29) && !ch_date_valid(2001, 4, 31));
}

static void test_text(void **state)
{
	static const struct {
		const char *s, *want;
	} cases[] = {
		{"2018-04-09", "2018-04-09"},
		{"2018-04-09T12:00:00Z", "2018-04-09"},
		{"2018-04-09 12:00", "2018-04-09"},
		{"0800-12-25", "0800-12-25"},
		{"2018-4-9", ""},
		{"2018-02-30", ""},
		{"2018-04-091", ""},
		{"20180409", ""},
		{"", ""},
		{"yyyy-mm-dd", ""},
		{"2018/04/09", ""},
	};
	char out[16];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(ch_day_print(ch_day_parse(ch_str_z(cases[i].s)), out), cases[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
