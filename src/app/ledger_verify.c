/* app/ledger_verify.c — what the survey found, as steps. */
#include "app/ledger_verify.h"

#include "app/ledger_claims.h"
#include "app/ledger_owed.h"
#include "app/ledger_survey.h"
#include "app/ledger_tables.h"
#include "app/office_schema.h"
#include "base/clock.h"
#include "app/ledger_owed.h"
#include "base/status.h"
#include "core/note.h"
#include "store/ledger_document.h"
#include "store/ledger_tree.h"
#include "store/schema.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LIST_ROOM = 256, TEXT_ROOM = 1024 };

struct verifying {
	struct office *o;
	struct arena *a;
	const struct ledger_check *check;
	const char *key;
	struct ledger_report report;
	struct ledger_survey survey;
	struct ledger_claims claims;
	struct ledger_tree tree;
	bool tree_readable;
	int head;  /* how its reading went */
	bool owed; /* all that waited for their numbers are there */
};

PRINTF(5, 6)
static void step(struct verifying *v, const char *name, enum verify_mark mark, const char *how,
		 const char *format, ...)
{
	struct ledger_report *r = &v->report;
	char text[TEXT_ROOM];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	r->failed += mark == VERIFY_FAILED;
	r->unknown += mark == VERIFY_UNKNOWN;
	r->steps[r->count++] = (struct ledger_step){ name, mark, arena_str(v->a, text), how };
}

/* "3、8、9 等 40 处" */
static void list(const struct ledger_found *f, char out[LIST_ROOM])
{
	size_t len = 0;

	for (int i = 0; i < f->shown; i++)
		len += (size_t)snprintf(out + len, LIST_ROOM - len, "%s%" PRId64, i ? "、" : "",
					f->at[i]);
	if (f->count > f->shown)
		snprintf(out + len, LIST_ROOM - len, " 等 %" PRId64 " 处", f->count);
}

static void step_numbers(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;
	char places[LIST_ROOM];

	if (s->missing.count > 0) {
		list(&s->missing, places);
		step(v, "numbers", VERIFY_FAILED, "有条目被删除，或编号被改动。",
		     "编号不连续：从 %s 起缺", places);
	} else if (s->twice.count > 0) {
		list(&s->twice, places);
		step(v, "numbers", VERIFY_FAILED, "有条目是插进来的。", "编号重复：%s", places);
	} else if (s->entries == 0) {
		step(v, "numbers", VERIFY_OK, NULL, "账簿还是空的");
	} else {
		step(v, "numbers", VERIFY_OK, NULL, "%" PRId64 " 条，编号 0 到 %" PRId64 " 连续",
		     s->entries, s->next - 1);
	}
}

static void step_leaves(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;
	char places[LIST_ROOM];

	if (s->altered.count == 0) {
		step(v, "leaves", VERIFY_OK, NULL, "每一条的内容都与它的叶子相符");
		return;
	}
	list(&s->altered, places);
	step(v, "leaves", VERIFY_FAILED, "这些条目写下之后被改过，或互相换了位置。",
	     "内容与叶子不符：编号 %s", places);
}

static void step_marks(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;
	char places[LIST_ROOM];

	if (!v->o->keys) {
		step(v, "marks", VERIFY_UNKNOWN, "请在有密钥的机器上核验。",
		     "没有密钥，看不出条目是不是本程序写下的");
		return;
	}
	if (s->strange.count == 0) {
		step(v, "marks", VERIFY_OK, NULL, "每一条都带有本程序用密钥做的标记");
		return;
	}
	list(&s->strange, places);
	step(v, "marks", VERIFY_FAILED, "有人没有密钥而直接写了数据库：请查明谁能写数据库。",
	     "不是本程序写下的条目：编号 %s", places);
}

static void step_tree(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;
	struct merkle kept;
	uint8_t root[SHA256_SIZE], have[SHA256_SIZE];

	if (!v->tree_readable) {
		step(v, "tree", VERIFY_FAILED, "树的记录被改动或损坏。", "库中没有完整的树根记录");
		return;
	}
	if (v->tree.size != s->next) {
		step(v, "tree", VERIFY_FAILED,
		     v->tree.size > s->next ? "末尾的条目被截掉。"
					    : "末尾的条目是编号之外加进来的。",
		     "树记有 %" PRId64 " 条，实际到编号 %" PRId64 " 为止", v->tree.size,
		     s->next - 1);
		return;
	}
	if (s->missing.count > 0) {
		step(v, "tree", VERIFY_UNKNOWN, "先查明缺少的条目。", "缺条目，无法重算树根");
		return;
	}
	if (v->tree.time != s->latest) {
		step(v, "tree", VERIFY_FAILED, "时钟是不是倒退过按它判断：请查明谁能写数据库。",
		     "树记下的最晚时间与条目的不同");
		return;
	}
	kept.size = (uint64_t)v->tree.size;
	memcpy(kept.edge, v->tree.edge, sizeof(kept.edge));
	merkle_root(&kept, root);
	merkle_root(&s->tree, have);
	if (memcmp(root, have, SHA256_SIZE) != 0)
		step(v, "tree", VERIFY_FAILED, "有条目连同叶子被改、换了位置或被替换。",
		     "按叶子重算的树根与库中记下的不同");
	else
		step(v, "tree", VERIFY_OK, NULL, "按叶子重算的树根与库中记下的一致：%s",
		     v->report.root);
}

static void step_head(struct verifying *v)
{
	if (!v->o->keys)
		step(v, "head", VERIFY_UNKNOWN, "请在有密钥的机器上核验。",
		     "没有密钥，密钥旁记下的进度也就看不到");
	else if (!keys_folder(v->o->keys))
		step(v, "head", VERIFY_UNKNOWN, "恢复完成时重新记下。",
		     "还没有与密钥旁记下的进度核对");
	else if (v->head != OK)
		step(v, "head", VERIFY_FAILED,
		     "它与密钥一起建立：请查明是谁删的，查清以后用 mingqian data head 重新记下。",
		     "密钥旁没有账簿的进度（ledger.head），或者它坏了");
	else if (!v->survey.goes_on)
		step(v, "head", VERIFY_FAILED,
		     "数据库被退回到以前的样子，或者有条目被抽走、后面的重新编了号。",
		     "账簿不是从密钥旁记下的 %" PRId64 " 条接下去的", v->survey.head.size);
	else if (!v->owed)
		step(v, "head", VERIFY_FAILED, "请停办，查明谁能写数据库。",
		     "密钥旁记下的、已经办妥还在等编号的条目，账簿里没有了，或者被改过");
	else
		step(v, "head", VERIFY_OK, NULL, "账簿接着密钥旁记下的进度（%" PRId64 " 条）",
		     v->survey.head.size);
}

static int step_schema(struct verifying *v)
{
	const char *name, *unfit;

	TRY(office_schema_strange(v->o->db, v->a, &name));
	TRY(schema_unfit(v->o->db, v->a, &unfit));
	if (!name && unfit)
		step(v, "schema", VERIFY_FAILED,
		     "有人绕过约束改了数据库：请不要再用它办理，查明谁能写数据库，从备份恢复。",
		     "数据库里有不合列的约束的值：%s", unfit);
	else if (name)
		step(v, "schema", VERIFY_FAILED,
		     "它能让账簿核对不到的改动混进来：请查明是谁建的，恢复原样。",
		     "数据库里有不是本程序建立的%s", name);
	else
		step(v, "schema", VERIFY_OK, NULL,
		     "数据库的结构是本程序建立的，没有触发器、视图和规则");
	return OK;
}

static int step_nodes(struct verifying *v)
{
	int64_t wrong;

	if (v->survey.missing.count > 0) {
		step(v, "nodes", VERIFY_UNKNOWN, "先查明缺少的条目。", "缺条目，无法重算子树");
		return OK;
	}
	TRY(ledger_survey_nodes(v->o->db, &v->survey, &wrong));
	if (wrong > 0)
		step(v, "nodes", VERIFY_FAILED, "只影响证明和导出，但说明数据库被直接改动过。",
		     "子树的根有 %" PRId64 " 处不符", wrong);
	else
		step(v, "nodes", VERIFY_OK, NULL, "各子树的根都与叶子相符（每 256 条一个）");
	return OK;
}

static void step_checkpoints(struct verifying *v)
{
	size_t count;
	const char *wrong = ledger_claims_wrong(v->a, &v->claims, false, &count);
	char places[LIST_ROOM];

	list(&v->survey.unsigned_days, places);
	if (wrong)
		step(v, "checkpoints", VERIFY_FAILED,
		     "检查点签过名，签名之后账簿被改过，或检查点被换过。", "%s", wrong);
	else if (count == 0 && v->survey.days > 1)
		step(v, "checkpoints", VERIFY_FAILED,
		     "每天办完第一件事都会签一个，是被删掉的：请与库外保存的检查点核对（--against）。",
		     "账簿的条目不止一天，库中却一个检查点也没有");
	else if (v->survey.unsigned_days.count > 0)
		step(v, "checkpoints", VERIFY_FAILED,
		     "每天办完第一件事都会签一个，是被删掉的：请与库外保存的检查点核对（--against）。",
		     "有的日子没有检查点：从编号 %s 开始的那些天", places);
	else if (count == 0)
		step(v, "checkpoints", VERIFY_UNKNOWN,
		     "用 mingqian ledger checkpoint 或 ledger export 签一个。",
		     "库中还没有签过名的检查点");
	else
		step(v, "checkpoints", VERIFY_OK, NULL,
		     "库中 %zu 个检查点的签名都对，账簿与它们一致", count);
}

static void step_outside(struct verifying *v)
{
	size_t count;
	const char *wrong = ledger_claims_wrong(v->a, &v->claims, true, &count);

	if (wrong)
		step(v, "outside", VERIFY_FAILED,
		     "在外面保存的检查点不会跟着数据库一起被改，请以它为准查明。", "%s", wrong);
	else if (count == 0)
		step(v, "outside", VERIFY_UNKNOWN,
		     "用 --against FILE 给出以前公布、打印或由他人保存的检查点，再加 --key 给出公布过的密钥。",
		     "没有与库外保存的检查点核对：掌握数据库和密钥的人可以整本重写");
	else
		step(v, "outside", VERIFY_OK, NULL, "账簿与库外保存的 %zu 个检查点一致", count);
}

static void step_agreement(struct verifying *v)
{
	const char *wrong = ledger_claims_clash(v->a, &v->claims);
	size_t count = ledger_claims_signed(&v->claims);

	if (wrong)
		step(v, "agreement", VERIFY_FAILED, "这两个检查点合在一起就是证据，请都保存好。",
		     "%s", wrong);
	else if (count >= 2)
		step(v, "agreement", VERIFY_OK, NULL, "%zu 个检查点互相不矛盾", count);
	else
		step(v, "agreement", VERIFY_UNKNOWN, "有了两个以上的检查点才能比。",
		     "检查点不足两个，没有可比的");
}

static int step_documents(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;
	int64_t lost, outside;

	TRY(ledger_document_missing(v->o->db, &lost, &outside));
	if (s->wrong_documents > 0)
		step(v, "documents", VERIFY_FAILED, "文件存入之后被改过。",
		     "%" PRId64 " 份文件与摘要不符，第一份是 %s", s->wrong_documents,
		     s->wrong_document);
	else if (lost > 0)
		step(v, "documents", VERIFY_FAILED,
		     "这些事项的全文总是存在库里，是被删掉的：请从备份恢复，查明谁能写数据库。",
		     "有 %" PRId64 " 条的文件应在库中而不在", lost);
	else if (outside > 0)
		step(v, "documents", VERIFY_UNKNOWN,
		     "请找到这些文件，用 sha256sum 与条目里的摘要核对。",
		     "库中 %" PRId64 " 份文件都与摘要相符；另有 %" PRId64 " 条的文件不在库中",
		     s->documents, outside);
	else
		step(v, "documents", VERIFY_OK, NULL, "%" PRId64 " 份文件都与摘要相符",
		     s->documents);
	return OK;
}

static void step_table(struct verifying *v, const char *name, const struct ledger_table *t,
		       const char *good)
{
	if (t->wrong > 0)
		step(v, name, VERIFY_FAILED,
		     "有人绕过程序直接改了数据库的表：请不要再用它办理，查明谁能写数据库，从备份恢复。",
		     "与账簿不符的有 %" PRId64 " 处，第一处：%s", t->wrong, t->first);
	else if (t->seen == 0)
		step(v, name, VERIFY_OK, NULL, "%s：还没有，账簿里也没有", good);
	else
		step(v, name, VERIFY_OK, NULL, "%s：%" PRId64 " 项都与账簿一致", good, t->seen);
}

/* What is told by marks. */
static void step_keyed(struct verifying *v, const char *name, const struct ledger_table *t,
		       const char *good)
{
	if (t->wrong == 0 && t->seen > 0 && !v->o->keys)
		step(v, name, VERIFY_UNKNOWN,
		     "账簿的标记要用密钥核对：请在有密钥的数据文件夹上再核验一次。",
		     "%s：%" PRId64 " 项没有核对：没有密钥", good, t->seen);
	else
		step_table(v, name, t, good);
}

static int step_tables(struct verifying *v)
{
	struct ledger_tables t;

	TRY(ledger_tables_check(v->o, v->a, false, &t));
	step_table(v, "changes", &t.registries.changes, "名录的变更记录");
	step_table(v, "rows", &t.registries.rows, "名录各次变更写下的行");
	step_table(v, "facets", &t.registries.facets, "名录现行各行的分类和计数");
	step_table(v, "rules", &t.rules, "规则集和工作日历");
	step_table(v, "plans", &t.plans, "年度计划");
	step_table(v, "draws", &t.draws, "抽取、检查任务和以后的更换");
	if (t.sites.seen > 0 && !v->o->keys)
		step(v, "sites", VERIFY_UNKNOWN,
		     "封存的内容要用密钥打开：请在有密钥的数据文件夹上再核验一次。",
		     "%" PRId64 " 项检查任务写明的对象没有与封存的核对：没有密钥", t.sites.seen);
	else
		step_table(v, "sites", &t.sites, "检查任务写明的对象与抽取时封存的");
	step_keyed(v, "accounts", &t.accounts, "账号和角色");
	step_keyed(v, "requests", &t.requests, "提请和各人的表态、授权的申请和决定");
	return OK;
}

static void step_times(struct verifying *v)
{
	char places[LIST_ROOM];

	if (v->survey.early.count == 0) {
		step(v, "times", VERIFY_OK, NULL, "时间随编号前进（更正时钟的条目除外）");
		return;
	}
	list(&v->survey.early, places);
	step(v, "times", VERIFY_UNKNOWN,
	     "办理很久才完成的事务会这样；也可能是时钟被调过，请查日志。",
	     "有条目的时间比前面的早一分钟以上：编号 %s", places);
}

static void step_pending(struct verifying *v)
{
	const struct ledger_survey *s = &v->survey;

	if (s->pending_strange > 0)
		step(v, "pending", VERIFY_FAILED,
		     "有人直接写了数据库：程序不给它们编号，请查明谁能写数据库。",
		     "没有编号的 %" PRId64 " 条里，有 %" PRId64 " 条不是本程序写下的", s->pending,
		     s->pending_strange);
	else if (s->pending == 0)
		step(v, "pending", VERIFY_OK, NULL, "没有等待编号的条目");
	else
		step(v, "pending", VERIFY_UNKNOWN, "下一次办理任何事项时会编号，之后再核验一次。",
		     "还有 %" PRId64 " 条没有编号，不在树里", s->pending);
}

static int survey(struct db *db, struct verifying *v)
{
	struct writer w = { v->report.root, 2 * SHA256_SIZE, 0, false };
	uint8_t root[SHA256_SIZE];
	int rc = ledger_tree_get(db, &v->tree);

	if (rc != OK && rc != NONE && rc != INVALID)
		return rc;
	v->tree_readable = rc == OK;
	TRY(ledger_claims_collect(db, v->a, v->check, v->key, &v->claims));
	v->survey.claims = v->claims.at;
	v->survey.claim_count = v->claims.count;
	v->survey.progress = v->check->progress;
	v->survey.arg = v->check->arg;
	v->survey.keys = v->o->keys;
	v->survey.total = v->tree_readable ? (uint64_t)v->tree.size : 0;
	TRY(ledger_survey_entries(db, &v->survey));
	TRY(ledger_survey_documents(db, v->a, &v->survey));
	TRY(ledger_claims_prove(db, &v->claims));
	merkle_root(&v->survey.tree, root);
	write_hex(&w, root, sizeof(root));
	v->report.size = v->survey.entries;
	return OK;
}

static int verify(struct db *db, void *arg)
{
	struct verifying *v = arg;

	TRY(survey(db, v));
	step_numbers(v);
	step_leaves(v);
	step_marks(v);
	step_tree(v);
	step_head(v);
	TRY(step_nodes(v));
	step_checkpoints(v);
	step_outside(v);
	step_agreement(v);
	TRY(step_documents(v));
	TRY(step_tables(v));
	TRY(step_schema(v));
	step_times(v);
	step_pending(v);
	return OK;
}

int ledger_verify(struct office *o, struct arena *a, const struct ledger_check *check,
		  struct ledger_report *ret)
{
	struct verifying *v = arena_alloc(a, sizeof(*v));
	struct note_key key;

	v->o = o;
	v->a = a;
	v->check = check;
	v->key = check->key ? check->key : o->verifier_key;
	o->why[0] = 0;
	if (note_key_parse(span_of(v->key), &key) != CORE_OK) {
		snprintf(o->why, sizeof(o->why), "“%s”不是验证密钥（名称+编号+Base64）", v->key);
		return INVALID;
	}
	/* Before the database is: what others add meanwhile is not in its state. */
	v->head = o->keys ? ledger_head_read(o->keys, &v->survey.head) : NONE;
	int rc = o->keys ? ledger_owed_check(o->db, o->keys) : OK;
	v->owed = rc == OK;
	if (rc == OK || rc == FORBIDDEN)
		rc = db_read(o->db, verify, v);
	ledger_survey_release(&v->survey);
	if (rc == OK)
		*ret = v->report;
	return rc;
}
