#ifndef APP_REGISTRY_IMPORT_H
#define APP_REGISTRY_IMPORT_H
/*
 * app/registry_import.h — a foreign CSV or XLSX file becomes a change of a registry in the database. The file
 * is read, checked and matched exactly as by import_file (app/import.h) into what the registry holds now;
 * what comes of it is written in one transaction with one entry of the ledger.
 *
 * A field that was edited here keeps the edit when the file brings another value, unless the field's winner is
 * the file (registry_change.h); either way the change lists it (store: registry_override).
 * Memory does not grow with the registry: it lies in files of the office's work folder meanwhile.
 */
#include "app/import.h"
#include "app/office.h"
#include "app/recusal_known.h"
#include "app/registry_compare.h"

struct registry_import {
	enum registry kind;
	const char *file, *map, *sheet; /* as in struct import_options; map, sheet may be NULL */
	/* NULL: 导入; then an import is refused that lets many sites of a county stop to be what they were, see below. */
	const char *reason;
	const char *report; /* folder that gets the user's file back with 错误信息; NULL: none */
	bool any_area;
	bool want_json; /* rows as JSON to json_fd, which is emptied first */
	int json_fd;
	uint64_t max_rows;
	/* Called now and then with a Chinese word for the step; false cancels. NULL: none. */
	bool (*progress)(void *arg, const char *step, uint64_t done, uint64_t total);
	void *progress_arg;
};

/* More than one in LOSS_SHARE, and at least LOSS_LEAST, is many. */
enum { LOSS_SHARE = 10, LOSS_LEAST = 5 };

/* Sites of one county that were 重点, under special supervision or at work, before and after; and how many stopped. */
struct registry_fall {
	const char *county; /* its name, or its code */
	int64_t lost[LOSS_KINDS], before[LOSS_KINDS], after[LOSS_KINDS];
};

/* 重点对象, 特殊监管对象, 在产对象. */
MUST_USE const char *registry_loss_word(enum registry_loss_kind kind);

struct registry_imported {
	struct import_summary *summary;    /* rows of the file; refusal after INVALID */
	int64_t change;                    /* its number */
	int64_t added, updated;            /* rows of the registry */
	int64_t overridden;                /* fields edited here that the file would have changed */
	const struct registry_fall *falls; /* of each county that loses some */
	size_t fall_count;
	struct recusal_doubts doubts; /* of recusals: who and what they name and no registry has */
	const char *report, *problem_path;
};

/*
 * *ret is filled in any case, its strings live in the arena. OK; INVALID (summary->refusal, or the office's
 * why; when no row of the file could be taken the report is written all the same); CONFLICT: others changed the
 * registry again and again meanwhile; CANCELLED; IO_ERROR, NO_SPACE, NONE, UNAVAILABLE (problem_path); or a
 * db_code. After a failure nothing was changed; only if the report alone could not be written after the change,
 * `change` is set.
 */
MUST_USE int registry_import(struct office *o, struct arena *a, const struct registry_import *in,
			     struct registry_imported *ret);

#endif
