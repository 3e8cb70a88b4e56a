/* app/ledger_words.c — one row an action. */
#include "app/ledger_words.h"

#include <string.h>

static const struct {
	const char *action, *words;
} rows[] = {
	{ "account.activate", "激活账号" },
	{ "account.ask", "申请授权" },
	{ "account.begin", "建立三员" },
	{ "account.close", "停用账号" },
	{ "account.create", "建立账号" },
	{ "account.edit", "改动账号" },
	{ "account.grant", "批准授权" },
	{ "account.invite", "发激活码" },
	{ "account.login", "登录" },
	{ "account.login-failed", "登录失败" },
	{ "account.logout", "退出登录" },
	{ "account.password", "换密码" },
	{ "account.refuse", "拒绝授权" },
	{ "account.revoke", "结束会话" },
	{ "account.take", "收回授权" },
	{ "account.totp", "设置动态口令" },
	{ "account.totp-remove", "去掉动态口令" },
	{ "account.unlock", "解锁账号" },
	{ "calendar.import", "导入工作日历" },
	{ "clock.accept", "更正时钟" },
	{ "data.backup", "备份" },
	{ "data.restore", "从备份恢复" },
	{ "draw.annul", "作废抽取" },
	{ "draw.answer", "答复督办" },
	{ "draw.approve", "批准锁定" },
	{ "draw.cancel", "取消抽取" },
	{ "draw.copy", "领取份额" },
	{ "draw.export", "导出抽取" },
	{ "draw.freeze", "锁定" },
	{ "draw.hold", "登记份额保管人" },
	{ "draw.open", "打开份额" },
	{ "draw.party", "登记份额方" },
	{ "draw.prepare", "准备抽取" },
	{ "draw.press", "督办" },
	{ "draw.rehearse", "试开份额" },
	{ "draw.reveal", "揭示抽取" },
	{ "draw.run", "抽取" },
	{ "draw.staff", "另行派组" },
	{ "head.accept", "认可退回的数据库" },
	{ "person.add", "登记人员" },
	{ "person.leave", "人员离任" },
	{ "plan.approve", "批准计划" },
	{ "plan.drop", "作废计划草稿" },
	{ "plan.extend", "延期" },
	{ "plan.extend-agree", "同意延期" },
	{ "plan.extend-refuse", "不同意延期" },
	{ "plan.new", "新建计划" },
	{ "plan.opening", "导入年初数据" },
	{ "plan.return", "退回计划" },
	{ "plan.submit", "送审计划" },
	{ "job.again", "工作再办" },
	{ "job.make", "交办工作" },
	{ "job.stop", "取消工作" },
	{ "ledger.read", "查看账簿" },
	{ "proposal.agree", "同意" },
	{ "proposal.make", "提出要人同意的事" },
	{ "proposal.refuse", "不同意" },
	{ "proposal.withdraw", "撤回提出的事" },
	{ "registry.edit", "改动名录" },
	{ "registry.import", "导入名录" },
	{ "registry.merge", "合并对象" },
	{ "registry.split", "拆分对象" },
	{ "registry.suggestion", "决定合并建议" },
	{ "registry.undo", "撤回名录改动" },
	{ "registry.winner", "设定以谁为准" },
	{ "rules.import", "导入规则" },
	{ "rules.retire", "停用规则" },
	{ "upload.add", "上传文件" },
	{ "visit.accept", "接受任务" },
	{ "visit.assist", "请专家或第三方协助" },
	{ "visit.done", "完成检查" },
	{ "visit.undo", "撤回检查登记" },
	{ "visit.end", "终止任务" },
	{ "visit.illness", "因病换人" },
	{ "visit.open", "打开名称" },
	{ "visit.opinion", "专家意见" },
	{ "visit.recusal", "回避换人" },
	{ "visit.reserve", "启用备选" },
};

static const struct {
	const char *word, *words;
} lines[] = {
	{ "answer-by", "答复期限" },
	{ "approver", "批准人" },
	{ "area", "区域" },
	{ "beyond", "超出上限和辖区的人次" },
	{ "certain", "上次被替换、这次必查的单位" },
	{ "comes", "接替的人" },
	{ "covers", "完成的最低要求" },
	{ "declaration", "声明" },
	{ "drawn", "抽中的家数" },
	{ "evidence", "证据" },
	{ "files", "存下的文件" },
	{ "leaves", "不去的人" },
	{ "members", "检查组" },
	{ "objects", "名单的家数" },
	{ "period-end", "期末" },
	{ "places", "派出的人次" },
	{ "reason", "原因" },
	{ "relaxed", "放宽的规则" },
	{ "reveal-by", "最迟揭示日" },
	{ "root", "结果根" },
	{ "secret", "封存的份额、随机种子" },
	{ "share", "份额" },
	{ "shares", "各方的承诺、公钥、签名" },
	{ "teams", "有没有检查组" },
	{ "title", "名称" },
	{ "unmet", "派不出的人次" },
	{ "visit", "接替的检查任务" },
	{ "visits", "检查任务" },
	{ "waits", "要等候揭示的抽取" },
	{ "why", "终结的原因" },
	{ "words", "封存的原因" },
};

const char *ledger_line_words(const char *word)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strcmp(lines[i].word, word) == 0)
			return lines[i].words;
	return "";
}

const char *ledger_words(const char *action)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].action, action) == 0)
			return rows[i].words;
	return action;
}
