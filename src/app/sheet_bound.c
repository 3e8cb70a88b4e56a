/* app/sheet_bound.c — two lists and the disk, compared by name. */
#include "app/sheet_bound.h"

#include "app/draw_signatures.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/status.h"

#include <stdbool.h>
#include <string.h>

struct checking {
	struct arena *arena;
	const char *folder;
	struct sheet_sums bound, whole, disk;
	const char *problem;
};

static int fingerprint(struct arena *a, const char *folder, struct sheet_bound *ret)
{
	struct sheet_sums one = { .arena = a };

	TRY(sheet_sums_file(&one, arena_printf(a, "%s/" SHEET_BOUND_SUMS, folder), ""));
	memcpy(ret->fingerprint, one.list[0].hex, sizeof(ret->fingerprint));
	return OK;
}

int sheet_bind(struct arena *a, const char *folder, struct sheet_bound *ret)
{
	struct sheet_bound made = { .sums = { .arena = a } };

	TRY(sheet_sums_folder(&made.sums, folder, ""));
	TRY(sheet_sums_write(&made.sums, arena_printf(a, "%s/" SHEET_BOUND_SUMS, folder), 0644));
	TRY(fingerprint(a, folder, &made));
	*ret = made;
	return OK;
}

static int wrong(struct checking *c, const char *problem)
{
	c->problem = problem;
	return INVALID;
}

static int read_list(struct checking *c, const char *name, struct sheet_sums *ret)
{
	int rc = sheet_sums_read(ret, arena_printf(c->arena, "%s/%s", c->folder, name));

	if (rc == NONE)
		return wrong(c,
			     arena_printf(c->arena,
					  "%s 里没有 %s。冻结时写的清单缺了，无从知道文件有没有被"
					  "改过：请从备份恢复整个文件夹；不是 sheet freeze 冻结的，"
					  "请用 mingqian dr1 run。",
					  c->folder, name));
	if (rc == INVALID)
		return wrong(c, arena_printf(c->arena, "%s/%s 被改过，读不懂。请从备份恢复。",
					     c->folder, name));
	return rc;
}

/* A line of DIR/SHA256SUMS with the bytes that the file has. */
static int check_whole(struct checking *c, const char *name)
{
	const struct sheet_sum *listed = sheet_sums_find(&c->whole, name);
	const struct sheet_sum *have = sheet_sums_find(&c->disk, name);

	if (!have)
		return wrong(c,
			     arena_printf(c->arena,
					  "冻结的文件不见了：%s。请从备份恢复原样再收尾。", name));
	if (!listed)
		return wrong(c,
			     arena_printf(c->arena,
					  "SHA256SUMS 里没有 %s 这一行，清单被改过。请从备份恢复。",
					  name));
	if (strcmp(listed->hex, have->hex) != 0)
		return wrong(c,
			     arena_printf(c->arena,
					  "冻结之后文件被改过：%s。请恢复原样（以见证人手里的锁定"
					  "记录为准）再收尾。",
					  name));
	return OK;
}

static int check_bound(struct checking *c, const struct sheet_sum *bound)
{
	TRY(check_whole(c, bound->name));
	if (strcmp(sheet_sums_find(&c->disk, bound->name)->hex, bound->hex) != 0)
		return wrong(c,
			     arena_printf(c->arena,
					  "%s 与 " SHEET_BOUND_SUMS " 不符，冻结之后被改过。请恢复"
					  "原样（以见证人手里的锁定记录为准）再收尾。",
					  bound->name));
	return OK;
}

/* Nothing that the papers are made from may stand outside the list. */
static int check_complete(struct checking *c)
{
	static const char *const names[] = { "objects.tsv",           "inspectors.tsv",
					     "conflicts.tsv",         "rules.txt",
					     "declaration",           "freeze/sites.tsv",
					     "freeze/inspectors.tsv", "freeze/plan.tsv",
					     "freeze/rules-file.txt", "freeze/left-out.tsv",
					     "freeze/notes.txt" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (!sheet_sums_find(&c->bound, names[i]))
			return wrong(c,
				     arena_printf(c->arena,
						  SHEET_BOUND_SUMS
						  " 里没有 %s 这一行，清单被改过。请从备份恢复。",
						  names[i]));
	for (size_t i = 0; i < c->disk.count; i++) {
		const char *name = c->disk.list[i].name;
		if (strcmp(name, SHEET_BOUND_SUMS) != 0 &&
		    strcmp(name, SHEET_BOUND_PROTOCOL) != 0 && !sheet_sums_find(&c->bound, name))
			return wrong(c,
				     arena_printf(c->arena,
						  "冻结之后多出了 %s。请把它移到文件夹之外再收尾。",
						  name));
	}
	return OK;
}

/* The files that a freeze writes, as they are. */
static int read_disk(struct checking *c)
{
	static const char *const names[] = {
		"objects.tsv", "inspectors.tsv", "conflicts.tsv",
		"rules.txt",   "declaration",    DRAW_SIGNATURES_FILE
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		int rc = sheet_sums_file(
			&c->disk, arena_printf(c->arena, "%s/%s", c->folder, names[i]), names[i]);
		if (rc != OK && rc != NONE)
			return rc;
	}
	return sheet_sums_folder(&c->disk, arena_printf(c->arena, "%s/freeze", c->folder),
				 "freeze/");
}

static int check(struct checking *c)
{
	TRY(read_list(c, SHEET_BOUND_SUMS, &c->bound));
	TRY(read_list(c, "SHA256SUMS", &c->whole));
	TRY(read_disk(c));
	TRY(check_complete(c));
	for (size_t i = 0; i < c->bound.count; i++)
		TRY(check_bound(c, &c->bound.list[i]));
	TRY(check_whole(c, SHEET_BOUND_SUMS));
	return check_whole(c, SHEET_BOUND_PROTOCOL);
}

int sheet_bound_check(struct arena *a, const char *folder, struct sheet_bound *ret,
		      const char **problem)
{
	struct checking c = { .arena = a,
			      .folder = folder,
			      .bound = { .arena = a },
			      .whole = { .arena = a },
			      .disk = { .arena = a } };
	struct sheet_bound made;
	int rc = check(&c);

	if (rc == INVALID && !c.problem)
		c.problem = arena_printf(a, "%s 里有不是普通文件的东西。请从备份恢复。", folder);
	*problem = c.problem;
	TRY(rc);
	made.sums = c.bound;
	TRY(fingerprint(a, folder, &made));
	*ret = made;
	return OK;
}
