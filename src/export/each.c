#include "export/each.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "doc/conllu.h"
#include "export/actors.h"
#include "export/unknown.h"
#include "export/json.h"
#include "export/petrarch.h"
#include "page/language.h"
#include "run/engine.h"
#include "run/input.h"
#include "run/pool.h"
#include "run/run.h"
#include <stdio.h>
#include <stdlib.h>

struct ch_stamp ch_stamp_of(const struct ch_engine *engine)
{
	return (struct ch_stamp){ chancery_version(), ch_engine_lexicon_version(engine), ch_engine_model_version(engine) };
}

/* Text that a caller gives is cut where a page would be, between code points. */
static struct ch_str cut_text(struct ch_str text, bool *cut)
{
	size_t end = CH_PAGE_BYTES_MAX;

	*cut = text.len > end;
	if (!*cut)
		return text;
	while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end--;
	return ch_str_sub(text, 0, end);
}

static bool from_text(struct ch_doc *doc, struct ch_arena *arena, struct ch_str text, bool lines, struct ch_err *err)
{
	bool cut;

	text = cut_text(text, &cut);
	if (!ch_doc_from_text(doc, arena, text, lines || ch_text_by_lines(text), err))
		return false;
	doc->cut = cut;
	return true;
}

static struct ch_str field(struct ch_arena *arena, json_t *line, const char *key)
{
	json_t *value = json_object_get(line, key);

	return json_is_string(value) ? ch_arena_str(arena, ch_str_n(json_string_value(value), json_string_length(value))) :
				       CH_STR("");
}

/* ---- pages ---- */

/* The object of item->known, or NULL; a new reference. */
static json_t *load_known(const struct chancery_item *item)
{
	return item->known ? json_loads(item->known, JSON_ALLOW_NUL, NULL) : NULL;
}

bool ch_each_read(const struct chancery_item *item, struct ch_doc *doc, struct ch_each_known *known, struct ch_arena *arena,
		  struct ch_err *err)
{
	struct ch_str bytes = ch_str_n(item->bytes, item->size), url;
	json_t *told = load_known(item);
	bool cut = false, ok;

	*known = (struct ch_each_known){
		.title = field(arena, told, "title"), .author = field(arena, told, "author"), .outlet = field(arena, told, "outlet"),
		.agency = field(arena, told, "agency"), .section = field(arena, told, "section"), .lang = field(arena, told, "lang"),
		.date = ch_day_parse(field(arena, told, "date")), .label = item->name };
	url = field(arena, told, "url");
	if (url.len && !ch_str_eqz(url, item->name))
		known->label = ch_arena_printf(arena, "%s <%.*s>", item->name, CH_STR_ARG(url)).ptr;
	ch_doc_init(doc, arena);
	if (item->error)
		ok = ch_fail(err, "%s", item->error);
	else if (item->clean)
		ok = from_text(doc, arena, ch_arena_str(arena, bytes), false, err);   /* the layers point into it */
	else
		ok = item->bytes ? ch_input_unpack(arena, &bytes, &cut, err) : ch_input_read(arena, item->name, &bytes, &cut, err);
	if (!item->clean) {
		/* The layers point into it, and outlive the item. */
		doc->raw = bytes.ptr && bytes.ptr == item->bytes ? ch_arena_str(arena, bytes) : bytes;
		doc->cut = cut;
	}
	doc->path = ch_arena_str(arena, ch_str_z(item->name));
	doc->meta.url = url;
	doc->fetched = field(arena, told, "fetched");
	doc->charset = field(arena, told, "charset");
	json_decref(told);
	return ok;
}

struct ch_str ch_each_told(const struct chancery_item *item, struct ch_arena *arena)
{
	json_t *told = load_known(item);
	struct ch_str line = CH_STR("");

	if (item->clean && !told)
		told = ch_json_object();
	if (item->clean)
		ch_json_set(told, "clean", json_true());
	if (told)
		line = ch_json_line(arena, told);
	return line;
}

static void fill(struct ch_str *to, struct ch_str from)
{
	if (!to->len)
		*to = from;
}

bool ch_each_stages(const struct ch_engine *engine, const struct chancery_item *item, struct ch_doc *doc,
		    const struct ch_each_known *known, enum ch_stage_id past, struct ch_err *err)
{
	struct ch_meta *m = &doc->meta;
	struct ch_str url = m->url;

	if (!item->clean && !ch_run_stages(engine, doc, CH_STAGE_PAGE, CH_STAGE_PAGE + 1, err))
		return false;
	if (url.len)
		m->url = url;   /* where it was got from is surer than what it calls itself */
	fill(&m->title, known->title);
	fill(&m->author, known->author);
	fill(&m->outlet, known->outlet);
	fill(&m->agency, known->agency);
	fill(&m->section, known->section);
	fill(&m->lang, known->lang);
	if (item->clean)
		ch_language_read(engine->languages, doc);
	if (m->published == CH_NO_DAY && known->date != CH_NO_DAY) {
		m->published = known->date;
		m->published_basis = "given";
	}
	return past <= CH_STAGE_TEXT || ch_run_stages(engine, doc, CH_STAGE_TEXT, past, err);
}

void ch_each_release(struct chancery_item *item)
{
	free(item->bytes);
	free(item->known);
	free(item->error);
	item->bytes = item->known = item->error = NULL;
}

/* ---- one ---- */

bool ch_each_json_line(struct ch_doc *doc, struct ch_arena *arena, const struct chancery_item *item, json_t **id,
		       struct ch_err *err)
{
	json_error_t why;
	json_t *line = json_loadb(item->bytes ? item->bytes : "", item->size, JSON_ALLOW_NUL, &why);
	struct ch_str date;
	bool ok = false;

	if (!line)
		return ch_fail(err, "no JSON: %s (column %d)", why.text, why.column);
	if (!json_is_object(line) || !json_is_string(json_object_get(line, "text"))) {
		ch_fail(err, "a JSON object with a string \"text\" is wanted");
	} else if (from_text(doc, arena, field(arena, line, "text"), false, err)) {
		date = field(arena, line, "date");
		doc->meta.title = field(arena, line, "title");
		doc->meta.url = field(arena, line, "url");
		doc->meta.outlet = field(arena, line, "outlet");
		doc->meta.published = ch_day_parse(date);
		if (doc->meta.published != CH_NO_DAY)
			doc->meta.published_basis = "given";
		*id = json_incref(json_object_get(line, "id"));
		doc->path = json_is_string(*id) ? field(arena, line, "id") : CH_STR("");
		ok = true;
	}
	json_decref(line);
	return ok;
}

static bool conllu(const struct ch_doc *doc, struct ch_arena *arena, struct ch_str *out, struct ch_err *err)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);
	bool ok;

	if (!f)
		ch_die_memory(size);
	ch_conllu_write(doc, f);
	ok = !ferror(f);
	if (fclose(f) || !ok) {
		free(text);
		return ch_fail(err, "out of memory for CoNLL-U");
	}
	*out = ch_arena_str(arena, ch_str_n(text, size));
	free(text);
	return true;
}

static bool write_out(const struct ch_engine *engine, enum chancery_output output, enum ch_offsets offsets,
		      const struct ch_doc *doc, json_t *id, struct ch_str *out, struct ch_err *err)
{
	json_t *o;

	switch (output) {
	case CHANCERY_CONLLU:
	case CHANCERY_CONLLU_CHAINS:
		return conllu(doc, doc->arena, out, err);
	case CHANCERY_ARTICLE:
	case CHANCERY_ARTICLE_BLOCKS:
		o = ch_json_article(doc, output == CHANCERY_ARTICLE_BLOCKS);
		break;
	case CHANCERY_ACTORS:
		o = ch_json_asked(engine, doc);
		break;
	case CHANCERY_UNKNOWN:
		o = ch_json_unknown(engine, doc);
		break;
	default:
		o = ch_json_records(ch_page_record(doc, ch_stamp_of(engine)), offsets);
	}
	if (id)
		ch_json_set(o, "id", json_incref(id));   /* as it was given: a number stays a number */
	*out = ch_json_line(doc->arena, o);
	return true;
}

static bool by_petrarch(const struct chancery_petrarch *petrarch, enum chancery_input input, const struct chancery_item *item,
			const struct ch_doc *doc, json_t *id, struct ch_str *out, struct ch_err *err)
{
	struct ch_petrarch_options options = ch_petrarch_defaults;
	json_t *o;

	if (input == CHANCERY_JSON_LINES && !ch_petrarch_config(ch_str_n(item->bytes, item->size), &options, err))
		return false;
	o = ch_json_petrarch((const struct ch_petrarch *)petrarch, doc, &options);
	if (id)
		ch_json_set(o, "id", json_incref(id));
	*out = ch_json_line(doc->arena, o);
	return true;
}

/* The id that a page came with, to be given back; a new reference. */
static json_t *id_told(const struct chancery_item *item)
{
	json_t *told = load_known(item), *id = json_incref(json_object_get(told, "id"));

	json_decref(told);
	return id;
}

bool ch_each_one(const struct ch_engine *engine, enum chancery_input input, enum chancery_output output,
		 const struct chancery_petrarch *petrarch, const struct chancery_item *item, struct ch_arena *arena, struct ch_str *out,
		 bool *article, const char **warning, const char **label, struct ch_err *err)
{
	struct ch_each_known known;
	enum ch_stage_id first = CH_STAGE_TEXT, past = output == CHANCERY_CONLLU || output == CHANCERY_BY_PETRARCH ? CH_STAGE_SYNTAX + 1 :
						       output == CHANCERY_ACTORS ? CH_STAGE_SAID + 1 :
						       output == CHANCERY_CONLLU_CHAINS ? CH_STAGE_WHO + 1 : CH_STAGE_N;
	struct ch_doc doc;
	json_t *id = NULL;
	bool ok = true;

	ch_doc_init(&doc, arena);
	switch (input) {
	case CHANCERY_PAGES:
		if (output == CHANCERY_ARTICLE || output == CHANCERY_ARTICLE_BLOCKS)
			past = CH_STAGE_PAGE + 1;
		ok = ch_each_read(item, &doc, &known, arena, err);
		*label = known.label;
		ok = ok && ch_each_stages(engine, item, &doc, &known, past, err);
		first = past;
		id = ok ? id_told(item) : NULL;
		break;
	case CHANCERY_JSON_LINES:
		ok = ch_each_json_line(&doc, arena, item, &id, err);
		break;
	case CHANCERY_TEXT:
	case CHANCERY_TEXT_LINES:
		ok = from_text(&doc, arena, ch_str_n(item->bytes, item->size), input == CHANCERY_TEXT_LINES, err);
		break;
	case CHANCERY_TOKENS:
		first = CH_STAGE_SYNTAX;
		ok = ch_conllu_read(&doc, arena, ch_str_n(item->bytes, item->size), err);
		doc.article = true;
		break;
	}
	ok = ok && ch_run_stages(engine, &doc, first, past, err) &&
	     (output == CHANCERY_BY_PETRARCH ? by_petrarch(petrarch, input, item, &doc, id, out, err) :
	      write_out(engine, output, input == CHANCERY_PAGES ? CH_OFFSETS_RAW : CH_OFFSETS_TEXT, &doc, id, out, err));
	json_decref(id);
	*article = ok && doc.article;
	if (ok && doc.cut)
		*warning = ch_arena_printf(arena, "is over %zu MB; only the beginning was read", CH_PAGE_BYTES_MAX >> 20).ptr;
	return ok;
}

/* ---- many ---- */

struct each {
	const struct ch_engine *engine;
	const struct chancery_work *work;
};

struct each_task {
	struct chancery_item item;
	struct ch_str out;
	const char *warning, *label;
	struct ch_err err;
	bool ok, article;
};

static bool each_next(void *ctx, struct ch_task *task)
{
	const struct each *each = ctx;
	struct each_task *t = CH_NEW(task->arena, struct each_task);

	char *name;

	task->data = t;
	if (!each->work->next(each->work->ctx, &t->item))
		return false;
	name = t->item.name;
	t->item.name = ch_arena_z(task->arena, ch_str_z(name));
	t->label = t->item.name;
	free(name);
	return true;
}

static void each_work(void *ctx, struct ch_task *task)
{
	const struct each *each = ctx;
	struct each_task *t = task->data;

	t->ok = ch_each_one(each->engine, each->work->input, each->work->output, each->work->petrarch, &t->item, task->arena, &t->out, &t->article,
			    &t->warning, &t->label, &t->err);
	ch_each_release(&t->item);
}

static bool each_done(void *ctx, struct ch_task *task)
{
	const struct each *each = ctx;
	struct each_task *t = task->data;
	struct chancery_result result = { .name = t->label, .warning = t->warning };

	result.outcome = !t->ok ? CHANCERY_FAILED : t->article ? CHANCERY_DONE : CHANCERY_NO_ARTICLE;
	if (t->ok) {
		result.text = t->out.ptr;
		result.size = t->out.len;
	} else {
		result.error = t->err.text;
	}
	return each->work->done(each->work->ctx, &result);
}

bool chancery_each(const struct chancery *engine, const struct chancery_work *work, struct chancery_error *error)
{
	struct each each = { (const struct ch_engine *)engine, work };

	(void)error;   /* nothing but an input can fail here today */
	ch_pool_run(&(struct ch_job){ each_next, each_work, each_done, &each, work->threads });
	return true;
}
