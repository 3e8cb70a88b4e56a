/* test/app/import_case.c — see import_case.h. */
#include "import_case.h"

#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST = 64 << 20 };

static int serial;

const char *case_file(struct import_case *c, const char *name, const char *at, size_t len)
{
	const char *path = arena_printf(&c->arena, "%s/%d-%s", unit_folder(), serial, name);

	CHECK_INT(file_write(path, at, len, 0644), OK);
	return path;
}

void case_init(struct import_case *c, enum registry kind, const char *at, size_t len)
{
	*c = (struct import_case){ .options = { .kind = kind, .max_rows = 1000000 } };
	arena_init(&c->arena);
	serial++;
	c->options.file = case_file(c, "in", at, len);
	c->options.out = arena_printf(&c->arena, "%s/%d-out", unit_folder(), serial);
	c->summary = arena_alloc(&c->arena, sizeof(*c->summary));
	c->registry = c->report = c->json = "";
}

void case_release(struct import_case *c)
{
	arena_release(&c->arena);
}

static const char *contents(struct import_case *c, const char *path)
{
	char *text;
	size_t len;

	if (!path || file_read(&c->arena, path, MOST, &text, &len) != OK)
		return "";
	return text;
}

void case_run(struct import_case *c)
{
	const char *json = arena_printf(&c->arena, "%s/%d-json", unit_folder(), serial);

	c->options.want_json = true;
	c->options.json_fd = open(json, O_RDWR | O_CREAT | O_TRUNC, 0600);
	c->rc = import_file(&c->options, &c->arena, c->summary, &c->paths);
	close(c->options.json_fd);
	c->registry = contents(c, arena_printf(&c->arena, "%s/%s.tsv", c->options.out,
					       registry_name(c->options.kind)));
	c->report = contents(c, c->paths.report);
	c->json = contents(c, json);
}

void case_text(struct import_case *c, enum registry kind, const char *text)
{
	case_init(c, kind, text, strlen(text));
	case_run(c);
}

bool case_counts(const struct import_case *c, const char *want)
{
	char have[128];
	const uint64_t *n = c->summary->count;

	snprintf(have, sizeof(have), "%d %d %d %d", (int)n[IMPORT_NEW], (int)n[IMPORT_QUARANTINED],
		 (int)n[IMPORT_UNCHANGED], (int)n[IMPORT_UPDATED]);
	CHECK_INT(c->rc, OK);
	CHECK_STR(c->rc == OK ? "" : c->summary->refusal, "");
	CHECK_STR(have, want);
	return strcmp(have, want) == 0;
}

int case_count(const char *text, const char *word)
{
	int count = 0;

	for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
		count++;
	return count;
}
