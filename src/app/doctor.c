/* app/doctor.c — the office: its files, keys, database, ledger and backups. */
#include "app/doctor.h"

#include "app/doctor_machine.h"
#include "app/ledger_mark.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "db/migrate.h"
#include "store/health.h"
#include "store/ledger.h"
#include "store/ledger_tree.h"

#include <inttypes.h>

enum { DAY_MS = 86400000, BACKUP_DAYS = 7, CHECKPOINT_DAYS = 31 };

static void look_database(struct doctor_report *r, const struct health *h)
{
	const char *what = h->server ? "PostgreSQL" : "SQLite";

	if (h->damage)
		doctor_add(r, "database", VERIFY_FAILED,
			   "请停办，保存原样，从备份恢复（data restore），并检查磁盘。",
			   "数据库文件损坏：%s", h->damage);
	else if (h->careless)
		doctor_add(r, "database", VERIFY_FAILED,
			   "请在 postgresql.conf 里改成 on：关着时，停电会丢已经办妥的事。",
			   "PostgreSQL 的 %s 关着", h->careless);
	else
		doctor_add(r, "database", VERIFY_OK, NULL, "数据库（%s）读得通", what);
	if (h->migrations == (int64_t)migration_count)
		doctor_add(r, "schema", VERIFY_OK, NULL, "数据库结构与本程序相符");
	else if (h->migrations < (int64_t)migration_count)
		doctor_add(r, "schema", VERIFY_UNKNOWN,
			   "下一次办理任何事项时自动升级；升级前请先用原来的程序备份。",
			   "数据库结构比本程序旧");
	else
		doctor_add(r, "schema", VERIFY_FAILED, "请用那个版本的程序。",
			   "数据库是更新版本的明签建立的");
}

static void look_backup(struct doctor_report *r, const struct health *h, int64_t now)
{
	int64_t days = (now - h->backup_at) / DAY_MS;

	if (h->backup_at == 0)
		doctor_add(r, "backup", VERIFY_UNKNOWN,
			   "请用 mingqian data backup 备份，并定时去做；密钥另存别处。",
			   "还没有做过备份");
	else
		doctor_add(r, "backup", days > BACKUP_DAYS ? VERIFY_UNKNOWN : VERIFY_OK,
			   days > BACKUP_DAYS ? "请用 mingqian data backup 备份，并定时去做。"
					      : NULL,
			   "最近一次备份是 %" PRId64 " 天以前", days);
}

struct pending {
	const struct keys *keys;
	int64_t all, strange;
};

static int see_pending(void *arg, const struct ledger_entry *entry)
{
	struct pending *p = arg;

	p->all++;
	p->strange += p->keys && !ledger_mark_holds(p->keys, entry);
	return OK;
}

static int look_checkpoint(struct doctor_report *r, struct office *o, int64_t size)
{
	struct ledger_checkpoint last;
	int rc = ledger_checkpoint_last(o->db, r->a, &last);

	if (rc != OK && rc != NONE)
		return rc;
	int64_t days = rc == NONE ? 0 : (office_now(o) - last.time) / DAY_MS;
	if (size > 0 && (rc == NONE || (last.size < size && days > CHECKPOINT_DAYS)))
		doctor_add(r, "checkpoint", VERIFY_UNKNOWN,
			   "请用 mingqian ledger checkpoint 签一个，寄给别人保存。",
			   "账簿很久没有签检查点");
	else
		doctor_add(r, "checkpoint", VERIFY_OK, NULL, "账簿有最近的检查点");
	return OK;
}

static int look_ledger(struct doctor_report *r, struct office *o)
{
	struct pending p = { .keys = o->keys };
	struct ledger_tree tree;

	TRY(ledger_tree_get(o->db, &tree));
	TRY(ledger_walk_pending(o->db, see_pending, &p));
	if (p.strange > 0)
		doctor_add(r, "ledger", VERIFY_FAILED,
			   "有人直接写了数据库：请用 mingqian ledger verify 查明谁能写它。",
			   "账簿里有 %" PRId64 " 条不是本程序写下的", p.strange);
	else
		doctor_add(r, "ledger", VERIFY_OK, NULL,
			   "账簿 %" PRId64 " 条，等待编号 %" PRId64 " 条", tree.size, p.all);
	if (office_now(o) + OFFICE_CLOCK_BACK_MS < tree.time)
		doctor_add(r, "time", VERIFY_FAILED,
			   "请先校正本机时钟；若是以前的时钟快了，见 mingqian data clock。",
			   "本机时钟早于账簿最后一条：现在不能办理");
	return look_checkpoint(r, o, tree.size);
}

static int look_inside(struct doctor_report *r, struct office *o)
{
	struct health h;

	if (o->keys)
		doctor_add(r, "keys", VERIFY_OK, NULL, "密钥与数据库配套，只有本人能读");
	else
		doctor_add(r, "keys", VERIFY_FAILED, "请从另存的地方放回 seal.key 和 sign.key。",
			   "没有密钥文件：不能办理");
	TRY(health_look(o->db, r->a, &h));
	look_database(r, &h);
	look_backup(r, &h, office_now(o));
	if (h.damage || h.migrations != (int64_t)migration_count)
		return OK;
	return look_ledger(r, o);
}

void doctor_look(struct arena *a, const struct office_where *where, struct doctor_report *ret)
{
	const char *data = where->data ? where->data : where->keys;
	const char *const folders[] = { data, where->keys && where->data ? where->keys : NULL,
					NULL };
	struct office_where look = *where;
	struct office o;
	const char *why;

	*ret = (struct doctor_report){ .a = a };
	doctor_machine(ret, folders);
	look.look = true;
	int rc = office_open(a, &look, &o, &why);
	if (rc != OK) {
		doctor_add(ret, "office", VERIFY_FAILED, "照这句话办好，再检查一次。", "%s", why);
		return;
	}
	doctor_add(ret, "office", VERIFY_OK, NULL, "数据打得开，别人不能改写文件夹和数据库");
	rc = look_inside(ret, &o);
	if (rc != OK)
		doctor_add(ret, "database", VERIFY_FAILED, "请把这句话告诉维护人员。",
			   "读数据库时出错：%s", db_error_text(o.db));
	office_release(&o);
}
