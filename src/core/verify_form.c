/* core/verify_form.c — the form of result.tsv by itself (spec/draw.md 5.4), so that whatever stands in it is
 * looked at even where it cannot be computed again. */
#include "core/text.h"
#include "core/verify_parts.h"

enum { COLUMNS_LEAST = 5, COLUMNS_MOST = 6, TICKET_SHORTEST = 64, TICKET_LONGEST = 78 };

struct row_check {
	struct problem *problem;
	uint64_t line;
	struct span column[COLUMNS_MOST];
	struct span before; /* the last row's object */
};

static int wrong(const struct row_check *c, enum problem_code code, struct span what)
{
	return problem_at(c->problem, code, CORE_FILE_RESULT, c->line, what);
}

static int cut_columns(struct row_check *c, struct span line)
{
	enum problem_code code = PROBLEM_COLUMNS_MANY;
	struct span rest = line, column;
	uint64_t count = 0;
	bool more = true;

	if (line.len == 0)
		return wrong(c, PROBLEM_LINE_EMPTY, line);
	if (line.at[line.len - 1] == '\t')
		return wrong(c, PROBLEM_COLUMNS_TRAILING, line);
	c->column[COLUMNS_MOST - 1] = (struct span){ 0 };
	while (more) {
		more = span_cut(&rest, '\t', &column);
		if (count < COLUMNS_MOST)
			c->column[count] = column;
		count++;
	}
	if (count >= COLUMNS_LEAST && count <= COLUMNS_MOST)
		return CORE_OK;
	if (count < COLUMNS_LEAST)
		code = PROBLEM_COLUMNS_FEW;
	return problem_set(
		c->problem,
		(struct problem){ .code = code,
				  .file = CORE_FILE_RESULT,
				  .line = c->line,
				  .have = count,
				  .want = count < COLUMNS_LEAST ? COLUMNS_LEAST : COLUMNS_MOST });
}

static int check_object(struct row_check *c)
{
	struct span id = c->column[0];
	int order = c->line == 1 ? -1 : span_compare(c->before, id);

	if (!text_is_id(id))
		return problem_set(c->problem, text_id_problem(id, CORE_FILE_RESULT, c->line));
	if (order >= 0)
		return wrong(c, order == 0 ? PROBLEM_ID_DUPLICATE : PROBLEM_UNSORTED, id);
	c->before = id;
	if (!text_is_stratum(c->column[1]))
		return wrong(c, PROBLEM_STRATUM_NAME, c->column[1]);
	return CORE_OK;
}

static bool is_ticket(struct span text)
{
	struct span digits = { text.at + 2, text.len - 2 };

	return text.len >= 2 + TICKET_SHORTEST && text.len <= 2 + TICKET_LONGEST &&
	       memcmp(text.at, "0.", 2) == 0 && text_is_digits(digits);
}

/* Ids joined by ',', each once. */
static int check_members(const struct row_check *c)
{
	struct span rest = c->column[COLUMNS_MOST - 1], member, earlier;
	bool more = rest.len > 0;

	while (more) {
		struct span seen = c->column[COLUMNS_MOST - 1];

		more = span_cut(&rest, ',', &member);
		if (!text_is_id(member))
			return wrong(c, PROBLEM_RESULT_MEMBER, member);
		for (span_cut(&seen, ',', &earlier); earlier.at != member.at;
		     span_cut(&seen, ',', &earlier)) {
			if (span_equal(earlier, member))
				return wrong(c, PROBLEM_RESULT_MEMBER, member);
		}
	}
	return CORE_OK;
}

static int check_row(struct row_check *c, struct span line)
{
	uint64_t rank;
	bool reserve;

	CORE_TRY(cut_columns(c, line));
	CORE_TRY(check_object(c));
	if (read_number(c->column[2], TEXT_NUMBER_MOST, &rank) != CORE_OK || rank == 0)
		return wrong(c, PROBLEM_RESULT_RANK, c->column[2]);
	if (!is_ticket(c->column[3]))
		return wrong(c, PROBLEM_RESULT_TICKET, c->column[3]);
	reserve = span_equal(c->column[4], SPAN("reserve"));
	if (!reserve && !span_equal(c->column[4], SPAN("drawn")))
		return wrong(c, PROBLEM_RESULT_KIND, c->column[4]);
	if (reserve && c->column[5].len > 0)
		return wrong(c, PROBLEM_RESULT_RESERVE, c->column[0]);
	return check_members(c);
}

static int check_rows(struct span text, uint64_t *rows, struct problem *problem)
{
	struct row_check c = { .problem = problem };
	struct span line;

	CORE_TRY(text_check(text, CORE_FILE_RESULT, problem));
	while (text_line(&text, &line)) {
		c.line++;
		CORE_TRY(check_row(&c, line));
	}
	*rows = c.line;
	return CORE_OK;
}

int verify_form(struct verifier *v)
{
	struct span text = verify_file(v, CORE_FILE_RESULT);
	struct problem problem;
	uint64_t rows = 0;

	if (!text.at)
		return CORE_OK;
	if (check_rows(text, &rows, &problem) != CORE_OK)
		return verify_problem(v, "result.form", &problem,
				      SPAN("result.tsv 被改过或不是程序写的；结果不能作数"));
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "result.tsv 共 ");
	write_number(&v->text, rows);
	write_literal(&v->text, " 行，编码、列数、排序、票号和检查组的写法都合规则");
	return verify_put(v, "result.form", VERIFY_OK, (struct span){ 0 });
}
