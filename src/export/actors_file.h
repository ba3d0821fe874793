/* export/actors_file.h -- the user's file of actors (docs/formats.md): read, added to, written whole or not at all. */
#ifndef CH_EXPORT_ACTORS_FILE_H
#define CH_EXPORT_ACTORS_FILE_H
#include "who/gazetteer.h"

/* The file's text; empty where there is no such file. *g, if given, is the gazetteer with it: close it. Fails where it
 * cannot be read or has a slip. */
bool ch_actors_file_read(struct ch_arena *arena, const char *path, struct ch_str *text, struct ch_gazetteer **g,
			 struct ch_err *err) CH_MUST_USE;

/* text with block put in: own, before the first line that begins with "source"; else at the end. *line: the number of the
 * block's first line. */
struct ch_str ch_actors_file_insert(struct ch_arena *arena, struct ch_str text, struct ch_str block, bool own, uint32_t *line);

/* The line that begins with "source" at or after *from, its offset; else the length of text. */
size_t ch_actors_file_source(struct ch_str text, size_t from);

/* The name would be read as the head of a block or a section: "source X", "org Y". */
bool ch_actors_file_keyword(struct ch_str name);

/* Compiles text; *g, if given, is the gazetteer with it: close it. Fails with "path:line: …" on a slip. */
bool ch_actors_file_check(const char *path, struct ch_str text, struct ch_gazetteer **g, struct ch_err *err) CH_MUST_USE;

/* Writes beside it and renames: whoever reads path meanwhile has the old text or the new. A link is followed. */
bool ch_actors_file_write(const char *path, struct ch_str text, struct ch_err *err) CH_MUST_USE;
#endif
