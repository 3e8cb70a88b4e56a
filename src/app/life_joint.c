/* app/life_joint.c — the department's list is small, so it is read as a whole wherever it is asked. */
#include "app/life_joint.h"

#include "app/import.h"
#include "app/life_seal.h"
#include "app/registry.h"
#include "app/work_folder.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "store/registry_row.h"

#include <string.h>

enum { PEOPLE_MOST = 16 << 20, ROWS_MOST = 100000, DAY_MS = 86400000 };

/* ---- the list ---- */

/* Every row reads, and somebody is in it who can be drawn. */
static int check_rows(struct office *o, struct span people)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	size_t officers = 0;
	int rc = registry_open(&r, REGISTRY_INSPECTORS, people);

	while (rc == OK && (rc = registry_next(&r, cells)) == OK) {
		struct inspector i;
		rc = inspector_decode(cells, &i, &r.problem);
		officers += rc == OK && !i.assistant;
	}
	if (rc != NONE)
		return life_refuse(o, INVALID, "部门人员名单第 %llu 行：%s",
				   (unsigned long long)r.line, r.problem ? r.problem : "读不懂");
	if (officers == 0)
		return life_refuse(o, INVALID, "部门人员名单里没有一名执法人员");
	return OK;
}

/* Whatever people have: read by the importer, and no row of it may be wrong. */
static int import(struct office *o, struct arena *a, const char *file, const char *folder,
		  struct span *ret)
{
	const struct import_options in = { .kind = REGISTRY_INSPECTORS,
					   .file = file,
					   .out = folder,
					   .any_area = true,
					   .no_report = true,
					   .must_take = true,
					   .passing = true,
					   .json_fd = -1,
					   .max_rows = ROWS_MOST };
	struct import_summary *s = arena_alloc(a, sizeof(*s));
	struct import_paths paths = { 0 };
	char *text;
	size_t len;
	int rc = import_file(&in, a, s, &paths);

	if (rc == INVALID || (rc == OK && !paths.registry))
		return life_refuse(o, INVALID, "“%s”不能当部门人员名单：%s", file, s->refusal);
	TRY(rc);
	if (s->count[IMPORT_QUARANTINED] > 0)
		return life_refuse(o, INVALID, "“%s”里有 %llu 行不合格，请改正后再交：%s", file,
				   (unsigned long long)s->count[IMPORT_QUARANTINED], s->reasons);
	TRY(file_read(a, paths.registry, PEOPLE_MOST, &text, &len));
	*ret = (struct span){ text, len };
	return OK;
}

int life_joint_people(struct office *o, struct arena *a, const char *file, struct span *ret)
{
	struct work_folder folder;
	struct registry_reader r;
	struct span people;
	char *text;
	size_t len;
	int rc = file_read(a, file, PEOPLE_MOST, &text, &len);

	if (rc == NONE)
		return life_refuse(o, NONE, "没有文件 %s", file);
	TRY(rc);
	people = (struct span){ text, len };
	if (registry_open(&r, REGISTRY_INSPECTORS, people) != OK) {
		TRY(work_folder_make(o->work, a, &folder));
		rc = import(o, a, file, folder.path, &people);
		work_folder_release(&folder);
		TRY(rc);
	}
	TRY(check_rows(o, people));
	*ret = people;
	return OK;
}

static int check_number(struct office *o, struct arena *a, const char *department, const char *id)
{
	struct registry_row row;
	bool elsewhere;
	int rc = registry_row_get(o->db, a, registry_name(REGISTRY_INSPECTORS), id, &row);

	if (rc == OK)
		return life_refuse(
			o, INVALID,
			"%s 的编号 %s 是本局名录里 %s 的：请在部门人员的编号前加上部门代号",
			department, id, row.name);
	if (rc != NONE)
		return rc;
	TRY(draw_row_member_elsewhere(o->db, department, id, &elsewhere));
	if (elsewhere)
		return life_refuse(o, INVALID,
				   "%s 的编号 %s 已是别的部门检查组成员的：请在编号前加上部门代号",
				   department, id);
	return OK;
}

int life_joint_numbers(struct office *o, struct arena *a, const char *department,
		       struct span people)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];

	TRY(registry_open(&r, REGISTRY_INSPECTORS, people));
	while (registry_next(&r, cells) == OK)
		TRY(check_number(o, a, department,
				 arena_mem(a, cells[INSPECTOR_ID].at, cells[INSPECTOR_ID].len)));
	return OK;
}

/* ---- the lead's draw ---- */

int life_joint_parent(struct office *o, struct arena *a, const char *draw, struct draw_row *ret)
{
	struct draw_row row;
	int rc = draw_row_get(o->db, a, draw, &row);

	if (rc == NONE)
		return life_refuse(o, NONE, "没有编号为 %s 的抽取：用 mingqian draw list 查看",
				   draw);
	TRY(rc);
	if (strcmp(row.kind, "joint") != 0 || row.parent != 0)
		return life_refuse(o, INVALID,
				   "抽取 %s 不是主办方的联合抽取：--parent 写计划里“部门联合”"
				   "那一行的抽取",
				   draw);
	if (strcmp(row.state, "drawn") == 0) {
		*ret = row;
		return OK;
	}
	return life_refuse(o, CONFLICT, "主办方的抽取 %s %s，部门不能据此抽检查组", draw,
			   row.drawn_at == 0 ? "还没有抽"
			   : row.live        ? "已经揭示"
					     : "已经作废");
}

struct looking {
	struct arena *arena;
	const char *id, *department;
};

static int find_live(void *arg, const struct draw_row *row)
{
	struct looking *in = arg;

	if (row->live && !in->id) {
		in->id = arena_str(in->arena, row->id);
		in->department = arena_str(in->arena, row->department);
	}
	return OK;
}

int life_joint_alone(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct looking in = { .arena = a };

	TRY(draw_row_children(o->db, row->key, find_live, &in));
	if (!in.id)
		return OK;
	return life_refuse(o, CONFLICT,
			   "%s按抽取 %s 的对象抽了检查组（%s）：先取消（draw cancel）或作废"
			   "（draw annul）%s",
			   in.department, row->id, in.id, in.id);
}

int life_joint_revealed(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct draw_row parent;

	if (row->parent == 0)
		return OK;
	TRY(draw_row_by_key(o->db, a, row->parent, &parent));
	if (parent.revealed_at != 0)
		return OK;
	return life_refuse(o, CONFLICT,
			   "抽取 %s 的对象就是主办方 %s 抽中的，%s 还没有揭示：先揭示 %s", row->id,
			   parent.id, parent.id, parent.id);
}

/* ---- people ---- */

struct finding {
	struct buf bytes;
	struct inspector person;
};

/* NONE: he is not in the list of the visit's draw. Release f->bytes in any case. */
static int find_person(struct office *o, struct arena *a, const struct visit_row *visit,
		       const char *inspector, struct finding *f)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct draw_row row;

	buf_init(&f->bytes, PEOPLE_MOST);
	TRY(draw_row_by_key(o->db, a, visit->draw, &row));
	TRY(life_file_get(o, &row, LIFE_DEPARTMENT, &f->bytes));
	TRY(registry_open(&r, REGISTRY_INSPECTORS,
			  (struct span){ buf_text(&f->bytes), f->bytes.len }));
	while (registry_next(&r, cells) == OK)
		if (span_equal(cells[INSPECTOR_ID], span_of(inspector)))
			return inspector_decode(cells, &f->person, &r.problem);
	return NONE;
}

int life_joint_certified(struct office *o, struct arena *a, const struct visit_row *visit,
			 const char *inspector, int64_t day)
{
	struct finding f;
	char text[CLOCK_DAY];
	int rc = find_person(o, a, visit, inspector, &f);
	bool certified = rc == OK && inspector_certified_on(&f.person, day);

	buf_release(&f.bytes);
	if (rc != NONE)
		TRY(rc);
	if (certified)
		return OK;
	clock_day(day * DAY_MS, text);
	return life_refuse(o, FORBIDDEN,
			   "%s 按部门人员名单没有在 %s 有效的执法证，不能去：请另派人"
			   "（draw replace --why illness）",
			   inspector, text);
}

int life_joint_person_is(struct office *o, struct arena *a, const struct visit_row *visit,
			 const char *inspector)
{
	struct finding f;

	if (strcmp(inspector, o->actor) == 0)
		return OK;
	int rc = find_person(o, a, visit, inspector, &f);
	bool same = rc == OK && span_equal(f.person.text[INSPECTOR_NAME], span_of(o->actor));
	buf_release(&f.bytes);
	if (rc != NONE)
		TRY(rc);
	if (same)
		return OK;
	return life_refuse(o, FORBIDDEN,
			   "办理人 %s 不是 %s：请本人办理，--as 写他的编号或部门人员名单里的姓名",
			   o->actor, inspector);
}
