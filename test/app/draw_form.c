/* test/app/draw_form.c — the tables of the paper form favour no digit. */
#include "app/draw_form.h"

#include "unit.h"

TEST(draw_form_tables_are_fair)
{
	static const int kinds[] = { 6, 10 };

	for (size_t k = 0; k < 2; k++) {
		int faces = kinds[k], count[16] = { 0 }, again = 0;

		for (int a = 0; a < faces; a++) {
			for (int b = 0; b < faces; b++) {
				int digit = draw_form_digit(faces, a, b);

				CHECK(digit >= -1 && digit < 16);
				if (digit < 0)
					again++;
				else
					count[digit]++;
			}
		}
		CHECK_INT(again, 4);
		for (int i = 0; i < 16; i++)
			CHECK_INT(count[i], (faces * faces - 4) / 16);
	}
}
