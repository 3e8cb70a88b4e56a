/* files/xlsx_number.c — a number is digits and a decimal point's place: value = 0.d1d2d3… * 10^point. */
#include "files/xlsx_number.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 40, EXCEL_DIGITS = 15, PLAIN_DIGITS = 30, EXPONENT_MOST = 400 };

struct decimal {
	bool negative;
	int count; /* digits, without zeros in front or behind; 0 is zero */
	int point;
	char digit[DIGITS];
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Adds one digit, before or after the decimal point; false if there are too many. */
static bool add_digit(struct decimal *d, char digit, bool after)
{
	if (d->count == 0 && digit == '0') {
		d->point -= after;
		return d->point >= -EXPONENT_MOST;
	}
	if (d->count == DIGITS)
		return false;
	d->digit[d->count++] = digit;
	d->point += !after;
	return true;
}

/* Reads digits and at most one '.'; returns where they end, or NULL if there are none or too many. */
static const char *read_digits(const char *at, const char *end, struct decimal *d)
{
	bool any = false, after = false;

	for (; at < end && (is_digit(*at) || (*at == '.' && !after)); at++) {
		if (*at == '.') {
			after = true;
			continue;
		}
		any = true;
		if (!add_digit(d, *at, after))
			return NULL;
	}
	return any ? at : NULL;
}

static bool read_exponent(const char *at, const char *end, int *ret)
{
	bool negative = at < end && *at == '-';
	int n = 0;

	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end)
		return false;
	for (; at < end; at++) {
		if (!is_digit(*at) || n > EXPONENT_MOST)
			return false;
		n = n * 10 + (*at - '0');
	}
	*ret = negative ? -n : n;
	return n <= EXPONENT_MOST;
}

static void drop_zeros(struct decimal *d)
{
	while (d->count > 0 && d->digit[d->count - 1] == '0')
		d->count--;
}

static bool read_decimal(const char *at, size_t len, struct decimal *d)
{
	const char *end = at + len;
	int exponent = 0;

	while (at < end && is_space(*at))
		at++;
	while (end > at && is_space(end[-1]))
		end--;
	*d = (struct decimal){ .negative = at < end && *at == '-' };
	at = read_digits(at + d->negative, end, d);
	if (!at)
		return false;
	if (at < end && ((*at != 'e' && *at != 'E') || !read_exponent(at + 1, end, &exponent)))
		return false;
	d->point += exponent;
	drop_zeros(d);
	if (d->count == 0)
		*d = (struct decimal){ 0 };
	return true;
}

/* Rounds half up to `most` digits. */
static void round_digits(struct decimal *d, int most)
{
	if (d->count <= most)
		return;
	bool up = most >= 0 && d->digit[most] >= '5';
	d->count = most;
	while (up && d->count > 0 && d->digit[d->count - 1] == '9')
		d->count--;
	if (up && d->count > 0) {
		d->digit[d->count - 1]++;
	} else if (up) {
		d->digit[0] = '1';
		d->count = 1;
		d->point++;
	}
	drop_zeros(d);
}

static void write_plain(const struct decimal *d, char out[XLSX_NUMBER_TEXT])
{
	char *at = out;

	if (d->negative)
		*at++ = '-';
	if (d->point <= 0)
		*at++ = '0';
	for (int i = 0; i < d->point; i++)
		*at++ = i < d->count ? d->digit[i] : '0';
	if (d->count > d->point)
		*at++ = '.';
	for (int i = d->point; i < 0; i++)
		*at++ = '0';
	for (int i = d->point > 0 ? d->point : 0; i < d->count; i++)
		*at++ = d->digit[i];
	*at = '\0';
	assert(at < out + XLSX_NUMBER_TEXT);
}

bool xlsx_number_text(const char *at, size_t len, char out[XLSX_NUMBER_TEXT], bool *imprecise)
{
	struct decimal d;

	if (!read_decimal(at, len, &d))
		return false;
	*imprecise = d.point > EXCEL_DIGITS;
	if (d.count > d.point)
		round_digits(&d, d.point > EXCEL_DIGITS ? d.point : EXCEL_DIGITS);
	if (d.point > PLAIN_DIGITS || d.point < -EXCEL_DIGITS) {
		int digits = d.count < 2 ? 0 : d.count - 1;
		snprintf(out, XLSX_NUMBER_TEXT, "%s%c%s%.*sE%+03d", d.negative ? "-" : "",
			 d.digit[0], digits ? "." : "", digits, d.digit + 1, d.point - 1);
		return true;
	}
	write_plain(&d, out);
	return true;
}

/* Days and seconds of a serial that is not negative and below 10^8, seconds rounded. */
static bool split_serial(const struct decimal *d, int64_t *days, int64_t *seconds)
{
	int64_t whole = 0, part = 0;

	if (d->negative || d->point > 8)
		return false;
	for (int i = 0; i < d->point; i++)
		whole = whole * 10 + (i < d->count ? d->digit[i] - '0' : 0);
	for (int i = 0; i < 12; i++) { /* the next 12 decimals */
		int k = d->point + i;
		part = part * 10 + (k >= 0 && k < d->count ? d->digit[k] - '0' : 0);
	}
	*seconds = (part * 864 + 5000000000) / 10000000000; /* part / 10^12 * 86400, rounded */
	*days = whole + *seconds / 86400;
	*seconds %= 86400;
	return true;
}

/* Date of a day counted from 1970-01-01, 0001 to 9999 (Howard Hinnant's civil_from_days). */
static void write_day(int64_t day, char *out, size_t size)
{
	int64_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
	int64_t y = yoe + era * 400 + (m <= 2);

	snprintf(out, size, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100,
		 (unsigned)d % 100);
}

/* Days since 1970-01-01 of a serial day; false if it is none. */
static bool serial_day(int64_t serial, bool since_1904, int64_t *ret)
{
	enum { EPOCH_1900 = 25569, LAST = 2958465, OFFSET_1904 = 1462, NEVER = 60 };

	if (since_1904)
		serial += OFFSET_1904;
	if (serial < 1 || serial > LAST || serial == NEVER)
		return false;
	*ret = serial - EPOCH_1900 + (serial < NEVER);
	return true;
}

bool xlsx_date_text(const char *at, size_t len, enum xlsx_format format, bool since_1904,
		    char out[XLSX_NUMBER_TEXT])
{
	struct decimal d;
	int64_t serial, seconds, day;
	char clock[40], date[16] = "";

	if (!read_decimal(at, len, &d) || !split_serial(&d, &serial, &seconds))
		return false;
	if (format == XLSX_FORMAT_TIME) {
		int64_t all = serial * 86400 + seconds; /* [h]:mm counts on past 24 */
		snprintf(out, XLSX_NUMBER_TEXT, "%02lld:%02d:%02d", (long long)(all / 3600),
			 (int)(all / 60 % 60), (int)(all % 60));
		return true;
	}
	if (!serial_day(serial, since_1904, &day))
		return false;
	write_day(day, date, sizeof(date));
	snprintf(clock, sizeof(clock), " %02d:%02d:%02d", (int)(seconds / 3600),
		 (int)(seconds / 60 % 60), (int)(seconds % 60));
	snprintf(out, XLSX_NUMBER_TEXT, "%s%s", date, format == XLSX_FORMAT_DATE_TIME ? clock : "");
	return true;
}

enum xlsx_format xlsx_format_builtin(uint32_t id)
{
	static const struct {
		uint32_t first, last;
		enum xlsx_format format;
	} ranges[] = {
		{ 14, 17, XLSX_FORMAT_DATE },      { 18, 21, XLSX_FORMAT_TIME },
		{ 22, 22, XLSX_FORMAT_DATE_TIME }, { 27, 31, XLSX_FORMAT_DATE },
		{ 32, 35, XLSX_FORMAT_TIME },      { 36, 36, XLSX_FORMAT_DATE },
		{ 45, 47, XLSX_FORMAT_TIME },      { 50, 54, XLSX_FORMAT_DATE },
		{ 55, 56, XLSX_FORMAT_TIME },      { 57, 58, XLSX_FORMAT_DATE },
	};

	for (size_t i = 0; i < COUNT(ranges); i++)
		if (id >= ranges[i].first && id <= ranges[i].last)
			return ranges[i].format;
	return XLSX_FORMAT_PLAIN;
}

/* Skips what a format only quotes: "…", \x, _x, *x and [Red]; [h], [m] and [s] are elapsed time. */
static const char *skip_quoted(const char *at, bool *elapsed)
{
	if (*at == '\\' || *at == '_' || *at == '*')
		return at[1] ? at + 2 : at + 1;
	const char *end = strchr(at + 1, *at == '"' ? '"' : ']');
	if (!end)
		return at + strlen(at);
	if (*at == '[' && strchr("hHmMsS", at[1]) && (end == at + 2 || at[1] == at[2]))
		*elapsed = true;
	return end + 1;
}

enum xlsx_format xlsx_format_of(const char *code)
{
	bool day = false, month = false, clock = false;

	if (strncmp(code, "General", 7) == 0)
		return XLSX_FORMAT_PLAIN;
	while (*code && *code != ';') {
		if (strchr("\"\\_*[", *code)) {
			code = skip_quoted(code, &clock);
			continue;
		}
		day = day || strchr("yYdD", *code);
		month = month || strchr("mM", *code);
		clock = clock || strchr("hHsS", *code);
		code++;
	}
	if (!day && !clock && !month)
		return XLSX_FORMAT_PLAIN;
	if (!day && clock)
		return XLSX_FORMAT_TIME; /* there m is minutes */
	return clock ? XLSX_FORMAT_DATE_TIME : XLSX_FORMAT_DATE;
}
