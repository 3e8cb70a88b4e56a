/* cli/rules_show.c — a rule set in plain sentences, or its canonical JSON. */
#include "app/rule_set_read.h"
#include "app/rule_set_words.h"
#include "base/buf.h"
#include "cli/commands.h"
#include "cli/rules.h"

struct options {
	struct data_options data;
	int64_t version;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "version",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, version),
	  .value = "N",
	  .fallback = "0",
	  .help = "第几版；不写：最后一版",
	  .max = 1000000000 },
};

static void put_head(struct cli *cli, const struct rules_found *f, struct buf *out)
{
	const struct rule_set *s = &f->set;
	char digest[RULE_DIGEST];

	rule_set_digest(s, digest);
	buf_printf(out, "规则集 %s：%s\n制定机关：%s（%s）\n有效期：%s\n", s->id, s->title, s->body,
		   s->level == RULE_CITY ? "市级" : "县级", rules_days(cli, s->from, s->to));
	if (s->document)
		buf_printf(out, "依据：《%s》%s\n", s->document, s->number ? s->number : "");
	else if (s->number)
		buf_printf(out, "依据：%s\n", s->number);
	if (s->source)
		buf_printf(out, "出处：%s\n", s->source);
	if (s->note)
		buf_printf(out, "说明：%s\n", s->note);
	if (f->is_kept)
		buf_printf(out, "第 %lld 版%s，%s 于 %s：%s\n", (long long)f->kept.version,
			   f->kept.withdrawn ? "（停用）" : "", f->kept.actor,
			   data_time(cli, f->kept.at), f->kept.reason);
	buf_printf(out, "摘要：%s\n", digest);
}

static int run(struct cli *cli, void *arg)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	const struct options *in = arg;
	struct rules_found f;

	buf_init(&out, 8 << 20);
	TRY(rules_fetch(cli, &in->data, cli->args[0], in->version, &f));
	if (cli->json) {
		rule_set_write(&f.set, &out);
		buf_char(&out, '\n');
	} else {
		put_head(cli, &f, &out);
		buf_str(&out, "\n");
		for (size_t i = 0; i < f.set.rule_count; i++) {
			buf_printf(&out, "%zu. [%s] ", i + 1, f.set.rules[i].id);
			rule_sentence(&f.set, &f.set.rules[i], &out);
			buf_str(&out, "\n");
		}
		buf_str(&out, "\n");
		rule_set_sentences(&f.set, &out);
	}
	cli_write(buf_text(&out), out.len);
	return CLI_OK;
}

const struct cli_command cli_rules_show = {
	.words = "rules show",
	.help = "用一句句话说出一个规则集：每条规则和它的文件、条款",
	.usage = "FILE|NAME [--version N] " DATA_USAGE,
	.detail =
		"写了 --data 或 --db 时看数据里存的 NAME；不写时看文件 FILE，或随程序提供的 NAME。\n"
		"--json 输出规范形式的 JSON，可以再导入。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
