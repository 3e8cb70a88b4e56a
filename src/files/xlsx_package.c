/*
 * files/xlsx_package.c — libzip over memory. Sizes that the zip declares are only a first check; what is
 * really unpacked is counted.
 */
#include "files/xlsx_package.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RATIO_FREE = 16 << 20, OLE_ENTRY = 128 };

/* An OLE container: an encrypted workbook has a stream of this name, in UTF-16, in its directory. */
static enum xlsx_problem ole_problem(const char *at, size_t len)
{
	static const char text[] = "EncryptedPackage";
	char name[sizeof(text) * 2] = { 0 };

	for (size_t i = 0; i < sizeof(text); i++)
		name[2 * i] = text[i];
	for (size_t i = 0; i + sizeof(name) <= len; i += OLE_ENTRY)
		if (memcmp(at + i, name, sizeof(name)) == 0)
			return XLSX_ENCRYPTED;
	return XLSX_OLD_XLS;
}

static enum xlsx_problem by_signature(const char *at, size_t len)
{
	static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

	if (len >= sizeof(ole) - 1 && memcmp(at, ole, sizeof(ole) - 1) == 0)
		return ole_problem(at, len);
	if (len < 4 || memcmp(at, "PK\3\4", 4) != 0)
		return XLSX_NOT_WORKBOOK;
	return len > XLSX_FILE_BYTES ? XLSX_TOO_BIG : XLSX_FINE;
}

static int compare_parts(const void *a, const void *b)
{
	const struct xlsx_part_name *left = a, *right = b;

	return strcasecmp(left->name, right->name);
}

static enum xlsx_problem check_entry(struct xlsx_package *p, zip_uint64_t i, uint64_t *declared)
{
	zip_stat_t st;

	if (zip_stat_index(p->zip, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME) ||
	    !(st.valid & ZIP_STAT_SIZE) || !(st.valid & ZIP_STAT_COMP_SIZE))
		return XLSX_DAMAGED;
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return XLSX_ENCRYPTED;
	if (st.size > XLSX_UNPACKED_PART)
		return XLSX_BOMB_PART;
	*declared += st.size;
	if (*declared > XLSX_UNPACKED_TOTAL)
		return XLSX_BOMB_TOTAL;
	p->parts[p->count++] = (struct xlsx_part_name){ st.name, i };
	return XLSX_FINE;
}

static enum xlsx_problem index_entries(struct xlsx_package *p)
{
	zip_int64_t entries = zip_get_num_entries(p->zip, 0);
	uint64_t declared = 0;

	if (entries > XLSX_ENTRIES)
		return XLSX_TOO_MANY_ENTRIES;
	p->parts = must_alloc((size_t)(entries + 1) * sizeof(p->parts[0]));
	for (zip_int64_t i = 0; i < entries; i++) {
		enum xlsx_problem problem = check_entry(p, (zip_uint64_t)i, &declared);
		if (problem != XLSX_FINE)
			return problem;
	}
	qsort(p->parts, p->count, sizeof(p->parts[0]), compare_parts);
	for (size_t i = 1; i < p->count; i++)
		if (strcasecmp(p->parts[i - 1].name, p->parts[i].name) == 0)
			return XLSX_DUPLICATE_PART;
	return XLSX_FINE;
}

/* A zip whose directory, which stands at the end, is missing was cut off. */
static enum xlsx_problem open_problem(int code)
{
	switch (code) {
	case ZIP_ER_NOZIP:
	case ZIP_ER_EOF:
		return XLSX_TRUNCATED;
	default:
		return XLSX_DAMAGED;
	}
}

enum xlsx_problem xlsx_package_open(struct xlsx_package *p, const void *at, size_t len)
{
	zip_error_t error;

	*p = (struct xlsx_package){ 0 };
	enum xlsx_problem problem = by_signature(at, len);
	if (problem != XLSX_FINE)
		return problem;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(at, len, 0, &error);
	p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!p->zip) {
		problem = open_problem(zip_error_code_zip(&error));
		zip_source_free(source);
	}
	zip_error_fini(&error);
	return p->zip ? index_entries(p) : problem;
}

void xlsx_package_close(struct xlsx_package *p)
{
	if (p->zip)
		zip_discard(p->zip);
	free(p->parts);
	*p = (struct xlsx_package){ 0 };
}

static const struct xlsx_part_name *find(const struct xlsx_package *p, const char *name)
{
	struct xlsx_part_name key = { name, 0 };

	return bsearch(&key, p->parts, p->count, sizeof(p->parts[0]), compare_parts);
}

bool xlsx_package_has(const struct xlsx_package *p, const char *name)
{
	return find(p, name) != NULL;
}

/* Appends one segment of a path; "." is nothing and ".." takes the last one away. */
static bool add_segment(char out[XLSX_PATH], const char *at, size_t len)
{
	size_t have = strlen(out);

	if (len == 0 || (len == 1 && at[0] == '.'))
		return true;
	if (len == 2 && at[0] == '.' && at[1] == '.') {
		char *slash = strrchr(out, '/');
		*(slash ? slash : out) = '\0';
		return have > 0;
	}
	if (have + 1 + len >= XLSX_PATH)
		return false;
	if (have > 0)
		out[have++] = '/';
	memcpy(out + have, at, len);
	out[have + len] = '\0';
	return true;
}

static bool add_path(char out[XLSX_PATH], const char *at, size_t len)
{
	const char *end = at + len;
	bool ok = true;

	while (ok && at < end) {
		const char *slash = memchr(at, '/', (size_t)(end - at));
		const char *stop = slash ? slash : end;
		ok = add_segment(out, at, (size_t)(stop - at));
		at = slash ? slash + 1 : end;
	}
	return ok;
}

enum xlsx_problem xlsx_package_path(const char *from, const char *target, char out[XLSX_PATH])
{
	const char *folder_end = strrchr(from, '/');
	char path[XLSX_PATH] = "";
	bool ok = strpbrk(target, ":\\") == NULL;

	if (ok && target[0] != '/' && folder_end)
		ok = add_path(path, from, (size_t)(folder_end - from));
	ok = ok && add_path(path, target, strlen(target)) && path[0] != '\0';
	if (!ok)
		return XLSX_OUTSIDE_LINK;
	memcpy(out, path, sizeof(path));
	return XLSX_FINE;
}

enum xlsx_problem xlsx_part_open(struct xlsx_package *p, const char *name, struct xlsx_part *ret)
{
	const struct xlsx_part_name *part = find(p, name);
	zip_stat_t st;

	if (!part || zip_stat_index(p->zip, part->index, 0, &st) != 0)
		return XLSX_DAMAGED;
	zip_file_t *file = zip_fopen_index(p->zip, part->index, 0);
	if (!file)
		return XLSX_DAMAGED;
	*ret = (struct xlsx_part){ p, file, st.comp_size, 0 };
	return XLSX_FINE;
}

void xlsx_part_close(struct xlsx_part *part)
{
	zip_fclose(part->file);
}

enum xlsx_problem xlsx_part_read(struct xlsx_part *part, void *at, size_t size, size_t *got)
{
	zip_int64_t n = zip_fread(part->file, at, size);

	if (n < 0)
		return XLSX_DAMAGED;
	part->unpacked += (uint64_t)n;
	part->package->unpacked += (uint64_t)n;
	if (part->unpacked > XLSX_UNPACKED_PART)
		return XLSX_BOMB_PART;
	if (part->package->unpacked > XLSX_UNPACKED_TOTAL)
		return XLSX_BOMB_TOTAL;
	if (part->unpacked > RATIO_FREE && part->unpacked / XLSX_RATIO > part->packed)
		return XLSX_BOMB_RATIO;
	*got = (size_t)n;
	return XLSX_FINE;
}
