/* test/vectors/vectors.c — finds the files, tells their shape, and runs the shape's check. */
#include "vectors.h"

#include "core/sha256.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* RFC 3797 is another way to draw; its example shows what we do not do. */
static bool fits_rfc3797(const json_t *root)
{
	return vectors_array_of(root, "inputs keystring pool picks");
}

static size_t skip_rfc3797(const struct vectors_file *file)
{
	printf("# %s: RFC 3797, not part of the product\n", file->path);
	return 1;
}

/* The first row that fits decides, so the more special shape stands first. */
static const struct vectors_shape shapes[] = {
	{ "ids", vectors_fits_ids, vectors_check_ids },
	{ "chains", vectors_fits_chains, vectors_check_chains },
	{ "tickets", vectors_fits_tickets, vectors_check_tickets },
	{ "samples", vectors_fits_samples, vectors_check_samples },
	{ "stratified", vectors_fits_stratified, vectors_check_stratified },
	{ "published", vectors_fits_published, vectors_check_published },
	{ "large", vectors_fits_large, vectors_check_large },
	{ "tree", vectors_fits_tree, vectors_check_tree },
	{ "proofs", vectors_fits_proofs, vectors_check_proofs },
	{ "tiles", vectors_fits_tiles, vectors_check_tiles },
	{ "checkpoints", vectors_fits_checkpoints, vectors_check_checkpoints },
	{ "assignment", vectors_fits_assignment, vectors_check_assignment },
	{ "dr1", vectors_fits_dr1, vectors_check_dr1 },
	{ "drand", vectors_fits_drand, vectors_check_drand },
	{ "nist", vectors_fits_nist, vectors_check_nist },
	{ "rfc3797", fits_rfc3797, skip_rfc3797 },
};

struct tally {
	size_t files, cases;
};

bool vectors_object_of(const json_t *value, const char *keys)
{
	char key[64];

	if (!json_is_object(value))
		return false;
	for (int used; sscanf(keys, "%63s%n", key, &used) == 1; keys += used) {
		if (!json_object_get(value, key))
			return false;
	}
	return true;
}

bool vectors_array_of(const json_t *root, const char *keys)
{
	return json_is_array(root) && vectors_object_of(json_array_get(root, 0), keys);
}

const char *vectors_text(const struct vectors_file *file, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	unit_check(text != NULL, __FILE__, __LINE__, "%s: no text \"%s\"", file->path, key);
	return text ? text : "";
}

struct span vectors_span(const json_t *string)
{
	if (!json_is_string(string))
		return (struct span){ "", 0 };
	return (struct span){ json_string_value(string), json_string_length(string) };
}

long long vectors_number(const json_t *object, const char *key, long long otherwise)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

json_t *vectors_load(const char *path)
{
	json_error_t error;
	json_t *root = json_load_file(path, JSON_ALLOW_NUL, &error);

	unit_check(root != NULL, __FILE__, __LINE__, "%s:%d: %s", path, error.line, error.text);
	return root;
}

/* A .jsonl file as the array of its lines. */
static json_t *load_lines(const char *path)
{
	json_t *root = json_array();
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t size = 0, number = 0;

	for (ssize_t len; in && (len = getline(&line, &size, in)) > 0;) {
		json_error_t error;
		json_t *value;

		number++;
		if (strspn(line, " \t\r\n") == (size_t)len)
			continue;
		value = json_loadb(line, (size_t)len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
		unit_check(value != NULL, __FILE__, __LINE__, "%s:%zu: %s", path, number,
			   error.text);
		json_array_append_new(root, value ? value : json_null());
	}
	unit_check(in != NULL, __FILE__, __LINE__, "%s: cannot be read", path);
	if (in)
		fclose(in);
	free(line);
	return root;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len > end_len && strcmp(text + len - end_len, end) == 0;
}

static void check_file(const char *folder, const char *path, struct tally *tally)
{
	json_t *root = ends_with(path, ".jsonl") ? load_lines(path) : vectors_load(path);
	struct vectors_file file = { path, folder, root };
	const struct vectors_shape *shape = NULL;

	for (size_t i = 0; root && i < sizeof(shapes) / sizeof(shapes[0]) && !shape; i++) {
		if (shapes[i].fits(root))
			shape = &shapes[i];
	}
	tally->files++;
	if (!shape) {
		unit_check(!root, __FILE__, __LINE__, "%s: no known shape", path);
	} else {
		size_t cases = shape->check(&file);

		unit_check(cases > 0, __FILE__, __LINE__, "%s: no cases of \"%s\"", path,
			   shape->name);
		tally->cases += cases;
	}
	json_decref(root);
}

static void check_folder(const char *folder, struct tally *tally)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char path[4096];
		struct stat st;

		snprintf(path, sizeof(path), "%s/%s", folder, name);
		if (name[0] != '.' && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
			check_folder(path, tally);
		else if (ends_with(name, ".json") || ends_with(name, ".jsonl"))
			check_file(folder, path, tally);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void check_all(const char *folder)
{
	struct tally tally = { 0, 0 };

	check_folder(folder, &tally);
	CHECK(tally.files > 0);
	printf("# %s: %zu files, %zu cases, %s\n", folder, tally.files, tally.cases,
	       sha256_engine());
}

/* A path that is relative means the same from every build folder: first here, then the source tree. */
static const char *given_folder(void)
{
	const char *set = getenv("MINGQIAN_VECTORS");
	struct stat st;

	if (!set || !*set)
		set = "../shared/vectors";
	else if (set[0] == '/' || stat(set, &st) == 0)
		return set;
	return unit_source(set);
}

static void check_given(void)
{
	const char *folder = given_folder();
	struct stat st;

	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode)) {
		unit_skip("no folder of public vectors here (MINGQIAN_VECTORS)");
		return;
	}
	check_all(folder);
}

TEST(own_vectors)
{
	check_all(unit_source("test/vectors/data"));
}

TEST(own_vectors_with_portable_sha256)
{
	sha256_force_portable(true);
	check_all(unit_source("test/vectors/data"));
	sha256_force_portable(false);
}

TEST(given_vectors)
{
	check_given();
}

TEST(given_vectors_with_portable_sha256)
{
	sha256_force_portable(true);
	check_given();
	sha256_force_portable(false);
}
