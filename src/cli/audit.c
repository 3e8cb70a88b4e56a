/* cli/audit.c — marks in words for people, in names for programs. */
#include "cli/audit.h"

#include <string.h>

static const char *const mark_words[] = {
	[VERIFY_OK] = "✓",
	[VERIFY_FAILED] = "✗",
	[VERIFY_UNKNOWN] = "未核验",
};

static const char *const mark_names[] = {
	[VERIFY_OK] = "ok",
	[VERIFY_FAILED] = "failed",
	[VERIFY_UNKNOWN] = "unknown",
};

void audit_print(const struct draw_audit *audit)
{
	for (uint32_t i = 0; i < audit->count; i++) {
		const struct verify_step *s = &audit->steps[i];
		cli_print("%s %.*s\n", mark_words[s->mark], (int)s->text.len,
			  s->text.len ? s->text.at : "");
		if (s->how.len)
			cli_print("    %s：%.*s\n", s->mark == VERIFY_UNKNOWN ? "怎样核验" : "说明",
				  (int)s->how.len, s->how.at);
	}
	cli_print("\n✓ %u 步，✗ %u 步，未核验 %u 步\n",
		  audit->count - audit->failed - audit->unknown, audit->failed, audit->unknown);
}

void audit_json(struct json *j, const struct draw_audit *audit)
{
	json_key(j, "steps");
	json_begin_array(j);
	for (uint32_t i = 0; i < audit->count; i++) {
		const struct verify_step *s = &audit->steps[i];
		json_begin_object(j);
		json_key(j, "how");
		json_mem(j, s->how.len ? s->how.at : "", s->how.len);
		json_put_text(j, "mark", mark_names[s->mark]);
		json_put_text(j, "name", s->name);
		json_key(j, "text");
		json_mem(j, s->text.len ? s->text.at : "", s->text.len);
		json_end_object(j);
	}
	json_end_array(j);
}

/* Teams that nobody computed again could be invented. */
static bool teams_unknown(const struct draw_audit *r)
{
	bool rows = false, unknown = false;

	for (uint32_t i = 0; i < r->count; i++) {
		rows |= strcmp(r->steps[i].name, "result.form") == 0;
		unknown |= strcmp(r->steps[i].name, "teams") == 0 &&
			   r->steps[i].mark == VERIFY_UNKNOWN;
	}
	return rows && unknown;
}

const char *audit_conclusion(const struct cli *cli, const struct draw_audit *r, bool passed)
{
	if (r->rehearsal)
		return r->failed ? "演练无效；而且有步骤没有通过。"
				 : "演练无效：各步算得一致，但随机数是编的，这不是一次真正的抽取。";
	if (r->failed)
		return arena_printf(
			cli->arena,
			"没有通过：有 %u 步不符。在查明之前，这份结果不能当作这次抽取的结果。",
			r->failed);
	if (!r->drawn)
		return "还没有抽取：到现在为止的文件没有发现不符。";
	if (r->form == VERIFY_SEALED)
		return "揭示前的封存形式：只有声明和结果根，结果还不能核验；揭示后取公开版或审计版再核验。";
	if (teams_unknown(r))
		return arena_printf(
			cli->arena,
			"没有发现不符；检查组没有核验：这里没有 conflicts.tsv（公开版），谁去检查没有重新算，"
			"写的是不是抽出来的那些人，要向审计或纪检取审计版核验。共 %u 步没有核验%s。",
			r->unknown, passed ? "" : "，按 --strict 不算通过");
	if (!passed)
		return arena_printf(
			cli->arena,
			"没有发现不符，但有 %u 步在这里没有核验，按 --strict 不算通过。",
			r->unknown);
	if (r->unknown)
		return arena_printf(
			cli->arena,
			"没有发现不符；有 %u 步在这里没有核验，照各步写的办法补上才算完整。",
			r->unknown);
	return "通过：结果正是由锁定的名单、规则和公开的随机数得出的。";
}
