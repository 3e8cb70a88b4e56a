/* app/permission.c — the tables. */
#include "app/permission.h"

#include "base/status.h"

#include <assert.h>
#include <string.h>

#define BIT(p) (UINT64_C(1) << (p))

static const struct {
	const char *word, *chinese;
	uint64_t may;
} kinds[ACCOUNT_KINDS] = {
	[KIND_SYSTEM] = { "system", "系统管理员",
			  BIT(PERM_ACCOUNTS_READ) | BIT(PERM_ACCOUNTS_EDIT) },
	[KIND_SECURITY] = { "security", "安全管理员",
			    BIT(PERM_ACCOUNTS_READ) | BIT(PERM_GRANTS_DECIDE) |
				    BIT(PERM_ACCOUNTS_UNLOCK) },
	[KIND_AUDIT] = { "audit", "审计管理员",
			 BIT(PERM_ACCOUNTS_READ) | BIT(PERM_LEDGER_READ) | BIT(PERM_LEDGER_EXPORT) |
				 BIT(PERM_LOGINS_READ) },
	[KIND_BUSINESS] = { "business", "业务人员", 0 },
};

#define READS                                                                                      \
	(BIT(PERM_REGISTRY_READ) | BIT(PERM_RULES_READ) | BIT(PERM_PLAN_READ) |                    \
	 BIT(PERM_DRAW_READ) | BIT(PERM_VISIT_READ))

static const struct {
	const char *word, *chinese;
	uint64_t may;
} roles[ROLES] = {
	[ROLE_AUDITOR] = { "auditor", "审计", READS | BIT(PERM_DRAW_AUDIT) | BIT(PERM_DRAW_HOLD) },
	[ROLE_DISCIPLINE] = { "discipline", "纪检",
			      READS | BIT(PERM_DRAW_APPROVE) | BIT(PERM_DRAW_HOLD) |
				      BIT(PERM_DRAW_ANNUL) | BIT(PERM_DRAW_AUDIT) },
	[ROLE_INSPECTOR] = { "inspector", "执法人员",
			     BIT(PERM_RULES_READ) | BIT(PERM_DRAW_READ) | BIT(PERM_DRAW_ANSWER) |
				     BIT(PERM_VISIT_OWN) },
	[ROLE_JOINT] = { "joint", "联合部门", BIT(PERM_DRAW_READ) | BIT(PERM_VISIT_OWN) },
	[ROLE_LEADER] = { "leader", "负责人",
			  READS | BIT(PERM_PLAN_APPROVE) | BIT(PERM_DRAW_ANNUL) |
				  BIT(PERM_DRAW_ANSWER) | BIT(PERM_VISIT_APPROVE) },
	[ROLE_LEGAL] = { "legal", "法制",
			 READS | BIT(PERM_DRAW_APPROVE) | BIT(PERM_VISIT_APPROVE) },
	[ROLE_PLANNER] = { "planner", "双随机管理员",
			   READS | BIT(PERM_REGISTRY_EDIT) | BIT(PERM_RULES_EDIT) |
				   BIT(PERM_PLAN_EDIT) | BIT(PERM_DRAW_PREPARE) |
				   BIT(PERM_DRAW_ANSWER) | BIT(PERM_VISIT_REPLACE) |
				   BIT(PERM_VISIT_OPEN) | BIT(PERM_UPLOAD) },
	[ROLE_REVIEWER] = { "reviewer", "审核人员", READS | BIT(PERM_VISIT_APPROVE) },
};

static const struct {
	const char *word, *chinese;
} permissions[PERMISSIONS] = {
	[PERM_SELF] = { "self", "管理自己的会话和密码" },
	[PERM_ACCOUNTS_READ] = { "accounts.read", "查看账号" },
	[PERM_ACCOUNTS_EDIT] = { "accounts.edit", "建立、修改、停用账号，申请授权" },
	[PERM_GRANTS_DECIDE] = { "grants.decide", "批准授权" },
	[PERM_ACCOUNTS_UNLOCK] = { "accounts.unlock", "解锁账号" },
	[PERM_LEDGER_READ] = { "ledger.read", "查账簿" },
	[PERM_LEDGER_EXPORT] = { "ledger.export", "导出账簿" },
	[PERM_LOGINS_READ] = { "logins.read", "查登录记录" },
	[PERM_REGISTRY_READ] = { "registry.read", "查看名录" },
	[PERM_REGISTRY_EDIT] = { "registry.edit", "维护名录" },
	[PERM_RULES_READ] = { "rules.read", "查看规则集" },
	[PERM_RULES_EDIT] = { "rules.edit", "维护规则集" },
	[PERM_PLAN_READ] = { "plan.read", "查看计划" },
	[PERM_PLAN_EDIT] = { "plan.edit", "编制计划" },
	[PERM_PLAN_APPROVE] = { "plan.approve", "批准计划" },
	[PERM_DRAW_READ] = { "draw.read", "查看抽取" },
	[PERM_DRAW_PREPARE] = { "draw.prepare", "准备、锁定、抽取、取消" },
	[PERM_DRAW_APPROVE] = { "draw.approve", "批准抽取" },
	[PERM_DRAW_HOLD] = { "draw.hold", "保管份额、开封" },
	[PERM_DRAW_ANNUL] = { "draw.annul", "作废抽取" },
	[PERM_DRAW_ANSWER] = { "draw.answer", "答复督办" },
	[PERM_DRAW_AUDIT] = { "draw.audit", "导出审计版" },
	[PERM_VISIT_READ] = { "visit.read", "查看检查任务" },
	[PERM_VISIT_OWN] = { "visit.own", "接收和办理自己的检查任务" },
	[PERM_VISIT_REPLACE] = { "visit.replace", "更换单位和人员" },
	[PERM_VISIT_APPROVE] = { "visit.approve", "同意更换、终结、拆看、人员变动" },
	[PERM_VISIT_OPEN] = { "visit.open", "拆看封存的名称" },
	[PERM_UPLOAD] = { "uploads", "上传文件" },
	[PERM_JOB] = { "jobs", "交办长时间的工作" },
};

const char *account_kind_word(enum account_kind kind)
{
	return kinds[kind].word;
}

const char *account_kind_chinese(enum account_kind kind)
{
	return kinds[kind].chinese;
}

int account_kind_read(const char *word, enum account_kind *ret)
{
	for (size_t i = 0; i < ACCOUNT_KINDS; i++)
		if (strcmp(kinds[i].word, word) == 0) {
			*ret = (enum account_kind)i;
			return OK;
		}
	return INVALID;
}

const char *role_word(enum role role)
{
	return roles[role].word;
}

const char *role_chinese(enum role role)
{
	return roles[role].chinese;
}

int role_read(const char *word, enum role *ret)
{
	for (size_t i = 0; i < ROLES; i++)
		if (strcmp(roles[i].word, word) == 0) {
			*ret = (enum role)i;
			return OK;
		}
	return INVALID;
}

/* Two that one person may not have both. */
static const enum role apart[][2] = {
	{ ROLE_PLANNER, ROLE_LEGAL },
	{ ROLE_PLANNER, ROLE_DISCIPLINE },
};

bool role_conflict(unsigned role_bits, enum role role, enum role *ret)
{
	for (size_t i = 0; i < COUNT(apart); i++)
		for (int side = 0; side < 2; side++)
			if (apart[i][side] == role && role_bits >> apart[i][!side] & 1) {
				*ret = apart[i][!side];
				return true;
			}
	return false;
}

const char *permission_word(enum permission permission)
{
	return permissions[permission].word;
}

const char *permission_chinese(enum permission permission)
{
	return permissions[permission].chinese;
}

uint64_t permission_set(enum account_kind kind, unsigned role_bits)
{
	uint64_t may = BIT(PERM_SELF) | BIT(PERM_JOB) | kinds[kind].may;

	assert(kind == KIND_BUSINESS || role_bits == 0);
	for (size_t i = 0; i < ROLES; i++)
		if (role_bits >> i & 1)
			may |= roles[i].may;
	return may;
}
