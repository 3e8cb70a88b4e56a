#ifndef APP_RULE_SET_WORDS_INSIDE_H
#define APP_RULE_SET_WORDS_INSIDE_H
/* app/rule_set_words_inside.h — what the files of rule_set_words.h share. */
#include "base/cleanup.h"

struct buf;
struct rule_word;

/* The words of the bits that are set, joined by 、. */
void rule_bits_words(const struct rule_word *list, unsigned bits, struct buf *out);

/* How the word of that value reads; "" if there is none. */
MUST_USE const char *rule_word_says(const struct rule_word *list, unsigned value);

/* "依据《document》（number）article", or that none is named. */
void rule_document_words(const char *document, const char *number, const char *article,
			 struct buf *out);

#endif
