/* http/titles.c — two tables in the order of their words; a test asks for what every list can hold. */
#include "http/titles.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct title {
	const char *key, *title;
};

static const struct title members[] = {
	{ "acceptedAt", "接收时间" },
	{ "account", "账号编号" },
	{ "action", "事项" },
	{ "actor", "经办人" },
	{ "added", "新增" },
	{ "address", "来访地址" },
	{ "agent", "浏览器" },
	{ "approvedBy", "批准人" },
	{ "area", "区域" },
	{ "askedAt", "申请时间" },
	{ "askedBy", "申请人" },
	{ "at", "时间" },
	{ "body", "抽取主体" },
	{ "by", "经办人" },
	{ "change", "变更编号" },
	{ "code", "代码" },
	{ "county", "县区" },
	{ "day", "检查日期" },
	{ "deadline", "期限" },
	{ "decidedAt", "决定时间" },
	{ "decidedBy", "决定人" },
	{ "department", "部门" },
	{ "digest", "摘要" },
	{ "done", "已办" },
	{ "draw", "抽取编号" },
	{ "drawn", "抽中" },
	{ "drawnAt", "抽取时间" },
	{ "ended", "终结原因" },
	{ "endedAt", "结束时间" },
	{ "endedReason", "终止原因" },
	{ "field", "字段" },
	{ "fields", "内容" },
	{ "file", "文件" },
	{ "from", "原来" },
	{ "frozenAt", "锁定时间" },
	{ "give", "授予" },
	{ "id", "编号" },
	{ "inspector", "人员编号" },
	{ "kind", "种类" },
	{ "leftAt", "离任时间" },
	{ "level", "层级" },
	{ "live", "有效" },
	{ "locked", "锁定" },
	{ "madeAt", "建立时间" },
	{ "mayDecide", "可以决定" },
	{ "member", "人员" },
	{ "name", "名称" },
	{ "needs", "要几人" },
	{ "objects", "名单家数" },
	{ "off", "放假天数" },
	{ "offsite", "非现场" },
	{ "on", "上班天数" },
	{ "own", "自己的" },
	{ "period", "时期" },
	{ "person", "姓名" },
	{ "plan", "计划编号" },
	{ "pool", "抽取池" },
	{ "preparedAt", "准备时间" },
	{ "preparedBy", "准备人" },
	{ "problem", "没办成的原因" },
	{ "quarantined", "未收" },
	{ "reason", "原因" },
	{ "replaces", "更换的任务" },
	{ "result", "结果" },
	{ "revealBy", "最迟揭示日" },
	{ "revealedAt", "揭示时间" },
	{ "role", "角色" },
	{ "roles", "角色" },
	{ "root", "结果根" },
	{ "rules", "规则" },
	{ "sealed", "封存" },
	{ "seq", "序号" },
	{ "since", "登录时间" },
	{ "site", "检查对象" },
	{ "source", "来源" },
	{ "startedAt", "开始时间" },
	{ "state", "状态" },
	{ "step", "步骤" },
	{ "stopping", "正在取消" },
	{ "subject", "对象" },
	{ "team", "检查组" },
	{ "teams", "已派组" },
	{ "text", "说明" },
	{ "time", "时间" },
	{ "title", "标题" },
	{ "to", "现在" },
	{ "total", "总数" },
	{ "totp", "动态口令" },
	{ "trip", "同行编号" },
	{ "unchanged", "未变" },
	{ "undone", "撤销的变更" },
	{ "unmet", "派不出" },
	{ "updated", "更新" },
	{ "used", "最近使用" },
	{ "version", "版次" },
	{ "voices", "表态" },
	{ "why", "为何终结" },
	{ "winner", "以谁为准" },
	{ "withdrawn", "已停用" },
	{ "year", "年度" },
};

/* "member.word" */
static const struct title words[] = {
	{ "kind.added", "新增" },
	{ "kind.audit", "审计管理员" },
	{ "kind.business", "业务人员" },
	{ "kind.changed", "改动" },
	{ "kind.cross", "交叉抽取" },
	{ "kind.draw.annul", "作废抽取" },
	{ "kind.draw.staff", "另行派组" },
	{ "kind.edit", "改动" },
	{ "kind.expert", "专家抽取" },
	{ "kind.import", "导入" },
	{ "kind.info", "说明" },
	{ "kind.joint", "联合抽取" },
	{ "kind.left", "退出" },
	{ "kind.merge", "合并" },
	{ "kind.random", "随机抽取" },
	{ "kind.refused", "不行" },
	{ "kind.security", "安全管理员" },
	{ "kind.split", "拆分" },
	{ "kind.system", "系统管理员" },
	{ "kind.undo", "撤销" },
	{ "kind.visit.assist", "协助" },
	{ "kind.visit.end", "终结任务" },
	{ "kind.visit.illness", "因病换人" },
	{ "kind.visit.recusal", "回避换人" },
	{ "kind.visit.reserve", "启用备选" },
	{ "kind.visit.undo", "撤回检查登记" },
	{ "kind.warning", "注意" },
	{ "level.city", "市局" },
	{ "level.county", "分局" },
	{ "role.archive", "档案" },
	{ "role.auditor", "审计" },
	{ "role.discipline", "纪检" },
	{ "role.inspector", "执法人员" },
	{ "role.joint", "联合部门" },
	{ "role.leader", "负责人" },
	{ "role.legal", "法制" },
	{ "role.planner", "双随机管理员" },
	{ "role.reviewer", "审核人员" },
	{ "roles.archive", "档案" },
	{ "roles.auditor", "审计" },
	{ "roles.discipline", "纪检" },
	{ "roles.inspector", "执法人员" },
	{ "roles.joint", "联合部门" },
	{ "roles.leader", "负责人" },
	{ "roles.legal", "法制" },
	{ "roles.planner", "双随机管理员" },
	{ "roles.reviewer", "审核人员" },
	{ "state.accepted", "已接收" },
	{ "state.active", "在用" },
	{ "state.agreed", "同意" },
	{ "state.annulled", "已作废" },
	{ "state.approved", "已批准" },
	{ "state.cancelled", "已取消" },
	{ "state.closed", "停用" },
	{ "state.done", "办成" },
	{ "state.draft", "草稿" },
	{ "state.drawn", "已抽取" },
	{ "state.dropped", "已作废" },
	{ "state.ended", "已终结" },
	{ "state.failed", "没办成" },
	{ "state.frozen", "已锁定" },
	{ "state.invited", "待激活" },
	{ "state.open", "待决定" },
	{ "state.opened", "已开封" },
	{ "state.planned", "待接收" },
	{ "state.prepared", "已准备" },
	{ "state.queued", "在等" },
	{ "state.refused", "不同意" },
	{ "state.returned", "已退回" },
	{ "state.revealed", "已揭示" },
	{ "state.running", "在办" },
	{ "state.submitted", "已送审" },
	{ "state.visited", "已检查" },
	{ "state.withdrawn", "已撤回" },
	{ "winner.file", "文件" },
	{ "winner.local", "本地" },
};

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct title *)row)->key);
}

static const char *find(const struct title *rows, size_t count, const char *key)
{
	const struct title *found = bsearch(key, rows, count, sizeof(*rows), compare);

	return found ? found->title : NULL;
}

const char *title_of(const char *member)
{
	return find(members, COUNT(members), member);
}

const char *title_word(const char *member, const char *word)
{
	char key[64];
	size_t m = strlen(member), w = strlen(word);

	if (m + 1 + w >= sizeof(key))
		return NULL;
	memcpy(key, member, m);
	key[m] = '.';
	memcpy(key + m + 1, word, w + 1);
	return find(words, COUNT(words), key);
}
