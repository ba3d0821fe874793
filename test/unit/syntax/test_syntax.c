/* The stage with the model of the source tree: trees that make sense, the same on every instruction set and whatever else is in
 * the document; damaged model files are refused. */
#include "doc/conllu.h"
#include "syntax/model.h"
#include "syntax/syntax.h"
#include "base/limits.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>

#define MODEL CH_SOURCE_DIR "/model/syntax.bin"

static struct ch_model *open_model(const char *isa)
{
	struct ch_model *m = NULL;
	struct ch_err err;
	if (isa)
		setenv("CHANCERY_ISA", isa, 1);
	else
		unsetenv("CHANCERY_ISA");
	bool ok = ch_model_open(MODEL, &m, &err);
	unsetenv("CHANCERY_ISA");
	return ok ? m : NULL;
}

/* A CoNLL-U file of one-word-a-line sentences: words split at blanks, sentences at '|'. */
static struct ch_str conllu(struct ch_arena *a, const char *text)
{
	size_t n = strlen(text);
	char *out = ch_arena_alloc(a, 40 * n + 64);
	size_t len = 0;
	int word = 0;
	struct ch_str rest = ch_str_n(text, n), piece;
	while (ch_str_cut(&rest, ' ', &piece)) {
		if (ch_str_eqz(piece, "|")) {
			out[len++] = '\n';
			word = 0;
			continue;
		}
		len += (size_t)sprintf(out + len, "%d\t%.*s\t_\t_\t_\t_\t_\t_\t_\t_\n", ++word, CH_STR_ARG(piece));
	}
	out[len++] = '\n';
	return ch_str_n(out, len);
}

static void parse(const struct ch_model *m, struct ch_arena *a, const char *text, struct ch_doc *doc)
{
	struct ch_err err = { "" };
	struct ch_engine engine = { .model = m };
	if (!ch_conllu_read(doc, a, conllu(a, text), &err) || !ch_syntax(&engine, doc, &err))
		fail_msg("%s", err.text);
	const char *broken = ch_syntax_check(doc);
	if (!broken)
		broken = ch_doc_check(doc);
	if (broken)
		fail_msg("%s", broken);
}

static char *dump(const struct ch_doc *doc, size_t *size)
{
	char *out = NULL;
	FILE *f = open_memstream(&out, size);
	ch_conllu_write(doc, f);
	fclose(f);
	return out;
}

static const char sentences[] =
	"Azerbaijani President Ilham Aliyev met with the Prime Minister of Georgia in Tbilisi on Monday . | "
	"PUTIN , ERDOĞAN DISCUSS SYRIA | “ We don’t agree , ” he said — “ not at all . ” | 1,250 tonnes of aid ; 3.5 % | "
	". | a | Çavuşoğlu visits Kyiv 日本 …";

static void test_a_plain_sentence(void **state)
{
	(void)state;
	struct ch_model *m = open_model(NULL);
	assert_non_null(m);
	struct ch_arena a;
	ch_arena_init(&a);
	struct ch_doc doc;
	parse(m, &a, sentences, &doc);
	assert_int_equal(doc.sentences.n, 7);
	const struct ch_token *t = doc.tokens.v;
	assert_int_equal(t[4].upos, CH_UPOS_VERB);             /* met */
	assert_true(ch_str_eqz(t[4].lemma, "meet"));
	assert_int_equal(t[4].head, CH_NONE);
	assert_int_equal(doc.sentences.v[0].root, 4);
	assert_int_equal(t[1].deprel == CH_DEP_NSUBJ || t[2].deprel == CH_DEP_NSUBJ, true);
	assert_true(doc.names.n >= 3);
	ch_arena_free(&a);
	ch_model_close(m);
}

static void test_same_on_every_set(void **state)
{
	(void)state;
	static const char *const sets[] = { "scalar", "avx2", "vnni" };
	char *want = NULL;
	for (int i = 0; i < 3; i++) {
		struct ch_model *m = open_model(sets[i]);
		if (!m)
			continue;
		assert_string_equal(ch_model_isa(m), sets[i]);
		struct ch_arena a;
		ch_arena_init(&a);
		struct ch_doc doc;
		size_t size;
		parse(m, &a, sentences, &doc);
		char *got = dump(&doc, &size);
		if (want) {
			assert_string_equal(want, got);
			free(got);
		} else {
			want = got;
		}
		ch_arena_free(&a);
		ch_model_close(m);
	}
	free(want);
}

/* A sentence read alone and among others gives the same. */
static void test_neighbours_do_not_matter(void **state)
{
	(void)state;
	struct ch_model *m = open_model(NULL);
	assert_non_null(m);
	struct ch_arena a;
	ch_arena_init(&a);
	struct ch_doc one, all;
	parse(m, &a, "PUTIN , ERDOĞAN DISCUSS SYRIA", &one);
	parse(m, &a, sentences, &all);
	uint32_t first = all.sentences.v[1].first;
	for (uint32_t i = 0; i < one.tokens.n; i++) {
		const struct ch_token *x = &one.tokens.v[i], *y = &all.tokens.v[first + i];
		assert_int_equal(x->upos, y->upos);
		assert_int_equal(x->deprel, y->deprel);
		assert_int_equal(x->head == CH_NONE ? CH_NONE : x->head + first, y->head);
		assert_true(ch_str_eq(x->lemma, y->lemma));
	}
	ch_arena_free(&a);
	ch_model_close(m);
}

static void test_endless_sentence(void **state)
{
	(void)state;
	struct ch_model *m = open_model(NULL);
	assert_non_null(m);
	struct ch_arena a;
	ch_arena_init(&a);
	struct ch_doc doc;
	size_t words = 5 * CH_SENTENCE_WORDS_MAX + 3;
	char *text = ch_arena_alloc(&a, words * 8);
	size_t len = 0;
	for (size_t i = 0; i < words; i++)
		len += (size_t)sprintf(text + len, "%s%s", i ? " " : "", i % 50 == 49 ? "," : i % 7 ? "peace" : "met");
	parse(m, &a, text, &doc);
	assert_int_equal(doc.sentences.n, 1);
	assert_int_equal(doc.tokens.n, words);
	ch_arena_free(&a);
	ch_model_close(m);
}

static void refuse(const char *path, const char *bytes, size_t size, const char *why)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, size, f), size);
	fclose(f);
	struct ch_model *m = NULL;
	struct ch_err err = { "" };
	assert_false(ch_model_open(path, &m, &err));
	assert_null(m);
	if (!strstr(err.text, why))
		fail_msg("'%s' does not say '%s'", err.text, why);
	assert_null(strchr(err.text, '\n'));
}

static void test_damaged_files(void **state)
{
	(void)state;
	FILE *f = fopen(MODEL, "rb");
	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	size_t size = (size_t)ftell(f);
	rewind(f);
	char *bytes = malloc(size);
	assert_int_equal(fread(bytes, 1, size, f), size);
	fclose(f);
	char path[] = "/tmp/chancery-model-XXXXXX";
	close(mkstemp(path));

	refuse(path, bytes, 0, "not a model");
	refuse(path, "hello there", 11, "not a model");
	refuse(path, bytes, 20, "cut short");
	refuse(path, bytes, size / 2, "cut short");
	refuse(path, bytes, size - 1, "cut short");
	for (size_t at = 32; at < size; at += size / 9) {
		bytes[at] ^= 16;
		refuse(path, bytes, size, "damaged");
		bytes[at] ^= 16;
	}
	bytes[8] ^= 64;
	refuse(path, bytes, size, "version");
	bytes[8] ^= 64;
	unlink(path);

	struct ch_model *m = NULL;
	struct ch_err err;
	assert_false(ch_model_open("/nonexistent/model", &m, &err));
	assert_false(ch_model_open("/tmp", &m, &err));
	setenv("CHANCERY_ISA", "abacus", 1);
	assert_false(ch_model_open(MODEL, &m, &err));
	unsetenv("CHANCERY_ISA");
	assert_non_null(strstr(err.text, "abacus"));
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_plain_sentence),
		cmocka_unit_test(test_same_on_every_set),
		cmocka_unit_test(test_neighbours_do_not_matter),
		cmocka_unit_test(test_endless_sentence),
		cmocka_unit_test(test_damaged_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
