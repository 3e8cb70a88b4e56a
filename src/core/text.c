/* core/text.c — the text rules of a draw's files. */
#include "core/text.h"

/* 1 for [0-9A-Za-z._:-]. */
static const uint8_t id_bytes[256] = {
	['-'] = 1, ['.'] = 1, [':'] = 1, ['_'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1,
	['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1,
	['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1,
	['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1,
	['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1,
	['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1,
	['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1,
	['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
	['y'] = 1, ['z'] = 1,
};

static bool all_id_bytes(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!id_bytes[(unsigned char)text.at[i]])
			return false;
	}
	return true;
}

bool text_is_id(struct span text)
{
	return text.len > 0 && text.len <= TEXT_ID_LONGEST && all_id_bytes(text);
}

bool text_is_token(struct span text, size_t longest)
{
	return text.len > 0 && text.len <= longest && all_id_bytes(text);
}

bool text_is_digits(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	}
	return text.len > 0;
}

bool text_is_draw_id(struct span text)
{
	size_t at = text.len;

	if (!text_is_id(text))
		return false;
	while (at > 0 && text.at[at - 1] >= '0' && text.at[at - 1] <= '9')
		at--;
	return at < text.len && at > 0 && text.at[at - 1] == '-';
}

bool text_is_stratum(struct span text)
{
	if (text.len == 0 || text.len > TEXT_STRATUM_LONGEST)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c <= ' ' || c == '=' || c == 0x7f)
			return false;
		if (c == 0xc2 && i + 1 < text.len && (unsigned char)text.at[i + 1] < 0xa0)
			return false;
	}
	return text_utf8_valid(text) == text.len;
}

bool text_is_hex(struct span text, size_t digits)
{
	if (text.len != digits)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return true;
}

struct problem text_id_problem(struct span id, enum core_file file, uint64_t line)
{
	enum problem_code code = PROBLEM_ID_CHARS;

	CORE_ASSERT(!text_is_id(id));
	if (id.len == 0)
		code = PROBLEM_ID_EMPTY;
	else if (all_id_bytes(id))
		code = PROBLEM_ID_LONG;
	return (struct problem){ .code = code, .file = file, .line = line, .what = id };
}

/* Line (from 1) of the byte at this offset. */
static uint64_t line_of(struct span text, size_t offset)
{
	uint64_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text.at[i] == '\n';
	return line;
}

static size_t first_cr(struct span text)
{
	const char *at = text_find(text.at, '\r', text.len);

	return at ? (size_t)(at - text.at) : text.len;
}

int text_check(struct span text, enum core_file file, struct problem *problem)
{
	struct span none = { 0 };
	size_t valid, cr;

	if (!text.at)
		return problem_at(problem, PROBLEM_FILE_MISSING, file, 0, none);
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		return problem_at(problem, PROBLEM_FILE_BOM, file, 1, none);
	valid = text_utf8_valid(text);
	cr = first_cr((struct span){ text.at, valid });
	if (cr < valid)
		return problem_at(problem, PROBLEM_FILE_CR, file, line_of(text, cr), none);
	if (valid < text.len)
		return problem_at(problem, PROBLEM_FILE_UTF8, file, line_of(text, valid), none);
	if (text.len > 0 && text.at[text.len - 1] != '\n')
		return problem_at(problem, PROBLEM_FILE_LAST_LF, file, line_of(text, text.len),
				  none);
	return CORE_OK;
}

bool text_line(struct span *text, struct span *line)
{
	const char *end;

	if (text->len == 0)
		return false;
	end = text_find(text->at, '\n', text->len);
	*line = (struct span){ text->at, end ? (size_t)(end - text->at) : text->len };
	*text = end ? (struct span){ end + 1, text->len - line->len - 1 }
		    : (struct span){ text->at + text->len, 0 };
	return true;
}
