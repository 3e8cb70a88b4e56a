/* app/office_person.c — ranges of Unicode 15 that a name may not have. */
#include "app/office_person.h"

#include "app/identifiers.h"
#include "app/office_fold.h"
#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

struct range {
	uint32_t from, to;
};

/* Blanks, but for the plain space. */
static const struct range blanks[] = {
	{ 0xa0, 0xa0 },     { 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 },
	{ 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x2800, 0x2800 }, { 0x3000, 0x3000 },
};

/* Controls, what has no width or turns the direction, variation selectors, fillers, U+FFFD, noncharacters. */
static const struct range unseen[] = {
	{ 0x0, 0x1f },        { 0x7f, 0x9f },     { 0xad, 0xad },       { 0x34f, 0x34f },
	{ 0x61c, 0x61c },     { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },   { 0x180b, 0x180f },
	{ 0x200b, 0x200f },   { 0x202a, 0x202e }, { 0x2060, 0x206f },   { 0x3164, 0x3164 },
	{ 0xd800, 0xdfff },   { 0xfdd0, 0xfdef }, { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },   { 0xfff0, 0xffff }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe0fff },
};

/* Other forms of characters that have one already: radicals, compatibility ideographs, styled letters. */
static const struct range copies[] = {
	{ 0x2e80, 0x2fdf }, { 0x3200, 0x33ff }, { 0x2460, 0x24ff },   { 0xf900, 0xfa0d },
	{ 0xfa10, 0xfa10 }, { 0xfa12, 0xfa12 }, { 0xfa15, 0xfa1e },   { 0xfa20, 0xfa20 },
	{ 0xfa22, 0xfa22 }, { 0xfa25, 0xfa26 }, { 0xfa2a, 0xfaff },   { 0xff61, 0xff9f },
	{ 0xffa1, 0xffef }, { 0xfb00, 0xfb06 }, { 0x1d400, 0x1d7ff }, { 0x2f800, 0x2fa1f },
};

static bool among(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || among(blanks, COUNT(blanks), c);
}

static bool is_unseen(uint32_t c)
{
	return (c & 0xfffe) == 0xfffe || among(unseen, COUNT(unseen), c);
}

static const char *wrong_character(uint32_t c)
{
	if (c != ' ' && is_blank(c))
		return "姓名里有特殊的空白字符：请删去后重新输入";
	if (is_unseen(c))
		return "姓名里有看不见的字符或控制字符：请删去后重新输入";
	if (among(copies, COUNT(copies), c))
		return "姓名里有部首、兼容汉字或花体字母：请用输入法重新输入";
	if (office_fold_mark(c))
		return "姓名里有单独的附加符号：请用输入法重新输入，字母和符号要是一个字符";
	return NULL;
}

const char *office_name_wrong(const char *name)
{
	size_t len = strlen(name);
	const char *at = name, *end = name + len;
	uint32_t c, before = ' '; /* a blank may not come first, nor after one */

	if (len == 0)
		return "没有写明办理人是谁";
	if (len > OFFICE_NAME_MOST)
		return "姓名太长：最多 200 字节";
	if (utf8_valid(name, len) != len)
		return "姓名不是有效的 UTF-8：请检查终端的编码";
	for (; at < end; before = c) {
		at += utf8_next(at, (size_t)(end - at), &c);
		const char *wrong = wrong_character(c);
		if (wrong)
			return wrong;
		if (c == ' ' && before == ' ')
			return "姓名的前面或中间有多余的空格：请删去";
	}
	if (before == ' ')
		return "姓名的后面有多余的空格：请删去";
	if (!office_fold_scripts(name))
		return "姓名只能用一种文字（汉字和拉丁字母可以同用），不能只有标点：请重新输入";
	return NULL;
}

static bool same_folded(const char *a, const char *b, bool case_first)
{
	struct office_fold x, y;

	if (!office_fold(a, case_first, &x) || !office_fold(b, case_first, &y))
		return false;
	return x.len == y.len && memcmp(x.at, y.at, x.len) == 0;
}

bool office_same_person(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || same_folded(a, b, true) || same_folded(a, b, false);
}

/* A line break may stand in a reason, no other control character. */
static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' && *text != '\n' && *text != '\t')
			return true;
	return false;
}

const char *office_reason_wrong(const char *reason)
{
	const struct span text = { reason, strlen(reason) };

	if (utf8_valid(text.at, text.len) != text.len)
		return "原因（内容）不是有效的 UTF-8：请检查终端的编码";
	if (identifier_letters(text) == 0)
		return "原因（内容）要写明，不能是空的，也不能只有空格或标点";
	if (text.len > OFFICE_REASON_MOST)
		return "原因（内容）太长：最多 200 个汉字";
	if (has_control(reason))
		return "原因（内容）里有控制字符：请删去后重新输入";
	if (identifier_has_resident(text))
		return "原因（内容）里有居民身份证号，属个人信息，请去掉";
	return NULL;
}
