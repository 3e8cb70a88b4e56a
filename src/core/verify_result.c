/* core/verify_result.c — everything that follows from R is computed again: quotas, tickets, drawn and
 * reserve objects, teams, result.tsv and its root. The recorded result is walked beside the computed one,
 * so that each step can say which rows differ. */
#include "core/text.h"
#include "core/verify_parts.h"

enum { SLICES = 32, SLICE_LEAST = 1 << 16, NAMES_SHOWN = 5, COLUMNS = 6 };

#define HOW_WRONG "结果不是由这些名单和随机数算出来的；这次抽取的结果不能作数"

/* Rows that differ, and the first of each kind. */
struct difference {
	uint64_t count;
	struct span first;
};

struct comparison {
	struct difference extra, missing, tickets, places, teams;
	uint64_t rows;
};

static void differ(struct difference *d, struct span id)
{
	if (d->count++ == 0)
		d->first = id;
}

static void cut_row(struct span line, struct span c[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++)
		span_cut(&line, '\t', &c[i]);
}

static void compare_row(struct comparison *c, struct span have[COLUMNS], struct span want[COLUMNS])
{
	if (!span_equal(have[1], want[1]) || !span_equal(have[2], want[2]) ||
	    !span_equal(have[4], want[4]))
		differ(&c->places, want[0]);
	if (!span_equal(have[3], want[3]))
		differ(&c->tickets, want[0]);
	if (!span_equal(have[5], want[5]))
		differ(&c->teams, want[0]);
}

/* Both are sorted by id; where the recorded one is not, rows count as extra and missing. */
static void compare(struct span have_text, struct span want_text, struct comparison *c)
{
	struct span have_line, want_line, have[COLUMNS], want[COLUMNS];
	bool more_have = text_line(&have_text, &have_line);
	bool more_want = text_line(&want_text, &want_line);

	while (more_have || more_want) {
		int order = more_have ? -1 : 1;

		if (more_have)
			cut_row(have_line, have);
		if (more_want)
			cut_row(want_line, want);
		if (more_have && more_want)
			order = span_compare(have[0], want[0]);
		if (order < 0)
			differ(&c->extra, have[0]);
		else if (order > 0)
			differ(&c->missing, want[0]);
		else
			compare_row(c, have, want);
		c->rows += order >= 0;
		if (order <= 0)
			more_have = text_line(&have_text, &have_line);
		if (order >= 0)
			more_want = text_line(&want_text, &want_line);
	}
}

/* "，有 3 行多出（如“A1”）" */
static void say_difference(struct writer *w, const struct difference *d, struct span words)
{
	if (d->count == 0)
		return;
	write_literal(w, "，有 ");
	write_number(w, d->count);
	write_span(w, words);
	write_literal(w, "（如“");
	problem_write_words(d->first, w);
	write_literal(w, "”）");
}

static int select_in_slices(struct verifier *v, struct draw_selection *ret)
{
	struct span text = verify_file(v, CORE_FILE_OBJECTS);
	size_t slices = text.len / SLICE_LEAST + 1;
	struct draw_scan scan;

	slices = slices < SLICES ? slices : SLICES;
	CORE_TRY(draw_scan_begin(&v->draw, &v->seed, 1, v->region, &scan));
	for (size_t i = 0; i < slices; i++) {
		uint64_t from = text.len / slices * i;

		if (v->progress)
			v->progress(v->arg, "tickets", from, text.len);
		draw_scan_part(&scan, 0, from,
			       i + 1 == slices ? text.len : text.len / slices * (i + 1));
	}
	return draw_scan_end(&scan, v->region, ret);
}

static int check_quotas(struct verifier *v, const struct draw_selection *selection)
{
	const struct rules *rules = &v->draw.rules;
	uint64_t quota = 0, short_strata = 0;

	CORE_TRY(verify_say(v));
	for (uint32_t i = 0; i < rules->stratum_count; i++)
		quota += selection->strata[i].quota;
	write_number(&v->text, rules->stratum_count);
	write_literal(&v->text, " 层名额合计 ");
	write_number(&v->text, quota);
	write_literal(&v->text, "，应抽出 ");
	write_number(&v->text, selection->drawn_total);
	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		const struct draw_stratum *s = &selection->strata[i];

		if (s->drawn_count == s->quota)
			continue;
		if (short_strata == 0)
			write_literal(&v->text, "；对象不足的层：");
		verify_name(&v->text, rules->strata[i].name, short_strata++, NAMES_SHOWN);
	}
	if (short_strata > NAMES_SHOWN) {
		write_literal(&v->text, "等 ");
		write_number(&v->text, short_strata);
		write_literal(&v->text, " 层");
	}
	return verify_put(v, "quotas", VERIFY_OK, (struct span){ 0 });
}

static int check_tickets(struct verifier *v, const struct comparison *c)
{
	CORE_TRY(verify_say(v));
	write_number(&v->text, v->draw.object_count);
	write_literal(&v->text, " 个对象的票号全部重新算过");
	if (!verify_file(v, CORE_FILE_RESULT).at) {
		write_literal(&v->text, "；这里没有 result.tsv 可对照");
		return verify_put(v, "tickets", VERIFY_UNKNOWN, SPAN("取得 result.tsv 后再核验"));
	}
	if (c->tickets.count == 0) {
		write_literal(&v->text, "，result.tsv 里的票号一致");
		return verify_put(v, "tickets", VERIFY_OK, (struct span){ 0 });
	}
	say_difference(&v->text, &c->tickets, SPAN(" 行票号不对"));
	return verify_put(v, "tickets", VERIFY_FAILED, SPAN(HOW_WRONG));
}

static int check_drawn(struct verifier *v, const struct comparison *c,
		       const struct draw_selection *selection)
{
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "按票号应抽中 ");
	write_number(&v->text, selection->drawn_total);
	write_literal(&v->text, " 个，连备用共 ");
	write_number(&v->text, c->rows);
	write_literal(&v->text, " 个");
	if (!verify_file(v, CORE_FILE_RESULT).at) {
		write_literal(&v->text, "；这里没有 result.tsv 可对照");
		return verify_put(v, "drawn", VERIFY_UNKNOWN, SPAN("取得 result.tsv 后再核验"));
	}
	if (c->extra.count + c->missing.count + c->places.count == 0) {
		write_literal(&v->text, "，result.tsv 与此一致");
		return verify_put(v, "drawn", VERIFY_OK, (struct span){ 0 });
	}
	say_difference(&v->text, &c->extra, SPAN(" 行不该有"));
	say_difference(&v->text, &c->missing, SPAN(" 行缺少"));
	say_difference(&v->text, &c->places, SPAN(" 行的层、名次或抽中与备用写错"));
	return verify_put(v, "drawn", VERIFY_FAILED, SPAN(HOW_WRONG));
}

static void say_teams(struct writer *w, const struct draw_teams *teams)
{
	static const struct span relaxations[] = { SPAN_INIT("无"), SPAN_INIT("第 1 项"),
						   SPAN_INIT("前 2 项"), SPAN_INIT("前 3 项") };

	write_number(w, teams->drawn_count);
	write_literal(w, " 个对象分成 ");
	write_number(w, teams->problem.visit_count);
	write_literal(w, " 次检查，");
	if (!teams->feasible) {
		write_literal(w, "按规则组不成全部检查组，差 ");
		write_number(w, teams->result.unmet);
		write_literal(w, " 个名额，结果应不带检查组");
		return;
	}
	write_literal(w, "按规则重新组队，用到的放宽办法：");
	write_span(w, relaxations[teams->relaxed]);
}

static int check_teams(struct verifier *v, const struct comparison *c,
		       const struct draw_teams *teams)
{
	CORE_TRY(verify_say(v));
	say_teams(&v->text, teams);
	if (!verify_file(v, CORE_FILE_RESULT).at) {
		write_literal(&v->text, "；这里没有 result.tsv 可对照");
		return verify_put(v, "teams", VERIFY_UNKNOWN, SPAN("取得 result.tsv 后再核验"));
	}
	if (c->teams.count == 0) {
		write_literal(&v->text, "；result.tsv 与此一致");
		return verify_put(v, "teams", VERIFY_OK, (struct span){ 0 });
	}
	say_difference(&v->text, &c->teams, SPAN(" 行的检查组不对"));
	return verify_put(v, "teams", VERIFY_FAILED, SPAN(HOW_WRONG));
}

/* A root alone says nothing of which rows it is the root. */
static int check_rows_there(struct verifier *v, struct span how)
{
	if (!verify_file(v, CORE_FILE_ROOT).at)
		return verify_absent(v, "result", CORE_FILE_RESULT, how);
	return verify_needed(v, "result", CORE_FILE_RESULT, how);
}

static int check_bytes(struct verifier *v, struct span want)
{
	struct span have = verify_file(v, CORE_FILE_RESULT);

	if (!have.at)
		return check_rows_there(v, SPAN("取得 result.tsv 后再核验"));
	if (span_equal(have, want))
		return verify_text(v, "result", VERIFY_OK,
				   SPAN("result.tsv 与重新算出的逐字节相同"), (struct span){ 0 });
	return verify_text(v, "result", VERIFY_FAILED,
			   SPAN("result.tsv 与重新算出的不是逐字节相同"), SPAN(HOW_WRONG));
}

/* Over the rows as they are recorded, or else as they were computed; `rows` may be absent. */
static int check_root(struct verifier *v, struct span rows)
{
	struct span have = verify_file(v, CORE_FILE_ROOT), how = { 0 };
	char hex[64];
	bool same;

	if (!have.at && v->report->form == VERIFY_DRAWN)
		return verify_text(
			v, "result.root", VERIFY_UNKNOWN,
			SPAN("有结果却没有 result.root：是不是抽取当日登记的那份结果，没有核对"),
			SPAN("从账簿取抽取时登记的结果根，与 result.tsv 算出的对照"));
	if (!have.at)
		return verify_absent(v, "result.root", CORE_FILE_ROOT,
				     SPAN("从账簿取抽取时登记的结果根，与 result.tsv 算出的对照"));
	if (have.len != 65 || have.at[64] != '\n' ||
	    !text_is_hex((struct span){ have.at, 64 }, 64)) {
		struct problem problem = { .code = PROBLEM_SEED_FORM, .file = CORE_FILE_ROOT };

		return verify_problem(v, "result.root", &problem, SPAN(HOW_WRONG));
	}
	if (v->report->form == VERIFY_SEALED)
		return verify_text(
			v, "result.root", VERIFY_UNKNOWN,
			SPAN("这是揭示前的封存形式，只有声明和结果根；结果还算不出"),
			SPAN("把 result.root 与抽取当日登记或公布的逐位对照；揭示后取公开版或"
			     "审计版再核验"));
	if (!rows.at || !v->seed_known)
		return verify_blocked(v, "result.root");
	CORE_TRY(draw_rows_root(&v->seed, rows, v->region, hex));
	same = memcmp(hex, have.at, sizeof(hex)) == 0;
	if (!same)
		how = SPAN("结果在登记之后被改过，或 result.root 不是这次抽取的");
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "结果根算得 ");
	write_span(&v->text, (struct span){ hex, sizeof(hex) });
	write_span(&v->text,
		   same ? SPAN("，与 result.root 一致") : SPAN("，与 result.root 不一致"));
	return verify_put(v, "result.root", same ? VERIFY_OK : VERIFY_FAILED, how);
}

static int check_blocked(struct verifier *v)
{
	static const char *const names[] = { "quotas", "tickets", "drawn", "teams" };

	for (size_t i = 0; i < CORE_COUNT(names); i++)
		CORE_TRY(verify_blocked(v, names[i]));
	if (verify_file(v, CORE_FILE_RESULT).at || v->report->form != VERIFY_DRAWN)
		CORE_TRY(verify_blocked(v, "result"));
	else
		CORE_TRY(check_rows_there(v, SPAN("取得 result.tsv 后再核验")));
	return check_root(v, verify_file(v, CORE_FILE_RESULT));
}

/* Teams and whole rows, when everything they follow from is there. */
static int check_whole(struct verifier *v, const struct draw_selection *selection)
{
	struct span have = verify_file(v, CORE_FILE_RESULT);
	struct comparison c = { 0 };
	struct draw_result result;
	struct draw_teams teams;

	if (v->progress)
		v->progress(v->arg, "teams", 0, selection->drawn_total);
	CORE_TRY(draw_teams(&v->draw, &v->seed, selection, v->region, &teams));
	CORE_TRY(draw_result(&v->draw, &v->seed, selection, &teams, v->region, &result));
	compare(have, result.tsv, &c);
	CORE_TRY(check_tickets(v, &c));
	CORE_TRY(check_drawn(v, &c, selection));
	CORE_TRY(check_teams(v, &c, &teams));
	CORE_TRY(check_bytes(v, result.tsv));
	return check_root(v, have.at ? have : result.tsv);
}

/* Without conflicts (the public form) or inspectors, teams cannot be computed. */
static int check_public(struct verifier *v, const struct draw_selection *selection)
{
	struct span have = verify_file(v, CORE_FILE_RESULT);
	struct comparison c = { 0 };
	struct draw_result result;
	bool rows_sound;

	CORE_TRY(draw_result(&v->draw, &v->seed, selection, NULL, v->region, &result));
	compare(have, result.tsv, &c);
	CORE_TRY(check_tickets(v, &c));
	CORE_TRY(check_drawn(v, &c, selection));
	rows_sound = have.at && c.extra.count + c.missing.count + c.places.count == 0;
	if (rows_sound && v->inspectors_sound && !verify_file(v, CORE_FILE_CONFLICTS).at)
		CORE_TRY(verify_public_teams(v, selection));
	else
		CORE_TRY(verify_blocked(v, "teams"));
	if (!have.at)
		CORE_TRY(check_rows_there(v, SPAN("取得 result.tsv 后再核验")));
	else
		CORE_TRY(verify_text(v, "result", VERIFY_UNKNOWN,
				     SPAN("检查组没有重新算，result.tsv 没有逐字节对照"),
				     SPAN("向审计或纪检取审计版（含 conflicts.tsv）核验")));
	return check_root(v, have);
}

int verify_result(struct verifier *v)
{
	struct draw_selection selection;

	if (!v->objects_sound || !v->seed_known)
		return check_blocked(v);
	CORE_TRY(select_in_slices(v, &selection));
	CORE_TRY(check_quotas(v, &selection));
	if (v->conflicts_sound)
		return check_whole(v, &selection);
	return check_public(v, &selection);
}
