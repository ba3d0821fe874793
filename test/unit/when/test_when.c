/* The when stage: what is found, its TIMEX3 value and, in brackets, its date ("by": a bound). Published on Monday,
 * 20 August 2018, where the table gives a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "doc/conllu.h"
#include "text/text.h"
#include "when/when.h"

static const struct {
	const char *published, *text, *want;
} cases[] = {
	/* whole dates */
	{"2018-08-20", "It was signed on 12 May 2009.", "12 May 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on May 12, 2009.", "May 12, 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on May 12th, 2009 in Bonn.", "May 12th, 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on the 12th of May 2009.", "the 12th of May 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on 12 May, 2009.", "12 May, 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on Sept. 11, 2001.", "Sept. 11, 2001=2001-09-11 [2001-09-11]"},
	{"2018-08-20", "It was signed on Tuesday, 12 May 2009.", "Tuesday, 12 May 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on Tuesday, May 12, 2009, in Bonn.",
	 "Tuesday, May 12, 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on 2009-05-12.", "2009-05-12=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on 12.05.2009.", "12.05.2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "It was signed on 25/12/2009.", "25/12/2009=2009-12-25 [2009-12-25]"},
	{"2018-08-20", "It was signed on 12/25/2009.", "12/25/2009=2009-12-25 [2009-12-25]"},
	{"2018-08-20", "It was signed on 05/05/2009.", "05/05/2009=2009-05-05 [2009-05-05]"},
	{"2018-08-20", "It was signed on 03/04/2009.", "03/04/2009=2009 [2009]"},
	{"2018-08-20", "The May 12, 2009 accord held.", "The May 12, 2009=2009-05-12 [2009-05-12]"},
	{"2018-08-20", "The 10 November 2020 statement held.", "The 10 November 2020=2020-11-10 [2020-11-10]"},
	{"2018-08-20", "He was born on 24th of October 1945.", "24th of October 1945=1945-10-24 [1945-10-24]"},
	{"2018-08-20", "It was signed on 31 June 2009.", "June 2009=2009-06 [2009-06]"},
	{"2018-08-20", "It was signed on 29 February 2016.", "29 February 2016=2016-02-29 [2016-02-29]"},
	{"2018-08-20", "On January 8 of last year they met.", "January 8 of last year=2017-01-08 [2017-01-08]"},
	/* months and years */
	{"2018-08-20", "In April, 2018 they met.", "April, 2018=2018-04 [2018-04]"},
	{"2018-08-20", "In March 2018 they met.", "March 2018=2018-03 [2018-03]"},
	{"2018-08-20", "In early March 2018 they met.", "early March 2018=2018-03 [2018-03]"},
	{"2018-08-20", "In the middle of October 2017 they met.", "the middle of October 2017=2017-10 [2017-10]"},
	{"2018-08-20", "In late November they met.", "late November=2017-11 [2017-11]"},
	{"2018-08-20", "In March they met.", "March=2018-03 [2018-03]"},
	{"2018-08-20", "In September they will meet.", "September=2018-09 [2018-09]"},
	{"2018-08-20", "He met her in December.", "December=2017-12 [2017-12]"},
	{"2018-08-20", "It opened in 2011.", "2011=2011 [2011]"},
	{"2018-08-20", "In 1648 peace came.", "1648=1648 [1648]"},
	{"2018-08-20", "The 1956 uprising failed.", "The 1956=1956 [1956]"},
	{"2018-08-20", "In the year 2000 it ended.", "the year 2000=2000 [2000]"},
	{"2018-08-20", "Fiscal 2017 was good.", "Fiscal 2017=2017 [2017]"},
	{"2018-08-20", "By mid-2019 it will be over.", "mid-2019=2019 [by 2019]"},
	{"2018-08-20", "It began in mid-November.", "mid-November=2017-11 [2017-11]"},
	{"2018-08-20", "In nineteen ninety-six it ended.", "nineteen ninety-six=1996 [1996]"},
	{"2018-08-20", "January was cold.", "January=2018-01 [2018-01]"},
	{"2018-08-20", "They met in Jan. 2017.", "Jan. 2017=2017-01 [2017-01]"},
	{"2018-08-20", "In July last year they met.", "July last year=2017-07 [2017-07]"},
	{"2018-08-20", "The January 2018 meeting was held.", "The January 2018=2018-01 [2018-01]"},
	{"2018-08-20", "He visited Rome in February and June 2017.",
	 "February=2017-02 [2017-02]; June 2017=2017-06 [2017-06]"},
	{"2018-08-20", "Throughout 2017 they met.", "2017=2017 [2017]"},
	/* partial days */
	{"2018-08-20", "The summit opened on August 12.", "August 12=2018-08-12 [2018-08-12]"},
	{"2018-08-20", "The next meeting will be held on September 26.", "September 26=2018-09-26 [2018-09-26]"},
	{"2018-08-20", "They met on December 10.", "December 10=2017-12-10 [2017-12-10]"},
	{"2018-08-20", "In 2015, they met on December 10.", "2015=2015 [2015]; December 10=2015-12-10 [2015-12-10]"},
	{"2018-08-20", "They met on Feb. 21.", "Feb. 21=2018-02-21 [2018-02-21]"},
	{"2018-08-20", "The fair opened on 3 June.", "3 June=2018-06-03 [2018-06-03]"},
	{"2018-08-20", "The envoys met on the 3rd of June.", "the 3rd of June=2018-06-03 [2018-06-03]"},
	{"2018-08-20", "March 5th was the day.", "March 5th=2018-03-05 [2018-03-05]"},
	{"2018-08-20", "A letter of 19 August was read.", "19 August=2018-08-19 [2018-08-19]"},
	{"2018-08-20", "It is to be handed over by Aug. 31.", "Aug. 31=2018-08-31 [by 2018-08-31]"},
	{"2018-08-20", "On 29 February they met.", "29 February=2016-02-29 [2016-02-29]"},
	{"2018-08-20", "The November 10 statement held.", "The November 10=2017-11-10 [2017-11-10]"},
	{"2018-08-20", "On Friday, August 17, they met.", "Friday, August 17=2018-08-17 [2018-08-17]"},
	{"2018-08-20", "In 2014 he left. On 3 May he came back.", "2014=2014 [2014]; 3 May=2014-05-03 [2014-05-03]"},
	{"2018-08-20", "He went on 3 May, 4 June and 5 July 2016.",
	 "3 May=2016-05-03 [2016-05-03]; 4 June=2016-06-04 [2016-06-04]; 5 July 2016=2016-07-05 [2016-07-05]"},
	{"2018-08-20", "Envoys arrived on 1 January.", "1 January=2018-01-01 [2018-01-01]"},
	/* ranges */
	{"2018-08-20", "It ran from 3 to 5 June.", "3 to 5 June=2018-06-03/2018-06-05 [2018-06-03/2018-06-05]"},
	{"2018-08-20", "It ran from 12–14 May.", "12–14 May=2018-05-12/2018-05-14 [2018-05-12/2018-05-14]"},
	{"2018-08-20", "It ran on May 12-14, 2018.", "May 12-14, 2018=2018-05-12/2018-05-14 [2018-05-12/2018-05-14]"},
	{"2018-08-20", "It ran on 12-14 May 2017.", "12-14 May 2017=2017-05-12/2017-05-14 [2017-05-12/2017-05-14]"},
	{"2018-08-20", "It ran from 30 May to 2 June 2018.",
	 "30 May to 2 June 2018=2018-05-30/2018-06-02 [2018-05-30/2018-06-02]"},
	{"2018-08-20", "It ran from May 30 to June 2.",
	 "May 30 to June 2=2018-05-30/2018-06-02 [2018-05-30/2018-06-02]"},
	{"2018-08-20", "Between 1994 and 2003 he governed.", "1994 and 2003=1994/2003 [1994/2003]"},
	{"2018-08-20", "He chaired it in 2019-2022.", "2019-2022=2019/2022 [2019/2022]"},
	{"2018-08-20", "The 2018-19 season ended.", "The 2018-19=2018/2019 [2018/2019]"},
	{"2018-08-20", "The 2019/20 term begins.", "The 2019/20=2019/2020 [2019/2020]"},
	{"2018-08-20", "From 2018 to 2020 they met.", "2018 to 2020=2018/2020 [2018/2020]"},
	{"2018-08-20", "On 5 and 6 June they met.", "5 and 6 June=2018-06-05/2018-06-06 [2018-06-05/2018-06-06]"},
	{"2018-08-20", "On April 5 and 6, 2017 they met.",
	 "April 5 and 6, 2017=2017-04-05/2017-04-06 [2017-04-05/2017-04-06]"},
	{"2018-08-20", "In January-March 2018 exports rose.", "January-March 2018=2018-01/2018-03 [2018-01/2018-03]"},
	{"2018-08-20", "Between January and June exports rose.", "January and June=2018-01/2018-06 [2018-01/2018-06]"},
	{"2018-08-20", "From 28 December to 3 January 2018 they met.",
	 "28 December to 3 January 2018=2017-12-28/2018-01-03 [2017-12-28/2018-01-03]"},
	{"2018-08-20", "From Monday to Wednesday they met.",
	 "Monday to Wednesday=2018-08-20/2018-08-22 [2018-08-20/2018-08-22]"},
	{"2018-08-20", "They have met since 1992.", "1992=1992 [1992/2018]"},
	{"2018-08-20", "Since May 2017 they have met.", "May 2017=2017-05 [2017-05/2018-08]"},
	{"2018-08-20", "The house stood from 1914 until 1918.", "1914 until 1918=1914/1918 [1914/1918]"},
	/* relative to publication */
	{"2018-08-20", "They met yesterday.", "yesterday=2018-08-19 [2018-08-19]"},
	{"2018-08-20", "They meet today.", "today=2018-08-20 [2018-08-20]"},
	{"2018-08-20", "They meet tomorrow.", "tomorrow=2018-08-21 [2018-08-21]"},
	{"2018-08-20", "They met the day before yesterday.", "the day before yesterday=2018-08-18 [2018-08-18]"},
	{"2018-08-20", "They met last week.", "last week=2018-W33 [2018-08-13/2018-08-19]"},
	{"2018-08-20", "They meet this week.", "this week=2018-W34 [2018-08-20/2018-08-26]"},
	{"2018-08-20", "They meet next week.", "next week=2018-W35 [2018-08-27/2018-09-02]"},
	{"2018-08-20", "They met last month.", "last month=2018-07 [2018-07]"},
	{"2018-08-20", "They meet next month.", "next month=2018-09 [2018-09]"},
	{"2018-08-20", "They met last year.", "last year=2017 [2017]"},
	{"2018-08-20", "This year they met.", "This year=2018 [2018]"},
	{"2018-08-20", "Next year they meet.", "Next year=2019 [2019]"},
	{"2018-08-20", "Late last year they met.", "Late last year=2017 [2017]"},
	{"2018-08-20", "Earlier this year they met.", "Earlier this year=2018 [2018]"},
	{"2018-08-20", "At the beginning of next year they meet.", "the beginning of next year=2019 [2019]"},
	{"2018-08-20", "Last summer they met.", "Last summer=2017-SU [2017-06/2017-08]"},
	{"2018-08-20", "This autumn they meet.", "This autumn=2018-FA [2018-09/2018-11]"},
	{"2018-08-20", "Last March they met.", "Last March=2018-03 [2018-03]"},
	{"2018-08-20", "Next March they meet.", "Next March=2019-03 [2019-03]"},
	{"2018-08-20", "Last night they met.", "Last night=2018-08-19TNI [2018-08-19]"},
	{"2018-08-20", "They meet tonight.", "tonight=2018-08-20TNI [2018-08-20]"},
	{"2018-08-20", "This morning they met.", "This morning=2018-08-20TMO [2018-08-20]"},
	{"2018-08-20", "Two days ago they met.", "Two days ago=2018-08-18 [2018-08-18]"},
	{"2018-08-20", "Ten days ago they met.", "Ten days ago=2018-08-10 [2018-08-10]"},
	{"2018-08-20", "Three weeks ago they met.", "Three weeks ago=2018-W31 [2018-07-30/2018-08-05]"},
	{"2018-08-20", "Five months ago they met.", "Five months ago=2018-03 [2018-03]"},
	{"2018-08-20", "Two years ago they met.", "Two years ago=2016 [2016]"},
	{"2018-08-20", "A decade ago they met.", "A decade ago=2008 [2008]"},
	{"2018-08-20", "A century ago they met.", "A century ago=1918 [1918]"},
	{"2018-08-20", "Nearly four years ago they met.", "Nearly four years ago=2014 [2014]"},
	{"2018-08-20", "Several years ago they met.", "Several years ago=PAST_REF"},
	{"2018-08-20", "They meet two months from now.", "two months from now=2018-10 [2018-10]"},
	{"2018-08-20", "They met over the weekend.", "the weekend=2018-W33-WE [2018-08-18/2018-08-19]"},
	{"2018-08-20", "They met last weekend.", "last weekend=2018-W33-WE [2018-08-18/2018-08-19]"},
	{"2018-08-20", "Peace will come by the end of the year.", "the end of the year=2018 [by 2018]"},
	{"2018-08-20", "It must be done before the end of next month.", "the end of next month=2018-09 [by 2018-09]"},
	{"2018-08-20", "The current year is hard.", "The current year=2018 [2018]"},
	{"2018-08-20", "The last decade was hard.", "The last decade=200 [2000/2009]"},
	{"2018-08-20", "They met at the end of last week.", "the end of last week=2018-W33 [2018-08-13/2018-08-19]"},
	/* weekdays */
	{"2018-08-20", "He visited Rome on Friday.", "Friday=2018-08-17 [2018-08-17]"},
	{"2018-08-20", "He will visit Rome on Friday.", "Friday=2018-08-24 [2018-08-24]"},
	{"2018-08-20", "He visited Rome on Monday.", "Monday=2018-08-20 [2018-08-20]"},
	{"2018-08-20", "He will visit Rome on Monday.", "Monday=2018-08-20 [2018-08-20]"},
	{"2018-08-20", "Last Friday he left.", "Last Friday=2018-08-17 [2018-08-17]"},
	{"2018-08-20", "Last Monday he left.", "Last Monday=2018-08-13 [2018-08-13]"},
	{"2018-08-20", "Next Friday he leaves.", "Next Friday=2018-08-24 [2018-08-24]"},
	{"2018-08-20", "Next Monday he leaves.", "Next Monday=2018-08-27 [2018-08-27]"},
	{"2018-08-20", "Friday's talks failed.", "Friday=2018-08-17 [2018-08-17]"},
	{"2018-08-20", "He is due to arrive on Wednesday.", "Wednesday=2018-08-22 [2018-08-22]"},
	{"2018-08-20", "It must be signed before Friday.", "Friday=2018-08-24 [by 2018-08-24]"},
	{"2018-08-20", "By Friday they had signed.", "Friday=2018-08-17 [by 2018-08-17]"},
	{"2018-08-20", "On Saturday and Sunday they rested.",
	 "Saturday=2018-08-18 [2018-08-18]; Sunday=2018-08-19 [2018-08-19]"},
	{"2018-08-20", "They met on Friday morning.", "Friday morning=2018-08-17TMO [2018-08-17]"},
	{"2018-08-20", "The Bloody Sunday inquiry ended.", ""},
	{"2018-08-20", "On Fridays they rest.", "Fridays=XXXX-WXX-5"},
	/* leaning on the text */
	{"2018-08-20", "On 2 March 2014 he left. The same day she came.",
	 "2 March 2014=2014-03-02 [2014-03-02]; The same day=2014-03-02 [2014-03-02]"},
	{"2018-08-20", "On 2 March 2014 he left. The following day she came.",
	 "2 March 2014=2014-03-02 [2014-03-02]; The following day=2014-03-03 [2014-03-03]"},
	{"2018-08-20", "On 2 March 2014 he left. The next day she came.",
	 "2 March 2014=2014-03-02 [2014-03-02]; The next day=2014-03-03 [2014-03-03]"},
	{"2018-08-20", "On 2 March 2014 he left. She had come the day before.",
	 "2 March 2014=2014-03-02 [2014-03-02]; the day before=2014-03-01 [2014-03-01]"},
	{"2018-08-20", "On 2 March 2014 he left. A week later she came.",
	 "2 March 2014=2014-03-02 [2014-03-02]; A week later=2014-W10 [2014-03-03/2014-03-09]"},
	{"2018-08-20", "In 2014 he left. A year earlier she came.", "2014=2014 [2014]; A year earlier=2013 [2013]"},
	{"2018-08-20", "In 2014 he left. That year she came.", "2014=2014 [2014]; That year=2014 [2014]"},
	{"2018-08-20", "In May 2014 he left. Two months later she came.",
	 "May 2014=2014-05 [2014-05]; Two months later=2014-07 [2014-07]"},
	{"2018-08-20", "In the third quarter of 2017 it fell; a year earlier it rose.",
	 "the third quarter of 2017=2017-Q3 [2017-07/2017-09]; a year earlier=2016-Q3 [2016-07/2016-09]"},
	/* quarters, seasons, decades */
	{"2018-08-20", "In the second quarter of 2018 it rose.",
	 "the second quarter of 2018=2018-Q2 [2018-04/2018-06]"},
	{"2018-08-20", "Q3 2017 was bad.", "Q3 2017=2017-Q3 [2017-07/2017-09]"},
	{"2018-08-20", "In the first half of 2017 it rose.", "the first half of 2017=2017-H1 [2017-01/2017-06]"},
	{"2018-08-20", "In the second half of the year it rose.",
	 "the second half of the year=2018-H2 [2018-07/2018-12]"},
	{"2018-08-20", "In the spring of 1968 they marched.", "the spring of 1968=1968-SP [1968-03/1968-05]"},
	{"2018-08-20", "In summer 2014 they met.", "summer 2014=2014-SU [2014-06/2014-08]"},
	{"2018-08-20", "In the 1990s they met.", "the 1990s=199 [1990/1999]"},
	{"2018-08-20", "In the late 1970s they met.", "the late 1970s=197 [1970/1979]"},
	{"2018-08-20", "In the nineties they met.", "the nineties=199 [1990/1999]"},
	{"2018-08-20", "In the '80s they met.", "the '80s=198 [1980/1989]"},
	{"2018-08-20", "In the 19th century they met.", "the 19th century=18 [1801/1900]"},
	{"2018-08-20", "In the late 18th century they met.", "the late 18th century=17 [1701/1800]"},
	{"2018-08-20", "In the third quarter it rose.", "the third quarter=2018-Q3 [2018-07/2018-09]"},
	/* times of day */
	{"2018-08-20", "It began at 10 a.m. on Wednesday, 15 August 2018.",
	 "10 a.m. on Wednesday, 15 August 2018=2018-08-15T10:00 [2018-08-15]"},
	{"2018-08-20", "It began on 15 August 2018 at 4:30 p.m. sharp.",
	 "15 August 2018 at 4:30 p.m.=2018-08-15T16:30 [2018-08-15]"},
	{"2018-08-20", "It began at noon on 3 May 2018.", "noon on 3 May 2018=2018-05-03T12:00 [2018-05-03]"},
	{"2018-08-20", "At midnight Friday it ended.", "midnight Friday=2018-08-17T24:00 [2018-08-17]"},
	{"2018-08-20", "The guns fell silent at 17:00 local time.", "17:00 local time=XXXX-XX-XXT17:00"},
	{"2018-08-20", "They met on 3 May 2018 in the evening.",
	 "3 May 2018 in the evening=2018-05-03TEV [2018-05-03]"},
	/* durations and sets */
	{"2018-08-20", "It lasted for four years.", "four years=P4Y"},
	{"2018-08-20", "It lasted two and a half hours.", "two and a half hours=PT2H30M"},
	{"2018-08-20", "It lasted 3.5 years.", "3.5 years=P3Y6M"},
	{"2018-08-20", "It lasted 2 1/2 years.", "2 1/2 years=P2Y6M"},
	{"2018-08-20", "It lasted half a year.", "half a year=P6M"},
	{"2018-08-20", "It lasted a week.", "a week=P1W"},
	{"2018-08-20", "It lasted twenty-five days.", "twenty-five days=P25D"},
	{"2018-08-20", "It lasted two decades.", "two decades=P20Y"},
	{"2018-08-20", "It lasted several months.", "several months=PXM"},
	{"2018-08-20", "It lasted for years.", "years=PXY"},
	{"2018-08-20", "A two-hour meeting was held.", "two-hour=PT2H"},
	{"2018-08-20", "A five-day visit began.", "five-day=P5D"},
	{"2018-08-20", "In the past two years they met.", "the past two years=P2Y"},
	{"2018-08-20", "For the first nine months it rose.", "the first nine months=P9M"},
	{"2018-08-20", "More than three weeks passed.", "More than three weeks=P3W"},
	{"2018-08-20", "In three to four days it ends.", "three to four days=P4D"},
	{"2018-08-20", "They meet every year.", "every year=P1Y"},
	{"2018-08-20", "They meet each month.", "each month=P1M"},
	{"2018-08-20", "They meet every two years.", "every two years=P2Y"},
	{"2018-08-20", "They meet every Monday.", "every Monday=XXXX-WXX-1"},
	{"2018-08-20", "They meet daily.", "daily=P1D"},
	{"2018-08-20", "He is 30 years old.", ""},
	{"2018-08-20", "The 30-year-old envoy left.", ""},
	/* vague and none */
	{"2018-08-20", "They are now at peace.", "now=PRESENT_REF"},
	{"2018-08-20", "They are currently at peace.", "currently=PRESENT_REF"},
	{"2018-08-20", "They recently met.", "recently=PAST_REF"},
	{"2018-08-20", "They will soon meet.", "soon=FUTURE_REF"},
	{"2018-08-20", "In the near future they meet.", "the near future=FUTURE_REF"},
	{"2018-08-20", "In recent years they met.", "recent years=PAST_REF"},
	{"2018-08-20", "He is today one of them.", "today=PRESENT_REF"},
	{"2018-08-20", "Theresa May left.", ""},
	{"2018-08-20", "You may march.", ""},
	{"2018-08-20", "They may meet again and sit in the sun.", ""},
	{"2018-08-20", "The second envoy fell ill in the fall.", ""},
	{"2018-08-20", "Agenda 2030 and COP29 were discussed.", ""},
	{"2018-08-20", "Wave-2024 was a drill.", ""},
	{"2018-08-20", "About 2000 people and 1500 troops came.", ""},
	{"2018-08-20", "Resolution 1973 passed.", ""},
	{"2018-08-20", "It lies 2018 metres up and costs $2018.", ""},
	{"2018-08-20", "The vote was 12-5 on 3.5 points.", ""},
	{"2018-08-20", "April Stone met June Falk.", ""},
	{"2018-08-20", "May peace come.", ""},
	/* holidays */
	{"2018-08-20", "On Christmas Day 2014 they met.", "Christmas Day 2014=2014-12-25 [2014-12-25]"},
	{"2018-08-20", "On Christmas Eve they met.", "Christmas Eve=2017-12-24 [2017-12-24]"},
	{"2018-08-20", "On New Year's Eve they met.", "New Year's Eve=2017-12-31 [2017-12-31]"},
	{"2018-08-20", "On Thanksgiving Day they met.", "Thanksgiving Day=2017-11-23 [2017-11-23]"},
	/* stories */
	{"2018-08-20", "On September 5, 1774, they met. On October 20 they signed.",
	 "September 5, 1774=1774-09-05 [1774-09-05]; October 20=1774-10-20 [1774-10-20]"},
	{"2018-08-20", "It was signed on May 5, 2011. On August 18 they met again.",
	 "May 5, 2011=2011-05-05 [2011-05-05]; August 18=2018-08-18 [2018-08-18]"},
	{"2018-08-20", "He spoke in 1766. The next year he left.", "1766=1766 [1766]; The next year=1767 [1767]"},
	{"2018-08-20", "The Seven Years' War ended.", ""},
	{"2018-08-20", "Talks are set for August and October of 2015.",
	 "August=2015-08 [2015-08]; October of 2015=2015-10 [2015-10]"},
	{"2018-08-20", "In 1784–1800 they quarrelled.", "1784–1800=1784/1800 [1784/1800]"},
	/* no day of publication */
	{"", "They met on Monday.", "Monday=XXXX-WXX-1"},
	{"", "They met on 3 May.", "3 May=XXXX-05-03"},
	{"", "They met in May.", "May=XXXX-05"},
	{"", "They met last year.", "last year=XXXX"},
	{"", "They met yesterday.", "yesterday=XXXX-XX-XX"},
	{"", "They met two years ago.", "two years ago=XXXX"},
	{"", "They met on 3 May 2014.", "3 May 2014=2014-05-03 [2014-05-03]"},
	{"", "In the third quarter it rose.", "the third quarter=XXXX-Q3"},
	{"", "It lasted two years.", "two years=P2Y"},
};

static struct ch_doc read_times(struct ch_arena *arena, const char *published, const char *text)
{
	struct ch_doc doc;
	struct ch_err err = {{0}};

	if (!ch_doc_from_text(&doc, arena, ch_str_z(text), false, &err))
		fail_msg("%s", err.text);
	doc.meta.published = ch_day_parse(ch_str_z(published));
	if (!ch_text(NULL, &doc, &err) || !ch_when(NULL, &doc, &err))
		fail_msg("%s", err.text);
	assert_null(ch_doc_check(&doc));
	assert_null(ch_when_check(&doc));
	return doc;
}

static void print_times(const struct ch_doc *doc, char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < doc->times.n; i++) {
		const struct ch_time *t = &doc->times.v[i];

		n += (size_t)snprintf(out + n, size - n, "%s%.*s=%.*s", i ? "; " : "",
				      CH_STR_ARG(ch_doc_str(doc, t->span)), CH_STR_ARG(t->value));
		if (t->date.len)
			n += (size_t)snprintf(out + n, size - n, " [%s%.*s]", t->deadline ? "by " : "",
					      CH_STR_ARG(t->date));
		assert_true(n < size);
	}
}

static void test_cases(void **state)
{
	struct ch_arena arena = {0};
	char got[1024];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_doc doc = read_times(&arena, cases[i].published, cases[i].text);

		print_times(&doc, got, sizeof got);
		if (strcmp(got, cases[i].want))
			fail_msg("%s\n  got  %s\n  want %s", cases[i].text, got, cases[i].want);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
}

/* lo and hi are the first and last day meant, kind and basis say what and whence. */
static void test_days(void **state)
{
	static const struct {
		const char *text, *lo, *hi, *basis;
		enum ch_time_kind kind;
	} days[] = {
		{"They met on 12 May 2009.", "2009-05-12", "2009-05-12", "said", CH_TIME_DATE},
		{"They met on 12 May.", "2018-05-12", "2018-05-12", "resolved", CH_TIME_DATE},
		{"They met in February 2016.", "2016-02-01", "2016-02-29", "said", CH_TIME_DATE},
		{"They met last week.", "2018-08-13", "2018-08-19", "resolved", CH_TIME_DATE},
		{"They met over the weekend.", "2018-08-18", "2018-08-19", "resolved", CH_TIME_DATE},
		{"They met in the fourth quarter of 2017.", "2017-10-01", "2017-12-31", "said", CH_TIME_DATE},
		{"They met in the winter of 2015.", "2015-12-01", "2016-02-29", "said", CH_TIME_DATE},
		{"They met in the 1990s.", "1990-01-01", "1999-12-31", "said", CH_TIME_DATE},
		{"They met in the 20th century.", "1901-01-01", "2000-12-31", "said", CH_TIME_DATE},
		{"They met from 30 May to 2 June.", "2018-05-30", "2018-06-02", "resolved", CH_TIME_DATE},
		{"They have met since March 2017.", "2017-03-01", "2018-08-20", "said", CH_TIME_DATE},
		{"They met on Friday evening.", "2018-08-17", "2018-08-17", "resolved", CH_TIME_TIME},
		{"It took two years.", "", "", "resolved", CH_TIME_DURATION},
		{"They meet every year.", "", "", "resolved", CH_TIME_SET},
	};
	struct ch_arena arena = {0};
	char lo[16], hi[16];

	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct ch_doc doc = read_times(&arena, "2018-08-20", days[i].text);

		assert_int_equal(doc.times.n, 1);
		assert_string_equal(ch_day_print(doc.times.v[0].lo, lo), days[i].lo);
		assert_string_equal(ch_day_print(doc.times.v[0].hi, hi), days[i].hi);
		assert_string_equal(doc.times.v[0].basis, days[i].basis);
		assert_int_equal(doc.times.v[0].kind, days[i].kind);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
}

/* The days of a weekday at every day of publication: never more than a week off, past by default. */
static void test_weekdays(void **state)
{
	static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
					    "Friday", "Saturday", "Sunday"};
	struct ch_arena arena = {0};

	(void)state;
	for (ch_day day = ch_day_of(2019, 12, 25); day < ch_day_of(2020, 1, 8); day++) {
		for (int w = 1; w <= 7; w++) {
			char text[64], published[16];
			struct ch_doc doc;

			ch_day_print(day, published);
			snprintf(text, sizeof text, "They met on %s.", names[w - 1]);
			doc = read_times(&arena, published, text);
			assert_int_equal(doc.times.n, 1);
			assert_int_equal(ch_weekday(doc.times.v[0].lo), w);
			assert_in_range(day - doc.times.v[0].lo, 0, 6);
			snprintf(text, sizeof text, "They will meet on %s.", names[w - 1]);
			doc = read_times(&arena, published, text);
			assert_int_equal(ch_weekday(doc.times.v[0].lo), w);
			assert_in_range(doc.times.v[0].lo - day, 0, 6);
			ch_arena_reset(&arena);
		}
	}
	ch_arena_free(&arena);
}

/* In a title "to" looks ahead. */
static void test_title(void **state)
{
	struct ch_arena arena = {0};
	struct ch_err err;
	struct ch_doc doc;

	(void)state;
	assert_true(ch_doc_from_text(&doc, &arena, CH_STR("President to visit Rome on Friday"), false, &err));
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;
	doc.meta.published = ch_day_of(2018, 8, 20);
	assert_true(ch_text(NULL, &doc, &err) && ch_when(NULL, &doc, &err));
	assert_int_equal(doc.times.v[0].lo, ch_day_of(2018, 8, 24));
	ch_arena_free(&arena);
}

/* Where there are tags, a participle is no past tense: the pact is still to be signed. */
static void test_tags(void **state)
{
	const char *const tree =
		"1\tPacts\tpact\tNOUN\tNNS\t_\t4\tnsubj:pass\t_\t_\n2\twill\twill\tAUX\tMD\t_\t4\taux\t_\t_\n"
		"3\tbe\tbe\tAUX\tVB\t_\t4\taux:pass\t_\t_\n4\tsigned\tsign\tVERB\tVBN\t_\t0\troot\t_\t_\n"
		"5\ton\ton\tADP\tIN\t_\t6\tcase\t_\t_\n6\tFriday\tFriday\tPROPN\tNNP\t_\t4\tobl\t_\t_\n\n";
	struct ch_arena arena = {0};
	struct ch_err err = {{0}};
	struct ch_doc doc;

	(void)state;
	if (!ch_conllu_read(&doc, &arena, ch_str_z(tree), &err))
		fail_msg("%s", err.text);
	doc.meta.published = ch_day_of(2018, 8, 20);
	assert_true(ch_when(NULL, &doc, &err));
	assert_int_equal(doc.times.n, 1);
	assert_int_equal(doc.times.v[0].lo, ch_day_of(2018, 8, 24));
	ch_arena_free(&arena);
}

/* Years at the edge of the calendar, and numbers that are none, break nothing. */
static void test_edges(void **state)
{
	static const char *const texts[] = {
		"a million centuries ago",
		"nine hundred thousand decades later",
		"on 12 May 0001",
		"two thousand millennia ago",
		"999,999 years ago",
		"in 2100 and a century later and a century later",
		"1 January",
		"from 2100 to 2099",
		"the 99th century",
		"0 days ago",
		"on 00/00/2018 and 99.99.2018",
		"every other",
		"the end of",
		"mid-",
		"last",
		"between 2000 and",
	};
	static const char *const published[] = {"", "0001-01-01", "9999-12-31", "2016-02-29"};
	struct ch_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t k = 0; k < sizeof published / sizeof *published; k++) {
			read_times(&arena, published[k], texts[i]); /* checks the promises */
			ch_arena_reset(&arena);
		}
	ch_arena_free(&arena);
}

static void test_long(void **state)
{
	static const char *const units[] = {"the ",         "12 ",   "May ",    "May 12-",  "from Monday to ",
					    "two hundred ", "last ", "1 May, ", "and May ", "Friday, "};
	struct ch_arena arena = {0};
	size_t size = 100000;
	char *text = malloc(size + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t n = 0, len = strlen(units[i]);

		while (n + len <= size) {
			memcpy(text + n, units[i], len);
			n += len;
		}
		text[n] = '\0';
		read_times(&arena, "2018-08-20", text);
		ch_arena_reset(&arena);
	}
	free(text);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases), cmocka_unit_test(test_days), cmocka_unit_test(test_weekdays),
		cmocka_unit_test(test_title), cmocka_unit_test(test_tags), cmocka_unit_test(test_edges),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
