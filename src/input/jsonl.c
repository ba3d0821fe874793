#include "input/jsonl.h"
#include "base/limits.h"
#include <stdlib.h>

/* Names of ours, and where each is looked for. schema.org: headline, articleBody, datePublished …; ninjs 1: body_text, byline,
 * versioncreated …, 3: bodies, headlines, by …; news-please: maintext, authors, date_publish, source_domain, date_download;
 * GDELT: seendate, domain; JSON Feed: content_html, date_published; the rest is what many call it. */
static const struct {
	const char *name, *paths;
} fields[CH_FIELD_N] = {
	[CH_FIELD_TEXT] = { "text", "text|maintext|articleBody|body_text|content_text|body|content|bodies.value|fulltext|full_text|article" },
	[CH_FIELD_HTML] = { "html", "html|raw_html|body_html|body_xhtml|content_html|rawHtml|page_html" },
	[CH_FIELD_TITLE] = { "title", "title|headline|headlines.value|name" },
	[CH_FIELD_AUTHOR] = { "author", "author|authors|byline|by|creator" },
	[CH_FIELD_DATE] = { "date", "date|date_publish|datePublished|date_published|published|published_at|publishedAt|publish_date|publication_date|"
			    "pubDate|pubdate|contentcreated|contentCreated|firstcreated|firstCreated|versioncreated|versionCreated|dateCreated|"
			    "created_at|timestamp|seendate" },
	[CH_FIELD_URL] = { "url", "url|link|source_url|canonical_url|canonical|mainEntityOfPage|mainEntityOfPage.@id|uri|@id" },
	[CH_FIELD_OUTLET] = { "outlet", "outlet|publisher|source_domain|domain|site_name|sitename|source|provider|copyrightholder|copyrightHolder" },
	[CH_FIELD_AGENCY] = { "agency", "agency|sourceOrganization|creditText|creditline|infosource|infoSources" },
	[CH_FIELD_LANG] = { "lang", "lang|language|inLanguage" },
	[CH_FIELD_SECTION] = { "section", "section|articleSection|category" },
	[CH_FIELD_FETCHED] = { "fetched", "fetched|fetched_at|date_download|crawled_at|date_crawled|seendate" },
	[CH_FIELD_ID] = { "id", "id|_id" },
};

bool ch_field_map_read(struct ch_field_map *map, struct ch_str spec, struct ch_err *err)
{
	struct ch_str piece, name;

	*map = (struct ch_field_map){ 0 };
	while (ch_str_cut(&spec, ',', &piece)) {
		struct ch_str whole = piece;
		uint32_t f = 0;

		if (!ch_str_cut(&piece, '=', &name) || !ch_str_trim(piece).len)
			return ch_fail(err, "--map wants OURS=THEIRS, such as title=headline,text=body; got '%.*s'", CH_STR_ARG(whole));
		while (f < CH_FIELD_N && !ch_str_eqz(ch_str_trim(name), fields[f].name))
			f++;
		if (f == CH_FIELD_N)
			return ch_fail(err, "--map: there is no field '%.*s'; there are text, html, title, author, date, url, outlet, agency, lang, "
				       "section, fetched, id", CH_STR_ARG(name));
		map->own[f] = ch_str_trim(piece);
	}
	return true;
}

/* ---- fields ---- */

/* The text of a value: itself, a number's digits, or of an object its name, value or text. Empty: none. */
static struct ch_str text_of(struct ch_arena *arena, const json_t *value)
{
	static const char *const inside[] = { "name", "value", "text", "literal", "@value", "@id" };

	if (json_is_object(value)) {
		const json_t *v = NULL;

		for (size_t i = 0; i < sizeof inside / sizeof *inside && !v; i++)
			v = json_object_get(value, inside[i]);
		value = v;
	}
	if (json_is_string(value))
		return ch_str_n(json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return ch_arena_printf(arena, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return ch_arena_printf(arena, "%.0f", json_real_value(value));
	return ch_str_n(NULL, 0);
}

struct text {
	CH_VEC(char) v;
};

static void append(struct ch_arena *arena, struct text *to, struct ch_str s)
{
	if (to->v.n + s.len > to->v.cap) {
		uint32_t cap = (uint32_t)((to->v.n + s.len) * 2 + 64);

		to->v.v = ch_arena_grow(arena, to->v.v, to->v.n, cap, 1);
		to->v.cap = cap;
	}
	if (s.len)
		memcpy(to->v.v + to->v.n, s.ptr, s.len);
	to->v.n += (uint32_t)s.len;
}

/* All that a path leads to, joined. Level by level: a list of values, replaced by what the next name gives of each. */
static struct ch_str follow(struct ch_arena *arena, json_t *object, struct ch_str path, struct ch_str joint)
{
	CH_VEC(json_t *) now = { 0 };
	struct text out = { 0 };
	struct ch_str key;

	*CH_PUSH(arena, &now) = object;
	while (ch_str_cut(&path, '.', &key)) {
		CH_VEC(json_t *) next = { 0 };
		const char *name = ch_arena_z(arena, key);

		for (uint32_t i = 0; i < now.n; i++) {
			json_t *v = json_object_get(now.v[i], name), *member;
			size_t at;

			if (json_is_array(v)) {
				json_array_foreach(v, at, member)
					*CH_PUSH(arena, &next) = member;
			} else if (v) {
				*CH_PUSH(arena, &next) = v;
			}
		}
		now.v = next.v;
		now.n = next.n;
	}
	for (uint32_t i = 0; i < now.n; i++) {
		struct ch_str s = ch_str_trim(text_of(arena, now.v[i]));

		if (!s.len)
			continue;
		if (out.v.n)
			append(arena, &out, joint);
		append(arena, &out, s);
		if (!joint.len)
			break;
	}
	return ch_str_n(out.v.v, out.v.n);
}

static struct ch_str field(const struct ch_field_map *map, struct ch_arena *arena, json_t *object, enum ch_field f)
{
	struct ch_str lists[2] = { map->own[f], ch_str_z(fields[f].paths) }, path;
	struct ch_str joint = f == CH_FIELD_AUTHOR ? CH_STR("; ") : f == CH_FIELD_TEXT || f == CH_FIELD_HTML ? CH_STR("\n") : CH_STR("");

	for (int i = 0; i < 2; i++)
		while (ch_str_cut(&lists[i], '|', &path)) {
			struct ch_str s = follow(arena, object, ch_str_trim(path), joint);

			if (s.len)
				return s;
		}
	return ch_str_n(NULL, 0);
}

/* "en", "pt-BR"; names of languages say too little of which one was meant to be kept. */
static bool is_language(struct ch_str s)
{
	size_t n = 0;

	while (n < s.len && ((s.ptr[n] | 0x20) >= 'a' && (s.ptr[n] | 0x20) <= 'z'))
		n++;
	return n >= 2 && n <= 3 && (n == s.len || s.ptr[n] == '-' || s.ptr[n] == '_');
}

/* An end tag of something that texts are made of, or a line break. */
static bool has_tags(struct ch_str s)
{
	static const char *const tags[] = { "</p>", "</div>", "<br>", "<br/>", "<br />", "</li>", "</html>", "</article>" };

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (ch_str_find(s, ch_str_z(tags[i]), 0) != CH_STR_NONE)
			return true;
	return false;
}

static bool is_whole_page(struct ch_str s)
{
	struct ch_str head = ch_str_trim(ch_str_sub(s, 0, 4096));

	return ch_str_istarts(head, CH_STR("<!doctype")) || ch_str_istarts(head, CH_STR("<html")) ||
		ch_str_find(head, CH_STR("<html"), 0) != CH_STR_NONE || ch_str_find(head, CH_STR("<body"), 0) != CH_STR_NONE;
}

void ch_jsonl_page(const struct ch_field_map *map, struct ch_arena *arena, json_t *object, struct ch_input *input)
{
	struct ch_str text = field(map, arena, object, CH_FIELD_TEXT), html = { 0 };
	json_t *id = map->own[CH_FIELD_ID].len ? NULL : json_object_get(object, "id");
	char day[16];

	/* What a user maps wins over what is built in, of text and html too. */
	if (!text.len || has_tags(text) || (map->own[CH_FIELD_HTML].len && !map->own[CH_FIELD_TEXT].len))
		html = field(map, arena, object, CH_FIELD_HTML);
	if (!html.len && has_tags(text))
		html = text;
	*input = (struct ch_input){ .clean = !html.len };
	if (!text.len && !html.len) {
		input->error = ch_input_error("has no text: name the field that holds it, such as --map text=FIELD");
		return;
	}
	for (enum ch_field f = CH_FIELD_TITLE; f < CH_FIELD_N; f++) {
		struct ch_str s = field(map, arena, object, f);

		if (f == CH_FIELD_DATE)
			s = ch_input_day(s, day) ? ch_str_z(day) : CH_STR("");
		if (f == CH_FIELD_LANG && !is_language(s))
			continue;
		ch_input_know(&input->known, arena, fields[f].name, s);
	}
	if (json_is_integer(id) && input->known)
		json_object_set(input->known, "id", id);   /* a number stays one */
	if (html.len && !is_whole_page(html)) {
		struct text page = { 0 };

		append(arena, &page, CH_STR("<!DOCTYPE html><article>"));
		append(arena, &page, html);
		append(arena, &page, CH_STR("</article>"));
		html = ch_str_n(page.v.v, page.v.n);
	}
	input->bytes = ch_input_copy(html.len ? html : text);
	input->size = html.len ? html.len : text.len;
}

/* ---- lines, documents ---- */

bool ch_jsonl_is(struct ch_str first)
{
	struct ch_str s = ch_str_starts(first, CH_STR("\xEF\xBB\xBF")) ? ch_str_sub(first, 3, first.len) : first;

	s = ch_str_trim(s);
	if (s.len && s.ptr[0] == '[') {
		s = ch_str_trim(ch_str_sub(s, 1, s.len));
		return s.len && s.ptr[0] == '{';
	}
	if (!s.len || s.ptr[0] != '{')
		return false;
	s = ch_str_trim(ch_str_sub(s, 1, s.len));
	return s.len && (s.ptr[0] == '"' || s.ptr[0] == '}');
}

void ch_jsonl_init(struct ch_jsonl *j, struct ch_stream *stream, const struct ch_field_map *map, const char *name)
{
	*j = (struct ch_jsonl){ .stream = stream, .map = map, .name = name };
}

void ch_jsonl_free(struct ch_jsonl *j)
{
	json_decref(j->document);
	ch_arena_free(&j->arena);
}

static json_t *load(struct ch_str s, json_error_t *why)
{
	return json_loadb(s.ptr ? s.ptr : "", s.len, JSON_ALLOW_NUL, why);
}

/* One document, unless the first line that is not empty is an object of its own. */
static void begin(struct ch_jsonl *j)
{
	static const char *const lists[] = { "articles", "items", "results", "docs", "data" };
	struct ch_str have = ch_stream_look(j->stream, CH_LINE_BYTES_MAX < (1 << 20) ? CH_LINE_BYTES_MAX : 1 << 20);
	struct ch_str first = { 0 }, rest;
	json_error_t why;
	json_t *v = NULL;

	j->begun = true;
	if (ch_str_starts(have, CH_STR("\xEF\xBB\xBF"))) {
		ch_stream_take(j->stream, 3);
		have = ch_str_sub(have, 3, have.len);
	}
	rest = have;
	while (!ch_str_trim(first).len && ch_str_cut(&rest, '\n', &first))
		;
	/* A line that goes on behind what was looked at is a line: documents are put in lines, or are short. */
	if (have.len == 1 << 20 && !rest.len && ch_str_trim(first).len && ch_str_trim(first).ptr[0] == '{')
		return;
	v = load(first, &why);
	if (v && !json_is_array(v) && ch_str_trim(rest).len) {
		json_decref(v);
		return;
	}
	json_decref(v);
	have = ch_stream_look(j->stream, CH_STREAM_LOOK_MAX);
	v = load(have, &why);
	if (!v)
		return;
	ch_stream_take(j->stream, have.len);
	j->document = v;
	j->list = json_is_array(v) ? v : NULL;
	for (size_t i = 0; i < sizeof lists / sizeof *lists && !j->list; i++) {
		json_t *list = json_object_get(v, lists[i]);

		if (json_is_array(list) && json_is_object(json_array_get(list, 0)))
			j->list = list;
	}
	j->single = !j->list;
}

static void give(struct ch_jsonl *j, json_t *object, struct ch_input *input)
{
	if (json_is_object(object))
		ch_jsonl_page(j->map, &j->arena, object, input);
	else
		*input = (struct ch_input){ .error = ch_input_error("a JSON object is wanted") };
	input->name = j->single ? ch_input_copy(ch_str_z(j->name)) : ch_input_name(j->name, j->number);
}

static bool next_of_document(struct ch_jsonl *j, struct ch_input *input)
{
	uint64_t n = j->number++;

	if (j->single ? n > 0 : n >= json_array_size(j->list))
		return false;
	give(j, j->single ? j->document : json_array_get(j->list, n), input);
	return true;
}

bool ch_jsonl_next(struct ch_jsonl *j, struct ch_input *input)
{
	struct ch_str line;
	bool too_long;

	ch_arena_reset(&j->arena);
	if (!j->begun)
		begin(j);
	if (j->document)
		return next_of_document(j, input);
	while (ch_stream_line(j->stream, CH_LINE_BYTES_MAX, &line, &too_long)) {
		json_error_t why;
		json_t *object;

		j->number++;
		if (too_long) {
			*input = (struct ch_input){ .name = ch_input_name(j->name, j->number),
						    .error = ch_input_error("over %zu MB, refused", CH_LINE_BYTES_MAX >> 20) };
			return true;
		}
		if (!ch_str_trim(line).len)
			continue;
		object = load(line, &why);
		if (object)
			give(j, object, input);
		else
			*input = (struct ch_input){ .name = ch_input_name(j->name, j->number),
						    .error = ch_input_error("no JSON: %s (column %d)", why.text, why.column) };
		json_decref(object);
		return true;
	}
	if (j->stream->gap || j->stream->failed) {
		*input = (struct ch_input){ .name = ch_input_copy(ch_str_z(j->name)), .error = ch_input_copy(ch_str_z(j->stream->err.text)) };
		ch_stream_pass(j->stream);
		j->stream->failed = false;
		return true;
	}
	return false;
}
