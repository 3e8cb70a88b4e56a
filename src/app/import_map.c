/* app/import_map.c — header words to fields, and the mapping file. */
#include "app/import_map.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/utf8.h"
#include "core/problem.h"

#include <string.h>

enum { KEY_MOST = 120, NO_RANK = 1 << 20 };

/* Headers of columns that are never copied. */
static const char personal[] =
	"身份证号|身份证号码|身份证|公民身份号码|居民身份证号|居民身份证号码|身份证件号码|idcard|id_card";
static const char classified[] = "涉密|是否涉密|涉密单位|是否涉密单位|密级|涉密情况|保密级别";

struct header_key {
	char text[KEY_MOST];
	size_t len;
};

static bool blank(uint32_t c)
{
	return c <= ' ' || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a) || c == '*' ||
	       c == ':' || c == '"' || c == '\'' || c == 0x2605;
}

static uint32_t half_width(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c == 0x3010 || c == 0x3014)
		return '(';
	if (c == 0x3011 || c == 0x3015)
		return ')';
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* What is left of a header when everything that does not tell columns apart is dropped. */
static void make_key(struct span text, struct header_key *ret)
{
	uint32_t c, depth = 0;

	ret->len = 0;
	for (size_t i = 0, bytes; i < text.len && ret->len + 4 <= KEY_MOST; i += bytes) {
		bytes = utf8_next(text.at + i, text.len - i, &c);
		if (c != 0xfffd && problem_hides((struct span){ text.at + i, bytes }))
			continue;
		c = half_width(c);
		if (c == '(' || c == '[') {
			depth++;
		} else if ((c == ')' || c == ']') && depth > 0) {
			depth--;
		} else if (depth == 0 && !blank(c)) {
			ret->len += utf8_put(ret->text + ret->len, c);
		}
	}
}

static bool same_key(const struct header_key *key, struct span word)
{
	struct header_key other;

	make_key(word, &other);
	return key->len > 0 && key->len == other.len &&
	       memcmp(key->text, other.text, key->len) == 0;
}

/* Position of the header among the words joined by '|', or -1. */
static int word_rank(const struct header_key *key, const char *words)
{
	struct span rest = span_of(words), word;
	int rank = 0;

	for (; rest.len; rank++) {
		span_cut(&rest, '|', &word);
		if (same_key(key, word))
			return rank;
	}
	return -1;
}

static int field_rank(const struct header_key *key, const struct field *f)
{
	if (same_key(key, span_of(f->header)) || same_key(key, span_of(f->name)))
		return 0;
	int rank = word_rank(key, f->synonyms);
	return rank < 0 ? NO_RANK : rank + 1;
}

/* A name of ours is its own key: no other words need be looked at. */
static bool is_name(const struct header_key *key, const char *name)
{
	return span_equal((struct span){ key->text, key->len }, span_of(name));
}

/* The field whose words fit best. */
static int find_field(enum registry kind, const struct header_key *key, int *rank)
{
	uint32_t count;
	const struct field *fields = registry_fields(kind, &count);
	int best = COLUMN_IGNORED;

	*rank = 0;
	for (uint32_t i = 0; i < count; i++)
		if (is_name(key, fields[i].name))
			return (int)i;
	*rank = NO_RANK;
	for (uint32_t i = 0; i < count; i++) {
		int r = field_rank(key, &fields[i]);
		if (r < *rank) {
			*rank = r;
			best = (int)i;
		}
	}
	return best;
}

static int read_column(const struct import_map *m, struct span header, int *rank)
{
	struct header_key key;

	*rank = -1;
	make_key(header, &key);
	for (uint32_t i = 0; i < m->rename_count; i++)
		if (same_key(&key, m->renames[i].header))
			return m->renames[i].target;
	if (word_rank(&key, classified) >= 0)
		return COLUMN_CLASSIFIED;
	if (word_rank(&key, personal) >= 0)
		return COLUMN_PERSON;
	return find_field(m->kind, &key, rank);
}

static bool is_among(struct span header, const struct span *cells, uint32_t count)
{
	struct header_key key;

	for (uint32_t i = 0; i < count; i++) {
		make_key(cells[i], &key);
		if (same_key(&key, header))
			return true;
	}
	return false;
}

const struct import_rename *import_map_unmet(const struct import_map *m, const struct span *cells,
					     uint32_t count)
{
	for (uint32_t i = 0; i < m->rename_count; i++)
		if (!is_among(m->renames[i].header, cells, count))
			return &m->renames[i];
	return NULL;
}

uint32_t import_columns_read(const struct import_map *m, const struct span *cells, uint32_t count,
			     struct import_columns *ret)
{
	int rank, best_rank[REGISTRY_FIELDS_MOST], best_column[REGISTRY_FIELDS_MOST];
	uint32_t named = 0;
	const uint32_t name = registry_subject(m->kind);

	*ret = (struct import_columns){ .count = count };
	for (uint32_t i = 0; i < REGISTRY_FIELDS_MOST; i++)
		best_rank[i] = NO_RANK + 1;
	for (uint32_t i = 0; i < count; i++) {
		int target = read_column(m, cells[i], &rank);
		ret->column[i] = (int8_t)target;
		ret->personal |= target == COLUMN_PERSON || target == COLUMN_CLASSIFIED;
		if (target < 0)
			continue;
		if (rank >= best_rank[target]) {
			ret->column[i] = COLUMN_IGNORED;
			continue;
		}
		if (ret->present[target])
			ret->column[best_column[target]] = COLUMN_IGNORED;
		named += !ret->present[target];
		ret->present[target] = true;
		best_rank[target] = rank;
		best_column[target] = (int)i;
	}
	return ret->present[name] ? named : 0;
}

const char *import_columns_missing(struct arena *a, const struct import_map *m,
				   const struct import_columns *c)
{
	uint32_t count;
	const struct field *fields = registry_fields(m->kind, &count);
	const char *list = "";

	for (uint32_t i = 0; i < count; i++)
		if (fields[i].required && !c->present[i] && m->fixed[i].len == 0)
			list = arena_printf(a, "%s%s%s", list, *list ? "、" : "", fields[i].header);
	return list;
}

void import_map_init(struct import_map *m, enum registry kind)
{
	*m = (struct import_map){ .kind = kind };
}

bool import_map_word(const struct import_map *m, uint32_t field, struct span word, struct span *ret)
{
	for (uint32_t i = 0; i < m->word_count; i++)
		if (m->words[i].field == field && span_equal(m->words[i].from, word)) {
			*ret = m->words[i].to;
			return true;
		}
	return false;
}

static struct span trim(struct span s)
{
	while (s.len && (unsigned char)s.at[0] <= ' ')
		s = (struct span){ s.at + 1, s.len - 1 };
	while (s.len && (unsigned char)s.at[s.len - 1] <= ' ')
		s.len--;
	return s;
}

/* Drops a comment: '#' at the start or behind white space. */
static struct span without_comment(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '#' && (i == 0 || s.at[i - 1] == ' ' || s.at[i - 1] == '\t'))
			s.len = i;
	return trim(s);
}

/* Cuts at the first occurrence of a mark of several bytes. */
static bool cut(struct span text, const char *mark, struct span *left, struct span *right)
{
	size_t size = strlen(mark);
	const char *at = text.len ? memmem(text.at, text.len, mark, size) : NULL;

	if (!at)
		return false;
	*left = trim((struct span){ text.at, (size_t)(at - text.at) });
	*right = trim((struct span){ at + size, text.len - (size_t)(at - text.at) - size });
	return true;
}

static int field_of(enum registry kind, struct span word)
{
	struct header_key key;
	int rank;

	make_key(word, &key);
	return find_field(kind, &key, &rank);
}

static int bad_line(struct arena *a, uint32_t line, const char *why, const char **problem)
{
	*problem = arena_printf(a, "对照文件第 %u 行：%s", line, why);
	return INVALID;
}

/* One rule. */
static int read_rule(struct import_map *m, struct span rule, uint32_t line, const char **why)
{
	struct span left, right, field_word, from;
	int field;

	if (cut(rule, ":=", &left, &right)) {
		field = field_of(m->kind, left);
		*why = "「:=」左边不是本程序的字段名，请用 --help 所列的列名";
		if (field < 0)
			return INVALID;
		*why = m->fixed_line[field] ? "前面已有一条「:=」给了这个字段的值，请只留一条"
					    : "「:=」右边没有值";
		if (m->fixed_line[field] || right.len == 0)
			return INVALID;
		m->fixed[field] = right;
		m->fixed_line[field] = line;
		return OK;
	}
	if (cut(rule, "=>", &left, &right)) {
		*why = "「=>」左边应写成「字段名: 文件里的词」";
		if (!cut(left, ":", &field_word, &from) && !cut(left, "：", &field_word, &from))
			return INVALID;
		field = field_of(m->kind, field_word);
		if (field < 0)
			return INVALID;
		m->words[m->word_count++] =
			(struct import_word){ (uint32_t)field, line, from, right };
		return OK;
	}
	*why = "应写成「文件里的表头 = 字段名」、「字段名 := 值」或「字段名: 词 => 值」";
	if (!cut(rule, "=", &left, &right) || left.len == 0)
		return INVALID;
	field = span_equal(right, SPAN("-")) ? COLUMN_IGNORED : field_of(m->kind, right);
	*why = "「=」右边不是本程序的字段名，请用 --help 所列的列名，或用 - 表示不读";
	if (field < 0 && !span_equal(right, SPAN("-")))
		return INVALID;
	m->renames[m->rename_count++] = (struct import_rename){ left, field, line };
	return OK;
}

static uint32_t count_lines(struct span text)
{
	uint32_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	return lines;
}

int import_map_read(struct arena *a, enum registry kind, struct span text, struct import_map *ret,
		    const char **problem)
{
	struct import_map m = { .kind = kind };
	struct span line;
	const char *why = "";
	uint32_t number = 0, most = count_lines(text);

	if (utf8_valid(text.at, text.len) != text.len)
		return bad_line(a, 1, "对照文件不是 UTF-8 编码，请另存为 UTF-8", problem);
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		text = (struct span){ text.at + 3, text.len - 3 };
	m.renames = arena_array(a, most, sizeof(*m.renames));
	m.words = arena_array(a, most, sizeof(*m.words));
	while (text.len) {
		span_cut(&text, '\n', &line);
		number++;
		line = without_comment(line);
		if (line.len == 0)
			continue;
		if (read_rule(&m, line, number, &why) != OK)
			return bad_line(a, number, why, problem);
	}
	*ret = m;
	return OK;
}
