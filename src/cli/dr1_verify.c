/* cli/dr1_verify.c — every step with its mark, and one plain sentence at the end. */
#include "app/draw_parent.h"
#include "base/status.h"
#include "cli/audit.h"
#include "cli/commands.h"
#include "cli/dr1.h"

#include <string.h>

struct verify_options {
	bool strict;
	struct cli_list pulses;
	const char *certificate, *parent;
};

static const struct cli_option options[] = {
	{ .name = "strict",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct verify_options, strict),
	  .help = "把“未核验”也算作不通过" },
	{ .name = "pulse",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct verify_options, pulses),
	  .value = "FILE",
	  .help = "自行取得的 NIST 脉冲（JSON）；连上一个脉冲一起给，可查哈希链" },
	{ .name = "certificate",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct verify_options, certificate),
	  .value = "FILE",
	  .help = "自行取得的 NIST 证书（PEM 或 DER），用来核验脉冲的签名" },
	{ .name = "parent",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct verify_options, parent),
	  .value = "FOLDER",
	  .help = "联合部门的抽取：主办方那次抽取的文件夹，核对编号、结果根和对象" },
};

static void progress(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct cli_progress *p = arg;

	(void)step;
	cli_progress_at(p, done, total);
}

static const char *const forms[] = {
	[VERIFY_BEFORE] = "before",
	[VERIFY_SEALED] = "sealed",
	[VERIFY_DRAWN] = "drawn",
};

static void answer_json(const struct cli *cli, const struct draw_audit *r, bool passed)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "conclusion", audit_conclusion(cli, r, passed));
	json_put_text(&j.json, "draw", r->draw_id.len ? dr1_text(cli, r->draw_id) : NULL);
	json_put_bool(&j.json, "drawn", r->drawn);
	json_put_int(&j.json, "failed", r->failed);
	json_put_text(&j.json, "form", forms[r->form]);
	json_put_bool(&j.json, "passed", passed && !r->rehearsal);
	json_put_bool(&j.json, "rehearsal", r->rehearsal);
	audit_json(&j.json, r);
	json_put_int(&j.json, "unknown", r->unknown);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(const struct cli *cli, const struct draw_audit *r, bool passed)
{
	audit_print(r);
	cli_print("%s\n", audit_conclusion(cli, r, passed));
}

/* CLI_OK, or has told why the folder could not be verified. */
static int audit(struct cli *cli, const struct verify_options *o, const char *folder,
		 struct draw_folder *f, struct draw_audit *r)
{
	struct draw_evidence evidence = { o->pulses.at, o->pulses.count, o->certificate };
	struct cli_progress bar;
	const char *path = NULL;

	cli_progress_init(&bar, "核验");
	struct draw_audit_watch watch = { progress, &bar };
	int rc = draw_audit(f, folder, cli->arena, &evidence, &watch, r, &path);
	cli_progress_end(&bar);
	if (rc == TOO_LARGE && !path)
		return dr1_fail(cli, rc, NULL);
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, path ? path : folder);
}

/* What the lead's folder shows of a department's draw. */
static int compare(struct cli *cli, const struct verify_options *o, const struct draw_folder *f,
		   struct draw_audit *r)
{
	struct draw_audit *lead = arena_alloc(cli->arena, sizeof(*lead));
	struct draw_folder folder;

	TRY(dr1_read(cli, o->parent, &folder));
	int code = audit(cli, o, o->parent, &folder, lead);
	if (code == CLI_OK)
		draw_parent_check(r, cli->arena, &f->files, &folder.files, lead);
	draw_folder_release(&folder);
	return code;
}

static int verify(struct cli *cli, const struct verify_options *o, struct draw_folder *f)
{
	struct draw_audit *r = arena_alloc(cli->arena, sizeof(*r));

	TRY(audit(cli, o, cli->args[0], f, r));
	if (o->parent)
		TRY(compare(cli, o, f, r));
	bool passed = r->failed == 0 && (!o->strict || (r->unknown == 0 && !r->rehearsal));
	if (cli->json)
		answer_json(cli, r, passed);
	else
		answer_text(cli, r, passed);
	return passed ? CLI_OK : CLI_REFUSED;
}

static int run(struct cli *cli, void *arg)
{
	struct draw_folder folder;

	TRY(dr1_read(cli, cli->args[0], &folder));
	int code = verify(cli, arg, &folder);
	draw_folder_release(&folder);
	return code;
}

const struct cli_command cli_dr1_verify = {
	.words = "dr1 verify",
	.help = "逐步核验一次抽取：✓ 通过、✗ 不符、未核验（附办法）",
	.usage = "DIR [--strict] [--pulse FILE ... --certificate FILE] [--parent FOLDER]",
	.detail =
		"没有一步不符时退出码为 0，有一步不符为 1；--strict 把“未核验”也算不符。\n"
		"有结果（seed、result.tsv、result.root）而缺声明、record、名单或规则的，结果算不出，算不符；\n"
		"例外只有两种：揭示前的封存形式（只有声明和结果根），和没有 conflicts.tsv 的公开版。\n"
		"DIR 里有 SHA256SUMS 时，每个文件都要列在其中且一致，不多不少；清单自己没有绑定，这一步不打勾。\n"
		"DIR 里有 freeze 时，freeze/SHA256SUMS 的每一行都要相符；锁定指纹请与见证人手里的锁定记录对照。\n"
		"上限：名单和结果各 4 GiB，其余各 1 MiB（rules.txt 16 MiB）；文件夹 16 层、20 万个文件、每个 4 GiB；\n"
		"符号链接、管道和有空洞的文件一律不收。\n"
		"有 staff.tsv（抽取时排不出、后来派的检查组）的，按名单和 R 重新排一遍，逐字节对照。\n"
		"随机数的来源要用程序以外的途径核对；NIST 脉冲可用 --pulse 和 --certificate 核验签名。\n"
		"证书请自行从 https://beacon.nist.gov/beacon/2.0/certificate/<certificateId> 取得，\n"
		"放在 DIR 之外：DIR 里的证书是组织方放的，不能作证。\n"
		"声明里有 parent 行的是联合部门的抽取：用 --parent 给主办方的文件夹，先核验它，再核对编号、结果根和对象。\n",
	.options = options,
	.option_count = COUNT(options),
	.options_size = sizeof(struct verify_options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
