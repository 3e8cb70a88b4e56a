/* app/sheet_record.c — nothing is guessed: a name that was not declared is refused. */
#include "app/sheet_record.h"

#include "base/file.h"
#include "base/status.h"

#include <string.h>
#include <sys/stat.h>

enum { SHARE_FILE_MOST = 4096 };

/* "<source> <selector>" of a declared entropy line. */
static struct span entropy_name(const struct declare_entropy *e)
{
	struct span line = e->line, word;

	span_cut(&line, ' ', &word);
	return line;
}

static int value_index(const struct declaration *d, const char *name)
{
	for (uint32_t i = 0; i < d->entropy_count; i++)
		if (span_equal(entropy_name(&d->entropy[i]), span_of(name)))
			return (int)i;
	return -1;
}

static void match_values(const struct sheet_finish *in, const struct declaration *d,
			 struct plan_notes *notes, struct record *ret)
{
	uint32_t next = 0;

	for (size_t i = 0; i < in->value_count; i++) {
		const struct sheet_opened *v = &in->values[i];
		int at = v->name ? value_index(d, v->name) : (int)next++;
		if (at < 0 || at >= (int)d->entropy_count) {
			plan_note(notes, PLAN_REFUSED,
				  "声明里没有这个随机数来源：%s。请按声明里的写法给出来源和期号。",
				  v->name ? v->name : v->value);
			continue;
		}
		if (ret->values[at].at) {
			plan_note(notes, PLAN_REFUSED, "随机数来源“%s”的值给了两次。",
				  v->name ? v->name : v->value);
			continue;
		}
		ret->values[at] = span_of(v->value);
	}
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		struct span name = entropy_name(&d->entropy[i]);
		if (!ret->values[i].at)
			plan_note(notes, PLAN_REFUSED,
				  "还缺随机数来源“%.*s”的值。请加 --value \"%.*s=值\"。",
				  (int)name.len, name.at, (int)name.len, name.at);
	}
}

static const char *given_share(const struct sheet_finish *in, struct span party)
{
	for (size_t i = 0; i < in->share_count; i++)
		if (span_equal(span_of(in->shares[i].name), party))
			return in->shares[i].value;
	return NULL;
}

/* The share in the file that the freeze left beside the folder, or in the one that the caller names. */
static const char *operator_share(const struct sheet_finish *in, struct plan_notes *notes)
{
	char *text;
	size_t len = strlen(in->folder);
	const char *path = in->share_file;
	struct stat st;

	while (len > 1 && in->folder[len - 1] == '/')
		len--;
	if (!path)
		path = arena_printf(notes->arena, "%.*s.operator-share", (int)len, in->folder);
	if (file_read(notes->arena, path, SHARE_FILE_MOST, &text, &len) != OK) {
		plan_note(notes, PLAN_REFUSED,
			  "找不到抽签单位的份额文件 %s。请用 --operator-share 指出它在哪里；"
			  "遗失时用保管人的那一份：存成文件后写 --open operator=@文件。",
			  path);
		return NULL;
	}
	if (stat(path, &st) == 0 && (st.st_mode & 077))
		plan_note(
			notes, PLAN_WARNING,
			"份额文件 %s 这台机器上别的用户也能读（权限 %03o）：揭示之前有人读了它，就能算出抽中了"
			"谁。请运行 chmod 600 %s，并查一查谁动过。",
			path, (unsigned)(st.st_mode & 0777), path);
	text[strcspn(text, "\r\n")] = 0;
	return text;
}

static void match_shares(const struct sheet_finish *in, const struct declaration *d,
			 struct plan_notes *notes, struct record *ret)
{
	for (size_t i = 0; i < in->share_count; i++) {
		uint32_t k = 0;
		while (k < d->share_count &&
		       !span_equal(d->shares[k].party, span_of(in->shares[i].name)))
			k++;
		if (k == d->share_count)
			plan_note(notes, PLAN_REFUSED, "声明里没有“%s”这一方的份额。",
				  in->shares[i].name);
	}
	for (uint32_t i = 0; i < d->share_count; i++) {
		struct span party = d->shares[i].party;
		const char *share = given_share(in, party);
		bool own = span_equal(party, SPAN("operator"));
		if (!share && own)
			share = operator_share(in, notes);
		if (share)
			ret->shares[i] = span_of(share);
		else if (!own)
			plan_note(notes, PLAN_REFUSED,
				  "还缺“%.*s”公开的份额。请加 --open %.*s=@份额文件；拒不公开的，"
				  "本次作废并记录原因，用新的编号和以后的随机数来源重来。",
				  (int)party.len, party.at, (int)party.len, party.at);
	}
}

int sheet_record_match(const struct sheet_finish *in, const struct declaration *d,
		       struct plan_notes *notes, struct record *ret)
{
	struct record record = { 0 };
	size_t refused = notes->refused;

	match_values(in, d, notes, &record);
	match_shares(in, d, notes, &record);
	if (notes->refused > refused)
		return INVALID;
	*ret = record;
	return OK;
}
