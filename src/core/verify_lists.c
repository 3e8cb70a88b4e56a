/* core/verify_lists.c — form and order of lists and rules, the declaration, and the roots. Each file is
 * judged by itself, so that one bad line does not hide the rest. Objects are taken in slices, for the
 * progress bar. */
#include "core/merkle.h"
#include "core/text.h"
#include "core/verify_parts.h"

enum { SLICES = 32, PROGRESS_LINES = 32768, SLICE_LEAST = 1 << 16 };

#define HOW_PUBLIC                                                                                 \
	"这是公开版：conflicts.tsv 属个人信息，不公开；向审计或纪检取审计版核验，其根应与声明一致"
#define HOW_SEALED "揭示之前名单不公开；揭示后取公开版或审计版再核验"
#define HOW_CHANGED                                                                                \
	"文件不合规则，或锁定之后被改过：从账簿或档案取回锁定时的文件；取不回，这次抽取不能作数"

static int say_lines(struct verifier *v, const char *name, enum core_file file, uint64_t lines)
{
	CORE_TRY(verify_say(v));
	write_span(&v->text, span_of(core_file_name(file)));
	write_literal(&v->text, " 共 ");
	write_number(&v->text, lines);
	write_literal(&v->text, " 行，编码、列数、编号、排序都合规则");
	return verify_put(v, name, VERIFY_OK, (struct span){ 0 });
}

static int check_rules(struct verifier *v)
{
	struct draw *d = &v->draw;
	struct problem problem;
	int rc;

	if (!verify_file(v, CORE_FILE_RULES).at)
		return verify_needed(v, "rules", CORE_FILE_RULES, SPAN(HOW_SEALED));
	rc = rules_parse(verify_file(v, CORE_FILE_RULES), v->region, &d->rules, &problem);
	if (rc == CORE_INVALID)
		return verify_problem(v, "rules", &problem, SPAN(HOW_CHANGED));
	CORE_TRY(rc);
	v->rules_sound = true;
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "rules.txt 合规则：");
	write_number(&v->text, d->rules.stratum_count);
	write_literal(&v->text, " 层，");
	write_number(&v->text, d->rules.split_count);
	write_literal(&v->text, " 组合并名额，放宽办法 ");
	write_number(&v->text, d->rules.relax_count);
	write_literal(&v->text, " 种");
	return verify_put(v, "rules", VERIFY_OK, (struct span){ 0 });
}

static int check_inspectors(struct verifier *v)
{
	struct draw *d = &v->draw;
	struct problem problem;
	int rc;

	if (!verify_file(v, CORE_FILE_INSPECTORS).at)
		return verify_needed(v, "inspectors", CORE_FILE_INSPECTORS, SPAN(HOW_SEALED));
	rc = list_inspectors(verify_file(v, CORE_FILE_INSPECTORS), v->region, &d->inspectors,
			     &d->inspector_count, &problem);
	if (rc == CORE_INVALID)
		return verify_problem(v, "inspectors", &problem, SPAN(HOW_CHANGED));
	CORE_TRY(rc);
	v->inspectors_sound = true;
	return say_lines(v, "inspectors", CORE_FILE_INSPECTORS, d->inspector_count);
}

/* Reads the conflicts; the step itself waits until the objects they name are known. */
static int read_conflicts(struct verifier *v, struct problem *problem)
{
	struct draw *d = &v->draw;
	struct list_people people = { d->inspectors, d->inspector_count };

	if (!verify_file(v, CORE_FILE_CONFLICTS).at || !v->inspectors_sound)
		return CORE_OK;
	CORE_TRY(list_conflicts(verify_file(v, CORE_FILE_CONFLICTS), &people, v->region,
				&d->conflicts, &d->conflict_count, problem));
	v->conflicts_sound = true;
	return CORE_OK;
}

static void report_progress(const struct verifier *v, const char *step, uint64_t done,
			    uint64_t total)
{
	if (v->progress)
		v->progress(v->arg, step, done, total);
}

static uint32_t slices_of(struct span text)
{
	size_t slices = text.len / SLICE_LEAST + 1;

	return slices < SLICES ? (uint32_t)slices : SLICES;
}

/* Where slice i of a text begins. */
static uint64_t slice_at(struct span text, uint32_t i)
{
	uint32_t slices = slices_of(text);

	return i == slices ? text.len : (uint64_t)(text.len / slices) * i;
}

static int take_parts(struct verifier *v, struct draw_opening *o)
{
	uint32_t strata = v->draw.rules.stratum_count;

	o->parts = region_take(v->region, o->count, sizeof(*o->parts));
	v->draw.members = region_take(v->region, strata, sizeof(*v->draw.members));
	if (!o->parts || !v->draw.members)
		return CORE_FULL;
	for (uint32_t i = 0; i < o->count; i++) {
		o->parts[i].members = region_take(v->region, strata, sizeof(*v->draw.members));
		if (!o->parts[i].members)
			return CORE_FULL;
	}
	return CORE_OK;
}

/* The check of draw_open over objects and the conflicts' objects. */
static int read_objects(struct verifier *v, struct problem *problem)
{
	struct span text = verify_file(v, CORE_FILE_OBJECTS);
	struct draw_opening o = { .count = slices_of(text) };

	CORE_TRY(list_objects_ends(text, problem));
	CORE_TRY(take_parts(v, &o));
	o.draw = v->draw;
	for (uint32_t i = 0; i < o.count; i++) {
		report_progress(v, "objects", slice_at(text, i), text.len);
		draw_open_part(&o, i, slice_at(text, i), slice_at(text, i + 1));
	}
	CORE_TRY(draw_open_end(&o, &v->draw, problem));
	v->objects_sound = true;
	return CORE_OK;
}

static int check_objects(struct verifier *v, int rc, const struct problem *problem)
{
	if (!verify_file(v, CORE_FILE_OBJECTS).at)
		return verify_needed(v, "objects", CORE_FILE_OBJECTS, SPAN(HOW_SEALED));
	if (!v->rules_sound)
		return verify_blocked(v, "objects");
	if (rc == CORE_INVALID && problem->file == CORE_FILE_OBJECTS)
		return verify_problem(v, "objects", problem, SPAN(HOW_CHANGED));
	if (rc == CORE_INVALID)
		return verify_text(v, "objects", VERIFY_OK,
				   SPAN("objects.tsv 的编码、列数、编号、排序都合规则"),
				   (struct span){ 0 });
	return say_lines(v, "objects", CORE_FILE_OBJECTS, v->draw.object_count);
}

static int check_conflicts(struct verifier *v, int rc, const struct problem *problem)
{
	if (!verify_file(v, CORE_FILE_CONFLICTS).at)
		return verify_absent(v, "conflicts", CORE_FILE_CONFLICTS, SPAN(HOW_PUBLIC));
	if (rc == CORE_INVALID && problem->file == CORE_FILE_CONFLICTS)
		return verify_problem(v, "conflicts", problem, SPAN(HOW_CHANGED));
	if (!v->inspectors_sound || !v->objects_sound)
		return verify_blocked(v, "conflicts");
	if (v->conflicts_implied)
		return verify_text(v, "conflicts", VERIFY_OK,
				   SPAN("这里没有 conflicts.tsv；声明里它是空的，按没有回避核验"),
				   (struct span){ 0 });
	return say_lines(v, "conflicts", CORE_FILE_CONFLICTS, v->draw.conflict_count);
}

int verify_lists(struct verifier *v)
{
	struct problem conflict = { 0 }, object = { 0 };
	int conflict_rc, object_rc = CORE_OK;

	v->draw.files = v->files;
	CORE_TRY(check_rules(v));
	CORE_TRY(check_inspectors(v));
	conflict_rc = read_conflicts(v, &conflict);
	if (conflict_rc == CORE_FULL)
		return conflict_rc;
	if (verify_file(v, CORE_FILE_OBJECTS).at && v->rules_sound)
		object_rc = read_objects(v, &object);
	if (object_rc == CORE_FULL)
		return object_rc;
	CORE_TRY(check_objects(v, object_rc, &object));
	if (conflict_rc == CORE_INVALID)
		return check_conflicts(v, conflict_rc, &conflict);
	return check_conflicts(v, object_rc, &object);
}

int verify_declaration(struct verifier *v)
{
	struct span text = verify_file(v, CORE_FILE_DECLARATION);
	struct declaration *d = &v->declaration;
	struct problem problem;
	char hex[SHA256_HEX];

	/* Nothing was fixed, so nothing can be verified: that must not pass. */
	if (declaration_parse(text, d, &problem) != CORE_OK) {
		CORE_TRY(verify_problem(v, "declaration", &problem,
					SPAN("没有合规则的声明，就没有什么可以核验")));
		return verify_blocked(v, "declaration.hash");
	}
	v->declaration_sound = true;
	v->report->rehearsal = declare_floor(d).rehearsal;
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "声明合规则：抽取编号 ");
	write_span(&v->text, d->draw_id);
	write_literal(&v->text, "，随机数来源 ");
	write_number(&v->text, d->entropy_count);
	write_literal(&v->text, " 个，份额 ");
	write_number(&v->text, d->share_count);
	write_literal(&v->text, " 个");
	CORE_TRY(verify_put(v, "declaration", VERIFY_OK, (struct span){ 0 }));
	sha256_hex(text, hex);
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "声明的摘要 D = ");
	write_span(&v->text, (struct span){ hex, sizeof(hex) });
	write_literal(&v->text, "；此处没有账簿可对照");
	return verify_put(v, "declaration.hash", VERIFY_UNKNOWN,
			  SPAN("与账簿里或锁定当日公布、宣读的 D 逐位对照"));
}

static void list_root(const struct verifier *v, struct span text, uint8_t root[SHA256_SIZE],
		      uint64_t *lines)
{
	size_t total = text.len;
	struct merkle tree;
	struct span line;

	merkle_init(&tree);
	while (text_line(&text, &line)) {
		merkle_add(&tree, line);
		if (tree.size % PROGRESS_LINES == 0)
			report_progress(v, "roots", total - text.len, total);
	}
	merkle_root(&tree, root);
	*lines = tree.size;
}

static int say_root(struct verifier *v, const char *name, struct span have, bool counted,
		    struct span want)
{
	bool same = span_equal(have, want);

	write_literal(&v->text, "，摘要 ");
	write_span(&v->text, have);
	if (same) {
		write_literal(&v->text, "，与声明一致");
		return verify_put(v, name, counted ? VERIFY_OK : VERIFY_FAILED, (struct span){ 0 });
	}
	write_literal(&v->text, "，声明里是 ");
	write_span(&v->text, want);
	return verify_put(v, name, VERIFY_FAILED, SPAN(HOW_CHANGED));
}

struct listed {
	const char *name;
	enum core_file file;
	uint64_t count;
	struct span root;
	struct span how;
};

static int check_root(struct verifier *v, const struct listed *list)
{
	struct span text = verify_file(v, list->file);
	uint8_t root[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct writer w = { hex, sizeof(hex), 0, false };
	uint64_t lines;

	if (!text.at)
		return verify_absent(v, list->name, list->file, list->how);
	if (!v->declaration_sound)
		return verify_blocked(v, list->name);
	list_root(v, text, root, &lines);
	write_hex(&w, root, sizeof(root));
	CORE_TRY(verify_say(v));
	write_span(&v->text, span_of(core_file_name(list->file)));
	write_literal(&v->text, " ");
	write_number(&v->text, lines);
	write_literal(&v->text, " 行");
	if (lines != list->count) {
		write_literal(&v->text, "（声明里是 ");
		write_number(&v->text, list->count);
		write_literal(&v->text, " 行）");
	}
	return say_root(v, list->name, (struct span){ hex, sizeof(hex) }, lines == list->count,
			list->root);
}

static int check_rules_hash(struct verifier *v)
{
	struct span text = verify_file(v, CORE_FILE_RULES);
	char hex[SHA256_HEX];

	if (!text.at)
		return verify_absent(v, "root.rules", CORE_FILE_RULES, SPAN(HOW_SEALED));
	if (!v->declaration_sound)
		return verify_blocked(v, "root.rules");
	sha256_hex(text, hex);
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "rules.txt");
	return say_root(v, "root.rules", (struct span){ hex, sizeof(hex) }, true,
			v->declaration.rules_hash);
}

int verify_roots(struct verifier *v)
{
	const struct declaration *d = &v->declaration;
	const struct listed lists[] = {
		{ "root.objects", CORE_FILE_OBJECTS, d->objects, d->objects_root,
		  SPAN(HOW_SEALED) },
		{ "root.inspectors", CORE_FILE_INSPECTORS, d->inspectors, d->inspectors_root,
		  SPAN(HOW_SEALED) },
		{ "root.conflicts", CORE_FILE_CONFLICTS, d->conflicts, d->conflicts_root,
		  SPAN(HOW_PUBLIC) },
	};

	for (size_t i = 0; i < CORE_COUNT(lists); i++)
		CORE_TRY(check_root(v, &lists[i]));
	return check_rules_hash(v);
}
