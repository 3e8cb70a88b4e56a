#ifndef APP_IDENTIFIERS_H
#define APP_IDENTIFIERS_H
/*
 * app/identifiers.h — numbers that people type: 统一社会信用代码 (GB 32100), 排污许可证编号 (HJ 608),
 * 公民身份号码 (GB 11643). A wrong check digit is news, never a refusal: genuine codes with one exist.
 * A correction is made only when the corrected number checks and the typed one did not.
 */
#include "base/cleanup.h"
#include "core/mem.h"

#include <stdbool.h>

enum identifier_verdict {
	IDENTIFIER_OK,
	IDENTIFIER_CORRECTED, /* text is the corrected number: O for 0, I for 1, a "(01)" suffix, ... */
	IDENTIFIER_CHECK,     /* right form, wrong check digit: `expected` would be right */
	IDENTIFIER_INNER, /* last digit right, but that of the organisation code inside is not */
	IDENTIFIER_FORM   /* wrong length or characters; text is what was typed, upper case */
};

enum { IDENTIFIER_MOST = 40 };

struct identifier {
	char text[IDENTIFIER_MOST];
	size_t len;
	enum identifier_verdict verdict;
	char expected; /* CHECK only */
};

/*
 * Both take normalised text (half-width, trimmed), drop spaces and hyphens and turn letters to upper case.
 * Text longer than IDENTIFIER_MOST is FORM and cut on a character's border.
 */
void identifier_code(struct span typed, struct identifier *ret);
void identifier_permit(struct span typed, struct identifier *ret);

/* The check character of the first 17 characters, or 0 if one is not in the alphabet. */
MUST_USE char identifier_code_check(const char first[17]);

/* Is it an 18-character identity number of a person, with a real day of birth and the right check digit? */
MUST_USE bool identifier_is_resident(struct span text);

/*
 * Does such a number stand somewhere in a text, in half-width or full-width digits, whatever blanks, dashes or
 * unseen characters stand between them, not as part of a longer number? And the same to put a star in the place of each of its bytes.
 */
MUST_USE bool identifier_has_resident(struct span text);
void identifier_mask_residents(char *text, size_t len);

/* How many letters and digits of any script there are: a reason or an evidence without some says nothing. */
MUST_USE size_t identifier_letters(struct span text);

#endif
