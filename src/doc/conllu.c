#include "doc/conllu.h"
#include "base/utf8.h"

/* ---- in ---- */

struct reader {
	struct ch_doc *doc;
	char *text;             /* as long as the file at most, since every form stands in it */
	size_t text_len;
	uint32_t line;
	uint32_t sentence_start, first;
	bool open;              /* a sentence has begun */
	bool heads;             /* all its words so far have one */
	uint32_t mwt_past;      /* word number behind the multi-word token that is open; 0: none */
	uint8_t mwt_words;      /* of a token whose first word is still to come */
	struct ch_str mwt_form;
	bool mwt_space;
};

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

static bool given(struct ch_str s)
{
	return s.len && !ch_str_eqz(s, "_");
}

static bool no_space(struct ch_str misc)
{
	return ch_str_find(misc, CH_STR("SpaceAfter=No"), 0) != CH_STR_NONE;
}

static void put(struct reader *r, struct ch_str s)
{
	if (s.len)
		memcpy(r->text + r->text_len, s.ptr, s.len);
	r->text_len += s.len;
}

/* The tokens from first on hang from one root. Each token is walked over once. */
static bool is_tree(const struct ch_doc *doc, uint32_t first)
{
	uint32_t n = doc->tokens.n - first, roots = 0;
	uint32_t *walk = CH_NEW_N(doc->arena, uint32_t, n);   /* the walk that came by here first; 0: none */

	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = i;

		roots += doc->tokens.v[first + i].head == CH_NONE;
		while (!walk[at]) {
			walk[at] = i + 1;
			if (doc->tokens.v[first + at].head == CH_NONE)
				break;
			at = doc->tokens.v[first + at].head - first;
			if (walk[at] == i + 1)
				return false;
		}
	}
	return roots == 1;
}

static bool close_sentence(struct reader *r, struct ch_err *err)
{
	struct ch_doc *doc = r->doc;
	uint32_t index = doc->sentences.n;
	struct ch_span span;

	if (!r->open)
		return true;
	if (r->mwt_past)
		return ch_fail(err, "line %u: the sentence ends inside a multi-word token", r->line);
	while (r->text_len > r->sentence_start && r->text[r->text_len - 1] == ' ')
		r->text_len--;
	span = (struct ch_span){ r->sentence_start, (uint32_t)r->text_len };
	*CH_PUSH(doc->arena, &doc->blocks) = (struct ch_block){ span, CH_BLOCK_PARAGRAPH };
	*CH_PUSH(doc->arena, &doc->sentences) =
		(struct ch_sentence){ span, r->first, doc->tokens.n, doc->blocks.n - 1, CH_NONE };
	doc->tokens.v[doc->tokens.n - 1].space_after = true;
	r->open = false;
	put(r, CH_STR("\n"));
	if (!r->heads)
		return true;
	for (uint32_t i = r->first; i < doc->tokens.n; i++) {
		uint32_t head = doc->tokens.v[i].head;   /* still the word's number in its sentence */

		if (head > doc->tokens.n - r->first)
			return ch_fail(err, "line %u: head %u is beyond the sentence", r->line, head);
		doc->tokens.v[i].head = head ? r->first + head - 1 : CH_NONE;
	}
	if (!is_tree(doc, r->first))
		return ch_fail(err, "line %u: the heads of the sentence before are no tree with one root", r->line);
	doc->text = ch_str_n(r->text, r->text_len);
	ch_doc_link_tree(doc, index);
	return true;
}

static bool read_word(struct reader *r, struct ch_str *col, struct ch_err *err)
{
	struct ch_doc *doc = r->doc;
	uint32_t id, head = 0, number;
	struct ch_token t = { .sentence = doc->sentences.n, .mention = CH_NONE, .head = CH_NONE, .first_child = CH_NONE,
			      .next_sibling = CH_NONE };

	if (!r->open) {
		r->open = true;
		r->heads = true;
		r->sentence_start = (uint32_t)r->text_len;
		r->first = doc->tokens.n;
	}
	number = doc->tokens.n - r->first + 1;
	if (!ch_str_uint(col[ID], &id) || id != number)
		return ch_fail(err, "line %u: word number %u was due, '%.*s' stands there", r->line, number, CH_STR_ARG(col[ID]));
	if (!col[FORM].len)
		return ch_fail(err, "line %u: the word has no form", r->line);
	t.span.start = (uint32_t)r->text_len;
	t.space_after = !no_space(col[MISC]);
	if (r->mwt_past && id < r->mwt_past) {
		/* Words of a multi-word token share its letters where they are the same ("do|n't"); else the form is cut evenly. */
		bool last = id + 1 == r->mwt_past;
		struct ch_str part = col[FORM];

		t.space_after = last && r->mwt_space;
		t.mwt = r->mwt_words;
		r->mwt_words = 0;
		if (last || !ch_str_starts(r->mwt_form, part) || part.len == r->mwt_form.len) {
			uint32_t n = 0, left = r->mwt_past - id;

			if (last)
				n = (uint32_t)r->mwt_form.len;
			else
				while (n < r->mwt_form.len / left || (n < r->mwt_form.len && ((unsigned char)r->mwt_form.ptr[n] & 0xC0) == 0x80))
					n++;
			part = ch_str_sub(r->mwt_form, 0, n);
		}
		r->mwt_form = ch_str_sub(r->mwt_form, part.len, r->mwt_form.len);
		if (!ch_str_trim(part).len)
			return ch_fail(err, "line %u: the multi-word token has fewer letters than words", r->line);
		put(r, part);
	} else {
		put(r, col[FORM]);
	}
	t.span.end = (uint32_t)r->text_len;
	if (t.space_after)
		put(r, CH_STR(" "));
	t.upos = (uint8_t)ch_upos_parse(col[UPOS]);
	t.xpos = (uint8_t)ch_xpos_parse(col[XPOS]);
	t.deprel = (uint8_t)ch_deprel_parse(col[DEPREL]);
	if (given(col[LEMMA]))
		t.lemma = ch_arena_str(doc->arena, col[LEMMA]);
	if (given(col[FEATS]))
		t.feats = ch_arena_str(doc->arena, col[FEATS]);
	if (ch_str_uint(col[HEAD], &head))
		t.head = head;
	else
		r->heads = false;
	if (r->mwt_past && number + 1 == r->mwt_past)
		r->mwt_past = 0;
	*CH_PUSH(doc->arena, &doc->tokens) = t;
	return true;
}

static bool read_range(struct reader *r, struct ch_str *col, struct ch_err *err)
{
	size_t dash = ch_str_find_byte(col[ID], '-', 0);
	uint32_t from, to;

	if (!ch_str_uint(ch_str_sub(col[ID], 0, dash), &from) || !ch_str_uint(ch_str_sub(col[ID], dash + 1, col[ID].len), &to) ||
	    from == 0 || to <= from || to - from > 20)
		return ch_fail(err, "line %u: '%.*s' is no range of words", r->line, CH_STR_ARG(col[ID]));
	if (r->mwt_past || from != (r->open ? r->doc->tokens.n - r->first + 1 : 1))
		return ch_fail(err, "line %u: the range '%.*s' does not begin at the next word", r->line, CH_STR_ARG(col[ID]));
	r->mwt_past = to + 1;
	r->mwt_words = (uint8_t)(to - from + 1);
	r->mwt_form = col[FORM];
	r->mwt_space = !no_space(col[MISC]);
	return true;
}

static bool read_line(struct reader *r, struct ch_str line, struct ch_err *err)
{
	struct ch_str col[COLUMNS] = { 0 }, rest = line;
	int n = 0;

	if (line.len && line.ptr[line.len - 1] == '\r')
		rest = line = ch_str_sub(line, 0, line.len - 1);
	if (!ch_str_trim(line).len)
		return close_sentence(r, err);
	if (line.ptr[0] == '#')
		return true;
	while (n < COLUMNS && ch_str_cut(&rest, '\t', &col[n]))
		n++;
	if (n < FORM + 1 || (n != COLUMNS && n != FORM + 1))
		return ch_fail(err, "line %u: %d columns where CoNLL-U has 10", r->line, n);
	if (ch_str_find_byte(col[ID], '.', 0) != CH_STR_NONE)
		return true;
	col[FORM] = ch_str_trim(col[FORM]);   /* blanks between words are ours to set */
	if (ch_str_find_byte(col[ID], '-', 0) != CH_STR_NONE)
		return read_range(r, col, err);
	return read_word(r, col, err);
}

bool ch_conllu_read(struct ch_doc *doc, struct ch_arena *arena, struct ch_str file, struct ch_err *err)
{
	struct reader r = { .doc = doc };
	struct ch_str rest = file, line;

	ch_doc_init(doc, arena);
	if (file.len >= UINT32_MAX / 2 || !ch_utf8_valid(file))
		return ch_fail(err, "not CoNLL-U: the file is not UTF-8, or too long");
	r.text = ch_arena_alloc(arena, file.len + 2);
	while (ch_str_cut(&rest, '\n', &line)) {
		r.line++;
		if (!read_line(&r, line, err))
			return false;
	}
	if (!close_sentence(&r, err))
		return false;
	doc->text = ch_str_n(r.text, r.text_len);
	doc->raw = doc->text;
	doc->article = true;
	if (r.text_len)
		*CH_PUSH(arena, &doc->map) = (struct ch_segment){ 0, (uint32_t)r.text_len, 0, (uint32_t)r.text_len };
	return true;
}

/* ---- out ---- */

static void put_str(FILE *out, struct ch_str s)
{
	fwrite(s.len ? s.ptr : "_", 1, s.len ? s.len : 1, out);
}

/* Forms and `# text` stand on one line, whatever white space the page has inside a sentence. */
static void put_line(FILE *out, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		putc(s.ptr[i] == '\n' || s.ptr[i] == '\r' || s.ptr[i] == '\t' ? ' ' : s.ptr[i], out);
}

static const char *const name_tags[] = { "PER", "ORG", "LOC", "EVENT", "MISC" };

/* A value of MISC: no bars, which part the values. */
static void put_value(FILE *out, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		putc(s.ptr[i] == '|' || s.ptr[i] == '\n' || s.ptr[i] == '\r' || s.ptr[i] == '\t' ? ' ' : s.ptr[i], out);
}

/* Chain= and Who= of the phrases that the token heads; *phrase is the first of them or a later token's. */
static bool put_chains(const struct ch_doc *doc, uint32_t token, uint32_t *phrase, FILE *out)
{
	uint32_t first = doc->sentences.v[doc->tokens.v[token].sentence].first, m = doc->tokens.v[token].mention, n = 0;

	for (; *phrase < doc->phrases.n && doc->phrases.v[*phrase].head <= token; ++*phrase) {
		const struct ch_phrase *p = &doc->phrases.v[*phrase];

		if (p->head == token)
			fprintf(out, "%s%u:%u-%u", n++ ? "," : "Chain=", p->chain, p->first - first + 1, p->past - first);
	}
	if (!doc->mentions.n || m == CH_NONE)
		return n > 0;
	for (uint32_t i = 0; i < doc->mentions.v[m].actor_n; i++) {
		fputs(i ? ";" : n ? "|Who=" : "Who=", out);
		put_value(out, doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first + i]].name);
	}
	return n > 0 || doc->mentions.v[m].actor_n > 0;
}

static void put_misc(const struct ch_doc *doc, uint32_t token, uint32_t name, uint32_t *phrase, bool in_mwt, FILE *out)
{
	bool any = put_chains(doc, token, phrase, out);

	if (name != CH_NONE) {
		const struct ch_name *n = &doc->names.v[name];

		fprintf(out, "%sNE=%c-%s", any ? "|" : "", token == n->first ? 'B' : 'I', name_tags[n->kind]);
		any = true;
	}
	if (!doc->tokens.v[token].space_after && !in_mwt) {
		fputs(any ? "|SpaceAfter=No" : "SpaceAfter=No", out);
		any = true;
	}
	if (!any)
		putc('_', out);
	putc('\n', out);
}

static void write_sentence(const struct ch_doc *doc, const struct ch_sentence *s, uint32_t *name, uint32_t *phrase, FILE *out)
{
	uint32_t mwt_past = s->first;

	fputs("# text = ", out);
	put_line(out, ch_doc_str(doc, s->span));
	putc('\n', out);
	for (uint32_t i = s->first; i < s->past; i++) {
		const struct ch_token *t = &doc->tokens.v[i];
		uint32_t number = i - s->first + 1;

		if (t->mwt > 1 && i + t->mwt <= s->past) {
			const struct ch_token *last = &doc->tokens.v[i + t->mwt - 1];

			mwt_past = i + t->mwt;
			fprintf(out, "%u-%u\t", number, number + t->mwt - 1);
			put_line(out, ch_doc_str(doc, (struct ch_span){ t->span.start, last->span.end }));
			fprintf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", last->space_after ? "_" : "SpaceAfter=No");
		}
		while (*name < doc->names.n && doc->names.v[*name].past <= i)
			++*name;
		fprintf(out, "%u\t", number);
		put_line(out, ch_token_str(doc, i));
		putc('\t', out);
		put_str(out, t->lemma);
		if (s->root == CH_NONE) {
			fputs("\t_\t_\t_\t_\t_\t_\t", out);
		} else {
			fprintf(out, "\t%s\t%s\t", ch_upos_name(t->upos), ch_xpos_name(t->xpos));
			put_str(out, t->feats);
			fprintf(out, "\t%u\t%s\t_\t", t->head == CH_NONE ? 0 : t->head - s->first + 1, ch_deprel_name(t->deprel));
		}
		put_misc(doc, i, *name < doc->names.n && doc->names.v[*name].first <= i ? *name : CH_NONE, phrase, i < mwt_past, out);
	}
	putc('\n', out);
}

void ch_conllu_write(const struct ch_doc *doc, FILE *out)
{
	uint32_t name = 0, phrase = 0;

	for (uint32_t i = 0; i < doc->sentences.n; i++)
		write_sentence(doc, &doc->sentences.v[i], &name, &phrase, out);
}
