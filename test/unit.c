/* test/unit.c — registers, runs and reports tests in TAP. An argument runs only the tests that contain it. */
#include "unit.h"

#include <ftw.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_TESTS = 1000, MOST_FOLDERS = 16384 };

static struct {
	const char *name;
	unit_body *body;
} tests[MOST_TESTS];
static size_t test_count;
static bool failed;
static const char *skipped;
static char *folders[MOST_FOLDERS];
static size_t folder_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void unit_add(const char *name, unit_body *body)
{
	if (test_count == MOST_TESTS)
		abort();
	tests[test_count].name = name;
	tests[test_count++].body = body;
}

bool unit_check(bool ok, const char *file, int line, const char *format, ...)
{
	va_list ap;

	if (ok)
		return true;
	pthread_mutex_lock(&lock);
	failed = true;
	printf("# %s:%d: ", file, line);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	printf("\n");
	pthread_mutex_unlock(&lock);
	return false;
}

void unit_skip(const char *reason)
{
	skipped = reason;
}

bool unit_long(void)
{
	const char *set = getenv("MINGQIAN_LONG");

	return set && strcmp(set, "1") == 0;
}

uint64_t unit_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15U);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void remove_folders(void)
{
	for (size_t i = 0; i < folder_count; i++) {
		nftw(folders[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
		free(folders[i]);
	}
}

const char *unit_folder(void)
{
	const char *base = getenv("TMPDIR");
	char *path;

	if (folder_count == MOST_FOLDERS ||
	    asprintf(&path, "%s/mingqian.XXXXXX", base ? base : "/tmp") < 0 || !mkdtemp(path))
		abort();
	if (folder_count == 0)
		atexit(remove_folders);
	return folders[folder_count++] = path;
}

const char *unit_source(const char *path)
{
	static char room[8][4096];
	static unsigned next;
	char *out = room[next++ % 8];

	snprintf(out, sizeof(room[0]), "%s/%s", UNIT_SOURCE, path);
	return out;
}

static bool run_one(size_t i)
{
	failed = false;
	skipped = NULL;
	tests[i].body();
	if (skipped)
		printf("ok %zu - %s # SKIP %s\n", i + 1, tests[i].name, skipped);
	else
		printf("%sok %zu - %s\n", failed ? "not " : "", i + 1, tests[i].name);
	fflush(stdout);
	return !failed;
}

int main(int argc, char **argv)
{
	size_t bad = 0, run = 0;

	for (size_t i = 0; i < test_count; i++) {
		if (argc > 1 && !strstr(tests[i].name, argv[1]))
			continue;
		run++;
		bad += !run_one(i);
	}
	printf("1..%zu\n", argc > 1 ? run : test_count);
	return bad > 0;
}
