/* app/office_fold.c — ICU does it; nothing here is kept from one call to the next. */
#include "app/office_fold.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

/* Unassigned and private characters are rare ideographs on somebody's computer. */
static bool is_letter(uint32_t c)
{
	return (U_MASK(u_charType((UChar32)c)) &
		(U_GC_L_MASK | U_GC_N_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) != 0;
}

static int32_t skeleton(const UChar *from, int32_t count, UChar *to, UErrorCode *error)
{
	USpoofChecker *checker = uspoof_open(error);
	int32_t n = U_SUCCESS(*error) ? uspoof_getSkeleton(checker, 0, from, count, to,
							   OFFICE_FOLD_MOST, error)
				      : 0;

	uspoof_close(checker);
	return n;
}

/* The skeleton may be in capitals again, and ends with the marks of its letters taken apart. */
static void keep_letters(const char *from, size_t len, struct office_fold *ret)
{
	const char *end = from + len;
	uint32_t c;

	ret->len = 0;
	while (from < end) {
		from += utf8_next(from, (size_t)(end - from), &c);
		if (is_letter(c))
			ret->len += utf8_put(ret->at + ret->len,
					     (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
	}
}

bool office_fold(const char *name, bool case_first, struct office_fold *ret)
{
	UChar plain[OFFICE_FOLD_MOST], folded[OFFICE_FOLD_MOST];
	char text[sizeof(ret->at) / 2];
	UErrorCode error = U_ZERO_ERROR;
	int32_t count;
	size_t len = strlen(name);

	if (len > OFFICE_FOLD_MOST)
		return false;
	u_strFromUTF8WithSub(plain, OFFICE_FOLD_MOST, &count, name, (int32_t)len, 0xfffd, NULL,
			     &error);
	const UNormalizer2 *form = case_first ? unorm2_getNFKCCasefoldInstance(&error)
					      : unorm2_getNFKCInstance(&error);
	count = unorm2_normalize(form, plain, count, folded, OFFICE_FOLD_MOST, &error);
	count = skeleton(folded, count, plain, &error);
	u_strToUTF8(text, sizeof(text), &count, plain, count, &error);
	if (U_FAILURE(error))
		return false;
	keep_letters(text, (size_t)count, ret);
	return true;
}

bool office_fold_mark(uint32_t c)
{
	return (U_MASK(u_charType((UChar32)c)) & U_GC_M_MASK) != 0;
}

static bool is_common(UScriptCode script)
{
	return script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN;
}

bool office_fold_scripts(const char *name)
{
	const char *at = name, *end = name + strlen(name);
	UScriptCode one = USCRIPT_COMMON;
	bool mixed = false, han_and_latin = true, letters = false;
	uint32_t c;

	while (at < end) {
		UErrorCode error = U_ZERO_ERROR;
		at += utf8_next(at, (size_t)(end - at), &c);
		UScriptCode script = uscript_getScript((UChar32)c, &error);
		letters |= is_letter(c);
		if (is_common(script))
			continue;
		mixed |= one != USCRIPT_COMMON && one != script;
		han_and_latin &= script == USCRIPT_HAN || script == USCRIPT_LATIN;
		one = script;
	}
	return letters && (!mixed || han_and_latin);
}
