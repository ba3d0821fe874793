/* watch/state.c -- what a watch remembers: a JSON file, written beside its place and moved there. */
#include "base/utf8.h"
#include "watch/watch_priv.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const tables[] = { "feeds", "pages", "hosts" };

bool watch_state_read(struct ch_watch *w, struct ch_err *err)
{
	const char *path = w->options.state;
	json_error_t why;
	struct stat st;

	w->state = NULL;
	if (path && stat(path, &st) == 0 && st.st_size) {
		w->state = json_load_file(path, 0, &why);
		if (!json_is_object(w->state)) {
			json_decref(w->state);
			w->state = NULL;
			return ch_fail(err, "%s: is no state of a watch (%s): move it away, then pages are looked for anew", path,
				       why.text[0] ? why.text : "no JSON object");
		}
	}
	if (!w->state)
		w->state = json_object();
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (!json_is_object(json_object_get(w->state, tables[i])))
			watch_state_set(w->state, tables[i], json_object());
	return true;
}

json_t *watch_state(const struct ch_watch *w, const char *table, const char *key, bool make)
{
	json_t *t = json_object_get(w->state, table), *entry = json_object_get(t, key);

	if (!json_is_object(entry)) {
		if (!make)
			return NULL;
		watch_state_set(t, key, json_object());
		entry = json_object_get(t, key);
	}
	return entry;
}

const char *watch_state_text(const json_t *entry, const char *key)
{
	const char *text = json_string_value(json_object_get(entry, key));

	return text ? text : "";
}

void watch_state_set(json_t *entry, const char *key, json_t *value)
{
	if (!entry || !value || json_object_set_new(entry, key, value))
		ch_die_memory(0);
}

void watch_state_put(json_t *entry, const char *key, struct ch_str text)
{
	if (text.len && ch_utf8_valid(text))
		watch_state_set(entry, key, json_stringn(text.ptr, text.len));
}

bool ch_watch_save(const struct ch_watch *w, struct ch_err *err)
{
	const char *path = w->options.state;
	size_t room = path ? strlen(path) + 8 : 0;
	char *beside;
	bool ok;
	int fd;

	if (!path)
		return true;
	beside = ch_xrealloc(NULL, room);
	snprintf(beside, room, "%s.new", path);
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	ok = fd >= 0 && json_dumpfd(w->state, fd, JSON_COMPACT | JSON_SORT_KEYS) == 0 && fsync(fd) == 0;
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	ok = ok && rename(beside, path) == 0;
	if (!ok) {
		ch_fail(err, "%s: cannot be written: %s", path, strerror(errno));
		unlink(beside);
	}
	free(beside);
	return ok;
}
