/*
 * bench/tickets.c — the parts of bench/run-tickets: makes a list of objects, draws from it as the product
 * does, and runs the loop that is the floor. Each run prints "seconds figure".
 */
#include "app/draw_memory.h"
#include "app/draw_run.h"
#include "base/file.h"
#include "core/sha256.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STRATA = 66, ID_LONGEST = 55 };

#define SEED "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* objects.tsv: ids ascending, strata scattered, names and codes as long as real ones. */
static int make(const char *count_text)
{
	long count = atol(count_text);
	unsigned state = 1;

	for (long i = 0; i < count; i++) {
		state = state * 1664525U + 1013904223U;
		printf("130600-%08ld\t县%02u.类%u\t保定市某某环保设备有限公司%ld\t1306%02u\t1306%02u%03u\n",
		       i, (state >> 16) % 22, (state >> 24) % 3, i, (state >> 16) % 22,
		       (state >> 16) % 22, (state >> 8) % 20);
	}
	return 0;
}

static struct span map(const char *path)
{
	struct file_map m;

	if (file_map(path, &m) != 0) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(3);
	}
	return (struct span){ m.at, m.len };
}

/* The floor: reads the file, one SHA-256 block an object, keeps the lowest. One thread. */
static int bare(const char *path)
{
	double start = now();
	struct span text = map(path);
	const char *at = text.at, *end = text.at + text.len;
	uint8_t hex[SHA256_BLOCK];
	uint32_t middle[8], lowest = UINT32_MAX;
	size_t objects = 0;

	memcpy(hex, SEED, sizeof(hex));
	memcpy(middle, sha256_start, sizeof(middle));
	sha256_blocks(middle, hex, 1);
	for (const char *line = at, *next; line < end; line = next, objects++) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		const char *tab = memchr(line, '\t', (size_t)(end - line));
		size_t len = (size_t)(tab - line), bits = (SHA256_BLOCK + len) * 8;
		uint8_t block[SHA256_BLOCK] = { 0 };
		uint32_t state[8];

		next = stop ? stop + 1 : end;
		if (len > ID_LONGEST)
			return 1;
		memcpy(block, line, len);
		block[len] = 0x80;
		block[62] = (uint8_t)(bits >> 8);
		block[63] = (uint8_t)bits;
		memcpy(state, middle, sizeof(state));
		sha256_blocks(state, block, 1);
		if (state[0] < lowest)
			lowest = state[0];
	}
	printf("%.4f %zu objects, lowest %08x, %s\n", now() - start, objects, lowest,
	       sha256_engine());
	return 0;
}

/* Memory of our own, without the file's pages. */
static long anonymous_kib(void)
{
	FILE *in = fopen("/proc/self/status", "r");
	char line[256];
	long kib = -1;

	while (in && fgets(line, sizeof(line), in)) {
		if (strncmp(line, "RssAnon:", 8) == 0)
			kib = atol(line + 8);
	}
	if (in)
		fclose(in);
	return kib;
}

static struct span make_rules(struct region *r)
{
	struct writer w = { region_take(r, 1, 8192), 8192, 0, false };

	write_literal(&w, "team 2 1 1\n");
	for (unsigned i = 0; i < STRATA; i++) {
		char line[64];
		int len = snprintf(line, sizeof(line), "quota 县%02u.类%u 1/10\n", i / 3, i % 3);

		write_span(&w, (struct span){ line, (size_t)len });
	}
	return (struct span){ w.at, w.len };
}

/* The product's own way: `open` also checks the whole list and counts the strata. */
static int ours(const char *path, const char *threads_text)
{
	uint32_t threads = (uint32_t)atoi(threads_text);
	struct draw_files files = { 0 };
	struct draw_seed seed;
	struct draw_selection selection;
	struct problem problem = { 0 };
	struct region r;
	struct draw d;
	double start = now(), opened;

	if (draw_region_init(&r) != 0)
		return 3;
	memcpy(seed.hex, SEED, sizeof(seed.hex));
	files.file[CORE_FILE_OBJECTS] = map(path);
	files.file[CORE_FILE_INSPECTORS] = SPAN("i1\tS\t1\t0\n");
	files.file[CORE_FILE_CONFLICTS] = SPAN("");
	files.file[CORE_FILE_RULES] = make_rules(&r);
	if (draw_run_open(&files, threads, NULL, &r, &d, &problem) != 0) {
		fprintf(stderr, "%s line %lu\n", problem_name(problem.code),
			(unsigned long)problem.line);
		return 1;
	}
	opened = now();
	if (draw_run_select(&d, &seed, threads, NULL, &r, &selection) != 0)
		return 1;
	printf("%.4f %.4f open, %lu drawn, %ld KiB\n", now() - opened, opened - start,
	       (unsigned long)selection.drawn_total, anonymous_kib());
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "make") == 0)
		return make(argv[2]);
	if (argc == 3 && strcmp(argv[1], "bare") == 0)
		return bare(argv[2]);
	if (argc == 4 && strcmp(argv[1], "ours") == 0)
		return ours(argv[2], argv[3]);
	fprintf(stderr, "bench-tickets make COUNT | bare FILE | ours FILE THREADS\n");
	return 2;
}
