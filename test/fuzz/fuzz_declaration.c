/* test/fuzz/fuzz_declaration.c — a declaration and, after the first NUL, a record. An accepted record must
 * be written back to the same bytes. */
#include "core/declare.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned char room[1 << 20];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span record = { size ? (const char *)data : "", size }, text, again;
	struct region r = { room, sizeof(room), 0 };
	struct writer w = { (char *)room, 4096, 0, false };
	struct problem problem = { 0 };
	struct declaration d;
	struct record values;

	span_cut(&record, '\0', &text);
	if (declaration_parse(text, &d, &problem) != CORE_OK) {
		problem_write(&problem, &w);
		return 0;
	}
	declare_floor_write(&d, &w);
	if (record_parse(record, &d, &values, &problem) != CORE_OK)
		return 0;
	if (record_write(&d, &values, &r, &again, &problem) != CORE_OK ||
	    !span_equal(again, record))
		abort();
	return 0;
}
