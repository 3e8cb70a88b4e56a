#ifndef APP_DRAW_FORM_H
#define APP_DRAW_FORM_H
/*
 * app/draw_form.h — a paper form for a party that makes its share by hand: tables that turn dice or coins
 * into hex digits without bias, room for the 64 digits, and how to get the commitment from them.
 */
#include "base/cleanup.h"

#include <stdint.h>

/*
 * Writes the form as a PDF at path (four pages; digits and commitment are sheets of their own, since
 * one is sealed and the other handed in), mode 0644. created in UTC ms. NONE if the font is
 * not installed; NO_SPACE or IO_ERROR. draw and party are ids of the dr1 alphabet.
 */
MUST_USE int draw_form_write(const char *draw, const char *party, int64_t created,
			     const char *path);

/*
 * The digit for two throws, a and b from 0 to faces - 1, with 6 or 10 faces: (a * faces + b) mod 16; or
 * -1: throw again, since the rest would favour some digits (36 = 2 * 16 + 4, 100 = 6 * 16 + 4).
 */
MUST_USE int draw_form_digit(int faces, int a, int b);

#endif
