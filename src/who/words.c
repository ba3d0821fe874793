/* who/words.c -- the closed classes of English that decide how a phrase goes on. Grammar, not knowledge: hence here. */
#include "who/who_priv.h"
#include "base/map.h"

static const struct {
	enum who_word word;
	const char *list;
} table[] = {
	{W_THE, "the"},
	{W_A, "a an"},
	{W_OF, "of"},
	{W_AND, "and or &"},
	{W_FOR, "for"},
	{W_TO, "to"},
	{W_IN, "in"},
	{W_AT, "at"},
	{W_ON, "on"},
	{W_WITH, "with"},
	{W_BETWEEN, "between among"},
	{W_HIS, "his"},
	{W_HER, "her"},
	{W_THEIR, "their theirs"},
	{W_ITS, "its"},
	{W_HE, "he himself"},
	{W_SHE, "she herself hers"},
	{W_IT, "it itself"},
	{W_THEY, "they themselves"},
	{W_HIM, "him"},
	{W_THEM, "them"},
	{W_FIRST_PERSON, "i we our my me us ours mine myself ourselves you your yours"},
	{W_FORMER,
	 "former late ex then one-time onetime previous ousted deposed jailed exiled retired disgraced erstwhile"},
	{W_NOW, "current acting new incumbent outgoing incoming visiting newly elected re-elected reelected interim "
		"caretaker senior top chief "
		"deputy first vice second third high-ranking high ranking special veteran prominent well-known famous "
		"renowned respected leading "
		"hardline moderate conservative reformist right-wing left-wing centrist socialist democratic communist "
		"nationalist populist "
		"long-time longtime long-serving de facto transitional newly-elected embattled authoritarian "
		"autocratic powerful influential "
		"military political presidential parliamentary independent unnamed anonymous local regional federal "
		"national official "
		"principal honorary permanent joint general executive chief assistant federal union state supreme "
		"armed civilian civil"},
	{W_TWO, "two three four five six both-two"},
	{W_BOTH, "both"},
	{W_COUNTERPART, "counterpart counterparts opposite colleague colleagues"},
	{W_COUNTRY, "country nation republic kingdom homeland island archipelago emirate sultanate principality"},
	{W_SIDES, "sides pair duo"},
	{W_BODY, "organization organisation bloc movement alliance association grouping organisation's body union"},
	{W_COUNTRIES, "countries states nations neighbours neighbors governments leaders peoples republics presidents "
		      "foes rivals allies capitals men women statesmen"},
	{W_PARTIES, "parties"},
	{W_SO_CALLED, "so-called"},
	{W_S, "s"},
	{W_THIS, "this these those"},
	{W_OTHER, "other another"},
	{W_FUNCTION, "that but by from into onto over under after before during since until till while when where why "
		     "how what which who whom whose "
		     "because although though if unless than so yet nor not no only also even still just there here "
		     "now today yesterday tomorrow "
		     "meanwhile however moreover furthermore therefore thus hence earlier later recently previously "
		     "according addressing speaking asked "
		     "told said says noting commenting following despite amid among against about above across along "
		     "around behind below beneath beside "
		     "besides beyond down near off out through throughout toward towards up upon via within without "
		     "all any both each every few many more "
		     "most much some several such same own is are was were be been being am has have had having do "
		     "does did done will would shall should "
		     "can could may might must ought he's it's that's let last next monday tuesday wednesday thursday "
		     "friday saturday sunday january "
		     "february march april june july august september october november december per like unlike once "
		     "twice again always never often "
		     "latter sometimes perhaps maybe indeed instead rather quite very too well then additionally finally "
		     "firstly secondly lastly dear hello yes "
		     "thank thanks please summing touching stressing recalling highlighting under photo read video "
		     "source related news breaking exclusive "
		     "update updated opinion analysis live watch"},
};

void who_words_init(struct who_run *r)
{
	ch_map_init(&r->words, r->arena);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct ch_str rest = ch_str_z(table[i].list), word;

		while (ch_str_cut(&rest, ' ', &word)) {
			struct ch_atom a;
			uint32_t at = 0, n = 0;
			uint64_t h = 0;
			char *key;

			while (ch_atom_next(r->arena, word, &at, &a))
				h = n++ ? ch_atom_join(h, a.hash) : a.hash;
			key = ch_arena_alloc(r->arena, sizeof h);
			memcpy(key, &h, sizeof h);
			ch_map_put(&r->words, ch_str_n(key, sizeof h), table[i].word, NULL);
		}
	}
}

enum who_word who_word_of(const struct who_run *r, uint64_t atom_hash)
{
	char key[sizeof atom_hash];
	const uint32_t *hit;

	memcpy(key, &atom_hash, sizeof atom_hash);
	hit = ch_map_get(&r->words, ch_str_n(key, sizeof key));
	return hit ? (enum who_word) * hit : W_NONE;
}

bool who_is(const struct who_run *r, uint32_t token, const char *word)
{
	return token < r->doc->tokens.n && ch_str_ieq(ch_token_str(r->doc, token), ch_str_z(word));
}
