/* core/lists.c — lines and columns of the lists. Objects may be ten million lines: their check makes one
 * pass for the encoding and one for the columns, and keeps nothing of them but counts. Since TAB sorts
 * before every byte of an id, lines are in order exactly when their key columns are. */
#include "core/lists.h"

#include "core/text.h"

enum { OBJECT_COLUMNS = 6, INSPECTOR_COLUMNS = 6, CONFLICT_COLUMNS = 3 };

/* Cuts a line at its tabs; columns that are left out become empty. Returns how many stand there. */
static size_t columns(struct span line, struct span *ret, size_t most)
{
	return text_cells(&line, &(struct span){ 0 }, ret, most);
}

void list_object(struct span line, struct draw_object *ret)
{
	struct span c[OBJECT_COLUMNS];

	columns(line, c, OBJECT_COLUMNS);
	*ret = (struct draw_object){ line, c[0], c[1], c[2], c[3], c[4], c[5] };
}

struct shape {
	enum core_file file;
	size_t least, most;
};

/* A line has as many columns as it should, and the last is not empty. */
static int check_columns(struct span line, const struct shape *shape, const struct span *ret,
			 size_t count, struct problem *problem)
{
	problem->file = shape->file;
	problem->what = line;
	problem->have = count;
	if (count >= shape->least && count <= shape->most && ret[count - 1].len > 0)
		return CORE_OK;
	if (line.len == 0) {
		problem->code = PROBLEM_LINE_EMPTY;
	} else if (count > shape->most) {
		problem->code = PROBLEM_COLUMNS_MANY;
		problem->want = shape->most;
	} else if (count < shape->least) {
		problem->code = PROBLEM_COLUMNS_FEW;
		problem->want = shape->least;
	} else {
		problem->code = PROBLEM_COLUMNS_TRAILING;
	}
	return CORE_INVALID;
}

/* The key must be above the one before it. */
static int check_order(int compared, struct span key, struct problem *problem,
		       enum problem_code duplicate)
{
	if (compared < 0)
		return CORE_OK;
	problem->code = compared == 0 ? duplicate : PROBLEM_UNSORTED;
	problem->what = key;
	return CORE_INVALID;
}

static int check_id(struct span id, struct problem *problem)
{
	if (text_is_id(id))
		return CORE_OK;
	*problem = text_id_problem(id, problem->file, problem->line);
	return CORE_INVALID;
}

static int wrong(struct problem *problem, enum problem_code code, struct span what)
{
	problem->code = code;
	problem->what = what;
	return CORE_INVALID;
}

/* One line with its cells. */
struct object_row {
	struct span line, c[OBJECT_COLUMNS];
	size_t count;
};

static int check_object(const struct rules *rules, const struct object_row *row, struct span before,
			struct list_part *part)
{
	static const struct shape shape = { CORE_FILE_OBJECTS, 2, OBJECT_COLUMNS };
	struct problem *problem = &part->problem;
	const struct span *c = row->c;
	int64_t stratum;

	CORE_TRY(check_columns(row->line, &shape, c, row->count, problem));
	CORE_TRY(check_id(c[0], problem));
	CORE_TRY(check_order(span_compare(before, c[0]), c[0], problem, PROBLEM_ID_DUPLICATE));
	stratum = rules_find(rules, c[1]);
	if (stratum < 0)
		return wrong(problem,
			     text_is_stratum(c[1]) ? PROBLEM_STRATUM_UNKNOWN : PROBLEM_STRATUM_NAME,
			     c[1]);
	if (c[3].len > 0 && text_find(c[3].at, ',', c[3].len))
		return wrong(problem, PROBLEM_CODE_COMMA, c[3]);
	if (c[5].len > 0 && text_find(c[5].at, ',', c[5].len))
		return wrong(problem, PROBLEM_CODE_COMMA, c[5]);
	part->members[stratum]++;
	return CORE_OK;
}

uint64_t list_line_at(struct span text, uint64_t offset)
{
	const char *end;

	if (offset == 0 || offset >= text.len)
		return offset == 0 ? 0 : text.len;
	end = text_find(text.at + offset - 1, '\n', text.len - (size_t)offset + 1);
	return end ? (uint64_t)(end - text.at) + 1 : text.len;
}

/* Start of the line that holds the byte at offset. */
static size_t line_start(struct span text, size_t offset)
{
	while (offset > 0 && text.at[offset - 1] != '\n')
		offset--;
	return offset;
}

/* The id of the line before the one that starts at offset; empty for the first line. */
static struct span id_before(struct span text, size_t offset)
{
	struct span line, id = { text.at, 0 };

	if (offset == 0)
		return id;
	line.at = text.at + line_start(text, offset - 1);
	line.len = (size_t)(text.at + offset - 1 - line.at);
	columns(line, &id, 1);
	return id;
}

/* Line (from 1) of the byte at offset. */
static uint64_t line_of(struct span text, size_t offset)
{
	uint64_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text.at[i] == '\n';
	return line;
}

/* Encoding of a range, by the line: the first line that holds a wrong byte or a CR. */
static int check_bytes(struct span range, struct problem *problem)
{
	size_t valid = text_utf8_valid(range);
	const char *cr = text_find(range.at, '\r', valid);
	size_t at = cr ? (size_t)(cr - range.at) : valid;

	if (at == range.len)
		return CORE_OK;
	*problem = (struct problem){ .code = cr ? PROBLEM_FILE_CR : PROBLEM_FILE_UTF8,
				     .file = CORE_FILE_OBJECTS,
				     .line = line_of(range, at) };
	return CORE_INVALID;
}

void list_objects_part(struct span text, const struct rules *rules, uint64_t from, uint64_t to,
		       struct list_part *part)
{
	uint64_t start = list_line_at(text, from), stop = list_line_at(text, to);
	struct span rest = { text.at + start, (size_t)(stop - start) };
	struct span before = id_before(text, (size_t)start);

	CORE_ASSERT(from <= to);
	part->lines = 0;
	part->rc = check_bytes(rest, &part->problem);
	while (part->rc == CORE_OK && rest.len > 0) {
		struct object_row row;

		row.count = text_cells(&rest, &row.line, row.c, OBJECT_COLUMNS);
		part->lines++;
		part->problem.line = part->lines;
		part->rc = check_object(rules, &row, before, part);
		before = row.c[0];
	}
}

int list_objects_ends(struct span text, struct problem *problem)
{
	struct span none = { 0 };

	if (!text.at)
		return problem_at(problem, PROBLEM_FILE_MISSING, CORE_FILE_OBJECTS, 0, none);
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		return problem_at(problem, PROBLEM_FILE_BOM, CORE_FILE_OBJECTS, 1, none);
	if (text.len > 0 && text.at[text.len - 1] != '\n')
		return problem_at(problem, PROBLEM_FILE_LAST_LF, CORE_FILE_OBJECTS,
				  line_of(text, text.len), none);
	return CORE_OK;
}

/* Whole-file checks of a list that is kept in memory; counts its lines. */
static int check_list(struct span text, enum core_file file, uint64_t most, uint64_t *lines,
		      struct problem *problem)
{
	const char *at = text.at, *end;
	size_t left = text.len;

	CORE_TRY(text_check(text, file, problem));
	for (*lines = 0; (end = text_find(at, '\n', left)) != NULL; (*lines)++) {
		left -= (size_t)(end + 1 - at);
		at = end + 1;
	}
	if (*lines > most)
		return problem_set(
			problem,
			(struct problem){ .code = PROBLEM_FILE_LARGE, .file = file, .have = most });
	return CORE_OK;
}

/* No empty item and none twice. */
static int check_items(struct span list, struct problem *problem)
{
	struct span rest = list, item;
	bool more = list.len > 0;

	while (more) {
		more = span_cut(&rest, ',', &item);
		if (item.len == 0)
			return wrong(problem, PROBLEM_ITEM_EMPTY, list);
		if (more && list_has(rest, item))
			return wrong(problem, PROBLEM_ITEM_DUPLICATE, item);
	}
	return CORE_OK;
}

static int check_number(struct span text, uint32_t *ret, struct problem *problem)
{
	uint64_t n;

	if (read_number(text, UINT32_MAX, &n) != CORE_OK) {
		problem->want = UINT32_MAX;
		return wrong(problem, PROBLEM_NUMBER, text);
	}
	*ret = (uint32_t)n;
	return CORE_OK;
}

static int read_inspector(struct span line, struct span before, struct draw_inspector *ret,
			  struct problem *problem)
{
	static const struct shape shape = { CORE_FILE_INSPECTORS, 4, INSPECTOR_COLUMNS };
	struct span c[INSPECTOR_COLUMNS];

	CORE_TRY(check_columns(line, &shape, c, columns(line, c, shape.most), problem));
	CORE_TRY(check_id(c[0], problem));
	CORE_TRY(check_order(span_compare(before, c[0]), c[0], problem, PROBLEM_ID_DUPLICATE));
	if (!span_equal(c[1], SPAN("S")) && !span_equal(c[1], SPAN("J")))
		return wrong(problem, PROBLEM_GRADE, c[1]);
	CORE_TRY(check_number(c[2], &ret->limit, problem));
	CORE_TRY(check_number(c[3], &ret->base, problem));
	CORE_TRY(check_items(c[4], problem));
	CORE_TRY(check_items(c[5], problem));
	ret->id = c[0];
	ret->senior = c[1].at[0] == 'S';
	ret->scopes = c[4];
	ret->skills = c[5];
	return CORE_OK;
}

int list_inspectors(struct span text, struct region *r, struct draw_inspector **ret,
		    uint32_t *ret_count, struct problem *problem)
{
	struct problem p = { 0 };
	struct span line, rest = text, before = { 0 };
	struct draw_inspector *all;
	uint64_t lines;

	CORE_TRY(check_list(text, CORE_FILE_INSPECTORS, LIST_MOST_INSPECTORS, &lines, problem));
	all = region_take(r, (size_t)lines, sizeof(*all));
	if (!all)
		return CORE_FULL;
	for (size_t i = 0; text_line(&rest, &line); i++) {
		p.line = i + 1;
		if (read_inspector(line, before, &all[i], &p) != CORE_OK)
			return problem_set(problem, p);
		before = all[i].id;
	}
	*ret = all;
	*ret_count = (uint32_t)lines;
	return CORE_OK;
}

bool list_find_inspector(const struct list_people *people, struct span id, uint32_t *index)
{
	uint32_t low = 0, high = people->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int compared = span_compare(people->inspectors[mid].id, id);

		if (compared == 0) {
			*index = mid;
			return true;
		}
		if (compared < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static int read_conflict(struct span line, const struct draw_conflict *before,
			 const struct list_people *people, struct draw_conflict *ret,
			 struct problem *problem)
{
	static const struct shape shape = { CORE_FILE_CONFLICTS, 3, CONFLICT_COLUMNS };
	struct span c[CONFLICT_COLUMNS];
	int compared;

	CORE_TRY(check_columns(line, &shape, c, columns(line, c, shape.most), problem));
	CORE_TRY(check_id(c[0], problem));
	CORE_TRY(check_id(c[1], problem));
	if (!text_is_id(c[2]))
		return wrong(problem, PROBLEM_REASON, c[2]);
	compared = before ? span_compare(before->inspector, c[0]) : -1;
	if (compared == 0)
		compared = span_compare(before->object, c[1]);
	CORE_TRY(check_order(compared, c[0], problem, PROBLEM_CONFLICT_DUPLICATE));
	if (!list_find_inspector(people, c[0], &ret->who))
		return wrong(problem, PROBLEM_CONFLICT_INSPECTOR, c[0]);
	ret->inspector = c[0];
	ret->object = c[1];
	ret->reason = c[2];
	return CORE_OK;
}

int list_conflicts(struct span text, const struct list_people *people, struct region *r,
		   struct draw_conflict **ret, uint32_t *ret_count, struct problem *problem)
{
	struct problem p = { 0 };
	struct span line, rest = text;
	struct draw_conflict *all;
	uint64_t lines;

	CORE_TRY(check_list(text, CORE_FILE_CONFLICTS, LIST_MOST_CONFLICTS, &lines, problem));
	all = region_take(r, (size_t)lines, sizeof(*all));
	if (!all)
		return CORE_FULL;
	for (size_t i = 0; text_line(&rest, &line); i++) {
		p.line = i + 1;
		if (read_conflict(line, i > 0 ? &all[i - 1] : NULL, people, &all[i], &p) != CORE_OK)
			return problem_set(problem, p);
	}
	*ret = all;
	*ret_count = (uint32_t)lines;
	return CORE_OK;
}

bool list_find_object(struct span text, struct span id, uint64_t *offset)
{
	size_t low = 0, high = text.len;

	/* low and high are line starts; the line wanted, if any, starts in [low, high). */
	while (low < high) {
		size_t mid = line_start(text, low + (high - low) / 2);
		struct span line = { text.at + mid, text.len - mid }, found = { 0 };
		int compared;

		line.len = (size_t)(list_line_at(text, mid + 1) - 1 - mid);
		columns(line, &found, 1);
		compared = span_compare(found, id);
		if (compared == 0) {
			*offset = mid;
			return true;
		}
		if (compared < 0)
			low = mid + line.len + 1;
		else
			high = mid;
	}
	return false;
}

bool list_has(struct span list, struct span item)
{
	struct span one;

	while (list.len > 0) {
		span_cut(&list, ',', &one);
		if (span_equal(one, item))
			return true;
	}
	return false;
}
