/* cli/import_told.c — see import_told.h. */
#include "cli/import_told.h"

#include "cli/cli.h"

#include <string.h>

enum { PIECE = 1 << 16, CHARACTER_MOST = 4 };

static const char *const states[IMPORT_STATES] = {
	[IMPORT_NEW] = "新增",
	[IMPORT_QUARANTINED] = "未收",
	[IMPORT_UNCHANGED] = "未变",
	[IMPORT_UPDATED] = "更新",
};

void import_told_summary(enum registry kind, const struct import_summary *s)
{
	cli_print("%s（%s）：读入 %llu 行", registry_title(kind), s->encoding,
		  (unsigned long long)s->rows);
	for (int i = 0; i < IMPORT_STATES; i++)
		cli_print("%s%s %llu", i ? "，" : "：", states[i], (unsigned long long)s->count[i]);
	cli_print("。\n");
	if (s->blank)
		cli_print("跳过空行 %llu 行。\n", (unsigned long long)s->blank);
	if (s->minted)
		cli_print("没有编号、新编了号的 %llu 行。\n", (unsigned long long)s->minted);
	if (s->kept)
		cli_print("名录里有而文件里没有、原样保留的 %llu 行。\n",
			  (unsigned long long)s->kept);
	cli_print("\n表头在第 %u 行：\n%s\n", s->header_line, s->columns);
	if (*s->reasons)
		cli_print("未收的原因：\n%s\n", s->reasons);
}

void import_told_report(const struct import_summary *s, const char *report)
{
	if (report)
		cli_print("核对表：%s（有提醒的 %llu 行，未收的 %llu 行，见「错误信息」一列）\n",
			  report, (unsigned long long)s->warnings,
			  (unsigned long long)s->count[IMPORT_QUARANTINED]);
}

FILE *import_told_open(void)
{
	return tmpfile();
}

void import_told_close(FILE **f)
{
	if (*f)
		fclose(*f);
}

/* How many of the bytes are whole characters. */
static size_t whole(const char *at, size_t len)
{
	size_t from = len;

	for (size_t i = 0; i < CHARACTER_MOST && from > 0; i++)
		if (((unsigned char)at[--from] & 0xc0u) != 0x80u)
			return (unsigned char)at[from] < 0x80u ? len : from;
	return len;
}

void import_told_rows(FILE *f)
{
	char piece[PIECE];
	size_t have = 0, len;

	rewind(f);
	while ((len = fread(piece + have, 1, sizeof(piece) - have, f)) > 0) {
		have += len;
		/* The last character waits: it may be cut, or be the line end. */
		size_t now = whole(piece, have - 1);
		cli_write_json(piece, now);
		memmove(piece, piece + now, have - now);
		have -= now;
	}
	cli_write_json(piece, have && piece[have - 1] == '\n' ? have - 1 : have);
}
