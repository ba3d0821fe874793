/* A report of two invented states, and what others made of it. */
#ifndef CH_TEST_MERGE_TEXTS_H
#define CH_TEST_MERGE_TEXTS_H

static const char text_original[] =
	"The foreign minister of Bahrania, Ilena Maroszek, visited Port Sevran on 11 May and met President Tomas Quell of Costa Verda "
	"at the Old Customs House. The two sides signed an agreement on ferry links between Sevran and Marisk, which will carry "
	"4,200 passengers and 310 lorries a week from 2016 on. \"We have waited twelve years for this day, and we are not going to "
	"wait for another,\" Maroszek told reporters after the talks, which lasted for three hours. Costa Verda will lend 85 million "
	"crowns for the new quay at Marisk, officials of the finance ministry said. Bahrania is to pay the money back within 25 "
	"years. Quell praised Bahrania for its patience in the negotiations and said that he would travel to Marisk in the autumn.";

/* Reworded by machine: names and numbers are left, most phrases are not. */
static const char text_spun[] =
	"Bahrania's foreign minister, Ilena Maroszek, paid a visit to Port Sevran on 11 May and held talks with President Tomas Quell of "
	"Costa Verda inside the Old Customs House. Both sides inked an accord about ferry connections linking Sevran and Marisk, "
	"that are to transport 4200 passengers plus 310 trucks each week starting 2016. \"We waited for twelve years to see this "
	"moment, so we will not wait for one more,\" Maroszek informed reporters following talks lasting about three hours. Costa "
	"Verda shall lend 85 million crowns towards a new pier in Marisk, finance ministry representatives stated. Bahrania must "
	"return the money inside 25 years. Quell lauded Bahrania for patience during negotiations, adding he would journey to "
	"Marisk this autumn.";

/* Another reporter's, of the same day. */
static const char text_independent[] =
	"After years of haggling, Marisk and Sevran have come to terms over a shipping line across the strait. Ilena Maroszek, who "
	"leads Bahrania's diplomacy, was received by President Tomas Quell on 11 May in the Old Customs House. Critics in the assembly "
	"asked why the loan of 85 million crowns was never put to a vote. Nobody at the treasury could be reached for comment on "
	"Sunday evening. Fishermen in Port Sevran fear for their berths, where large ships would land twice a day during summer. "
	"Opposition leader Harro Venn called the deal a present to the shipyards of Costa Verda, where elections are due in 14 months.";

/* The next report in the form of the first: who, how many and how much differ. */
static const char text_form[] =
	"The foreign minister of Ostmark, Juri Adler, visited Port Sevran on 28 June and met President Lena Orvik of Westerly "
	"at the Old Customs House. The two sides signed an agreement on ferry links between Halm and Vissen, which will carry "
	"900 passengers and 75 lorries a week from 2019 on. \"We have waited twelve years for this day, and we are not going to "
	"wait for another,\" Adler told reporters after the talks, which lasted for three hours. Westerly will lend 12 million "
	"crowns for the new quay at Vissen, officials of the finance ministry said. Ostmark is to pay the money back within 40 "
	"years. Orvik praised Ostmark for its patience in the negotiations and said that she would travel to Vissen in the autumn.";
#endif
