#include "page_test.h"

static void test_forms(void **state)
{
	static const struct { const char *in; int year, month, day; bool ambiguous; } t[] = {
		{ "09 April 2025 14:43", 2025, 4, 9, false },
		{ "February 22, 2022 4:05 p.m. (UTC+04:00)", 2022, 2, 22, false },
		{ "Published: 2019-07-03T10:11:12Z", 2019, 7, 3, false },
		{ "2019/07/03", 2019, 7, 3, false },
		{ "3.7.2019, 08:00", 2019, 7, 3, false },
		{ "22/02/2022", 2022, 2, 22, false },
		{ "02/22/2022", 2022, 2, 22, false },
		{ "03/04/2020", 2020, 4, 3, true },
		{ "Sept. 5th, 1978", 1978, 9, 5, false },
		{ "the 17th of September 1978", 1978, 9, 17, false },
		{ "17-Sep-1978", 1978, 9, 17, false },
		{ "Sunday, 17 September, 1978", 1978, 9, 17, false },
		{ "17. September 1978", 1978, 9, 17, false },
		{ "12. M\xc3\xa4rz 1990", 1990, 3, 12, false },
		{ "December 22", 0, 12, 22, false },
		{ "22 December", 0, 12, 22, false },
		{ "May 14:30, 7 June 2001", 2001, 6, 7, false },
		{ "10:55 EDT, 7 May 2020", 2020, 5, 7, false },
	};
	static const char *const none[] = { "", "in May", "14:43", "version 1.2.3.4", "31 February 2020", "2020", "40/40/2020", "chapter 3-4",
					    "1234567 May" };
	struct fixture *f = *state;
	struct page_date d;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		if (!page_date_find(f->lex, ch_str_z(t[i].in), 0, &d))
			fail_msg("no date in '%s'", t[i].in);
		if (d.year != t[i].year || d.month != t[i].month || d.day != t[i].day || d.ambiguous != t[i].ambiguous)
			fail_msg("'%s' read as %d-%d-%d %d", t[i].in, d.year, d.month, d.day, d.ambiguous);
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (page_date_find(f->lex, ch_str_z(none[i]), 0, &d))
			fail_msg("'%s' read as %d-%d-%d", none[i], d.year, d.month, d.day);
}

static void test_url(void **state)
{
	static const struct { const char *in, *day; } t[] = {
		{ "https://example.org/2018/04/09/story", "2018-04-09" },
		{ "https://example.org/news/2018-4-9-story", "2018-04-09" },
		{ "https://example.org/a/20180409/1", "2018-04-09" },
		{ "https://example.org/2018/04/story", "" },
		{ "https://example.org/2018/13/09/story", "" },
		{ "https://example.org/id/120180409", "" },
		{ "https://example.org/id/201804091", "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		assert_string_equal(day_z(f, page_date_of_url(ch_str_z(t[i].in))), t[i].day);
}

static void test_datelines(void **state)
{
	static const struct { const char *in, *place, *agency, *rest; int month, day; } t[] = {
		{ "VIENNA, Austria, June 9. The final act was signed.", "VIENNA, Austria", "", "The final act was signed.", 6, 9 },
		{ "MOSCOW, July 5 /TASS/. The envoys met.", "MOSCOW", "TASS", "The envoys met.", 7, 5 },
		{ "MOSCOW, July 5. /TASS/. The envoys met.", "MOSCOW", "TASS", "The envoys met.", 7, 5 },
		{ "WASHINGTON (Reuters) - The envoys met.", "WASHINGTON", "Reuters", "The envoys met.", 0, 0 },
		{ "LONDON, May 3 (Reuters) \xe2\x80\x93 The envoys met.", "LONDON", "Reuters", "The envoys met.", 5, 3 },
		{ "Baku. 5 July. REPORT.AZ/ The envoys met.", "Baku", "Report", "The envoys met.", 7, 5 },
		{ "ISLAMABAD, Jul 05 (APP): The envoys met.", "ISLAMABAD", "APP", "The envoys met.", 7, 5 },
		{ "BEIJING, Oct. 1 (Xinhua) -- The envoys met.", "BEIJING", "Xinhua", "The envoys met.", 10, 1 },
		{ "GENEVA \xe2\x80\x94 The envoys met.", "GENEVA", "", "The envoys met.", 0, 0 },
		{ "Tehran, IRNA \xe2\x80\x93 The envoys met.", "Tehran", "IRNA", "The envoys met.", 0, 0 },
		{ "Geneva, May 3, 1954 - \xe2\x80\x9cThe talks go on,\xe2\x80\x9d he said.", "Geneva", "", "\xe2\x80\x9cThe talks go on,\xe2\x80\x9d he said.", 5, 3 },
		{ "Helsinki, August 1, AZERTAC", "Helsinki", "AZERTAC", "", 8, 1 },
		{ "date 1975-08-01 HELSINKI, Finland, August 1. The act was signed.", "HELSINKI, Finland", "", "The act was signed.", 8, 1 },
		{ "Azerbaijan, Baku, Jan. 7 /corr. Trend J. Roe/ The envoys met.", "Azerbaijan, Baku", "Trend", "The envoys met.", 1, 7 },
		{ "Baku. Jane Roe \xe2\x80\x93 APA. The envoys met.", "Baku", "APA", "The envoys met.", 0, 0 },
		{ "LENNEBURG, MAY 4, 2018, LENNEPRESS. The envoys met.", "LENNEBURG", "LENNEPRESS", "The envoys met.", 5, 4 },
		{ "Havana, May 5 (Prensa Latina) The envoys met.", "Havana", "Prensa Latina", "The envoys met.", 5, 5 },
		{ "Lenneburg (LenneDaily.com) \xe2\x80\x93 The envoys met.", "Lenneburg", "LenneDaily.com", "The envoys met.", 0, 0 },
		{ "WASHINGTON, D.C. \xe2\x80\x93 The envoys met.", "WASHINGTON, D.C.", "", "The envoys met.", 0, 0 },
		{ "LENNEBURG, June 4, LPA", "LENNEBURG", "LPA", "", 6, 4 },
		{ "(Geneva, 8 March 2008)  The envoys met.", "Geneva", "", "The envoys met.", 3, 8 },
		/* no datelines */
		{ "(In May 2008 the envoys met.) They met again.", NULL, NULL, NULL, 0, 0 },
		{ "Lenne Report", NULL, NULL, NULL, 0, 0 },
		{ "Lenne Trend \xe2\x80\x93 The envoys met.", NULL, NULL, NULL, 0, 0 },
		{ "The envoys met on July 5. They spoke.", NULL, NULL, NULL, 0, 0 },
		{ "On July 5, the envoys met.", NULL, NULL, NULL, 0, 0 },
		{ "President Osman Daro met the envoys on July 5. They spoke.", NULL, NULL, NULL, 0, 0 },
		{ "Vienna \xe2\x80\x93 the capital of Austria \xe2\x80\x93 was the seat.", NULL, NULL, NULL, 0, 0 },
		{ "Geneva - The talks", NULL, NULL, NULL, 0, 0 },
		{ "July 5, 1954 was the day.", NULL, NULL, NULL, 0, 0 },
		{ "", NULL, NULL, NULL, 0, 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ch_str s = ch_str_z(t[i].in);
		struct page_dateline d = page_dateline_read(f->lex, s);

		if (!t[i].rest) {
			if (d.end)
				fail_msg("'%s' has no dateline, but %u bytes were read as one", t[i].in, d.end);
			continue;
		}
		if (!d.end)
			fail_msg("no dateline in '%s'", t[i].in);
		assert_string_equal(z(f, d.place), t[i].place);
		assert_string_equal(z(f, d.agency), t[i].agency);
		assert_string_equal(z(f, ch_str_trim(ch_str_sub(s, d.end, s.len))), t[i].rest);
		assert_int_equal(d.date.month, t[i].month);
		assert_int_equal(d.date.day, t[i].day);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_url),
		cmocka_unit_test(test_datelines),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
