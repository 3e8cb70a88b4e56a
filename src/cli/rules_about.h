#ifndef CLI_RULES_ABOUT_H
#define CLI_RULES_ABOUT_H
/* cli/rules_about.h — the counties and object kinds that a rule set may name, by --area. */
#include "app/rule_set_check.h"
#include "cli/cli.h"

#define RULES_AREA_ROW(type, field)                                                                \
	{                                                                                          \
		.name = "area", .kind = CLI_TEXT, .offset = offsetof(type, field),                 \
		.value = "baoding|any", .fallback = "baoding",                                     \
		.help = "县区范围：保定市局管辖的 22 个单位，或不查"            \
	}

/* Returns CLI_OK, or CLI_USAGE after telling. Lists live in cli->arena. */
MUST_USE int rules_about(const struct cli *cli, const char *area, struct rule_check *ret);

#endif
