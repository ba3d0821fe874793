/* page/language.h -- which language an article is in. Reads text and meta.lang, which is what the page calls itself; writes
 * meta.lang: the primary subtag of BCP 47 ("en", "de", "az"), empty where nobody can tell.
 *
 * Method. English prose is known by its commonest words, which costs next to nothing; what is surely none of it is put to
 * libexttextcat (n-gram profiles: Cavnar and Trenkle, "N-Gram-Based Text Categorization", 1994). A page's own word counts
 * where the text is too short, or the library is not sure: templates keep lang="en" over any text. */
#ifndef CH_PAGE_LANGUAGE_H
#define CH_PAGE_LANGUAGE_H
#include "doc/doc.h"

struct ch_languages;

/* The profiles that libexttextcat has installed, read at the first page that needs them. Closed by ch_languages_close,
 * which takes NULL too. */
struct ch_languages *ch_languages_open(void);
void ch_languages_close(struct ch_languages *languages);

/* Any number of threads may call it at a time. NULL, or profiles that are not there: what the page says stands. */
void ch_language_read(const struct ch_languages *languages, struct ch_doc *doc);
#endif
