#ifndef APP_IMPORT_H
#define APP_IMPORT_H
/*
 * app/import.h — a foreign CSV or XLSX file becomes a canonical registry (app/registry.h), and every row of
 * it is accounted for: new, updated, unchanged, or quarantined with reasons.
 *
 * Everything that looks at the foreign bytes runs in a sandboxed child (files/sandbox.h). Nothing
 * half-done stays: the registry and the report appear when all is finished, or not at all.
 *
 * Ids: a row's registry number is its id. A row without one takes the id of the old registry's row with the
 * same code and address (inspectors: certificate), then the same name and address (name and county where
 * there is no address; inspectors: name and unit); else it gets the next number of its county,
 * "130602-000001" (inspectors "P-000001"). Numbers are never reused, as rows never leave a registry.
 * Columns that the file does not have keep the old row's values.
 */
#include "app/registry.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct import_options {
	enum registry kind;
	const char *file;  /* CSV or XLSX */
	const char *map;   /* mapping file, or NULL; format in docs: import_map.h */
	const char *old;   /* canonical registry to merge into, or NULL */
	const char *out;   /* folder for the registry and the report; made if missing */
	const char *sheet; /* of a workbook; NULL: the first that has a header row */
	const char *
		today; /* "2026-03-10": later days on which somebody began are told; NULL: they are not */
	uint32_t
		senior_years; /* of service from which on one is senior, for the same; with today */
	bool any_area;        /* accept every six-digit county code, not only Baoding's 22 */
	bool no_report;       /* do not write the user's file back with 错误信息 */
	bool must_take;       /* without a row taken the registry stays as it was; see below */
	bool passing;         /* the registry is only for this process: it is not synced */
	bool own; /* this program has written the file, a few rows: it is read here, in no other process */
	bool want_json;    /* write rows to json_fd */
	int json_fd;       /* where the JSON goes (a file of the caller's) */
	uint64_t max_rows; /* more rows are refused */
	/* Called now and then; returns false to cancel. NULL: none. */
	bool (*progress)(void *arg, uint64_t done, uint64_t total);
	void *progress_arg;
	void (*started)(
		void *arg); /* called once the file is being read, in another process; NULL: none */
	void *started_arg;
};

enum import_state {
	IMPORT_NEW,
	IMPORT_QUARANTINED,
	IMPORT_UNCHANGED,
	IMPORT_UPDATED,
	IMPORT_STATES
};

enum {
	IMPORT_REFUSAL_MOST = 1024,
	IMPORT_COLUMNS_MOST = 8192,
	IMPORT_REASONS_MOST = 4096,
	IMPORT_REASONS_TOLD = 5 /* kinds of reasons that are told */
};

struct import_summary {
	uint64_t count[IMPORT_STATES]; /* together: rows */
	uint64_t rows, blank;          /* rows read; empty rows that were passed over */
	uint64_t warnings;             /* rows that have warnings and are not quarantined */
	uint64_t minted;               /* rows that got a new number */
	uint64_t kept;                 /* rows of the old registry that the file does not name */
	uint64_t done, total;          /* progress, in bytes of the file */
	uint32_t header_line;
	char encoding[16];
	char refusal[IMPORT_REFUSAL_MOST]; /* Chinese; "" when rows were taken */
	/* Why rows were quarantined, the most frequent first, a line each with the first rows; "" if none. */
	char reasons[IMPORT_REASONS_MOST];
	char columns[IMPORT_COLUMNS_MOST]; /* how each column was understood, a line each */
	char hint
		[IMPORT_REFUSAL_MOST]; /* Chinese, "" if none: required columns that nothing gives */
	bool finished;
};

/*
 * OK: *ret is complete, paths of what was written live in the arena (report NULL if none; registry NULL if
 * must_take and all rows are quarantined or there is none: then ret->refusal says that nothing was taken). INVALID: the
 * file, the map or the old registry was refused and ret->refusal says why. CANCELLED. IO_ERROR, NO_SPACE,
 * NONE, UNAVAILABLE: *problem_path names the file it happened to. After a failure nothing was changed.
 */
struct import_paths {
	const char *registry, *report, *problem_path;
};
MUST_USE int import_file(const struct import_options *o, struct arena *a,
			 struct import_summary *ret, struct import_paths *paths);

#endif
