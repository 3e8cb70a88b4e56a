#ifndef APP_DEMO_CITY_H
#define APP_DEMO_CITY_H
/* app/demo_city.h — tables for the demo: units of a city of Baoding's shape, trades, syllables of invented names. */
#include <stdint.h>

enum {
	DEMO_UNITS = 22,
	DEMO_TOWNS = 5,
	DEMO_TRADES = 30,
	DEMO_BRAND_WORDS = 40,
	DEMO_SURNAMES = 60,
	DEMO_GIVEN = 56
};

struct demo_unit {
	const char *code, *name;
	uint32_t sites, inspectors;
	const char *towns[DEMO_TOWNS]; /* NULL after the last one */
};

struct demo_trade {
	const char *code, *name;
	const char *noun;     /* in a firm's name */
	uint32_t key_in_1000; /* how many of the trade are key units */
	uint32_t weight;      /* how common it is */
};

extern const struct demo_unit demo_units[DEMO_UNITS];
extern const struct demo_trade demo_trades[DEMO_TRADES];
extern const char
	*const demo_brand_words[DEMO_BRAND_WORDS]; /* three of them make an invented brand */
extern const char *const demo_surnames[DEMO_SURNAMES];
extern const char *const demo_given[DEMO_GIVEN];

#endif
