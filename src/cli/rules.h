#ifndef CLI_RULES_H
#define CLI_RULES_H
/* cli/rules.h — what the commands on rule sets share: where a set comes from, and how days are shown. */
#include "app/rule_set_store.h"
#include "cli/cli.h"
#include "cli/data.h"

/* Was --data or --db given? Without them these commands use files and what comes with the program. */
MUST_USE bool rules_with_data(const struct data_options *o);

/*
 * The JSON of a set: a file of that name, else a set that comes with the program. Returns CLI_OK, or has told
 * why and returns the exit code. The text lives in cli->arena.
 */
MUST_USE int rules_text(const struct cli *cli, const char *name, const char **ret, size_t *ret_len);

struct rules_found {
	struct rule_set set;
	bool is_kept; /* then kept is filled */
	struct rule_set_kept kept;
};

/*
 * A kept set (version 0: the last one) if --data or --db was given, else rules_text. Returns CLI_OK, or has
 * told why and returns the exit code.
 */
MUST_USE int rules_fetch(struct cli *cli, const struct data_options *o, const char *name,
			 int64_t version, struct rules_found *ret);

/* "2021-01-01 至 2021-12-31", "2021-01-01 起", "长期"; in cli->arena. */
MUST_USE const char *rules_days(const struct cli *cli, int64_t from, int64_t to);

/* 市级, 县级. */
MUST_USE const char *rules_level(const char *level);

/* YYYY-MM-DD from 1970; false if it is none. */
MUST_USE bool rules_day(const char *text, int64_t *ret);

/* Puts "from" or "to" as a day or null. */
void rules_put_day(struct json *j, const char *key, int64_t day);

#endif
