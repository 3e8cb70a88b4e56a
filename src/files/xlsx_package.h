#ifndef FILES_XLSX_PACKAGE_H
#define FILES_XLSX_PACKAGE_H
/*
 * files/xlsx_package.h — the zip around a workbook: its parts by name, each unpacked as a stream under the
 * limits of xlsx_read.h. Only for the xlsx_ files.
 */
#include "files/xlsx_read.h"

#include <zip.h>

enum { XLSX_PATH = 256 }; /* longest part name, NUL included */

struct xlsx_part_name {
	const char *name; /* libzip's */
	zip_uint64_t index;
};

struct xlsx_package {
	zip_t *zip;
	struct xlsx_part_name *parts; /* sorted by name, letter case ignored as OPC asks */
	size_t count;
	uint64_t unpacked; /* of all parts so far */
};

/* Opens a workbook in memory that outlives the package. Close it, also after a problem. */
MUST_USE enum xlsx_problem xlsx_package_open(struct xlsx_package *p, const void *at, size_t len);
void xlsx_package_close(struct xlsx_package *p);

MUST_USE bool xlsx_package_has(const struct xlsx_package *p, const char *name);

/*
 * Turns a relationship's target into a part name: relative to the folder of `from`, or from the root with a
 * leading '/'. XLSX_OUTSIDE_LINK if it climbs out or is no path of a part.
 */
MUST_USE enum xlsx_problem xlsx_package_path(const char *from, const char *target,
					     char out[XLSX_PATH]);

/* A part being unpacked. */
struct xlsx_part {
	struct xlsx_package *package;
	zip_file_t *file;
	uint64_t packed, unpacked;
};

/* XLSX_DAMAGED if there is no such part. Close it after success. */
MUST_USE enum xlsx_problem xlsx_part_open(struct xlsx_package *p, const char *name,
					  struct xlsx_part *ret);
void xlsx_part_close(struct xlsx_part *part);

/* Reads up to size bytes; *got 0 at the end, when the checksum was right. */
MUST_USE enum xlsx_problem xlsx_part_read(struct xlsx_part *part, void *at, size_t size,
					  size_t *got);

#endif
