#include "syntax/model_priv.h"
#include "syntax/features.h"
#include "syntax/names.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define VERSION 2
#define HEAD 32
#define ENTRY 48
#define SECTIONS_MAX 512

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the model file is mapped as it is: little endian only");

/* Reads sections in the order asked for and remembers the first thing that is wrong. */
struct reader {
	const struct ch_model *m;
	uint32_t sections;
	char wrong[96];                /* empty: nothing so far */
};

struct section {
	const void *data;
	uint32_t rows, cols;
	uint64_t size;
};

static uint32_t u32_at(const unsigned char *p)
{
	uint32_t x;
	memcpy(&x, p, sizeof x);
	return x;
}

static uint64_t u64_at(const unsigned char *p)
{
	uint64_t x;
	memcpy(&x, p, sizeof x);
	return x;
}

static void wrong(struct reader *r, const char *what, const char *name)
{
	if (!r->wrong[0])
		snprintf(r->wrong, sizeof r->wrong, "%s '%s'", what, name);
}

/* The section of that name and kind; an empty one (data NULL) after any failure. */
static struct section take(struct reader *r, const char *name, char kind)
{
	struct section none = { 0 };
	if (r->wrong[0])
		return none;
	for (uint32_t i = 0; i < r->sections; i++) {
		const unsigned char *e = r->m->map + HEAD + (size_t)i * ENTRY;
		if (memchr(e, 0, 20) == NULL || strcmp((const char *)e, name) != 0)
			continue;
		struct section s = { NULL, u32_at(e + 24), u32_at(e + 28), u64_at(e + 40) };
		uint64_t at = u64_at(e + 32);
		uint64_t one = kind == 'q' ? 8 : kind == 'b' ? 1 : 4;
		bool fits = at % 64 == 0 && at <= r->m->size && s.size <= r->m->size - at;
		if (e[20] != (unsigned char)kind || !fits ||
		    (kind != 's' && s.size != (uint64_t)s.rows * s.cols * one)) {
			wrong(r, "bad section", name);
			return none;
		}
		s.data = r->m->map + at;
		return s;
	}
	wrong(r, "no section", name);
	return none;
}

static const float *floats(struct reader *r, const char *name, uint32_t n)
{
	struct section s = take(r, name, 'f');
	if ((uint64_t)s.rows * s.cols != n)
		wrong(r, "bad size of", name);
	return s.data;
}

static const uint64_t *keys(struct reader *r, const char *name, uint32_t *n)
{
	struct section s = take(r, name, 'q');
	if (s.cols != 1)
		wrong(r, "bad size of", name);
	*n = s.rows;
	return s.data;
}

static struct ch_strings strings(struct reader *r, const char *name)
{
	struct section s = take(r, name, 's');
	struct ch_strings out = { 0 };
	uint64_t head = ((uint64_t)s.rows + 1) * 4;
	if (!s.data)
		return out;
	out.offset = s.data;
	out.bytes = (const char *)s.data + head;
	out.n = s.rows;
	bool good = s.size >= head && out.offset[0] == 0;
	for (uint32_t i = 0; good && i < s.rows; i++)
		good = out.offset[i] <= out.offset[i + 1] && out.offset[i + 1] <= s.size - head;
	if (!good) {
		wrong(r, "bad strings", name);
		return (struct ch_strings){ 0 };
	}
	return out;
}

static struct ch_matrix matrix(struct reader *r, const char *name, uint32_t n, uint32_t k)
{
	char part[32];
	snprintf(part, sizeof part, "%s.w", name);
	struct section w = take(r, part, 'b');
	uint32_t up = ch_lanes_up(n);
	if (w.rows != up || w.cols != k || k % CH_LANES)
		wrong(r, "bad size of", part);
	struct ch_matrix m = { .w = w.data, .n = up, .k = k };
	snprintf(part, sizeof part, "%s.s", name);
	m.scale = floats(r, part, up);
	snprintf(part, sizeof part, "%s.b", name);
	m.bias = floats(r, part, up);
	snprintf(part, sizeof part, "%s.z", name);
	struct section z = take(r, part, 'i');
	if (z.rows != up || z.cols != 1)
		wrong(r, "bad size of", part);
	m.sum = z.data;
	for (uint32_t i = 0; m.sum && i < z.rows; i++)         /* the products count on it that 128 of them stay in 32 bits */
		if (m.sum[i] > (int32_t)(128 * k) || m.sum[i] < -(int32_t)(128 * k))
			wrong(r, "bad sums in", part);
	return m;
}

static struct ch_table4 table4(struct reader *r, const char *name, uint32_t rows, uint32_t cols)
{
	char part[32];
	snprintf(part, sizeof part, "%s.w", name);
	struct section w = take(r, part, 'b');
	if (w.rows != rows || w.cols != cols / 2 || cols % 2)
		wrong(r, "bad size of", part);
	snprintf(part, sizeof part, "%s.s", name);
	return (struct ch_table4){ w.data, floats(r, part, rows), rows, cols };
}

static bool lemma_rule(struct ch_str s, struct ch_lemma_rule *rule)
{
	if (s.len < 2 || !memchr("lkt", s.ptr[0], 3) || s.ptr[1] < '0' || s.ptr[1] > '9')
		return false;
	*rule = (struct ch_lemma_rule){ s.ptr[0], (uint8_t)(s.ptr[1] - '0'), ch_str_sub(s, 2, s.len) };
	return true;
}

static bool ne_tag(struct ch_str s, struct ch_ne_tag *tag)
{
	static const char *const kinds[] = { "PER", "ORG", "LOC", "EVENT", "MISC" };   /* enum ch_name_kind */
	if (ch_str_eqz(s, "O")) {
		*tag = (struct ch_ne_tag){ 'O', 0 };
		return true;
	}
	for (uint8_t i = 0; i < 5; i++)
		if (s.len > 2 && (s.ptr[0] == 'B' || s.ptr[0] == 'I') && ch_str_eqz(ch_str_sub(s, 2, s.len), kinds[i])) {
			*tag = (struct ch_ne_tag){ s.ptr[0], i };
			return true;
		}
	return false;
}

/* Takes the inventories over, as numbers of doc/tags.h where there are some. */
static void tags(struct reader *r, struct ch_model *m)
{
	struct {
		const char *name;
		uint32_t *n;
	} lists[] = {
		{ "tag.upos", &m->upos_n }, { "tag.xpos", &m->xpos_n }, { "tag.feats", &m->feats_n },
		{ "tag.lemma", &m->lemma_rule_n }, { "tag.ne", &m->ne_n }, { "tag.dep", &m->dep_n },
	};
	for (uint32_t l = 0; l < 6; l++) {
		struct ch_strings s = strings(r, lists[l].name);
		if (s.n == 0 || s.n > CH_TAGS_MAX || (l == 4 && s.n > CH_NE_TAGS_MAX)) {
			wrong(r, "bad size of", lists[l].name);
			return;
		}
		*lists[l].n = s.n;
		for (uint32_t i = 0; i < s.n; i++) {
			struct ch_str t = ch_strings_at(&s, i);
			bool good = true;
			switch (l) {
			case 0: m->upos[i] = (uint8_t)ch_upos_parse(t); break;
			case 1: m->xpos[i] = (uint8_t)ch_xpos_parse(t); break;
			case 2: m->feats[i] = t; break;
			case 3: good = lemma_rule(t, &m->lemma_rule[i]); break;
			case 4: good = ne_tag(t, &m->ne[i]); break;
			default: m->dep[i] = (uint8_t)ch_deprel_parse(t); break;
			}
			if (!good)
				wrong(r, "bad tag in", lists[l].name);
		}
	}
}

static void layers(struct reader *r, struct ch_model *m)
{
	struct ch_strings types = strings(r, "blocks");
	if (types.n == 0 || types.n > CH_BLOCKS_MAX)
		wrong(r, "bad size of", "blocks");
	for (uint32_t i = 0; i < types.n && !r->wrong[0]; i++) {
		struct ch_str t = ch_strings_at(&types, i);
		struct ch_layer *y = &m->layer[i];
		char name[16];
		m->layer_n = i + 1;
		y->type = t.len == 1 ? (enum ch_block_type)t.ptr[0] : 0;
		snprintf(name, sizeof name, "%u.norm", i);
		y->norm = floats(r, name, m->d);
		snprintf(name, sizeof name, "%u.in", i);
		switch (y->type) {
		case CH_CONV: y->in = matrix(r, name, 2 * m->d, 3 * m->d); break;
		case CH_SCAN: y->in = matrix(r, name, 6 * m->h, m->d); break;
		case CH_ATTEND: y->in = matrix(r, name, 3 * m->d, m->d); break;
		default: wrong(r, "unknown block in", name); break;
		}
		snprintf(name, sizeof name, "%u.out", i);
		if (y->type == CH_SCAN)
			y->out = matrix(r, name, m->d, 2 * m->h);
		else if (y->type == CH_ATTEND)
			y->out = matrix(r, name, m->d, m->d);
		snprintf(name, sizeof name, "%u.dist", i);
		if (y->type == CH_ATTEND)
			y->dist = floats(r, name, m->heads * (2 * m->reach + 1));
	}
}

static bool width(uint32_t n)
{
	return n > 0 && n <= CH_WIDTH_MAX && n % CH_LANES == 0;
}

static void contents(struct reader *r, struct ch_model *m)
{
	struct ch_strings about = strings(r, "about");
	if (about.n)
		m->about = ch_strings_at(&about, 0);
	struct section z = take(r, "sizes", 'i');
	if (z.rows != 11 || z.cols != 1) {
		wrong(r, "bad size of", "sizes");
		return;
	}
	const uint32_t *n = z.data;
	m->d = n[0], m->glove_dim = n[1], m->emb_dim = n[2], m->word_rows = n[3], m->affix_rows = n[4];
	m->h = n[6], m->heads = n[7], m->arc_dim = n[8], m->rel_dim = n[9], m->reach = n[10];
	if (!width(m->d) || !width(m->h) || !width(m->arc_dim) || !width(m->rel_dim) ||
	    m->glove_dim > CH_WIDTH_MAX || m->emb_dim > CH_WIDTH_MAX || !width(m->glove_dim + m->emb_dim) ||
	    m->word_rows == 0 || m->affix_rows == 0 || m->word_rows > 1u << 24 || m->affix_rows > 1u << 24 ||
	    n[5] != CH_SLOTS || m->heads == 0 || m->heads > 64 || m->d % (m->heads * CH_LANES) || m->reach > 1024) {
		wrong(r, "bad numbers in", "sizes");
		return;
	}
	tags(r, m);
	m->known = keys(r, "known", &m->known_n);
	m->gaz_key = keys(r, "gaz.key", &m->gaz_n);
	struct section g = take(r, "gaz.mask", 'b');
	if (g.size != m->gaz_n)
		wrong(r, "bad size of", "gaz.mask");
	m->gaz_mask = g.data;
	m->lemma_key = keys(r, "lemma.key", &m->lemma_n);
	m->lemma_value = strings(r, "lemma.value");
	if (m->lemma_value.n != m->lemma_n)
		wrong(r, "bad size of", "lemma.value");
	m->glove_key = keys(r, "glove.key", &m->glove_n);
	m->glove = table4(r, "glove", m->glove_n, m->glove_dim);
	m->emb = table4(r, "emb", m->word_rows + m->affix_rows, m->emb_dim);
	m->in_norm = floats(r, "in.norm", m->glove_dim + m->emb_dim);
	m->in = matrix(r, "in", m->d, m->glove_dim + m->emb_dim);
	layers(r, m);
	m->norm = floats(r, "norm", m->d);
	m->tags = matrix(r, "tags", m->upos_n + m->xpos_n + m->feats_n + m->lemma_rule_n + m->ne_n, m->d);
	m->arc = matrix(r, "arc", 2 * m->arc_dim, m->d);
	m->bil = matrix(r, "bil", m->arc_dim, m->arc_dim);
	m->root = floats(r, "root", m->arc_dim);
	m->dist = floats(r, "dist", 2 * m->reach + 1);
	m->rel = matrix(r, "rel", 2 * m->rel_dim, m->d);
	m->relroot = floats(r, "relroot", m->rel_dim);
	m->relout = matrix(r, "relout", m->dep_n, m->rel_dim);
}

/* Checks the head of the file, then everything in it. */
static bool load(struct ch_model *m, struct ch_err *err)
{
	if (m->size < 8 || memcmp(m->map, "CHSYNTAX", 8) != 0)
		return ch_fail(err, "not a model of chancery");
	if (m->size < HEAD)
		return ch_fail(err, "the model is cut short");
	if (u32_at(m->map + 8) != VERSION)
		return ch_fail(err, "model version %u, but this program reads version %u", u32_at(m->map + 8), VERSION);
	if (u64_at(m->map + 16) != m->size)
		return ch_fail(err, "the model is cut short or has grown: %llu bytes expected, %zu found",
			       (unsigned long long)u64_at(m->map + 16), m->size);
	unsigned long crc = crc32_z(0, m->map + HEAD, m->size - HEAD);
	if (crc != u32_at(m->map + 24))
		return ch_fail(err, "the model is damaged (checksum %08lx, expected %08x)", crc, u32_at(m->map + 24));
	struct reader r = { .m = m, .sections = u32_at(m->map + 12) };
	if (r.sections > SECTIONS_MAX || m->size < HEAD + (size_t)r.sections * ENTRY)
		return ch_fail(err, "the model is damaged (%u sections)", r.sections);
	contents(&r, m);
	if (r.wrong[0])
		return ch_fail(err, "the model is damaged (%s)", r.wrong);
	return true;
}

static bool map_file(const char *path, struct ch_model *m, struct ch_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ch_fail(err, "cannot open: %s", strerror(errno));
	struct stat st;
	bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (ok && st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		ok = p != MAP_FAILED;
		if (ok) {
			m->map = p;
			m->size = (size_t)st.st_size;
		}
	}
	close(fd);
	return ok || ch_fail(err, "cannot read");
}

bool ch_model_open(const char *path, struct ch_model **model, struct ch_err *err)
{
	const char *isa = getenv("CHANCERY_ISA");
	struct ch_model *m = ch_xrealloc(NULL, sizeof *m);
	memset(m, 0, sizeof *m);
	m->k = ch_kernels_find(isa && *isa ? isa : NULL);
	if (!m->k) {
		free(m);
		return ch_fail(err, "CHANCERY_ISA=%s: this machine does not have it; scalar always works", isa);
	}
	if (!map_file(path, m, err) || !load(m, err)) {
		ch_model_close(m);
		return ch_err_in(err, "%s", path);
	}
	*model = m;
	return true;
}

void ch_model_close(struct ch_model *m)
{
	if (!m)
		return;
	if (m->map)
		munmap((void *)(uintptr_t)m->map, m->size);
	free(m);
}

const char *ch_model_isa(const struct ch_model *model)
{
	return model->k->name;
}

struct ch_str ch_model_about(const struct ch_model *model)
{
	return model->about;
}

uint32_t ch_keys_find(const uint64_t *k, uint32_t n, uint64_t key)
{
	uint32_t lo = 0, hi = n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (k[mid] < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && k[lo] == key ? lo : CH_NONE;
}
