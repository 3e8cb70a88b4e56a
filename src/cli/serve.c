/* cli/serve.c — the server's settings. */
#include "cli/serve.h"

#include "cli/commands.h"
#include "cli/data.h"

struct options {
	struct data_options data;
	const char *listen, *policy, *clock, *web;
	struct cli_list hosts;
	int64_t threads;
	bool behind_proxy, tls;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "listen",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, listen),
	  .value = "ADDR:PORT",
	  .fallback = "127.0.0.1:8080",
	  .help = "在哪里提供服务；端口 0 是任意空闲端口" },
	{ .name = "host",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct options, hosts),
	  .value = "NAME",
	  .help = "只回答以这个名字（如 mq.example.cn，端口不是 80、443 的连端口写）来的请求；可写多次" },
	{ .name = "web",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, web),
	  .value = "DIR",
	  .help = "建好的网页所在的文件夹，启动时读一次；不写就用程序旁边的 web，或装在 ../share/mingqian/web 的" },
	{ .name = "policy",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, policy),
	  .value = "NAME",
	  .fallback = "mlps3",
	  .help = "密码和会话的要求：mlps3（等保三级）或 asvs" },
	{ .name = "clock",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, clock),
	  .value = "FILE",
	  .help = "只用于演示数据：现在几点，以这个文件写的为准（1970 年以来的毫秒数），可以随时改" },
	{ .name = "threads",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, threads),
	  .value = "N",
	  .fallback = "4",
	  .min = 1,
	  .max = 64,
	  .help = "同时办理几个请求" },
	{ .name = "behind-proxy",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct options, behind_proxy),
	  .help = "前面有代理：来访地址以它写的 X-Forwarded-For 的最后一个为准" },
	{ .name = "tls",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct options, tls),
	  .help = "前面的代理用 https：Cookie 只走 https，并要求浏览器以后都用 https" },
};

static void invited(void *arg, const char *name, const char *person, const char *token)
{
	(void)arg;
	cli_print("%s（登录名 %s）的激活码，只显示这一次：%s\n", person, name, token);
}

static void ready(void *arg, const char *address)
{
	(void)arg;
	cli_print("明签在 http://%s/ 提供服务（按 Ctrl-C 停止）\n", address);
	cli_flush();
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct cli_serve ask = { .listen = in->listen,
				 .policy = in->policy,
				 .web = in->web,
				 .threads = (size_t)in->threads,
				 .behind_proxy = in->behind_proxy,
				 .tls = in->tls,
				 .invited = invited,
				 .ready = ready };
	const char **hosts = arena_array(cli->arena, in->hosts.count + 1, sizeof(*hosts));
	const char *why = "";

	TRY(data_where(cli, &in->data, &ask.where));
	ask.where.clock = in->clock;
	for (size_t i = 0; i < in->hosts.count; i++)
		hosts[i] = in->hosts.at[i];
	ask.hosts = in->hosts.count ? hosts : NULL;
	int rc = cli->outside->serve(cli->arena, &ask, &why);
	return rc == 0 ? CLI_OK : cli_fail(cli, data_exit(rc), "%s", why);
}

const struct cli_command cli_serve = {
	.words = "serve",
	.help = "启动服务器（server）：网页和接口",
	.usage = "[--listen ADDR:PORT] " DATA_USAGE,
	.detail =
		"对外提供服务时前面要有代理（https、HTTP/2）。收到 SIGTERM 或 Ctrl-C 时，\n"
		"不再接受新的连接，办完手里的请求再停。第一次启动时建立三员（系统、安全、审计管理员），\n"
		"显示各人的激活码：用它设置密码；丢了用 mingqian admin activate 重发。由 systemd 的 socket 单元启动时用它交来的端口。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.no_json = true,
	.run = run,
};
