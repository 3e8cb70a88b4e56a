#ifndef CLI_REGISTRY_H
#define CLI_REGISTRY_H
/* cli/registry.h — what the registry commands share: which registry, and how notes and refusals are told. */
#include "app/registry.h"
#include "cli/data.h"
#include "cli/sheet_notes.h"

#define REGISTRY_ROW(type, field)                                                                  \
	{                                                                                          \
		.name = "registry", .kind = CLI_TEXT, .offset = offsetof(type, field),             \
		.value = "NAME", .fallback = "sites",                                              \
		.help = "哪份名录：sites、inspectors、matters 或 recusals"                 \
	}
#define REGISTRY_REASON_ROW(type, field)                                                           \
	{                                                                                          \
		.name = "reason", .kind = CLI_TEXT, .offset = offsetof(type, field),               \
		.value = "TEXT", .help = "为什么，记入变更记录和账簿", .required = true            \
	}

/* The registry of that name; CLI_OK or CLI_USAGE. */
MUST_USE int registry_option(const struct cli *cli, const char *name, enum registry *ret);

/* CLI_USAGE if a reason is empty. */
MUST_USE int registry_reason(const struct cli *cli, const char *reason);

/* Ends a command whose use case failed: the notes' reasons, or the sentence of the code. */
MUST_USE int registry_fail(const struct cli *cli, const struct office *o,
			   const struct plan_notes *notes, int code);

/* Ends a command that made a change: notes, its number; {"change":N,"notes":[...]}. */
MUST_USE int registry_done(const struct cli *cli, const struct plan_notes *notes, int64_t change);

/* A cell's text for a table or JSON, in the arena. */
MUST_USE const char *registry_cell(const struct cli *cli, struct span cell);

/* A moment as "2026-03-02 09:30" at +08:00, in the arena. */
MUST_USE const char *registry_moment(const struct cli *cli, int64_t ms);

#endif
