#ifndef CLI_DATA_H
#define CLI_DATA_H
/*
 * cli/data.h — what all commands on kept data share: which data, who acts, what time it is. A command puts
 * `struct data_options data;` into its options struct, DATA_ROWS(struct options, data) into its table of
 * options (DATA_USAGE into its usage), and opens the office with data_open.
 */
#include "app/office.h"
#include "cli/cli.h"

struct data_options {
	const char *data, *db, *keys, *as, *now;
};

#define DATA_USAGE "[--data DIR] [--db URL [--keys DIR]]"
#define DATA_ROW(type, field, option, label, text)                                                 \
	{                                                                                          \
		.name = #option, .kind = CLI_TEXT, .offset = offsetof(type, field.option),         \
		.value = label, .help = text                                                       \
	}
#define DATA_WHERE_ROWS(type, field)                                                               \
	DATA_ROW(type, field, data, "DIR", "数据文件夹；不写时用 ./mingqian-data"),                \
		DATA_ROW(type, field, db, "URL", "数据在 PostgreSQL 里：postgresql://…"),          \
		DATA_ROW(type, field, keys, "DIR", "密钥文件夹；不写时用数据文件夹里的 keys")
#define DATA_ROWS(type, field)                                                                     \
	DATA_WHERE_ROWS(type, field),                                                              \
		DATA_ROW(type, field, as, "NAME",                                                  \
			 "办理人，记入账簿：是自己说的，命令行不核实；不写时用本机登录名"),        \
		DATA_ROW(type, field, now, "TIME",                                                 \
			 "只用于演示数据：当作现在的时间，如 2026-03-02T09:30")

/* Where the data are, as the options say; without them ./mingqian-data. CLI_OK, or has told why not. */
MUST_USE int data_where(const struct cli *cli, const struct data_options *o,
			struct office_where *ret);

/*
 * Opens the office and says who acts. Returns CLI_OK, then end with office_release; or has told why and
 * returns the exit code. Strings live in cli->arena.
 */
MUST_USE int data_open(const struct cli *cli, const struct data_options *o, struct office *ret);

/* The same, whatever the ledger's head says (app/ledger_head.h). */
MUST_USE int data_open_alone(const struct cli *cli, const struct data_options *o,
			     struct office *ret);

/* The same, only to read: nothing is changed, also no pending entry of the ledger numbered. */
MUST_USE int data_look(const struct cli *cli, const struct data_options *o, struct office *ret);

/* Who acts and what time it is, as the options say; *ret_now 0: the clock's. CLI_OK, or has told why not. */
MUST_USE int data_actor(const struct cli *cli, const struct data_options *o, const char **ret);
MUST_USE int data_now(const struct cli *cli, const struct data_options *o, int64_t *ret_now);

/* Tells what a use case refused with this code (status or db_code); returns the exit code. */
MUST_USE int data_fail(const struct cli *cli, const struct office *o, int code);

/* "2026-11-23 16:00:05" at +08:00, in cli->arena. ms from 1970 to the year 9999. */
MUST_USE const char *data_time(const struct cli *cli, int64_t ms);

/* The exit code that a status or db_code means. */
MUST_USE enum cli_exit data_exit(int code);

#endif
