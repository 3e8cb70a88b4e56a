/* test/fuzz/fuzz_verify.c — all nine files, separated by NUL, through the whole verification. A report
 * must be well-formed whatever the files hold, and nothing is sound without a sound declaration. */
#include "core/verify.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned char room[1 << 25];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = { size ? (const char *)data : "", size };
	struct region r = { room, sizeof(room), 0 };
	struct draw_files files = { 0 };
	struct verify_report report;
	uint32_t failed = 0, unknown = 0;

	for (int i = CORE_FILE_OBJECTS; i < CORE_FILES; i++) {
		span_cut(&rest, '\0', &files.file[i]);
		/* "-" stands for an absent file. */
		if (span_equal(files.file[i], SPAN("-")))
			files.file[i] = (struct span){ 0 };
	}
	if (draw_verify(&files, NULL, &r, NULL, NULL, &report) != CORE_OK)
		return 0;
	for (uint32_t i = 0; i < report.count; i++) {
		failed += report.steps[i].mark == VERIFY_FAILED;
		unknown += report.steps[i].mark == VERIFY_UNKNOWN;
		if (report.steps[i].text.len == 0)
			abort();
	}
	if (failed != report.failed || unknown != report.unknown)
		abort();
	if (!files.file[CORE_FILE_DECLARATION].at && failed == 0)
		abort();
	return 0;
}
